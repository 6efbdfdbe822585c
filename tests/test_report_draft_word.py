"""A draft as a document for Word: opens without repair, links lead, tables repeat their heads."""

import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import nsmap, qn
from lxml import etree

from goalmap.report.draft.model import Cell, Draft, Items, Paragraph, Picture, Table, plain
from goalmap.report.draft.word import write_word
from tests import office
from tests.drafts import COUNTS, SVG, TEXT, cited, draft_of, everything, fact, words

ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b i color sz szCs highlight u bdr shd vertAlign lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders shd",
    "trPr": "cantSplit tblHeader",
    "sectPr": "footerReference type pgSz pgMar titlePg",
    "style": "name basedOn next qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "settings": "defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
}
"""The order that Word asks for, of the elements that are used; it calls a file with another order damaged."""


def written(draft: Draft, folder: Path) -> Path:
    write_word(draft, folder / "report.docx")
    return folder / "report.docx"


def parts_of(path: Path) -> dict[str, etree._Element]:
    with ZipFile(path) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(everything(), tmp_path)


@pytest.fixture
def document(path: Path) -> Any:
    return docx.Document(str(path))


@pytest.fixture
def body(path: Path) -> etree._Element:
    return parts_of(path)["word/document.xml"]


def test_elements_stand_in_the_order_that_word_asks_for(path: Path) -> None:
    looked_at = 0
    for part in parts_of(path).values():
        for element in part.iter():
            if isinstance(element.tag, str) and local(element) in ORDERS:
                order = ORDERS[local(element)].split()
                places = [order.index(local(child)) for child in element]
                assert places == sorted(places)
                looked_at += 1
    assert looked_at > 200


def test_every_style_part_and_relation_that_is_named_is_there(path: Path) -> None:
    parts = parts_of(path)
    styles = set(parts["word/styles.xml"].xpath("//*/@w:styleId", namespaces={"w": nsmap["w"]}))
    named = {
        style.get(qn("w:val"))
        for style in parts["word/document.xml"].iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    }
    assert named <= styles
    types = {override.get("PartName") for override in parts["[Content_Types].xml"] if override.get("PartName")}
    assert types == {f"/{name}" for name in parts if not name.endswith(".rels") and not name.startswith("[")}


def test_places_are_named_once_and_every_link_leads_to_one(body: etree._Element) -> None:
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(set(ids)) == len(ids) == len(list(body.iter(qn("w:bookmarkEnd"))))
    assert len(set(names)) == len(names)
    assert links
    assert links <= set(names)
    assert all(re.fullmatch(r"[a-z]\w{0,39}", name) for name in names)


def test_every_cell_has_a_paragraph_and_every_row_all_columns(document: Any) -> None:
    for table in document.tables:
        for row in table.rows:
            assert len(row.cells) == len(table.columns)
            assert all(cell.paragraphs for cell in row.cells)


def test_headings_have_the_styles_of_headings(document: Any) -> None:
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "1 About"),
        ("Heading 1", "2 Goal by goal"),
        ("Heading 2", "2.1 Goal 1: Early years"),
        ("Heading 1", "4 questions"),
        ("Heading 1", "Evidence"),
    ]


def test_the_contents_are_there_before_word_makes_them_anew(document: Any) -> None:
    entries = [p.text for p in document.paragraphs if p.style.name.startswith("toc") and p.text]
    assert entries == ["1 About", "2 Goal by goal", "2.1 Goal 1: Early years", "4 questions", "Evidence"]


def test_rows_of_a_head_repeat_and_no_row_is_cut(body: etree._Element) -> None:
    tables = list(body.iter(qn("w:tbl")))
    assert len(tables) == 2
    for table in tables:
        assert [bool(list(row.iter(qn("w:tblHeader")))) for row in table.iter(qn("w:tr"))][:2] == [True, False]
        assert all(list(row.iter(qn("w:cantSplit"))) for row in table.iter(qn("w:tr")))


def test_a_quotation_stands_as_it_is_with_who_says_it(document: Any) -> None:
    quotes = [(p.text, after.text) for p, after in pairwise(document.paragraphs) if p.style.name == "Quote"]
    assert quotes[0] == (TEXT[32:62], "Jo Li[2]")


