"""Printed pages become passages in reading order, each with its place."""

import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.colors import black
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from goalmap.ingest.clean import words_in
from goalmap.ingest.document import Block, Document, Kind
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem
from goalmap.ingest.pdf.reader import read_pdf
from goalmap.ingest.read import read_document
from goalmap.ingest.watch import Limits, Watch

DOCUMENTS = Path(__file__).parent / "data" / "documents"
EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def review() -> Document:
    """Three columns, cards, a side box, tables with and without rules, drawn bullets."""
    return read_document(DOCUMENTS / "annual-review.pdf")


@pytest.fixture(scope="module")
def strategy() -> Document:
    """A landscape page: two columns, small capitals, indented paragraphs, a pull quote, a sideways tab."""
    return read_document(DOCUMENTS / "people-strategy.pdf")


def texts(document: Document, kind: Kind | None = None) -> list[str]:
    return [passage.text for passage in document.passages if kind in (None, passage.kind)]


def drawn(draw: Callable[[Canvas], None], size: tuple[int, int] = (400, 600), **settings: object) -> bytes:
    """A PDF of what is drawn."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, **settings)
    draw(canvas)
    canvas.save()
    return file.getvalue()


# Reading order


def test_columns_are_read_one_after_the_other(review: Document) -> None:
    headings = texts(review, Kind.HEADING)
    assert headings[:3] == ["Nursing our own", "A greener estate", "Listening"]


def test_a_sentence_over_a_columns_end_is_one_passage(review: Document) -> None:
    panels = next(text for text in texts(review) if text.startswith("Photovoltaic"))
    assert panels.endswith("four hundred tonnes.")


def test_a_side_box_does_not_break_the_text_beside_it(review: Document) -> None:
    assert any(text.startswith("An anchor institution is") and text.endswith("healthier.") for text in texts(review))
    assert any(
        text.startswith("Our procurement team") and text.endswith("public body before.") for text in texts(review)
    )


def test_a_number_set_large_goes_with_what_it_counts(review: Document) -> None:
    assert "412 apprentices in training across the Trust" in texts(review)
    assert "38% fewer miles driven by our community teams" in texts(review)


def test_running_lines_and_page_numbers_are_headers_and_footers(review: Document) -> None:
    assert texts(review, Kind.HEADER) == ["Wenlow Valley NHS Trust Annual Review 2023/24"] * 3
    assert texts(review, Kind.FOOTER)[:2] == ["wenlowvalley.example", "6"]


def test_bullets_that_a_browser_draws_make_list_items(review: Document) -> None:
    assert len(texts(review, Kind.LIST_ITEM)) == 3


def test_a_tab_printed_sideways_is_navigation(strategy: Document) -> None:
    assert texts(strategy, Kind.NAVIGATION) == ["Our people"]


def test_a_quote_set_large_is_a_quote_and_its_speaker_no_heading(strategy: Document) -> None:
    assert texts(strategy, Kind.QUOTE) == ["“I left school with nothing, and now I teach the people who taught me.”"]
    assert "Shanice Oyelaran, nursing associate" not in texts(strategy, Kind.HEADING)


def test_indented_paragraphs_are_told_apart(strategy: Document) -> None:
    assert any(text.startswith("A further cohort") and text.endswith("while they learn.") for text in texts(strategy))


@pytest.mark.parametrize("name", ["shft-impact-report-2024.pdf", "brightwater-annual-report-extract-2023-24.pdf"])
def test_no_word_of_an_example_is_left_broken(name: str) -> None:
    content = [passage.text for passage in read_document(EXAMPLES / name).passages if passage.is_content]
    words = {word for text in content for word in words_in(text)}
    assert not any("\ufffe" in text or "- " in text for text in content)
    assert not words & {"guar-antees", "sustain-ability", "differ-ence", "fin-ance", "part-nership", "tab-lets"}


def test_a_sentence_over_two_pages_is_one_passage_on_both() -> None:
    document = read_document(EXAMPLES / "brightwater-annual-report-extract-2023-24.pdf")
    (passage,) = (passage for passage in document.passages if passage.text.startswith("We asked all employees"))
    assert passage.text.endswith("senior managers the share is 24 per cent.")
    assert [box.page for box in passage.boxes] == [2, 3]


def test_a_footnotes_mark_is_not_part_of_the_word() -> None:
    content = texts(read_document(EXAMPLES / "brightwater-annual-report-extract-2023-24.pdf"))
    assert any(text.endswith("tonnes of carbon dioxide equivalent.") for text in content)
    assert any(text.startswith("Scope 1 and 2 emissions | tonnes CO2e") for text in content)


# Tables


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("Measure | 2021/22 | 2022/23 | 2023/24", id="no rules, header"),
        pytest.param("Homes visited by the falls team | 1,904 | 2,211 | 2,760", id="no rules"),
        pytest.param("Promise | What we did | Owner", id="coloured bands, header outside them"),
        pytest.param(
            "Lend devices | Lent 340 tablets to patients without one of their own, so that they could attend clinics "
            "by video | Chief Digital Officer",
            id="coloured bands, cells of several lines",
        ),
        pytest.param("College funding is cut | Reserve of £200,000 | Green", id="borders"),
    ],
)
def test_each_row_of_a_table_is_a_passage(review: Document, row: str) -> None:
    assert row in texts(review, Kind.TABLE_ROW)


def test_a_table_with_rules_between_its_rows_keeps_its_header(strategy: Document) -> None:
    assert texts(strategy, Kind.TABLE_ROW)[:2] == [
        "Measure | Start | Now",
        "Staff who would recommend the Trust as a place to work | 54% | 63%",
    ]


def test_the_rows_of_ruled_tables_are_those_that_pdfplumber_finds() -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(DOCUMENTS / "annual-review.pdf") as pdf:
        (table,) = pdf.pages[2].extract_tables()
    blocks = read_pdf((DOCUMENTS / "annual-review.pdf").read_bytes(), Watch.over()).blocks
    rows = [block.text for block in blocks if block.kind is Kind.TABLE_ROW and block.page == 3]
    assert rows == [" | ".join(cell.replace("\n", " ") for cell in row) for row in table]


# Places


@pytest.mark.parametrize("name", ["annual-review.pdf", "people-strategy.pdf"])
def test_boxes_lie_inside_their_page(name: str) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    pdf = pypdfium2.PdfDocument(DOCUMENTS / name)
    for passage in read_document(DOCUMENTS / name).passages:
        assert passage.boxes
        for box in passage.boxes:
            width, height = pdf[box.page - 1].get_size()
            assert 0 <= box.left < box.right <= width + 0.1
            assert 0 <= box.top < box.bottom <= height + 0.1


UPRIGHT = {0: (0, 0), 90: (600, 0), 180: (400, 600), 270: (0, 400)}
"""How far a turned page's origin is moved, so that what is drawn on it stands upright."""


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*UPRIGHT[turn])
        canvas.rotate(turn)
        canvas.drawString(50, 540, "The Trust opened a nursery.")

    (block,) = read_pdf(drawn(draw), Watch.over()).blocks
    assert block.text == "The Trust opened a nursery."
    assert (block.boxes[0].left, round(block.boxes[0].bottom)) == (50.0, 63)


