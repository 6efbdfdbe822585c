"""Reports as files: the suffix chooses the writer, and a file is there whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.store.sheets.sheet import NOTHING_IS_RUN, in_its_place

if TYPE_CHECKING:
    from xlsxwriter import Workbook

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
    """Write a file beside its place, then put it there. Raises NotFound."""
    with in_its_place(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def workbook(path: Path) -> Iterator["Workbook"]:
    """A workbook to fill that runs nothing; in its place once it is whole. Raises NotFound, or OSError where it cannot be written."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    try:
        with in_its_place(path) as temporary, xlsxwriter.Workbook(str(temporary), NOTHING_IS_RUN) as book:
            yield book
    except FileCreateError as error:
        raise OSError(str(error)) from error
