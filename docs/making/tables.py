"""The page of the database: each table and column of a new one, with what it means."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database
from sqlite_utils.db import Table, View

from docs.making.markdown import code, link, table, text
from goalmap.store.browse.metadata import SHARED_COLUMNS
from goalmap.store.database import open_database
from goalmap.store.descriptions import COLUMNS, TABLES

OPENING = """
goalmap keeps everything in one SQLite file (or a PostgreSQL database with the same tables), which any program may read: `sqlite3 goalmap.db`,
Datasette, pandas, R. Read as much as you like; write through goalmap alone, or decisions lose their history. The browser shows the same words
beside each column.

Identifiers are hashes of content, so the same folder gives the same identifiers on any machine. Times are UTC, dates are as exact as they are
known: `2024`, `2024-03` or `2024-03-04`.
"""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# Tables and columns", OPENING)
    with TemporaryDirectory() as folder, closing(open_database(Path(folder) / "new.db", create=True)) as db:
        for name in TABLES:
            yield from _told(db, name)


def _told(db: Database, name: str) -> Iterator[str]:
    shown: Table | View = db[name]
    yield from (f"## {name}", "")
    yield from (f"{text(TABLES[name])}{' A view.' if isinstance(shown, View) else ''}", "")
    leads = {key.column: key.other_table for key in shown.foreign_keys} if isinstance(shown, Table) else {}
    rows = [
        (code(column.name), (column.type or "").lower(), text(meaning_of(name, column.name)), _lead(leads, column.name))
        for column in shown.columns
    ]
    yield from table(("column", "type", "meaning", "leads to"), rows)


def meaning_of(table: str, column: str) -> str:
    """What a column holds, as the browser says it. Raises KeyError where nobody has written it down."""
    own = COLUMNS.get(table, {})
    return own[column] if column in own else SHARED_COLUMNS[column]


def _lead(leads: Mapping[str | None, str], column: str) -> str:
    return link(leads[column]) if column in leads else ""
