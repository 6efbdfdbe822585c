"""A table brought to the rows that it should hold, without touching those that are there already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

Rows = set[tuple[Any, ...]]
Named = Mapping[str, Any]
"""A row by the names of its columns."""


@dataclass(frozen=True, slots=True)
class Change:
    """The rows of a table that go, and those that come."""

    table: str
    columns: Sequence[str]
    gone: Rows
    new: Rows


@dataclass(frozen=True, slots=True)
class Statement:
    """Something to be written, once for each of the rows."""

    sql: str
    rows: Sequence[tuple[Any, ...]]


def carry_out(db: Database, statements: Iterable[Statement]) -> None:
    """Write it all, in order. Call it inside `immediate`."""
    for statement in statements:
        db.conn.executemany(statement.sql, statement.rows)


def change_to(db: Database, table: str, wanted: Rows) -> Change:
    """What brings a table to these rows, each with all columns in the order of the table."""
    columns = [column.name for column in db.table(table).columns]
    there = set(db.execute(f"select {', '.join(columns)} from {table}").fetchall())
    return Change(table, columns, there - wanted, wanted - there)


def apply(db: Database, change: Change) -> None:
    """Carry a change out. Call it inside `immediate`."""
    carry_out(db, statements_of(db, change))


def statements_of(db: Database, change: Change) -> tuple[Statement, Statement]:
    """What carries a change out."""
    keys = db.table(change.table).pks
    same = " and ".join(f"{column} {'=' if column in keys else 'is'} ?" for column in change.columns)
    return (
        Statement(f"delete from {change.table} where {same}", sorted(change.gone, key=repr)),
        Statement(_insert(change.table, change.columns), sorted(change.new, key=repr)),
    )


def insert(db: Database, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        db.conn.executemany(_insert(table, [column.name for column in db.table(table).columns]), rows)


def add(db: Database, table: str, rows: Iterable[Named], but_known: bool = False) -> None:
    """New rows, all with the same columns; `but_known` passes over those whose keys are there."""
    _write(db, table, list(rows), " on conflict do nothing" if but_known else "")


def put(db: Database, table: str, rows: Iterable[Named], key: str = "id") -> None:
    """The same; of those that are there, the columns given are written anew."""
    told = list(rows)
    if told:
        written = ", ".join(f'"{name}" = excluded."{name}"' for name in told[0] if name != key)
        _write(db, table, told, f" on conflict ({key}) do update set {written}")


def _write(db: Database, table: str, rows: Sequence[Named], where_known: str) -> None:
    if rows:
        db.conn.executemany(_insert(table, list(rows[0])) + where_known, [tuple(row.values()) for row in rows])


def _insert(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"insert into {table} ({names}) values ({', '.join('?' for _ in columns)})"
