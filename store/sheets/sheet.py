"""Spreadsheet-safe sheets: cells that no program runs or changes, written as CSV, read back from CSV or XLSX whatever program saved it."""

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from math import ceil
from pathlib import Path

from goalmap.ingest.errors import NotFound, QueueProblem
from goalmap.store.sheets.parts import Formula
from goalmap.store.sheets.text import MISREAD_MARK, manner_of, mended, rows_of_text
from goalmap.store.sheets.workbook import HEADER_ROWS, is_workbook, rows_of_workbook

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BREAKS = re.compile(r"\r\n|[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
WHOLE_NUMBER = re.compile(r"0|[1-9]\d{0,14}")
MONTHS = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
LOOKS_LIKE_VALUE = re.compile(
    rf"(?=.*\d)[\d\s.,:/%£$€()e+-]+|\d{{0,4}}[\s/-]?(?:{MONTHS})[a-z]*[\s/,-]*\d[\d\s/,-]*|\d{{1,2}}[\s/-]?(?:{MONTHS})[a-z]*|true|false",
    re.I,
)
"""What a spreadsheet takes for a number, a date or a truth value and writes back in another form."""
LEADING = re.compile(r"[\s']*")
MAX_CELL = 32_000
"""Excel cuts a cell at 32,767 characters."""
NOTHING_IS_RUN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How a workbook is made in which every text stays a text."""
LINE_HEIGHT, MOST_LINES = 15, 27
"""In points; no program shows rows that are higher than 409."""


# Write


class Words(str):
    """A cell that stays as it is even where a spreadsheet would take it for a number or a date."""

    __slots__ = ()


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a CSV as Excel and LibreOffice open it (UTF-8 with mark, CRLF); gives the number of rows. Raises NotFound."""
    with in_its_place(path) as temporary:
        return write_rows(temporary, columns, rows)


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """The same straight into a file."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([escape(column) for column in columns])
        for row in rows:
            writer.writerow([escape(cell) for cell in row])
            count += 1
    return count


@contextmanager
def in_its_place(path: Path) -> Iterator[Path]:
    """A file to write to that takes the place of another when it is whole. Raises NotFound."""
    with beside(path) as temporary:
        yield temporary
        temporary.replace(path)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A file to write to in the same folder, gone afterwards unless it was moved. Raises NotFound."""
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {str(path.parent)!r} to write to. Make it first, or choose another one.")
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def escape(cell: object) -> str:
    """A cell that stays text: no formula, no control characters, no line breaks, not too long.

    >>> escape("=1+1"), escape(Words("1.10")), escape(Words("8"))
    ("'=1+1", "'1.10", '8')
    """
    text = plain(cell)
    is_changed_by_others = isinstance(cell, Words) and _is_value(text.strip())
    return f"'{text}" if is_changed_by_others or _is_formula(text) or _begins_quoted(text) else text


def plain(cell: object) -> str:
    """A cell's text in one line, without control characters, cut where Excel would cut it."""
    text = "" if cell is None else CONTROLS.sub("", BREAKS.sub(" ", str(cell)))
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 2] + " …"


def unescape(cell: str) -> str:
    """What `escape` made safe, as it was."""
    return cell[1:] if cell.startswith("'") and _is_risky(cell[1:]) else cell


def row_height(cells: Iterable[tuple[str, int]], filled: float) -> int:
    """The height of a row that shows these texts in columns of these widths; not every program finds it by itself.

    `filled` is how many characters stand in the width of one figure.

    >>> row_height([("Short", 30), ("word " * 40, 90)], 1.1), row_height([("word " * 2000, 90)], 1.1)
    (45, 405)
    """
    lines = max(ceil(len(text) / (filled * width)) for text, width in cells)
    return LINE_HEIGHT * min(max(lines, 1), MOST_LINES)


def _is_formula(text: str) -> bool:
    return text.lstrip().startswith(FORMULA_STARTS)


def _is_value(text: str) -> bool:
    return LOOKS_LIKE_VALUE.fullmatch(text) is not None and not WHOLE_NUMBER.fullmatch(text)


def _is_risky(text: str) -> bool:
    """Whether a formula or a value is left without the quotes and spaces that it begins with."""
    bare = _bare(text)
    return _is_formula(bare) or _is_value(bare.strip())


def _begins_quoted(text: str) -> bool:
    """Text that itself begins with quotes before such a sign would lose one of them on the way back."""
    return "'" in text.removesuffix(_bare(text)) and _is_risky(text)


def _bare(text: str) -> str:
    return LEADING.sub("", text, count=1)


