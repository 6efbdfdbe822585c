"""The activity map: report map."""

from datetime import date
from pathlib import Path

import click

from goalmap.commands.shared import db_option, opened
from goalmap.report import wording


@click.command("map")
@db_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help=".html, .csv or .json",
)
@click.option("--organisation", metavar="NAME", help="Only documents published by this organisation.")
@click.option("--goal", metavar="CODE", help="Only this goal.")
@click.option("--framework", default="purpose-goals", show_default=True, metavar="NAME")
def map_(db: Path, output: Path, organisation: str | None, goal: str | None, framework: str) -> None:
    """The activity map: what is done towards each goal, with the evidence."""
    entries = write_activity_map(db, output, organisation, goal, framework)
    click.echo(f"{wording.count(entries, 'entry', 'entries')} written to {output}.", err=True)


def write_activity_map(db: Path, output: Path, organisation: str | None, goal: str | None, framework: str) -> int:
    from goalmap.report.activity_map import activity_map
    from goalmap.report.map_files import write_map

    with opened(db) as database:
        found = activity_map(database, organisation, goal, framework)
    write_map(found, output, date.today())
    return len(found.entries)
