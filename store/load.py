"""Folders into the database: what is new is analysed and saved, what is known is passed over."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

from goalmap.classify.engines import Engine
from goalmap.classify.pipeline import FileResult, Settings
from goalmap.ingest.document import Document, Status
from goalmap.ingest.find import Found
from goalmap.store.database import immediate
from goalmap.store.ids import shown_path, stable_id
from goalmap.store.save import FileRow, drop_unnamed_entities, save, save_frameworks

READ_AGAIN = (Status.FAILED.value,)
"""Files with these statuses are tried again at every run."""
PIECE = 1024 * 1024

Progress = Callable[[int, int, Path], None]
"""Told after each file: how many are done, how many there are to do, which one it was."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to analyse, with the row that it will have."""

    path: Path
    row: FileRow


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do: files to analyse, files that need no reading, and how many are unchanged."""

    tasks: tuple[Task, ...]
    settled: tuple[tuple[FileRow, FileResult], ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did; `statuses` counts the files that were read in this run."""

    found: int
    unchanged: int
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        return self.found - self.unchanged

    @property
    def failures(self) -> int:
        """Files that a person should look at."""
        fine = (Status.OK.value, Status.SKIPPED.value)
        return sum(count for status, count in self.statuses.items() if status not in fine)


def ingest(
    db: Database, found: Sequence[Found], settings: Settings, engine: Engine, progress: Progress | None = None
) -> Outcome:
    """Bring every file that was found into the database. Raises UnknownName or ModelProblem."""
    started = _now()
    run_id = stable_id("x", started, *(item.path for item in found))
    with immediate(db):
        save_frameworks(db, settings.frameworks)
    plan = _plan(db, found, settings.fingerprint, run_id)
    if plan.tasks or plan.settled:
        _record_run(db, run_id, started, settings, engine)
    statuses = _settle(db, plan)
    statuses += _analyse(db, plan, settings, engine, progress)
    outcome = Outcome(len(found), plan.unchanged, statuses)
    if plan.tasks or plan.settled:
        _finish_run(db, run_id, outcome)
    return outcome


# Plan


def _plan(db: Database, found: Sequence[Found], fingerprint: str, run_id: str) -> Plan:
    known = {
        row["path"]: row
        for row in db.query("select id, path, sha256, size, modified, fingerprint, status from documents")
    }
    by_content = {row["sha256"]: row for row in known.values() if row["sha256"]}
    canonical = dict(
        db.execute("select sha256, id from documents where duplicate_of is null and sha256 is not null").fetchall()
    )
    ids = {row["id"] for row in known.values()}
    here = {shown_path(item.path) for item in found}
    tasks: list[Task] = []
    settled: list[tuple[FileRow, FileResult]] = []
    unchanged = 0
    for item in found:
        path = shown_path(item.path)
        row = known.get(path)
        if row and _is_unchanged(row, item, fingerprint):
            unchanged += 1
            continue
        sha256 = None if item.problem else _hash(item.path)
        moved = by_content.get(sha256) if row is None and sha256 else None
        if moved and (moved["path"] in here or Path(moved["path"]).exists()):
            moved = None
        document_id = (row or moved or {}).get("id") or _new_id(path, sha256, ids)
        ids.add(document_id)
        first = canonical.setdefault(sha256, document_id) if sha256 else document_id
        duplicate_of = None if first == document_id else first
        file = FileRow(document_id, path, sha256, item.size, item.modified, fingerprint, run_id, duplicate_of)
        if item.problem:
            settled.append((file, FileResult(Document(path, Status.SKIPPED, item.problem))))
        elif duplicate_of:
            settled.append(
                (
                    file,
                    FileResult(Document(path, Status.OK, "The same content as another file, which stands for both.")),
                )
            )
        else:
            tasks.append(Task(item.path, file))
    return Plan(tuple(tasks), tuple(settled), unchanged)


def _is_unchanged(row: dict[str, object], item: Found, fingerprint: str) -> bool:
    same_file = (row["size"], row["modified"]) == (item.size, item.modified)
    return same_file and row["fingerprint"] == fingerprint and row["status"] not in READ_AGAIN


def _new_id(path: str, sha256: str | None, taken: set[str]) -> str:
    """By content, so that the same folder gives the same ids anywhere; a second copy's also by its path."""
    by_content = stable_id("d", sha256 or path)
    return by_content if by_content not in taken else stable_id("d", sha256 or "", path)


def _hash(path: Path) -> str | None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()


# Act


def _settle(db: Database, plan: Plan) -> Counter[str]:
    statuses: Counter[str] = Counter()
    for file, result in plan.settled:
        _save(db, file, result)
        statuses[result.document.status.value] += 1
    return statuses


def _analyse(db: Database, plan: Plan, settings: Settings, engine: Engine, progress: Progress | None) -> Counter[str]:
    rows = {task.path: task.row for task in plan.tasks}
    statuses: Counter[str] = Counter()
    for done, (path, result) in enumerate(engine.run(list(rows), settings), start=1):
        _save(db, rows[path], result)
        statuses[result.document.status.value] += 1
        if progress:
            progress(done, len(rows), path)
    return statuses


def _save(db: Database, file: FileRow, result: FileResult) -> None:
    with immediate(db):
        save(db, file, result)


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
    counts = {"found": outcome.found, "unchanged": outcome.unchanged, **outcome.statuses}
    with immediate(db):
        drop_unnamed_entities(db)
        db.table("runs").update(run_id, {"finished": _now(), "counts": json.dumps(counts)})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
