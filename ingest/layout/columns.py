"""Reading order: a page is cut at the gutters between its columns, each part read from top to bottom."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from math import inf
from operator import attrgetter
from statistics import median

from goalmap.ingest.layout.page import MOST_LINES, Element, Inset, Line, Table, rows_of
from goalmap.ingest.layout.stories import HEADING, SAME_HEIGHT, height_of_stories

MIN_GUTTER = 7.0
"""Narrowest gutter, in points."""
SCAN = 3.0
"""Points between two looks across the page."""
PROSE = 18
"""Fewest characters in a line of a column; lists' bullets and tables' figures have fewer."""
WORDS_GOING_ON = 3
"""Fewest words of a shorter line that goes on from the one above it."""
PROSE_LINES = 2
FEWEST_ROWS = 2
COLUMN_GAP = 2.5
"""Widest empty space inside a column, as a multiple of the line's height."""


Gap = tuple[float, float]
"""Where a white space begins and ends."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip with text on both sides; `paired` is the lowest place where prose stands on both."""

    left: float
    right: float
    top: float
    bottom: float
    paired: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


def reading_order(elements: Sequence[Element]) -> Iterator[list[Element]]:
    """The columns of a page, first to last."""
    widened, narrow = _widened(elements)
    for column in _ordered(widened):
        yield [narrow.get(id(element), element) for element in column]


def _ordered(elements: Sequence[Element]) -> Iterator[list[Element]]:
    gutter = _gutter(elements)
    if gutter is None:
        if elements:
            yield list(elements)
        return
    for part in _rows_of_boxes(elements) or _in_stories(elements, gutter) or _parts(elements, gutter):
        yield from _ordered(part)


def _rows_of_boxes(elements: Sequence[Element]) -> list[list[Element]]:
    """Boxes side by side that begin at one height, row after row, each row in turn; empty where there are no two such rows."""
    if sum(isinstance(element, Inset) for element in elements) < 2 * FEWEST_ROWS:
        return []
    rows = rows_of(elements)
    boxed = [row for row in rows if len(row) > 1 and _are_level(row)]
    others = [row for row in rows if len(row) > 1 and row not in boxed]
    if len(boxed) < FEWEST_ROWS or any(isinstance(part, Inset) for row in others for part in row):
        return []
    return [[part] for row in rows for part in row]


def _in_stories(elements: Sequence[Element], gutter: Gutter) -> list[list[Element]]:
    """What stands above and below new text that begins on both sides of a gutter; nothing where none does."""
    beside = [element for element in elements if gutter.top <= _height(element) <= gutter.bottom]
    before = [element for element in beside if element.right < gutter.right]
    after = [element for element in beside if element.right >= gutter.right]
    height = None if len(elements) > MOST_LINES else height_of_stories(elements, before, after)
    if height is None:
        return []
    return [
        [element for element in elements if _height(element) < height],
        [element for element in elements if _height(element) >= height],
    ]


def _are_level(row: Sequence[Element]) -> bool:
    level = all(abs(part.top - row[0].top) < SAME_HEIGHT for part in row)
    return level and all(isinstance(part, Inset) for part in row)


def _widened(elements: Sequence[Element]) -> tuple[list[Element], dict[int, Element]]:
    """Headings that stand over several columns made as wide as these, and what they were."""
    if len(elements) > MOST_LINES:
        return list(elements), {}
    right = max((element.right for element in elements), default=0.0)
    heads = {id(line) for heading in _large(elements) if _heads_columns(heading, elements) for line in heading}
    widened = [
        replace(element, right=right) if isinstance(element, Line) and id(element) in heads else element
        for element in elements
    ]
    return widened, {id(wide): old for wide, old in zip(widened, elements, strict=True) if wide is not old}


