"""The page of settings: the variables of the environment, those of the options and those that the code names."""

import ast
from collections.abc import Iterator

import click

from docs.making.commands import context_of, every_command
from docs.making.markdown import code, table, text
from docs.making.tree import ROOMS, ROOT
from goalmap.cli import main

PREFIX = "GOALMAP_"
OPENING = """
goalmap has no settings file. What is set once for all commands goes into the environment; options on the command line count for more.

Every option can be given there. Its variable is `GOALMAP_`, the words of the command and the option in capitals with underscores:
`GOALMAP_INGEST_WORKERS=2` is `goalmap ingest --workers 2`; a few are named otherwise, so look here. A switch is on with `1` and off with `0`; several values are parted by spaces.
`GOALMAP_DB` holds for all commands. `NO_COLOR` and `COLUMNS` are heeded as by other programs.
"""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# Settings and environment variables", OPENING)
    yield from ("## One for each option", "")
    yield from table(("variable", "stands for"), sorted(_of_options()))
    yield from ("## What goalmap tells the server that it starts", "")
    yield from ("`goalmap serve` sets these for the server behind it. They are not meant to be set by hand.", "")
    yield from table(("variable", "meaning"), sorted((code(name), text(told)) for name, told in of_the_code()))


def _of_options() -> Iterator[tuple[str, str]]:
    for words, command in every_command(main):
        context = context_of(words, command)
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "help":
                yield code(_variable(option, context)), code(f"goalmap {' '.join(words)} {option.opts[-1]}")


def _variable(option: click.Option, context: click.Context) -> str:
    return str(option.envvar or f"{context.auto_envvar_prefix}_{str(option.name).upper()}")


def of_the_code() -> Iterator[tuple[str, str]]:
    """Each variable that a module names as a constant, with the words below it or, where it has none, below the next one."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield from _in(ast.parse(path.read_text("utf-8")).body)


def _in(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for place, statement in enumerate(body):
        match statement:
            case ast.Assign(value=ast.Constant(value=str(name))) if name.startswith(PREFIX):
                yield name, _words_below(body[place + 1 :])


def _words_below(body: list[ast.stmt]) -> str:
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Constant(value=str(words))):
                return " ".join(words.split()).removeprefix("In the environment: ").capitalize()
            case ast.Assign():
                continue
        break
    raise ValueError("A variable of the environment needs a line below it that says what it is for.")
