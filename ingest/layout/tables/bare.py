"""Tables with nothing drawn around them: rows of cells, each row set apart from the next by white space."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import mean

from goalmap.ingest.layout.insets import with_insets
from goalmap.ingest.layout.page import Line, Page, Row, Table, box_around
from goalmap.ingest.layout.tables.bands import (
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
EVEN = 0.4
"""Least space between rows of one line that stand evenly, as a multiple of their size."""
OTHER_SIZE = 0.15
"""Share by which the size of a heading differs from that of the rows below it."""
SAME_PLACE = 4.0
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
        bands = [band_of(group) for group in _grouped(region)]
        for has_cells, run in groupby(bands, key=lambda band: len(band.spans) > 1):
            if has_cells and (table := _table(list(run), page.number)):
                yield table


def _grouped(region: Sequence[PrintedRow]) -> list[list[PrintedRow]]:
    """The printed rows of each row: what space sets apart; where they stand evenly and wide apart, each is one."""
    groups = list(set_apart(region))
    even = len(groups) == 1 and all(len(row) > 1 for row in region)
    wide = all(distance(above, below) > EVEN * below[0].size for above, below in pairwise(region))
    return [[row] for row in region] if even and wide else groups


def _regions(rows: Sequence[PrintedRow]) -> Iterator[list[PrintedRow]]:
    """Printed rows parted where much space lies between them, and at headings."""
    headings = [_is_heading(above, below) for above, below in pairwise(rows)] + [False]
    region = list(rows[:1])
    for place, (above, below) in enumerate(pairwise(rows)):
        if distance(above, below) > APART * below[0].size or headings[place] or headings[place + 1]:
            yield region
            region = []
        region.append(below)
    yield region


def _is_heading(above: PrintedRow, below: PrintedRow) -> bool:
    """Whether a row is one line in another style than what stands below it."""
    line, other = above[0], below[0]
    same_style = line.bold == other.bold and abs(line.size - other.size) < OTHER_SIZE * other.size
    return len(above) == 1 and not same_style and abs(line.left - other.left) < SAME_PLACE


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
        if len(columns) == 2 and _holds_labels(columns[1]):
            return True
    if len(columns) == 2:
        return _holds_labels(columns[0]) and _words(columns[1]) <= WORDS_IN_SECOND_OF_TWO
    return len(columns) > 2 and any(map(_holds_labels, columns))


def _holds_labels(cells: Sequence[str]) -> bool:
    return _words(cells) <= LABEL_WORDS and max(len(cell.split()) for cell in cells) <= LONGEST_LABEL


def _words(cells: Sequence[str]) -> float:
    return mean(len(cell.split()) for cell in cells)
