"""What Datasette is told about a goalmap database: descriptions, facets, labels, and the questions analysts ask."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.store.schema import COLUMNS, TABLES

SIGNED_IN = {"id": "*"}
"""Anybody with a name: whoever opened the one-time address."""

HIDDEN = frozenset({"exports", "export_rows", "_sqlite_migrations"})
INTERNAL = {"_sqlite_migrations": "The steps that brought this database to its present shape."}
DESCRIBED = TABLES | INTERNAL
"""All others (the parts of the search indexes) are hidden."""

SHARED_COLUMNS = {
    "id": "Identifier, the same in every run",
    "activity_id": "The activity",
    "aliases": "Other forms met",
    "applied_at": "When it was applied",
    "as_of": "Date of the document that says so",
    "best_practice": "1 where it is marked as best practice",
    "code": "The published code",
    "command": "What was asked for",
    "counts": "What was counted",
    "created": "When it was written",
    "decided_at": "When it was decided",
    "document_id": "The document it stands in",
    "end": "Character after the last in the passage's text",
    "engine": "What the work ran on: serial, processes or dask",
    "entity_id": "Who or what is named",
    "export_id": "The review queue",
    "family": "The group of goals it belongs to; empty where the framework has none",
    "finished": "When it ended; empty while it runs and where it was interrupted",
    "framework_id": "The framework it belongs to",
    "goal_id": "The goal",
    "heading": "The heading above it",
    "initiative_id": "The initiative it is part of",
    "kind": "What it is",
    "language": "Language code, as the file says or as it reads",
    "media_type": "What the file is: application/pdf, text/html ...",
    "member_id": "Who chairs, belongs or partners",
    "migration_set": "Whose step it is",
    "name": "Its name",
    "note": "The reviewer's remark",
    "organisation_id": "The organisation; empty where the text does not tell",
    "owner_id": "The organisation that acts",
    "pages": "Number of pages (PDF)",
    "passage_id": "The passage it stands in",
    "person_id": "The person",
    "position": "Place in the published order",
    "proposal_id": "The proposal",
    "proposed_goal_id": "The goal that was proposed",
    "publisher": "Who published it",
    "reviewer": "Who decided",
    "rows": "How many rows were written",
    "run_id": "The run that last read it",
    "settings": "The settings it ran with",
    "stage": "delivered, ongoing, planned or aspiration",
    "start": "First character in the passage's text",
    "started": "When it began",
    "title": "What it is called",
    "verdict": "accepted, rejected, changed or added",
    "version": "The version",
    "words": "Number of words",
}
"""Columns that mean the same wherever they stand; schema.COLUMNS speaks first."""

VIEWS_OF = {"current_decisions": "decisions"}
"""Views that have the columns of a table."""

OPTIONS: dict[str, dict[str, Any]] = {
    "documents": {"label_column": "title", "facets": ["status", "kind", "publisher"], "sort_desc": "published"},
    "passages": {"label_column": "text", "facets": ["kind", {"array": "goals"}], "sort": "position", "size": 50},
    "entities": {"label_column": "name", "facets": ["kind"], "sort": "name"},
    "mentions": {"label_column": "surface", "facets": ["rule"]},
    "roles": {"label_column": "title", "facets": ["former", "organisation_id"], "sort": "title"},
    "quotations": {"facets": ["speaker_id"]},
    "memberships": {"label_column": "kind", "facets": ["kind"]},
    "figures": {"facets": ["unit"], "sort_desc": "value"},
    "frameworks": {"label_column": "name"},
    "goals": {"label_column": "label", "facets": ["framework_id"], "sort": "position"},
    "proposals": {"facets": ["goal_id", "stage"], "sort_desc": "score", "size": 50},
    "decisions": {"facets": ["verdict", "reviewer"], "sort_desc": "id"},
    "current_decisions": {"facets": ["verdict", "reviewer"], "sort_desc": "id"},
    "activities": {"label_column": "title", "facets": ["goal_id", "stage"], "sort": "title"},
    "runs": {"label_column": "started", "sort_desc": "started"},
}


@dataclass(frozen=True, slots=True)
class Query:
    """A question that an analyst asks, as Datasette lists it."""

    title: str
    description: str
    sql: str


CALLS = """
with calls as (
  select proposals.goal_id, proposals.passage_id, proposals.stage, 'waiting' as state
  from proposals
  join passages on passages.id = proposals.passage_id
  left join current_decisions
    on current_decisions.passage_id = proposals.passage_id
    and current_decisions.proposed_goal_id = proposals.goal_id
  where current_decisions.id is null
    and passages.retired_at is null
  union all
  select
    current_decisions.goal_id,
    current_decisions.passage_id,
    coalesce(nullif(current_decisions.stage, ''), proposals.stage),
    'accepted'
  from current_decisions
  left join proposals
    on proposals.passage_id = current_decisions.passage_id
    and proposals.goal_id = current_decisions.proposed_goal_id
  where current_decisions.verdict in ('accepted', 'changed', 'added')
  union all
  select proposed_goal_id, passage_id, null, 'rejected'
  from current_decisions
  where verdict = 'rejected'
    or (verdict = 'changed' and goal_id <> proposed_goal_id)
)
""".strip()
"""How each passage stands with each goal: it waits, it was accepted, or it was rejected (also in favour of another)."""

QUERIES = {
    "activities_by_goal": Query(
        "Activities by goal",
        "How many passages were proposed for each goal, how they were decided, and at what stage the work is. "
        "Stages count what was accepted or still waits.",
        f"""
{CALLS}
select
  frameworks.name as framework,
  goals.id as goal_id,
  coalesce(goals.label, goals.code || ' ' || goals.name) as goal,
  count(calls.goal_id) as passages,
  count(*) filter (where state = 'accepted') as accepted,
  count(*) filter (where state = 'waiting') as waiting,
  count(*) filter (where state = 'rejected') as rejected,
  count(*) filter (where state <> 'rejected' and calls.stage = 'delivered') as delivered,
  count(*) filter (where state <> 'rejected' and calls.stage = 'ongoing') as ongoing,
  count(*) filter (where state <> 'rejected' and calls.stage = 'planned') as planned,
  count(*) filter (where state <> 'rejected' and calls.stage = 'aspiration') as aspiration
