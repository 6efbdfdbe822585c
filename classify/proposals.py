"""Proposals: which goals a passage serves, how likely, at which stage, on which words, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goalmap.classify import frameworks, house_rules
from goalmap.classify.cards import fingerprint
from goalmap.classify.frameworks import Framework
from goalmap.classify.manner import FULL, USUAL, Manner, Supplied
from goalmap.classify.model import Model, fingerprint_of, load_model, read_model
from goalmap.classify.namings import GoalNames
from goalmap.classify.reasons import Reasons
from goalmap.classify.stages import stage_of
from goalmap.classify.training import train
from goalmap.classify.weighing import Prediction
from goalmap.ingest.document import Kind, Passage

ACTIVITY_MODEL = "purpose-goals"
"""The framework whose model tells activities from themes."""
SURE_ACTIVITY = 4.0
"""Activity margin that stands in where only the topic counts."""
CANDIDATE = 0.02
"""Least probability of a goal that is kept though it is not proposed."""
CANDIDATES = 3
RUNNER_UP = 0.03
"""Least probability of a runner-up that is worth a reviewer's look."""
HEADER_CELL_WORDS = 8
LEAST_WORDS = 3


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A goal that came near without being proposed for a passage; `score` is a calibrated probability."""

    passage: int
    framework: str
    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Considered:
    """What a classifier makes of passages: proposals and candidates, both in the passages' order, best first."""

    proposals: tuple[Proposal, ...] = ()
    candidates: tuple[Candidate, ...] = ()


class Classifier:
    """One framework's classifier: passages in, proposals out."""

    def __init__(self, framework: Framework, model: Model, name: str, manner: Manner = USUAL) -> None:
        self.framework = framework
        self.model = model
        self.name = name
        self.mode = manner.mode or FULL
        self.counts = manner.counts or framework.counts
        self.threshold = manner.threshold or model.weighings[self.mode].threshold
        self._reasons = Reasons(framework, model)
        self._names = GoalNames(framework)

    def propose(self, passages: Sequence[Passage]) -> list[Proposal]:
        """Proposals for the passages that can report an activity, in their order, best first."""
        return list(self.consider(passages).proposals)

    def consider(self, passages: Sequence[Passage]) -> Considered:
        """The same, with the goals that came near."""
        wanted = [passage for passage in classifiable(passages) if len(passage.text.split()) >= LEAST_WORDS]
        if not wanted:
            return Considered()
        texts = [self._names.masked(passage.text) for passage in wanted]
        predicted = self.weigh(texts)
        goals, notes = house_rules.applied(self.framework, texts, predicted.goals, self.model.codes, self.threshold)
        proposals = (
            proposal
            for row, passage in enumerate(wanted)
            if goals[row].max(initial=0.0) >= self.threshold
            for proposal in self._proposals(
                _Weighed(
                    passage.position,
                    texts[row],
                    predicted.matrix[row],
                    goals[row],
                    float(predicted.activity[row]),
                    stage_of(passage, predicted.stages[row]),
                    notes[row],
                )
            )
        )
        near = (self._candidates(passage, goals[row]) for row, passage in enumerate(wanted))
        return Considered(tuple(proposals), tuple(chain.from_iterable(near)))

    def _candidates(self, passage: Passage, scores: NDArray[np.float64]) -> Iterator[Candidate]:
        near = [column for column in np.argsort(-scores) if CANDIDATE <= scores[column] < self.threshold]
        for column in near[:CANDIDATES]:
            score = round(float(scores[column]), 4)
            yield Candidate(passage.position, self.framework.id, self.model.codes[column], score)

    def weigh(self, texts: list[str]) -> Prediction:
        """Probabilities of all goals for texts, whatever the threshold."""
        cues = self._reasons.cues.count(texts)
        predicted = self.model.predict(texts, cues, self.mode, self._sure_activity())
        if self.counts == "activities" and self.framework.counts == "topics":
            activity = classifier(ACTIVITY_MODEL, Manner(mode=self.mode)).weigh(texts).activity
            return replace(predicted, goals=predicted.goals * (activity[:, None] >= 0.5), activity=activity)
        return predicted

    def _sure_activity(self) -> float | None:
        return SURE_ACTIVITY if self.counts == "topics" and self.framework.counts == "activities" else None

    def _proposals(self, weighed: "_Weighed") -> Iterator[Proposal]:
        order = [int(column) for column in np.argsort(-weighed.goals)]
        chosen = [column for column in order if weighed.goals[column] >= self.threshold]
        left = next((column for column in order if column not in chosen and weighed.goals[column] >= RUNNER_UP), None)
        runner_up = None if left is None else self.model.codes[left]
        for rank, column in enumerate(chosen, start=1):
            code = self.model.codes[column]
            spans = self._reasons.evidence(weighed.text, weighed.features, code, column)
            yield Proposal(
                passage=weighed.passage,
                framework=self.framework.id,
                code=code,
                score=round(float(weighed.goals[column]), 4),
                rank=rank,
                stage=weighed.stage,
                evidence=spans,
                reason=self._reasons.of(
                    weighed.text, weighed.features, code, spans, runner_up, (weighed.note, self._activity(weighed))
                ),
                model=self.name,
                runner_up=runner_up,
                runner_up_score=None if left is None else round(float(weighed.goals[left]), 4),
            )

    def _activity(self, weighed: "_Weighed") -> str:
        return f"Reads as an activity ({weighed.activity:.0%}), {weighed.stage}." if self.counts == "activities" else ""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A passage by its position, its text without names of goals, its features, and what was made of it."""

    passage: int
    text: str
    features: Any
    goals: NDArray[np.float64]
    activity: float
    stage: str
    note: str


@lru_cache
def classifier(name: str, manner: Manner = USUAL, supplied: Supplied | None = None) -> Classifier:
    """The classifier for a framework, loaded once. Raises UnknownName, FrameworkProblem or ModelProblem."""
    given = supplied or Supplied(name)
    framework = frameworks.load(name) if given.toml is None else frameworks.read(given.toml)
    model, called = _model_for(framework, given)
    return Classifier(framework, model, called, manner)


def _model_for(framework: Framework, given: Supplied) -> tuple[Model, str]:
    """The model that a user brings, the shipped one, or one that is learnt on the spot; with its name."""
    if given.model is not None:
        return read_model(given.model, given.model_name), given.model_name
    if framework.model in frameworks.names():
        return load_model(framework.model), f"{framework.model}@{fingerprint(framework.model)}"
    model = train(framework).model
    return model, f"{framework.id}@{fingerprint_of(model)}"


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
