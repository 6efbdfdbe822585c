"""A network: people, organisations and initiatives and what ties them; former ties are dashed."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from goalmap.pictures.inks import BLUE, GREEN, ORANGE, PURPLE
from goalmap.pictures.layout import SIZE, Spot, laid_out
from goalmap.pictures.model import Node, Tie
from goalmap.pictures.svg import INK, QUIET, element, group, haloed, told, unseen, whole, words
from goalmap.pictures.text import clean, width_of

_EDGE, _KEY, _RADIUS = 12.0, 34.0, 8.0


def network(title: str, description: str, nodes: Sequence[Node], ties: Sequence[Tie]) -> Markup:
    """Return things and what ties them; ties to a thing that is not among the nodes are left out."""
    known = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
    kept = [tie for tie in ties if tie.source in known and tie.target in known]
    spots, width, depth = laid_out(
        {node.id: clean(node.label) for node in known.values()}, {(tie.source, tie.target) for tie in kept}
    )
    width = max(width, 360.0)
    kinds = sorted({clean(node.kind) for node in known.values()})
    key = _key(kinds, any(tie.former for tie in kept))
    lines = group(_tie(tie, known, spots) for tie in sorted(kept, key=_tie_order))
    things = group(_thing(node, spots[node.id], kinds) for node in known.values())
    moved = element("g", lines, things, transform=f"translate({_EDGE:g} {_KEY:g})")
    nothing = words("Nothing to show.", _EDGE, 24, SIZE, fill=QUIET) if not known else Markup("")
    body = group([unseen(key, nothing), moved])
    return whole(title, description, width + 2 * _EDGE, depth + _KEY + _EDGE, body, wide=True)


def _tie_order(tie: Tie) -> tuple[str, str, str, bool]:
    return tie.source, tie.target, tie.label, tie.former


def _circle(x: float, y: float) -> Markup:
    return element("circle", cx=x, cy=y, r=_RADIUS - 1, fill=ORANGE, stroke=INK, stroke_width=1.2)


def _square(x: float, y: float) -> Markup:
    return _polygon(x, y, BLUE, ((-7, -7), (7, -7), (7, 7), (-7, 7)))


def _diamond(x: float, y: float) -> Markup:
    return _polygon(x, y, GREEN, ((0, -9), (9, 0), (0, 9), (-9, 0)))


def _triangle(x: float, y: float) -> Markup:
    return _polygon(x, y, PURPLE, ((0, -8.5), (9, 7), (-9, 7)))


def _polygon(x: float, y: float, colour: str, corners: Sequence[tuple[float, float]]) -> Markup:
    points = " ".join(f"{x + right:.2f},{y + down:.2f}" for right, down in corners)
    return element("polygon", points=points, fill=colour, stroke=INK, stroke_width=1.2)


_SHAPES: dict[str, Callable[[float, float], Markup]] = {
    "person": _circle,
    "organisation": _square,
    "initiative": _diamond,
}
_OTHERS = (_triangle, _circle, _square, _diamond)


def _shape(kind: str, kinds: list[str], x: float, y: float) -> Markup:
    """Return the shape of a kind: its own, or one by its place among the kinds that have none."""
    others = [name for name in kinds if name not in _SHAPES]
    draw = _SHAPES.get(kind) or _OTHERS[others.index(kind) % len(_OTHERS)]
    return draw(x, y)


def _key(kinds: list[str], has_former: bool) -> Markup:
    parts, x = [], _EDGE
    for kind in kinds:
        parts += [_shape(kind, kinds, x + 9, 16), words(kind, x + 24, 20, SIZE)]
        x += 24 + width_of(kind, SIZE) + 18
    if has_former:
        line = element("path", d=f"M{x:g},16 h26", stroke=QUIET, stroke_width=1.5, stroke_dasharray="5 4")
        parts += [line, words("former", x + 32, 20, SIZE)]
    return group(parts)


def _tie(tie: Tie, known: dict[str, Node], spots: dict[str, Spot]) -> Markup:
    start, end = spots[tie.source], spots[tie.target]
    path = f"M{start.x:.2f},{start.y:.2f} L{end.x:.2f},{end.y:.2f}"
    when = "former " if tie.former else ""
    said = f"{clean(known[tie.source].label)} – {when}{clean(tie.label)} – {clean(known[tie.target].label)}"
    dashes = "5 4" if tie.former else None
    line = element("path", d=path, stroke="#6b6b6b", stroke_width=1.4, stroke_dasharray=dashes, fill="none")
    grip = element("path", d=path, stroke="transparent", stroke_width=9, fill="none")
    return told(said, line, grip)


def _thing(node: Node, spot: Spot, kinds: list[str]) -> Markup:
    lines = [haloed(line, spot.x, foot, SIZE) for line, foot in zip(spot.lines, spot.feet, strict=True)]
    kind = clean(node.kind)
    return told(f"{clean(node.label)} ({kind})", _shape(kind, kinds, spot.x, spot.y), *lines, href=node.href)
