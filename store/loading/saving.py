"""Results into the database a handful at a time: a transaction costs as much for one small file as for fifty."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import TracebackType

from sqlite_utils import Database

from goalmap.classify.pipeline import FileResult
from goalmap.ingest.document import Document, Status
from goalmap.store.database import immediate
from goalmap.store.ids import stable_id
from goalmap.store.loading.save import FileRow, save

COPY = "The same content as another file, which stands for both."
SECONDS = 1.0
"""Results of so long are saved together; a run that is killed reads their files again."""
PASSAGES = 4_000
"""And no more than so many, so that they take little memory and nobody waits long for the database."""


@dataclass(slots=True)
class Saving:
    """Saves each file whole, at the latest when it is left; `statuses` counts the files that are saved."""

    db: Database
    tell: Callable[[], None] = lambda: None
    """Told when all that was taken is saved."""
    statuses: Counter[str] = field(default_factory=Counter)
    _waiting: list[tuple[FileRow, FileResult]] = field(default_factory=list)
    _passages: int = 0
    _since: float = 0.0

    def __enter__(self) -> "Saving":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.flush()

    def take(self, row: FileRow, result: FileResult) -> None:
        """Save a result, with the next ones where they come soon."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append((row, result))
        self._passages += len(result.document.passages)
        if self._passages >= PASSAGES or time.monotonic() - self._since >= SECONDS:
            self.flush()

    def flush(self) -> None:
        """Save what waits."""
        waiting, self._waiting, self._passages = self._waiting, [], 0
        if waiting:
            with immediate(self.db):
                statuses = [status for row, result in waiting for status in _saved(self.db, row, result)]
            self.statuses.update(statuses)
        self.tell()


def _saved(db: Database, row: FileRow, result: FileResult) -> list[str]:
    """Write a file's rows; gives its status and those of the files in it."""
    if taken := _taken_meanwhile(db, row):
        row, result = taken, FileResult(Document(row.path, status_of(db, row.id), COPY))
    save(db, row, result)
    return list(_statuses(result))


def _taken_meanwhile(db: Database, row: FileRow) -> FileRow | None:
    """The row of a copy, where another run has by now given the file's id to the same content elsewhere."""
    there = db.execute("select path from documents where id = ?", [row.id]).fetchone()
    if there is None or there[0] == row.path or not row.is_new:
        return None
    return replace(row, id=stable_id("d", row.sha256 or "", row.path), content_of=row.id)


def _statuses(result: FileResult) -> Iterator[str]:
    yield result.document.status.value
    for part in result.parts:
        yield from _statuses(part)


def status_of(db: Database, document_id: str | None) -> Status:
    """What became of a document that is there."""
    (status,) = db.execute("select status from documents where id = ?", [document_id]).fetchone()
    return Status(status)
