"""A connection to PostgreSQL that takes the statements and values that SQLite takes, and raises SQLite's errors."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeAlias

import psycopg
from psycopg import pq
from psycopg.adapt import Loader
from psycopg.types.string import StrDumper

from goalmap.ingest.errors import NotFound
from goalmap.store.postgres.address import Address
from goalmap.store.postgres.dialect import numbered, translated

Raw: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"
_SELECTED = re.compile(r"\bfrom\b", re.IGNORECASE)
"""Where the columns of a question end."""
Values: TypeAlias = Sequence[Any] | Mapping[str, Any]

BATCH = 500
START_SECONDS = 10
ERRORS: tuple[tuple[type[psycopg.Error], type[sqlite3.Error]], ...] = (
    (psycopg.errors.LockNotAvailable, sqlite3.OperationalError),
    (psycopg.IntegrityError, sqlite3.IntegrityError),
    (psycopg.OperationalError, sqlite3.OperationalError),
    (psycopg.ProgrammingError, sqlite3.OperationalError),
    (psycopg.InterfaceError, sqlite3.ProgrammingError),
    (psycopg.Error, sqlite3.DatabaseError),
)
"""What the rest of goalmap knows each error of PostgreSQL as; the first that fits."""


class _Truth(Loader):
    """SQLite says 1 and 0."""

    def load(self, data: Any) -> int:
        return int(data == b"t")


class _Number(Loader):
    """A sum or a mean as SQLite gives it."""

    def load(self, data: Any) -> int | float:
        text = bytes(data)
        return int(text) if text.lstrip(b"-").isdigit() else float(text)


class _Text(StrDumper):
    """PostgreSQL keeps no NUL in a text; the sign for what cannot be shown stands in its place, so that offsets hold."""

    def dump(self, obj: Any) -> Any:
        return super().dump(obj.replace("\0", "\ufffd") if "\0" in obj else obj)


class Rows:
    """What a statement gave, read like a cursor of SQLite."""

    def __init__(self, columns: Sequence[str], rows: list[tuple[Any, ...]], count: int) -> None:
        self.description = [(name, None, None, None, None, None, None) for name in columns] if columns else None
        self.rowcount = count
        self._rows = iter(rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        return list(islice(self._rows, size))

    def fetchall(self) -> list[tuple[Any, ...]]:
        return list(self._rows)


class Connection:
    """One connection; statements stand alone until one begins a transaction, as goalmap does it with SQLite."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.raw = _connected(address)

    @property
    def in_transaction(self) -> bool:
        return self.raw.info.transaction_status != pq.TransactionStatus.IDLE

    def execute(self, sql: str, values: Values | None = None) -> Rows:
        """Run a statement of SQLite. Raises the errors of sqlite3."""
        with _errors(), self.raw.cursor() as cursor:
            statement = translated(sql)
            given = _given(values)
            cursor.execute(statement, numbered(given) if "%(p1)s" in statement else given)
            return _rows(cursor, sql)

    def write(self, sql: str, values: Sequence[Any]) -> None:
        """Run a statement that has not been run in this shape before, and is not kept."""
        with _errors(), self.raw.cursor() as cursor:
            cursor.execute(sql.replace("?", "%s"), _given(values))

    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        """Run a statement for each of these values, many at a time."""
        statement = translated(sql)
        remaining = iter(rows)
        with _errors(), psycopg.ClientCursor(self.raw) as cursor:
            while batch := [cursor.mogrify(statement, _given(values)) for values in islice(remaining, BATCH)]:
                cursor.execute(";\n".join(batch))

    def executescript(self, sql: str) -> None:
        """Run several statements of SQLite, one after the other."""
        for statement in sql.split(";\n"):
            if statement.strip():
                self.execute(statement)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run statements of PostgreSQL as they are."""
        with _errors(), self.raw.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def create_function(self, name: str, *_: object, **__: object) -> None:
        """Functions that SQLite is given by Python stand in PostgreSQL already (functions.sql)."""

    def commit(self) -> None:
        """Keep what was written. Raises sqlite3.OperationalError where a statement failed, so that nothing was."""
        if self.raw.info.transaction_status == pq.TransactionStatus.INERROR:
            self.rollback()
            raise sqlite3.OperationalError("a statement failed before; nothing was written")
        with _errors():
            self.raw.commit()

    def rollback(self) -> None:
        with _errors():
            self.raw.rollback()

    def close(self) -> None:
        self.raw.close()


def _connected(address: Address) -> Raw:
    try:
        raw = psycopg.connect(
            address.text,
            autocommit=True,
            cursor_factory=psycopg.ClientCursor,
            connect_timeout=START_SECONDS,
            application_name="goalmap",
        )
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise NotFound(
            f"{address} cannot be reached: {reason}. Is the server running, and is the address right?"
        ) from error
    raw.adapters.register_loader("bool", _Truth)
    raw.adapters.register_loader("numeric", _Number)
    raw.adapters.register_dumper(str, _Text)
    raw.execute(
        "set search_path to goalmap, goalmap_sqlite; set client_min_messages to warning; set client_encoding to utf8"
    )
    return raw


def _given(values: Values | None) -> Any:
    """The values as psycopg takes them."""
    if isinstance(values, Mapping):
        return {name: plain(value) for name, value in values.items()}
    return [plain(value) for value in values or ()]


def plain(value: Any) -> Any:
    """A value as SQLite would keep it."""
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value, ensure_ascii=False, default=repr) if isinstance(value, dict | list | tuple) else value


def _rows(cursor: "psycopg.Cursor[tuple[Any, ...]]", sql: str) -> Rows:
    while cursor.nextset():
        pass
    if not cursor.description:
        return Rows((), [], cursor.rowcount)
    columns = [column.name for column in cursor.description]
    rows = cursor.fetchall()
    if "rowid" in columns and "rowid" not in _SELECTED.split(sql, 1)[0].lower():
        kept = [place for place, name in enumerate(columns) if name != "rowid"]
        columns, rows = [columns[at] for at in kept], [tuple(row[at] for at in kept) for row in rows]
    return Rows(columns, rows, cursor.rowcount)


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        known = next(ours for theirs, ours in ERRORS if isinstance(error, theirs))
        raise known(str(error).strip()) from error
