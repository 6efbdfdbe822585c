"""What several commands share: options, exit codes, the opened database, what is printed and how far it is."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goalmap.ingest.watch import MEGABYTE, Limits
from goalmap.report import wording

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.store.load import Progress

FAILED = 1
FAILED_FILES = 3
CONFLICTS = 4
INTERRUPTED = 130
SECONDS_BETWEEN_LINES = 10.0

db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default="goalmap.db",
    show_default=True,
    envvar="GOALMAP_DB",
    show_envvar=True,
    help="The database file.",
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
def opened(db: Path) -> "Iterator[Database]":
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


@contextmanager
def progress(quiet: bool) -> "Iterator[Progress | None]":
    """A bar with the time left on a terminal, a line every ten seconds in a log."""
    if quiet:
        yield None
    elif not sys.stderr.isatty():
        yield _log_progress()
    else:
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


def _log_progress() -> "Progress":
    last = time.monotonic()

    def tell(done: int, total: int, path: Path) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            click.echo(f"{done} of {total} files read", err=True)

    return tell
