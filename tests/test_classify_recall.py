"""How much was found: the interval holds the truth as often as it says, and is no wider than it must be."""

from collections import Counter
from math import comb

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import gamma

from goalmap.classify.measuring.recall import (
    LEAST,
    LOWER_SHARE,
    Room,
    Sighted,
    Stratum,
    allocation,
    further,
    missed_of,
    recall,
)

FOLDERS = {
    "nothing is missed": ((1000,), (0,), (100,), 30),
    "as much as a sample can overlook": ((1000,), (38,), (100,), 30),
    "rare": ((900, 60, 30, 10), (4, 1, 1, 0), (80, 30, 20, 10), 12),
    "common": ((900, 60, 30, 10), (40, 15, 12, 6), (80, 30, 20, 10), 60),
    "mostly where nobody would look": ((9000, 600, 300, 100), (60, 5, 0, 0), (200, 50, 40, 30), 140),
    "mostly where scores are high": ((800, 200, 150, 100), (8, 16, 60, 70), (120, 80, 70, 50), 300),
    "a stratum that is hardly looked at": ((400, 100, 50), (8, 8, 8), (150, 5, 5), 40),
    "everything is looked at": ((50, 20), (6, 9), (50, 20), 15),
}
"""Passages in each stratum, how many of them are missed, how many are drawn, and how many others were found."""


def test_a_bound_of_one_stratum_is_exact() -> None:
    """As large as can be believed: one more would hardly show so few."""
    for size, looked_at, shown in ((100, 20, 0), (100, 20, 3), (1000, 100, 4), (30, 10, 9)):
        high = missed_of(one_goal(30, Stratum(size, looked_at, (shown,)))).high
        error = 0.05 / 2 * LOWER_SHARE
        assert chance_of_at_most(shown, size, shown + int(high), looked_at) > error
        assert chance_of_at_most(shown, size, shown + int(high) + 1, looked_at) <= error


def chance_of_at_most(shown: int, size: int, there: int, looked_at: int) -> float:
    ways = sum(comb(there, few) * comb(size - there, looked_at - few) for few in range(shown + 1))
    return ways / comb(size, looked_at)


def test_bounds_of_small_samples_are_those_of_fay_and_feuer() -> None:
    """They add weighted counts by a gamma distribution, with no regard to what is left."""
    strata = (Stratum(60_000, 200, (2,)), Stratum(20_000, 200, (5,)), Stratum(5_000, 100, (0,)))
    weights = [stratum.size / stratum.looked_at for stratum in strata]
    shown = [sum(stratum.missed) for stratum in strata]
    total = sum(weight * count for weight, count in zip(weights, shown, strict=True)) + max(weights)
    variance = sum(weight**2 * count for weight, count in zip(weights, shown, strict=True)) + max(weights) ** 2
    fitted = gamma.ppf(1 - 0.05 / 2 * LOWER_SHARE, total**2 / variance, scale=variance / total)
    assert missed_of(one_goal(100, *strata)).high == pytest.approx(fitted, rel=0.02)


def test_nothing_is_left_where_all_was_looked_at() -> None:
    told = recall(one_goal(40, Stratum(50, 50, (3,)), Stratum(20, 20)))
    assert (told.missed.low, told.missed.point, told.missed.high) == (0, 0, 0)
    assert told.value == 1
    assert told.reaches(1)


def test_where_nothing_was_looked_at_everything_may_be_missed() -> None:
    told = recall(Sighted(30, 4, 3.1, (Stratum(200, 0),), unframed=50))
    assert told.missed.high == 254
    assert told.value is None
    assert not told.reaches(0.2)
    assert Sighted(30, 4, 3.1, (Stratum(200, 0),), unframed=50).unseen == 250


def test_all_that_waits_may_be_right_and_passages_that_came_since_may_miss_it() -> None:
    seen = Stratum(100, 100)
    assert missed_of(Sighted(30, 7, 2.5, (seen,))).high == 7
    assert missed_of(Sighted(30, 7, 2.5, (seen,))).point == 2.5
    assert missed_of(Sighted(30, 0, 0.0, (seen,), unframed=9)).high == 9
    assert missed_of(Sighted(30, 0, 0.0, (seen,), unframed=9, together=2)).high == 18


