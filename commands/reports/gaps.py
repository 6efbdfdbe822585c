"""Goals without evidence or with little: report gaps."""

from datetime import date
from pathlib import Path

import click

from goalmap.commands.reports.shared import goal_option, organisation_option, report_options, write_report
from goalmap.store.postgres.address import Place


@click.command("gaps")
@report_options
@organisation_option
@goal_option
def gaps(db: Place, output: Path, made_on: date, framework: str, organisation: str | None, goal: str | None) -> None:
    """Goals with no or weak evidence, and what was searched.

    Also what came near, what is planned, and what others in the database do.
    """
    from goalmap.report.reports.gaps import Asked, gap_report

    asked = Asked(made_on, framework, organisation, goal)
    write_report(db, output, lambda database: gap_report(database, asked))
