"""What the commands that write reports share: options, and how a draft becomes a file."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goalmap.commands.shared import db_option, opened, tell
from goalmap.report import wording
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.report.draft.model import Draft

Command = Callable[..., None]


def output_option(kinds: str) -> Callable[[Command], Command]:
    """`-o FILE`, with the endings that there are."""
    path = click.Path(dir_okay=False, path_type=Path)
    return click.option("-o", "--output", type=path, required=True, metavar="FILE", help=kinds)


DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y")
"""How a day may be written."""


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date:
    """The day that was given, or today."""
    if value is None:
        return date.today()
    for form in DAYS:
        with suppress(ValueError):
            return datetime.strptime(value, form).date()
    raise click.BadParameter(f"{value!r} is not a day. Write it as 2026-03-04 or '4 March 2026'.")


date_option = click.option(
    "--date",
    "made_on",
    callback=_day,
    metavar="DAY",
    help="The day that the report bears, such as 2026-03-04. [default: today]",
)
organisation_option = click.option(
    "--organisation", metavar="NAME", help="Only what this organisation publishes, or what names it."
)
goal_option = click.option("--goal", metavar="CODE", help="Only this goal.")
framework_option = click.option(
    "--framework",
    default="purpose-goals",
    show_default=True,
    metavar="NAME",
    help="The goal framework that it reports on.",
)


def report_options(command: Command) -> Command:
    """The command with the options that every report of a draft has: database, file, day, framework."""
    kinds = ".html, .docx, .md, .csv, .xlsx or .json"
    for option in (framework_option, date_option, output_option(kinds), db_option):
        command = option(command)
    return command


def write_report(db: Place, output: Path, make: "Callable[[Database], Draft]") -> "Draft":
    """Write a draft of a database and say so. Raises what `make` and the lock raise."""
    draft = written_draft(db, output, make)
    for line in _lines(draft, output):
        tell(line)
    return draft


def written_draft(db: Place, output: Path, make: "Callable[[Database], Draft]") -> "Draft":
    """Make a draft of a database, lock its quotations and write it. Raises what `make` and the lock raise."""
    from goalmap.report.draft.files import write_draft
    from goalmap.report.draft.lock import locked

    with opened(db) as database:
        draft = locked(database, make(database))
    write_draft(draft, output)
    return draft


def _lines(draft: "Draft", output: Path) -> list[str]:
    cited: dict[str, Any] = dict(draft.cited)
    lines = [f"{output} written: {draft.title}, with {wording.count(len(cited), 'passage')} cited."]
    if draft.to_write:
        lines.append(f"{wording.count(len(draft.to_write), 'place')} to be written by a person, marked in the text.")
    return lines
