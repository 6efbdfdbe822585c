"""The rows of a CSV whatever program saved it: its encoding, its delimiter, the line at which each row begins."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from goalmap.ingest.errors import QueueProblem

FIELD_LIMIT = 10_000_000
DELIMITERS = ",;\t|"
STATED = re.compile(r"sep=(.)\s*")
"""A first line by which Excel is told the delimiter."""
PIECE = 1024 * 1024
PEEK = 64 * 1024
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
"""What a file begins with in each encoding; the longer marks first."""
OLD = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}
"""Encodings of one byte a character, taken where a file is not Unicode."""
USUAL = "“”‘’–—…•£€ ©®°½éèêëáàâäóòôöúùûüíìîïçñÉ"
"""Characters that British documents use beyond ASCII."""
ASCII = bytes(range(128))
GUESSED = "The file is not UTF-8 and was read as {}; look at accents and quotation marks in the notes."
MIXED = "Some characters in the file are not UTF-8 and were read as Windows-1252; look at accents and quotation marks in the notes."
DAMAGED = (
    "{} is damaged at line {}: {}. Nothing was taken over. Open it in a spreadsheet, look at that row, and save it again "
    "as CSV UTF-8."
)
MISREAD_MARK = "ï»¿"
"""The byte-order mark of UTF-8 as a program shows it that took the file for Windows-1252."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a CSV is written."""

    encoding: str
    is_misread: bool = False
    """Whether UTF-8 was taken for Windows-1252 and saved as UTF-8 again."""
    is_mixed: bool = False
    """Whether there are characters of Windows-1252 in UTF-8, as when a misread file was typed in and saved again."""
    is_ended: bool = True
    """Whether the last line has an end."""

    @property
    def guessed(self) -> str | None:
        """The encoding of one byte a character that was taken for the whole file."""
        return self.encoding if self.encoding in OLD else None

    @property
    def warning(self) -> str | None:
        """What was guessed, for a person to look at."""
        if self.is_mixed:
            return MIXED
        return GUESSED.format(OLD[self.encoding]) if self.guessed else None


def manner_of(path: Path) -> Manner:
    """How the file is written, told by all of its bytes."""
    start, end = _ends(path)
    encoding = next((name for mark, name in MARKS if start.startswith(mark)), None) or _unmarked(start)
    if encoding is None:
        encoding = "utf-8" if _is_utf_8(path) else _old_encoding(path)
    is_mixed = encoding == "utf-8-sig" and not _is_utf_8(path)
    is_misread = encoding == "utf-8" and start.startswith(MISREAD_MARK.encode())
    return Manner(encoding, is_misread, is_mixed, is_ended=end.rstrip(b"\0")[-1:] in (b"\r", b"\n"))


def rows_of_text(path: Path, manner: Manner, keys: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line at which it begins. Raises QueueProblem where the file is damaged."""
    csv.field_size_limit(FIELD_LIMIT)
    first = 1
    try:
        reader = csv.reader(_lines(path, manner), delimiter=_delimiter(path, manner, keys), strict=True)
        for cells in reader:
            yield first, cells
            first = reader.line_num + 1
    except (csv.Error, UnicodeError) as error:
        raise QueueProblem(DAMAGED.format(path, first, getattr(error, "reason", error))) from error


def _lines(path: Path, manner: Manner) -> Iterator[str]:
    errors = "replace" if manner.guessed else STRAY if manner.is_mixed else "strict"
    with path.open(encoding=manner.encoding, errors=errors, newline="") as file:
        for line in file:
            yield (mended(line) if manner.is_misread else line).replace("\0", "")


def _delimiter(path: Path, manner: Manner, keys: Collection[str]) -> str:
    """The sign that stands most often in the header."""
    lines = _first_lines(path, manner)
    if lines and (stated := STATED.fullmatch(lines[0])):
        return stated[1]
    header = next((line for line in lines if all(key in line.casefold() for key in keys)), lines[0] if lines else "")
    return max(DELIMITERS, key=header.count)


def _first_lines(path: Path, manner: Manner) -> list[str]:
    with path.open(encoding=manner.encoding, errors="replace", newline="") as file:
        return [line for line in file.read(PEEK).replace("\0", "").splitlines() if line.strip()]


# Encodings


def _stray(error: UnicodeError) -> tuple[str, int]:
    """What is not UTF-8, read as Windows-1252. Raises the error where something is written."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


STRAY = "goalmap.stray"
codecs.register_error(STRAY, _stray)


def _ends(path: Path) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file."""
    with path.open("rb") as file:
        start = file.read(512)
        file.seek(-min(4, file.seek(0, 2)), 2)
        return start, file.read()


def _unmarked(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its English is zero."""
    pairs = len(start) // 2
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if pairs > 2 and start[offset::2].count(0) > 0.7 * pairs > 7 * start[1 - offset :: 2].count(0):
            return encoding
    return None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in _pieces(path):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old_encoding(path: Path) -> str:
    """The encoding in which more of the bytes are characters that such documents use."""
    found: Counter[int] = Counter()
    for piece in _pieces(path):
        found.update(piece.translate(None, ASCII))
    return max(OLD, key=lambda encoding: _usual(found, encoding))


def _usual(found: Counter[int], encoding: str) -> int:
    return sum(times for byte, times in found.items() if bytes([byte]).decode(encoding, errors="replace") in USUAL)


def mended(text: str) -> str:
    """Text of UTF-8 that a program took for Windows-1252 and saved as UTF-8 again, as it was."""
    try:
        return b"".join(map(_byte, text)).decode("utf-8-sig")
    except UnicodeError:
        return text.removeprefix(MISREAD_MARK)


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def survives(text: str, shown: str, encoding: str) -> bool:
    """Whether a cell shows a text but for the characters that its encoding does not have.

    >>> survives("Łódź café", "?ód? café", "cp1252"), survives("Łódź café", "?ód? cafe", "cp1252")
    (True, False)
    """
    return len(text) == len(shown) and all(
        had == has or not _has(encoding, had) for had, has in zip(text, shown, strict=True)
    )


def _has(encoding: str, char: str) -> bool:
    return char == "?" or char.encode(encoding, errors="replace") != b"?"
