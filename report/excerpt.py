"""The sentences of a passage that a table has room for."""

import re
from collections.abc import Iterable, Iterator, Sequence

from goalmap.report.verbatim import Offsets

MOST_WORDS = 60
_WORD = re.compile(r"\S+")
_END = re.compile(r"[.!?][\"”’)\]]*(?=\s+[\"“‘(]?[A-Z£\d])|\n+")
_NO_END = re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|St|Rt|Hon|Cllr|Ltd|Inc|No|vs|e\.g|i\.e|etc|approx|[A-Z])\.$")


def excerpt(text: str, evidence: Iterable[Offsets] = (), most: int = MOST_WORDS) -> str:
    """Whole sentences of at most `most` words that hold the most evidence, the earliest of equals; a part of the text itself.

    A sentence that is longer by itself is cut at a word.

    >>> excerpt("We lend tablets. Staff teach. Nobody is left out.", [(17, 28)], most=3)
    'We lend tablets.'
    >>> excerpt("We lend tablets. Staff teach. Nobody is left out.", [(17, 28)], most=2)
    'Staff teach.'
    """
    spans = tuple(evidence)
    start, end = max(_runs(text, most), key=lambda run: (_held(run, spans), -run[0]))
    return text[start:end]


def _runs(text: str, most: int) -> Iterator[Offsets]:
    """From each sentence on, as many as there is room for."""
    sentences = tuple(_sentences(text)) or ((0, len(text)),)
    for first, (start, end) in enumerate(sentences):
        fitting = [stop for _, stop in sentences[first:] if _words(text, start, stop) <= most]
        yield start, (fitting[-1] if fitting else _cut(text, start, end, most))


def _sentences(text: str) -> Iterator[Offsets]:
    start = 0
    for end in (*_ends(text), len(text)):
        if stretch := text[start:end].strip():
            begin = text.index(stretch, start)
            yield begin, begin + len(stretch)
        start = end


def _ends(text: str) -> Iterator[int]:
    return (match.end() for match in _END.finditer(text) if not _NO_END.search(text, 0, match.start() + 1))


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


def _cut(text: str, start: int, end: int, most: int) -> int:
    words = list(_WORD.finditer(text, start, end))
    return words[most - 1].end() if len(words) >= most else end


def _held(run: Offsets, spans: Sequence[Offsets]) -> int:
    """How many spans of evidence stand whole in the run."""
    return sum(run[0] <= start and end <= run[1] for start, end in spans)