def _large(elements: Sequence[Element]) -> Iterator[list[Line]]:
    """The headings of a page: lines of one size below each other, larger than what follows."""
    lines = [element for element in elements if isinstance(element, Line)]
    usual = median(line.size for line in lines) if lines else 0.0
    heading: list[Line] = []
    for line in sorted((line for line in lines if line.size >= HEADING * usual), key=lambda line: line.top):
        if heading and not (line.size == heading[-1].size and line.top - heading[-1].bottom < 0.5 * line.size):
            yield heading
            heading = []
        heading.append(line)
    if heading:
        yield heading


def _heads_columns(heading: Sequence[Line], elements: Sequence[Element]) -> bool:
    """Whether a heading has nothing beside it, and below it text that begins at one height in two columns."""
    top, bottom = heading[0].top + 1, heading[-1].bottom - 1
    right = max(line.right for line in heading)
    others = [element for element in elements if not any(element is line for line in heading)]
    if any(other.top < bottom and other.bottom > top for other in others):
        return False
    below = [other for other in others if other.top >= bottom]
    first = min((other.top for other in below), default=0.0)
    level = [other for other in below if other.top - first < SAME_HEIGHT and _prose_lines(other)]
    return any(other.left > right for other in level) and any(other.left < right for other in level)


def _parts(elements: Sequence[Element], gutter: Gutter) -> Iterator[list[Element]]:
    """What stands above the gutter, left of it, right of it and below it."""
    beside = [element for element in elements if gutter.top <= _height(element) <= gutter.bottom]
    yield [element for element in elements if _height(element) < gutter.top]
    yield [element for element in beside if element.right < gutter.right]
    yield [element for element in beside if element.right >= gutter.right]
    yield [element for element in elements if _height(element) > gutter.bottom]


def _height(element: Element) -> float:
    return (element.top + element.bottom) / 2


def _gutter(elements: Sequence[Element]) -> Gutter | None:
    """The tallest of the gutters that have prose on both sides."""
    strips = (strip for strip in _white_strips(elements) if strip.paired > strip.top)
    inside = _gaps_in_grids(elements)
    for strip in sorted(strips, key=lambda strip: (_lies_in(strip, inside), strip.top - strip.paired, -strip.width)):
        gutter = _stretched(elements, strip)
        if _divides_prose(elements, gutter):
            return gutter
    return None


def _gaps_in_grids(elements: Sequence[Element]) -> list[Gap]:
    """The white spaces between boxes that stand in rows and columns."""
    boxes = [element for element in elements if isinstance(element, Inset)]
    pairs = [
        (round(before.right), round(after.left))
        for row in rows_of(boxes)
        if _are_level(row)
        for before, after in pairwise(row)
    ]
    return [gap for gap in set(pairs) if pairs.count(gap) >= FEWEST_ROWS]


def _lies_in(strip: Gutter, gaps: Sequence[Gap]) -> bool:
    return any(left - 1 <= strip.left and strip.right <= right + 1 for left, right in gaps)


def _divides_prose(elements: Sequence[Element], gutter: Gutter) -> bool:
    beside = [element for element in elements if gutter.top <= _height(element) <= gutter.bottom]
    before = sum(_prose_lines(element) for element in beside if element.right < gutter.right)
    after = sum(_prose_lines(element) for element in beside if element.right >= gutter.right)
    return min(before, after) >= PROSE_LINES


def _prose_lines(element: Element) -> int:
    if isinstance(element, Inset | Table):
        return PROSE_LINES
    return int(len(element.text) > PROSE or (element.text[:1].islower() and len(element.words) >= WORDS_GOING_ON))


# White strips: looking across the page every few points, gaps that go on from one look to the next


