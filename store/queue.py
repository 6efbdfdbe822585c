"""The review queue: proposals out to a spreadsheet, answers back in, merged field by field with what changed meanwhile."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import QueueProblem, UnknownName
from goalmap.store.answers import Fault, Goals, answer_in
from goalmap.store.copies import share_decisions
from goalmap.store.counting import counted_elsewhere
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, Slot, answer_of, current_answers, decide
from goalmap.store.ids import stable_id
from goalmap.store.merge import Difference, merge
from goalmap.store.save import refresh_goals
from goalmap.store.sheet import Line, Sheet, Words, read_sheet, write_sheet

COLUMNS = (
    "proposal_id", "verdict", "goal", "goal_name", "second_goal", "stage", "confidence", "passage", "heading", "document",
    "page", "publisher", "published", "initiatives", "people", "organisations", "figures", "why", "best_practice", "note",
    "reviewer", "base",
)  # fmt: skip
NEEDED = ("proposal_id", "verdict", "base")
ANSWERS = ("verdict", "goal", "stage", "best_practice", "note", "reviewer")
"""The columns that are read back."""
SHOWN_PASSAGE = 2_000
ORDERS = {
    "value": "abs(pr.score - 0.5), pr.passage_id, pr.rank",
    "document": "d.path, p.position, pr.rank",
    "goal": "g.framework_id, g.position, pr.score desc, pr.passage_id",
}
"""The orders of a queue, in SQL."""
NAMES = """(
    select group_concat(name, '; ') from (
        select e.name from mentions m join entities e on e.id = m.entity_id
        where m.passage_id = p.id and e.kind = '{}' group by e.id order by min(m.start)))"""
QUEUE = f"""
select pr.*, ru.label second_goal, p.text, p.heading, p.page, coalesce(d.title, d.path) document, d.publisher,
    d.published, {NAMES.format("initiative")} initiatives, {NAMES.format("person")} people,
    {NAMES.format("organisation")} organisations, (
        select group_concat(words, '; ') from (
            select substr(p.text, f.start + 1, f.end - f.start) words from figures f where f.passage_id = p.id
            order by f.start)) figures
from proposals pr
join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id
join goals g on g.id = pr.goal_id left join goals ru on ru.id = pr.runner_up_goal_id
where p.retired_at is null
    and (:goal is null or :goal in (g.code, g.id))
    and (:publisher is null or instr(lower(d.publisher), lower(:publisher)) or exists (
        select 1 from passages k join documents kd on kd.id = k.document_id
        where k.copy_of = p.id and k.retired_at is null and instr(lower(kd.publisher), lower(:publisher))))
    and not {counted_elsewhere("pr.passage_id", "pr.goal_id")}
    and (not :undecided or not exists (
        select 1 from decisions c where c.passage_id = pr.passage_id and c.proposed_goal_id = pr.goal_id))
order by {{order}} limit coalesce(:limit, -1)
"""
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
class Filters:
    """Which proposals go into a queue."""

    order: str = "value"
    goal: str | None = None
    publisher: str | None = None
    limit: int | None = None
    undecided: bool = False


# Export


def export_queue(db: Database, path: Path, filters: Filters) -> int:
    """Write the queue and remember its state; gives the number of rows. Raises UnknownName or NotFound."""
    _check_filters(db, filters)
    rows = _queue_rows(db, filters)
    created = datetime.now(UTC).isoformat(timespec="milliseconds")
    export_id = stable_id("x", created, path.name, *(row["id"] for row, _ in rows))
    names = dict(db.execute("select id, name from goals").fetchall())
    with immediate(db):
        db.table("exports").insert({"id": export_id, "created": created, "rows": len(rows)}, replace=True)
        db.table("export_rows").insert_all((_state(export_id, row, answer) for row, answer in rows), replace=True)
        write_sheet(path, COLUMNS, (_cells(row, answer, names, export_id) for row, answer in rows))
    return len(rows)


def _check_filters(db: Database, filters: Filters) -> None:
    if filters.order not in ORDERS:
        raise UnknownName("order", filters.order, ORDERS)
    goals = db.execute("select id, code from goals order by framework_id, position").fetchall()
    if filters.goal and not any(filters.goal in goal for goal in goals):
        raise UnknownName("goal", filters.goal, dict.fromkeys(code for _, code in goals))


def _queue_rows(db: Database, filters: Filters) -> list[tuple[Row, Answer]]:
    """The proposals wanted, each with what the database says of it now."""
    rows = list(db.query(QUEUE.format(order=ORDERS[filters.order]), asdict(filters)))
    answers = current_answers(db, map(_slot, rows))
    return [(row, answers.get(_slot(row)) or _unanswered(row)) for row in rows]


def _slot(row: Row) -> Slot:
    return row["passage_id"], row["goal_id"]


def _unanswered(row: Row) -> Answer:
    return Answer(goal_id=row["goal_id"], stage=row["stage"] or "")


def _state(export_id: str, row: Row, answer: Answer) -> Row:
    passage_id, proposed = _slot(row)
    slot = {"proposal_id": row["id"], "passage_id": passage_id, "proposed_goal_id": proposed}
    return {"export_id": export_id, **slot, **asdict(answer), "best_practice": int(answer.best_practice)}


def _cells(row: Row, answer: Answer, goals: Mapping[str, str], export_id: str) -> list[object]:
    shown = {
        **row,
        "proposal_id": row["id"],
        "verdict": answer.verdict,
        "goal": Words(answer.goal_id.rpartition("/")[2]),
        "goal_name": goals[answer.goal_id],
        "stage": answer.stage,
        "confidence": f"{row['score']:.2f}",
        "passage": _shortened(row["text"]),
        "why": row["reason"],
        "best_practice": "yes" if answer.best_practice else "",
        "note": Words(answer.note),
        "reviewer": Words(answer.reviewer),
        "base": export_id,
    }
    return [shown[column] for column in COLUMNS]


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_PASSAGE else text[: SHOWN_PASSAGE - 2] + " …"


# Import


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
    if dry_run:
        return _taken(db, sheet, reviewer)[0]
    with immediate(db):
        result, decided = _taken(db, sheet, reviewer)
        if partial or not result.problems:
            _write(db, decided, f"queue {path.name}")
    return result


def _taken(db: Database, sheet: Sheet, reviewer: str) -> tuple[Imported, dict[Slot, Answer]]:
    """The import's account and the answers to write."""
    said, problems = _read(db, sheet, reviewer)
    answers, contradictions = _agreed([row for row in said if not row.is_untouched])
    decided, conflicts = _merged(db, answers)
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


def _merged(db: Database, said: Sequence[_Said]) -> tuple[dict[Slot, Answer], list[tuple[Slot, Conflict]]]:
    """The answers to write, and the fields on which file and database disagree."""
    now = current_answers(db, [row.slot for row in said])
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


def _write(db: Database, decided: Mapping[Slot, Answer], source: str) -> None:
    decide(db, decided, source)
    passages = json.dumps([passage for passage, _ in decided])
    sql = "select distinct document_id from passages where id in (select value from json_each(?))"
    for (document_id,) in db.execute(sql, [passages]).fetchall():
        refresh_goals(db, document_id)
    share_decisions(db)


def write_conflicts(path: Path, conflicts: Iterable[Conflict]) -> int:
    """The conflicts as a CSV beside the queue, for a person to settle; gives their number."""
    columns = ("line", "proposal_id", "field", "exported", "database", "file")
    return write_sheet(path, columns, ([getattr(conflict, column) for column in columns] for conflict in conflicts))
