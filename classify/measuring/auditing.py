"""What decisions say of the proposals that they were made on: how many are right, weighted for how they were drawn.

Reviewers do not look at a fair sample: the queue shows the least certain first, and many take the surest. So proposals
are sorted into bands of score, goal by goal, and what was decided in a band speaks for the whole band. Where nothing of a
band was decided nothing is said of it. How much is missed cannot be told from proposals; what reviewers added, or chose
instead, is the least that was.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.measuring.measures import (
    Calibration,
    Floats,
    Guess,
    Interval,
    calibration_of,
    plain,
    ratios,
    resamples,
)

EDGES = (0.5, 0.7, 0.85, 0.95)
"""Where bands of score end; narrower where most proposals lie."""
LEAST = 10
"""Decisions that an interval needs."""

Served = tuple[str, str]
"""A passage and a goal that it serves, by their ids."""
Stratum = tuple[str, int]
"""A goal and a band of score."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A proposal, with what a reviewer said of it; empty strings where nothing was said."""

    passage: str
    document: str
    goal: str
    score: float
    stage: str
    model: str
    verdict: str = ""
    chosen: str = ""
    """The goal that the reviewer gave it."""
    stage_said: str = ""

    @property
    def is_decided(self) -> bool:
        return bool(self.verdict)

    @property
    def is_right(self) -> bool:
        return self.verdict in ("accepted", "changed") and self.chosen == self.goal

    @property
    def stratum(self) -> Stratum:
        return self.goal, bisect(EDGES, self.score)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A framework's proposals in a database, and the goals that reviewers found right, proposed or not."""

    framework: str
    name: str
    goals: dict[str, str] = field(default_factory=dict)
    """The label of each goal, by id, in the framework's order."""
    proposals: tuple[Reviewed, ...] = ()
    right: frozenset[Served] = frozenset()
    added: frozenset[Served] = frozenset()
    """Those that a reviewer added to what was proposed."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How many proposals are right, for those in bands of which something was decided (`covered`)."""

    proposed: int
    decided: int
    right: int
    covered: int
    value: float | None
    """None where nothing was decided."""
    interval: Interval | None
    """None where too little was decided, or in one document only."""


@dataclass(frozen=True, slots=True)
class Swap:
    """How often reviewers put one thing in the place of another."""

    proposed: str
    chosen: str
    times: int


@dataclass(frozen=True, slots=True)
class ModelAudit:
    """What decisions say of one model's proposals."""

    model: str
    overall: Precision
    by_goal: dict[str, Precision]
    calibration: Calibration
    goals_changed: tuple[Swap, ...]
    stages_changed: tuple[Swap, ...]
    stages_kept: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What decisions say of a framework's proposals."""

    framework: str
    name: str
    goals: dict[str, str]
    models: tuple[ModelAudit, ...]
    added: int
    missed: dict[str, int]
    """Goals that reviewers found right and that are not proposed: at least so many are missed."""
    threshold: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        parts = {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}
        return {**parts, "recall": None}


def audit(record: OnRecord, threshold: float | None = None) -> Audit:
    """The audit of a record; with a threshold, as if only proposals that reach it had been made."""
    proposals = [proposal for proposal in record.proposals if proposal.score >= (threshold or 0.0)]
    by_model: dict[str, list[Reviewed]] = defaultdict(list)
    for proposal in proposals:
        by_model[proposal.model].append(proposal)
    there = {(proposal.passage, proposal.goal) for proposal in proposals}
    missed = Counter(goal for _, goal in record.right - there)
    return Audit(
        record.framework,
        record.name,
        record.goals,
        tuple(_model_audit(model, by_model[model], record.goals) for model in sorted(by_model)),
        len(record.added),
        {goal: missed[goal] for goal in record.goals if missed[goal]},
        threshold,
    )


