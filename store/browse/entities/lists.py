"""Lists of people, organisations and initiatives, and others of the same kind."""

import sqlite3
from dataclasses import dataclass, replace
from difflib import get_close_matches

from goalmap.extract.words import name_key
from goalmap.store.browse.page_rows import Row, rows
from goalmap.store.browse.values import json_list
from goalmap.store.holding import holding

KINDS = {"people": "person", "organisations": "organisation", "initiatives": "initiative"}
"""The address of each list with the kind that it lists."""
SIZE = 100
CANDIDATES = 12
ORDERS = {
    "documents": "documents desc, mentions desc, name collate nocase, id",
    "mentions": "mentions desc, documents desc, name collate nocase, id",
    "name": "name collate nocase, id",
}
"""What a list can be sorted by."""

COUNTS = """
  (select count(*) from mentions where mentions.entity_id = entities.id) as mentions,
  (select count(distinct coalesce(documents.duplicate_of, documents.id))
   from document_entities join documents on documents.id = document_entities.document_id
   where document_entities.entity_id = entities.id) as documents
"""
LETTER = """
  case when upper(substr(name, 1, 1)) between 'A' and 'Z' then upper(substr(name, 1, 1)) else '#' end
"""
WANTED = f"""
  entities.kind = :kind
  and (:letter = '' or {LETTER} = :letter)
  and (:text = '' or name like :text escape '\\' or aliases like :text escape '\\')
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for."""

    kind: str
    order: str = "documents"
    text: str = ""
    letter: str = ""
    number: int = 1

    @property
    def values(self) -> dict[str, str]:
        return {"kind": self.kind, "letter": self.letter, "text": _pattern(self.text)}


@dataclass(frozen=True, slots=True)
class EntityList:
    """A stretch of a list."""

    asked: Asked
    entities: list[Row]
    total: int
    parts: int
    letters: list[str]


def entity_list(conn: sqlite3.Connection, asked: Asked) -> EntityList:
    total = int(rows(conn, f"select count(*) as found from entities where {WANTED}", **asked.values)[0]["found"])
    parts = max(1, -(-total // SIZE))
    asked = replace(asked, number=min(max(1, asked.number), parts))
    return EntityList(asked, _listed(conn, asked), total, parts, _letters(conn, asked))


def _listed(conn: sqlite3.Connection, asked: Asked) -> list[Row]:
    sql = f"""
        select listed.*, (select owners.name from entities as owners where owners.id = listed.owner_id) as owner
        from ({_counted(asked.order)}) as listed
        order by {ORDERS[asked.order]}
    """
    found = rows(conn, sql, **asked.values, count=SIZE, first=(asked.number - 1) * SIZE)
    return [{**row, "aliases": [str(name) for name in json_list(row["aliases"])]} for row in found]


def _counted(order: str) -> str:
    """The SQL of what is shown; where names alone give the order, nothing else is counted."""
    wanted = f"select * from entities where {WANTED}"
    counted, page = f"select entities.*, {COUNTS} from", f"order by {ORDERS[order]} limit :count offset :first"
    return f"{counted} ({wanted} {page}) as entities" if order == "name" else f"{counted} ({wanted}) as entities {page}"


def _letters(conn: sqlite3.Connection, asked: Asked) -> list[str]:
    """The letters that names of this kind begin with."""
    sql = f"select distinct {LETTER} as letter from entities where kind = :kind order by letter = '#', letter"
    return [row["letter"] for row in rows(conn, sql, kind=asked.kind)]


def _pattern(text: str) -> str:
    return holding(text) if text else ""


# Others of the same kind


def candidates(conn: sqlite3.Connection, entity: Row, text: str) -> list[Row]:
    """Entities of the same kind whose names hold all words of a text, else those called something like it."""
    words = text.split()
    if not words:
        return []
    values = {f"word{place}": _pattern(word) for place, word in enumerate(words)}
    held = " and ".join(f"(name like :{word} escape '\\' or aliases like :{word} escape '\\')" for word in values)
    return _of_kind(conn, entity, held, **values) or _alike(conn, entity, text)


def _of_kind(conn: sqlite3.Connection, entity: Row, condition: str, **values: object) -> list[Row]:
    sql = f"""
        select entities.id, entities.name, entities.aliases, {COUNTS}
        from entities
        where entities.kind = :kind and entities.id <> :id and {condition}
        order by documents desc, mentions desc, name collate nocase, id
        limit {CANDIDATES}
    """
    found = rows(conn, sql, kind=entity["kind"], id=entity["id"], **values)
    return [{**row, "aliases": [str(name) for name in json_list(row["aliases"])]} for row in found]


def _alike(conn: sqlite3.Connection, entity: Row, text: str) -> list[Row]:
    sql = "select id, name from entities where kind = :kind and id <> :id"
    keys = {name_key(row["name"]): row["id"] for row in rows(conn, sql, kind=entity["kind"], id=entity["id"])}
    near = [keys[key] for key in get_close_matches(name_key(text), keys, CANDIDATES)]
    marks = {f"id{place}": id for place, id in enumerate(near)}
    condition = f"entities.id in ({', '.join(f':{mark}' for mark in marks)})"
    return _of_kind(conn, entity, condition, **marks) if near else []
