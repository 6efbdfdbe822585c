"""A table brought to the rows that it should hold, without touching those that are there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

Rows = set[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """The rows of a table that go, and those that come."""

    table: str
    columns: Sequence[str]
    gone: Rows
    new: Rows


def change_to(db: Database, table: str, wanted: Rows) -> Change:
    """What brings a table to these rows, each with all columns in the order of the table."""
    columns = [column.name for column in db.table(table).columns]
    there = set(db.execute(f"select {', '.join(columns)} from {table}").fetchall())
    return Change(table, columns, there - wanted, wanted - there)


def apply(db: Database, change: Change) -> None:
    """Carry a change out. Call it inside `immediate`."""
    same = " and ".join(f"{column} is ?" for column in change.columns)
    db.conn.executemany(f"delete from {change.table} where {same}", sorted(change.gone, key=repr))
    insert(db, change.table, sorted(change.new, key=repr))


def insert(db: Database, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        db.conn.executemany(f"insert into {table} values ({marks})", rows)
