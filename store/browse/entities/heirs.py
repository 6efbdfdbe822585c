"""What became of an entity whose id is no longer there: it was merged or split since."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping

from goalmap.extract.words import name_key
from goalmap.store.browse.entities.lists import COUNTS
from goalmap.store.browse.page_rows import Row, rows
from goalmap.store.browse.values import json_list
from goalmap.store.ids import stable_id

NAMED = """
select document_entities.id, document_entities.kind, name_key, document_id, bodies, entity_id, publisher
from document_entities join documents on documents.id = document_entities.document_id
where entity_id is not null
"""

Keys = Mapping[str, frozenset[str]]
"""Each name of a body with all names of the bodies that have it."""


def heirs(conn: sqlite3.Connection, id: str) -> list[Row]:
    """The entities that now have the names of one that is gone, the most named first."""
    named = rows(conn, NAMED)
    bodies = _bodies(named)
    found = {row["entity_id"] for row in named if id in _ids_of(row, bodies)}
    marks = {f"id{place}": heir for place, heir in enumerate(sorted(found))}
    wanted = f"entities.id in ({', '.join(f':{mark}' for mark in marks)})"
    sql = f"select entities.id, kind, name, {COUNTS} from entities where {wanted} order by documents desc, name, id"
    return rows(conn, sql, **marks) if found else []


def _bodies(named: list[Row]) -> Keys:
    keys: defaultdict[str, set[str]] = defaultdict(set)
    entities: defaultdict[str, set[str]] = defaultdict(set)
    for row in named:
        if row["kind"] == "organisation":
            keys[row["entity_id"]].add(row["name_key"])
            entities[row["name_key"]].add(row["entity_id"])
    return {key: frozenset().union(*(keys[entity] for entity in those)) for key, those in entities.items()}


def _ids_of(row: Row, bodies: Keys) -> set[str]:
    """The ids that the entity of a name can have had: by the name alone, or by what tells it from others of the name."""
    tells = {"", row["document_id"], *_bodies_of(row, bodies)}
    several = (f"{tell} {row['id']}" for tell in tells)
    return {stable_id("e", row["kind"], row["name_key"], tell) for tell in (*tells, *several)}


def _bodies_of(row: Row, bodies: Keys) -> Iterator[str]:
    """The bodies that it is tied to and the publisher of its document, by all names that these have now."""
    for key in (*json_list(row["bodies"]), name_key(row["publisher"] or "")):
        yield key
        yield from bodies.get(key, ())