def _white_strips(elements: Sequence[Element]) -> list[Gutter]:
    open_strips: list[Gutter] = []
    closed: list[Gutter] = []
    for heights, row in _looks(elements):
        gaps, prose_gaps = _gaps(row), _gaps([element for element in row if _prose_lines(element)])
        for height in heights:
            narrowed = [(strip, _narrowed(strip, gaps, prose_gaps, height)) for strip in open_strips]
            closed.extend(strip for strip, next_strip in narrowed if next_strip is None)
            open_strips = [next_strip for _, next_strip in narrowed if next_strip is not None]
            open_strips.extend(
                Gutter(left, right, height - SCAN, height, height - SCAN)
                for left, right in gaps
                if -inf < left
                and right < inf
                and not any(left < strip.right and strip.left < right for strip in open_strips)
            )
    return closed + open_strips


def _looks(elements: Sequence[Element]) -> Iterator[tuple[list[float], list[Element]]]:
    """What is met at one look after the other, from the left, with the heights of the looks at which it is the same.

    Of these only the first two and the last count: the strips that the first one opens are known at the second, and
    all others only make them longer.
    """
    ordered = sorted(elements, key=attrgetter("left"))
    changes: dict[int, list[int]] = defaultdict(list)
    for place, element in enumerate(ordered):
        first, after = int(element.top // SCAN) + 1, int(element.bottom // SCAN) + 1
        if first < after:
            changes[first].append(place)
            changes[after].append(place)
    met: set[int] = set()
    for look, following in pairwise(sorted(changes)):
        met.symmetric_difference_update(changes[look])
        if met:
            looks = dict.fromkeys((look, min(look + 1, following - 1), following - 1))
            yield [each * SCAN for each in looks], [ordered[place] for place in sorted(met)]


def _gaps(row: Sequence[Element]) -> list[Gap]:
    gaps, reached = [], -inf
    for element in row:
        if element.left - reached >= MIN_GUTTER:
            gaps.append((reached, element.left))
        reached = max(reached, element.right)
    return [*gaps, (reached, inf)]


def _narrowed(strip: Gutter, gaps: Sequence[Gap], prose_gaps: Sequence[Gap], height: float) -> Gutter | None:
    """The part of a strip that stays white at this height; None where too little is left of it."""
    left, right = max(
        ((max(strip.left, left), min(strip.right, right)) for left, right in gaps), key=lambda gap: gap[1] - gap[0]
    )
    if right - left < MIN_GUTTER:
        return None
    between_prose = any(-inf < start <= left and right <= end < inf for start, end in prose_gaps)
    return Gutter(left, right, strip.top, height, height if between_prose else strip.paired)


# A column may begin above the other one and end below it


def _stretched(elements: Sequence[Element], gutter: Gutter) -> Gutter:
    beside = [element for element in elements if gutter.top <= _height(element) <= gutter.paired]
    if not beside:
        return gutter
    top, bottom = min(element.top for element in beside), max(element.bottom for element in beside)
    above = sorted((e for e in elements if _height(e) < gutter.top), key=lambda e: -e.bottom)
    below = sorted((e for e in elements if _height(e) > gutter.paired), key=lambda e: e.top)
    for element in _to_crossing(above, gutter):
        if top - element.bottom > COLUMN_GAP * _size(element):
            break
        top = min(top, element.top)
    for element in _without_headings(below, _to_crossing(below, gutter)):
        if element.top - bottom > 2 * COLUMN_GAP * _size(element):
            break
        bottom = max(bottom, element.bottom)
    return replace(gutter, top=top, bottom=bottom)


def _to_crossing(elements: Sequence[Element], gutter: Gutter) -> list[Element]:
    return list(takewhile(lambda element: not element.left < gutter.middle < element.right, elements))


def _without_headings(below: Sequence[Element], column: list[Element]) -> list[Element]:
    """A column's end, less the headings of what stands across the page after it."""
    if len(column) == len(below):
        return column
    crossing = below[len(column)]
    while column and _heads(column[-1], crossing):
        column = column[:-1]
    return column


def _heads(element: Element, crossing: Element) -> bool:
    return isinstance(element, Line) and (element.bold or element.size > 1.1 * _size(crossing))


def _size(element: Element) -> float:
    return element.size if isinstance(element, Line) else 10.0
