"""The store as `goalmap.open` gives it: what is read, decided and reported stands in the database as the commands put it there."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import goalmap
from goalmap.cli import main
from tests.postgres_server import Server

TRUST = "Severnholme Hospitals NHS Foundation Trust"


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the examples, to be copied."""
    place = tmp_path_factory.mktemp("read") / "work.db"
    goalmap.open(place).ingest(goalmap.example_folder(), fast=True)
    return place


@pytest.fixture
def store(read_once: Path, tmp_path: Path) -> goalmap.Store:
    for file in read_once.parent.glob("work.db*"):
        shutil.copy(file, tmp_path)
    return goalmap.open(tmp_path / "work.db")


def test_a_store_holds_what_the_command_puts_there(store: goalmap.Store, tmp_path: Path) -> None:
    other = tmp_path / "by-command.db"
    command = ["ingest", str(goalmap.example_folder()), "--db", str(other), "--fast", "--engine", "serial", "--quiet"]
    assert CliRunner().invoke(main, command).exit_code == 0
    by_command = goalmap.open(other)
    for table in ("documents", "passages", "proposals"):
        assert getattr(store, table)() == getattr(by_command, table)()
    assert len(store.documents()) == 12
    assert len(store.proposals()) > 100


def test_reading_again_passes_over_what_is_known(store: goalmap.Store) -> None:
    outcome = store.ingest(goalmap.example_folder(), fast=True)
    assert (outcome.found, outcome.unchanged, outcome.failures) == (11, 11, 0)


