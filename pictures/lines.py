"""Values over time: a strip for each measure, each value where its date stands and in the words of its source."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from goalmap.pictures.inks import BLUE
from goalmap.pictures.model import Point, Series
from goalmap.pictures.svg import FAINT, PAPER, QUIET, element, group, haloed, told, unseen, whole, words
from goalmap.pictures.text import clean, width_of, wrapped

_WIDTH, _EDGE, _SIZE, _SMALL = 400.0, 8.0, 14.0, 12.0
_HEAD, _PLOT, _FOOT, _GAP = 36.0, 68.0, 22.0, 14.0
_LEFT, _RIGHT = 34.0, _WIDTH - 34.0
_BOLD_ROOM = (_WIDTH - 2 * _EDGE) / 1.1
_STRIP = _HEAD + _PLOT + _FOOT + _GAP
_NEXT_YEAR = 1.6
_FEW, _ASIDE = 4, (0.0, -0.4, 0.4, -0.8, 0.8)
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_NUMBER = re.compile(r"[-–−]?[£$€]?\d[\d,.]*(?:\s?(?:%|million\b|billion\b|m\b|bn\b|k\b))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Dot:
    """A value in its place."""

    x: float
    y: float
    when: float
    point: Point


@dataclass(frozen=True, slots=True)
class _Box:
    """The room that a dot or its words take."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: "_Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.foot <= other.top or other.foot <= self.top)


def over_time(title: str, description: str, series: Sequence[Series]) -> Markup:
    """Return a strip for each series, all on the same years; each begins at nothing, and none is bent."""
    times = [when for one in series for when, _ in _dated(one)]
    span = (min(times), max(times)) if times else (0.0, 0.0)
    strips = [_strip(one, span, _EDGE + _STRIP * place) for place, one in enumerate(series)]
    height = _EDGE + _STRIP * len(strips) if strips else 40.0
    nothing = group([] if strips else [unseen(words("No values to show.", _EDGE, 24, _SIZE, fill=QUIET))])
    return whole(title, description, _WIDTH, height, group([nothing, *strips]))


def moment(when: str) -> float | None:
    """Return a time as a year and a part of it, one that says only its year as the middle of it; None for no time."""
    try:
        year, *rest = [int(part) for part in clean(when)[:10].split("-")]
        if not rest:
            return year + 0.5
        month, day = rest[0], rest[1] if len(rest) > 1 else 15
        return year + (date(2001, month, min(day, 28)).timetuple().tm_yday - 1) / 365
    except ValueError:
        return None


def told_of(when: str) -> str:
    """Return a time as people write it, as exact as it is.

    >>> told_of("2024"), told_of("2024-03"), told_of("2024-03-31"), told_of("spring 2024")
    ('2024', 'Mar 2024', '31 Mar 2024', 'spring 2024')
    """
    if not _DATE.fullmatch(when or ""):
        return clean(when)
    year, month, day = [*when.split("-"), "", ""][:3]
    return " ".join(part for part in (day.lstrip("0"), _MONTHS[int(month)] if month else "", year) if part)


def _strip(one: Series, span: tuple[float, float], top: float) -> Markup:
    dated = _dated(one)
    values = [0.0, *(point.value for _, point in dated)]
    dots = [_Dot(_across(when, span), _high(point.value, values, top), when, point) for when, point in dated]
    label = clean(one.label)
    frame = unseen(_ground(_high(0.0, values, top)), *_lines(dots), _years(dots, top))
    shown = [_shown(dot, label, said) for dot, said in zip(dots, _words_beside(dots), strict=True)]
    return group([told(label, *_heading(one, top), href=one.href), frame, *shown])


def _dated(one: Series) -> list[tuple[float, Point]]:
    """Return the values with their times, in order; those that have none, or no number, are left out."""
    told = ((moment(point.when), point) for point in one.points if math.isfinite(point.value))
    return sorted(((when, point) for when, point in told if when is not None), key=_order)


def _order(dated: tuple[float, Point]) -> tuple[float, str, float, str]:
    when, point = dated
    return when, point.when, point.value, point.words


def _heading(one: Series, top: float) -> list[Markup]:
    """Return the measure's name, with its unit where nothing else says it."""
    label = clean(one.label)
    is_said = not one.unit or clean(one.unit).casefold() in label.casefold()
    lines = wrapped(label if is_said else f"{label} ({clean(one.unit)})", _BOLD_ROOM, _SIZE, 2)
    return [words(line, _EDGE, top + 13 + 16 * place, _SIZE, font_weight="bold") for place, line in enumerate(lines)]


