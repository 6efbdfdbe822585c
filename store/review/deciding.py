"""What a reviewer decides on one passage: checked against what was shown, then written down; and taken back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.decisions import LONGEST_NOTE, STAGES, Answer, Slot, states_of_passages, with_carried, withdraw
from goalmap.store.ledgers import Ledger, Reading
from goalmap.store.loading.save import refresh_goals_of
from goalmap.store.review.items import ADDED, PROPOSED, Item, item
from goalmap.store.review.readings import settle_agreed

SOURCE = "review page"
NONE_OF_THESE = "review page: none of these"
"""Where decisions come from, as it stands beside them."""
CARRIED = "review page: undone on the passage that it was carried over from"
LATEST = 2000
"""Decisions looked back over for a reviewer's last one."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer says of one goal of a passage: `goal` is the one that was shown, `filed` the one that they mean."""

    goal: str
    accepted: bool
    filed: str = ""
    stage: str = ""
    best_practice: bool = False
    note: str = ""

    @property
    def meant(self) -> str:
        return self.filed or self.goal


@dataclass(frozen=True, slots=True)
class Done:
    """What was written: the answers by slot, and how many goals of the passage wait still."""

    answers: Mapping[Slot, Answer]
    waiting: int


@dataclass(frozen=True, slots=True)
class Undone:
    """A decision taken back, or those of one passage that were made together."""

    passage: str
    answers: Mapping[Slot, Answer]


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was written, since somebody decided on the passage after it was shown."""

    passage: str


@dataclass(frozen=True, slots=True)
class Last:
    """A reviewer's latest decision, or several made at once: what Undo takes back."""

    ids: tuple[int, ...]
    passage: str
    framework: str
    state: str


def decide_on(
    db: Database,
    framework: str,
    passage: str,
    state: str,
    said: Said,
    reviewer: str,
    ledger: Ledger,
    source: str = SOURCE,
) -> Done | Stale:
    """Write down what is said of one goal."""
    with immediate(db):
        shown = item(db, framework, passage, ledger)
        if shown.state != state:
            return Stale(passage)
        answers = {(passage, _slot(shown, said)): _answer(shown, said, reviewer)}
        _write(db, answers, source, ledger)
        return _done(shown, answers)


def reject_all(
    db: Database, framework: str, passage: str, state: str, goals: Sequence[str], reviewer: str, ledger: Ledger
) -> Done | Stale:
    """Reject those of these goals that wait; what was proposed after they were shown is left to be seen."""
    with immediate(db):
        shown = item(db, framework, passage, ledger)
        if shown.state != state:
            return Stale(passage)
        answers = {
            (passage, row.goal_id): Answer("rejected", row.goal_id, row.stage, reviewer=reviewer)
            for row in shown.waiting
            if row.goal_id in goals
        }
        _write(db, answers, NONE_OF_THESE, ledger)
        return _done(shown, answers)


def _done(shown: Item, answers: Mapping[Slot, Answer]) -> Done:
    return Done(answers, sum((shown.passage, row.goal_id) not in answers for row in shown.waiting))


def _write(db: Database, answers: Mapping[Slot, Answer], source: str, ledger: Ledger) -> None:
    """Add answers; what all readers of a blind reading agree on by that goes on record."""
    ledger.add(db, answers, source)
    if isinstance(ledger, Reading):
        settle_agreed(db, ledger.id, {passage for passage, _ in answers})


def _slot(shown: Item, said: Said) -> str:
    """The goal that the answer is about: for one that nobody proposed or added before, the one that is added."""
    return said.goal if not said.accepted or _kind(shown, said.goal) in (PROPOSED, ADDED) else said.meant


def _kind(shown: Item, goal: str) -> str | None:
    return next((row.kind for row in shown.rows if row.goal_id == goal), None)


def _answer(shown: Item, said: Said, reviewer: str) -> Answer:
    return Answer(
        verdict=_verdict(shown, said),
        goal_id=said.meant if said.accepted else said.goal,
        stage=said.stage if said.stage in STAGES else "",
        best_practice=said.accepted and said.best_practice,
        note=said.note.strip()[:LONGEST_NOTE],
        reviewer=reviewer,
    )


def _verdict(shown: Item, said: Said) -> str:
    if not said.accepted:
        return "rejected"
    slot = _slot(shown, said)
    if said.meant != slot:
        return "changed"
    return "accepted" if _kind(shown, slot) == PROPOSED else "added"


# Taking back


def last_by(db: Database, reviewer: str) -> Last | None:
    """What Undo would take back for this reviewer, where they have decided anything lately."""
    sql = """
        select d.id, d.passage_id, d.decided_at, d.source, g.framework_id from decisions d
        join goals g on g.id = d.proposed_goal_id
        where d.id > (select coalesce(max(id), 0) from decisions) - :latest and d.reviewer = :reviewer
        and d.source in (:one, :several) and not exists (select 1 from withdrawals w where w.decision_id = d.id)
        order by d.id desc limit 20
    """
    asked = {"latest": LATEST, "reviewer": reviewer, "one": SOURCE, "several": NONE_OF_THESE}
    rows = list(db.query(sql, asked))
    if not rows:
        return None
    first = rows[0]
    same = [row for row in rows if _key(row) == _key(first)] if first["source"] == NONE_OF_THESE else [first]
    passage = first["passage_id"]
    state = states_of_passages(db, [passage])[passage]
    return Last(tuple(row["id"] for row in same), passage, first["framework_id"], state)


def _key(row: Mapping[str, object]) -> tuple[object, ...]:
    return row["passage_id"], row["framework_id"], row["decided_at"], row["source"]


def take_back(db: Database, ids: Sequence[int], passage: str, state: str, reviewer: str) -> Undone | Stale:
    """Take back decisions of this reviewer on a passage; nothing where anybody has decided on it since."""
    with immediate(db):
        found = _own(db, ids, passage, reviewer)
        if states_of_passages(db, [passage])[passage] != state or len(found) != len(set(ids)) or not ids:
            return Stale(passage)
        carried = {id: place for id, place in with_carried(db, ids).items() if id not in ids}
        withdraw(db, ids, reviewer, SOURCE)
        withdraw(db, carried, reviewer, CARRIED)
        refresh_goals_of(db, {passage, *carried.values()})
        return Undone(passage, found)


def _own(db: Database, ids: Sequence[int], passage: str, reviewer: str) -> dict[Slot, Answer]:
    """The reviewer's decisions among these that stand."""
    sql = """
        select d.* from decisions d where d.id in (select cast(value as integer) from json_each(?)) and d.passage_id = ? and d.reviewer = ?
        and not exists (select 1 from withdrawals w where w.decision_id = d.id) order by d.id
    """
    rows = db.query(sql, [json.dumps(list(ids)), passage, reviewer])
    return {
        (row["passage_id"], row["proposed_goal_id"]): Answer(row["verdict"], row["goal_id"], reviewer=reviewer)
        for row in rows
    }
