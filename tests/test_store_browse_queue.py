"""The queue as a file by way of the browser: out, handed in, looked at, taken over, and nobody else's to see."""

import csv
import io
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from goalmap.store.browse.adding.files import LIMIT
from goalmap.store.browse.queue.files import DESK, wish_of
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, decide
from tests.reader import IS_0_65, ROOT, Reader, forms, text_of
from tests.sending import BYTES, posted, serving

Rows = list[dict[str, str]]


@pytest.fixture
def reader(tmp_path: Path, db: Any, files: Path, ingest_files: Callable[..., Any]) -> Iterator[Reader]:
    """A reviewer of two documents with three proposals."""
    (files / "a.txt").write_text("We opened a clinic #8 #9\nWe cut waste #5")
    (files / "b.txt").write_text("Nothing of note.")
    ingest_files(("purpose-goals",))
    reader = Reader(tmp_path / "goalmap.db")
    yield reader
    reader.db.close()


HERE = ROOT.replace("review", "goalmap")


def downloaded(reader: Reader, **wanted: str) -> Any:
    form = next(form for form in forms(reader.get(f"{HERE}/queue").text) if "Download the queue" in form.buttons)
    return reader.post(form.address, [*form.fields, ("form", "csv"), *wanted.items()])


def rows_of(answer: Any) -> Rows:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def file_of(rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def handed_in(reader: Reader, content: bytes, name: str = "queue.csv") -> Any:
    page = reader.get(f"{HERE}/queue").text
    token = re.findall(r'data-token="([^"]+)"', page)[0]
    return posted(reader, f"{HERE}/queue/upload?name={name}", content, {"content-type": BYTES, "x-csrftoken": token})


def checked(reader: Reader, rows: Rows, name: str = "queue.csv") -> Any:
    """What the page shows of a queue that was handed in."""
    return reader.get(handed_in(reader, file_of(rows), name).json()["address"])


def decisions(reader: Reader) -> list[tuple[str, str, str]]:
    sql = "select verdict, reviewer, source from decisions order by id"
    return list(reader.db.execute(sql).fetchall())


def test_the_queue_comes_as_a_file_that_the_database_remembers(reader: Reader) -> None:
    answer = downloaded(reader)
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="queue-[-0-9]+\.csv".*', answer.headers["content-disposition"])
    rows = rows_of(answer)
    assert len(rows) == 3
    assert reader.db.execute("select id from exports").fetchall() == [(rows[0]["base"],)]


def test_the_queue_comes_as_a_workbook(reader: Reader) -> None:
    answer = downloaded(reader, form="xlsx")
    assert answer.content[:2] == b"PK"
    assert ".xlsx" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("wanted", "goals"),
    [({"goal": "purpose-goals/5"}, ["5"]), ({"publisher": "nobody"}, []), ({"publisher": "severn"}, ["8", "9", "5"])],
)
def test_the_form_narrows_the_queue(reader: Reader, wanted: dict[str, str], goals: list[str]) -> None:
    assert sorted(row["goal"] for row in rows_of(downloaded(reader, **wanted))) == sorted(goals)


def test_a_limit_and_one_document(reader: Reader) -> None:
    assert len(rows_of(downloaded(reader, limit="2"))) == 2
    (other,) = reader.db.execute("select id from documents where path like '%b.txt'").fetchone()
    assert rows_of(downloaded(reader, document=other)) == []


def test_what_makes_no_sense_in_the_form_is_left_out() -> None:
    wish = wish_of({"order": "; drop", "limit": "-3", "form": "exe", "goal": " ", "undecided": ""})
    assert (wish.form, wish.filters.order, wish.filters.limit, wish.filters.goal) == ("csv", "value", None, None)


def test_a_goal_that_is_not_there_is_told(reader: Reader) -> None:
    answer = downloaded(reader, goal="<b>99")
    assert answer.status_code == 400
    assert "No goal is called" in text_of(answer)
    assert "<b>99" not in answer.text


def test_answers_are_shown_first_and_kept_once_they_are_confirmed(reader: Reader) -> None:
    rows = rows_of(downloaded(reader))
    rows[0]["verdict"], rows[1]["verdict"] = "accept", "reject"
    page = checked(reader, rows)
    assert "Nothing has changed yet" in text_of(page)
    assert "Decisions to be written 2 Undecided 1" in text_of(page)
    assert decisions(reader) == []
    answer = send(reader, page, "Take over 2 answers")
    done = text_of(reader.get(answer.headers["location"]))
    assert "Done. 2 answers are kept." in done
    assert sorted(decisions(reader)) == [("accepted", "ann", "queue queue.csv"), ("rejected", "ann", "queue queue.csv")]


def send(reader: Reader, page: Any, button: str) -> Any:
    form = next(form for form in forms(page.text) if button in form.buttons)
    return reader.post(form.address, form.fields)


def test_confirming_twice_writes_once(reader: Reader) -> None:
    rows = rows_of(downloaded(reader))
    rows[0]["verdict"] = "accept"
    page = checked(reader, rows)
    for _ in range(2):
        assert send(reader, page, "Take over 1 answer").status_code == 302
    assert len(decisions(reader)) == 1


