"""Damaged PDFs are mended before they are read, and no page is lost in silence."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from goalmap.ingest.document import Reading
from goalmap.ingest.errors import ReadProblem
from goalmap.ingest.pdf import repair
from goalmap.ingest.pdf.reader import CUT_OFF, REPAIRED, read_pdf
from goalmap.ingest.watch import Watch

PAGES = 6
Change = Callable[[pikepdf.Pdf], None]


def report(pages: int = PAGES) -> bytes:
    """Pages of one line each, their drawing not packed."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(400, 600), pageCompression=0)
    for number in range(1, pages + 1):
        canvas.drawString(50, 540, f"Ward {number} opened a garden for its patients.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def changed(change: Change) -> bytes:
    """The report after somebody changed its objects."""
    with pikepdf.open(BytesIO(report())) as pdf:
        change(pdf)
        file = BytesIO()
        pdf.save(file)
        return file.getvalue()


def read(data: bytes) -> Reading:
    return read_pdf(data, Watch.over())


def numbers(reading: Reading) -> list[int | None]:
    return [block.page for block in reading.blocks]


def test_a_healthy_pdf_is_not_repaired() -> None:
    steps: list[str] = []
    reading = read_pdf(report(), Watch.over(tell=lambda step, _: steps.append(step)))
    assert "repair" not in steps
    assert (reading.problem, reading.note) == (None, None)


def test_a_wrong_place_of_the_table_of_objects_is_mended() -> None:
    start = report().rindex(b"startxref")
    reading = read(report()[:start] + b"startxref\n99999999\n%%EOF\n")
    assert numbers(reading) == [1, 2, 3, 4, 5, 6]
    assert reading.problem is None


def test_wrong_places_of_objects_are_mended() -> None:
    whole = report()
    reading = read(whole.replace(b"%PDF-1.3", b"%PDF-1.3\n% a line that a mail program put in"))
    assert numbers(reading) == [1, 2, 3, 4, 5, 6]


def test_of_a_cut_off_pdf_the_pages_that_are_left_are_read_and_the_rest_is_said_to_be_missing() -> None:
    whole = report(30)
    reading = read(whole[: whole.index(b"startxref")])
    assert numbers(reading) == list(range(1, 31))
    assert reading.problem == CUT_OFF


def test_an_empty_page_of_a_damaged_pdf_is_a_loss() -> None:
    whole = report()
    reading = read(whole[: whole.index(b"xref")])
    assert numbers(reading) == [1, 2, 3, 4, 5]
    assert reading.problem == f"Empty, perhaps by the damage: page 6. {CUT_OFF}"


def test_a_page_tree_that_counts_too_few_pages_loses_none() -> None:
    reading = read(report().replace(b"/Count 6", b"/Count 2"))
    assert numbers(reading) == [1, 2, 3, 4, 5, 6]
    assert reading.note == REPAIRED
    assert reading.problem is None


def test_a_page_that_the_tree_names_no_more_is_missed() -> None:
    reading = read(report().replace(b"4 0 R 5 0 R", b"5 0 R"))
    assert numbers(reading) == [1, 2, 3, 4, 5]
    assert reading.problem == "Damaged, not read: page 6."


def test_a_repaired_copy_with_fewer_pages_than_were_promised_says_so() -> None:
    mislabelled = report().replace(b"/Type /Page\n", b"/Type /Pane\n", 1)
    reading = read(mislabelled.replace(b"5 0 R 6 0 R", b"6 0 R"))
    assert len(reading.blocks) == 5
    assert reading.problem == "1 of 6 pages are missing."


def test_a_page_that_the_tree_lost_is_found_or_counted() -> None:
    reading = read(report().replace(b"/Kids [ 3 0 R", b"/Kids [ 99 0 R"))
    assert len(reading.blocks) == PAGES or reading.problem


def test_pages_without_a_size_are_read() -> None:
    def shrink(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page.obj["/MediaBox"]

    assert numbers(read(changed(shrink))) == [1, 2, 3, 4, 5, 6]


def test_a_page_whose_drawing_is_spoilt_is_a_loss() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        packed = pikepdf.Stream(pdf, bytes(range(7, 255)) * 4)
        packed.Filter = pikepdf.Name.FlateDecode
        pdf.pages[3].obj.Contents = packed

    reading = read(changed(spoil))
    assert numbers(reading) == [1, 2, 3, 5, 6]
    assert reading.problem == "Nothing found, though something is drawn: page 4. Look at it in a viewer."


def test_where_repair_ended_a_worker_it_is_left_out() -> None:
    whole = report()
    with pytest.raises(ReadProblem):
        read_pdf(whole[:1500], Watch.over(without={"repair", "pdfplumber"}))


def test_what_is_beyond_repair_has_no_copy() -> None:
    assert repair.rewritten(b"%PDF-1.7\n" + b"\x00\xff" * 200) is None


def test_the_pages_that_the_bytes_show_are_counted() -> None:
    assert repair.pages_shown(report(4)) == 4


def test_the_drawing_of_an_empty_page_is_small() -> None:
    assert repair.size_of_drawing(report(), 1) > 40
    assert repair.size_of_drawing(b"no PDF", 1) == 0
