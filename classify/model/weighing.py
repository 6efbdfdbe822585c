"""From what heads, cues and opinions say to calibrated probabilities, with the threshold and what it costs."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.model.heads import STAGES, UNKNOWN, Flags, Margins, any_of
from goalmap.classify.model.opinions import Opinions
from goalmap.classify.model.regression import Regression, Scores, learnt

AS_GOOD = 0.002
"""Difference in micro F1 that is none."""
BETA = {"activities": 1.0, "topics": 1.5}
"""How much more recall weighs than precision, by what a framework counts."""
STRENGTH, STRENGTH_OF_FEW = 10.0, 0.3
"""How closely probabilities follow the signs; a handful of texts must not make anything certain."""
FEW = 1000
"""Pairs of text and goal."""
COOLING = 0.8
"""Share of the log odds that is kept where the encoder has a say: its opinions to learn from are on passages whose writers it knows,
so that on other writers it is less sure than it says. Chosen on dev gold and the real passages kept aside; the other sets agree."""
BOUNDS = (0.04, 0.03, 0.02, 0.01)
"""Of the likeliest goal by the fast signs: under one of these the encoder need not be asked."""
LOSS = 0.002
"""Share of the right proposals that may be lost by not asking it."""
FEWEST = 300
"""Right proposals without which nobody can say what is lost."""
CUTS = tuple(float(cut) for cut in np.round(np.arange(0.05, 0.96, 0.01), 2))


@dataclass(frozen=True)
class Signs:
    """All that is known of some texts; no opinions where only the fast parts are used."""

    margins: Margins
    cues: Scores
    opinions: Opinions | None = None

    def __getitem__(self, rows: Any) -> "Signs":
        return Signs(self.margins[rows], self.cues[rows], None if self.opinions is None else self.opinions[rows])


class Cost(NamedTuple):
    """What a threshold gives on passages that were not learnt from."""

    threshold: float
    precision: float
    recall: float
    f1: float
    proposed_without_goal: float


@dataclass(frozen=True)
class Prediction:
    """Probabilities of shape (texts, goals) and (texts,), and the likeliest stage of each text."""

    goals: Scores
    activity: Scores
    stages: list[str]
    matrix: Any = None
    """The texts as rows of features."""

    def with_rows(self, rows: NDArray[np.bool_], other: "Prediction") -> "Prediction":
        """The same with another prediction of these rows."""
        goals, activity, stages = self.goals.copy(), self.activity.copy(), np.array(self.stages, dtype=object)
        goals[rows], activity[rows], stages[rows] = other.goals, other.activity, other.stages
        return Prediction(goals, activity, stages.tolist(), self.matrix)


@dataclass(frozen=True)
class Weighing:
    """How signs are weighed: one regression for pairs of text and goal, one for activity, one for stages."""

    goals: Regression
    activity: Regression
    stages: Regression | None
    threshold: float
    settles: float = 0.0
    """Where no goal is likelier than this by the fast signs, none is served; 0 where they do not settle it."""

    def predict(self, signs: Signs) -> Prediction:
        sure = self.goals.margins(goal_signs(signs)).reshape(signs.margins.goals.shape)
        return Prediction(
            1 / (1 + np.exp(-sure * (1.0 if signs.opinions is None else COOLING))),
            self.activity.probabilities(activity_signs(signs)),
            [STAGES[place] for place in self._stages(signs)],
        )

    def _stages(self, signs: Signs) -> NDArray[np.int_]:
        """The place of each text's likeliest stage; where none were learnt, the encoder's opinion, or ongoing without it."""
        if self.stages is not None:
            return self.stages.likeliest(stage_signs(signs))
        if signs.opinions is not None:
            likeliest: NDArray[np.int_] = signs.opinions.stages.argmax(axis=1)
            return likeliest
        return np.full(len(signs.cues), STAGES.index("ongoing"))


def fit_weighing(signs: Signs, goals: Flags, stages: Flags, weights: Scores) -> Weighing:
    """A weighing that fits signs of texts that the heads and the encoder did not learn from; its threshold is still 0.5."""
    return Weighing(
        _fit(goal_signs(signs), goals.ravel(), np.repeat(weights, goals.shape[1])),
        _fit(activity_signs(signs), any_of(goals), weights),
        _fit(stage_signs(signs), _stage_places(stages), weights) if (stages == 1).any() else None,
        0.5,
    )


def _fit(signs: Scores, truth: NDArray[np.int_], weights: Scores) -> Regression:
    known = truth != UNKNOWN
    strength = STRENGTH if len(truth) >= FEW else STRENGTH_OF_FEW
    return learnt(signs[known], truth[known], weights[known], strength, most_steps=3000)


def _stage_places(stages: Flags) -> NDArray[np.int_]:
    result: NDArray[np.int_] = np.where((stages == 1).any(axis=1), stages.argmax(axis=1), UNKNOWN)
    return result


def goal_signs(signs: Signs) -> Scores:
    """A row for each pair of text and goal: shape (texts * goals, 7), or 11 with opinions.

    The goal's margin, the activity margin, the lead over the best other goal, cues found, the smaller of the two margins
    since both must hold, nearness in meaning, and its lead over the best other goal; then the opinion on the goal, on
    activity, the smaller of the two, and the lead of the opinion on the goal.
    """
    margins, opinions = signs.margins, signs.opinions
    rows = [
        *_with_activity(margins.goals, margins.activity),
        np.log1p(signs.cues),
        margins.nearness,
        _lead(margins.nearness),
    ]
    if opinions is not None:
        rows += _with_activity(opinions.goals, opinions.any)
    return np.stack(rows, axis=2).reshape(-1, len(rows))


def _with_activity(goals: Scores, activity: Scores) -> list[Scores]:
    spread = np.broadcast_to(activity[:, None], goals.shape)
    return [goals, spread, np.minimum(goals, spread), _lead(goals)]


def activity_signs(signs: Signs) -> Scores:
    """Shape (texts, 1), or 2 with opinions."""
    said = [signs.margins.activity] if signs.opinions is None else [signs.margins.activity, signs.opinions.any]
    return np.stack(said, axis=1)


def stage_signs(signs: Signs) -> Scores:
    """Shape (texts, stages), or twice as many columns with opinions."""
    return signs.margins.stages if signs.opinions is None else np.hstack([signs.margins.stages, signs.opinions.stages])


def _lead(scores: Scores) -> Scores:
    """How far each column stands above the best of the others."""
    if scores.shape[1] < 2:
        return np.zeros(scores.shape)
    ordered = np.sort(scores, axis=1)
    best, second = ordered[:, [-1]], ordered[:, [-2]]
    result: Scores = scores - np.where(scores == best, second, best)
    return result


def costs_of(probabilities: Scores, goals: Flags) -> list[Cost]:
    """What each threshold gives."""
    return [cost_of(probabilities, goals, cut) for cut in CUTS]


def cost_of(probabilities: Scores, goals: Flags, threshold: float) -> Cost:
    """Micro precision, recall and F1 over the pairs whose truth is known, and how often a text without a goal gets one."""
    proposed, known = probabilities >= threshold, goals != UNKNOWN
    hits = float((proposed & (goals == 1)).sum())
    precision, recall = hits / max(1, (proposed & known).sum()), hits / max(1, (goals == 1).sum())
    empty = any_of(goals) == 0
    return Cost(
        threshold,
        float(precision),
        float(recall),
        float(2 * precision * recall / ((precision + recall) or 1)),
        float(proposed[empty].any(axis=1).mean()) if empty.any() else 0.0,
    )


def best_threshold(costs: list[Cost], counts: str) -> float:
    """The middle of the thresholds that are as good as the best: far from both ends, where another mix of passages would cost.

    Good is micro F1 where an activity must be reported; where a topic is enough recall weighs more than precision, for it
    need not be the main one of the passage.
    """
    goodness = [_f_measure(cost, BETA[counts]) for cost in costs]
    good = [cost.threshold for cost, value in zip(costs, goodness, strict=True) if value >= max(goodness) - AS_GOOD]
    return good[len(good) // 2]


def settling_bound(fast: Scores, full: Scores, goals: Flags, threshold: float) -> float:
    """The highest bound under which the fast signs lose hardly a right proposal of the full ones; 0 where none does."""
    likeliest, right = fast.max(axis=1), ((full >= threshold) & (goals == 1)).sum(axis=1)
    lost = {bound: right[likeliest < bound].sum() for bound in BOUNDS}
    enough = right.sum() >= FEWEST
    return next((bound for bound in BOUNDS if enough and lost[bound] <= LOSS * right.sum()), 0.0)


def _f_measure(cost: Cost, beta: float) -> float:
    """The F measure of Van Rijsbergen (1979): recall weighs `beta` times as much as precision."""
    weighed = beta**2 * cost.precision + cost.recall
    return (1 + beta**2) * cost.precision * cost.recall / weighed if weighed else 0.0
