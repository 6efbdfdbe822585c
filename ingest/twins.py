"""Twins: a document in another language and the one that says the same in English, paired by what translation keeps."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

LANGUAGE_MARKS = frozenset(
    {
        *("c", "cy", "cym", "cymraeg", "welsh", "w", "e", "en", "eng", "english", "saesneg", "gb"),
        *(
            "gd",
            "gaelic",
            "gaidhlig",
            "ga",
            "gaeilge",
            "irish",
            "pl",
            "polish",
            "polski",
            "ro",
            "romanian",
            "ur",
            "urdu",
        ),
        *("pa", "punjabi", "bn", "bengali", "gu", "gujarati", "ar", "arabic", "so", "somali", "fr", "french", "es"),
        *("spanish", "pt", "portuguese", "de", "german", "it", "italian", "tr", "turkish", "uk", "ukrainian", "zh"),
        *("chinese", "lt", "lithuanian", "version", "fersiwn"),
    }
)
"""Parts of file and folder names that tell the language, not the document."""
NAME_PART = re.compile(r"[^\W_]+")
COMMON = 40
"""A figure or name that stands in more documents does not point to a twin."""
LEAST_FIGURES = 3
"""Figures in common without which a pair of other names is no twin."""
SAME_FIGURES, SAME_NAMES = 0.6, 0.15
"""Least shares of figures and names in common where the files are named otherwise."""
LIKE_FIGURES, LIKE_NAMES = 0.3, 0.2
"""Least shares, of one or the other, where only the language differs in the file's name."""
LIKE_LENGTH = 0.5
"""Least number of passages of the shorter, in those of the longer."""

BarePath = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Told:
    """What a document tells in any language: its figures and names, how long it is, what its file is called."""

    id: str
    path: str
    figures: frozenset[str]
    names: frozenset[str]
    passages: int

    @cached_property
    def bare_path(self) -> BarePath:
        """The parts of each folder's and the file's name without marks of language and suffix."""
        path = PurePath(self.path)
        return tuple(_without_marks(part) for part in (*path.parent.parts, path.stem))

    @property
    def bare_name(self) -> tuple[str, ...]:
        return self.bare_path[-1]


@dataclass(frozen=True, slots=True)
class _Pair:
    other: Told
    english: Told

    @property
    def is_named_alike(self) -> bool:
        return bool(self.english.bare_name) and self.other.bare_name == self.english.bare_name

    @property
    def is_in_one_place(self) -> bool:
        return self.other.bare_path[:-1] == self.english.bare_path[:-1]

    @property
    def figures(self) -> float:
        return _share(self.other.figures, self.english.figures)

    @property
    def names(self) -> float:
        shared = self.other.names & self.english.names
        return len(shared) / max(1, min(len(self.other.names), len(self.english.names)))

    @property
    def is_twin(self) -> bool:
        if self.is_named_alike and self.is_in_one_place:
            return self.figures >= LIKE_FIGURES or self.names >= LIKE_NAMES
        shorter, longer = sorted((self.other.passages, self.english.passages))
        shared = len(self.other.figures & self.english.figures)
        is_alike = self.figures >= SAME_FIGURES and self.names >= SAME_NAMES and shared >= LEAST_FIGURES
        return is_alike and shorter >= LIKE_LENGTH * longer

    @property
    def strength(self) -> tuple[float, bool, bool, str, str]:
        likeness = self.figures + self.names
        return -likeness, not self.is_named_alike, not self.is_in_one_place, self.english.path, self.other.path


def twins(others: Sequence[Told], english: Sequence[Told]) -> dict[str, str]:
    """The English twin of each document in another language that has one, by id; no two of one language have the same.

    `others` are documents of one language.
    """
    pairs = sorted((pair for pair in _pairs(others, english) if pair.is_twin), key=lambda pair: pair.strength)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for pair in pairs:
        if pair.other.id not in found and pair.english.id not in taken:
            found[pair.other.id] = pair.english.id
            taken.add(pair.english.id)
    return found


def _pairs(others: Sequence[Told], english: Sequence[Told]) -> Iterator[_Pair]:
    """Pairs that differ in the language of their path alone, or that share two rare figures or names."""
    by_path, by_word = _grouped(english)
    for other in others:
        shared = Counter(place for word in other.figures | other.names for place in by_word.get(word, ()))
        places = {*by_path.get(other.bare_path, ()), *(place for place, number in shared.items() if number > 1)}
        yield from (_Pair(other, english[place]) for place in places)


def _grouped(english: Sequence[Told]) -> tuple[Mapping[BarePath, list[int]], Mapping[str, list[int]]]:
    """Places in the list by path without marks, and by rare figure or name."""
    by_path: dict[BarePath, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, told in enumerate(english):
        by_path[told.bare_path].append(place)
        for word in told.figures | told.names:
            by_word[word].append(place)
    return by_path, {word: places for word, places in by_word.items() if len(places) <= COMMON}


def _without_marks(name: str) -> tuple[str, ...]:
    return tuple(part for part in NAME_PART.findall(name.casefold()) if part not in LANGUAGE_MARKS)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice what both have over what each has."""
    return 2 * len(one & other) / max(1, len(one) + len(other))
