"""Tables drawn as grids: cells by pdfplumber, which follows rules around merged cells, and their text by PDFium."""

import io
import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from goalmap.ingest.layout.page import Page, Row, Shape, Table, Word, box_around, is_within
from goalmap.ingest.layout.tables.bands import cell_text, is_table

if TYPE_CHECKING:
    from pdfplumber.table import Table as Drawn

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of every odd font
log = logging.getLogger(__name__)

MOST_SHAPES = 1500
"""pdfplumber takes half a minute for more on one page; our own rules find the rows there."""

MOST_CROSSED = 0.1
"""Share of a grid's words that may reach over the edges of their cells; more do where what is drawn is a picture."""
SLIGHTLY = 2.0
"""Points by which a word may reach over an edge."""

Cell = tuple[float, float, float, float]


def find_grids(data: bytes, pages: Sequence[Page]) -> dict[int, tuple[Table, ...]]:
    """The grids on those pages of a PDF, by page number; none where pdfplumber cannot read the file."""
    pages = [page for page in pages if len(page.shapes) <= MOST_SHAPES]
    if not pages:
        return {}
    import pdfplumber  # half a second to import, and most files have no grid

    found: dict[int, tuple[Table, ...]] = {}
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[page.number for page in pages]) as pdf:
            for page, drawn in zip(pages, pdf.pages, strict=True):
                found[page.number] = tuple(_tables(drawn.find_tables(), page))
                drawn.close()
    # it raises anything on a damaged file; PDFium has read the text, and our own rules find rows
    except Exception as error:
        log.debug("pdfplumber: %r", error)
    return found


def _tables(drawn: "Sequence[Drawn]", page: Page) -> Iterator[Table]:
    for table in drawn:
        if _is_crossed([cell for cells in table.rows for cell in cells.cells if cell], page):
            continue
        rows = tuple(row for cells in table.rows if (row := _row(cells.cells, page)))
        if is_table(rows):
            yield Table(rows, *table.bbox)


def _is_crossed(cells: Sequence[Cell], page: Page) -> bool:
    """Whether words run on across the edges of cells, so that these are no cells."""
    placed = [(word, cell) for cell in cells for word in _words_in(cell, page)]
    crossing = sum(word.left < left - SLIGHTLY or word.right > right + SLIGHTLY for word, (left, _, right, _) in placed)
    return crossing > MOST_CROSSED * len(placed)


def _row(cells: "Sequence[Cell | None]", page: Page) -> Row | None:
    """A row with its cells' texts; a cell that another row's reaches into is empty."""
    words = [_words_in(cell, page) if cell else [] for cell in cells]
    inside = [word for cell in words for word in cell]
    if not inside:
        return None
    return Row(tuple(cell_text(cell, page.number) for cell in words), box_around(inside, page.number))


def _words_in(cell: Cell, page: Page) -> list[Word]:
    return [word for word in page.words if is_within(word, Shape(*cell))]
