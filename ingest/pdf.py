"""PDF: words, their places and what is drawn around them by PDFium, the cells of grids by pdfplumber."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pypdfium2
from pypdfium2 import raw

from goalmap.ingest import layout
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Metadata, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem
from goalmap.ingest.grids import find_grids
from goalmap.ingest.page import Page, Shape, Word
from goalmap.ingest.tables import holds_grid
from goalmap.ingest.watch import Watch

SIGNATURE = b"%PDF-"
BOLD_WEIGHT = 600
BOLD_NAMES = (b"bold", b"black", b"heavy")
LINE_END_HYPHENS = (0x02, 0xFFFE)
"""What PDFium puts where a word is broken at a line's end."""
HYPHEN = "-"
NO_BREAK_SPACE = 0xA0
RAISED = 0.2
"""Least distance from a word's foot to that of its footnote's mark, as a share of its height."""
BULLET_SIZES = (1.2, 7.0)
"""Heights between which a drawn dot or square may be a list's bullet."""
MOST_LISTED = 20

Edges = tuple[float, float, float, float]


def read_pdf(data: bytes, watch: Watch) -> Reading:
    """The blocks of a PDF in reading order. Raises NeedsPassword, NoText or ReadProblem."""
    pdf = _open(data)
    try:
        pages = [
            _page(pdf, index) if watch.may_read(f"page {index + 1}") else _lost(index) for index in range(len(pdf))
        ]
        metadata = Metadata(title=clean(pdf.get_metadata_dict().get("Title", "")) or None)
    finally:
        pdf.close()
    _check(pages)
    pages = _with_grids(data, pages)
    return Reading(tuple(layout.blocks_of(pages)), metadata, len(pages), _problem(pages))


def _with_grids(data: bytes, pages: Sequence[Page]) -> list[Page]:
    """The pages, those with tables drawn as grids shown to pdfplumber, which is too slow for all of them."""
    grids = find_grids(data, [page for page in pages if holds_grid(page)])
    return [replace(page, grids=grids.get(page.number, ())) for page in pages]


def _check(pages: Sequence[Page]) -> None:
    """Raises ReadProblem where no page can be opened, NoText where none holds a word."""
    if all(page.is_damaged for page in pages):
        raise ReadProblem("No page of the PDF can be opened. Open it in a PDF viewer and print it to a new PDF.")
    if not any(page.words for page in pages):
        raise NoText(
            "The PDF holds pictures of pages and no text. "
            "Run it through OCR (for example `ocrmypdf IN OUT`) and ingest the result."
        )


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise NeedsPassword("The PDF asks for a password. Save a copy without one and ingest that.") from error
        if SIGNATURE not in data[:1024]:
            raise ReadProblem(
                "The name says PDF, the content is something else. Give the file its real suffix."
            ) from error
        raise ReadProblem(
            "The PDF is broken and cannot be opened. "
            "Download it again, or open it in a PDF viewer and print it to a new PDF."
        ) from error


def _problem(pages: Sequence[Page]) -> str | None:
    """What is lost, by the numbers of the pages.

    >>> _problem([Page(1, 0, 0, ()), Page(2, 595, 842, ()), Page(3, 595, 842, ())])
    'Damaged, not read: page 1. No text, empty or a picture that needs OCR: page 2, 3.'
    """
    damaged = [page.number for page in pages if page.is_damaged]
    empty = [page.number for page in pages if not page.words and not page.is_damaged]
    losses = (("Damaged, not read", damaged), ("No text, empty or a picture that needs OCR", empty))
    return " ".join(f"{loss}: page {_listed(numbers)}." for loss, numbers in losses if numbers) or None


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:MOST_LISTED])) + (" ..." if len(numbers) > MOST_LISTED else "")


# Pages


@dataclass(frozen=True, slots=True)
class Frame:
    """How PDF's coordinates, which count from the bottom left before a page is turned, become places on the page seen."""

    page: Edges
    """The page's left, bottom, right and top in PDF's coordinates."""
    turned: int

    def place(self, left: float, bottom: float, right: float, top: float) -> Edges:
        page_left, page_bottom, page_right, page_top = self.page
        west, east = left - page_left, right - page_left
        south, north = bottom - page_bottom, top - page_bottom
        width, height = page_right - page_left, page_top - page_bottom
        if self.turned == 90:
            return south, west, north, east
        if self.turned == 180:
            return width - east, south, width - west, north
        if self.turned == 270:
            return height - north, width - east, height - south, width - west
        return west, height - north, east, height - south


def _page(pdf: pypdfium2.PdfDocument, index: int) -> Page:
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:  # a damaged page; its number goes into the document's problem
        return _lost(index)
    width, height = page.get_size()
    frame = Frame(page.get_bbox(), page.get_rotation())
    shapes = tuple(_shapes(page, frame))
    text = page.get_textpage()
    try:
        words = [*_words(text, frame), *_drawn_bullets(shapes)]
    finally:
        text.close()
        page.close()
    return Page(index + 1, width, height, tuple(_on_page(words, width, height)), shapes)


