"""What programs and people do to a queue: each kind of damage is merged, or refused with the line."""

import csv
import io
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.ingest.errors import QueueProblem
from goalmap.store.database import open_database
from goalmap.store.loading.save import save_frameworks
from goalmap.store.review.columns import ANSWERS, COLUMNS
from goalmap.store.sheets.sheet import read_sheet
from tests.desk import CLINIC, FORMULA, SHOP, Desk, Rows

NOTE = "it’s “so” – café £5"
Change = Callable[[str], bytes]


@pytest.fixture
def desk(db: Database, files: Path, ingest_files: Callable[..., Any], tmp_path: Path) -> Desk:
    (files / "a.txt").write_text(f"{CLINIC} says @Amara_Nwosu\n{SHOP}\n{FORMULA}\n")
    ingest_files()
    return Desk(db, tmp_path)


@pytest.fixture
def queue(desk: Desk) -> Path:
    """A queue in which the first row is accepted with a note."""
    return desk.answer(desk.export(order="document"), 0, verdict="accept", note=NOTE)


def rewritten(text: str, **manner: Any) -> str:
    """The same cells as another program writes them."""
    out = io.StringIO()
    csv.writer(out, **manner).writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


RESAVED: dict[str, Change] = {
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16 with mark": lambda text: text.encode("utf-16"),
    "utf-16 without mark, little end first": lambda text: text.encode("utf-16-le"),
    "utf-16 without mark, big end first": lambda text: text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32"),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "Mac Roman": lambda text: text.encode("mac_roman"),
    "Mac Roman with carriage returns": lambda text: text.replace("\n", "\r").encode("mac_roman"),
    "semicolons": lambda text: rewritten(text, delimiter=";").encode(),
    "tabs": lambda text: rewritten(text, delimiter="\t").encode("utf-16"),
    "bars": lambda text: rewritten(text, delimiter="|").encode(),
    "a line that states the delimiter": lambda text: b"sep=;\r\n" + rewritten(text, delimiter=";").encode(),
    "everything quoted": lambda text: rewritten(text, quoting=csv.QUOTE_ALL).encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "no end of the last line": lambda text: text.rstrip("\n").encode(),
    "blank lines": lambda text: ("\n\n" + text.replace("\n", "\n\n")).encode(),
    "rows of blank cells": lambda text: (text + ",,,,,\n" * 50).encode(),
    "blank columns": lambda text: text.replace("\n", ",,,\n").encode(),
    "NULs": lambda text: text.replace("a", "a\0").encode(),
    "a title above the header": lambda text: ("Queue of March,,,\n\n" + text).encode(),
    "the header twice": lambda text: (lines(text)[0] + text).encode(),
    "a header in capitals": lambda text: (lines(text)[0].upper() + "".join(lines(text)[1:])).encode(),
    "rows twice": lambda text: (text + "".join(lines(text)[1:])).encode(),
    "another order": lambda text: "".join([lines(text)[0], *reversed(lines(text)[1:])]).encode(),
}


@pytest.mark.parametrize("change", RESAVED.values(), ids=RESAVED)
def test_the_answer_arrives_however_the_file_was_saved(desk: Desk, queue: Path, change: Change) -> None:
    queue.write_bytes(change(queue.read_text("utf-8")))
    result = desk.take(queue)
    assert (result.decided, result.problems, result.conflicts) == (1, (), ())
    assert [(row[0], row[1], row[4]) for row in desk.decided()] == [("accepted", "purpose-goals/8", NOTE)]
    assert desk.take(queue).decided == 0


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_a_note_that_an_encoding_cannot_write_is_not_spoilt(desk: Desk, encoding: str) -> None:
    note = "Łódź café – 東京"
    desk.take(desk.answer(desk.export("first.csv", order="document"), 0, verdict="accept", note=note))
    again = desk.export("again.csv", order="document")
    again.write_bytes(again.read_text("utf-8-sig").encode(encoding, errors="replace"))
    result = desk.take(again)
    assert (result.decided, result.problems) == (0, ())
    assert "not UTF-8" in result.warnings[0]
    assert desk.decided()[0][4] == note


