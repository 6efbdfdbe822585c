"""Stacked bars: a number of each kind on each line, such as the activities of each goal by their stage."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from goalmap.pictures import inks
from goalmap.pictures.model import Bar
from goalmap.pictures.svg import INK, PAPER, QUIET, element, group, rectangle, told, unseen, whole, words
from goalmap.pictures.text import clean, shortened, width_of

_WIDTH, _EDGE, _SIZE, _SMALL = 400.0, 8.0, 14.0, 12.0
_STEP, _THICK = 46.0, 18.0
_ROOM = _WIDTH - 2 * _EDGE


def stacked(title: str, description: str, kinds: Sequence[str], bars: Sequence[Bar]) -> Markup:
    """Return bars under one another, each with its label and total above it, and a key to the kinds on top."""
    names = [clean(kind) for kind in kinds]
    key, top = _key(names)
    most = max((sum(bar.counts) for bar in bars), default=0)
    drawn = [_bar(bar, names, top + _STEP * place, most) for place, bar in enumerate(bars)]
    height = top + _STEP * max(len(drawn), 1) + _EDGE
    nothing = [] if bars else [words("Nothing to count.", _EDGE, top + 16, _SIZE, fill=QUIET)]
    body = Markup("").join([inks.patterns(len(names)), unseen(key, *nothing), *drawn])
    return whole(title, description, _WIDTH, height, body)


def _key(names: list[str]) -> tuple[Markup, float]:
    """Return what each fill means, on as many lines as it needs, and how deep it is."""
    parts, x, y = [], _EDGE, _EDGE
    for number, name in enumerate(names):
        label = shortened(name, _ROOM - 22, _SMALL)
        across = 22 + width_of(label, _SMALL) + 14
        if x > _EDGE and x + across - 14 > _WIDTH - _EDGE:
            x, y = _EDGE, y + 20
        parts.append(rectangle(x, y, 16, 12, fill=inks.fill(number), stroke=INK))
        parts.append(words(label, x + 22, y + 10.5, _SMALL))
        x += across
    return group(parts), (y + 30 if names else y)


def _bar(bar: Bar, names: list[str], top: float, most: int) -> Markup:
    label, total = clean(bar.label), f"{sum(bar.counts):,}"
    room = _ROOM - width_of(total, _SIZE) - 12
    said = f"{label}: {total} ({_counted(bar, names)})" if any(bar.counts) else f"{label}: none"
    heading = told(
        said,
        words(shortened(label, room, _SIZE), _EDGE, top + 14, _SIZE),
        words(total, _WIDTH - _EDGE, top + 14, _SIZE, text_anchor="end", font_weight="bold"),
        href=bar.href,
    )
    return group([heading, *_pieces(bar, names, top + 20, most)])


def _counted(bar: Bar, names: list[str]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in zip(names, bar.counts, strict=True) if count)


def _pieces(bar: Bar, names: list[str], top: float, most: int) -> Iterator[Markup]:
    """Give the pieces of a bar from left to right, or a line where there is nothing."""
    if not any(bar.counts):
        yield unseen(element("path", d=f"M{_EDGE:g},{top:g} v{_THICK:g}", stroke=QUIET, stroke_width=1.5))
        return
    x = _EDGE
    for number, (name, count) in enumerate(zip(names, bar.counts, strict=True)):
        if count:
            across = _ROOM * count / most
            said = f"{clean(bar.label)}, {name}: {count:,}"
            yield told(said, *_piece(number, count, x, top, across), href=_href(bar, number))
            x += across


def _href(bar: Bar, number: int) -> str:
    return bar.hrefs[number] if number < len(bar.hrefs) else ""


def _piece(number: int, count: int, x: float, top: float, across: float) -> Iterator[Markup]:
    yield rectangle(x, top, across, _THICK, fill=inks.fill(number), stroke=INK)
    label = f"{count:,}"
    wide = width_of(label, _SMALL) + 6
    if wide + 2 <= across:
        yield rectangle(x + (across - wide) / 2, top + 2, wide, _THICK - 4, rx=3, fill=PAPER)
        yield words(label, x + across / 2, top + 13.4, _SMALL, text_anchor="middle")
