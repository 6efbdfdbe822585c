"""Decisions: what people said of proposals, added one after another, never changed; one that is taken back stays on record."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import UnknownName

VERDICTS = ("accepted", "rejected", "changed", "added")
LONGEST_NOTE = 2000
"""Characters of a note from a form."""
STAGES = ("delivered", "ongoing", "planned", "aspiration")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer says of one proposed goal of one passage; empty strings where nothing is said."""

    verdict: str = ""
    goal_id: str = ""
    stage: str = ""
    best_practice: bool = False
    note: str = ""
    reviewer: str = ""

    def without_reviewer(self) -> "Answer":
        return replace(self, reviewer="")


Slot = tuple[str, str]
"""A passage's id and the id of the goal that was proposed for it (or added to it)."""


def current_answers(db: Database, slots: Iterable[Slot]) -> dict[Slot, Answer]:
    """The latest answer on each of these slots that has one."""
    sql = """
        select distinct d.* from json_each(?) slot join current_decisions d
        on d.passage_id = json_extract(slot.value, '$[0]') and d.proposed_goal_id = json_extract(slot.value, '$[1]')
    """
    return {slot_of(row): answer_of(row) for row in db.query(sql, [json.dumps(list(slots))])}


def counting_answers(db: Database, slots: Iterable[Slot]) -> dict[Slot, Answer]:
    """The same; of a passage that says what another one says, also what was decided there, whichever came last."""
    sql = """
        select p.id asked, d.* from json_each(?) slot join passages p on p.id = json_extract(slot.value, '$[0]')
        join current_decisions d on d.passage_id in (p.id, p.copy_of)
        and d.proposed_goal_id = json_extract(slot.value, '$[1]') order by d.id
    """
    return {(row["asked"], row["proposed_goal_id"]): answer_of(row) for row in db.query(sql, [json.dumps(list(slots))])}


def states_of_passages(db: Database, passages: Iterable[str]) -> dict[str, str]:
    """A word for each passage that changes whenever something is decided on it or taken back."""
    sql = """
        select asked.value passage_id, (select count(*) || '.' || coalesce(max(d.id), 0) from decisions d
            where d.passage_id = asked.value) || '.' || (select count(*) from withdrawals w
            join decisions d on d.id = w.decision_id where d.passage_id = asked.value) state
        from json_each(?) asked
    """
    return {row["passage_id"]: row["state"] for row in db.query(sql, [json.dumps(list(passages))])}


def slot_of(row: Mapping[str, Any]) -> Slot:
    return row["passage_id"], row["proposed_goal_id"]


def answer_of(row: Mapping[str, Any]) -> Answer:
    """The answer in a row of `decisions` or `export_rows`."""
    return Answer(
        verdict=row["verdict"] or "",
        goal_id=row["goal_id"] or "",
        stage=row["stage"] or "",
        best_practice=bool(row["best_practice"]),
        note=row["note"] or "",
        reviewer=row["reviewer"] or "",
    )


def decide(db: Database, answers: Mapping[Slot, Answer], source: str) -> None:
    """Add decisions. Call it inside `immediate`. Raises UnknownName for a verdict or stage that does not exist."""
    db.table("decisions").insert_all(decision_rows(db, answers, source))


def decision_rows(db: Database, answers: Mapping[Slot, Answer], source: str) -> list[dict[str, Any]]:
    """Answers as they are written down, beside what was proposed. Raises UnknownName for an unknown verdict or stage."""
    decided_at = _now()
    for answer in answers.values():
        _check(answer)
    proposed = _proposed(db, answers)
    return [
        {
            "passage_id": slot[0],
            "goal_id": answer.goal_id or slot[1],
            "proposed_goal_id": slot[1],
            "verdict": answer.verdict,
            "stage": answer.stage or None,
            "best_practice": int(answer.best_practice),
            "note": answer.note or None,
            "reviewer": answer.reviewer or None,
            "decided_at": decided_at,
            "source": source,
            **proposed.get(slot, NOT_PROPOSED),
        }
        for slot, answer in answers.items()
    ]


PROPOSED = """
select json_extract(slot.value, '$[0]') passage_id, json_extract(slot.value, '$[1]') goal_id,
    coalesce(pr.score, c.score) proposed_score, pr.stage proposed_stage, pr.model
from json_each(?) slot
left join proposals pr on pr.passage_id = json_extract(slot.value, '$[0]')
    and pr.goal_id = json_extract(slot.value, '$[1]')
left join candidates c on c.passage_id = json_extract(slot.value, '$[0]') and c.goal_id = json_extract(slot.value, '$[1]')
"""
NOT_PROPOSED = {"proposed_score": None, "proposed_stage": None, "model": None}


def _proposed(db: Database, slots: Iterable[Slot]) -> dict[Slot, dict[str, Any]]:
    """What the machine says of each slot: a later run may say something else, and the decision was made on this."""
    rows = db.query(PROPOSED, [json.dumps(list(slots))])
    return {(row.pop("passage_id"), row.pop("goal_id")): row for row in rows}


def withdraw(db: Database, decisions: Iterable[int], reviewer: str, source: str) -> None:
    """Take decisions back: what was said before them stands again. Call it inside `immediate`."""
    db.table("withdrawals").insert_all(
        {"decision_id": id, "reviewer": reviewer, "withdrawn_at": _now(), "source": source} for id in decisions
    )


CARRIED = """
with recursive carried (id, passage_id, goal_id) as (
    select d.id, d.passage_id, d.proposed_goal_id from json_each(?) asked join decisions d on d.id = cast(asked.value as integer)
    union
    select d.id, d.passage_id, d.proposed_goal_id from carried
    join passages p on p.id = carried.passage_id
    join decisions d on d.passage_id in (p.copy_of, p.replaced_by) and d.proposed_goal_id = carried.goal_id
        and d.id > carried.id and d.source in ('carried over from ' || p.id, 'carried over from near copy ' || p.id))
select c.id, c.passage_id from carried join current_decisions c on c.id = carried.id
"""


def with_carried(db: Database, decisions: Iterable[int]) -> dict[int, str]:
    """Those of these decisions that stand, with those made of them for other passages that stand too; by id, the passage."""
    return dict(db.execute(CARRIED, [json.dumps(list(decisions))]).fetchall())


def _check(answer: Answer) -> None:
    if answer.verdict not in VERDICTS:
        raise UnknownName("verdict", answer.verdict, VERDICTS)
    if answer.stage and answer.stage not in STAGES:
        raise UnknownName("stage", answer.stage, STAGES)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
