"""goalmap forget as people type it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from goalmap.cli import main
from goalmap.store.load import Outcome
from tests.forgetting import NAME, write_files

Goalmap = Callable[..., Result]


@pytest.fixture
def goalmap(db: Database, files: Path, ingest_files: Callable[..., Outcome], tmp_path: Path) -> Goalmap:
    """The command, at a database that names somebody."""
    write_files(files)
    ingest_files()
    place = ["--db", str(tmp_path / "goalmap.db")]
    return lambda *words, **options: CliRunner().invoke(main, ["forget", *words, *place], **options)


def names_left(db: Database) -> int:
    (found,) = db.execute("select count(*) from entities where name = ?", [NAME]).fetchone()
    return int(found)


def test_a_person_is_removed_once_somebody_says_yes(goalmap: Goalmap, db: Database) -> None:
    done = goalmap(NAME, input="n\n")
    assert (done.exit_code, names_left(db)) == (1, 1)
    assert "Nothing was written." in done.stderr
    done = goalmap(NAME, "--reason", "a letter", input="y\n")
    assert (done.exit_code, names_left(db)) == (0, 0)
    assert f"Removed: {NAME}" in done.stdout
    assert "On record as f1" in done.stdout


def test_a_dry_run_lists_what_would_go_and_what_goalmap_cannot_reach(goalmap: Goalmap, db: Database) -> None:
    done = goalmap(NAME, "--dry-run")
    assert (done.exit_code, names_left(db)) == (0, 1)
    for words in ("Would be removed", "passages", "report.txt", "back-ups", "Nothing was written."):
        assert words in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if not line.startswith("  /")) <= 80


def test_what_was_done_is_listed_without_the_name(goalmap: Goalmap) -> None:
    assert goalmap("--list").stdout == "Nobody was removed from this database.\n"
    goalmap(NAME, "--yes", "--reviewer", "Ann", "--reason", f"letter about {NAME}")
    told = goalmap("--list").stdout
    assert "f1" in told
    assert "by Ann: 3 documents" in told
    assert "letter about █████ ██████" in told
    assert "report.txt" in told
    assert "Osheyé" not in told


def test_programs_get_one_object(goalmap: Goalmap) -> None:
    told = json.loads(goalmap(NAME, "--json").stdout)
    assert (told["ok"], told["id"], len(told["documents"]), told["namesakes"]) == (True, "f1", 3, False)
    told = json.loads(goalmap("--list", "--json").stdout)
    assert told["forgettings"][0]["counts"]["passages"] == 7
    told = json.loads(goalmap("--lift", "f1", "--json").stdout)
    assert told["lifted_at"]


def test_what_is_lifted_says_what_follows(goalmap: Goalmap) -> None:
    goalmap(NAME, "--yes")
    assert "will be read again by the next goalmap ingest" in goalmap("--lift", "f1").stdout
    done = goalmap("--lift", "f1")
    assert done.exit_code != 0
    assert "No removal 'f1' is in force" in done.stderr


@pytest.mark.parametrize("words", [(), (NAME, "--list"), ("--list", "--clean"), (NAME, "--lift", "f1")])
def test_one_thing_is_asked_for_at_a_time(goalmap: Goalmap, words: tuple[str, ...]) -> None:
    done = goalmap(*words)
    assert done.exit_code == 2
    assert "Give a PERSON, --list, --lift ID or --clean." in done.stderr


def test_the_files_can_be_cleaned_afterwards(goalmap: Goalmap) -> None:
    assert goalmap("--clean").exit_code == 0


def test_status_says_how_many_were_removed(goalmap: Goalmap, tmp_path: Path) -> None:
    goalmap(NAME, "--yes")
    told = CliRunner().invoke(main, ["status", "--db", str(tmp_path / "goalmap.db")]).stdout
    assert "Removed       1 person: goalmap forget --list" in told


@pytest.mark.sqlite_only("a file is kept open elsewhere")
def test_a_database_that_is_open_elsewhere_is_told_of(goalmap: Goalmap, db: Database) -> None:
    db.execute("begin")
    db.execute("select count(*) from passages").fetchone()
    done = goalmap(NAME, "--yes")
    db.execute("rollback")
    assert done.exit_code == 3
    assert "goalmap forget --clean" in done.stderr
    assert goalmap("--clean").exit_code == 0
