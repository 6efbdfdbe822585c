"""Decisions that were made together: carried out whole or only rehearsed, and taken back by a later batch."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlite_utils import Database

from goalmap.store.database import immediate

Outcome = TypeVar("Outcome")
Row = Mapping[str, Any]

COMMAND_LINE = "command line"
WITHDRAWN = "withdrawn"
"""The verdict that takes a batch back; another one may take it back in turn."""


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, why, and from where."""

    reviewer: str = ""
    note: str = ""
    source: str = COMMAND_LINE


COMMAND = By()


class _Rehearsed(Exception):
    """Ends a transaction whose outcome was only to be seen."""


def carried_out(db: Database, decide: Callable[[], Outcome], dry_run: bool) -> Outcome:
    """What a decision comes to, written whole or not at all; of a dry run nothing stays."""
    found: list[Outcome] = []
    try:
        with immediate(db):
            found.append(decide())
            if dry_run:
                raise _Rehearsed
    except _Rehearsed:
        pass
    return found[0]


def withdrawn_by(rows: Iterable[Row]) -> dict[str, str]:
    """Each batch that was taken back, with the batch that did; rows have an id that grows as they are said."""
    gone: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: -row["id"]):
        if row["verdict"] == WITHDRAWN and row["batch"] not in gone:
            gone.setdefault(row["withdraws"], row["batch"])
    return gone
