"""Word documents (DOCX): paragraphs, lists, tables, text boxes, footnotes, headers and footers, in reading order."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import docx
import docx.opc.exceptions
import docx.oxml
from docx.oxml.ns import qn

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.marks import is_caption, item_kind, without_bullet
from goalmap.ingest.tables import table_blocks
from goalmap.ingest.watch import Watch

STYLES = (
    ("title", Kind.TITLE),
    ("heading", Kind.HEADING),
    ("subtitle", Kind.HEADING),
    ("toc", Kind.NAVIGATION),
    ("list", Kind.LIST_ITEM),
    ("caption", Kind.CAPTION),
    ("intense quote", Kind.QUOTE),
    ("quote", Kind.QUOTE),
)
PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
TEXT, TAB, BREAK, TEXT_BOX, NUMBERED = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:txbxContent"), qn("w:numPr")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOLD = qn("w:b")
OFF = ("0", "false", "off")
MAX_HEADING_WORDS = 14
MARGINS = (
    ("first_page_header", Kind.HEADER),
    ("header", Kind.HEADER),
    ("even_page_header", Kind.HEADER),
    ("first_page_footer", Kind.FOOTER),
    ("footer", Kind.FOOTER),
    ("even_page_footer", Kind.FOOTER),
)

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""


def read_word(data: bytes, watch: Watch) -> Reading:
    """The blocks of a DOCX file. Raises NoText or ReadProblem."""
    try:
        document = docx.Document(io.BytesIO(data))
    except (docx.opc.exceptions.PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ReadProblem(
            "The Word file is broken or of a kind that cannot be read. Open it in Word and save it as .docx."
        ) from error
    styles = {style.style_id: style.name.casefold() for style in document.styles if style.name}
    body = list(_blocks(document.element.body, styles))
    blocks = (*_margins(document), *body, *_footnotes(document))
    if not body:
        raise NoText("The Word file holds no text.")
    return Reading(blocks, Metadata(title=clean(document.core_properties.title or "") or None))


def _blocks(parent: Element, styles: dict[str, str]) -> Iterator[Block]:
    """Blocks below an element, whatever wraps them (content controls, tracked insertions, text boxes)."""
    for child in parent:
        if child.tag == PARAGRAPH:
            yield from _paragraph(child, styles)
            for box in _below(child, TEXT_BOX):
                yield from _blocks(box, styles)
        elif child.tag == TABLE:
            yield from _table(child, styles)
        elif child.tag != FALLBACK:
            yield from _blocks(child, styles)


def _below(element: Element, tag: str) -> Iterator[Element]:
    """Descendants of that tag, neither in a fallback (which repeats the choice before it) nor inside one another."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != FALLBACK:
            yield from _below(child, tag)


def _paragraph(element: Element, styles: dict[str, str]) -> Iterator[Block]:
    text = clean(_text(element))
    if text:
        kind = _kind(element, text, styles)
        yield Block(without_bullet(text) if kind is Kind.LIST_ITEM else text, kind)


def _text(element: Element) -> str:
    parts = []
    for child in element:
        if child.tag == TEXT:
            parts.append(child.text or "")
        elif child.tag in (TAB, BREAK):
            parts.append(" ")
        elif child.tag not in (TEXT_BOX, FALLBACK):
            parts.append(_text(child))
    return "".join(parts)


def _kind(element: Element, text: str, styles: dict[str, str]) -> Kind:
    style = _style(element, styles)
    styled = next((kind for start, kind in STYLES if style.startswith(start)), None)
    return styled or _kind_by_look(element, text)


def _kind_by_look(element: Element, text: str) -> Kind:
    if is_caption(text):
        return Kind.CAPTION
    if next(element.iter(NUMBERED), None) is not None:
        return Kind.LIST_ITEM
    if _is_bold(element) and len(text.split()) <= MAX_HEADING_WORDS and not text.endswith((".", ";", ",")):
        return Kind.HEADING
    return item_kind(text) or Kind.BODY


def _style(element: Element, styles: dict[str, str]) -> str:
    found = element.find(f"./{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else styles.get(found.get(qn("w:val")), "")


def _is_bold(element: Element) -> bool:
    runs = [run for run in element.iter(qn("w:r")) if _text(run).strip()]
    return bool(runs) and all(_run_is_bold(run) for run in runs)


def _run_is_bold(run: Element) -> bool:
    found = run.find(f"./{qn('w:rPr')}/{BOLD}")
    return found is not None and found.get(qn("w:val")) not in OFF


def _table(table: Element, styles: dict[str, str]) -> Iterator[Block]:
    """A row is a block; tables inside a cell, and cells that hold whole texts, are read as texts."""
    for row in _below(table, ROW):
        cells = list(_below(row, CELL))
        if len(cells) == 1 or any(next(_below(cell, TABLE), None) is not None for cell in cells):
            for cell in cells:
                yield from _blocks(cell, styles)
        else:
            yield from table_blocks([list(_unrepeated(_cell(cell) for cell in cells))])


def _cell(cell: Element) -> str:
    return clean(" ".join(_text(paragraph) for paragraph in _below(cell, PARAGRAPH)))


def _unrepeated(texts: Iterable[str]) -> Iterator[str]:
    """A merged cell stands in its row once."""
    return (text for text, _ in groupby(texts))


def _margins(document: Element) -> Iterator[Block]:
    parts = ((part, kind) for section in document.sections for part, kind in _margin_parts(section))
    blocks = (Block(clean(_text(below)), kind) for part, kind in parts for below in _below(part._element, PARAGRAPH))
    return (block for block in dict.fromkeys(blocks) if block.text)


def _margin_parts(section: Any) -> Iterator[tuple[Any, Kind]]:
    """Headers and footers, those of first and even pages too."""
    for place, kind in MARGINS:
        part = getattr(section, place)
        if not part.is_linked_to_previous:
            yield part, kind


def _footnotes(document: Element) -> Iterator[Block]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            root = docx.oxml.parse_xml(relation.target_part.blob)
            for note in root:
                if text := clean(_text(note)):
                    yield Block(text, Kind.BODY)
