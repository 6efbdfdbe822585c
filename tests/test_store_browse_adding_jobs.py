"""What was added is read by a process of its own: one at a time, no longer than the server, and whatever happens is told."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from goalmap.store.browse.adding.files import folder_of
from goalmap.store.browse.adding.jobs import JOBS, Job, Stage, Standing, _after, command
from goalmap.store.browse.adding.rows import account
from goalmap.store.database import open_database
from tests.hostile.case import CANARY
from tests.hostile.make import CASES, NOBODY
from tests.plugins import stubborn
from tests.reader import ROOT, Reader, forms, text_of
from tests.sending import posted, sent, serving, token_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="Windows ends processes otherwise")]
FORM = "application/x-www-form-urlencoded"
HOSTILE = (
    "zip/slip.zip",
    "zip/bomb.zip",
    "zip/locked.zip",
    "zip/overlap.zip",
    "word/entity.docx",
    "word/slip.docx",
    "word/text-bomb.docx",
)
CLINIC = "In May we opened a new clinic in {place} where nurses help 300 patients a week to stay well."
MANY = 100
"""Files, each of which takes a tenth of a second."""
QUICK = {"GOALMAP_INGEST_FAST": "1", "GOALMAP_INGEST_WORKERS": "1", "OMP_NUM_THREADS": "1"}


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    for name, value in {**QUICK, **stubborn(tmp_path / "plugin", 0.1)}.items():
        monkeypatch.setenv(name, value)
    open_database(tmp_path / "review.db", create=True).close()
    reader = Reader(tmp_path / "review.db")
    yield reader
    reader.db.close()
    if job := JOBS.of(tmp_path / "review.db"):
        job.stop()
        until(lambda: job.standing.has_ended)


def begin(reader: Reader, *frameworks: str) -> Job:
    """The reading that the page's script begins."""
    headers = {"content-type": FORM, "x-csrftoken": token_of(reader)}
    asked = "&".join(f"framework={name}" for name in frameworks)
    assert posted(reader, f"{ROOT}/add/read", asked.encode(), headers).status_code == 302
    job = JOBS.of(database_of(reader))
    assert job is not None
    return job


def database_of(reader: Reader) -> Path:
    return Path(reader.datasette.databases["review"].path)


def until(is_so: Callable[[], object], seconds: float = 300.0) -> None:
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last, "it did not become so in time"
        time.sleep(0.05)


def ended(reader: Reader) -> Standing:
    """How the reading ended, those that follow it included."""
    until(lambda: (job := JOBS.of(database_of(reader))) and job.standing.has_ended)
    time.sleep(0.2)
    until(lambda: (job := JOBS.of(database_of(reader))) and job.standing.has_ended)
    job = JOBS.of(database_of(reader))
    assert job is not None
    return job.standing


def many(folder: Path, count: int) -> None:
    """More than is read in a moment."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number}.notes").write_text(CLINIC.format(place=f"Stoke{number}"))


def runs_with(words: str) -> list[int]:
    """The processes whose command line holds these words."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if words.encode() in file.read_bytes().replace(b"\0", b" "):
                found.append(int(file.parent.name))
        except OSError:
            continue
    return found


