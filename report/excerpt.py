"""The sentences of a passage that a table has room for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from goalmap.extract.sentences import sentences_of
from goalmap.report.verbatim import Offsets

MOST_WORDS = 60
_WORD = re.compile(r"\S+")


def excerpt(text: str, evidence: Iterable[Offsets] = (), most: int = MOST_WORDS) -> str:
    """Whole sentences of at most `most` words that hold the most evidence, the earliest of equals; a part of the text itself.

    A sentence that is longer by itself is cut at a word.

    >>> excerpt("We lend tablets. Staff teach. Nobody is left out.", [(17, 28)], most=5)
    'We lend tablets. Staff teach.'
    >>> excerpt("We lend tablets. Staff teach. Nobody is left out.", [(17, 28)], most=2)
    'Staff teach.'
    """
    start, end = excerpt_at(text, evidence, most)
    return text[start:end]


def excerpt_at(text: str, evidence: Iterable[Offsets] = (), most: int = MOST_WORDS) -> Offsets:
    """The characters at which the excerpt stands."""
    spans = tuple(evidence)
    return max(_runs(text, most), key=lambda run: (_held(run, spans), _covered(run, spans), -run[0]))


def _runs(text: str, most: int) -> Iterator[Offsets]:
    """From each sentence on, as many as there is room for."""
    sentences = sentences_of(text) or ((0, len(text)),)
    for first, (start, end) in enumerate(sentences):
        stops = (stop for _, stop in sentences[first : first + most])
        yield start, max(_fitting(text, start, stops, most), default=_cut(text, start, end, most))


def _fitting(text: str, start: int, stops: Iterable[int], most: int) -> Iterator[int]:
    return takewhile(lambda stop: len(text[start:stop].split()) <= most, stops)


def _cut(text: str, start: int, end: int, most: int) -> int:
    words = tuple(islice(_WORD.finditer(text, start, end), most))
    return words[-1].end() if words else end


def _held(run: Offsets, spans: Sequence[Offsets]) -> int:
    """How many spans of evidence stand whole in the run."""
    return sum(run[0] <= start and end <= run[1] for start, end in spans)


def _covered(run: Offsets, spans: Sequence[Offsets]) -> int:
    """How many characters of the evidence stand in the run, where no part of it holds all."""
    return sum(max(min(run[1], end) - max(run[0], start), 0) for start, end in spans)
