"""Scans and pages of garbled letters are read in another way, or it is said that they were not."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from goalmap.ingest.document import Reading
from goalmap.ingest.errors import NoText
from goalmap.ingest.pdf import ocr
from goalmap.ingest.pdf.reader import read_pdf
from goalmap.ingest.watch import Watch

needs_tesseract = pytest.mark.skipif(not ocr.is_there(), reason="tesseract with English is not on PATH")

SIZE = (500, 400)
LINES = (
    "The Trust opened a nursery on the old laundry site in March,",
    "with sixty places for the children of staff and of families",
    "who live within a mile. Half of the places are kept for",
    "parents who work nights. Twelve people from the estate were",
    "trained as nursery assistants while it was being built.",
)
TEXT = " ".join(LINES)
TURNS = {"scan on its head": 180}


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without tesseract."""
    monkeypatch.setenv("PATH", "")
    ocr.version.cache_clear()
    ocr.known_languages.cache_clear()
    yield
    ocr.version.cache_clear()
    ocr.known_languages.cache_clear()


def write(canvas: Canvas, font: str = "Helvetica") -> None:
    canvas.setFont(font, 12)
    for i, line in enumerate(LINES):
        canvas.drawString(50, 350 - 16 * i, line)


def typed(font: str = "Helvetica") -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=SIZE)
    write(canvas, font)
    canvas.save()
    return file.getvalue()


def picture(turn: int = 0) -> ImageReader:
    """The typed page as a scanner sees it."""
    page = pypdfium2.PdfDocument(typed())[0]
    return ImageReader(page.render(scale=200 / 72, grayscale=True, rotation=turn).to_pil())


def scanned(*kinds: str) -> bytes:
    """A PDF whose pages are "scan", "stamped scan", "scan on its head" or "text"."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=SIZE)
    for kind in kinds:
        if "scan" in kind:
            canvas.drawImage(picture(TURNS.get(kind, 0)), 0, 0, *SIZE)
        if "stamped" in kind:
            canvas.drawString(400, 20, "Enclosure 4")
        if kind == "text":
            write(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def set_tight(gap: float) -> bytes:
    """The text without a space character, its words apart by a share of the letters' size."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=SIZE)
    canvas.setFont("Helvetica", 12)
    for i, line in enumerate(LINES):
        left = 50.0
        for word in line.split():
            canvas.drawString(left, 350 - 16 * i, word)
            left += pdfmetrics.stringWidth(word, "Helvetica", 12) + gap * 12
    canvas.save()
    return file.getvalue()


