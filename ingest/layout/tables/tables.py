"""Tables on a page: rows between rules or coloured bands, and rows without any that stand in line."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import mean, median

from goalmap.ingest.clean import clean, join_lines
from goalmap.ingest.document import Block, Box, Kind
from goalmap.ingest.layout.page import Element, Line, Page, Row, Table, box_around, is_within, line_of, rows_of
from goalmap.ingest.layout.tables.bands import (
    LOWEST_ROW,
    Band,
    PrintedRow,
    band_of,
    bands_between,
    distance,
    divided,
    is_table,
    printed_rows,
    row_of,
    shared_spaces,
)
from goalmap.ingest.layout.tables.bare import WORDS_IN_SECOND_OF_TWO, bare_tables
from goalmap.ingest.layout.tables.rules import SAME_PLACE, Stack, is_irregular, reach, stacks_on, upright_rules

WORDS_IN_LOOSE_CELL = 5
ROWS_IN_LINE = 3
FEW_BANDS = 3
"""A table of so few bands may have rules around its header and its foot alone."""
NEXT_LINE = 1.5
"""Greatest distance from one line of a cell to the next, as a multiple of their size."""
HEADER_GAP = 0.4
"""Narrowest space between two cells of a header, as a multiple of its size."""
SAME_SIZE = 0.15
"""Share by which the sizes of a table's rows may differ."""
BAR = " | "


def table_blocks(rows: Iterable[Sequence[str]], page: int | None = None, box: Box | None = None) -> Iterator[Block]:
    """One block a row, cells kept apart by bars; a table of one column is a list.

    A cell that reaches over several rows or columns stands in the first of them, as it is printed.

    >>> [block.text for block in table_blocks([["Measure", "2024"], ["Apprentices", "453"], ["", ""]])]
    ['Measure | 2024', 'Apprentices | 453']
    """
    for row in rows:
        cells = [clean(cell) for cell in row]
        if filled := [cell for cell in cells if cell]:
            kind = Kind.TABLE_ROW if len(cells) > 1 else Kind.LIST_ITEM
            yield Block(BAR.join(filled), kind, page, (box,) if box else ())


# Tables with rules


def ruled_tables(page: Page, lines: Sequence[Line]) -> list[Table]:
    """The tables of a page that are told before its columns are: by rules, by coloured bands, by white strips."""
    tables = list(page.grids)
    for stack in stacks_on(page):
        table = _table_in(page, stack, lines)
        if table and not any(_overlap(table, other) for other in tables if not _goes_on(stack, other)):
            tables = [*(other for other in tables if not _overlap(table, other)), table]
    left = [line for line in lines if not any(is_within(line, table) for table in tables)]
    return [*tables, *bare_tables(page, left)]


def holds_grid(page: Page) -> bool:
    """Whether a table on a page is drawn cell by cell and some cells are merged; rows of others follow from the rules."""
    return any(_is_cut(page, stack) and is_irregular(page, stack) for stack in stacks_on(page))


def _is_cut(page: Page, stack: Stack) -> bool:
    bands = bands_between([edge.height for edge in stack], page.words)
    return len(bands) > 1 and bool(_uprights(page, bands, stack[0].left - 1, stack[0].right + 1))


def _overlap(one: Table, other: Table) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0 and min(one.bottom, other.bottom) - max(one.top, other.top) > 0


def _goes_on(stack: Stack, grid: Table) -> bool:
    """Whether edges go on above or below a grid of their width: every other row is drawn without a border."""
    as_wide = abs(stack[0].left - grid.left) < SAME_PLACE and abs(stack[0].right - grid.right) < SAME_PLACE
    return as_wide and (stack[0].height < grid.top - LOWEST_ROW or stack[-1].height > grid.bottom + LOWEST_ROW)


def _table_in(page: Page, stack: Stack, lines: Sequence[Line]) -> Table | None:
    left, right = stack[0].left - 1, stack[0].right + 1
    inside = [word for word in page.words if left <= (word.left + word.right) / 2 <= right]
    bands = _without_titles(bands_between([edge.height for edge in stack], inside))
    uprights = _uprights(page, bands, left, right) if bands else []
    cuts = uprights or shared_spaces(bands)
    if not cuts:
        return None
    bands = list(_divided(bands, cuts, page.number))
    outside = _rows_beside(page, bands, lines, [left, *cuts, right])
    bands = _with_outer_rows(bands, outside, [left, *cuts, right])
    cuts = uprights or _widened(cuts, bands)
    rows = tuple(row_of(band, cuts, page.number) for band in bands)
    if not is_table(rows) or (not uprights and _is_text_beside_headings(bands, rows, cuts)):
        return None
    return Table(rows, left, bands[0].top - 1, right, bands[-1].bottom + 1)


