"""A framework's cues found in texts: phrases that speak for a goal, those inside a misleading phrase left out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.goals.frameworks import Framework

WORD = re.compile(r"[^\W_]+|[£%+]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of a goal at its place in a text."""

    code: str
    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    code: str
    misleading: bool


class CueFinder:
    """Finds all goals' cues in one pass over a text's words; a plural counts as its singular."""

    def __init__(self, framework: Framework, codes: Sequence[str] | None = None) -> None:
        """`codes` are the goals to look for, in order; those that a model can be taught where none are named."""
        self.codes = framework.taught if codes is None else tuple(codes)
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        for goal in framework.goals:
            if goal.code not in self.codes:
                continue
            self._add(goal.cues, goal.code, misleading=False)
            self._add(goal.not_cues, goal.code, misleading=True)

    def _add(self, phrases: Iterable[str], code: str, misleading: bool) -> None:
        for phrase in phrases:
            words = tuple(_stem(match.group()) for match in WORD.finditer(phrase))
            if words:
                self._phrases[words[0]].append(_Phrase(words, code, misleading))

    def find(self, text: str) -> list[Cue]:
        """The cues in a text, in order."""
        matches = list(WORD.finditer(text))
        words = [_stem(match.group()) for match in matches]
        spans = list(self._spans(words))
        blocked = [(phrase.code, first, last) for phrase, first, last in spans if phrase.misleading]
        return [
            Cue(
                phrase.code,
                text[matches[first].start() : matches[last].end()],
                matches[first].start(),
                matches[last].end(),
            )
            for phrase, first, last in spans
            if not phrase.misleading
            and not any(code == phrase.code and a <= first and last <= b for code, a, b in blocked)
        ]

    def _spans(self, words: Sequence[str]) -> Iterator[tuple[_Phrase, int, int]]:
        for first, word in enumerate(words):
            for phrase in self._phrases.get(word, ()):
                last = first + len(phrase.words)
                if tuple(words[first:last]) == phrase.words:
                    yield phrase, first, last - 1

    def count(self, texts: Iterable[str]) -> NDArray[np.float64]:
        """How many different cues of each goal each text holds: shape (texts, goals)."""
        rows = []
        for text in texts:
            found = {(cue.code, cue.phrase.casefold()) for cue in self.find(text)}
            rows.append([sum(code == other for other, _ in found) for code in self.codes])
        return np.array(rows, dtype=float).reshape(-1, len(self.codes))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = word.casefold()
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