def header(change: Callable[[list[str]], list[str]]) -> Change:
    def edited(text: str) -> bytes:
        first, *rest = lines(text)
        return (",".join(change(first.strip().split(","))) + "\n" + "".join(rest)).encode()

    return edited


def renamed(old: str, new: str) -> Change:
    return header(lambda names: [new if name == old else name for name in names])


REFUSED: dict[str, tuple[Change, str]] = {
    "no header": (lambda text: "".join(lines(text)[1:]).encode(), "has no header"),
    "a translated header": (header(lambda names: [f"Spalte {name[:3]}" for name in names]), "has no header"),
    "the verdict renamed": (renamed("verdict", "decision"), r"lacks the column verdict \(there is decision"),
    "the note translated": (renamed("note", "Notiz"), r"lacks the column note \(there is notiz"),
    "a column twice": (renamed("page", "verdict"), "verdict more than once"),
    "a quotation mark that is not closed": (lambda text: text.replace("accept", '"accept', 1).encode(), "line 2"),
    "a cell of ten megabytes": (lambda text: text.replace(NOTE, "x" * 10_000_001).encode(), "damaged at line 2"),
    "cut off in a character": (lambda text: text.encode("utf-16")[:-1], "damaged at line"),
    "no rows": (lambda text: lines(text)[0].encode(), "has no rows"),
    "nothing at all": (lambda text: b"", "has no rows"),
    "a picture": (lambda text: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "has no header|damaged|no rows"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_a_file_in_which_an_answer_could_be_lost_is_refused(
    desk: Desk, queue: Path, change: Change, message: str
) -> None:
    queue.write_bytes(change(queue.read_text("utf-8")))
    with pytest.raises(QueueProblem, match=message):
        desk.take(queue, partial=True)
    assert desk.log == 0


FAULTY: dict[str, tuple[Callable[[Rows], object], str]] = {
    "ids of another row": (
        lambda rows: rows[0].update(proposal_id=rows[1]["proposal_id"]),
        "line 2: the passage in this row ('We opened a new clinic",
    ),
    "an id of one's own": (lambda rows: rows[0].update(proposal_id="g1"), "line 2: no export of this database has proposal 'g1'"),
    "passages sorted apart from the answers": (
        lambda rows: [row.update(passage=text) for row, text in zip(rows, [row["passage"] for row in rows][::-1], strict=True)],
        "line 2: the passage in this row",
    ),
    "a note of a megabyte": (lambda rows: rows[0].update(note="x" * 1_000_000), "line 2: the note has 1,000,000 characters"),
    "a verdict of a megabyte": (lambda rows: rows[0].update(verdict="x" * 1_000_000), "line 2: the verdict has 1,000,000"),
    "two answers to one proposal": (
        lambda rows: rows.append({**rows[0], "verdict": "reject"}),
        "line 5: another answer to the same proposal stands in line 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "message"), FAULTY.values(), ids=FAULTY)
def test_a_row_that_is_not_what_it_was_is_named(
    desk: Desk, queue: Path, edit: Callable[[Rows], object], message: str
) -> None:
    result = desk.take(desk.edit(queue, edit), partial=True)
    assert result.problems[0].startswith(message)
    assert desk.log == 0


def test_a_passage_column_that_was_emptied_or_noted_in_is_no_fault(desk: Desk, queue: Path) -> None:
    desk.answer(queue, 0, passage="")
    desk.answer(queue, 1, verdict="a", passage=f"{SHOP[:60]} <- look!")
    assert desk.take(queue).decided == 2


def test_an_answer_in_the_last_column_of_a_file_without_an_end_is_not_believed(desk: Desk, queue: Path) -> None:
    columns = (*(name for name in COLUMNS if name != "note"), "note")
    desk.answer(queue, 2, verdict="accept", note="see page 24")
    desk.edit(queue, lambda rows: None, columns)
    queue.write_bytes(queue.read_bytes()[:-2])
    result = desk.take(queue, partial=True)
    assert result.problems == (
        "line 4: the file ends in this row without a line end, and note may be cut off; look at it and save the file again",
    )
    assert [row[1] for row in desk.decided()] == ["purpose-goals/8"]


def test_rows_of_a_stale_and_a_fresh_export_stand_in_one_file(desk: Desk) -> None:
    stale = desk.rows(desk.answer(desk.export("stale.csv", order="document"), 0, verdict="accept"))
    desk.take(desk.folder / "stale.csv")
    fresh = desk.export("fresh.csv", order="document")
    desk.answer(fresh, 1, verdict="reject")
    result = desk.take(desk.edit(fresh, lambda rows: rows.extend(stale)))
    assert (result.rows, result.decided, result.problems, result.conflicts) == (6, 1, (), ())
    assert [row[0] for row in desk.decided()] == ["accepted", "rejected"]


@pytest.mark.parametrize("names", [("ann", "bob"), ("bob", "ann")], ids="-".join)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_two_people_from_one_export_lose_nothing_in_either_order(desk: Desk, names: tuple[str, str], form: str) -> None:
    queue = desk.export(f"queue.{form}", order="document")
    answers = {"ann": ("accept", "Ann’s"), "bob": ("reject", "Bob’s")}
    for number, (name, (verdict, note)) in enumerate(answers.items()):
        path = desk.folder / f"{name}.{form}"
        path.write_bytes(queue.read_bytes())
        desk.answer(desk.answer(path, 2, verdict=verdict, note=note), number, verdict="accept", note=note)
    first, second = (desk.take(desk.folder / f"{name}.{form}", reviewer=name) for name in names)
    assert (first.decided, first.conflicts, second.decided) == (2, (), 1)
    assert {conflict.field for conflict in second.conflicts} == {"verdict", "note"}
    assert {row[1]: row[5] for row in desk.decided()} == {
        "purpose-goals/8": "ann",
        "purpose-goals/9": "bob",
        "purpose-goals/12": names[0],
    }


def test_a_queue_of_another_database_is_refused_as_one(desk: Desk, queue: Path, tmp_path: Path) -> None:
    other = open_database(tmp_path / "other.db", create=True)
    save_frameworks(other, ["purpose-goals"])
    with pytest.raises(QueueProblem, match="exported from another database"):
        Desk(other, tmp_path).take(queue)
    other.close()


def test_a_file_that_is_being_written_is_refused(desk: Desk, queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = queue.read_text("utf-8").splitlines(keepends=True)
    queue.write_text(rows[0] + "".join(rows[1:]) * 30_000, "utf-8")
    stop = threading.Event()

    def write_on() -> None:
        with queue.open("a", encoding="utf-8") as file:
            while not stop.is_set():
                file.write(rows[1])
                file.flush()
                time.sleep(0.01)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        with pytest.raises(QueueProblem, match="was written while it was read"):
            read_sheet(queue, frozenset({"proposal_id"}))
    finally:
        stop.set()
        writer.join()


@pytest.mark.slow
def test_a_file_of_a_million_rows_is_read_in_little_memory(desk: Desk, queue: Path) -> None:
    import resource

    row = ",".join(["g" + "a" * 12, *[""] * 20, "x" * 13]) + "\n"
    with queue.open("a", encoding="utf-8") as file:
        for _ in range(1000):
            file.write(row * 1000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = desk.take(queue, dry_run=True)
    assert (result.rows, result.decided, len(result.problems)) == (1_000_003, 1, 1_000_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_500 * 1024  # the faults are listed, too


# Decisions taken back


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("word", ["undo", "U", "withdraw"])
def test_a_decision_is_taken_back_in_clear_words(desk: Desk, form: str, word: str) -> None:
    first = desk.answer(desk.export("a.csv", order="document"), 0, verdict="accept", note="so")
    desk.take(first)
    desk.take(desk.answer(desk.export("b.csv", order="document"), 0, stage="planned"))
    path = desk.answer(desk.export(f"c.{form}", order="document"), 0, verdict=word)
    assert desk.take(path, dry_run=True).withdrawn == 1
    result = desk.take(path)
    assert (result.withdrawn, result.decided, result.undecided, result.problems) == (1, 0, 2, ())
    assert desk.decided() == []
    assert desk.log == 2
    again = desk.take(path)
    assert (again.withdrawn, again.unchanged, again.conflicts) == (0, 1, ())
    rows = desk.rows(desk.export("d.csv", order="document", undecided=True))
    assert [row["goal"] for row in rows] == ["8", "9", "12"]


def test_a_decision_that_was_changed_meanwhile_is_not_taken_back(desk: Desk) -> None:
    desk.take(desk.answer(desk.export("a.csv", order="document"), 0, verdict="accept"))
    undo = desk.answer(desk.export("b.csv", order="document"), 0, verdict="undo")
    desk.take(desk.answer(desk.export("c.csv", order="document"), 0, verdict="reject"))
    result = desk.take(undo)
    (conflict,) = result.conflicts
    assert (conflict.line, conflict.exported, conflict.database, conflict.file) == (2, "accepted", "rejected", "undo")
    assert desk.decided()[0][0] == "rejected"


@pytest.mark.parametrize("cells", [{"verdict": "reject"}, {"note": "still right"}, {"stage": "planned"}])
def test_what_was_taken_back_meanwhile_does_not_come_back_by_an_edit(desk: Desk, cells: dict[str, str]) -> None:
    desk.take(desk.answer(desk.export("a.csv", order="document"), 0, verdict="accept"))
    edited = desk.answer(desk.export("b.csv", order="document"), 0, **cells)
    desk.take(desk.answer(desk.export("c.csv", order="document"), 0, verdict="undo"))
    result = desk.take(edited)
    assert [(one.field, one.database) for one in result.conflicts] == [("verdict", "taken back")]
    assert desk.decided() == []


def test_undo_on_a_row_that_waits_is_no_answer(desk: Desk) -> None:
    result = desk.take(desk.answer(desk.export(order="document"), 0, verdict="undo"))
    assert (result.withdrawn, result.unchanged, result.problems) == (0, 1, ())


@pytest.mark.parametrize("cells", [{"note": "why"}, {"goal": "9"}, {"stage": "planned"}, {"best_practice": "yes"}])
def test_undo_with_another_change_beside_it_is_a_fault(desk: Desk, cells: dict[str, str]) -> None:
    desk.take(desk.answer(desk.export("a.csv", order="document"), 0, verdict="accept"))
    result = desk.take(desk.answer(desk.export("b.csv", order="document"), 0, verdict="undo", **cells))
    assert "undo takes the whole decision back" in result.problems[0]
    assert desk.decided()[0][0] == "accepted"


def test_what_was_taken_back_can_be_decided_again(desk: Desk) -> None:
    for number, verdict in enumerate(["accept", "undo", "reject", "undo", "change"]):
        path = desk.answer(desk.export(f"{number}.csv", order="document"), 0, verdict=verdict)
        if verdict == "change":
            desk.answer(path, 0, goal="9")
        desk.take(path)
    assert [row[:2] for row in desk.decided()] == [("changed", "purpose-goals/9")]


def test_the_answer_columns_are_the_ones_that_are_read_back(desk: Desk, queue: Path) -> None:
    def scribble(rows: Rows) -> None:
        for row in rows:
            row.update(
                {name: "scribble" for name in COLUMNS if name not in (*ANSWERS, "proposal_id", "base", "passage")}
            )

    assert desk.take(desk.edit(queue, scribble)).problems == ()
    assert os.listdir(queue.parent)


# Goals that came near


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_goal_that_came_near_is_decided_like_a_proposal(
    desk: Desk, files: Path, ingest_files: Callable[..., Any], form: str
) -> None:
    (files / "b.txt").write_text("Our neighbours lend tools to whoever asks for them ~9 ~12\n")
    ingest_files()
    path = desk.export(f"deep.{form}", deep=True)
    near = [place for place, row in enumerate(desk.rows(path)) if row["proposal_id"].startswith("c")]
    assert near == [3, 4]
    desk.answer(desk.answer(path, near[0], verdict="accept", stage="ongoing"), near[1], verdict="reject")
    result = desk.take(path)
    assert (result.decided, result.undecided, result.problems) == (2, 3, ())
    assert {row[0]: row[2] for row in desk.decided()} == {"accepted": "ongoing", "rejected": None}
    assert desk.take(path).decided == 0
