"""Figures told at several times, as series."""

from collections.abc import Iterable, Iterator
from typing import Any

from goalmap.pictures.model import Point, Series
from goalmap.store.browse.links import Links
from goalmap.store.browse.page_rows import Row
from goalmap.store.browse.values import json_list

MOST = 12


def series(found: Iterable[Row], links: Links) -> list[Series]:
    """The measures told at most times, at least at two; of each time the first reading that gives a value."""
    told = [one for activity in found for one in _of(activity, links)]
    return sorted(told, key=lambda one: (-len(one.points), one.label, one.href))[:MOST]


def _of(activity: Row, links: Links) -> Iterator[Series]:
    for measure in json_list(activity["figures"]):
        points = _points(measure.get("readings") or [], links)
        if len(points) > 1:
            yield Series(_label(measure, activity), measure.get("unit") or "", points, links.activity(activity["id"]))


def _points(readings: list[dict[str, Any]], links: Links) -> tuple[Point, ...]:
    """Readings are told newest first; where two give one time, the first of them counts."""
    times: dict[str, Point] = {}
    for reading in readings:
        when, value = reading.get("as_of"), reading.get("value")
        if when and value is not None:
            point = Point(when, float(value), reading["words"], links.passage(reading["passage_id"]))
            times.setdefault(when, point)
    return tuple(times[when] for when in sorted(times))


def _label(measure: dict[str, Any], activity: Row) -> str:
    what = measure.get("what") or measure.get("unit") or "Number"
    return ": ".join(str(part) for part in (activity["owner"] or activity["title"], what) if part)
