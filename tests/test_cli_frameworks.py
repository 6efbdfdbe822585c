"""The frameworks commands as people type them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main

Frameworks = Callable[..., Result]


@pytest.fixture
def frameworks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frameworks:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["frameworks", *map(str, arguments)])


def test_a_framework_is_begun_checked_and_shown(frameworks: Frameworks) -> None:
    begun = frameworks("new", "our-goals")
    assert (begun.exit_code, begun.stdout) == (0, "")
    assert "goalmap frameworks check our-goals.toml" in begun.stderr
    checked = frameworks("check", "our-goals.toml", "--quick")
    assert checked.exit_code == 0
    assert "2 goals, 8 exemplars. It keeps the rules of its format." in checked.stdout
    shown = frameworks("show", "our-goals.toml")
    assert "Does the organisation bring neighbours together?" in shown.stdout
    assert "What a threshold costs" not in shown.stdout


@pytest.mark.slow
def test_a_check_tries_the_goals_out_and_says_how_they_fared(frameworks: Frameworks) -> None:
    frameworks("new", "our-goals")
    told = frameworks("check", "our-goals.toml")
    assert told.exit_code == 0, told.output
    assert "exemplars  precision  recall  goal" in told.stdout
    assert "of 8 passages that serve nothing got a proposal." in told.stdout
    trial = json.loads(frameworks("check", "our-goals.toml", "--json").stdout)["trial"]
    assert [goal["code"] for goal in trial["goals"]] == ["1", "2"]
    assert all(goal["right"] + goal["missed"] == goal["passages"] for goal in trial["goals"])


def test_a_framework_of_two_passages_is_answered_with_what_it_needs(frameworks: Frameworks, tmp_path: Path) -> None:
    goals = (f'[[goals]]\ncode = "{one}"\nname = "{one}"\nexemplars = ["Forty came to {one}."]\n' for one in "ab")
    (tmp_path / "tiny.toml").write_text('id = "tiny"\nname = "Tiny"\nversion = "1"\n' + "".join(goals))
    quick = frameworks("check", "tiny.toml", "--quick")
    assert quick.exit_code == 0
    assert "goal a: It has too few exemplars (1)." in " ".join(quick.stdout.split())
    result = frameworks("check", "tiny.toml")
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.output
    assert "write more exemplars" in " ".join(result.stderr.split()) or "precision" in result.stdout


def test_house_rules_are_added_to_a_shipped_framework(frameworks: Frameworks, tmp_path: Path) -> None:
    assert frameworks("new", "ours", "--from", "purpose-goals", "-o", "house.toml").exit_code == 0
    rule = '[[house_rules]]\nphrases = ["school outreach"]\nfrom = "4"\nto = "2"\nnote = "agreed May 2026"\n'
    file = tmp_path / "house.toml"
    file.write_text(file.read_text().replace("# Where decisions", f"{rule}\n# Where decisions"))
    assert "the model of purpose-goals classifies" in frameworks("check", "house.toml").stdout
    shown = frameworks("show", "house.toml").stdout
    assert "“school outreach”: 2, not 4 (agreed May 2026)" in shown
    assert "purpose-goals: 1 is 1 (same)" in shown


def test_a_file_that_is_there_is_not_written_over(frameworks: Frameworks, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("mine")
    result = frameworks("new", "ours")
    assert (result.exit_code, (tmp_path / "ours.toml").read_text()) == (2, "mine")
    assert "Choose another file with -o" in result.stderr


BAD = [
    (("new", "Our Goals"), 1, "small letters, digits and hyphens"),
    (("new", "un-sdgs"), 1, "shipped"),
    (("new", "ours", "--from", "sdg"), 2, "There are: levelling-up-missions"),
    (("new", "ours", "-o", "none/ours.toml"), 1, "none/ours.toml"),
    (("check", "none.toml"), 2, "goalmap frameworks new NAME -o none.toml"),
    (("check", "sdg"), 2, "There are: levelling-up-missions"),
    (("check", "bad.toml"), 1, "- line 5, goal 1: It lacks 'name'."),
    (("show", "bad.toml"), 1, "- line 8, goal 2: It lacks 'name'."),
    (("show", "nhs-anchor", "--goal", "9"), 2, "There are: 1, 2, 3, 4, 5"),
    (("diff", "purpose-goals", "bad.toml"), 1, "cannot be used"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), BAD, ids=[" ".join(one) for one, _, _ in BAD])
def test_what_cannot_be_done_is_answered_with_what_to_do(
    frameworks: Frameworks, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    bad = 'id = "bad"\nname = "Bad"\nversion = "1"\n\n[[goals]]\ncode = "1"\n\n[[goals]]\ncode = "2"\n'
    (tmp_path / "bad.toml").write_text(bad)
    result = frameworks(*arguments)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    assert message in " ".join(result.stderr.split())
    assert {path.name for path in tmp_path.iterdir()} == {"bad.toml"}


def test_faults_are_data_for_programs_too(frameworks: Frameworks, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('id = "bad"\nname = "Bad"\nversion = "1"\ncounts = "mentions"\ngoals = []\n')
    result = frameworks("check", "bad.toml", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["ok"], told["faults"]) == (False, [{"what": "It lacks goals.", "goal": "", "line": None}])


def test_a_framework_is_shown_as_a_tree_with_what_thresholds_cost(frameworks: Frameworks) -> None:
    shown = frameworks("show", "nhs-anchor").stdout
    assert "4 Environmental sustainability" in shown
    assert shown.count("the usual one") == 2
    assert "  4.1 Free, good primary" in frameworks("show", "un-sdgs", "--goal", "4").stdout
    facts = json.loads(frameworks("show", "nhs-anchor", "--json").stdout)
    assert set(facts["thresholds"]) == {"full", "fast"}
    assert facts["thresholds"]["full"]["costs"][0].keys() >= {"threshold", "precision", "recall"}


def test_one_goal_is_shown_with_all_it_is_known_by(frameworks: Frameworks) -> None:
    shown = frameworks("show", "purpose-goals", "--goal", "5").stdout
    for title in ("Other names:", "Cues:", "Misleading:", "Passages that serve it:", "Beside other frameworks"):
        assert title in shown
    assert json.loads(frameworks("show", "purpose-goals", "--goal", "5", "--json").stdout)["goal"]["code"] == "5"


def test_a_difference_says_where_decisions_belong(frameworks: Frameworks, tmp_path: Path) -> None:
    told = frameworks("diff", "purpose-goals", "purpose-goals-15").stdout
    assert "added      15 Working in Partnership" in told
    assert "all: hold for the same codes." in told
    rows = '[[predecessors]]\nframework = "nhs-anchor"\nfrom = "1"\nto = "2"\nrelation = "same"\n\n'
    rows += '[[predecessors]]\nframework = "nhs-anchor"\nfrom = "2"\nto = "1"\nrelation = "narrower"\n'
    goals = '[[goals]]\ncode = "1"\nname = "Buying"\n\n[[goals]]\ncode = "2"\nname = "Jobs"\n\n'
    (tmp_path / "next.toml").write_text(f'id = "next"\nname = "Next"\nversion = "2"\n\n{goals}{rows}')
    told = frameworks("diff", "nhs-anchor", "next.toml").stdout
    assert "1: belong to 2 now." in told
    assert "2: narrower than 1; look at them again" in told
    assert "3, 4, 5: no goal takes them over." in told or "3 to 5: no goal takes them over." in told
