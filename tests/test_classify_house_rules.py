"""House rules: what was agreed in a house overrules the model, and says so."""

import numpy as np
import pytest

from goalmap.classify.goals.frameworks import Framework, Goal, HouseRule
from goalmap.classify.goals.house_rules import applied

GOALS = tuple(Goal(code, f"Goal {code}", exemplars=("a",)) for code in "123")
CODES = ("1", "2", "3")


def framework(*rules: HouseRule) -> Framework:
    return Framework("own", "Own", "1", GOALS, house_rules=rules)


OUTREACH = HouseRule(("school outreach", "visits to schools"), "1", "2", "agreed May 2026")


def test_a_phrase_moves_the_probability_to_the_agreed_goal() -> None:
    texts = ["Our School Outreach reached 40 classes.", "Our outreach reached 40 classes."]
    given = np.array([[0.8, 0.3, 0.1], [0.8, 0.3, 0.1]])
    found, notes = applied(framework(OUTREACH), texts, given, CODES, 0.5)
    assert found.tolist() == [[0.0, 0.8, 0.1], [0.8, 0.3, 0.1]]
    assert notes == ["House rule: “School Outreach” is 2, not 1 (agreed May 2026).", ""]
    assert given[0, 0] == 0.8


def test_the_agreed_goal_keeps_its_own_probability_where_that_is_higher() -> None:
    found, _ = applied(framework(OUTREACH), ["school outreach"], np.array([[0.6, 0.9, 0.0]]), CODES, 0.5)
    assert found.tolist() == [[0.0, 0.9, 0.0]]


def test_a_goal_that_would_not_be_proposed_is_left_alone() -> None:
    found, notes = applied(framework(OUTREACH), ["school outreach"], np.array([[0.4, 0.1, 0.0]]), CODES, 0.5)
    assert (found.tolist(), notes) == ([[0.4, 0.1, 0.0]], [""])


def test_rules_apply_one_after_the_other() -> None:
    rules = (OUTREACH, HouseRule(("visits to schools",), "2", "3"))
    found, notes = applied(framework(*rules), ["Two visits to schools."], np.array([[0.8, 0.0, 0.0]]), CODES, 0.5)
    assert found.tolist() == [[0.0, 0.0, 0.8]]
    assert notes[0].count("House rule") == 2


@pytest.mark.parametrize("codes", [("1",), ("2",)])
def test_a_rule_for_a_goal_that_the_model_does_not_know_has_no_effect(codes: tuple[str, ...]) -> None:
    found, notes = applied(framework(OUTREACH), ["school outreach"], np.array([[0.8]]), codes, 0.5)
    assert (found.tolist(), notes) == ([[0.8]], [""])


def test_without_rules_nothing_changes() -> None:
    given = np.array([[0.8, 0.3, 0.1]])
    assert applied(framework(), ["school outreach"], given, CODES, 0.5)[0] is given
