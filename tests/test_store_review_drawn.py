"""Passages drawn at random in the queue: mixed in evenly, answered with the goals that were missed or with none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.review import audits
from tests.desk import Desk, Rows

FORMS = ("csv", "xlsx")


@pytest.fixture
def desk(db: Database, files: Path, ingest_files: Callable[..., Any], tmp_path: Path) -> Desk:
    (files / "a.txt").write_text("\n".join(f"We opened a new clinic in town number {n} #8" for n in range(40)))
    (files / "b.txt").write_text("\n".join(f"Nobody thought of this passage number {n}" for n in range(5)))
    ingest_files()
    desk = Desk(db, tmp_path)
    with immediate(db):
        audits.draw(db, "purpose-goals", 100)
    return desk


def is_drawn(row: dict[str, str]) -> bool:
    return row["proposal_id"].startswith("a")


def answers(db: Database) -> list[tuple[Any, ...]]:
    return db.execute("select verdict, note, reviewer from audit_answers order by id").fetchall()


def test_drawn_passages_stand_evenly_among_the_proposals(desk: Desk) -> None:
    rows = desk.rows(desk.export())
    places = [place for place, row in enumerate(rows) if is_drawn(row)]
    assert len(places) == 45
    assert places[:3] == [4, 9, 14]
    assert all("Drawn at random" in rows[place]["why"] for place in places)
    assert {(rows[place]["goal"], rows[place]["verdict"], rows[place]["confidence"]) for place in places} == {
        ("", "", "")
    }


def test_so_many_rows_are_so_many_rows(desk: Desk) -> None:
    rows = desk.rows(desk.export(limit=10))
    assert [is_drawn(row) for row in rows] == [False, False, False, False, True] * 2


@pytest.mark.parametrize("filters", [{"goal": "8"}, {"publisher": "Severnholme"}, {"framework": "un-sdgs"}])
def test_a_queue_that_was_narrowed_has_none(desk: Desk, filters: dict[str, Any]) -> None:
    assert not any(is_drawn(row) for row in desk.rows(desk.export(**filters)))


@pytest.mark.parametrize("form", FORMS)
def test_a_drawn_passage_is_answered_with_none_or_with_goals(desk: Desk, db: Database, form: str) -> None:
    def answer(rows: Rows) -> None:
        first, second, third = [row for row in rows if is_drawn(row)][:3]
        first["verdict"] = "reject"
        second.update(verdict="add", goal="9", note="a shop", stage="planned")
        third.update(verdict="a", goal="12 Building homes and sustainable communities")
        rows.append({**second, "goal": "13", "stage": ""})

    path = desk.edit(desk.export(f"queue.{form}"), answer)
    assert desk.take(path, dry_run=True).drawn == 3
    result = desk.take(path)
    assert (result.drawn, result.decided, result.problems, result.conflicts) == (3, 0, (), ())
    assert sorted(row[0] for row in answers(db)) == ["none", "some", "some"]
    assert sorted(row[:3] for row in desk.decided()) == [
        ("added", "purpose-goals/12", None),
        ("added", "purpose-goals/13", None),
        ("added", "purpose-goals/9", "planned"),
    ]
    again = desk.take(path)
    assert (again.drawn, again.unchanged, again.conflicts) == (0, 3, ())
    assert len(answers(db)) == 3
    assert not {row["proposal_id"] for row in desk.rows(path) if is_drawn(row) and row["verdict"]} & {
        row["proposal_id"] for row in desk.rows(desk.export("next.csv"))
    }


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"verdict": "accept"}, "write the goal that it serves"),
        ({"verdict": "add"}, "write the goal that it serves"),
        ({"verdict": "add", "goal": "77"}, "no goal is called '77'"),
        ({"verdict": "change", "goal": "9"}, "no goal is proposed"),
        ({"verdict": "undo"}, "no goal is proposed"),
        ({"goal": "9"}, "an answer but no verdict"),
        ({"note": "hm"}, "an answer but no verdict"),
        ({"verdict": "perhaps"}, "no verdict is called 'perhaps'"),
    ],
)
def test_what_cannot_be_said_of_a_drawn_passage_is_a_fault(desk: Desk, cells: dict[str, str], message: str) -> None:
    result = desk.take(desk.answer(desk.export(), 4, **cells), partial=True)
    assert result.problems[0].startswith("line 6: ")
    assert message in result.problems[0]
    assert answers(desk.db) == []


def test_none_and_a_goal_for_the_same_passage_is_a_fault(desk: Desk) -> None:
    def answer(rows: Rows) -> None:
        rows[4]["verdict"] = "reject"
        rows.append({**rows[4], "verdict": "add", "goal": "9"})

    result = desk.take(desk.edit(desk.export(), answer), partial=True)
    assert "line 6 says something else of the same drawn passage" in result.problems[0]
    assert answers(desk.db) == []


def test_two_who_disagree_on_a_drawn_passage_are_told(desk: Desk) -> None:
    ann, bob = desk.export("ann.csv"), desk.export("bob.csv")
    desk.take(desk.answer(ann, 4, verdict="reject"))
    result = desk.take(desk.answer(bob, 4, verdict="add", goal="9"), reviewer="Bob")
    (conflict,) = result.conflicts
    assert (conflict.field, conflict.database, conflict.file) == ("goal", "none", "purpose-goals/9")
    assert [row[0] for row in answers(desk.db)] == ["none"]
    assert desk.decided() == []


def test_answers_on_drawn_passages_and_on_proposals_come_in_one_file(desk: Desk) -> None:
    def answer(rows: Rows) -> None:
        for row in rows:
            row["verdict"] = "reject"

    result = desk.take(desk.edit(desk.export(), answer))
    assert (result.rows, result.decided, result.drawn, result.undecided) == (85, 40, 45, 0)
