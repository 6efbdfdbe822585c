"""Whether a word is an ordinary English one, by the word list inside the pinned model: `bench` is, `Oyelowo` is not."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from goalmap.extract.tagger.model import word_list
from goalmap.extract.words import POSSESSIVE, STARTERS, table

_SMALL = frozenset(word.casefold() for word in STARTERS) | table(
    "across along away aside anything everything something somebody everybody could would should whom ours yours mine me him them you"
)
_ENDINGS = (
    ("ies", "y"),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
    ("er", "e"),
    ("er", ""),
    ("est", ""),
)
"""Endings with what stands in their place in the base form."""


@cache
def is_ordinary(word: str) -> bool:
    """An English word in any of its forms, whatever its capitals."""
    bare = _unaccented(POSSESSIVE.sub("", word).casefold().replace("’", "'"))
    if "-" in bare:
        return all(is_ordinary(part) for part in bare.split("-") if part)
    known = word_list()
    return bare.isdigit() or bare in _SMALL or any(form in known for form in _base_forms(bare))


def _unaccented(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _base_forms(word: str) -> Iterator[str]:
    yield word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            yield stem + instead
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def are_ordinary(words: Iterable[str]) -> bool:
    """All of them are ordinary words, so that they hardly name a person or a place: Rain on the Roof, Last Bus."""
    return all(is_ordinary(word) for word in words)
