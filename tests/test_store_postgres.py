"""The store on PostgreSQL: what differs from SQLite, two reviewers at once, and the way between both."""

import csv
import json
import random
import shlex
import sqlite3
import string
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.classify.pipeline import Settings
from goalmap.cli import main
from goalmap.ingest.errors import GoalmapError, NotFound, NotOurDatabase
from goalmap.ingest.find import find
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer, decide
from goalmap.store.exchange.files import one_moment
from goalmap.store.load import ingest
from goalmap.store.postgres.address import Address
from goalmap.store.transfer import copy_store
from tests.conftest import ByHand
from tests.desk import CLINIC, FORMULA, SHOP, Desk
from tests.dumping import rows_of
from tests.postgres_server import Server

REVIEWERS = 2
ANSWERS = 25
REVIEW = """
import sys
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer, decide
from goalmap.store.postgres.address import Address

name, address, answers = sys.argv[1], Address(sys.argv[2]), int(sys.argv[3])
db = open_database(address)
slots = db.execute("select passage_id, goal_id from proposals order by id").fetchall()
for number in range(answers):
    with immediate(db):
        slot = slots[number % len(slots)]
        decide(db, {slot: Answer("accepted", slot[1], note=f"{name} {number}", reviewer=name)}, "two at once")
db.close()
"""
HANG = """
import sys, time
from goalmap.store.database import immediate, open_database
from goalmap.store.postgres.address import Address

db = open_database(Address(sys.argv[1]))
with immediate(db):
    db.execute("update documents set title = 'half'")
    print("written", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def address(postgres: Server) -> Iterator[Address]:
    """A store without documents."""
    postgres.drop("one")
    yield postgres.create("one")
    postgres.drop("one")


@pytest.fixture
def team(address: Address, files: Path) -> Iterator[Database]:
    """A store with three proposals, on PostgreSQL."""
    (files / "a.txt").write_text(f"{CLINIC}\n{SHOP}\n{FORMULA} @Amara_Nwosu")
    with closing(open_database(address)) as db:
        ingest(db, find([files]), Settings(("purpose-goals",)), ByHand())
        yield db


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_new_database_has_the_tables_and_columns_that_a_file_has(address: Address, tmp_path: Path) -> None:
    with closing(open_database(address)) as there, closing(open_database(tmp_path / "a.db", create=True)) as here:
        assert rows_of(there) == rows_of(here)
        for view in ("current_decisions", "unattached_decisions", "current_reading_answers"):
            told = [
                sorted(name for name, *_ in db.execute(f"select * from {view}").description) for db in (there, here)
            ]
            assert told[0] == told[1]


@pytest.mark.slow
def test_the_whole_path_runs_at_an_address(postgres: Server, address: Address, files: Path, tmp_path: Path) -> None:
    (files / "a.txt").write_text("We opened a free clinic for three thousand patients in the old town hall.")
    read = run("ingest", files, "--db", address.text, "-q", "--workers", "1", "--engine", "serial")
    assert (read.exit_code, "1 document" in read.stderr) == (0, True)
    assert run("status", "--db", address.text, "--json").exit_code == 0
    queue = tmp_path / "queue.csv"
    assert run("review", "export", queue, "--db", address.text).exit_code == 0
    with queue.open(encoding="utf-8-sig", newline="") as file:
        answers = [{**row, "verdict": "accept"} for row in csv.DictReader(file)]
    with queue.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, answers[0])
        writer.writeheader()
        writer.writerows(answers)
    taken = run("review", "import", queue, "--db", address.text, "--reviewer", "Ann")
    assert taken.exit_code == 0
    history = tmp_path / "history.json"
    assert run("decisions", "export", history, "--db", address.text).exit_code == 0
    assert '"reviewer": "Ann"' in history.read_text("utf-8")
    assert run("report", "map", "--db", address.text, "-o", tmp_path / "map.html").exit_code == 0


def test_two_reviewers_at_once_lose_no_decision(team: Database, address: Address) -> None:
    words = [sys.executable, "-c", REVIEW]
    people = [
        subprocess.Popen([*words, f"reviewer {number}", address.text, str(ANSWERS)], stderr=subprocess.PIPE)
        for number in range(REVIEWERS)
    ]
    assert [(person.communicate()[1], person.returncode) for person in people] == [(b"", 0)] * REVIEWERS
    said = team.execute("select id, reviewer, note from decisions order by id").fetchall()
    assert [id for id, _, _ in said] == list(range(1, REVIEWERS * ANSWERS + 1))
    for number in range(REVIEWERS):
        name = f"reviewer {number}"
        assert [note for _, reviewer, note in said if reviewer == name] == [f"{name} {n}" for n in range(ANSWERS)]


def test_a_reader_looks_while_another_writes(team: Database, address: Address) -> None:
    with closing(open_database(address)) as reader, immediate(team):
        team.execute("update documents set title = 'new'")
        assert reader.execute("select title from documents").fetchone() == ("a",)


def test_what_is_read_in_one_moment_is_of_that_moment(team: Database, address: Address) -> None:
    with closing(open_database(address)) as other, one_moment(team):
        assert team.execute("select count(*) from decisions").fetchone() == (0,)
        _accept(other, CLINIC)
        assert team.execute("select count(*) from decisions").fetchone() == (0,)
    assert team.execute("select count(*) from decisions").fetchone() == (1,)


def test_a_writing_that_fails_half_way_leaves_nothing_and_no_gap(team: Database) -> None:
    def fail_half_way() -> None:
        with immediate(team):
            _write(team, CLINIC)
            team.execute("insert into decisions (passage_id) values (null)")

    with pytest.raises(sqlite3.IntegrityError):
        fail_half_way()
    _accept(team, SHOP)
    assert team.execute("select id, verdict from decisions").fetchall() == [(1, "accepted")]


def test_a_failure_that_is_passed_over_does_not_lose_what_follows_in_silence(team: Database) -> None:
    def pass_over() -> None:
        with immediate(team):
            _write(team, CLINIC)
            with suppress(sqlite3.OperationalError):
                team.execute("select nothing from nowhere")

    with pytest.raises(sqlite3.OperationalError, match="nothing was written"):
        pass_over()
    assert team.execute("select count(*) from decisions").fetchone() == (0,)


def test_a_writer_that_is_killed_leaves_nothing_and_holds_nobody_up(team: Database, address: Address) -> None:
    with subprocess.Popen([sys.executable, "-c", HANG, address.text], stdout=subprocess.PIPE) as person:
        assert person.stdout
        assert person.stdout.readline() == b"written\n"
        person.kill()
    _accept(team, SHOP)
    assert team.execute("select decisions.id, title from decisions, documents").fetchall() == [(1, "a")]


def test_decisions_are_only_added(team: Database) -> None:
    _accept(team, CLINIC)
    for sql in ("update decisions set verdict = 'rejected'", "delete from decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            team.execute(sql)


def test_words_are_found_in_any_of_their_forms(team: Database) -> None:
    sql = "select p.text from passages_fts f join passages p on p.rowid = f.rowid where passages_fts match ?"
    for words, found in {"patient": CLINIC, '"new clinics"': CLINIC, '"homes" OR "moon"': FORMULA}.items():
        assert [text.split(" @")[0] for (text,) in team.execute(sql, [words])] == [found]
    assert team.execute(sql, ['"clinic new"']).fetchall() == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12), min_size=1))
def test_texts_sort_and_compare_as_in_sqlite(postgres: Server, texts: list[str]) -> None:
    asked = """
        select value, value like '%A_', lower(value), length(value), instr(value, 'a'), substr(value, 2, 3)
        from json_each(?) order by value collate nocase, value
    """
    with closing(open_database(postgres.address("template_of_stores"))) as there:
        found = there.execute(asked, [json.dumps(texts)]).fetchall()
    with closing(sqlite3.connect(":memory:")) as here:
        assert found == here.execute(asked, [json.dumps(texts)]).fetchall()


def test_texts_of_any_length_are_kept_and_found_and_a_path_stands_once(team: Database) -> None:
    long = "".join(random.Random(8).choices(string.ascii_letters, k=20_000))
    with immediate(team):
        team.execute("update documents set publisher = ?, path = ?", [long, long])
        team.execute("update entities set name = ?", [long])
    for sql in ("select count(*) from documents where path = ?", "select count(*) from entities where name = ?"):
        assert team.execute(sql, [long]).fetchone() == (1,)
    with pytest.raises(sqlite3.IntegrityError):
        team.execute("insert into documents (id, path, status) values ('d', ?, 'ok')", [long])


def test_a_text_with_nul_keeps_its_length(team: Database) -> None:
    with immediate(team):
        team.execute("update documents set title = ?", ["one\0two"])
    assert team.execute("select title from documents").fetchone() == ("one\ufffdtwo",)


def test_a_store_goes_to_a_file_and_back_with_every_row(team: Database, postgres: Server, tmp_path: Path) -> None:
    _accept(team, CLINIC)
    _accept(team, SHOP, "rejected")
    desk = Desk(team, tmp_path)
    desk.export()
    before = rows_of(team)
    address = postgres.address("one")
    copied = copy_store(address, tmp_path / "copy.db")
    assert (copied.documents, copied.decisions, copied.rows) == (1, 2, sum(map(len, before.values())))
    postgres.drop("two")
    back = postgres.create("two")
    copy_store(tmp_path / "copy.db", back)
    with closing(open_database(tmp_path / "copy.db")) as file, closing(open_database(back)) as again:
        assert rows_of(file) == rows_of(again) == before
        _accept(again, FORMULA)
        assert again.execute("select max(id) from decisions").fetchone() == (3,)
    postgres.drop("two")


def test_a_copy_does_not_fall_upon_another_store(team: Database, address: Address, tmp_path: Path) -> None:
    copy_store(address, tmp_path / "copy.db")
    with pytest.raises(GoalmapError, match="there already"):
        copy_store(address, tmp_path / "copy.db")
    with pytest.raises(GoalmapError, match="holds a store already"):
        copy_store(tmp_path / "copy.db", address)
    assert copy_store(address, tmp_path / "copy.db", replace=True).documents == 1
    assert [path.name for path in tmp_path.glob("copy.db*")] == ["copy.db"]


def test_the_browser_is_sent_to_a_copy(address: Address) -> None:
    told = run("serve", "--db", address.text)
    assert told.exit_code == 1
    assert f"goalmap copy {shlex.quote(str(address))} browse.db" in told.stderr


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    told = run("status", "--db", f"postgresql://ann:secret@/goalmap?host={tmp_path}")
    assert told.exit_code == NotFound.exit_code
    assert "cannot be reached" in told.stderr
    assert "secret" not in told.stderr


def test_a_database_that_sorts_otherwise_is_refused_with_what_to_do(postgres: Server) -> None:
    postgres.drop("other")
    postgres.run("create database other template template0 encoding 'SQL_ASCII' locale 'C'")
    with pytest.raises(NotOurDatabase, match="createdb --template template0 --encoding UTF8 --locale C"):
        open_database(postgres.address("other"), create=True)
    postgres.drop("other")


def test_an_empty_database_is_not_filled_by_a_command_that_only_reads(postgres: Server) -> None:
    postgres.drop("blank")
    blank = postgres.create("blank", "template0")
    with pytest.raises(NotOurDatabase, match="goalmap ingest"):
        open_database(blank)
    postgres.drop("blank")


def _write(db: Database, text: str, verdict: str = "accepted") -> None:
    sql = "select pr.passage_id, pr.goal_id from proposals pr join passages p on p.id = pr.passage_id where p.text like ? || '%'"
    (slot,) = db.execute(sql, [text]).fetchall()
    decide(db, {slot: Answer(verdict, slot[1], reviewer="Ann")}, "by hand")


def _accept(db: Database, text: str, verdict: str = "accepted") -> None:
    with immediate(db):
        _write(db, text, verdict)
