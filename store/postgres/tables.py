"""The part of sqlite_utils' interface that the store uses, on PostgreSQL."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlite_utils.db import Database as SqliteDatabase
from sqlite_utils.db import NotFoundError

from goalmap.store.postgres.address import Address
from goalmap.store.postgres.connection import BATCH, Connection, Rows, Values, plain

Row = Mapping[str, Any]

KINDS = {str: "text", int: "bigint", float: "double precision", bytes: "bytea"}
LONG = frozenset(["path", "publisher", "name", "name_key", "source", "unit"])
"""Columns with texts of any length, of which the usual index of PostgreSQL takes some 2,700 bytes."""
MOST = 63
"""Signs of a name."""
COLUMNS = """
select a.attname name, format_type(a.atttypid, a.atttypmod) "type", a.attnotnull required, a.attname = 'id' and a.atthasdef counted,
  coalesce(a.attnum = any (i.indkey), false) in_key
from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
where a.attrelid = to_regclass(:table) and a.attnum > 0 and not a.attisdropped and a.attname <> 'rowid' order by a.attnum
"""
NAMES = """
select c.relname from pg_class c
where c.relnamespace = 'goalmap'::regnamespace and c.relkind = ? order by c.oid
"""
KEEP_VIEW = """
insert into views (name, sql) values (?, ?) on conflict (name) do update set sql = excluded.sql
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    required: int
    counted: int
    """Whether it numbers the rows, in the order in which they were said."""
    is_pk: int


class Database:
    """A store on PostgreSQL with the methods of sqlite_utils' Database that goalmap calls."""

    quote_fts = SqliteDatabase.quote_fts

    def __init__(self, address: Address) -> None:
        self.conn = Connection(address)
        self._tables: dict[str, Table] = {}
        self._is_changed = False

    def __getitem__(self, name: str) -> "Table":
        return self.table(name)

    def table(self, name: str) -> "Table":
        return self._tables.setdefault(name, Table(self, name))

    def execute(self, sql: str, values: Values | None = None) -> Rows:
        first, *others = sql.split(maxsplit=3)
        if first.lower() in ("alter", "create", "drop"):
            self.changed()
        if (first.lower(), *others[:1]) == ("drop", "view"):
            return self._drop_view(others[1])
        return self.conn.execute(sql, values)

    def query(self, sql: str, values: Values | None = None) -> Iterator[dict[str, Any]]:
        rows = self.conn.execute(sql, values)
        names = [column[0] for column in rows.description or ()]
        return (dict(zip(names, row, strict=True)) for row in rows)

    def table_names(self) -> list[str]:
        return [name for (name,) in self.execute(NAMES, ["r"])]

    def view_names(self) -> list[str]:
        return [name for (name,) in self.execute(NAMES, ["v"])]

    def create_view(self, name: str, sql: str) -> None:
        """A view, kept as it was said, so that it can be made anew when what it stands on has changed."""
        self.execute(KEEP_VIEW, [name, sql])
        self.conn.execute(f"create view {name} as {sql}")

    def _drop_view(self, name: str) -> Rows:
        """Forget a view; those that stand on it go with it until all are made anew."""
        self.execute("update views set sql = null where name = ?", [name])
        return self.conn.execute(f"drop view {name} cascade")

    def _renew_views(self) -> None:
        """Make all views anew: PostgreSQL gives `*` the columns that a table had when the view was made."""
        views = self.execute("select name, sql from views where sql is not null order by position").fetchall()
        for name, _ in views:
            self.conn.run(f"drop view if exists {name} cascade")
        for name, sql in views:
            self.conn.execute(f"create view {name} as {sql}")
        self._is_changed = False

    @contextmanager
    def atomic(self) -> Iterator["Database"]:
        """Statements that all hold or none; within a transaction a part of it."""
        name = f"step_{secrets.token_hex(4)}"
        begin, done, failed = (
            (f"savepoint {name}", f"release savepoint {name}", f"rollback to savepoint {name}")
            if self.conn.in_transaction
            else ("begin immediate", "commit", "rollback")
        )
        self.execute(begin)
        try:
            yield self
            if self._is_changed:
                self._renew_views()
        except BaseException:
            self.execute(failed)
            raise
        self.execute(done)

    def changed(self) -> None:
        """Look tables up anew, and make views anew at the end of the step, after one of the tables changed."""
        self._tables.clear()
        self._is_changed = True

    def close(self) -> None:
        self.conn.close()


