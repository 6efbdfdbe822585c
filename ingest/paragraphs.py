"""Lines of a column to paragraphs, paragraphs to blocks: headings, list items, captions, table rows, text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goalmap.ingest.clean import clean, join_lines
from goalmap.ingest.document import Block, Box, Kind
from goalmap.ingest.marks import BULLET, ENDS_SENTENCE, ITEM, is_caption, item_kind, without_bullet
from goalmap.ingest.page import Line, Table, box_around
from goalmap.ingest.tables import table_blocks

SAME_SIZE = 0.08
"""Share by which the sizes of two lines in one style may differ."""
NEW_PARAGRAPH = 1.22
"""A distance between lines that is greater than the usual by this much opens a paragraph."""
BIGGER = 1.12
"""A heading's size, as a multiple of the text's."""
HEADING_WORDS = 14
BIG_HEADING_WORDS = 30
RUN_IN_WORDS = 15
"""Most words of a bold line that stands before its text without a space."""
FIGURE = re.compile(r"^[£€$]?\d[\d.,]*\s?(?:%|per cent|[kKmM]|bn|million|billion)?\+?$")
"""A number set large above what it counts."""
LETTERS = re.compile(r"[^\W\d_]{2}")
LEFT_OPEN = 60
"""Characters from which a paragraph without a full stop at its end goes on elsewhere, whatever follows."""
LOOK_BACK = 12
"""Parts among which a sentence may have been left open: captions, boxes and footnotes stand between."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[Line, ...]

    @property
    def size(self) -> float:
        """The size of its longest line."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def is_figure(self) -> bool:
        return len(self.lines) == 1 and FIGURE.match(self.lines[0].text) is not None


Part = Paragraph | Table | Block


# Lines to paragraphs


def paragraphs_of(column: Sequence[Line | Table]) -> Iterator[Part]:
    """The paragraphs and tables of one column."""
    return _with_figures(_divided(column))


def _with_figures(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts, a number that is set large made one with the words below it."""
    figure: Paragraph | None = None
    for part in parts:
        if figure is not None and isinstance(part, Paragraph) and not part.is_figure:
            part, figure = Paragraph(figure.lines + part.lines), None
        if figure is not None:
            yield figure
        figure = part if isinstance(part, Paragraph) and part.is_figure else None
        if figure is None:
            yield part
    if figure is not None:
        yield figure


def _divided(column: Sequence[Line | Table]) -> Iterator[Part]:
    pitch = _pitch(column)
    right = max((element.right for element in column if isinstance(element, Line)), default=0.0)
    lines: list[Line] = []
    for element in column:
        if lines and (isinstance(element, Table) or _breaks(lines, element, pitch, right)):
            yield Paragraph(tuple(lines))
            lines = []
        if isinstance(element, Table):
            yield element
        else:
            lines.append(element)
    if lines:
        yield Paragraph(tuple(lines))


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


def _breaks(lines: Sequence[Line], line: Line, pitch: float, right: float) -> bool:
    """Whether a line opens a new paragraph after these."""
    return (
        _changes_style(lines, line)
        or _is_set_off(lines[-1], line, pitch)
        or _opens_item(lines, line)
        or _opens_sentence_apart(lines, line, right)
    )


def _changes_style(lines: Sequence[Line], line: Line) -> bool:
    if not _same_size(lines[-1], line):
        return True
    bolder = lines[-1].bold != line.bold and (line.bold or all(part.bold for part in lines))
    return bolder and len(line.words if line.bold else lines[-1].words) < RUN_IN_WORDS


def _is_set_off(last: Line, line: Line, pitch: float) -> bool:
    distance = (line.bottom - last.bottom) / line.size
    return distance > NEW_PARAGRAPH * pitch or distance < -0.5


def _opens_item(lines: Sequence[Line], line: Line) -> bool:
    if ITEM.match(line.text) is None:
        return False
    return any(
        (BULLET.match(line.text), ENDS_SENTENCE.search(lines[-1].text), ITEM.match(lines[0].text)),
    )


def _opens_sentence_apart(lines: Sequence[Line], line: Line, right: float) -> bool:
    """After a full stop: the line is indented, or its first word would have fitted on the line before."""
    first, last = lines[0], lines[-1]
    if not ENDS_SENTENCE.search(last.text):
        return False
    indented = line.left > first.left + 0.8 * line.size and len(lines) > 1 and not ITEM.match(first.text)
    return indented or right - last.right > line.words[0].right - line.left + 0.6 * line.size


# Paragraphs that run over a column's or a page's end


def append_column(flow: list[Part], column: list[Part]) -> None:
    """Add a column to the flow; its first paragraph may finish a sentence that was left open."""
    if column and isinstance(first := column[0], Paragraph):
        place = _left_open(flow, first)
        if place is not None:
            flow[place] = Paragraph(_lines(flow[place]) + first.lines)
            column = column[1:]
    flow.extend(column)


def _lines(part: Part) -> tuple[Line, ...]:
    return part.lines if isinstance(part, Paragraph) else ()


def _left_open(flow: Sequence[Part], first: Paragraph) -> int | None:
    """Where in the flow stands the paragraph that this one goes on from, if any."""
    recent = [place for place in range(len(flow) - 1, -1, -1)[:LOOK_BACK] if _lines(flow[place])]
    if not first.lines[0].text[:1].islower():
        recent = recent[:1]
    return next((place for place in recent if _runs_over(_lines(flow[place]), first.lines)), None)


def _runs_over(last: Sequence[Line], first: Sequence[Line]) -> bool:
    end, start = last[-1], first[0]
    if not same_style(end, start) or ITEM.match(start.text) or ENDS_SENTENCE.search(end.text):
        return False
    long = sum(len(line.text) for line in last) > LEFT_OPEN
    return start.text[:1].islower() or long or end.text.endswith("-")


# Paragraphs to blocks


def blocks_of(part: Part, body_size: float, vocabulary: frozenset[str]) -> Iterator[Block]:
    """The blocks of a paragraph or table; `vocabulary` tells which hyphens at line ends belong to their words."""
    if isinstance(part, Block):
        yield part
    elif isinstance(part, Table):
        for row in part.rows:
            yield from table_blocks([row.cells], row.box.page, row.box)
    elif text := clean(join_lines((line.text for line in part.lines), vocabulary)):
        boxes = tuple(_boxes(part.lines))
        kind = _kind(part, text, body_size)
        text = without_bullet(text) if kind is Kind.LIST_ITEM else text
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
    if words > BIG_HEADING_WORDS or LETTERS.search(text) is None:
        return False
    if part.size > BIGGER * body_size:
        return words <= HEADING_WORDS or not text.endswith(".")
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
