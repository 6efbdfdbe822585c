"""Word documents (DOCX and its templates): paragraphs, lists, tables, text boxes, diagrams, charts, notes, headers and footers, in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem, Refused
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.marks import without_bullet
from goalmap.ingest.office.charts import CHART, chart_blocks
from goalmap.ingest.office.checked import checked_copy
from goalmap.ingest.office.plain import blocks_in_parts, blocks_of_xml
from goalmap.ingest.office.styled import holds_texts
from goalmap.ingest.office.word_styles import BOLD, RUN, Element, Styles, is_on, related
from goalmap.ingest.watch import Watch

MAIN_PART = re.compile(r"^word/document\d*\.xml$", re.I)
PARAGRAPH, TABLE, ROW, CELL, TEXT_BOX = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:txbxContent")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
DATA_OF_DIAGRAM = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
LETTERS = frozenset({qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
SPACES = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n"}
EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
NOT_IN_TEXT = frozenset({TEXT_BOX, FALLBACK, qn("w:moveFrom"), qn("w:pPr"), qn("w:rt")})
"""Boxes have their own blocks, a fallback repeats the choice before it, what was moved stands where it went."""
HYPHEN, SYMBOL, HIDDEN = qn("w:noBreakHyphen"), qn("w:sym"), qn("w:vanish")
BULLET_CODES = {"F0B7": "•", "F0A7": "▪", "F0D8": "➢", "F0FC": "✓", "F0E0": "→", "F0E8": "➔", "F0A8": "□"}
"""The signs of Symbol and Wingdings that stand for bullets and arrows."""
FIELD_MARK, FIELD_TYPE, FIELD_CODE = qn("w:fldChar"), qn("w:fldCharType"), qn("w:instrText")
CONTENTS = ("TOC", "INDEX")
MARGINS = (
    ("first_page_header", Kind.HEADER),
    ("header", Kind.HEADER),
    ("even_page_header", Kind.HEADER),
    ("first_page_footer", Kind.FOOTER),
    ("footer", Kind.FOOTER),
    ("even_page_footer", Kind.FOOTER),
)
BROKEN = "The Word file is broken or of a kind that cannot be read. Open it in Word and save it as .docx."
CUT_OFF = (
    "The file is cut off or damaged; the text that was found in it is read, some may be missing. Get the file again."
)
NOT_OPENED = (
    "The file is built so that only its plain text can be read; notes and headings may be missing. "
    "Open it in Word and save it anew."
)
ELSEWHERE = "It refers to files elsewhere (a template, pictures); nothing was fetched."
EMBEDDED = "Text that another file was embedded for is not read. Open it in Word and save it anew."


def read_word(data: bytes, watch: Watch) -> Reading:
    """The blocks of a DOCX file. Raises NoText, Refused, NeedsPassword or ReadProblem."""
    try:
        return _read(data, watch)
    except (NoText, Refused, NeedsPassword):
        raise
    except Exception as error:  # python-docx may raise anything on what Word itself would repair
        return _plain(data, watch, error)


def _read(data: bytes, watch: Watch) -> Reading:
    document = docx.Document(checked_copy(data, watch))
    body = list(_Story(Styles.of(document), document.part, _ends_fields(document)).blocks(document.element.body))
    blocks = (*_margins(document), *body, *_notes(document))
    if not body:
        raise NoText("The Word file holds no text.")
    embedded = any(True for _ in document.element.body.iter(qn("w:altChunk")))
    title = clean(document.core_properties.title or "") or None
    note = ELSEWHERE if _refers_elsewhere(document) else None
    return Reading(blocks, Metadata(title=title), problem=EMBEDDED if embedded else None, note=note)


def _refers_elsewhere(document: Any) -> bool:
    """Whether more than links to follow lie outside the file."""
    relations = (relation for part in document.part.package.iter_parts() for relation in part.rels.values())
    return any(relation.is_external and not relation.reltype.endswith("/hyperlink") for relation in relations)


def _plain(data: bytes, watch: Watch, error: Exception) -> Reading:
    """What can be read where the document cannot be opened as it should."""
    found = blocks_in_parts(data, MAIN_PART, watch)
    blocks = tuple(block for part in found.parts for block in part)
    if not blocks:
        raise ReadProblem(BROKEN) from error
    return Reading(blocks, problem=CUT_OFF if found.is_cut else NOT_OPENED)


@dataclass(slots=True)
class _Story:
    """The way through the text of a document; `fields` are those that have begun and not ended (a list of contents ...)."""

    styles: Styles
    part: Any
    ends_fields: bool
    fields: list[str] = field(default_factory=list)

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Blocks below an element, whatever wraps them (content controls, tracked insertions, text boxes)."""
        for child in parent:
            if child.tag == PARAGRAPH:
                yield from self.paragraph(child)
            elif child.tag == TABLE:
                yield from self.table(child)
            elif child.tag not in NOT_IN_TEXT:
                yield from self.blocks(child)

    def paragraph(self, element: Element) -> Iterator[Block]:
        """A paragraph, then the boxes, diagrams and charts that hang on it."""
        is_contents = self.is_contents(element)
        for text in filter(None, map(clean, EMPTY_LINE.split(_text(element)))):
            kind = Kind.NAVIGATION if is_contents else self.styles.kind(element, text, _is_bold(element))
            yield Block(without_bullet(text) if kind is Kind.LIST_ITEM else text, kind)
        for box in _below(element, TEXT_BOX):
            yield from self.blocks(box)
        for diagram in _below(element, DIAGRAM):
            yield from blocks_of_xml(self.part.related_parts[diagram.get(DATA_OF_DIAGRAM)].blob)
        for chart in _below(element, f"{CHART}chart"):
            yield from chart_blocks(self.part.related_parts[chart.get(qn("r:id"))].blob)

    def is_contents(self, element: Element) -> bool:
        """Whether a paragraph lies in a list of contents, which is a field that goes on over many paragraphs."""
        found = self.is_in_contents
        for mark in element.iter(FIELD_MARK, FIELD_CODE):
            if mark.tag == FIELD_CODE and self.fields:
                self.fields[-1] += mark.text or ""
            elif mark.get(FIELD_TYPE) == "begin":
                self.fields.append("")
            elif mark.get(FIELD_TYPE) == "end" and self.fields:
                self.fields.pop()
            found = found or self.is_in_contents
        return found

    @property
    def is_in_contents(self) -> bool:
        return self.ends_fields and any(code.strip().startswith(CONTENTS) for code in self.fields)

    def table(self, table: Element) -> Iterator[Block]:
        """A row is a block; tables inside a cell, and cells that hold whole texts, are read as texts."""
        for row in _below(table, ROW):
            cells = list(_below(row, CELL))
            if len(cells) == 1 or any(_is_layout(cell) for cell in cells):
                for cell in cells:
                    yield from self.blocks(cell)
            else:
                yield from table_blocks([[_cell(cell) for cell in cells]])


