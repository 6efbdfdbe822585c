"""Proposals: which goals a passage serves, how likely, at which stage, on which words, and why."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from goalmap.classify import frameworks
from goalmap.classify.cards import fingerprint
from goalmap.classify.cues import Cue, CueFinder
from goalmap.classify.frameworks import Framework
from goalmap.classify.model import Model, load_model
from goalmap.classify.stages import stage_of
from goalmap.ingest.document import Kind, Passage

ACTIVITY_MODEL = "purpose-goals"
"""The framework whose model tells activities from themes."""
SURE_ACTIVITY = 4.0
"""Activity margin that stands in where only the topic counts."""
RUNNER_UP = 0.03
"""Least probability of a runner-up that is worth a reviewer's look."""
MAX_WORDS = 4
HEADER_CELL_WORDS = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """A goal proposed for a passage; `evidence` holds [start, end) spans in its text, `score` is a calibrated probability."""

    passage: int
    framework: str
    code: str
    score: float
    rank: int
    stage: str
    evidence: tuple[tuple[int, int], ...]
    reason: str
    model: str
    runner_up: str | None = None
    runner_up_score: float | None = None


class Classifier:
    """One framework's classifier: passages in, proposals out."""

    def __init__(self, framework: Framework, counts: str | None = None) -> None:
        self.framework = framework
        self.counts = counts or framework.counts
        self.model: Model = load_model(framework.model)
        self.cues = CueFinder(frameworks.load(framework.model))
        self.name = f"{framework.model}@{fingerprint(framework.model)}"

    def propose(self, passages: Sequence[Passage]) -> list[Proposal]:
        """Proposals for the passages that can report an activity, in their order, best first."""
        wanted = [passage for passage in classifiable(passages) if len(passage.text.split()) > 2]
        if not wanted:
            return []
        texts = [passage.text for passage in wanted]
        probabilities, activity, stages = self.model.predict(texts, self.cues.count(texts), self._sure_activity())
        if self.counts == "activities" and self.framework.counts == "topics":
            activity = load_model(ACTIVITY_MODEL).activity(texts)
            probabilities = probabilities * (activity[:, None] >= 0.5)
        return [
            proposal
            for row, passage in enumerate(wanted)
            for proposal in self._proposals(
                passage, probabilities[row], float(activity[row]), stage_of(passage, stages[row])
            )
        ]

    def _sure_activity(self) -> float | None:
        return SURE_ACTIVITY if self.counts == "topics" and self.framework.counts == "activities" else None

    def _proposals(
        self, passage: Passage, probabilities: NDArray[np.float64], activity: float, stage: str
    ) -> Iterator[Proposal]:
        order = [int(column) for column in np.argsort(-probabilities)]
        chosen = [column for column in order if probabilities[column] >= self.model.threshold]
        if not chosen:
            return
        cues = self.cues.find(passage.text)
        left = next((column for column in order if column not in chosen and probabilities[column] >= RUNNER_UP), None)
        for rank, column in enumerate(chosen, start=1):
            code = self.model.codes[column]
            spans = _merged([*_spans_of(cues, code), *self._words(passage.text, column)])
            runner_up = None if left is None else self.model.codes[left]
            yield Proposal(
                passage=passage.position,
                framework=self.framework.id,
                code=code,
                score=round(float(probabilities[column]), 4),
                rank=rank,
                stage=stage,
                evidence=spans,
                reason=self._reason(passage.text, code, spans, activity, stage, runner_up),
                model=self.name,
                runner_up=runner_up,
                runner_up_score=None if left is None else round(float(probabilities[left]), 4),
            )

    def _words(self, text: str, column: int) -> Iterator[tuple[int, int]]:
        """Where the words stand that spoke loudest for the goal."""
        for word in self.model.loudest_words(text, column, MAX_WORDS):
            pattern = r"\W+".join(re.escape(part) for part in word.split())
            if match := re.search(rf"\b{pattern}\b", text, re.I):
                yield match.span()

    def _reason(
        self, text: str, code: str, spans: Iterable[tuple[int, int]], activity: float, stage: str, runner_up: str | None
    ) -> str:
        quoted = ", ".join(f"“{text[start:end]}”" for start, end in spans)
        parts = [
            f"Words for {self.framework.goal(code).label}: {quoted or 'none by themselves; the passage as a whole'}."
        ]
        if self.counts == "activities":
            parts.append(f"Reads as an activity ({activity:.0%}), {stage}.")
        if runner_up:
            rule = self.framework.rule_between(code, runner_up)
            parts.append(f"Next nearest: {self.framework.goal(runner_up).label}{f' ({rule})' if rule else ''}.")
        return " ".join(parts)


@lru_cache
def classifier(name: str, counts: str | None = None) -> Classifier:
    """The classifier for a framework, loaded once. Raises UnknownName or ModelProblem."""
    return Classifier(frameworks.load(name), counts)


def classifiable(passages: Sequence[Passage]) -> list[Passage]:
    """Content passages in English; furniture, headings, biographies and the header rows of tables are left out."""
    headers = {first.position for first, second in pairwise(passages) if _starts_table(first, second, passages)}
    content = (passage for passage in passages if passage.is_content and passage.is_english)
    return [passage for passage in content if passage.position not in headers]


def _starts_table(first: Passage, second: Passage, passages: Sequence[Passage]) -> bool:
    if first.kind is not Kind.TABLE_ROW or second.kind is not Kind.TABLE_ROW:
        return False
    before = passages[first.position - 1] if 0 < first.position <= len(passages) else None
    cells = first.text.split(" | ")
    return (before is None or before.kind is not Kind.TABLE_ROW) and max(
        len(cell.split()) for cell in cells
    ) <= HEADER_CELL_WORDS


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