def is_sound(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as conn:
        return bool(conn.execute("pragma integrity_check").fetchone() == ("ok",))


def test_what_was_sent_is_read_and_what_cannot_be_is_told(reader: Reader) -> None:
    sent(reader, "clinic.txt", CLINIC.format(place="Leeds").encode())
    sent(reader, "broken.pdf", b"%PDF-1.4 nothing")
    begin(reader, "nhs-anchor", "no-such-framework")
    standing = ended(reader)
    assert standing.stage == Stage.FINISHED
    assert (standing.found, standing.done, standing.total) == (2, 2, 2)
    assert standing.counts["statuses"] == {"ok": 1, "failed": 1}
    page = text_of(reader.get(f"{ROOT}/add"))
    assert "Finished" in page
    assert "broken.pdf Could not be read. The PDF is broken" in page
    assert reader.db.execute("select id from frameworks").fetchall() == [("nhs-anchor",)]


def test_the_command_is_that_of_the_command_line_with_its_limits(tmp_path: Path) -> None:
    words = command(tmp_path / "a.db", ["un-sdgs"])
    assert words[1:6] == ["-P", "-m", "goalmap.cli", "ingest", str(tmp_path / "a-files")]
    assert not [word for word in words if word.startswith("--max")]


def test_files_that_mean_no_good_end_as_on_the_command_line(reader: Reader, tmp_path: Path) -> None:
    secret = tmp_path / "outside" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text(CANARY)
    cases = [case for case in CASES if case.name in HOSTILE]
    for case in cases:
        case.put(tmp_path / "bad", secret, NOBODY)
        assert sent(reader, case.name, (tmp_path / "bad" / case.name).read_bytes()).json()["name"] == case.name
    begin(reader)
    assert ended(reader).stage == Stage.FINISHED
    folder = folder_of(database_of(reader))
    for case in cases:
        sql = "select status from documents where path = ?"
        (status,) = reader.db.execute(sql, [str(folder / case.name)]).fetchone()
        assert status in {one.value for one in case.statuses}, case.name
    texts = " ".join(text for (text,) in reader.db.execute("select text from passages").fetchall())
    assert CANARY not in texts
    assert is_sound(database_of(reader))


def test_what_is_added_while_a_reading_goes_on_is_read_after_it_by_no_second_one(reader: Reader) -> None:
    sent(reader, "one.txt", CLINIC.format(place="Leeds").encode())
    first = begin(reader)
    sent(reader, "two.txt", CLINIC.format(place="York").encode())
    assert begin(reader) is first
    assert len(runs_with(f"--db {database_of(reader)} --progress")) == 1
    assert "What was added meanwhile comes next" in text_of(reader.get(f"{ROOT}/add/reading"))
    assert ended(reader).stage == Stage.FINISHED
    assert JOBS.of(database_of(reader)) is not first
    assert reader.db.execute("select count(*) from documents where status = 'ok'").fetchone() == (2,)


def test_a_reading_that_is_stopped_keeps_what_was_finished_and_goes_on_later(reader: Reader) -> None:
    many(folder_of(database_of(reader)), MANY)
    job = begin(reader)
    until(lambda: job.standing.done > 3)
    stopping = next(form for form in forms(reader.get(f"{ROOT}/add").text) if "Stop the reading" in form.buttons)
    assert reader.post(stopping.address, stopping.fields).status_code == 302
    assert ended(reader).stage == Stage.STOPPED
    (kept,) = reader.db.execute("select count(*) from documents").fetchone()
    assert 3 < kept < MANY
    assert "begin again to go on where it stopped" in text_of(reader.get(f"{ROOT}/add"))
    begin(reader)
    assert ended(reader).counts["unchanged"] == kept
    assert reader.db.execute("select count(*) from documents where status = 'ok'").fetchone() == (MANY,)


def test_a_reading_that_is_killed_is_told_and_the_database_is_whole(reader: Reader) -> None:
    many(folder_of(database_of(reader)), MANY)
    job = begin(reader)
    until(lambda: job.standing.done > 3)
    os.kill(job.process.pid, signal.SIGKILL)
    assert ended(reader).stage == Stage.FAILED
    assert "The reading broke off What was finished is kept" in text_of(reader.get(f"{ROOT}/add"))
    assert is_sound(database_of(reader))
    begin(reader)
    assert ended(reader).stage == Stage.FINISHED
    assert reader.db.execute("select count(*) from documents where status = 'ok'").fetchone() == (MANY,)


def test_a_reading_that_fails_tells_its_last_words_as_text(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(reader, "one.txt", b"Text.")
    monkeypatch.setenv("GOALMAP_INGEST_ENGINE_NAME", "<b>none")
    begin(reader)
    assert ended(reader).stage == Stage.FAILED
    page = reader.get(f"{ROOT}/add")
    assert "No engine is called '<b>none'" in text_of(page).replace("&#39;", "'")
    assert "<b>none" not in page.text


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_reading_ends_with_the_server(tmp_path: Path, number: signal.Signals) -> None:
    database = tmp_path / "work.db"
    with serving(database, **QUICK, **stubborn(tmp_path / "plugin", 0.1)) as served:
        many(folder_of(database), MANY)
        assert served.ask("POST", "/work/-/add/read", "", **{"content-type": FORM})[0] == 302
        until(lambda: "files read" in served.get("/work/-/add/reading"))
        reading = f"--db {database} --progress"
        assert len(runs_with(reading)) == 1
        children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text().split()
        os.kill(int(children[0]), number)
        until(lambda: not runs_with(reading))
    assert is_sound(database)
    with closing(sqlite3.connect(database)) as conn:
        (kept,) = conn.execute("select count(*) from documents").fetchone()
    assert 0 < kept < MANY


def test_a_reading_leaves_the_machine_to_others(reader: Reader) -> None:
    sent(reader, "one.txt", b"Text.")
    job = begin(reader)
    assert os.getpriority(os.PRIO_PROCESS, job.process.pid) >= 10


def test_reviewers_go_on_while_it_reads(reader: Reader) -> None:
    many(folder_of(database_of(reader)), MANY)
    job = begin(reader)
    until(lambda: job.standing.done > 2)
    taken = []
    while not job.standing.has_ended:
        begun = time.monotonic()
        with closing(open_database(database_of(reader))) as db, db.atomic():
            db.execute("update documents set title = title where 0")
        assert reader.get(f"{ROOT}/overview").status_code == 200
        taken.append(time.monotonic() - begun)
        time.sleep(0.2)
    assert taken
    assert max(taken) < 10


def test_the_words_say_how_many_and_how_long(tmp_path: Path) -> None:
    now = Standing(begun=time.monotonic() - 60, first_done=time.monotonic() - 50)
    now = _after(now, {"event": "found", "files": 40})
    now = _after(now, {"event": "read", "done": 11, "total": 40, "file": "annual-report.pdf"})
    job = object.__new__(Job)
    job.standing = now
    told = account(job)
    assert told is not None
    assert told.detail == "11 of 40 files read, the last of them annual-report.pdf; about 3 minutes left."
    assert account(None) is None
