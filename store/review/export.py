"""A review queue out to a file, CSV or XLSX, and what it said kept for the day it comes back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from goalmap.ingest.errors import UnknownName
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer
from goalmap.store.ids import stable_id
from goalmap.store.ledgers import Reading, Record
from goalmap.store.review.columns import COLUMNS, KEY
from goalmap.store.review.drawn import mixed_in
from goalmap.store.review.rows import Filters, Row, queue_rows
from goalmap.store.review.workbook import FRAMEWORK, Guide, guides, name_of_list, write_workbook
from goalmap.store.sheets.sheet import Words, beside, write_rows

SHOWN_PASSAGE = 2_000

Entry = tuple[Row, Answer]
"""A row of the queue as the database knows it, and the answer that stands."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    id: str
    rows: int
    drawn: int
    """How many of the rows are passages drawn at random."""


def export_queue(db: Database, path: Path, filters: Filters, reading: Reading | None = None) -> int:
    """Write the queue and remember its state; gives the number of rows. Raises UnknownName or NotFound."""
    return write_queue(db, path, queue_entries(db, filters, reading), reading).rows


def queue_entries(db: Database, filters: Filters, reading: Reading | None = None) -> list[Entry]:
    """The rows of a queue. Raises UnknownName.

    With a reading, its rows alone, and nothing of what anybody else said of them; else the passages that were drawn at
    random are mixed in.
    """
    if reading:
        return queue_rows(db, replace(filters, reading=reading.id), reading)
    return mixed_in(db, queue_rows(db, filters, Record()), filters)


def check_form(path: Path) -> None:
    """Raises UnknownName unless the name is that of a queue file."""
    if path.suffix.casefold() not in FORMS:
        raise UnknownName("kind of queue file", path.suffix, FORMS)


def write_queue(
    db: Database, path: Path, entries: Sequence[Entry], reading: Reading | None = None, more: Sequence[str] = ()
) -> Exported:
    """Write rows as a queue and remember their state. Columns that are `more` than the usual ones stand after the first.

    The state is remembered before the file is in its place, so that there is never a queue that cannot come back.
    Raises UnknownName for a file that is neither CSV nor XLSX, and NotFound.
    """
    check_form(path)
    created = datetime.now(UTC).isoformat(timespec="milliseconds")
    id = stable_id("x", created, path.name, *(row["id"] for row, _ in entries))
    columns = (KEY, *more, *(name for name in COLUMNS if name != KEY))
    with beside(path) as temporary:
        FORMS[path.suffix.casefold()](temporary, columns, entries, guides(db), id)
        remember(db, id, created, entries, reading)
        try:
            temporary.replace(path)
        except OSError:
            forget(db, id)
            raise
    return Exported(id, len(entries), sum(not row["goal_id"] for row, _ in entries))


def remember(db: Database, id: str, created: str, entries: Iterable[Entry], reading: Reading | None = None) -> None:
    """Keep what an export says."""
    told = {"reading_id": reading.id, "reader": reading.reader} if reading else {}
    states = [_state(id, row, answer) for row, answer in entries]
    with immediate(db):
        db.table("exports").insert({"id": id, "created": created, "rows": len(states), **told}, replace=True)
        db.table("export_rows").insert_all(states, replace=True)


def forget(db: Database, id: str) -> None:
    """Forget an export that did not become a file."""
    with immediate(db):
        db.execute("delete from export_rows where export_id = ?", [id])
        db.execute("delete from exports where id = ?", [id])


def _state(export_id: str, row: Row, answer: Answer) -> Row:
    slot = {"proposal_id": row["id"], "passage_id": row["passage_id"], "proposed_goal_id": row["goal_id"]}
    return {"export_id": export_id, **slot, **asdict(answer), "best_practice": int(answer.best_practice)}


# The two forms


def _write_csv(
    path: Path, columns: Sequence[str], entries: Iterable[Entry], frameworks: Mapping[str, Guide], id: str
) -> None:
    names = {goal.id: goal.name for framework in frameworks.values() for goal in framework.goals}
    rows = (_cells(row, answer, names, id) for row, answer in entries)
    write_rows(path, columns, ([row[column] for column in columns] for row in rows))


def _write_xlsx(
    path: Path, columns: Sequence[str], entries: Iterable[Entry], frameworks: Mapping[str, Guide], id: str
) -> None:
    goals = {goal.id: goal for framework in frameworks.values() for goal in framework.goals}
    names = {goal_id: goal.name for goal_id, goal in goals.items()}
    labels = {goal_id: Words(goal.label) for goal_id, goal in goals.items()}
    entries = list(entries)
    used = {_framework(row): frameworks[_framework(row)] for row, _ in entries}
    rows = (
        {
            **_cells(row, answer, names, id),
            "goal": labels.get(answer.goal_id, ""),
            FRAMEWORK: name_of_list(_framework(row)),
        }
        for row, answer in entries
    )
    write_workbook(path, columns, rows, used, len(entries))


FORMS: dict[str, Callable[..., None]] = {".csv": _write_csv, ".xlsx": _write_xlsx}
"""What writes a queue, by the ending of the file's name."""


def _framework(row: Row) -> str:
    return str(row.get("framework_id") or row["goal_id"].rpartition("/")[0])


def _cells(row: Row, answer: Answer, goals: Mapping[str, str], export_id: str) -> Row:
    return {
        **row,
        "proposal_id": row["id"],
        "verdict": answer.verdict,
        "goal": Words(answer.goal_id.rpartition("/")[2]),
        "goal_name": goals.get(answer.goal_id, ""),
        "stage": answer.stage,
        "confidence": "" if row["score"] is None else f"{row['score']:.2f}",
        "passage": _shortened(row["text"]),
        "why": row["reason"],
        "best_practice": "yes" if answer.best_practice else "",
        "note": Words(answer.note),
        "reviewer": Words(answer.reviewer),
        "base": export_id,
    }


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_PASSAGE else text[: SHOWN_PASSAGE - 2] + " …"
