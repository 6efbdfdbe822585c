"""The rows that the page of a person, organisation or initiative shows."""

import json
import sqlite3
from collections.abc import Iterable

from goalmap.store.browse.calls import calls
from goalmap.store.browse.page_rows import Row, row, rows
from goalmap.store.browse.questions import GOAL

NEWEST_FIRST = "documents.published is null, documents.published desc, documents.path, passages.position"


def _once(table: str, column: str) -> str:
    """The SQL of whether a passage is shown: it is there, and none that it repeats says the same of the entity."""
    return f"""passages.retired_at is null and (passages.copy_of is null
          or passages.copy_of not in (select passage_id from {table} where {column} = :id))"""


NAMING = f"""passages.id in (select passage_id from mentions where entity_id = :id)
          and {_once("mentions", "entity_id")}"""
COUNTED = """
  select coalesce(passages.copy_of, passages.id) from mentions join passages on passages.id = mentions.passage_id
  where mentions.entity_id = :id
""".strip()
"""The passages that name an entity, of copies the one that counts."""


def entity_row(conn: sqlite3.Connection, id: str) -> Row | None:
    sql = """
        select entities.*, owners.name as owner
        from entities left join entities as owners on owners.id = entities.owner_id
        where entities.id = :id
    """
    return row(conn, sql, id=id)


def names_of(conn: sqlite3.Connection, id: str) -> list[Row]:
    sql = """
        select * from entity_names where entity_id = :id
        order by kind <> 'name', documents desc, name, source
    """
    return rows(conn, sql, id=id)


def count_of_passages(conn: sqlite3.Connection, id: str) -> int:
    return int(rows(conn, f"select count(*) as found from passages where {NAMING}", id=id)[0]["found"])


def passages_naming(conn: sqlite3.Connection, id: str, first: int, count: int) -> list[Row]:
    """The passages that name an entity, the newest first, what several documents say once."""
    sql = f"""
        select passages.id, passages.page, passages.text, passages.language, passages.document_id,
               documents.title, documents.path, documents.publisher, documents.published,
               (select count(*) from passages as copies
                where copies.copy_of = passages.id and copies.retired_at is null) as copies
        from passages join documents on documents.id = passages.document_id
        where passages.id in (
          select passages.id from passages join documents on documents.id = passages.document_id
          where {NAMING}
          order by {NEWEST_FIRST}
          limit :count offset :first)
        order by {NEWEST_FIRST}
    """
    return rows(conn, sql, id=id, first=first, count=count)


def mentions_of(conn: sqlite3.Connection, id: str, passages: Iterable[str]) -> list[Row]:
    """Where an entity is named in some passages."""
    sql = """
        select mentions.passage_id, mentions.start, mentions."end", entities.kind, entities.name
        from mentions join entities on entities.id = mentions.entity_id
        where mentions.entity_id = :id and mentions.passage_id in (select value from json_each(:passages))
    """
    return rows(conn, sql, id=id, passages=json.dumps(list(passages)))


def references_to(conn: sqlite3.Connection, id: str) -> list[Row]:
    """The words that mean an entity without naming it, the most frequent first."""
    sql = """
        select min(coreferences.surface) as surface, count(*) as times
        from coreferences join passages on passages.id = coreferences.passage_id
        where coreferences.entity_id = :id and passages.retired_at is null
        group by lower(coreferences.surface)
        order by times desc, surface
    """
    return rows(conn, sql, id=id)


def posts_of(conn: sqlite3.Connection, id: str) -> list[Row]:
    """Where a person's posts are told."""
    return _ties(conn, id, "roles", "title", own="person_id", other="organisation_id", former="ties.former")


def holders_of_posts(conn: sqlite3.Connection, id: str) -> list[Row]:
    """Where it is told who holds a post at a body."""
    return _ties(conn, id, "roles", "title", own="organisation_id", other="person_id", former="ties.former")


def memberships_of(conn: sqlite3.Connection, id: str) -> list[Row]:
    return _ties(conn, id, "memberships", "kind", own="member_id", other="organisation_id")


def members_of(conn: sqlite3.Connection, id: str) -> list[Row]:
    return _ties(conn, id, "memberships", "kind", own="organisation_id", other="member_id")


def _ties(
    conn: sqlite3.Connection, id: str, table: str, what: str, own: str, other: str, former: str = "0"
) -> list[Row]:
    """What ties an entity to others, the latest document first."""
    sql = f"""
        select ties.{what} as what, ties.{other} as other_id, others.name as other, {former} as former,
               ties.as_of, ties.since, ties.until, ties.passage_id,
               coalesce(documents.duplicate_of, documents.id) as story
        from {table} as ties
        join passages on passages.id = ties.passage_id
        join documents on documents.id = passages.document_id
        left join entities as others on others.id = ties.{other}
        where ties.{own} = :id and passages.retired_at is null
        order by ties.as_of is null, ties.as_of desc, passages.copy_of is not null, documents.path, passages.position,
                 ties.id
    """
    return rows(conn, sql, id=id)


