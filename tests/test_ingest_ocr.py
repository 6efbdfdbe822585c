"""Pictures of pages are read by tesseract, with each word's place."""

from io import BytesIO

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from goalmap.ingest.layout.page import Word, lines_of
from goalmap.ingest.pdf import ocr, pdfium

needs_tesseract = pytest.mark.skipif(not ocr.is_there(), reason="tesseract with English is not on PATH")


def page(*lines: tuple[float, str], size: int = 12) -> pypdfium2.PdfDocument:
    """A page of lines, each at its height over the foot."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(500, 400))
    canvas.setFont("Helvetica", size)
    for height, text in lines:
        canvas.drawString(50, height, text)
    canvas.save()
    return pypdfium2.PdfDocument(file.getvalue())


def seen(pdf: pypdfium2.PdfDocument, languages: str = ocr.ENGLISH) -> list[Word]:
    words = ocr.words_on(pdfium.picture_of(pdf, 0), languages)
    assert words is not None
    return words


PROSE = (
    (350, "The Trust opened a nursery on the old laundry site in March,"),
    (335, "a new room as narrow as a nave, across a mere acre, we saw:"),
    (320, "Sixty places for the children of families within a mile."),
)


@needs_tesseract
def test_words_are_read_in_their_places() -> None:
    pdf = page(*PROSE)
    by_pdfium = pdfium.read_page(pdf, 0).words
    by_ocr = seen(pdf)
    assert [word.text for word in by_ocr] == [word.text for word in by_pdfium]
    for ours, theirs in zip(by_ocr, by_pdfium, strict=True):
        assert ours.left == pytest.approx(theirs.left, abs=3)
        assert ours.top == pytest.approx(theirs.top, abs=5)
        assert ours.bottom == pytest.approx(theirs.bottom, abs=5)


@needs_tesseract
def test_lines_are_of_one_size_whatever_letters_they_hold() -> None:
    words = seen(page(*PROSE))
    assert len({word.size for word in words}) == 1
    assert len(lines_of(words, 1)) == 3


@needs_tesseract
def test_a_heading_is_larger_than_the_text() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(500, 400))
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawString(50, 370, "A nursery for the night shift")
    canvas.setFont("Helvetica", 11)
    for height, text in PROSE:
        canvas.drawString(50, height - 20, text)
    canvas.save()
    words = seen(pypdfium2.PdfDocument(file.getvalue()))
    assert words[0].text == "A"
    assert words[0].size > 1.6 * words[-1].size


@needs_tesseract
def test_an_empty_page_has_no_words() -> None:
    assert seen(page()) == []


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up() -> None:
    assert ocr.words_on(pdfium.picture_of(page(*PROSE), 0), seconds=0.001) is None


@pytest.mark.skipif(not ocr.is_there(ocr.WELSH), reason="tesseract with Welsh is not on PATH")
def test_welsh_is_read_as_welsh() -> None:
    words = seen(page((350, "Mae’r ganolfan ar agor bob dydd ac mae’r staff yn siarad Cymraeg")), ocr.WELSH)
    assert " ".join(word.text for word in words).startswith(("Mae’r", "Mae'r"))


def test_a_large_page_makes_no_picture_beyond_the_limit() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(8000, 6000))
    canvas.drawString(50, 50, "A plan of the site")
    canvas.save()
    picture = pdfium.picture_of(pypdfium2.PdfDocument(file.getvalue()), 0)
    assert picture.width * picture.height <= 1.01 * pdfium.MOST_DOTS
    assert len(picture.dots) == picture.width * picture.height


def test_without_tesseract_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert ocr.words_on(ocr.Image(1, 1, b"\xff", 1.0)) is None
