"""Names in texts however they are written: the pieces of words, and the runs of pieces that may be a name."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Signs inside words that nobody sees."""
PIECE = re.compile(rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{IGNORED}])*")
POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s\b(?![-‐‑])", re.IGNORECASE)
BETWEEN = re.compile(rf"[\s.,;'’ʼ‘`´\"“”()_/\\\-‐‑‒–—+&{IGNORED}]{{0,4}}")
"""What may stand between the pieces of one name: a line break, a hyphen, a full stop after an initial."""
WITHIN = re.compile(rf"(?:['’ʼ‘`´\-‐‑]\s?)?[{IGNORED}]?")
"""What may stand between the pieces of one word: an apostrophe, a hyphen, a hyphen and the end of a line."""
MOST = 6
"""Pieces of a name: Mary-Jane B. O'Brien Smith."""
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | dict.fromkeys(IGNORED, "")
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters, and how it is compared."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces that may be a name; `keys` are the ways in which it is compared."""

    keys: tuple[str, ...]
    start: int
    end: int
    is_close: bool
    """Whether it reads as one word or begins with an initial: Okafor, O'Brien, Smith-Jones, A. Okafor."""


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """A word as compared: accents, case and signs that nobody sees aside.

    >>> plain("Sørensén")
    'sorensen'
    """
    return plain_text(word)


def plain_text(text: str) -> str:
    """All letters of a text as compared, one after the other."""
    letters = unicodedata.normalize("NFKD", text).casefold().translate(PLAIN)
    return "".join([letter for letter in letters if letter.isalpha()])


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text, the `s` of a possessive left out."""
    left_out = {match.end() - 1 for match in POSSESSIVE.finditer(text)} if "s" in text or "S" in text else set()
    found = (match for match in PIECE.finditer(text) if match.start() not in left_out)
    return [Piece(plain(match.group()), match.start(), match.end()) for match in found]


def runs_of(text: str, is_known: Callable[[str], bool]) -> Iterator[Run]:
    """The runs of pieces of which one of the keys is known, from left to right."""
    pieces = pieces_of(text)
    goes_on = [bool(BETWEEN.fullmatch(text, one.end, other.start)) for one, other in pairwise(pieces)]
    initials = {place for place, piece in enumerate(pieces) if _is_initial(text, piece)}
    for first in range(len(pieces)):
        for last in range(first, _last(first, goes_on) + 1):
            keys = _keys(pieces, first, last, initials)
            if any(map(is_known, keys)):
                yield _run(text, pieces[first : last + 1], keys)


def _last(first: int, goes_on: Sequence[bool]) -> int:
    """How far a name that begins here can go."""
    last = first
    while last < min(len(goes_on), first + MOST - 1) and goes_on[last]:
        last += 1
    return last


def _keys(pieces: Sequence[Piece], first: int, last: int, initials: Collection[int]) -> tuple[str, ...]:
    """The ways in which a run is compared: whole, and without initials in its midst."""
    whole = "".join([piece.key for piece in pieces[first : last + 1]])
    left_out = [place for place in range(first + 1, last) if place in initials] if initials else []
    if not left_out:
        return (whole,)
    return whole, "".join([pieces[place].key for place in range(first, last + 1) if place not in left_out])


def _run(text: str, pieces: Sequence[Piece], keys: tuple[str, ...]) -> Run:
    is_word = all(WITHIN.fullmatch(text, one.end, other.start) for one, other in pairwise(pieces))
    return Run(keys, pieces[0].start, pieces[-1].end, is_word or len(pieces[0].key) == 1)


def _is_initial(text: str, piece: Piece) -> bool:
    """Whether it is a letter by itself, not the O of O'Brien."""
    return len(piece.key) == 1 and text[piece.end : piece.end + 1] in (".", " ", "")
