"""Folders into the database: what is new is analysed and saved, what is known is passed over."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

from goalmap.classify import frameworks
from goalmap.classify.engines import Engine
from goalmap.classify.pipeline import FileResult, Settings
from goalmap.ingest.document import Document, Status
from goalmap.ingest.find import Found
from goalmap.store.database import immediate
from goalmap.store.ids import stable_id
from goalmap.store.names import drop_unnamed_entities
from goalmap.store.plan import Known, Plan, plan
from goalmap.store.save import FileRow, save, save_frameworks

COPY = "The same content as another file, which stands for both."
FINE = (Status.OK.value, Status.SKIPPED.value)
"""Statuses that nobody needs to look at."""

Progress = Callable[[int, int, Path], None]
"""Told after each file: how many are done, how many there are to do, which one it was."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did; `statuses` counts the files that were read in this run."""

    found: int
    unchanged: int
    copies: int = 0
    missing: int = 0
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def failures(self) -> int:
        """Files that a person should look at."""
        return sum(count for status, count in self.statuses.items() if status not in FINE)


def ingest(
    db: Database, found: Sequence[Found], settings: Settings, engine: Engine, progress: Progress | None = None
) -> Outcome:
    """Bring every file that was found into the database. Raises UnknownName or ModelProblem.

    Frameworks that the database was made with stay in use; those in the settings are added to them.
    """
    started = _now()
    run_id = stable_id("x", time.time_ns(), *(item.path for item in found))
    settings = replace(settings, frameworks=_frameworks(db, settings.frameworks))
    todo = plan(_known(db), found, settings, run_id)
    _prepare(db, todo, settings)
    if todo.is_empty:
        return _outcome(todo, Counter())
    _record_run(db, run_id, started, settings, engine)
    outcome = _outcome(todo, Counter(_carry_out(db, todo, settings, engine, progress)))
    _finish_run(db, run_id, outcome)
    return outcome


def _frameworks(db: Database, asked: Iterable[str]) -> tuple[str, ...]:
    """Those that the database has and those asked for; the default where there are none."""
    there = frameworks.names()
    used = (name for (name,) in db.execute("select id from frameworks order by rowid").fetchall() if name in there)
    return tuple(dict.fromkeys([*used, *asked])) or Settings().frameworks


def _known(db: Database) -> list[Known]:
    columns = ", ".join(field.name for field in fields(Known))
    return [Known(**row) for row in db.query(f"select {columns} from documents order by rowid")]


def _outcome(todo: Plan, statuses: Counter[str]) -> Outcome:
    found = todo.unchanged + len(todo.tasks) + len(todo.copies) + len(todo.skipped)
    return Outcome(found, todo.unchanged, len(todo.copies), len(todo.missing), statuses)


# Act


def _prepare(db: Database, todo: Plan, settings: Settings) -> None:
    """What needs no reading: the frameworks, files that moved, files that are gone."""
    with immediate(db):
        save_frameworks(db, settings.frameworks)
        for row in todo.touched:
            found = {"path": row.path, "size": row.size, "modified": row.modified, "missing_since": None}
            db.table("documents").update(row.id, found)
        for document_id in todo.missing:
            db.table("documents").update(document_id, {"missing_since": _now()})


def _carry_out(
    db: Database, todo: Plan, settings: Settings, engine: Engine, progress: Progress | None
) -> Iterator[str]:
    """Read and save; gives the status of each file that was read."""
    for row, problem in todo.skipped:
        yield _save(db, row, FileResult(Document(row.path, Status.SKIPPED, problem)))
    yield from _analyse(db, todo, settings, engine, progress)
    for row in todo.copies:
        _save(db, row, FileResult(Document(row.path, _status_of(db, row.duplicate_of), COPY)))


def _analyse(db: Database, todo: Plan, settings: Settings, engine: Engine, progress: Progress | None) -> Iterator[str]:
    rows = {task.path: task.row for task in todo.tasks}
    for done, (path, result) in enumerate(engine.run(list(rows), settings), start=1):
        yield _save(db, rows[path], result)
        if progress:
            progress(done, len(rows), path)


def _save(db: Database, row: FileRow, result: FileResult) -> str:
    with immediate(db):
        save(db, row, result)
    return result.document.status.value


def _status_of(db: Database, document_id: str | None) -> Status:
    (status,) = db.execute("select status from documents where id = ?", [document_id]).fetchone()
    return Status(status)


def _record_run(db: Database, run_id: str, started: str, settings: Settings, engine: Engine) -> None:
    with immediate(db):
        db.table("runs").insert(
            {
                "id": run_id,
                "started": started,
                "finished": None,
                "command": "ingest",
                "version": version("goalmap"),
                "settings": json.dumps(asdict(settings)),
                "engine": repr(engine),
                "counts": None,
            }
        )


def _finish_run(db: Database, run_id: str, outcome: Outcome) -> None:
    counts = {name: getattr(outcome, name) for name in ("found", "unchanged", "copies", "missing")}
    with immediate(db):
        drop_unnamed_entities(db)
        db.table("runs").update(run_id, {"finished": _now(), "counts": json.dumps({**counts, **outcome.statuses})})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
