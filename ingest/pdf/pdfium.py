"""A page as PDFium sees it: words, their places, what is drawn, and a picture of it."""

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from goalmap.ingest.errors import NeedsPassword
from goalmap.ingest.layout.page import Page, Shape, Word
from goalmap.ingest.pdf.letters import Boxes, Edges, Letters, address_of, bounds_at, drawn_at, kind_at
from goalmap.ingest.pdf.ocr import Image

LINE_END_HYPHENS = "\x02\ufffe"
"""What PDFium puts where a word is broken at a line's end."""
HYPHEN = "-"
NO_BREAK_SPACE = "\xa0"
WORD = re.compile(f"([^\t\n\v\f\r {NO_BREAK_SPACE}{LINE_END_HYPHENS}]+)([{LINE_END_HYPHENS}]?)")
ODD = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\ud800-\udfff\U00010000-\U0010ffff]")
LEFT, TOP, RIGHT, BOTTOM = range(4)
"""Edges of a place on the page seen."""
UNKNOWN = dict.fromkeys(range(0x20), "\ufffd")
"""What stands for a control character, which is what a font without a table of characters gives."""
FIRST_SURROGATE, LAST_OF_PLANE = "\ud800", "\uffff"
RAISED = 0.2
"""Least distance from a word's foot to that of its footnote's mark, as a share of its height."""
BULLET_SIZES = (1.2, 7.0)
"""Heights between which a drawn dot or square may be a list's bullet."""
DOTS_AN_INCH = 300
MOST_DOTS = 20_000_000
DEEPEST_FORM = 3

Drawn = int
"""Where PDFium keeps something drawn."""


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

    def places(self, boxes: Boxes) -> Boxes:
        """The same for boxes by the row."""
        return np.stack(self.place(*boxes.T), axis=1)


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
    with closing(page):
        return seen(page, index)


def seen(page: pypdfium2.PdfPage, index: int) -> Page:
    """A page that is open."""
    width, height = page.get_size()
    frame = Frame(page.get_bbox(), page.get_rotation())
    shapes = tuple(_shapes(page, frame))
    with closing(page.get_textpage()) as text:
        words = [*_words(Letters(text), frame), *_drawn_bullets(shapes)]
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
        if kind_at(drawn) == raw.FPDF_PAGEOBJ_PATH and (edges := _bounds(drawn)):
            yield Shape(*frame.place(*edges))


def _objects(page: pypdfium2.PdfPage) -> Iterator[Drawn]:
    start = address_of(page.raw)
    return (drawn_at(start, i) for i in range(raw.FPDFPage_CountObjects(page)))


def _bounds(drawn: Drawn) -> Edges | None:
    if not bounds_at(drawn, *_BOUNDS_AT):
        return None
    left, bottom, right, top = _BOUNDS
    return left, bottom, right, top


_BOUNDS = (ctypes.c_float * 4)()
_BOUNDS_AT = [ctypes.addressof(_BOUNDS) + i * ctypes.sizeof(ctypes.c_float) for i in range(4)]


def _drawn_bullets(shapes: Sequence[Shape]) -> Iterator[Word]:
    """Browsers draw the bullets of a list."""
    least, most = BULLET_SIZES
    for shape in shapes:
        if least <= shape.height <= most and abs(shape.width - shape.height) < 0.2 * shape.height:
            yield Word("•", shape.left, shape.top, shape.right, shape.bottom, shape.height)


# Words


def _words(letters: Letters, frame: Frame) -> Iterator[Word]:
    printed = "".join(map(chr, letters.codes))
    found = list(WORD.finditer(printed))
    if not found:
        return
    texts = [match[1] for match in found]
    firsts, lasts = [match.start(1) for match in found], [match.end(1) - 1 for match in found]
    starts, ends, bold = letters.ends(firsts, lasts)
    first, last = frame.places(starts), frame.places(ends)
    for i in np.flatnonzero(_are_raised(first, last)):
        if _is_footnote_mark(texts[i]):
            texts[i] = _without_mark(texts[i])
            last[i] = frame.place(*letters.line(firsts[i] + len(texts[i]) - 1))
    if ODD.search(printed):
        texts = [_readable(text) for text in texts]
    whole = (text + HYPHEN if match[2] else text for text, match in zip(texts, found, strict=True))
    yield from map(Word, whole, *_around(first, last), _sizes(first), bold, _are_sideways(first, last))


def _around(first: Boxes, last: Boxes) -> Iterator[list[float]]:
    """The left, top, right and bottom edges of words."""
    for edge in (LEFT, TOP):
        yield np.minimum(first[:, edge], last[:, edge]).tolist()
    for edge in (RIGHT, BOTTOM):
        yield np.maximum(first[:, edge], last[:, edge]).tolist()


def _sizes(first: Boxes) -> list[float]:
    heights = first[:, BOTTOM] - first[:, TOP]
    sizes: list[float] = np.where(heights == 0, 1.0, heights).tolist()
    return sizes


def _are_sideways(first: Boxes, last: Boxes) -> list[bool]:
    """Whether last characters stand above or below the first ones."""
    across = np.minimum(first[:, RIGHT], last[:, RIGHT]) - np.maximum(first[:, LEFT], last[:, LEFT])
    width = 0.5 * (first[:, RIGHT] - first[:, LEFT])
    sideways: list[bool] = ((across > width) & (np.abs(first[:, TOP] - last[:, TOP]) > width)).tolist()
    return sideways


def _are_raised(first: Boxes, last: Boxes) -> NDArray[np.bool_]:
    """Whether last characters stand higher than the first ones, as the small digit of "equivalent.1" does."""
    raised: NDArray[np.bool_] = first[:, BOTTOM] - last[:, BOTTOM] > RAISED * (first[:, BOTTOM] - first[:, TOP])
    return raised


def _is_footnote_mark(text: str) -> bool:
    """Whether the digits at a word's end, which are raised, follow a whole word: not those of "m2"."""
    return text[-1].isdigit() and len(_without_mark(text)) > 3


def _readable(text: str) -> str:
    """Characters of UTF-16 units, which PDFium counts."""
    if min(text) < " ":
        text = text.translate(UNKNOWN)
    if max(text) < FIRST_SURROGATE:
        return text
    units = "".join(unit for unit in text if unit <= LAST_OF_PLANE)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _without_mark(text: str) -> str:
    end = len(text)
    while end and text[end - 1].isdigit():
        end -= 1
    return text[:end]


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
    kind = kind_at(drawn)
    if kind != raw.FPDF_PAGEOBJ_FORM or depth == DEEPEST_FORM:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    form = ctypes.cast(drawn, raw.FPDF_PAGEOBJECT)
    inside = (address_of(raw.FPDFFormObj_GetObject(form, i)) for i in range(raw.FPDFFormObj_CountObjects(form)))
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