def test_rows_with_faults_are_listed_and_the_good_ones_taken_if_that_is_wanted(reader: Reader) -> None:
    rows = rows_of(downloaded(reader))
    rows[0]["verdict"], rows[1]["verdict"] = "accept", "<i>perhaps"
    page = checked(reader, rows)
    assert "Line 3: no verdict is called '<i>perhaps'" in text_of(page)
    assert "<i>perhaps" not in page.text
    answer = send(reader, page, "Take over 1 good answer, leave out the faults")
    assert "1 row with faults was left out" in text_of(reader.get(answer.headers["location"]))
    assert [verdict for verdict, _, _ in decisions(reader)] == ["accepted"]


def test_conflicts_are_shown_and_can_be_downloaded_and_nothing_is_overwritten(reader: Reader) -> None:
    rows = rows_of(downloaded(reader))
    rows[0]["verdict"], rows[1]["verdict"] = "accept", "accept"
    sql = "select passage_id, goal_id from proposals where id = ?"
    slot = reader.db.execute(sql, [rows[0]["proposal_id"]]).fetchone()
    with immediate(reader.db):
        decide(reader.db, {tuple(slot): Answer("rejected", slot[1], reviewer="ben")}, "test")
    page = checked(reader, rows)
    assert "The database will be left as it is" in text_of(page)
    address = send(reader, page, "Take over 1 answer").headers["location"]
    done = reader.get(address)
    assert "The database was left as it is" in text_of(done)
    conflicts = rows_of(reader.get(f"{address}/conflicts.csv"))
    assert [(row["line"], row["database"], row["file"]) for row in conflicts if row["field"] == "verdict"] == [
        ("2", "rejected", "accepted")
    ]
    assert sorted(verdict for verdict, _, _ in decisions(reader)) == ["accepted", "rejected"]


def test_what_is_no_queue_is_told_without_the_place_where_it_lies(reader: Reader) -> None:
    answer = reader.get(handed_in(reader, b"a,b\r\n1,2\r\n", "notes.csv").json()["address"])
    assert answer.status_code == 400
    assert "notes.csv" in text_of(answer)
    assert "goalmap-queues" not in answer.text
    assert queues_kept() == []


def queues_kept() -> list[Path]:
    return [path for path in DESK.root().rglob("*") if path.is_file()]


def test_a_queue_is_kept_for_its_reviewer_alone_and_goes_when_it_is_left(reader: Reader, tmp_path: Path) -> None:
    rows = rows_of(downloaded(reader))
    rows[0]["verdict"] = "accept"
    address = handed_in(reader, file_of(rows)).json()["address"]
    if os.name == "posix":
        assert stat.S_IMODE(DESK.root().stat().st_mode) == 0o700
    other = Reader(tmp_path / "goalmap.db", name="ben")
    other.datasette = reader.datasette
    other.cookies = {"ds_actor": reader.datasette.sign({"a": {"id": "ben"}}, "actor")}
    assert other.get(address).status_code == 404
    other.db.close()
    assert len(queues_kept()) == 1
    send(reader, reader.get(address), "Leave it")
    assert queues_kept() == []
    assert reader.get(address).status_code == 404
    assert decisions(reader) == []


def test_a_queue_that_was_taken_over_is_not_kept(reader: Reader) -> None:
    rows = rows_of(downloaded(reader))
    rows[0]["verdict"] = "accept"
    send(reader, checked(reader, rows), "Take over 1 answer")
    assert queues_kept() == []


def test_a_queue_that_is_too_large_is_refused(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT, "1")
    assert handed_in(reader, b"x" * (2**20 + 1)).status_code == 413
    assert queues_kept() == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "%00.csv", "a%2Fb.csv"])
def test_no_name_leads_out_of_the_private_folder(reader: Reader, name: str) -> None:
    before = set(queues_kept())
    answer = handed_in(reader, b"x", name)
    new = [path for path in queues_kept() if path not in before]
    assert answer.status_code == 200
    assert len(new) == 1
    assert new[0].parent.parent == DESK.root()
    reader.get(answer.json()["address"])


def test_another_writer_is_told_of(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalmap.store.database.BUSY_SECONDS", 0.05)
    rows = rows_of(downloaded(reader))
    rows[0]["verdict"] = "accept"
    page = checked(reader, rows)
    reader.db.conn.execute("begin immediate")
    answer = send(reader, page, "Take over 1 answer")
    reader.db.conn.rollback()
    assert answer.status_code == 409
    assert "Another program is writing" in text_of(answer)
    assert send(reader, page, "Take over 1 answer").status_code == 302
    assert len(decisions(reader)) == 1


@pytest.mark.skipif(not IS_0_65, reason="1.0 looks at where a request comes from instead")
def test_a_download_without_datasettes_token_is_refused(reader: Reader) -> None:
    reader.get(f"{HERE}/queue")
    assert reader.post(f"{HERE}/queue/download", [("form", "csv")]).status_code == 403
    assert reader.db.execute("select count(*) from exports").fetchone() == (0,)


def test_what_was_handed_in_goes_with_the_server_however_it_ends(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with serving(tmp_path / "work.db", TMPDIR=str(temporary)) as served:
        assert served.ask("POST", "/work/-/queue/upload?name=queue.csv", b"a,b\r\n")[0] == 200
        assert [path.name for path in temporary.rglob("*.csv")] == ["queue.csv"]
    assert list(temporary.iterdir()) == []
