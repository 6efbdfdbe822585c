"""The activity map: report map."""

from datetime import date
from pathlib import Path

import click

from goalmap.commands.reports.shared import (
    date_option,
    framework_option,
    goal_option,
    organisation_option,
    output_option,
)
from goalmap.commands.shared import db_option, opened, tell
from goalmap.report import wording
from goalmap.store.postgres.address import Place


@click.command("map")
@db_option
@output_option(".html, .csv, .xlsx or .json")
@organisation_option
@goal_option
@framework_option
@date_option
def map_(db: Place, output: Path, organisation: str | None, goal: str | None, framework: str, made_on: date) -> None:
    """The activity map: what is done towards each goal.

    Each activity is one row, with every passage that tells of it.
    """
    activities = write_activity_map(db, output, organisation, goal, framework, made_on)
    tell(f"{wording.count(activities, 'activity', 'activities')} written to {output}.")


def write_activity_map(
    db: Place,
    output: Path,
    organisation: str | None = None,
    goal: str | None = None,
    framework: str = "purpose-goals",
    made_on: date | None = None,
) -> int:
    """Write the map; gives the number of activities. Raises what finding and writing it raise."""
    from goalmap.report.mapping.activity_map import activity_map
    from goalmap.report.mapping.files import write_map

    with opened(db) as database:
        found = activity_map(database, organisation, goal, framework)
    write_map(found, output, made_on or date.today())
    return len(found.entries)
