"""A review queue back in: answers merged field by field with what changed in the database since the export."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import QueueProblem
from goalmap.store.review.answers import Fault, Goals, answer_in
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, Slot, answer_of
from goalmap.store.ledgers import Ledger, Reading, Record
from goalmap.store.review.merge import Difference, merge
from goalmap.store.review.export import COLUMNS
from goalmap.store.sheet import Line, Sheet, read_sheet, write_sheet

NEEDED = ("proposal_id", "verdict", "base")
ANSWERS = ("verdict", "goal", "stage", "best_practice", "note", "reviewer")
"""The columns that are read back."""
STATES = """
with recursive places (id, place) as (
    select distinct passage_id, passage_id from export_rows where export_id in (select value from json_each(?1))
    union
    select places.id, p.replaced_by from places join passages p on p.id = places.place where p.replaced_by is not null
)
select e.*, p.id standing from export_rows e
join places on places.id = e.passage_id join passages p on p.id = places.place and p.replaced_by is null
where e.export_id in (select value from json_each(?1))
"""
UNKNOWN_ROW = (
    "no export of this database has proposal {!r} (base {!r}); export the queue again and copy the answer over"
)
CONTRADICTION = "another answer to the same proposal stands in line {}; keep one of them"

Row = dict[str, Any]
Problem = tuple[int, str]
"""A line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Conflict(Difference):
    """A field that the file and the database changed to different things since the export, and where it stands."""

    line: int
    proposal_id: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do."""

    rows: int = 0
    decided: int = 0
    unchanged: int = 0
    undecided: int = 0
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """What one row says of a proposal, beside what was exported of it."""

    line: int
    proposal_id: str
    slot: Slot
    exported: Answer
    answer: Answer

    @property
    def is_untouched(self) -> bool:
        return self.answer == self.exported


def import_queue(db: Database, path: Path, reviewer: str, dry_run: bool = False, partial: bool = False) -> Imported:
    """Take over the answers in a queue file.

    Nothing is written on a dry run, or when a row has a fault, unless `partial`. Raises NotFound or QueueProblem.
    """
    sheet = read_sheet(path)
    _check_columns(sheet, path)
    ledger = _ledger(db, sheet, path)
    if dry_run:
        return _taken(db, sheet, reviewer, ledger)[0]
    with immediate(db):
        result, decided = _taken(db, sheet, reviewer, ledger)
        if partial or not result.problems:
            ledger.add(db, decided, f"queue {path.name}")
    return result


def _ledger(db: Database, sheet: Sheet, path: Path) -> Ledger:
    """Where the answers in a file belong: on record, or in the reading that it was written for. Raises QueueProblem."""
    bases = json.dumps(sorted({line.cells.get("base", "") for line in sheet.lines}))
    sql = "select distinct reading_id, reader from exports where id in (select value from json_each(?))"
    found: list[Ledger] = [
        Reading(reading, reader) if reading else Record() for reading, reader in db.execute(sql, [bases]).fetchall()
    ]
    if len(found) > 1:
        raise QueueProblem(
            f"{path} mixes rows of queues that belong to different readers. Import each reader's rows from a file of their own."
        )
    return found[0] if found else Record()


def _taken(db: Database, sheet: Sheet, reviewer: str, ledger: Ledger) -> tuple[Imported, dict[Slot, Answer]]:
    """The import's account and the answers to write."""
    said, problems = _read(db, sheet, reviewer)
    answers, contradictions = _agreed([row for row in said if not row.is_untouched])
    decided, conflicts = _merged(answers, ledger.current(db, [row.slot for row in answers]))
    untouched = [bool(row.exported.verdict) for row in said if row.is_untouched]
    return Imported(
        rows=len(sheet.lines),
        decided=len(decided),
        unchanged=sum(untouched)
        + len({row.slot for row in answers} - decided.keys() - {slot for slot, _ in conflicts}),
        undecided=untouched.count(False),
        conflicts=tuple(conflict for _, conflict in conflicts),
        problems=tuple(f"line {line}: {problem}" for line, problem in sorted(problems + contradictions)),
        warnings=sheet.warnings,
    ), decided


def _check_columns(sheet: Sheet, path: Path) -> None:
    """Refuse a header in which an answer could be overlooked."""
    if not sheet.lines:
        raise QueueProblem(f"{path} has no rows. Export the queue again with: goalmap review export")
    twice = [name for name, times in Counter(sheet.columns).items() if name and times > 1]
    missing = [name for name in NEEDED if name not in sheet.columns]
    unknown = [name for name in sheet.columns if name and name not in COLUMNS]
    renamed = [name for name in ANSWERS if name not in sheet.columns] if unknown else []
    if twice:
        raise QueueProblem(f"{path} has the column {', '.join(twice)} more than once. Remove one of them.")
    if missing or renamed:
        beside = f" (there is {', '.join(unknown)})" if unknown else ""
        raise QueueProblem(
            f"{path} lacks the column {', '.join(missing or renamed)}{beside}. Give the header the names that were exported; columns may be moved or added, but not renamed."
        )


