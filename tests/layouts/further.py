"""Layouts printed by a browser that were added after the rules had been made, to see whether these hold."""

from tests.layouts.browser import Sheet, broken, h1, items, marked, numbered, p, running, story
from tests.layouts.content import HEADINGS, ITEMS, PARAGRAPHS, QUOTES, headings, paragraphs
from tests.layouts.sheets import ASIDE, box
from tests.layouts.styles import DROP_CAP, styled

LEFT_BOX = "background: #efe6d5; padding: 8pt; margin: 3pt 12pt 6pt 0; width: 50mm; float: left; font-size: 9pt"
LEFT_QUOTE = "font: bold 13pt/1.25 'Liberation Sans'; margin: 2pt 10pt 4pt 0; width: 32mm; float: left; color: #225"
CHAPTERS = headings(6, 4)
NAMED = "".join(
    f'@page part{i} {{ @top-left {{ content: "{name}"; font: 10pt "Liberation Sans" }} '
    '@bottom-right { content: counter(page); font: 10pt "Liberation Sans" } } '
    f".part{i} {{ page: part{i}; break-before: page }} "
    for i, name in enumerate(CHAPTERS)
)
TWO_LINES = """@page { @bottom-center { content: "Harrowdale Community Trust, 4 Mill Street, Harrowdale" "\\A"
"Page " counter(page) " of " counter(pages); white-space: pre; font: 7.5pt "Liberation Sans" } }"""


def dotted(text: str, page: int) -> str:
    return marked("p", "contents", f"{text} {'.' * (70 - len(text))} {page}")


def quoted(text: str) -> str:
    return p(f"“{text}”", 'class="drop"')


SHEETS = {
    "more-box-left": Sheet(h1("One room for all services") + story(2, 1) + box(ASIDE, LEFT_BOX) + story(3, 5)),
    "more-quote-left-in-columns": Sheet(
        '<div class="two justified">'
        + broken(story(7, 2))
        + marked("blockquote", "quote", QUOTES[2], f'style="{LEFT_QUOTE}"')
        + broken(story(10, 6))
        + "</div>"
    ),
    "more-quote-same-size": Sheet(
        story(13, 2)
        + marked("blockquote", "quote", QUOTES[1], 'style="font-style: italic; margin: 8pt 14mm"')
        + story(16, 3)
    ),
    "more-chapters-same-size": Sheet(
        "".join(f'<div class="part{i}">{story(i * 8, 6)}</div>' for i in range(4)),
        NAMED,
        lambda page: (("header", CHAPTERS[page - 1]), ("footer", str(page))),
    ),
    "more-footer-two-lines": Sheet(
        story(4, 14),
        TWO_LINES,
        lambda page: (
            ("footer", "Harrowdale Community Trust, 4 Mill Street, Harrowdale"),
            ("footer", f"Page {page} of 1"),
        ),
    ),
    "more-ragged-indented": Sheet(f'<div class="two indented">{story(9, 17)}</div>', "body { font-size: 9.5pt }"),
    "more-indented-over-pages": Sheet(
        f'<div class="indented justified">{broken(story(1, 26))}</div>',
        'body { font: 12pt/1.4 "Liberation Serif" } @page { margin: 25mm 40mm; @bottom-center { content: counter(page) } }',
        running(),
    ),
    "more-dropcap-quoted": Sheet(quoted(PARAGRAPHS[20]) + story(21, 3), DROP_CAP),
    "more-dropcap-single-word": Sheet(p(PARAGRAPHS[5], 'class="drop"') + story(6, 3), DROP_CAP),
    "more-dropcap-three-columns": Sheet(
        '<div class="three">' + p(PARAGRAPHS[19], 'class="drop"') + story(20, 6) + "</div>", DROP_CAP
    ),
    "more-list-not-hanging": Sheet(
        p("We agreed to do the following before the summer:") + items(ITEMS[:9]) + story(5, 2),
        "ul { list-style-position: inside; padding: 0 } body { width: 90mm }",
    ),
    "more-list-close": Sheet(
        p("The board is asked to note:") + numbered(ITEMS[:7]) + story(8, 3) + items(ITEMS[7:]) + story(15, 2),
        "li, ul, ol, p { margin-bottom: 0 } body { width: 120mm }",
    ),
    "more-contents-dots": Sheet(
        h1("Contents") + "".join(dotted(name, 3 + 4 * i) for i, name in enumerate(HEADINGS)), "p { font-size: 11pt }"
    ),
    "more-heading-bars": Sheet(
        "".join(
            styled("heading", "background: #1d4f73; color: #fff; font-size: 13pt; padding: 4pt 8pt", name)
            + f'<div class="two">{story(i * 6, 4)}</div>'
            for i, name in enumerate(headings(7, 3))
        )
    ),
    "more-margin-notes": Sheet(
        "".join(
            '<div style="display: grid; grid-template-columns: 36mm 1fr; gap: 8mm">'
            + f"<div>{styled('heading', 'font-weight: bold; font-size: 9pt', name)}</div><div>{story(i * 4, 3)}</div></div>"
            for i, name in enumerate(headings(1, 4))
        )
    ),
    "more-figures-row": Sheet(
        h1("The year in numbers")
        + '<div style="display: flex; gap: 8mm; margin-bottom: 10mm">'
        + "".join(
            f'<div style="width: 36mm" data-k="body"><b style="font-size: 26pt; display: block">{number}</b> {words}</div>'
            for number, words in (
                ("118", "apprentices taken on"),
                ("9,600", "journeys by volunteers"),
                ("£640", "average loan"),
            )
        )
        + "</div>"
        + story(10, 4)
    ),
    "more-plain-captions": Sheet(
        "".join(
            f'{story(i * 5, 3)}<figure style="break-inside: avoid"><div class="picture"></div>'
            + marked("figcaption", "plain_caption", text, 'style="font-style: italic"')
            + "</figure>"
            for i, text in enumerate(
                ("Pupils measure the air on the ring road", "The new engineering block", "A Thursday in the kitchen")
            )
        )
    ),
    "more-columns-four": Sheet(
        f'<div style="columns: 4; column-gap: 5mm" class="justified">{broken(story(17, 14))}</div>',
        "@page { size: A4 landscape } body { font-size: 8.5pt }",
    ),
    "more-questions": Sheet(
        "".join(
            styled("heading", "font-weight: bold; margin: 6pt 0 0", f"What did you do about {name.lower()}?") + p(text)
            for name, text in zip(headings(2, 6), paragraphs(23, 6), strict=True)
        )
    ),
}
