"""Tables on a page: rows between rules or coloured bands, and rows without any that stand in line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from goalmap.ingest.clean import clean, join_lines
from goalmap.ingest.document import Block, Box, Kind
from goalmap.ingest.page import Element, Line, Page, Row, Shape, Table, Word, box_around, line_of, rows_of

THIN = 3.0
"""Greatest thickness of a rule, in points; anything thicker is a box."""
SHORTEST_EDGE = 8.0
SAME_PLACE = 4.0
"""Points by which edges of one table may miss each other."""
LOWEST_ROW = 6.0
HIGHEST_ROW = 220.0
FEWEST_EDGES = 3
MAX_SHAPES = 4000
"""More shapes than this on a page are artwork."""
CELL_GAP = 3.0
"""Narrowest space between two columns of a table, in points."""
WORDS_IN_CELL = 30
"""More words in the cells than this, on average, are text in boxes."""
WORDS_IN_LOOSE_CELL = 5
ROWS_IN_LINE = 3
BAR = " | "


def table_blocks(rows: Iterable[Sequence[str]], page: int | None = None, box: Box | None = None) -> Iterator[Block]:
    """One block a row, cells kept apart by bars; a table of one column is a list.

    >>> [block.text for block in table_blocks([["Measure", "2024"], ["Apprentices", "453"], ["", ""]])]
    ['Measure | 2024', 'Apprentices | 453']
    """
    for row in rows:
        cells = [clean(cell) for cell in row]
        if filled := [cell for cell in cells if cell]:
            kind = Kind.TABLE_ROW if len(cells) > 1 else Kind.LIST_ITEM
            yield Block(BAR.join(filled), kind, page, (box,) if box else ())


# Tables with rules


@dataclass(frozen=True, slots=True)
class Edge:
    """A level line that bounds a row of a table."""

    height: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Band:
    """The space between two edges, and the words in it."""

    top: float
    bottom: float
    words: tuple[Word, ...]


def ruled_tables(page: Page, lines: Sequence[Line]) -> list[Table]:
    """The tables of a page whose rows are bounded by rules, borders or coloured bands."""
    tables = list(page.grids)
    for stack in _stacks_on(page):
        table = _table_in(page, stack, lines)
        if table and not any(_overlap(table, other) for other in tables):
            tables.append(table)
    return tables


def holds_grid(page: Page) -> bool:
    """Whether upright rules cut level ones on a page, so that a table is drawn cell by cell."""
    return any(_is_cut(page, stack) for stack in _stacks_on(page))


def _stacks_on(page: Page) -> list[list[Edge]]:
    """The stacks of a page on which as much is drawn as a table needs, and not so much that it is artwork."""
    return _stacks(_edges(page)) if FEWEST_EDGES <= len(page.shapes) <= MAX_SHAPES else []


def _is_cut(page: Page, stack: Sequence[Edge]) -> bool:
    left, right = stack[0].left - 1, stack[0].right + 1
    bands = [band for band in _bands([edge.height for edge in stack], page.words) if band.words]
    return len(bands) > 1 and bool(_upright_rules(page, bands, left, right))


def _overlap(one: Table, other: Table) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0 and min(one.bottom, other.bottom) - max(one.top, other.top) > 0


def _edges(page: Page) -> list[Edge]:
    """Level lines, those that continue each other joined."""
    found = sorted(
        (edge for shape in page.shapes if shape.height < HIGHEST_ROW for edge in _edges_of(shape)),
        key=lambda edge: (round(edge.height), edge.left),
    )
    edges: list[Edge] = []
    for edge in found:
        if edges and abs(edges[-1].height - edge.height) < 2 and edge.left <= edges[-1].right + SAME_PLACE:
            edges[-1] = Edge(edges[-1].height, min(edges[-1].left, edge.left), max(edges[-1].right, edge.right))
        else:
            edges.append(edge)
    return edges


def _edges_of(shape: Shape) -> Iterator[Edge]:
    if shape.width >= SHORTEST_EDGE:
        yield Edge(shape.top, shape.left, shape.right)
        if shape.height > THIN:
            yield Edge(shape.bottom, shape.left, shape.right)


def _stacks(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges of one width above each other, the tallest stacks first."""
    stacks: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: edge.height):
        stack = next((stack for stack in stacks if _continues(stack[-1], edge)), None)
        if stack is None:
            stacks.append([edge])
        else:
            stack.append(edge)
    tall = [stack for stack in stacks if len(stack) >= FEWEST_EDGES]
    return sorted(tall, key=lambda stack: stack[0].height - stack[-1].height)


