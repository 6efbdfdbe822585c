"""Auditing: what decisions say is weighted for what was looked at, and nothing is said of what was not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.measuring.auditing import Audit, OnRecord, Reviewed, Swap, audit, precision_of
from goalmap.report.wordings.audit_wording import audit_lines

GOALS = {"purpose-goals/3": "3 Positive destinations", "purpose-goals/8": "8 Good health and well-being"}

reviewed = st.builds(
    Reviewed,
    passage=st.uuids().map(str),
    document=st.sampled_from("ABCDE"),
    goal=st.sampled_from(sorted(GOALS)),
    score=st.floats(0, 1),
    stage=st.just("planned"),
    model=st.just("m"),
    verdict=st.sampled_from(("", "accepted", "rejected")),
).map(lambda one: replace(one, chosen=one.goal if one.verdict else ""))


def proposals(count: int, score: float, verdict: str = "", goal: str = "3", start: int = 0) -> Iterator[Reviewed]:
    """Proposals with the same score and verdict, each in a passage of its own, over four documents."""
    code = f"purpose-goals/{goal}"
    for number in range(start, start + count):
        passage = f"{goal}-{score}-{verdict}-{number}"
        yield Reviewed(passage, f"document {number % 4}", code, score, "planned", "m", verdict, code if verdict else "")


def audited(found: Iterable[Reviewed], threshold: float | None = None, **more: frozenset[tuple[str, str]]) -> Audit:
    return audit(OnRecord("purpose-goals", "Purpose Goals", GOALS, tuple(found), **more), threshold)


# Weights


def test_looking_at_the_surest_alone_does_not_flatter() -> None:
    found = [
        *proposals(10, 0.95, "accepted"),
        *proposals(80, 0.5),
        *proposals(3, 0.5, "accepted"),
        *proposals(7, 0.5, "rejected"),
    ]
    precision = precision_of(found)
    assert precision.right / precision.decided == pytest.approx(0.65)
    assert precision.value == pytest.approx((10 + 90 * 0.3) / 100)
    assert precision.covered == 100


def test_nothing_is_said_of_a_band_in_which_nothing_was_decided() -> None:
    precision = precision_of([*proposals(10, 0.95, "accepted"), *proposals(90, 0.5)])
    assert (precision.value, precision.covered, precision.proposed) == (1.0, 10, 100)


def test_one_goal_does_not_speak_for_another() -> None:
    precision = precision_of([*proposals(10, 0.95, "accepted"), *proposals(30, 0.95, goal="8")])
    assert precision.covered == 10


@given(st.lists(reviewed, max_size=40))
def test_where_all_is_decided_the_share_is_the_plain_one(found: list[Reviewed]) -> None:
    decided = [one for one in found if one.is_decided]
    precision = precision_of(decided)
    assert precision.covered == len(decided)
    if decided:
        assert precision.value == pytest.approx(precision.right / precision.decided)


@given(st.lists(reviewed, max_size=40).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_an_audit_does_not_depend_on_the_order_of_proposals(orders: tuple[list[Reviewed], list[Reviewed]]) -> None:
    one, other = map(precision_of, orders)
    assert one.value == pytest.approx(other.value)
    assert (one.interval, one.covered) == (other.interval, other.covered)
    assert one.decided <= one.covered <= one.proposed
    if one.interval:
        assert 0 <= one.interval.low <= one.interval.high <= 1


def test_an_interval_needs_ten_decisions_in_two_documents() -> None:
    few = list(proposals(9, 0.9, "accepted"))
    assert precision_of(few).interval is None
    many = [*proposals(8, 0.9, "accepted"), *proposals(4, 0.9, "rejected")]
    interval = precision_of(many).interval
    assert interval is not None
    assert interval.low <= 8 / 12 <= interval.high
    assert precision_of([replace(one, document="one") for one in many]).interval is None


# What reviewers said


def test_a_changed_goal_is_wrong_for_the_one_that_was_proposed() -> None:
    changed = [replace(one, verdict="changed", chosen="purpose-goals/8") for one in proposals(2, 0.9)]
    right = frozenset((one.passage, "purpose-goals/8") for one in changed)
    found = audited([*changed, *proposals(2, 0.9, "accepted", start=5)], right=right)
    (model,) = found.models
    assert model.by_goal["purpose-goals/3"].value == 0.5
    assert model.goals_changed == (Swap("purpose-goals/3", "purpose-goals/8", 2),)
    assert found.missed == {"purpose-goals/8": 2}


def test_a_goal_chosen_instead_that_is_also_proposed_is_not_missed() -> None:
    one = next(proposals(1, 0.9))
    wrong = replace(one, verdict="changed", chosen="purpose-goals/8")
    there = replace(one, goal="purpose-goals/8")
    assert audited([wrong, there], right=frozenset([(one.passage, "purpose-goals/8")])).missed == {}


def test_stages_that_reviewers_changed_are_told() -> None:
    kept, changed = proposals(2, 0.9, "accepted")
    (model,) = audited([replace(kept, stage_said="planned"), replace(changed, stage_said="delivered")]).models
    assert model.stages_changed == (Swap("planned", "delivered", 1),)
    assert model.stages_kept == 1


def test_probabilities_are_held_against_verdicts() -> None:
    (model,) = audited([*proposals(3, 0.75, "accepted"), *proposals(1, 0.75, "rejected")]).models
    assert model.calibration.error == pytest.approx(0)
    assert model.calibration.bins[0].right == 0.75


def test_a_threshold_shows_what_it_would_have_given() -> None:
    found = [*proposals(4, 0.9, "accepted"), *proposals(4, 0.5, "rejected"), *proposals(1, 0.5, "accepted")]
    right = frozenset((one.passage, one.goal) for one in found if one.is_right)
    plain, strict = audited(found, right=right), audited(found, 0.6, right=right)
    assert plain.models[0].overall.value == pytest.approx(5 / 9)
    assert strict.models[0].overall.value == 1
    assert (plain.missed, strict.missed) == ({}, {"purpose-goals/3": 1})


def test_each_model_is_audited_by_itself() -> None:
    old = [replace(one, model="old") for one in proposals(3, 0.9, "rejected", start=9)]
    models = audited([*proposals(2, 0.9, "accepted"), *old]).models
    assert [(model.model, model.overall.value) for model in models] == [("m", 1), ("old", 0)]


# What is shown


def test_recall_is_never_printed_as_if_it_had_been_measured() -> None:
    found = audited(proposals(3, 0.9, "accepted"))
    text = "\n".join(audit_lines([found]))
    assert "goalmap review audit --draw" in text
    assert "recall" not in text.casefold()
    assert found.to_dict()["recall"] is None


def test_the_lines_say_what_was_decided_and_what_not() -> None:
    text = "\n".join(audit_lines([audited([*proposals(3, 0.9, "accepted"), *proposals(2, 0.9, goal="8")])]))
    assert "8 Good health and well-being  -      nothing decided" in text
    assert "too few" in text
    assert "No reviewer found a goal that is not proposed." in text


def test_a_threshold_that_nothing_reaches_is_said() -> None:
    assert "no proposal reaches that probability" in "\n".join(
        audit_lines([audited(proposals(1, 0.4, "accepted"), 0.9)])
    )
