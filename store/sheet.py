"""Spreadsheet-safe CSV: written so that no program runs or changes a cell, read back whatever program saved it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from goalmap.ingest.errors import NotFound, QueueProblem

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DELIMITERS = ",;\t"
MAX_CELL = 32_000
"""Excel cuts a cell at 32,767 characters."""
FIELD_LIMIT = 10_000_000


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a CSV as Excel and LibreOffice open it (UTF-8 with mark, CRLF); gives the number of rows."""
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

    >>> escape("=1+1")
    "'=1+1"
    """
    text = "" if cell is None else CONTROLS.sub("", str(cell)).replace("\r\n", " ").replace("\n", " ")
    text = text if len(text) <= MAX_CELL else text[: MAX_CELL - 2] + " …"
    return f"'{text}" if text.startswith(FORMULA_STARTS) or _is_quoted_start(text) else text


def unescape(cell: str) -> str:
    """What `escape` made safe, as it was."""
    return (
        cell[1:]
        if cell.startswith("'") and (cell[1:].startswith(FORMULA_STARTS) or _is_quoted_start(cell[1:]))
        else cell
    )


def _is_quoted_start(text: str) -> bool:
    """Text that itself begins with quotes before a formula sign would lose one of them on the way back."""
    bare = text.lstrip("'")
    return bare != text and bare.startswith(FORMULA_STARTS)


def read_sheet(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV with their line numbers, cells by lower-case column name. Raises NotFound or QueueProblem."""
    if not path.is_file():
        raise NotFound(f"There is no file {str(path)!r}.")
    text = _decode(path.read_bytes(), path)
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield (
                    reader.line_num,
                    {name: unescape(cell.strip()) for name, cell in zip(header, cells, strict=False) if name},
                )
    except csv.Error as error:
        raise QueueProblem(
            f"{path} is damaged at line {reader.line_num}: {error}. Nothing was taken over; open it in a spreadsheet and save it again as CSV."
        ) from error


def _decode(data: bytes, path: Path) -> str:
    if data[:4] == b"PK\x03\x04":
        raise QueueProblem(
            f"{path} is a workbook, not CSV. In the spreadsheet choose 'Save as', CSV UTF-8, and import that."
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)
