"""Frameworks as data: the shipped ones hold what they promise, a broken one is refused with the reason."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goalmap.classify.goals import frameworks
from goalmap.classify.goals.advice import advice, checked
from goalmap.classify.goals.frameworks import HouseRule, find, load, parse, read
from goalmap.classify.goals.template import template
from goalmap.classify.goals.versions import changes, successors
from goalmap.ingest.errors import FrameworkProblem, UnknownName

GOALS = {"purpose-goals": 14, "purpose-goals-15": 15, "un-sdgs": 17, "levelling-up-missions": 12, "nhs-anchor": 5}


def minimal(**changes: object) -> dict[str, object]:
    goals = [{"code": "1", "name": "One"}, {"code": "2", "name": "Two"}]
    return {"id": "own", "name": "Own goals", "version": "1", "goals": goals, **changes}


EXTENSION = """
id = "ours"
name = "Ours"
version = "1"
extends = "purpose-goals"

[[house_rules]]
phrases = ["school outreach"]
from = "4"
to = "2"
note = "agreed May 2026"
"""


def test_the_shipped_frameworks_are_listed_by_name() -> None:
    assert set(frameworks.names()) == set(GOALS)


@pytest.mark.parametrize(("name", "count"), GOALS.items())
def test_a_shipped_framework_has_its_published_number_of_goals(name: str, count: int) -> None:
    assert len(load(name).children(None)) == count


@pytest.mark.parametrize("name", [name for name in GOALS if name != "purpose-goals-15"])
def test_every_shipped_goal_has_a_scope_cues_and_exemplars(name: str) -> None:
    for goal in load(name).children(None):
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
    assert "15" not in load("purpose-goals-15").taught


def test_goals_below_others_are_there_to_be_chosen_and_not_taught() -> None:
    framework = load("un-sdgs")
    assert [goal.code for goal in framework.children("4")][:2] == ["4.1", "4.2"]
    assert set(framework.taught) == {goal.code for goal in framework.children(None)}


@pytest.mark.parametrize("name", GOALS)
def test_a_shipped_framework_needs_hardly_any_advice(name: str) -> None:
    assert len(checked(name).advice) <= 1, checked(name).advice


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


def goal(code: str, **changes: object) -> dict[str, object]:
    return {"code": code, "name": f"Goal {code}", **changes}


BROKEN = [
    ({"version": ""}, "lacks version"),
    ({"goals": [{"code": "1"}]}, "goal 1: It lacks 'name'"),
    ({"name": "  "}, "lacks name"),
    ({"goals": [goal("1", name=" ")]}, "goal 1: It lacks 'name'"),
    ({"goals": [goal("1"), goal("1")]}, "two goals with the same code"),
    ({"goals": [goal("a b")]}, "no spaces"),
    ({"goals": [goal(4.1)]}, 'write it in quotes: code = "4.1"'),  # type: ignore[arg-type]
    ({"goals": {"code": "1"}}, r"goals must be tables: \[\[goals\]\]"),
    ({"goals": [goal("1", exemplars="one text")]}, "exemplars must be a list of texts"),
    ({"goals": [goal("1", scope=["a", "b"])]}, "scope must be a text in quotes"),
    ({"goals": [goal("1", near_misses=[{"goals": ["1"]}])]}, "A row of near_misses lacks 'text'"),
    ({"goals": [goal("1", near_misses=[{"text": "a", "goals": ["9"]}])]}, "not there: 9"),
    ({"goals": [goal("1", contrasts=[{"goal": "9", "rule": "?"}])]}, "not there: 9. There are: 1"),
    ({"goals": [goal("1", contrasts=[{"goal": "1", "rule": "?"}])]}, "in contrast to itself"),
    ({"goals": [goal("1.1", parent="1")]}, "not there: 1"),
    ({"goals": [goal("1", parent="2"), goal("2", parent="1")]}, "its own parent"),
    ({"counts": "mentions"}, "must count activities or topics"),
    ({"id": "Our goals"}, "small letters, digits and hyphens"),
    ({"house_rules": [{"phrases": ["a"], "from": "1", "to": "9"}]}, "not there: 9"),
    ({"house_rules": [{"phrases": ["a"], "from": "1", "to": "1"}]}, "to itself"),
    ({"house_rules": [{"phrases": [" "], "from": "1", "to": "2"}]}, "no phrases"),
    ({"house_rules": [{"from": "1", "to": "2"}]}, "A row of house_rules lacks 'phrases'"),
    ({"predecessors": [{"framework": "old", "from": "1", "to": "9", "relation": "same"}]}, "not there: 9"),
    ({"crosswalk": [{"framework": "un-sdgs", "from": "1", "to": "4", "relation": "like"}]}, "There are: same, broader"),
]


@pytest.mark.parametrize(("changes", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_a_framework_that_breaks_a_rule_is_refused_with_the_reason(changes: dict[str, object], message: str) -> None:
    with pytest.raises(FrameworkProblem, match=message):
        parse(minimal(**changes))


def test_all_faults_are_told_at_once_with_their_lines() -> None:
    text = 'id = "own"\nname = "Own"\nversion = "1"\n\n[[goals]]\ncode = "1"\n\n[[goals]]\ncode = "2"\nname = 2\n'
    with pytest.raises(FrameworkProblem) as problem:
        read(text)
    assert str(problem.value).splitlines()[1:] == [
        "- line 5, goal 1: It lacks 'name'.",
        "- line 10, goal 2: name must be a text in quotes.",
    ]


def test_a_file_that_is_no_toml_is_answered_with_the_place() -> None:
    with pytest.raises(FrameworkProblem, match="at line 2, column 8"):
        read('id = "own"\nname = Own\n')


JUNK: tuple[object, ...] = (7, 4.5, True, "", "no such", [], [1], ["x"], {}, [{}], {"a": 1})


def spoilt(data: dict[str, object]) -> Iterator[dict[str, object]]:
    """The data with one thing in it replaced by junk, or left out, for all things in it."""
    paths = list(paths_in(data))
    for path in paths:
        for junk in JUNK:
            copy = json.loads(json.dumps(data))
            part = copy
            for step in path[:-1]:
                part = part[step]
            part[path[-1]] = junk
            yield copy


def paths_in(data: object, path: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield (*path, key)
        yield from paths_in(part, (*path, key))


def test_junk_anywhere_is_refused_with_a_reason_or_does_no_harm() -> None:
    rows = [{"framework": "un-sdgs", "from": "1", "to": "1", "relation": "same"}]
    rules = [{"phrases": ["a"], "from": "1", "to": "2"}]
    data = tomllib.loads(template("ours", None, "ours.toml"))
    refused = 0
    for broken in spoilt({**data, "crosswalk": rows, "predecessors": rows, "house_rules": rules, "extends": ""}):
        try:
            list(advice(parse(broken), broken))
        except (FrameworkProblem, UnknownName):
            refused += 1
    assert refused > 500


# Frameworks that extend others


def test_a_framework_that_extends_another_takes_over_its_goals_and_its_model() -> None:
    framework, base = read(EXTENSION), load("purpose-goals")
    assert (framework.goals, framework.counts, framework.model) == (base.goals, base.counts, "purpose-goals")
    assert framework.house_rules == (HouseRule(("school outreach",), "4", "2", "agreed May 2026"),)
    assert "Levelling Up Goals" in framework.aliases


def test_a_goal_that_is_written_anew_stands_in_the_old_place_and_asks_for_a_model_of_its_own() -> None:
    framework = read(
        EXTENSION + '[[goals]]\ncode = "4"\nname = "Advice"\nexemplars = ["A fair for 40 pupils was held."]\n'
    )
    assert framework.codes == load("purpose-goals").codes
    assert framework.goal("4").name == "Advice"
    assert framework.model == "ours"


def test_a_framework_is_found_by_name_or_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("\ufeff" + EXTENSION, encoding="utf-8")
    found = find(str(tmp_path / "ours.toml"))
    assert found.framework.id == "ours"
    assert found.toml is not None
    assert read(found.toml) == found.framework
    assert find("nhs-anchor").toml is None


# Advice

GOOD = {
    "scope": "Rivers.",
    "question": "Is a river cleaned?",
    "exemplars": [f"In month {number} volunteers cleared the bank of {number} tonnes." for number in range(3)],
}
WISHES = [
    ({"scope": ""}, "It has no scope"),
    ({"question": ""}, "It has no question"),
    ({"exemplars": []}, "It has no exemplars"),
    ({"exemplars": ["Volunteers cleared the bank of two tonnes."]}, r"too few exemplars \(1\)"),
    ({"exemplars": [*GOOD["exemplars"], "Clean rivers"]}, "is the goal's name"),
    ({"exemplars": [*GOOD["exemplars"], "Volunteers cleared the bank, as Goal 1 asks."]}, "names a goal"),
    ({"exemplars": [*GOOD["exemplars"], "Rivers cleaned."]}, "is very short"),
    ({"exemplars": [*GOOD["exemplars"], "Every Thursday lunch is shared by forty."]}, "an exemplar of 1 and an exemplar of 2"),
    ({"cues": ["river"], "not_cues": ["River"]}, "both a cue and a misleading phrase"),
    ({"cues": ["shared lunch"]}, "speaks for goal 2 too"),
    ({"exemplar": ["text"]}, "Nothing reads 'exemplar'. Is 'exemplars' meant"),
]  # fmt: skip


def file_of(tmp_path: Path, **changes: object) -> str:
    """A framework file of two good goals but for what is changed in the first."""
    second = {
        "code": "2",
        "name": "Lunch",
        **GOOD,
        "cues": ["shared lunch"],
        "exemplars": [
            "Every Thursday lunch is shared by forty.",
            "Lunch was cooked for 12.",
            "A lunch club will open.",
        ],
    }
    nothing = [f"The minutes of meeting {number} were agreed." for number in range(6)]
    data = minimal(goals=[{"code": "1", "name": "Clean rivers", **GOOD, **changes}, second], nothing=nothing)
    path = tmp_path / "own.toml"
    path.write_text(toml_of(data))
    assert tomllib.loads(path.read_text()) == data
    return str(path)


def toml_of(data: dict[str, object]) -> str:
    goals = data.pop("goals")
    assert isinstance(goals, list)
    lines = [f"{key} = {json.dumps(value)}" for key, value in data.items()]
    for one in goals:
        lines += ["", "[[goals]]", *(f"{key} = {json.dumps(value)}" for key, value in one.items())]
    data["goals"] = goals
    return "\n".join(lines) + "\n"


def test_a_good_framework_gets_no_advice(tmp_path: Path) -> None:
    assert checked(file_of(tmp_path)).advice == ()


@pytest.mark.parametrize(("changes", "message"), WISHES, ids=[message for _, message in WISHES])
def test_what_would_make_a_goal_better_is_told_with_its_line(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    found = checked(file_of(tmp_path, **changes)).advice
    assert len(found) == 1, found
    assert re.search(message, str(found[0]))
    assert found[0].line in range(7, 16)


def test_a_framework_without_texts_that_serve_nothing_is_advised_to_have_some() -> None:
    assert any("`nothing`" in one.what for one in advice(parse(minimal())))


def test_an_extension_is_advised_on_what_is_its_own_alone(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(EXTENSION.replace('"ours"', '"un-sdgs"'))
    assert [one.what.split(":")[0] for one in checked(str(tmp_path / "ours.toml")).advice] == [
        "A framework that is shipped has the id 'un-sdgs'"
    ]


@pytest.mark.parametrize("base", [None, *GOALS])
def test_a_new_file_can_be_used_as_it_is(tmp_path: Path, base: str | None) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(template("ours", base, str(path)))
    found = checked(str(path))
    assert (found.faults, found.advice) == ((), ())
    assert "@" not in path.read_text()


def test_what_stands_behind_marks_in_a_new_file_can_be_used_too() -> None:
    text = template("ours", "purpose-goals", "ours.toml")
    rules = re.sub(r"^# (?=\[\[house|phrases|from|to =|note)", "", text, flags=re.M)
    assert [(rule.code, rule.to) for rule in read(rules).house_rules] == [("1", "2")]


# Versions


def test_decisions_find_their_goals_in_the_next_version_by_its_map() -> None:
    found = list(successors(load("purpose-goals"), load("purpose-goals-15")))
    assert [(one.code, one.to, one.stated) for one in found] == [(str(code), str(code), True) for code in range(1, 15)]


def test_goals_that_moved_were_renamed_or_rescoped_are_told_apart() -> None:
    old = parse(minimal(goals=[goal("1", name="One"), goal("2", name="Two"), goal("3", scope="a"), goal("4")]))
    new = parse(minimal(goals=[goal("1", name="Two"), goal("3", scope="b"), goal("4", name="Four"), goal("5")]))
    found = changes(old, new)
    assert found.by_kind == {
        "added": ("5 Goal 5",),
        "gone": ("1 One",),
        "renamed": ("4 Goal 4 -> Four",),
        "moved": ("2 Two -> 1 Two",),
        "rescoped": ("3 Goal 3: scope",),
    }


def test_a_code_says_nothing_between_frameworks_that_are_no_kin() -> None:
    found = changes(load("purpose-goals"), load("nhs-anchor"))
    assert {one.to for one in found.successors} == {""}
    assert "5 Open recruitment is narrower than 1" in found.beside
