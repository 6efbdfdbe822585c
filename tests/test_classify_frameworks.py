"""Frameworks as data: the shipped ones hold what they promise, a broken one is refused with the reason."""

import pytest

from goalmap.classify import frameworks
from goalmap.classify.frameworks import load, parse
from goalmap.ingest.errors import FrameworkProblem, UnknownName

GOALS = {"purpose-goals": 14, "purpose-goals-15": 15, "un-sdgs": 17, "levelling-up-missions": 12, "nhs-anchor": 5}


def minimal(**changes: object) -> dict[str, object]:
    goals = [{"code": "1", "name": "One"}, {"code": "2", "name": "Two"}]
    return {"id": "own", "name": "Own goals", "version": "1", "goals": goals, **changes}


def test_the_shipped_frameworks_are_listed_by_name() -> None:
    assert set(frameworks.names()) == set(GOALS)


@pytest.mark.parametrize(("name", "count"), GOALS.items())
def test_a_shipped_framework_has_its_published_number_of_goals(name: str, count: int) -> None:
    assert len(load(name).goals) == count


@pytest.mark.parametrize("name", [name for name in GOALS if name != "purpose-goals-15"])
def test_every_shipped_goal_has_a_scope_cues_and_exemplars(name: str) -> None:
    for goal in load(name).goals:
        assert goal.scope, goal.label
        assert len(goal.cues) >= 20, goal.label
        assert len(goal.exemplars) >= 5, goal.label


def test_no_exemplar_names_its_own_goal() -> None:
    for name in GOALS:
        for goal in load(name).goals:
            if len(goal.name.split()) > 2:  # "Health" is a word like others, "Good health and wellbeing" is a name
                assert not any(goal.name.casefold() in text.casefold() for text in goal.exemplars), goal.label


def test_the_fifteenth_purpose_goal_is_marked_as_having_no_published_scope() -> None:
    assert load("purpose-goals-15").goal("15").status == "unpublished scope"
    assert load("purpose-goals-15").goals[:14] == load("purpose-goals").goals


def test_an_unknown_framework_is_answered_with_those_there_are() -> None:
    with pytest.raises(
        UnknownName, match=r"No framework is called 'sdg'\. There are: levelling-up-missions, nhs-anchor"
    ):
        load("sdg")


def test_a_path_is_no_framework_name() -> None:
    with pytest.raises(UnknownName):
        load("../models/purpose-goals")


def test_the_rule_between_two_goals_is_found_from_either_side() -> None:
    purpose = load("purpose-goals")
    assert purpose.rule_between("3", "4") is not None
    assert purpose.rule_between("3", "4") in {rule.rule for code in "34" for rule in purpose.goal(code).contrasts}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": ""}, "lacks version"),
        ({"goals": [{"code": "1"}]}, "lacks 'name'"),
        ({"goals": [{"code": "1", "name": "a"}, {"code": "1", "name": "b"}]}, "two goals with the same code"),
        ({"counts": "mentions"}, "must count activities or topics"),
        ({"goals": [{"code": "1", "name": "a", "contrasts": [{"goal": "9", "rule": "?"}]}]}, "not there: 9"),
        ({"goals": [{"code": "1.1", "name": "a", "parent": "1"}]}, "not there: 1"),
    ],
)
def test_a_framework_that_breaks_a_rule_is_refused_with_the_reason(changes: dict[str, object], message: str) -> None:
    with pytest.raises(FrameworkProblem, match=message):
        parse(minimal(**changes))
