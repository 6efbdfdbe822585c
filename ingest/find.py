"""Files under folders: every path exactly once, links not followed, what is not to be read named with the reason."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from goalmap.ingest.errors import NotFound

PUT_THERE = (
    (re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini", re.I), "A file of the operating system, not a document."),
    (re.compile(r"~\$.*", re.S), "The lock that Office keeps while a document is open; close it there."),
    (re.compile(r"\..*", re.S), "Hidden, since its name begins with a dot; rename it if it is to be read."),
)
"""Names of what a program, not a person, put there, and what is said of it."""
PARTS = "-parts"
"""Ends the name of the folder beside a database in which the workers of a cluster put what they made."""
MEMORY = "-passages"
"""The end of the name of the file beside a database that keeps what models made of passages."""
IRREGULAR = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A path that was found; `problem` says why it will not be read, if so."""

    path: Path
    size: int = 0
    modified: int = 0
    problem: str | None = None


def find(folders: Iterable[Path], database: Path | None = None) -> list[Found]:
    """Every file under the folders (or named itself), sorted by path, once each. Raises NotFound.

    The files of the database that the run writes to are not read.
    """
    found: dict[Path, Found] = {}
    for folder in folders:
        if not folder.exists():
            raise NotFound(f"There is no folder or file {str(folder)!r}. Check the spelling, or give the full path.")
        root = folder.resolve()
        for item in _walk(root) if root.is_dir() else [_look(root)]:
            found.setdefault(item.path, item)
    for path in _files_of(database):
        found.pop(path, None)
    parts = database and database.resolve().with_name(database.name + PARTS)
    return [found[path] for path in sorted(found) if path.parent != parts]


def _files_of(database: Path | None) -> list[Path]:
    if database is None:
        return []
    path = database.resolve()
    own = (path, *(path.with_name(path.name + end) for end in (MEMORY, f"{MEMORY}-damaged")))
    return [one.with_name(one.name + end) for one in own for end in ("", "-wal", "-shm", "-journal")]


def _walk(root: Path) -> Iterator[Found]:
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            yield Found(folder, problem=f"The folder cannot be opened: {error.strerror}.")
            continue
        for entry in entries:
            path = Path(entry.path)
            if problem := _put_there(entry.name):
                yield Found(path, problem=problem)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                yield _look(path)


def _put_there(name: str) -> str | None:
    return next((problem for pattern, problem in PUT_THERE if pattern.fullmatch(name)), None)


def _look(path: Path) -> Found:
    try:
        info = path.lstat()
    except OSError as error:
        return Found(path, problem=f"The file cannot be looked at: {error.strerror}.")
    if stat.S_ISREG(info.st_mode):
        return Found(path, info.st_size, info.st_mtime_ns)
    return Found(path, problem=f"Not a regular file but {_what(info.st_mode)}; it is not opened.")


def _what(mode: int) -> str:
    return next((name for test, name in IRREGULAR if test(mode)), "something else")
