"""Results saved a handful at a time, and the end of a run in short transactions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.store import settling
from goalmap.store.changes import Statement
from goalmap.store.database import immediate, open_database

FILES = 30


@pytest.fixture
def read(files: Path, ingest_files: Callable[..., Any]) -> Callable[..., Any]:
    for number in range(FILES):
        (files / f"{number:02}.txt").write_text(f"@Amara_Nwosu_{number} opened clinic number {number} #8")
    return ingest_files


def documents_in(db: Database) -> int:
    (count,) = db.execute("select count(*) from documents").fetchone()
    return int(count)


@pytest.mark.sqlite_only("statements are counted by SQLite")
def test_small_files_are_saved_in_fewer_transactions_than_there_are_files(
    db: Database, read: Callable[..., Any]
) -> None:
    begun: list[str] = []
    db.conn.set_trace_callback(lambda sql: begun.append(sql) if sql == "begin immediate" else None)
    read()
    assert documents_in(db) == FILES
    assert 0 < len(begun) < FILES


def test_what_was_read_before_somebody_stops_is_kept(db: Database, read: Callable[..., Any], by_hand: Any) -> None:
    with pytest.raises(KeyboardInterrupt):
        read(engine=by_hand(stop_after=7))
    assert documents_in(db) == 7


@given(st.lists(st.lists(st.integers(), max_size=5_000), max_size=6))
def test_statements_in_handfuls_are_the_same_in_the_same_order(rows: list[list[int]]) -> None:
    statements = [Statement(str(at), [(one,) for one in some]) for at, some in enumerate(rows)]
    handfuls = list(settling._handfuls(statements))
    assert all(sum(len(one.rows) for one in some) <= settling.ROWS for some in handfuls)
    parts = [(one.sql, row) for some in handfuls for one in some for row in one.rows]
    assert parts == [(one.sql, row) for one in statements for row in one.rows]


def test_a_run_that_ends_after_another_one_did_brings_everything_up_to_date_again(
    db: Database, read: Callable[..., Any], tmp_path: Path
) -> None:
    read()
    state = settling.settle(db)
    spoilt = "update proposals set value = 7"
    with immediate(db):
        db.execute(spoilt)
        settling.settle_again(db, state)
    assert db.execute("select distinct value from proposals").fetchall() == [(7.0,)]
    _another_run_ends(tmp_path / "goalmap.db")
    with immediate(db):
        settling.settle_again(db, state)
    assert (7.0,) not in db.execute("select distinct value from proposals").fetchall()


def _another_run_ends(path: Path) -> None:
    other = open_database(path)
    with immediate(other):
        other.table("runs").insert({"id": "x-other", "started": "2026-01-01", "finished": "2026-01-02"})
    other.close()