# Read


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: where it begins in the file, and its cells by column; what is beyond the last column is extra."""

    number: int
    columns: tuple[str, ...]
    values: tuple[str, ...]
    width: int
    """How many cells the row has."""
    extra: tuple[str, ...] = ()

    @property
    def cells(self) -> dict[str, str]:
        """The cells by lower-case column name; those that the row lacks at its end are not among them."""
        return dict(zip(self.columns, self.values, strict=False))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read; `warnings` say what was guessed."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()
    is_workbook: bool = False
    encoding: str | None = None
    """The encoding that was guessed, where it was."""
    is_ended: bool = True
    """Whether its last line has an end."""


def read_sheet(path: Path, keys: Set[str] = frozenset(), wanted: Mapping[str, int | None] | None = None) -> Sheet:
    """The rows of a CSV or XLSX that any spreadsheet program saved. Raises NotFound or QueueProblem.

    The header is the first filled row, or the first of them that has these `keys`. Of the columns only those
    `wanted` are kept, each as far as so many characters.
    """
    if not path.is_file():
        raise NotFound(f"There is no file {str(path)!r}.")
    before = path.stat()
    with path.open("rb") as file:
        start = file.read(4)
    sheet = _read_workbook(path, keys, wanted) if is_workbook(start) else _read_text(path, keys, wanted)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise QueueProblem(f"{path} was written while it was read. Wait until it is saved, and import it again.")
    return sheet


def filled_rows(path: Path) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """The rows of a CSV or XLSX that are not blank, each with its line, and what was guessed. Raises QueueProblem."""
    warnings: list[str] = []
    with path.open("rb") as file:
        start = file.read(4)
    if is_workbook(start):
        rows = rows_of_workbook(path, frozenset(), warnings)
    else:
        manner = manner_of(path)
        rows = rows_of_text(path, manner, frozenset())
        warnings += [manner.warning] if manner.warning else []
    return [row for row in rows if any(cell.strip() for cell in row[1])], tuple(warnings)


def _read_workbook(path: Path, keys: Set[str], wanted: Mapping[str, int | None] | None) -> Sheet:
    warnings: list[str] = []
    columns, lines = _table(rows_of_workbook(path, keys, warnings), keys, wanted)
    return Sheet(columns, lines, tuple(warnings), is_workbook=True)


def _read_text(path: Path, keys: Set[str], wanted: Mapping[str, int | None] | None) -> Sheet:
    manner = manner_of(path)
    columns, lines = _table(rows_of_text(path, manner, keys), keys, wanted)
    warnings = (manner.warning,) if manner.warning else ()
    return Sheet(columns, lines, warnings, encoding=manner.guessed, is_ended=manner.is_ended)


def _table(
    rows: Iterator[tuple[int, list[str]]], keys: Set[str], wanted: Mapping[str, int | None] | None
) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The header and the rows below it that are not blank; a header that is repeated is none of them."""
    filled: Iterator[tuple[int, list[str]]] = (row for row in rows if any(cell.strip() for cell in row[1]))
    first = list(islice(filled, HEADER_ROWS if keys else 1))
    if any(cell.startswith(MISREAD_MARK) for _, cells in first for cell in cells):
        first, filled = list(_mended_rows(first)), _mended_rows(filled)
    place = next((place for place, (_, cells) in enumerate(first) if keys <= set(_names(cells))), 0)
    columns = _names(first[place][1]) if first else ()
    kept = [(at, name, (wanted or {}).get(name)) for at, name in enumerate(columns) if name and _is_kept(name, wanted)]
    below = chain(first[place + 1 :], filled)
    names = tuple(name for _, name, _ in kept)
    same: dict[str, str] = {}
    return columns, tuple(
        _line(number, names, cells, kept, len(columns), same)
        for number, cells in below
        if not (keys and _is_header(cells, columns))
    )


def _mended_rows(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        yield number, [cell if isinstance(cell, Formula) else mended(cell) for cell in cells]


def _is_kept(name: str, wanted: Mapping[str, int | None] | None) -> bool:
    return wanted is None or name in wanted


def _names(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(cell.strip().casefold() for cell in cells)


def _is_header(cells: Sequence[str], columns: tuple[str, ...]) -> bool:
    return cells[0].strip().casefold() == columns[0] and _names(cells) == columns


def _line(
    number: int,
    names: tuple[str, ...],
    cells: Sequence[str],
    kept: Iterable[tuple[int, str, int | None]],
    columns: int,
    same: dict[str, str],
) -> Line:
    """A row of which the columns wanted are kept; what is the same in many rows is kept once."""
    values = (_value(cells[at], most) for at, _, most in kept if at < len(cells))
    extra = tuple(cell for cell in cells[columns:] if cell.strip())
    return Line(number, names, tuple(same.setdefault(value, value) for value in values), len(cells), extra)


def _value(cell: str, most: int | None) -> str:
    if isinstance(cell, Formula):
        return cell
    return unescape(cell.strip() if most is None else cell.strip()[:most])
