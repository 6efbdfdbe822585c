"""Files that a browser sends: what they are called here, that they come whole or not at all, and who may send any."""

import asyncio
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from goalmap.ingest.find import find
from goalmap.ingest.watch import MEGABYTE
from goalmap.store.browse.adding import files as adding_files
from goalmap.store.browse.adding.files import LIMIT, Body, BrokenOff, folder_of, largest, received
from goalmap.store.browse.adding.names import NotAdded, clean, place_of
from goalmap.store.database import open_database
from tests.reader import IS_0_65, ROOT, Reader, text_of, told_of
from tests.sending import BYTES, Served, posted, sent, serving, token_of
from tests.stories import make_database

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has other rules")
NAMES = st.text(st.characters(), max_size=300) | st.text("./\\-~: \u202eaA\x00\n", max_size=40)
PATHS = st.lists(NAMES, min_size=1, max_size=12).map("/".join)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the reader's files go."""
    return tmp_path / "review-files"


def kept_in(folder: Path) -> dict[str, bytes]:
    """All that was kept, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def left_beside(folder: Path) -> list[str]:
    """What is left of files on their way."""
    return [path.name for path in folder.parent.glob(".*arriving*")]


# What they are called.


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("report.pdf", "report.pdf"),
        ("Board papers/2024/May.pdf", "Board papers/2024/May.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("a\\..\\system.ini", "a_.._system.ini"),
        ("C:\\temp\\a.txt", "C__temp_a.txt"),
        ("-rf.txt", "rf.txt"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        ("COM¹.txt", "_COM¹.txt"),
        ("trailing. ", "trailing"),
        ("line\nbreak\x00.txt", "line break .txt"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("Adroddiad Blynyddol – Tŷ.docx", "Adroddiad Blynyddol – Tŷ.docx"),
        ("abc\u202efdp.exe", "abcfdp.exe"),
        ("報告書.pdf", "報告書.pdf"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_safe(told: str, place: str) -> None:
    assert str(place_of(told)) == place


@pytest.mark.parametrize("told", ["", "/", "..", "a/..", "folder/", "   ", "a/ . "])
def test_a_file_without_a_name_is_refused(told: str) -> None:
    with pytest.raises(NotAdded, match="no name"):
        place_of(told)


@pytest.mark.parametrize("told", [".DS_Store", "Thumbs.db", "~$report.docx", ".git/config", "a/.hidden.txt"])
def test_what_a_program_put_there_is_refused_with_the_reason_that_a_run_gives(told: str) -> None:
    with pytest.raises(NotAdded, match=r"operating system|lock|Hidden"):
        place_of(told)


def test_a_long_name_keeps_its_ending() -> None:
    name = clean("é" * 400 + ".pdf")
    assert name.endswith("é.pdf")
    assert len(name.encode()) <= 200


@given(PATHS)
def test_any_name_stays_inside_the_folder_and_is_one_that_a_run_reads(told: str) -> None:
    try:
        place = place_of(told)
    except NotAdded:
        return
    assert not place.is_absolute()
    assert ".." not in place.parts
    assert len(place.parts) <= 9
    for part in place.parts:
        assert 0 < len(part.encode()) <= 200
        assert part.isprintable() or all(
            letter.isprintable() or letter == "\u200d" or not letter.isspace() for letter in part
        )
        assert not set(part) & set('<>:"/\\|?*\x00\n')
        assert part == part.strip(" ").rstrip(".")
        assert not part.startswith((".", "-", "~"))
    assert place_of(str(place)) == place


@POSIX
@given(st.lists(PATHS, max_size=4))
def test_whatever_is_sent_is_found_by_a_run(tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> None:
    folder = tmp_path_factory.mktemp("any") / "x-files"
    kept = set()
    for number, name in enumerate(told):
        try:
            place = place_of(name)
        except NotAdded:
            continue
        kept.add(str(asyncio.run(received(body(f"{number}".encode()), folder, place, MEGABYTE)).place))
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == kept
    if kept:
        assert [item.problem for item in find([folder])] == [None] * len(kept)


def body(*pieces: bytes, ends: str = "") -> Body:
    """A request's body as a server hands it on; `ends` with a disconnection where one is named."""
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages.append({"type": ends} if ends else {"type": "http.request", "body": b"", "more_body": False})
    left = iter(messages)

    async def receive() -> Any:
        return next(left)

    return Body(receive)


# That they come whole or not at all.


