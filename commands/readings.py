"""Two readers of the same proposals: a blind file for each, and how far they agree. Commands of the review group."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalmap.commands.choosing import choosing
from goalmap.commands.shared import db_option, json_option, opened, show, tell
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.store.review.readings import BlindReading

NOT_THERE = "{} is there already and may hold answers. Import it first, choose another name, or add --force."
LABELS = "select id, coalesce(label, code || ' ' || name) from goals order by framework_id, position"
NONE_YET = "No reading was begun yet. Begin one with: goalmap review readers queue.csv --reader ANN --reader BEN"


@click.command("readers")
@choosing
@click.option("--reader", "names", multiple=True, metavar="NAME", help="A reader; give it for each, two or more.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="The proposals of N passages drawn at random.")
@click.option("--note", default="", metavar="TEXT", help="What the reading is for.")
@click.option("--again", metavar="READING", help="Write the files of this reading once more; what was answered stays.")
@click.option("--force", is_flag=True, help="Write over existing files.")
@json_option
def readers(
    queue: Path,
    names: tuple[str, ...],
    db: Place,
    order: str,
    goal: str | None,
    publisher: str | None,
    framework: str | None,
    limit: int | None,
    sample: int | None,
    undecided: bool,
    note: str,
    again: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Give two readers or more the same proposals, blind.

    Writes QUEUE-ANN.csv, QUEUE-BEN.csv and so on: the same rows in the same order, with nothing in them that anybody
    has said. Each file comes back with review import. What all agree on is decided in all their names; the rest is
    listed by review agreement.
    """
    from goalmap.report.wordings.agreement_wording import begun_lines
    from goalmap.store.review.export import check_form
    from goalmap.store.review.readings import begin, distinct, reading
    from goalmap.store.review.rows import Filters

    check_form(queue)
    filters = Filters(order, goal, publisher, limit, undecided, framework)
    with opened(db) as database:
        known = reading(database, again) if again else None
        files = files_of(queue, known.readers if known else distinct(names), force)
        begun = known or begin(database, tuple(files), filters, sample, note)
        _write(database, begun, files)
    show(
        as_json,
        lambda: {
            "reading": begun.id,
            "proposals": begun.slots,
            "files": {name: str(path) for name, path in files.items()},
        },
        lambda: begun_lines(begun, files, db),
    )


def files_of(queue: Path, names: tuple[str, ...], force: bool) -> dict[str, Path]:
    """The file of each reader, beside the one that was named. Raises UsageError where one is there already."""
    parts = {name: re.sub(r"[^\w.-]+", "-", name).strip("-.") or "reader" for name in names}
    taken = [part.casefold() for part in parts.values()]
    files = {
        name: queue.with_name(f"{queue.stem}-{part}{place if taken.count(part.casefold()) > 1 else ''}{queue.suffix}")
        for place, (name, part) in enumerate(parts.items(), start=1)
    }
    if not queue.parent.is_dir():
        raise click.UsageError(
            f"There is no folder {str(queue.parent)!r} to write to. Make it first, or choose another."
        )
    for path in files.values():
        _check_free(path, force)
    return files


def _check_free(path: Path, force: bool) -> None:
    if path.exists() and not force:
        raise click.UsageError(NOT_THERE.format(path))


def _write(database: "Database", begun: "BlindReading", files: dict[str, Path]) -> None:
    from goalmap.store.ledgers import Reading
    from goalmap.store.review.export import export_queue
    from goalmap.store.review.rows import Filters

    for reader, path in files.items():
        export_queue(database, path, Filters(), reading=Reading(begun.id, reader))


@click.command("agreement")
@click.argument("reading_id", required=False, metavar="[READING]")
@db_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv|.xlsx",
    help="Write the disagreements there, to be settled.",
)
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option("--list", "list_", is_flag=True, help="The readings that were begun.")
@click.option("--on-record", is_flag=True, help="Instead: what two reviewers decided one after the other.")
@json_option
def agreement(
    reading_id: str | None,
    db: Place,
    output: Path | None,
    force: bool,
    list_: bool,
    on_record: bool,
    as_json: bool,
) -> None:
    """How far the readers of a reading agree, and what they differ in.

    Without READING the latest one. Kappa is agreement beyond chance. With -o the disagreements become a queue with a
    column for what each reader said; whoever settles them imports it like any other queue.
    """
    if list_ + on_record + bool(output) > 1 or (reading_id and (list_ or on_record)):
        raise click.UsageError("Choose one of READING, --list and --on-record; -o goes with a reading.")
    if output:
        _check_free(output, force)
    with opened(db) as database:
        if on_record:
            _show_on_record(database, as_json)
        elif list_:
            _show_list(database, as_json)
        else:
            _show_reading(database, reading_id, output, db, as_json)


def _show_on_record(database: "Database", as_json: bool) -> None:
    from goalmap.classify.measuring.measures import plain
    from goalmap.report.wordings.agreement_wording import successive_lines
    from goalmap.store.review.disagreements import twice_decided

    pairs = twice_decided(database)
    show(
        as_json,
        lambda: {"second_saw_first": True, "pairs": plain(pairs)},
        lambda: successive_lines(pairs, _labels(database)),
    )


def _show_list(database: "Database", as_json: bool) -> None:
    from goalmap.classify.measuring.measures import plain
    from goalmap.report.wording import message_lines
    from goalmap.report.wordings.agreement_wording import reading_lines
    from goalmap.store.review.readings import readings

    there = readings(database)
    show(
        as_json, lambda: {"readings": plain(there)}, lambda: reading_lines(there) if there else message_lines(NONE_YET)
    )


def _show_reading(database: "Database", reading_id: str | None, output: Path | None, db: Place, as_json: bool) -> None:
    from goalmap.ingest.errors import NotFound
    from goalmap.report.wordings.agreement_wording import account_lines
    from goalmap.store.review.disagreements import account_of
    from goalmap.store.review.readings import reading, readings
    from goalmap.store.review.settling import export_disagreements, told

    there = readings(database)
    if not there:
        raise NotFound(NONE_YET)
    account = account_of(database, reading(database, reading_id) if reading_id else there[0])
    if output:
        _settle_in(output, export_disagreements(database, output, account), db)
    labels = _labels(database)
    show(
        as_json,
        account.to_dict,
        lambda: account_lines(account, labels, told(account), db, 0 if reading_id else len(there) - 1),
    )


def _settle_in(output: Path, rows: int, db: Place) -> None:
    from goalmap.report.wording import count

    tell(
        f"{count(rows, 'disagreement')} written to {output}. Settle them in the verdict column, then: "
        f"goalmap review import {output} --reviewer NAME --db {db}"
    )


def _labels(database: "Database") -> dict[str, str]:
    return dict(database.execute(LABELS).fetchall())