def _lost(index: int) -> Page:
    return Page(index + 1, 0, 0, ())


def _on_page(words: Sequence[Word], width: float, height: float) -> Iterator[Word]:
    """Words within the page's edges; printers' marks and cut-off text lie outside."""
    for word in words:
        if word.left >= 0 and word.top >= 0 and word.right <= width and word.bottom <= height:
            yield word
        elif word.left < width and word.top < height and word.right > 0 and word.bottom > 0:
            left, top = max(word.left, 0.0), max(word.top, 0.0)
            yield replace(word, left=left, top=top, right=min(word.right, width), bottom=min(word.bottom, height))


def _shapes(page: pypdfium2.PdfPage, frame: Frame) -> Iterator[Shape]:
    edges = tuple(ctypes.c_float() for _ in range(4))
    for i in range(raw.FPDFPage_CountObjects(page)):
        drawn = raw.FPDFPage_GetObject(page, i)
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetBounds(drawn, *edges):
            yield Shape(*frame.place(*(edge.value for edge in edges)))


def _drawn_bullets(shapes: Sequence[Shape]) -> Iterator[Word]:
    """Browsers draw the bullets of a list."""
    least, most = BULLET_SIZES
    for shape in shapes:
        if least <= shape.height <= most and abs(shape.width - shape.height) < 0.2 * shape.height:
            yield Word("•", shape.left, shape.top, shape.right, shape.bottom, shape.height)


# Words


def _words(text: pypdfium2.PdfTextPage, frame: Frame) -> Iterator[Word]:
    codes = _codes(text)
    start: int | None = None
    for i, code in enumerate([*codes, 0x20]):
        if code > 0x20 and code != NO_BREAK_SPACE and code != 0xFFFE:
            start = i if start is None else start
        elif start is not None:
            yield _word(text, frame, codes[start:i], start, HYPHEN if code in LINE_END_HYPHENS else "")
            start = None


def _codes(text: pypdfium2.PdfTextPage) -> Sequence[int]:
    """The characters of a page; read at one go where that gives every one of them."""
    count = raw.FPDFText_CountChars(text)
    units = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text, 0, count, units) == count + 1:
        return list(units[:count])
    return [raw.FPDFText_GetUnicode(text, i) for i in range(count)]


def _word(text: pypdfium2.PdfTextPage, frame: Frame, codes: Sequence[int], start: int, hyphen: str) -> Word:
    first, last = _box(text, frame, start), _box(text, frame, start + len(codes) - 1)
    if _is_footnote_mark(first, last, codes):
        codes = _without_mark(codes)
        last = _box(text, frame, start + len(codes) - 1)
    return Word(
        text=_string(codes) + hyphen,
        left=min(first[0], last[0]),
        top=min(first[1], last[1]),
        right=max(first[2], last[2]),
        bottom=max(first[3], last[3]),
        size=first[3] - first[1] or 1.0,
        bold=_is_bold(text, start),
        sideways=_is_sideways(first, last),
    )


def _string(codes: Sequence[int]) -> str:
    """Characters of UTF-16 units, which PDFium counts."""
    if max(codes) < 0xD800:
        return "".join(map(chr, codes))
    return b"".join(code.to_bytes(2, "little") for code in codes if code < 0x10000).decode("utf-16-le", "replace")


def _is_sideways(first: Edges, last: Edges) -> bool:
    """Whether the last character stands above or below the first."""
    across = min(first[2], last[2]) - max(first[0], last[0])
    return across > 0.5 * (first[2] - first[0]) and abs(first[1] - last[1]) > 0.5 * (first[2] - first[0])


def _box(text: pypdfium2.PdfTextPage, frame: Frame, index: int) -> Edges:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    return frame.place(box.left, box.bottom, box.right, box.top)


def _is_footnote_mark(first: Edges, last: Edges, codes: Sequence[int]) -> bool:
    """Whether a word ends in small raised digits that follow a whole word, as in "equivalent.1" but not in "m2"."""
    raised = first[3] - last[3] > RAISED * (first[3] - first[1])
    return raised and chr(codes[-1]).isdigit() and len(_without_mark(codes)) > 3


def _without_mark(codes: Sequence[int]) -> Sequence[int]:
    end = len(codes)
    while end and chr(codes[end - 1]).isdigit():
        end -= 1
    return codes[:end]


_FONT_NAME = ctypes.create_string_buffer(128)


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT:
        return True
    raw.FPDFText_GetFontInfo(text, index, _FONT_NAME, 128, None)
    return _names_bold(_FONT_NAME.value)


@lru_cache(maxsize=256)
def _names_bold(font: bytes) -> bool:
    return any(name in font.lower() for name in BOLD_NAMES)
