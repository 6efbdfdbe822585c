"""What goes wrong around the database and its pages in rare ways, and what is then said."""

import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from threading import Thread

import pytest
from sqlite_utils import Database

from goalmap.classify.goals import frameworks
from goalmap.ingest.errors import EntityProblem, FrameworkProblem, NotFound, QueueProblem, UnknownName
from goalmap.ingest.watch import Limits
from goalmap.store import memory, serve
from goalmap.store.browse.access import has_our_tables
from goalmap.store.browse.adding.files import Arrival, folder_of, keep
from goalmap.store.browse.adding.jobs import Job
from goalmap.store.browse.adding.names import NotAdded
from goalmap.store.browse.sources.originals import NotServed, _handle
from goalmap.store.browse.writing import on_record
from goalmap.store.contents.later import is_day
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer, decide
from goalmap.store.entities.graph import graph
from goalmap.store.exchange.files import in_place_of
from goalmap.store.forgetting import traces
from goalmap.store.loading.plan import hash_of
from goalmap.store.own_frameworks import adopt
from goalmap.store.review.choosing import document_named
from goalmap.store.sheets.text import mended
from goalmap.store.sheets.workbook import rows_of_workbook
from tests.reader import ROOT, Reader, text_of
from tests.sending import BYTES, posted, token_of
from tests.stories import make_database

MODELS = Path(__file__).parent.parent / "models"
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no limits on the size of files")


def arrival(folder: Path, content: bytes = b"We lend tablets.") -> Arrival:
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Arrival.beside(folder, 10**9)
    made.take(content)
    return made


# Files that are sent


def test_files_cannot_be_kept_beside_what_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "disk").write_text("a file")
    with pytest.raises(NotAdded, match=r"Files cannot be kept in .*disk: Not a directory"):
        Arrival.beside(tmp_path / "disk" / "work-files", 10**9)


def test_what_cannot_be_put_in_place_leaves_no_empty_file_there(tmp_path: Path) -> None:
    folder = tmp_path / "work-files"
    sent = arrival(folder)
    sent.path.unlink()
    with closing(sent.file), pytest.raises(NotAdded, match="The file cannot be kept in"):
        keep(sent, folder, PurePosixPath("a.txt"))
    assert list(folder.iterdir()) == []


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from goalmap.store.browse.adding.files import Arrival
from goalmap.store.browse.adding.names import NotAdded
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
sent = Arrival.beside(Path(sys.argv[1]), 10**9)
try:
    for _ in range(64):
        sent.take(bytes(2**16))
except NotAdded as problem:
    print(problem.status, problem)
