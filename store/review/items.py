"""A passage as a reviewer decides on it: the goals proposed for it, those that came near, and what is said of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.store.decisions import Answer, Slot, states_of_passages
from goalmap.store.ledgers import Ledger

PROPOSED, NEAR, ADDED = "proposed", "near", "added"
GOAL = "coalesce(g.label, g.code || ' ' || g.name)"
PROPOSALS = f"""
select pr.goal_id, {GOAL} goal, g.code, g.scope, pr.score, pr.stage, pr.evidence, pr.reason, pr.model, pr.open,
    coalesce(ru.label, ru.code || ' ' || ru.name) runner_up, pr.runner_up_score, '{PROPOSED}' kind
from proposals pr join goals g on g.id = pr.goal_id left join goals ru on ru.id = pr.runner_up_goal_id
where pr.passage_id = :passage and g.framework_id = :framework order by pr.score desc, g.position
"""
CANDIDATES = f"""
select c.goal_id, {GOAL} goal, g.code, g.scope, c.score, '{NEAR}' kind
from candidates c join goals g on g.id = c.goal_id
where c.passage_id = :passage and g.framework_id = :framework order by c.score desc, g.position
"""
OTHERS = f"""
select g.id goal_id, {GOAL} goal, g.code, g.scope, null score, '{ADDED}' kind
from goals g where g.framework_id = :framework and g.id in (select value from json_each(:goals)) order by g.position
"""
DECIDED = """
select d.id, d.passage_id, d.proposed_goal_id, d.goal_id, d.verdict, d.reviewer, d.decided_at from current_decisions d
join goals g on g.id = d.proposed_goal_id where d.passage_id = :passage and g.framework_id = :framework order by d.id desc
"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal of a passage with what the machine and the reviewers say of it."""

    goal_id: str
    goal: str
    code: str
    scope: str | None
    kind: str
    score: float | None
    stage: str
    evidence: str | None
    reason: str | None
    runner_up: str | None
    runner_up_score: float | None
    is_open: bool
    answer: Answer | None
    decided_at: str

    @property
    def waits(self) -> bool:
        return self.kind == PROPOSED and self.is_open and self.answer is None

    @property
    def stage_now(self) -> str:
        """The stage that was decided on, else the one that was proposed."""
        return (self.answer.stage if self.answer else "") or self.stage


@dataclass(frozen=True, slots=True)
class Item:
    """A passage in one framework, with the word that tells whether anything was decided since it was shown."""

    passage: str
    framework: str
    state: str
    rows: tuple[GoalRow, ...]

    @property
    def waiting(self) -> tuple[GoalRow, ...]:
        return tuple(row for row in self.rows if row.waits)

    @property
    def near(self) -> tuple[GoalRow, ...]:
        """The goals that came near."""
        return tuple(row for row in self.rows if row.kind == NEAR)


def item(db: Database, framework: str, passage: str, ledger: Ledger) -> Item:
    """The goals of a passage: those proposed, those that reviewers added, those that came near."""
    asked = {"framework": framework, "passage": passage}
    proposed, near = list(db.query(PROPOSALS, asked)), list(db.query(CANDIDATES, asked))
    decided = {row["proposed_goal_id"]: row for row in db.query(DECIDED, asked)}
    answers = _answers(db, passage, (row["goal_id"] for row in (*proposed, *near)), decided, ledger)
    known = {row["goal_id"] for row in (*proposed, *near)}
    added = list(db.query(OTHERS, {**asked, "goals": json.dumps([goal for _, goal in answers if goal not in known])}))
    rows = (_row(row, answers.get((passage, row["goal_id"])), decided) for row in (*proposed, *added, *near))
    return Item(passage, framework, states_of_passages(db, [passage])[passage], tuple(rows))


def _answers(db: Database, passage: str, goals: Any, decided: Mapping[str, Row], ledger: Ledger) -> dict[Slot, Answer]:
    return ledger.current(db, [(passage, goal) for goal in {*goals, *decided}])


def _row(row: Row, answer: Answer | None, decided: Mapping[str, Row]) -> GoalRow:
    told = decided.get(row["goal_id"])
    return GoalRow(
        goal_id=row["goal_id"],
        goal=row["goal"],
        code=row["code"],
        scope=row["scope"],
        kind=row["kind"],
        score=row["score"],
        stage=row.get("stage") or "",
        evidence=row.get("evidence"),
        reason=row.get("reason"),
        runner_up=row.get("runner_up"),
        runner_up_score=row.get("runner_up_score"),
        is_open=bool(row.get("open")),
        answer=answer,
        decided_at=told["decided_at"] if told and answer else "",
    )


def frameworks(db: Database) -> list[Row]:
    """The frameworks that passages were classified with, the first one first."""
    return list(db.query("select id, name from frameworks order by rowid"))
