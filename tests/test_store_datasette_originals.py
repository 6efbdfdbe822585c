"""The page that a passage stands on, and the file that a document was read from, asked for in-process."""

import asyncio
import hashlib
import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from goalmap.ingest.document import Box, Document, Kind, Passage, Status
from goalmap.store.browse.sources import page_images
from goalmap.store.browse.sources.page_images import has_page_image
from goalmap.store.browse.sources.painting import SECONDS
from goalmap.store.browse.sources.views import disposition
from goalmap.store.database import immediate, open_database
from tests.hostile.case import Bait
from tests.hostile.pdfs import _double_bomb, _hanging, pages, stream
from tests.hostile.zips import zlib_stream
from tests.reader import ROOT, Reader, text_of
from tests.shelves import shelve, shelved

LAYOUTS = Path(__file__).parent / "layouts" / "files"
PDF = "columns-two.pdf"
OVER_TWO_PAGES = f"{ROOT}/passage/{PDF}-23/page.png"
NOTE = "The Trust opened a nursery for sixty children, a café and a garden."
NAMES = {
    "news.html": f"<html><body><p>{NOTE}</p><script>alert(1)</script></body></html>".encode(),
    "note.txt": NOTE.encode(),
    "old note.txt": NOTE.encode("cp1252"),
    "plan.md": f"# Plan\n\n{NOTE}".encode(),
}


