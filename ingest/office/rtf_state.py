"""What is known at a point of an RTF file: the group that is open, the style of its paragraph, the text that is being read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.office.styled import Paragraph, row_blocks

BODY_LEVEL = 9
"""The outline level of what is no heading."""


@dataclass(slots=True)
class Style:
    """A style of the document: its name, the one that it is based on, its level among headings."""

    name: str = ""
    base: int | None = None
    level: int = BODY_LEVEL


@dataclass(slots=True)
class Text:
    """Paragraphs and rows that are being read: the body's, a header's, a note's or a box's."""

    kind: Kind | None = None
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    cell: list[Paragraph] = field(default_factory=list)
    cells: list[list[Paragraph]] = field(default_factory=list)
    bold: int = 0
    """Letters of the paragraph that are bold."""
    is_item: bool = False

    def add(self, text: str, is_bold: bool) -> None:
        self.pieces.append(text)
        self.bold += is_bold and sum(map(str.isalnum, text))

    def take_paragraph(self, styles: tuple[str, ...], is_heading: bool, is_item: bool) -> Paragraph | None:
        """The paragraph that ends here; None where it is empty."""
        text = clean(_whole("".join(self.pieces)))
        is_bold = 0 < sum(map(str.isalnum, text)) <= self.bold
        is_item = is_item or self.is_item
        self.pieces, self.bold, self.is_item = [], 0, False
        return Paragraph(text, styles, is_heading, is_item, is_bold) if text else None

    def end_row(self) -> None:
        cells = [*self.cells, self.cell] if self.cell else self.cells
        self._show(row_blocks(cells) if cells else ())
        self.cell, self.cells = [], []

    def end_paragraph(self, paragraph: Paragraph | None, in_table: bool) -> None:
        if paragraph and in_table:
            self.cell.append(paragraph)
        elif not in_table:
            self.end_row()
            self._show([paragraph.block] if paragraph else ())

    def _show(self, blocks: Iterable[Block]) -> None:
        self.blocks += (block.as_kind(self.kind or block.kind) for block in blocks if block.text)


def _whole(text: str) -> str:
    """Text in which the halves of characters beyond 16 bits are joined."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(slots=True)
class Group:
    """What is set between two braces."""

    text: Text | None
    """Where text goes; None where it is not of the document."""
    role: str = ""
    """fonttbl, stylesheet, info, title: a table of the file, not its text."""
    is_optional: bool = False
    is_bold: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    codec: str | None = None
    skip: int = 1
    """Characters after one in Unicode that stand for it in older programs."""
    style: int = 0
    level: int | None = None
    is_item: bool = False
    in_table: bool = False
