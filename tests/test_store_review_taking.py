"""Queues taken in: whose answers they are, what is refused as a whole, and what is written without being asked twice."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.ingest.errors import QueueProblem
from goalmap.store.ledgers import Reading
from goalmap.store.review.export import export_queue
from goalmap.store.review.readings import begin
from goalmap.store.review.rows import Filters
from goalmap.store.review.taking import Imported, import_queue
from tests.desk import CLINIC, SHOP, Desk, Rows

TEXT = f"{CLINIC}\n{SHOP}\n"


@pytest.fixture
def desk(db: Database, files: Path, ingest_files: Callable[..., Any], tmp_path: Path) -> Desk:
    (files / "a.txt").write_text(TEXT)
    ingest_files()
    return Desk(db, tmp_path)


@pytest.fixture
def readings(desk: Desk) -> dict[str, Rows]:
    """The rows of each reader of a blind reading."""
    begun = begin(desk.db, ["Ann", "Ben"], Filters())
    rows = {}
    for name in ("Ann", "Ben"):
        path = desk.folder / f"{name}.csv"
        export_queue(desk.db, path, Filters(), reading=Reading(begun.id, name))
        rows[name] = desk.rows(path)
    return rows


def taken(desk: Desk, rows: Rows, **more: Any) -> Imported:
    path = desk.folder / "typed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return import_queue(desk.db, path, "Ann", **more)


def said(desk: Desk) -> list[tuple[str, str]]:
    return desk.db.execute("select verdict, reviewer from reading_answers order by id").fetchall()


def test_a_queue_is_taken_in_for_good_and_whole_unless_something_else_is_asked_for(desk: Desk) -> None:
    rows = desk.rows(desk.export())
    rows[0]["verdict"] = "accept"
    assert taken(desk, [rows[0], {**rows[1], "verdict": "perhaps"}]).problems
    assert desk.log == 0
    assert taken(desk, rows, dry_run=True).settled == 0
    assert desk.log == 0
    done = taken(desk, rows)
    assert (done.decided, done.settled, desk.log) == (1, 0, 1)


@pytest.mark.parametrize("number", [0, 1])
def test_rows_of_two_readers_in_one_file_are_refused(desk: Desk, readings: dict[str, Rows], number: int) -> None:
    with pytest.raises(QueueProblem, match="mixes rows of queues that belong to different readers"):
        taken(desk, [readings["Ann"][0], readings["Ben"][number]])


def test_two_rows_of_another_database_are_refused_and_of_one_the_row_is_named(desk: Desk) -> None:
    rows = [{**row, "base": "e-nowhere", "verdict": "accept"} for row in desk.rows(desk.export())]
    with pytest.raises(QueueProblem, match="was exported from another database"):
        taken(desk, rows)
    assert taken(desk, rows[:1]).problems[0].startswith("line 2: ")


def test_answers_of_a_reading_are_its_readers_whoever_is_named(desk: Desk, readings: dict[str, Rows]) -> None:
    rows = [
        {**row, "verdict": "accept", "reviewer": name}
        for row, name in zip(readings["Ann"], ("Zoe", "Bob"), strict=True)
    ]
    assert taken(desk, rows).warnings == (
        "The queue is Ann's in a blind reading; rows that name Bob, Zoe count as Ann's too.",
    )
    assert said(desk) == [("accepted", "Ann")] * 2
    assert taken(desk, [{**row, "reviewer": ""} for row in rows]).warnings == ()


def test_what_both_readers_say_is_settled_and_counted(desk: Desk, readings: dict[str, Rows]) -> None:
    for name, settled in (("Ann", 0), ("Ben", 2)):
        assert taken(desk, [{**row, "verdict": "accept"} for row in readings[name]]).settled == settled


def test_an_answer_in_a_reading_is_not_taken_back_and_those_beside_it_are_taken(
    desk: Desk, readings: dict[str, Rows]
) -> None:
    rows = readings["Ann"]
    taken(desk, [{**row, "verdict": "accept"} for row in rows])
    begun = desk.db.execute("select id from readings").fetchone()[0]
    path = desk.folder / "again.csv"
    export_queue(desk.db, path, Filters(), reading=Reading(begun, "Ann"))
    again = desk.rows(path)
    result = taken(desk, [{**again[0], "verdict": "undo"}, {**again[1], "verdict": "reject"}], partial=True)
    assert [problem[:63] for problem in result.problems] == [
        "line 2: an answer in a blind reading can be changed, but not ta"
    ]
    assert (result.decided, result.withdrawn) == (1, 0)
    assert [verdict for verdict, _ in said(desk)] == ["accepted", "accepted", "rejected"]


def test_a_header_without_the_answers_says_what_is_missing_and_what_is_there(desk: Desk) -> None:
    rows = desk.rows(desk.export())
    lacking = [{name: value for name, value in row.items() if name != "proposal_id"} for row in rows]
    with pytest.raises(QueueProblem, match=r"lacks the column proposal_id\. Give"):
        taken(desk, lacking)
    named = [{**row, "n" * 60: ""} for row in lacking]
    with pytest.raises(QueueProblem, match=rf"lacks the column proposal_id \(there is {'n' * 40}\)\. Give"):
        taken(desk, named)
    with pytest.raises(QueueProblem, match="has no header"):
        taken(desk, [{"one": "1", "two": "2"}])
