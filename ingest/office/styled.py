"""A paragraph as a word processor holds it, and what it is: by its style, its place in a list, its look."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.marks import is_caption, item_kind, may_head, without_bullet

STYLES = (
    ("title", Kind.TITLE),
    ("heading", Kind.HEADING),
    ("subtitle", Kind.HEADING),
    ("toc", Kind.NAVIGATION),
    ("contents", Kind.NAVIGATION),
    ("table of figures", Kind.NAVIGATION),
    ("list", Kind.LIST_ITEM),
    ("caption", Kind.CAPTION),
    ("intense quote", Kind.QUOTE),
    ("quot", Kind.QUOTE),
)
"""What begins the name of a style, and the paragraphs that have it."""
TEXTS_IN_CELL = 3
WORDS_IN_TEXT = 20
"""A cell with so many paragraphs that have so many words each is a column of a layout, not of a table."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of a paragraph with what its program says of it."""

    text: str
    styles: tuple[str, ...] = ()
    """The name of its style, then of those that the style is based on; lower case."""
    is_heading: bool = False
    is_item: bool = False
    is_bold: bool = False

    @property
    def block(self) -> Block:
        kind = self._kind
        return Block(without_bullet(self.text) if kind is Kind.LIST_ITEM else self.text, kind)

    @property
    def _kind(self) -> Kind:
        found = (kind for style in self.styles for start, kind in STYLES if style.startswith(start))
        if kind := next(found, None):
            return kind
        if self.is_heading:
            return Kind.HEADING
        return Kind.LIST_ITEM if self.is_item else self._kind_by_look

    @property
    def _kind_by_look(self) -> Kind:
        if is_caption(self.text):
            return Kind.CAPTION
        if self.is_bold and may_head(self.text):
            return Kind.HEADING
        return item_kind(self.text) or Kind.BODY


def row_blocks(cells: Sequence[Sequence[Paragraph]]) -> Iterator[Block]:
    """A row is a block, but cells that hold whole texts, and a cell that is alone, are read as texts."""
    if len(cells) == 1 or any(_is_layout(cell) for cell in cells):
        return (paragraph.block for cell in cells for paragraph in cell)
    return table_blocks([[_joined(cell) for cell in cells]])


def _joined(cell: Iterable[Paragraph]) -> str:
    return clean(" ".join(paragraph.text for paragraph in cell))


def _is_layout(cell: Iterable[Paragraph]) -> bool:
    return holds_texts(paragraph.text for paragraph in cell)


def holds_texts(cell: Iterable[str]) -> bool:
    """Whether the paragraphs of a cell are a column of a layout."""
    return sum(len(text.split()) >= WORDS_IN_TEXT for text in cell) >= TEXTS_IN_CELL
