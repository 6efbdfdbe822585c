"""Opening a goalmap database, and writing to it so that two writers never lose anything."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, NotInstalled, NotOurDatabase
from goalmap.store.masking.keeping import keeping
from goalmap.store.postgres.address import Address, Place
from goalmap.store.schema import migrations

BUSY_SECONDS = 30.0


def open_database(place: Place, create: bool = False) -> Database:
    """The database in that file or at that address, brought to the newest schema. Raises NotFound or NotOurDatabase."""
    if isinstance(place, Path):
        _check_place(place, create)
    try:
        return _opened(place, create)
    except sqlite3.DatabaseError as error:
        raise NotOurDatabase(f"{place} cannot be used as a database: {error}. Choose another one with --db.") from error


def connect(place: Place) -> Database:
    """A connection as every writer of ours has it: foreign keys on, patient, explicit transactions.

    Raises NotFound where a server cannot be reached, or NotInstalled where what speaks to it is not installed.
    """
    if isinstance(place, Address):
        return _connect_to_server(place)
    connection = sqlite3.connect(place, timeout=BUSY_SECONDS)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")  # what is committed survives a power cut
    connection.execute("pragma cache_size = -65536")  # kilobytes: rows of a large database go to many pages
    return Database(connection)


def _connect_to_server(address: Address) -> Database:
    """A store on PostgreSQL, which has the methods of Database that we call."""
    try:
        from goalmap.store.postgres import opening
    except ImportError as error:
        raise NotInstalled("PostgreSQL", "postgres") from error
    return cast(Database, opening.connect(address))


def _check_place(path: Path, create: bool) -> None:
    if not create and not path.exists():
        raise NotFound(f"There is no database {str(path)!r} yet. Make it with: goalmap ingest FOLDER --db {path}")
    if not path.parent.is_dir():
        raise NotFound(
            f"There is no folder {str(path.parent)!r} to keep the database in. Make it first, or choose another --db."
        )


def _opened(place: Place, create: bool) -> Database:
    db = connect(place)
    try:
        _check_ours(db, place, create)
        _upgrade(db)
    except BaseException:
        db.close()
        raise
    return db


def _check_ours(db: Database, place: Place, create: bool) -> None:
    """Refuse a database of another program, or of a newer goalmap, before anything is written to it."""
    applied = {step.name for step in migrations.applied(db)}
    if not applied and db.table_names():
        raise NotOurDatabase(f"{place} is a database of another program. Choose another one with --db.")
    if not applied and not create:
        raise NotOurDatabase(f"{place} is empty. Fill it with: goalmap ingest FOLDER --db {place}")
    if unknown := applied - _steps():
        raise NotOurDatabase(
            f"{place} was made by a newer goalmap ({', '.join(sorted(unknown))}). Upgrade goalmap to open it."
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
        with keeping(db):
            yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()
