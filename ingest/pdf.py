"""PDF: words and their places by PDFium, ruled tables by pdfplumber."""

import ctypes
import io
import logging
from collections.abc import Iterator, Sequence

import pypdfium2
from pypdfium2 import raw

from goalmap.ingest import layout
from goalmap.ingest.clean import clean, join_lines
from goalmap.ingest.document import Metadata, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem
from goalmap.ingest.layout import Page, Table, Word

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns about every odd font on stderr

BOLD_WEIGHT = 600
RULES_OF_A_TABLE = 4
"""Fewest drawn paths on a page for it to hold a ruled table."""
RULES_OF_A_DRAWING = 4000
"""More paths than this are artwork, in which pdfplumber would search for minutes."""
MIN_ROWS = 2
ROW_GAP = 12.0
"""Most points between two rows of one table."""


def read_pdf(data: bytes) -> Reading:
    """The blocks of a PDF in reading order. Raises NeedsPassword, NoText or ReadProblem."""
    pdf = _open(data)
    try:
        pages = [_page(pdf, index) for index in range(len(pdf))]
        metadata = _metadata(pdf)
    finally:
        pdf.close()
    if not pages:
        raise ReadProblem("The PDF has no pages. Open it in a PDF viewer and save it again.")
    unread = [page.number for page, _ in pages if not page.words]
    if len(unread) == len(pages):
        raise NoText("The PDF holds pictures of pages and no text. Run it through OCR (for example `ocrmypdf IN OUT`) and ingest the result.")
    with_tables = _with_tables(data, [page for page, rules in pages if RULES_OF_A_TABLE <= rules <= RULES_OF_A_DRAWING])
    read = [with_tables.get(page.number, page) for page, _ in pages]
    return Reading(tuple(layout.blocks_of(read)), metadata, len(pages), _unread_problem(unread))


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise NeedsPassword("The PDF asks for a password. Save a copy without one and ingest that.") from error
        raise ReadProblem("The PDF is broken and cannot be opened. Download it again, or open it in a PDF viewer and print it to a new PDF.") from error


def _unread_problem(pages: Sequence[int]) -> str | None:
    if not pages:
        return None
    named = ", ".join(map(str, pages[:20])) + (" ..." if len(pages) > 20 else "")
    return f"No text on page {named}: empty, or a picture that needs OCR."


def _metadata(pdf: pypdfium2.PdfDocument) -> Metadata:
    return Metadata(title=clean(pdf.get_metadata_dict().get("Title", "")) or None)


def _page(pdf: pypdfium2.PdfDocument, index: int) -> tuple[Page, int]:
    """A page's words, and how many paths are drawn on it."""
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return Page(index + 1, 0, 0, ()), 0
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        words = tuple(_words(text, page, height))
    finally:
        text.close()
    paths = sum(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, i)) == raw.FPDF_PAGEOBJ_PATH
        for i in range(raw.FPDFPage_CountObjects(page))
    )
    page.close()
    return Page(index + 1, width, height, words), paths


def _words(text: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage, height: float) -> Iterator[Word]:
    origin_left, _, _, origin_top = page.get_bbox()
    characters = [raw.FPDFText_GetUnicode(text, i) for i in range(raw.FPDFText_CountChars(text))]
    start: int | None = None
    for i, code in enumerate([*characters, 0x20]):
        if code > 0x20 and code != 0xA0:
            start = i if start is None else start
        elif start is not None and code in (0x02, 0xFFFE):
            yield _word(text, characters, start, i, origin_left, origin_top, hyphen=True)
            start = None
        elif start is not None:
            yield _word(text, characters, start, i, origin_left, origin_top)
            start = None


def _word(text: pypdfium2.PdfTextPage, characters: Sequence[int], start: int, end: int, x: float, y: float, hyphen: bool = False) -> Word:
    first, last = _box(text, start), _box(text, end - 1)
    string = "".join(map(chr, characters[start:end])) + ("\xad" if hyphen else "")
    top, bottom = y - max(first.top, last.top), y - min(first.bottom, last.bottom)
    left, right = min(first.left, last.left) - x, max(first.right, last.right) - x
    return Word(string, left, top, right, bottom, first.top - first.bottom or 1.0, _is_bold(text, start))


def _box(text: pypdfium2.PdfTextPage, index: int) -> raw.FS_RECTF:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    return box


_FONT_NAME = ctypes.create_string_buffer(128)


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT:
        return True
    raw.FPDFText_GetFontInfo(text, index, _FONT_NAME, 128, None)
    return b"bold" in _FONT_NAME.value.lower() or b"black" in _FONT_NAME.value.lower()


# Tables


def _with_tables(data: bytes, pages: Sequence[Page]) -> dict[int, Page]:
    """Those of the pages that hold ruled tables, with their tables, by page number."""
    if not pages:
        return {}
    import pdfplumber

    found = {}
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pages:
                if page.number <= len(pdf.pages):
                    tables = tuple(_tables(pdf.pages[page.number - 1], page))
                    pdf.pages[page.number - 1].close()
                    if tables:
                        found[page.number] = Page(page.number, page.width, page.height, page.words, tables)
    except Exception:  # pdfminer raises anything on a damaged file; PDFium has read the text, and rows become lines
        return found
    return found


def _tables(plumbed: "pdfplumber.page.Page", page: Page) -> Iterator[Table]:  # type: ignore[name-defined]  # noqa: F821
    found = [
        Table(*table.bbox, rows=tuple(tuple(_cell(cell, page) for cell in row.cells) for row in table.rows))
        for table in plumbed.find_tables()
    ]
    for table in _stacked(found):
        if sum(sum(map(bool, row)) > 1 for row in table.rows) >= MIN_ROWS:
            yield table


def _stacked(tables: Sequence[Table]) -> Iterator[Table]:
    """Tables as readers see them: some programs draw each row as a table of its own, a few points apart."""
    stack: Table | None = None
    for table in sorted(tables, key=lambda table: (round(table.left), table.top)):
        if stack and _is_next_row(stack, table):
            stack = Table(stack.left, stack.top, stack.right, table.bottom, stack.rows + table.rows)
        else:
            if stack:
                yield stack
            stack = table
    if stack:
        yield stack


def _is_next_row(above: Table, below: Table) -> bool:
    same_edges = abs(above.left - below.left) < 2 and abs(above.right - below.right) < 2
    return same_edges and -2 < below.top - above.bottom < ROW_GAP


def _cell(box: tuple[float, float, float, float] | None, page: Page) -> str:
    """A cell's text from PDFium's words, so that a row reads as the page does."""
    if box is None:
        return ""
    left, top, right, bottom = box
    inside = tuple(
        word
        for word in page.words
        if left <= (word.left + word.right) / 2 <= right and top <= (word.top + word.bottom) / 2 <= bottom
    )
    return join_lines(line.text for line in layout.lines_of(Page(page.number, page.width, page.height, inside)))