def _is_text_beside_headings(bands: Sequence[Band], rows: Sequence[Row], cuts: Sequence[float]) -> bool:
    """Whether bold words stand beside paragraphs: side headings, or questions beside their answers."""
    if len(cuts) != 1 or mean(len(row.cells[1].split()) for row in rows) <= WORDS_IN_SECOND_OF_TWO:
        return False
    return all(word.bold == (word.right < cuts[0]) for band in bands for word in band.words)


def _rows_beside(page: Page, bands: Sequence[Band], lines: Sequence[Line], cuts: Sequence[float]) -> list[PrintedRow]:
    """The printed rows within a table's width and no higher or lower than its uprights."""
    left, right = cuts[0], cuts[-1]
    highest, lowest = reach(page, bands[0].top, bands[-1].bottom, left, right)
    beside = (line for line in lines if left <= line.left and line.right <= right)
    return printed_rows(
        piece for line in beside if highest <= _middle([line]) <= lowest for piece in _pieces(line, cuts[1:-1])
    )


def _widened(cuts: list[float], bands: Sequence[Band]) -> list[float]:
    """The cuts, moved to where the header's words leave space too."""
    shared = shared_spaces(bands)
    return shared if len(shared) == len(cuts) else cuts


def _pieces(line: Line, cuts: Sequence[float]) -> list[Line]:
    """A line cut where columns end, if there is space at each cut; the cells of a header may stand close together."""
    groups = groupby(line.words, key=lambda word: sum((word.left + word.right) / 2 > cut for cut in cuts))
    pieces = [line_of(list(words), line.page) for _, words in groups]
    apart = all(after.left - before.right > HEADER_GAP * line.size for before, after in pairwise(pieces))
    return pieces if apart else [line]


def _without_titles(bands: list[Band]) -> list[Band]:
    """The bands from the first to the last that hold more than one cell."""
    rows = [i for i, band in enumerate(bands) if len(band.spans) > 1]
    return bands[rows[0] : rows[-1] + 1] if rows else []


def _uprights(page: Page, bands: Sequence[Band], left: float, right: float) -> list[float]:
    return upright_rules(page, bands[0].top, bands[-1].bottom, left, right)


def _divided(bands: Sequence[Band], cuts: Sequence[float], page: int) -> Iterator[Band]:
    for band in bands:
        yield from divided(band, cuts, page) if len(bands) <= FEW_BANDS else [band]


def _with_outer_rows(bands: Sequence[Band], rows: Sequence[PrintedRow], cuts: Sequence[float]) -> list[Band]:
    """The bands, with the row above the first edge and the one below the last that stand in the same columns."""
    size = median(word.size for band in bands for word in band.words)
    like = [row for row in rows if abs(row[0].size - size) < SAME_SIZE * size]
    above = [row for row in reversed(like) if _middle(row) <= bands[0].top]
    below = [row for row in like if _middle(row) >= bands[-1].bottom]
    first = above if above and bands[0].top - _middle(above[0]) < 2 * size else []
    last = below if below and _middle(below[0]) - bands[-1].bottom < 2 * size else []
    return [*_outer_row(first, cuts), *bands, *_outer_row(last, cuts)]


def _outer_row(rows: Sequence[PrintedRow], cuts: Sequence[float]) -> list[Band]:
    """The band of those printed rows that stand in the columns, from the nearest on until there is a space."""
    group: list[PrintedRow] = []
    for row in rows:
        near = not group or abs(_middle(group[-1]) - _middle(row)) < NEXT_LINE * row[0].size
        if not (near and _stands_in(row, cuts)):
            break
        group.append(row)
    return [band_of(group)] if any(len(row) > 1 for row in group) else []


def _middle(row: PrintedRow) -> float:
    return (row[0].top + row[0].bottom) / 2


