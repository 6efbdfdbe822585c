"""OpenDocument text: what a word processor wrote, what stands around it, and what is broken in it."""

import io
import zipfile
from pathlib import Path

import pytest

from goalmap.ingest.document import Kind, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem
from goalmap.ingest.office.open_document import read_open_document
from goalmap.ingest.readers import reader_for
from goalmap.ingest.watch import Watch

DOCUMENTS = Path(__file__).parent / "data" / "documents"
ODT = (DOCUMENTS / "lending-review.odt").read_bytes()
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def flat(body: str, head: str = "") -> Reading:
    xml = f"{head}<office:document {SPACES}><office:body><office:text>{body}</office:text></office:body></office:document>"
    return read_open_document(xml.encode(), Watch.over())


def shown(reading: Reading) -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in reading.blocks]


def changed(name: str, data: bytes) -> bytes:
    """The document with one member of its package replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ODT)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, data if info.filename == name else old.read(info))
    return file.getvalue()


@pytest.mark.parametrize("suffix", ["odt", "fodt"])
def test_a_document_is_read_whole(suffix: str) -> None:
    reading = read_open_document((DOCUMENTS / f"lending-review.{suffix}").read_bytes(), Watch.over())
    assert (reading.metadata.title, reading.problem) == ("Orchard Lane: a year of lending", None)
    assert shown(reading) == [
        ("Orchard Lane Housing | Annual review", Kind.HEADER),
        ("Page 1", Kind.FOOTER),
        ("Orchard Lane: a year of lending", Kind.TITLE),
        ("What we lent", Kind.HEADING),
        (
            "Orchard Lane Housing lent £5,000 – “in kind” – to tenants of Café Wenlow in 2023. It was all paid back.",
            Kind.BODY,
        ),
        ("Where it went", Kind.HEADING),
        ("Forty local people were hired.", Kind.LIST_ITEM),
        ("A nursery opened in the spring.", Kind.LIST_ITEM),
        ("“We could not have moved without it,” said a tenant.", Kind.QUOTE),
        ("Measure | 2023", Kind.TABLE_ROW),
        ("Apprentices | 45", Kind.TABLE_ROW),
        ("The box beside this says more.", Kind.BODY),
        ("Anybody over 16 may ask for a loan.", Kind.BODY),
        ("The sum leaves out what the charity gave.", Kind.BODY),
    ]


def test_a_document_is_one_though_its_type_does_not_stand_first() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ODT)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: name == "mimetype"):
            new.writestr(name, old.read(name))
    assert reader_for(Path("review"), file.getvalue()).name == "opendocument"


def test_a_table_of_contents_is_navigation() -> None:
    body = "<text:table-of-content><text:index-body><text:p>One<text:tab/>3</text:p></text:index-body></text:table-of-content>"
    assert shown(flat(f"{body}<text:p>We lend.</text:p>")) == [("One 3", Kind.NAVIGATION), ("We lend.", Kind.BODY)]


def test_a_table_in_a_table_is_read_as_text() -> None:
    def table(cells: str) -> str:
        return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"

    inner = table("".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("A", "B")))
    outer = table(f"<table:table-cell><text:p>We lend.</text:p>{inner}</table:table-cell>")
    assert shown(flat(outer)) == [("We lend.", Kind.BODY), ("A | B", Kind.TABLE_ROW)]


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    with zipfile.ZipFile(io.BytesIO(ODT)) as file:
        content = file.read("content.xml")
    reading = read_open_document(changed("content.xml", content[: content.index(b"Where it went")]), Watch.over())
    assert reading.problem is not None
    assert any(block.text.startswith("Orchard Lane Housing lent") for block in reading.blocks)


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    reading = read_open_document(ODT[: ODT.index(b"PK\x01\x02")], Watch.over())
    assert reading.problem is not None
    assert len(reading.blocks) > 10


def test_a_password_is_asked_for() -> None:
    locked = changed("META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>")
    with pytest.raises(NeedsPassword):
        read_open_document(locked, Watch.over())


def test_a_document_without_text_says_so() -> None:
    with pytest.raises(NoText):
        flat("<text:p/>")


@pytest.mark.parametrize("data", [b"<office>", b"not xml at all", b"PK\x03\x04nothing", b"<a><b></b></a>"])
def test_what_is_no_document_is_told(data: bytes) -> None:
    with pytest.raises(ReadProblem):
        read_open_document(data, Watch.over())


def test_nothing_outside_the_document_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("canary")
    entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    reading = flat("<text:p>We lend. &x;</text:p>", entity)
    assert "canary" not in reading.blocks[0].text


def test_elements_may_lie_as_deep_as_they_like() -> None:
    reading = flat("<text:p>We lend.</text:p>" + "<text:section>" * 5000 + "</text:section>" * 5000)
    assert reading.blocks[0].text == "We lend."
    assert reading.problem is not None
