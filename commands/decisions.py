"""Decisions between databases and to other programs: the decisions group."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalmap.commands.shared import CONFLICTS, FAILED_FILES, db_option, json_option, opened, show
from goalmap.report.wordings import exchange_wording
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database

FILE = click.Path(dir_okay=False, path_type=Path)
ENDINGS = (".json", ".csv", ".qdpx")


@click.group()
def decisions() -> None:
    """Decisions as a file: to another database or to people.

    Also to programs such as QualCoder and NVivo.
    """


@decisions.command("export")
@click.argument("file", type=FILE, metavar="FILE.json|.csv|.qdpx")
@click.option("--proposals", is_flag=True, help="Also the proposals that wait, under the user goalmap (.qdpx).")
@click.option("--rejected", is_flag=True, help="Also what was rejected, under a code Rejected (.qdpx).")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@db_option
def export(file: Path, proposals: bool, rejected: bool, force: bool, db: Place) -> None:
    """Write the decisions to FILE; its ending says in which form.

    \b
    .json   the whole history, for goalmap decisions import elsewhere;
            only this one has the repairs of activities
    .csv    the decisions that stand, one row each, for people
    .qdpx   a REFI-QDA project for QualCoder, NVivo, MAXQDA or ATLAS.ti:
            documents, goals as codes, decisions as codings
    """
    from goalmap.store.exchange.repair_records import count_repairs

    _check_export(file, proposals or rejected, force)
    with opened(db) as database:
        count = _written(database, file, proposals, rejected)
        repairs = count_repairs(database)
    for line in exchange_wording.exported_lines(count, repairs, file):
        click.echo(line, err=True)


def _check_export(file: Path, is_for_project: bool, force: bool) -> None:
    ending = file.suffix.casefold()
    if ending not in ENDINGS:
        raise click.UsageError(f"Name the file by its form: {', '.join(file.stem + ending for ending in ENDINGS)}.")
    if is_for_project and ending != ".qdpx":
        raise click.UsageError(
            "--proposals and --rejected are for .qdpx; the history in .json has all decisions anyway."
        )
    if file.exists() and not force:
        raise click.UsageError(f"{file} is there already. Choose another name, or add --force.")


def _written(db: "Database", file: Path, proposals: bool, rejected: bool) -> int:
    from goalmap.store.exchange.history import write_history
    from goalmap.store.exchange.project import Wanted, write_project
    from goalmap.store.exchange.table import write_table

    writers: dict[str, Callable[[Database, Path], int]] = {
        ".json": write_history,
        ".csv": write_table,
        ".qdpx": partial(write_project, wanted=Wanted(proposals, rejected)),
    }
    return writers[file.suffix.casefold()](db, file)


@decisions.command("import")
@click.argument("file", type=FILE, metavar="FILE.json")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@db_option
@json_option
def import_(file: Path, dry_run: bool, db: Place, as_json: bool) -> None:
    """Take over decisions that were made in another database.

    FILE.json is what goalmap decisions export wrote there. Repairs of activities come along. Who decided, and when, stays as it was. Where this database has another answer that
    the file does not know of, the answer of this database stands and the conflict is told; those on passages are also
    written to a file beside FILE. What cannot be attached is kept and tried again later.
    """
    from goalmap.store.activities.refresh import refresh_if_quick
    from goalmap.store.exchange.taking import import_decisions, write_conflicts

    with opened(db) as database:
        taken = import_decisions(database, file, dry_run)
        if not dry_run:
            refresh_if_quick(database)
    conflicts = file.with_name(f"{file.stem}-conflicts.csv") if taken.conflicts and not dry_run else None
    if conflicts:
        write_conflicts(conflicts, taken.conflicts)
    show(
        as_json,
        lambda: {"ok": not (taken.in_conflict or taken.waits), **asdict(taken)},
        lambda: exchange_wording.taken_lines(taken, dry_run, conflicts, db),
    )
    if taken.in_conflict:
        sys.exit(CONFLICTS)
    if taken.waits:
        sys.exit(FAILED_FILES)


@decisions.command("waiting")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", default=50, show_default=True, help="At most so many lines."
)
@db_option
@json_option
def waiting(limit: int, db: Place, as_json: bool) -> None:
    """What was imported and does not stand yet, and why.

    It could not be attached to a passage, or stands behind an answer that was here already.
    """
    from goalmap.store.exchange.waiting import waiting as what_waits

    with opened(db) as database:
        found = what_waits(database)
    show(
        as_json,
        lambda: {"waiting": [asdict(one) for one in found]},
        lambda: exchange_wording.waiting_lines(found, limit),
    )
