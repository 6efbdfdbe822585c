"""Passages that say the same as one of another document."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from goalmap.store.carry import heirs

WORD = re.compile(r"\w+")
NO_WORD = re.compile(r"\W+")
LEAST_WORDS = 12
"""A passage of fewer words may stand in two documents that tell different stories."""
SHINGLE = 3
NEAREST = 5
"""Passages of the original that are looked at closely for each of the copy."""


class Place(NamedTuple):
    """Where a passage stands: by the rank of its document, then in reading order."""

    rank: int
    position: int
    passage_id: str


def key_of(text: str) -> bytes | None:
    """What two texts share that differ in case and punctuation alone; None where the text is short."""
    words = NO_WORD.sub(" ", text.casefold()).strip()
    if words.count(" ") < LEAST_WORDS - 1:
        return None
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def first_of_each(places: Iterable[tuple[bytes, Place]]) -> dict[str, str]:
    """Passages by the first passage with their text, where that stands in another document."""
    by_key: dict[bytes, list[Place]] = defaultdict(list)
    for key, place in places:
        by_key[key].append(place)
    repeats: dict[str, str] = {}
    for found in by_key.values():
        first = min(found)
        repeats |= {place.passage_id: first.passage_id for place in found if place.rank != first.rank}
    return repeats


def same_passages(copy: Mapping[str, str], original: Mapping[str, str]) -> dict[str, str]:
    """The passages of a near copy by those of its original that say the same: equal, or nearly and with the same figures."""
    equal = {_words(text): id for id, text in reversed(list(original.items()))}
    index = _index(original)
    same = {id: equal.get(_words(text)) or _nearest(id, text, original, index) for id, text in copy.items()}
    return {id: found for id, found in same.items() if found}


def _nearest(id: str, text: str, original: Mapping[str, str], index: Mapping[str, list[str]]) -> str | None:
    """The passage of the original that reads nearly the same and has the same figures."""
    shared = Counter(other for shingle in _shingles(text) for other in index.get(shingle, ()))
    likest = sorted(shared, key=lambda other: (-shared[other], other))[:NEAREST]
    fit = {other: original[other] for other in likest if _figures(original[other]) == _figures(text)}
    return next((other for _, other in heirs({id: text}, fit)), None)


def _index(passages: Mapping[str, str]) -> Mapping[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for id, text in passages.items():
        for shingle in _shingles(text):
            index[shingle].append(id)
    return index


def _shingles(text: str) -> set[str]:
    words = _words(text)
    return {" ".join(row) for row in zip(*(words[start:] for start in range(SHINGLE)), strict=False)}


def _figures(text: str) -> Counter[str]:
    return Counter(word for word in _words(text) if any(map(str.isdigit, word)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.casefold()))