def _stands_in(row: PrintedRow, cuts: Sequence[float]) -> bool:
    """Whether each line stands in a column of its own; where all columns are filled, their middles do."""
    full = len(row) == len(cuts) - 1
    columns = [_column(*((_centre(line),) * 2 if full else (line.left, line.right)), cuts) for line in row]
    return None not in columns and len(set(columns)) == len(row)


def _centre(line: Line) -> float:
    return (line.left + line.right) / 2


def _column(left: float, right: float, cuts: Sequence[float]) -> int | None:
    return next((i for i, (a, b) in enumerate(pairwise(cuts)) if a <= left and right <= b), None)


# Tables without rules


def with_loose_tables(column: Sequence[Element], page: int) -> list[Element]:
    """A column's elements row by row, rows of short cells in line with each other made tables, other rows made lines."""
    result: list[Element] = []
    run: list[PrintedRow] = []
    for row in rows_of(column):
        lines = [element for element in row if isinstance(element, Line)]
        if len(lines) == len(row) and _continues_run(run, lines):
            run.append(lines)
        else:
            result.extend(_run(run, page))
            run = [lines] if len(lines) == len(row) and _opens_run(lines) else []
            result.extend([] if run else _joined(row, page))
    return [*result, *_run(run, page)]


def _opens_run(row: PrintedRow) -> bool:
    return len(row) > 1 and all(len(line.words) <= WORDS_IN_LOOSE_CELL for line in row[1:])


def _continues_run(run: Sequence[PrintedRow], row: PrintedRow) -> bool:
    """Whether a row stands in the columns of those above it; a row of one cell may go on from the cell above."""
    if not run or distance(run[-1], row) > (2 if len(row) > 1 else 0.5) * row[0].size:
        return False
    if len(row) == 1:
        return any(abs(row[0].left - cell.left) < SAME_PLACE / 2 for cell in run[-1])
    fewer, more = sorted((row, max(run, key=len)), key=len)
    return _opens_run(row) and all(any(_in_line(cell, other) for other in more) for cell in fewer[1:])


def _in_line(one: Line, other: Line) -> bool:
    return (
        abs(one.left - other.left) < SAME_PLACE
        or abs(one.right - other.right) < SAME_PLACE
        or abs(one.left + one.right - other.left - other.right) < 2 * SAME_PLACE
    )


def _run(run: Sequence[PrintedRow], page: int) -> Iterator[Element]:
    if sum(len(row) > 1 for row in run) < ROWS_IN_LINE or any(_is_bullet(row[0]) for row in run):
        for row in run:
            yield from _joined(row, page)
        return
    rows = tuple(_loose_row(group, page) for group in _grouped(run))
    box = box_around([line for row in run for line in row], page)
    yield Table(rows, box.left, box.top, box.right, box.bottom)


def _grouped(run: Sequence[PrintedRow]) -> Iterator[list[PrintedRow]]:
    """Printed rows that make one row of the table: those that stand closer together than others do."""
    distances = [distance(above, below) for above, below in pairwise(run)]
    closest, widest = min(distances), max(distances)
    middle = (closest + widest) / 2 if widest - closest > 0.25 * run[0][0].size else closest - 1
    group = [run[0]]
    for space, row in zip(distances, run[1:], strict=True):
        if space >= middle and len(row) > 1:
            yield group
            group = []
        group.append(row)
    yield group


def _loose_row(group: Sequence[PrintedRow], page: int) -> Row:
    cells = [[line] for line in max(group, key=len)]
    for line in (line for row in group if row is not max(group, key=len) for line in row):
        min(cells, key=lambda cell: abs(cell[0].left - line.left)).append(line)
    texts = (join_lines(line.text for line in sorted(cell, key=lambda line: line.top)) for cell in cells)
    return Row(tuple(texts), box_around([line for row in group for line in row], page))


def _is_bullet(line: Line) -> bool:
    return not any(char.isalnum() for char in line.text) or (len(line.text) <= 4 and line.text.endswith((".", ")")))


def _joined(row: Sequence[Element], page: int) -> Iterator[Element]:
    """A row's lines as one line."""
    lines = [element for element in row if isinstance(element, Line)]
    if len(lines) == 1 and lines[0].left == lines[0].words[0].left:
        yield lines[0]
    elif lines:
        yield line_of([word for line in lines for word in line.words], page)
    yield from (element for element in row if not isinstance(element, Line))
