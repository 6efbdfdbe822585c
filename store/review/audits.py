"""Audits: passages drawn at random, and which goals they serve that nobody proposed.

The frame of a framework is every passage that its classifier looks at; it grows as documents come. Ids of its rows are
hashes, so that they stand in a random order; a sample is the first rows of each stratum, and drawing more goes on from
there. A passage that comes later and belongs further up is drawn with the next ones, so that a sample is always as
random as if it had been drawn today.
"""

import json
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from goalmap.classify.measuring.recall import Room, allocation
from goalmap.ingest.document import CONTENT, ENGLISH
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.store.decisions import Answer, withdraw
from goalmap.store.ids import stable_id
from goalmap.store.ledgers import Record
from goalmap.store.loading.save import refresh_goals_of

EDGES = (0.02, 0.08, 0.2)
"""Where strata end: bands of the best score among goals that were not proposed for a passage."""
FOUND_BY_AUDIT = "audit: "
"""What the source of a decision begins with that an audit added."""
BY_AUDIT = f"(d.source glob '{FOUND_BY_AUDIT}*' or d.source glob 'imported from *: {FOUND_BY_AUDIT}*')"
"""The SQL of whether an audit added a decision, here or where it was brought from."""
KINDS = ", ".join(f"'{kind.value}'" for kind in sorted(CONTENT))
CLASSIFIED = f"""p.retired_at is null and p.copy_of is null and p.kind in ({KINDS})
    and (p.language is null or p.language = '{ENGLISH}') and trim(p.text) like '% % %'"""
"""The SQL of whether a passage is classified and stands for itself."""
STANDING = """
    with recursive places (id, place) as (
        select passage_id, passage_id from audit_passages where {which}
        union
        select places.id, p.replaced_by from places join passages p on p.id = places.place
        where p.replaced_by is not null
    ),
    standing as (
        select places.id, p.id place from places join passages p on p.id = places.place where p.replaced_by is null
    )
"""
"""The passage that now stands in the place of each that was framed."""
UNFRAMED = f"""
{STANDING.format(which="drawn_at is not null and framework_id = ?1")}
select p.id, coalesce((
    select max(c.score) from candidates c join goals g on g.id = c.goal_id
    where c.passage_id = p.id and g.framework_id = ?1), 0) score
from passages p where {CLASSIFIED}
    and not exists (select 1 from audit_passages a where a.passage_id = p.id and a.framework_id = ?1)
    and not exists (
        select 1 from standing join audit_passages a on a.passage_id = standing.id and a.framework_id = ?1
        join audit_answers said on said.audit_id = a.id where standing.place = p.id)
"""
"""Passages that could be drawn and are not in the frame; one that took the place of an answered one is known already."""
FRAMED = f"""
select a.id, a.stratum, a.score, a.drawn_at is not null drawn from audit_passages a
join passages p on p.id = a.passage_id where a.framework_id = ? and {CLASSIFIED} order by a.id
"""
WAITING = f"""
select a.id, a.passage_id, a.framework_id
from audit_passages a indexed by audit_passages_drawn cross join passages p on p.id = a.passage_id
where a.drawn_at is not null and (?1 is null or a.framework_id = ?1) and {CLASSIFIED}
    and not exists (select 1 from audit_answers said where said.audit_id = a.id)
order by a.framework_id, a.id
"""
DRAWN = f"""
{STANDING.format(which="id in (select value from json_each(?1))")}
select a.id, a.framework_id, coalesce(standing.place, a.passage_id) passage_id,
    coalesce(said.verdict, '') verdict, coalesce(said.note, '') note
from audit_passages a left join standing on standing.id = a.passage_id
left join audit_answers said on said.audit_id = a.id
    and not exists (select 1 from audit_answers later where later.audit_id = a.id and later.id > said.id)
where a.drawn_at is not null and a.id in (select value from json_each(?1))
"""
RIGHT = f"""
select d.id, d.passage_id, d.goal_id, g.framework_id, d.verdict = 'added' and {BY_AUDIT} by_audit
from current_decisions d join goals g on g.id = d.goal_id
where d.verdict <> 'rejected' and d.passage_id in (select value from json_each(?))
"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A drawn passage that nobody has answered for."""

    audit_id: str
    passage_id: str
    framework_id: str


