"""Learning from decisions: lessons of what reviewers said, a model corrected by them, and whether it is the better for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.encoders.static import encode
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.goals.namings import GoalNames
from goalmap.classify.manner import FAST, FULL, Manner, Supplied
from goalmap.classify.measuring.measures import (
    Calibration,
    Guess,
    Interval,
    Measure,
    Share,
    calibration_of,
    plain,
    ratios,
    resamples,
)
from goalmap.classify.model.correction import Decisions, fit_correction
from goalmap.classify.model.heads import UNKNOWN, Flags
from goalmap.classify.model.model import Model, fingerprint_of
from goalmap.classify.model.regression import Scores
from goalmap.classify.proposals import RUNNER_UP, Classifier, classifier
from goalmap.ingest.errors import GoalmapError

FOLDS = 5
LEAST_PASSAGES = 30
LEAST_DOCUMENTS = 3


class TooFewDecisions(GoalmapError):
    """Too little was decided to learn from; the message says how much is missing."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The latest decision on one goal that was proposed for a passage, or added to it; goals by their codes."""

    passage: str
    document: str
    text: str
    proposed: str
    goal: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was decided on a text: `serves` by goal; `open` are goals that were proposed and still wait for a decision."""

    text: str
    document: str
    serves: Mapping[str, bool]
    open: frozenset[str] = frozenset()

    def flag(self, code: str) -> int:
        """1, 0 or unknown; what nobody proposed and nobody added is not served, for a reviewer saw the passage."""
        return int(self.serves[code]) if code in self.serves else UNKNOWN if code in self.open else 0


@dataclass(frozen=True, slots=True)
class Goes:
    """How a model did on the lessons: each goal, all of them, passages that serve none, and its probabilities."""

    by_goal: dict[str, Measure]
    proposed_on_empty: Share
    calibration: Calibration

    @property
    def all(self) -> Measure:
        return sum(self.by_goal.values(), Measure())

    def to_dict(self) -> dict[str, Any]:
        return {
            "goals": self.all.to_dict(),
            "proposed_on_empty": self.proposed_on_empty.to_dict(),
            "calibration": {"error": round(self.calibration.error, 4), "n": self.calibration.n},
            "by_goal": plain(self.by_goal),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """The model before and after learning, each on lessons that it did not learn from."""

    before: Goes
    after: Goes
    gain: Interval
    """Of micro F1, after less before, resampling whole documents."""

    @property
    def is_earned(self) -> bool:
        """Whether it is better, or as good with probabilities that are nearer the truth; and not worse by chance alone."""
        rise = self.after.all.f1 - self.before.all.f1
        is_truer = self.after.calibration.error < self.before.calibration.error
        return self.gain.high >= 0 and (rise > 0 or (rise == 0 and is_truer))

    def to_dict(self) -> dict[str, Any]:
        rise = self.after.all.f1 - self.before.all.f1
        return {
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "f1_gain": {"value": round(rise, 4), **self.gain.to_dict()},
            "earned": self.is_earned,
        }


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model corrected by decisions, and what cross-validation over their documents says of it, by `full` and `fast`."""

    framework: str
    model: Model
    passages: int
    documents: int
    comparisons: dict[str, Comparison]

    @property
    def name(self) -> str:
        """What proposals name it by."""
        return f"{self.framework}@{fingerprint_of(self.model)}"

    def to_dict(self) -> dict[str, Any]:
        return {
            "framework": self.framework,
            "model": self.name,
            "passages": self.passages,
            "documents": self.documents,
            **{mode: comparison.to_dict() for mode, comparison in self.comparisons.items()},
        }


# Lessons


@dataclass
class _Told:
    first: Decided
    serves: dict[str, bool] = field(default_factory=dict)
    passages: set[str] = field(default_factory=set)


def lessons(decisions: Iterable[Decided], waiting: Mapping[str, frozenset[str]]) -> list[Lesson]:
    """A lesson for each text, from decisions in the order they were made; `waiting` are undecided goals by passage."""
    told: dict[str, _Told] = {}
    for one in decisions:
        here = told.setdefault(" ".join(one.text.split()).casefold(), _Told(one))
        here.passages.add(one.passage)
        here.serves.update(_meaning(one))
    return [
        Lesson(
            one.first.text,
            one.first.document,
            one.serves,
            frozenset(code for passage in one.passages for code in waiting.get(passage, ())),
        )
        for one in told.values()
    ]


def _meaning(decision: Decided) -> Iterator[tuple[str, bool]]:
    """The goals that a decision says something of; where two decisions disagree the later one holds."""
    if decision.verdict in ("rejected", "changed"):
        yield decision.proposed, False
    if decision.verdict != "rejected":
        yield decision.goal, True