class Table:
    """A table with the methods of sqlite_utils' Table that goalmap calls."""

    def __init__(self, db: Database, name: str) -> None:
        self.db = db
        self.name = name
        self._columns: tuple[Column, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        if not self._columns:
            self._columns = tuple(Column(*row) for row in self.db.execute(COLUMNS, {"table": self.name}))
        return self._columns

    @property
    def pks(self) -> list[str]:
        return [column.name for column in self.columns if column.is_pk] or ["rowid"]

    @property
    def count(self) -> int:
        return int(self.db.execute(f"select count(*) from {self.name}").fetchall()[0][0])

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        return self.rows_where()

    def exists(self) -> bool:
        return bool(self.columns)

    def rows_where(
        self, where: str = "true", values: Values | None = None, *, order_by: str = "rowid"
    ) -> Iterator[dict[str, Any]]:
        order = self.pks[0] if order_by == "rowid" and any(column.counted for column in self.columns) else order_by
        return self.db.query(f"select * from {self.name} where {where} order by {order}", values)

    def get(self, key: Any) -> dict[str, Any]:
        """The row with that key. Raises NotFoundError."""
        for row in self.rows_where(f"{self.pks[0]} = ?", [key]):
            return row
        raise NotFoundError(f"no row {key!r} in {self.name}")

    def create(
        self,
        columns: Mapping[str, type],
        *,
        pk: str | Sequence[str],
        not_null: Iterable[str] = (),
        foreign_keys: Iterable[tuple[str, str, str]] = (),
        column_order: Sequence[str] = (),
    ) -> "Table":
        keys = (pk,) if isinstance(pk, str) else tuple(pk)
        names = [*column_order, *(name for name in columns if name not in column_order)]
        told = [_column(name, columns[name], name in not_null) for name in names]
        if columns[keys[0]] is int:
            told[names.index(keys[0])] += f" default goalmap_sqlite.next_id('{self.name}')"
        else:
            told.append("rowid bigint generated by default as identity unique")
        told.append(f"primary key ({_list(keys)})")
        told.extend(_reference(*key) for key in foreign_keys)
        self.db.conn.run(f'create table "{self.name}" ({", ".join(told)})')
        self.db.changed()
        return self

    def create_index(self, columns: Sequence[str], *, unique: bool = False) -> "Table":
        name = f"idx_{self.name}_{'_'.join(columns)}"[:MOST]
        if long := next((column for column in columns if column in LONG), None):
            self._index_long(name, long, unique)
        else:
            kind = "unique index" if unique else "index"
            self.db.execute(f'create {kind} "{name}" on "{self.name}" ({_list(columns)})')
        return self

    def _index_long(self, name: str, column: str, unique: bool) -> None:
        """An index on what a text hashes to."""
        self.db.conn.run(f'create index "{name}" on "{self.name}" using hash ("{column}")')
        if unique:
            self.db.conn.run(f'create unique index "{name[: MOST - 5]}_once" on "{self.name}" (md5("{column}"))')

    def add_column(self, name: str, kind: type) -> "Table":
        self.db.conn.run(f'alter table "{self.name}" add column {_column(name, kind, False)}')
        self.db.changed()
        return self

    def drop(self) -> None:
        self.db.conn.run(f'drop table "{self.name}"')
        self.db.changed()

    def enable_fts(self, columns: Sequence[str], **_: object) -> "Table":
        """Full text: an index on the words themselves, and a view that is asked as SQLite's table is."""
        held = " || ' ' || ".join(f"coalesce({name}, '')" for name in columns)
        words = f"goalmap_sqlite.words({held})"
        self.db.conn.run(f"""
            create index {self.name}_words on {self.name} using gin ({words});
            create view {self.name}_fts as select rowid, {words} as {self.name}_fts from {self.name}""")
        return self

    def insert(self, row: Row, *, ignore: bool = False, replace: bool = False, **_: object) -> "Table":
        return self.insert_all([row], ignore=ignore, replace=replace)

    def upsert(self, row: Row, **_: object) -> "Table":
        return self.insert_all([row], replace=True)

    def upsert_all(self, rows: Iterable[Row], **_: object) -> "Table":
        return self.insert_all(rows, replace=True)

    def insert_all(self, rows: Iterable[Row], *, ignore: bool = False, replace: bool = False, **_: object) -> "Table":
        remaining = iter(rows)
        while batch := list(islice(remaining, BATCH)):
            self._insert(batch, ignore, replace)
        return self

    def _insert(self, rows: Sequence[Row], ignore: bool, replace: bool) -> None:
        kinds = {column.name: column for column in self.columns}
        given = dict.fromkeys(name for row in rows for name in row)
        names = [name for name in given if not (kinds[name].counted and all(row.get(name) is None for row in rows))]
        marks = f"({', '.join('?' for _ in names)})"
        values = [_kept(row.get(name), kinds[name].type) for row in rows for name in names]
        ending = " on conflict do nothing" if ignore else self._replacing(names) if replace else ""
        sql = f'insert into "{self.name}" ({_list(names)}) values {", ".join([marks] * len(rows))}{ending}'
        self.db.conn.write(sql, values)

    def _replacing(self, names: Sequence[str]) -> str:
        changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in self.pks)
        return f" on conflict ({_list(self.pks)}) do {f'update set {changed}' if changed else 'nothing'}"

    def update(self, key: Any, changes: Row) -> "Table":
        """Change the row with that key. Raises NotFoundError."""
        kinds = {column.name: column.type for column in self.columns}
        keys = [key] if not isinstance(key, tuple | list) else [*key]
        told = ", ".join(f'"{name}" = ?' for name in changes)
        same = " and ".join(f'"{name}" = ?' for name in self.pks)
        values = [_kept(value, kinds[name]) for name, value in changes.items()]
        if changes and not self.db.execute(f'update "{self.name}" set {told} where {same}', values + keys).rowcount:
            raise NotFoundError(f"no row {key!r} in {self.name}")
        return self


def _column(name: str, kind: type, required: bool) -> str:
    return f'"{name}" {KINDS[kind]}{" not null" if required else ""}'


def _reference(column: str, table: str, other: str) -> str:
    """A reference that is checked at the end of a statement, or of the transaction where that is asked for."""
    return f'foreign key ("{column}") references "{table}" ("{other}") deferrable initially immediate'


def _list(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _kept(value: Any, kind: str) -> Any:
    """A value of the column's kind, as SQLite would make it one."""
    value = plain(value)
    if value is not None and kind == "text" and not isinstance(value, str):
        return value.decode() if isinstance(value, bytes) else str(value)
    return value
