"""Pages by pdfplumber: slower than PDFium, but it goes by the gaps between letters alone, and opens other damaged files."""

import io
import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from goalmap.ingest.layout.page import Page, Word
from goalmap.ingest.watch import Watch

if TYPE_CHECKING:
    from pdfplumber.page import Page as Drawn

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of every odd font
log = logging.getLogger(__name__)

GAPS = (0.15, 0.08, 0.04)
"""Least space between two words, as a share of their size: the usual one, and those of tightly set text."""


def readings_of(data: bytes, page: Page) -> list[Sequence[Word]]:
    """The words of one page of a PDF, cut at wide gaps and at narrower ones; none where pdfplumber cannot read it."""
    import pdfplumber  # half a second to import, and most files are read without it

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[page.number]) as pdf:
            return [list(_words(pdf.pages[0], gap)) for gap in GAPS]
    except Exception as error:  # it raises anything on a damaged file; there are other ways
        log.debug("pdfplumber: %r", error)
        return []


def pages_of(data: bytes, numbers: list[int] | None, watch: Watch) -> dict[int, Page]:
    """The pages of a PDF with these numbers, or all of them, as far as pdfplumber can read them."""
    read: dict[int, Page] = {}
    for page in _pages(data, numbers):
        read[page.number] = page
        if watch.is_late or len(read) >= watch.limits.max_pages:
            break
    return read


def _pages(data: bytes, numbers: list[int] | None) -> Iterator[Page]:
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=numbers) as pdf:
            for drawn in pdf.pages:
                left, top, right, bottom = drawn.cropbox
                yield Page(drawn.page_number, right - left, bottom - top, tuple(_words(drawn, GAPS[0])))
                drawn.close()
    except Exception as error:  # it raises anything on a damaged file, of which there is then no more to be had
        log.debug("pdfplumber: %r", error)


def _words(drawn: "Drawn", gap: float) -> Iterator[Word]:
    left, top, *_ = drawn.cropbox
    for word in drawn.dedupe_chars().extract_words(x_tolerance_ratio=gap, use_text_flow=True):
        yield Word(
            text=word["text"],
            left=word["x0"] - left,
            top=word["top"] - top,
            right=word["x1"] - left,
            bottom=word["bottom"] - top,
            size=word["bottom"] - word["top"],
            sideways=not word["upright"],
        )
