"""Packages: whatever a zip file says of itself, no more is unpacked than the limits allow, and what is left of a broken one is found."""

import io
import logging
import struct
import zipfile
from importlib.metadata import EntryPoint
from pathlib import PurePath

import pytest

from goalmap.ingest import readers
from goalmap.ingest.errors import NeedsPassword, ReadProblem, Refused, Unsupported
from goalmap.ingest.office.checked import MAX_LEVELS, check_xml, checked_copy, mended
from goalmap.ingest.packages import Damaged, Package, names_in
from goalmap.ingest.readers import READERS, reader_for
from goalmap.ingest.recognise import OLE2
from goalmap.ingest.watch import MEGABYTE, Limits, Watch

MEMBERS = {"one.txt": b"The first. " * 100, "two/three.txt": bytes(range(256)) * 1000}


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


def altered(data: bytes, field: int, value: bytes) -> bytes:
    """A package with a field of the last member's entry in the directory overwritten."""
    at = data.rfind(b"PK\x01\x02") + field
    return data[:at] + value + data[at + len(value) :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_read_as_they_were_packed(method: int) -> None:
    package = Package(packed({**MEMBERS, "folder/": b""}, method), Watch.over())
    assert package.names == ("one.txt", "two/three.txt")
    assert {name: package.read(name) for name in package.names} == MEMBERS
    assert "one.txt" in package
    assert "folder/" not in package


def test_what_is_unpacked_is_taken_from_the_budget() -> None:
    watch = Watch.over(Limits(max_unpacked=300_000))
    package = Package(packed(MEMBERS), watch)
    package.read("two/three.txt")
    assert watch.budget.bytes_left == 300_000 - 256_000
    with pytest.raises(Refused, match="more than the limit"):
        package.read("two/three.txt")


def test_a_member_that_unpacks_to_hundreds_of_times_its_size_is_refused() -> None:
    data = packed({"zeros": bytes(60 * MEGABYTE)})
    with pytest.raises(Refused, match="over 200 times"):
        Package(data, Watch.over()).read("zeros")


def test_a_size_that_is_a_lie_does_not_help() -> None:
    data = altered(packed({"zeros": bytes(60 * MEGABYTE)}), 24, struct.pack("<L", 500))
    with pytest.raises(Refused, match="over 200 times"):
        Package(data, Watch.over()).read("zeros")


def test_members_that_overlap_are_refused() -> None:
    data = altered(packed(MEMBERS), 42, struct.pack("<L", 0))
    with pytest.raises(Refused, match="overlap"):
        Package(data, Watch.over())


def test_a_member_with_a_password_is_told() -> None:
    package = Package(altered(packed(MEMBERS), 8, b"\x01\x00"), Watch.over())
    with pytest.raises(NeedsPassword, match="two"):
        package.read("two/three.txt")


def test_a_member_packed_in_an_unknown_way_is_told() -> None:
    with pytest.raises(ReadProblem, match="method 12"):
        Package(packed(MEMBERS, zipfile.ZIP_BZIP2), Watch.over()).read("one.txt")


def test_a_damaged_member_is_not_passed_off_as_whole() -> None:
    data = bytearray(packed(MEMBERS, zipfile.ZIP_STORED))
    data[60] ^= 1
    package = Package(bytes(data), Watch.over())
    with pytest.raises(Damaged):
        package.read("one.txt")
    assert package.read("two/three.txt") == MEMBERS["two/three.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_is_left_of_a_cut_package_is_found(method: int) -> None:
    whole = packed({**MEMBERS, "last.txt": b"".join(b"%d " % i for i in range(9000))}, method)
    data = whole[: -len(whole) // 50]
    with pytest.raises(Damaged):
        Package(data, Watch.over())
    assert names_in(data) == ("one.txt", "two/three.txt", "last.txt")
    salvaged = Package.salvaged(data, Watch.over())
    assert salvaged.read("one.txt") == MEMBERS["one.txt"]
    assert salvaged.read("last.txt").startswith(b"0 1 2 3 ")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip file", b"PK\x05\x06" + bytes(18), OLE2 * 20])
def test_what_is_no_package_has_no_names(data: bytes) -> None:
    assert names_in(data) == ()


# Office packages


def test_xml_with_a_doctype_is_refused_in_any_encoding() -> None:
    xml = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    for data in (xml.encode(), xml.encode("utf-16")):
        with pytest.raises(Refused, match="entities"):
            check_xml(data)


def test_xml_that_is_nested_too_deep_is_told_before_a_library_sees_it() -> None:
    check_xml(b"<a>" * MAX_LEVELS + b"</a>" * MAX_LEVELS)
    with pytest.raises(Damaged):
        check_xml(b"<a>" * 30_000 + b"</a>" * 30_000)
    with pytest.raises(Damaged):
        check_xml(b"<a" + b"".join(b" b%d='1'" % number for number in range(2000)) + b"/>")


def test_xml_is_mended_where_characters_break_it() -> None:
    check_xml(mended(b"<a>\x01&#0;&#xD800; Hire &nbsp;&amp; train \xff</a>"))


def test_only_checked_xml_is_copied() -> None:
    members = {
        "word/document.xml": b"<a/>",
        "word/media/picture.png": bytes(90_000),
        "customXml/item1.xml": b"<!DOCTYPE a>",
    }
    watch = Watch.over()
    copy = Package(checked_copy(packed(members), watch).getvalue(), Watch.over())
    assert {name: copy.read(name) for name in copy.names} == {
        "word/document.xml": b"<a/>",
        "word/media/picture.png": b"",
        "customXml/item1.xml": b"",
    }
    assert watch.budget.bytes_left == watch.limits.max_unpacked - len(b"<a/>")


def test_a_package_that_says_itself_that_it_is_too_large_is_refused_unopened() -> None:
    watch = Watch.over(Limits(max_unpacked=1000))
    with pytest.raises(Refused, match="unpacks to"):
        checked_copy(packed({"word/media/film.mp4": bytes(2000)}), watch)
    assert watch.budget.bytes_left == 1000


# Which reader


OFFICE_TYPES = {"[Content_Types].xml": b"<Types/>"}
STREAM = "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "reader"),
    [
        (packed({**OFFICE_TYPES, "a.bin": bytes(9000), "word/document.xml": b""}), "word"),
        (packed({**OFFICE_TYPES, "ppt/presentation.xml": b""}), "slides"),
        (packed({**OFFICE_TYPES, "xl/workbook.xml": b""}), "sheets"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}, 0), "opendocument"),
        (packed({"mimetype": b"application/epub+zip", "META-INF/container.xml": b""}, 0), "book"),
        (packed(MEMBERS), "archive"),
        (packed({**OFFICE_TYPES, "word/document.xml": bytes(9000)})[:-30], "word"),
        (OLE2 + bytes(500) + "__properties_version1.0".encode("utf-16-le"), "outlook"),
        (b"{\\rtf1 Hire locally}", "rtf"),
    ],
)
def test_a_format_shows_in_the_content_whatever_the_name(data: bytes, reader: str) -> None:
    assert reader_for(PurePath("a.bin"), data).name == reader