# What the rows say


def _read(db: Database, sheet: Sheet, reviewer: str) -> tuple[list[_Said], list[Problem]]:
    """What each row says, or what is wrong with it."""
    goals = Goals(db.query("select id, framework_id, code, name from goals order by framework_id, position"))
    states = _states(db, {line.cells.get("base", "") for line in sheet.lines})
    said: list[_Said] = []
    problems: list[Problem] = []
    for line in sheet.lines:
        try:
            said.append(_said(line, len(sheet.columns), states, goals, reviewer))
        except Fault as fault:
            problems.append((line.number, str(fault)))
    return said, problems


def _states(db: Database, exports: Iterable[str]) -> dict[tuple[str, str], Row]:
    """What was exported, with the passage that now stands in the place of the one that was shown."""
    rows = db.query(STATES, [json.dumps(sorted(exports))])
    return {(row["export_id"], row["proposal_id"]): row for row in rows}


def _said(line: Line, columns: int, states: Mapping[tuple[str, str], Row], goals: Goals, reviewer: str) -> _Said:
    _check_cells(line, columns)
    proposal_id, base = line.cells["proposal_id"], line.cells["base"]
    if (state := states.get((base, proposal_id))) is None:
        raise Fault(UNKNOWN_ROW.format(proposal_id, base))
    exported, proposed = answer_of(state), state["proposed_goal_id"]
    answer = answer_in(line.cells, exported, proposed, goals, reviewer)
    if answer.verdict == "added" and answer.goal_id != proposed:
        proposed, exported = answer.goal_id, Answer()
    return _Said(line.number, proposal_id, (state["standing"], proposed), exported, answer)


def _check_cells(line: Line, columns: int) -> None:
    if line.extra:
        raise Fault(
            f"the row has more cells than the header ({line.extra[0][:40]!r} is too many); a quotation mark or a delimiter may be missing"
        )
    if any(name not in line.cells for name in NEEDED):
        raise Fault(f"the row has {len(line.cells)} of {columns} cells; the file may have been cut off here")


def _agreed(said: Sequence[_Said]) -> tuple[list[_Said], list[Problem]]:
    """One answer for each proposal; where rows contradict each other none is taken."""
    by_slot: dict[Slot, list[_Said]] = {}
    for row in said:
        by_slot.setdefault(row.slot, []).append(row)
    agreed: list[_Said] = []
    problems: list[Problem] = []
    for rows in by_slot.values():
        if len({row.answer.without_reviewer() for row in rows}) == 1:
            agreed.append(rows[-1])
        else:
            problems += [(row.line, CONTRADICTION.format(rows[0].line)) for row in rows[1:]]
    return agreed, problems


# What becomes of them


def _merged(
    said: Sequence[_Said], now: Mapping[Slot, Answer]
) -> tuple[dict[Slot, Answer], list[tuple[Slot, Conflict]]]:
    """The answers to write, and the fields on which file and database disagree."""
    decided: dict[Slot, Answer] = {}
    conflicts: list[tuple[Slot, Conflict]] = []
    for row in said:
        database = now.get(row.slot, row.exported)
        merged = merge(row.exported, database, _as_accepted(row.answer, database))
        conflicts += [(row.slot, _conflict(row, difference)) for difference in merged.differences]
        if merged.answer != database:
            decided[row.slot] = merged.answer
    return decided, conflicts


def _as_accepted(answer: Answer, database: Answer) -> Answer:
    """A goal that is added after it was accepted as a proposal stays accepted: both say the same."""
    return (
        replace(answer, verdict="accepted") if (answer.verdict, database.verdict) == ("added", "accepted") else answer
    )


def _conflict(row: _Said, difference: Difference) -> Conflict:
    return Conflict(**asdict(difference), line=row.line, proposal_id=row.proposal_id)


def write_conflicts(path: Path, conflicts: Iterable[Conflict]) -> int:
    """The conflicts as a CSV beside the queue, for a person to settle; gives their number."""
    columns = ("line", "proposal_id", "field", "exported", "database", "file")
    return write_sheet(path, columns, ([getattr(conflict, column) for column in columns] for conflict in conflicts))
