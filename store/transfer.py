"""A whole store into another place, from a file of SQLite to PostgreSQL or back: every table, row and decision."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from goalmap.ingest.errors import GoalmapError
from goalmap.store.database import immediate, open_database
from goalmap.store.exchange.files import in_place_of, one_moment
from goalmap.store.postgres.address import Place

BATCH = 1000
LAST = ("decisions", "withdrawals", "proposals")
"""Tables in this order after all others, since what is said closes and opens the proposals that are there."""
STEPS = "_sqlite_migrations"
TABLES = """
select name from sqlite_master where type = 'table' and name not like '%!_fts%' escape '!' and name not like 'sqlite!_%' escape '!'
"""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied."""

    tables: int
    rows: int
    documents: int
    decisions: int


def copy_store(source: Place, target: Place, replace: bool = False) -> Copied:
    """Copy a store to a place where there is none. Raises GoalmapError, NotFound or NotOurDatabase.

    `replace`: a file that is there makes room for the copy, once that is whole. A PostgreSQL database never does.
    """
    if isinstance(target, Path):
        return _into_file(source, target, replace)
    with closing(open_database(target, create=True)) as into:
        if into.execute("select exists (select 1 from runs)").fetchall() == [(1,)]:
            raise GoalmapError(f"{target} holds a store already. Copy into a database that is new.")
        return _copied(source, into)


def _into_file(source: Place, target: Path, replace: bool) -> Copied:
    if target.exists() and not replace:
        raise GoalmapError(f"{target} is there already. Choose another name, or replace it with --force.")
    with in_place_of(target) as temporary:
        temporary.unlink(missing_ok=True)
        with closing(open_database(temporary, create=True)) as into:
            copied = _copied(source, into)
            into.conn.execute("pragma journal_mode = delete")  # so that the copy is one file
        return copied


def _copied(source: Place, into: Database) -> Copied:
    with closing(open_database(source)) as store, one_moment(store), immediate(into):
        into.execute("pragma defer_foreign_keys = on")
        counts = {table: _copy_table(store, into, table) for table in _tables(store)}
    return Copied(len(counts), sum(counts.values()), counts["documents"], counts["decisions"])


def _tables(store: Database) -> list[str]:
    names = sorted(name for (name,) in store.execute(TABLES) if name != STEPS)
    return sorted(names, key=lambda name: LAST.index(name) if name in LAST else -1)


def _copy_table(store: Database, into: Database, table: str) -> int:
    names = [column.name for column in into.table(table).columns]
    told = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    number = 0
    for rows in _batches(store, table, told):
        into.conn.executemany(f"insert into {table} ({told}) values ({marks})", rows)
        number += len(rows)
    return number


def _batches(store: Database, table: str, told: str) -> Iterator[list[tuple[object, ...]]]:
    """The rows in the order of their writing, some at a time."""
    number = _number(store, table)
    sql = f"select {number}, {told} from {table} where {number} > ? order by {number} limit {BATCH}"
    last = -1
    while rows := store.execute(sql, [last]).fetchall():
        yield [row[1:] for row in rows]
        last = rows[-1][0]


def _number(store: Database, table: str) -> str:
    """The column that numbers the rows of a table."""
    return (
        "id" if any(one.name == "id" and "int" in one.type.lower() for one in store.table(table).columns) else "rowid"
    )
