"""The review queue in a spreadsheet: review export and review import."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from goalmap.commands.shared import CONFLICTS, FAILED_FILES, db_option, json_option, opened, show
from goalmap.report import wording


@click.group()
def review() -> None:
    """The review queue: out to a spreadsheet, answers back in."""


@review.command("export")
@click.argument("queue", type=click.Path(dir_okay=False, path_type=Path), metavar="QUEUE.csv")
@db_option
@click.option(
    "--order",
    type=click.Choice(["value", "document", "goal"]),
    default="value",
    show_default=True,
    help="value: the least certain first.",
)
@click.option("--goal", metavar="CODE", help="Only this goal.")
@click.option("--publisher", metavar="NAME", help="Only documents whose publisher's name holds this.")
@click.option("--limit", type=click.IntRange(1), help="At most so many rows.")
@click.option("--undecided", is_flag=True, help="Only proposals without a decision.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
def export(
    queue: Path,
    db: Path,
    order: str,
    goal: str | None,
    publisher: str | None,
    limit: int | None,
    undecided: bool,
    force: bool,
) -> None:
    """Write the proposals to QUEUE.csv, one row each.

    Answer in the columns verdict (accept, reject, change, add; blank means later), goal, stage, best_practice, note and
    reviewer; leave the other columns as they are. Rows may be sorted and left out. To add a goal, copy a row, write the
    goal's code and the verdict add.
    """
    from goalmap.store.review.export import export_queue
    from goalmap.store.review.rows import Filters

    if queue.suffix.casefold() in (".xlsx", ".xls", ".ods"):
        raise click.UsageError(
            f"The queue is written as CSV, which spreadsheets open. Name it {queue.with_suffix('.csv')}."
        )
    if queue.exists() and not force:
        raise click.UsageError(
            f"{queue} is there already and may hold answers. Import it first, choose another name, or add --force."
        )
    with opened(db) as database:
        count = export_queue(database, queue, Filters(order, goal, publisher, limit, undecided))
    click.echo(
        f"{wording.count(count, 'proposal')} written to {queue}. "
        f"Fill in the verdict column, then: goalmap review import {queue} --db {db}",
        err=True,
    )


@review.command("import")
@click.argument("queue", type=click.Path(dir_okay=False, path_type=Path), metavar="QUEUE.csv")
@db_option
@click.option(
    "--reviewer", metavar="NAME", help="Who answered, where the reviewer column is blank. Default: your user name."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--partial", is_flag=True, help="Take the good rows even if others have faults.")
@json_option
def import_(queue: Path, db: Path, reviewer: str | None, dry_run: bool, partial: bool, as_json: bool) -> None:
    """Take over the answers in QUEUE.csv.

    Each answer is merged with what has changed in the database since the export; where both changed the same field to
    different things nothing is overwritten and the conflict is written to a file beside the queue.
    """
    from goalmap.store.review.taking import import_queue, write_conflicts
    from goalmap.store.serve import user_name

    with opened(db) as database:
        result = import_queue(database, queue, reviewer or user_name(), dry_run, partial)
    conflicts = queue.with_name(f"{queue.stem}-conflicts.csv") if result.conflicts and not dry_run else None
    if conflicts:
        write_conflicts(conflicts, result.conflicts)
    is_clean = not (result.problems or result.conflicts)
    show(
        as_json,
        lambda: {"ok": is_clean, **asdict(result)},
        lambda: wording.import_lines(result, dry_run, partial, conflicts),
    )
    if result.problems:
        sys.exit(FAILED_FILES)
    if result.conflicts:
        sys.exit(CONFLICTS)
