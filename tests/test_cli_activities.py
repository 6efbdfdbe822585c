"""goalmap activities as people type it."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main
from goalmap.store.database import open_database
from tests.activities_to_repair import BUS, CHOIR, DEBT, EVIL, FILES, GARDEN, activity, make_database, passages

Goalmap = Callable[..., Result]


@pytest.fixture
def goalmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Goalmap:
    monkeypatch.chdir(tmp_path)
    make_database(tmp_path / "goalmap.db", {**FILES, "evil.txt": EVIL}, accept=[BUS, GARDEN, CHOIR, EVIL])
    return lambda *arguments: CliRunner().invoke(main, ["activities", *map(str, arguments)], terminal_width=80)


@pytest.fixture
def id_of(goalmap: Goalmap) -> Callable[[str], str]:
    def find(start: str) -> str:
        with closing(open_database(Path("goalmap.db"))) as db:
            return activity(db, start)

    return find


def told(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def data(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(result))
    return found


def test_the_list_fits_eighty_columns_whatever_the_titles(goalmap: Goalmap) -> None:
    lines = told(goalmap("list")).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["id", "status", "title", "goals", "stage", "cited"]
    assert lines[-1] == "4 reviewed and 1 proposed; cited: passages that tell of it."


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("minibus",), 1),
        (("--goal", "7"), 1),
        (("--goal", "purpose-goals/8"), 4),
        (("--status", "proposed"), 1),
        (("--stage", "delivered", "--goal", "8"), 4),
        (("--organisation", "Severnholme"), 5),
        (("--framework", "un-sdgs"), 0),
        (("nobody does this",), 0),
    ],
)
def test_the_list_is_narrowed(goalmap: Goalmap, options: tuple[str, ...], found: int) -> None:
    assert data(goalmap("list", *options, "--json"))["total"] == found


def test_a_goal_that_there_is_not_is_refused_with_those_there_are(goalmap: Goalmap) -> None:
    refused = goalmap("list", "--goal", "99")
    assert refused.exit_code == 2
    assert "8 Good health and wellbeing" in refused.stderr


def test_a_list_that_is_cut_says_how_many_more_there_are(goalmap: Goalmap) -> None:
    assert "and 4 more" in told(goalmap("list", "--limit", "1"))


def test_one_activity_is_shown_with_all_its_passages(goalmap: Goalmap, id_of: Callable[[str], str]) -> None:
    text = told(goalmap("show", id_of(BUS)[:9]))
    assert "1 passage of 1 document tells of it" in text
    assert "Goal 8 Good health and wellbeing" in text
    found = data(goalmap("show", id_of(BUS), "--json"))
    assert [one["text"] for one in found["citations"]] == [BUS]
    assert found["decisions"] == []


def test_a_merge_is_tried_done_shown_and_undone(goalmap: Goalmap, id_of: Callable[[str], str]) -> None:
    one, other = id_of(BUS), id_of(GARDEN)
    tried = told(goalmap("merge", one, other, "--dry-run"))
    assert "Would be changed:" in tried
    assert "Nothing was written." in tried
    done = told(goalmap("merge", one, other, "--reviewer", "Ann", "--note", "one fund"))
    assert "2 passages of 2 documents" in " ".join(done.split())
    assert "goalmap activities undo b1" in done
    assert data(goalmap("list", "--json"))["total"] == 4
    assert "put together by a person" in told(goalmap("show", id_of(BUS)))
    history = " ".join(told(goalmap("history")).split())
    assert "by Ann: 2 passages tell of one activity" in history
    assert "Note: one fund" in history
    told(goalmap("undo", "b1"))
    assert data(goalmap("list", "--json"))["total"] == 5
    assert "[taken back by b2]" in " ".join(told(goalmap("history")).split())


def test_a_split_takes_passages_as_show_prints_them(goalmap: Goalmap, id_of: Callable[[str], str]) -> None:
    told(goalmap("merge", id_of(BUS), id_of(GARDEN), id_of(CHOIR)))
    with closing(open_database(Path("goalmap.db"))) as db:
        (passage,) = passages(db, CHOIR)
    assert passage in told(goalmap("show", id_of(BUS)))
    done = data(goalmap("split", id_of(BUS), "--passage", passage, "--json"))
    assert sorted(len(state["passages"]) for state in done["after"]) == [1, 2]
    assert done["warnings"] == ["This overrules what was decided before: b1."]


def test_fields_are_written_and_say_so(goalmap: Goalmap, id_of: Callable[[str], str]) -> None:
    done = told(
        goalmap("edit", id_of(BUS), "--title", "Lifts to hospital", "--region", "wales", "--note", "their words")
    )
    assert "Region: nothing becomes Wales" in done
    shown = told(goalmap("show", id_of(BUS)))
    assert shown.startswith("Lifts to hospital (reviewed, ")
    assert "Region: Wales (written by a person)" in shown


def test_a_merge_without_a_goal_in_common_is_done_with_a_warning(goalmap: Goalmap, id_of: Callable[[str], str]) -> None:
    assert "no goal in common" in told(goalmap("merge", id_of(BUS), id_of(DEBT), "--dry-run"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "azzzz"), "There is no activity 'azzzz'"),
        (("merge", "azzzz", "ayyyy"), "goalmap activities list"),
        (("undo", "b1"), "Nothing has been decided on activities yet"),
        (("edit", "azzzz"), "Say what shall stand in which field"),
        (("list", "--stage", "soon"), "Invalid value for '--stage'"),
        (("history", "--db", "nowhere.db"), "There is no database"),
    ],
)
def test_what_cannot_be_done_is_told_with_exit_code_2(
    goalmap: Goalmap, arguments: tuple[str, ...], message: str
) -> None:
    result = goalmap(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_an_import_brings_the_tables_of_activities_up_to_date(goalmap: Goalmap, tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["review", "export", "queue.csv"]).exit_code == 0
    queue = tmp_path / "queue.csv"
    lines = queue.read_text("utf-8-sig").replace("\r\n", "\n").splitlines()
    verdict = lines[0].split(",").index("verdict")
    answered = [line.split(",", verdict + 1) for line in lines[1:]]
    queue.write_text(
        "\n".join([lines[0], *(",".join([*cells[:verdict], "accept", cells[-1]]) for cells in answered)]), "utf-8"
    )
    assert runner.invoke(main, ["review", "import", "queue.csv"]).exit_code == 0
    with closing(open_database(Path("goalmap.db"))) as db:
        assert db.execute("select distinct status from activities").fetchall() == [("reviewed",)]
