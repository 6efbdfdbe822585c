"""All that a store holds, to compare it with what it held before; the same for SQLite and PostgreSQL."""

from typing import Any

from sqlite_utils import Database


def dump(db: Database) -> list[str]:
    """Every row of every table."""
    return [f"{table} {row}" for table, rows in rows_of(db).items() for row in rows]


def place_of(db: Database) -> str:
    """What `--db` names this store by."""
    if address := getattr(db.conn, "address", None):
        return str(address.text)
    return str(db.execute("pragma database_list").fetchone()[2])


def rows_of(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each table, with the columns by their names, but for the steps that made them and indexes of words."""
    tables = sorted(name for name in db.table_names() if "_fts" not in name and not name.startswith(("_", "sqlite_")))
    return {
        name: sorted(db.execute(f"select {_columns(db, name)} from {name}").fetchall(), key=repr) for name in tables
    }


def _columns(db: Database, table: str) -> str:
    return ", ".join(sorted(f'"{column.name}"' for column in db.table(table).columns))
