"""Where a decision could go astray in the review loop: unseen, half taken back, counted twice, or run as a formula."""

import asyncio
import re
import subprocess
import time
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlite_utils import Database

from goalmap.ingest.document import Box
from goalmap.store.browse.review import leases
from goalmap.store.browse.review import views as review_views
from goalmap.store.browse.sources import page_images
from goalmap.store.browse.sources.originals import NotServed, Original
from goalmap.store.browse.sources.painting import UNDRAWABLE, Order
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer, withdraw
from goalmap.store.exchange.history import write_history
from goalmap.store.exchange.taking import import_decisions
from goalmap.store.ledgers import Reading, Record
from goalmap.store.loading.copies import share_decisions
from goalmap.store.review import audits, readings
from goalmap.store.review.audit_counts import samples
from goalmap.store.review.rows import Filters
from goalmap.store.sheets.sheet import write_sheet
from tests.desk import Desk, Rows
from tests.reader import Reader, forms, text_of
from tests.reviewing import make_rooms
from tests.test_store_serve import asked, served

PAGE = "/rooms/-/review"
HARROW, LOCK = "p-Harrow-0", "p-Lock-0"
ACCEPT_8 = "Accept 8 Good health and wellbeing"
RECORD = "select passage_id, proposed_goal_id, verdict, goal_id from current_decisions order by id"


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_views, "_LEASES", leases.Leases())


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Database]:
    """Two passages, of which the first is proposed for two goals; goal 7 came near for both."""
    make_rooms(tmp_path / "rooms.db", {"Harrow": [["8", "9"]], "Lock": [["8"]]})
    db = open_database(tmp_path / "rooms.db")
    yield db
    db.close()


