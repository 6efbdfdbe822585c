"""What several commands share: options, exit codes, the opened database, what is printed and how far it is."""

import json
import os
import signal
import sys
import time
from _thread import interrupt_main
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread, main_thread
from typing import TYPE_CHECKING, Any

import click

from goalmap.ingest.watch import MEGABYTE, Limits
from goalmap.report import wording
from goalmap.store.ids import shown_path
from goalmap.store.postgres.address import Place, is_address, place

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.store.load import Progress

FAILED = 1
FAILED_FILES = 3
CONFLICTS = 4
INTERRUPTED = 130
EXIT_CODES = {
    0: "Done.",
    FAILED: "An error; the message says what to do.",
    2: "Wrong use: an option, a name or a path that is not there.",
    FAILED_FILES: "Done, but files or rows failed; each is listed.",
    CONFLICTS: "Done, but there are conflicts for a person to settle.",
    INTERRUPTED: "Stopped; what was finished is saved.",
}
SECONDS_BETWEEN_LINES = 10.0


class PlaceType(click.Path):
    """The file of a database, or the address of one on PostgreSQL, which stays as it is."""

    name = "database"

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if is_address(value):
            return place(value)
        if Path(value).is_dir():
            self.fail(
                f"{value} is a folder. Name the file of the database, such as {Path(value) / 'goalmap.db'}.", param
            )
        return super().convert(value, param, ctx)


db_option = click.option(
    "--db",
    type=PlaceType(),
    default="goalmap.db",
    show_default=True,
    envvar="GOALMAP_DB",
    show_envvar=True,
    help="The database file, or postgresql://USER@HOST/NAME.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
LIMITS = (
    ("max_bytes", "--max-mb", MEGABYTE, "Refuse files larger than this."),
    ("max_unpacked", "--max-unpacked-mb", MEGABYTE, "Refuse packages that unpack to more."),
    ("max_parts", "--max-parts", 1, "Read so many files inside one file."),
    ("max_depth", "--max-depth", 1, "How deep files may lie in files."),
    ("max_pages", "--max-pages", 1, "Read so many pages of a file."),
    ("max_seconds", "--max-minutes", 60, "Time for the pages of one file."),
    ("step_seconds", "--max-step-seconds", 1, "Time for one page, or for one file without pages."),
    ("max_memory", "--max-memory-mb", MEGABYTE, "Memory of a worker process."),
)
"""What one file may ask of the machine: the limit, its option, the option's unit in the limit's, its help."""


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each limit."""
    for name, option, unit, text in reversed(LIMITS):
        default = int(getattr(Limits(), name) // unit)
        command = click.option(
            option, name, type=click.IntRange(1), default=default, metavar="N", show_default=True, help=text
        )(command)
    return command


def limits_of(given: Mapping[str, int]) -> Limits:
    """The limits that these options give, in their own units."""
    units = {name: unit for name, _, unit, _ in LIMITS}
    return replace(Limits(), **{name: value * units[name] for name, value in given.items()})


@contextmanager
def opened(db: Place) -> "Iterator[Database]":
    """The database, closed afterwards. Raises NotFound or NotOurDatabase."""
    from goalmap.store.database import open_database

    with closing(open_database(db)) as database:
        yield database


def show(as_json: bool, data: Callable[[], dict[str, Any]], lines: Callable[[], Iterable[str]]) -> None:
    """Data on stdout: one JSON object, or lines for people."""
    if as_json:
        click.echo(json.dumps({"ok": True, "schema": 1, **data()}, ensure_ascii=True, default=str))
    else:
        for line in lines():
            click.echo(line)


def tell(message: str) -> None:
    """A message on stderr, beside the results."""
    for line in wording.message_lines(message):
        click.echo(line, err=True)


@contextmanager
def progress(how: str = "auto") -> "Iterator[Progress | None]":
    """How far a reading is, told in one of the ways of PROGRESS."""
    if how == "auto":
        how = "bar" if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else "lines"
    with PROGRESS[how]() as tell:
        yield tell


@contextmanager
def _no_progress() -> "Iterator[Progress | None]":
    yield None


@contextmanager
def _bar() -> "Iterator[Progress | None]":
    """A bar with the time left, for a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, path: bar.update(
            task, completed=done, total=total, description=wording.shortened(path.name, 30)
        )


@contextmanager
def _lines() -> "Iterator[Progress | None]":
    """A line every ten seconds, for a log."""
    last = time.monotonic()

    def tell(done: int, total: int, path: Path) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            click.echo(f"{done} of {total} files read", err=True)

    yield tell


@contextmanager
def _events() -> "Iterator[Progress | None]":
    """A JSON object a line on stdout for each file, for a program that reads along."""
    yield lambda done, total, path: event("read", done=done, total=total, file=shown_path(path.name))


def event(name: str, **told: Any) -> None:
    """One JSON object on a line of stdout, at once."""
    click.echo(json.dumps({"event": name, **told}, ensure_ascii=True, default=str))
    sys.stdout.flush()


def stop_with_input() -> None:
    """Treat the end of standard input, or anything that comes there, like Ctrl-C; for a program that must not leave us behind."""

    def wait() -> None:
        with suppress(OSError):
            os.read(0, 1)
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)
        else:
            interrupt_main()

    Thread(target=wait, daemon=True).start()


PROGRESS: "dict[str, Callable[[], AbstractContextManager[Progress | None]]]" = {
    "bar": _bar,
    "lines": _lines,
    "json": _events,
    "none": _no_progress,
}
"""The ways to tell how far a reading is; auto is a bar on a terminal and lines in a log."""