def _continues(above: Edge, below: Edge) -> bool:
    same = abs(above.left - below.left) < SAME_PLACE and abs(above.right - below.right) < SAME_PLACE
    return same and below.height - above.height < HIGHEST_ROW


def _table_in(page: Page, stack: Sequence[Edge], lines: Sequence[Line]) -> Table | None:
    left, right = stack[0].left - 1, stack[0].right + 1
    inside = [word for word in page.words if left <= (word.left + word.right) / 2 <= right]
    bands = _without_titles([band for band in _bands([edge.height for edge in stack], inside) if band.words])
    cuts = _cuts(page, bands, left, right)
    if not cuts:
        return None
    beside = [line for line in lines if left <= line.left and line.right <= right]
    bands = _with_outer_rows(bands, beside, [left, *cuts, right])
    rows = tuple(_row(band, cuts, page.number) for band in bands)
    if not is_table(rows):
        return None
    return Table(rows, left, bands[0].top - 1, right, bands[-1].bottom + 1)


def is_table(rows: Sequence[Row]) -> bool:
    """Whether at least two rows have more than one cell, and cells hold words, not whole texts."""
    cells = [len(cell.split()) for row in rows for cell in row.cells if cell]
    return sum(sum(map(bool, row.cells)) > 1 for row in rows) >= 2 and mean(cells) <= WORDS_IN_CELL


def _bands(heights: Sequence[float], words: Sequence[Word]) -> Iterator[Band]:
    for top, bottom in pairwise(heights):
        if bottom - top >= LOWEST_ROW:
            yield Band(top, bottom, tuple(word for word in words if top <= (word.top + word.bottom) / 2 < bottom))


def _without_titles(bands: list[Band]) -> list[Band]:
    """The bands from the first to the last that hold more than one cell."""
    rows = [i for i, band in enumerate(bands) if len(list(_spans(band.words))) > 1]
    return bands[rows[0] : rows[-1] + 1] if rows else []


def _cuts(page: Page, bands: Sequence[Band], left: float, right: float) -> list[float]:
    """Where one column of a table ends and the next begins: at upright rules, else at spaces that all rows share."""
    if not bands:
        return []
    return _upright_rules(page, bands, left, right) or _shared_spaces(bands)


def _upright_rules(page: Page, bands: Sequence[Band], left: float, right: float) -> list[float]:
    top, bottom = bands[0].top, bands[-1].bottom
    rules: dict[int, float] = {}
    for shape in page.shapes:
        for x in {shape.left, shape.right} if shape.width > THIN else {shape.left}:
            if left + SAME_PLACE < x < right - SAME_PLACE and shape.height > THIN:
                inside = min(shape.bottom, bottom) - max(shape.top, top)
                rules[round(x / SAME_PLACE)] = rules.get(round(x / SAME_PLACE), 0.0) + max(0.0, inside)
    places = sorted(key * SAME_PLACE for key, height in rules.items() if height >= 0.5 * (bottom - top))
    return [place for before, place in pairwise([-SAME_PLACE * 3, *places]) if place - before > 2 * SAME_PLACE]


def _shared_spaces(bands: Sequence[Band]) -> list[float]:
    """The middles of the upright white strips that hardly any row crosses."""
    spans = [span for band in bands for span in _spans(band.words)]
    ends = sorted([(left, 1) for left, _ in spans] + [(right, -1) for _, right in spans])
    allowed, depth, cuts = len(bands) // 8, 0, []
    for (x, step), (next_x, _) in pairwise(ends):
        depth += step
        if depth <= allowed and next_x - x >= CELL_GAP and any(right <= x + 0.1 for _, right in spans):
            cuts.append((x + next_x) / 2)
    return cuts


def _spans(words: Sequence[Word]) -> Iterator[tuple[float, float]]:
    """Where the words of a row stand, from left to right, spaces between words filled."""
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


def _with_outer_rows(bands: Sequence[Band], lines: Sequence[Line], cuts: Sequence[float]) -> list[Band]:
    """The bands, with the rows above the first edge and below the last that stand in the same columns."""
    rows = [[line for line in row if isinstance(line, Line)] for row in rows_of(lines)]
    above = [row for row in rows if row and 0 <= bands[0].top - _middle(row) < 2 * row[0].size]
    below = [row for row in rows if row and 0 <= _middle(row) - bands[-1].bottom < 2 * row[0].size]
    first = [_band_of(row) for row in above[-1:] if _stands_in(row, cuts)]
    last = [_band_of(row) for row in below[:1] if _stands_in(row, cuts)]
    return [*first, *bands, *last]


