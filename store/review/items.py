"""A passage as a reviewer decides on it: the goals proposed for it, those that came near, and what is said of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.store.decisions import Answer, states_of_passages
from goalmap.store.ledgers import Ledger, Reading
from goalmap.store.review.readings import reading, slots_read

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
select d.proposed_goal_id, d.decided_at from passages p join current_decisions d on d.passage_id in (p.id, p.copy_of)
join goals g on g.id = d.proposed_goal_id where p.id = :passage and g.framework_id = :framework order by d.id
"""
COUNTING = """
select id from passages where id = ?1
union all select copy_of from passages where id = ?1 and copy_of is not null
"""
"""A passage, and the one that counts for it where that is another."""
OWN_STATE = """
select count(*) || '.' || coalesce(max(id), 0) from reading_answers where reading_id = ? and passage_id = ? and reviewer = ?
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


@dataclass(frozen=True, slots=True)
class _Seen:
    """What may be seen of a passage: which of its proposals, when they were answered, and the word for its state."""

    proposed: frozenset[str] | None
    answered: Mapping[str, str]
    state: str

    def shows(self, goal: str) -> bool:
        return self.proposed is None or goal in self.proposed

    def kind_of(self, row: Row) -> str:
        """What a goal is here: in a blind reading one that was to be read stays proposed, whatever the machine says now."""
        return PROPOSED if self.proposed and row["goal_id"] in self.proposed else str(row["kind"])


def item(db: Database, framework: str, passage: str, ledger: Ledger) -> Item:
    """The goals of a passage: those proposed, those that reviewers added, those that came near.

    In a blind reading only what was asked is shown, and only what this reader said of it.
    """
    asked = {"framework": framework, "passage": passage}
    seen = _seen_by(db, passage, ledger) if isinstance(ledger, Reading) else _seen(db, asked)
    found = [*db.query(PROPOSALS, asked), *db.query(CANDIDATES, asked)]
    slots = [(passage, goal) for goal in {*(row["goal_id"] for row in found), *seen.answered}]
    answers = {goal: answer for (_, goal), answer in ledger.current(db, slots).items()}
    shown = [row for row in found if row["kind"] == NEAR or seen.shows(row["goal_id"]) or row["goal_id"] in answers]
    unshown = {*answers, *(seen.proposed or ())} - {row["goal_id"] for row in shown}
    others = list(db.query(OTHERS, {**asked, "goals": json.dumps(sorted(unshown))}))
    told = [{**row, "kind": seen.kind_of(row)} for row in (*shown, *others)]
    rows = (_row(row, answers.get(row["goal_id"]), seen) for row in sorted(told, key=_order))
    return Item(passage, framework, seen.state, tuple(rows))


def _order(row: Row) -> int:
    return (PROPOSED, ADDED, NEAR).index(row["kind"])


def _seen(db: Database, asked: dict[str, str]) -> _Seen:
    answered = {row["proposed_goal_id"]: row["decided_at"] for row in db.query(DECIDED, asked)}
    places = [id for (id,) in db.execute(COUNTING, [asked["passage"]]).fetchall()]
    states = states_of_passages(db, places)
    return _Seen(None, answered, "-".join(states[id] for id in places))


def _seen_by(db: Database, passage: str, ledger: Reading) -> _Seen:
    reads = slots_read(db, reading(db, ledger.id), [passage])
    own = {read.slot[1]: read.given[ledger.reader].at for read in reads if ledger.reader in read.given}
    proposed = frozenset(read.slot[1] for read in reads if not read.is_added)
    (state,) = db.execute(OWN_STATE, [ledger.id, passage, ledger.reader]).fetchone()
    return _Seen(proposed, own, str(state))


def _row(row: Row, answer: Answer | None, seen: _Seen) -> GoalRow:
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
        is_open=bool(row.get("open")) or seen.proposed is not None,
        answer=answer,
        decided_at=seen.answered.get(row["goal_id"], "") if answer else "",
    )


def frameworks(db: Database) -> list[Row]:
    """The frameworks that passages were classified with, the first one first."""
    return list(db.query("select id, name from frameworks order by rowid"))
