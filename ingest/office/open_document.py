"""OpenDocument text (ODT, and FODT, the same in one file): paragraphs, headings, lists, tables, boxes, notes, headers and footers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.etree

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem
from goalmap.ingest.office.styled import Paragraph, row_blocks
from goalmap.ingest.packages import Package, whole_or_salvaged
from goalmap.ingest.watch import Watch

NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
CONTENT, STYLES, META, MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
CUT_OFF = (
    "The file is cut off or damaged; the text that was found in it is read, some may be missing. Get the file again."
)
BROKEN = "The OpenDocument file is broken. Open it in LibreOffice or Word and save it as .docx."
LOCKED = "The OpenDocument file asks for a password. Save a copy without one and ingest that."
MAX_BASES = 20

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""


def _name(space: str, local: str) -> str:
    """An OpenDocument name as lxml writes it."""
    return NAMES % (space, local)


PARAGRAPH, HEADING, LIST, SPAN = _name("text", "p"), _name("text", "h"), _name("text", "list"), _name("text", "span")
ROW, BODY, NOTE, NOTE_TEXT = (
    _name("table", "table-row"),
    _name("office", "text"),
    _name("text", "note"),
    _name("text", "note-body"),
)
CELLS = frozenset({_name("table", "table-cell"), _name("table", "covered-table-cell")})
TABLE, FRAME_TEXT = _name("table", "table"), _name("drawing", "text-box")
INDEXES = frozenset(
    _name("text", kind)
    for kind in (
        "table-of-content",
        "alphabetical-index",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
    )
)
NOT_TEXT = frozenset({
    _name("text", "tracked-changes"), _name("office", "annotation"), _name("text", "ruby-text"), _name("text", "list-style"),
    _name("office", "forms"), _name("text", "sequence-decls"), _name("text", "note-citation"),
    _name("svg-compatible", "title"), _name("svg-compatible", "desc"), _name("text", "index-title-template"),
})  # fmt: skip
SPACES = frozenset({_name("text", "tab"), _name("text", "line-break"), _name("text", "s")})
STYLE_NAME, DISPLAY_NAME, PARENT = (
    _name("text", "style-name"),
    _name("style", "display-name"),
    _name("style", "parent-style-name"),
)
WEIGHT = _name("xsl-fo-compatible", "font-weight")
MARGINS = (
    *((_name("style", part), Kind.HEADER) for part in ("header-first", "header", "header-left")),
    *((_name("style", part), Kind.FOOTER) for part in ("footer-first", "footer", "footer-left")),
)
ENCODED = re.compile(r"_([0-9a-f]{1,4})_")
"""A character that may not stand in the name of a style: "Heading_20_1"."""


def read_open_document(data: bytes, watch: Watch) -> Reading:
    """The blocks of an ODT or FODT file. Raises NoText, NeedsPassword, Refused or ReadProblem."""
    trees, is_cut = _trees(data, watch)
    text = next((body for tree in trees for body in tree.iter(BODY)), None)
    if text is None:
        raise ReadProblem(BROKEN)
    story = _Story(_Styles.of(trees))
    body = tuple(story.blocks(text))
    if not body:
        raise NoText("The OpenDocument file holds no text.")
    margins = dict.fromkeys(block for tree in trees for block in story.margins(tree))
    return Reading((*margins, *body, *story.notes), _metadata(trees), problem=CUT_OFF if is_cut else None)


# XML


def _trees(data: bytes, watch: Watch) -> tuple[list[Element], bool]:
    """The parts of the document that matter, and whether something of them is lost."""
    if not data.startswith(b"PK"):
        tree, is_whole = _tree(data)
        return ([tree] if tree is not None else []), not is_whole
    parts, is_cut = whole_or_salvaged(data, watch, _parts)
    return [tree for tree, _ in parts if tree is not None], is_cut or not all(is_whole for _, is_whole in parts)


def _parts(package: Package) -> list[tuple[Element | None, bool]]:
    if MANIFEST in package and b"encryption-data" in package.read(MANIFEST):
        raise NeedsPassword(LOCKED)
    return [_tree(package.read(part)) for part in (CONTENT, STYLES, META) if part in package]


def _tree(xml: bytes) -> tuple[Element | None, bool]:
    """The root of an XML file, mended where it is broken, None where nothing is left; and whether it was whole."""
    try:
        return lxml.etree.fromstring(xml, parser=_parser(recover=False)), True
    except lxml.etree.XMLSyntaxError:
        return _mended(xml), False


def _mended(xml: bytes) -> Element | None:
    try:
        return lxml.etree.fromstring(xml, parser=_parser(recover=True))
    except lxml.etree.XMLSyntaxError:
        return None


def _parser(recover: bool) -> lxml.etree.XMLParser:
    return lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=recover
    )


def _metadata(trees: list[Element]) -> Metadata:
    found = (title for tree in trees for title in tree.iter("{http://purl.org/dc/elements/1.1/}title"))
    return Metadata(title=next((clean("".join(title.itertext())) for title in found), None) or None)


# Styles


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles of paragraphs and of letters by their names."""

    parents: dict[str, str]
    shown: dict[str, str]
    """The names that the writer sees, where they are others."""
    weights: dict[str, bool]

    @classmethod
    def of(cls, trees: list[Element]) -> "_Styles":
        found = [style for tree in trees for style in tree.iter(_name("style", "style"))]
        own = _name("style", "name")
        return cls(
            {style.get(own, ""): style.get(PARENT, "") for style in found},
            {style.get(own, ""): style.get(DISPLAY_NAME, "") for style in found},
            {style.get(own, ""): weight == "bold" for style in found for weight in [_weight(style)] if weight},
        )

    def names(self, style: str) -> tuple[str, ...]:
        """The names of a style and of those that it is based on, as its writer sees them, lower case."""
        found = list(self._chain(style))
        return tuple(self.shown.get(each) or _spelt(each) for each in found)

    def is_bold(self, style: str) -> bool | None:
        """None where neither the style nor those below it say."""
        return next((self.weights[each] for each in self._chain(style) if each in self.weights), None)

    def _chain(self, style: str) -> Iterator[str]:
        for _ in range(MAX_BASES):
            if not style:
                return
            yield style
            style = self.parents.get(style, "")


