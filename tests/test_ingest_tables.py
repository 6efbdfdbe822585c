"""Tables of printed pages are read by rows: the table test set has floors, and what is no table stays text."""

from functools import cache
from pathlib import Path

import pytest

from goalmap.ingest.document import Block, Box, Kind
from goalmap.ingest.layout.breaks import with_whole_rows
from goalmap.ingest.layout.page import Line, Page, Row, Table, Word, line_of
from goalmap.ingest.layout.paragraphs import Part
from goalmap.ingest.layout.tables.bare import bare_tables
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.read import read_document
from tests.tables.score import Score, means, scores

FILES = Path(__file__).parent / "tables" / "files"
FLOORS = {"rows": 0.97, "cells": 0.99, "prose": 0.99}
SIDE_BY_SIDE = "bare-side-by-side"
"""Two tables with nothing drawn around them are read as one: nobody can tell but by their headers."""
OVER_PAGES = ("row-over-pages", "over-pages-header-again", "two-pages")


@cache
def measured() -> tuple[Score, ...]:
    return tuple(scores())


def rows_in(name: str) -> list[str]:
    passages = read_document(FILES / f"{name}.pdf").passages
    return [passage.text for passage in passages if passage.kind is Kind.TABLE_ROW]


def test_the_set_is_read_as_well_as_it_was() -> None:
    reached = means(measured())
    assert all(reached[measure] >= floor for measure, floor in FLOORS.items()), reached


def test_every_file_has_its_truth() -> None:
    assert {score.name for score in measured()} == {path.stem for path in FILES.glob("*.pdf")}
    assert len(measured()) >= 25
    assert all(path.stat().st_size < 60_000 for path in FILES.glob("*.pdf"))


def test_every_row_on_one_page_is_exactly_right() -> None:
    on_one_page = [score for score in measured() if not any(part in score.name for part in OVER_PAGES)]
    wrong = {score.name: score.rows for score in on_one_page if score.rows < 1 and score.name != SIDE_BY_SIDE}
    assert not wrong


def test_columns_of_text_are_no_table() -> None:
    assert rows_in("prose-in-columns") == []


def test_a_merged_cell_stands_in_the_first_of_its_rows() -> None:
    rows = rows_in("grid-merged-first-column")
    assert rows[1:3] == [
        "Workforce | Open a nursery for staff on the Tarn Hill site | 2025",
        "Pay for driving lessons for care workers in the dales | 2026",
    ]


def test_a_row_without_words_is_none() -> None:
    assert list(table_blocks([["", " "], ["Ward", ""]])) == [Block("Ward", Kind.TABLE_ROW)]


# Over the foot of a page

HEADER = ("Action", "Owner", "Due")


def table(page: int, *rows: tuple[str, ...], left: float = 50.0) -> Table:
    laid = tuple(Row(cells, Box(page, left, 100.0 + i, 500.0, 110.0 + i)) for i, cells in enumerate(rows))
    return Table(laid, left, 100.0, 500.0, 300.0)


def texts(parts: list[Part]) -> list[str | tuple[tuple[str, ...], ...]]:
    return [
        part.text if isinstance(part, Block) else tuple(r.cells for r in part.rows)
        for part in parts
        if isinstance(part, Block | Table)
    ]


FOOTER = Block("Page 4", Kind.FOOTER, 1)


@pytest.mark.parametrize("rest", [("pumps at Tarn Hill.", "", "2026"), ("", "Estates", "2026")])
def test_a_row_that_a_page_cuts_is_one_passage_on_both_pages(rest: tuple[str, ...]) -> None:
    flow: list[Part] = [
        table(1, HEADER, ("Fit new heat", "Director of", "March")),
        FOOTER,
        table(2, rest, ("Plant trees", "Lee", "2027")),
    ]
    parts = with_whole_rows(flow)
    whole = parts[1]
    assert isinstance(whole, Block)
    assert whole.kind is Kind.TABLE_ROW
    assert whole.text.split(" | ")[2] == "March 2026"
    assert [box.page for box in whole.boxes] == [1, 2]
    assert texts(parts)[-1] == (("Plant trees", "Lee", "2027"),)


