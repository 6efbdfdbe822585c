"""Drawn boxes with text in them: side boxes and cards, each read as a whole."""

from collections.abc import Sequence

from goalmap.ingest.page import Element, Inset, Line, Page, Shape, Table, is_within, rows_of

NARROWEST = 40.0
"""Least width of a box, in points."""
WIDEST = 0.7
"""Greatest width of a box, as a share of the page's; a wider one is the ground of a whole section."""
LOWEST = 20.0
FEWEST_ROWS = 2
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