def _weight(style: Element) -> str | None:
    return next((text.get(WEIGHT) for text in style.iter(_name("style", "text-properties"))), None)


def _spelt(style: str) -> str:
    return ENCODED.sub(lambda match: chr(int(match[1], 16)), style)


# Text


@dataclass(slots=True)
class _Story:
    """The way through the text; notes are gathered and read after it."""

    styles: _Styles
    notes: list[Block] = field(default_factory=list)

    def blocks(self, parent: Element, in_list: bool = False) -> Iterator[Block]:
        """Blocks below an element, whatever wraps them."""
        for child in parent:
            if child.tag in (PARAGRAPH, HEADING):
                yield from self._paragraph(child, in_list)
            elif child.tag == ROW:
                yield from self._row(child)
            elif child.tag in INDEXES:
                yield from (block.as_kind(Kind.NAVIGATION) for block in self.blocks(child))
            elif child.tag not in NOT_TEXT:
                yield from self.blocks(child, in_list or child.tag == LIST)

    def margins(self, tree: Element) -> Iterator[Block]:
        """Headers and footers of all kinds of pages."""
        for tag, kind in MARGINS:
            for margin in tree.iter(tag):
                yield from (block.as_kind(kind) for block in self.blocks(margin))

    def _paragraph(self, element: Element, in_list: bool) -> Iterator[Block]:
        paragraph = self._written(element, in_list)
        if paragraph.text:
            yield paragraph.block
        yield from self._inside(element)

    def _inside(self, element: Element) -> Iterator[Block]:
        """What hangs on a paragraph: boxes, which are read after it, and notes."""
        for box in element.iter(FRAME_TEXT):
            if next(box.iterancestors(FRAME_TEXT, PARAGRAPH, HEADING), None) is element:
                yield from self.blocks(box)
        for note in element.iter(NOTE_TEXT):
            if next(note.iterancestors(PARAGRAPH, HEADING), None) is element:
                self.notes += self.blocks(note)

    def _written(self, element: Element, in_list: bool) -> Paragraph:
        style = element.get(STYLE_NAME, "")
        text = clean("".join(_pieces(element)))
        is_bold = bool(text) and self._is_bold(element, self.styles.is_bold(style) or False)
        return Paragraph(
            text, tuple(map(str.casefold, self.styles.names(style))), element.tag == HEADING, in_list, is_bold
        )

    def _is_bold(self, element: Element, is_bold: bool) -> bool:
        """Whether all letters below an element are bold."""
        own = [element.text or "", *(child.tail or "" for child in element)]
        if not is_bold and any(text.strip() for text in own):
            return False
        return all(
            self._is_bold(span, is_bold if own is None else own)
            for span in element.iterchildren(SPAN)
            for own in [self.styles.is_bold(span.get(STYLE_NAME, ""))]
        )

    def _row(self, row: Element) -> Iterator[Block]:
        cells = [cell for cell in row if cell.tag in CELLS]
        if any(next(cell.iter(TABLE), None) is not None for cell in cells):
            for cell in cells:
                yield from self.blocks(cell)
            return
        yield from row_blocks([list(self._cell(cell)) for cell in cells])

    def _cell(self, cell: Element) -> Iterator[Paragraph]:
        for element in cell.iter(PARAGRAPH, HEADING):
            in_list = next(element.iterancestors(LIST), None) is not None
            paragraph = self._written(element, in_list)
            if paragraph.text:
                yield paragraph


def _pieces(element: Element) -> Iterator[str]:
    """The text of a paragraph without that of the boxes and notes in it."""
    yield element.text or ""
    for child in element:
        if child.tag in SPACES:
            yield " "
        elif child.tag not in (NOTE, FRAME_TEXT) and child.tag not in NOT_TEXT:
            yield from _pieces(child)
        yield child.tail or ""
