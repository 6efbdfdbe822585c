"""Opening a goalmap database, and writing to it so that two writers never lose anything."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, NotOurDatabase
from goalmap.store.schema import migrations

BUSY_SECONDS = 30.0


def open_database(path: Path, create: bool = False) -> Database:
    """The database at that path, brought to the newest schema. Raises NotFound or NotOurDatabase."""
    _check_place(path, create)
    try:
        return _opened(path, create)
    except sqlite3.DatabaseError as error:
        raise NotOurDatabase(f"{path} cannot be used as a database: {error}. Choose another file with --db.") from error


def connect(path: Path) -> Database:
    """A connection as every writer of ours has it: foreign keys on, patient, explicit transactions."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")  # what is committed survives a power cut
    return Database(connection)


def _check_place(path: Path, create: bool) -> None:
    if not create and not path.exists():
        raise NotFound(f"There is no database {str(path)!r} yet. Make it with: goalmap ingest FOLDER --db {path}")
    if not path.parent.is_dir():
        raise NotFound(
            f"There is no folder {str(path.parent)!r} to keep the database in. Make it first, or choose another --db."
        )


def _opened(path: Path, create: bool) -> Database:
    db = connect(path)
    try:
        _check_ours(db, path, create)
        _upgrade(db)
    except BaseException:
        db.close()
        raise
    return db


def _check_ours(db: Database, path: Path, create: bool) -> None:
    """Refuse a database of another program, or of a newer goalmap, before anything is written to it."""
    applied = {step.name for step in migrations.applied(db)}
    if not applied and db.table_names():
        raise NotOurDatabase(f"{path} is a database of another program. Choose another file with --db.")
    if not applied and not create:
        raise NotOurDatabase(f"{path} is empty. Fill it with: goalmap ingest FOLDER --db {path}")
    if unknown := applied - _steps():
        raise NotOurDatabase(
            f"{path} was made by a newer goalmap ({', '.join(sorted(unknown))}). Upgrade goalmap to open it."
        )


def _steps() -> set[str]:
    memory = Database(memory=True)
    try:
        return {step.name for step in migrations.pending(memory)}
    finally:
        memory.close()


def _upgrade(db: Database) -> None:
    db.conn.execute("pragma journal_mode = wal")
    if migrations.pending(db):
        with immediate(db):
            migrations.apply(db)


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """A transaction that takes the write lock at once, so that it waits for another writer instead of failing half-way."""
    db.conn.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()
