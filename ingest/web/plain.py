"""Web pages that their parser gives up: read tag by tag, without a tree."""

from collections.abc import Iterator
from html.parser import HTMLParser

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.marks import is_caption
from goalmap.ingest.web.runs import BLOCKS, SKIPPED

KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "legend"), Kind.HEADING),
    **dict.fromkeys(("li", "dd"), Kind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "blockquote": Kind.QUOTE,
    "tr": Kind.TABLE_ROW,
}
"""What the element that holds a text says of its kind."""
AROUND = frozenset(("aside", "dialog", "footer", "nav"))
VOID = frozenset(("input",))
"""Tags without an end among those that are skipped."""
CELL_BREAK = " | "


def plain_blocks(page: str) -> tuple[Block, ...]:
    """The blocks of a page, however deep its elements lie in each other."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.finished())


class _Reader(HTMLParser):
    """Cuts the text at the edges of blocks; counts what is open instead of building a tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._kinds: list[tuple[str, Kind]] = []
        self._skipped: dict[str, int] = {}
        self._around = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED and tag not in VOID:
            self._skipped[tag] = self._skipped.get(tag, 0) + 1
        elif tag in ("td", "th"):
            self._text.append(CELL_BREAK)
        elif tag in BLOCKS:
            self._cut()
            self._around += tag in AROUND
            if tag in KINDS:
                self._kinds.append((tag, KINDS[tag]))
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped.get(tag):
            self._skipped[tag] -= 1
        elif tag in BLOCKS and tag not in ("td", "th"):
            self._cut()
            self._around -= tag in AROUND and self._around > 0
            if self._kinds and self._kinds[-1][0] == tag:
                self._kinds.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._skipped.values()):
            self._text.append(data)

    def finished(self) -> Iterator[Block]:
        self._cut()
        yield from self._blocks

    def _cut(self) -> None:
        text = clean("".join(self._text)).strip(CELL_BREAK)
        self._text.clear()
        if text:
            self._blocks.append(Block(text, self._kind(text)))

    def _kind(self, text: str) -> Kind:
        if self._around:
            return Kind.NAVIGATION
        return self._kinds[-1][1] if self._kinds else Kind.CAPTION if is_caption(text) else Kind.BODY
