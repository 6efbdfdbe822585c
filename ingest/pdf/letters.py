"""Where the letters of a page stand: PDFium asked by plain addresses, since the usual way of asking costs more than the answer."""

import ctypes
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

BOLD_WEIGHT = 600
BOLD_NAMES = (b"bold", b"black", b"heavy")
INK = 0.95
"""Least height of a character's line, as a share of its size; what is lower is the ink alone."""
HEAD, FOOT = 0.9, 0.21
"""How far a line reaches above and below its letters' feet, as shares of its size, where the font does not say."""
LEFT, BOTTOM, RIGHT, TOP = range(4)
FROM_RECTANGLE = (0, 3, 2, 1)
"""Where PDFium's rectangles have the edges in this order."""

Edges = tuple[float, float, float, float]
"""Left, bottom, right and top, counted from the page's bottom left."""
Boxes = NDArray[np.float64]
"""The same, a row for each."""


class Style(NamedTuple):
    """The size that a character is set in, and whether its font is bold."""

    size: float
    bold: bool


def address_of(handle: Any) -> int:
    """Where PDFium keeps what a handle stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _plain(function: Any, answer: Any, *asked: Any) -> Callable[..., Any]:
    """One of PDFium's functions, with addresses for what it is given and where it is to write."""
    asking: Callable[..., Any] = ctypes.PYFUNCTYPE(answer, *asked)(address_of(function))
    return asking


_ADDRESS, _PLACE = ctypes.c_void_p, ctypes.c_int
_box_at = _plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, _ADDRESS, _PLACE, _ADDRESS)
_printed_with = _plain(raw.FPDFText_GetTextObject, ctypes.c_void_p, _ADDRESS, _PLACE)
bounds_at = _plain(raw.FPDFPageObj_GetBounds, ctypes.c_int, *[_ADDRESS] * 5)
kind_at = _plain(raw.FPDFPageObj_GetType, ctypes.c_int, _ADDRESS)
drawn_at = _plain(raw.FPDFPage_GetObject, ctypes.c_void_p, _ADDRESS, _PLACE)


class Letters:
    """The characters of a page by their places in its text."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._text = text
        self._address = address_of(text.raw)
        self._styles: dict[int | None, Style] = {}

    @property
    def codes(self) -> Sequence[int]:
        """The characters, as UTF-16 units; read at one go where that gives every one of them."""
        count = raw.FPDFText_CountChars(self._text)
        units = (ctypes.c_ushort * (count + 1))()
        if raw.FPDFText_GetText(self._text, 0, count, units) == count + 1:
            return list(units[:count])
        return [min(raw.FPDFText_GetUnicode(self._text, i), sys.maxunicode) for i in range(count)]

    def ends(self, firsts: Sequence[int], lasts: Sequence[int]) -> tuple[Boxes, Boxes, list[bool]]:
        """The lines that the first and the last characters of words fill, and whether each first one is bold."""
        styles = self._styles_of(firsts)
        starts, ends = self._boxes(firsts), self._boxes(lasts)
        told = starts[:, TOP] - starts[:, BOTTOM] >= INK * np.array([style.size for style in styles])
        alike = told & (starts[:, BOTTOM] == ends[:, BOTTOM]) & (starts[:, TOP] == ends[:, TOP])
        for boxes, places, untold in ((starts, firsts, ~told), (ends, lasts, ~alike)):
            for i in np.flatnonzero(untold).tolist():
                boxes[i] = self._line(places[i], *boxes[i].tolist())
        return starts, ends, [style.bold for style in styles]

    def line(self, place: int) -> Edges:
        """The line that a character fills."""
        return self._line(place, *self._boxes([place])[0].tolist())

    def _styles_of(self, places: Sequence[int]) -> list[Style]:
        """The styles of characters, which each shares with all that is printed at one go."""
        printed = [_printed_with(self._address, place) for place in places]
        for one, place in zip(printed, places, strict=True):
            if one not in self._styles:
                size = raw.FPDFText_GetFontSize(self._text, place)
                self._styles[one] = Style(size, _is_bold(self._text, place))
        return [self._styles[one] for one in printed]

    def _boxes(self, places: Sequence[int]) -> Boxes:
        """The boxes of characters as their fonts give them."""
        found = (raw.FS_RECTF * len(places))()
        start, step = ctypes.addressof(found), ctypes.sizeof(raw.FS_RECTF)
        for count, place in enumerate(places):
            _box_at(self._address, place, start + count * step)
        edges: Boxes = np.frombuffer(found, np.float32).reshape(-1, 4)[:, FROM_RECTANGLE].astype(np.float64)
        return edges

    def _line(self, place: int, left: float, bottom: float, right: float, top: float) -> Edges:
        """The box of a character; its line where its font states neither head nor foot, as LibreOffice writes some."""
        size = self._styles_of([place])[0].size
        if top - bottom >= INK * size:
            return left, bottom, right, top
        matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetMatrix(self._text, place, matrix)
        size *= matrix.d
        upright = abs(matrix.b) < 0.01 * abs(matrix.d)
        if not upright or top - bottom >= INK * size or not raw.FPDFText_GetCharOrigin(self._text, place, x, y):
            return left, bottom, right, top
        return left, y.value - FOOT * size, right, y.value + HEAD * size


def _is_bold(text: pypdfium2.PdfTextPage, place: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, place) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, place, name, len(name), None)
    return _names_bold(name.value)


@lru_cache(maxsize=256)
def _names_bold(font: bytes) -> bool:
    return any(name in font.lower() for name in BOLD_NAMES)