def test_a_file_is_kept_beside_the_database_with_its_folders(reader: Reader, folder: Path) -> None:
    answer = sent(reader, "Board papers/2024/May.txt", b"We opened a clinic.")
    assert answer.json() == {"ok": True, "name": "Board papers/2024/May.txt", "size": 19, "is_new": True}
    assert kept_in(folder) == {"Board papers/2024/May.txt": b"We opened a clinic."}
    assert left_beside(folder) == []


def test_the_same_file_again_is_recognised(reader: Reader, folder: Path) -> None:
    sent(reader, "a.txt", b"One.")
    assert sent(reader, "a.txt", b"One.").json()["is_new"] is False
    assert kept_in(folder) == {"a.txt": b"One."}


def test_another_file_of_the_same_name_is_kept_beside_the_first_and_both_are_known_again(
    reader: Reader, folder: Path
) -> None:
    sent(reader, "a.txt", b"One.")
    assert sent(reader, "a.txt", b"Two.").json()["name"] == "a (2).txt"
    assert sent(reader, "a.txt", b"Six.").json()["name"] == "a (3).txt"
    assert sent(reader, "a.txt", b"Two.").json() == {"ok": True, "name": "a (2).txt", "size": 4, "is_new": False}
    assert kept_in(folder) == {"a.txt": b"One.", "a (2).txt": b"Two.", "a (3).txt": b"Six."}


def test_a_folder_whose_name_a_file_has_gets_a_number(reader: Reader, folder: Path) -> None:
    sent(reader, "reports", b"A file.")
    assert sent(reader, "reports/a.txt", b"In a folder.").json()["name"] == "reports (2)/a.txt"
    assert sent(reader, "reports/b.txt", b"Beside it.").json()["name"] == "reports (2)/b.txt"


def test_an_empty_file_is_kept_for_a_run_to_say_that_it_is_empty(reader: Reader, folder: Path) -> None:
    assert sent(reader, "empty.txt", b"").json()["ok"]
    assert kept_in(folder) == {"empty.txt": b""}


