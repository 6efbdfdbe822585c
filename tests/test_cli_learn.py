"""goalmap learn as people type it."""

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goalmap.classify.goals import frameworks
from goalmap.cli import main

Goalmap = Callable[..., Result]
NEVER = ("1", "2", "3", "4")
"""Goals that the reviewer never accepts."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(part) for part in arguments], terminal_width=80)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of four documents whose proposals are all decided on, by a reviewer with a habit."""
    folder = tmp_path_factory.mktemp("learn")
    (folder / "files").mkdir()
    goals = frameworks.load("purpose-goals").goals
    for place in range(4):
        texts = [text for goal in goals for text in goal.exemplars[place : place + 1]]
        (folder / "files" / f"{place}.txt").write_text("\n\n".join(texts))
    read = run("ingest", folder / "files", "--db", folder / "a.db", "--engine", "serial")
    assert read.exit_code == 0, read.output
    run("review", "export", folder / "queue.csv", "--db", folder / "a.db")
    answer(folder / "queue.csv")
    imported = run("review", "import", folder / "queue.csv", "--db", folder / "a.db", "--reviewer", "Ann")
    assert imported.exit_code == 0, imported.output
    return folder


def answer(queue: Path) -> None:
    with queue.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with queue.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "verdict": "reject" if row["goal"] in NEVER else "accept"} for row in rows)


@pytest.fixture
def db(reviewed: Path, tmp_path: Path) -> Path:
    """A copy of the database, free to be changed."""
    return copied(reviewed / "a.db", tmp_path / "a.db")


@pytest.fixture(scope="module")
def told_of_learning(reviewed: Path) -> str:
    """What the command says that learns; the database with its model is learnt.db."""
    return told(run("learn", "--db", copied(reviewed / "a.db", reviewed / "learnt.db")))


@pytest.fixture
def learnt(reviewed: Path, told_of_learning: str, tmp_path: Path) -> Path:
    """A copy of the database with a model that learnt from its decisions."""
    return copied(reviewed / "learnt.db", tmp_path / "learnt.db")


def copied(source: Path, target: Path) -> Path:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
    return target


def table(db: Path, sql: str) -> list[Any]:
    connection = sqlite3.connect(db)
    rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def told(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_learning_shows_before_and_after_and_keeps_the_model(db: Path, learnt: Path, told_of_learning: str) -> None:
    said = told_of_learning
    assert "Before and after" in said
    assert "95 % interval" in said
    ((id, name, earned, active),) = table(learnt, "select id, name, earned, active from models")
    assert id in said
    assert name in said
    assert earned == active
    assert ("earned its place" in said) == bool(earned)
    assert table(learnt, "select * from decisions") == table(db, "select * from decisions")


def test_after_learning_a_second_ingest_proposes_by_the_new_model_and_decisions_stay(
    learnt: Path, reviewed: Path
) -> None:
    db, decisions = learnt, table(learnt, "select * from decisions")
    (shipped,) = {model for (model,) in table(db, "select model from proposals")}
    ((id, name),) = table(db, "select id, name from models")
    for wish, model in ((("--activate", id), name), (("--back",), shipped)):
        told(run("learn", *wish, "--db", db))
        again = run("ingest", reviewed / "files", "--db", db, "--engine", "serial")
        assert again.exit_code == 0, again.output
        assert {one for (one,) in table(db, "select model from proposals")} == {model}
        assert table(db, "select * from decisions") == decisions


def test_a_dry_run_says_the_same_and_keeps_nothing(db: Path) -> None:
    said = told(run("learn", "--dry-run", "--db", db))
    assert "Nothing was written" in said
    assert table(db, "select count(*) from models") == [(0,)]


def test_the_figures_are_there_for_programs(db: Path) -> None:
    answer = json.loads(run("learn", "--dry-run", "--json", "--db", db).stdout)
    (model,) = answer["models"]
    assert answer["ok"]
    assert table(db, "select count(*) from models") == [(0,)]
    assert (model["framework"], model["documents"], model["id"], model["mode"]) == ("purpose-goals", 4, None, "full")
    for mode in ("full", "fast"):
        assert set(model[mode]) == {"before", "after", "f1_gain", "earned"}
        assert model[mode]["f1_gain"]["low"] <= model[mode]["f1_gain"]["high"]
        assert model[mode]["before"]["by_goal"]["1"]["hits"] == 0


def test_models_are_listed_used_and_gone_back_from(db: Path, learnt: Path) -> None:
    assert "goalmap's own model is in use" in told(run("learn", "--list", "--db", db))
    db = learnt
    ((id,),) = table(db, "select id from models")
    assert id in told(run("learn", "--activate", id, "--db", db))
    assert [one["active"] for one in json.loads(run("learn", "--list", "--json", "--db", db).stdout)["models"]] == [
        True
    ]
    assert "goalmap's own model is in use" in told(run("learn", "--back", "--db", db))
    assert [one["active"] for one in json.loads(run("learn", "--list", "--json", "--db", db).stdout)["models"]] == [
        False
    ]
    nothing = run("learn", "--back", "--db", db)
    assert nothing.exit_code == 2
    assert "No model that learnt from decisions is in use" in nothing.stderr


def test_too_few_decisions_are_answered_with_how_many_are_missing(tmp_path: Path, reviewed: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "0.txt").write_bytes((reviewed / "files" / "0.txt").read_bytes())
    db, queue = tmp_path / "b.db", tmp_path / "queue.csv"
    run("ingest", tmp_path / "files", "--db", db, "--engine", "serial")
    nothing = run("learn", "--db", db)
    assert nothing.exit_code == 2
    assert "Nothing has been decided yet" in nothing.stderr
    run("review", "export", queue, "--db", db)
    answer(queue)
    run("review", "import", queue, "--db", db)
    few = run("learn", "--db", db)
    assert few.exit_code == 1
    assert "at least 30 in 3 are needed" in few.stderr
    assert not json.loads(run("learn", "--db", db, "--json").stdout)["ok"]


def test_wishes_that_exclude_each_other_or_name_nothing_are_refused(db: Path) -> None:
    assert run("learn", "--list", "--back", "--db", db).exit_code == 2
    assert "No kept model is called 'm1'" in run("learn", "--activate", "m1", "--db", db).stderr
    assert "No framework in this database" in run("learn", "--framework", "nothing", "--db", db).stderr