"""


@POSIX
def test_a_file_that_the_disk_does_not_take_is_told(tmp_path: Path) -> None:
    words = [sys.executable, "-c", FULL_DISK, str(tmp_path / "work-files")]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert told == "507 The file cannot be written: File too large.\n"


def test_a_reading_that_cannot_be_started_is_an_error_and_leaves_no_file_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-such-python"))
    with pytest.raises(FileNotFoundError):
        Job(tmp_path / "review.db", [], "ann")


def test_a_file_that_is_broken_off_is_answered_so(reader: Reader, tmp_path: Path) -> None:
    told = {"content-type": BYTES, "x-csrftoken": token_of(reader), "content-length": "999999"}
    answer = posted(reader, f"{ROOT}/add/file?name=a.txt", b"half", told)
    assert answer.status_code in (200, 400)
    assert not list(folder_of(tmp_path / "review.db").parent.glob(".*arriving*"))


# Databases and writing


def test_a_damaged_database_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4080)
    with closing(sqlite3.connect(tmp_path / "a.db")) as conn:
        assert has_our_tables(conn) is False


def test_an_error_of_sqlite_that_is_not_about_waiting_is_raised(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "a.db")) as conn,
        pytest.raises(sqlite3.OperationalError, match="syntax error"),
    ):
        on_record(conn, lambda db: db.execute("select * from nothing"))


def test_a_file_that_was_not_written_whole_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError), in_place_of(tmp_path / "a.json") as path:
        path.write_text("half, and then \ud800", "utf-8")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NotFound, match="There is no folder"), in_place_of(tmp_path / "none" / "a.json"):
        pass


def test_a_memory_that_cannot_be_put_aside_is_left_where_it_is(tmp_path: Path) -> None:
    assert memory._put_aside(tmp_path / "none.db") is False


def test_a_file_that_cannot_be_opened_has_no_hash(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("link")
    assert hash_of(tmp_path / "link") is None


def test_the_end_of_a_server_is_watched_for_in_any_thread() -> None:
    seen: list[str] = []

    def within() -> None:
        with serve._termination_as_interrupt():
            seen.append("served")

    thread = Thread(target=within)
    thread.start()
    thread.join()
    assert seen == ["served"]


STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
)


@POSIX
def test_a_server_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "STOP_SECONDS", 0.2)
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        serve._stop(server)
        assert server.wait() == -9


# What people ask for


def test_a_verdict_or_a_stage_that_is_none_is_refused(db: Database) -> None:
    for answer in (Answer("maybe", "purpose-goals/8"), Answer("accepted", "purpose-goals/8", stage="soon")):
        with pytest.raises(UnknownName, match="There are: "), immediate(db):
            decide(db, {("p1", "purpose-goals/8"): answer}, "ann")
    assert db.table("decisions").count == 0


def test_a_day_that_no_calendar_has_is_none() -> None:
    assert [is_day(text) for text in ("2024-02-29", "2023-02-29", "2024-13", "0000")] == [True, False, False, False]


def test_a_name_of_several_documents_is_answered_with_them(db: Database) -> None:
    with immediate(db):
        for id, path in (("d1", "a/report.txt"), ("d2", "b/report.txt")):
            db.table("documents").insert({"id": id, "path": path, "title": "Report", "status": "ok"})
    with pytest.raises(UnknownName, match=r"a/report.txt \(d1\)"):
        document_named(db, "Report")


def test_a_framework_of_ones_own_cannot_take_the_id_of_a_shipped_one(db: Database) -> None:
    with pytest.raises(FrameworkProblem, match="The id purpose-goals is that of a framework that goalmap brings"):
        adopt(db, frameworks.text_of(MODELS / "purpose-goals.toml"))


def test_an_organisation_of_whom_there_is_no_graph_is_told(db: Database) -> None:
    with pytest.raises(EntityProblem, match="No organisation's name holds 'Nobody'"):
        graph(db, "Nobody")


# Workbooks and sheets


def test_text_that_was_not_misread_stays_as_it_is() -> None:
    assert mended("Café \u4e2d") == "Café \u4e2d"


def package_of(names: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in names.items():
            package.writestr(name, content)
    return file.getvalue()


def test_a_workbook_without_sheets_is_told(tmp_path: Path) -> None:
    (tmp_path / "q.xlsx").write_bytes(package_of({"xl/workbook.xml": "<workbook/>"}))
    with pytest.raises(QueueProblem):
        list(rows_of_workbook(tmp_path / "q.xlsx", frozenset({"proposal_id"}), []))


@POSIX
def test_a_workbook_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "q.xlsx").open("wb") as file:
        file.truncate(Limits().max_bytes + 1)
    with pytest.raises(QueueProblem, match=r"is larger than .* MB and is not read\. Split it"):
        list(rows_of_workbook(tmp_path / "q.xlsx", frozenset({"proposal_id"}), []))


# Pages


def test_the_original_of_a_document_at_a_path_that_turns_in_a_circle_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").symlink_to("a.pdf")
    with pytest.raises(NotServed):
        _handle(str(tmp_path / "a.pdf"))


def test_a_file_of_our_pages_that_is_not_there_is_not_found(reader: Reader) -> None:
    assert reader.get("/-/static-plugins/goalmap/bulk.css").status_code == 404


@pytest.mark.parametrize("path", ["entity/e1/repair", "activity/a1/repair", "review"])
def test_whoever_is_not_signed_in_changes_nothing(tmp_path: Path, path: str) -> None:
    make_database(tmp_path / "review.db").close()
    visitor = Reader(tmp_path / "review.db", name=None)
    answer = visitor.post(f"{ROOT}/{path}", [("verdict", "accepted")])
    visitor.db.close()
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["entity/e1/repair", "activity/a1/repair"])
def test_a_database_that_is_open_for_reading_only_is_not_repaired(tmp_path: Path, path: str) -> None:
    make_database(tmp_path / "review.db").close()
    reader = Reader(tmp_path / "review.db", immutable=True)
    answer = reader.post(f"{ROOT}/{path}", [("verdict", "accepted")], authorization="Bearer of a program")
    reader.db.close()
    assert (answer.status_code, "open for reading only" in text_of(answer)) == (403, True)


def test_a_database_that_is_in_use_is_not_cleaned_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "PATIENCE", 20)
    path = tmp_path / "a.db"
    with closing(open_database(path, create=True)) as db, closing(open_database(path)) as other:
        other.conn.execute("begin immediate")
        assert traces.clean(db, tmp_path / "none.db") == traces.BUSY


def test_the_review_of_a_reader_that_is_none_is_not_found(reader: Reader) -> None:
    assert reader.get(f"{ROOT}/review?reading=r-none").status_code == 404


def test_a_queue_that_another_program_sends_is_not_taken(reader: Reader) -> None:
    told = {"content-type": "text/csv", "x-csrftoken": token_of(reader)}
    answer = posted(reader, f"{ROOT}/queue/upload?name=q.csv", b"proposal_id,verdict\n", told)
    assert (answer.status_code, answer.json()["reason"]) == (415, "The file was not sent by goalmap's own page.")