from goals
join frameworks on frameworks.id = goals.framework_id
left join calls on calls.goal_id = goals.id
group by goals.id
order by frameworks.name, goals.position, goals.code
""",
    ),
    "waiting_for_review": Query(
        "Waiting for review",
        "Proposals that nobody has decided on, the likeliest first. "
        "Give a goal's code or part of its name to see that goal only.",
        """
select
  proposals.passage_id,
  coalesce(goals.label, goals.code || ' ' || goals.name) as goal,
  proposals.score,
  proposals.stage,
  passages.text,
  proposals.reason,
  passages.document_id,
  coalesce(documents.title, documents.path) as document,
  documents.publisher,
  documents.published
from proposals
join goals on goals.id = proposals.goal_id
join passages on passages.id = proposals.passage_id
join documents on documents.id = passages.document_id
where passages.retired_at is null
  and (:goal = '' or goals.code = :goal or goals.name like '%' || :goal || '%')
  and not exists (
    select 1 from decisions
    where decisions.passage_id = proposals.passage_id
      and decisions.proposed_goal_id = proposals.goal_id
  )
order by proposals.score desc, proposals.passage_id
""",
    ),
    "goals_without_evidence": Query(
        "Goals without evidence",
        "Goals for which no passage has been accepted, and what was searched. "
        "Nothing found is a finding only where documents were read and nothing waits.",
        f"""
{CALLS}
select
  frameworks.name as framework,
  goals.id as goal_id,
  coalesce(goals.label, goals.code || ' ' || goals.name) as goal,
  count(*) filter (where state = 'waiting') as waiting,
  count(*) filter (where state = 'rejected') as rejected,
  case
    when count(calls.goal_id) = 0 then 'nothing was proposed'
    when count(*) filter (where state = 'waiting') > 0 then 'proposals wait for review'
    else 'all proposals were rejected'
  end as finding,
  (select count(*) from documents where status in ('ok', 'partial') and duplicate_of is null) as documents_searched
from goals
join frameworks on frameworks.id = goals.framework_id
left join calls on calls.goal_id = goals.id
group by goals.id
having count(*) filter (where state = 'accepted') = 0
order by frameworks.name, goals.position, goals.code
""",
    ),
    "people_and_roles": Query(
        "People and their roles",
        "Who holds or held which post, at which body, according to which document. "
        "Give part of a person's name, a post or an organisation to narrow it.",
        """
select
  people.name as person,
  roles.title,
  organisations.name as organisation,
  case when roles.former then 'former' else '' end as former,
  roles.as_of,
  passages.document_id,
  coalesce(documents.title, documents.path) as document,
  roles.passage_id
from roles
join entities as people on people.id = roles.person_id
left join entities as organisations on organisations.id = roles.organisation_id
join passages on passages.id = roles.passage_id
join documents on documents.id = passages.document_id
where :name = ''
  or people.name like '%' || :name || '%'
  or roles.title like '%' || :name || '%'
  or organisations.name like '%' || :name || '%'
order by people.name, roles.as_of desc, roles.title
""",
    ),
    "quotations_by_person": Query(
        "Quotations by person",
        "What people say, word for word. Give part of a name to hear one person only.",
        """
select
  coalesce(people.name, '(not told)') as speaker,
  substr(passages.text, quotations.start + 1, quotations.end - quotations.start) as quotation,
  documents.published,
  passages.document_id,
  coalesce(documents.title, documents.path) as document,
  quotations.passage_id
