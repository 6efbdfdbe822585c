"""Folders into the database, again and again: what moved, what changed, what is gone, what failed."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.ingest.watch import Limits
from goalmap.store.contents.summary import summarise
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, decide
from tests.dumping import dump

GOAL = "purpose-goals/8"
CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8"
SHOP = "Our shop sells furniture that people made again from wood #9"
Ingest = Callable[..., Any]


def documents(db: Database) -> dict[str, dict[str, Any]]:
    return {Path(row["path"]).name: row for row in db.query("select * from documents")}


def accept(db: Database, text: str, note: str = "") -> None:
    (passage,) = db.execute("select id from passages where text = ? and retired_at is null", [text]).fetchone()
    with immediate(db):
        decide(db, {(passage, GOAL): Answer("accepted", GOAL, note=note)}, "test")


def decided(db: Database) -> list[tuple[str, str]]:
    """The document and text of each passage in force with a decision."""
    sql = """
        select d.path, p.text from current_decisions c join passages p on p.id = c.passage_id
        join documents d on d.id = p.document_id where p.retired_at is null order by 1, 2
    """
    return [(Path(path).name, text) for path, text in db.execute(sql).fetchall()]


def test_the_same_folder_twice_changes_nothing(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.txt").write_text(f"{CLINIC} @Amara_Nwosu\n")
    (files / "copy.txt").write_text(f"{CLINIC} @Amara_Nwosu\n")
    (files / "link.txt").symlink_to("a.txt")
    ingest_files()
    before = dump(db)
    again = ingest_files()
    assert (again.found, again.unchanged, again.failures) == (3, 3, 0)
    assert dump(db) == before


def test_a_file_that_is_written_again_with_the_same_content_is_not_read_again(
    db: Database, files: Path, ingest_files: Ingest, by_hand: Callable[..., Any]
) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    os.utime(files / "a.txt", (1, 1))
    engine = by_hand()
    assert ingest_files(engine=engine).unchanged == 1
    assert engine.read == []
    assert documents(db)["a.txt"]["modified"] == 10**9


@pytest.mark.parametrize(("new_name", "read"), [("sub/a.txt", []), ("b.txt", ["b.txt"])])
def test_a_file_that_moved_keeps_its_ids_and_decisions(
    db: Database, files: Path, ingest_files: Ingest, by_hand: Callable[..., Any], new_name: str, read: list[str]
) -> None:
    (files / "sub").mkdir()
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    accept(db, CLINIC)
    before = list(db.query("select id from documents union select id from passages"))
    (files / "a.txt").rename(files / new_name)
    engine = by_hand()
    ingest_files(engine=engine)
    assert list(db.query("select id from documents union select id from passages")) == before
    assert decided(db) == [(Path(new_name).name, CLINIC)]
    assert engine.read == read  # only the name of a file says something of it
    assert documents(db)[Path(new_name).name]["path"] == str(files.resolve() / new_name)


def test_the_same_folder_elsewhere_has_the_same_ids(
    db: Database, files: Path, ingest_files: Ingest, tmp_path: Path
) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    shutil.move(files, tmp_path / "elsewhere")
    ingest_files(folder=tmp_path / "elsewhere")
    assert len(documents(db)) == 1


def test_a_copy_is_listed_and_stands_behind_the_first(db: Database, files: Path, ingest_files: Ingest) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (files / name).write_text(CLINIC)
    outcome = ingest_files()
    found = documents(db)
    assert outcome.copies == 2
    assert [found[name]["duplicate_of"] for name in ("b.txt", "c.txt")] == [found["a.txt"]["id"]] * 2
    assert found["b.txt"]["status"] == "ok"
    assert db.execute("select count(*) from passages").fetchone() == (1,)


def test_a_copy_of_a_file_that_cannot_be_read_cannot_be_read_either(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    for name in ("a.txt", "b.txt"):
        (files / name).write_text("FAIL")
    ingest_files()
    assert documents(db)["b.txt"]["status"] == "failed"


def test_a_copy_takes_over_when_the_first_changes(db: Database, files: Path, ingest_files: Ingest) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (files / name).write_text(CLINIC)
    ingest_files()
    accept(db, CLINIC)
    (files / "a.txt").write_text(SHOP)
    ingest_files()
    found = documents(db)
    assert found["a.txt"]["duplicate_of"] is None
    assert found["b.txt"]["duplicate_of"] is None
    assert found["c.txt"]["duplicate_of"] == found["b.txt"]["id"]
    assert decided(db) == [("b.txt", CLINIC)]
    assert summarise(db).unattached == ()


def test_decisions_follow_a_text_to_a_new_name_when_its_old_name_is_used_anew(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    (files / "latest.txt").write_text(CLINIC)
    ingest_files()
    accept(db, CLINIC)
    (files / "latest.txt").rename(files / "2023.txt")
    (files / "latest.txt").write_text(SHOP)
    ingest_files()
    assert decided(db) == [("2023.txt", CLINIC)]
    assert summarise(db).unattached == ()


def test_a_file_that_is_edited_after_a_copy_was_made_keeps_its_decisions_in_both(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    accept(db, CLINIC)
    shutil.copy(files / "a.txt", files / "backup.txt")
    edited = CLINIC.replace("three", "four")
    (files / "a.txt").write_text(edited)
    ingest_files()
    assert decided(db) == [("a.txt", edited), ("backup.txt", CLINIC)]


def test_two_files_that_change_names_keep_their_decisions_with_their_texts(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    (files / "a.txt").write_text(CLINIC)
    (files / "b.txt").write_text(SHOP)
    ingest_files()
    accept(db, CLINIC)
    (files / "a.txt").write_text(SHOP)
    (files / "b.txt").write_text(CLINIC)
    ingest_files()
    assert decided(db) == [("b.txt", CLINIC)]


def test_a_file_that_disappears_is_listed_and_what_was_read_of_it_stays(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    for name, text in (("a.txt", CLINIC), ("b.txt", SHOP)):
        (files / name).write_text(text)
    ingest_files()
    accept(db, CLINIC)
    (files / "a.txt").unlink()
    assert ingest_files().missing == 1
    assert [Path(path).name for path in summarise(db).missing] == ["a.txt"]
    assert decided(db) == [("a.txt", CLINIC)]
    before = dump(db)
    assert ingest_files().missing == 0
    assert dump(db) == before


def test_a_file_that_comes_back_is_no_longer_missing(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    (files / "a.txt").unlink()
    ingest_files()
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    assert summarise(db).missing == ()
    assert len(documents(db)) == 1


def test_files_outside_the_folder_are_left_alone(
    db: Database, files: Path, ingest_files: Ingest, tmp_path: Path
) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.txt").write_text(SHOP)
    ingest_files(folder=tmp_path / "more")
    assert set(documents(db)) == {"a.txt", "b.txt"}
    assert summarise(db).missing == ()


def test_a_file_whose_name_is_not_utf8_is_not_missed_when_another_folder_is_read(
    db: Database, files: Path, ingest_files: Ingest, tmp_path: Path
) -> None:
    Path(os.fsdecode(os.fsencode(files) + b"/caf\xe9.txt")).write_text(CLINIC)
    ingest_files()
    (tmp_path / "more").mkdir()
    ingest_files(folder=tmp_path / "more")
    assert summarise(db).missing == ()


def test_a_file_that_failed_is_tried_again_when_asked_or_under_other_limits(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    (files / "a.txt").write_text("FAIL")
    (files / "b.txt").write_text(SHOP)
    assert ingest_files().statuses == {"failed": 1, "ok": 1}
    assert ingest_files().statuses == {}
    assert ingest_files(again=True).statuses == {"failed": 1}
    assert ingest_files(limits=Limits(max_pages=5)).statuses == {"failed": 1}


def test_a_file_that_fails_this_time_keeps_what_was_read_of_it(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    accept(db, CLINIC)
    (files / "a.txt").write_text("FAIL")
    ingest_files()
    assert decided(db) == [("a.txt", CLINIC)]
    assert documents(db)["a.txt"]["problem"] == "The file made its reader crash. What was read of it before is kept."
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    assert documents(db)["a.txt"]["status"] == "ok"


def test_a_link_and_a_pipe_are_listed_as_skipped_and_never_opened(
    db: Database, files: Path, ingest_files: Ingest, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text(CLINIC)
    (files / "link.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(files / "pipe.txt")
    outcome = ingest_files()
    assert {row["status"] for row in documents(db).values()} == {"skipped"}
    assert outcome.failures == 0
    assert db.execute("select count(*) from passages").fetchone() == (0,)


def test_a_first_file_that_becomes_a_link_leaves_its_text_to_the_copy(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    for name in ("a.txt", "b.txt"):
        (files / name).write_text(CLINIC)
    ingest_files()
    accept(db, CLINIC)
    (files / "a.txt").unlink()
    (files / "a.txt").symlink_to("b.txt")
    ingest_files()
    assert decided(db) == [("b.txt", CLINIC)]


def test_a_framework_that_is_added_later_joins_those_there_are(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    accept(db, CLINIC)
    ingest_files(frameworks=("un-sdgs",))
    assert db.execute("select goal_id from proposals order by 1").fetchall() == [(GOAL,), ("un-sdgs/8",)]
    assert decided(db) == [("a.txt", CLINIC)]
    assert ingest_files().unchanged == 1


def test_a_new_database_takes_the_framework_that_is_asked_for_alone(db: Database, ingest_files: Ingest) -> None:
    ingest_files(frameworks=("nhs-anchor",))
    assert db.execute("select id from frameworks").fetchall() == [("nhs-anchor",)]


def test_a_run_that_is_interrupted_keeps_what_it_read_and_goes_on_from_there(
    db: Database, files: Path, ingest_files: Ingest, by_hand: Callable[..., Any]
) -> None:
    for number in range(6):
        (files / f"{number}.txt").write_text(f"{CLINIC} in {number}")
    with pytest.raises(KeyboardInterrupt):
        ingest_files(engine=by_hand(stop_after=3))
    assert not db.conn.in_transaction
    assert len(documents(db)) == 3
    engine = by_hand()
    ingest_files(engine=engine)
    assert engine.read == ["3.txt", "4.txt", "5.txt"]
    assert len(documents(db)) == 6
    assert [
        row["finished"] is None for row in db.query("select * from runs order by started, finished is not null")
    ] == [
        True,
        False,
    ]


def test_names_that_no_file_names_any_longer_are_dropped(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.txt").write_text("Said by @Amara_Nwosu and @Bo_Lind")
    ingest_files()
    (files / "a.txt").write_text("Said by @Bo_Lind")
    ingest_files()
    assert db.execute("select name from entities").fetchall() == [("Bo Lind",)]


@pytest.mark.sqlite_only("it checks SQLite's index of words")
def test_every_file_has_one_row_and_no_row_points_at_nothing(db: Database, files: Path, ingest_files: Ingest) -> None:
    for number in range(12):
        (files / f"{number}.txt").write_text(f"{CLINIC} {number % 5} @Amara_Nwosu")
    ingest_files()
    for number in range(0, 12, 2):
        (files / f"{number}.txt").write_text(f"{SHOP} {number % 4}")
    ingest_files()
    assert len(documents(db)) == 12
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert db.execute("select count(*) from documents a join documents b on a.duplicate_of = b.id where b.duplicate_of is not null").fetchone() == (0,)  # fmt: skip
    db.execute("insert into passages_fts (passages_fts) values ('integrity-check')")


@pytest.mark.sqlite_only("it counts what SQLite does")
def test_a_file_costs_the_same_in_a_large_database(db: Database, files: Path, ingest_files: Ingest) -> None:
    """Steps of SQLite's machine are counted, not seconds, so that a busy computer does not matter."""
    for number in range(5):
        (files / f"first{number}.txt").write_text("\n".join(f"{CLINIC} {number} {line}" for line in range(5)))
    small = _steps(db, ingest_files)
    for number in range(300):
        (files / f"more{number}.txt").write_text("\n".join(f"{SHOP} {number} {line}" for line in range(5)))
    ingest_files()
    with immediate(db):
        for (passage,) in db.execute("select id from passages").fetchall():
            decide(db, {(passage, GOAL): Answer("accepted", GOAL)}, "test")
    for number in range(5):
        (files / f"last{number}.txt").write_text("\n".join(f"{CLINIC} last {number} {line}" for line in range(5)))
    large = _steps(db, ingest_files)
    assert large < small + 300 * 400  # the run itself looks at each known document, a file does not


def _steps(db: Database, ingest_files: Ingest) -> int:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 100
        return 0

    db.conn.set_progress_handler(count, 100)
    ingest_files()
    db.conn.set_progress_handler(None, 0)
    return steps


@pytest.mark.slow
def test_a_thousand_files_take_seconds(db: Database, files: Path, ingest_files: Ingest) -> None:
    for number in range(1000):
        (files / f"{number}.txt").write_text("\n".join(f"{CLINIC} {number} {line}" for line in range(10)))
    started = time.process_time()
    ingest_files()
    assert time.process_time() - started < 60
    assert db.execute("select count(*) from proposals").fetchone() == (10_000,)


@pytest.mark.sqlite_only("it opens the file itself")
def test_a_reader_can_look_while_a_run_writes(
    db: Database, files: Path, ingest_files: Ingest, by_hand: Callable[..., Any], tmp_path: Path
) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    reader = sqlite3.connect(tmp_path / "goalmap.db")
    with immediate(db):
        db.execute("update documents set title = 'new'")
        assert reader.execute("select title from documents").fetchone() == ("a",)
    reader.close()
