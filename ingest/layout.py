"""Printed pages to blocks in reading order: running lines told apart, columns read in turn, lines made paragraphs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from goalmap.ingest import margins, paragraphs
from goalmap.ingest.clean import clean, words_in
from goalmap.ingest.columns import reading_order
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.insets import with_insets
from goalmap.ingest.page import Element, Inset, Line, Page, Table, box_around, is_within, lines_of
from goalmap.ingest.paragraphs import Part
from goalmap.ingest.tables import ruled_tables, with_loose_tables


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """The blocks of a document in reading order, running headers and footers marked."""
    lined = [(page, lines_of([word for word in page.words if not word.sideways], page.number)) for page in pages]
    body_size = _body_size(line for _, lines in lined for line in lines)
    vocabulary = frozenset(word for _, lines in lined for word in _whole_words(lines))
    running = margins.margins_of(lined, body_size)
    flow: list[Part] = []
    for page, lines in lined:
        flow.extend(_margin_blocks(page, lines, running, Kind.HEADER))
        flow.extend(_sideways(page))
        inside = [line for line in lines if running.kind(line, page) is None]
        for column in _columns(_elements(page, inside), page):
            paragraphs.append_column(flow, column)
        flow.extend(_margin_blocks(page, lines, running, Kind.FOOTER))
    for part in flow:
        yield from paragraphs.blocks_of(part, body_size, vocabulary)


def _body_size(lines: Iterable[Line]) -> float:
    """The size in which most of the text is set."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


def _whole_words(lines: Sequence[Line]) -> Iterator[str]:
    """The words of a page, less the halves of those that are broken at a line's end."""
    broken = False
    for line in lines:
        words = list(words_in(line.text))
        after, broken = broken, line.text.endswith("-")
        yield from words[int(after) : len(words) - int(broken)]


def _margin_blocks(page: Page, lines: Iterable[Line], running: margins.Margins, wanted: Kind) -> Iterator[Block]:
    for line in lines:
        if running.kind(line, page) is wanted and (text := clean(line.text)):
            yield Block(text, wanted, page.number, (line.box,))


def _sideways(page: Page) -> Iterator[Block]:
    """The tabs at a page's edge, which name the part of the report."""
    words = [word for word in page.words if word.sideways]
    if words:
        text = clean(" ".join(word.text for word in words))
        yield Block(text, Kind.NAVIGATION, page.number, (box_around(words, page.number),))


def _elements(page: Page, lines: Sequence[Line]) -> list[Element]:
    """The lines of a page, those of its tables and boxes gathered."""
    ruled = ruled_tables(page, lines)
    outside = [line for line in lines if not any(is_within(line, table) for table in ruled)]
    return with_insets(page, [*outside, *ruled])


def _columns(elements: Sequence[Element], page: Page) -> Iterator[list[Part]]:
    for column in reading_order(elements):
        in_a_row: list[Line | Table] = []
        for element in with_loose_tables(column, page.number):
            if isinstance(element, Inset):
                yield list(paragraphs.paragraphs_of(in_a_row))
                yield from _columns(element.elements, page)
                in_a_row = []
            else:
                in_a_row.append(element)
        yield list(paragraphs.paragraphs_of(in_a_row))