def test_a_column_may_begin_like_a_message_but_a_workbook_is_one() -> None:
    assert reader_for(PurePath("a.csv"), b"From: a\nTo: b\n").name == "delimited"
    assert reader_for(PurePath("a.csv"), packed({"xl/workbook.xml": b""})).name == "sheets"


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (OLE2 + bytes(500) + STREAM, r"Word file is of before 2007. Open it and save it as \.docx"),
        (OLE2 + bytes(500) + "Workbook".encode("utf-16-le"), r"save it as \.xlsx"),
        (OLE2 + bytes(500) + "PowerPoint Document".encode("utf-16-le") + STREAM, r"save it as \.pptx"),
        (packed({**OFFICE_TYPES, "xl/workbook.bin": b""}), r"binary workbook. Open it and save it as \.xlsx"),
        (packed({"Index/Document.iwa": b""}), "Pages"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, 0), r"save it as \.xlsx"),
    ],
)
def test_a_format_that_is_known_and_not_read_has_advice(data: bytes, advice: str) -> None:
    with pytest.raises(Unsupported, match=advice):
        reader_for(PurePath("a.bin"), data)


GROUP = readers.PLUGINS
NOTHING = READERS[0]


def test_readers_of_others_are_found_and_broken_ones_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    found = readers.loaded(
        [
            EntryPoint("pages", f"{__name__}:NOTHING", GROUP),
            EntryPoint("gone", "no_such_program:READER", GROUP),
            EntryPoint("other", f"{__name__}:MEMBERS", GROUP),
        ]
    )
    with caplog.at_level(logging.WARNING):
        assert [reader.name for reader in found] == ["pdf"]
    assert "The reader gone (no_such_program:READER) cannot be imported" in caplog.text
    assert "The reader other" in caplog.text
