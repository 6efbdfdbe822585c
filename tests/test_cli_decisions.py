"""goalmap decisions as people type it."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goalmap.commands.decisions import decisions
from goalmap.ingest.errors import GoalmapError, NotFound
from tests.test_store_exchange import CLINIC, FILES, NINE, SHOP, Desk
from tests.test_store_exchange_repairs import BUS, GARDEN, Bench
from tests.test_store_exchange_repairs import FILES as DEEDS

Command = Callable[..., Result]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(decisions, list(map(str, arguments)), terminal_width=80)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    here, there = (Desk(tmp_path / name).read(FILES) for name in ("here", "there"))
    yield here, there
    here.db.close()
    there.db.close()


HERE, THERE = ("--db", "here/goalmap.db"), ("--db", "there/goalmap.db")


def test_decisions_go_from_one_database_to_another(command: Command, desks: tuple[Desk, Desk]) -> None:
    desks[1].decide(CLINIC, "accepted").decide(SHOP, "rejected", NINE)
    exported = command("export", "d.json", *THERE)
    assert (exported.exit_code, exported.stdout) == (0, "")
    assert exported.stderr == "2 decisions written to d.json.\n"
    dry = command("import", "d.json", *HERE, "--dry-run")
    assert "2 would be added" in dry.stdout
    done = command("import", "d.json", *HERE)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith("2 answers in the file: 2 added, 0 known here already")
    assert "  2 found by id" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    again = json.loads(command("import", "d.json", *HERE, "--json").stdout)
    assert (again["ok"], again["added"], again["known"]) == (True, 0, 2)


def test_conflicts_go_to_a_file_and_end_with_four(command: Command, desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    desks[0].decide(CLINIC, "rejected", reviewer="Bob")
    desks[1].decide(CLINIC, "accepted")
    command("export", "d.json", *THERE)
    assert command("import", "d.json", *HERE, "--dry-run").exit_code == 4
    assert not (tmp_path / "d-conflicts.csv").exists()
    done = command("import", "d.json", *HERE)
    assert done.exit_code == 4
    assert "d-conflicts.csv" in done.stdout
    with (tmp_path / "d-conflicts.csv").open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert (row["here_verdict"], row["here_reviewer"], row["file_verdict"]) == ("rejected", "Bob", "accepted")


def test_what_cannot_be_attached_is_told_and_listed(command: Command, desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    desks[1].decide(CLINIC, "accepted")
    command("export", "d.json", *THERE)
    text = (tmp_path / "d.json").read_text().replace("purpose-goals/8", "our-goals/1")
    (tmp_path / "d.json").write_text(text)
    done = command("import", "d.json", *HERE)
    assert done.exit_code == 3
    assert "this database does not know the goal" in " ".join(done.stdout.split())
    listed = command("waiting", *HERE)
    assert "by Ann" in listed.stdout
    assert json.loads(command("waiting", *HERE, "--json").stdout)["waiting"][0]["reason"] == "no goal"
    assert command("waiting", *THERE).stdout.startswith("Nothing waits")


@pytest.mark.parametrize("name", ["d.json", "d.csv", "d.qdpx", "D.QDPX"])
def test_the_ending_chooses_the_form_and_a_file_is_not_written_over(
    command: Command, desks: tuple[Desk, Desk], tmp_path: Path, name: str
) -> None:
    desks[1].decide(CLINIC, "accepted")
    assert command("export", name, *THERE).exit_code == 0
    before = (tmp_path / name).read_bytes()
    refused = command("export", name, *THERE)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert command("export", name, *THERE, "--force").exit_code == 0
    assert (tmp_path / name).read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("export", "d.txt"), "d.json, d.csv, d.qdpx"), (("export", "d.json", "--proposals"), "for .qdpx")],
)
def test_what_makes_no_sense_is_a_usage_error(
    command: Command, desks: tuple[Desk, Desk], arguments: tuple[str, ...], told: str
) -> None:
    result = command(*arguments, *THERE)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_a_folder_that_is_not_there_is_told(command: Command, desks: tuple[Desk, Desk]) -> None:
    for name in ("no/d.json", "no/d.csv", "no/d.qdpx"):
        error = command("export", name, *THERE).exception
        assert isinstance(error, NotFound)
        assert isinstance(error, GoalmapError)
        assert "no folder 'no'" in str(error)


# Repairs of activities.


@pytest.fixture
def benches(tmp_path: Path) -> Iterator[tuple[Bench, Bench]]:
    here, there = Bench(tmp_path / "here"), Bench(tmp_path / "there")
    for one in (here, there):
        one.read(DEEDS)
    yield here, there
    here.db.close()
    there.db.close()


def words(result: Result) -> str:
    return " ".join(result.output.split())


def test_repairs_go_along_and_the_export_says_so(command: Command, benches: tuple[Bench, Bench]) -> None:
    benches[1].undo(benches[1].merge(BUS, GARDEN).batch)
    assert "0 decisions and 2 repairs of activities written to d.json" in words(command("export", "d.json", *THERE))
    for name in ("d.csv", "d.qdpx"):
        said = words(command("export", name, *THERE))
        assert "2 repairs of activities left out: only the history in .json has them" in said
    assert "2 repairs of activities in the file: 2 would be added" in words(
        command("import", "d.json", *HERE, "--dry-run")
    )
    done = command("import", "d.json", *HERE)
    assert done.exit_code == 0
    assert "2 repairs of activities in the file: 2 added, 0 known here already" in words(done)
    assert max(map(len, done.stdout.splitlines())) <= 80
    again = json.loads(command("import", "d.json", *HERE, "--json").stdout)
    assert (again["ok"], again["repairs"]["added"], again["repairs"]["known"]) == (True, 0, 2)


def test_repairs_in_conflict_say_how_to_follow_the_file(command: Command, benches: tuple[Bench, Bench]) -> None:
    here, there = benches
    here.edit(BUS, title="Rides")
    there.edit(BUS, title="Journeys")
    command("export", "d.json", *THERE)
    done = command("import", "d.json", *HERE)
    assert done.exit_code == 4
    assert "1 repair of activities in conflict: this database says otherwise" in words(done)
    assert "goalmap activities undo b1 --db here/goalmap.db" in words(done)
    assert "given other words by Ann: another answer stands here" in words(command("waiting", *HERE))
    here.undo("b1")
    assert command("import", "d.json", *HERE).exit_code == 0
    assert [row["title"] for row in here.activities() if "Journeys" in row["title"]] == ["Journeys"]


def test_repairs_that_wait_are_told_and_listed(command: Command, benches: tuple[Bench, Bench], tmp_path: Path) -> None:
    benches[1].merge(BUS, GARDEN)
    command("export", "d.json", *THERE)
    text = (tmp_path / "d.json").read_text()
    (tmp_path / "d.json").write_text(text.replace('"framework": "purpose-goals"', '"framework": "our-goals"'))
    done = command("import", "d.json", *HERE)
    assert done.exit_code == 3
    assert "put together with another passage by Ann: this database does not know the framework" in words(done)
    (one,) = json.loads(command("waiting", *HERE, "--json").stdout)["waiting"]
    assert (one["reason"], one["verdict"]) == ("no framework", "together")
