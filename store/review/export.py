"""A review queue out to a file, and what it said kept for the day it comes back."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.decisions import Answer
from goalmap.store.ids import stable_id
from goalmap.store.ledgers import Reading, Record
from goalmap.store.review.rows import Filters, Row, queue_rows, slot_of_proposal
from goalmap.store.sheet import Words, write_sheet

COLUMNS = (
    "proposal_id", "verdict", "goal", "goal_name", "second_goal", "stage", "confidence", "passage", "heading", "document",
    "page", "publisher", "published", "initiatives", "people", "organisations", "figures", "why", "best_practice", "note",
    "reviewer", "base",
)  # fmt: skip
SHOWN_PASSAGE = 2_000


def export_queue(db: Database, path: Path, filters: Filters, reading: Reading | None = None) -> int:
    """Write the queue and remember its state; gives the number of rows. Raises UnknownName or NotFound.

    With a reading, its rows alone, and nothing of what anybody else said of them.
    """
    if reading:
        filters = replace(filters, reading=reading.id)
    rows = queue_rows(db, filters, reading or Record())
    created = datetime.now(UTC).isoformat(timespec="milliseconds")
    export_id = stable_id("x", created, path.name, *(row["id"] for row, _ in rows))
    names = dict(db.execute("select id, name from goals").fetchall())
    told = {"reading_id": reading.id, "reader": reading.reader} if reading else {}
    with immediate(db):
        db.table("exports").insert({"id": export_id, "created": created, "rows": len(rows), **told}, replace=True)
        db.table("export_rows").insert_all((_state(export_id, row, answer) for row, answer in rows), replace=True)
        write_sheet(path, COLUMNS, (_cells(row, answer, names, export_id) for row, answer in rows))
    return len(rows)


def _state(export_id: str, row: Row, answer: Answer) -> Row:
    passage_id, proposed = slot_of_proposal(row)
    slot = {"proposal_id": row["id"], "passage_id": passage_id, "proposed_goal_id": proposed}
    return {"export_id": export_id, **slot, **asdict(answer), "best_practice": int(answer.best_practice)}


def _cells(row: Row, answer: Answer, goals: Mapping[str, str], export_id: str) -> list[object]:
    shown = {
        **row,
        "proposal_id": row["id"],
        "verdict": answer.verdict,
        "goal": Words(answer.goal_id.rpartition("/")[2]),
        "goal_name": goals[answer.goal_id],
        "stage": answer.stage,
        "confidence": f"{row['score']:.2f}",
        "passage": _shortened(row["text"]),
        "why": row["reason"],
        "best_practice": "yes" if answer.best_practice else "",
        "note": Words(answer.note),
        "reviewer": Words(answer.reviewer),
        "base": export_id,
    }
    return [shown[column] for column in COLUMNS]


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_PASSAGE else text[: SHOWN_PASSAGE - 2] + " …"
