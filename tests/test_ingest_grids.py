"""Grids on a page: those that hold a table, and those that are a drawing under the text."""

import io

from reportlab.pdfgen.canvas import Canvas

from goalmap.ingest.layout.page import Table
from goalmap.ingest.pdf import pdfium
from goalmap.ingest.pdf.grids import find_grids

ACROSS = range(60, 541, 80)
DOWN = range(400, 521, 30)
STORY = "Volunteers from the bakery teach forty young people to bake bread on Saturdays in Hull."
WORDS = ("Place", "Bakers", "Loaves", "Hull", "forty", "ninety")


def grids_on(lines: list[tuple[float, float, str]]) -> tuple[Table, ...]:
    """The grids on a page with these texts under a net of rules."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(600, 600))
    canvas.grid(ACROSS, DOWN)
    for left, bottom, text in lines:
        canvas.drawString(left, bottom, text)
    canvas.save()
    data = held.getvalue()
    pdf = pdfium.opened(data)
    assert pdf is not None
    return find_grids(data, [pdfium.read_page(pdf, 0)]).get(1, ())


def test_words_inside_cells_are_a_table() -> None:
    (table,) = grids_on(
        [(left + 6, top - 20, word) for top in DOWN[1:] for left, word in zip(ACROSS, WORDS, strict=False)]
    )
    assert [row.cells for row in table.rows] == [WORDS] * 4


def test_a_story_over_a_net_of_rules_is_no_table() -> None:
    assert grids_on([(70, top - 20, STORY) for top in DOWN[1:]]) == ()
