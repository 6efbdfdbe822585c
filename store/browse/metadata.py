"""What Datasette is told about a goalmap database: descriptions, facets, labels and questions."""

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.store.browse.questions import QUERIES, Query
from goalmap.store.descriptions import COLUMNS, TABLES

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
    "since": "From when it holds",
    "source": "Where it comes from",
    "stage": "delivered, ongoing, planned or aspiration",
    "start": "First character in the passage's text",
    "started": "When it began",
    "title": "What it is called",
    "until": "Until when it holds",
    "verdict": "accepted, rejected, changed or added",
    "version": "The version",
    "words": "Number of words",
}
"""Columns that mean the same wherever they stand; schema.COLUMNS speaks first."""

VIEWS_OF = {"current_decisions": "decisions", "unattached_decisions": "decisions"}
"""Views that have the columns of a table."""

OPTIONS: dict[str, dict[str, Any]] = {
    "documents": {"label_column": "title", "facets": ["status", "kind", "publisher"], "sort_desc": "published"},
    "passages": {"label_column": "text", "facets": ["kind", {"array": "goals"}], "sort": "position", "size": 50},
    "entities": {"label_column": "name", "facets": ["kind"], "sort": "name"},
    "document_entities": {"label_column": "name", "facets": ["kind"]},
    "entity_names": {"facets": ["kind", "source"]},
    "entity_merges": {"facets": ["kind", "rule"], "sort": "name"},
    "entity_suggestions": {"facets": ["kind", "rule"]},
    "entity_decisions": {"facets": ["verdict", "kind", "reviewer"], "sort_desc": "id"},
    "gazetteer": {"label_column": "name", "facets": ["kind", "source"], "sort": "name"},
    "coreferences": {"label_column": "surface"},
    "measures": {"facets": ["kind", "year"]},
    "mentions": {"label_column": "surface", "facets": ["rule"]},
    "roles": {"label_column": "title", "facets": ["former", "organisation_id"], "sort": "title"},
    "quotations": {"facets": ["speaker_id"]},
    "memberships": {"label_column": "kind", "facets": ["kind"]},
    "figures": {"facets": ["unit"], "sort_desc": "value"},
    "frameworks": {"label_column": "name"},
    "goals": {"label_column": "label", "facets": ["framework_id"], "sort": "position"},
    "proposals": {"facets": ["goal_id", "stage", "open"], "sort_desc": "score", "size": 50},
    "decisions": {"facets": ["verdict", "reviewer"], "sort_desc": "id"},
    "current_decisions": {"facets": ["verdict", "reviewer"], "sort_desc": "id"},
    "withdrawals": {"facets": ["reviewer"], "sort_desc": "id"},
    "waiting_decisions": {"facets": ["kind", "reason"]},
    "candidates": {"facets": ["goal_id"], "sort_desc": "score"},
    "reading_answers": {"facets": ["reading_id", "verdict", "reviewer"], "sort_desc": "id"},
    "audit_answers": {"facets": ["verdict", "reviewer"], "sort_desc": "id"},
    "unattached_decisions": {"facets": ["verdict", "reviewer"], "sort_desc": "id"},
    "activities": {
        "label_column": "title",
        "facets": ["status", "stage", {"array": "goals"}],
        "sort": "title",
        "size": 50,
    },
    "activity_decisions": {"facets": ["verdict", "reviewer"], "sort_desc": "id"},
    "runs": {"label_column": "started", "sort_desc": "started"},
}

LARGE = 50_000
"""Rows of a table above which its own facets would take longer than Datasette waits for one."""
FACETS_OF_LARGE: dict[str, list[str]] = {"passages": [], "mentions": [], "document_entities": []}
"""What such tables keep: nothing that a search would have to count. Goals are counted in the facets of proposals, in the dashboard and in the overview."""


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
        "columns": described_columns(name, [column.name for column in db[name].columns]),
        "hidden": name in HIDDEN,
        **_options(db, name),
    }


def _options(db: Database, name: str) -> dict[str, Any]:
    told = OPTIONS.get(name, {})
    is_large = name in FACETS_OF_LARGE and db.execute(f"select 1 from {name} limit 1 offset {LARGE}").fetchone()
    return {**told, "facets": FACETS_OF_LARGE[name]} if is_large else told


def described_columns(table: str, names: list[str]) -> dict[str, str]:
    """What the columns of a table mean, as far as that is not plain from their names."""
    told = SHARED_COLUMNS | COLUMNS.get(VIEWS_OF.get(table, table), {})
    return {name: told[name] for name in names if name in told}


def _query(query: Query) -> dict[str, Any]:
    return {"title": query.title, "description": query.description, "sql": query.sql.strip(), "hide_sql": True}