def test_a_header_printed_again_is_a_running_header() -> None:
    parts = with_whole_rows(
        [table(1, HEADER, ("Plant trees", "Lee", "2027")), table(2, HEADER, ("Buy vans", "Marsh", "2026"))]
    )
    assert isinstance(parts[1], Block)
    assert (parts[1].kind, parts[1].text) == (Kind.HEADER, "Action | Owner | Due")
    assert texts(parts)[2] == (("Buy vans", "Marsh", "2026"),)


def test_a_row_cut_under_a_header_printed_again_is_made_whole() -> None:
    parts = with_whole_rows([table(1, HEADER, ("Fit new heat", "Lee", "2026")), table(2, HEADER, ("pumps.", "", ""))])
    assert texts(parts) == [(HEADER,), "Fit new heat pumps. | Lee | 2026", "Action | Owner | Due"]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(table(2, ("Buy vans", "Marsh", "2026")), id="a new row"),
        pytest.param(table(2, ("pumps.", "", ""), left=90.0), id="another table's place"),
        pytest.param(table(3, ("pumps.", "", "")), id="not the next page"),
        pytest.param(table(2, ("pumps.", "")), id="other columns"),
    ],
)
def test_rows_that_do_not_go_on_stay_apart(second: Table) -> None:
    flow: list[Part] = [table(1, HEADER, ("Fit new heat", "Lee", "2026")), second]
    assert with_whole_rows(flow) == flow


def test_a_first_column_of_merged_cells_cuts_no_row() -> None:
    first = table(1, HEADER, ("Energy", "Fit pumps", "2026"), ("", "Plant trees", "2027"))
    flow: list[Part] = [first, table(2, ("", "Buy vans", "2028"))]
    assert with_whole_rows(flow) == flow


# Nothing drawn


def lines(*rows: tuple[str, ...], places: tuple[float, ...]) -> list[Line]:
    """Cells of one line each at these places, a space of a line between rows."""
    made = []
    for i, row in enumerate(rows):
        for left, text in zip(places, row, strict=False):
            made += _cell(text, left, 100.0 + 34 * i)
    return made


def _cell(text: str, left: float, top: float) -> list[Line]:
    """A cell in lines of four words."""
    words = text.split()
    return [_line(words[i : i + 4], left, top + 3 * i) for i in range(0, len(words), 4)]


def _line(words: list[str], left: float, top: float) -> Line:
    placed = []
    for word in words:
        placed.append(Word(word, left, top, left + 5.0 * len(word), top + 10, 10.0))
        left = placed[-1].right + 3
    return line_of(placed, 1)


def bare(laid: list[Line]) -> list[Table]:
    return list(bare_tables(Page(1, 595, 842, ()), laid))


LONG = "Fit new pumps in every ward"


def test_rows_of_several_lines_with_space_between_are_a_table() -> None:
    found = bare(lines(("Action", "Owner"), (LONG, "Ann Lee"), ("Plant trees", "Jo Marsh"), places=(50, 250)))
    assert [row.cells for row in found[0].rows] == [("Action", "Owner"), (LONG, "Ann Lee"), ("Plant trees", "Jo Marsh")]


@pytest.mark.parametrize("mark", ["•", "–", "a)", "1.2", "(iv)"])
def test_a_list_with_its_bullets_far_out_is_no_table(mark: str) -> None:
    assert bare(lines((mark, LONG), (mark, "Plant trees"), (mark, LONG), places=(50, 90))) == []
    assert bare(lines((mark, LONG), (mark, "Plant trees", "too"), (mark, LONG), places=(50, 90, 300))) == []


def test_columns_of_whole_paragraphs_are_no_table() -> None:
    text = f"{LONG} and plant"
    assert bare(lines((text, text), (text, text), (text, text), places=(50, 250))) == []
