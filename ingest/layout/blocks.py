"""Printed pages to blocks in reading order: running lines told apart, columns read in turn, lines made paragraphs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from goalmap.ingest.clean import clean, words_in
from goalmap.ingest.common_words import common_words
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.layout import margins, paragraphs
from goalmap.ingest.layout.breaks import with_whole_rows
from goalmap.ingest.layout.columns import reading_order
from goalmap.ingest.layout.floats import Floats, clusters, homes_of, side_headings, without_floats
from goalmap.ingest.layout.flow import append_column
from goalmap.ingest.layout.initials import with_initials
from goalmap.ingest.layout.insets import with_figures, with_insets
from goalmap.ingest.layout.page import MOST_LINES, Element, Inset, Line, Page, Table, box_around, is_within, lines_of
from goalmap.ingest.layout.paragraphs import Part
from goalmap.ingest.layout.tables.tables import ruled_tables, with_loose_tables

SIDE_BAR = 0.4
"""Least height of a side bar at the head of a column, as a share of the column's."""
NEAR = 6.0
"""Points by which a float may begin below the paragraph that it stands beside."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of a document, and those of English."""

    pages: Sequence[Sequence[Line]]

    @cached_property
    def own(self) -> frozenset[str]:
        """Those of the document; gathered only where a word is broken."""
        return frozenset(word for lines in self.pages for word in _whole_words(lines))

    def __contains__(self, word: object) -> bool:
        return word in common_words() or word in self.own


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """The blocks of a document in reading order, running headers and footers marked."""
    lined = [(page, lines_of([word for word in page.words if not word.sideways], page.number)) for page in pages]
    body_size = _body_size(line for _, lines in lined for line in lines)
    vocabulary = Vocabulary([lines for _, lines in lined])
    running = margins.margins_of(lined, body_size)
    flow: list[Part] = []
    for page, lines in lined:
        kinds = running.kinds(page, lines)
        inside = [line for place, line in enumerate(lines) if place not in kinds]
        flow.extend(_margin_blocks(lines, kinds, Kind.HEADER))
        flow.extend(_sideways(page))
        for column in _columns(_elements(page, inside, body_size, vocabulary), page.number):
            append_column(flow, column)
        flow.extend(_margin_blocks(lines, kinds, Kind.FOOTER))
    for part in with_whole_rows(flow):
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
        after, broken = broken, line.text.endswith(("-", "‐"))
        yield from words[int(after) : len(words) - int(broken)]


def _margin_blocks(lines: Sequence[Line], kinds: Mapping[int, Kind], wanted: Kind) -> Iterator[Block]:
    for place, kind in kinds.items():
        line = lines[place]
        if kind is wanted and (text := clean(line.text)):
            yield Block(text, kind, line.page, (line.box,))


def _sideways(page: Page) -> Iterator[Block]:
    """The tabs at a page's edge, which name the part of the report."""
    words = [word for word in page.words if word.sideways]
    if words:
        text = clean(" ".join(word.text for word in words))
        yield Block(text, Kind.NAVIGATION, page.number, (box_around(words, page.number),))


def _elements(page: Page, lines: Sequence[Line], body_size: float, vocabulary: Vocabulary) -> Floats:
    """The lines of a page, those of its tables and boxes gathered, and what text flows round told apart."""
    if len(lines) > MOST_LINES:
        return Floats((), tuple(_boxed(page, lines)))
    lines = with_initials(lines, vocabulary)
    quotes = _quotes(page, lines, body_size)
    text = [element for element in quotes.rest if isinstance(element, Line)]
    elements = with_figures(_boxed(_without_words(page, quotes.floats), text), body_size)
    boxes = without_floats(elements, (element for element in elements if isinstance(element, Inset)), body_size)
    headings = side_headings(boxes.rest)
    inside = {id(line) for heading in headings for line in heading.elements}
    rest = tuple(element for element in boxes.rest if id(element) not in inside)
    return Floats((*quotes.floats, *boxes.floats, *headings), rest)


def _boxed(page: Page, lines: Sequence[Line]) -> list[Element]:
    """The lines of a page, those of its tables and drawn boxes gathered."""
    ruled = ruled_tables(page, lines)
    outside = [line for line in lines if not any(is_within(line, table) for table in ruled)]
    return with_insets(page, [*outside, *ruled])


def _quotes(page: Page, lines: Sequence[Line], body_size: float) -> Floats:
    """Quotations set among the text, told from it; those in a drawn box belong to it."""
    quotes = without_floats(lines, clusters(lines, body_size), body_size)
    if not quotes.floats:
        return quotes
    unboxed = [element for element in with_insets(page, lines) if isinstance(element, Line)]
    return without_floats(lines, clusters(unboxed, body_size), body_size)


def _without_words(page: Page, floats: Sequence[Inset]) -> Page:
    if not floats:
        return page
    return replace(page, words=tuple(word for word in page.words if not any(is_within(word, part) for part in floats)))


def _columns(elements: Floats, page: int) -> Iterator[list[Part]]:
    """The parts of each column, and of each box that stands between others."""
    columns = list(reading_order(elements.rest))
    homes = [(inset, homes_of(inset, columns)) for inset in elements.floats]
    for place, column in enumerate(columns):
        beside = [inset for inset, places in homes if place in places]
        inside = [inset for inset, places in homes if places == [place]]
        yield from _pieces(column, beside, inside, page)
        for inset in (inset for inset, places in homes if len(places) > 1 and places[-1] == place):
            yield _parts_of(inset, page)


def _pieces(
    column: Sequence[Element], beside: Sequence[Inset], inside: Sequence[Inset], page: int
) -> Iterator[list[Part]]:
    """The parts of a column, divided where a box stands between its lines.

    Its text flows round the floats `beside` it; those `inside` stand in no other column.
    """
    in_a_row: list[Line | Table] = []
    for element in with_loose_tables(column, page):
        if isinstance(element, Inset):
            yield list(paragraphs.paragraphs_of(in_a_row, beside))
            yield from _columns(Floats((), element.elements), page)
            in_a_row = []
        else:
            in_a_row.append(element)
    yield _with_floats(list(paragraphs.paragraphs_of(in_a_row, beside)), inside, page)


def _with_floats(parts: list[Part], floats: Sequence[Inset], page: int) -> list[Part]:
    """The parts of a column, each float before the first that begins beside it or below; a side bar after what is beside."""
    tops = [paragraphs.top_of(part) for part in parts]
    first, last = min(tops, default=0.0), max(tops, default=0.0)
    for inset in sorted(floats, key=lambda inset: inset.top, reverse=True):
        is_side_bar = inset.top < first + NEAR and inset.bottom - inset.top > SIDE_BAR * (last - first)
        start = inset.bottom if is_side_bar and inset.left > _left_of(parts) + NEAR else inset.top
        below = (i for i, part in enumerate(parts) if paragraphs.top_of(part) > start - NEAR)
        place = next(below, len(parts))
        parts[place:place] = _parts_of(inset, page)
    return parts


def _left_of(parts: Sequence[Part]) -> float:
    lines = [line for part in parts if isinstance(part, paragraphs.Paragraph) for line in part.lines]
    return min((line.left for line in lines), default=0.0)


def _parts_of(inset: Inset, page: int) -> list[Part]:
    return [part for column in _columns(Floats((), inset.elements), page) for part in column]
