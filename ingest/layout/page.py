"""A printed page: words, lines, rules and tables with their places, in points from the page's top left corner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from goalmap.ingest.document import Box


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space; `size` is the height of its line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    sideways: bool = False
    """Printed from the page's foot to its head or the other way."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of something drawn: a rule, a cell's border, a coloured box."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side on one baseline."""

    words: tuple[Word, ...]
    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool

    @property
    def box(self) -> Box:
        return Box(self.page, *(round(edge, 1) for edge in (self.left, self.top, self.right, self.bottom)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells' texts, and where it stands."""

    cells: tuple[str, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, and the outline around them."""

    rows: tuple[Row, ...]
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """What lies on one page; `number` counts from 1."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    shapes: tuple[Shape, ...] = ()
    grids: tuple[Table, ...] = ()
    """Tables whose every cell is drawn."""

    @property
    def is_damaged(self) -> bool:
        """Whether it could not be opened, so that not even its size is known."""
        return self.width <= 0


@dataclass(frozen=True, slots=True)
class Inset:
    """What stands in a drawn box of its own: a side box, one of a row of cards."""

    elements: tuple["Line | Table", ...]
    left: float
    top: float
    right: float
    bottom: float


Element = Line | Table | Inset
Placed = TypeVar("Placed", bound=Word | Line | Table | Inset)

GAP = 0.9
"""Widest space between two words of one line, as a multiple of their size; wider ones may be a gutter or a table's."""


MANY_WORDS = 8

MOST_LINES = 1_000
"""A page of more lines than this is a drawing; nobody looks for what its text flows round."""


def line_of(words: Sequence[Word], page: int) -> Line:
    """The line that these words make."""
    if len(words) == 1:
        word = words[0]
        edges = word.left, word.top, word.right, word.bottom
        return Line(tuple(words), page, word.text, *edges, word.size, word.bold)
    return Line(
        words=tuple(words),
        page=page,
        text=" ".join(word.text for word in words),
        left=words[0].left,
        top=min([word.top for word in words]),
        right=max([word.right for word in words]),
        bottom=max([word.bottom for word in words]),
        size=_size_of(words),
        bold=all([word.bold for word in words]),
    )


def _size_of(words: Sequence[Word]) -> float:
    """The size of a few words' longest, of many words' middle letter; a font that hides its height gives odd ones."""
    sizes = [word.size for word in words]
    if sizes.count(sizes[0]) == len(sizes):
        return sizes[0]
    if len(words) < MANY_WORDS:
        return max(words, key=lambda word: len(word.text)).size
    ordered = sorted((word.size, len(word.text)) for word in words)
    half, counted = sum(letters for _, letters in ordered) / 2, 0
    return next(size for size, letters in ordered if (counted := counted + letters) >= half)


def inset_of(lines: Sequence[Line]) -> Inset:
    """Lines that are read as a whole."""
    return Inset(
        tuple(lines),
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )


def lines_of(words: Iterable[Word], page: int) -> list[Line]:
    """The lines that words make in the order in which they were printed, cut at wide spaces."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and _continues(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [line_of(line, page) for line in lines]


def _continues(last: Word, word: Word) -> bool:
    gap = word.left - last.right
    return share_a_row(last, word) and -0.5 * word.size < gap < GAP * max(last.size, word.size)


def share_a_row(one: Word | Element, other: Word | Element) -> bool:
    """Whether two things stand side by side, more than half of the lower one beside the other."""
    if one.top == other.top and one.bottom == other.bottom:
        return one.bottom > one.top
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def is_within(inner: Word | Element, outer: Shape | Element) -> bool:
    """Whether the middle of one thing lies inside another."""
    middle, centre = (inner.top + inner.bottom) / 2, (inner.left + inner.right) / 2
    return outer.top <= middle <= outer.bottom and outer.left <= centre <= outer.right


def rows_of(elements: Iterable[Placed]) -> list[list[Placed]]:
    """Elements side by side, row by row from the top, each row from the left."""
    rows: list[list[Placed]] = []
    for element in sorted(elements, key=lambda element: (element.top + element.bottom, element.left)):
        if rows and share_a_row(rows[-1][0], element) and not _overprints(rows[-1], element):
            rows[-1].append(element)
        else:
            rows.append([element])
    return [sorted(row, key=lambda element: element.left) if len(row) > 1 else row for row in rows]


def _overprints(row: Sequence[Word | Element], element: Word | Element) -> bool:
    return any(min(other.right, element.right) - max(other.left, element.left) > 1 for other in row)


def box_around(elements: Sequence[Element | Word], page: int) -> Box:
    """The smallest box that holds all of them."""
    return Box(
        page,
        round(min(element.left for element in elements), 1),
        round(min(element.top for element in elements), 1),
        round(max(element.right for element in elements), 1),
        round(max(element.bottom for element in elements), 1),
    )
