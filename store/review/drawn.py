"""Passages drawn at random as rows of a queue: mixed in evenly on the way out, understood on the way back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlite_utils import Database

from goalmap.store.decisions import Answer, Slot
from goalmap.store.ledgers import Record
from goalmap.store.review import audits
from goalmap.store.review.answers import NO_VERDICT, Fault, Hearing, flag_in, stage_in, verdict_in, words_in
from goalmap.store.review.rows import Filters

BETWEEN = 4
"""Proposals that stand between two drawn passages at least."""
SHOWN = """
select p.id passage_id, p.text, p.heading, p.page, coalesce(d.title, d.path) document, d.publisher, d.published
from json_each(?) asked join passages p on p.id = asked.value join documents d on d.id = p.document_id
"""
WHY = (
    "Drawn at random, to tell how much is missed. Does the passage serve a goal that was not proposed for it? Write add "
    "and the goal (copy the row for a second one), or reject if it serves none."
)
BLANK = dict.fromkeys(("second_goal", "stage", "score", "rank", "initiatives", "people", "organisations", "figures"))

NAMES_GOAL = {"added": True, "accepted": True, "rejected": False}
"""The verdicts that a drawn passage may have, and whether they name a goal."""
NOT_ASKED = (
    "the passage was drawn at random and no goal is proposed; write reject where it serves none, or add and the goal"
)
NO_GOAL = "the passage was drawn at random; write the goal that it serves, or reject where it serves none"
BOTH = "line {} says something else of the same drawn passage: either it serves goals, or none"
ANSWERED = f"""
select asked.id, coalesce((
    select json_group_array(d.goal_id) from current_decisions d
    where d.passage_id = asked.passage_id and d.verdict = 'added' and {audits.BY_AUDIT}), '[]')
from (select json_extract(value, '$[0]') id, json_extract(value, '$[1]') passage_id from json_each(?)) asked
where exists (select 1 from audit_answers said where said.audit_id = asked.id)
"""

Row = dict[str, Any]
Entry = tuple[Row, Answer]


def mixed_in(db: Database, proposals: Sequence[Entry], filters: Filters) -> list[Entry]:
    """The proposals with the drawn passages among them, unless they are narrowed to something."""
    if filters.goal or filters.publisher or filters.document:
        return list(proposals)
    drawn = _entries(db, filters.framework)
    if not drawn:
        return list(proposals)
    apart = max(BETWEEN, len(proposals) // len(drawn))
    groups = [proposals[start : start + apart] for start in range(0, len(proposals), apart)]
    pairs = (chain(group, drawn[at : at + 1]) for at, group in enumerate(groups))
    mixed = [*chain.from_iterable(pairs), *drawn[len(groups) :]]
    return mixed[: filters.limit]


def _entries(db: Database, framework: str | None) -> list[Entry]:
    waiting = audits.waiting(db, framework)
    asked = json.dumps(list({row.passage_id for row in waiting}))
    shown: Mapping[str, Row] = {row["passage_id"]: row for row in db.query(SHOWN, [asked])}
    return [
        (
            {
                **BLANK,
                **shown[row.passage_id],
                "id": row.audit_id,
                "goal_id": "",
                "framework_id": row.framework_id,
                "reason": WHY,
            },
            Answer(),
        )
        for row in waiting
    ]


# Back in


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one row says of a drawn passage: a goal that it serves, or none."""

    line: int
    audit_id: str
    passage_id: str
    goal_id: str
    stage: str
    best_practice: bool
    note: str
    reviewer: str


def drawn_in(line: int, cells: Mapping[str, str], state: Row, hearing: Hearing) -> Drawn | None:
    """What a row says of a drawn passage; None where it is left for later. Raises Fault."""
    verdict, note = verdict_in(cells), words_in(cells, "note", "", hearing)
    if not verdict:
        if cells.get("goal") or note:
            raise Fault(NO_VERDICT)
        return None
    if verdict not in NAMES_GOAL:
        raise Fault(NOT_ASKED)
    if NAMES_GOAL[verdict] and not cells.get("goal"):
        raise Fault(NO_GOAL)
    goal = hearing.goals.find(cells["goal"], state["framework_id"]) if NAMES_GOAL[verdict] else ""
    reviewer = words_in(cells, "reviewer", "", hearing) or hearing.reviewer
    flag = flag_in(cells)
    return Drawn(line, cells["proposal_id"], state["standing"], goal, stage_in(cells), flag, note, reviewer)


def taken_together(rows: Iterable[Drawn]) -> tuple[list[list[Drawn]], list[tuple[int, str]]]:
    """The rows of each drawn passage, and those that say none where another one names a goal."""
    by_audit: dict[str, list[Drawn]] = {}
    for row in rows:
        by_audit.setdefault(row.audit_id, []).append(row)
    groups = list(by_audit.values())
    problems = [(row.line, BOTH.format(group[0].line)) for group in groups if _is_torn(group) for row in group[1:]]
    return [group for group in groups if not _is_torn(group)], problems


def _is_torn(group: Sequence[Drawn]) -> bool:
    return len({bool(row.goal_id) for row in group}) > 1


def standing(db: Database, groups: Iterable[Sequence[Drawn]]) -> dict[str, frozenset[str]]:
    """The goals that earlier answers named for these drawn passages, empty for none; by audit id, where there is one."""
    asked = json.dumps([(group[0].audit_id, group[0].passage_id) for group in groups])
    rows = db.execute(ANSWERED, [asked]).fetchall()
    return {id: frozenset(json.loads(goals)) for id, goals in rows}


def refused(db: Database, groups: Iterable[Sequence[Drawn]]) -> dict[str, list[Slot]]:
    """The goals named for these drawn passages that somebody decided against; by audit id, where there are any."""
    slots = {(row.passage_id, row.goal_id): row.audit_id for group in groups for row in group if row.goal_id}
    found: dict[str, list[Slot]] = {}
    for slot, answer in Record().current(db, slots).items():
        if answer.goal_id != slot[1] or answer.verdict == "rejected":
            found.setdefault(slots[slot], []).append(slot)
    return found


def goals_of(group: Iterable[Drawn]) -> frozenset[str]:
    return frozenset(row.goal_id for row in group if row.goal_id)


def put_on_record(db: Database, groups: Sequence[Sequence[Drawn]], source: str) -> None:
    """Add the answers; goals that are named become decisions. Call it inside `immediate`."""
    Record().add(db, _with_stage(db, groups), f"{audits.FOUND_BY_AUDIT}{source}")
    audits.answer(db, {group[0].audit_id: _answer(group) for group in groups}, source)


def _with_stage(db: Database, groups: Iterable[Sequence[Drawn]]) -> dict[Slot, Answer]:
    """The goals that are given a stage or called best practice, as far as nothing is on record of them."""
    said = {
        (row.passage_id, row.goal_id): Answer(
            "added", row.goal_id, row.stage, row.best_practice, row.note, row.reviewer
        )
        for group in groups
        for row in group
        if row.goal_id and (row.stage or row.best_practice)
    }
    there = Record().current(db, said)
    return {slot: answer for slot, answer in said.items() if slot not in there}


def _answer(group: Sequence[Drawn]) -> audits.AuditAnswer:
    notes = dict.fromkeys(row.note for row in group if row.note)
    goals = dict.fromkeys(row.goal_id for row in group if row.goal_id)
    return audits.AuditAnswer(tuple(goals), "; ".join(notes), group[-1].reviewer)