@POSIX
def test_links_are_not_followed(reader: Reader, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.mkdir()
    (folder / "away").symlink_to(outside)
    (folder / "a.txt").symlink_to(outside / "new.txt")
    assert sent(reader, "away/b.txt", b"Text.").json()["name"] == "away (2)/b.txt"
    assert sent(reader, "a.txt", b"Text.").json()["name"] == "a (2).txt"
    assert list(outside.iterdir()) == []


@POSIX
def test_a_folder_of_added_files_that_is_a_link_is_not_used(reader: Reader, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    folder.symlink_to(tmp_path / "outside")
    answer = sent(reader, "a.txt", b"Text.")
    assert answer.status_code == 409
    assert "is a link" in answer.json()["reason"]
    assert list((tmp_path / "outside").iterdir()) == []
    assert left_beside(folder) == []


def test_what_is_too_large_is_refused_by_its_length_and_while_it_comes(
    reader: Reader, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIMIT, "1")
    answer = sent(reader, "big.txt", b"x" * (MEGABYTE + 1))
    assert answer.status_code == 413
    assert "larger than 1 MB" in answer.json()["reason"]
    with pytest.raises(NotAdded, match="larger than 1 MB"):
        asyncio.run(received(body(*[b"x" * 65536] * 17), folder, PurePosixPath("big.txt"), largest()))
    assert sent(reader, "fits.txt", b"x" * MEGABYTE).json()["ok"]
    assert list(kept_in(folder)) == ["fits.txt"]
    assert left_beside(folder) == []


def test_a_length_that_is_no_number_is_refused(reader: Reader, folder: Path) -> None:
    assert sent(reader, "a.txt", b"Text.", **{"content-length": "-5"}).status_code == 413
    assert not folder.exists()


def test_a_file_that_is_broken_off_leaves_nothing(folder: Path) -> None:
    with pytest.raises(BrokenOff):
        asyncio.run(received(body(b"x" * 3 * MEGABYTE, ends="http.disconnect"), folder, PurePosixPath("a.txt"), 10**9))
    assert not folder.exists()
    assert left_beside(folder) == []


def test_a_full_disk_is_told_and_leaves_nothing(reader: Reader, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding_files, "ROOM", 10**18)
    answer = sent(reader, "a.txt", b"Text.")
    assert answer.status_code == 507
    assert "disk is nearly full" in answer.json()["reason"]
    assert not folder.exists()
    assert left_beside(folder) == []


def test_what_a_killed_server_left_is_cleared_in_time(reader: Reader, folder: Path) -> None:
    old = folder.parent / ".review-files-arriving-old"
    young = folder.parent / ".review-files-arriving-young"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    sent(reader, "a.txt", b"Text.")
    assert left_beside(folder) == [young.name]


def test_the_limit_is_that_of_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert largest() == 200 * MEGABYTE
    monkeypatch.setenv(LIMIT, "3")
    assert largest() == 3 * MEGABYTE
    monkeypatch.setenv(LIMIT, "three")
    assert largest() == 200 * MEGABYTE


# Who may send them.


def test_a_visitor_who_is_not_signed_in_adds_nothing(reader: Reader, folder: Path, tmp_path: Path) -> None:
    visitor = Reader(tmp_path / "review.db", name=None)
    assert visitor.get(f"{ROOT}/add").status_code == 403
    assert visitor.get(f"{ROOT}/add/reading").status_code == 403
    for address in ("add/file?name=a.txt", "add/read", "add/stop", "queue/download", "queue/upload?name=a.csv"):
        assert posted(visitor, f"{ROOT}/{address}", b"Text.", {"content-type": BYTES}).status_code == 403
    assert not folder.exists()
    visitor.db.close()


def test_where_datasette_itself_is_open_to_all_nobody_adds_anything(reader: Reader, tmp_path: Path) -> None:
    """Without the metadata of goalmap serve everybody may read."""
    visitor = Reader(tmp_path / "review.db", name=None)
    visitor.datasette = Datasette([str(tmp_path / "review.db")], **told_of({}))
    assert visitor.get(f"{ROOT}/overview").status_code == 200
    assert visitor.get(f"{ROOT}/add").status_code == 403
    assert posted(visitor, f"{ROOT}/add/file?name=a.txt", b"Text.", {"content-type": BYTES}).status_code == 403
    visitor.db.close()


def test_a_database_that_is_open_for_reading_only_has_no_such_page(tmp_path: Path) -> None:
    make_database(tmp_path / "review.db").close()
    reader = Reader(tmp_path / "review.db", immutable=True)
    for page in ("add", "add/reading", "queue"):
        assert reader.get(f"{ROOT}/{page}").status_code == 404
    assert "Add documents" not in text_of(reader.get("/review"))
    reader.db.close()


@pytest.mark.skipif(not IS_0_65, reason="1.0 looks at where a request comes from instead")
def test_a_file_without_datasettes_token_is_refused(reader: Reader, folder: Path) -> None:
    token_of(reader)
    assert sent(reader, "a.txt", b"Text.", **{"x-csrftoken": "another"}).status_code == 403
    assert not folder.exists()


@pytest.mark.skipif(IS_0_65, reason="0.65 has a token instead")
def test_a_file_from_a_page_of_another_address_is_refused(reader: Reader, folder: Path) -> None:
    assert sent(reader, "a.txt", b"Text.", origin="http://elsewhere.example").status_code == 403
    assert not folder.exists()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("address", ["add/file?name=a.txt", "add/read", "add/stop", "queue/download", "queue/upload"])
def test_what_another_website_sends_is_refused(reader: Reader, folder: Path, site: str, address: str) -> None:
    headers = {"content-type": BYTES, "x-csrftoken": token_of(reader), "sec-fetch-site": site}
    assert posted(reader, f"{ROOT}/{address}", b"Text.", headers).status_code == 403
    assert not folder.exists()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_what_a_plain_form_can_send_is_no_file(reader: Reader, folder: Path, kind: str) -> None:
    """These a page of another site may send without asking first."""
    assert sent(reader, "a.txt", b"Text.", **{"content-type": kind}).status_code == 415
    assert not folder.exists()


def test_nothing_is_added_by_following_an_address(reader: Reader, folder: Path) -> None:
    for address in ("add/file?name=a.txt", "add/read", "add/stop", "queue/download", "queue/upload?name=a.csv"):
        assert reader.get(f"{ROOT}/{address}").status_code == 404
    assert not folder.exists()


# The page.


def test_the_page_says_where_the_files_go_and_what_may_be_added(reader: Reader, folder: Path) -> None:
    page = text_of(reader.get(f"{ROOT}/add"))
    assert str(folder) in page
    assert "up to 200 MB" in page
    assert "goalmap ingest FOLDER --db" in page


def test_a_new_database_asks_for_its_frameworks_and_one_in_use_does_not(tmp_path: Path, reader: Reader) -> None:
    assert "This database is new" not in text_of(reader.get(f"{ROOT}/add"))
    (tmp_path / "new").mkdir()
    open_database(tmp_path / "new" / "review.db", create=True).close()
    fresh = Reader(tmp_path / "new" / "review.db")
    page = fresh.get(f"{ROOT}/add").text
    assert 'value="purpose-goals" checked' in page
    assert 'value="un-sdgs"' in page
    fresh.db.close()


def test_the_menus_lead_to_the_page(reader: Reader) -> None:
    assert f'href="{ROOT}/add"' in reader.get("/review").text
    assert f'href="{ROOT}/queue"' in reader.get("/review").text


def test_files_that_could_not_be_read_are_told_with_the_reason_and_their_names_are_text(
    reader: Reader, folder: Path
) -> None:
    path = f"{folder}/<b>bad</b>.pdf"
    reader.db.execute(
        "insert into documents (id, path, status, problem) values ('d9', ?, 'failed', '<script>alert(1)</script> broken')",
        [path],
    )
    reader.db.conn.commit()
    page = reader.get(f"{ROOT}/add")
    assert "<b>bad" not in page.text
    assert "<script>alert" not in page.text
    assert "<b>bad</b>.pdf Could not be read. <script>alert(1)</script> broken" in text_of(page)


def test_the_script_and_the_stylesheet_are_served_and_ask_for_nothing_else(reader: Reader) -> None:
    page = reader.get(f"{ROOT}/add").text
    for name, kind in (("adding.js", "text/javascript"), ("adding.css", "text/css")):
        address = next(part for part in page.split('"') if name in part)
        assert "?" in address
        answer = reader.get(address)
        assert answer.headers["content-type"].startswith(kind)
        assert "http:" not in answer.text
        assert "https:" not in answer.text


# By HTTP.


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    database = tmp_path_factory.mktemp("added") / "work.db"
    with serving(database) as served:
        yield served, folder_of(database)


class Endless:
    """So many megabytes that were never in memory together."""

    def __init__(self, megabytes: int) -> None:
        self.left = megabytes
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for number in range(self.left):
            piece = bytes([number % 251]) * MEGABYTE
            self.digest.update(piece)
            yield piece


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_large_file_is_streamed_to_disk(server: tuple[Served, Path]) -> None:
    served, folder = server
    served.ask("POST", "/work/-/add/file?name=small.bin", b"x")
    before = memory_of(served)
    content = Endless(180)
    length = {"content-length": str(180 * MEGABYTE)}
    status, told = served.ask("POST", "/work/-/add/file?name=large.bin", iter(content), **length)
    assert (status, '"is_new": true' in told) == (200, True)
    with (folder / "large.bin").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == content.digest.hexdigest()
    assert memory_of(served) - before < 40 * MEGABYTE
    (folder / "large.bin").unlink()


def memory_of(served: Served) -> int:
    """The most that the server's process has had in memory."""
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text().split()
    status = Path(f"/proc/{children[0]}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


@pytest.mark.slow
def test_a_sender_who_hangs_up_leaves_nothing(server: tuple[Served, Path]) -> None:
    served, folder = server
    connection = served.connection()
    connection.putrequest("POST", "/work/-/add/file?name=half.bin")
    for name, value in {**served.headers, "content-length": str(50 * MEGABYTE)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    for _ in range(8):
        connection.send(b"x" * MEGABYTE)
    until(lambda: bool(left_beside(folder)))
    connection.close()
    until(lambda: not left_beside(folder))
    assert not (folder / "half.bin").exists()
    assert served.ask("POST", "/work/-/add/file?name=whole.bin", b"x")[0] == 200


@pytest.mark.slow
def test_a_file_that_is_too_large_gets_its_answer_while_it_is_sent(server: tuple[Served, Path]) -> None:
    served, folder = server
    connection = served.connection()
    connection.putrequest("POST", "/work/-/add/file?name=huge.bin")
    for name, value in {**served.headers, "content-length": str(10**12)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(Endless(20))
    answer = connection.getresponse()
    assert answer.status == 413
    assert b"larger than 200 MB" in answer.read()
    connection.close()
    assert not (folder / "huge.bin").exists()
    assert left_beside(folder) == []


def until(is_so: Any, seconds: float = 20.0) -> None:
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last, "it did not become so in time"
        time.sleep(0.05)


def test_a_database_of_another_program_has_no_such_page(tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / "review.db")
    foreign.execute("create table things (id)")
    foreign.close()
    datasette: Any = Datasette([str(tmp_path / "review.db")])
    cookie = f"ds_actor={datasette.sign({'a': {'id': 'ann'}}, 'actor')}"

    async def asked() -> Any:
        await datasette.invoke_startup()
        return await datasette.client.get(f"{ROOT}/add", headers={"cookie": cookie})

    assert asyncio.run(asked()).status_code in (403, 404)
