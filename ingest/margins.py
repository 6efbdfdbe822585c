"""Running headers, footers and page numbers: lines at a page's edge that return on other pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from goalmap.ingest.document import Kind
from goalmap.ingest.page import Line, Page

EDGE = 0.09
"""Share of a page's height, at its top and at its bottom, in which running lines stand."""
SMALL = 0.92
"""A line at the edge of a single page is a running line if it is smaller than the text by this much."""
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–|]?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–|]?$|^[ivxl]{1,6}$", re.I)


@dataclass(frozen=True, slots=True)
class Margins:
    """Which lines at the edges of pages return; made once for a document."""

    returning: frozenset[tuple[Kind, str]]
    pages: int
    body_size: float

    def kind(self, line: Line, page: Page) -> Kind | None:
        """HEADER or FOOTER for a running line, None for any other."""
        zone = _zone(line, page.height)
        if zone is None:
            return None
        alone = self.pages == 1 and line.size < SMALL * self.body_size
        is_running = alone or PAGE_NUMBER.match(line.text) or (zone, _mask(line.text)) in self.returning
        return zone if is_running else None


def margins_of(pages: Sequence[tuple[Page, Sequence[Line]]], body_size: float) -> Margins:
    """The running lines of a document, numbers in them disregarded."""
    on_pages = Counter(key for page, lines in pages for key in _keys(page, lines))
    return Margins(frozenset(key for key, count in on_pages.items() if count > 1), len(pages), body_size)


def _keys(page: Page, lines: Sequence[Line]) -> set[tuple[Kind, str]]:
    return {(zone, _mask(line.text)) for line in lines if (zone := _zone(line, page.height)) is not None}


def _zone(line: Line, height: float) -> Kind | None:
    if line.bottom < EDGE * height:
        return Kind.HEADER
    return Kind.FOOTER if line.top > (1 - EDGE) * height else None


def _mask(text: str) -> str:
    return DIGITS.sub("#", text.casefold())
