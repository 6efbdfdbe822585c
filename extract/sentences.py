"""Sentences of a passage, and the words in them, at their characters."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9£&])|\n+")
_SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|St|Rt|Hon|Col|Cllr|No|vs|e\.g|i\.e|etc|approx)|\b[A-Z])$")
"""What a point stands after without ending a sentence."""
_LONGEST_SHORT = 8
_WORD = re.compile(r"\S+")

KEPT = 20_000
"""Texts of which an answer is remembered: reports and pages ask the same of the same passages again and again."""


class Stretch(NamedTuple):
    """Characters of a text, from start to end."""

    start: int
    end: int


@lru_cache(maxsize=KEPT)
def sentences_of(text: str) -> tuple[Stretch, ...]:
    """The sentences, without the spaces around them; a text without a full stop is one.

    >>> [tuple(one) for one in sentences_of("We won. They lost to Dr. Vale.")]
    [(0, 7), (8, 30)]
    """
    found, start = [], 0
    for end in (*_ends(text), len(text)):
        if stretch := text[start:end].strip():
            begin = text.index(stretch, start)
            found.append(Stretch(begin, begin + len(stretch)))
        start = end
    return tuple(found)


def _ends(text: str) -> Iterator[int]:
    return (found.end() for found in _END.finditer(text) if not _is_short(text, found.start()))


def _is_short(text: str, mark: int) -> bool:
    """Whether the mark is the point of a short form: Dr., J."""
    return text[mark] == "." and _SHORT.search(text, max(0, mark - _LONGEST_SHORT), mark) is not None


def words_in(text: str, stretch: Stretch) -> list[Stretch]:
    """What stands between spaces."""
    return [Stretch(*match.span()) for match in _WORD.finditer(text, stretch.start, stretch.end)]


@lru_cache(maxsize=KEPT)
def bare(word: str) -> str:
    """A word without the marks around it, in small letters."""
    return word.strip("“”\"‘’'«».,;:!?()[]–—-…").casefold().replace("’", "'")
