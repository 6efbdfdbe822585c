"""Changes that forms ask for, made on the one connection of Datasette's that writes."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlite_utils import Database

from goalmap.store.browse.datasette_compat import plain_rows

Result = TypeVar("Result")

PATIENCE = 10_000
"""Milliseconds to wait for another writer."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was done."""

    reason: str
    status: int = 400


BUSY = Refusal(
    "Another program has been writing to the database for long, goalmap ingest perhaps. Nothing was done. "
    "Wait a little and try again.",
    503,
)
UNKNOWN = Refusal("The form asks for something that goalmap does not know. Nothing was done.")


def on_record(conn: sqlite3.Connection, change: Callable[[Database], Result]) -> Result | Refusal:
    """What a change gives; a refusal where another program writes for too long."""
    with plain_rows(conn):
        try:
            conn.execute(f"pragma busy_timeout = {PATIENCE}")
            conn.execute("pragma foreign_keys = on")
            return change(Database(conn))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return BUSY
