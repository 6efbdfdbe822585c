"""Archives: each file in them is a document, whatever it is called and however it is packed."""

import io
import struct
import zipfile
from pathlib import Path, PurePath

import pytest

from goalmap.ingest.archive import read_archive
from goalmap.ingest.document import Document, Status
from goalmap.ingest.errors import NoText, Refused
from goalmap.ingest.read import document_of
from goalmap.ingest.watch import MEGABYTE, Limits, Watch

TEXT = b"The Trust opened a nursery for sixty children in the spring of 2024."


def packed(**files: bytes) -> bytes:
    return packed_as(list(files.items()))


def packed_as(files: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return file.getvalue()


def read(data: bytes, limits: Limits | None = None) -> Document:
    return document_of(PurePath("letters.zip"), data, Watch.over(limits))


def ways(document: Document) -> list[tuple[str, Status]]:
    return [(part.path, part.status) for part in document.parts]


def test_each_file_is_a_document() -> None:
    document = read(packed_as([("july/", b""), ("july/a.txt", TEXT), ("b.txt", TEXT)]))
    assert ways(document) == [("letters.zip/july/a.txt", Status.OK), ("letters.zip/b.txt", Status.OK)]
    assert (document.status, document.passages) == (Status.OK, ())


def test_what_systems_leave_in_folders_is_no_document() -> None:
    litter = ["__MACOSX/._a.txt", "july/.DS_Store", "Thumbs.db", "july/desktop.ini", "july/._b.txt"]
    document = read(packed_as([("a.txt", TEXT), *((name, b"x") for name in litter)]))
    assert ways(document) == [("letters.zip/a.txt", Status.OK)]


@pytest.mark.parametrize("name", ["../../tmp/slip.txt", "/etc/slip.txt", "..\\slip.txt", "C:\\slip.txt"])
def test_no_name_leads_out_of_the_archive(name: str, tmp_path: Path) -> None:
    (document,) = read(packed_as([(name, TEXT)])).parts
    assert document.path.startswith("letters.zip/")
    assert ".." not in PurePath(document.path).parts
    assert document.status is Status.OK


def test_a_file_with_a_password_is_told_and_the_others_are_read() -> None:
    data = packed_as([("a.txt", TEXT), ("b.txt", TEXT)])
    central = data.index(b"PK\x01\x02")
    flags = struct.pack("<H", 1)
    locked = data[:6] + flags + data[8 : central + 8] + flags + data[central + 10 :]
    assert ways(read(locked)) == [
        ("letters.zip/a.txt", Status.NEEDS_PASSWORD),
        ("letters.zip/b.txt", Status.OK),
    ]


def test_a_damaged_file_is_told_and_the_others_are_read() -> None:
    data = bytearray(packed_as([("a.txt", TEXT * 50), ("b.txt", TEXT)]))
    data[60] ^= 0xFF
    assert ways(read(bytes(data))) == [("letters.zip/a.txt", Status.FAILED), ("letters.zip/b.txt", Status.OK)]


def test_an_archive_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    data = packed_as([("a.txt", TEXT), ("b.txt", TEXT)])
    document = read(data[: data.index(b"PK\x01\x02")])
    assert document.status is Status.PARTIAL
    assert [part.status for part in document.parts] == [Status.OK, Status.OK]


def test_an_archive_that_unpacks_to_more_than_the_limit_is_refused() -> None:
    with pytest.raises(Refused):
        read_archive(packed(zeros=bytes(2 * MEGABYTE)), Watch.over(Limits(max_unpacked=MEGABYTE)))


def test_a_size_that_is_lied_about_is_found_out() -> None:
    data = bytearray(packed(zeros=bytes(2 * MEGABYTE)))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<L", 10)
    (part,) = read(bytes(data), Limits(max_unpacked=MEGABYTE)).parts
    assert part.status is Status.REFUSED


def test_archives_in_archives_are_read_to_a_depth() -> None:
    data = packed_as([("a.txt", TEXT)])
    for number in range(5):
        data = packed_as([(f"{number}.zip", data)])
    document = read(data)
    paths = []
    while document.parts:
        (document,) = document.parts
        paths.append(document.path)
    assert len(paths) == 3
    assert document.problem is not None
    assert "deep" in document.problem


def test_files_are_unpacked_when_they_are_asked_for() -> None:
    watch = Watch.over()
    before = watch.budget.bytes_left
    parts = iter(read_archive(packed_as([("a.txt", TEXT), ("b.txt", TEXT)]), watch).parts)
    assert next(parts).data == TEXT
    assert watch.budget.bytes_left == before - len(TEXT)


@pytest.mark.parametrize("files", [[], [("folder/", b"")], [(".DS_Store", b"x")]])
def test_an_archive_without_files_says_so(files: list[tuple[str, bytes]]) -> None:
    with pytest.raises(NoText):
        read_archive(packed_as(files), Watch.over())