def _middle(row: Sequence[Line]) -> float:
    return (row[0].top + row[0].bottom) / 2


def _stands_in(row: Sequence[Line], cuts: Sequence[float]) -> bool:
    columns = [
        next((i for i, (a, b) in enumerate(pairwise(cuts)) if a <= line.left and line.right <= b), None) for line in row
    ]
    return None not in columns and len(set(columns)) == len(row) > 1


def _band_of(row: Sequence[Line]) -> Band:
    return Band(
        min(line.top for line in row),
        max(line.bottom for line in row),
        tuple(word for line in row for word in line.words),
    )


def _row(band: Band, cuts: Sequence[float], page: int) -> Row:
    columns: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for word in band.words:
        columns[sum((word.left + word.right) / 2 > cut for cut in cuts)].append(word)
    return Row(tuple(cell_text(words, page) for words in columns), box_around(band.words, page))


def cell_text(words: Sequence[Word], page: int) -> str:
    """The text of a cell, its lines joined."""
    rows = rows_of(line_of([word], page) for word in words)
    return join_lines(" ".join(line.text for line in row if isinstance(line, Line)) for row in rows)


# Tables without rules


def with_loose_tables(column: Sequence[Element], page: int) -> list[Element]:
    """A column's elements row by row, rows of short cells in line with each other made tables, other rows made lines."""
    result: list[Element] = []
    run: list[list[Line]] = []
    for row in rows_of(column):
        lines = [element for element in row if isinstance(element, Line)]
        if len(lines) == len(row) and _continues_run(run, lines):
            run.append(lines)
        else:
            result.extend(_run(run, page))
            run = [lines] if len(lines) == len(row) and _opens_run(lines) else []
            result.extend([] if run else _joined(row, page))
    return [*result, *_run(run, page)]


def _opens_run(row: Sequence[Line]) -> bool:
    return len(row) > 1 and all(len(line.words) <= WORDS_IN_LOOSE_CELL for line in row[1:])


def _continues_run(run: Sequence[Sequence[Line]], row: Sequence[Line]) -> bool:
    """Whether a row stands in the columns of those above it; a row of one cell may go on from the cell above."""
    if not run or _distance(run[-1], row) > (2 if len(row) > 1 else 0.5) * row[0].size:
        return False
    if len(row) == 1:
        return any(abs(row[0].left - cell.left) < SAME_PLACE / 2 for cell in run[-1])
    fewer, more = sorted((row, max(run, key=len)), key=len)
    return _opens_run(row) and all(any(_in_line(cell, other) for other in more) for cell in fewer[1:])


def _distance(above: Sequence[Line], below: Sequence[Line]) -> float:
    return min(line.top for line in below) - max(line.bottom for line in above)


def _in_line(one: Line, other: Line) -> bool:
    return (
        abs(one.left - other.left) < SAME_PLACE
        or abs(one.right - other.right) < SAME_PLACE
        or abs(one.left + one.right - other.left - other.right) < 2 * SAME_PLACE
    )


def _run(run: Sequence[Sequence[Line]], page: int) -> Iterator[Element]:
    if sum(len(row) > 1 for row in run) < ROWS_IN_LINE or any(_is_bullet(row[0]) for row in run):
        for row in run:
            yield from _joined(row, page)
        return
    rows = tuple(_loose_row(group, page) for group in _grouped(run))
    box = box_around([line for row in run for line in row], page)
    yield Table(rows, box.left, box.top, box.right, box.bottom)


def _grouped(run: Sequence[Sequence[Line]]) -> Iterator[list[Sequence[Line]]]:
    """Printed rows that make one row of the table: those that stand closer together than others do."""
    distances = [_distance(above, below) for above, below in pairwise(run)]
    closest, widest = min(distances), max(distances)
    middle = (closest + widest) / 2 if widest - closest > 0.25 * run[0][0].size else closest - 1
    group = [run[0]]
    for distance, row in zip(distances, run[1:], strict=True):
        if distance >= middle and len(row) > 1:
            yield group
            group = []
        group.append(row)
    yield group


def _loose_row(group: Sequence[Sequence[Line]], page: int) -> Row:
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
    if lines:
        yield line_of([word for line in lines for word in line.words], page)
    yield from (element for element in row if not isinstance(element, Line))
