"""Entities as they are listed: how often they are named, what was brought together and why, what to look at."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.extract.words import name_key
from goalmap.store.entities.lookup import forms

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entities are wanted; text as compared by name keys."""

    text: str | None = None
    kind: str | None = None
    document: str | None = None
    """Part of a path or a title."""
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An entity in a list."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    identifiers: Mapping[str, str]
    documents: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """Two entities that may be one."""

    kind: str
    id: str
    name: str
    other_id: str
    other_name: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Two names that were taken for one entity."""

    kind: str
    entity_id: str
    entity: str
    name: str
    other_name: str
    rule: str
    reason: str


ENTITIES = """
select e.*, count(distinct coalesce(d.duplicate_of, d.id)) documents,
    (select count(*) from mentions m where m.entity_id = e.id) mentions
from entities e
left join document_entities de on de.entity_id = e.id left join documents d on d.id = de.document_id
where (:id is null or e.id = :id) and (:kind is null or e.kind = :kind) and (:documents is null or exists (
    select 1 from document_entities own where own.entity_id = e.id
    and own.document_id in (select value from json_each(:documents))))
group by e.id order by mentions desc, e.name, e.id
"""
SUGGESTED = """
select s.kind, one.id, one.name, other.id other_id, other.name other_name, s.rule, s.reason
from entity_suggestions s join entities one on one.id = s.entity_id join entities other on other.id = s.other_id
order by s.kind desc, one.name, other.name, s.id
"""
MERGES = """
select m.kind, m.entity_id, e.name entity, m.name, m.other_name, m.rule, m.reason
from entity_merges m join entities e on e.id = m.entity_id order by m.kind desc, e.name, e.id, m.name, m.other_name, m.id
"""


def entities(db: Database, filters: Filters) -> list[Listed]:
    """The entities that are wanted, the most named first."""
    documents = json.dumps(documents_called(db, filters.document)) if filters.document else None
    rows = db.query(ENTITIES, {"id": filters.id, "kind": filters.kind, "documents": documents})
    return [_listed(row) for row in rows if _is_called(forms(row), filters.text)]


def documents_called(db: Database, text: str) -> list[str]:
    """The documents whose path or title holds this text."""
    held = text.casefold()
    rows = db.execute("select id, path, title from documents order by path").fetchall()
    return [id for id, *names in rows if any(held in (name or "").casefold() for name in names)]


def suggestions(db: Database, filters: Filters) -> list[Suggested]:
    """Pairs that a person should look at."""
    found = (Suggested(**row) for row in db.query(SUGGESTED))
    wanted = _wanted(db, filters)
    return [
        one
        for one in found
        if filters.kind in (None, one.kind)
        and _is_called((one.name, one.other_name), filters.text)
        and filters.id in (None, one.id, one.other_id)
        and (wanted is None or wanted & {one.id, one.other_id})
    ]


def merges(db: Database, filters: Filters) -> list[Brought]:
    """Names that were brought together, with the reasons."""
    found = (Brought(**row) for row in db.query(MERGES))
    wanted = _wanted(db, filters)
    return [
        one
        for one in found
        if filters.kind in (None, one.kind)
        and _is_called((one.entity, one.name, one.other_name), filters.text)
        and filters.id in (None, one.entity_id)
        and (wanted is None or one.entity_id in wanted)
    ]


def _wanted(db: Database, filters: Filters) -> set[str] | None:
    """The entities of the documents asked for; nothing where none is asked for."""
    if filters.document is None:
        return None
    sql = "select entity_id from document_entities where document_id in (select value from json_each(?))"
    return {id for (id,) in db.execute(sql, [json.dumps(documents_called(db, filters.document))]).fetchall()}


def _is_called(names: Iterable[str], text: str | None) -> bool:
    key = name_key(text) if text else ""
    return not key or any(key in name_key(name) for name in names)


def _listed(row: Row) -> Listed:
    return Listed(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        aliases=tuple(forms(row)[1:]),
        identifiers=json.loads(row["identifiers"] or "{}"),
        documents=row["documents"],
        mentions=row["mentions"],
    )