@dataclass(frozen=True, slots=True)
class AuditAnswer:
    """The goals that a drawn passage serves though nobody proposed them, by id; none where it serves no other."""

    goals: tuple[str, ...] = ()
    note: str = ""
    reviewer: str = ""

    @property
    def verdict(self) -> str:
        return "some" if self.goals else "none"


# Drawing


def draw(db: Database, framework_id: str, size: int) -> int:
    """Draw about so many passages more; gives how many were drawn. Call it inside `immediate`. Raises UnknownName.

    More are drawn where passages came since that belong among those drawn before, fewer where none is left.
    """
    _check_framework(db, framework_id)
    number = looks(db, framework_id) + 1
    _frame(db, framework_id, number)
    chosen = _chosen(list(db.query(FRAMED, [framework_id])), _reach(db, framework_id), size)
    sql = "update audit_passages set drawn_at = ?, round = ? where id in (select value from json_each(?))"
    db.execute(sql, [_now(), number, json.dumps(chosen)])
    return len(chosen)


def looks(db: Database, framework_id: str) -> int:
    """How often passages were drawn for a framework."""
    sql = "select coalesce(max(round), 0) from audit_passages where framework_id = ? and drawn_at is not null"
    (number,) = db.execute(sql, [framework_id]).fetchone()
    return int(number)


def unframed(db: Database, framework_id: str) -> int:
    """How many passages could be drawn that came since the last draw."""
    (number,) = db.execute(f"select count(*) from ({UNFRAMED})", [framework_id]).fetchone()
    return int(number)


def stratum_of(score: float) -> int:
    """The stratum of a passage whose best score among goals that were not proposed is this."""
    return bisect(EDGES, score)


def _check_framework(db: Database, framework_id: str) -> None:
    known = [id for (id,) in db.execute("select id from frameworks order by id").fetchall()]
    if framework_id not in known:
        raise UnknownName("framework in this database", framework_id, known)


def _frame(db: Database, framework_id: str, number: int) -> None:
    rows = db.execute(UNFRAMED, [framework_id]).fetchall()
    db.table("audit_passages").insert_all(
        {
            "id": stable_id("a", framework_id, passage_id),
            "framework_id": framework_id,
            "passage_id": passage_id,
            "round": number,
            "stratum": stratum_of(score),
            "score": score,
        }
        for passage_id, score in rows
    )


def _reach(db: Database, framework_id: str) -> dict[int, str]:
    """The last id that was drawn in each stratum, whatever became of its passage."""
    sql = "select stratum, max(id) from audit_passages where framework_id = ? and drawn_at is not null group by stratum"
    return dict(db.execute(sql, [framework_id]).fetchall())


def _chosen(framed: Sequence[Row], reach: Mapping[int, str], size: int) -> list[str]:
    """The ids to draw: those passed over, since they came later, then the next of each stratum."""
    left = [row for row in framed if not row["drawn"]]
    passed = [row["id"] for row in left if row["id"] <= reach.get(row["stratum"], "")]
    beyond = [row for row in left if row["id"] > reach.get(row["stratum"], "")]
    more = Counter(allocation(_rooms(framed, beyond), max(0, size - len(passed))))
    return [*passed, *_next(beyond, more)]


def _rooms(framed: Sequence[Row], beyond: Sequence[Row]) -> dict[int, Room]:
    """Each stratum, with those taken for drawn that are, or will be since they were passed over."""
    scores: dict[int, list[float]] = {}
    for row in framed:
        scores.setdefault(row["stratum"], []).append(row["score"])
    open_ = Counter(row["stratum"] for row in beyond)
    return {
        stratum: Room(len(found), sum(found) / len(found), len(found) - open_[stratum])
        for stratum, found in sorted(scores.items())
    }


