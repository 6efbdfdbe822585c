"""A page as PDFium sees it: words, their places, what is drawn, and a picture of it."""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pypdfium2
from pypdfium2 import raw

from goalmap.ingest.errors import NeedsPassword
from goalmap.ingest.layout.page import Page, Shape, Word
from goalmap.ingest.pdf.ocr import Image

BOLD_WEIGHT = 600
BOLD_NAMES = (b"bold", b"black", b"heavy")
LINE_END_HYPHENS = (0x02, 0xFFFE)
"""What PDFium puts where a word is broken at a line's end."""
HYPHEN = "-"
NO_BREAK_SPACE = 0xA0
SPACES = frozenset([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, NO_BREAK_SPACE, *LINE_END_HYPHENS])
UNKNOWN = 0xFFFD
"""Stands for a control character, which is what a font without a table of characters gives."""
RAISED = 0.2
"""Least distance from a word's foot to that of its footnote's mark, as a share of its height."""
BULLET_SIZES = (1.2, 7.0)
"""Heights between which a drawn dot or square may be a list's bullet."""
DOTS_AN_INCH = 300
INK = 0.95
"""Least height of a character's line, as a share of its size; what is lower is the ink alone."""
HEAD, FOOT = 0.9, 0.21
"""How far a line reaches above and below its letters' feet, as shares of its size, where the font does not say."""
MOST_DOTS = 20_000_000
DEEPEST_FORM = 3

Edges = tuple[float, float, float, float]
Drawn = Any
"""PDFium's handle of something drawn."""


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


def opened(data: bytes) -> pypdfium2.PdfDocument | None:
    """The PDF; None where it is too damaged to be opened. Raises NeedsPassword."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium may answer with the error of the file before
        if "password" in str(error).casefold() and b"/Encrypt" in data:
            raise NeedsPassword("The PDF asks for a password. Save a copy without one and ingest that.") from error
        return None


def read_page(pdf: pypdfium2.PdfDocument, index: int) -> Page:
    """One page; without words or size where it is damaged."""
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return lost(index)
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


def lost(index: int) -> Page:
    """A page of which nothing is known."""
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
    for drawn in _objects(page):
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_PATH and (edges := _bounds(drawn)):
            yield Shape(*frame.place(*edges))


def _objects(page: pypdfium2.PdfPage) -> Iterator[Drawn]:
    return (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))


def _bounds(drawn: Drawn) -> Edges | None:
    edges = tuple(ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(drawn, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


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
        if code not in SPACES:
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
    if min(codes) < 0x20:
        codes = [UNKNOWN if code < 0x20 else code for code in codes]
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
    size = raw.FPDFText_GetFontSize(text, index)
    bottom, top = (box.bottom, box.top) if box.top - box.bottom >= INK * size else _line_of(text, index, box, size)
    return frame.place(box.left, bottom, box.right, top)


def _line_of(text: pypdfium2.PdfTextPage, index: int, box: raw.FS_RECTF, size: float) -> tuple[float, float]:
    """The foot and head of a character's line where its font states neither, as LibreOffice writes some."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size *= matrix.d
    upright = abs(matrix.b) < 0.01 * abs(matrix.d)
    if not upright or box.top - box.bottom >= INK * size or not raw.FPDFText_GetCharOrigin(text, index, x, y):
        return box.bottom, box.top
    return y.value - FOOT * size, y.value + HEAD * size


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


# Pictures


def picture_share(pdf: pypdfium2.PdfDocument, index: int) -> float:
    """How much of a page is covered by pictures."""
    page = pdf[index]
    try:
        left, bottom, right, top = page.get_bbox()
        covered = 0.0
        for drawn in _objects(page):
            if _is_picture(drawn) and (edges := _bounds(drawn)):
                width = min(edges[2], right) - max(edges[0], left)
                height = min(edges[3], top) - max(edges[1], bottom)
                covered += max(width, 0.0) * max(height, 0.0)
        return float(covered / max((right - left) * (top - bottom), 1.0))
    finally:
        page.close()


def _is_picture(drawn: Drawn, depth: int = 0) -> bool:
    """Whether it is a picture, or a group that holds one."""
    kind = raw.FPDFPageObj_GetType(drawn)
    if kind != raw.FPDF_PAGEOBJ_FORM or depth == DEEPEST_FORM:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    inside = (raw.FPDFFormObj_GetObject(drawn, i) for i in range(raw.FPDFFormObj_CountObjects(drawn)))
    return any(_is_picture(part, depth + 1) for part in inside)


def picture_of(pdf: pypdfium2.PdfDocument, index: int, turn: int = 0) -> Image:
    """A grey picture of a page, as it is seen or turned by so many degrees."""
    page = pdf[index]
    try:
        width, height = page.get_size()
        scale = min(DOTS_AN_INCH / 72, math.sqrt(MOST_DOTS / max(width * height, 1.0)))
        drawn = page.render(scale=scale, rotation=turn, grayscale=True, may_draw_forms=False)
        rows = memoryview(drawn.buffer)
        dots = b"".join(rows[row * drawn.stride : row * drawn.stride + drawn.width] for row in range(drawn.height))
        picture = Image(drawn.width, drawn.height, dots, scale)
        drawn.close()
        return picture
    finally:
        page.close()
