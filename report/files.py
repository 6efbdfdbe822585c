"""Reports as files: the suffix chooses the writer, and a file is there whole or not at all."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from goalmap.ingest.errors import NotFound, UnknownName

Report = TypeVar("Report")


def writer_for(path: Path, writers: Mapping[str, Callable[[Report, Path], None]]) -> Callable[[Report, Path], None]:
    """The writer for a path's suffix. Raises UnknownName with those there are, or NotFound for a folder that is not there."""
    suffix = path.suffix.casefold()
    if suffix not in writers:
        raise UnknownName("report format", suffix or path.name, writers)
    if not path.parent.is_dir():
        raise NotFound(
            f"There is no folder {str(path.parent)!r} to write the report to. Make it first, or choose another -o."
        )
    return writers[suffix]


def write_text(path: Path, text: str) -> None:
    """Write a file beside its place, then put it there."""
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)
