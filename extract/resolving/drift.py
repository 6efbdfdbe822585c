"""Spellings that differ by a letter or two in one word."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from goalmap.extract.ordinary import is_ordinary

Words = Sequence[str]

SHORTEST = 4
"""Letters of a word in which two may be swapped or one doubled."""
LONG = 6
"""Letters of a word in which one may be missing."""
LONGER = 8
"""Letters of a word in which one may be another."""


def neighbourhoods(words: Words) -> Iterator[str]:
    """What two spellings of a name have in common: the words, one of them without doubled letters and less a letter."""
    for place, word in enumerate(words):
        if nearly := _nearly(word):
            before, after = " ".join((*words[:place], "~")), " ".join(("~", *words[place + 1 :]))
            yield from [before + less + after for less in nearly]


@lru_cache(maxsize=5_000)
def _nearly(word: str) -> frozenset[str]:
    """A word without doubled letters, whole and less each of its letters; nothing of a short word or a number."""
    if len(word) < SHORTEST or any(map(str.isdigit, word)):
        return frozenset()
    bare = undoubled(word)
    return frozenset([bare, *(bare[:at] + bare[at + 1 :] for at in range(len(bare)))])


def undoubled(word: str) -> str:
    return "".join(char for place, char in enumerate(word) if place == 0 or char != word[place - 1])


def differing_word(one: Words, other: Words) -> tuple[str, str] | None:
    """The only word in which two names differ, in both spellings."""
    if len(one) != len(other):
        return None
    pairs = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return pairs[0] if len(pairs) == 1 else None


def is_slip(one: str, other: str, ease: int = 0) -> bool:
    """One word written in two ways: letters doubled or swapped, in long words one missing or another.

    `ease` lets words be shorter by as many letters.
    """
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    if len(short) < SHORTEST - ease or any(char.isdigit() for char in short + long):
        return False
    return undoubled(short) == undoubled(long) or any(
        len(short) >= least - ease and test(short, long) for least, test in SLIPS
    )


def is_slip_of_names(one: str, other: str) -> bool:
    """The same, where the words are no two English ones: `hospital`, `hospitals` are one, `bath` and `path` two."""
    plural = one == other + "s" or other == one + "s"
    return is_slip(one, other) and (plural or not (is_ordinary(one) and is_ordinary(other)))


def _swapped(one: str, other: str) -> bool:
    """Two neighbouring letters changed places."""
    differ = [place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(differ) != 2:
        return False
    first, second = differ
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]


def _one_missing(short: str, long: str) -> bool:
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _one_other(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1 and one[0] == other[0]


SLIPS: tuple[tuple[int, Callable[[str, str], bool]], ...] = (
    (SHORTEST, _swapped),
    (LONG - 1, _one_missing),
    (LONGER, _one_other),
)
"""Kinds of slips with the fewest letters of the shorter word."""
