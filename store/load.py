"""Folders into the database: what is new is analysed and saved, what is known is passed over."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.classify.engines import Engine
from goalmap.classify.pipeline import FileResult, Settings
from goalmap.ingest.document import Document, Status
from goalmap.ingest.find import Found
from goalmap.store import own_frameworks
from goalmap.store.carry import now
from goalmap.store.database import immediate
from goalmap.store.ids import stable_id
from goalmap.store.learning import models
from goalmap.store.loading import parts
from goalmap.store.loading.last_run import last_manner
from goalmap.store.loading.plan import Known, Plan, plan
from goalmap.store.loading.save import save_frameworks
from goalmap.store.loading.saving import COPY, Saving, status_of
from goalmap.store.masking.keeping import places_masked
from goalmap.store.settling import settle, settle_again

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
    inside: int = 0
    """Files in the files that were read."""
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def failures(self) -> int:
        """Files that a person should look at."""
        return sum(count for status, count in self.statuses.items() if status not in FINE)


def ingest(
    db: Database,
    found: Sequence[Found],
    settings: Settings,
    engine: Engine,
    progress: Progress | None = None,
    again: bool = False,
) -> Outcome:
    """Bring every file that was found into the database. Raises UnknownName or ModelProblem.

    Frameworks that the database was made with stay in use; those in the settings are added to them. `again` tries
    files again that could not be wholly read, though neither they nor goalmap changed.
    """
    started = now()
    run_id = stable_id("x", time.time_ns(), *(item.path for item in found))
    used = _frameworks(db, settings.frameworks)
    settings = replace(
        settings,
        frameworks=used,
        manner=settings.manner.over(last_manner(db)),
        supplied=models.supplied(db, used),
    )
    todo = plan(_known(db), found, settings, run_id, again, places_masked(db))
    _prepare(db, todo, settings)
    if todo.is_empty and not _was_interrupted(db):
        return _outcome(todo, Counter())
    _record_run(db, run_id, started, settings, engine)
    outcome = _outcome(todo, _carry_out(db, todo, settings, engine, progress))
    _finish_run(db, run_id, outcome)
    return outcome


def _frameworks(db: Database, asked: Iterable[str]) -> tuple[str, ...]:
    """Those that the database has and those asked for; the default where there are none."""
    return tuple(dict.fromkeys([*own_frameworks.known(db), *asked])) or Settings().frameworks


def _known(db: Database) -> list[Known]:
    columns = ", ".join(field.name for field in fields(Known))
    return [Known(**row) for row in db.query(f"select {columns} from documents where parent_id is null order by rowid")]


def _outcome(todo: Plan, statuses: Counter[str]) -> Outcome:
    found = todo.unchanged + len(todo.tasks) + len(todo.copies) + len(todo.skipped)
    inside = max(0, statuses.total() - len(todo.tasks) - len(todo.skipped))
    return Outcome(found, todo.unchanged, len(todo.copies), len(todo.missing), inside, statuses)


# Act


def _prepare(db: Database, todo: Plan, settings: Settings) -> None:
    """What needs no reading: the frameworks, files that moved, files that are gone."""
    with immediate(db):
        save_frameworks(db, settings.frameworks)
        parts.make_way(db, todo.new_places)
        for row in todo.touched:
            parts.move(db, row.id, path=row.path, size=row.size, modified=row.modified)
        parts.mark_missing(db, todo.missing, now())


def _carry_out(db: Database, todo: Plan, settings: Settings, engine: Engine, progress: Progress | None) -> Counter[str]:
    """Read and save; gives how many files came to each status."""
    with Saving(db, engine.saved) as saving:
        for row, problem in todo.skipped:
            saving.take(row, FileResult(Document(row.path, Status.SKIPPED, problem)))
        _analyse(saving, todo, settings, engine, progress)
    read = saving.statuses
    with Saving(db) as saving:
        for row in todo.copies:
            saving.take(row, FileResult(Document(row.path, status_of(db, row.content_of), COPY)))
    return read


def _analyse(saving: Saving, todo: Plan, settings: Settings, engine: Engine, progress: Progress | None) -> None:
    rows = {task.path: task.row for task in todo.tasks}
    for done, (path, result) in enumerate(engine.run(list(rows), settings), start=1):
        saving.take(rows[path], result)
        if progress:
            progress(done, len(rows), path)


def _was_interrupted(db: Database) -> bool:
    """Whether the last run ended before it had put things in order."""
    last = db.execute("select finished from runs order by started desc, rowid desc limit 1").fetchone()
    return last is not None and last[0] is None


def _record_run(db: Database, run_id: str, started: str, settings: Settings, engine: Engine) -> None:
    with immediate(db):
        db.table("runs").insert(
            {
                "id": run_id,
                "started": started,
                "finished": None,
                "command": "ingest",
                "version": version("goalmap"),
                "settings": json.dumps(_plain(settings)),
                "engine": repr(engine),
                "counts": None,
            }
        )


def _plain(settings: Settings) -> dict[str, Any]:
    """Settings for the record: of what the user brings, its name."""
    supplied = {one.framework: one.model_name for one in settings.supplied}
    return asdict(replace(settings, supplied=())) | {"supplied": supplied}


def _finish_run(db: Database, run_id: str, outcome: Outcome) -> None:
    counts = {name: getattr(outcome, name) for name in ("found", "unchanged", "copies", "missing")}
    state = settle(db)
    with immediate(db):
        settle_again(db, state)
        db.table("runs").update(run_id, {"finished": now(), "counts": json.dumps({**counts, **outcome.statuses})})
