"""Plain text in any encoding: paragraphs apart by blank lines, or one a line."""

import re
from collections.abc import Iterator
from contextlib import suppress

import charset_normalizer

from goalmap.ingest.clean import clean, join_lines
from goalmap.ingest.document import Block, Kind, Reading
from goalmap.ingest.errors import NoText, Unsupported
from goalmap.ingest.marks import ENDS_SENTENCE, ITEM, item_kind, without_bullet
from goalmap.ingest.watch import Watch

SAMPLE = 200_000
"""Bytes from which an encoding is guessed."""
NOISE = [chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\v\x1a\x1b"] + ["\ufffd"]
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
WRAP_WIDTH = 100
"""Lines that are all shorter than this were broken by the writer's program."""
HEADING_WORDS = 12
BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n|\f")


def read_text(data: bytes, watch: Watch) -> Reading:
    """The paragraphs of a text file. Raises NoText or Unsupported."""
    return Reading(tuple(blocks_of_text(decode(data))))


def decode(data: bytes) -> str:
    """Bytes as text: by byte order mark, as UTF-8, else by the likeliest encoding. Raises NoText or Unsupported.

    >>> decode("Café £5".encode("cp1252")), decode("Café £5".encode("utf-16"))
    ('Café £5', 'Café £5')
    """
    if not data.strip(b"\0 \t\r\n"):
        raise NoText("The file is empty.")
    encoding = _marked_encoding(data)
    text = data.decode(encoding, errors="replace") if encoding else _decode_unmarked(data)
    if _is_noise(text):
        raise Unsupported("The file is binary, not text. Give it the suffix of its real format.")
    return text


def _marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names, or that zeros in every other byte give away."""
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    if marked:
        return marked
    start = data[:SAMPLE]
    zeros = {"utf-16-be": start[0::2].count(0), "utf-16-le": start[1::2].count(0)}
    likeliest = max(zeros, key=lambda encoding: zeros[encoding])
    return likeliest if zeros[likeliest] > len(start) // 4 and min(zeros.values()) < len(start) // 50 + 1 else None


def _decode_unmarked(data: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    best = charset_normalizer.from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise Unsupported("The file is in no known text encoding. Save it as UTF-8 text.")
    return data.decode(best.encoding, errors="replace")


def _is_noise(text: str) -> bool:
    """Whether more than one character in a hundred is none that a writer types."""
    return sum(text.count(char) for char in NOISE) * 100 > len(text)


def blocks_of_text(text: str) -> Iterator[Block]:
    """Paragraphs, list items and headings of plain text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    wrapped = _is_wrapped(text)
    for part in BLANK_LINE.split(text):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        for paragraph in _wrapped_paragraphs(lines) if wrapped else ([line] for line in lines):
            yield from _block(paragraph)


def _is_wrapped(text: str) -> bool:
    lengths = [len(line) for line in text.split("\n") if line.strip()]
    long = sum(length > WRAP_WIDTH for length in lengths)
    return sum(length > 50 for length in lengths) >= 3 and long * 10 < len(lengths)


def _wrapped_paragraphs(lines: list[str]) -> Iterator[list[str]]:
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
    if text:
        kind = item_kind(text) or (Kind.HEADING if _is_heading(text) else Kind.BODY)
        yield Block(without_bullet(text) if kind is Kind.LIST_ITEM else text, kind)


def _is_heading(text: str) -> bool:
    return len(text.split()) <= HEADING_WORDS and text[0].isupper() and text[-1].isalnum()