def letter() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "News", "ann@example.org"
    message.set_content(NOTE)
    message.add_attachment((LAYOUTS / PDF).read_bytes(), maintype="application", subtype="pdf", filename="attached.pdf")
    return message.as_bytes()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files, and beside it a database of them."""
    folder = tmp_path_factory.mktemp("made") / "news"
    folder.mkdir()
    shutil.copy(LAYOUTS / PDF, folder)
    for name, data in NAMES.items():
        (folder / name).write_bytes(data)
    (folder / "letter.eml").write_bytes(letter())
    shelved(folder.parent / "review.db", sorted(folder.iterdir())).close()
    return folder


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    """A copy of both, to be spoilt."""
    shutil.copytree(made.parent, tmp_path, dirs_exist_ok=True)
    with closing(open_database(tmp_path / "review.db")) as db, immediate(db):
        db.execute("update documents set path = replace(path, ?, ?)", [str(made), str(tmp_path / "news")])
    return tmp_path / "news"


@pytest.fixture
def reader(folder: Path) -> Iterator[Reader]:
    reader = Reader(folder.parent / "review.db")
    yield reader
    reader.db.close()


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    page_images._KEPT.clear()


def original(name: str) -> str:
    return f"{ROOT}/document/{name.replace(' ', '+').replace('.', '~2E')}/original"


# The page


def test_a_passage_is_shown_on_each_of_its_pages(reader: Reader) -> None:
    first, second = (reader.get(f"{OVER_TWO_PAGES}?page={page}") for page in (1, 2))
    assert (first.status_code, first.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(first.content)).size == Image.open(io.BytesIO(second.content)).size
    assert reader.get(OVER_TWO_PAGES).content == first.content != second.content
    assert reader.get(f"{OVER_TWO_PAGES}?scale=2").content != first.content


@pytest.mark.parametrize("asked", ["?page=3", "?page=-1", "?page=x", "?page=1%00"])
def test_a_page_on_which_the_passage_does_not_stand_is_not_shown(reader: Reader, asked: str) -> None:
    answer = reader.get(OVER_TWO_PAGES + asked)
    assert (answer.status_code, "[1, 2]" in answer.text) == (404, True)


def test_a_picture_that_was_drawn_is_at_hand_and_the_same_one_is_not_sent_twice(reader: Reader, folder: Path) -> None:
    first = reader.get(OVER_TWO_PAGES)
    (folder / PDF).unlink()
    started = time.process_time()
    assert reader.get(OVER_TWO_PAGES).content == first.content
    assert time.process_time() - started < 0.5
    reader.cookies, cookies = {}, reader.cookies
    told = asyncio.run(reader_with(reader, cookies, {"if-none-match": first.headers["etag"]}))
    assert (told.status_code, told.content) == (304, b"")


async def reader_with(reader: Reader, cookies: dict[str, str], headers: dict[str, str]) -> Any:
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return await reader.datasette.client.get(OVER_TWO_PAGES, headers={"cookie": cookie, **headers})


def test_the_passage_page_shows_it_and_says_it_in_words(reader: Reader) -> None:
    html = reader.get(f"{ROOT}/passage/{PDF}-23").text
    assert html.count("<figure") == html.count('<img loading="lazy"') == 2
    assert "Page 2 as it is printed, with this passage marked" in html
    assert "page.png?page=2" in html
    assert f"{ROOT}/document/columns-two~2Epdf/original#page=1" in html


@pytest.mark.parametrize("name", ["news.html", "note.txt", "plan.md", "letter.eml"])
def test_what_has_no_pages_says_so(reader: Reader, name: str) -> None:
    (id,) = reader.db.execute("select id from passages where document_id = ? limit 1", [name]).fetchone()
    answer = reader.get(f"{ROOT}/passage/{id.replace('.', '~2E')}/page.png")
    assert (answer.status_code, "only those of PDFs" in answer.text) == (404, True)
    assert "<figure" not in reader.get(f"{ROOT}/passage/{id.replace('.', '~2E')}").text


def test_a_passage_of_an_earlier_reading_is_not_marked_on_the_page_of_today(reader: Reader) -> None:
    reader.db.execute("update passages set retired_at = '2026-01-01' where id = ?", [f"{PDF}-23"])
    reader.db.conn.commit()
    assert reader.get(OVER_TWO_PAGES).status_code == 404
    row = next(reader.db.query("select * from passages where id = ?", [f"{PDF}-23"]))
    document = next(reader.db.query("select * from documents where id = ?", [PDF]))
    assert not has_page_image(document, row)
    assert has_page_image(document, row | {"retired_at": None})


def test_a_pdf_in_an_e_mail_is_shown_on_its_page_too(reader: Reader) -> None:
    alone = reader.get(OVER_TWO_PAGES)
    assert reader.get(f"{ROOT}/passage/attached~2Epdf-23/page.png").content == alone.content


def test_boxes_that_make_no_sense_are_no_page(reader: Reader) -> None:
    for boxes in ("", "[]", "null", '[[1, "a", 0, 0, 0]]', "[[0, 1, 1, 2, 2]]", '{"a": 1}', '[["x", 1, 1, 2, 2]]'):
        reader.db.execute("update passages set boxes = ? where id = ?", [boxes, f"{PDF}-23"])
        reader.db.conn.commit()
        assert reader.get(OVER_TWO_PAGES).status_code == 404


# The file


def test_the_original_is_the_file_to_the_byte(reader: Reader, folder: Path) -> None:
    for name in (PDF, "letter.eml", *NAMES):
        answer = reader.get(original(name))
        assert (answer.status_code, answer.content) == (200, (folder / name).read_bytes())
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("name", "how", "kind"),
    [
        (PDF, "inline", "application/pdf"),
        ("note.txt", "inline", "text/plain; charset=utf-8"),
        ("old note.txt", "inline", "text/plain; charset=windows-1252"),
        ("news.html", "attachment", "application/octet-stream"),
        ("plan.md", "attachment", "application/octet-stream"),
        ("letter.eml", "attachment", "application/octet-stream"),
    ],
)
def test_only_what_runs_nothing_is_shown_in_the_browser(reader: Reader, name: str, how: str, kind: str) -> None:
    headers = reader.get(original(name)).headers
    assert headers["content-disposition"].startswith(f'{how}; filename="{name}"')
    assert headers["content-type"] == kind


def test_a_drawing_in_svg_is_never_shown_in_the_browser(reader: Reader) -> None:
    reader.db.execute("update documents set media_type = 'image/svg+xml' where id = ?", [PDF])
    reader.db.conn.commit()
    assert reader.get(original(PDF)).headers["content-disposition"].startswith("attachment")


def test_of_a_file_in_another_the_other_is_given(reader: Reader, folder: Path) -> None:
    answer = reader.get(original("attached.pdf"))
    assert answer.content == (folder / "letter.eml").read_bytes()
    assert 'filename="letter.eml"' in answer.headers["content-disposition"]
    assert "which this one lies in" in reader.get(f"{ROOT}/document/attached~2Epdf").text


@pytest.mark.parametrize(
    "name",
    [
        'a"; filename="evil.exe',
        "new\r\nset-cookie: a=b.pdf",
        "\u202etxt.exe",
        "caf\u00e9.pdf",
        "\\xe9.pdf",
        "a" * 300,
        "\t",
    ],
)
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    header = disposition("attachment", name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.count(";") == 2


def test_a_name_that_is_no_text_leads_to_its_file(reader: Reader, folder: Path) -> None:
    odd = Path(os.fsdecode(bytes(folder) + b"/latin-\xe9.txt"))
    odd.write_bytes(b"Nobody can say this name.")
    shelve(reader.db, Document(str(odd), sha256=digest(odd)))
    (id,) = reader.db.execute("select id from documents where path like '%latin-%'").fetchone()
    reader.db.conn.commit()
    assert reader.get(original(id.replace("\\", "~5C"))).content == odd.read_bytes()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# What stands there now


def linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def foldered(path: Path) -> None:
    path.unlink()
    path.mkdir()


REPLACED: dict[str, tuple[Callable[[Path], object], int, str]] = {
    "changed": (lambda path: path.write_bytes(path.read_bytes() + b" "), 409, "has changed since it was read; run goalmap ingest"),
    "gone": (lambda path: path.unlink(), 404, "no longer where it was read"),
    "a link": (linked, 409, "a link now"),
    "a pipe": (piped, 409, "no regular file"),
    "a folder": (foldered, 409, "no regular file"),
}  # fmt: skip


@pytest.mark.parametrize("what", REPLACED)
def test_what_took_the_place_of_the_file_is_not_given_out(reader: Reader, folder: Path, what: str) -> None:
    put_there, status, words = REPLACED[what]
    put_there(folder / PDF)
    for address in (original(PDF), OVER_TWO_PAGES):
        answer = reader.get(address)
        assert answer.status_code == status
        assert words in text_of(answer)
        assert str(folder / PDF) in text_of(answer)


@pytest.mark.parametrize(
    "path", ["/etc/hostname", "/etc", "/dev/zero", "review.db", "../review.db", "", "/a\0b", "/proc/self/environ"]
)
def test_a_path_that_was_put_into_the_database_leads_nowhere(reader: Reader, path: str) -> None:
    reader.db.execute("update documents set path = ? where id = ?", [path, PDF])
    reader.db.conn.commit()
    assert reader.get(original(PDF)).status_code in (404, 409)


def test_a_file_that_was_never_read_is_not_given_out(reader: Reader) -> None:
    reader.db.execute("update documents set sha256 = null where id = ?", [PDF])
    reader.db.conn.commit()
    answer = reader.get(original(PDF))
    assert (answer.status_code, "was not read" in answer.text) == (409, True)


def test_a_file_that_lies_in_itself_ends(reader: Reader) -> None:
    reader.db.execute("update documents set parent_id = id where id = ?", [PDF])
    reader.db.conn.commit()
    assert reader.get(original(PDF)).status_code == 200


@pytest.mark.parametrize(
    "id",
    [
        "nobody",
        "..",
        "..%2F..%2Fetc%2Fpasswd",
        "~2E~2E~2F~2E~2E~2Fetc~2Fpasswd",
        "%00",
        "'",
        "a'--",
        "columns-two~2Epdf~2F..",
    ],
)
def test_an_id_that_is_none_leads_nowhere(reader: Reader, id: str) -> None:
    for address in (f"{ROOT}/document/{id}/original", f"{ROOT}/passage/{id}/page.png"):
        assert reader.get(address).status_code in (302, 400, 404)


def test_nothing_is_given_to_a_visitor_who_is_not_signed_in(reader: Reader, folder: Path) -> None:
    visitor = Reader(folder.parent / "review.db", name=None)
    for address in (original(PDF), OVER_TWO_PAGES, original("nobody"), f"{ROOT}/passage/nobody/page.png"):
        assert visitor.get(address).status_code == 403
    visitor.db.close()


def test_a_database_that_is_open_for_reading_only_shows_its_files(reader: Reader, folder: Path) -> None:
    bound = Reader(folder.parent / "review.db", immutable=True)
    assert [bound.get(address).status_code for address in (original(PDF), OVER_TWO_PAGES)] == [200, 200]
    bound.db.close()


# Files that mean no good


def hanging(bait: Bait) -> bytes:
    """A page painted over and over, for minutes."""
    return pages([stream(zlib_stream((b"0 0 595 842 re f 0 0 m 595 842 l S " * 1000, 500)), b"/Filter /FlateDecode")])


def memory(bait: Bait) -> bytes:
    """A page that ends PDFium for want of memory."""
    return _hanging(bait, 0, 0)


def put(reader: Reader, folder: Path, name: str, data: bytes) -> str:
    """A file with a passage, as if it had been read; the address of its page."""
    (folder / name).write_bytes(data)
    passage = Passage(0, Kind.BODY, "Nothing of note.", page=1, boxes=(Box(1, 60, 60, 200, 90),))
    told = Document(str(folder / name), Status.OK, media_type="application/pdf", sha256=digest(folder / name))
    shelve(reader.db, replace(told, passages=(passage,)))
    reader.db.conn.commit()
    return f"{ROOT}/passage/{name.replace('.', '~2E')}-0/page.png"


@pytest.mark.slow
@pytest.mark.parametrize("make", [hanging, memory, _double_bomb])
def test_a_page_that_ends_its_painter_costs_nobody_else_anything(
    reader: Reader, folder: Path, make: Callable[[Bait], bytes]
) -> None:
    bad = put(reader, folder, "bad.pdf", make(Bait(folder / "bad.pdf", folder, "")))
    started = time.perf_counter()
    answer, other, after = asyncio.run(beside(reader, bad))
    assert time.perf_counter() - started < 4 * SECONDS
    assert answer.status_code in (200, 422)
    assert answer.status_code == 200 or "Open the original file in a PDF viewer" in answer.text
    assert other.status_code == 200
    assert after < SECONDS / 2
    assert reader.get(OVER_TWO_PAGES).status_code == 200
    started = time.perf_counter()
    assert reader.get(bad).status_code == answer.status_code
    assert time.perf_counter() - started < SECONDS / 2


async def beside(reader: Reader, bad: str) -> tuple[Any, Any, float]:
    """The answer to a bad address and, while that is awaited, to a page, with its seconds."""
    waiting = asyncio.create_task(reader._asked("get", bad))
    await asyncio.sleep(0.5)
    started = time.perf_counter()
    other = await reader._asked("get", f"{ROOT}/document/columns-two~2Epdf")
    seconds = time.perf_counter() - started
    return await waiting, other, seconds


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"not a PDF", pages([])])
def test_a_page_that_cannot_be_drawn_is_told_of_in_words(reader: Reader, folder: Path, data: bytes) -> None:
    answer = reader.get(put(reader, folder, "bad.pdf", data))
    assert answer.status_code == 422
    assert "Open the original file in a PDF viewer" in answer.text
