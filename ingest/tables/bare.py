"""Tables with nothing drawn around them: rows of cells, each row set apart from the next by white space."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import mean

from goalmap.ingest.layout.insets import with_insets
from goalmap.ingest.layout.page import Line, Page, Row, Table, box_around
from goalmap.ingest.tables.bands import (
    Band,
    PrintedRow,
    band_of,
    distance,
    is_table,
    printed_rows,
    row_of,
    set_apart,
    shared_spaces,
)

FEWEST_ROWS = 3
APART = 2.5
"""What stands further apart than this many times its size does not belong together."""
LABEL_WORDS = 6
"""Most words, on average, in the cells of the column that says what the row is about or who sees to it."""
LONGEST_LABEL = 12
WORDS_IN_SECOND_OF_TWO = 15
"""More words than this beside a label are a paragraph under a side heading."""
COUNTER = re.compile(r"^(?:\W*|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3}(?:\.\d{1,3})*)[.)]?)$", re.I)
"""A bullet or the number of a paragraph."""


def bare_tables(page: Page, lines: Sequence[Line]) -> Iterator[Table]:
    """The tables among these lines whose rows are set apart by white space; boxes with text in them are no tables."""
    open_lines = [element for element in with_insets(page, lines) if isinstance(element, Line)]
    for region in _regions(printed_rows(open_lines)):
        bands = [band_of(group) for group in set_apart(region)]
        for has_cells, run in groupby(bands, key=lambda band: len(band.spans) > 1):
            if has_cells and (table := _table(list(run), page.number)):
                yield table


def _regions(rows: Sequence[PrintedRow]) -> Iterator[list[PrintedRow]]:
    """Printed rows parted where much space lies between them."""
    region = list(rows[:1])
    for above, below in pairwise(rows):
        if distance(above, below) > APART * below[0].size:
            yield region
            region = []
        region.append(below)
    yield region


def _table(bands: Sequence[Band], page: int) -> Table | None:
    cuts = shared_spaces(bands) if len(bands) >= FEWEST_ROWS else []
    rows = [row_of(band, cuts, page) for band in bands] if cuts else []
    if not rows or not is_table(rows) or not _has_columns(rows):
        return None
    box = box_around([word for band in bands for word in band.words], page)
    return Table(tuple(rows), box.left, box.top, box.right, box.bottom)


def _has_columns(rows: Sequence[Row]) -> bool:
    """Whether every row begins in the first column, and one column holds labels; lists and columns of text do not."""
    cells = [list(filter(None, column)) for column in zip(*(row.cells for row in rows), strict=True)]
    if len(cells[0]) < len(rows) or any(sum(map(bool, row.cells)) < 2 for row in rows):
        return False
    columns = [column for column in cells if 2 * len(column) >= len(rows)]
    if all(COUNTER.match(cell) for cell in columns[0]):
        columns = columns[1:]
    if len(columns) == 2:
        return _holds_labels(columns[0]) and _words(columns[1]) <= WORDS_IN_SECOND_OF_TWO
    return len(columns) > 2 and any(map(_holds_labels, columns))


def _holds_labels(cells: Sequence[str]) -> bool:
    return _words(cells) <= LABEL_WORDS and max(len(cell.split()) for cell in cells) <= LONGEST_LABEL


def _words(cells: Sequence[str]) -> float:
    return mean(len(cell.split()) for cell in cells)
