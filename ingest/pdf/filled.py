"""What is filled into the fields of a PDF's forms and typed onto its pages: it lies on the page and is not part of it."""

from collections import Counter
from contextlib import closing

import pypdfium2
from pypdfium2 import raw

from goalmap.ingest.layout.page import Page

WRITTEN_ON = frozenset((raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT))
"""Fields of forms, and text boxes that a reader of the page put on it."""
MOST_LOST = 0.02
"""A page that loses more of its letters when it is made one with its fields is broken by it."""


def prepare(pdf: pypdfium2.PdfDocument) -> None:
    """Have the fields drawn that only hold a value, as those do that a script filled in; before any page is opened."""
    if pdf.get_formtype() == raw.FORMTYPE_ACRO_FORM:
        pdf.init_forms()


def is_empty_shell(pdf: pypdfium2.PdfDocument) -> bool:
    """Whether the pages only say to wait or to get another program, and the form itself lies beside them."""
    return bool(pdf.get_formtype() == raw.FORMTYPE_XFA_FULL)


def is_written_on(page: pypdfium2.PdfPage) -> bool:
    """Whether a page has fields or text boxes."""
    return any(_kind(page, i) in WRITTEN_ON for i in range(raw.FPDFPage_GetAnnotCount(page)))


def made_one(pdf: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether the page could be made one with what is written on it, which shows once it is opened again."""
    with closing(pdf[index]) as page:
        return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def _kind(page: pypdfium2.PdfPage, index: int) -> int:
    note = raw.FPDFPage_GetAnnot(page, index)
    try:
        return int(raw.FPDFAnnot_GetSubtype(note))
    finally:
        raw.FPDFPage_CloseAnnot(note)


def fuller(bare: Page, filled: Page) -> Page:
    """The filled page, unless it lost what stands on the bare one or is no longer of its size."""
    letters = _letters(bare)
    lost = (letters - _letters(filled)).total()
    is_broken = (filled.width, filled.height) != (bare.width, bare.height) or lost > MOST_LOST * letters.total()
    return bare if is_broken else filled


def _letters(page: Page) -> Counter[str]:
    return Counter("".join(word.text for word in page.words))
