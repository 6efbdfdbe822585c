"""Queues on their way out to a browser and back in: written by the export, read by the import, nothing left lying about."""

import atexit
import os
import secrets
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, TypeVar

from sqlite_utils import Database

from goalmap.ingest.errors import GoalmapError
from goalmap.store.browse.attended import FOLDER
from goalmap.store.browse.page_rows import Row, rows
from goalmap.store.database import connect
from goalmap.store.review.export import export_queue
from goalmap.store.review.rows import ORDERS, Filters
from goalmap.store.review.taking import Imported, import_queue, write_conflicts

Result = TypeVar("Result")

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_KEPT = 20
"""Queues that were handed in and not taken over yet, of all reviewers."""
KEPT_SECONDS = 4 * 3_600.0
LONGEST = 200
BUSY = "Another program is writing to the database just now, and goes on doing so. Nothing was done. Try again in a minute."


@contextmanager
def own_connection(database: Path) -> Iterator[Database]:
    """A connection of our own, for a thread that may take its time. Raises GoalmapError where the database stays busy."""
    with closing(connect(database)) as db:
        try:
            yield db
        except sqlite3.OperationalError as error:
            raise GoalmapError(BUSY if "locked" in str(error) else f"The database cannot be used: {error}.") from error


# Out


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks to be written."""

    form: str
    filters: Filters

    @property
    def name(self) -> str:
        return f"queue-{date.today().isoformat()}.{self.form}"


def wish_of(form: Mapping[str, str]) -> Wish:
    """What a form asks for; what makes no sense in it is left out."""
    goal, publisher, framework, document = (
        form.get(name, "").strip()[:LONGEST] or None for name in ("goal", "publisher", "framework", "document")
    )
    limit = form.get("limit", "").strip()
    filters = Filters(
        order=form["order"] if form.get("order") in ORDERS else "value",
        limit=int(limit) if limit.isdecimal() and len(limit) < 9 and int(limit) else None,
        undecided=bool(form.get("undecided")),
        goal=goal,
        publisher=publisher,
        framework=framework,
        document=document,
    )
    return Wish(form["form"] if form.get("form") in FORMS else "csv", filters)


def written_queue(database: Path, wish: Wish) -> IO[bytes]:
    """A queue in a file that is gone when it is closed, at its beginning. Raises GoalmapError."""
    with tempfile.TemporaryDirectory(prefix="goalmap-queue-") as folder, own_connection(database) as db:
        path = Path(folder) / wish.name
        export_queue(db, path, wish.filters)
        return without_name(path)


def without_name(path: Path) -> IO[bytes]:
    """A copy of a file that no folder has, at its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    with path.open("rb") as written:
        shutil.copyfileobj(written, file)
    file.seek(0)
    return file


def choices(conn: sqlite3.Connection) -> dict[str, list[Row]]:
    """What the form offers: frameworks, and goals that something is proposed for."""
    goals = """
        select goals.id, goals.label, frameworks.name framework, count(*) proposed from goals
        join proposals on proposals.goal_id = goals.id join frameworks on frameworks.id = goals.framework_id
        group by goals.id order by goals.framework_id, goals.position
    """
    frameworks = "select id, name from frameworks order by rowid"
    waiting = "select count(*) proposed, coalesce(sum(open), 0) waiting from proposals"
    return {"goals": rows(conn, goals), "frameworks": rows(conn, frameworks), "counts": rows(conn, waiting)}


def title_of(conn: sqlite3.Connection, document: str) -> str | None:
    found = rows(conn, "select coalesce(title, path) title from documents where id = :id", id=document)
    return str(found[0]["title"]) if found else None


# Back in


@dataclass(slots=True)
class HandedIn:
    """A queue that a reviewer handed in: first to be looked at, then taken over or left."""

    id: str
    reviewer: str
    database: Path
    path: Path
    came: float = field(default_factory=time.monotonic)
    outcome: Imported | None = None
    """What taking it over did."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def folder(self) -> Path:
        return self.path.parent

    def preview(self) -> Imported:
        """What taking it over would do. Raises GoalmapError."""
        return self._imported(lambda db: import_queue(db, self.path, self.reviewer, dry_run=True))

    def take(self, partial: bool) -> None:
        """Take it over, once; not where rows have faults, unless `partial`. Raises GoalmapError."""
        with self.lock:
            if self.outcome is None:
                done = self._imported(lambda db: import_queue(db, self.path, self.reviewer, partial=partial))
                if partial or not done.problems:
                    self.outcome = done
                    self.path.unlink(missing_ok=True)

    def _imported(self, work: Callable[[Database], Imported]) -> Imported:
        try:
            with own_connection(self.database) as db:
                return work(db)
        except GoalmapError as problem:
            raise GoalmapError(str(problem).replace(str(self.path), self.path.name)) from problem

    def conflicts(self) -> IO[bytes]:
        """The conflicts as a CSV in a file that no folder has."""
        with tempfile.TemporaryDirectory(prefix="goalmap-queue-") as folder:
            path = Path(folder) / "conflicts.csv"
            write_conflicts(path, self.outcome.conflicts if self.outcome else ())
            return without_name(path)


class Desk:
    """The queues that were handed in, in a folder for this user alone that goes when the server ends."""

    def __init__(self) -> None:
        self._kept: dict[str, HandedIn] = {}
        self._lock = threading.Lock()
        self._root: Path | None = None

    def root(self) -> Path:
        """The folder, made at first use; only its owner may look into it."""
        with self._lock:
            if self._root is None or not self._root.is_dir():
                self._root = Path(tempfile.mkdtemp(prefix="goalmap-queues-", dir=os.environ.get(FOLDER)))
                atexit.register(shutil.rmtree, self._root, ignore_errors=True)
            return self._root

    def new_folder(self) -> Path:
        return self.root() / f"q{secrets.token_hex(16)}"

    def keep(self, path: Path, reviewer: str, database: Path) -> HandedIn:
        """A queue that has arrived in a folder of its own; the oldest make room for it."""
        kept = HandedIn(path.parent.name, reviewer, database, path)
        with self._lock:
            self._kept[kept.id] = kept
            old = [one for one in self._kept.values() if time.monotonic() - one.came > KEPT_SECONDS]
            too_many = list(self._kept.values())[: max(0, len(self._kept) - MOST_KEPT)]
        for one in {one.id: one for one in (*old, *too_many)}.values():
            self.drop(one)
        return kept

    def find(self, id: str, reviewer: str, database: Path) -> HandedIn | None:
        """A queue, for whoever handed it in."""
        kept = self._kept.get(id)
        return kept if kept and (kept.reviewer, kept.database) == (reviewer, database) else None

    def drop(self, kept: HandedIn) -> None:
        with self._lock:
            self._kept.pop(kept.id, None)
        shutil.rmtree(kept.folder, ignore_errors=True)


DESK = Desk()
