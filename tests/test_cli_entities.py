"""goalmap entities as people type it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main
from tests.naming import make_database

FILES = {
    "a.txt": "publisher: Harrowmead Council\npublished: 2023-03-01\norganisation: Harrowmead Council | HMC\n"
    "person: Amara Nwosu, Leader @ Harrowmead Council\ninitiative: Bright Start @ Harrowmead Council",
    "b.txt": "publisher: Harrowmead Council\npublished: 2024-05-06\norganisation: Harrowmead Council\n"
    "person: Amara Nwosu, Leader @ Harrowmead Council",
    "c.txt": "publisher: Lockgate Trust\norganisation: Lockgate Trust\nperson: Amara Vale, Chair @ Lockgate Trust",
}
Goalmap = Callable[..., Result]


@pytest.fixture
def goalmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Goalmap:
    monkeypatch.chdir(tmp_path)
    make_database(tmp_path / "goalmap.db", tmp_path / "folder", FILES)
    return lambda *arguments: CliRunner().invoke(main, ["entities", *map(str, arguments)], terminal_width=80)


def told(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def listed(goalmap: Goalmap, *options: str) -> list[str]:
    return [one["name"] for one in json.loads(told(goalmap("list", *options, "--json")))["found"]]


def test_the_list_fits_eighty_columns_and_has_the_most_named_first(goalmap: Goalmap) -> None:
    lines = told(goalmap("list")).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["id", "kind", "name", "docs", "named", "other", "names"]
    assert "Harrowmead Council" in lines[1]
    assert lines[1].rstrip().endswith("HMC")


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("amara",), {"Amara Nwosu", "Amara Vale"}),
        (("hmc",), {"Harrowmead Council"}),
        (("--kind", "initiative"), {"Bright Start"}),
        (("--document", "c.txt"), {"Lockgate Trust", "Amara Vale"}),
        (("--kind", "person", "--limit", "1"), {"Amara Nwosu"}),
        (("nobody",), set()),
    ],
)
def test_the_list_is_narrowed_by_text_kind_and_document(
    goalmap: Goalmap, options: tuple[str, ...], names: set[str]
) -> None:
    assert set(listed(goalmap, *options)) == names


def test_a_merge_is_tried_done_and_undone(goalmap: Goalmap) -> None:
    tried = told(goalmap("merge", "Amara Nwosu", "Amara Vale", "--dry-run"))
    assert "Nothing was written." in tried
    done = told(goalmap("merge", "Amara Nwosu", "Amara Vale", "--reviewer", "Ann", "--note", "married"))
    assert "3 mentions in 3 documents" in done
    assert "goalmap entities undo b1" in done
    assert listed(goalmap, "amara") == ["Amara Nwosu"]
    assert "Amara Nwosu = Amara Vale" in told(goalmap("list", "--merged")).replace(
        "Amara Vale = Amara Nwosu", "Amara Nwosu = Amara Vale"
    )
    assert "“Amara Nwosu”, “Amara Vale” are one [in force]" in told(goalmap("history"))
    told(goalmap("undo", "b1"))
    assert set(listed(goalmap, "amara")) == {"Amara Nwosu", "Amara Vale"}
    history = told(goalmap("history"))
    assert "takes back b1" in history
    assert "[taken back by b2]" in " ".join(history.split())
    assert "Note: married" in history


def test_a_split_by_document_shows_both_parts(goalmap: Goalmap) -> None:
    done = told(goalmap("split", "Amara Nwosu", "--document", "b.txt"))
    assert done.count("  to   Amara Nwosu (person") == 2
    assert listed(goalmap, "nwosu") == ["Amara Nwosu", "Amara Nwosu"]


def test_what_makes_no_sense_ends_with_exit_code_2_and_a_message(goalmap: Goalmap) -> None:
    for arguments, message in (
        (("merge", "Amara Nwosu", "Bright Start"), "different kinds"),
        (("merge", "Amara Nwoso", "Amara Vale"), "The nearest: Amara Nwosu"),
        (("split", "Amara Nwosu"), "--name"),
        (("undo", "b7"), "no decision 'b7'"),
        (("show", "Nobody At All"), "No entity is called"),
        (("list", "--suggested", "--merged"), "not both"),
        (("graph", "-o", "x.png"), ".graphml"),
        (("gazetteer", "none.csv"), "There is no file"),
    ):
        result = goalmap(*arguments)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert message in result.stderr


def test_an_entity_is_shown_with_all_that_is_known_of_it(goalmap: Goalmap) -> None:
    shown = told(goalmap("show", "HMC"))
    for words in ("Harrowmead Council (organisation, e", "1 March 2023 to 6 May 2024", "Amara Nwosu, Leader", "a.txt"):
        assert words in shown.replace("\n    ", " ")
    assert "Run by Harrowmead Council" in told(goalmap("show", "Bright Start"))
    assert json.loads(told(goalmap("show", "HMC", "--json")))["entity"]["documents"] == 2


def test_suggested_pairs_come_with_the_command_that_merges_them(goalmap: Goalmap, tmp_path: Path) -> None:
    files = {
        "e.txt": "publisher: Marsh School\nperson: John Smith, Head @ Marsh School",
        "f.txt": "publisher: Tarn Bakery\nperson: John Smith, Baker @ Tarn Bakery",
    }
    make_database(tmp_path / "other.db", tmp_path / "others", files)
    text, merging, parting = told(goalmap("list", "--suggested", "--db", "other.db")).rsplit("\n", 3)[:3]
    assert text.startswith("John Smith and John Smith (person): ")
    assert merging.startswith("  goalmap entities merge ")
    told(goalmap(*merging.split()[2:]))
    assert listed(goalmap, "smith", "--db", "other.db") == ["John Smith"]
    told(goalmap("undo", "b1", "--db", "other.db"))
    assert "No name moves" in told(goalmap(*parting.split()[2:]))
    assert listed(goalmap, "smith", "--db", "other.db") == ["John Smith", "John Smith"]
    assert "Nothing to look at" in told(goalmap("list", "--suggested", "--db", "other.db"))


def test_a_gazetteer_is_brought_in_listed_and_taken_away(goalmap: Goalmap, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,gss,notes\nHarrowmead Council,E07000999,x\n")
    assert "1 entity of this database has identifiers" in told(goalmap("gazetteer", "list.csv")).replace("\n  ", " ")
    assert "Identifiers: gss E07000999" in told(goalmap("show", "HMC"))
    assert told(goalmap("gazetteer")) == "list.csv: 1 entry\n"
    assert "No gazetteer" in told(goalmap("gazetteer", "--remove", "list.csv"))
    (tmp_path / "bad.csv").write_text("name,gss\n,1\n")
    refused = goalmap("gazetteer", "bad.csv")
    assert (refused.exit_code, "Line 2: there is no name" in refused.stderr) == (3, True)


def test_ingest_takes_a_gazetteer_along(goalmap: Goalmap, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,gss\nHarrowmead Council,E07000999\n")
    (tmp_path / "empty").mkdir()
    result = CliRunner().invoke(main, ["ingest", "empty", "--gazetteer", "list.csv", "-q", "--engine", "serial"])
    assert result.exit_code == 0, result.output
    assert "1 entry taken over from list.csv" in result.stderr
    assert "gss E07000999" in told(goalmap("show", "HMC"))


def test_the_graph_is_written_and_counted(goalmap: Goalmap, tmp_path: Path) -> None:
    result = goalmap("graph", "-o", "g.graphml", "--organisation", "Lockgate")
    assert result.exit_code == 0
    assert result.stderr == "1 person, 1 organisation, 0 initiatives and 1 tie written to g.graphml.\n"
    assert goalmap("graph", "-o", "g.csv").exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("g-*.csv")) == ["g-edges.csv", "g-nodes.csv"]


@pytest.mark.parametrize(
    "command", ["list", "show", "merge", "split", "apart", "undo", "history", "gazetteer", "graph"]
)
def test_every_entities_command_has_a_help_text_that_fits_eighty_columns(goalmap: Goalmap, command: str) -> None:
    lines = told(goalmap(command, "--help")).splitlines()
    assert max(map(len, lines)) <= 80
