"""Files under folders: every path exactly once, links not followed, what is no regular file named as skipped."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from goalmap.ingest.errors import NotFound

IGNORED = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""Files that an operating system, not a person, put there."""
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


def find(folders: Iterable[Path]) -> list[Found]:
    """Every file under the folders (or named itself), sorted by path, once each. Raises NotFound."""
    found: dict[Path, Found] = {}
    for folder in folders:
        if not folder.exists():
            raise NotFound(f"There is no folder or file {str(folder)!r}. Check the spelling, or give the full path.")
        root = folder.resolve()
        for item in _walk(root) if root.is_dir() else [_look(root)]:
            found.setdefault(item.path, item)
    return [found[path] for path in sorted(found)]


def _walk(folder: Path) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, problem=f"The folder cannot be opened: {error.strerror}.")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("."):
                yield from _walk(path)
        elif not _is_ignored(entry.name):
            yield _look(path)


def _is_ignored(name: str) -> bool:
    return name in IGNORED or name.startswith((".", "~$"))


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
