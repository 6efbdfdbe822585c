"""Slides: a title and two boxes, a strategy on a page, figures above a table, boxes wherever the author put them."""

from collections.abc import Callable, Sequence

from tests.layouts.unseen.designed import bullets, head, inside, pieces, printed, table, tag, told
from tests.layouts.unseen.printed import Printed
from tests.layouts.unseen.words import ACTIONS, HEADS, POINTS, TEXTS

WIDE = """@page { size: 254mm 143mm; margin: 0; } body { margin: 0; font: 13pt/1.25 "Liberation Sans" }
.slide { position: relative; width: 254mm; height: 142.5mm; break-after: page; overflow: hidden }
.slide > * { position: absolute; margin: 0 } .slide > h1 { left: 12mm; top: 8mm; font-size: 26pt }
.foot { left: 12mm; top: 134mm; font-size: 8pt } .number { left: 236mm; top: 134mm; font-size: 8pt }
.tinted { background: #dde8f0; padding: 3mm; box-sizing: border-box } li { margin-bottom: 5pt }"""
FOOT = "Wenlow Hospitals | Annual members' meeting"

Place = tuple[float, float, float, float]


def slides(*pages: Sequence[str], style: str = "") -> Printed:
    """Slides of absolutely placed boxes, with a running foot and a number."""
    last = len(pages)
    body = "".join(
        inside("div", 'class="slide"', *parts, f'<div class="foot">{FOOT}</div><div class="number">{i}</div>')
        for i, parts in enumerate(pages, 1)
    )
    return printed(
        body, f"{WIDE} {style}", lambda page: (("footer", FOOT), ("footer", str(page))) if page <= last else ()
    )


def at(place: Place, *parts: str, attributes: str = "") -> str:
    """A box: left, top, width and height in mm."""
    left, top, width, height = place
    style = f'style="left:{left}mm; top:{top}mm; width:{width}mm; height:{height}mm"'
    return inside("div", f"{style} {attributes}", *parts)


def two_boxes() -> Printed:
    return slides(
        (
            at((40, 50, 174, 20), head(1, "Annual members' meeting"), attributes='class="cover"'),
            at((40, 75, 174, 10), tag("p", "plain", "Wenlow Hospitals NHS Foundation Trust")),
        ),
        (head(1, HEADS[4]), at((12, 30, 220, 95), bullets(POINTS[:5]), attributes='class="large"')),
        (
            head(1, HEADS[7]),
            at((12, 30, 108, 95), bullets(POINTS[3:6])),
            at((132, 30, 108, 95), bullets(POINTS[6:9])),
        ),
        style=".large { font-size: 17pt } .cover { text-align: center }",
    )


def on_a_page() -> Printed:
    pillars = (("People", 20, 0), ("Place", 41, 1), ("Planet", 11, 4), ("Purse", 13, 8))
    boxes = (
        at(
            (8 + i * 61, 30, 57, 75),
            head(2, name),
            told(start, 1),
            tag("p", "body", POINTS[point]),
            attributes='class="tinted"',
        )
        for i, (name, start, point) in enumerate(pillars)
    )
    foundation = at((8, 109, 240, 20), tag("p", "body", TEXTS[32]), attributes='class="tinted"')
    return slides((head(1, "Our strategy on a page"), *boxes, foundation))


def figures() -> Printed:
    numbers = (
        ("23,617", "visits to warm spaces"),
        ("£350", "for each broadband voucher"),
        ("1,126", "wages drawn early"),
    )
    big = (
        at((12 + i * 78, 28, 70, 30), pieces("figure", *parts), attributes='class="big"')
        for i, parts in enumerate(numbers)
    )
    rows = at((12, 62, 230, 65), table((cells[:3] for cells in ACTIONS[:4]), 'class="ruled"'))
    return slides(
        (head(1, "A year in numbers"), *big, rows),
        style=".big span { display: block } .big span:first-child { font-size: 36pt } .ruled { font-size: 11pt } "
        ".ruled tr:first-child { background: #0a4d68; color: #fff } .ruled tr:nth-child(even) { background: #e6eef2 }",
    )


def case_studies() -> Printed:
    return slides(
        (
            head(1, f"Case study: {HEADS[12].lower()}"),
            at((12, 30, 70, 90), "", attributes='class="picture"'),
            at((88, 30, 154, 42), head(2, "The need"), told(15, 1)),
            at((88, 76, 154, 42), head(2, "What we did"), told(14, 1), told(35, 1)),
        ),
        (
            head(1, f"Case study: {HEADS[13].lower()}"),
            at((12, 30, 112, 90), head(2, "The need"), told(24, 1), told(22, 1)),
            at((130, 30, 112, 90), head(2, "What we did"), told(30, 2), attributes='class="tinted"'),
        ),
    )


SHEETS: dict[str, Callable[[], Printed]] = {
    "unseen-22-slides-two-boxes": two_boxes,
    "unseen-23-slides-on-a-page": on_a_page,
    "unseen-24-slides-figures": figures,
    "unseen-25-slides-case-studies": case_studies,
}