def remapped(first: int) -> bytes:
    """The text in a font whose table says that its characters are others."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"1 beginbfrange <00> <7F> <{first:04X}> endbfrange\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    with pikepdf.open(BytesIO(typed("Vera"))) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            if "/ToUnicode" in font:
                font.ToUnicode = pdf.make_stream(table.encode())
        file = BytesIO()
        pdf.save(file)
        return file.getvalue()


def read(data: bytes, **watch: object) -> Reading:
    return read_pdf(data, Watch.over(**watch))  # type: ignore[arg-type]


def text_of(reading: Reading) -> str:
    return " ".join(block.text for block in reading.blocks)


# Scans


@needs_tesseract
def test_a_scan_is_read_by_ocr_and_that_is_said() -> None:
    reading = read(scanned("scan", "text"))
    assert [block.text for block in reading.blocks] == [TEXT, TEXT]
    assert reading.note == "Read by OCR: page 1."
    assert reading.problem is None


@needs_tesseract
def test_the_words_of_a_scan_lie_where_they_are_seen() -> None:
    scan, print_ = read(scanned("scan", "text")).blocks
    assert scan.boxes[0].left == pytest.approx(print_.boxes[0].left, abs=3)
    assert scan.boxes[0].top == pytest.approx(print_.boxes[0].top, abs=5)
    assert scan.boxes[0].right == pytest.approx(print_.boxes[0].right, abs=3)
    assert scan.boxes[0].bottom == pytest.approx(print_.boxes[0].bottom, abs=5)


@needs_tesseract
def test_a_scan_with_a_stamp_on_it_is_read_by_ocr_too() -> None:
    reading = read(scanned("stamped scan"))
    assert TEXT in text_of(reading)
    assert reading.note == "Read by OCR: page 1."


@pytest.mark.skipif(not {"eng", "osd"} <= ocr.known_languages(), reason="tesseract cannot tell how a page lies")
def test_a_scan_that_lies_on_its_head_is_turned() -> None:
    reading = read(scanned("scan on its head"))
    assert text_of(reading) == TEXT
    assert reading.note == "Read by OCR: page 1."


@needs_tesseract
def test_a_scan_on_which_ocr_ended_a_worker_is_named() -> None:
    reading = read(scanned("scan", "text"), without={"page 1 by OCR"})
    assert text_of(reading) == TEXT
    assert reading.problem is not None
    assert reading.problem.startswith("A picture that there was no time to read by OCR: page 1.")


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_scans_are_named_with_what_to_do() -> None:
    reading = read(scanned("scan", "text", "scan"))
    assert text_of(reading) == TEXT
    assert reading.problem is not None
    assert reading.problem.startswith("No text but a picture, which needs OCR: page 1, 3. Install tesseract")


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_a_pdf_of_scans_holds_no_text() -> None:
    with pytest.raises(NoText, match=r"apt-get install tesseract-ocr.*ocrmypdf"):
        read(scanned("scan", "scan"))


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_a_stamped_scan_may_hold_more() -> None:
    reading = read(scanned("stamped scan"))
    assert reading.problem is None
    assert reading.note == "Hardly any text beside a picture, in which only OCR can find more: page 1."


# Garbled letters


def test_words_run_together_are_cut_at_the_gaps_between_letters() -> None:
    reading = read(set_tight(0.1))
    assert text_of(reading) == TEXT
    assert reading.problem is None
    assert reading.note == "Words told by the gaps between letters: page 1."


def test_words_cut_at_gaps_lie_where_they_are_seen() -> None:
    (cut,), (typed_,) = read(set_tight(0.1)).blocks, read(typed()).blocks
    assert cut.boxes[0].left == pytest.approx(typed_.boxes[0].left, abs=2)
    assert cut.boxes[0].top == pytest.approx(typed_.boxes[0].top, abs=3)
    assert cut.boxes[0].bottom == pytest.approx(typed_.boxes[0].bottom, abs=3)


@pytest.mark.parametrize("first", [pytest.param(0xE000, id="private"), pytest.param(0x0180, id="odd letters")])
@needs_tesseract
def test_a_font_without_a_table_of_characters_is_read_by_ocr(first: int) -> None:
    reading = read(remapped(first))
    assert text_of(reading) == TEXT
    assert reading.note == "Read by OCR: page 1."


@pytest.mark.usefixtures("no_tesseract")
def test_letters_that_cannot_be_told_are_dropped_and_the_page_named() -> None:
    with pytest.raises(NoText, match=r"Letters cannot be told apart .*: page 1\. Its words are not used\."):
        read(remapped(0x0180))


@pytest.mark.usefixtures("no_tesseract")
def test_what_can_be_told_on_a_garbled_page_is_kept() -> None:
    with pikepdf.open(BytesIO(remapped(0xE000))) as garbled, pikepdf.open(BytesIO(typed())) as clear:
        garbled.pages[0].add_overlay(clear.pages[0], pikepdf.Rectangle(0, -150, 500, 250))
        file = BytesIO()
        garbled.save(file)
    reading = read(file.getvalue())
    assert text_of(reading) == TEXT
    assert reading.problem is not None
    assert reading.problem.startswith("Words of which the letters cannot be told are left out: page 1.")
