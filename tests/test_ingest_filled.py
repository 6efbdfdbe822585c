"""Forms: what is filled into a PDF's fields, typed onto its pages, or kept beside them."""

import io
from collections.abc import Callable

import pikepdf
from reportlab.pdfgen import canvas

from goalmap.ingest.document import Reading
from goalmap.ingest.pdf.reader import read_pdf
from goalmap.ingest.watch import Watch

PURPOSE = "Purpose of the paper:"
ANSWER = "To ask the board to open the bursary for kitchen apprentices"
Draw = Callable[[canvas.Canvas], None]


def pdf_of(draw: Draw) -> bytes:
    held = io.BytesIO()
    page = canvas.Canvas(held, pagesize=(595, 842))
    page.drawString(60, 700, PURPOSE)
    draw(page)
    page.save()
    return held.getvalue()


def answered(page: canvas.Canvas) -> None:
    page.acroForm.textfield(name="purpose", value=ANSWER, x=200, y=692, width=380, height=20, fontSize=10, maxlen=200)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(held)
    return held.getvalue()


def text_of(reading: Reading) -> str:
    return " ".join(block.text for block in reading.blocks)


def test_what_is_filled_into_a_form_is_read_where_it_stands() -> None:
    assert f"{PURPOSE} {ANSWER}" in text_of(read_pdf(pdf_of(answered), Watch.over()))


def test_a_value_that_no_program_has_drawn_yet_is_read() -> None:
    def undraw(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm.NeedAppearances = True
        for field in pdf.Root.AcroForm.Fields:
            del field.AP

    assert ANSWER in text_of(read_pdf(changed(pdf_of(answered), undraw), Watch.over()))


def test_a_hidden_field_is_not_read() -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        for field in pdf.Root.AcroForm.Fields:
            field.F = 2

    assert ANSWER not in text_of(read_pdf(changed(pdf_of(answered), hide), Watch.over()))


def test_of_a_form_that_lies_beside_the_pages_it_is_said_that_it_is_not_read() -> None:
    def put_aside(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.NeedsRendering = True

    reading = read_pdf(changed(pdf_of(lambda page: None), put_aside), Watch.over())
    assert PURPOSE in text_of(reading)
    assert "XFA" in (reading.problem or "")
