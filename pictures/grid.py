"""A grid of numbers, such as organisations by goals: each cell has its shade and its number, an empty one a dash."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from goalmap.pictures.model import GridRow
from goalmap.pictures.svg import FAINT, INK, PAPER, QUIET, group, rectangle, told, unseen, whole, words
from goalmap.pictures.text import clean, width_of, wrapped

_EDGE, _SIZE, _SMALL = 8.0, 13.0, 12.0
_CELL, _DEEP, _LABELS = 36.0, 30.0, 190.0
_HEADING = 150.0
_SHADES = (("#eaf3fa", INK), ("#bcdcf0", INK), ("#7fbbe0", INK), ("#0072b2", PAPER), ("#00426b", PAPER))


def grid(title: str, description: str, columns: Sequence[str], rows: Sequence[GridRow]) -> Markup:
    """Return rows by columns: the darker the cell, the more it counts."""
    names = [clean(column) for column in columns]
    wide = _cell_width(names)
    top = _EDGE + _heading_depth(names, wide)
    most = max((value or 0 for row in rows for value in row.values), default=0)
    drawn = [_row(row, names, top + _DEEP * place, wide, most) for place, row in enumerate(rows)]
    width = _LABELS + wide * len(names) + 2 * _EDGE
    height = top + _DEEP * max(len(rows), 1) + _EDGE
    nothing = [] if rows else [words("Nothing to count.", _EDGE, top + 18, _SIZE, fill=QUIET)]
    body = Markup("").join([unseen(_headings(names, top, wide), *nothing), *drawn])
    return whole(title, description, width, height, body, wide=True)


def _cell_width(names: list[str]) -> float:
    """Return a width in which the columns' names fit flat where they are short, else the usual one."""
    widest = max((width_of(name, _SMALL) for name in names), default=0)
    return max(_CELL, widest + 8) if widest <= 56 else _CELL


def _is_flat(names: list[str], wide: float) -> bool:
    return all(width_of(name, _SMALL) <= wide for name in names)


def _heading_depth(names: list[str], wide: float) -> float:
    if _is_flat(names, wide):
        return 22.0
    return min(max(width_of(name, _SMALL) for name in names), _HEADING) + 12


def _headings(names: list[str], top: float, wide: float) -> Markup:
    flat = _is_flat(names, wide)
    return group(_heading(name, _LABELS + _EDGE + wide * (place + 0.5), top, flat) for place, name in enumerate(names))


def _heading(name: str, x: float, top: float, flat: bool) -> Markup:
    """Return a column's name over its middle: flat, or upwards on two lines where it is long."""
    if flat:
        return words(name, x, top - 8, _SMALL, text_anchor="middle")
    lines = wrapped(name, _HEADING, _SMALL, 2)
    first = x + 4 - 7 * (len(lines) - 1)
    drawn = [
        words(line, first + 14 * place, top - 8, _SMALL, transform=f"rotate(-90 {first + 14 * place:g} {top - 8:g})")
        for place, line in enumerate(lines)
    ]
    return told(name, *drawn)


def _row(row: GridRow, names: list[str], top: float, wide: float, most: int) -> Markup:
    label = clean(row.label)
    shown = _label(label, top)
    cells = [
        _cell(f"{label}, {name}", value, _LABELS + _EDGE + wide * place, top, wide, most, _href(row, place))
        for place, (name, value) in enumerate(zip(names, row.values, strict=True))
    ]
    return group([told(label, shown, href=row.href), *cells])


def _label(label: str, top: float) -> Markup:
    """Return a row's name: on one line, or on two smaller ones where it is long."""
    room = _LABELS - 10
    if width_of(label, _SIZE) <= room:
        return words(label, _EDGE, top + 20, _SIZE)
    lines = wrapped(label, room, _SMALL, 2)
    first = top + 13 if len(lines) > 1 else top + 20
    return group(words(line, _EDGE, first + 13 * place, _SMALL) for place, line in enumerate(lines))


def _href(row: GridRow, place: int) -> str:
    return row.hrefs[place] if place < len(row.hrefs) else ""


def _cell(said: str, value: int | None, x: float, top: float, wide: float, most: int, href: str) -> Markup:
    if not value:
        dash = words("–", x + wide / 2, top + 20, _SMALL, text_anchor="middle", fill=QUIET)
        return told(f"{said}: none", rectangle(x, top, wide, _DEEP, fill=PAPER, stroke=FAINT), dash)
    ground, ink = _shade(value, most)
    number = _short(value)
    return told(
        f"{said}: {value:,}",
        rectangle(x, top, wide, _DEEP, fill=ground, stroke=PAPER, stroke_width=1.5),
        words(number, x + wide / 2, top + 20, _fitting(number, wide), text_anchor="middle", fill=ink),
        href=href,
    )


def _shade(value: int, most: int) -> tuple[str, str]:
    """Return a cell's ground and its ink, by the root of its part of the greatest, so that one giant hides no other."""
    return _SHADES[min(int(math.sqrt(value / most) * len(_SHADES)), len(_SHADES) - 1)]


def _short(value: int) -> str:
    return f"{value:,}" if value < 100_000 else f"{value // 1000:,}k"


def _fitting(number: str, wide: float) -> float:
    return min(_SIZE, _SIZE * (wide - 4) / width_of(number, _SIZE))
