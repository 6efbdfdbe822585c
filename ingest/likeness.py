"""How alike two documents are: a signature that finds near copies, and a measure that tells them from look-alikes."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from goalmap.ingest.document import Passage

if TYPE_CHECKING:
    from datasketch import MinHash

LEAST_WORDS = 40
"""A shorter document is too easily like another one."""
SHINGLE = 3
"""Words in a row that are compared as one."""
BANDS, ROWS = 42, 3
"""Nearly every pair that shares half of its shingles has a band of so many rows in common."""
SIGNATURE_BYTES = BANDS * ROWS * 4
BATCH = 10_000
"""Shingles that are hashed at once."""
WORD = re.compile(r"\w+")
HAS_DIGIT = re.compile(r".*\d").match
ALIKE = 0.65
"""Least share of the shingles of both that a near copy has in common with the other."""
TRIMMED = 0.6
"""Least length of a trimmed copy, in lengths of the whole."""
CONTAINED = 0.85
"""Least share of a trimmed copy's shingles that stand in the whole."""
SAME_NAMES = 0.7
SAME_FIGURES = 0.65
"""Least share of the names and figures of the one that stand in the other; in forms filled in anew it is less."""


@dataclass(frozen=True, slots=True)
class Story:
    """What a document's content is compared by."""

    shingles: frozenset[int]
    names: frozenset[str]
    """Words that are always capitalised."""
    figures: frozenset[str]
    """Words with digits; they differ between two reports of one shape."""
    words: int


def signature(passages: Iterable[Passage]) -> bytes | None:
    """What near copies are found by, the same on every machine; None where there is too little content."""
    words = _words(" ".join(content(passages)))
    if len(words) < LEAST_WORDS:
        return None
    sketch = _empty_sketch().copy()
    left = iter(_shingles(words))
    while batch := list(islice(left, BATCH)):
        sketch.update_batch(batch)
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def content(passages: Iterable[Passage]) -> Iterator[str]:
    """The texts that tell the story: no headings, no furniture."""
    return (passage.text for passage in passages if passage.is_content)


def story(texts: Iterable[str]) -> Story:
    """What a document's content is compared by."""
    text = " ".join(texts)
    words = _words(text)
    return Story(frozenset(map(hash, _rows(words))), *telling(text), len(words))


def telling(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names and the figures of a text: words that are always capitalised, words with digits."""
    written = set(WORD.findall(text))
    figures = {word for word in written if HAS_DIGIT(word)}
    names = {word.casefold() for word in written - figures if word[0].isupper()}
    return frozenset(names.difference(word for word in written if word[0].islower())), frozenset(figures)


def likeness(one: Story, other: Story) -> float | None:
    """The share of the text that two documents have in common where they tell the same story, else None."""
    shorter, longer = sorted((one, other), key=lambda story: (len(story.shingles), story.words))
    common = len(one.shingles & other.shingles)
    if not common or not _tell_the_same(shorter, longer):
        return None
    alike = common / (len(one.shingles) + len(other.shingles) - common)
    contained = common / len(shorter.shingles)
    is_trimmed = contained >= CONTAINED and len(shorter.shingles) >= TRIMMED * len(longer.shingles)
    return round(alike, 4) if alike >= ALIKE or is_trimmed else None


def _tell_the_same(shorter: Story, longer: Story) -> bool:
    names, figures = shorter.names & longer.names, shorter.figures & longer.figures
    return len(names) >= SAME_NAMES * len(shorter.names) and len(figures) >= SAME_FIGURES * len(shorter.figures)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _shingles(words: list[str]) -> set[int]:
    """The same on every machine, which `hash` is not."""
    return {zlib.crc32(" ".join(row).encode("utf-8", "surrogatepass")) for row in _rows(words)}


def _rows(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(SHINGLE)), strict=False)


@lru_cache(maxsize=1)
def _empty_sketch() -> "MinHash":
    from datasketch import MinHash

    return MinHash(num_perm=BANDS * ROWS, seed=1, hashfunc=int, scheme="affine32")
