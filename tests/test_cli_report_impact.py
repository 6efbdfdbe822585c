"""report impact and report templates as people type them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from goalmap.cli import main

Report = Callable[..., Result]
ANT = "Ashwick NHS Trust"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["report", *map(str, arguments)])


@pytest.fixture
def impact(report: Report, map_db: Database) -> Report:
    """report impact on the database of activity maps, which is in map.db."""
    map_db.conn.commit()
    return lambda *arguments: report("impact", "--db", "map.db", "--date", "2024-07-01", *arguments)


def test_a_report_is_written_and_what_is_left_to_write_is_counted(impact: Report) -> None:
    result = impact("--organisation", ANT, "-o", "ant.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "ant.html written: Impact Report: Ashwick NHS Trust, with" in result.stderr
    assert "to be written by a person, marked in the text." in result.stderr
    assert "Draft of 1 July 2024" in Path("ant.html").read_text("utf-8")


@pytest.mark.parametrize("suffix", [".html", ".docx", ".md", ".csv", ".xlsx", ".json"])
def test_every_form_is_written(impact: Report, suffix: str) -> None:
    result = impact("--organisation", ANT, "-o", f"ant{suffix}")
    assert result.exit_code == 0, result.output
    assert Path(f"ant{suffix}").stat().st_size > 500


def test_part_of_a_publishers_name_will_do(impact: Report) -> None:
    assert "Impact Report: University of Marlow" in impact("--organisation", "university", "-o", "m.md").stderr


def test_without_an_organisation_those_there_are_are_named(impact: Report) -> None:
    result = impact("-o", "ant.html")
    assert result.exit_code == 2
    assert "by 3 publishers" in result.stderr
    assert "Ashwick NHS Trust, Marlow Gazette, University of Marlow." in result.stderr
    assert not Path("ant.html").exists()


def test_an_organisation_a_goal_or_a_form_that_is_not_there_is_refused(impact: Report) -> None:
    assert impact("--organisation", "Nobody Ltd", "-o", "a.html").exit_code == 2
    assert impact("--organisation", ANT, "--goal", "99", "-o", "a.html").exit_code == 2
    result = impact("--organisation", ANT, "-o", "a.pdf")
    assert result.exit_code == 2
    assert ".html, .docx, .md" in result.stderr or ".docx" in result.stderr


def test_a_template_of_ones_own_shapes_the_report(impact: Report, report: Report) -> None:
    shown = report("templates", "show", "breaking-down-barriers")
    assert shown.exit_code == 0
    mine = shown.stdout.replace('title = "Foreword"', 'title = "A word from {organisation}"')
    Path("mine.toml").write_text(mine, "utf-8")
    checked = report("templates", "check", "mine.toml")
    assert checked.exit_code == 0
    assert "The template breaking-down-barriers can be used: 11 sections." in checked.stdout
    assert impact("--organisation", ANT, "--template", "mine.toml", "-o", "a.md").exit_code == 0
    assert "A word from Ashwick NHS Trust" in Path("a.md").read_text("utf-8")


def test_a_fault_in_a_template_is_told_before_the_database_is_opened(report: Report) -> None:
    Path("mine.toml").write_text('name = "a"\ntitle = "A"\n\n[[sections]]\nuse = "gaols"\ntitle = "Goals"\n', "utf-8")
    for result in (
        report("templates", "check", "mine.toml"),
        report("impact", "--db", "none.db", "--template", "mine.toml", "-o", "a.html"),
    ):
        assert result.exit_code == 1
        assert "line 5: No section is called 'gaols'. Is 'goals' meant?" in " ".join(result.stderr.split())


def test_the_templates_and_the_sections_are_listed(report: Report) -> None:
    listed = report("templates", "list").stdout
    assert "social-mobility: Highlighted goals" in listed
    sections = report("templates", "show", "--sections").stdout
    assert "strengths: The goals towards which most is evidenced" in sections
    assert "most = 6  No more goals than this." in sections
    facts = json.loads(report("templates", "show", "--sections", "--json").stdout)["sections"]
    assert {option["name"] for one in facts if one["use"] == "gaps" for option in one["options"]} == {
        "parts",
        "peers",
        "near",
    }
    templates = json.loads(report("templates", "list", "--json").stdout)["templates"]
    assert [one["name"] for one in templates] == ["breaking-down-barriers", "impact", "progress", "social-mobility"]
    assert json.loads(report("templates", "check", "impact", "--json").stdout)["sections"][0]["use"] == "own-words"
    assert report("templates", "show", "yearly").exit_code == 2


def test_the_json_answers_to_a_later_progress_report(impact: Report, report: Report) -> None:
    impact("--organisation", ANT, "-o", "ant.json")
    data = json.loads(Path("ant.json").read_text("utf-8"))
    assert data["recommendations"]
    assert {"id", "goal", "text", "made_on"} <= set(data["recommendations"][0])
    result = report("progress", "--db", "map.db", "--organisation", ANT, "--against", "ant.json", "-o", "later.md")
    assert result.exit_code == 0, result.output
    assert data["recommendations"][0]["text"][:40] in Path("later.md").read_text("utf-8").replace("\\", "")