def _next(beyond: Iterable[Row], more: Counter[int]) -> Iterator[str]:
    for row in beyond:
        if more[row["stratum"]] > 0:
            more[row["stratum"]] -= 1
            yield row["id"]


# Answering


def waiting(db: Database, framework_id: str | None = None) -> list[AuditRow]:
    """The drawn passages that wait for an answer, in their random order."""
    return [AuditRow(*row) for row in db.execute(WAITING, [framework_id]).fetchall()]


def answer(db: Database, answers: Mapping[str, AuditAnswer], source: str) -> int:
    """Add what reviewers say of drawn passages, by audit id; gives how many answers are new. Call it inside `immediate`.

    Goals that are named become decisions; a later answer takes back what an earlier one added and it does not name.
    Raises NotFound for what was not drawn, and UnknownName for a goal that the framework does not have.
    """
    drawn = {row["id"]: row for row in db.query(DRAWN, [json.dumps(list(answers))])}
    _check_answers(db, answers, drawn)
    right = _right(db, [row["passage_id"] for row in drawn.values()])
    changes = [_change(drawn[id], said, right) for id, said in answers.items()]
    changed = [change for change in changes if change.is_news]
    _write(db, changed, source)
    return len(changed)


@dataclass(frozen=True, slots=True)
class _Change:
    """What an answer adds to the record and takes back from it."""

    row: Row
    said: AuditAnswer
    added: tuple[str, ...]
    taken_back: tuple[int, ...]

    @property
    def is_news(self) -> bool:
        before = self.row["verdict"], self.row["note"]
        return bool(self.added or self.taken_back or before != (self.said.verdict, self.said.note))


def _check_answers(db: Database, answers: Mapping[str, AuditAnswer], drawn: Mapping[str, Row]) -> None:
    for id, said in answers.items():
        if id not in drawn:
            raise NotFound(f"No passage was drawn under the id {id!r}. Export the queue again: goalmap review export")
        framework = drawn[id]["framework_id"]
        sql = "select id from goals where framework_id = ? order by position"
        known = [goal for (goal,) in db.execute(sql, [framework]).fetchall()] if said.goals else []
        for goal in said.goals:
            if goal not in known:
                raise UnknownName(f"goal of {framework}", goal, known)


def _right(db: Database, passages: Iterable[str]) -> dict[str, list[Row]]:
    """What stands on record as right, by passage."""
    rows = db.query(RIGHT, [json.dumps(list(passages))])
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["passage_id"], []).append(row)
    return found


def _change(row: Row, said: AuditAnswer, right: Mapping[str, list[Row]]) -> _Change:
    there = right.get(row["passage_id"], [])
    goals = tuple(dict.fromkeys(said.goals))
    standing = {one["goal_id"] for one in there}
    ours = (one for one in there if one["by_audit"] and one["framework_id"] == row["framework_id"])
    return _Change(
        row,
        said,
        tuple(goal for goal in goals if goal not in standing),
        tuple(one["id"] for one in ours if one["goal_id"] not in goals),
    )


def _write(db: Database, changes: Iterable[_Change], source: str) -> None:
    answered_at = _now()
    for change in changes:
        said, passage_id = change.said, change.row["passage_id"]
        db.table("audit_answers").insert(
            {
                "audit_id": change.row["id"],
                "verdict": said.verdict,
                "note": said.note or None,
                "reviewer": said.reviewer or None,
                "decided_at": answered_at,
                "source": source,
            }
        )
        if change.taken_back:
            withdraw(db, change.taken_back, said.reviewer, f"{FOUND_BY_AUDIT}{source}")
            refresh_goals_of(db, [passage_id])
        if change.added:
            added = {(passage_id, goal): _added(goal, said) for goal in change.added}
            Record().add(db, added, f"{FOUND_BY_AUDIT}{source}")


def _added(goal: str, said: AuditAnswer) -> Answer:
    return Answer(verdict="added", goal_id=goal, note=said.note, reviewer=said.reviewer)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
