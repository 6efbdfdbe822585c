"""The text of an Office file that its library cannot open, read straight from the XML, however deep or broken it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.marks import is_caption, item_kind, without_bullet
from goalmap.ingest.office.checked import NOT_PARSED, forced, mended, new_parser
from goalmap.ingest.packages import Package, whole_or_salvaged
from goalmap.ingest.watch import Watch

SPACES = frozenset({"tab", "br", "cr"})
LEFT_OUT = frozenset({"Fallback", "moveFrom", "del"})
"""What repeats the choice before it, and what a reviewer took out."""
STYLES = (("title", Kind.TITLE), ("heading", Kind.HEADING), ("subtitle", Kind.HEADING), ("toc", Kind.NAVIGATION))
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the parts of a package that its library cannot open."""

    parts: tuple[tuple[Block, ...], ...]
    is_cut: bool
    """The package or its XML is damaged, so that parts, or the ends of them, may be lost."""


def blocks_in_parts(data: bytes, wanted: re.Pattern[str], watch: Watch) -> Found:
    """The blocks of each part whose name matches, by the numbers in their names. Raises Refused or NeedsPassword."""
    parts, is_cut = whole_or_salvaged(data, watch, lambda package: _read_parts(package, wanted))
    return Found(tuple(tuple(part.blocks) for part in parts), is_cut or any(part.is_broken for part in parts))


def _read_parts(package: Package, wanted: re.Pattern[str]) -> list["_Reading"]:
    names = sorted((name for name in package.names if wanted.search(name)), key=numbers_in)
    return [_reading(package.read(name)) for name in names]


def numbers_in(name: str) -> list[int]:
    return [int(number) for number in NUMBER.findall(name)]


def blocks_of_xml(xml: bytes) -> Iterator[Block]:
    """Paragraphs and rows of a text, slide or diagram, as far as they can be read. Raises Refused."""
    return iter(_reading(xml).blocks)


def _reading(xml: bytes) -> "_Reading":
    reading = _Reading(xml)
    if not reading.is_broken:
        return reading
    mended_reading = _Reading(mended(xml))
    if not mended_reading.is_broken:
        return mended_reading
    return max(mended_reading, _Reading(forced(xml), is_broken=True), key=lambda reading: len(reading.blocks))


class _Reading:
    """What has been met so far: paragraphs that are open (a box lies inside one), and the cells of rows that are open."""

    def __init__(self, xml: bytes, is_broken: bool = False) -> None:
        self.blocks: list[Block] = []
        self.paragraphs: list[list[str]] = []
        self.styles: list[str] = []
        self.rows: list[list[list[str]]] = []
        self.left_out = 0
        self.is_text = False
        self.parser = new_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.is_broken = is_broken or not self.parse(xml)

    def parse(self, xml: bytes) -> bool:
        """Whether all of it is XML; what was open at its end is closed."""
        try:
            self.parser.Parse(xml, True)
        except NOT_PARSED:
            return False
        finally:
            while self.paragraphs:
                self.end_paragraph()
            while self.rows:
                self.end_row()
        return True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.left_out += name in LEFT_OUT
        self.is_text = name == "t"
        if name == "p":
            self.paragraphs.append([])
            self.styles.append("")
        elif name == "pStyle" and self.styles:
            self.styles[-1] = attributes.get("w:val", "").casefold()
        elif name in SPACES and self.paragraphs:
            self.paragraphs[-1].append(" ")
        elif name == "tr":
            self.rows.append([])
        elif name == "tc" and self.rows:
            self.rows[-1].append([])

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self.left_out -= name in LEFT_OUT
        self.is_text = False
        if name == "p" and self.paragraphs:
            self.end_paragraph()
        elif name == "tr" and self.rows:
            self.end_row()

    def characters(self, text: str) -> None:
        if self.is_text and self.paragraphs and not self.left_out:
            self.paragraphs[-1].append(text)

    def end_paragraph(self) -> None:
        text, style = clean("".join(self.paragraphs.pop())), self.styles.pop()
        if text and self.rows and self.rows[-1]:
            self.rows[-1][-1].append(text)
        elif text:
            kind = next((kind for start, kind in STYLES if style.startswith(start)), None) or kind_of(text)
            self.blocks.append(Block(without_bullet(text) if kind is Kind.LIST_ITEM else text, kind))

    def end_row(self) -> None:
        cells = self.rows.pop()
        texts = cells[0] if len(cells) == 1 else []
        self.blocks.extend(Block(text, kind_of(text)) for text in texts)
        if len(cells) > 1:
            self.blocks.extend(table_blocks([[" ".join(cell) for cell in cells]]))


def kind_of(text: str) -> Kind:
    """What a paragraph is by its look alone."""
    return Kind.CAPTION if is_caption(text) else item_kind(text) or Kind.BODY
