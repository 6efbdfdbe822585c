"""review audit as people type it: what it prints, what it draws, what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from goalmap.commands.audits import audit
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer
from goalmap.store.ledgers import Record
from goalmap.store.load import Outcome
from goalmap.store.review.audits import AuditAnswer, answer, waiting
from tests.dumping import place_of

PURPOSE = "purpose-goals"


def run(db: Database, *arguments: object) -> Result:
    path = place_of(db)
    return CliRunner().invoke(audit, ["--db", path, *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def folder(db: Database, files: Path, ingest_files: Callable[..., Outcome]) -> Database:
    """A document of 120 passages, for every third of which goal 8 is proposed."""
    lines = (f"Story number {place} tells of a day{' #8' if place % 3 == 0 else ''}." for place in range(120))
    (files / "a.txt").write_text("\n".join(lines), "utf-8")
    ingest_files((PURPOSE,))
    return db


def decide_all(db: Database) -> None:
    slots = db.execute("select passage_id, goal_id from proposals where open = 1").fetchall()
    with immediate(db):
        Record().add(db, {slot: Answer("accepted", slot[1], reviewer="Ann") for slot in slots}, "by hand")


def answer_all(db: Database) -> None:
    with immediate(db):
        answer(db, {row.audit_id: AuditAnswer(reviewer="Ann") for row in waiting(db)}, "by hand")


def test_the_way_from_nothing_to_a_stop_is_told_step_by_step(folder: Database) -> None:
    first = run(folder)
    assert "120 passages, of which 0 were drawn" in first.stdout
    assert "Decide the 40 proposals that wait:" in first.stdout
    assert "It cannot be told yet that at least 80% was found" in first.stdout
    assert "  goalmap review audit --framework purpose-goals --draw 100 --db " in first.stdout
    decide_all(folder)
    second = run(folder, "--draw", 90)
    assert "purpose-goals: 90 passages drawn at random; 90 wait for an answer." in second.stderr
    assert "goalmap review export queue.csv" in second.stderr
    assert "Answer for the 90 drawn passages that wait" in second.stdout
    answer_all(folder)
    last = run(folder)
    assert "90 were drawn at random and 90 answered" in " ".join(last.stdout.split())
    assert "You may stop for all goals taken together: at least 80% was found." in last.stdout
    assert "You may stop for 1 of 14 goals." in last.stdout
    assert "Decide the" not in last.stdout
    assert "Draw" not in last.stdout


def test_lines_fit_a_terminal(folder: Database) -> None:
    decide_all(folder)
    run(folder, "--draw", 50)
    answer_all(folder)
    path = place_of(folder)
    assert max(len(line) for line in run(folder).stdout.splitlines() if path not in line) <= 80


def test_the_same_stands_in_json(folder: Database) -> None:
    decide_all(folder)
    run(folder, "--draw", 60)
    answer_all(folder)
    data = json.loads(run(folder, "--json", "--recall", 0.9, "--confidence", 0.9).stdout)
    (told,) = data["frameworks"]
    assert (told["framework"], told["passages"], told["drawn"], told["answered"]) == (PURPOSE, 120, 60, 60)
    assert (told["target"], told["confidence"]) == (0.9, 0.9)
    eight = told["goals"][f"{PURPOSE}/8"]
    assert eight["label"].startswith("8 ")
    assert eight["found"] == 40
    assert eight["interval"]["low"] <= eight["value"] <= eight["interval"]["high"]
    assert eight["may_stop"] == (eight["interval"]["low"] >= 0.9)
    assert told["goals"][f"{PURPOSE}/9"]["interval"] is None
    assert told["all"]["found"] == 40


def test_a_surer_bound_is_lower(folder: Database) -> None:
    decide_all(folder)
    run(folder, "--draw", 60)
    answer_all(folder)
    lows = [
        json.loads(run(folder, "--json", "--confidence", confidence).stdout)["frameworks"][0]["all"]["interval"]["low"]
        for confidence in (0.8, 0.95, 0.99)
    ]
    assert lows == sorted(lows, reverse=True)
    assert lows[0] > lows[2]


def test_when_all_was_drawn_it_is_said(folder: Database) -> None:
    run(folder, "--draw", 120)
    assert "every passage was drawn already" in run(folder, "--draw", 5).stderr


def test_goals_of_which_nothing_was_found_have_no_recall_but_a_limit(folder: Database) -> None:
    decide_all(folder)
    run(folder, "--draw", 110)
    answer_all(folder)
    told = " ".join(run(folder).stdout.split())
    assert "None found, so that there is no recall, with what may be missed: 1 Strong" in told
    assert "at most" in told


def test_a_database_without_proposals_says_what_to_do(db: Database) -> None:
    assert "goalmap ingest FOLDER" in run(db).stdout


def test_what_is_not_there_is_refused(folder: Database, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="un-sdgs"):
        run(folder, "--framework", "un-sdgs")
    with pytest.raises(NotFound):
        CliRunner().invoke(audit, ["--db", str(tmp_path / "none.db")], catch_exceptions=False)
    for wrong in (("--draw", 0), ("--recall", 1.5), ("--confidence", 1)):
        assert run(folder, *wrong).exit_code == 2
