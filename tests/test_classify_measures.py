"""Measures: rates lie where they should, add up, and say how sure they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.measuring.measures import Guess, Measure, calibration_of, intervals_of

measures = st.builds(Measure, *[st.integers(0, 50)] * 3)
guesses = st.builds(Guess, st.floats(0, 1), st.booleans(), st.floats(0.5, 9))


@given(measures)
def test_every_rate_lies_between_0_and_1(measure: Measure) -> None:
    assert 0 <= measure.precision <= 1
    assert 0 <= measure.recall <= 1
    assert 0 <= measure.f1 <= 1


@given(measures)
def test_f1_lies_between_precision_and_recall(measure: Measure) -> None:
    if measure.hits:
        low, high = sorted((measure.precision, measure.recall))
        assert low - 1e-9 <= measure.f1 <= high + 1e-9


@given(st.lists(measures))
def test_measures_of_documents_add_up_in_any_order(documents: list[Measure]) -> None:
    assert sum(documents, Measure()) == sum(reversed(documents), Measure())


@given(st.lists(measures, max_size=8).flatmap(lambda one: st.tuples(st.just(one), st.permutations(one))))
def test_an_interval_does_not_depend_on_the_order_of_documents(orders: tuple[list[Measure], list[Measure]]) -> None:
    intervals = intervals_of(orders[0])
    assert intervals == intervals_of(orders[1])
    for interval in (intervals.precision, intervals.recall, intervals.f1):
        assert 0 <= interval.low <= interval.high <= 1


def test_an_interval_holds_the_f1_and_narrows_with_more_documents() -> None:
    few = [Measure(8, 2, 2), Measure(2, 4, 4), Measure(5, 1, 0)]
    f1 = sum(few, Measure()).f1
    one, many = intervals_of(few).f1, intervals_of(few * 20).f1
    assert one.low <= f1 <= one.high
    assert many.high - many.low < one.high - one.low


@given(st.lists(guesses, max_size=60))
def test_calibration_errors_lie_between_0_and_1(given_guesses: list[Guess]) -> None:
    calibration = calibration_of(given_guesses)
    assert 0 <= calibration.error <= 1
    assert 0 <= calibration.brier <= 1


def test_probabilities_that_come_true_as_often_as_they_say_are_calibrated() -> None:
    calibration = calibration_of([Guess(0.75, right) for right in (True, True, True, False)])
    assert calibration.error == 0
    assert calibration.brier == pytest.approx(0.1875)


def test_calibration_weighs_each_bin_by_its_guesses() -> None:
    guesses = [Guess(0.95, False), Guess(0.05, False), Guess(0.05, False), Guess(0.05, False)]
    assert calibration_of(guesses).error == pytest.approx((0.95 + 3 * 0.05) / 4)


def test_a_bin_says_what_was_promised_and_what_came_true() -> None:
    calibration = calibration_of([Guess(0.91, True), Guess(0.99, False), Guess(1.0, True), Guess(0.2, False)])
    low, high = calibration.bins
    assert (low.low, low.high, low.n, low.right) == (0.2, 0.3, 1, 0)
    assert low.mean == pytest.approx(0.2)
    assert (high.low, high.high, high.n) == (0.9, 1.0, 3)
    assert high.mean == pytest.approx((0.91 + 0.99 + 1.0) / 3)
    assert high.right == pytest.approx(2 / 3)


@given(st.lists(guesses, min_size=1, max_size=20), st.integers(2, 5))
def test_a_guess_that_weighs_as_much_as_several_counts_as_several(given_guesses: list[Guess], times: int) -> None:
    first, *others = given_guesses
    weighted = calibration_of([first._replace(weight=first.weight * times), *others])
    repeated = calibration_of([*[first] * times, *others])
    assert weighted.error == pytest.approx(repeated.error)
    assert weighted.brier == pytest.approx(repeated.brier)


def test_a_rate_with_nothing_to_measure_in_some_samples_is_bounded_by_the_others() -> None:
    interval = intervals_of([Measure(hits=1), *[Measure()] * 9])
    assert (interval.f1.low, interval.f1.high) == (1, 1)
