"""Decisions: what people said of proposals, added one after another, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import UnknownName

VERDICTS = ("accepted", "rejected", "changed", "added")
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

    def with_field(self, name: str, value: object) -> "Answer":
        return replace(self, **{name: value})  # type: ignore[arg-type]


Slot = tuple[str, str]
"""A passage's id and the id of the goal that was proposed for it (or added to it)."""


def current_answers(db: Database, slots: Iterable[Slot]) -> dict[Slot, Answer]:
    """The latest answer on each of these slots that has one."""
    wanted = set(slots)
    rows = db.query("select * from current_decisions")
    return {slot: answer_of(row) for row in rows if (slot := (row["passage_id"], row["proposed_goal_id"])) in wanted}


def answer_of(row: dict[str, Any]) -> Answer:
    return Answer(
        verdict=row["verdict"] or "",
        goal_id=row["goal_id"] or "",
        stage=row["stage"] or "",
        best_practice=bool(row["best_practice"]),
        note=row["note"] or "",
        reviewer=row["reviewer"] or "",
    )


def decide(db: Database, slot: Slot, answer: Answer, source: str) -> None:
    """Add a decision. Call it inside `immediate`. Raises UnknownName for a verdict or stage that does not exist."""
    if answer.verdict not in VERDICTS:
        raise UnknownName("verdict", answer.verdict, VERDICTS)
    if answer.stage and answer.stage not in STAGES:
        raise UnknownName("stage", answer.stage, STAGES)
    passage_id, proposed = slot
    db.table("decisions").insert(
        {
            "passage_id": passage_id,
            "goal_id": answer.goal_id or proposed,
            "proposed_goal_id": proposed,
            "verdict": answer.verdict,
            "stage": answer.stage or None,
            "best_practice": int(answer.best_practice),
            "note": answer.note or None,
            "reviewer": answer.reviewer or None,
            "decided_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "source": source,
        }
    )