@pytest.mark.slow
def test_processes_may_read(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    shutil.copy(goalmap.example_folder() / "lockgate-trust-press-release-2023-03.txt", tmp_path / "files")
    outcome = goalmap.open(tmp_path / "work.db").ingest(tmp_path / "files", workers=1, fast=True)
    assert outcome.statuses == {"ok": 1}


def test_a_decision_is_added_with_its_reviewer_and_where_it_comes_from(store: goalmap.Store) -> None:
    first, second, third = (store.proposals()[place] for place in (0, 3, 5))
    store.accept(first["passage_id"], first["code"], reviewer="Anna", stage="planned", best_practice=True)
    store.reject(second["passage_id"], second["code"], reviewer=" Ben ", note="only a plan")
    store.accept(third["passage_id"], third["code"], instead="1", reviewer="Anna")
    decisions = store.decisions()
    assert decisions.column("verdict") == ("accepted", "rejected", "changed")
    assert decisions.column("reviewer") == ("Anna", "Ben", "Anna")
    assert set(decisions.column("source")) == {"python"}
    assert (decisions[0]["stage"], decisions[0]["best_practice"], decisions[1]["note"]) == ("planned", 1, "only a plan")
    assert decisions[2]["code"] == "1"


def test_the_latest_decision_counts_and_the_earlier_ones_stay(store: goalmap.Store) -> None:
    first = store.proposals()[0]
    store.accept(first["passage_id"], first["code"], reviewer="Anna")
    store.reject(first["passage_id"], first["code"], reviewer="Ben")
    assert store.decisions().column("verdict") == ("rejected",)
    assert store.sql("select verdict from decisions order by id").column("verdict") == ("accepted", "rejected")


def test_a_goal_that_nobody_proposed_can_be_added(store: goalmap.Store) -> None:
    (unserved,) = store.sql(
        "select id from passages where id not in (select passage_id from candidates) and kind = 'body' "
        "and id not in (select passage_id from proposals) limit 1"
    )
    answer = store.accept(unserved["id"], "Good health and wellbeing", reviewer="Anna")
    assert (answer.verdict, answer.goal_id) == ("added", "purpose-goals/8")


def test_activities_follow_what_was_decided(store: goalmap.Store) -> None:
    before = store.activities()
    assert set(before.column("status")) == {"proposed"}
    first = store.proposals()[0]
    store.accept(first["passage_id"], first["code"], reviewer="Anna")
    assert "reviewed" in store.activities().column("status")


@pytest.mark.parametrize("kind", ["map", "impact", "gaps", "practice", "people"])
def test_a_report_is_that_of_the_command(store: goalmap.Store, tmp_path: Path, kind: str) -> None:
    asked: dict[str, Any] = {} if kind == "practice" else {"organisation": TRUST}
    written = store.report(kind, tmp_path / "ours.json", made_on=date(2026, 3, 4), **asked)
    options = [word for name, value in asked.items() for word in (f"--{name}", value)]
    command = ["report", kind, "--db", str(store.place), "-o", str(tmp_path / "theirs.json"), "--date", "2026-03-04"]
    assert CliRunner().invoke(main, [*command, *options]).exit_code == 0
    assert json.loads(written.read_text("utf-8")) == json.loads((tmp_path / "theirs.json").read_text("utf-8"))


def test_a_question_gives_a_table(store: goalmap.Store) -> None:
    found = store.sql("select kind, count(*) many from passages where kind <> ? group by kind", ["body"])
    assert found.columns == ("kind", "many")
    assert sum(found.column("many")) > 10
    assert store.sql("with one as (select :x as y) select y from one", {"x": 7})[0] == {"y": 7}


@pytest.mark.parametrize(
    "sql",
    [
        "delete from decisions",
        "with gone as (select 1) delete from passages",
        "select 1; delete from passages",
        "pragma query_only = off",
        "vacuum into 'stolen.db'",
        "attach 'other.db' as other",
    ],
)
def test_a_question_can_write_nothing(store: goalmap.Store, sql: str) -> None:
    before = len(store.passages())
    with pytest.raises(goalmap.GoalmapError, match=r"Only questions can be asked|cannot be answered"):
        store.sql(sql)
    assert len(store.passages()) == before


@pytest.mark.parametrize(
    ("call", "advice"),
    [
        (lambda store, id: store.sql("select * from passage"), "cannot be answered: no such table: passage"),
        (lambda store, id: store.ingest("nowhere"), "There is no folder or file 'nowhere'"),
        (lambda store, id: store.ingest(frameworks=["sdg"]), "No framework is called 'sdg'"),
        (lambda store, id: store.accept("p1", "8", reviewer="Anna"), "There is no passage 'p1'. Take an id from"),
        (lambda store, id: store.accept(id, "88", reviewer="Anna"), "No goal of Purpose Goals is called '88'"),
        (lambda store, id: store.accept(id, "8", reviewer="Anna", framework="x"), "No framework in this database"),
        (lambda store, id: store.accept(id, "8", reviewer=" "), "needs the name of whoever decides"),
        (lambda store, id: store.accept(id, "8", reviewer="Anna", stage="done"), "No stage is called 'done'"),
        (lambda store, id: store.reject(id, "88", reviewer="Anna"), "No goal of Purpose Goals is called '88'"),
        (lambda store, id: store.report("impct", "x.html"), "No report is called 'impct'"),
        (lambda store, id: store.report("map", "x.pdf"), "No report format is called '.pdf'"),
        (lambda store, id: store.report("impact", "x.html", organisation="Nobody"), "No organisation is called"),
        (lambda store, id: goalmap.open("none.db").passages(), "There is no database 'none.db' yet"),
        (lambda store, id: goalmap.open("none.db").accept(id, "8", reviewer="Anna"), "There is no database"),
    ],
)
def test_an_error_says_what_to_do(
    store: goalmap.Store, call: Callable[[goalmap.Store, str], object], advice: str
) -> None:
    with pytest.raises(goalmap.GoalmapError, match=advice):
        call(store, store.proposals()[0]["passage_id"])
    assert len(store.decisions()) == 0


def test_a_store_says_what_it_holds(store: goalmap.Store) -> None:
    assert repr(store).endswith(f"12 documents, {len(store.proposals())} proposals, 0 decisions>")
    assert "12 documents" in store._repr_html_()
    assert repr(goalmap.open("none.db")) == "<Store 'none.db', nothing read yet>"


def test_a_store_that_cannot_be_reached_says_so_and_shows_no_password() -> None:
    shown = repr(goalmap.open("postgresql://anna:secret@127.0.0.1:1/goalmap"))
    assert "postgresql://anna@127.0.0.1:1/goalmap" in shown
    assert "cannot be reached" in shown
    assert "secret" not in shown


def test_a_store_on_postgresql_is_read_decided_on_and_asked_like_a_file(postgres: Server) -> None:
    postgres.create("notebook")
    store = goalmap.open(postgres.address("notebook").text)
    store.ingest(goalmap.example_folder() / "lockgate-trust-press-release-2023-03.txt", fast=True)
    first = store.proposals()[0]
    store.accept(first["passage_id"], first["code"], reviewer="Anna")
    assert store.decisions().column("reviewer") == ("Anna",)
    with pytest.raises(goalmap.GoalmapError, match="read-only"):
        store.sql("with gone as (delete from decisions returning id) select id from gone")
    assert "1 document, " in repr(store)
