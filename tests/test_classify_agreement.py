"""How far readers agree: published examples, what never changes it, and how often its interval holds."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.measuring.agreement import (
    Agreement,
    Unit,
    agreement_of,
    cohens_kappa,
    krippendorffs_alpha,
    wilson,
)

ANSWERS = st.sampled_from("abcd")
PAIRS = st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=40)
READERS = st.integers(2, 4).flatmap(lambda n: st.lists(st.tuples(*[ANSWERS | st.none()] * n), min_size=1, max_size=30))


def pairs_of(table: Sequence[Sequence[int]]) -> tuple[list[str], list[str]]:
    """The answers behind a table: one reader's in rows, the other's in columns."""
    cells = [
        (str(row), str(column)) for row, line in enumerate(table) for column, n in enumerate(line) for _ in range(n)
    ]
    return [row for row, _ in cells], [column for _, column in cells]


def units(pairs: Sequence[tuple[str | None, ...]], group: int = 1) -> list[Unit]:
    return [Unit(pair, str(place // group)) for place, pair in enumerate(pairs)]


# Published examples


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # Cohen 1960, Educational and Psychological Measurement 20, page 37: 200 diagnoses
        ([[88, 10, 2], [14, 40, 6], [18, 10, 12]], 0.492),
        # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd edition 2003, table 18.1: 100 diagnoses
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.676),
        # Feinstein and Cicchetti, High agreement but low kappa, Journal of Clinical Epidemiology 43 (1990): both agree on
        # 85 of 100, once with even shares, once with uneven ones
        ([[40, 9], [6, 45]], 0.70),
        ([[80, 10], [5, 5]], 0.32),
    ],
)
def test_kappa_is_what_was_published(table: list[list[int]], kappa: float) -> None:
    assert cohens_kappa(*pairs_of(table)) == pytest.approx(kappa, abs=0.005)


# Krippendorff, Computing Krippendorff's alpha-reliability (2011), examples A to C: two readers and two answers, two
# readers and five, four readers who leave out some (a dot)
TWO = ("0100000010", "1110010000")
FIVE = ("aabbdcccedda", "babbbccceddd")
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


@pytest.mark.parametrize(("readers", "alpha"), [(TWO, 0.095), (FIVE, 0.692), (FOUR, 0.743)])
def test_alpha_is_what_was_published(readers: tuple[str, ...], alpha: float) -> None:
    answers = [[None if answer == "." else answer for answer in said] for said in readers]
    assert krippendorffs_alpha(answers) == pytest.approx(alpha, abs=0.0005)


def test_three_readers_and_more_are_compared_by_alpha() -> None:
    said = [tuple(None if answer == "." else answer for answer in column) for column in zip(*FOUR, strict=True)]
    found = agreement_of(units(said))
    assert found.coefficient == pytest.approx(0.743, abs=0.0005)
    assert (found.readers, found.units) == (4, 11)


def test_wilsons_interval_is_what_was_published() -> None:
    # Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=0.00005)
    assert wilson(0.0, 20) == pytest.approx((0.0, 0.1611), abs=0.00005)


# What never changes it


@given(PAIRS)
def test_it_does_not_matter_who_is_first(pairs: list[tuple[str, str]]) -> None:
    found, turned = agreement_of(units(pairs)), agreement_of(units([(second, first) for first, second in pairs]))
    assert turned.coefficient == pytest.approx(found.coefficient)
    assert turned.given == {answer: shares[::-1] for answer, shares in found.given.items()}


@given(PAIRS, st.permutations("abcd"))
def test_it_does_not_matter_what_the_answers_are_called(pairs: list[tuple[str, str]], names: list[str]) -> None:
    renamed = [(names["abcd".index(first)], names["abcd".index(second)]) for first, second in pairs]
    assert figures(agreement_of(units(renamed))) == figures(agreement_of(units(pairs)))


@given(READERS, st.randoms())
def test_it_does_not_matter_in_what_order_things_were_read(
    said: list[tuple[str | None, ...]], chance: random.Random
) -> None:
    shuffled = chance.sample(said, len(said))
    found, other = agreement_of(Unit(one) for one in said), agreement_of(Unit(one) for one in shuffled)
    assert other.coefficient == pytest.approx(found.coefficient)


@given(st.lists(ANSWERS, min_size=2, max_size=40).filter(lambda answers: len(set(answers)) > 1), st.integers(2, 4))
def test_readers_who_always_agree_have_one(answers: list[str], readers: int) -> None:
    assert agreement_of(Unit((answer,) * readers) for answer in answers).coefficient == 1.0


@given(READERS)
def test_it_is_never_above_one_and_its_interval_holds_it(said: list[tuple[str | None, ...]]) -> None:
    found = agreement_of(units(said, group=2))
    assert found.coefficient is None or -1.0 - 1e-9 <= found.coefficient <= 1.0
    if found.interval and found.coefficient is not None:
        assert found.interval.low - 1e-9 <= found.coefficient <= found.interval.high + 1e-9
        assert found.interval.high <= 1.0 + 1e-9


@given(READERS, st.integers(0, 30))
def test_what_only_one_reader_judged_counts_for_nothing(said: list[tuple[str | None, ...]], place: int) -> None:
    alone = ("a", *[None] * (len(said[0]) - 1))
    more = [*said[:place], alone, *said[place:]]
    assert agreement_of(Unit(one) for one in more) == agreement_of(Unit(one) for one in said)


def figures(found: Agreement) -> tuple[object, ...]:
    return found.units, found.observed, found.chance, found.coefficient, found.interval


# Where it is not defined, and the interval


@pytest.mark.parametrize("readers", [2, 3])
def test_where_everybody_always_says_the_same_thing_it_is_not_defined(readers: int) -> None:
    found = agreement_of(Unit(("accepted",) * readers) for _ in range(20))
    assert (found.coefficient, found.interval, found.observed, found.chance) == (None, None, 1.0, 1.0)


def test_of_nothing_nothing_is_said() -> None:
    found = agreement_of([Unit(("a", None)), Unit((None, "b"))])
    assert (found.units, found.coefficient, found.interval) == (0, None, None)


def test_of_a_few_things_or_one_passage_no_interval_is_given() -> None:
    pairs = [("a", "a"), ("b", "b"), ("a", "b")] * 4
    assert agreement_of(units(pairs[:9])).interval is None
    assert agreement_of(units(pairs, group=12)).interval is None
    assert agreement_of(units(pairs)).interval is not None


def test_full_agreement_on_a_few_things_is_not_sure_to_be_full() -> None:
    interval = agreement_of(units([("a", "a"), ("b", "b")] * 10)).interval
    assert interval is not None
    assert interval.low == pytest.approx(0.678, abs=0.001)
    assert interval.high == pytest.approx(1.0)


def test_passages_whose_proposals_go_together_widen_the_interval() -> None:
    pairs = [("a", "a")] * 10 + [("a", "b")] * 5 + [("b", "b")] * 10 + [("b", "a")] * 5
    alone, together = agreement_of(units(pairs)).interval, agreement_of(units(pairs, group=5)).interval
    assert alone is not None
    assert together is not None
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


@pytest.mark.parametrize(("share", "slip", "hard"), [(0.5, 0.04, 0.05), (0.85, 0.04, 0.3), (0.97, 0.04, 0.3)])
def test_the_interval_holds_the_truth_as_often_as_it_says(share: float, slip: float, hard: float) -> None:
    def passage(chance: random.Random, name: str) -> list[Unit]:
        wrong = 0.4 if chance.random() < hard else slip
        goals = [chance.random() < share for _ in range(chance.choice((1, 1, 2, 3)))]
        return [Unit(tuple(str(right ^ (chance.random() < wrong)) for _ in "AB"), name) for right in goals]

    def sample(chance: random.Random, passages: int) -> Agreement:
        return agreement_of(unit for number in range(passages) for unit in passage(chance, str(number)))

    chance = random.Random(6)
    truth = sample(chance, 60_000).coefficient
    assert truth is not None
    intervals = [sample(chance, 40).interval for _ in range(600)]
    held = sum(one is None or one.low <= truth <= one.high for one in intervals)
    assert held / len(intervals) >= 0.93  # 0.95, less two standard errors of 600 draws
