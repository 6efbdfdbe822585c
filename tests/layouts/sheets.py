"""Layouts printed by a browser, columns and boxes above all."""

from tests.layouts.browser import Sheet, broken, h1, h2, items, marked, numbered, p, running, story
from tests.layouts.content import CAPTIONS, ITEMS, PARAGRAPHS, QUOTES, headings

RUNNING = """@page { @top-left { content: "Harrowdale Community Trust"; font: 8pt "Liberation Sans" }
@bottom-center { content: counter(page); font: 8pt "Liberation Sans" } }"""
RUNNING_LINES = running("Harrowdale Community Trust")
SIDES = """@page :left { @top-left { content: "Westbrook University"; font: 8pt "Liberation Sans" }
@bottom-left { content: counter(page) " | Annual review"; font: 8pt "Liberation Sans" } }
@page :right { @top-right { content: "A county that learns"; font: 8pt "Liberation Sans" }
@bottom-right { content: "Annual review | " counter(page); font: 8pt "Liberation Sans" } }"""
LANDSCAPE = "@page { size: A4 landscape; margin: 12mm }"


def sides(page: int) -> tuple[tuple[str, str], ...]:
    if page % 2:
        return ("header", "A county that learns"), ("footer", f"Annual review | {page}")
    return ("header", "Westbrook University"), ("footer", f"{page} | Annual review")


def sections(start: int, titles: int, each: int) -> str:
    """Headings with paragraphs under them."""
    names = headings(start, titles)
    return "".join(h2(name) + story(start + i * each, each) for i, name in enumerate(names))


def figure(caption: str, style: str = "") -> str:
    """A picture with its caption."""
    return f'<figure style="{style}"><div class="picture"></div>{marked("figcaption", "caption", caption)}</figure>'


def box(content: str, style: str) -> str:
    return f'<aside style="{style}">{content}</aside>'


TINTED = "background: #dfeaf0; padding: 8pt; margin: 0 0 8pt 10pt; width: 58mm; float: right; font-size: 9pt"
FRAMED = "border: 1px solid #345; padding: 8pt; margin: 0 0 8pt 10pt; width: 58mm; float: right; font-size: 9pt"
ACROSS = "column-span: all; background: #f4ecd8; padding: 8pt; margin: 6pt 0"
PULLED = "font: italic 15pt/1.3 'Liberation Serif'; margin: 0 0 6pt 8pt; width: 34mm; float: right"
ASIDE = h2("What is a hub?") + p("A hub is a place where a resident meets all services in one room.") + p(PARAGRAPHS[1])


PULL_QUOTES = [marked("blockquote", "quote", text, f'style="{PULLED}"') for text in QUOTES]


def split_story(start: int, before: int, content: str, after: int) -> str:
    return story(start, before) + content + story(start + before, after)


