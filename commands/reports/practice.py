"""The compendium of best practice: report practice."""

from datetime import date
from pathlib import Path

import click

from goalmap.commands.reports.shared import goal_option, report_options, write_report
from goalmap.store.postgres.address import Place


@click.command("practice")
@report_options
@goal_option
@click.option("--region", metavar="NAME", help="Only activities in this region.")
@click.option(
    "--cap",
    type=click.IntRange(1),
    metavar="N",
    default=2,
    show_default=True,
    help="Entries for one organisation at most.",
)
@click.option(
    "--most", type=click.IntRange(1), metavar="N", help="Entries in all at most. [default: as many as there are]"
)
@click.option("--by", type=click.Choice(["goal", "region"]), default="goal", show_default=True, help="How to group.")
def practice(
    db: Place,
    output: Path,
    made_on: date,
    framework: str,
    goal: str | None,
    region: str | None,
    cap: int,
    most: int | None,
    by: str,
) -> None:
    """Best practice of many organisations, and why it was picked.

    Each organisation has a fair turn, and every entry prints the grounds on which it was picked.
    """
    from goalmap.report.reports.practice import Asked, compendium

    asked = Asked(made_on, framework, goal, region, cap, most, by)
    write_report(db, output, lambda database: compendium(database, asked))