def test_what_is_left_to_write_is_marked_yellow(document: Any) -> None:
    marked = [run.text for p in document.paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert marked == ["[To write: Say why.]"]


def test_proposals_are_told_in_words(document: Any) -> None:
    tagged = [p.text for p in document.paragraphs if "(proposed)" in p.text]
    assert tagged == ["Two[3–5] (proposed)"]
    assert "Bike repair[7] (proposed)" in [cell.text for row in document.tables[1].rows for cell in row.cells]


def test_the_file_says_what_it_is_and_when_it_was_made(document: Any) -> None:
    about = document.core_properties
    assert (about.title, about.subject, about.author, about.language) == (
        "Impact Report",
        "Purpose Goals",
        "goalmap",
        "en-GB",
    )
    assert about.created.replace(tzinfo=None) == about.modified.replace(tzinfo=None) == datetime(2024, 7, 1)


def test_a_wide_table_has_a_page_on_its_side(tmp_path: Path) -> None:
    wide = Table("Wide", tuple("abcdefgh"), (tuple(Cell(plain(c)) for c in "12345678"),))
    document: Any = docx.Document(str(written(draft_of(wide, Paragraph(plain("After."))), tmp_path)))
    shapes = [section.page_width > section.page_height for section in document.sections]
    assert shapes == [False, True, False]
    assert [section.different_first_page_header_footer for section in document.sections] == [True, False, False]


def test_each_list_counts_from_one(tmp_path: Path) -> None:
    lists = [Items((plain("One"), plain("Two")), numbered=True), Items((plain("Three"),), True), Items((plain("x"),))]
    parts = parts_of(written(draft_of(*lists), tmp_path))
    used = [number.get(qn("w:val")) for number in parts["word/document.xml"].iter(qn("w:numId"))]
    known = [number.get(qn("w:numId")) for number in parts["word/numbering.xml"].iter(qn("w:num"))]
    assert used == ["2", "2", "3", "1"]
    assert known == ["1", "2", "3"]


def test_a_picture_of_one_count_has_bars_and_one_of_several_has_shades(tmp_path: Path) -> None:
    rows = (tuple(Cell(plain(n), number=bool(at)) for at, n in enumerate(("One", "4", "0", "–"))),)
    grid = Table("Grid", ("Who", "a", "b", "c"), rows)
    pictures = (Picture("Bars", "One.", SVG, COUNTS), Picture("Grid", "Two.", SVG, grid))
    body = parts_of(written(draft_of(*pictures), tmp_path))["word/document.xml"]
    bars, shades = body.iter(qn("w:tbl"))
    indents = [indent.get(qn("w:right")) for indent in bars.iter(qn("w:ind"))]
    assert indents == ["0"]  # the longest goes all the way, and nothing is drawn for none
    fills = [shade.get(qn("w:fill")) for shade in shades.iter(qn("w:shd"))]
    assert fills == ["86B0D8", "FFFFFF"]


def test_no_word_of_a_heading_is_wider_than_its_column(tmp_path: Path) -> None:
    columns = ("Posts and memberships", "Documents", "N")
    table = Table("Narrow", columns, (tuple(Cell(plain("1")) for _ in columns),), (20, 1, 1))
    body = parts_of(written(draft_of(table), tmp_path))["word/document.xml"]
    widths = [int(column.get(qn("w:w"))) for column in body.iter(qn("w:gridCol"))]
    assert widths[1] > 9 * 110
    assert sum(widths) <= 9_638


def test_a_report_without_anything_is_a_document(tmp_path: Path) -> None:
    document = docx.Document(str(written(Draft("x", "Empty", "", "2024-07-01", ()), tmp_path)))
    assert [p.text for p in document.paragraphs] == ["Empty", "Draft of 1 July 2024, made with goalmap", "Contents"]


@pytest.mark.slow
@office.needs_writer
def test_libreoffice_reads_all_of_it(path: Path) -> None:
    text = office.saved(path, "txt:Text").read_text("utf-8-sig")
    said = ("Impact Report", "2.1 Goal 1: Early years", words().text, "Say why.", "Activity", "40 patients", "1,200")
    assert [part for part in said if part not in text] == []


def test_a_row_of_one_cell_spans_the_table_and_stays_with_the_next(tmp_path: Path) -> None:
    over = (Cell(plain("Goal 1. Is it done?"), heading=True),)
    table = Table(
        "One goal.", ("Activity", "Figures"), (over, (Cell(plain("Tablets")), Cell(plain("40"), number=True)))
    )
    (made,) = docx.Document(str(written(draft_of(table), tmp_path))).tables
    head = made.rows[1]._tr
    assert [span.get(qn("w:val")) for span in head.iter(qn("w:gridSpan"))] == ["2"]
    assert list(head.iter(qn("w:keepNext")))


def test_what_should_fit_one_page_has_no_cover_contents_or_page_break(tmp_path: Path) -> None:
    pack = replace(draft_of(Paragraph((words(), fact("Told.", "p2")))), kind="pack")
    passages = {**pack.passages, "p2": cited("p2", "Another passage.")}
    document = docx.Document(str(written(replace(pack, passages=passages), tmp_path)))
    texts = [p.text for p in document.paragraphs]
    assert "Contents" not in texts
    assert not list(document.element.body.iter(qn("w:pageBreakBefore")))
    sources = [text for text in texts if "passage p" in text]
    assert [text[:1] for text in sources] == ["1", "2"]
    assert "“Another passage.”" in sources[1]