def _across(when: float, span: tuple[float, float]) -> float:
    first, last = span
    return (_LEFT + _RIGHT) / 2 if first == last else _LEFT + (_RIGHT - _LEFT) * (when - first) / (last - first)


def _high(value: float, values: list[float], top: float) -> float:
    """Return where a value stands between the least and the greatest of its measure, nothing among them."""
    least, most = min(values), max(values)
    part = (value - least) / (most - least) if most > least else 0.0
    return top + _HEAD + _PLOT - (_PLOT - 20) * part


def _ground(y: float) -> Markup:
    return element("path", d=f"M{_EDGE:g},{y:g} H{_WIDTH - _EDGE:g}", stroke=FAINT, stroke_width=1)


def _lines(dots: list[_Dot]) -> Iterator[Markup]:
    """Give the lines between the values, dashed where a year is missing between two."""
    for one, other in pairwise(dots):
        path = f"M{one.x:.2f},{one.y:.2f} L{other.x:.2f},{other.y:.2f}"
        dashes = "2 4" if other.when - one.when > _NEXT_YEAR else None
        yield element("path", d=path, stroke=BLUE, stroke_width=2, stroke_dasharray=dashes)


def _years(dots: list[_Dot], top: float) -> Markup:
    """Return the dates under the values, the newest and the oldest first; those that find no room are left out."""
    parts: list[Markup] = []
    taken: list[tuple[float, float]] = []
    aside = _ASIDE if len(dots) <= _FEW else (0.0,)
    for place in _newest_and_oldest_first(len(dots)):
        label = told_of(dots[place].point.when)
        half = width_of(label, _SMALL) / 2
        x = _free(dots[place].x, half, taken, aside)
        if x is not None:
            parts.append(words(label, x, top + _HEAD + _PLOT + 16, _SMALL, text_anchor="middle", fill=QUIET))
            taken.append((x - half, x + half))
    return group(parts)


def _free(x: float, half: float, taken: list[tuple[float, float]], aside: tuple[float, ...]) -> float | None:
    """Return where a date fits: under its value, or beside that but still touching it; None where it does not."""
    for place in (_inside(x + half * step, half) for step in aside):
        if all(place + half + 6 <= left or right + 6 <= place - half for left, right in taken):
            return place
    return None


def _inside(x: float, half: float) -> float:
    return min(max(x, _EDGE + half), _WIDTH - _EDGE - half)


def _words_beside(dots: list[_Dot]) -> list[str]:
    """Return what stands over each value: its words, its number where they do not fit, or nothing; the newest first."""
    taken = [_Box(dot.x - 4, dot.y - 4, dot.x + 4, dot.y + 4) for dot in dots]
    said = [""] * len(dots)
    for place in _newest_and_oldest_first(len(dots)):
        said[place] = next((text for text in _sayings(dots[place]) if _is_free(text, dots[place], taken)), "")
        if said[place]:
            taken.append(_box(said[place], dots[place]))
    return said


def _newest_and_oldest_first(count: int) -> list[int]:
    return list(dict.fromkeys([count - 1, 0, *range(count)])) if count else []


def _sayings(dot: _Dot) -> Iterator[str]:
    said = clean(dot.point.words)
    yield said
    if number := _NUMBER.search(said):
        yield number[0].rstrip(",.")


def _is_free(text: str, dot: _Dot, taken: list[_Box]) -> bool:
    box = _box(text, dot)
    return box.right - box.left <= _WIDTH / 2 and not any(box.meets(other) for other in taken)


def _box(text: str, dot: _Dot) -> _Box:
    half = width_of(text, _SMALL) / 2
    x = _inside(dot.x, half)
    return _Box(x - half - 3, dot.y - 20, x + half + 3, dot.y - 5)


def _shown(dot: _Dot, label: str, said: str) -> Markup:
    circle = element("circle", cx=dot.x, cy=dot.y, r=4.5, fill=BLUE, stroke=PAPER, stroke_width=1.5)
    beside = [haloed(said, _inside(dot.x, width_of(said, _SMALL) / 2), dot.y - 8, _SMALL)] if said else []
    name = f"{label}, {told_of(dot.point.when)}: {clean(dot.point.words)}"
    return told(name, circle, *beside, href=dot.point.href)
