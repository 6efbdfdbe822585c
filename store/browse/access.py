"""Which of the databases that Datasette has open are goalmap's, and who may see our pages of them."""

import sqlite3
from typing import Any
from weakref import WeakKeyDictionary

from goalmap.store.browse.datasette_compat import may_see_table

TABLES_SHOWN = (
    "documents",
    "passages",
    "entities",
    "document_entities",
    "entity_names",
    "entity_merges",
    "entity_suggestions",
    "entity_decisions",
    "mentions",
    "coreferences",
    "roles",
    "memberships",
    "quotations",
    "figures",
    "measures",
    "goals",
    "proposals",
    "decisions",
    "activities",
    "activity_passages",
    "activity_decisions",
)
"""Whoever may not see one of these tables may not see our pages either."""

_OURS: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


async def is_ours(datasette: Any, database: str | None) -> bool:
    """Whether a database is goalmap's; looked up once for each database that is open."""
    db = datasette.databases.get(database)
    if db is None:
        return False
    if db not in _OURS:
        _OURS[db] = await db.execute_fn(has_our_tables)
    return _OURS[db]


def has_our_tables(conn: sqlite3.Connection) -> bool:
    """Whether goalmap made this database."""
    tables = "select count(*) from sqlite_master where name in ('documents', 'passages', '_sqlite_migrations')"
    steps = "select count(*) from _sqlite_migrations where migration_set = 'goalmap'"
    try:
        return bool(conn.execute(tables).fetchone()[0] == 3 and conn.execute(steps).fetchone()[0])
    except sqlite3.Error:
        return False


async def may_see(datasette: Any, actor: dict[str, Any] | None, database: str) -> bool:
    """Whether Datasette would show this actor the tables that our pages show."""
    return all([await may_see_table(datasette, actor, database, table) for table in TABLES_SHOWN])
