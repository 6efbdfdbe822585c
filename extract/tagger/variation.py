"""Variants of the training passages: the same sentence with other names in it, so that the tagger learns the sentence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from random import Random

from goalmap.extract.candidates import Label
from goalmap.extract.tagger.markup import LABELS, Marked

SHARE = 0.5
"""How many of the names of a passage are exchanged."""
SWAPPED = frozenset({"PERSON", "ORG", "INITIATIVE"})
CAPITALS = 0.03
"""How many passages come in capitals, as headings do."""

Shape = tuple[str, str]
"""A label and the look of the name: names are exchanged for such as look alike."""
Pool = Mapping[Shape, Sequence[str]]


def pool_of(passages: Iterable[Marked]) -> Pool:
    """All names of the passages and of the list of further ones, by label and look."""
    pool: dict[Shape, set[str]] = defaultdict(set)
    marked = ((name.label, p.text[name.start : name.end]) for p in passages for name in p.names)
    for label, words in (*marked, *further_names()):
        pool[label, look_of(words)].add(words)
    return {shape: sorted(names) for shape, names in pool.items()}


@cache
def further_names() -> tuple[tuple[str, str], ...]:
    """Labels and names of the list in models/swaps.txt."""
    lines = (resources.files("goalmap.models") / "swaps.txt").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line)
    return tuple((LABELS[letter], words) for letter, words in rows)


def look_of(words: str) -> str:
    """`acronym`, `word` or `words`.

    >>> [look_of(name) for name in ("SHCFT", "Okafor", "Severn Hills Trust")]
    ['acronym', 'word', 'words']
    """
    if " " in words:
        return "words"
    return "acronym" if len(words) > 1 and words.isupper() else "word"


def varied(passage: Marked, pool: Pool, random: Random) -> Marked:
    """The passage with some of its names exchanged, each for the same other name throughout."""
    others: dict[Shape, str] = {}
    chosen = [_other(passage, name, pool, others, random) for name in passage.names]
    changed = _rebuilt(passage, chosen)
    return _in_capitals(changed) if random.random() < CAPITALS else changed


def _other(passage: Marked, name: Label, pool: Pool, others: dict[Shape, str], random: Random) -> str:
    words = passage.text[name.start : name.end]
    if name.label not in SWAPPED:
        return words
    if (name.label, words) not in others:
        swap = random.random() < SHARE
        others[name.label, words] = random.choice(pool[name.label, look_of(words)]) if swap else words
    return others[name.label, words]


def _rebuilt(passage: Marked, chosen: Sequence[str]) -> Marked:
    parts: list[str] = []
    names: list[Label] = []
    length = end = 0
    for name, words in zip(passage.names, chosen, strict=True):
        before = passage.text[end : name.start]
        start = length + len(before)
        names.append(Label(start, start + len(words), name.label))
        parts += [before, words]
        length, end = start + len(words), name.end
    return Marked("".join([*parts, passage.text[end:]]), tuple(names), passage.voice)


def _in_capitals(passage: Marked) -> Marked:
    """The same in capitals, unless a letter becomes two and the places would no longer hold."""
    capitals = passage.text.upper()
    return Marked(capitals, passage.names, passage.voice) if len(capitals) == len(passage.text) else passage