def check(found: Sequence[Lesson], framework: str) -> None:
    """Refuse to learn from too little. Raises TooFewDecisions."""
    documents = len({lesson.document for lesson in found})
    if len(found) >= LEAST_PASSAGES and documents >= LEAST_DOCUMENTS:
        return
    raise TooFewDecisions(
        f"There is too little to learn from for {framework}: {_many(len(found), 'passage')} in "
        f"{_many(documents, 'document')} {'is' if len(found) == 1 else 'are'} decided, at least {LEAST_PASSAGES} in {LEAST_DOCUMENTS} are needed ({_missing(len(found), documents)} missing). "
        "Decide on more proposals, of different documents, and run learn again."
    )


def _missing(passages: int, documents: int) -> str:
    lacks = (("passage", LEAST_PASSAGES - passages), ("document", LEAST_DOCUMENTS - documents))
    return " and ".join(_many(number, what) for what, number in lacks if number > 0)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# Learn

Said = tuple[Scores, NDArray[np.bool_]]
"""Probabilities of texts for goals, and which goals are proposed."""


def learn(found: Sequence[Lesson], framework: str, base: Supplied | None = None) -> Learnt:
    """The model of a framework corrected by lessons, measured on documents that each correction has not seen.

    `base` is the framework that a user brings; its model has seen none of the lessons. Raises TooFewDecisions.
    """
    check(found, framework)
    classifiers = {mode: classifier(framework, Manner(mode=mode), base) for mode in (FULL, FAST)}
    model, found = classifiers[FULL].model, _masked(found, classifiers[FULL].framework)
    vectors = encode([lesson.text for lesson in found])
    documents = np.array([lesson.document for lesson in found])
    truth = np.array([[lesson.flag(code) for code in model.codes] for lesson in found])
    corrections, comparisons = {}, {}
    for mode, one in classifiers.items():
        said = _probabilities(one, found)
        decisions = Decisions(said, vectors, truth, documents)
        corrections[mode] = fit_correction(decisions)
        before, after = (said, said >= one.threshold), unseen(decisions, one.threshold)
        comparisons[mode] = compare(documents, model.codes, truth, before, after)
    return Learnt(framework, replace(model, corrections=corrections), len(found), len(set(documents)), comparisons)


def _masked(found: Sequence[Lesson], framework: Framework) -> list[Lesson]:
    """The lessons without the names of goals, as passages are classified."""
    names = GoalNames(framework)
    return [replace(lesson, text=names.masked(lesson.text)) for lesson in found]


def _probabilities(one: Classifier, found: Sequence[Lesson]) -> Scores:
    return one.weigh([lesson.text for lesson in found]).goals


def unseen(decisions: Decisions, threshold: float) -> Said:
    """Probabilities, and what is proposed, by corrections that saw nothing of a text's document."""
    corrected = np.zeros(decisions.goals.shape)
    for inside in decisions.folds(FOLDS):
        part = decisions[inside]
        corrected[inside] = fit_correction(decisions[~inside]).corrected(part.probabilities, part.vectors)
    return corrected, corrected >= threshold


# Compare


def compare(documents: NDArray[np.str_], codes: Sequence[str], truth: Flags, before: Said, after: Said) -> Comparison:
    """Two models on the same texts."""
    counts = [_counts(documents, truth, proposed) for _, proposed in (before, after)]
    drawn = resamples(counts[0].shape[0])
    old, new = (_f1(one[drawn].sum(axis=1)) for one in counts)
    gain = Interval.of(new - old)
    return Comparison(_goes(codes, truth, *before), _goes(codes, truth, *after), gain)


def _counts(documents: NDArray[np.str_], truth: Flags, proposed: NDArray[np.bool_]) -> Scores:
    """Hits, false and missed proposals of each document: shape (documents, 3)."""
    rows = np.stack([kind.sum(axis=1) for kind in _kinds(truth, proposed)], axis=1).astype(float)
    names, places = np.unique(documents, return_inverse=True)
    counts = np.zeros((len(names), 3))
    np.add.at(counts, places, rows)
    return counts


def _f1(counts: Scores) -> Scores:
    hits, false, missed = counts.T
    return ratios(2 * hits, 2 * hits + false + missed)


def _goes(codes: Sequence[str], truth: Flags, probabilities: Scores, proposed: NDArray[np.bool_]) -> Goes:
    empty = (truth == 0).all(axis=1)
    seen = (truth != UNKNOWN) & (proposed | (probabilities >= RUNNER_UP))
    return Goes(
        {code: _measure(truth[:, column], proposed[:, column]) for column, code in enumerate(codes)},
        Share(int(proposed[empty].any(axis=1).sum()), int(empty.sum())),
        calibration_of(
            Guess(float(score), bool(right)) for score, right in zip(probabilities[seen], truth[seen], strict=True)
        ),
    )


def _measure(truth: NDArray[np.int_], proposed: NDArray[np.bool_]) -> Measure:
    return Measure(*(int(kind.sum()) for kind in _kinds(truth, proposed)))


def _kinds(truth: Flags, proposed: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], ...]:
    """Where proposals are hits, where they are false, and where one is missing."""
    return proposed & (truth == 1), proposed & (truth == 0), ~proposed & (truth == 1)
