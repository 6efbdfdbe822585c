"""Lists of activities, and all that the tables tell of one."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goalmap.store.holding import holding

Row = dict[str, Any]

ORDERS = {
    "citations": "a.status desc, a.passages desc, a.title collate nocase, a.id",
    "goal": "a.status desc, g.position, a.title collate nocase, a.id",
    "title": "a.title collate nocase, a.status desc, a.id",
    "newest": "a.last_told is null, a.last_told desc, a.status desc, a.title collate nocase, a.id",
}
"""What a list can be sorted by."""
STATUSES = ("reviewed", "proposed")
NOT_TOLD = "none"
"""What is asked for to see activities whose stage no passage tells."""

FOUND_BY_WORDS = """
  a.title like :pattern escape '\\' or a.owner like :pattern escape '\\' or a.partners like :pattern escape '\\'
  or a.place like :pattern escape '\\' or a.beneficiaries like :pattern escape '\\'
  or a.id in (
    select t.activity_id from passages_fts f join passages p on p.rowid = f.rowid
    join activity_passages t on t.passage_id = p.id where passages_fts match :match)
"""
OF_ORGANISATION = """
  a.owner like :body escape '\\' or a.partners like :body escape '\\'
  or a.id in (
    select t.activity_id from documents d join passages p on p.document_id = d.id
    join activity_passages t on t.passage_id = p.id where d.publisher like :body escape '\\')
