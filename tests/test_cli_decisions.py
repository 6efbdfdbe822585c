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
