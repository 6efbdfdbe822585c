"""The code blocks of the docs: found on their pages, looked over without running, and run in order in a folder of the page's own.

A comment above a block says what cannot be seen in it:

    <!-- not run: REASON -->    the block is only looked over
    <!-- file: NAME -->         the block is written to that file of the folder before what comes next is run
    <!-- before: COMMAND -->    run first, and not shown to readers
"""

import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from markdown_it import MarkdownIt
from markdown_it.token import Token

from goalmap.cli import main

ROOT = Path(__file__).parent.parent
NOTE = re.compile(r"<!--\s*(not run|file|before):\s*(.*?)\s*-->", re.S)
RUN = frozenset({"console", "sh", "python", "pycon", "toml", "json", "sql"})
"""The kinds of blocks that can be run or checked; all others need a reason."""
OPERATORS = frozenset({"|", "||", "&&", ";", ">", ">>", "<", "&"})
TIME = re.compile(r"\d+(?:\.\d+)? seconds|\d+ minutes? \d+ seconds?")
PROGRESS = re.compile(r"\d+ of \d+ files read")
"""What a slow machine prints every ten seconds."""


@dataclass(frozen=True, slots=True)
class Block:
    """A code block with where it stands and what the comments above it say."""

    page: Path
    line: int
    kind: str
    text: str
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return f"{self.page.name}:{self.line}"

    @property
    def is_run(self) -> bool:
        return "not run" not in self.notes


@cache
def blocks_of(page: Path) -> tuple[Block, ...]:
    """The code blocks of a page in their order."""
    return tuple(_blocks(page, MarkdownIt().parse(page.read_text("utf-8"))))


def _blocks(page: Path, tokens: list[Token]) -> Iterator[Block]:
    notes: dict[str, str] = {}
    for token in tokens:
        if token.type == "html_block":
            notes |= dict(NOTE.findall(token.content))
        elif token.type in ("fence", "code_block"):
            kind = token.info.strip() if token.type == "fence" else ""
            if not kind.startswith("{"):
                yield Block(page, (token.map or [0])[0] + 1, kind, token.content, notes)
            notes = {}


# Looked over


def complaints(block: Block) -> Iterator[str]:
    """What is wrong with a block as far as can be told without running it."""
    if block.kind not in RUN and block.is_run:
        yield f"a block marked {block.kind!r} is neither run nor told why not"
    if block.kind in ("console", "sh"):
        for command in commands_of(block):
            yield from faults_of(command)
    if block.kind == "toml":
        tomllib.loads(block.text)
    if block.kind == "json":
        _read_json(block.text)


def _read_json(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        for line in text.strip().splitlines():
            json.loads(line)


def commands_of(block: Block) -> Iterator[list[str]]:
    """The words of each command of a block, one for each side of a pipe."""
    for line in _lines(block):
        words = shlex.shlex(line, posix=True, punctuation_chars=True)
        words.whitespace_split = True
        command: list[str] = []
        for word in words:
            if word in OPERATORS:
                yield command
                command = []
            else:
                command.append(word)
        yield command


def _lines(block: Block) -> Iterator[str]:
    text = block.text.replace("\\\n", " ")
    for line in text.splitlines():
        if block.kind == "sh":
            yield line
        elif line.startswith("$ "):
            yield line[2:]


def faults_of(command: list[str]) -> Iterator[str]:
    """Why a command cannot be what is meant: a word, option or module that is not there."""
    match [word for word in command if not re.match(r"[A-Z_]+=", word)]:
        case ["goalmap", *words]:
            yield from _faults_of_goalmap(words)
        case ["python", "-m", module, *_] if find_spec(module) is None:
            yield f"there is no module {module}"
        case ["make", *words]:
            yield from (f"make has no word {word}" for word in words if word not in make_words() and "=" not in word)


def _faults_of_goalmap(words: list[str]) -> Iterator[str]:
    command, context, rest = resolved(words)
    told = f"goalmap {' '.join(words)}"
    if isinstance(command, click.Group):
        if rest and rest[0] not in ("--help", "--version"):
            yield f"{told}: there is no command {rest[0]}"
        return
    if "--help" in rest:
        return
    try:
        given, _, _ = command.make_parser(context).parse_args(args=list(rest))
    except click.UsageError as error:
        yield f"{told}: {error.format_message()}"
        return
    lacking = [
        one.human_readable_name for one in command.params if one.required and not _is_given(given[str(one.name)])
    ]
    if lacking:
        yield f"{told}: it lacks {', '.join(lacking)}"


def _is_given(value: object) -> bool:
    return isinstance(value, bool | int | str | tuple | list) and value not in ("", (), [])


def resolved(words: list[str]) -> tuple[click.Command, click.Context, list[str]]:
    """The command that words call, with what is left of them."""
    command: click.Command = main
    context = click.Context(main, info_name="goalmap")
    rest = list(words)
    while isinstance(command, click.Group) and rest and rest[0] in command.commands:
        command = command.commands[rest[0]]
        context = click.Context(command, info_name=rest.pop(0), parent=context)
    return command, context, rest


@cache
def make_words() -> frozenset[str]:
    """The words that make knows."""
    return frozenset(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M))


