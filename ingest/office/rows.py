"""Rows of cells: each is a passage that says its headings again, because a row of a sheet means nothing without them.

`Ward: Larch | Vacancies: 12 | Filled: 9` is what is made of a row, empty cells left out; the row of headings itself stands above,
cells kept apart by bars. Lines above a table are headings, notes below it paragraphs.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.layout.tables.tables import BAR
from goalmap.ingest.marks import NEXT_SENTENCE, item_kind, without_bullet

NUMBER = re.compile(r"^[(+~<>≈-]?\s*[£$€]?\s*[+-]?\d[\d,. ]*\s*(?:%|[a-z]{1,2})?\)?$|^[-–—.*]+$|^n/?a$", re.I)
DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?$")
YEAR = re.compile(r"^(?:19|20)\d\d(?:\s?[-/–]\s?\d\d(?:\d\d)?)?$")
LONGEST_LABEL = 80
"""Characters of a heading that are said again in each row; the rest of a question in a survey is not."""
ROWS_WITH_LABELS = 10
"""Among how many rows at its top a table has its headings."""
MANY_LABELS = 4
"""In a table of so many columns a heading may be empty."""
LINES_OF_A_HEAD = 3
"""So many cells above each other, and no more, head what comes after them."""
WORDS_IN_LINE = 14

Labels = Mapping[int, str]
"""The heading of each column, by its number."""
Row = Sequence[str]
Thing = TypeVar("Thing")


def blocks_of_rows(rows: Iterable[Row], limit: int) -> Iterator[Block]:
    """The blocks of a sheet, up to the one that goes over a limit of characters; tables are apart where a row is empty.

    >>> [block.text for block in blocks_of_rows([["Ward", "Filled"], ["Larch", "9"], ["Ash", ""]], limit=1000)]
    ['Ward | Filled', 'Ward: Larch | Filled: 9', 'Ward: Ash']
    """
    enough = _up_to(limit, rows, lambda row: sum(map(len, row)))
    return _up_to(limit, _blocks(enough), lambda block: len(block.text))


def _up_to(limit: int, things: Iterable[Thing], length: Callable[[Thing], int]) -> Iterator[Thing]:
    total = 0
    for thing in things:
        yield thing
        total += length(thing)
        if total > limit:
            return


def _blocks(rows: Iterable[Row]) -> Iterator[Block]:
    labels: Labels = {}
    for is_filled, group in groupby(rows, key=any):
        if is_filled:
            table = list(group)
            at = _labels_at(table, labels)
            if at is not None:
                labels = _labels(table[at])
                yield from _head(table[: at + 1])
                yield from _body(table[at + 1 :], labels)
            elif _width(table) == 1:
                yield from _column([row[_filled(row)[0]] for row in table])
            else:
                labels = labels if _fits(table, labels) else {}
                yield from _body(table, labels)


def _filled(row: Row) -> list[int]:
    return [column for column, cell in enumerate(row) if cell]


def _width(table: Sequence[Row]) -> int:
    return len({column for row in table for column in _filled(row)})


# Headings of columns


def _labels_at(table: Sequence[Row], before: Labels) -> int | None:
    """Which row of a table holds its headings; none where the table goes on under those before."""
    if len(table) < 2:
        return None
    counts = [sum(_is_label(cell) for cell in row) for row in table[:ROWS_WITH_LABELS]]
    most = max(counts)
    if most < 2:
        return None
    at = next(i for i, count in enumerate(counts) if count >= (most if most < MANY_LABELS else most - 1))
    if at == len(table) - 1 or (before and _fits(table, before) and not _differs_below(table, at)):
        return None
    return at


def _is_label(cell: str) -> bool:
    return bool(cell) and (YEAR.match(cell) is not None or not (NUMBER.match(cell) or DATE.match(cell)))


def _differs_below(table: Sequence[Row], at: int) -> bool:
    """Whether a column has words at its head and figures below."""
    columns = [column for column in _filled(table[at]) if _is_label(table[at][column])]
    below = table[at + 1 :]
    return any(
        bool(cells) and not any(map(_is_label, cells))
        for cells in ([row[column] for row in below if column < len(row) and row[column]] for column in columns)
    )


def _fits(table: Sequence[Row], labels: Labels) -> bool:
    return all(column in labels for row in table for column in _filled(row))


def _labels(row: Row) -> Labels:
    return {column: _shortened(row[column].rstrip(":")) for column in _filled(row)}


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL].rsplit(' ', 1)[0]}…"


# Rows


def _head(rows: Sequence[Row]) -> Iterator[Block]:
    """The lines above a table, and its headings."""
    for row in rows:
        filled = _filled(row)
        yield _text(row[filled[0]], Kind.HEADING) if len(filled) == 1 else _joined(row[column] for column in filled)


def _column(texts: Sequence[str]) -> Iterator[Block]:
    """Cells with nothing beside them: lines that head what follows, or a list."""
    if_short = Kind.HEADING if len(texts) <= LINES_OF_A_HEAD else Kind.LIST_ITEM
    return (_text(text, if_short) for text in texts)


def _body(table: Sequence[Row], labels: Labels) -> Iterator[Block]:
    for row in table:
        filled = _filled(row)
        if len(filled) == 1 and _is_text(row[filled[0]]) and len(labels) != 1:
            yield _text(row[filled[0]], Kind.BODY)
        else:
            yield _joined(f"{labels[column]}: {row[column]}" if column in labels else row[column] for column in filled)


def _joined(cells: Iterable[str]) -> Block:
    return Block(BAR.join(cells), Kind.TABLE_ROW)


def _text(text: str, if_short: Kind) -> Block:
    short = if_short if _is_label(text) else Kind.TABLE_ROW
    kind = item_kind(text) or (Kind.BODY if _is_text(text) else short)
    return Block(without_bullet(text) if kind is Kind.LIST_ITEM else text, kind)


def _is_text(text: str) -> bool:
    return len(text.split()) > WORDS_IN_LINE or text.endswith((".", "!", "?")) or NEXT_SENTENCE.search(text) is not None
