"""Word documents: what stands in tables, controls, boxes, notes and margins is read once each."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from goalmap.ingest.document import Kind
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.watch import Watch
from goalmap.ingest.word import read_word

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
TEXT_BOX = """<w:p {ns}><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:drawing>
</mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict>
</mc:Fallback></mc:AlternateContent></w:r></w:p>"""
CONTROL = "<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
DELETED = '<w:p {ns}><w:ins w:id="1"><w:r><w:t>Kept</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>Gone</w:delText></w:r></w:del></w:p>'


def written(write: Callable[[docx.document.Document], object]) -> list[tuple[str, Kind]]:
    """The blocks of what is written."""
    document = docx.Document()
    write(document)
    file = BytesIO()
    document.save(file)
    return [(block.text, block.kind) for block in read_word(file.getvalue(), Watch.over()).blocks]


def add(document: docx.document.Document, xml: str) -> None:
    document.element.body.insert(0, parse_xml(xml.format(ns=nsdecls("w"))))


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("Title", Kind.TITLE),
        ("Subtitle", Kind.HEADING),
        ("Heading 2", Kind.HEADING),
        ("List Bullet", Kind.LIST_ITEM),
        ("List Number", Kind.LIST_ITEM),
        ("Quote", Kind.QUOTE),
        ("Caption", Kind.CAPTION),
        ("Normal", Kind.BODY),
    ],
)
def test_a_style_tells_what_a_paragraph_is(style: str, kind: Kind) -> None:
    assert written(lambda document: document.add_paragraph("The text of it.", style)) == [("The text of it.", kind)]


@pytest.mark.parametrize(("xml", "text"), [(TEXT_BOX, "In a box"), (CONTROL, "In a control"), (DELETED, "Kept")])
def test_wrapped_text_is_read_once(xml: str, text: str) -> None:
    assert written(lambda document: add(document, xml)) == [(text, Kind.BODY)]


def test_a_row_is_a_passage_and_a_merged_cell_stands_in_it_once() -> None:
    def write(document: docx.document.Document) -> None:
        table = document.add_table(2, 3)
        for row, texts in zip(table.rows, (["Action", "Owner", "Due"], ["Hire", "Ann Lee", "Ann Lee"]), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    assert written(write) == [("Action | Owner | Due", Kind.TABLE_ROW), ("Hire | Ann Lee", Kind.TABLE_ROW)]


def test_a_table_inside_a_cell_is_read() -> None:
    def write(document: docx.document.Document) -> None:
        outer = document.add_table(1, 2)
        outer.cell(0, 0).text = "Outside"
        inner = outer.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Inside", "as well"

    assert written(write) == [("Outside", Kind.BODY), ("Inside | as well", Kind.TABLE_ROW)]


def test_headers_and_footers_come_first_and_once() -> None:
    def write(document: docx.document.Document) -> None:
        document.add_section()
        document.sections[0].header.paragraphs[0].text = "A Trust"
        document.sections[0].footer.add_table(1, 1, Pt(100)).cell(0, 0).text = "Enclosure 9"
        document.add_paragraph("The text.")

    assert written(write) == [("A Trust", Kind.HEADER), ("Enclosure 9", Kind.FOOTER), ("The text.", Kind.BODY)]


def test_a_footnote_is_read() -> None:
    footnotes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>In a note</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )

    def write(document: docx.document.Document) -> None:
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, footnotes.encode(), document.part.package)
        document.part.relate_to(part, RELATION_TYPE.FOOTNOTES)
        document.add_paragraph("The text.")

    assert written(write) == [("The text.", Kind.BODY), ("In a note", Kind.BODY)]


def test_an_empty_document_holds_no_text() -> None:
    with pytest.raises(NoText):
        written(lambda document: None)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 word/", b"not a zip"])
def test_a_broken_document_is_failed_with_advice(data: bytes) -> None:
    with pytest.raises(ReadProblem, match=r"save it as \.docx"):
        read_word(data, Watch.over())
