"""Which passage waits next for a decision, and how many do: found by index, however many proposals there are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

ORDERS = {"value": "Most worth deciding first", "document": "Document by document", "goal": "Goal by goal"}
"""The orders in which passages come, and what they are called."""
AT_ONCE = 100
"""Proposals looked up for the next passage: enough to pass over what other reviewers have before them."""
ENOUGH = 20
"""Proposals after a place with which those from the top are not looked up too."""
WALKED = 2000
"""Proposals that are looked at one after another before they are gathered by publisher."""
COUNTED = 5000
"""Proposals of a publisher or document that are counted; how many more there are is not told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which proposals a reviewer wants to decide on, and in what order; empty where it does not matter."""

    framework: str
    goal: str = ""
    publisher: str = ""
    document: str = ""
    order: str = "value"
    reading: str = ""
    """A blind reading, which has an order of its own."""

    @property
    def is_of_documents(self) -> bool:
        return bool(self.publisher or self.document)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage, and the goal under which it comes in an order that has several."""

    passage: str
    goal: str = ""
    audit: str = ""
    """The id in the random sample, where it was drawn for that."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many proposals wait, of how many; both are `COUNTED` at most where there are more than can be counted."""

    waiting: int
    total: int
    is_counted: bool = True

    @property
    def settled(self) -> int:
        return self.total - self.waiting

    @property
    def share(self) -> float:
        return self.settled / self.total if self.total else 1.0


Keys = Mapping[str, Any]
"""Where in the orders a place is."""
Way = Callable[[Database, Asked, "Keys | None"], list[Place] | None]
"""A way to find what waits: None where it gave up."""

BY_VALUE = "pr.value <= :value and (pr.value < :value or pr.passage_id > :passage)"
AFTER = {
    "value": BY_VALUE,
    "document": "(d.path, p.position, pr.passage_id) > (:path, :position, :passage)",
    "goal": f"(g.position > :goal_position or (g.id = :goal_before and {BY_VALUE}))",
}
"""What comes after a place, in each order."""
ORDER_BY = {
    "value": "pr.value desc, pr.passage_id",
    "document": "d.path, p.position, pr.passage_id",
    "goal": "g.position, pr.value desc, pr.passage_id",
}
WANTED = "g.framework_id = :framework and (:goal = '' or g.id = :goal)"
AMONG = """(:publisher = '' or instr(lower({k}.publisher), lower(:publisher)) > 0) and (:document = '' or {k}.id = :document)"""
OF_DOCUMENTS = """
    documents k cross join passages c on c.document_id = k.id and c.retired_at is null
    cross join proposals pr indexed by idx_proposals_passage_id_goal_id on pr.passage_id in (c.id, c.copy_of)
    cross join goals g on g.id = pr.goal_id
    cross join passages p on p.id = pr.passage_id cross join documents d on d.id = p.document_id
"""
"""All proposals of some documents, also those that count for them in another document that says the same."""
OF_THE_WAITING = """
    proposals pr indexed by proposals_waiting cross join goals g on g.id = pr.goal_id
    cross join passages p on p.id = pr.passage_id cross join documents d on d.id = p.document_id
"""


def places(db: Database, asked: Asked, after: Place | None = None) -> list[Place]:
    """The next passages that wait, each once: those after a place, and where these are few, those from the top."""
    keys = _keys(db, asked, after) if after else None
    found = _found(db, asked, keys)
    if keys and len(found) < ENOUGH:
        found += _found(db, asked, None)
    first: dict[str, Place] = {}
    for place in found:
        first.setdefault(place.passage, place)
    return list(first.values())


def _keys(db: Database, asked: Asked, place: Place) -> Keys | None:
    sql = """
        select p.id passage, d.path, p.position, g.id goal_before, g.position goal_position, (
            select max(pr.value) from proposals pr join goals of on of.id = pr.goal_id
            where pr.passage_id = p.id and of.framework_id = :framework) value
        from passages p join documents d on d.id = p.document_id left join goals g on g.id = :under
        where p.id = :passage
    """
    values = {"framework": asked.framework, "under": place.goal, "passage": place.passage}
    return next(iter(db.query(sql, values)), None)


def _found(db: Database, asked: Asked, after: Keys | None) -> list[Place]:
    """What waits after a place, by the first way that finds it."""
    ways = (found for way in WAYS[asked.order] if (found := way(db, asked, after)) is not None)
    return next(ways, []) or []


def by_goals(db: Database, asked: Asked, after: Keys | None) -> list[Place] | None:
    """The first of each goal, by the index that has them in this order."""
    if asked.is_of_documents:
        return None
    sql = f"""
        select pr.passage_id, pr.goal_id from goals g cross join proposals pr on pr.id in (
            select pr.id from proposals pr indexed by proposals_waiting_for_goal
            where pr.open = 1 and pr.goal_id = g.id and {_after(asked, after)}
            order by pr.value desc, pr.passage_id limit :limit)
        where {WANTED} order by {ORDER_BY[asked.order]} limit :limit
    """
    return _places(db, sql, asked, after)


