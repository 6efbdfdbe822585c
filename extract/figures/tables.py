"""Figures in table rows: a cell counts what its row says, for the time that its column says."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goalmap.extract.figures.amounts import Amount, amounts_in
from goalmap.extract.figures.numbers import Number, numbers_in
from goalmap.extract.figures.periods import MONTH, OPEN, dates_of
from goalmap.ingest.document import Kind, Passage

_BAR = " | "
_YEAR = re.compile(
    rf"(?:in |FY ?)?(?:(?:19|20)\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?|(?:{MONTH}|Spring|Summer|Autumn|Winter) (?:19|20)\d\d)$"
)
_YEAR_IN = re.compile(r"(?:19|20)\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?(?!\d)")
_LEAD = re.compile(r"[~<>≤≥]?\s?")
_ONLY_NUMBER = re.compile(r"^[~<>≤≥]?\s?[£$€]?\s?\d[\d,.]*\s?\S{0,12}$")
PROSE = 6
"""Words in a cell from which on it is read as a sentence."""


class Cell(NamedTuple):
    """The text of one cell, and where it begins in its row."""

    text: str
    start: int


def cells_of(text: str) -> list[Cell]:
    """The cells of a row, each with its place."""
    cells, position = [], 0
    for part in text.split(_BAR):
        inner = part.strip()
        cells.append(Cell(inner, position + (part.find(inner) if inner else 0)))
        position += len(part) + len(_BAR)
    return cells


def is_row(passage: Passage) -> bool:
    return passage.kind is Kind.TABLE_ROW and _BAR in passage.text


def headers_of(passages: Sequence[Passage]) -> list[tuple[str, ...]]:
    """For each passage the cells of its table's header row; none outside tables, and for the header itself."""
    headers: list[tuple[str, ...]] = []
    current: tuple[str, ...] = ()
    for passage in passages:
        if not is_row(passage):
            current = ()
            headers.append(())
            continue
        cells = tuple(cell.text for cell in cells_of(passage.text))
        starts = _is_header(cells) and not current
        headers.append(() if starts or len(cells) != len(current) else current)
        current = cells if starts else current
    return headers


def _is_header(cells: Sequence[str]) -> bool:
    """No cell after the first holds a number, unless it is a year."""
    return len(cells) > 1 and all(_YEAR.match(cell) or not _ONLY_NUMBER.match(cell) for cell in cells[1:])


def row_amounts(text: str, header: Sequence[str], published: str | None) -> list[Amount]:
    """The figures of one row."""
    cells = cells_of(text)
    columns = header or ("",) * len(cells)
    return [
        amount for cell, column in zip(cells, columns, strict=True) for amount in _cell(cell, cells, column, published)
    ]


def _cell(cell: Cell, cells: Sequence[Cell], column: str, published: str | None) -> Iterator[Amount]:
    number = _number(cell.text)
    if number is None:
        if len(cell.text.split()) >= PROSE:
            yield from (_moved(amount, cell.start) for amount in amounts_in(cell.text, published))
        return
    label = cells[0].text
    if cell is cells[0] or not label or (number.is_bare and not column):
        return
    period = next((year.group() for words in (column, label) if (year := _year_in(words))), None)
    named = [words for words in (label, column) if words and not _YEAR.match(words)]
    start, end = cell.start + number.start, cell.start + number.end
    yield Amount(start, end, number.value, number.unit, ", ".join(named) or None, period, *_dates(period, published))


def _year_in(words: str) -> re.Match[str] | None:
    return _YEAR.match(words) or _YEAR_IN.search(words)


def _dates(period: str | None, published: str | None) -> tuple[str | None, str | None]:
    return dates_of(f"in {period}", published) if period else OPEN


def _number(text: str) -> Number | None:
    """The number that a cell is, if it is one and no year."""
    if _YEAR.match(text):
        return None
    start = match.end() if (match := _LEAD.match(text)) else 0
    numbers = list(numbers_in(text))
    whole = numbers and numbers[0].start == start and not text[numbers[0].end :].strip("+* ")
    return numbers[0] if whole else None


def _moved(amount: Amount, by: int) -> Amount:
    return amount._replace(start=amount.start + by, end=amount.end + by)
