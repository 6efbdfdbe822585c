"""A review queue back in: answers merged field by field with what changed in the database since the export."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from sqlite_utils import Database

from goalmap.ingest.errors import QueueProblem
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, Slot, with_carried, withdraw
from goalmap.store.ledgers import Ledger, Reading, Record
from goalmap.store.loading.save import refresh_goals_of
from goalmap.store.masking.keeping import masked_answers
from goalmap.store.review import drawn as drawing
from goalmap.store.review.answers import UNDONE
from goalmap.store.review.columns import ANSWERS, COLUMNS, NEEDED
from goalmap.store.review.drawn import Drawn
from goalmap.store.review.merge import Difference, merge
from goalmap.store.review.said import Heard, Said, agreed, heard
from goalmap.store.sheets.sheet import Sheet, read_sheet, write_sheet

WANTED: Mapping[str, int | None] = {**dict.fromkeys((*NEEDED, *ANSWERS)), "passage": 100}
"""The columns that are kept of a file, and how much of each."""
OTHER_DATABASE = (
    "{} was exported from another database, or from this one before it was made anew: none of its exports is known here. "
    "Choose its database with --db, or export the queue again."
)
MIXED = "{} mixes rows of queues that belong to different readers. Import each reader's rows from a file of their own."
NO_HEADER = "{} has no header. Put back its first line, with the names of the columns: {}."
NOT_UNDONE = "an answer in a blind reading can be changed, but not taken back; put back what was there"
OTHERS_NAMES = "The queue is {}'s in a blind reading; rows that name {} count as {}'s too."
STANDING = """
select d.id from json_each(?) slot join decisions d
on d.passage_id = json_extract(slot.value, '$[0]') and d.proposed_goal_id = json_extract(slot.value, '$[1]')
where not exists (select 1 from withdrawals w where w.decision_id = d.id)
"""

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Conflict(Difference):
    """A field that the file and the database changed to different things since the export, and where it stands."""

    line: int
    proposal_id: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do."""

    rows: int
    decided: int
    unchanged: int
    undecided: int
    conflicts: tuple[Conflict, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    withdrawn: int
    """Decisions that were taken back."""
    drawn: int
    """Passages drawn at random that were answered."""
    settled: int = 0
    """Decisions on which all readers of a blind reading agree now."""


@dataclass(slots=True)
class _Taken:
    """What is to be written, and the fields on which file and database disagree."""

    decided: dict[Slot, Answer] = field(default_factory=dict)
    undone: list[Slot] = field(default_factory=list)
    drawn: list[Sequence[Drawn]] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)


def import_queue(
    db: Database,
    path: Path,
    reviewer: str,
    dry_run: bool = False,
    partial: bool = False,
    told: Told | None = None,
) -> Imported:
    """Take over the answers in a queue file, CSV or XLSX.

    Nothing is written on a dry run, or when a row has a fault, unless `partial`. Raises NotFound or QueueProblem.
    """
    sheet = read_sheet(path, frozenset(NEEDED), WANTED)
    _check_columns(sheet, path)
    ledger = _ledger(db, sheet, path)
    if dry_run:
        return _taken(db, sheet, reviewer, ledger, told)[0]
    with immediate(db):
        result, taken = _taken(db, sheet, reviewer, ledger, told)
        if result.problems and not partial:
            return result
        return replace(result, settled=_write(db, taken, ledger, reviewer, f"queue {path.name}"))


def _ledger(db: Database, sheet: Sheet, path: Path) -> Ledger:
    """Where the answers in a file belong: on record, or in the reading that it was written for. Raises QueueProblem."""
    bases = {line.cells.get("base", "") for line in sheet.lines} - {""}
    sql = "select distinct reading_id, reader from exports where id in (select value from json_each(?))"
    found: list[Ledger] = [
        Reading(reading, reader) if reading else Record()
        for reading, reader in db.execute(sql, [json.dumps(sorted(bases))]).fetchall()
    ]
    if len(found) > 1 or (bases and not found and len(sheet.lines) > 1):
        raise QueueProblem((MIXED if found else OTHER_DATABASE).format(path))
    return found[0] if found else Record()


def _taken(db: Database, sheet: Sheet, reviewer: str, ledger: Ledger, told: Told | None) -> tuple[Imported, _Taken]:
    """The import's account and what it writes."""
    said = _masked(db, heard(db, sheet, ledger.reader if isinstance(ledger, Reading) else reviewer, told))
    rows, contradictions = agreed(said.said)
    groups, torn = drawing.taken_together(said.drawn)
    not_undone = [
        (row.line, NOT_UNDONE) for row in rows if row.answer.verdict == UNDONE and isinstance(ledger, Reading)
    ]
    taken = _merged([row for row in rows if (row.line, NOT_UNDONE) not in not_undone], ledger, db)
    _merge_drawn(taken, groups, drawing.standing(db, groups), drawing.refused(db, groups))
    problems = sorted([*said.problems, *contradictions, *torn, *not_undone])
    return Imported(
        rows=len(sheet.lines),
        decided=len(taken.decided),
        unchanged=said.decided_before + taken.unchanged,
        undecided=said.undecided,
        conflicts=tuple(taken.conflicts),
        problems=tuple(f"line {line}: {problem}" for line, problem in problems),
        warnings=(*sheet.warnings, *_other_names(said, ledger)),
        withdrawn=len(taken.undone),
        drawn=len(taken.drawn),
    ), taken


