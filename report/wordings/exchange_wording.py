"""What the commands say of decisions that are moved between databases: what was found and done in, lines out."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.report.wordings.wording import SHOWN, count, filled, shortened

if TYPE_CHECKING:
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
}
QUOTED = 60


def exported_line(count_: int, path: Path) -> str:
    """What an export wrote."""
    return f"{count(count_, 'decision')} written to {path}."


def taken_lines(taken: "Taken", dry_run: bool, conflicts: Path | None, db: Path) -> Iterator[str]:
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
    yield from (line for warning in taken.warnings for line in filled(warning))
    yield from _conflict_lines(taken, conflicts)
    yield from _waiting_lines(taken.waiting, dry_run, db)


def _conflict_lines(taken: "Taken", conflicts: Path | None) -> Iterator[str]:
    if taken.conflicts:
        where = f" They are listed in {conflicts}." if conflicts else ""
        yield from filled(
            f"{count(len(taken.conflicts), 'conflict')}: the file and this database have different answers. The answers "
            f"of this database stand.{where} To settle one, decide on its passage again."
        )


def _waiting_lines(waiting: "Sequence[Waits]", dry_run: bool, db: Path) -> Iterator[str]:
    if not waiting:
        return
    option = "" if str(db) == "goalmap.db" else f" --db {shlex.quote(str(db))}"
    kept = "would be kept" if dry_run else "are kept"
    yield from filled(
        f"{count(len(waiting), 'answer')} cannot be attached. They {kept} and tried again after each ingest and import."
    )
    yield from _each(waiting)
    if not dry_run:
        yield f"See them all with: goalmap decisions waiting{option}"


def waiting_lines(waiting: "Sequence[Waits]", limit: int) -> Iterator[str]:
    """What was brought from elsewhere and waits, with the reasons."""
    if not waiting:
        yield "Nothing waits: all that was imported stands where it belongs."
        return
    yield f"{count(len(waiting), 'answer')} from elsewhere kept beside the decisions:"
    yield from _each(waiting, limit)


def _each(waiting: "Sequence[Waits]", limit: int = SHOWN) -> Iterator[str]:
    for one in waiting[:limit]:
        goal = one.goal_id or one.proposed_goal_id
        who = f" by {one.reviewer}" if one.reviewer else ""
        text = shortened(" ".join(one.text.split()), QUOTED)
        yield from filled(f"- {one.path}: “{text}” {one.verdict} for {goal}{who}: {REASONS[one.reason]}", "    ")
    if len(waiting) > limit:
        yield f"- and {len(waiting) - limit:,} more: --json lists them all"
