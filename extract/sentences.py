"""Sentences of a passage, and the words in them, at their characters."""

import re
from functools import lru_cache
from typing import NamedTuple

_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:No|St|Dr|Mr|Ms))(?<!\b(?:Mrs|Rev|Hon|Col))(?<!\b(?:Prof|Cllr))[.?!…][”\"’')]*\s+(?=[“\"‘'(\[]*[A-Z0-9£&])"
)
_WORD = re.compile(r"\S+")

KEPT = 20_000
"""Texts of which an answer is remembered: reports and pages ask the same of the same passages again and again."""


class Stretch(NamedTuple):
    """Characters of a text, from start to end."""

    start: int
    end: int


@lru_cache(maxsize=KEPT)
def sentences_of(text: str) -> tuple[Stretch, ...]:
    """The sentences, without the spaces between them; a text without a full stop is one."""
    found, start = [], 0
    for match in _END.finditer(text):
        found.append(Stretch(start, len(text[: match.end()].rstrip())))
        start = match.end()
    found.append(Stretch(start, len(text.rstrip())))
    return tuple(stretch for stretch in found if stretch.end > stretch.start)


def words_in(text: str, stretch: Stretch) -> list[Stretch]:
    """What stands between spaces."""
    return [Stretch(*match.span()) for match in _WORD.finditer(text, stretch.start, stretch.end)]


@lru_cache(maxsize=KEPT)
def bare(word: str) -> str:
    """A word without the marks around it, in small letters."""
    return word.strip("“”\"‘’'«».,;:!?()[]–—-…").casefold().replace("’", "'")
