"""How much is missed, told from passages drawn at random: review audit."""

from typing import TYPE_CHECKING

import click

from goalmap.commands.shared import db_option, json_option, opened, show
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database


@click.command("audit")
@db_option
@click.option("--framework", metavar="NAME", help="Only this framework. Default: all that are in use.")
@click.option("--draw", type=click.IntRange(1), metavar="N", help="Draw about so many passages more at random.")
@click.option(
    "--recall",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.8,
    show_default=True,
    metavar="SHARE",
    help="How much of what is there should have been found before you stop.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    metavar="SHARE",
    help="How sure the intervals are to hold.",
)
@json_option
def audit(db: Place, framework: str | None, draw: int | None, recall: float, confidence: float, as_json: bool) -> None:
    """How much of what is there was found, and whether you may stop.

    Proposals alone cannot tell what nobody proposed. So passages are drawn at random (--draw 100) and come with the
    review queue; there you say which further goals each one serves, or none. From that follows for each goal how much
    was probably found, with an interval.
    """
    from goalmap.classify.measuring.stopping import stopping
    from goalmap.report.wordings.recall_wording import recall_lines
    from goalmap.store.review.audit_counts import samples

    with opened(db) as database:
        if draw:
            _draw(database, [sample.framework for sample in samples(database, framework)], draw, db)
        results = [stopping(sample, recall, confidence) for sample in samples(database, framework)]
    show(
        as_json,
        lambda: {"frameworks": [result.to_dict() for result in results]},
        lambda: recall_lines(results, db),
    )


def _draw(database: "Database", frameworks: list[str], size: int, db: Place) -> None:
    from goalmap.report.wordings.recall_wording import drawn_lines
    from goalmap.store.database import immediate
    from goalmap.store.review.audits import draw, waiting

    with immediate(database):
        drawn = {framework: draw(database, framework, size) for framework in frameworks}
    for framework, number in drawn.items():
        for line in drawn_lines(number, len(waiting(database, framework)), framework, db):
            click.echo(line, err=True)