@pytest.fixture
def ann(rooms: Database, tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(tmp_path / "rooms.db", "ann")
    yield reader
    reader.db.close()


def goal(code: str) -> str:
    return f"purpose-goals/{code}"


def on_record(db: Database) -> list[tuple[str, str, str, str]]:
    """What stands: passage, proposed goal, verdict, goal; goals by their codes."""
    rows = db.execute(RECORD).fetchall()
    return [(passage, proposed[14:], verdict, chosen[14:]) for passage, proposed, verdict, chosen in rows]


def propose(db: Database, passage: str, code: str) -> None:
    """What a later reading of the file brings, by another model for instance."""
    row = {"passage_id": passage, "goal_id": goal(code), "score": 0.7, "rank": 3, "evidence": "[]", "model": "n"}
    with immediate(db):
        db.table("proposals").insert({"id": f"m-{passage}-{code}", **row})


def make_copy(db: Database) -> None:
    """Lock's passage says what Harrow's says."""
    with immediate(db):
        db.execute("update passages set copy_of = ? where id = ?", [HARROW, LOCK])


def follow(reader: Reader, answer: Any) -> Any:
    assert answer.status_code == 303
    return reader.get(answer.headers["location"])


# The page


def test_none_of_these_rejects_only_what_was_shown(ann: Reader, rooms: Database) -> None:
    page = ann.get(f"{PAGE}?passage={HARROW}")
    propose(rooms, HARROW, "12")
    ann.send(page, "None of these")
    assert [row[1:3] for row in on_record(rooms)] == [("8", "rejected"), ("9", "rejected")]
    assert rooms.execute("select open from proposals where id = 'm-p-Harrow-0-12'").fetchone() == (1,)


def test_undo_takes_back_a_decision_on_a_copy_where_it_counts_too(ann: Reader, rooms: Database) -> None:
    make_copy(rooms)
    page = follow(ann, ann.send(ann.get(f"{PAGE}?passage={LOCK}"), ACCEPT_8))
    assert [row[0] for row in on_record(rooms)] == [LOCK, HARROW]
    ann.send(page, "Undo my last decision")
    assert on_record(rooms) == []
    assert rooms.execute("select goals from passages where id = ?", [HARROW]).fetchone() == ('["8","9"]',)


def test_undo_leaves_what_somebody_decided_since_on_the_passage_that_counts(ann: Reader, rooms: Database) -> None:
    make_copy(rooms)
    page = follow(ann, ann.send(ann.get(f"{PAGE}?passage={LOCK}"), ACCEPT_8))
    with immediate(rooms):
        Record().add(rooms, {(HARROW, goal("8")): Answer("rejected", goal("8"), reviewer="ben")}, "test")
    ann.send(page, "Undo my last decision")
    assert on_record(rooms) == [(HARROW, "8", "rejected", "8")]


def test_a_copy_shows_what_was_decided_where_it_counts(ann: Reader, rooms: Database) -> None:
    make_copy(rooms)
    before = ann.get(f"{PAGE}?passage={LOCK}")
    with immediate(rooms):
        Record().add(rooms, {(HARROW, goal("8")): Answer("accepted", goal("8"), reviewer="ben")}, "test")
    assert ann.send(before, "Reject 8 Good health and wellbeing").status_code == 409
    assert on_record(rooms) == [(HARROW, "8", "accepted", "8")]
    page = ann.get(f"{PAGE}?passage={LOCK}")
    assert "accepted by ben" in text_of(page)
    ann.send(page, "Reject 8 Good health and wellbeing")
    assert [row[2] for row in on_record(rooms)] == ["rejected", "rejected"]


def test_a_goal_that_was_added_and_is_filed_under_another_is_not_counted_twice(ann: Reader, rooms: Database) -> None:
    ann.send(ann.get(f"{PAGE}?passage={LOCK}"), "Add this goal", filed="9")
    page = ann.get(f"{PAGE}?passage={LOCK}")
    ann.send(page, "Accept 9 Extending enterprise", filed="12")
    assert on_record(rooms) == [(LOCK, "9", "changed", "12")]
    ann.send(ann.get(f"{PAGE}?passage={LOCK}"), "Accept 9 Extending enterprise", filed="9")
    assert on_record(rooms) == [(LOCK, "9", "added", "9")]


def test_a_drawn_passage_is_stale_once_somebody_has_decided_on_it(ann: Reader, rooms: Database) -> None:
    with immediate(rooms):
        rooms.execute("update passages set language = 'en'")
        audits.draw(rooms, "purpose-goals", 2)
    (audit,) = rooms.execute("select id from audit_passages where passage_id = ?", [LOCK]).fetchone()
    page = ann.get(f"{PAGE}?passage={LOCK}&audit={audit}")
    with immediate(rooms):
        Record().add(rooms, {(LOCK, goal("7")): Answer("rejected", goal("7"), reviewer="ben")}, "test")
    assert ann.send(page, "Add what is ticked", serves="7").status_code == 409
    assert on_record(rooms) == [(LOCK, "7", "rejected", "7")]


def test_a_sample_does_not_offer_a_goal_that_somebody_rejected(ann: Reader, rooms: Database) -> None:
    with immediate(rooms):
        rooms.execute("update passages set language = 'en'")
        audits.draw(rooms, "purpose-goals", 2)
        Record().add(rooms, {(LOCK, goal("7")): Answer("rejected", goal("7"), reviewer="ben")}, "test")
    (audit,) = rooms.execute("select id from audit_passages where passage_id = ?", [LOCK]).fetchone()
    page = ann.get(f"{PAGE}?passage={LOCK}&audit={audit}")
    assert 'name="serves" value="6"' in page.text
    assert 'name="serves" value="7"' not in page.text


@pytest.mark.parametrize("address", ["/rooms/-/review", "/rooms/-/review/list/preview", "/rooms/-/queue/download"])
def test_nothing_is_written_in_nobodys_name(ann: Reader, rooms: Database, address: str) -> None:
    page = ann.get(f"{PAGE}?passage={HARROW}")
    form = next(form for form in forms(page.text) if "None of these" in form.buttons)
    ann.cookies["ds_actor"] = ann.datasette.sign({"a": {"id": ""}}, "actor")
    answer = ann.post(address, form.fields)
    assert (answer.status_code, "gave you no name" in answer.text) == (403, True)
    assert on_record(rooms) == []


# Blind readings


def test_a_reading_can_be_finished_though_a_goal_is_not_proposed_any_more(ann: Reader, rooms: Database) -> None:
    begun = readings.begin(rooms, ("Ann", "Ben"), Filters(document="d-Harrow"))
    with immediate(rooms):
        rooms.execute("delete from proposals where passage_id = ?", [HARROW])
    page = ann.get(f"{PAGE}?reading={begun.id}")
    page = follow(ann, ann.send(page, ACCEPT_8))
    follow(ann, ann.send(page, "Reject and go on"))
    assert readings.slots_left(rooms, begun.id, "Ann") == []
    assert rooms.execute("select verdict from reading_answers order by id").fetchall() == [("accepted",), ("rejected",)]


def test_a_goal_that_was_to_be_read_is_accepted_though_it_only_came_near_since(ann: Reader, rooms: Database) -> None:
    begun = readings.begin(rooms, ("Ann", "Ben"), Filters(document="d-Lock"))
    with immediate(rooms):
        Reading(begun.id, "Ben").add(rooms, {(LOCK, goal("8")): Answer("accepted", goal("8"))}, "test")
        rooms.execute("delete from proposals where passage_id = ?", [LOCK])
        rooms.table("candidates").insert({"id": "c8", "passage_id": LOCK, "goal_id": goal("8"), "score": 0.1})
    ann.send(ann.get(f"{PAGE}?reading={begun.id}"), ACCEPT_8)
    assert on_record(rooms) == [(LOCK, "8", "accepted", "8")]


# Files


@pytest.fixture
def desk(rooms: Database, tmp_path: Path) -> Desk:
    return Desk(rooms, tmp_path)


def test_undo_in_a_file_reaches_the_passage_that_counts(desk: Desk, rooms: Database) -> None:
    with immediate(rooms):
        Record().add(rooms, {(LOCK, goal("8")): Answer("accepted", goal("8"), reviewer="ann")}, "test")
    path = desk.export()
    make_copy(rooms)
    with immediate(rooms):
        share_decisions(rooms)
    assert [row[0] for row in on_record(rooms)] == [LOCK, HARROW]

    def undo(rows: Rows) -> None:
        next(row for row in rows if row["verdict"]).update(verdict="undo")

    desk.take(desk.edit(path, undo))
    assert on_record(rooms) == []


def test_a_file_from_before_two_passages_were_one_overwrites_nothing(desk: Desk, rooms: Database) -> None:
    path = desk.export()
    make_copy(rooms)
    with immediate(rooms):
        Record().add(rooms, {(HARROW, goal("8")): Answer("accepted", goal("8"), reviewer="ben")}, "test")

    def reject(rows: Rows) -> None:
        next(row for row in rows if row["proposal_id"] == "m-Lock-0-8")["verdict"] = "reject"

    assert len(desk.take(desk.edit(path, reject)).conflicts) == 1
    assert on_record(rooms) == [(HARROW, "8", "accepted", "8")]


def test_what_was_taken_back_elsewhere_is_taken_back_where_it_was_carried_to(
    desk: Desk, rooms: Database, tmp_path: Path
) -> None:
    make_rooms(tmp_path / "there.db", {"Harrow": [["8", "9"]], "Lock": [["8"]]})
    there = open_database(tmp_path / "there.db")
    with immediate(there):
        Record().add(there, {(LOCK, goal("8")): Answer("accepted", goal("8"), reviewer="cy")}, "test")
    make_copy(rooms)
    write_history(there, tmp_path / "one.json")
    import_decisions(rooms, tmp_path / "one.json")
    assert [row[0] for row in on_record(rooms)] == [LOCK, HARROW]
    with immediate(there):
        withdraw(there, [1], "cy", "test")
    write_history(there, tmp_path / "two.json")
    there.close()
    import_decisions(rooms, tmp_path / "two.json")
    assert on_record(rooms) == []


def test_what_a_sample_showed_elsewhere_is_counted_as_missed_here_too(rooms: Database, tmp_path: Path) -> None:
    make_rooms(tmp_path / "there.db", {"Harrow": [["8", "9"]], "Lock": [["8"]]})
    there = open_database(tmp_path / "there.db")
    for db in (rooms, there):
        with immediate(db):
            db.execute("update passages set language = 'en'")
            audits.draw(db, "purpose-goals", 2)
    with immediate(there):
        drawn = [row.audit_id for row in audits.waiting(there)]
        audits.answer(there, {id: audits.AuditAnswer((goal("12"),), "", "ann") for id in drawn}, "test")
    write_history(there, tmp_path / "there.json")
    import_decisions(rooms, tmp_path / "there.json")
    (here, elsewhere) = (samples(db, "purpose-goals")[0] for db in (rooms, there))
    there.close()
    assert here == elsewhere
    assert sum(sum(stratum.missed) for stratum in here.together.strata) == 2


def test_to_accept_what_somebody_added_is_to_agree(desk: Desk, rooms: Database) -> None:
    path = desk.export(deep=True)
    with immediate(rooms):
        Record().add(rooms, {(LOCK, goal("7")): Answer("added", goal("7"), reviewer="ann")}, "test")

    def accept(rows: Rows) -> None:
        (row,) = [row for row in rows if row["proposal_id"] == "c-Lock-0"]
        row["verdict"] = "accept"

    result = desk.take(desk.edit(path, accept))
    assert (result.conflicts, result.unchanged) == ((), 1)
    assert on_record(rooms) == [(LOCK, "7", "added", "7")]


def test_a_drawn_row_does_not_overrule_what_somebody_rejected(desk: Desk, rooms: Database) -> None:
    with immediate(rooms):
        rooms.execute("update passages set language = 'en'")
        audits.draw(rooms, "purpose-goals", 2)
    path = desk.export()
    with immediate(rooms):
        Record().add(rooms, {(LOCK, goal("7")): Answer("rejected", goal("7"), reviewer="ben")}, "test")

    def name(rows: Rows) -> None:
        (audit,) = rooms.execute("select id from audit_passages where passage_id = ?", [LOCK]).fetchone()
        next(row for row in rows if row["proposal_id"] == audit).update(verdict="add", goal="7")

    result = desk.take(desk.edit(path, name))
    assert len(result.conflicts) == 1
    assert on_record(rooms) == [(LOCK, "7", "rejected", "7")]


def test_half_a_character_in_a_workbook_does_not_stop_the_import(desk: Desk, rooms: Database) -> None:
    path = desk.export("queue.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Queue"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("verdict") + 1, "accept")
    sheet.cell(2, names.index("note") + 1, "Good _xD83D__xDE00_ and _xD83D_ half")
    book.save(path)
    assert desk.take(path).decided == 1
    assert rooms.execute("select note from decisions").fetchone() == ("Good \U0001f600 and \ufffd half",)


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+44"])
def test_no_name_in_a_header_is_a_formula(tmp_path: Path, name: str) -> None:
    write_sheet(tmp_path / "disagreements.csv", ("base", f"{name} says"), [])
    assert (tmp_path / "disagreements.csv").read_text("utf-8-sig").strip() == f"base,'{name} says"


# What stays behind


@pytest.mark.slow
def test_a_server_ends_and_leaves_nothing_when_goalmap_serve_is_killed(rooms: Database, tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db") as (serve, address):
        (folder,) = re.findall(r"--metadata (\S+)/metadata.json", _child_of(serve.pid))
        assert asked(address).status == 302
        serve.kill()
        end = time.monotonic() + 300
        while Path(folder).exists() or _answers(address):
            assert time.monotonic() < end
            time.sleep(0.1)


def _child_of(pid: int) -> str:
    told = subprocess.run(["ps", "-A", "-ww", "-o", "ppid=,args="], capture_output=True, text=True, check=True).stdout
    return next(line for line in told.splitlines() if line.split()[0] == str(pid))


def _answers(address: str) -> bool:
    try:
        asked(address)
    except OSError:
        return False
    return True


def test_pages_that_cannot_be_drawn_are_forgotten_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: page_images.Pictures = OrderedDict()
    monkeypatch.setattr(page_images, "_KEPT", kept)
    monkeypatch.setattr(page_images, "MOST_PICTURES", 3)
    nowhere = Original("/nowhere.pdf", ("0" * 64,), "application/pdf")
    for number in range(1, 6):
        future: Future[bytes] = Future()
        future.set_exception(NotServed(UNDRAWABLE, "broken"))
        kept[Order(nowhere, (Box(number, 0, 0, 1, 1),))] = future
    with pytest.raises(NotServed):
        asyncio.run(page_images.picture(next(reversed(kept))))
    assert len(kept) == 3
