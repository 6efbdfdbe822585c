"""More layouts printed by a browser: headings, first letters, odd pages and odd characters."""

from tests.layouts.browser import Sheet, broken, h1, h2, items, marked, p, running, story
from tests.layouts.content import CAPTIONS, HEADINGS, ITEMS, PARAGRAPHS, QUOTES, headings
from tests.layouts.sheets import box, figure

NO_BREAK = "\N{NO-BREAK SPACE}"
LANDSCAPE = "@page { size: A4 landscape; margin: 14mm }"


def styled(kind: str, style: str, text: str) -> str:
    return marked("p", kind, text, f'style="{style}"')


def under(style: str, start: int) -> str:
    """Three headings in a style, each with two paragraphs."""
    return "".join(
        styled("heading", style, name) + story(start + 2 * i, 2) for i, name in enumerate(headings(start, 3))
    )


def glued(title: str, text: str) -> str:
    """A bold heading on a line of its own, the text under it without a space."""
    return styled("heading", "margin: 0; font-weight: bold", title) + p(text)


DROP_CAP = ".drop::first-letter { float: left; font-size: 39pt; line-height: 0.8; padding: 3pt 3pt 0 0 }"
CONTENTS = ".entry { display: flex } .entry i { flex: 1; border-bottom: 1px dotted #555; margin: 0 4pt 3pt }"


def entry(text: str, page: int) -> str:
    return f'<p class="entry" data-k="contents"><span>{text}</span><i></i><span> {page}</span></p>'


SHEETS = {
    "headings-by-size": Sheet(under("font-size: 15pt; margin: 9pt 0 3pt", 0)),
    "headings-by-weight": Sheet(under("font-weight: bold; margin: 7pt 0 0", 7)),
    "headings-by-colour": Sheet(under("font-size: 11.5pt; color: #0a5; margin: 7pt 0 0", 13)),
    "headings-small-caps": Sheet(under("font-variant: small-caps; font-size: 12pt; margin: 7pt 0 0", 19)),
    "headings-numbered": Sheet(
        "".join(
            h2(f"{i + 1}. {name}") + "".join(p(f"{i + 1}.{j + 1} {PARAGRAPHS[i * 4 + j]}") for j in range(4))
            for i, name in enumerate(headings(5, 3))
        )
    ),
    "headings-glued": Sheet("".join(glued(name, PARAGRAPHS[i * 2]) for i, name in enumerate(HEADINGS))),
    "headings-two-lines": Sheet(
        '<div class="two">'
        + "".join(
            h2(f"{name}: what we did and what our partners will do in the coming year") + story(i * 3, 2)
            for i, name in enumerate(headings(3, 5))
        )
        + "</div>",
    ),
    "dropcap-one-column": Sheet(
        h1("Foreword") + p(PARAGRAPHS[3], 'class="drop"') + story(4, 4) + p(PARAGRAPHS[9], 'class="drop"'), DROP_CAP
    ),
    "dropcap-two-columns": Sheet(
        '<div class="two justified">' + broken(p(PARAGRAPHS[18], 'class="drop"') + story(19, 8)) + "</div>", DROP_CAP
    ),
    "characters-odd": Sheet(
        p(
            f"Our office is at the ﬁrst ﬂoor of 4{NO_BREAK}Mill Street. Staﬀ eﬃciency rose by 9{NO_BREAK}per{NO_BREAK}cent."
        )
        + p("‘It’s a co‑operative,’ said the chair – “and it will stay one” – before the vote of 3 May…")
        + p("Café, façade, naïve, Llŷn and Ynys Môn: the names and words of our neighbours, spelt as they spell them.")
        + broken(story(30, 5)),
        'body { font-family: "Liberation Serif"; width: 90mm; text-align: justify }',
    ),
    "cover-and-text": Sheet(
        '<section style="break-after: page; padding-top: 70mm">'
        + styled("heading", "font-size: 34pt; line-height: 1.1", "Annual report and accounts 2023 to 2024")
        + styled("heading", "font-size: 18pt; margin-top: 20pt", "Harrowdale Community Trust")
        + "</section>"
        + h1("Statement of the chief executive")
        + story(6, 5),
    ),
    "contents-leaders": Sheet(
        h1("Contents")
        + "".join(entry(name, 4 + i * 3) for i, name in enumerate(HEADINGS))
        + f'<div style="break-before: page">{h1(HEADINGS[0])}{story(16, 4)}</div>',
        CONTENTS,
    ),
    "sideways-tab": Sheet(
        '<div style="position: fixed; right: 0; top: 40mm; writing-mode: vertical-rl; font-size: 9pt" '
        'data-k="tab">Our people</div>' + h1("Our people") + f'<div style="margin-right: 14mm">{story(21, 6)}</div>',
    ),
    "newsletter-front": Sheet(
        styled("heading", "font: bold 36pt 'Liberation Serif'; border-bottom: 2px solid #000", "The Valley Bulletin")
        + '<div class="two">'
        + h2(HEADINGS[1])
        + story(27, 3)
        + figure(CAPTIONS[0])
        + h2(HEADINGS[6])
        + story(30, 2)
        + box(h2("Dates for your diary") + items(ITEMS[:3]), "background: #ffe9b8; padding: 7pt; break-inside: avoid")
        + h2(HEADINGS[9])
        + story(33, 3)
        + "</div>",
        '@page { @bottom-right { content: "The Valley Bulletin " counter(page); font: 8pt "Liberation Sans" } }',
        running(footer="The Valley Bulletin {page}"),
    ),
    "people-plan": Sheet(
        h1("Our people plan")
        + '<div style="display: grid; grid-template-columns: 34mm 1fr 1fr; gap: 4mm 7mm">'
        + "".join(
            box(h2(name), "background: #7b2d5b; color: #fff; padding: 8pt")
            + box(p(PARAGRAPHS[i * 5]), "background: #f3e4ee; padding: 8pt")
            + box(p(PARAGRAPHS[i * 5 + 1]), "background: #f3e4ee; padding: 8pt")
            for i, name in enumerate(headings(2, 3))
        )
        + "</div>",
        LANDSCAPE,
    ),
    "quote-band": Sheet(
        story(0, 3)
        + marked(
            "blockquote",
            "quote",
            QUOTES[2],
            'style="background: #123; color: #fff; font-size: 18pt; margin: 10pt 0; padding: 14pt"',
        )
        + story(3, 3),
    ),
}