SHEETS = {
    "one-column": Sheet(h1("A year of open doors") + sections(0, 3, 4), RUNNING, RUNNING_LINES),
    "one-sides-change": Sheet(h1("Annual review") + sections(12, 5, 4), SIDES, sides),
    "columns-two": Sheet(
        h1("Doors that open") + f'<div class="two justified">{broken(sections(3, 4, 5))}</div>', RUNNING, RUNNING_LINES
    ),
    "columns-two-indented": Sheet(
        h1("Learning together") + f'<div class="two justified indented">{broken(sections(18, 3, 6))}</div>',
        'body { font-family: "Liberation Serif" }',
    ),
    "columns-three": Sheet(
        h1("News from the county") + f'<div class="three">{sections(8, 5, 3)}</div>', RUNNING, RUNNING_LINES
    ),
    "columns-three-justified": Sheet(
        f'<div class="three justified indented">{broken(story(0, 16))}</div>', "body { font-size: 9pt }"
    ),
    "columns-heading-across": Sheet(
        "".join(h1(name) + f'<div class="two">{story(i * 5, 5)}</div>' for i, name in enumerate(headings(2, 3)))
    ),
    "columns-unequal": Sheet(
        h1("Two unequal columns")
        + '<div style="display: grid; grid-template-columns: 2fr 1fr; gap: 9mm">'
        + f"<div>{story(20, 8)}</div><div>{h2('In brief')}{story(29, 3)}</div></div>"
    ),
    "columns-tight-leading": Sheet(
        f'<div class="two">{broken(story(14, 12))}</div>', "body { line-height: 1.02 } p { margin-bottom: 4pt }"
    ),
    "columns-wide-spaces": Sheet(
        f'<div class="three justified">{story(5, 9)}</div>', "body { font-size: 11pt } .three { column-gap: 5mm }"
    ),
    "columns-compounds": Sheet(
        f'<div class="three">{broken(story(22, 9))}'
        + p(
            "Well-being, self-referral and long-term care were the themes of a two-year, county-wide study. The "
            "co-design group of twenty-one carers met face-to-face; a follow-up of first-time users is under way."
        )
        + story(33, 3)
        + "</div>"
    ),
    "quote-inside-column": Sheet(f'<div class="two">{split_story(2, 2, PULL_QUOTES[0], 5)}</div>'),
    "quote-beside-text": Sheet(split_story(9, 1, PULL_QUOTES[1], 4)),
    "box-tinted": Sheet(h1("Hubs in every town") + box(ASIDE, TINTED) + story(4, 6)),
    "box-framed": Sheet(h1("Hubs in every town") + box(ASIDE, FRAMED) + story(15, 6)),
    "box-across": Sheet(f'<div class="two">{story(7, 4)}{box(ASIDE, ACROSS)}{story(24, 5)}</div>'),
    "box-cards": Sheet(
        h1("Six promises")
        + '<div style="display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 5mm">'
        + "".join(
            box(h2(name) + p(PARAGRAPHS[i * 3]), "background: #e8f0e4; padding: 7pt")
            for i, name in enumerate(headings(4, 6))
        )
        + "</div>"
    ),
    "spread-two-pages": Sheet(
        '<div style="display: grid; grid-template-columns: 1fr 1fr; gap: 22mm">'
        + f"<div>{h1('Health where people are')}{story(0, 7)}</div><div>{h2('Green spaces')}{story(10, 7)}</div></div>",
        LANDSCAPE,
    ),
    "spread-leaflet": Sheet(
        '<div style="display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 14mm">'
        + "".join(
            f"<div>{h2(name)}{story(i * 4, 2)}{items(ITEMS[i : i + 3])}</div>" for i, name in enumerate(headings(0, 3))
        )
        + "</div>",
        LANDSCAPE,
    ),
    "spread-slides": Sheet(
        "".join(
            f'<section style="break-after: page">{h1(name)}<div style="display: flex; gap: 8mm">'
            + "".join(
                f'<div style="background: #274b6d; color: #fff; padding: 10pt; width: 60mm">{h2(title)}'
                + f"{items(ITEMS[i * 3 + j : i * 3 + j + 3])}</div>"
                for j, title in enumerate(("We will", "By March", "You will see"))
            )
            + "</div></section>"
            for i, name in enumerate(headings(6, 3))
        ),
        LANDSCAPE + " body { font-size: 13pt } h1 { font-size: 30pt } h2 { font-size: 17pt }",
    ),
    "pictures-captions-under": Sheet(
        h1("The year in pictures")
        + "".join(story(i * 3, 2) + figure(caption) for i, caption in enumerate(CAPTIONS))
        + story(20, 2)
    ),
    "pictures-captions-beside": Sheet(
        "".join(
            story(i * 4, 3)
            + figure(caption, "display: grid; grid-template-columns: 2fr 1fr; gap: 5mm; align-items: end")
            for i, caption in enumerate(CAPTIONS)
        )
    ),
    "lists-bullets": Sheet(
        h2("What we promise")
        + p("Over the next two years we shall provide:")
        + items(ITEMS)
        + story(3, 6)
        + p("Our partners have agreed to offer:")
        + items(tuple(reversed(ITEMS)))
        + story(12, 2)
    ),
    "lists-numbers": Sheet(
        p("The committee is asked to approve:")
        + numbered(ITEMS)
        + p("It is further asked to note:")
        + numbered(ITEMS[:5], "a")
        + story(6, 1),
        "body { font-size: 12pt; width: 110mm }",
    ),
    "lists-nested": Sheet(
        p("The plan has three strands:")
        + "<ul>"
        + "".join(
            f'<li data-k="list_item">{name}{items(ITEMS[i * 3 : i * 3 + 3])}</li>'
            for i, name in enumerate(headings(0, 3))
        )
        + "</ul>"
        + story(1, 2)
    ),
    "lists-in-columns": Sheet(
        f'<div class="two">{story(11, 3)}{items(ITEMS[:8])}{story(19, 3)}{items(ITEMS[8:])}{story(26, 4)}</div>',
    ),
}
