"""Regressions on texts as numbers: what words, parts of words and static vectors say of each goal, and of activity and stage."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.model.features import meaning_of
from goalmap.classify.model.regression import Regression, Scores, learnt

NO_HEAD = -12.0
"""The margin of a goal that nothing was learnt for."""
UNKNOWN = -1
"""In a column of truth: nobody has said whether it holds."""
STAGES = ("delivered", "ongoing", "planned", "aspiration")

Flags = NDArray[np.int_]


@dataclass(frozen=True)
class Margins:
    """What the heads say of texts, before it is weighed."""

    goals: Scores
    """Shape (texts, goals)."""
    activity: Scores
    """Shape (texts,)."""
    nearness: Scores
    """Cosine to the mean meaning of each goal's passages: shape (texts, goals)."""
    stages: Scores
    """Shape (texts, stages); all zero where no stage was learnt."""

    def __getitem__(self, rows: Any) -> "Margins":
        return Margins(self.goals[rows], self.activity[rows], self.nearness[rows], self.stages[rows])


@dataclass(frozen=True)
class Heads:
    """Logistic regressions on the same features, None where there was nothing to learn from; and the goals' mean meanings."""

    goals: list[Regression | None]
    activity: Regression | None
    stages: list[Regression | None]
    centres: NDArray[np.float32]
    """Unit vectors of shape (goals, 256)."""

    def margins(self, matrix: Any) -> Margins:
        goals, stages = len(self.goals), len(self.stages)
        weights, beginnings = self._stacked
        said = np.asarray(matrix @ weights, dtype=float) + beginnings
        return Margins(
            goals=said[:, :goals],
            activity=said[:, goals],
            nearness=(meaning_of(matrix) @ self.centres.T).astype(float),
            stages=said[:, goals + 1 :] if any(self.stages) else np.zeros((matrix.shape[0], stages)),
        )

    @cached_property
    def _stacked(self) -> tuple[NDArray[np.float32], Scores]:
        """All heads as one product: their weights (features, heads) and what they begin with (heads,)."""
        heads = [*self.goals, self.activity, *self.stages]
        width = next((head.weights.shape[1] for head in heads if head is not None), 0)
        weights = np.zeros((width, len(heads)), dtype=np.float32)
        beginnings = np.full(len(heads), NO_HEAD)
        for place, head in enumerate(heads):
            if head is not None:
                weights[:, place], beginnings[place] = head.weights[0], head.beginnings[0]
        return weights, beginnings


def fit_heads(matrix: Any, goals: Flags, stages: Flags, weights: Scores) -> Heads:
    """Heads for truth of shape (texts, goals) and (texts, stages)."""
    return Heads(
        goals=[fit_head(matrix, column, weights) for column in goals.T],
        activity=fit_head(matrix, any_of(goals), weights),
        stages=[fit_head(matrix, column, weights) for column in stages.T],
        centres=_centres(matrix, goals),
    )


def fit_head(matrix: Any, truth: NDArray[np.int_], weights: Scores, strength: float = 4.0) -> Regression | None:
    """A regression on the rows whose truth is known; None where they are all alike, so that there is nothing to learn."""
    known = truth != UNKNOWN
    if not known.any() or len(set(truth[known])) == 1:
        return None
    head = learnt(matrix[known], truth[known], weights[known], strength, most_steps=2000)
    return replace(head, weights=head.weights.astype(np.float32))  # half the file, the same decisions


def any_of(goals: Flags) -> NDArray[np.int_]:
    """Whether each text serves any goal: 1, 0, or unknown where no goal is known to hold and not all are known."""
    served, open_ = (goals == 1).any(axis=1), (goals == UNKNOWN).any(axis=1)
    result: NDArray[np.int_] = np.where(served, 1, np.where(open_, UNKNOWN, 0))
    return result


def margin_of(head: Regression | None, matrix: Any) -> Scores:
    return np.full(matrix.shape[0], NO_HEAD) if head is None else head.margins(matrix)


def _centres(matrix: Any, goals: Flags) -> NDArray[np.float32]:
    """The mean meaning of each goal's passages, of unit length."""
    sums = (goals == 1).T.astype(np.float32) @ meaning_of(matrix)
    centres: NDArray[np.float32] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    return centres
