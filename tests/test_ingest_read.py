"""Whatever a file is, reading it ends in a document with a status and, where it failed, advice."""

import doctest
import importlib
import os
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import goalmap.ingest
from goalmap.ingest.document import Kind, Status
from goalmap.ingest.read import document_of, read_document
from goalmap.ingest.readers import BY_SUFFIX
from goalmap.ingest.recognise import ENCRYPTED, OLE2
from goalmap.ingest.watch import Limits, Watch

DOCUMENTS = Path(__file__).parent / "data" / "documents"
MODULES = [module.name for module in pkgutil.walk_packages(goalmap.ingest.__path__, "goalmap.ingest.")]
TEXT = "The Trust opened a nursery for sixty children in the spring of 2024."
PDF = (DOCUMENTS / "people-strategy.pdf").read_bytes()
HTML = (DOCUMENTS / "trust-news.html").read_bytes()


@pytest.mark.parametrize("name", MODULES)
def test_documented_examples_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("annual-review.pdf", "pdf"),
        ("trust-news.html", "web"),
        ("release.eml", "mail"),
        ("newsletter.md", "markdown"),
        ("release.txt", "text"),
    ],
)
def test_a_file_of_each_format_is_read(name: str, reader: str) -> None:
    document = read_document(DOCUMENTS / name)
    assert (document.status, document.reader) == (Status.OK, reader)
    assert document.title
    assert any(passage.is_content for passage in document.passages)
    assert [passage.position for passage in document.passages] == list(range(len(document.passages)))


@pytest.mark.parametrize(
    ("name", "data", "status", "advice"),
    [
        ("empty.pdf", b"", Status.NO_TEXT, "empty"),
        ("blank.txt", b" \n\n", Status.NO_TEXT, "empty"),
        ("broken.pdf", b"%PDF-1.4 nothing", Status.FAILED, "Download it again"),
        ("broken.docx", b"PK\x03\x04 word/document.xml", Status.FAILED, "save it as .docx"),
        ("song.mp3", b"ID3\x04", Status.UNSUPPORTED, "No reader for .mp3. Those there are: .csv, .docx"),
        ("README", b"Some words.", Status.UNSUPPORTED, "No reader for a file without a suffix."),
        ("noise.txt", bytes(range(256)) * 20, Status.UNSUPPORTED, "no known text encoding"),
        (
            "locked.docx",
            OLE2 + bytes(5000) + ENCRYPTED.encode("utf-16-le"),
            Status.NEEDS_PASSWORD,
            "Save a copy without one",
        ),
        ("old.doc", OLE2 + bytes(5000), Status.UNSUPPORTED, "of before 2007"),
        ("old.docx", OLE2 + bytes(5000), Status.UNSUPPORTED, "of before 2007"),
        ("scripts.html", b"<html><body><script>x</script></body></html>", Status.NO_TEXT, "print it to PDF"),
    ],
)
def test_a_file_that_cannot_be_read_has_a_status_and_advice(
    tmp_path: Path, name: str, data: bytes, status: Status, advice: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    document = read_document(file)
    assert document.status is status
    assert advice in (document.problem or "")
    assert document.passages == ()


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [("report.txt", PDF, "pdf"), ("page.pdf", HTML, "web"), ("page", HTML, "web"), ("mail.txt", None, "mail")],
)
def test_a_wrong_suffix_does_not_mislead(tmp_path: Path, name: str, data: bytes | None, reader: str) -> None:
    document = document_of(Path(name), data or (DOCUMENTS / "release.eml").read_bytes(), Watch.over())
    assert document.reader == reader
    assert document.passages
    assert ("read as that" in (document.problem or "")) is ("." in name)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_text_that_is_not_utf8_is_read(tmp_path: Path, encoding: str) -> None:
    document = document_of(tmp_path / "a.txt", f"{TEXT} It cost £5.".encode(encoding), Watch.over())
    assert document.passages[0].text == f"{TEXT} It cost £5."


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: path.symlink_to("/etc/hosts"), "cannot be opened"),
        (os.mkfifo, "Not a regular file."),
        (Path.mkdir, "Is a directory"),
        (lambda path: None, "cannot be opened"),
    ],
)
def test_only_regular_files_are_opened(tmp_path: Path, make: Callable[[Path], object], problem: str) -> None:
    path = tmp_path / "thing.txt"
    make(path)
    document = read_document(path)
    assert document.status in (Status.FAILED, Status.REFUSED)
    assert problem in (document.problem or "")


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    file.write_text(TEXT)
    document = read_document(file, Watch.over(Limits(max_bytes=10)))
    assert document.status is Status.REFUSED
    assert "Split it" in (document.problem or "")


MAGIC = st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04word/", b"<html>", b"From: a\nTo: b\n", OLE2, b"---\n"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=st.sampled_from(sorted(BY_SUFFIX)), head=MAGIC, body=st.binary(max_size=400))
def test_no_bytes_make_reading_fail(tmp_path: Path, suffix: str, head: bytes, body: bytes) -> None:
    file = tmp_path / f"file{suffix}"
    file.write_bytes(head + body)
    document = read_document(file)
    assert document.status in Status
    assert document.passages or document.problem
    for passage in document.passages:
        passage.text.encode("utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["people-strategy.pdf", "trust-news.html", "release.eml", "newsletter.md"]), data=st.data())
def test_a_damaged_file_never_stops_a_run(tmp_path: Path, name: str, data: st.DataObject) -> None:
    damaged = bytearray((DOCUMENTS / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / name).write_bytes(damaged)
    document = read_document(tmp_path / name)
    assert document.passages or document.problem


def test_a_heading_holds_until_the_next(tmp_path: Path) -> None:
    document = document_of(
        tmp_path / "a.md", f"# Title\n\n{TEXT}\n\n## One\n\n{TEXT}\n\n## Two\n\n{TEXT}\n".encode(), Watch.over()
    )
    bodies = [passage for passage in document.passages if passage.kind is Kind.BODY]
    assert [passage.heading for passage in bodies] == [None, "One", "Two"]
