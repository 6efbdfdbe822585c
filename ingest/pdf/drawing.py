"""A page of a PDF as a picture that people look at, with the places of a passage marked on it."""

import math
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import pypdfium2
from pypdfium2 import raw

from goalmap.ingest.document import Box
from goalmap.ingest.errors import ReadProblem
from goalmap.ingest.pdf import filled, ocr, pdfium, repair

DOTS_AN_INCH = 110
MOST_DOTS = 4_000_000
LONGEST_SIDE = 8_000
"""Dots; browsers show no longer ones."""
ASIDE, ABOVE = 2.0, 0.3
"""Points by which a mark reaches beyond the words beside them, and above and below them, where other lines are near."""
LINE = 0.9
"""Points that the line round a mark is wide."""
INK = bytes((0xB3, 0x3A, 0x00))
"""Red, green and blue of the line: seen on white, on black and in print without colour."""
PAPER = (255, 238, 120)
"""What is seen through the mark: white turns yellow, black stays black."""
TINTS = tuple(bytes(value * share // 255 for value in range(256)) for share in PAPER)
COLOURS = 3
QUICK = 3
"""How hard the picture is packed; more takes twice the time for 3 % of the size."""
SECONDS_TO_TURN = 6.0
IS_DARK = bytes(value < 128 for value in range(256))
CLEAR, FITS = 2.0, 0.02
"""Points from a place at which there is hardly any ink if the words were read there, and the most there is."""

NOT_DRAWN = "The page cannot be drawn: the file is damaged there. Open the original file in a PDF viewer."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page, three bytes a dot, row by row."""

    width: int
    height: int
    colours: bytearray
    scale: float
    """Dots a point."""

    def rows(self, box: Box, aside: float = 0.0, above: float = 0.0) -> Iterator[slice]:
        """Where the bytes of a place and of a margin round it stand, row by row; nothing beyond the picture."""
        left, top, right, bottom = self._dots(box, aside, above)
        if left < right:
            yield from (self._row(left, row, right) for row in range(top, bottom))

    def edges(self, box: Box, margin: float) -> Iterator[slice]:
        """The same for the outermost dots alone."""
        left, top, right, bottom = self._dots(box, margin, margin)
        if left < right and top < bottom:
            yield from (self._row(left, row, right) for row in (top, bottom - 1))
            yield from (self._row(dot, row, dot + 1) for row in range(top, bottom) for dot in (left, right - 1))

    def _dots(self, box: Box, aside: float, above: float) -> tuple[int, int, int, int]:
        left, top = int((box.left - aside) * self.scale), int((box.top - above) * self.scale)
        right, bottom = math.ceil((box.right + aside) * self.scale), math.ceil((box.bottom + above) * self.scale)
        return max(left, 0), max(top, 0), min(right, self.width), min(bottom, self.height)

    def _row(self, left: int, row: int, right: int) -> slice:
        start = row * self.width
        return slice((start + left) * COLOURS, (start + right) * COLOURS)


def drawn(data: bytes, boxes: Sequence[Box], enlarged: float = 1.0, is_mended: bool = False) -> bytes:
    """The page that the boxes lie on, with them marked, as a PNG; of the repaired copy if that is what was read.

    Raises ReadProblem.
    """
    for copy in _copies(data, is_mended):
        with suppress(pypdfium2.PdfiumError), closing(_opened(copy)) as pdf:
            return png(_marked(_as_read(pdf, copy, boxes, enlarged), boxes))
    raise ReadProblem(NOT_DRAWN)


def _copies(data: bytes, is_mended: bool) -> Iterator[bytes]:
    """The file and a repaired copy, that which was read first."""
    if not is_mended:
        yield data
    if mended := repair.rewritten(data):
        yield mended
    if is_mended:
        yield data


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    """Raises PdfiumError or NeedsPassword."""
    pdf = pdfium.opened(data)
    if pdf is None:
        raise pypdfium2.PdfiumError("not opened")
    filled.prepare(pdf)
    return pdf


def _as_read(pdf: pypdfium2.PdfDocument, data: bytes, boxes: Sequence[Box], enlarged: float) -> Picture:
    """The page the way up in which it was read: a scan that lies on its side is turned. Raises PdfiumError."""
    index = boxes[0].page - 1
    as_it_lies = _picture(pdf, index, enlarged)
    if _has_letters(pdf, index) or _misfit(as_it_lies, boxes) < FITS:
        return as_it_lies
    turn = _turn(pdf, data, index)
    return min(as_it_lies, _picture(pdf, index, enlarged, turn), key=partial(_misfit, boxes=boxes))


def _picture(pdf: pypdfium2.PdfDocument, index: int, enlarged: float, turn: int = 0) -> Picture:
    """The page as it is seen, or turned by so many degrees. Raises PdfiumError."""
    if index >= len(pdf):
        raise pypdfium2.PdfiumError("no such page")
    with closing(pdf[index]) as page:
        scale = _scale(page, enlarged)
        with closing(page.render(scale=scale, rotation=turn, rev_byteorder=True)) as bitmap:
            return Picture(bitmap.width, bitmap.height, _colours(bitmap), scale)


def _scale(page: pypdfium2.PdfPage, enlarged: float) -> float:
    """Dots a point, fewer on a page of the size of a wall. Raises PdfiumError."""
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise pypdfium2.PdfiumError("no size")
    most = min(math.sqrt(MOST_DOTS / (width * height)), LONGEST_SIDE / max(width, height)) * max(enlarged, 1.0)
    return float(min(DOTS_AN_INCH / 72 * enlarged, most))


def _colours(bitmap: pypdfium2.PdfBitmap) -> bytearray:
    """The dots without what pads their rows."""
    seen, used = memoryview(bitmap.buffer), bitmap.width * COLOURS
    return bytearray().join(seen[row * bitmap.stride : row * bitmap.stride + used] for row in range(bitmap.height))


# Scans


_TURNS: dict[tuple[int, int], int] = {}
"""By how much pages without letters must be turned, by their file's hash and their index: it takes a second to tell."""


def _turn(pdf: pypdfium2.PdfDocument, data: bytes, index: int) -> int:
    key = hash(data), index
    if key not in _TURNS:
        _TURNS[key] = ocr.turn_of(pdfium.picture_of(pdf, index), SECONDS_TO_TURN)
    return _TURNS[key]


def _has_letters(pdf: pypdfium2.PdfDocument, index: int) -> bool:
    with closing(pdf[index]) as page, closing(page.get_textpage()) as text:
        return bool(raw.FPDFText_CountChars(text) > 0)


def _misfit(picture: Picture, boxes: Sequence[Box]) -> float:
    """How much of the edges of these places runs over ink, which those of the words that were read there do not."""
    inside = [row for box in boxes for row in picture.rows(box)]
    edges = [row for box in boxes for row in picture.edges(box, CLEAR)]
    return _darkness(picture, edges) if _darkness(picture, inside) else 1.0


def _darkness(picture: Picture, rows: Sequence[slice]) -> float:
    """The share of dark dots in these rows; nothing where there are none."""
    dots = b"".join(picture.colours[row][1::COLOURS] for row in rows)
    return sum(dots.translate(IS_DARK)) / max(len(dots), 1)


# Marks


def _marked(picture: Picture, boxes: Sequence[Box]) -> Picture:
    """The picture with these places as a highlighter leaves them, and a line round them that is seen without colour."""
    marked = bytearray(picture.colours)
    for row in chain.from_iterable(picture.rows(box, ASIDE + LINE, ABOVE + LINE) for box in boxes):
        marked[row] = INK * ((row.stop - row.start) // COLOURS)
    for row in chain.from_iterable(picture.rows(box, ASIDE, ABOVE) for box in boxes):
        marked[row] = _highlit(picture.colours[row])
    return replace(picture, colours=marked)


def _highlit(row: bytearray) -> bytearray:
    tinted = bytearray(row)
    for colour, tint in enumerate(TINTS):
        tinted[colour::COLOURS] = row[colour::COLOURS].translate(tint)
    return tinted


def png(picture: Picture) -> bytes:
    """The picture as a PNG file."""
    step = picture.width * COLOURS
    rows = (picture.colours[start : start + step] for start in range(0, len(picture.colours), step))
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), QUICK)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, held) for name, held in chunks)


def _chunk(name: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
