"""Reading order: a page is cut at the gutters between its columns, each part read from top to bottom."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from math import inf

from goalmap.ingest.page import Element, Inset, Line

MIN_GUTTER = 7.0
"""Narrowest gutter, in points."""
SCAN = 3.0
"""Points between two looks across the page."""
PROSE = 18
"""Fewest characters in a line of a column; lists' bullets and tables' figures have fewer."""
PROSE_LINES = 3
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
    gutter = _gutter(elements)
    if gutter is None:
        if elements:
            yield list(elements)
        return
    for part in _parts(elements, gutter):
        yield from reading_order(part)


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
    for strip in sorted(strips, key=lambda strip: (strip.top - strip.paired, -strip.width)):
        gutter = _stretched(elements, strip)
        if _divides_prose(elements, gutter):
            return gutter
    return None


def _divides_prose(elements: Sequence[Element], gutter: Gutter) -> bool:
    beside = [element for element in elements if gutter.top <= _height(element) <= gutter.bottom]
    before = sum(_prose_lines(element) for element in beside if element.right < gutter.right)
    after = sum(_prose_lines(element) for element in beside if element.right >= gutter.right)
    return min(before, after) >= PROSE_LINES


def _prose_lines(element: Element) -> int:
    if isinstance(element, Inset):
        return PROSE_LINES
    return int(isinstance(element, Line) and len(element.text) > PROSE)


# White strips: looking across the page every few points, gaps that go on from one look to the next


def _white_strips(elements: Sequence[Element]) -> list[Gutter]:
    open_strips: list[Gutter] = []
    closed: list[Gutter] = []
    for height, row in _looks(elements):
        gaps, prose_gaps = _gaps(row), _gaps([element for element in row if _prose_lines(element)])
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


def _looks(elements: Sequence[Element]) -> Iterator[tuple[float, list[Element]]]:
    looks: dict[int, list[Element]] = defaultdict(list)
    for element in elements:
        for look in range(int(element.top // SCAN) + 1, int(element.bottom // SCAN) + 1):
            looks[look].append(element)
    for look in sorted(looks):
        yield look * SCAN, sorted(looks[look], key=lambda element: element.left)


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
