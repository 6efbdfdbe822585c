"""What is drawn around a table: level edges in stacks, one above the other, and the upright rules that cut them."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from goalmap.ingest.layout.page import Page, Shape, lines_of

THIN = 3.0
"""Greatest thickness of a rule, in points; anything thicker is a box."""
SHORTEST_EDGE = 8.0
SAME_PLACE = 4.0
"""Points by which edges of one table may miss each other."""
HIGHEST_ROW = 220.0
LOWEST = 6.0
"""Least space between two tables in which there is text."""
FEWEST_EDGES = 3
WHOLE = 0.9
"""A rule that runs beside less than this share of a table stops short."""
MAX_SHAPES = 4000
"""More shapes than this on a page are artwork."""

MOST_STACKS = 30
"""More tables than this do not stand on a page."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A level line that bounds a row of a table."""

    height: float
    left: float
    right: float


Stack = list[Edge]
"""Edges of one width above each other."""


def stacks_on(page: Page) -> list[Stack]:
    """The stacks of a page on which as much is drawn as a table needs, and not so much that it is artwork."""
    return [part for stack in _stacks(_edges_on(page)) for part in _parted(page, stack)]


def is_irregular(page: Page, stack: Stack) -> bool:
    """Whether cells of a table reach over several rows or columns: a rule inside it stops short of its outline."""
    top, bottom, left, right = stack[0].height, stack[-1].height, stack[0].left, stack[0].right
    short = any(
        top + SAME_PLACE < edge.height < bottom - SAME_PLACE
        and left - SAME_PLACE < edge.left
        and edge.right < right + SAME_PLACE
        and edge.right - edge.left < WHOLE * (right - left)
        for edge in _edges_on(page)
    )
    lengths = _uprights(page, top, bottom, left, right).values()
    return short or any(length < WHOLE * (bottom - top) for length in lengths)


def upright_rules(page: Page, top: float, bottom: float, left: float, right: float) -> list[float]:
    """Where uprights run beside at least half of a table, inside its outline."""
    rules = _uprights(page, top, bottom, left, right)
    places = sorted(key * SAME_PLACE for key, height in rules.items() if height >= 0.5 * (bottom - top))
    return [place for before, place in pairwise([-SAME_PLACE * 3, *places]) if place - before > 2 * SAME_PLACE]


def reach(page: Page, top: float, bottom: float, left: float, right: float) -> tuple[float, float]:
    """How far up and down the rows of a table may go on: as far as its uprights do, anywhere where it has none."""
    rules = [
        shape
        for shape in page.shapes
        if shape.width <= THIN < shape.height
        and left + SAME_PLACE < shape.left < right - SAME_PLACE
        and min(shape.bottom, bottom) > max(shape.top, top)
    ]
    if not rules:
        return 0.0, page.height
    return min(shape.top for shape in rules), max(shape.bottom for shape in rules)


def _uprights(page: Page, top: float, bottom: float, left: float, right: float) -> dict[int, float]:
    """How much of a table's height uprights run beside, by their place, counted in steps of SAME_PLACE."""
    rules: dict[int, float] = {}
    for shape in page.shapes:
        for x in {shape.left, shape.right} if shape.width > THIN else {shape.left}:
            if left + SAME_PLACE < x < right - SAME_PLACE and shape.height > THIN:
                inside = min(shape.bottom, bottom) - max(shape.top, top)
                if inside > 0:
                    rules[round(x / SAME_PLACE)] = rules.get(round(x / SAME_PLACE), 0.0) + inside
    return rules


def _edges_on(page: Page) -> list[Edge]:
    return _edges(page) if FEWEST_EDGES <= len(page.shapes) <= MAX_SHAPES else []


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


def _stacks(edges: Sequence[Edge]) -> list[Stack]:
    """Stacks that may be tables, the tallest first."""
    stacks: list[Stack] = []
    for edge in sorted(edges, key=lambda edge: edge.height):
        stack = next((stack for stack in stacks if _continues(stack[-1], edge)), None)
        if stack is None:
            stacks.append([edge])
        else:
            stack.append(edge)
    tall = [stack for stack in stacks if len(stack) >= FEWEST_EDGES]
    return sorted(tall, key=lambda stack: stack[0].height - stack[-1].height)[:MOST_STACKS]


def _parted(page: Page, stack: Stack) -> Iterator[Stack]:
    """A stack divided where text stands between two tables: no upright runs there, and uprights run above and below."""
    pairs = list(pairwise(stack))
    uprights = _upright_parts(page, stack[0])
    ruled = [_passes(uprights, (above.height + below.height) / 2) for above, below in pairs]
    open_places = [i for i, (above, below) in enumerate(pairs) if not ruled[i] and below.height - above.height > LOWEST]
    inside = _inside(page, stack[0]) if open_places and any(ruled) else page
    start = 0
    for i in open_places:
        if any(ruled[start:i]) and any(ruled[i:]) and _is_crossed(inside, *pairs[i]):
            yield stack[start : i + 1]
            start = i + 1
    yield stack[start:]


def _inside(page: Page, edge: Edge) -> Page:
    """The words and the upright rules of a page within the width of an edge."""
    words = tuple(word for word in page.words if edge.left - 1 <= word.left < edge.right)
    within = (shape for shape in page.shapes if edge.left + SAME_PLACE < shape.left < edge.right - SAME_PLACE)
    return replace(page, words=words, shapes=tuple(shape for shape in within if shape.width <= THIN < shape.height))


def _upright_parts(page: Page, edge: Edge) -> list[tuple[float, float]]:
    """From where to where uprights run, outer ones too, within the width of an edge; those that meet are joined."""
    parts: list[tuple[float, float]] = []
    for shape in sorted(page.shapes, key=lambda shape: shape.top):
        within = edge.left - SAME_PLACE < shape.left and shape.right < edge.right + SAME_PLACE
        if within and shape.height > THIN:
            if parts and shape.top <= parts[-1][1]:
                parts[-1] = (parts[-1][0], max(parts[-1][1], shape.bottom))
            else:
                parts.append((shape.top, shape.bottom))
    return parts


def _passes(parts: Sequence[tuple[float, float]], height: float) -> bool:
    place = bisect(parts, (height, inf)) - 1
    return place >= 0 and height <= parts[place][1]


def _is_crossed(page: Page, above: Edge, below: Edge) -> bool:
    """Whether a line of text between two edges runs over the place of an upright of the table above or below."""
    words = [word for word in page.words if above.height < (word.top + word.bottom) / 2 < below.height]
    places = {
        shape.left
        for shape in page.shapes
        if abs(shape.bottom - above.height) < SAME_PLACE or abs(shape.top - below.height) < SAME_PLACE
    }
    return any(line.left + 1 < place < line.right - 1 for line in lines_of(words, page.number) for place in places)


def _continues(above: Edge, below: Edge) -> bool:
    same = abs(above.left - below.left) < SAME_PLACE and abs(above.right - below.right) < SAME_PLACE
    return same and below.height - above.height < HIGHEST_ROW
