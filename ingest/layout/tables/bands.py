"""Rows of a table as level bands across a page, and the columns that all of them share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from goalmap.ingest.clean import join_lines
from goalmap.ingest.layout.page import Line, Row, Word, box_around, lines_of, rows_of

LOWEST_ROW = 6.0
CELL_GAP = 3.0
"""Narrowest space between two columns of a table, in points."""
WORDS_IN_CELL = 30
"""More words in the cells than this, on average, are text in boxes."""
WIDER = 0.3
"""A distance between lines opens a new row where it is greater than the least by this much of their size."""
FIGURE = re.compile(r"^[(+<>~≈-]*[£€$]?-?\d[\d.,]*\)?\s?(?:%|p|k|m|bn|million)?\*?$|^(?:n/?a|nil|[-–—*])$", re.I)

Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The space between two edges, and the words in it."""

    top: float
    bottom: float
    words: tuple[Word, ...]

    @property
    def spans(self) -> Spans:
        """Where its words stand, from left to right, spaces between words filled."""
        return tuple(_spans(self.words))


PrintedRow = list[Line]
"""Lines side by side."""


def printed_rows(lines: Iterable[Line]) -> list[PrintedRow]:
    """Lines side by side, row by row from the top."""
    return [[line for line in row if isinstance(line, Line)] for row in rows_of(lines)]


def bands_between(heights: Sequence[float], words: Sequence[Word]) -> list[Band]:
    """The bands between edges at these heights that hold words."""
    bands = (
        Band(top, bottom, tuple(word for word in words if top <= (word.top + word.bottom) / 2 < bottom))
        for top, bottom in pairwise(heights)
        if bottom - top >= LOWEST_ROW
    )
    return [band for band in bands if band.words]


def band_of(rows: Sequence[PrintedRow]) -> Band:
    """The band that these printed rows fill."""
    lines = [line for row in rows for line in row]
    words = tuple(word for line in lines for word in line.words)
    return Band(min(line.top for line in lines), max(line.bottom for line in lines), words)


def distance(above: PrintedRow, below: PrintedRow) -> float:
    """The white space between two printed rows."""
    return min(line.top for line in below) - max(line.bottom for line in above)


def row_of(band: Band, cuts: Sequence[float], page: int) -> Row:
    """The row in a band, cut into cells; its box holds its words."""
    cells = tuple(cell_text(words, page) for words in _columns(band, cuts))
    return Row(cells, box_around(band.words, page))


def cell_text(words: Sequence[Word], page: int) -> str:
    """The text of a cell, its lines joined."""
    return join_lines(" ".join(word.text for word in row) for row in rows_of(words))


def is_table(rows: Sequence[Row]) -> bool:
    """Whether at least two rows have more than one cell, and cells hold words, not whole texts."""
    cells = [len(cell.split()) for row in rows for cell in row.cells if cell]
    return sum(sum(map(bool, row.cells)) > 1 for row in rows) >= 2 and mean(cells) <= WORDS_IN_CELL


def shared_spaces(bands: Sequence[Band]) -> list[float]:
    """The middles of the upright white strips that hardly any row crosses."""
    spans = [span for band in bands for span in band.spans]
    ends = sorted([(left, 1) for left, _ in spans] + [(right, -1) for _, right in spans])
    allowed, depth, cuts = len(bands) // 8, 0, []
    for (x, step), (next_x, _) in pairwise(ends):
        depth += step
        if depth <= allowed and next_x - x >= CELL_GAP and any(right <= x + 0.1 for _, right in spans):
            cuts.append((x + next_x) / 2)
    return cuts


def _spans(words: Sequence[Word]) -> Iterator[tuple[float, float]]:
    start = end = None
    for word in sorted(words, key=lambda word: word.left):
        if start is None or end is None:
            start, end = word.left, word.right
        elif word.left - end <= 0.6 * word.size:
            end = max(end, word.right)
        else:
            yield start, end
            start, end = word.left, word.right
    if start is not None and end is not None:
        yield start, end


def _columns(band: Band, cuts: Sequence[float]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for word in band.words:
        columns[sum((word.left + word.right) / 2 > cut for cut in cuts)].append(word)
    return columns


# A band may hold several rows


def divided(band: Band, cuts: Sequence[float], page: int) -> list[Band]:
    """The rows inside a band between rules: its lines where each has a figure, else what space sets apart."""
    rows = printed_rows(lines_of(band.words, page))
    bands = [band_of([row]) for row in rows]
    if not (len(rows) > 1 and _hold_figures(bands, cuts, page)):
        bands = [band_of(group) for group in set_apart(rows)]
    return bands if len(bands) > 1 and all(_opens_row(band, cuts) for band in bands) else [band]


def set_apart(rows: Sequence[PrintedRow]) -> Iterator[list[PrintedRow]]:
    """Printed rows grouped: those of one group stand closer together than groups do."""
    least = min((_leading(above, below) for above, below in pairwise(rows)), default=0.0)
    group: list[PrintedRow] = []
    for row in rows:
        if group and _leading(group[-1], row) > least + WIDER:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _leading(above: PrintedRow, below: PrintedRow) -> float:
    """The space between two printed rows, as a multiple of their size; overprinted ones have none."""
    return max(distance(above, below) / below[0].size, 0.0)


def _hold_figures(bands: Sequence[Band], cuts: Sequence[float], page: int) -> bool:
    """Whether there is a column in which each of the bands has a figure."""
    cells = [row_of(band, cuts, page).cells for band in bands]
    return any(all(FIGURE.match(row[column]) for row in cells) for column in range(1, len(cuts) + 1))


def _opens_row(band: Band, cuts: Sequence[float]) -> bool:
    columns = _columns(band, cuts)
    return bool(columns[0]) and sum(map(bool, columns)) > 1
