"""Lines of a column to paragraphs, paragraphs to blocks: headings, list items, captions, table rows, text."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from goalmap.ingest.clean import clean, join_lines
from goalmap.ingest.document import Block, Box, Kind
from goalmap.ingest.layout.floats import stands_beside
from goalmap.ingest.layout.insets import FIGURE
from goalmap.ingest.layout.page import Inset, Line, Table, box_around
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.marks import BULLET, ENDS_SENTENCE, ITEM, is_caption, item_kind, without_bullet

SAME_SIZE = 0.08
"""Share by which the sizes of two lines in one style may differ."""
NEW_PARAGRAPH = 1.22
"""A distance between lines that is greater than the usual by this much opens a paragraph."""
HEADING_PITCH = 1.6
"""Greatest distance between two lines of a bold heading that would not have fitted on one."""
BIGGER = 1.12
"""A heading's size, as a multiple of the text's."""
LARGE = 1.5
"""The size from which a sentence with a full stop is a heading, as a multiple of the text's."""
HEADING_WORDS = 14
BIG_HEADING_WORDS = 30
RUN_IN_WORDS = 15
"""Most words of a bold line that stands before its text without a space."""
LEADERS = re.compile(r"(?:\.{4}|(?:\s\.){4}|…\s?…)[\s.…]*\d{1,4}$")
"""The dots before the page number of an entry in a table of contents."""
SAME_PLACE = 2.0
STRETCHED = 0.15
"""Points by which the ends of justified lines may miss each other."""
FEWEST_RANGED = 3
FEWEST_JUSTIFIED = 8
MOST_JUSTIFIED = 0.6
INDENT = 0.8
"""Least indent of a paragraph's first line, as a multiple of its size."""
MOST_INDENT = 4.0
YEAR = re.compile(r"^(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d\d)?\d\d)?$")
LETTERS = re.compile(r"[^\W\d_]{2}")
NOTE_MARK = re.compile(r"^(\d{1,2})(?=[A-Z][a-z]|A )")
"""A footnote's raised number, which no space divides from its text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[Line, ...]
    is_full: bool = False
    """Whether its last line is stretched to the column's edge, as only lines are that go on."""

    @property
    def size(self) -> float:
        """The size of its longest line."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def is_figure(self) -> bool:
        return len(self.lines) == 1 and FIGURE.match(self.lines[0].text) is not None


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a column: the distance from line to line, how far each line might reach, whether it does."""

    pitch: float
    rights: Mapping[int, float]
    justified: bool

    def room(self, line: Line) -> float:
        """What is left free at a line's end."""
        return self.rights[id(line)] - line.right

    def has_room(self, last: Line, line: Line) -> bool:
        """Whether a line's first word would have fitted on the one before."""
        return self.room(last) > line.words[0].right - line.left + 0.6 * line.size


Part = Paragraph | Table | Block


# Lines to paragraphs


def paragraphs_of(column: Sequence[Line | Table], floats: Sequence[Inset] = ()) -> Iterator[Part]:
    """The paragraphs and tables of one column; `floats` are what its lines flow round."""
    return _with_figures(_divided(column, floats))


def top_of(part: Part) -> float:
    if isinstance(part, Paragraph):
        return part.lines[0].top
    return part.top if isinstance(part, Table) else 0.0


