"""What the forms for repairing an entity show: likely others, names and documents to part, earlier decisions."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.store.browse.datasette_compat import plain_rows
from goalmap.store.browse.entities.lists import candidates
from goalmap.store.browse.page_rows import Row, name_of, rows
from goalmap.store.entities.history import Batch, history
from goalmap.store.ids import stable_id

DOCUMENTS = 200
"""Documents that can be ticked; of an entity in more of them the newest."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a person needs to repair one entity."""

    decidable: bool
    """Whether decisions can be made on it: its names are kept by document."""
    suggestions: list[Row]
    asked: str
    candidates: list[Row]
    names: list[Row]
    documents: list[Row]
    state: str
    history: list[Batch]


def desk(conn: sqlite3.Connection, entity: Row, asked: str) -> Desk:
    """The forms for an entity; `asked` is what the user thinks another one is called."""
    id = entity["id"]
    names = names_to_part(conn, id)
    return Desk(
        decidable=bool(names),
        suggestions=_with_states(conn, id, suggestions_for(conn, id)),
        asked=asked,
        candidates=_with_states(conn, id, candidates(conn, entity, asked)),
        names=names if len(names) > 1 else [],
        documents=documents_to_part(conn, id),
        state=state_of(conn, [id]),
        history=decisions_on_entity(conn, id),
    )


def _with_states(conn: sqlite3.Connection, id: str, others: Iterable[Row]) -> list[Row]:
    return [{**other, "state": state_of(conn, [id, other["id"]])} for other in others]


def state_of(conn: sqlite3.Connection, ids: Iterable[str]) -> str:
    """What entities are made of at this moment, as a word that changes when that does."""
    wanted = json.dumps(sorted(ids))
    entities = "select id, name from entities where id in (select value from json_each(:ids)) order by id"
    parts = """
        select entity_id, group_concat(id) as parts
        from (select entity_id, id from document_entities
              where entity_id in (select value from json_each(:ids)) order by entity_id, id)
        group by entity_id order by entity_id
    """
    found = (tuple(row.values()) for sql in (entities, parts) for row in rows(conn, sql, ids=wanted))
    return stable_id("v", wanted, *found)


def suggestions_for(conn: sqlite3.Connection, id: str) -> list[Row]:
    """Entities that may be this one, with what speaks for it."""
    sql = """
        select others.id, others.name, suggestions.reason,
               (select count(*) from mentions where mentions.entity_id = others.id) as mentions
        from (
          select other_id as id, reason from entity_suggestions where entity_id = :id
          union select entity_id, reason from entity_suggestions where other_id = :id
        ) as suggestions
        join entities as others on others.id = suggestions.id
        order by others.name, others.id
    """
    return rows(conn, sql, id=id)


def names_to_part(conn: sqlite3.Connection, id: str) -> list[Row]:
    """The names that documents have for an entity, each once however it is spelled."""
    sql = """
        select min(name) as name, name_key, count(distinct document_id) as documents
        from document_entities where entity_id = :id group by name_key order by documents desc, name
    """
    return rows(conn, sql, id=id)


def documents_to_part(conn: sqlite3.Connection, id: str) -> list[Row]:
    """The documents that name an entity, where there are several."""
    sql = f"""
        select documents.id, documents.title, documents.path, documents.publisher, documents.published,
               group_concat(distinct document_entities.name) as name
        from document_entities join documents on documents.id = document_entities.document_id
        where document_entities.entity_id = :id
        group by documents.id
        order by documents.published is null, documents.published desc, documents.path
        limit {DOCUMENTS}
    """
    found = [{**row, "document": name_of(row)} for row in rows(conn, sql, id=id)]
    return found if len(found) > 1 else []


BATCHES = """
with own as (select distinct kind, name_key, document_id from document_entities where entity_id = :id),
about as (
  select distinct batch from entity_decisions as decisions
  where exists (
    select 1 from own where own.kind = decisions.kind and (
      (own.name_key = decisions.name_key and coalesce(decisions.document_id, own.document_id) = own.document_id)
      or (own.name_key = decisions.other_name_key
          and coalesce(decisions.other_document_id, own.document_id) = own.document_id)))
)
select batch from about
"""
"""The decisions on names of an entity."""


def decisions_on_entity(conn: sqlite3.Connection, id: str) -> list[Batch]:
    """The decisions on an entity, and those that took them back, the latest first."""
    about = {row["batch"] for row in rows(conn, BATCHES, id=id)}
    if not about:
        return []
    with plain_rows(conn):
        every = history(Database(conn))
    for batch in reversed(every):
        if batch.withdraws in about:
            about.add(batch.batch)
    return [batch for batch in every if batch.batch in about]
