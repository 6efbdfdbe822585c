"""What the commands say of decisions that are moved between databases: what was found and done in, lines out."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.report.wording import SHOWN, count, filled, shortened
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.store.exchange.repair_taking import Repaired
    from goalmap.store.exchange.taking import Taken
    from goalmap.store.exchange.waiting import Waits

FOUND = {
    "id": "by id",
    "file and text": "as the same text in the same file",
    "file and likeness": "as nearly the same text in the same file",
    "text": "as the only passage here that reads so",
}
REASONS = {
    "no passage": "no passage here reads so",
    "several passages": "several passages here read so, none of them in the same file",
    "no goal": "this database does not know the goal",
    "no sample": "no sample of this database has drawn the passage",
    "conflict": "another answer stands here",
    "settled": "another answer stood here, and somebody has decided since",
    "agrees": "somebody here said the same",
    "earlier": "another answer followed it",
    "no framework": "this database does not know the framework",
    "behind": "an earlier repair of the same passages, or the one that it takes back, waits",
}
REPAIRS = {
    "together": "put together with another passage",
    "apart": "taken for another activity",
    "edit": "given other words",
    "withdrawn": "a repair taken back",
}
"""What a repair of activities did to a passage."""
QUOTED = 60


def exported_lines(count_: int, repairs: int, path: Path) -> Iterator[str]:
    """What an export wrote; only the history in JSON has repairs of activities."""
    if not repairs:
        yield f"{count(count_, 'decision')} written to {path}."
    elif path.suffix.casefold() == ".json":
        yield f"{count(count_, 'decision')} and {count(repairs, 'repair')} of activities written to {path}."
    else:
        yield f"{count(count_, 'decision')} written to {path}."
        yield from filled(
            f"{count(repairs, 'repair')} of activities left out: only the history in .json has them. "
            f"To write it: goalmap decisions export {shlex.quote(path.stem)}.json"
        )


def taken_lines(taken: "Taken", dry_run: bool, conflicts: Path | None, db: Place) -> Iterator[str]:
    """What an import of decisions did, or would do."""
    verb = "would be added" if dry_run else "added"
    yield from filled(
        f"{count(taken.records, 'answer')} in the file: {taken.added:,} {verb}, {taken.known:,} known here already, "
        f"{taken.aside:,} behind an answer that stands here, {len(taken.conflicts):,} in conflict, "
        f"{len(taken.waiting):,} that cannot be attached."
    )
    for rule, number in taken.found.items():
        yield f"  {number:,} found {FOUND[rule]}"
    if taken.withdrawn:
        yield f"  {count(taken.withdrawn, 'decision')} taken back, as where the file comes from"
    if taken.attached_now:
        yield f"  {count(taken.attached_now, 'answer')} of earlier imports {'could' if dry_run else 'can'} now be attached"
    yield from _repair_lines(taken.repairs, dry_run)
    yield from (line for warning in taken.warnings for line in filled(warning))
    yield from _conflict_lines(taken, conflicts)
    yield from _opposed_lines(taken.repairs, db)
    yield from _waiting_lines((*taken.waiting, *taken.repairs.waiting), dry_run, db)


def _repair_lines(repairs: "Repaired", dry_run: bool) -> Iterator[str]:
    verb = "would be added" if dry_run else "added"
    if repairs.records:
        yield from filled(
            f"{count(repairs.records, 'repair')} of activities in the file: {repairs.added:,} {verb}, "
            f"{repairs.known:,} known here already, {repairs.aside:,} behind what was said here, "
            f"{len(repairs.conflicts):,} in conflict, {len(repairs.waiting):,} that cannot be attached."
        )
    if repairs.attached_now:
        yield f"  {count(repairs.attached_now, 'repair')} of earlier imports {'could' if dry_run else 'can'} now be attached"


def _opposed_lines(repairs: "Repaired", db: Place) -> Iterator[str]:
    if not repairs.conflicts:
        return
    number = count(len(repairs.conflicts), "repair of activities", "repairs of activities")
    yield from filled(
        f"{number} in conflict: this database says otherwise, and that stands. To follow the file instead, take back "
        "what was said here and import the file again."
    )
    for one in repairs.conflicts[:SHOWN]:
        undo = ", ".join(f"goalmap activities undo {batch}{_option(db)}" for batch in one.batches)
        yield from filled(f"- {_told(one.repair)}; here {', '.join(one.batches)}: {undo}", "    ")
    if len(repairs.conflicts) > SHOWN:
        yield f"- and {len(repairs.conflicts) - SHOWN:,} more: --json lists them all"


def _option(db: Place) -> str:
    return "" if str(db) == "goalmap.db" else f" --db {shlex.quote(str(db))}"


def _conflict_lines(taken: "Taken", conflicts: Path | None) -> Iterator[str]:
    if taken.conflicts:
        where = f" They are listed in {conflicts}." if conflicts else ""
        yield from filled(
            f"{count(len(taken.conflicts), 'conflict')}: the file and this database have different answers. The answers "
            f"of this database stand.{where} To settle one, decide on its passage again."
        )


def _waiting_lines(waiting: "Sequence[Waits]", dry_run: bool, db: Place) -> Iterator[str]:
    if not waiting:
        return
    one = len(waiting) == 1
    kept = "would be" if dry_run else "is" if one else "are"
    yield from filled(
        f"{_number(waiting)} cannot be attached. {'It' if one else 'They'} {kept} kept and tried again after each ingest and"
        " import."
    )
    yield from _each(waiting)
    if not dry_run:
        yield f"See them all with: goalmap decisions waiting{_option(db)}"


def waiting_lines(waiting: "Sequence[Waits]", limit: int) -> Iterator[str]:
    """What was brought from elsewhere and waits, with the reasons."""
    if not waiting:
        yield "Nothing waits: all that was imported stands where it belongs."
        return
    yield f"{_number(waiting)} from elsewhere kept beside the decisions:"
    yield from _each(waiting, limit)


def _number(waiting: "Sequence[Waits]") -> str:
    repairs = sum(one.verdict in REPAIRS for one in waiting)
    answers = len(waiting) - repairs
    told = [count(answers, "answer")] if answers else []
    return " and ".join([*told, f"{count(repairs, 'repair')} of activities"] if repairs else told)


def _each(waiting: "Sequence[Waits]", limit: int = SHOWN) -> Iterator[str]:
    for one in waiting[:limit]:
        yield from filled(f"- {_told(one)}: {REASONS[one.reason]}", "    ")
    if len(waiting) > limit:
        yield f"- and {len(waiting) - limit:,} more: --json lists them all"


def _told(one: "Waits") -> str:
    """Who said what of which passage."""
    what = REPAIRS.get(one.verdict) or f"{one.verdict} for {one.goal_id or one.proposed_goal_id}"
    who = f" by {one.reviewer}" if one.reviewer else ""
    return f"{one.path}: “{shortened(' '.join(one.text.split()), QUOTED)}” {what}{who}"