from quotations
left join entities as people on people.id = quotations.speaker_id
join passages on passages.id = quotations.passage_id
join documents on documents.id = passages.document_id
where :person = ''
  or people.name like '%' || :person || '%'
order by people.name is null, people.name, documents.published desc, passages.position
""",
    ),
    "organisations": Query(
        "Organisations by number of documents",
        "Which organisations are named, in how many documents and passages.",
        """
select
  entities.id as entity_id,
  entities.name as organisation,
  entities.aliases,
  count(distinct passages.document_id) as documents,
  count(distinct mentions.passage_id) as passages
from entities
join mentions on mentions.entity_id = entities.id
join passages on passages.id = mentions.passage_id
where entities.kind = 'organisation'
group by entities.id
order by documents desc, passages desc, organisation
""",
    ),
    "initiatives_and_goals": Query(
        "Initiatives and their goals",
        "Each initiative with the goals of the passages that name it, accepted or still waiting for review.",
        f"""
{CALLS}
select
  entities.id as entity_id,
  entities.name as initiative,
  coalesce(goals.label, goals.code || ' ' || goals.name) as goal,
  count(distinct calls.passage_id) filter (where state = 'accepted') as accepted,
  count(distinct calls.passage_id) filter (where state = 'waiting') as waiting,
  count(distinct passages.document_id) as documents
from entities
join mentions on mentions.entity_id = entities.id
join passages on passages.id = mentions.passage_id
left join calls on calls.passage_id = mentions.passage_id and calls.state <> 'rejected'
left join goals on goals.id = calls.goal_id
where entities.kind = 'initiative'
group by entities.id, goals.id
order by initiative, accepted desc, waiting desc
""",
    ),
    "figures_by_unit": Query(
        "Figures by unit",
        "Numbers that the documents give, the largest of each unit first. "
        "Give a unit (£, %) to see that one only; counts have none.",
        """
select
  coalesce(nullif(figures.unit, ''), '(count)') as unit,
  figures.value,
  figures.what,
  figures.period,
  passages.text,
  passages.document_id,
  coalesce(documents.title, documents.path) as document,
  figures.passage_id
from figures
join passages on passages.id = figures.passage_id
join documents on documents.id = passages.document_id
where :unit = ''
  or figures.unit = :unit
order by figures.unit, figures.value desc
""",
    ),
    "search_passages": Query(
        "Search passages",
        "Passages with all of the words, best match first; word endings are ignored. "
        'Put a phrase in "quotation marks".',
        """
select
  passages.id as passage_id,
  passages.text,
  passages.heading,
  passages.kind,
  passages.goals,
  passages.document_id,
  coalesce(documents.title, documents.path) as document,
  documents.publisher,
  documents.published
from passages_fts
join passages on passages.rowid = passages_fts.rowid
join documents on documents.id = passages.document_id
where passages_fts match coalesce(nullif(escape_fts(:text), ''), '""')
order by passages_fts.rank
""",
    ),
    "not_read": Query(
        "What was not read, and why",
        "Files that could not be read, or only in part, with what to do about it.",
        """
select
  id as document_id,
  path,
  status,
  problem,
  media_type,
  pages,
  words
from documents
where status <> 'ok'
  or coalesce(problem, '') <> ''
order by status, path
""",
    ),
}


def metadata(db: Database) -> dict[str, Any]:
    """Datasette's metadata for this database: what it shows, how, and to whom."""
    return {
        "title": "goalmap",
        "description": "Who does what towards which goal, with the passages that say so.",
        "allow": SIGNED_IN,
        "databases": {
            database_name(db): {
                "description": "Proposals wait for a person's decision; decisions are kept for good.",
                "tables": {name: _table(db, name) for name in (*db.table_names(), *db.view_names())},
                "queries": {name: _query(query) for name, query in QUERIES.items()},
            }
        },
    }


def database_name(db: Database) -> str:
    """The name under which Datasette serves the file: its stem."""
    files = {name: file for _, name, file in db.conn.execute("pragma database_list")}
    return Path(files["main"]).stem or "goalmap"


def _table(db: Database, name: str) -> dict[str, Any]:
    if name not in DESCRIBED:
        return {"hidden": True}
    return {
        "description": DESCRIBED[name],
        "columns": _columns(name, [column.name for column in db[name].columns]),
        "hidden": name in HIDDEN,
        **OPTIONS.get(name, {}),
    }


def _columns(table: str, names: list[str]) -> dict[str, str]:
    told = SHARED_COLUMNS | COLUMNS.get(VIEWS_OF.get(table, table), {})
    return {name: told[name] for name in names if name in told}


def _query(query: Query) -> dict[str, Any]:
    return {"title": query.title, "description": query.description, "sql": query.sql.strip(), "hide_sql": True}