def _ends_fields(document: Any) -> bool:
    """Whether each field that begins ends; one that does not would make contents of all the text after it."""
    marks = [mark.get(FIELD_TYPE) for mark in document.element.body.iter(FIELD_MARK)]
    return marks.count("begin") == marks.count("end")


def _is_layout(cell: Element) -> bool:
    if next(_below(cell, TABLE), None) is not None:
        return True
    return holds_texts(map(_text, _below(cell, PARAGRAPH)))


def _below(element: Element, tag: str) -> Iterator[Element]:
    """Descendants of that tag, neither in a fallback (which repeats the choice before it) nor inside one another."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != FALLBACK:
            yield from _below(child, tag)


def _paragraphs(element: Element) -> Iterator[Element]:
    """Paragraphs below an element, those in boxes too."""
    for paragraph in _below(element, PARAGRAPH):
        yield paragraph
        for box in _below(paragraph, TEXT_BOX):
            yield from _paragraphs(box)


def _text(element: Element) -> str:
    return "".join(_letters(element))


def _letters(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in LETTERS:
            yield child.text or ""
        elif child.tag in SPACES:
            yield SPACES[child.tag]
        elif child.tag == HYPHEN:
            yield "-"
        elif child.tag == SYMBOL:
            yield BULLET_CODES.get(child.get(qn("w:char"), "").upper(), " ")
        elif child.tag not in NOT_IN_TEXT and not (child.tag == RUN and is_on(child, HIDDEN)):
            yield from _letters(child)


def _is_bold(element: Element) -> bool:
    runs = [run for run in element.iter(RUN) if _text(run).strip()]
    return bool(runs) and all(is_on(run, BOLD) for run in runs)


def _cell(cell: Element) -> str:
    return clean(" ".join(_text(paragraph) for paragraph in _paragraphs(cell)))


# Beside the text


def _margins(document: Any) -> Iterator[Block]:
    parts = ((part, kind) for section in document.sections for part, kind in _margin_parts(section))
    blocks = (Block(clean(_text(below)), kind) for part, kind in parts for below in _paragraphs(part._element))
    return (block for block in dict.fromkeys(blocks) if block.text)


def _margin_parts(section: Any) -> Iterator[tuple[Any, Kind]]:
    """Headers and footers, those of first and even pages too."""
    for place, kind in MARGINS:
        part = getattr(section, place)
        if not part.is_linked_to_previous:
            yield part, kind


def _notes(document: Any) -> Iterator[Block]:
    """Footnotes, then endnotes; comments are talk about the text and are left out."""
    for kind in ("footnotes", "endnotes"):
        for root in related(document.part, kind):
            for note in root:
                if text := clean(" ".join(_text(paragraph) for paragraph in _paragraphs(note))):
                    yield Block(text, Kind.BODY)
