"""What a run has to do: the files that were found, set beside the documents that the database knows."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from goalmap.classify.pipeline import Settings
from goalmap.ingest.document import Status
from goalmap.ingest.find import Found
from goalmap.ingest.read import OPEN
from goalmap.store.ids import path_on_disk, shown_path, stable_id
from goalmap.store.loading.save import FileRow
from goalmap.store.masking.paths import is_masked

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Known:
    """A document as the last run left it."""

    id: str
    path: str
    sha256: str | None
    size: int
    modified: int
    fingerprint: str
    status: str
    content_of: str | None
    missing_since: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was found, the hash of its content, and the document that its path was at the last run."""

    item: Found
    path: str
    sha256: str | None
    known: Known | None

    @property
    def is_edited(self) -> bool:
        """Whether the path held another content; one that cannot be opened just now is taken to hold the same."""
        is_known = self.sha256 is not None or self.item.problem is not None
        return is_known and self.known is not None and self.known.sha256 != self.sha256


@dataclass(frozen=True, slots=True)
class Task:
    """A file to analyse, with the row that it will have."""

    path: Path
    row: FileRow


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do."""

    tasks: tuple[Task, ...] = ()
    """Files to analyse."""
    copies: tuple[FileRow, ...] = ()
    """Files with the content of another one, which stands for both."""
    skipped: tuple[tuple[FileRow, str], ...] = ()
    """What is not to be read, and why."""
    touched: tuple[FileRow, ...] = ()
    """Files that were moved or written again with what they held before."""
    missing: tuple[str, ...] = ()
    """Documents whose file is no longer there."""
    unchanged: int = 0

    @property
    def new_places(self) -> Iterator[str]:
        """Where files are that were not there at the last run."""
        rows = (*(task.row for task in self.tasks), *self.copies, *(row for row, _ in self.skipped), *self.touched)
        return (row.path for row in rows)

    @property
    def is_empty(self) -> bool:
        return not (self.tasks or self.copies or self.skipped)


def plan(
    documents: Sequence[Known],
    found: Sequence[Found],
    settings: Settings,
    run_id: str,
    again: bool = False,
    called: Callable[[str], str] = str,
) -> Plan:
    """What is to be done with each file that was found; `again`: also with those that could not be wholly read.

    `called` gives the path of a file as the documents have it.
    """
    return _Planner(documents, found, settings, run_id, again, called).plan()


class _Planner:
    """Sets the files that were found beside the documents that are known."""

    def __init__(
        self,
        documents: Sequence[Known],
        found: Sequence[Found],
        settings: Settings,
        run_id: str,
        again: bool,
        called: Callable[[str], str],
    ) -> None:
        self.documents = documents
        self.settings = settings
        self.run_id = run_id
        self.again = again
        by_path = {known.path: known for known in documents}
        paths = [(item, called(shown_path(item.path))) for item in found]
        self.seen = [_look(item, path, by_path.get(path), settings.limits.max_bytes) for item, path in paths]

    def plan(self) -> Plan:
        rows = [(seen, self._row(seen)) for seen in self.seen]
        waiting = [(seen, row) for seen, row in rows if not self._is_settled(seen, row)]
        known = [(seen, row) for seen, row in rows if self._is_settled(seen, row)]
        return Plan(
            tasks=tuple(Task(seen.item.path, row) for seen, row in waiting if _is_task(seen, row)),
            copies=tuple(row for seen, row in waiting if row.content_of and not seen.item.problem),
            skipped=tuple((row, seen.item.problem) for seen, row in waiting if seen.item.problem),
            touched=tuple(row for seen, row in known if not _is_untouched(seen, row)),
            missing=tuple(
                known.id for known in self.gone if not known.missing_since and known.id not in self.moved_ids
            ),
            unchanged=len(known),
        )

    # What became of the documents

    @cached_property
    def gone(self) -> list[Known]:
        """Documents whose file is neither among those found nor where it was."""
        here = {seen.path for seen in self.seen}
        return [known for known in self.documents if known.path not in here and not _is_file_still(known.path)]

    @cached_property
    def moved(self) -> dict[str, Known]:
        """By new path: documents whose file is gone, with a new file that has their content."""
        here = {seen.path for seen in self.seen}
        masked = (known for known in self.documents if is_masked(known.path) and known.path not in here)
        gone = _by_content(sorted([*self.gone, *masked], key=lambda known: known.content_of is not None))
        new = (seen for seen in self.seen if seen.known is None and seen.sha256 in gone)
        return {seen.path: gone[seen.sha256].pop(0) for seen in new if seen.sha256 and gone[seen.sha256]}

    @cached_property
    def moved_ids(self) -> set[str]:
        return {known.id for known in self.moved.values()}

    @cached_property
    def edited(self) -> dict[str, str]:
        """By the content that they had: documents whose file now has another content."""
        before = (seen.known for seen in self.seen if seen.known and seen.is_edited)
        return {known.sha256: known.id for known in before if known.sha256 and not known.content_of}

    # Who is who

    @cached_property
    def ids(self) -> dict[str, str]:
        """The document that each path is: by its path, else by its content where that was moved, else a new one."""
        taken = {known.id for known in self.documents}
        ids: dict[str, str] = {}
        for seen in self.seen:
            before = seen.known or self.moved.get(seen.path)
            ids[seen.path] = before.id if before else _new_id(seen, taken)
            taken.add(ids[seen.path])
        return ids

    @cached_property
    def holders(self) -> dict[str, str]:
        """The document that stands for each content: the one that did so before, else the first."""
        edited = {seen.path for seen in self.seen if seen.is_edited}
        before = (known for known in self.documents if not known.content_of and known.path not in edited)
        holders = {known.sha256: known.id for known in before if known.sha256}
        for seen in self.seen:
            if seen.sha256:
                holders.setdefault(seen.sha256, self.ids[seen.path])
        return holders

    @cached_property
    def heirs(self) -> dict[str, str]:
        """By the document that was edited: the one that now stands for what it held."""
        return {id: self.holders[sha256] for sha256, id in self.edited.items() if sha256 in self.holders}

    def _row(self, seen: Seen) -> FileRow:
        id = self.ids[seen.path]
        before = seen.known or self.moved.get(seen.path)
        holder = self.holders.get(seen.sha256, id) if seen.sha256 else id
        source = self.edited.get(seen.sha256) if seen.sha256 and holder == id else None
        return FileRow(
            id=id,
            path=seen.path,
            sha256=seen.sha256,
            size=seen.item.size,
            modified=seen.item.modified,
            fingerprint=self.settings.fingerprint,
            circumstances=self.settings.circumstances,
            run_id=self.run_id,
            is_new=before is None,
            content_of=None if holder == id else holder,
            content_from=source,
            content_to=self.heirs.get(id),
        )

    def _is_settled(self, seen: Seen, row: FileRow) -> bool:
        """Whether the database holds all that reading the file again would give."""
        before = seen.known or self.moved.get(seen.path)
        return (
            before is not None
            and (before.sha256, before.content_of) == (row.sha256, row.content_of)
            and before.fingerprint in (row.fingerprint, row.fingerprint_in_part)
            and not (self.again and before.fingerprint != row.fingerprint)
            and not (before.sha256 is None and before.status == Status.FAILED.value)
            and Path(before.path).name == Path(seen.path).name
            and (before.status == Status.SKIPPED.value) == (seen.item.problem is not None)
        )


def _look(item: Found, path: str, known: Known | None, max_bytes: int) -> Seen:
    return Seen(item, path, _content(item, known, max_bytes), known)


def _content(item: Found, known: Known | None, max_bytes: int) -> str | None:
    """The hash of what the file holds; not computed again where size and time are as they were."""
    if known and (known.size, known.modified) == (item.size, item.modified):
        return known.sha256
    return None if item.problem or item.size > max_bytes else hash_of(item.path)


def hash_of(path: Path) -> str | None:
    """The hash of a file's content; None where it cannot be opened."""
    digest = hashlib.sha256()
    try:
        with os.fdopen(os.open(path, OPEN), "rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()


def _is_file_still(path: str) -> bool:
    """Whether there is anything at the path but a folder, as far as the path tells; links are not followed."""
    if is_masked(path):
        return True
    for place in (path, path_on_disk(path)):
        with suppress(OSError):
            return not stat.S_ISDIR(os.lstat(place).st_mode)
    return False


def _by_content(documents: Iterable[Known]) -> dict[str, list[Known]]:
    by_content: dict[str, list[Known]] = {}
    for known in documents:
        if known.sha256:
            by_content.setdefault(known.sha256, []).append(known)
    return by_content


def _new_id(seen: Seen, taken: set[str]) -> str:
    """By content, so that the same folder gives the same ids anywhere; a second copy's also by its path."""
    by_content = stable_id("d", seen.sha256 or seen.path)
    return by_content if by_content not in taken else stable_id("d", seen.sha256 or "", seen.path)


def _is_task(seen: Seen, row: FileRow) -> bool:
    return not seen.item.problem and not row.content_of


def _is_untouched(seen: Seen, row: FileRow) -> bool:
    known = seen.known
    return known is not None and not known.missing_since and (known.size, known.modified) == (row.size, row.modified)