# Run


class Folder:
    """A folder in which the blocks of a page are run, with the examples at hand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._python: Python | None = None

    def close(self) -> None:
        if self._python:
            self._python.close()

    def run(self, block: Block) -> str:
        """The block as it is today: with what its commands print. Raises AssertionError where it fails."""
        if "file" in block.notes:
            (self.path / block.notes["file"]).write_text(block.text, encoding="utf-8")
            return block.text
        return RUNNERS[block.kind](self, block) if block.kind in RUNNERS else block.text

    def shell(self, script: str) -> tuple[int, str]:
        """The exit status of a script and what it prints, both streams together."""
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.path,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=300,
        )
        return done.returncode, done.stdout

    def console(self, block: Block) -> str:
        lines = []
        for line in block.text.replace("\\\n", "\0").splitlines():
            if line.startswith("$ "):
                _, told = self.shell(line[2:].replace("\0", "\\\n"))
                printed = told.rstrip("\n").splitlines()
                lines += [line.replace("\0", "\\\n"), *(one for one in printed if not PROGRESS.fullmatch(one))]
        return "\n".join(lines) + "\n"

    def script(self, block: Block) -> str:
        status, told = self.shell(f"set -e\n{block.text}")
        assert status == 0, f"{block.place} ended with {status}:\n{told}"
        return block.text

    def python(self, block: Block) -> str:
        self._python = self._python or Python(self.path)
        failed = self._python.run(block.text)
        assert not failed, f"{block.place}:\n{failed}"
        return block.text

    def sql(self, block: Block) -> str:
        with sqlite3.connect(f"file:{self.path / 'goalmap.db'}?mode=ro", uri=True) as db:
            for statement in block.text.split(";"):
                db.execute(statement).fetchall()
        db.close()
        return block.text


RUNNERS: dict[str, Callable[[Folder, Block], str]] = {
    "console": Folder.console,
    "sh": Folder.script,
    "python": Folder.python,
    "pycon": Folder.python,
    "sql": Folder.sql,
}

SERVER = r"""
import doctest, json, sys, traceback
names = {"__name__": "__main__"}
told, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    code, failed = json.loads(line), ""
    if code.lstrip().startswith(">>> "):
        test = doctest.DocTestParser().get_doctest(code, names, "page", None, 0)
        lines = []
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=lines.append, clear_globs=False)
        names.update(test.globs)
        failed = "".join(lines)
    else:
        try:
            exec(compile(code, "page", "exec"), names)
        except BaseException:
            failed = traceback.format_exc()
    print(json.dumps(failed), file=told, flush=True)
"""


class Python:
    """A Python of its own that keeps its names from block to block."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str) -> str:
        """What went wrong; nothing where all is well."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(code), file=self._process.stdin, flush=True)
        return str(json.loads(self._process.stdout.readline() or '"Python ended"'))

    def close(self) -> None:
        self._process.communicate()


def _environment() -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("GOALMAP_")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        "DOCS": str(ROOT / "docs"),
    }


def rerun(page: Path, folder: Folder, begin: Callable[[str, Path], None]) -> Iterator[tuple[Block, str]]:
    """Each block of a page that is run, with what it is today; `begin` does what the page needs first."""
    shutil.copytree(ROOT / "examples", folder.path / "examples", dirs_exist_ok=True)
    for block in blocks_of(page):
        if "before" in block.notes:
            begin(block.notes["before"], folder.path)
        if block.is_run:
            yield block, folder.run(block)


def same_but_for_times(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever the time that it took."""

    def plain(text: str) -> list[str]:
        return TIME.sub("TIME", text).split()

    return plain(one) == plain(other)


def in_place(text: str, block: Block, fresh: str) -> str:
    """A page with a block written anew."""
    lines: list[Any] = text.splitlines(keepends=True)
    size = block.text.count("\n")
    return "".join([*lines[: block.line], fresh, *lines[block.line + size :]])
