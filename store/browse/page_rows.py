"""The rows that the pages show."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from goalmap.ingest.document import CONTENT
from goalmap.store.browse.questions import GOAL, QUERIES, goal_name

Row = dict[str, Any]
"""One row of a result, by column."""


def rows(conn: sqlite3.Connection, sql: str, **values: Any) -> list[Row]:
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(conn: sqlite3.Connection, sql: str, **values: Any) -> Row | None:
    return next(iter(rows(conn, sql, **values)), None)


def passage_row(conn: sqlite3.Connection, id: str) -> Row | None:
    sql = """
        select passages.*, documents.title as document_title, documents.path, documents.publisher,
               documents.published, documents.media_type, documents.sha256, documents.withheld_since,
               coalesce(passages.language, documents.language) as language, documents.status
        from passages join documents on documents.id = passages.document_id
        where passages.id = :id
    """
    return row(conn, sql, id=id)


def passages_before(conn: sqlite3.Connection, document_id: str, position: int) -> list[Row]:
    sql = """
        select id, position, page, kind, text from passages
        where document_id = :document_id and position < :position and retired_at is null
        order by position desc limit 2
    """
    return rows(conn, sql, document_id=document_id, position=position)[::-1]


def passages_after(conn: sqlite3.Connection, document_id: str, position: int) -> list[Row]:
    sql = """
        select id, position, page, kind, text from passages
        where document_id = :document_id and position > :position and retired_at is null
        order by position limit 2
    """
    return rows(conn, sql, document_id=document_id, position=position)


def mentions_in(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    sql = """
        select mentions.*, entities.kind, entities.name
        from mentions join entities on entities.id = mentions.entity_id
        where mentions.passage_id = :passage_id
        order by mentions.start, mentions."end"
    """
    return rows(conn, sql, passage_id=passage_id)


def quotations_in(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    sql = """
        select quotations.*, entities.name as speaker
        from quotations left join entities on entities.id = quotations.speaker_id
        where quotations.passage_id = :passage_id
        order by quotations.start
    """
    return rows(conn, sql, passage_id=passage_id)


def figures_in(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    return rows(conn, "select * from figures where passage_id = :passage_id order by start", passage_id=passage_id)


def proposals_for(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    sql = f"""
        select proposals.*, frameworks.name as framework,
               {GOAL} as goal,
               {goal_name("nearest")} as runner_up,
               decisions.verdict
        from proposals
        join goals on goals.id = proposals.goal_id
        join frameworks on frameworks.id = goals.framework_id
        left join goals as nearest on nearest.id = proposals.runner_up_goal_id
        left join current_decisions as decisions
          on decisions.passage_id = proposals.passage_id and decisions.proposed_goal_id = proposals.goal_id
        where proposals.passage_id = :passage_id
        order by proposals.rank, proposals.score desc
    """
    return rows(conn, sql, passage_id=passage_id)


def decisions_on(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    sql = f"""
        select decisions.*,
               {GOAL} as goal,
               {goal_name("proposed")} as proposed_goal
        from decisions
        left join goals on goals.id = decisions.goal_id
        left join goals as proposed on proposed.id = decisions.proposed_goal_id
        where decisions.passage_id = :passage_id
        order by decisions.id
    """
    return rows(conn, sql, passage_id=passage_id)


def roles_of_people_in(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    """The posts of everybody named or quoted in a passage, wherever they are told, the latest first."""
    sql = """
        with people as (
          select entity_id as id from mentions where passage_id = :passage_id
          union select speaker_id from quotations where passage_id = :passage_id
          union select person_id from roles where passage_id = :passage_id
        )
        select entities.id as person_id, entities.name as person, roles.title, roles.former, max(roles.as_of) as as_of,
               roles.organisation_id, organisations.name as organisation,
               coalesce(max(case when roles.passage_id = :passage_id then roles.passage_id end), max(roles.passage_id))
                 as passage_id
        from people
        join entities on entities.id = people.id and entities.kind = 'person'
        left join roles on roles.person_id = entities.id
        left join entities as organisations on organisations.id = roles.organisation_id
        group by entities.id, roles.title, roles.former, roles.organisation_id
        order by entities.name, entities.id, as_of desc, roles.title
    """
    return rows(conn, sql, passage_id=passage_id)


def document_row(conn: sqlite3.Connection, id: str) -> Row | None:
    return row(conn, "select * from documents where id = :id", id=id)


def duplicates_of(conn: sqlite3.Connection, document_id: str) -> list[Row]:
    """The documents that this one stands for, the likest first."""
    sql = """
        select id, title, path, content_of, likeness from documents where duplicate_of = :document_id
        order by likeness is null, likeness desc, path
    """
    return rows(conn, sql, document_id=document_id)


def files_in(conn: sqlite3.Connection, document_id: str) -> list[Row]:
    """The files inside a file."""
    sql = "select id, title, path, status from documents where parent_id = :document_id order by path"
    return rows(conn, sql, document_id=document_id)


def twins_of(conn: sqlite3.Connection, document_id: str) -> list[Row]:
    """The documents in other languages that say the same."""
    sql = "select id, title, path, language from documents where twin_of = :document_id order by language, path"
    return rows(conn, sql, document_id=document_id)


def copies_of_passage(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    """The passages of other documents that this one counts for."""
    sql = """
        select passages.id, passages.page, coalesce(documents.title, documents.path) as document
        from passages join documents on documents.id = passages.document_id
        where passages.copy_of = :passage_id and passages.retired_at is null
        order by documents.path, passages.position
    """
    return rows(conn, sql, passage_id=passage_id)


def passages_of(conn: sqlite3.Connection, document_id: str, first: int, last: int) -> list[Row]:
    sql = """
        select * from passages
        where document_id = :document_id and position between :first and :last and retired_at is null
        order by position
    """
    return rows(conn, sql, document_id=document_id, first=first, last=last)


def last_position(conn: sqlite3.Connection, document_id: str) -> int:
    sql = "select coalesce(max(position), 0) as last from passages where document_id = :id and retired_at is null"
    return int(rows(conn, sql, id=document_id)[0]["last"])


def goals_of_passages(conn: sqlite3.Connection, document_id: str) -> list[Row]:
    """Each goal of each passage of a document with its latest verdict, if any."""
    sql = f"""
        select passage_id, goal_id, score, verdict, {GOAL} as goal
        from (
          select proposals.passage_id, proposals.goal_id, proposals.score, decisions.verdict
          from passages
          join proposals on proposals.passage_id = passages.id
          left join current_decisions as decisions
            on decisions.passage_id = proposals.passage_id and decisions.proposed_goal_id = proposals.goal_id
          where passages.document_id = :document_id
            and (decisions.verdict is not 'changed' or decisions.goal_id = proposals.goal_id)
          union
          select decisions.passage_id, decisions.goal_id, null, decisions.verdict
          from passages
          join current_decisions as decisions on decisions.passage_id = passages.id
          where passages.document_id = :document_id
            and (decisions.verdict = 'added'
              or (decisions.verdict = 'changed' and decisions.goal_id <> decisions.proposed_goal_id))
        )
        join goals on goals.id = goal_id
        order by passage_id, score is null, score desc
    """
    return rows(conn, sql, document_id=document_id)


def entities_in_document(conn: sqlite3.Connection, document_id: str) -> list[Row]:
    sql = """
        select entities.id, entities.kind, entities.name, count(*) as mentions
        from passages
        join mentions on mentions.passage_id = passages.id
        join entities on entities.id = mentions.entity_id
        where passages.document_id = :document_id
        group by entities.id
        order by mentions desc, entities.name
    """
    return rows(conn, sql, document_id=document_id)


def document_name(conn: sqlite3.Connection, id: str) -> str:
    """What to call a document: its title, else the name of its file."""
    found = document_row(conn, id)
    return name_of(found) if found else id


def name_of(document: Row) -> str:
    return str(document["title"] or Path(document["path"]).name)


def passage_text(conn: sqlite3.Connection, id: str) -> str:
    found = row(conn, "select text from passages where id = :id", id=id)
    return str(found["text"]) if found else ""


def documents_by_status(conn: sqlite3.Connection) -> list[Row]:
    sql = "select status, count(*) as documents from documents group by status order by documents desc, status"
    return rows(conn, sql)


def entities_by_kind(conn: sqlite3.Connection) -> list[Row]:
    return rows(conn, "select kind, count(*) as entities from entities group by kind")


def counts_of_passages(conn: sqlite3.Connection) -> Row:
    sql = """
        with kinds as (
          select kind, count(*) as many from passages group by kind
          union all
          select kind, -count(*) from passages indexed by passages_retired where retired_at is not null group by kind
        )
        select coalesce(sum(many), 0) as passages,
               coalesce(sum(many) filter (where kind in (select value from json_each(:content))), 0) as content
        from kinds
    """
    return rows(conn, sql, content=json.dumps(sorted(CONTENT)))[0]


def count_of_decisions(conn: sqlite3.Connection) -> int:
    sql = """
        select count(*) as decided
        from current_decisions join passages on passages.id = current_decisions.passage_id
        where passages.replaced_by is null
    """
    return int(rows(conn, sql)[0]["decided"])


def latest_run(conn: sqlite3.Connection) -> Row | None:
    return row(conn, "select * from runs order by started desc limit 1")


def goals_by_state(conn: sqlite3.Connection) -> list[Row]:
    return rows(conn, QUERIES["activities_by_goal"].sql)
