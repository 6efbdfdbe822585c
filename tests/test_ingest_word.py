"""Word documents: what stands in tables, controls, boxes, notes and margins is read once each."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from goalmap.ingest.document import Block, Kind, Reading
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.office.word import read_word
from goalmap.ingest.watch import Watch

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
BULLETS, NUMBERS = "1", "5"
"""Lists in the template of python-docx."""
TEXT_BOX = """<w:p {ns}><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:drawing>
</mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict>
</mc:Fallback></mc:AlternateContent></w:r></w:p>"""
CONTROL = "<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
SYMBOL = '<w:p {ns}><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t>Long</w:t><w:noBreakHyphen/><w:t>te</w:t><w:softHyphen/><w:t>rm</w:t></w:r></w:p>'
LINK = (
    '<w:p {ns}><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://a"</w:instrText>'
    '<w:fldChar w:fldCharType="separate"/><w:t>Our </w:t><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:hyperlink w:anchor="a"><w:r><w:t>plan</w:t></w:r></w:hyperlink></w:p>'
)
HIDDEN = "<w:p {ns}><w:r><w:rPr><w:vanish/></w:rPr><w:t>Not shown</w:t></w:r><w:r><w:t>Shown</w:t></w:r></w:p>"
MOVED = '<w:p {ns}><w:moveFrom w:id="1"><w:r><w:t>Gone</w:t></w:r></w:moveFrom><w:moveTo w:id="2"><w:r><w:t>Came</w:t></w:r></w:moveTo></w:p>'
BOX_IN_CELL = (
    "<w:tbl {ns}><w:tr><w:tc><w:p><w:r><w:t>Left</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:pict><w:txbxContent><w:p><w:r>"
    "<w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p></w:tc></w:tr></w:tbl>"
)
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


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (TEXT_BOX, "In a box"),
        (CONTROL, "In a control"),
        (DELETED, "Kept"),
        (MOVED, "Came"),
        (HIDDEN, "Shown"),
        (LINK, "Our plan"),
    ],
)
def test_wrapped_text_is_read_once(xml: str, text: str) -> None:
    assert written(lambda document: add(document, xml)) == [(text, Kind.BODY)]


def test_symbols_and_hyphens_are_what_they_look_like() -> None:
    assert written(lambda document: add(document, SYMBOL)) == [("Long-term", Kind.LIST_ITEM)]


def test_an_empty_line_in_a_paragraph_ends_it() -> None:
    def write(document: docx.document.Document) -> None:
        document.add_paragraph("The hub opened.\nIt is full.\n\n• Forty were hired.")

    assert written(write) == [("The hub opened. It is full.", Kind.BODY), ("Forty were hired.", Kind.LIST_ITEM)]


def test_a_box_in_a_cell_belongs_to_the_row() -> None:
    assert written(lambda document: add(document, BOX_IN_CELL)) == [("Left | In a box", Kind.TABLE_ROW)]


def test_a_row_is_a_passage_and_a_merged_cell_stands_in_it_once() -> None:
    def write(document: docx.document.Document) -> None:
        table = document.add_table(3, 3)
        texts = (["Action", "2023", "2024"], ["Stations", "22", "22"], ["Hire", "Ann Lee", ""])
        for row, cells in zip(table.rows, texts, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        table.cell(2, 1).merge(table.cell(2, 2))

    assert written(write) == [
        ("Action | 2023 | 2024", Kind.TABLE_ROW),
        ("Stations | 22 | 22", Kind.TABLE_ROW),
        ("Hire | Ann Lee", Kind.TABLE_ROW),
    ]


def test_columns_of_a_layout_are_read_as_texts() -> None:
    text = "The Trust opened a hub for people who look for work in the spring, and forty of them were hired by May."

    def write(document: docx.document.Document) -> None:
        for cell in document.add_table(1, 2).rows[0].cells:
            for _ in range(3):
                cell.add_paragraph(text)

    assert written(write) == [(text, Kind.BODY)] * 6


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


def with_part(document: docx.document.Document, name: str, xml: str, relation: str) -> str:
    """The id of a new part of the document."""
    part = Part(PackURI(f"/word/{name}.xml"), "application/xml", xml.encode(), document.part.package)
    return str(document.part.relate_to(part, relation))


@pytest.mark.parametrize(("name", "note"), [("footnotes", "footnote"), ("endnotes", "endnote")])
def test_notes_are_read_and_comments_are_not(name: str, note: str) -> None:
    paragraphs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("In a note,", "to its end"))

    def write(document: docx.document.Document) -> None:
        xml = f'<w:{name} {nsdecls("w")}><w:{note} w:id="1">{paragraphs}</w:{note}></w:{name}>'
        with_part(document, name, xml, f"{RELATIONS}/{name}")
        document.add_comment(document.add_paragraph("The text.").runs, "Talk about the text.")

    assert written(write) == [("The text.", Kind.BODY), ("In a note, to its end", Kind.BODY)]


def test_a_diagram_is_read_where_it_stands() -> None:
    xml = f'<d:dataModel xmlns:d="{DRAWING}/diagram" xmlns:a="{DRAWING}/main"><a:p><a:r><a:t>Recruit locally</a:t></a:r></a:p></d:dataModel>'

    def write(document: docx.document.Document) -> None:
        id = with_part(document, "data1", xml, RELATION_TYPE.DIAGRAM_DATA)
        document.add_paragraph("The text.").add_run()._r.append(
            parse_xml(f'<d:relIds xmlns:d="{DRAWING}/diagram" xmlns:r="{RELATIONS}" r:dm="{id}"/>')
        )

    assert written(write) == [("The text.", Kind.BODY), ("Recruit locally", Kind.BODY)]


def test_a_list_of_contents_is_navigation() -> None:
    begin = '<w:fldChar w:fldCharType="begin"/><w:instrText>{code}</w:instrText><w:fldChar w:fldCharType="separate"/>'
    end = '<w:fldChar w:fldCharType="end"/>'
    page = begin.format(code="PAGEREF _1") + "<w:t>4</w:t>" + end
    lines = [
        f"{begin.format(code=' TOC ')}<w:t>Our people </w:t>{page}",
        f"<w:t>Our places </w:t>{page}{end}",
        "<w:t>The text.</w:t>",
    ]

    def write(document: docx.document.Document) -> None:
        for line in reversed(lines):
            add(document, f"<w:p {{ns}}><w:r>{line}</w:r></w:p>")

    assert written(write) == [
        ("Our people 4", Kind.NAVIGATION),
        ("Our places 4", Kind.NAVIGATION),
        ("The text.", Kind.BODY),
    ]


def test_a_list_of_contents_without_an_end_does_not_swallow_the_text() -> None:
    begin = '<w:p {ns}><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:t>Our people</w:t></w:r></w:p>'

    def write(document: docx.document.Document) -> None:
        document.add_paragraph("The text.")
        add(document, begin)

    assert written(write) == [("Our people", Kind.BODY), ("The text.", Kind.BODY)]


def test_a_style_is_what_it_is_based_on_and_an_outline_is_a_heading() -> None:
    def write(document: docx.document.Document) -> None:
        for name, base in (("Trust Point", "List Bullet"), ("Trust Head", "Heading 1"), ("Trust Level", "Normal")):
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[base]
            document.add_paragraph("The text of it.", name)
        level = parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>')
        document.styles["Trust Level"].element.get_or_add_pPr().append(level)

    assert [kind for _, kind in written(write)] == [Kind.LIST_ITEM, Kind.HEADING, Kind.HEADING]


def test_numbered_paragraphs_of_a_report_are_text_and_bullets_are_items() -> None:
    text = (
        "The committee heard that the hub opened in May, that it has helped 240 people from the estate into work, "
        "and that forty of them are care leavers. It asked for a report in the autumn."
    )

    def write(document: docx.document.Document) -> None:
        for list_id in (BULLETS, NUMBERS, "0"):
            properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, int(list_id)
        short = document.add_paragraph("Hire locally")._p.get_or_add_pPr().get_or_add_numPr()
        short.get_or_add_numId().val = int(NUMBERS)

    assert [kind for _, kind in written(write)] == [Kind.LIST_ITEM, Kind.BODY, Kind.BODY, Kind.LIST_ITEM]


# Odd and broken files


def saved(*paragraphs: str) -> dict[str, bytes]:
    """The members of a document with these paragraphs and a row."""
    document = docx.Document()
    document.core_properties.title = "The plan"
    for text in paragraphs:
        document.add_paragraph(text)
    for cell, text in zip(document.add_table(1, 2).rows[0].cells, ("Filled", "9"), strict=True):
        cell.text = text
    file = BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def read(members: dict[str, bytes]) -> Reading:
    return read_word(packed(members), Watch.over())


def packed(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return file.getvalue()


READ = (Block("One."), Block("Two."), Block("Filled | 9", Kind.TABLE_ROW))


@pytest.mark.parametrize(
    "main_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_templates_and_documents_with_macros_are_read(main_type: str) -> None:
    members = saved("One.", "Two.")
    types = members["[Content_Types].xml"].replace(CONTENT_TYPE.WML_DOCUMENT_MAIN.encode(), main_type.encode())
    reading = read({**members, "[Content_Types].xml": types})
    assert (reading.blocks, reading.problem, reading.metadata.title) == (READ, None, "The plan")


def test_a_strict_document_is_read() -> None:
    def strict(xml: bytes) -> bytes:
        return re.sub(
            rb"http://schemas.openxmlformats.org/(officeDocument|wordprocessingml|drawingml)/2006/",
            rb"http://purl.oclc.org/ooxml/\1/",
            xml,
        )

    reading = read({name: strict(data) for name, data in saved("One.", "Two.").items()})
    assert (reading.blocks, reading.problem) == (READ, None)


def test_characters_that_xml_does_not_allow_do_not_cost_the_text() -> None:
    members = saved("One.", "Two.")
    broken = members["word/document.xml"].replace(b"One.", b"O&#0;n\x0be.")
    reading = read({**members, "word/document.xml": broken})
    assert (reading.blocks, reading.problem) == (READ, None)


@pytest.mark.parametrize("lost", ["word/styles.xml", "_rels/.rels", "[Content_Types].xml"])
def test_a_document_that_cannot_be_opened_is_read_as_plain_text(lost: str) -> None:
    members = saved("One.", "Two.")
    del members[lost]
    reading = read(members)
    assert reading.blocks == READ
    assert lost == "word/styles.xml" or "only its plain text" in (reading.problem or "")


def test_a_document_nested_too_deep_is_read_as_plain_text() -> None:
    members = saved("One.", "Two.")
    deep = members["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 20_000)
    deep = deep.replace(b"</w:body>", b"</w:sdtContent></w:sdt>" * 20_000 + b"</w:body>")
    reading = read({**members, "word/document.xml": deep})
    assert reading.blocks == READ
    assert "only its plain text" in (reading.problem or "")


def test_what_is_left_of_a_cut_document_is_read() -> None:
    members = saved(*(f"Paragraph {number} of {number * 7919}." for number in range(400)))
    text = {name: members.pop(name) for name in ["word/document.xml"]}
    data = packed({**members, **text})
    reading = read_word(data[: -len(data) // 50], Watch.over())
    assert "Paragraph 1 of 7919." in [block.text for block in reading.blocks]
    assert "cut off" in (reading.problem or "")


def test_text_of_an_embedded_file_is_told_as_not_read() -> None:
    members = saved("One.", "Two.")
    with_chunk = members["word/document.xml"].replace(b"<w:body>", b"<w:body><w:altChunk/>")
    assert "embedded" in (read({**members, "word/document.xml": with_chunk}).problem or "")


def test_an_empty_document_holds_no_text() -> None:
    with pytest.raises(NoText):
        written(lambda document: None)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 word/", b"not a zip"])
def test_a_broken_document_is_failed_with_advice(data: bytes) -> None:
    with pytest.raises(ReadProblem, match=r"save it as \.docx"):
        read_word(data, Watch.over())
