"""Proposals: which goals a passage serves, how likely, at which stage, on which words, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.goals import frameworks, house_rules
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.goals.namings import GoalNames
from goalmap.classify.manner import FULL, USUAL, Manner, Supplied
from goalmap.classify.model.cards import fingerprint
from goalmap.classify.model.model import Model, fingerprint_of, load_model, read_model
from goalmap.classify.model.training import train
from goalmap.classify.model.weighing import Prediction
from goalmap.classify.reasons import Reasons
from goalmap.classify.stages import stage_of
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
        return self.consider_all([passages])[0]

    def consider_all(self, documents: Sequence[Sequence[Passage]]) -> list[Considered]:
        """What is made of the passages of each of several documents, all of them weighed at once."""
        wanted = [_wanted(passages) for passages in documents]
        weighed = iter(self._weighed(list(chain.from_iterable(wanted))))
        return [self._considered(list(islice(weighed, len(passages)))) for passages in wanted]

    def probabilities(self, passages: Sequence[Passage]) -> NDArray[np.float64]:
        """How likely each goal is, shape (passages, goals), whatever the threshold; 0 where none can be proposed."""
        found = np.zeros((len(passages), len(self.model.codes)))
        wanted = _wanted(passages)
        places = set(map(id, wanted))
        rows = [row for row, passage in enumerate(passages) if id(passage) in places]
        for row, weighed in zip(rows, self._weighed(wanted), strict=True):
            found[row] = weighed.goals
        return found

    def _considered(self, weighed: "Sequence[_Weighed]") -> Considered:
        proposals = chain.from_iterable(map(self._proposals, weighed))
        return Considered(tuple(proposals), tuple(chain.from_iterable(map(self._candidates, weighed))))

    def _weighed(self, passages: "Sequence[Passage]") -> "list[_Weighed]":
        """What is known of each passage once its goals are weighed."""
        if not passages:
            return []
        texts = [self._names.masked(passage.text) for passage in passages]
        predicted = self.weigh(texts)
        goals, notes = house_rules.applied(self.framework, texts, predicted.goals, self.model.codes, self.threshold)
        return [
            _Weighed(
                passage.position,
                texts[row],
                partial(predicted.matrix.__getitem__, row),
                goals[row],
                float(predicted.activity[row]),
                stage_of(passage, predicted.stages[row]),
                notes[row],
            )
            for row, passage in enumerate(passages)
        ]

    def _candidates(self, weighed: "_Weighed") -> Iterator[Candidate]:
        scores = weighed.goals
        near = [column for column in np.argsort(-scores) if CANDIDATE <= scores[column] < self.threshold]
        for column in near[:CANDIDATES]:
            score = round(float(scores[column]), 4)
            yield Candidate(weighed.passage, self.framework.id, self.model.codes[column], score)

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
        if weighed.goals.max(initial=0.0) < self.threshold:
            return
        features = weighed.features()
        order = [int(column) for column in np.argsort(-weighed.goals)]
        chosen = [column for column in order if weighed.goals[column] >= self.threshold]
        left = next((column for column in order if column not in chosen and weighed.goals[column] >= RUNNER_UP), None)
        runner_up = None if left is None else self.model.codes[left]
        for rank, column in enumerate(chosen, start=1):
            code = self.model.codes[column]
            spans = self._reasons.evidence(weighed.text, features, code, column)
            yield Proposal(
                passage=weighed.passage,
                framework=self.framework.id,
                code=code,
                score=round(float(weighed.goals[column]), 4),
                rank=rank,
                stage=weighed.stage,
                evidence=spans,
                reason=self._reasons.of(
                    weighed.text, features, code, spans, runner_up, (weighed.note, self._activity(weighed))
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
    features: Callable[[], Any]
    """Gives the text's row of features; cut out of all rows only where it is asked for."""
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


def _wanted(passages: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in classifiable(passages) if len(passage.text.split()) >= LEAST_WORDS]


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
