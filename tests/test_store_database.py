"""Opening a database, refusing those that are not ours, and two writers at once."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, NotOurDatabase
from goalmap.store.database import immediate, open_database
from goalmap.store.descriptions import COLUMNS, TABLES
from goalmap.store.schema import migrations


def test_a_new_database_has_every_table_and_column_that_is_described(db: Database) -> None:
    there = {name: {column.name for column in db[name].columns} for name in (*db.table_names(), *db.view_names())}
    assert set(TABLES) <= set(there)
    assert not {
        (table, column) for table, columns in COLUMNS.items() for column in columns if column not in there[table]
    }


def test_a_database_opens_again_and_nothing_in_it_changes(tmp_path: Path) -> None:
    open_database(tmp_path / "a.db", create=True).close()
    before = (tmp_path / "a.db").read_bytes()
    open_database(tmp_path / "a.db").close()
    assert (tmp_path / "a.db").read_bytes() == before


def test_a_database_of_an_earlier_goalmap_is_brought_up_to_date(tmp_path: Path) -> None:
    old = Database(tmp_path / "old.db")
    migrations.apply(old, stop_before="m006_decisions_that_move")
    old.execute("insert into documents (id, path, status) values ('d1', 'a.txt', 'ok')")
    old.close()
    db = open_database(tmp_path / "old.db")
    assert list(db.query("select id, missing_since from documents")) == [{"id": "d1", "missing_since": None}]
    assert not migrations.pending(db)
    db.close()


def test_a_database_that_is_not_there_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="goalmap ingest FOLDER"):
        open_database(tmp_path / "none.db")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Make it first"):
        open_database(tmp_path / "none" / "a.db", create=True)
    assert not list(tmp_path.iterdir())


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("create table passages (id text); insert into passages values ('mine')")
    connection.close()


def _newer(path: Path) -> None:
    db = open_database(path, create=True)
    db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('goalmap', 'm999_later', '')")
    db.close()


def _of_other_migrations(path: Path) -> None:
    db = open_database(path, create=True)
    db.execute("update _sqlite_migrations set migration_set = 'another'")
    db.close()


NOT_OURS = {
    "another program's": (_foreign, "another program"),
    "another program's with migrations": (_of_other_migrations, "another program"),
    "a newer goalmap's": (_newer, "newer goalmap"),
    "no database": (lambda path: path.write_bytes(b"Just a letter.\n" * 200), "not a database"),
    "empty": (lambda path: path.write_bytes(b""), "empty"),
}


@pytest.mark.parametrize(("make", "message"), NOT_OURS.values(), ids=NOT_OURS)
@pytest.mark.sqlite_only("it is about files")
def test_a_file_that_is_not_ours_is_refused_and_not_touched(tmp_path: Path, make: object, message: str) -> None:
    path = tmp_path / "a.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(NotOurDatabase, match=message):
        open_database(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(NotOurDatabase, match="cannot be used"):
        open_database(tmp_path, create=True)


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    open_database(tmp_path / "a.db", create=True).close()
    failures: list[Exception] = []

    def write(name: str) -> None:
        db = open_database(tmp_path / "a.db")
        try:
            for number in range(30):
                with immediate(db):
                    db.execute("select count(*) from documents").fetchone()
                    db.table("documents").insert({"id": f"{name}{number}", "path": f"{name}{number}", "status": "ok"})
        except sqlite3.Error as error:
            failures.append(error)
        finally:
            db.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db = open_database(tmp_path / "a.db")
    assert not failures
    assert db.execute("select count(*) from documents").fetchone() == (90,)
    db.close()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_transaction_that_is_broken_off_leaves_nothing(db: Database, error: type[BaseException]) -> None:
    def broken() -> None:
        with immediate(db):
            db.table("documents").insert({"id": "d1", "path": "a", "status": "ok"})
            raise error

    with pytest.raises(error):
        broken()
    assert db.execute("select count(*) from documents").fetchone() == (0,)


@pytest.mark.parametrize("sql", ["update decisions set note = 'x'", "delete from decisions"])
@pytest.mark.sqlite_only("its check of references is switched off")
def test_a_decision_cannot_be_changed_or_deleted(db: Database, sql: str) -> None:
    db.conn.execute("pragma foreign_keys = off")
    db.execute(
        "insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, decided_at) values ('p', 'g', 'g', 'accepted', '')"
    )
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(sql)
