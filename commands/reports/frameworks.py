"""Frameworks side by side: report frameworks."""

from datetime import date
from pathlib import Path

import click

from goalmap.commands.reports.shared import date_option, organisation_option, output_option, write_report
from goalmap.commands.shared import db_option
from goalmap.store.postgres.address import Place


def _names(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(name for name in map(str.strip, value.split(",")) if name)


@click.command("frameworks")
@db_option
@output_option(".html, .docx, .md, .csv, .xlsx or .json")
@click.option(
    "--frameworks",
    default="",
    callback=_names,
    metavar="NAME,NAME",
    help="Two or more, with commas between. [default: all that the documents were classified against]",
)
@organisation_option
@date_option
def frameworks_(db: Place, output: Path, frameworks: tuple[str, ...], organisation: str | None, made_on: date) -> None:
    """Frameworks side by side on the same evidence; the crosswalk.

    Shows which goals the same passages serve in both, and where the crosswalk between them is borne out.
    """
    from goalmap.report.side_by_side.draft import draft_of
    from goalmap.report.side_by_side.side_by_side import side_by_side

    write_report(db, output, lambda database: draft_of(side_by_side(database, frameworks, organisation), made_on))
