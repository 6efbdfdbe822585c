"""Two readers from the command line: a blind file for each, how far they agree, and what a third one settles."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from goalmap.cli import main
from goalmap.store.browse.questions import QUERIES
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer
from goalmap.store.ledgers import Reading

LINES = [f"We opened a clinic in town number {number} for all who live there #8" for number in range(8)]
LINES += [f"Our shop number {number} sells furniture made from old wood #9 #12" for number in range(4)]


class Table:
    """Where Ann, Ben and Carl sit, each with a spreadsheet, and somebody with a command line."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.folder = folder

    def run(self, *arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, ["review", *arguments, "--db", str(self.folder / "goalmap.db")])
        assert result.exit_code == code, result.output
        return result

    def begin(self, *options: str) -> str:
        path = str(self.folder / "queue.csv")
        return str(
            json.loads(self.run("readers", path, "--reader", "Ann", "--reader", "Ben", "--json", *options).stdout)[
                "reading"
            ]
        )

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def answer(self, name: str, answers: dict[int, dict[str, str]]) -> Result:
        """Fill in rows of a file and import it; what a reader agreed to with others goes on record."""
        rows = self.rows(name)
        for place, cells in answers.items():
            rows[place].update(cells)
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return self.run("import", str(self.folder / name), "--reviewer", "Carl")

    @property
    def account(self) -> dict[str, Any]:
        account: dict[str, Any] = json.loads(self.run("agreement", "--json").stdout)
        return account

    def decided(self) -> list[tuple[Any, ...]]:
        return self.db.execute("select verdict, reviewer, source from decisions order by id").fetchall()


ALL = {place: {"verdict": "accept"} for place in range(16)}


@pytest.fixture
def table(db: Database, files: Path, ingest_files: Callable[..., Any], tmp_path: Path) -> Table:
    (files / "a.txt").write_text("\n".join(LINES))
    ingest_files()
    return Table(db, tmp_path)


def test_each_reader_gets_a_file_with_the_same_blind_rows(table: Table) -> None:
    result = table.run("readers", str(table.folder / "queue.csv"), "--reader", "Ann", "--reader", "Ben O'Neill")
    assert "16 proposals for Ann and Ben O'Neill." in result.stdout
    ann, ben = (
        [{**row, "base": ""} for row in table.rows(name)] for name in ("queue-Ann.csv", "queue-Ben-O-Neill.csv")
    )
    assert ann == ben
    assert {(row["verdict"], row["reviewer"]) for row in ann} == {("", "")}


def test_a_workbook_for_each_reader_is_as_good(table: Table) -> None:
    table.run("readers", str(table.folder / "queue.xlsx"), "--reader", "Ann", "--reader", "Ben", "--sample", "3")
    assert {path.name for path in table.folder.glob("*.xlsx")} == {"queue-Ann.xlsx", "queue-Ben.xlsx"}


def test_nothing_is_begun_where_a_file_is_there_already_or_cannot_be_written(table: Table) -> None:
    (table.folder / "queue-Ben.csv").write_text("answers")
    names = ("--reader", "Ann", "--reader", "Ben")
    assert "is there already" in table.run("readers", str(table.folder / "queue.csv"), *names, code=2).output
    assert "There is no folder" in table.run("readers", str(table.folder / "no" / "queue.csv"), *names, code=2).output
    assert "kind of queue file" in table.run("readers", str(table.folder / "queue.doc"), *names, code=2).output
    assert "two readers" in table.run("readers", str(table.folder / "queue.csv"), "--reader", "Ann", code=1).output
    assert "No reading was begun yet" in table.run("agreement", code=2).output
    assert "No reading was begun yet" in table.run("agreement", "--list").output


def test_readers_whose_names_make_one_file_name_get_two_files(table: Table) -> None:
    names = ("--reader", "A/B", "--reader", "A B", "--reader", "..")
    files = json.loads(table.run("readers", str(table.folder / "queue.csv"), *names, "--json").stdout)["files"]
    assert [Path(path).name for path in files.values()] == ["queue-A-B1.csv", "queue-A-B2.csv", "queue-reader.csv"]
    assert all(Path(path).is_file() for path in files.values())