def count_of_quotations(conn: sqlite3.Connection, id: str) -> int:
    sql = f"""
        select count(*) as found from quotations join passages on passages.id = quotations.passage_id
        where quotations.speaker_id = :id and {_once("quotations", "speaker_id")}
    """
    return int(rows(conn, sql, id=id)[0]["found"])


def quotations_by(conn: sqlite3.Connection, id: str, first: int, count: int) -> list[Row]:
    """What somebody says, the newest first, what several documents print once."""
    sql = f"""
        select quotations.id, quotations.passage_id, coalesce(quotations.kind, 'direct') as kind,
               substr(passages.text, quotations.start + 1, quotations."end" - quotations.start) as words,
               passages.page, passages.language, passages.document_id,
               documents.title, documents.path, documents.publisher, documents.published
        from quotations
        join passages on passages.id = quotations.passage_id
        join documents on documents.id = passages.document_id
        where quotations.speaker_id = :id and {_once("quotations", "speaker_id")}
        order by {NEWEST_FIRST}, quotations.start
        limit :count offset :first
    """
    return rows(conn, sql, id=id, first=first, count=count)


def goals_touched(conn: sqlite3.Connection, id: str) -> list[Row]:
    """The goals of the passages that name an entity, with how many wait, were accepted and were rejected."""
    sql = f"""
        {calls(COUNTED)}
        select goals.id as goal_id, {GOAL} as goal, frameworks.name as framework,
               count(distinct passage_id) filter (where state = 'accepted') as accepted,
               count(distinct passage_id) filter (where state = 'waiting') as waiting,
               count(distinct passage_id) filter (where state = 'rejected') as rejected
        from calls
        join goals on goals.id = calls.goal_id
        join frameworks on frameworks.id = goals.framework_id
        group by goals.id
        order by frameworks.name, accepted desc, waiting desc, goals.position
    """
    return rows(conn, sql, id=id)


STORIES = """
  select documents.id, documents.title, documents.path, documents.publisher, documents.published, documents.kind,
         count(*) filter (where passages.copy_of is null) as mentions,
         count(distinct documents.id) - 1 as copies,
         min(documents.duplicate_of is not null) as is_copy
  from mentions
  join passages on passages.id = mentions.passage_id
  join documents on documents.id = passages.document_id
  where mentions.entity_id = :id and passages.retired_at is null
  group by coalesce(documents.duplicate_of, documents.id)
"""
"""The documents that name an entity; those that tell one story stand once, the one that stands for them if it names it."""


def count_of_documents(conn: sqlite3.Connection, id: str) -> int:
    return int(rows(conn, f"select count(*) as found from ({STORIES})", id=id)[0]["found"])


def documents_naming(conn: sqlite3.Connection, id: str, first: int, count: int) -> list[Row]:
    sql = f"""
        select * from ({STORIES})
        order by published is null, published desc, path
        limit :count offset :first
    """
    return rows(conn, sql, id=id, first=first, count=count)


def figures_beside(conn: sqlite3.Connection, id: str, count: int) -> list[Row]:
    """The figures of the passages that name an entity, the newest first."""
    sql = f"""
        select figures.value, figures.unit, figures.what, figures.period, figures.bound, figures.passage_id,
               substr(passages.text, figures.start + 1, figures."end" - figures.start) as words,
               documents.title, documents.path, documents.published
        from figures
        join passages on passages.id = figures.passage_id
        join documents on documents.id = passages.document_id
        where {NAMING}
        order by {NEWEST_FIRST}, figures.start
        limit :count
    """
    return rows(conn, sql, id=id, count=count)


def measures_of(conn: sqlite3.Connection, id: str) -> list[Row]:
    """Published figures on the background of a body's people, the documents of the latest date first."""
    sql = """
        select measures.kind, measures.value, measures.unit, measures.question, measures.of_whom, measures.year,
               measures.passage_id
        from measures
        join passages on passages.id = measures.passage_id
        join documents on documents.id = passages.document_id
        where measures.organisation_id = :id and passages.retired_at is null
        order by documents.published is null, documents.published desc, measures.id
    """
    return rows(conn, sql, id=id)


def initiatives_of(conn: sqlite3.Connection, id: str) -> list[Row]:
    sql = "select id, name from entities where owner_id = :id order by name collate nocase, id"
    return rows(conn, sql, id=id)


def merges_into(conn: sqlite3.Connection, id: str) -> list[Row]:
    """Why names were taken for one entity."""
    sql = "select distinct name, other_name, reason from entity_merges where entity_id = :id order by name, other_name"
    return rows(conn, sql, id=id)
