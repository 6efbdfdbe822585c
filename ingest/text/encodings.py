"""Bytes as text: which encoding a file is in, and what is to be said of it."""

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from goalmap.ingest.errors import NoText, Unsupported

SAMPLE = 200_000
"""Bytes from which an encoding is guessed."""
NOISE = [chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r\f\v\x1a\x1b"] + ["\ufffd"]
MARKS = {  # the longer before the shorter that it begins with
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
WIDTHS = {"utf-32-le": (4, 0), "utf-32-be": (4, 3), "utf-16-le": (2, 0), "utf-16-be": (2, 1)}
"""Bytes to a character, and which of them is not zero in English text."""
TYPED = frozenset("‘’“”–—…•·£€°½¼¾²©®™\u00a0àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžÀÁÂÄÇÈÉËÖÜ")
"""Characters beyond ASCII that an English text may well hold."""
HIGH = re.compile(r"[^\x00-\x7f]")
FOUND_BY_LETTERS = ("cp1252", "mac_roman")
"""Encodings of one byte a character, the likelier first."""
MOST_HIGH = 0.4
"""More characters beyond ASCII than this share are letters of another script."""
STRAY = re.compile("[\ud800-\udfff]")
NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text in some bytes."""

    text: str
    problem: str | None = None
    """Which characters are lost."""
    note: str | None = None
    """That the encoding is a guess."""


def decode(data: bytes) -> str:
    """Bytes as text, whatever is to be said of it. Raises NoText or Unsupported.

    >>> decode("Café £5".encode("cp1252")), decode("Café £5".encode("utf-16"))
    ('Café £5', 'Café £5')
    """
    return decoded(data).text


def decoded(data: bytes) -> Decoded:
    """Bytes as text: by byte order mark, as UTF-8, else by the likeliest encoding; zeros dropped. Raises NoText or Unsupported."""
    if not data.strip(b"\0 \t\r\n"):
        raise NoText("The file is empty.")
    encoding = _marked(data) or _shown_by_zeros(data)
    found = Decoded(data.decode(encoding, errors="replace")) if encoding else _unmarked(data)
    text = found.text.replace("\0", "").removeprefix("\ufeff")
    if _is_noise(text):
        raise Unsupported(
            "The file is binary or in no known text encoding. Give it the suffix of its real format, or save it as UTF-8 text."
        )
    return Decoded(text, found.problem or _losses(text, data), found.note)


def _marked(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), None)


def _shown_by_zeros(data: bytes) -> str | None:
    """The wide encoding that zeros give away: they stand in all places of a character but one."""
    start = data[: SAMPLE // 4 * 4]
    for encoding, (width, filled) in WIDTHS.items():
        zeros = [start[place::width].count(0) for place in range(width)]
        characters = len(start) / width
        empty = [count for place, count in enumerate(zeros) if place != filled]
        if min(empty) > characters / 2 and zeros[filled] < characters / 25 + 1:
            return encoding
    return None


def _unmarked(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _mixed(data) or _one_byte_a_character(data)


def _mixed(data: bytes) -> Decoded | None:
    """Text in UTF-8 with some bytes of another encoding in it, as when files were put together; None where it is not that."""
    text = data.decode("utf-8", errors="surrogateescape")
    stray = len(STRAY.findall(text))
    if (len(HIGH.findall(text)) - stray) * 10 < stray:
        return None
    mended = STRAY.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", errors="replace"), text)
    return Decoded(mended, note=f"The text is UTF-8 but for {stray:,} bytes, which are read as Windows-1252.")


def _one_byte_a_character(data: bytes) -> Decoded:
    best = max(FOUND_BY_LETTERS, key=lambda encoding: _likeness(data[:SAMPLE], encoding))
    if _likeness(data[:SAMPLE], best) < 0.5:
        guessed = charset_normalizer.from_bytes(data[:SAMPLE]).best()
        best = guessed.encoding if guessed else best
    name = NAMES.get(best, best)
    return Decoded(data.decode(best, errors="replace"), note=f"The text is not UTF-8; it is read as {name}.")


def _likeness(data: bytes, encoding: str) -> float:
    """The share of characters beyond ASCII that would be such as an English text holds; none where they are too many."""
    text = data.decode(encoding, errors="replace")
    high = HIGH.findall(text)
    if len(high) > MOST_HIGH * len(text):
        return 0.0
    return sum(char in TYPED for char in high) / max(1, len(high))


def _is_noise(text: str) -> bool:
    """Whether more than one character in a hundred is none that a writer types."""
    return sum(text.count(char) for char in NOISE) * 100 > len(text)


def _losses(text: str, data: bytes) -> str | None:
    lost = text.count("\ufffd") - data.count("\ufffd".encode())
    return f"{lost:,} of its characters cannot be read; the file was saved in a wrong encoding." if lost > 0 else None
