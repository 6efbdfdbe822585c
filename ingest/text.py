"""Plain text in any encoding: paragraphs apart by blank lines, or one a line."""

import re
from collections.abc import Iterator

import charset_normalizer

from goalmap.ingest.clean import clean, join_lines
from goalmap.ingest.document import Block, Kind, Reading
from goalmap.ingest.errors import NoText, Unsupported
from goalmap.ingest.layout import BULLET, ENDS_SENTENCE, ITEM

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
WRAP_WIDTH = 100
"""Lines that are all shorter than this were broken by the writer's program."""
HEADING_WORDS = 12
BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n|\f")


def read_text(data: bytes) -> Reading:
    """The paragraphs of a text file. Raises NoText or Unsupported."""
    return Reading(tuple(blocks_of_text(decode(data))))


def decode(data: bytes) -> str:
    """Bytes as text: by byte order mark, as UTF-8, else by the likeliest encoding. Raises NoText or Unsupported."""
    if not data.strip(b"\0 \t\r\n"):
        raise NoText("The file is empty.")
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_unknown(data)
    if text.count("\0") * 50 > len(text):
        raise Unsupported("The file is binary, not text. Give it the suffix of its real format.")
    return text


def _decode_unknown(data: bytes) -> str:
    try:
        return _without_odd_controls(data.decode("cp1252"))
    except (UnicodeDecodeError, ValueError):
        best = charset_normalizer.from_bytes(data[:200_000]).best()
        if best is None:
            raise Unsupported("The file is in no known text encoding. Save it as UTF-8 text.") from None
        return data.decode(best.encoding, errors="replace")


def _without_odd_controls(text: str) -> str:
    odd = sum(ord(char) < 32 and char not in "\t\n\r\f" for char in text)
    if odd * 100 > len(text):
        raise ValueError("control characters")
    return text


def blocks_of_text(text: str) -> Iterator[Block]:
    """Paragraphs, list items and headings of plain text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    wrapped = _is_wrapped(text)
    for part in BLANK_LINE.split(text):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        for paragraph in _paragraphs(lines, wrapped):
            yield from _block(paragraph)


def _is_wrapped(text: str) -> bool:
    lengths = [len(line) for line in text.split("\n") if line.strip()]
    long = sum(length > WRAP_WIDTH for length in lengths)
    return sum(length > 50 for length in lengths) >= 3 and long * 10 < len(lengths)


def _paragraphs(lines: list[str], wrapped: bool) -> Iterator[list[str]]:
    if not wrapped:
        yield from ([line] for line in lines)
        return
    paragraph: list[str] = []
    for line in lines:
        if paragraph and (ITEM.match(line) or _ends_early(paragraph[-1])):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _ends_early(line: str) -> bool:
    return len(line) < 45 and ENDS_SENTENCE.search(line) is not None


def _block(lines: list[str]) -> Iterator[Block]:
    text = clean(join_lines(lines))
    if not text:
        return
    if BULLET.match(text):
        yield Block(BULLET.sub("", text), Kind.LIST_ITEM)
    elif ITEM.match(text):
        yield Block(text, Kind.LIST_ITEM)
    elif len(text.split()) <= HEADING_WORDS and text[:1].isupper() and text[-1].isalnum():
        yield Block(text, Kind.HEADING)
    else:
        yield Block(text)
