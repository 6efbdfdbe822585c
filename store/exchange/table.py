"""The decisions that stand, as a table for people: one row each, safe for any spreadsheet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.store.sheets.sheet import Words, write_sheet

COLUMNS = (
    "document", "publisher", "published", "page", "heading", "passage", "verdict", "goal", "goal_name", "proposed_goal",
    "framework", "stage", "best_practice", "note", "reviewer", "decided_at", "source", "machine_score", "machine_stage",
    "machine_model", "path", "passage_id",
)  # fmt: skip
QUERY = """
select coalesce(doc.title, doc.path) document, doc.publisher, doc.published, p.page, p.heading, p.text passage,
    d.verdict, g.code goal, g.name goal_name, proposed.code proposed_goal, f.name || ' ' || f.version framework,
    d.stage, d.best_practice, d.note, d.reviewer, d.decided_at, d.source, d.proposed_score machine_score,
    d.proposed_stage machine_stage, d.model machine_model, doc.path, d.passage_id
from current_decisions d join passages p on p.id = d.passage_id join documents doc on doc.id = p.document_id
join goals g on g.id = d.goal_id join goals proposed on proposed.id = d.proposed_goal_id
join frameworks f on f.id = g.framework_id
order by doc.path, p.position, d.id
"""
CELLS: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(("goal", "proposed_goal", "published", "note", "reviewer"), lambda value: Words(value or "")),
    "best_practice": lambda value: "yes" if value else "",
    "machine_score": lambda value: "" if value is None else f"{value:.2f}",
}
"""How values are shown that are not shown as they are."""


def write_table(db: Database, path: Path) -> int:
    """Write the decisions that stand as CSV; gives their number. Raises NotFound."""
    return write_sheet(path, COLUMNS, (_cells(row) for row in db.query(QUERY)))


def _cells(row: dict[str, Any]) -> list[object]:
    return [CELLS[name](row[name]) if name in CELLS else row[name] for name in COLUMNS]