def test_a_goal_that_was_not_found_has_no_recall() -> None:
    told = recall(one_goal(0, Stratum(100, 50)))
    assert (told.value, told.interval) == (None, None)
    assert told.missed.high > 0
    assert not told.reaches(0.1)
    assert recall(one_goal(0, Stratum(100, 100))).reaches(0.9)


def test_looking_again_costs_confidence() -> None:
    sighted = one_goal(60, Stratum(1000, 200, (3,)))
    bounds = [recall(sighted, look=look).interval for look in (1, 2, 3, 4)]
    lows = [bound.low for bound in bounds if bound]
    assert lows == sorted(lows, reverse=True)
    assert lows[0] > lows[-1]


@given(
    st.lists(st.tuples(st.integers(1, 400), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=4),
    st.integers(1, 200),
    st.integers(0, 20),
)
@example([(45, 0.03125, 1.0), (45, 0.03125, 1.0)], 1, 0)
def test_what_is_probable_lies_within_the_bounds_and_more_to_decide_never_raises_them(
    drawn: list[tuple[int, float, float]], found: int, waiting: int
) -> None:
    strata = [Stratum(size, round(size * share), (round(size * share * part),)) for size, share, part in drawn]
    told = recall(Sighted(found, waiting, waiting / 2, tuple(strata)))
    assert told.interval
    assert 0 <= told.interval.low <= told.interval.high <= 1
    assert told.missed.low <= told.missed.high
    if told.value is not None:
        assert told.interval.low - 1e-9 <= told.value <= told.interval.high + 1e-9
    more = recall(Sighted(found, waiting + 1, waiting / 2 + 0.5, tuple(strata))).interval
    assert more
    assert more.low <= told.interval.low


# How often the interval holds


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_interval_holds_the_truth_at_least_as_often_as_it_says(folder: str) -> None:
    held, bound_held, _ = coverage(folder, 300)
    assert held >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 300)
    assert bound_held >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 300)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_interval_holds_the_truth_in_many_samples(folder: str) -> None:
    held, bound_held, width = coverage(folder, 4000)
    print(f"{folder}: intervals {held:.4f}, bounds {bound_held:.4f}, mean width {width:.2f}")
    assert held >= 0.975 - 3 * np.sqrt(0.025 * 0.975 / 4000), "the first look may use half of the error"
    assert bound_held >= 0.9775 - 3 * np.sqrt(0.0225 * 0.9775 / 4000)


@pytest.mark.slow
def test_an_interval_is_wrong_sometimes() -> None:
    """Or it would be wider than it must be."""
    assert coverage("as much as a sample can overlook", 4000)[1] < 0.995


def coverage(folder: str, audits: int) -> tuple[float, float, float]:
    """How often intervals held, how often their lower ends did, and their mean width."""
    sizes, there, drawn, found = FOLDERS[folder]
    rng = np.random.default_rng(20261122)
    held = bound_held = 0
    width = 0.0
    for _ in range(audits):
        shown = [int(rng.hypergeometric(m, n - m, k)) for n, m, k in zip(sizes, there, drawn, strict=True)]
        strata = [Stratum(n, k, (x,)) for n, k, x in zip(sizes, drawn, shown, strict=True)]
        told = recall(one_goal(found + sum(shown), *strata)).interval
        assert told
        truth = (found + sum(shown)) / (found + sum(there))
        bound_held += told.low <= truth + 1e-9
        held += told.low <= truth + 1e-9 and truth - 1e-9 <= told.high
        width += told.high - told.low
    return held / audits, bound_held / audits, width / audits


