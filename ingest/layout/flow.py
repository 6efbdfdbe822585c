"""Paragraphs that run over a column's or a page's end are made whole again."""

from collections.abc import Sequence

from goalmap.ingest.layout.page import Line
from goalmap.ingest.layout.paragraphs import Paragraph, Part, same_style
from goalmap.ingest.marks import ENDS_SENTENCE, ITEM, is_caption

LEFT_OPEN = 60
"""Characters from which a paragraph without a full stop at its end goes on elsewhere, whatever follows."""
LOOK_AHEAD = 4
"""Parts of a column among which a sentence may go on: a picture's caption may stand before it."""
LOOK_BACK = 12
"""Parts among which a sentence may have been left open: captions, boxes and footnotes stand between."""


def append_column(flow: list[Part], column: list[Part]) -> None:
    """Add a column to the flow; one of its first parts may finish a sentence that was left open."""
    for i, part in enumerate(column[:LOOK_AHEAD]):
        if isinstance(part, Paragraph) and (i == 0 or _may_go_on(part, column[:i])):
            place = _left_open(flow, part)
            if place is not None:
                flow[place] = Paragraph(_lines(flow[place]) + part.lines)
                flow.extend(column[:i] + column[i + 1 :])
                return
    flow.extend(column)


def _may_go_on(part: Paragraph, before: Sequence[Part]) -> bool:
    """Whether a paragraph begins in mid-sentence and is the first of the text, after captions or headings."""
    start = part.lines[0]
    return start.text[:1].islower() and not any(_is_text_like(other, start) for other in before)


def _is_text_like(part: Part, line: Line) -> bool:
    lines = _lines(part)
    return bool(lines) and same_style(lines[0], line) and not is_caption(" ".join(other.text for other in lines))


def _lines(part: Part) -> tuple[Line, ...]:
    return part.lines if isinstance(part, Paragraph) else ()


def _left_open(flow: Sequence[Part], first: Paragraph) -> int | None:
    """Where in the flow stands the paragraph that this one goes on from, if any."""
    recent = [place for place in range(len(flow) - 1, -1, -1)[:LOOK_BACK] if _lines(flow[place])]
    if not first.lines[0].text[:1].islower():
        recent = recent[:1]
    return next((place for place in recent if _runs_over(flow[place], first)), None)


def _runs_over(last: Part, first: Paragraph) -> bool:
    lines, start = _lines(last), first.lines[0]
    if not same_style(lines[-1], start) or ITEM.match(start.text):
        return False
    end = lines[-1].text
    if ENDS_SENTENCE.search(end):
        return isinstance(last, Paragraph) and last.is_full and _begins_flush(first)
    long = sum(len(line.text) for line in lines) > LEFT_OPEN
    return start.text[:1].islower() or long or end.endswith("-")


def _begins_flush(part: Paragraph) -> bool:
    """Whether a paragraph's first line is as long as those below it, not indented."""
    return len(part.lines) > 1 and part.lines[0].left < part.lines[1].left + 2