def test_words_outside_the_page_are_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 540, "The Trust opened a nursery.")
        canvas.drawString(450, 540, "Printer's mark")

    assert [block.text for block in read_pdf(drawn(draw), Watch.over()).blocks] == ["The Trust opened a nursery."]


# What cannot be read


def write(canvas: Canvas) -> None:
    canvas.drawString(50, 540, "The Trust opened a nursery.")


def draw_nothing(canvas: Canvas) -> None:
    canvas.rect(50, 50, 100, 100)


def test_a_pdf_with_a_password_asks_for_a_copy_without_one() -> None:
    locked = drawn(write, encrypt=StandardEncryption("secret"))
    with pytest.raises(NeedsPassword, match="Save a copy without one"):
        read_pdf(locked, Watch.over())


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    guarded = drawn(write, encrypt=StandardEncryption("", ownerPassword="secret", canModify=0))
    assert read_pdf(guarded, Watch.over()).blocks


def test_a_pdf_of_empty_pages_holds_no_text() -> None:
    with pytest.raises(NoText, match="Nothing to read: page 1"):
        read_pdf(drawn(draw_nothing), Watch.over())


def test_an_empty_page_is_named_but_no_loss() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas)
        canvas.showPage()
        draw_nothing(canvas)

    reading = read_pdf(drawn(draw), Watch.over())
    assert reading.problem is None
    assert reading.note == "Nothing to read: page 2."


