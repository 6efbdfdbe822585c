"""Decisions on entities that are in force: those of batches that nobody took back."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Handle, Ruling, Verdict
from goalmap.store.batches import WITHDRAWN, withdrawn_by

Row = Mapping[str, Any]


def standing_rows(db: Database) -> list[Row]:
    """The rows in force, in the order in which they were decided."""
    return in_force(list(db.query("select * from entity_decisions order by id")))


def in_force(rows: Iterable[Row]) -> list[Row]:
    """Of all decisions those that say same or different, and whose batch no withdrawal in force names."""
    rows = list(rows)
    gone = withdrawn_by(rows)
    return [row for row in rows if row["verdict"] != WITHDRAWN and row["batch"] not in gone]


def rulings(db: Database) -> list[Ruling]:
    """What the resolver has to obey, the earliest first."""
    return [ruling_of(row) for row in standing_rows(db)]


def ruling_of(row: Row) -> Ruling:
    one = Handle(row["name_key"], row["document_id"])
    other = Handle(row["other_name_key"], row["other_document_id"])
    return Ruling(Verdict(row["verdict"]), EntityKind(row["kind"]), one, other)
