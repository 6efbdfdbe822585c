"""The activities that a decision is about, and what it makes of them, worked out from their passages alone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from goalmap.classify.activities.bringing import Said, activities
from goalmap.classify.activities.describing import describe
from goalmap.classify.activities.grouping import BY_HAND
from goalmap.classify.activities.model import REVIEWED, Activity, Body, Edit, Group, Link, Telling
from goalmap.classify.activities.owners import settled
from goalmap.ingest.errors import ActivityProblem
from goalmap.store.activities.said import places_of, read_said
from goalmap.store.activities.tellings import read_tellings
from goalmap.store.ids import stable_id

MOST = 5_000
"""Passages up to which all are brought together anew when a decision is taken back; of more only those that it is about."""
AMONG = "(select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class State:
    """An activity at one moment, as far as a person wants to see it."""

    id: str
    title: str
    status: str
    goals: tuple[str, ...]
    stage: str
    owner: str
    passages: tuple[str, ...]
    citations: int
    documents: int
    fields: Mapping[str, str]
    """What stands in the other fields that a person may write."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """Some activities of one framework as they are now."""

    framework: str
    activities: tuple[Activity, ...]
    edits: tuple[Edit, ...]

    @property
    def tellings(self) -> tuple[Telling, ...]:
        return tuple(telling for one in self.activities for telling in one.tellings)

    @property
    def passages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(telling.passage_id for telling in self.tellings))


def nearby(db: Database, ids: Sequence[str]) -> Nearby:
    """The activities of these ids, in this order. Raises ActivityProblem."""
    sql = f"select id, framework_id, status, title, owner, owner_id, why from activities where id in {AMONG}"
    rows = {row["id"]: row for row in db.query(sql, [json.dumps(list(ids))])}
    frameworks = sorted({row["framework_id"] for row in rows.values()})
    if len(frameworks) != 1:
        raise ActivityProblem(
            f"These are activities under different frameworks ({', '.join(frameworks)}); each framework has its own. "
            "Nothing was changed."
        )
    return _nearby(db, frameworks[0], [rows[id] for id in ids])


def _nearby(db: Database, framework: str, rows: Sequence[Mapping[str, Any]]) -> Nearby:
    sql = f"select activity_id, passage_id from activity_passages where activity_id in {AMONG}"
    passages: dict[str, set[str]] = {row["id"]: set() for row in rows}
    for activity, passage in db.execute(sql, [json.dumps(list(passages))]).fetchall():
        passages[activity].add(passage)
    tellings = read_tellings(db, framework, sorted(set().union(*passages.values())))
    edits = tuple(read_said(db, framework).edits)
    return Nearby(framework, tuple(_as_it_is(row, passages[row["id"]], tellings, edits) for row in rows), edits)


def holders_of(db: Database, framework: str, passages: Iterable[str]) -> list[str]:
    """The ids of the activities that passages tell of now, in whatever place they are."""
    places = places_of(db)
    wanted = sorted({place for id in passages for place in places.get(id, ())})
    sql = f"""
        select distinct a.id from activity_passages t join activities a on a.id = t.activity_id
        where a.framework_id = ? and t.passage_id in {AMONG} order by a.id
    """
    return [id for (id,) in db.execute(sql, [framework, json.dumps(wanted)]).fetchall()]


def _as_it_is(
    row: Mapping[str, Any], passages: set[str], tellings: Iterable[Telling], edits: Sequence[Edit]
) -> Activity:
    own = [one for telling in tellings if telling.passage_id in passages for one in _of(telling, row["status"])]
    if not own:
        raise ActivityProblem(
            f"Nobody stands behind “{row['title']}” any longer, and nothing proposes it. Nothing was changed."
        )
    told = describe(Group(tuple(own)), row["framework_id"], edits, stable_id)
    owner = Body(row["owner"], row["owner_id"]) if row["owner"] and told.owner else told.owner
    return replace(told, id=row["id"], owner=owner, why=tuple(row["why"].split("; ")) if row["why"] else ())


def _of(telling: Telling, status: str) -> Iterable[Telling]:
    """The telling with what was decided of it, or what is proposed."""
    filings = tuple(one for one in telling.filings if one.is_decided is (status == REVIEWED))
    return [replace(telling, filings=filings)] if filings else []


def as_one(about: Nearby) -> tuple[Activity, ...]:
    """All of them as one; where some are reviewed and some only proposed, as one of each."""
    by_status: dict[str, list[Telling]] = {}
    for one in about.activities:
        by_status.setdefault(one.status, []).extend(one.tellings)
    if len(by_status) > 1 and len(by_status) == len(about.activities):
        return about.activities
    return tuple(_described(about, tellings, "put together by a person") for tellings in by_status.values())


def in_parts(about: Nearby, parts: Iterable[Sequence[str]]) -> tuple[Activity, ...]:
    """One activity in parts, each of these passages."""
    (whole,) = about.activities
    tellings = {telling.passage_id: telling for telling in whole.tellings}
    return tuple(_described(about, [tellings[id] for id in part], "put together by a person") for part in parts)


def with_words(about: Nearby, passage: str, fields: Iterable[tuple[str, str]]) -> tuple[Activity, ...]:
    """The activity with what a person writes in some fields."""
    (whole,) = about.activities
    edits = (*about.edits, *(Edit(passage, field, value) for field, value in fields))
    told = describe(Group(whole.tellings), about.framework, edits, stable_id)
    return (replace(_settled(about, told), id=whole.id, why=whole.why),)


def _described(about: Nearby, tellings: Sequence[Telling], reason: str) -> Activity:
    first, *others = (telling.passage_id for telling in tellings)
    links = tuple(Link(first, other, BY_HAND, 1.0, reason) for other in others[:1])
    return _settled(about, describe(Group(tuple(tellings), links), about.framework, about.edits, stable_id))


def _settled(about: Nearby, told: Activity) -> Activity:
    """With the owner by the name that the activities nearby have for the same body."""
    return settled((*about.activities, told))[-1]


def regrouped(db: Database, framework: str, passages: Iterable[str], without: str) -> tuple[Activity, ...]:
    """The activities that passages tell of when a batch is taken back."""
    wanted = set(passages)
    (count,) = db.execute("select count(*) from activity_passages").fetchone()
    tellings = read_tellings(db, framework, None if count <= MOST else sorted(wanted))
    said: Said = read_said(db, framework, without)
    found = activities(tellings, framework, said, stable_id)
    return tuple(one for one in found if wanted & set(one.passages))


def state_of(one: Activity) -> State:
    """An activity as people see it."""
    told = {
        "partners": "; ".join(body.name for body in one.partners),
        "beneficiaries": "; ".join(detail.text for detail in one.beneficiaries),
        "place": "; ".join(detail.text for detail in one.places),
        "region": one.region,
        "period": one.period.text if one.period else "",
        "outcome": one.outcome.text if one.outcome else "",
        "best_practice": "yes" if one.best_practice else "no",
    }
    return State(
        id=one.id,
        title=one.title,
        status=one.status,
        goals=tuple(goal.partition("/")[2] for goal in one.goals),
        stage=one.stage,
        owner=one.owner.name if one.owner else "",
        passages=one.passages,
        citations=one.citations,
        documents=len(one.documents),
        fields=told,
    )
