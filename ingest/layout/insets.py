"""Drawn boxes with text in them: side boxes and cards, each read as a whole."""

import re
from collections.abc import Sequence

from goalmap.ingest.layout.page import (
    Element,
    Inset,
    Line,
    Page,
    Shape,
    Table,
    inset_of,
    is_within,
    rows_of,
    share_a_row,
)

NARROWEST = 40.0
"""Least width of a box, in points."""
WIDEST = 0.7
"""Greatest width of a box, as a share of the page's; a wider one is the ground of a whole section."""
LOWEST = 20.0
FEWEST_ROWS = 2
LARGE = 1.5
"""The size of a number that is set large, as a multiple of the text's."""
LABEL_GAP = 1.3
"""Widest space above a line of a number's words, as a multiple of their size."""
LABEL_WORDS = 8
IN_LINE = 6.0
"""Points by which a number and its words may miss each other."""
UNITS = (
    "%|per cent|[kKmM]|bn|million|billion|mins?|minutes|hours?|days?|weeks?|months?|years?|tonnes?|miles|km|MWh?|kWh?"
)
FIGURE = re.compile(rf"^[£€$]?\d[\d.,]*\s?(?:{UNITS})?\+?$|^\d+ (?:in|out of) \d+$")
"""A number that may be set large above what it counts."""
MAX_BOXES = 200
"""More boxes than this on a page are artwork."""


def with_insets(page: Page, elements: Sequence[Line | Table]) -> list[Element]:
    """The elements of a page, those inside a drawn box gathered in an inset; the smallest box counts."""
    boxes = sorted(
        (shape for shape in page.shapes if _may_hold_text(shape, page)), key=lambda box: box.width * box.height
    )
    left: list[Line | Table] = list(elements)
    insets: list[Element] = []
    for box in boxes if len(boxes) <= MAX_BOXES else []:
        inside = tuple(element for element in left if is_within(element, box))
        if len(inside) < len(left) and len(rows_of(inside)) >= FEWEST_ROWS and all(_fits(part, box) for part in inside):
            insets.append(Inset(inside, box.left, box.top, box.right, box.bottom))
            left = [element for element in left if element not in inside]
    return [*left, *insets]


def _may_hold_text(shape: Shape, page: Page) -> bool:
    return NARROWEST <= shape.width <= WIDEST * page.width and shape.height >= LOWEST


def _fits(element: Line | Table, box: Shape) -> bool:
    return box.left - 2 <= element.left and element.right <= box.right + 2


# Numbers set large side by side


def with_figures(elements: Sequence[Element], body_size: float) -> list[Element]:
    """The elements of a page, large numbers that stand side by side gathered with the words below each."""
    lines = [element for element in elements if isinstance(element, Line)]
    figures = [line for line in lines if line.size > LARGE * body_size and FIGURE.match(line.text)]
    cards = [_card(figure, lines) for figure in figures if _has_fellow(figure, figures)]
    inside = {id(line) for card in cards for line in card}
    return [*(element for element in elements if id(element) not in inside), *map(inset_of, cards)]


def _has_fellow(figure: Line, figures: Sequence[Line]) -> bool:
    return any(other is not figure and share_a_row(other, figure) for other in figures)


def _card(figure: Line, lines: Sequence[Line]) -> list[Line]:
    card = [figure]
    for line in sorted(lines, key=lambda line: line.top):
        near = 0 <= line.top - card[-1].bottom + 0.3 * line.size < LABEL_GAP * line.size
        in_line = (
            abs(line.left - figure.left) < IN_LINE or abs(line.left + line.right - figure.left - figure.right) < IN_LINE
        )
        if near and in_line and line.size < figure.size and len(line.words) <= LABEL_WORDS:
            card.append(line)
    return card
