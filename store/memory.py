"""The passage memory of a database: a file beside it, of which every worker reads and to which every worker writes.

`goalmap.db-passages` holds no text and no name, only hashes, offsets and numbers. It may be deleted at any time. A file
that is busy, damaged, full or cannot be written is never the cause of a failure: then the models read again.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TypeVar

from sqlite_utils import Database

from goalmap.extract import memory
from goalmap.extract.memory import Key, Reader
from goalmap.ingest.find import MEMORY
from goalmap.store.database import immediate

LARGEST = 4 * 1024**3
"""Bytes of the file: about four million passages."""
PAGE = 4096
FULLEST = 0.9
"""Of its largest size, above which the oldest is dropped."""
DROPPED = 3
"""One in so many entries is dropped then."""
PASSAGES = "labels"
"""The kind of reader that is asked for every passage."""
PATIENCE = 2.0
"""Seconds to wait for another writer, who needs milliseconds."""
AT_ONCE = 500
"""Keys of one question."""
CHECK = 8
"""Bytes at the head of an entry that show whether it is whole and of this text."""
PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)
"""What goes wrong with one question or one entry, not with the file."""
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)

Given = TypeVar("Given")

SCHEMA = """
pragma auto_vacuum = incremental;
pragma journal_mode = wal;
create table if not exists readers (
    id integer primary key, kind text not null, fingerprint text not null,
    asked integer not null default 0, made integer not null default 0, unique (kind, fingerprint)
);
create table if not exists answers (
    key integer primary key, reader_id integer not null, run integer not null, answer blob not null
);
"""


@dataclass(frozen=True, slots=True)
class Recalled:
    """How many distinct texts a reader was asked for in a run, and how many of them it knew."""

    asked: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class PassageMemory:
    """The memory in a file, by its path, so that workers can be told of it; `run` is when the run began.

    Without a path nothing is kept.
    """

    path: Path | None
    run: int = 0

    def known(self, reader: Reader, keys: Sequence[Key]) -> Mapping[Key, bytes]:
        return self._attempt(lambda db: _known(db, keys), {})

    def keep(self, reader: Reader, made: Mapping[Key, bytes], asked: int) -> None:
        self._attempt(lambda db: _keep(db, reader, made, asked, self.run), None)

    def begin(self) -> None:
        """Count from nought."""
        self._attempt(_begin, None)

    def recalled(self, kind: str = PASSAGES) -> Recalled:
        """How this run has fared so far with a kind of reader."""
        return self._attempt(lambda db: _recalled(db, kind), Recalled())

    def tidy(self) -> None:
        """Drop what models said that others have taken the place of and, where it is too much, the oldest; then close."""
        self._attempt(_tidy, None)
        if self.path:
            _file(self.path, os.getpid()).close()

    def _attempt(self, work: Callable[[Database], Given], otherwise: Given) -> Given:
        return _file(self.path, os.getpid()).attempt(work, otherwise) if self.path else otherwise


def path_beside(database: Path) -> Path:
    """Where the memory of a database is."""
    return database.with_name(database.name + MEMORY)


@contextmanager
def remembering(database: Path, wanted: bool = True) -> Iterator[PassageMemory]:
    """A run that uses the memory beside the database, or none."""
    before, kept = (
        memory.current(),
        PassageMemory(path_beside(database.resolve()) if wanted else None, int(time.time())),
    )
    kept.begin()
    memory.use(kept)
    try:
        yield kept
    finally:
        memory.use(before)
        kept.tidy()


@cache
def _file(path: Path, process: int) -> "_File":
    """The file as one process has it open; no connection lives on in a child."""
    return _File(path)


@dataclass
class _File:
    """A connection that is opened when it is first needed, and given up when the file is of no use."""

    path: Path
    _db: Database | None = None
    _is_useless: bool = False
    _was_put_aside: bool = False
    _lock: Lock = field(default_factory=Lock)

    def attempt(self, work: Callable[[Database], Given], otherwise: Given) -> Given:
        """What the work gives, or what is given where the file is of no use."""
        with self._lock:
            while not self._is_useless:
                try:
                    return work(self._opened())
                except sqlite3.Error as error:
                    if _code(error) in PASSING:
                        return otherwise
                    self._give_up(is_damaged=_code(error) in DAMAGED)
        return otherwise

    def close(self) -> None:
        with self._lock, suppress(sqlite3.Error):
            if self._db is not None:
                self._db.close()
            self._db, self._is_useless, self._was_put_aside = None, False, False

    def _opened(self) -> Database:
        if self._db is None:
            self._db = _open(self.path)
        return self._db

    def _give_up(self, is_damaged: bool) -> None:
        """A damaged file is put aside for a new one, once; after that, and after anything else, there is no memory."""
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
            self._db = None
        self._is_useless = self._was_put_aside or not (is_damaged and _put_aside(self.path))
        self._was_put_aside = True


def _code(error: sqlite3.Error) -> int:
    """SQLite's number for what went wrong, without its details."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _put_aside(path: Path) -> bool:
    """Whether the file is out of the way."""
    try:
        path.replace(path.with_name(f"{path.name}-damaged"))
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _open(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
    try:
        if connection.execute("select 1 from sqlite_master where name = 'answers'").fetchone() is None:
            connection.executescript(SCHEMA)
        connection.execute("pragma synchronous = off")
        connection.execute(f"pragma max_page_count = {LARGEST // PAGE}")
    except sqlite3.Error:
        connection.close()
        raise
    return Database(connection)


# What is asked of the file


def _known(db: Database, keys: Sequence[Key]) -> dict[Key, bytes]:
    of = {_row(key): key for key in keys}
    rows = list(of)
    found: dict[Key, bytes] = {}
    for start in range(0, len(rows), AT_ONCE):
        asked = rows[start : start + AT_ONCE]
        marks = ",".join("?" * len(asked))
        for row, entry in db.execute(f"select key, answer from answers where key in ({marks})", asked):
            if entry[:CHECK] == _check(of[row], entry[CHECK:]):
                found[of[row]] = entry[CHECK:]
    return found


def _keep(db: Database, reader: Reader, made: Mapping[Key, bytes], asked: int, run: int) -> None:
    entries = [(_row(key), run, _check(key, answer) + answer) for key, answer in made.items()]
    with immediate(db):
        (reader_id,) = db.execute(
            "insert into readers (kind, fingerprint, asked, made) values (?, ?, ?, ?) on conflict (kind, fingerprint)"
            " do update set asked = asked + excluded.asked, made = made + excluded.made returning id",
            [reader.kind, reader.fingerprint, asked, len(made)],
        ).fetchone()
        db.conn.executemany(f"insert or replace into answers values (?, {reader_id:d}, ?, ?)", entries)


def _begin(db: Database) -> None:
    with immediate(db):
        db.execute("update readers set asked = 0, made = 0")


def _recalled(db: Database, kind: str) -> Recalled:
    found = db.execute("select total(asked), total(made) from readers where kind = ?", [kind]).fetchone()
    asked, made = map(int, found)
    return Recalled(asked, asked - made)


def _tidy(db: Database) -> None:
    """Of a kind that was used, what other models said; then a part of the oldest, where the file is near its bound."""
    gone = "select id from readers where asked = 0 and kind in (select kind from readers where asked)"
    with immediate(db):
        if db.execute(gone).fetchone():
            db.execute(f"delete from answers where reader_id in ({gone})")
            db.execute(f"delete from readers where id in ({gone})")
        if _pages(db, "page_count") - _pages(db, "freelist_count") > FULLEST * LARGEST // PAGE:
            db.execute(
                "delete from answers where key in"
                f" (select key from answers order by run limit (select count(*) / {DROPPED} from answers))"
            )
    db.execute("pragma incremental_vacuum").fetchall()


def _pages(db: Database, what: str) -> int:
    (pages,) = db.execute(f"pragma {what}").fetchone()
    return int(pages)


def _row(key: Key) -> int:
    """The half of a key that an entry is filed under."""
    return int.from_bytes(key[:8], "little", signed=True)


def _check(key: Key, answer: bytes) -> bytes:
    return hashlib.blake2b(key + answer, digest_size=CHECK).digest()
