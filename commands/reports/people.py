"""Who is who: report people."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalmap.commands.reports.shared import date_option, output_option, write_report
from goalmap.commands.shared import db_option
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.report.draft.model import Draft


@click.command()
@click.option(
    "--organisation", metavar="NAME", help="Only who has a tie to this organisation, or is named in what it publishes."
)
@db_option
@output_option(".html, .docx, .md, .csv, .xlsx or .json")
@date_option
def people(organisation: str | None, db: Place, output: Path, made_on: date) -> None:
    """People with dated posts, organisations with their members."""
    from goalmap.report.people.directory import find_directory
    from goalmap.report.reports.people import people_draft

    def make(database: "Database") -> "Draft":
        return people_draft(find_directory(database, organisation), made_on.isoformat())

    write_report(db, output, make)
