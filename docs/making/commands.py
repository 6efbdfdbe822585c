"""The page of the commands: each with its usage, its words and its options, as click has them."""

from collections.abc import Iterator

import click

from docs.making.markdown import code, fence, table, text
from goalmap.cli import main
from goalmap.commands.shared import EXIT_CODES

PREFORMATTED = "\b"
"""What click begins a paragraph with whose lines stay as they are."""
OPENING = """
Every command takes `--help`. Options may be given in the environment too ([settings](settings.md)); what stands on the command line counts.
"""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# Commands", OPENING)
    for words, command in every_command(main):
        yield from _told((("goalmap"), *words), command)
    yield from ("## Exit codes", "")
    yield from table(("code", "meaning"), [(code(str(number)), text(told)) for number, told in EXIT_CODES.items()])


def every_command(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Each command and group below a group, with the words by which it is called."""
    for name, command in group.commands.items():
        yield (*above, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*above, name))


def context_of(words: tuple[str, ...], command: click.Command) -> click.Context:
    """The context in which a command has the names of its variables."""
    context = click.Context(main, info_name="goalmap", auto_envvar_prefix="GOALMAP")
    for name in words[:-1]:
        context = click.Context(click.Group(name), info_name=name, parent=context)
    return click.Context(command, info_name=words[-1], parent=context)


def _told(words: tuple[str, ...], command: click.Command) -> Iterator[str]:
    context = context_of(words[1:], command)
    yield from (f"{'#' * min(len(words), 3)} {' '.join(words)}", "")
    if not isinstance(command, click.Group):
        usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
        yield from (f"`{usage}`", "")
    yield from _paragraphs(command.help or "")
    rows = [one.get_help_record(context) for one in command.params if isinstance(one, click.Option)]
    shown = [(_option(row[0]), text(row[1])) for row in rows if row]
    if shown:
        yield from table(("option", "meaning"), shown)


def _option(names: str) -> str:
    """The names of an option and what it takes, each to be kept whole."""
    name, _, takes = names.partition(" ") if " / " not in names and ", " not in names else (names, "", "")
    return f"{code(name)} {code(takes)}" if takes else code(name)


def _paragraphs(words: str) -> Iterator[str]:
    for paragraph in words.split("\n\n"):
        if paragraph.startswith(PREFORMATTED):
            yield from (
                "<!-- not run: a part of the help text -->",
                *fence("text", paragraph.removeprefix(PREFORMATTED).strip("\n")),
            )
        elif paragraph.strip():
            yield from (text(" ".join(paragraph.split())), "")
