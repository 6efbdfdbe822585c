"""The tables of activities, brought up to date while the server runs, without keeping anybody waiting."""

import asyncio
import sqlite3
import time
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from goalmap.store.activities.refresh import Found, found_now, is_up_to_date, write
from goalmap.store.browse.datasette_compat import plain_rows, written
from goalmap.store.browse.writing import on_record

PATIENCE = 0.5
"""Seconds that a page waits for the tables; then it shows what they have."""
AFTER_A_REPAIR = 5.0
"""Seconds that whoever has just decided waits to see what came of it."""
LONG = 2.0
"""Seconds after which the work is a burden to others."""
REST = 10
"""After such work so many times as long passes before it is done again, unless somebody has just decided."""

_AT_WORK: WeakKeyDictionary[Any, "asyncio.Task[None]"] = WeakKeyDictionary()
"""What is being done for each database."""
_NOT_BEFORE: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
"""When it may be done again."""


async def brought_up_to_date(datasette: Any, db: Any, has_decided: bool = False) -> bool:
    """Whether the tables hold what decisions and proposals say now; where they do not yet, that is on its way."""
    if await db.execute_fn(_is_up_to_date):
        return True
    work = _AT_WORK.get(db)
    if work is None or work.done():
        if not db.is_mutable or (time.monotonic() < _NOT_BEFORE.get(db, 0.0) and not has_decided):
            return False
        work = _AT_WORK[db] = asyncio.create_task(_bring(db))
    done, _ = await asyncio.wait({work}, timeout=AFTER_A_REPAIR if has_decided else PATIENCE)
    return work in done and bool(await db.execute_fn(_is_up_to_date))


async def _bring(db: Any) -> None:
    start = time.monotonic()
    found = await db.execute_fn(_found)
    await written(db, partial(_write, found=found))
    end = time.monotonic()
    _NOT_BEFORE[db] = end + REST * (end - start) if end - start > LONG else end


def _is_up_to_date(conn: sqlite3.Connection) -> bool:
    with plain_rows(conn):
        return is_up_to_date(Database(conn))


def _found(conn: sqlite3.Connection) -> Found:
    with plain_rows(conn):
        return found_now(Database(conn))


def _write(conn: sqlite3.Connection, found: Found) -> None:
    """Somebody else's writing may have made what was found out of date: then the next page that is asked for does it again."""
    try:
        on_record(conn, lambda db: write(db, found))
    except sqlite3.IntegrityError:
        conn.rollback()
