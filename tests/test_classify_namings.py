"""Mentions of goals by name are found, and the same words in ordinary prose are not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.goals.frameworks import Framework, Goal, load
from goalmap.classify.goals.namings import GoalNames

PURPOSE = GoalNames(load("purpose-goals"))
SDGS = GoalNames(load("un-sdgs"))
MISSIONS = GoalNames(load("levelling-up-missions"))
PILLARS = GoalNames(load("nhs-anchor"))

NAMINGS = [
    (PURPOSE, "This serves Goal 8 and Goals 8 and 11, or goals 1, 2 & 14.", ["Goal 8", "Goals 8 and 11", "goals 1, 2 & 14"]),
    (PURPOSE, "Purpose Goal 5 – Open recruitment is met by an open recruitment day.", ["Purpose Goal 5 – Open recruitment"]),
    (PURPOSE, "Levelling Up Goal 12: Building Homes & Sustainable Communities", ["Levelling Up Goal 12: Building Homes & Sustainable Communities"]),
    (PURPOSE, "We map our work to the Purpose Goals.", ["Purpose Goals"]),
    (PURPOSE, "It began under Extending Enterprise last year.", ["Extending Enterprise"]),
    (PURPOSE, "Good Health and Wellbeing", ["Good Health and Wellbeing"]),
    (PURPOSE, "Closing the digital divide: 40 laptops were given out.", ["Closing the digital divide"]),
    (PURPOSE, "GOOD HEALTH AND WELLBEING\nWe opened a clinic.", ["GOOD HEALTH AND WELLBEING"]),
    (PURPOSE, "Positive Destinations Post 16+ | 12 people", ["Positive Destinations Post 16+"]),
    (PURPOSE, "We offer good health and wellbeing support and open recruitment days.", []),
    (PURPOSE, "Good health and wellbeing matter to all of us.", []),
    (PURPOSE, "The Leeds Extending Enterprise Fund gave 12 grants.", []),
    (PURPOSE, "It won by 3 goals to 1, and the goal of the day came at 44 minutes.", []),
    (PURPOSE, "Our goal: 8% fewer miles; goal 8.5 and goal 88 are nobody's.", []),
    (SDGS, "SDG 4, SDG4 and SDGs 3 and 11", ["SDG 4", "SDG4", "SDGs 3 and 11"]),
    (SDGS, "Sustainable Development Goal 13 and target 4.1", ["Sustainable Development Goal 13", "target 4.1"]),
    (SDGS, "We support Zero Hunger, and read the Leeds Climate Action Plan.", ["Zero Hunger"]),
    (SDGS, "Score 16 | Target 9, and a target of 12,900 against target 12,900", []),
    (SDGS, "WASH in schools; no poverty of ideas", []),
    (MISSIONS, "Mission 7: Health and missions 3 and 4", ["Mission 7: Health", "missions 3 and 4"]),
    (MISSIONS, "Spending on R&D rose, as did research and development.", []),
    (MISSIONS, "Health and Housing are key to our mission. Crime fell.", []),
    (PILLARS, "Pillar 3 of the NHS anchor pillars", ["Pillar 3", "NHS anchor pillars"]),
]  # fmt: skip


@pytest.mark.parametrize(("names", "text", "expected"), NAMINGS, ids=[text for _, text, _ in NAMINGS])
def test_names_are_found_and_ordinary_prose_is_left(names: GoalNames, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in names.spans(text)] == expected


PIECES = (
    "Goal 8",
    "Goals 1, 2 and 3",
    "Open Recruitment",
    "good health",
    " – ",
    "\n",
    "Zero Hunger",
    "SDG 4",
    "é",
    "8",
)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8))).map("".join))
def test_a_masked_text_is_as_long_and_differs_in_names_alone(text: str) -> None:
    for names in (PURPOSE, SDGS):
        masked, spans = names.masked(text), names.spans(text)
        assert len(masked) == len(text)
        inside = {place for start, end in spans for place in range(start, end)}
        assert all(masked[place] == (" " if place in inside else text[place]) for place in range(len(text)))


def test_no_exemplar_of_a_shipped_framework_names_a_goal() -> None:
    for name, names in (("purpose-goals", PURPOSE), ("un-sdgs", SDGS), ("nhs-anchor", PILLARS)):
        for goal in load(name).goals:
            assert [text for text in goal.exemplars if names.spans(text)] == []


def test_any_framework_has_a_pattern() -> None:
    names = GoalNames(Framework("own", "Ziele (2030)", "1", (Goal("A.1+", "Wasser*"), Goal("b", "Luft"))))
    assert names.masked("goal A.1+ and Goal b: Luft") == re.sub(r"\S", " ", "goal A.1+") + " and " + " " * 12


def test_a_blank_alias_is_no_name() -> None:
    goals = (Goal("1", "Water", aliases=(" ", "")), Goal("2", "Air"))
    assert GoalNames(Framework("own", "Our goals", "1", goals, aliases=("",))).spans("Water and air, Goal 2") == [
        (15, 21)
    ]
