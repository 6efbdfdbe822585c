"""Why a goal was proposed: the words that speak for it, the nearest example, the runner-up and the rule between them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.encoders.static import encode
from goalmap.classify.goals.cues import Cue, CueFinder
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.model.features import meaning_of
from goalmap.classify.model.model import Model

MAX_WORDS = 4
NEAR = 0.35
"""Least likeness of an exemplar that is worth showing."""
SHOWN = 12
"""Words of an exemplar that are shown."""

Spans = tuple[tuple[int, int], ...]


class Reasons:
    """Finds the words behind a proposal and puts its reason into a sentence."""

    def __init__(self, framework: Framework, model: Model) -> None:
        self.framework = framework
        self.model = model
        self.cues = CueFinder(framework, model.codes)
        self._exemplars = {goal.code: goal.exemplars for goal in framework.goals if goal.exemplars}

    def evidence(self, text: str, row: Any, code: str, column: int) -> Spans:
        """Where the words stand that speak for a goal, in order; `row` holds the text's features."""
        return _merged([*_spans_of(self.cues.find(text), code), *self._words(text, row, column)])

    def of(self, text: str, row: Any, code: str, spans: Spans, runner_up: str | None, said: Sequence[str]) -> str:
        """The reason in words; `said` is what else there is to say of the passage."""
        quoted = ", ".join(f"“{text[start:end]}”" for start, end in spans)
        example = self._nearest(row, code)
        parts = (
            f"Words for {self.framework.goal(code).label}: {quoted or 'none by themselves; the passage as a whole'}.",
            *said,
            f"Nearest example: “{_beginning(example)}”." if example else "",
            self._next(code, runner_up) if runner_up else "",
        )
        return " ".join(filter(None, parts))

    def _next(self, code: str, runner_up: str) -> str:
        rule = self.framework.rule_between(code, runner_up)
        return f"Next nearest: {self.framework.goal(runner_up).label}{f' ({rule})' if rule else ''}."

    def _words(self, text: str, row: Any, column: int) -> Iterator[tuple[int, int]]:
        """Where the words stand that spoke loudest for the goal."""
        for word in self.model.loudest_words(row, column, MAX_WORDS):
            pattern = r"\W+".join(re.escape(part) for part in word.split())
            if match := re.search(rf"\b{pattern}\b", text, re.I):
                yield match.span()

    def _nearest(self, row: Any, code: str) -> str | None:
        """The exemplar nearest in meaning, if any is near."""
        if code not in self._exemplars:
            return None
        likeness = self._vectors(code) @ meaning_of(row)[0]
        best = int(likeness.argmax())
        return self._exemplars[code][best] if likeness[best] >= NEAR else None

    @cache  # noqa: B019 (one for each goal, as long as the classifier)
    def _vectors(self, code: str) -> NDArray[np.float32]:
        return encode(self._exemplars[code])


def _beginning(text: str) -> str:
    """The first words of a text."""
    words = text.rstrip(".").split()
    return " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")


def _spans_of(cues: Iterable[Cue], code: str) -> list[tuple[int, int]]:
    return [(cue.start, cue.end) for cue in cues if cue.code == code]


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, overlapping ones made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
