"""What the tuned encoder has to say of a framework's goals: its own opinion, or a regression on its vectors."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from goalmap.classify.encoders import tuned
from goalmap.classify.encoders.tuned import Reading
from goalmap.classify.model.heads import STAGES, Flags, any_of, fit_head, margin_of
from goalmap.classify.model.regression import Regression, Scores

GENERAL_ACTIVITY = ("any", "purpose-goals")
"""The opinion that tells an activity from a theme, whatever the goal."""
STRENGTH = 10.0
"""Of regressions on vectors: exemplars are few."""


@dataclass(frozen=True)
class Opinions:
    """Margins: of each goal (texts, goals), of any goal at all (texts,), of each stage (texts, stages)."""

    goals: Scores
    any: Scores
    stages: Scores

    def __getitem__(self, rows: Any) -> "Opinions":
        return Opinions(self.goals[rows], self.any[rows], self.stages[rows])


@dataclass(frozen=True)
class OwnOpinions:
    """Regressions on the encoder's vectors, for the goals that it was not tuned on."""

    base: str
    """The framework whose goals some of these are; empty where all are new."""
    codes: list[str]
    goals: list[Regression | None]
    """None for a goal on which the encoder's own opinion is asked, and where there was nothing to learn."""
    any: Regression | None
    is_activity: bool
    """Whether a passage must report an activity: the encoder's opinion on that is used then."""

    def of(self, reading: Reading) -> Opinions:
        activity = _column(reading, *GENERAL_ACTIVITY) if self.is_activity else margin_of(self.any, reading.vectors)
        columns = [self._of_goal(reading, code, head) for code, head in zip(self.codes, self.goals, strict=True)]
        return Opinions(np.stack(columns, axis=1), activity, _stages(reading))

    def _of_goal(self, reading: Reading, code: str, head: Regression | None) -> Scores:
        if head is None and (self.base, code) in tuned.columns():
            return _column(reading, self.base, code)
        return margin_of(head, reading.vectors)


def fit_opinions(
    reading: Reading,
    truth: Flags,
    weights: Scores,
    codes: tuple[str, ...],
    base: str,
    kept: frozenset[str],
    counts: str,
) -> OwnOpinions:
    """Opinions learnt from truth of shape (texts, goals); of the goals `kept` from the base the encoder has its own."""
    vectors = reading.vectors
    heads = [
        None if code in kept else fit_head(vectors, column, weights, STRENGTH)
        for code, column in zip(codes, truth.T, strict=True)
    ]
    anything = fit_head(vectors, any_of(truth), weights, STRENGTH)
    return OwnOpinions(base, list(codes), heads, anything, counts == "activities")


def is_tuned_for(framework: str, codes: tuple[str, ...]) -> bool:
    """Whether the encoder was tuned to tell all these goals."""
    return all((framework, code) in tuned.columns() for code in codes)


def tuned_opinions(reading: Reading, framework: str, codes: tuple[str, ...]) -> Opinions:
    """The encoder's own opinions on the goals of a framework that it was tuned on."""
    goals = np.stack([_column(reading, framework, code) for code in codes], axis=1)
    return Opinions(goals, _column(reading, "any", framework), _stages(reading))


def _stages(reading: Reading) -> Scores:
    return np.stack([_column(reading, "stage", stage) for stage in STAGES], axis=1)


def _column(reading: Reading, kind: str, name: str) -> Scores:
    return reading.opinions[:, tuned.columns()[kind, name]].astype(float)
