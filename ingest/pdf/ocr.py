"""Optical character recognition by tesseract, where it is on PATH."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from statistics import fmean, median

from goalmap.ingest.layout.page import Word

PROGRAM = "tesseract"
ENGLISH, WELSH = "eng", "cym+eng"
"""What tesseract is told to read; Welsh is seldom without English words and names."""
SECONDS = 60.0
"""How long one page may take."""
SURE = 30.0
"""Confidence, of 100, under which a word is dropped."""
SURE_ON_THE_WHOLE = 60.0
"""Mean confidence under which what is on the picture is no text."""
MANY = 30
"""Words of which tesseract is unsure that make a page one that it cannot make out, and no photograph."""
TURN = re.compile(r"^Rotate: (\d+)", re.M)
BULLETS = frozenset("e¢©«»°®*•")
"""What tesseract takes the bullet before a list's item for."""
BULLET_GAP = 0.5
"""Least space after a bullet, as a multiple of the line's height."""
TALL, DEEP = re.compile(r"[A-Zbdfhkl0-9(\[!?]"), re.compile(r"[gjpqyQ,;(\[]")
RISE, FALL = 0.3, 0.3
"""How far tall letters rise over the small ones and deep ones fall below the line, as shares of a line's full height."""
WORD_LEVEL = "5"
"""The rows of tesseract's table that are words."""
SAME_SIZE = 0.2
"""A line is as tall as most others where it is so within this share."""


@dataclass(frozen=True, slots=True)
class Image:
    """A grey picture, one byte a dot, row by row."""

    width: int
    height: int
    dots: bytes = field(repr=False)
    scale: float
    """Dots a point."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as tesseract saw it, in points, with the line in which it stands."""

    line: tuple[str, ...]
    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float


@lru_cache(maxsize=1)
def version() -> str | None:
    """The version of the tesseract on PATH; None where there is none."""
    found = re.match(r"tesseract v?(\S+)", _said("--version"))
    return found[1] if found else None


def is_there(languages: str = ENGLISH) -> bool:
    """Whether pictures of pages in these languages can be read."""
    return set(languages.split("+")) <= known_languages()


@lru_cache(maxsize=1)
def known_languages() -> frozenset[str]:
    """Those that tesseract has been given; none where there is no tesseract."""
    return frozenset(_said("--list-langs").splitlines()[1:])


def _said(option: str) -> str:
    program = shutil.which(PROGRAM)
    if program is None:
        return ""
    return subprocess.run([program, option], capture_output=True, text=True, timeout=20, check=False).stdout


def words_on(image: Image, languages: str = ENGLISH, seconds: float = SECONDS) -> list[Word] | None:
    """The words on a picture of a page, in points; none where it shows no text, None where it cannot be made out."""
    table = _table(image, ["-l", languages, "--psm", "3", "tsv"], seconds)
    seen = [word for word in _seen(table or "", image.scale) if word.sure >= SURE]
    if seen and fmean(word.sure for word in seen) >= SURE_ON_THE_WHOLE:
        return list(_words(seen))
    return None if table is None or len(seen) >= MANY else []


def turn_of(image: Image, seconds: float = SECONDS) -> int:
    """By how many degrees a picture must be turned for its letters to stand upright; 0 where that cannot be told."""
    found = TURN.search(_table(image, ["--psm", "0"], seconds) or "") if "osd" in known_languages() else None
    return int(found[1]) if found else 0


def _table(image: Image, options: Sequence[str], seconds: float) -> str | None:
    """What tesseract says of a picture; None where it fails."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    try:
        ran = subprocess.run(
            [program, "stdin", "stdout", *options],
            input=b"P5 %d %d 255\n" % (image.width, image.height) + image.dots,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=min(seconds, SECONDS),
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return ran.stdout.decode("utf-8", "replace")


def _seen(table: str, scale: float) -> Iterator[Seen]:
    for row in table.splitlines()[1:]:
        level, *line, _, left, top, width, height, sure, text = row.split("\t", 11)
        if level == WORD_LEVEL and text.strip():
            x, y = int(left) / scale, int(top) / scale
            right, bottom = x + int(width) / scale, y + int(height) / scale
            yield Seen(tuple(line), text.strip(), x, y, right, bottom, float(sure))


def _words(seen: Sequence[Seen]) -> Iterator[Word]:
    """The words, their lines made as tall as print has them, whatever letters they hold."""
    lines = [_line(list(words)) for _, words in groupby(seen, key=lambda word: word.line)]
    usual = median(line[0].size for line in lines for _ in line)
    for line in lines:
        size = usual if abs(line[0].size - usual) < SAME_SIZE * usual else line[0].size
        yield from (replace(word, size=size) for word in line)


def _line(words: Sequence[Seen]) -> list[Word]:
    text = "".join(word.text for word in words)
    top, bottom = _edges(words)
    ink = bottom - top
    full = ink / (1 - RISE * (not TALL.search(text)) - FALL * (not DEEP.search(text)))
    top -= RISE * full * (not TALL.search(text))
    bottom += FALL * full * (not DEEP.search(text))
    return [Word(_bullet(words, i), word.left, top, word.right, bottom, bottom - top) for i, word in enumerate(words)]


def _edges(words: Sequence[Seen]) -> tuple[float, float]:
    return min(word.top for word in words), max(word.bottom for word in words)


def _bullet(words: Sequence[Seen], i: int) -> str:
    word = words[i]
    begins = i == 0 and len(words) > 1 and word.text in BULLETS
    return "•" if begins and words[1].left - word.right > BULLET_GAP * (word.bottom - word.top) else word.text