def test_a_lost_file_is_written_again_with_the_readers_own_answers_alone(table: Table) -> None:
    reading = table.begin()
    table.answer("queue-Ann.csv", {0: {"verdict": "accept"}})
    table.answer("queue-Ben.csv", {0: {"verdict": "reject", "note": "Ben's"}})
    table.run("readers", str(table.folder / "queue.csv"), "--again", reading, "--force")
    assert [row["verdict"] for row in table.rows("queue-Ann.csv")] == ["accepted", *[""] * 15]
    assert table.rows("queue-Ben.csv")[0]["note"] == "Ben's"


def test_agreement_tells_who_answered_and_how_far_they_agree(table: Table) -> None:
    reading = table.begin("--note", "pilot")
    table.answer("queue-Ann.csv", ALL)
    table.answer("queue-Ben.csv", {place: {"verdict": "reject" if place < 3 else "accept"} for place in range(12)})
    text = table.run("agreement", reading).stdout
    assert "(pilot)" in text
    assert "16 proposals; answered: Ann 16, Ben 12; by all: 12." in text
    assert "To settle: 3 disagreements" in text
    assert [reviewer for _, reviewer, _ in table.decided()] == ["Ann and Ben"] * 9
    account = table.account
    assert account["answered"] == {"Ann": 16, "Ben": 12}
    assert account["figures"]["questions"]["right"]["observed"] == 0.75
    assert account["figures"]["questions"]["right"]["coefficient"] == 0.0
    assert len(account["disagreements"]) == 3


def test_where_everybody_says_the_same_kappa_is_a_dash_with_its_reason(table: Table) -> None:
    table.begin()
    for name in ("Ann", "Ben"):
        table.answer(f"queue-{name}.csv", ALL)
    text = table.run("agreement").stdout
    assert "A dash: everybody gave one and the same answer" in text
    assert "Nothing to settle" in text


def test_a_third_one_settles_what_they_differ_in(table: Table) -> None:
    table.begin("--order", "document")
    table.answer(
        "queue-Ann.csv",
        {0: {"verdict": "accept"}, 1: {"verdict": "accept", "stage": "planned"}, 2: {"verdict": "reject"}},
    )
    table.answer(
        "queue-Ben.csv",
        {0: {"verdict": "reject", "note": "a visit"}, 1: {"verdict": "accept"}, 2: {"verdict": "reject"}},
    )
    assert "2 disagreements written" in table.run("agreement", "-o", str(table.folder / "settle.csv")).stderr
    first, second = table.rows("settle.csv")
    assert (first["Ann says"], first["Ben says"], first["differ_in"]) == (
        "accept, delivered",
        "reject (a visit)",
        "verdict",
    )
    assert (second["Ann says"], second["differ_in"]) == ("accept, planned", "stage")
    table.answer("settle.csv", {0: {"verdict": "accept"}, 1: {"verdict": "reject"}})
    assert [row[:2] for row in table.decided()] == [
        ("rejected", "Ann and Ben"),
        ("accepted", "Carl"),
        ("rejected", "Carl"),
    ]
    assert table.account["disagreements"] == []


def test_to_let_the_record_stand_a_note_is_enough(table: Table) -> None:
    decision = {
        "verdict": "accepted",
        "reviewer": "Dee",
        "decided_at": "2020-01-01T09:00:00+00:00",
        "source": "queue old.csv",
    }
    sql = "select passage_id, goal_id, goal_id proposed_goal_id from proposals"
    table.db.table("decisions").insert_all({**row, **decision} for row in list(table.db.query(sql)))
    table.begin("--order", "document")
    for name in ("Ann", "Ben"):
        table.answer(f"queue-{name}.csv", {0: {"verdict": "reject"}})
    assert table.account["disagreements"][0]["differ_in"] == ["record"]
    assert "say why in the note" in " ".join(table.run("agreement").stdout.split())
    table.run("agreement", "-o", str(table.folder / "settle.csv"))
    assert table.rows("settle.csv")[0]["verdict"] == "accepted"
    table.answer("settle.csv", {0: {"note": "It opened in May."}})
    assert table.decided()[-1][:2] == ("accepted", "Dee")
    assert table.account["disagreements"] == []


