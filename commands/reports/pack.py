"""The evidence for one initiative and goal: report pack."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalmap.commands.reports.shared import (
    date_option,
    framework_option,
    goal_option,
    organisation_option,
    write_report,
)
from goalmap.commands.shared import db_option, opened, tell
from goalmap.report import wording
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.report.draft.model import Draft
    from goalmap.report.reports.pack import Subject

LONGEST_NAME = 60


@click.command()
@click.option("--initiative", metavar="NAME", help="The initiative that the pack is about.")
@click.option("--activity", metavar="ID", help="The activity that it is about, for one that has no initiative.")
@click.option(
    "--all", "every", is_flag=True, help="A pack for each initiative with reviewed activities, into a folder."
)
@click.option(
    "--form", default="html", show_default=True, metavar="ENDING", help="With --all: html, docx, md, csv, xlsx or json."
)
@goal_option
@organisation_option
@db_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE|FOLDER",
    help=".html, .docx, .md, .csv, .xlsx or .json; with --all a folder",
)
@date_option
@framework_option
def pack(
    initiative: str | None,
    activity: str | None,
    every: bool,
    form: str,
    goal: str | None,
    organisation: str | None,
    db: Place,
    output: Path,
    made_on: date,
    framework: str,
) -> None:
    """The evidence for one initiative and goal, on one page.

    It takes more where one page has no room.
    """
    if sum(map(bool, (initiative, activity, every))) != 1:
        raise click.UsageError("Give one of --initiative, --activity and --all.")
    asked = made_on.isoformat(), goal, framework, organisation
    if every:
        _write_all(db, output, form, asked)
        return

    def make(database: "Database") -> "Draft":
        from goalmap.report.reports import pack as packs

        shelf = packs.find_shelf(database, *asked)
        subject = packs.by_initiative(shelf, initiative) if initiative else packs.by_activity(shelf, activity or "")
        return packs.pack(shelf, subject)

    write_report(db, output, make)


def _write_all(db: Place, folder: Path, form: str, asked: tuple[str, str | None, str, str | None]) -> None:
    """A file for each initiative, in a folder that is made if need be. Raises UnknownName for a form that there is not."""
    from goalmap.report.draft.files import WRITERS, write_draft
    from goalmap.report.draft.lock import locked
    from goalmap.report.files import writer_for
    from goalmap.report.reports import pack as packs

    ending = f".{form.lstrip('.').casefold()}"
    writer_for(Path(f"pack{ending}"), WRITERS)
    with opened(db) as database:
        shelf = packs.find_shelf(database, *asked)
        subjects = packs.all_initiatives(shelf)
        drafts = [locked(database, packs.pack(shelf, subject)) for subject in subjects]
    folder.mkdir(parents=True, exist_ok=True)
    for name, draft in zip(_names(subjects), drafts, strict=True):
        write_draft(draft, folder / f"{name}{ending}")
    tell(f"{wording.count(len(drafts), 'evidence pack')} written to {folder}.")


def _names(subjects: "Iterable[Subject]") -> Iterator[str]:
    """A file name for each, short, without anything that a file system reads; each once."""
    taken: set[str] = set()
    for subject in subjects:
        plain = re.sub(r"[^\w]+", "-", subject.name.casefold()).strip("-_")[:LONGEST_NAME] or "initiative"
        name, number = plain, 2
        while name in taken:
            name, number = f"{plain}-{number}", number + 1
        taken.add(name)
        yield name