def by_walking_values(db: Database, asked: Asked, after: Keys | None) -> list[Place] | None:
    """The first of a publisher that stand near the top of all."""
    if asked.document:
        return None
    sql = f"""
        select pr.passage_id, pr.goal_id from (
            select * from proposals pr indexed by proposals_waiting where pr.open = 1 and {_after(asked, after)}
            order by pr.value desc, pr.passage_id limit {WALKED}) pr
        cross join goals g on g.id = pr.goal_id
        cross join passages p on p.id = pr.passage_id cross join documents d on d.id = p.document_id
        where {WANTED} and (({AMONG.format(k="d")}) or exists (
            select 1 from passages c join documents k on k.id = c.document_id
            where c.copy_of = p.id and c.retired_at is null and {AMONG.format(k="k")}))
        order by {ORDER_BY[asked.order]} limit :limit
    """
    return _places(db, sql, asked, after) or None


def by_walking_documents(db: Database, asked: Asked, after: Keys | None) -> list[Place] | None:
    """The first in the documents that come next."""
    if asked.is_of_documents or asked.goal:
        return None
    sql = f"""
        select pr.passage_id, pr.goal_id from documents d indexed by idx_documents_path
        cross join passages p on p.document_id = d.id
        cross join proposals pr indexed by idx_proposals_passage_id_goal_id on pr.passage_id = p.id
        cross join goals g on g.id = pr.goal_id
        where d.path >= coalesce(:path, '') and pr.open = 1 and {WANTED} and {_after(asked, after)}
        order by {ORDER_BY[asked.order]} limit :limit
    """
    return _places(db, sql, asked, after)


def by_gathering(db: Database, asked: Asked, after: Keys | None) -> list[Place] | None:
    """All of some documents, or all that wait, put in order."""
    among = AMONG.format(k="k") if asked.is_of_documents else "true"
    sql = f"""
        select pr.passage_id, pr.goal_id from {OF_DOCUMENTS if asked.is_of_documents else OF_THE_WAITING}
        where pr.open = 1 and {WANTED} and {among} and {_after(asked, after)}
        order by {ORDER_BY[asked.order]} limit :limit
    """
    return _places(db, sql, asked, after)


WAYS: dict[str, tuple[Way, ...]] = {
    "value": (by_goals, by_walking_values, by_gathering),
    "document": (by_walking_documents, by_gathering),
    "goal": (by_goals, by_gathering),
}
"""The ways to find what waits, in each order, the quickest first."""


def _after(asked: Asked, after: Keys | None) -> str:
    return AFTER[asked.order] if after else "true"


def _places(db: Database, sql: str, asked: Asked, after: Keys | None) -> list[Place]:
    values = {"path": None, **asdict(asked), **(after or {}), "limit": AT_ONCE}
    return [Place(row["passage_id"], row["goal_id"]) for row in db.query(sql, values)]


def progress(db: Database, asked: Asked, goals: Iterable[Mapping[str, Any]]) -> Progress:
    """How much of what is asked for is decided; what counts where another document says the same is left out.

    `goals` are those of the framework as `waiting_by_goal` gives them.
    """
    if asked.is_of_documents:
        return _progress_of_documents(db, asked)
    counted = [goal for goal in goals if asked.goal in ("", goal["id"])]
    return Progress(sum(goal["waiting"] for goal in counted), sum(goal["total"] for goal in counted))


def waiting_by_goal(db: Database, framework: str) -> list[dict[str, Any]]:
    """The goals of a framework, each with how many of its proposals wait, of how many."""
    sql = """
        select g.id, g.code, coalesce(g.label, g.code || ' ' || g.name) name, g.scope, (
            select count(*) from proposals pr indexed by proposals_waiting_for_goal
            where pr.open = 1 and pr.goal_id = g.id) waiting, (
            select count(*) from proposals pr where pr.goal_id = g.id) - (
            select count(*) from proposals pr indexed by proposals_of_copies
            where pr.open = 0 and pr.value < 0 and pr.goal_id = g.id) total
        from goals g where g.framework_id = ? order by g.position
    """
    return list(db.query(sql, [framework]))


def _progress_of_documents(db: Database, asked: Asked) -> Progress:
    sql = f"""
        select count(*) total, coalesce(sum(open), 0) waiting from (
            select distinct pr.id, pr.open from {OF_DOCUMENTS}
            where {WANTED} and {AMONG.format(k="k")} and pr.value >= 0 limit :limit)
    """
    (row,) = db.query(sql, {**asdict(asked), "limit": COUNTED})
    return Progress(row["waiting"], row["total"], row["total"] < COUNTED)
