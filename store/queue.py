"""The review queue: proposals out to a spreadsheet, answers back in, merged field by field with what changed meanwhile."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import QueueProblem, UnknownName
from goalmap.store.database import immediate
from goalmap.store.decisions import STAGES, Answer, Slot, answer_of, current_answers, decide
from goalmap.store.ids import stable_id
from goalmap.store.save import refresh_goals
from goalmap.store.sheet import read_sheet, write_sheet

COLUMNS = (
    "proposal_id", "verdict", "goal", "goal_name", "second_goal", "stage", "confidence", "passage", "heading", "document",
    "page", "publisher", "published", "initiatives", "people", "organisations", "figures", "why", "best_practice", "note",
    "reviewer", "base",
)  # fmt: skip
NEEDED = ("proposal_id", "verdict", "base")
SHOWN_PASSAGE = 2_000
ORDERS = {
    "value": "abs(pr.score - 0.5), pr.passage_id, pr.rank",
    "document": "d.path, p.position, pr.rank",
    "goal": "g.framework_id, g.position, pr.score desc, pr.passage_id",
}
VERDICTS = {
    **dict.fromkeys(("a", "accept", "accepted", "y", "yes", "ok"), "accepted"),
    **dict.fromkeys(("r", "reject", "rejected", "n", "no"), "rejected"),
    **dict.fromkeys(("c", "change", "changed"), "changed"),
    **dict.fromkeys(("add", "added"), "added"),
    "": "",
}
YES = ("y", "yes", "1", "true", "x", "✓")
NO = ("", "n", "no", "0", "false")
FIELDS = tuple(field.name for field in fields(Answer))


@dataclass(frozen=True, slots=True)
class Filters:
    """Which proposals go into a queue."""

    order: str = "value"
    goal: str | None = None
    publisher: str | None = None
    limit: int | None = None
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that the file and the database changed to different things since the export."""

    line: int
    proposal_id: str
    field: str
    exported: str
    database: str
    file: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do."""

    rows: int = 0
    decided: int = 0
    unchanged: int = 0
    undecided: int = 0
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[str, ...] = ()


# Export


def export_queue(db: Database, path: Path, filters: Filters) -> int:
    """Write the queue and remember its state; gives the number of rows. Raises UnknownName."""
    rows = list(_queue_rows(db, filters))
    answers = current_answers(db, [(row["passage_id"], row["goal_id"]) for row in rows])
    created = _now()
    export_id = stable_id("x", created, path.name, *(row["id"] for row in rows))
    with immediate(db):
        db.table("exports").insert({"id": export_id, "created": created, "rows": len(rows)}, replace=True)
        db.table("export_rows").insert_all((_state_row(export_id, row, answers) for row in rows), replace=True)
    return write_sheet(path, COLUMNS, (_cells(row, answers, export_id) for row in rows))


def _queue_rows(db: Database, filters: Filters) -> Iterator[dict[str, Any]]:
    if filters.order not in ORDERS:
        raise UnknownName("order", filters.order, ORDERS)
    where, values = _where(filters)
    limit = f"limit {int(filters.limit)}" if filters.limit else ""
    return db.query(
        f"""
        select pr.*, g.code, g.name goal_name, ru.label second_goal, p.text, p.heading, p.page, p.document_id,
            coalesce(d.title, d.path) document, d.publisher, d.published,
            {_names_of("initiative")} initiatives, {_names_of("person")} people, {_names_of("organisation")} organisations,
            (select group_concat(substr(p.text, f.start + 1, f.end - f.start), '; ') from figures f where f.passage_id = p.id) figures
        from proposals pr
        join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id
        join goals g on g.id = pr.goal_id left join goals ru on ru.id = pr.runner_up_goal_id
        {where} order by {ORDERS[filters.order]} {limit}
        """,
        values,
    )


def _names_of(kind: str) -> str:
    return (
        "(select group_concat(name, '; ') from (select distinct e.name from mentions m join entities e on e.id = m.entity_id"
        f" where m.passage_id = p.id and e.kind = '{kind}' order by m.start))"
    )


def _where(filters: Filters) -> tuple[str, list[Any]]:
    conditions, values = ["p.retired_at is null"], []
    if filters.goal:
        conditions.append("(g.code = ? or g.id = ?)")
        values += [filters.goal, filters.goal]
    if filters.publisher:
        conditions.append("d.publisher like ?")
        values.append(f"%{filters.publisher}%")
    if filters.undecided:
        conditions.append(
            "not exists (select 1 from current_decisions c where c.passage_id = pr.passage_id and c.proposed_goal_id = pr.goal_id)"
        )
    return f"where {' and '.join(conditions)}", values


def _state_row(export_id: str, row: dict[str, Any], answers: dict[Slot, Answer]) -> dict[str, Any]:
    answer = answers.get((row["passage_id"], row["goal_id"]), _unanswered(row))
    return {
        "export_id": export_id,
        "proposal_id": row["id"],
        "passage_id": row["passage_id"],
        "proposed_goal_id": row["goal_id"],
        "verdict": answer.verdict,
        "goal_id": answer.goal_id,
        "stage": answer.stage,
        "best_practice": int(answer.best_practice),
        "note": answer.note,
        "reviewer": answer.reviewer,
    }


def _unanswered(row: dict[str, Any]) -> Answer:
    return Answer(goal_id=row["goal_id"], stage=row["stage"] or "")


def _cells(row: dict[str, Any], answers: dict[Slot, Answer], export_id: str) -> list[object]:
    answer = answers.get((row["passage_id"], row["goal_id"]), _unanswered(row))
    text = row["text"] if len(row["text"]) <= SHOWN_PASSAGE else row["text"][: SHOWN_PASSAGE - 2] + " …"
    shown = {
        **row,
        "proposal_id": row["id"],
        "verdict": answer.verdict,
        "goal": answer.goal_id.rpartition("/")[2],
        "confidence": f"{row['score']:.2f}",
        "passage": text,
        "stage": answer.stage,
        "why": row["reason"],
        "best_practice": "yes" if answer.best_practice else "",
        "note": answer.note,
        "reviewer": answer.reviewer,
        "base": export_id,
    }
    return [shown[column] for column in COLUMNS]


# Import


def import_queue(db: Database, path: Path, reviewer: str, dry_run: bool = False, partial: bool = False) -> Imported:
    """Take over the answers in a queue file.

    Nothing is written on a dry run, or when a row has a fault, unless `partial`. Raises NotFound or QueueProblem.
    """
    rows = list(read_sheet(path))
    _check_header(rows, path)
    merger = _Merger(db, reviewer)
    for line, row in rows:
        merger.merge(line, row)
    result = merger.result(len(rows))
    if not dry_run and (partial or not result.problems):
        _write(db, merger.decided, f"queue {path.name}")
    return result


def _write(db: Database, decided: dict[Slot, Answer], source: str) -> None:
    with immediate(db):
        for slot, answer in decided.items():
            decide(db, slot, answer, source)
        for (document_id,) in _documents_of(db, decided):
            refresh_goals(db, document_id)


def _documents_of(db: Database, slots: Iterable[Slot]) -> set[tuple[str]]:
    passages = json.dumps([passage for passage, _ in slots])
    return set(
        db.execute(
            "select distinct document_id from passages where id in (select value from json_each(?))", [passages]
        ).fetchall()
    )


def _check_header(rows: Sequence[tuple[int, dict[str, str]]], path: Path) -> None:
    missing = [column for column in NEEDED if rows and column not in rows[0][1]]
    if not rows:
        raise QueueProblem(f"{path} has no rows. Export the queue again with: goalmap review export")
    if missing:
        raise QueueProblem(
            f"{path} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}. Keep the header as it was exported; other columns may be moved or left out."
        )


class _Fault(Exception):
    """A row that cannot be understood."""


class _Merger:
    """Merges rows one by one; `decided` gathers what is to be written."""

    def __init__(self, db: Database, reviewer: str) -> None:
        self.db = db
        self.reviewer = reviewer
        self.decided: dict[Slot, Answer] = {}
        self.conflicts: list[Conflict] = []
        self.problems: list[str] = []
        self.unchanged = self.undecided = 0
        self.lines: dict[Slot, int] = {}
        self.goals = {row["id"]: row for row in db.query("select id, framework_id, code, name from goals")}

    def result(self, rows: int) -> Imported:
        return Imported(
            rows, len(self.decided), self.unchanged, self.undecided, tuple(self.conflicts), tuple(self.problems)
        )

    def merge(self, line: int, row: dict[str, str]) -> None:
        try:
            self._merge(line, row)
        except _Fault as fault:
            self.problems.append(f"line {line}: {fault}")

    def _merge(self, line: int, row: dict[str, str]) -> None:
        state = self._exported(row)
        base = answer_of(state)
        slot = (state["passage_id"], state["proposed_goal_id"])
        theirs = self._answer(row, base, slot)
        if theirs.verdict == "added" and theirs.goal_id != base.goal_id:
            slot, base = (slot[0], theirs.goal_id), Answer()
        if theirs == base:
            self._count_untouched(base)
            return
        if not theirs.verdict:
            raise _Fault("the row has an answer but no verdict; write accept, reject, change or add")
        merged, conflicts = self._merged(line, row["proposal_id"], base, theirs, slot)
        self.conflicts += conflicts
        if merged is None:
            self.unchanged += not conflicts
            return
        self._decide(line, slot, merged)

    def _decide(self, line: int, slot: Slot, answer: Answer) -> None:
        if slot in self.decided and self.decided[slot] != answer:
            raise _Fault(f"another answer to the same proposal stands in line {self.lines[slot]}; keep one of them")
        self.decided[slot], self.lines[slot] = answer, line

    def _count_untouched(self, base: Answer) -> None:
        if base.verdict:
            self.unchanged += 1
        else:
            self.undecided += 1

    def _exported(self, row: dict[str, str]) -> dict[str, Any]:
        export_id, proposal_id = row.get("base", ""), row.get("proposal_id", "")
        found = list(
            self.db.query("select * from export_rows where export_id = ? and proposal_id = ?", [export_id, proposal_id])
        )
        if not found:
            raise _Fault(
                f"no export of this database has proposal {proposal_id!r} (base {export_id!r}); export the queue again and copy the answer over"
            )
        if not self.db.execute("select 1 from passages where id = ?", [found[0]["passage_id"]]).fetchone():
            raise _Fault("the passage is no longer in the database; ingest its file again")
        return found[0]

    def _answer(self, row: dict[str, str], base: Answer, slot: Slot) -> Answer:
        """What the row says; a column that was taken out of the file says what was exported."""
        goal_id = self._goal(row["goal"], slot) if row.get("goal") else base.goal_id
        verdict = _verdict(row["verdict"])
        if goal_id != slot[1] and verdict in ("", "accepted"):
            verdict = "changed"
        if verdict == "changed" and goal_id == slot[1]:
            raise _Fault("the verdict is change, but the goal is the one that was proposed; write the new goal's code")
        answer = Answer(
            verdict=verdict,
            goal_id=slot[1] if verdict == "rejected" else goal_id,
            stage=_stage(row["stage"]) if row.get("stage") else base.stage,
            best_practice=_flag(row["best_practice"]) if "best_practice" in row else base.best_practice,
            note=row.get("note", base.note),
            reviewer=row.get("reviewer", base.reviewer),
        )
        return answer if answer == base or answer.reviewer else answer.with_field("reviewer", self.reviewer)

    def _goal(self, text: str, slot: Slot) -> str:
        framework = slot[1].rpartition("/")[0]
        wanted = re.sub(r"^(?:goal|g)\s*0*(?=[\w.])", "", text.strip(), flags=re.I).casefold()
        for goal_id, goal in self.goals.items():
            names = (
                goal["code"].casefold(),
                goal["name"].casefold(),
                f"{goal['code']} {goal['name']}".casefold(),
                goal_id,
            )
            if goal["framework_id"] == framework and wanted in names:
                return str(goal_id)
        known = ", ".join(goal["code"] for goal in self.goals.values() if goal["framework_id"] == framework)
        raise _Fault(f"no goal is called {text!r}; there are: {known}")

    def _merged(
        self, line: int, proposal_id: str, base: Answer, theirs: Answer, slot: Slot
    ) -> tuple[Answer | None, list[Conflict]]:
        """The answer to write (None where nothing is new), and the fields on which file and database disagree."""
        now = current_answers(self.db, [slot]).get(slot)
        mine = now or base
        merged, conflicts = mine, []
        for name in FIELDS:
            was, here, there = getattr(base, name), getattr(mine, name), getattr(theirs, name)
            if there in (was, here):
                continue
            if here == was:
                merged = merged.with_field(name, there)
            elif name != "reviewer":
                conflicts.append(Conflict(line, proposal_id, name, str(was), str(here), str(there)))
        if conflicts:
            return None, conflicts
        decided_by = merged if merged == mine else merged.with_field("reviewer", theirs.reviewer or merged.reviewer)
        return (None if decided_by == mine else decided_by), []


def write_conflicts(path: Path, conflicts: Iterable[Conflict]) -> int:
    """The conflicts as a CSV beside the queue, for a person to settle; gives their number."""
    columns = tuple(field.name for field in fields(Conflict))
    return write_sheet(path, columns, ([getattr(conflict, column) for column in columns] for conflict in conflicts))


def _verdict(text: str) -> str:
    word = text.strip().casefold()
    if word not in VERDICTS:
        raise _Fault(f"no verdict is called {text!r}; write accept, reject, change or add, or leave it blank")
    return VERDICTS[word]


def _stage(text: str) -> str:
    word = text.strip().casefold()
    if word not in STAGES:
        raise _Fault(f"no stage is called {text!r}; there are: {', '.join(STAGES)}")
    return word


def _flag(text: str) -> bool:
    word = text.strip().casefold()
    if word not in (*YES, *NO):
        raise _Fault(f"best_practice is {text!r}; write yes or leave it blank")
    return word in YES


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