"""
CONDITIONS = {
    "framework": "a.framework_id = :framework",
    "goal": "exists (select 1 from json_each(a.goals) where value = :goal)",
    "status": "a.status = :status",
    "stage": f"coalesce(a.stage, '{NOT_TOLD}') = :stage",
    "owner": "(a.owner_id = :owner or a.owner = :owner)",
    "organisation": f"({OF_ORGANISATION})",
    "words": f"({FOUND_BY_WORDS})",
}
"""What each filter asks for."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which activities are asked for; empty asks for all."""

    framework: str = ""
    goal: str = ""
    """Code of a goal, or its id."""
    status: str = ""
    stage: str = ""
    owner: str = ""
    """Name or id of the organisation that acts."""
    organisation: str = ""
    """Part of the name of an organisation that acts, takes part or publishes."""
    words: str = ""

    @property
    def where(self) -> str:
        return " and ".join(CONDITIONS[name] for name in self.told) or "true"

    @property
    def told(self) -> dict[str, str]:
        """The filters that are set; a goal's id says its framework too."""
        framework, _, code = self.goal.rpartition("/")
        told = {name: getattr(self, name) for name in CONDITIONS}
        return {
            name: text
            for name, text in {**told, "framework": framework or self.framework, "goal": code}.items()
            if text
        }

    @property
    def values(self) -> dict[str, str]:
        words = (word.replace('"', '""') for word in self.words.split())
        more = {
            "pattern": holding(self.words),
            "body": holding(self.organisation),
            "match": " ".join(f'"{word}"' for word in words) or '""',
        }
        return self.told | more


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list."""

    id: str
    title: str
    status: str
    framework: str
    goals: tuple[str, ...]
    stage: str
    owner: str
    owner_id: str | None
    citations: int
    documents: int
    best_practice: bool
    last_told: str


def how_many(conn: sqlite3.Connection, filters: Filters) -> dict[str, int]:
    """The number of activities by status."""
    sql = f"select status, count(*) as found from activities a where {filters.where} group by status"
    found = {row["status"]: int(row["found"]) for row in _rows(conn, sql, filters.values)}
    return {status: found.get(status, 0) for status in STATUSES}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a list, and how many there are in all of it by status."""

    activities: tuple[Listed, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def listed(conn: sqlite3.Connection, filters: Filters, order: str, first: int, count: int) -> Stretch:
    """So many activities from the first that is asked for on; the last part of the list where it is shorter than that."""
    goals = "join goals g on g.id = a.goal_id" if order == "goal" else ""
    sql = f"select a.id, a.status from activities a {goals} where {filters.where} order by {ORDERS[order]}"
    found = conn.execute(sql, filters.values).fetchall()
    statuses = Counter(status for _, status in found)
    start = min(first, max(0, len(found) - 1) // count * count)
    ids = [id for id, _ in found[start : start + count]]
    return Stretch(_with_ids(conn, ids), {status: statuses[status] for status in STATUSES})


def _with_ids(conn: sqlite3.Connection, ids: Sequence[str]) -> tuple[Listed, ...]:
    """The activities of these ids, in this order."""
    sql = "select * from activities where id in (select value from json_each(:ids))"
    known = {row["id"]: _listed(row) for row in _rows(conn, sql, {"ids": json.dumps(list(ids))})}
    return tuple(known[id] for id in ids if id in known)


def _listed(row: Row) -> Listed:
    return Listed(
        id=row["id"],
        title=row["title"],
        status=row["status"],
        framework=row["framework_id"],
        goals=tuple(map(str, _json(row["goals"]))),
        stage=row["stage"] or "",
        owner=row["owner"] or "",
        owner_id=row["owner_id"],
        citations=row["passages"] or 0,
        documents=row["documents"] or 0,
        best_practice=bool(row["best_practice"]),
        last_told=row["last_told"] or "",
    )


# One activity


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal that an activity serves."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that tells of an activity."""

    passage_id: str
    text: str
    document_id: str
    document: str
    publisher: str | None
    published: str | None
    page: int | None
    goals: tuple[str, ...]
    stage: str
    language: str | None
    copy_of: str | None
    """The passage that it repeats, if that one tells of it too."""
    on_pages: bool
    """Whether it can be seen on a picture of its page."""


@dataclass(frozen=True, slots=True)
class Details:
    """All that the tables tell of an activity."""

    id: str
    title: str
    status: str
    framework: str
    framework_name: str
    goals: tuple[Goal, ...]
    stage: str
    owner: str
    owner_id: str | None
    initiative: str
    initiative_id: str | None
    partners: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    place: str
    region: str
    period: str
    outcome: str
    best_practice: bool
    figures: tuple[Row, ...]
    """Each measure with its readings, the newest first."""
    why: tuple[str, ...]
    edited: tuple[str, ...]
    first_told: str
    last_told: str
    documents: int
    citations: tuple[Citation, ...]

    @property
    def own_citations(self) -> tuple[Citation, ...]:
        """Those that repeat no other."""
        return tuple(one for one in self.citations if not one.copy_of)

    @property
    def fields(self) -> Mapping[str, str]:
        """What stands in the fields that a person may write, as they would write it."""
        plain = {
            name: getattr(self, name) for name in ("title", "owner", "place", "region", "period", "outcome", "stage")
        }
        several = {name: "; ".join(getattr(self, name)) for name in ("partners", "beneficiaries")}
        return {**plain, **several, "best_practice": "yes" if self.best_practice else "no"}


def details(conn: sqlite3.Connection, id: str) -> Details | None:
    """The activity of this id, if it is there."""
    sql = """
        select a.*, f.name as framework_name, e.name as initiative from activities a
        join frameworks f on f.id = a.framework_id left join entities e on e.id = a.initiative_id where a.id = :id
    """
    for row in _rows(conn, sql, {"id": id}):
        return _details(row, _goals(conn, row), _citations(conn, id))
    return None


def _details(row: Row, goals: Sequence[Goal], citations: Sequence[Citation]) -> Details:
    words = ("stage", "owner", "initiative", "place", "region", "period", "outcome", "first_told", "last_told")
    several = ("partners", "beneficiaries", "edited")
    told: Row = {
        **{name: row[name] for name in ("id", "title", "status", "framework_name", "owner_id", "initiative_id")},
        **{name: row[name] or "" for name in words},
        **{name: tuple(map(str, _json(row[name]))) for name in several},
    }
    return Details(
        **told,
        framework=row["framework_id"],
        goals=tuple(goals),
        best_practice=bool(row["best_practice"]),
        figures=tuple(_json(row["figures"])),
        why=tuple(row["why"].split("; ")) if row["why"] else (),
        documents=row["documents"] or 0,
        citations=tuple(citations),
    )


def _goals(conn: sqlite3.Connection, row: Row) -> list[Goal]:
    sql = """
        select g.id, g.code, g.name from json_each(:goals) j join goals g on g.framework_id = :framework and g.code = j.value
        order by j.key
    """
    found = _rows(conn, sql, {"goals": row["goals"] or "[]", "framework": row["framework_id"]})
    return [Goal(**one) for one in found]


def _citations(conn: sqlite3.Connection, id: str) -> list[Citation]:
    sql = """
        select t.passage_id, p.text, p.document_id, d.title, d.path, d.publisher, d.published, p.page, t.goals, t.stage,
               coalesce(p.language, d.language) as language,
               d.media_type = 'application/pdf' and d.sha256 is not null and p.retired_at is null
                 and coalesce(p.boxes, '[]') <> '[]' as on_pages,
               (select o.passage_id from activity_passages o where o.activity_id = t.activity_id
                and o.passage_id = p.copy_of) as copy_of
        from activity_passages t join passages p on p.id = t.passage_id join documents d on d.id = p.document_id
        where t.activity_id = :id order by t.position, t.passage_id
    """
    return [_citation(row) for row in _rows(conn, sql, {"id": id})]


def _citation(row: Row) -> Citation:
    return Citation(
        **{name: row[name] for name in ("passage_id", "text", "document_id", "publisher", "published", "page")},
        **{name: row[name] for name in ("language", "copy_of")},
        document=row["title"] or Path(row["path"]).name,
        on_pages=bool(row["on_pages"]),
        goals=tuple(map(str, _json(row["goals"]))),
        stage=row["stage"] or "",
    )


def told_of_by(conn: sqlite3.Connection, passage: str) -> list[Row]:
    """The activities that a passage tells of, reviewed ones first."""
    sql = """
        select a.id, a.title, a.status, a.passages as citations from activity_passages t
        join activities a on a.id = t.activity_id where t.passage_id = :passage order by a.status desc, a.title, a.id
    """
    return list(_rows(conn, sql, {"passage": passage}))


def activities_of(conn: sqlite3.Connection, entity: str, count: int) -> tuple[Listed, ...]:
    """The activities of an organisation, or that are an initiative, the most told of first."""
    sql = """
        select id from activities where owner_id = :entity or initiative_id = :entity
        order by status desc, passages desc, title, id limit :count
    """
    return _with_ids(conn, [row["id"] for row in _rows(conn, sql, {"entity": entity, "count": count})])


def likely_same(conn: sqlite3.Connection, id: str, count: int) -> tuple[Listed, ...]:
    """Other activities of the same initiative, or of the same body with the same main goal."""
    sql = """
        select a.id from activities a join activities own on own.id = :id
        where a.id <> own.id and a.framework_id = own.framework_id and a.status = own.status
          and (a.initiative_id = own.initiative_id or (a.owner_id = own.owner_id and a.goal_id = own.goal_id))
        order by a.initiative_id is not own.initiative_id, a.passages desc, a.title, a.id limit :count
    """
    return _with_ids(conn, [row["id"] for row in _rows(conn, sql, {"id": id, "count": count})])


def _rows(conn: sqlite3.Connection, sql: str, values: Mapping[str, Any]) -> Iterable[Row]:
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _json(text: str | None) -> list[Any]:
    found = json.loads(text) if text else []
    return found if isinstance(found, list) else []
