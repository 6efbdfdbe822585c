"""Charts in Office files: the title, and a table of the figures that are drawn, as the file keeps them beside the drawing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import lxml.etree
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.layout.tables.tables import table_blocks

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LETTERS = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
LABELS, VALUES = ("cat", "xVal"), ("val", "yVal")
"""What a series calls its labels and its figures; the latter of each in charts of points."""
MOST_ROWS = 60
"""A chart of more points is a curve, not a table."""

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line, one colour of bars, one ring of a pie."""

    name: str
    labels: tuple[str, ...]
    values: tuple[str, ...]


def chart_blocks(xml: bytes) -> Iterator[Block]:
    """The title of a chart as a caption, then a row for each label with the figure of each series."""
    root = lxml.etree.fromstring(xml, lxml.etree.XMLParser(resolve_entities=False, no_network=True))
    if title := _letters(root.find(f"{CHART}chart/{CHART}title")):
        yield Block(title, Kind.CAPTION)
    series = [_series(element) for element in root.iter(f"{CHART}ser")]
    for labels, group in groupby(series, key=lambda one: one.labels):
        yield from table_blocks(_rows(labels, list(group)))


def _rows(labels: Sequence[str], series: Sequence[Series]) -> Iterator[list[str]]:
    if len(labels) <= MOST_ROWS:
        yield ["", *(one.name for one in series)]
        yield from ([label, *values] for label, *values in zip(labels, *(one.values for one in series), strict=True))


def _series(element: Element) -> Series:
    points = [_points(element, names) for names in (LABELS, VALUES)]
    places = sorted({place for known in points for place in known})
    labels, values = (tuple(known.get(place, "") for place in places) for known in points)
    return Series(_letters(element.find(f"{CHART}tx")), labels, values)


def _points(series: Element, names: Sequence[str]) -> dict[int, str]:
    """The labels or the figures of a series by their numbers; of labels in several levels the innermost."""
    kept = next((found for name in names if (found := series.find(f"{CHART}{name}")) is not None), None)
    if kept is None:
        return {}
    level = next(kept.iter(f"{CHART}lvl"), kept)
    shown = _shown(level.findtext(f".//{CHART}formatCode") or "")
    points = ((point.get("idx", ""), point.findtext(f"{CHART}v") or "") for point in level.iter(f"{CHART}pt"))
    return {int(place): shown(text) for place, text in points if place.isdecimal()}


def _shown(form: str) -> Callable[[str], str]:
    """How figures of a form are written: as percentages, dates, or plain."""

    def written(text: str) -> str:
        try:
            number = float(text)
            if is_date_format(form):
                return f"{from_excel(number):%d %B %Y}"
        except (ValueError, OverflowError, TypeError):
            return clean(text)
        return f"{100 * number:.4g}%" if "%" in form else f"{number:.10g}"

    return written


def _letters(element: Element | None) -> str:
    if element is None:
        return ""
    return clean("".join(part.text or "" for part in element.iter(LETTERS, f"{CHART}v")))