def _model_audit(model: str, proposals: Sequence[Reviewed], goals: Iterable[str]) -> ModelAudit:
    right = [proposal for proposal in proposals if proposal.is_right]
    found = {proposal.goal for proposal in proposals}
    changed = [(proposal.stage, proposal.stage_said or proposal.stage) for proposal in right]
    return ModelAudit(
        model,
        precision_of(proposals),
        {goal: precision_of([one for one in proposals if one.goal == goal]) for goal in goals if goal in found},
        calibration_of(_guesses(proposals)),
        _swaps((one.goal, one.chosen) for one in proposals if one.verdict == "changed" and not one.is_right),
        _swaps((was, said) for was, said in changed if was != said),
        sum(was == said for was, said in changed),
    )


def _swaps(pairs: Iterable[tuple[str, str]]) -> tuple[Swap, ...]:
    counted = sorted(Counter(pairs).items(), key=lambda item: (-item[1], item[0]))
    return tuple(Swap(proposed, chosen, times) for (proposed, chosen), times in counted)


# Weighted for how the reviewed were drawn


def precision_of(proposals: Sequence[Reviewed]) -> Precision:
    """The share that is right of all proposals in bands of which something was decided."""
    decided = [proposal for proposal in proposals if proposal.is_decided]
    weights = _weights(proposals, decided)
    return Precision(
        proposed=len(proposals),
        decided=len(decided),
        right=sum(proposal.is_right for proposal in decided),
        covered=round(sum(weights[proposal.stratum] for proposal in decided)),
        value=_share_right(decided, weights),
        interval=_interval(proposals, decided),
    )


def _weights(proposals: Iterable[Reviewed], decided: Iterable[Reviewed]) -> dict[Stratum, float]:
    """How many proposals of its band each decided one stands for."""
    there = Counter(proposal.stratum for proposal in proposals)
    return {stratum: there[stratum] / count for stratum, count in Counter(one.stratum for one in decided).items()}


def _share_right(decided: Sequence[Reviewed], weights: dict[Stratum, float]) -> float | None:
    whole = sum(weights[proposal.stratum] for proposal in decided)
    right = sum(weights[proposal.stratum] for proposal in decided if proposal.is_right)
    return right / whole if whole else None


def _guesses(proposals: Sequence[Reviewed]) -> list[Guess]:
    decided = [proposal for proposal in proposals if proposal.is_decided]
    weights = _weights(proposals, decided)
    return [Guess(proposal.score, proposal.is_right, weights[proposal.stratum]) for proposal in decided]


def _interval(proposals: Sequence[Reviewed], decided: Sequence[Reviewed]) -> Interval | None:
    """The 95 % bootstrap interval, resampling whole documents and weighing each resample by itself."""
    documents = sorted({proposal.document for proposal in decided})
    if len(decided) < LEAST or len(documents) < 2:
        return None
    strata = sorted({proposal.stratum for proposal in decided})
    there = Counter(proposal.stratum for proposal in proposals)
    drawn = resamples(len(documents))
    known = _counts(decided, documents, strata)[drawn].sum(axis=1)
    right = _counts([one for one in decided if one.is_right], documents, strata)[drawn].sum(axis=1)
    sizes = np.array([there[stratum] for stratum in strata], dtype=float)
    covered = np.where(known > 0, sizes, 0.0)
    return Interval.of(ratios((np.nan_to_num(ratios(right, known)) * covered).sum(axis=1), covered.sum(axis=1)))


def _counts(decided: Iterable[Reviewed], documents: Sequence[str], strata: Sequence[Stratum]) -> Floats:
    """How many there are in each document of each stratum: shape (documents, strata)."""
    row_of = {document: row for row, document in enumerate(documents)}
    column_of = {stratum: column for column, stratum in enumerate(strata)}
    counts: NDArray[np.float64] = np.zeros((len(documents), len(strata)))
    for proposal in decided:
        counts[row_of[proposal.document], column_of[proposal.stratum]] += 1
    return counts
