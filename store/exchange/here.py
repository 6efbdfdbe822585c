"""What was said in this database of the same things, and how more is written down beside it."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from goalmap.store.decisions import answer_of
from goalmap.store.exchange.merging import Here
from goalmap.store.exchange.records import AUDIT_ANSWER, DECISION, READING_ANSWER, Content, Said

Slot = tuple[str, ...]
"""What one answer stands on at a time: a kind of answer, a passage, a goal, and of a blind reading the reader."""
Row = dict[str, Any]

INSERT = """
insert into decisions (id, passage_id, goal_id, proposed_goal_id, verdict, stage, best_practice, note, reviewer,
    decided_at, source, proposed_score, proposed_stage, model)
values (:id, :passage_id, :goal_id, :proposed_goal_id, :verdict, :stage, :best_practice, :note, :reviewer,
    :decided_at, :source, :proposed_score, :proposed_stage, :model)
"""

QUERIES = {
    DECISION: """
        select d.*, exists (select 1 from withdrawals w where w.decision_id = d.id) withdrawn
        from decisions d where d.passage_id in (select value from json_each(?)) order by d.id
    """,
    READING_ANSWER: """
        select *, 0 withdrawn from reading_answers where passage_id in (select value from json_each(?)) order by id
    """,
    AUDIT_ANSWER: """
        select a.*, s.passage_id, s.framework_id proposed_goal_id, null goal_id, null stage, 0 best_practice, 0 withdrawn
        from audit_answers a join audit_passages s on s.id = a.audit_id
        where s.passage_id in (select value from json_each(?)) order by a.id
    """,
}
DRAWN = """
select framework_id, passage_id, id from audit_passages
where drawn_at is not null and passage_id in (select value from json_each(?))
"""


def slot_of_said(said: Said, passage_id: str) -> Slot:
    """Where something stands that was said of what is this passage here."""
    reader = said.content.answer.reviewer if said.kind == READING_ANSWER else ""
    return said.kind, passage_id, said.proposed, said.reading, reader


def histories(db: Database, passages: Collection[str]) -> Mapping[Slot, list[Here]]:
    """All that was said here of these passages, in its order."""
    found: dict[Slot, list[Here]] = defaultdict(list)
    for kind, query in QUERIES.items():
        for row in db.query(query, [json.dumps(sorted(passages))]):
            slot = _slot(kind, row)
            found[slot].append(Here(row["id"], _content(row), bool(row["withdrawn"])))
    return {slot: _numbered(said) for slot, said in found.items()}


def _slot(kind: str, row: Row) -> Slot:
    reading = (row["reading_id"], row["reviewer"]) if kind == READING_ANSWER else ("", "")
    return kind, row["passage_id"], row["proposed_goal_id"], *reading


def _content(row: Row) -> Content:
    return Content(answer_of(row), row["decided_at"])


def _numbered(said: list[Here]) -> list[Here]:
    """Those that are alike to the second told apart by which one they are."""
    seen: Counter[Content] = Counter()
    numbered = []
    for one in said:
        content = Content(one.content.answer, one.content.decided_at, seen[one.content])
        numbered.append(Here(one.id, content, one.withdrawn))
        seen[one.content] += 1
    return numbered


def drawn(db: Database, passages: Collection[str]) -> dict[tuple[str, str], str]:
    """The passages that a sample was drawn with: framework and passage, with the sample's id of it."""
    rows = db.execute(DRAWN, [json.dumps(sorted(passages))]).fetchall()
    return {(framework, passage): id for framework, passage, id in rows}


# Write


def add(db: Database, found: Iterable[tuple[Said, str]]) -> None:
    """Write down what was said of passages here, as it was said. Call it inside `immediate`."""
    by_kind: dict[str, list[tuple[Said, str]]] = defaultdict(list)
    for said, passage_id in found:
        by_kind[said.kind].append((said, passage_id))
    for kind, rows in by_kind.items():
        ADDING[kind](db, rows)


def withdraw(db: Database, taken_back: Iterable[tuple[int, Said]]) -> None:
    """Take back what was taken back elsewhere. Call it inside `immediate`."""
    db.table("withdrawals").insert_all(
        {
            "decision_id": id,
            "reviewer": said.withdrawn.reviewer,
            "withdrawn_at": said.withdrawn.withdrawn_at,
            "source": said.source,
        }
        for id, said in taken_back
        if said.withdrawn
    )


def _add_decisions(db: Database, found: Iterable[tuple[Said, str]]) -> None:
    (last,) = db.execute("select coalesce(max(id), 0) from decisions").fetchone()
    rows = [(id, said, _answer_row(said, passage)) for id, (said, passage) in enumerate(found, start=last + 1)]
    db.conn.executemany(INSERT, [{"id": id, **row} for id, _, row in rows])
    withdraw(db, ((id, said) for id, said, _ in rows))


def _add_reading_answers(db: Database, found: Iterable[tuple[Said, str]]) -> None:
    rows = list(found)
    db.conn.executemany(
        "insert or ignore into reading_slots (reading_id, passage_id, goal_id, position) values (?, ?, ?, ?)",
        [(said.reading, passage, said.proposed, said.reading_position) for said, passage in rows],
    )
    db.table("reading_answers").insert_all(
        {"reading_id": said.reading, **_answer_row(said, passage)} for said, passage in rows
    )


def _answer_row(said: Said, passage_id: str) -> Row:
    answer, machine = said.content.answer, said.record.get("machine") or {}
    return {
        "passage_id": passage_id,
        "goal_id": answer.goal_id,
        "proposed_goal_id": said.proposed,
        "stage": answer.stage or None,
        "best_practice": int(answer.best_practice),
        "proposed_score": machine.get("score"),
        "proposed_stage": machine.get("stage"),
        "model": machine.get("model"),
        **_common_row(said),
    }


def _add_audit_answers(db: Database, found: Iterable[tuple[Said, str]]) -> None:
    rows = list(found)
    samples = drawn(db, {passage for _, passage in rows})
    db.table("audit_answers").insert_all(
        {"audit_id": samples[said.proposed, passage], **_common_row(said)} for said, passage in rows
    )


def _common_row(said: Said) -> Row:
    answer = said.content.answer
    return {
        "verdict": answer.verdict,
        "note": answer.note or None,
        "reviewer": answer.reviewer or None,
        "decided_at": said.content.decided_at,
        "source": said.source,
    }


ADDING: Mapping[str, Callable[[Database, Iterable[tuple[Said, str]]], None]] = {
    DECISION: _add_decisions,
    READING_ANSWER: _add_reading_answers,
    AUDIT_ANSWER: _add_audit_answers,
}
