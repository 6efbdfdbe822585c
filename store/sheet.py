"""Spreadsheet-safe CSV: written so that no program runs or changes a cell, read back whatever program saved it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goalmap.ingest.errors import NotFound, QueueProblem

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
DELIMITERS = ",;\t"
MAX_CELL = 32_000
"""Excel cuts a cell at 32,767 characters."""
FIELD_LIMIT = 10_000_000
WORKBOOK = b"PK\x03\x04"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
GUESSED = "{} is not UTF-8 and was read as Windows-1252; look at accents and quotation marks in the notes."
MISREAD_MARK = "ï»¿"
"""The byte-order mark of UTF-8 as a program shows it that took the file for Windows-1252."""


# Write


class Words(str):
    """A cell that stays as it is even where a spreadsheet would take it for a number or a date."""

    __slots__ = ()


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a CSV as Excel and LibreOffice open it (UTF-8 with mark, CRLF); gives the number of rows. Raises NotFound."""
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {str(path.parent)!r} to write to. Make it first, or choose another one.")
    count = 0
    temporary = path.with_name(path.name + ".part")
    with temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([escape(cell) for cell in row])
            count += 1
    temporary.replace(path)
    return count


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
    """One row of a sheet: where it begins in the file, and its cells by lower-case column name."""

    number: int
    cells: dict[str, str]
    extra: tuple[str, ...] = ()
    """Cells beyond the last column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV that was read; `warnings` say what was guessed."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()


def read_sheet(path: Path) -> Sheet:
    """The rows of a CSV that any spreadsheet program saved. Raises NotFound or QueueProblem."""
    if not path.is_file():
        raise NotFound(f"There is no file {str(path)!r}.")
    text, warnings = decoded(path.read_bytes(), path)
    rows = numbered_rows(text, path)
    columns = tuple(cell.strip().casefold() for cell in next(rows, (0, []))[1])
    lines = tuple(_line(number, columns, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    return Sheet(columns, lines, warnings)


def _line(number: int, columns: Sequence[str], cells: Sequence[str]) -> Line:
    """A row; cells that it lacks at its end are not among its cells."""
    named = {name: unescape(cell.strip()) for name, cell in zip(columns, cells, strict=False) if name}
    return Line(number, named, tuple(cell for cell in cells[len(columns) :] if cell.strip()))


def numbered_rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    first = 1
    try:
        for cells in reader:
            yield first, cells
            first = reader.line_num + 1
    except csv.Error as error:
        raise QueueProblem(
            f"{path} is damaged at line {first}: {error}. Nothing was taken over. Open it in a spreadsheet, look at that row, and save it again as CSV."
        ) from error


def decoded(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a CSV, with a warning where its encoding was guessed."""
    if data.startswith(WORKBOOK):
        raise QueueProblem(
            f"{path} is a workbook, not CSV. In the spreadsheet choose 'Save as', CSV UTF-8, and import that."
        )
    if data.startswith(UTF_16_MARKS):
        return _without_nul(_utf_16(data, path)), ()
    try:
        return _mended(_without_nul(data.decode("utf-8-sig"))), ()
    except UnicodeDecodeError:
        return _without_nul(data.decode("cp1252", errors="replace")), (GUESSED.format(path.name),)


def _utf_16(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise QueueProblem(
            f"{path} is damaged at byte {error.start}: {error.reason}. Nothing was taken over. Save it again as CSV UTF-8."
        ) from error


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


def _mended(text: str) -> str:
    """UTF-8 that a program took for Windows-1252 and saved as UTF-8 again, read as it was."""
    if not text.startswith(MISREAD_MARK):
        return text
    try:
        return b"".join(map(_byte, text)).decode("utf-8-sig")
    except UnicodeError:
        return text.removeprefix(MISREAD_MARK)


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _delimiter(text: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)