def test_a_goal_that_one_reader_added_can_be_settled_too(table: Table) -> None:
    table.begin("--order", "document")
    rows = table.rows("queue-Ann.csv")
    table.answer("queue-Ann.csv", ALL)
    table.answer("queue-Ben.csv", ALL)
    with immediate(table.db):
        (slot,) = table.db.execute("select passage_id, goal_id from proposals where id = ?", [rows[0]["proposal_id"]])
        Reading(table.account["reading"]["id"], "Ann").add(
            table.db,
            {(slot[0], "purpose-goals/9"): Answer("added", "purpose-goals/9", "planned", note="jobs")},
            "browser",
        )
    table.run("agreement", "-o", str(table.folder / "settle.csv"))
    (row,) = table.rows("settle.csv")
    assert (row["Ann says"], row["Ben says"]) == ("add 9, planned (jobs)", "did not add it")
    assert (row["goal"], row["passage"]) == ("9", rows[0]["passage"])
    table.answer("settle.csv", {0: {"verdict": "accept"}})
    assert table.decided()[-1][:2] == ("accepted", "Carl")
    assert table.account["disagreements"] == []


def test_what_two_decided_on_record_is_told_with_what_it_hides(table: Table) -> None:
    assert "No proposal was decided on by two reviewers" in table.run("agreement", "--on-record").stdout
    for reviewer, verdict in (("Ann", "accept"), ("Ben", "reject")):
        table.run("export", str(table.folder / "all.csv"), "--force")
        rows = {place: {"verdict": verdict, "reviewer": reviewer} for place in range(12)}
        table.answer("all.csv", rows)
    text = " ".join(table.run("agreement", "--on-record").stdout.split())
    assert "the second reviewer saw what the first had said" in text
    assert "Ann, then Ben" in text
    (pair,) = json.loads(table.run("agreement", "--on-record", "--json").stdout)["pairs"]
    assert (pair["first"], pair["second"], pair["figures"]["questions"]["right"]["observed"]) == ("Ann", "Ben", 0.0)


def test_readings_are_listed_and_the_latest_is_shown(table: Table) -> None:
    first = table.begin("--note", "first")
    second = table.begin("--note", "second", "--force")
    assert [one["id"] for one in json.loads(table.run("agreement", "--list", "--json").stdout)["readings"]] == [
        second,
        first,
    ]
    assert "There is 1 other reading" in table.run("agreement").stdout
    assert f"Reading {first}" in table.run("agreement", first).stdout
    assert "No reading is called" in table.run("agreement", "r0", code=2).output


@pytest.mark.parametrize("options", [("--list", "--on-record"), ("rx", "--list"), ("-o", "x.csv", "--on-record")])
def test_questions_that_exclude_each_other_are_refused(table: Table, options: tuple[str, ...]) -> None:
    assert "Choose one" in table.run("agreement", *options, code=2).output


@pytest.mark.sqlite_only("it asks a question of Datasette")
def test_side_by_side_shows_what_all_have_answered_and_nothing_else(table: Table) -> None:
    reading = table.begin("--order", "document")
    table.answer("queue-Ann.csv", ALL)
    table.answer("queue-Ben.csv", {1: {"verdict": "change", "goal": "9", "best_practice": "yes", "note": "jobs"}})
    (row,) = table.db.query(QUERIES["readings_side_by_side"].sql, {"reading": reading})
    said = [words.rpartition(", ")[0] for words in row["answers"].split("; ")]
    assert said == ["Ann: accepted, delivered", "Ben: changed to 9, delivered, best practice (jobs)"]
    assert (row["position"], row["score"], row["proposed_stage"], row["on_record"]) == (1, 0.9, "delivered", None)
    assert list(table.db.query(QUERIES["readings_side_by_side"].sql, {"reading": "r0"})) == []
