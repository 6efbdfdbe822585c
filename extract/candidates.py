"""What a rule or the model proposes: a span, what it may name, and how sure the proposer is."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from goalmap.extract.names import EntityKind


class Sure(IntEnum):
    """How far a proposal outranks others on the same words."""

    MODEL = 1
    CONTEXT = 2
    PHRASE = 3
    """The text says outright what is named: `X, our ten-week course`."""
    FORM = 4
    """The words themselves say what they name: an honorific, a legal form."""
    KNOWN = 5
    """The name stands in a list of known bodies."""


class Label(NamedTuple):
    """What the stock model says of a stretch of text."""

    start: int
    end: int
    label: str


class Candidate(NamedTuple):
    """A proposal; `kind` is None for words that are known to name none of the three."""

    kind: EntityKind | None
    start: int
    end: int
    rule: str
    sure: Sure


def best_of(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The surest, then longest, proposals that do not overlap, in reading order."""
    taken = _Taken()
    ranked = sorted(candidates, key=lambda c: (-c.sure, c.start - c.end, c.start))
    return sorted((c for c in ranked if taken.take(c.start, c.end)), key=lambda c: c.start)


class _Taken:
    """Which characters are spoken for."""

    def __init__(self) -> None:
        self._characters: set[int] = set()

    def take(self, start: int, end: int) -> bool:
        span = range(start, end)
        if not self._characters.isdisjoint(span):
            return False
        self._characters.update(span)
        return end > start