def _masked(db: Database, said: Heard) -> Heard:
    """What was said, with marks for people who were removed from the database."""
    answers = masked_answers(db, [row.slot[0] for row in said.said], [row.answer for row in said.said])
    return replace(said, said=[replace(row, answer=one) for row, one in zip(said.said, answers, strict=True)])


def _other_names(said: Heard, ledger: Ledger) -> Iterator[str]:
    names = {row.answer.reviewer for row in said.said}
    if isinstance(ledger, Reading) and (others := sorted(names - {ledger.reader, ""})):
        yield OTHERS_NAMES.format(ledger.reader, ", ".join(others), ledger.reader)


def _check_columns(sheet: Sheet, path: Path) -> None:
    """Refuse a header in which an answer could be overlooked."""
    if not sheet.lines:
        raise QueueProblem(f"{path} has no rows. Export the queue again with: goalmap review export")
    if not set(sheet.columns) & set(COLUMNS):
        raise QueueProblem(NO_HEADER.format(path, ", ".join(COLUMNS)))
    twice = [name for name, times in Counter(sheet.columns).items() if name in COLUMNS and times > 1]
    missing = [name for name in NEEDED if name not in sheet.columns]
    unknown = [name[:40] for name in sheet.columns if name and name not in COLUMNS]
    renamed = [name for name in ANSWERS if name not in sheet.columns] if unknown else []
    if twice:
        raise QueueProblem(f"{path} has the column {', '.join(twice)} more than once. Remove one of them.")
    if missing or renamed:
        beside = f" (there is {', '.join(unknown)})" if unknown else ""
        raise QueueProblem(
            f"{path} lacks the column {', '.join(missing or renamed)}{beside}. Give the header the names that were exported; columns may be moved or added, but not renamed."
        )


# What becomes of the answers


def _merged(said: Sequence[Said], ledger: Ledger, db: Database) -> _Taken:
    now = ledger.current(db, [row.slot for row in said])
    taken = _Taken()
    for row in said:
        database = now.get(row.slot)
        differences = _undo(row, database, taken) if row.answer.verdict == UNDONE else _merge(row, database, taken)
        taken.conflicts += [Conflict(**asdict(one), line=row.line, proposal_id=row.proposal_id) for one in differences]
    return taken


def _merge(row: Said, database: Answer | None, taken: _Taken) -> Sequence[Difference]:
    if database is None and row.exported.verdict:
        return [Difference("verdict", row.exported.verdict, "taken back", row.answer.verdict)]
    mine = database or row.exported
    merged = merge(row.exported, mine, _as_said(row.answer, mine))
    if merged.answer != mine:
        taken.decided[row.slot] = merged.answer
    elif not merged.differences:
        taken.unchanged += 1
    return merged.differences


def _undo(row: Said, database: Answer | None, taken: _Taken) -> Sequence[Difference]:
    """A decision is taken back as it was shown; one that was made or changed since is not."""
    if database is None:
        taken.unchanged += 1
    elif database.without_reviewer() == row.exported.without_reviewer():
        taken.undone.append(row.slot)
    else:
        return [Difference("verdict", row.exported.verdict, database.verdict, UNDONE)]
    return []


def _as_said(answer: Answer, database: Answer) -> Answer:
    """A goal that one accepted and the other added: both say the same, and the verdict stays as it is here."""
    is_same = {answer.verdict, database.verdict} == {"added", "accepted"} and answer.goal_id == database.goal_id
    return replace(answer, verdict=database.verdict) if is_same else answer


def _merge_drawn(
    taken: _Taken,
    groups: Iterable[Sequence[Drawn]],
    now: Mapping[str, frozenset[str]],
    refused: Mapping[str, Sequence[Slot]],
) -> None:
    for group in groups:
        audit_id, goals = group[0].audit_id, drawing.goals_of(group)
        if audit_id not in now and audit_id in refused:
            against = ", ".join(sorted(f"not {goal}" for _, goal in refused[audit_id]))
            taken.conflicts.append(Conflict("goal", "", against, ", ".join(sorted(goals)), group[0].line, audit_id))
        elif audit_id not in now:
            taken.drawn.append(group)
        elif now[audit_id] == goals:
            taken.unchanged += 1
        else:
            database, file = (", ".join(sorted(one)) or "none" for one in (now[audit_id], goals))
            taken.conflicts.append(Conflict("goal", "", database, file, group[0].line, audit_id))


def _write(db: Database, taken: _Taken, ledger: Ledger, reviewer: str, source: str) -> int:
    """Add what was taken; gives how many decisions two readers agree on now."""
    ledger.add(db, taken.decided, source)
    if taken.undone:
        _take_back(db, taken.undone, reviewer, source)
    drawing.put_on_record(db, taken.drawn, source)
    if isinstance(ledger, Reading):
        from goalmap.store.review.readings import settle_agreed

        return settle_agreed(db, ledger.id)
    return 0


def _take_back(db: Database, slots: Sequence[Slot], reviewer: str, source: str) -> None:
    """Leave these slots without a decision, also where one was carried over from them and stands."""
    decisions = [id for (id,) in db.execute(STANDING, [json.dumps(slots)]).fetchall()]
    carried = with_carried(db, decisions)
    withdraw(db, {*decisions, *carried}, reviewer, source)
    refresh_goals_of(db, {*carried.values(), *(passage_id for passage_id, _ in slots)})


def write_conflicts(path: Path, conflicts: Iterable[Conflict]) -> int:
    """The conflicts as a CSV beside the queue, for a person to settle; gives their number."""
    columns = ("line", "proposal_id", "field", "exported", "database", "file")
    return write_sheet(path, columns, ([getattr(conflict, column) for column in columns] for conflict in conflicts))
