"""What stands in the way of the text, which flows round it: pull quotes, side boxes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goalmap.ingest.layout.page import Element, Inset, Line, inset_of, share_a_row

OTHER_SIZE = 0.08
"""Share by which the size of a line differs that is not of the text."""
REACH = 10.0
"""Points by which a line must reach into a float's width, and over the text beside it, to show that the text makes way."""
SHORTEST = 12
"""Fewest characters of a line of the text."""
LOOSEST = 1.2
"""Widest space between the lines of a pull quote, as a multiple of their size."""
CLOSE = 0.7
"""The same of a heading in the margin."""

PROSE = 30
"""Fewest characters of a line that shows where the text begins."""
FEWEST_PROSE = 6
MOST_PROSE = 0.8
"""Share of such lines that begin at one place."""
CLEARANCE = 9.0
"""Points that are left free above a float and below it."""
NEAR = 40.0
"""Points from a float to the lines above and below it."""


@dataclass(frozen=True, slots=True)
class Floats:
    """The floats of a page, and what is left when they are taken out."""

    floats: tuple[Inset, ...]
    rest: tuple[Element, ...]


def without_floats(elements: Sequence[Element], candidates: Iterable[Inset], body_size: float) -> Floats:
    """Those of the candidates that text flows round, told from the text."""
    lines = [element for element in elements if isinstance(element, Line) and len(element.text) >= SHORTEST]
    text = [line for line in lines if not _is_other(line, body_size)]
    floats = tuple(inset for inset in candidates if _is_float(inset, text))
    inside = {id(part) for inset in floats for part in (inset, *inset.elements)}
    return Floats(floats, tuple(element for element in elements if id(element) not in inside))


def side_headings(elements: Sequence[Element]) -> list[Inset]:
    """Short lines in another style, all of them left of all the text: headings and notes in its margin."""
    lines = [element for element in elements if isinstance(element, Line)]
    prose = [line for line in lines if len(line.text) >= PROSE]
    if len(prose) < FEWEST_PROSE:
        return []
    edge, count = Counter(round(line.left) for line in prose).most_common(1)[0]
    notes = [line for line in lines if line.right < edge - CLEARANCE]
    usual = max(prose, key=lambda line: len(line.text))
    if count < MOST_PROSE * len(prose) or not notes or len(notes) > count:
        return []
    in_style = (abs(line.size - usual.size) < OTHER_SIZE * usual.size and line.bold == usual.bold for line in notes)
    top, bottom = min(note.top for note in notes), max(note.bottom for note in notes)
    crossing = (other for other in lines if other.left < edge - 1 and other.right > edge)
    if any(in_style) or any(top < other.bottom and other.top < bottom for other in crossing):
        return []
    return [inset for inset in _stacked(notes, CLOSE) if any(share_a_row(line, inset) for line in prose)]


def stands_beside(line: Element, inset: Inset) -> bool:
    """Whether a line makes way for a float; some space is left above it and below."""
    apart = _shared_width(line, inset) <= 0
    return apart and line.top < inset.bottom + CLEARANCE and line.bottom > inset.top - CLEARANCE


def homes_of(inset: Inset, columns: Sequence[Sequence[Element]]) -> list[int]:
    """The columns whose text flows round a float; the last column where there are none."""
    touched = [place for place, column in enumerate(columns) if any(_touches(inset, element) for element in column)]
    return touched or [len(columns) - 1]


def _touches(inset: Inset, element: Element) -> bool:
    """Whether an element reaches into a float's width, a little above it or below."""
    near = element.top - inset.bottom < NEAR and inset.top - element.bottom < NEAR
    return near and _shared_width(inset, element) > 0.3 * min(inset.right - inset.left, element.right - element.left)


def _is_other(line: Line, body_size: float) -> bool:
    return abs(line.size - body_size) > OTHER_SIZE * body_size and any(map(str.isalpha, line.text))


def clusters(elements: Sequence[Element], body_size: float) -> list[Inset]:
    """Lines of one size below each other that are not of the text's size."""
    others = [element for element in elements if isinstance(element, Line) and _is_other(element, body_size)]
    return _stacked(others)


def _stacked(lines: Sequence[Line], loosest: float = LOOSEST) -> list[Inset]:
    stacks: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (round(line.size), line.top)):
        if stacks and _continues(stacks[-1][-1], line, loosest):
            stacks[-1].append(line)
        else:
            stacks.append([line])
    return [inset_of(stack) for stack in stacks]


def _continues(last: Line, line: Line, loosest: float) -> bool:
    same_size = abs(last.size - line.size) <= OTHER_SIZE * line.size
    return same_size and line.top - last.bottom < loosest * line.size and _shared_width(last, line) > 0


def _is_float(inset: Inset, text: Sequence[Line]) -> bool:
    """Whether the lines next above it and below it reach over it and over the text beside it."""
    beside = [line for line in text if _shared_width(line, inset) <= 0 and share_a_row(line, inset)]
    if not beside:
        return False
    over = [line for line in text if _shared_width(line, inset) > 0 and not share_a_row(line, inset)]
    above = max((line for line in over if line.bottom <= inset.top + 3), key=lambda line: line.bottom, default=None)
    below = min((line for line in over if line.top >= inset.bottom - 3), key=lambda line: line.top, default=None)
    neighbours = [line for line in (above, below) if line is not None]
    return bool(neighbours) and all(_makes_way(line, inset, beside) for line in neighbours)


def _makes_way(line: Line, inset: Inset, beside: Sequence[Line]) -> bool:
    reaches = _shared_width(line, inset) > min(REACH, 0.5 * (inset.right - inset.left))
    return reaches and any(_shared_width(line, other) > REACH for other in beside)


def _shared_width(one: Element, other: Element) -> float:
    return min(one.right, other.right) - max(one.left, other.left)
