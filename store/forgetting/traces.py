"""What the files of a database still hold of rows that are gone: overwritten."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlite_utils import Database

from goalmap.store.masking.sweeping import all_tables

PATIENCE = 3_000
"""Milliseconds to wait for others who have the database open."""
BUSY = (
    "Something else has the database open, so pages of it that are no longer used may still hold the name. Close the "
    "browser and every other goalmap, then run: goalmap forget --clean"
)
ENDINGS = ("", "-wal", "-shm", "-journal")


def clean(db: Database, memory: Path) -> str | None:
    """Overwrite what is no longer used, and empty the passage memory; gives what stood in the way of it."""
    _empty(memory)
    if not isinstance(db.conn, sqlite3.Connection):
        for table in ("passages", *all_tables(db)):
            db.execute(f"vacuum full {table}")
        return None
    try:
        return _clean_file(db.conn)
    except sqlite3.OperationalError:
        return BUSY


def _clean_file(conn: sqlite3.Connection) -> str | None:
    conn.execute(f"pragma busy_timeout = {PATIENCE}")
    conn.execute("pragma secure_delete = on")
    conn.execute("vacuum")
    (is_busy, _, _) = conn.execute("pragma wal_checkpoint(truncate)").fetchone()
    return BUSY if is_busy else None


def _empty(memory: Path) -> None:
    """Forget all that models made of passages; a memory that cannot be emptied goes as a file."""
    _remove(memory.with_name(f"{memory.name}-damaged"))
    if not memory.exists():
        return
    try:
        with closing(sqlite3.connect(memory, timeout=PATIENCE / 1000, isolation_level=None)) as conn:
            conn.execute("pragma secure_delete = on")
            conn.execute("delete from answers")
            conn.execute("vacuum")
            conn.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.Error:
        _remove(memory)


def _remove(path: Path) -> None:
    for ending in ENDINGS:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