@pytest.mark.parametrize("audits", [150, pytest.param(2000, marks=pytest.mark.slow)])
def test_who_draws_until_the_bound_is_met_stops_rightly(audits: int) -> None:
    """The truth lies just below the target as long as possible, where stopping is a mistake."""
    rng = np.random.default_rng(20261122)
    wrong = 0
    for _ in range(audits):
        missed = rng.permutation(np.repeat([True, False], [40, 1960]))
        for look, drawn in enumerate((100, 160, 250, 400, 650, 1000), start=1):
            shown = int(missed[:drawn].sum())
            found = 120 + shown
            if recall(one_goal(found, Stratum(2000, drawn, (shown,))), look=look).reaches(0.8):
                wrong += found / 160 < 0.8
                break
    assert wrong / audits <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / audits)


@pytest.mark.parametrize("audits", [200, pytest.param(2000, marks=pytest.mark.slow)])
def test_passages_that_miss_several_goals_at_once_are_counted_as_they_come(audits: int) -> None:
    rng = np.random.default_rng(20261122)
    at_once = np.array([0] * 940 + [1] * 42 + [2] * 14 + [3] * 4)
    held = 0
    for _ in range(audits):
        shown = rng.permutation(at_once)[:150]
        times = Counter(int(goals) for goals in shown if goals)
        counts = tuple(times[goals] for goals in range(1, max(times, default=0) + 1))
        told = recall(Sighted(300, 0, 0.0, (Stratum(1000, 150, counts),), together=max(2, len(counts)))).missed
        held += told.low <= at_once.sum() - shown.sum() <= told.high
    assert held / audits >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / audits)


# Drawing


@given(
    st.dictionaries(
        st.integers(0, 3), st.tuples(st.integers(1, 300), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=4
    ),
    st.integers(0, 200),
)
def test_as_many_are_drawn_as_are_wanted_and_there(rooms: dict[int, tuple[int, float, float]], more: int) -> None:
    known = {stratum: Room(size, score, int(size * part)) for stratum, (size, score, part) in rooms.items()}
    drawn = Counter(allocation(known, more))
    room = {stratum: one.size - one.drawn for stratum, one in known.items()}
    assert drawn.total() == min(more, sum(room.values()))
    assert all(drawn[stratum] <= room[stratum] for stratum in room)


def test_strata_that_may_hold_more_are_looked_at_more_closely_and_none_is_forgotten() -> None:
    rooms = {0: Room(900, 0.0), 1: Room(60, 0.04), 2: Room(30, 0.13), 3: Room(8, 0.3)}
    drawn = Counter(allocation(rooms, 100))
    shares = [drawn[stratum] / room.size for stratum, room in rooms.items()]
    assert shares == sorted(shares)
    assert min(drawn.values()) >= LEAST


def test_drawing_on_keeps_the_plan_of_a_larger_draw() -> None:
    rooms = {0: Room(900, 0.0), 1: Room(60, 0.04), 2: Room(30, 0.13)}
    first = Counter(allocation(rooms, 60))
    grown = {stratum: Room(room.size, room.score, first[stratum]) for stratum, room in rooms.items()}
    assert first + Counter(allocation(grown, 60)) == Counter(allocation(rooms, 120))


def test_what_is_advised_to_draw_is_enough_if_things_go_on_as_they_were() -> None:
    before = Sighted(150, 10, 8.0, (Stratum(1000, 100, (1,)), Stratum(100, 40, (4,))))
    more = further(before, 0.8)
    assert more
    part = more / 960
    after = tuple(
        Stratum(one.size, one.looked_at + part * one.left, (one.missed[0] * (1 + part * one.left / one.looked_at),))
        for one in before.strata
    )
    gained = before.strata[0].likely + before.strata[1].likely - after[0].likely - after[1].likely
    assert not recall(before).reaches(0.8)
    assert recall(Sighted(158 + gained, 0, 0.0, after), look=2).reaches(0.8)
    assert further(Sighted(0, 0, 0.0, (Stratum(1000, 100),))) is None


def one_goal(found: int, *strata: Stratum) -> Sighted:
    return Sighted(found, 0, 0.0, strata)
