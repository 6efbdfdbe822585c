"""Running headers, footers and page numbers: lines at a page's edge that return on other pages, or stand apart."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goalmap.ingest.document import Kind
from goalmap.ingest.layout.page import Line, Page, share_a_row
from goalmap.ingest.marks import is_caption

EDGE = 0.09
"""Share of a page's height, at its top and at its bottom, in which running lines stand."""
SMALL = 0.92
"""The size of a small line at the edge, as a multiple of the text's."""
NOT_BIG = 1.05
APART = 0.7
"""Least distance from a running line to the text, as a multiple of the text's size."""
FEWEST_PAGES = 3
"""On so many pages a line must stand in the same place, whatever it says, to be a running line."""
MOST_WORDS = 25
"""Most words in a running line that does not return."""
MOST_IN_ROW = 2
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–|]?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–|]?$|^[ivxl]{1,6}$", re.I)
NOTE = re.compile(r"^(?:\d{1,2}|[*†‡§])\s?[A-Z“‘].{25}")
"""How a footnote begins."""

Place = tuple[Kind, int, int]


@dataclass(frozen=True, slots=True)
class Margins:
    """Which lines at the edges of pages return; made once for a document."""

    returning: frozenset[tuple[Kind, str]]
    places: frozenset[Place]
    """Where a line stands on most pages."""
    body_size: float

    def kinds(self, page: Page, lines: Sequence[Line]) -> dict[int, Kind]:
        """HEADER or FOOTER for each running line of a page, by its place among the lines."""
        zones = {place: zone for place, line in enumerate(lines) if (zone := _zone(line, page.height)) is not None}
        returning = {place: zone for place, zone in zones.items() if self._returns(lines[place], zone)}
        others = [place for place in zones if place not in returning and self._may_run(lines[place], zones[place])]
        if not others:
            return returning
        notes = _notes(lines, self.body_size)
        top, bottom = _text_between(page, lines, APART * self.body_size)
        at_edge = [lines[place] for place in zones]
        apart = (place for place in others if lines[place].bottom <= top or lines[place].top >= bottom)
        running = {place: zones[place] for place in apart if place not in notes and _is_alone(lines[place], at_edge)}
        return {place: zones[place] for place in sorted({*returning, *running})}

    def _returns(self, line: Line, zone: Kind) -> bool:
        return PAGE_NUMBER.match(line.text) is not None or (zone, _mask(line.text)) in self.returning

    def _may_run(self, line: Line, zone: Kind) -> bool:
        if is_caption(line.text) or len(line.words) > MOST_WORDS or line.size > NOT_BIG * self.body_size:
            return False
        return line.size < SMALL * self.body_size or _place(line, zone) in self.places


def margins_of(pages: Sequence[tuple[Page, Sequence[Line]]], body_size: float) -> Margins:
    """The running lines of a document, numbers in them disregarded."""
    texts: Counter[tuple[Kind, str]] = Counter()
    places: Counter[Place] = Counter()
    for page, lines in pages:
        at_edge = [(zone, line) for line in lines if (zone := _zone(line, page.height)) is not None]
        texts.update({(zone, _mask(line.text)) for zone, line in at_edge})
        places.update({_place(line, zone) for zone, line in at_edge})
    often = max(FEWEST_PAGES, len(pages) / 2)
    return Margins(
        frozenset(key for key, count in texts.items() if count > 1),
        frozenset(place for place, count in places.items() if count >= often),
        body_size,
    )


def _text_between(page: Page, lines: Sequence[Line], gap: float) -> tuple[float, float]:
    """Between which heights the text stands: up to a gap in each margin, if there is one."""
    down = sorted((line.top, line.bottom) for line in lines)
    up = sorted((page.height - line.bottom, page.height - line.top) for line in lines)
    return _first_gap(down, gap, EDGE * page.height), page.height - _first_gap(up, gap, EDGE * page.height)


def _first_gap(spans: Sequence[tuple[float, float]], gap: float, limit: float) -> float:
    """Where the first of these spans end before a gap that begins within the limit; 0 where there is none."""
    reached = 0.0
    for start, end in spans:
        if reached and start - reached >= gap:
            return reached
        reached = max(reached, end)
        if reached > limit:
            break
    return 0.0


def _is_alone(line: Line, lines: Sequence[Line]) -> bool:
    """Whether at most one more stands in its row, page numbers not counted: it is no row of a table."""
    row = (other for other in lines if share_a_row(line, other) and not PAGE_NUMBER.match(other.text))
    return sum(1 for _ in row) <= MOST_IN_ROW


def _place(line: Line, zone: Kind) -> Place:
    return zone, round(line.bottom / 2), round(line.size * 2)


def _zone(line: Line, height: float) -> Kind | None:
    if line.bottom < EDGE * height:
        return Kind.HEADER
    return Kind.FOOTER if line.top > (1 - EDGE) * height else None


def _mask(text: str) -> str:
    return DIGITS.sub("#", text.casefold())


def _notes(lines: Sequence[Line], body_size: float) -> set[int]:
    """The lines of footnotes: a small line that begins with a mark, and those that go on below it."""
    return {place for note in _footnotes(lines, body_size) for place in note}


def _footnotes(lines: Sequence[Line], body_size: float) -> Iterator[list[int]]:
    small = [place for place, line in enumerate(lines) if line.size < SMALL * body_size]
    note: list[int] = []
    for place in small:
        line = lines[place]
        if NOTE.match(line.text):
            yield note
            note = [place]
        elif note and _goes_on(lines[note[-1]], line):
            note.append(place)
    yield note


def _goes_on(last: Line, line: Line) -> bool:
    return 0 < line.bottom - last.bottom < 1.6 * line.size and line.left < last.right and last.left < line.right