def _with_figures(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts, a number that is set large made one with the words below it."""
    figure: Paragraph | None = None
    for part in parts:
        if figure is not None and isinstance(part, Paragraph) and _is_labelled(figure, part):
            part, figure = Paragraph(figure.lines + part.lines), None
        if figure is not None:
            yield figure
        figure = part if isinstance(part, Paragraph) and part.is_figure else None
        if figure is None:
            yield part
    if figure is not None:
        yield figure


def _is_labelled(figure: Paragraph, part: Paragraph) -> bool:
    """Whether a paragraph says what a number counts; a sentence below a year is what happened in it."""
    dated = YEAR.match(figure.lines[0].text) is not None and ENDS_SENTENCE.search(part.lines[-1].text) is not None
    return figure.size > BIGGER * part.size and not part.is_figure and not dated


def _divided(column: Sequence[Line | Table], floats: Sequence[Inset]) -> Iterator[Part]:
    rights = _rights(column, floats)
    usual = Usual(_pitch(column), rights, _is_justified(column, rights))
    lines: list[Line] = []
    for element, following in zip_longest(column, column[1:]):
        below = following if isinstance(following, Line) else None
        if lines and (isinstance(element, Table) or _breaks(lines, element, below, usual)):
            yield Paragraph(tuple(lines))
            lines = []
        if isinstance(element, Table):
            yield element
        else:
            lines.append(element)
    if lines:
        yield Paragraph(tuple(lines), usual.justified and usual.room(lines[-1]) < STRETCHED)


def _is_justified(column: Sequence[Line | Table], rights: Mapping[int, float]) -> bool:
    """Whether most lines of a column end at the same place."""
    lines = [element for element in column if isinstance(element, Line)]
    stretched = sum(rights[id(line)] - line.right < STRETCHED for line in lines)
    return len(lines) >= FEWEST_JUSTIFIED and stretched > MOST_JUSTIFIED * len(lines)


def _rights(column: Sequence[Line | Table], floats: Sequence[Inset]) -> dict[int, float]:
    """How far each line might reach: as far as the others in its column that stand beside the same floats."""
    lines = [element for element in column if isinstance(element, Line)]
    if not floats:
        edge = max((line.right for line in lines), default=0.0)
        return dict.fromkeys(map(id, lines), edge)
    beside = [tuple(place for place, inset in enumerate(floats) if stands_beside(line, inset)) for line in lines]
    reach: dict[tuple[int, ...], float] = {}
    for line, places in zip(lines, beside, strict=True):
        reach[places] = max(reach.get(places, 0.0), line.right)
    return {id(line): reach[places] for line, places in zip(lines, beside, strict=True)}


def _pitch(column: Sequence[Line | Table]) -> float:
    """The usual distance from one line to the next in this column, as a multiple of the line's height."""
    pitches = sorted(
        (after.bottom - before.bottom) / after.size
        for before, after in pairwise(element for element in column if isinstance(element, Line))
        if same_style(before, after) and 0 < after.bottom - before.bottom < 2.2 * after.size
    )
    return pitches[len(pitches) // 3] if pitches else 1.2


def same_style(before: Line, after: Line) -> bool:
    return _same_size(before, after) and before.bold == after.bold


def _same_size(before: Line, after: Line) -> bool:
    return abs(before.size - after.size) <= SAME_SIZE * max(before.size, after.size)


def _breaks(lines: Sequence[Line], line: Line, below: Line | None, usual: Usual) -> bool:
    """Whether a line opens a new paragraph after these; `below` is the line that follows it."""
    return (
        _changes_style(lines, line)
        or _is_set_off(lines[-1], line, usual)
        or _opens_item(lines, line)
        or _leaves_item(lines, line, usual)
        or _leaves_right_side(lines, line)
        or LEADERS.search(lines[-1].text) is not None
        or _opens_sentence_apart(lines, line, below, usual)
    )


def _changes_style(lines: Sequence[Line], line: Line) -> bool:
    if not _same_size(lines[-1], line):
        return True
    bolder = lines[-1].bold != line.bold and (line.bold or all(part.bold for part in lines))
    return bolder and len(line.words if line.bold else lines[-1].words) < RUN_IN_WORDS


def _is_set_off(last: Line, line: Line, usual: Usual) -> bool:
    distance = (line.bottom - last.bottom) / line.size
    bold = last.bold and line.bold and not usual.has_room(last, line)
    widest = max(NEW_PARAGRAPH * usual.pitch, HEADING_PITCH) if bold else NEW_PARAGRAPH * usual.pitch
    return distance > widest or distance < -0.5


def _opens_item(lines: Sequence[Line], line: Line) -> bool:
    if ITEM.match(line.text) is None:
        return False
    return any(
        (BULLET.match(line.text), ENDS_SENTENCE.search(lines[-1].text), ITEM.match(lines[0].text)),
    )


def _leaves_item(lines: Sequence[Line], line: Line, usual: Usual) -> bool:
    """Whether a line stands under an item's bullet, not under its words, and those left room for it."""
    first, last = lines[0], lines[-1]
    if ITEM.match(first.text) is None or len(first.words) < 2 or not line.text[:1].isupper():
        return False
    under_bullet = line.left < (first.words[1].left + first.left) / 2
    hangs = len(lines) > 1 and last.left > (first.words[1].left + first.left) / 2
    return under_bullet and (hangs or usual.has_room(last, line))


def _leaves_right_side(lines: Sequence[Line], line: Line) -> bool:
    """Whether lines that all end at one place and begin at different ones, as an address does, are over."""
    ends, starts = {round(part.right) for part in lines}, {round(part.left) for part in lines}
    ranged_right = len(lines) >= FEWEST_RANGED and len(ends) == 1 and len(starts) == len(lines)
    return ranged_right and abs(line.right - lines[-1].right) > line.size


def _opens_sentence_apart(lines: Sequence[Line], line: Line, below: Line | None, usual: Usual) -> bool:
    """After a full stop: the line is indented, or its first word would have fitted on the line before."""
    if not ENDS_SENTENCE.search(lines[-1].text):
        return False
    return _is_indented(lines, line, below) or usual.has_room(lines[-1], line)


def _is_indented(lines: Sequence[Line], line: Line, below: Line | None) -> bool:
    """Whether a line begins further right than the one before it, or than the one below where that one goes on from it."""
    first, last, indent = lines[0], lines[-1], INDENT * line.size
    if len(lines) > 1 and line.left > max(first.left, last.left) + indent and not ITEM.match(first.text):
        return True
    if below is None or not same_style(line, below) or not indent < line.left - below.left < MOST_INDENT * line.size:
        return False
    margin = below.left if len(lines) > 1 else line.left
    return abs(last.left - margin) < SAME_PLACE


# Paragraphs to blocks


def blocks_of(part: Part, body_size: float, vocabulary: Container[str]) -> Iterator[Block]:
    """The blocks of a paragraph or table; `vocabulary` tells which hyphens at line ends belong to their words."""
    if isinstance(part, Block):
        yield part
    elif isinstance(part, Table):
        for row in part.rows:
            yield from table_blocks([row.cells], row.box.page, row.box)
    elif text := clean(join_lines((line.text for line in part.lines), vocabulary)):
        boxes = tuple(_boxes(part.lines))
        kind = _kind(part, text, body_size)
        text = without_bullet(text) if kind is Kind.LIST_ITEM else NOTE_MARK.sub(r"\1 ", text)
        if text:
            yield Block(text, kind, boxes[0].page, boxes)


def _kind(part: Paragraph, text: str, body_size: float) -> Kind:
    if is_caption(text):
        return Kind.CAPTION
    if BULLET.match(text):
        return Kind.LIST_ITEM
    if _is_heading(part, text, body_size):
        return Kind.HEADING
    return item_kind(text) or Kind.BODY


def _is_heading(part: Paragraph, text: str, body_size: float) -> bool:
    words = len(text.split())
    if words > BIG_HEADING_WORDS or (LETTERS.search(text) is None and YEAR.match(text) is None):
        return False
    if part.size > BIGGER * body_size:
        large = part.size > LARGE * body_size or all(line.bold for line in part.lines)
        return not text.endswith(".") or (words <= HEADING_WORDS and large)
    short = words <= HEADING_WORDS and not text.endswith((".", ";", ","))
    return short and (all(line.bold for line in part.lines) or (text.isupper() and len(text) > 3))


def _boxes(lines: Sequence[Line]) -> Iterator[Box]:
    """One box for each run of lines in one column of one page."""
    run: list[Line] = []
    for line in lines:
        if run and (line.page != run[-1].page or line.top < run[-1].top):
            yield box_around(run, run[0].page)
            run = []
        run.append(line)
    yield box_around(run, run[0].page)
