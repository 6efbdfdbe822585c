"""Weighing: signs become probabilities, what is not known does not count, a threshold is chosen by what it costs."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from goalmap.classify.model.heads import STAGES, UNKNOWN, Margins, any_of, fit_head
from goalmap.classify.model.opinions import Opinions
from goalmap.classify.model.weighing import Cost, Signs, best_threshold, cost_of, costs_of, fit_weighing

RANDOM = np.random.default_rng(0)
TEXTS, GOALS = 500, 4
TRUTH = (RANDOM.random((TEXTS, GOALS)) < 0.2).astype(int)
STAGED = np.eye(len(STAGES), dtype=int)[RANDOM.integers(0, len(STAGES), TEXTS)]
WEIGHTS = np.ones(TEXTS)


def signs(noise: float, opinions: bool = True) -> Signs:
    """Margins that follow the truth, with noise."""

    def like(truth: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(4 * truth - 2 + noise * RANDOM.normal(size=truth.shape))

    active = TRUTH.max(axis=1)
    margins = Margins(like(TRUTH), like(active), like(TRUTH) / 8, like(STAGED))
    said = Opinions(like(TRUTH), like(active), like(STAGED)) if opinions else None
    return Signs(margins, TRUTH.astype(float), said)


@pytest.mark.parametrize("opinions", [True, False])
def test_signs_that_follow_the_truth_give_the_truth(opinions: bool) -> None:
    known = signs(0.5, opinions)
    predicted = fit_weighing(known, TRUTH, STAGED, WEIGHTS).predict(known)
    assert ((predicted.goals > 0.5) == TRUTH).mean() > 0.97
    assert ((predicted.activity > 0.5) == TRUTH.any(axis=1)).mean() > 0.97
    assert np.mean([stage == STAGES[row.argmax()] for stage, row in zip(predicted.stages, STAGED, strict=True)]) > 0.97


def test_probabilities_are_as_sure_as_the_signs_are_good() -> None:
    known = signs(4.0)
    predicted = fit_weighing(known, TRUTH, STAGED, WEIGHTS).predict(known).goals
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.0)):
        inside = (predicted >= low) & (predicted < high)
        if inside.sum() > 30:
            assert abs(predicted[inside].mean() - TRUTH[inside].mean()) < 0.12


def test_what_is_unknown_teaches_nothing() -> None:
    known, half = signs(1.0), TRUTH.copy()
    half[: TEXTS // 2, 0] = UNKNOWN
    wrong = TRUTH.copy()
    wrong[: TEXTS // 2, 0] = 1 - wrong[: TEXTS // 2, 0]
    as_told = fit_weighing(known, half, STAGED, WEIGHTS).predict(known).goals
    misled = fit_weighing(known, wrong, STAGED, WEIGHTS).predict(known).goals
    assert np.abs(as_told - TRUTH).mean() < np.abs(misled - TRUTH).mean()


def test_a_text_serves_some_goal_none_or_nobody_knows() -> None:
    rows = np.array([[1, UNKNOWN], [0, 0], [0, UNKNOWN]])
    assert list(any_of(rows)) == [1, 0, UNKNOWN]


def test_nothing_is_learnt_where_all_are_alike() -> None:
    assert fit_head(np.ones((3, 2)), np.array([1, 1, UNKNOWN]), np.ones(3)) is None


def cost(threshold: float, precision: float, recall: float) -> Cost:
    return Cost(threshold, precision, recall, 2 * precision * recall / (precision + recall), 0.0)


def test_where_f1_is_flat_the_middle_threshold_is_best() -> None:
    costs = [cost(0.2, 0.6, 0.8), cost(0.3, 0.8, 0.8), cost(0.4, 0.8, 0.8), cost(0.5, 0.8, 0.8), cost(0.6, 0.9, 0.5)]
    assert best_threshold(costs, "activities") == 0.4


def test_where_topics_count_more_is_found_for_some_precision() -> None:
    costs = [cost(0.2, 0.70, 0.86), cost(0.4, 0.80, 0.77)]
    assert (best_threshold(costs, "activities"), best_threshold(costs, "topics")) == (0.4, 0.2)


def test_a_higher_threshold_never_finds_more() -> None:
    known = signs(2.0)
    costs = costs_of(fit_weighing(known, TRUTH, STAGED, WEIGHTS).predict(known).goals, TRUTH)
    recalls = [cost.recall for cost in costs]
    assert recalls == sorted(recalls, reverse=True)
    assert [cost.proposed_without_goal for cost in costs] == sorted(
        (cost.proposed_without_goal for cost in costs), reverse=True
    )


def test_a_text_of_which_not_all_is_known_is_not_counted_as_empty() -> None:
    cost = cost_of(np.array([[0.9, 0.1]]), np.array([[UNKNOWN, 0]]), 0.5)
    assert (cost.precision, cost.proposed_without_goal) == (0.0, 0.0)
