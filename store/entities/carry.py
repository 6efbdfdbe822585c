"""Decisions on what one document means by a name, carried over to the document that now holds its text."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from goalmap.store.carry import now
from goalmap.store.entities.standing import standing_rows

Row = Mapping[str, Any]

PLACES = ("document_id", "other_document_id")
DECIDED = ("batch", "verdict", "kind", "name_key", "document_id", "other_name_key", "other_document_id")


def carry_entity_decisions(db: Database, document_id: str, heir_id: str) -> None:
    """Let the decisions in force on a document's names hold for its heir too. Call it inside `immediate`.

    They stay in their batches, so that taking one back takes back all of it.
    """
    standing = standing_rows(db)
    known = {_told(row) for row in standing}
    carried = (row for row in _for_heir(standing, document_id, heir_id) if _told(row) not in known)
    source = f"carried over from {document_id}"
    db.table("entity_decisions").insert_all(
        {**row, "id": None, "source": source, "decided_at": now()} for row in carried
    )


def _told(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in DECIDED)


def _for_heir(rows: list[Row], document_id: str, heir_id: str) -> Iterator[Row]:
    for row in rows:
        if document_id in (row[place] for place in PLACES):
            yield {**row, **{place: heir_id for place in PLACES if row[place] == document_id}}
