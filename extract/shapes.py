"""Patterns with what tells cheaply that they cannot match, since most patterns match in few texts."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from goalmap.extract.words import UPPER

KEPT = 1024
"""Texts of which the words are remembered: a document's passages are gone through several times."""
_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(rf"(?<!\w)[{UPPER}]")


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern that is tried where it may match.

    A text must hold one of the words of each set in `needs` (in small letters) and one of the `signs`
    (also in small letters, anywhere). Matches begin where `starts` says, or with one of the words of `begins`.
    """

    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...] = ()
    signs: tuple[str, ...] = ()
    begins: frozenset[str] | None = None
    starts: Callable[[str], Sequence[int]] | None = None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """The same matches as the pattern's, and in the same order."""
        if self.needs and not self._has_words(text):
            return ()
        if self.signs and not any(map(_folded(text).__contains__, self.signs)):
            return ()
        if self.begins is not None:
            return self._at(text, _starts_among(text, self.begins))
        return self._at(text, self.starts(text)) if self.starts else self.pattern.finditer(text)

    def _has_words(self, text: str) -> bool:
        return not any(map(words_in(text).keys().isdisjoint, self.needs))

    def _at(self, text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
        end = 0
        match = self.pattern.match
        for start in starts:
            if start >= end and (found := match(text, start)):
                end = found.end()
                yield found


def first_words(*tables: Iterable[str]) -> frozenset[str]:
    """The first word of each entry, in small letters: what a text must hold that holds one of the entries.

    >>> sorted(first_words(["Head of State", "Co-Chair"]))
    ['co', 'head']
    """
    return frozenset(_WORD.findall(entry.casefold())[0] for entries in tables for entry in entries)


@lru_cache(maxsize=KEPT)
def words_in(text: str) -> Mapping[str, Sequence[int]]:
    """Where each word of a text begins, by the word in small letters."""
    starts: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        starts.setdefault(match.group().casefold(), []).append(match.start())
    return starts


@lru_cache(maxsize=KEPT)
def _folded(text: str) -> str:
    return text.casefold()


@lru_cache(maxsize=KEPT)
def capitals_in(text: str) -> Sequence[int]:
    """Where a word begins with a capital letter."""
    return [match.start() for match in _CAPITAL.finditer(text)]


def _starts_among(text: str, wanted: frozenset[str]) -> Sequence[int]:
    words = words_in(text)
    return sorted(start for word in wanted.intersection(words) for start in words[word])
