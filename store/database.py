"""Opening a goalmap database, and writing to it so that two writers never lose anything."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, NotOurDatabase
from goalmap.store.schema import migrations

BUSY_SECONDS = 30.0
APPLIED = "_sqlite_migrations"
STEPS = frozenset(step.name for step in migrations.pending(Database(memory=True)))


def open_database(path: Path, create: bool = False) -> Database:
    """The database at that path, brought to the newest schema. Raises NotFound or NotOurDatabase."""
    if not create and not path.exists():
        raise NotFound(f"There is no database {str(path)!r} yet. Make it with: goalmap ingest FOLDER --db {path}")
    if not path.parent.exists():
        raise NotFound(
            f"There is no folder {str(path.parent)!r} to keep the database in. Make it first, or choose another --db."
        )
    db = connect(path)
    try:
        _check_ours(db, path)
        db.conn.execute("pragma journal_mode = wal")
        with immediate(db):
            migrations.apply(db)
    except sqlite3.DatabaseError as error:
        raise NotOurDatabase(f"{path} cannot be used as a database: {error}. Choose another file with --db.") from error
    return db


def connect(path: Path) -> Database:
    """A connection as every writer of ours has it: foreign keys on, patient, explicit transactions."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = normal")
    return Database(connection)


def _check_ours(db: Database, path: Path) -> None:
    tables = set(db.table_names())
    if tables and (APPLIED not in tables or "passages" not in tables):
        raise NotOurDatabase(f"{path} is a database of another program. Choose another file with --db.")
    if tables and (unknown := {step.name for step in migrations.applied(db)} - STEPS):
        raise NotOurDatabase(
            f"{path} was made by a newer goalmap ({', '.join(sorted(unknown))}). Upgrade goalmap to open it."
        )


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
