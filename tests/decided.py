"""Decisions made from a gold set's annotations, as a careful reviewer would have made them."""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.extract.words import name_key
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, Slot
from goalmap.store.ledgers import Record

REVIEWER = "Gold annotations"
LIKE = 0.85


def decide_from(db: Database, gold: Path, framework: str = "purpose-goals") -> int:
    """Answer every proposal, and add every goal that is missing, as `gold/annotations` says; gives the number of decisions."""
    answers = dict(_answers(db, gold, framework))
    with immediate(db):
        Record().add(db, answers, REVIEWER)
    return len(answers)


def _answers(db: Database, gold: Path, framework: str) -> Iterator[tuple[Slot, Answer]]:
    for annotation in sorted(gold.glob("annotations/*.json")):
        data = json.loads(annotation.read_text("utf-8"))
        rows = list(
            db.query(
                "select p.id, p.text from passages p join documents d on d.id = p.document_id"
                " where p.retired_at is null and d.path like ? order by p.position",
                [f"%/{annotation.stem}.%"],
            )
        )
        for row in rows:
            if (labelled := _labelled(row["text"], data["passages"])) is not None:
                yield from _of_passage(db, row["id"], labelled, framework)


def _labelled(text: str, passages: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The annotated passage that a stored one is, or nearly is."""
    key = name_key(text)
    same = next((one for one in passages if name_key(one["text"]) == key), None)
    return same or next((one for one in passages if _like(key, name_key(one["text"]))), None)


def _like(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE


def _of_passage(db: Database, passage: str, labelled: dict[str, Any], framework: str) -> Iterator[tuple[Slot, Answer]]:
    right = {f"{framework}/{code}" for code in labelled["goals"]}
    proposed = {
        goal
        for (goal,) in db.execute(
            "select goal_id from proposals where passage_id = ? and goal_id like ?", [passage, f"{framework}/%"]
        ).fetchall()
    }
    stage = labelled["stage"] or ""
    for goal in sorted(right | proposed):
        verdict = "rejected" if goal not in right else "accepted" if goal in proposed else "added"
        yield (passage, goal), Answer(verdict, goal, "" if goal not in right else stage, reviewer=REVIEWER)
