"""A masked passage in words, signs and marks."""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"⟨[POI]\d+⟩|[’']s(?!\w)|(?:\w|(?<=\w)[-–&.’'](?=\w))+|\S")
_SIGN = re.compile(r"⟨([POI])(\d+)⟩")
_END = re.compile(r"[.!?]+[”\"’)]*\s+(?=[“\"‘(⟨]?[A-Z⟨“\"‘\d])|\n+")
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Rt|Hon|Prof|Revd|Rev|Sgt|Col|Lt|Capt|No|vs|inc|approx|Hon|Capt|Insp|Supt|Cllr|Cllrs|Bro|Bros|Messrs|Univ|Fr|Gen|Maj|Lieut|Cdr|[A-Z])|\bno|(?:^|[ (])(?:[A-Z]\.)+[A-Z])\.\s+$"
)
_LONGEST_SHORT_FORM = 60
"""Characters before the end of a sentence in which a short form begins."""


class Token(NamedTuple):
    """One word, sign or mark with its place; `low` is the word in small letters, `sign` P, O or I for a name."""

    text: str
    start: int
    end: int
    low: str
    sign: str
    number: int

    @property
    def is_word(self) -> bool:
        return not self.sign and self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return not self.sign and self.text[0].isupper()


def tokens_of(text: str) -> list[Token]:
    return [_token(match) for match in _TOKEN.finditer(text)]


def _token(match: re.Match[str]) -> Token:
    text = match.group()
    sign = _SIGN.match(text) if text[0] == "⟨" else None
    kind, number = (sign[1], int(sign[2])) if sign else ("", -1)
    return Token(text, match.start(), match.end(), text.casefold(), kind, number)


@lru_cache(maxsize=1024)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a passage; together they are the passage."""
    cuts = [match.end() for match in _END.finditer(text) if not _is_short_form(text, match)]
    return tuple([text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True) if a < b])


def _is_short_form(text: str, end: re.Match[str]) -> bool:
    """Whether the point belongs to a short form: Dr., J. R."""
    return _NO_END.search(text, max(0, end.start() - _LONGEST_SHORT_FORM), end.end()) is not None
