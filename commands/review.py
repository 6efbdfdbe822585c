"""The review queue in a spreadsheet: review export and review import."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from goalmap.commands.choosing import choosing
from goalmap.commands.shared import CONFLICTS, FAILED_FILES, db_option, json_option, opened, progress, show
from goalmap.report import wording
from goalmap.store.postgres.address import Place

FORMS = (".csv", ".xlsx")


@click.group()
def review() -> None:
    """The review queue: out to a spreadsheet, answers back in."""


@review.command("export")
@choosing
@click.option("--document", metavar="NAME", help="Only this document: its id, file name or title.")
@click.option("--deep", is_flag=True, help="Go on with goals that came near, when the proposals are used up.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@json_option
def export(
    queue: Path,
    db: Place,
    order: str,
    framework: str | None,
    goal: str | None,
    document: str | None,
    publisher: str | None,
    limit: int | None,
    undecided: bool,
    deep: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Write the proposals to QUEUE.csv or QUEUE.xlsx, one row each.

    Answer in the columns verdict (accept, reject, change, add, undo; blank means later), goal, stage, best_practice,
    note and reviewer; leave the other columns as they are. Rows may be sorted and left out. To add a goal, copy a row,
    write the goal's code and the verdict add. To take a decision back, write undo.
    """
    from goalmap.store.review.choosing import document_named, framework_named
    from goalmap.store.review.export import queue_entries, write_queue
    from goalmap.store.review.rows import Filters

    _check_place(queue, force)
    with opened(db) as database:
        framework_id = framework_named(database, framework) if framework else None
        document_id = document_named(database, document) if document else None
        filters = Filters(order, goal, publisher, limit, undecided, framework_id, document_id, deep=deep)
        exported = write_queue(database, queue, queue_entries(database, filters))
    show(
        as_json,
        lambda: {"file": str(queue), "export": exported.id, "rows": exported.rows, "drawn": exported.drawn},
        lambda: (),
    )
    for line in wording.export_lines(exported, queue, db):
        click.echo(line, err=True)


def _check_place(queue: Path, force: bool) -> None:
    if queue.exists() and not force:
        raise click.UsageError(
            f"{queue} is there already and may hold answers. Import it first, choose another name, or add --force."
        )
    if queue.suffix.casefold() not in FORMS:
        raise click.UsageError(
            "The queue is written as CSV or as an Excel workbook. "
            f"Name it {queue.with_suffix('.csv')} or {queue.with_suffix('.xlsx')}."
        )


@review.command("import")
@click.argument("queue", type=click.Path(dir_okay=False, path_type=Path), metavar="QUEUE.csv|.xlsx")
@db_option
@click.option(
    "--reviewer", metavar="NAME", help="Who answered, where the reviewer column is blank. Default: your user name."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--partial", is_flag=True, help="Take the good rows even if others have faults.")
@json_option
def import_(queue: Path, db: Place, reviewer: str | None, dry_run: bool, partial: bool, as_json: bool) -> None:
    """Take over the answers in a queue, whatever program saved it.

    Each answer is merged with what has changed in the database since the export; where both changed the same field to
    different things nothing is overwritten and the conflict is written to a file beside the queue.
    """
    from goalmap.store.activities.refresh import refresh_if_quick
    from goalmap.store.review.taking import import_queue, write_conflicts
    from goalmap.store.serve import user_name

    with opened(db) as database, _rows_told(queue, as_json) as told:
        result = import_queue(database, queue, reviewer or user_name(), dry_run, partial, told)
        if not dry_run:
            refresh_if_quick(database)
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


@contextmanager
def _rows_told(queue: Path, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """How many rows of the queue are read, on a terminal."""
    with progress("none" if quiet or not sys.stderr.isatty() else "auto") as tell:
        yield (lambda done, total: tell(done, total, queue)) if tell else None
