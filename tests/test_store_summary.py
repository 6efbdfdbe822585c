"""What a database holds, in figures and in words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.report.wording import outcome_lines, status_lines
from goalmap.store.contents.summary import summarise
from goalmap.store.decisions import Answer, decide

CLINIC = "We opened a new clinic for three thousand patients #8"
GOAL = "purpose-goals/8"


def test_an_empty_database_holds_nothing(db: Database) -> None:
    summary = summarise(db)
    assert (summary.documents, summary.passages, summary.undecided, summary.goals) == (0, 0, 0, ())
    assert "Documents     0" in status_lines(summary)


def test_a_summary_counts_what_is_there(db: Database, files: Path, ingest_files: Callable[..., Any]) -> None:
    (files / "a.txt").write_text(f"{CLINIC} @Amara_Nwosu\nWe opened a shop #9\n")
    (files / "b.txt").write_text("FAIL")
    ingest_files()
    (passage,) = db.execute("select id from passages where position = 0").fetchone()
    decide(db, {(passage, GOAL): Answer("accepted", GOAL)}, "test")
    summary = summarise(db)
    assert summary.statuses == {"ok": 1, "failed": 1}
    assert (summary.passages, summary.content, summary.names) == (2, 2, {"person": 1})
    assert (summary.proposals, summary.undecided, summary.decisions) == (2, 1, 1)
    assert [(goal.goal[:2], goal.proposed, goal.decided) for goal in summary.goals if goal.proposed] == [
        ("8 ", 1, 1),
        ("9 ", 1, 0),
    ]
    assert [problem.status for problem in summary.problems] == ["failed"]


def test_what_could_not_be_attached_and_what_is_gone_is_said(
    db: Database, files: Path, ingest_files: Callable[..., Any]
) -> None:
    for name in ("a", "b"):
        (files / f"{name}.txt").write_text(f"{CLINIC} {name}\nOther work\n")
    ingest_files()
    (passage,) = db.execute("select id from passages where text like '%#8 a'").fetchone()
    decide(db, {(passage, GOAL): Answer("accepted", GOAL, note="good", reviewer="Ann")}, "test")
    (files / "a.txt").write_text("Other work")
    (files / "b.txt").unlink()
    outcome = ingest_files()
    summary = summarise(db)
    status = " ".join(" ".join(status_lines(summary)).split())  # wherever its lines break
    assert "no longer there" in status
    assert "accepted by Ann for 8 Good health and wellbeing" in " ".join(status.split())
    assert "Note: good" in " ".join(status.split())
    lines = " ".join(outcome_lines(outcome, summary, 1.0, Path("goalmap.db")))
    assert "1 file is no longer there" in lines
    assert "1 decision could not be attached" in lines


def test_lines_fit_a_narrow_window(db: Database, files: Path, ingest_files: Callable[..., Any]) -> None:
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    assert all(len(line) <= 80 for line in status_lines(summarise(db)))