def test_a_broken_pdf_is_failed_with_advice() -> None:
    with pytest.raises(ReadProblem, match="Download it again"):
        read_pdf(b"%PDF-1.7\n" + b"\x00\xff" * 200, Watch.over())


def test_half_a_pdf_is_read_or_refused_but_never_crashes() -> None:
    whole = (DOCUMENTS / "annual-review.pdf").read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        try:
            blocks: tuple[Block, ...] = read_pdf(whole[: int(len(whole) * share)], Watch.over()).blocks
        except ReadProblem:
            continue
        assert blocks


# Limits


def of_pages(count: int) -> bytes:
    def draw(canvas: Canvas) -> None:
        for number in range(count):
            canvas.drawString(50, 540, f"Ward {number} opened a garden.")
            canvas.showPage()

    return drawn(draw)


def test_pages_over_the_limit_are_not_read_and_that_is_said() -> None:
    reading = read_pdf(of_pages(5), Watch.over(Limits(max_pages=3)))
    assert reading.problem == "Only the first 3 of 5 pages are read. Split the file, or raise --max-pages."
    assert [block.page for block in reading.blocks] == [1, 2, 3]
    assert reading.pages == 5


def test_a_page_that_ended_a_worker_is_left_out_and_named() -> None:
    reading = read_pdf(of_pages(3), Watch.over(without={"page 2"}))
    assert reading.problem == "Left out, because it took too long or too much memory: page 2."
    assert [block.page for block in reading.blocks] == [1, 3]


def test_when_the_time_is_over_the_pages_read_are_kept() -> None:
    deadline = time.monotonic() + 2.0

    def dawdle(step: str, _: float) -> None:
        if step == "page 2":
            time.sleep(max(0.0, deadline - time.monotonic()) + 0.1)

    watch = replace(Watch.over(tell=dawdle), deadline=deadline)
    reading = read_pdf(of_pages(3), watch)
    assert reading.problem
    assert reading.problem.startswith("2 of 3 pages read: the time for one file was over.")
    assert [block.page for block in reading.blocks] == [1, 2]


def test_a_file_for_which_no_time_is_left_is_failed() -> None:
    with pytest.raises(ReadProblem, match="0 of 3 pages read"):
        read_pdf(of_pages(3), replace(Watch.over(), deadline=0.0))


def test_the_steps_are_told_page_by_page() -> None:
    steps: list[str] = []
    read_pdf(of_pages(2), Watch.over(tell=lambda step, _: steps.append(step)))
    assert steps == ["page 1", "page 2"]


def draw_merged_cells(canvas: Canvas) -> None:
    rows = [["Theme", "Promise", "Owner"], ["Jobs", "Open a nursery", "Estates"], ["", "Train 40 porters", "People"]]
    table = Table(rows, style=[("GRID", (0, 0), (-1, -1), 1, black), ("SPAN", (0, 1), (0, 2))])
    table.wrapOn(canvas, 300, 300)
    table.drawOn(canvas, 50, 300)


def test_drawn_tables_that_ended_a_worker_are_read_without_their_drawing() -> None:
    data = drawn(draw_merged_cells)
    assert read_pdf(data, Watch.over()).note is None
    reading = read_pdf(data, Watch.over(without={"tables"}))
    assert reading.note is not None
    assert reading.note.startswith("The rows of its tables are told by their lines of text alone")
    assert any("Train 40 porters" in block.text for block in reading.blocks)
