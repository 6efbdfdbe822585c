"""Designed pages in HTML, printed by a browser: grids, flexible boxes, floats, counters."""

from collections.abc import Callable, Iterable
from html import escape

from lxml import html

from tests.layouts import browser
from tests.layouts.browser import Sheet, running
from tests.layouts.unseen.printed import Printed, row
from tests.layouts.unseen.words import (
    ACTIONS,
    ASKED,
    CAPTIONED,
    CYMRAEG,
    EQUALITY,
    HEADS,
    POINTS,
    SAESNEG,
    SAID,
    TEXTS,
    texts,
)
from tests.layouts.wanted import Margins, Wanted, no_margins

PLAIN = """@page { size: A4; margin: 20mm 17mm } body { font: 10.5pt/1.4 "Liberation Sans"; color: #222 }
p { margin: 0 0 6pt } h1 { font-size: 22pt; margin: 0 0 8pt } h2 { font-size: 14pt; margin: 8pt 0 4pt; color: #0a4d68 }
h3 { font-size: 11pt; margin: 6pt 0 2pt } ul { margin: 0 0 6pt; padding-left: 14pt } li { margin: 0 0 2pt }
table { border-collapse: collapse; width: 100%; margin: 6pt 0 10pt; font-size: 9pt } td, th { padding: 3pt 5pt;
text-align: left; vertical-align: top } tr { break-inside: avoid }"""


def tag(name: str, kind: str, text: str, attributes: str = "") -> str:
    return f'<{name} data-k="{kind}" {attributes}>{escape(text, quote=False)}</{name}>'


def inside(name: str, attributes: str, *parts: str) -> str:
    return f"<{name} {attributes}>{''.join(parts)}</{name}>"


def told(start: int, count: int) -> str:
    return "".join(tag("p", "body", text) for text in texts(start, count))


def head(level: int, text: str, attributes: str = "") -> str:
    return tag(f"h{level}", "heading", text, attributes)


def bullets(points: Iterable[str], attributes: str = "") -> str:
    return inside("ul", attributes, *(tag("li", "list_item", text) for text in points))


def table(rows: Iterable[Iterable[str]], attributes: str = "") -> str:
    """A table whose rows are to be read cell by cell."""
    return inside("table", attributes, *map(_row, rows))


def _row(cells: Iterable[str]) -> str:
    listed = list(cells)
    wanted = escape(row(listed).text)
    tds = "".join(f"<td>{escape(cell)}</td>" for cell in listed)
    return f'<tr data-k="table_row" data-t="{wanted}">{tds}</tr>'


def pieces(kind: str, *parts: str, attributes: str = "", between: str = "") -> str:
    """Several elements that are read as one passage."""
    wanted = escape(" ".join(parts), quote=True)
    spans = between.join(f"<span>{escape(part)}</span>" for part in parts)
    return f'<div data-k="{kind}" data-t="{wanted}" {attributes}>{spans}</div>'


def printed(body: str, style: str = "", margins: Margins = no_margins) -> Printed:
    marked = html.fromstring(f"<div>{body}</div>").xpath("//*[@data-k]")
    flow = [Wanted(one.get("data-k"), one.get("data-t") or " ".join(one.text_content().split())) for one in marked]
    return Printed(browser.printed(Sheet(body, f"{PLAIN} {style}")), flow, margins)


def annual_report() -> Printed:
    case = inside("aside", "", head(3, "In focus: the Hob Lane van"), told(24, 1))
    return printed(
        head(1, HEADS[0])
        + inside("section", "", told(0, 3), head(2, HEADS[1]), case, told(3, 4), head(2, HEADS[4]), told(13, 4))
        + inside("section", "", head(2, HEADS[9]), told(20, 2), bullets(POINTS[:6]), told(27, 5)),
        """section { columns: 2; column-gap: 9mm } aside { background: #dfeee8; padding: 7pt; margin-bottom: 8pt;
        break-inside: avoid } @page { @top-right { content: "Wenlow Hospitals: annual report 2024"; font: 8pt
        "Liberation Sans" } @bottom-left { content: counter(page); font: 8pt "Liberation Sans" } }""",
        running("Wenlow Hospitals: annual report 2024"),
    )


def quality_account() -> Printed:
    told_by = ("We said", "We did", "It led to")
    cards = "".join(
        inside("div", 'class="card"', head(3, name), tag("p", "body", text))
        for name, text in zip(told_by, (TEXTS[23], TEXTS[27], TEXTS[17]), strict=True)
    )
    return printed(
        head(1, HEADS[2])
        + told(16, 2)
        + head(2, "Priority 1: letters that can be understood")
        + inside("div", 'class="cards"', cards)
        + head(2, "Priority 2: no one waits without word")
        + told(40, 3)
        + table(EQUALITY, 'class="lined"')
        + told(10, 2),
        ".cards { display: grid; grid-template-columns: repeat(3, 1fr); gap: 10pt } .card { border-top: 3pt solid "
        "#c60; padding-top: 4pt; font-size: 9.5pt } .lined td { border-bottom: .5pt solid #888 }",
    )


def green_plan() -> Printed:
    numbers = (("1,870", "tonnes of carbon saved"), ("4,300", "LED lamps fitted"), ("2027", "boilers switched off"))
    figures = "".join(pieces("figure", number, words, attributes='class="big"') for number, words in numbers)
    return printed(
        head(1, HEADS[3])
        + inside("div", 'class="row"', figures)
        + told(9, 3)
        + head(2, "What we will do")
        + table(ACTIONS, 'class="grid"')
        + told(25, 1),
        ".row { display: flex; gap: 14pt; margin: 8pt 0 14pt } .big { flex: 1; text-align: center } .big span { "
        "display: block } .big span:first-child { font: bold 30pt/1.1 'Liberation Sans'; color: #2a7 } "
        ".grid td { border: .7pt solid #2a7 } .grid tr:first-child { background: #2a7; color: #fff }",
    )


def newsletter() -> Printed:
    return printed(
        head(1, "Ward Round", 'class="mast"')
        + tag("p", "plain", "The newsletter for colleagues and neighbours, issue 31, spring 2025", 'class="line"')
        + inside(
            "div",
            'class="three"',
            head(2, "Vans for the Vale"),
            told(15, 1),
            told(13, 2),
            head(2, "Home from home"),
            told(21, 1),
            tag("blockquote", "quote", SAID[1]),
            told(22, 1),
            head(2, "In brief"),
            told(35, 1),
            told(41, 2),
            head(2, "Homes on a car park"),
            told(18, 1),
            told(30, 2),
        ),
        ".mast { font: bold 40pt 'Liberation Serif'; border-bottom: 2pt solid #222 } .three { columns: 3; column-gap: "
        "6mm; column-rule: .5pt solid #999; font-size: 9.5pt } blockquote { font: italic 13pt/1.3 'Liberation Serif'; "
        "margin: 8pt 4pt; color: #936 } .line { font-size: 9pt }",
    )


def people_plan() -> Printed:
    promises = (("We listen", 20, 0), ("We are fair", 23, 3), ("We grow", 8, 6))
    columns = "".join(
        inside("div", "", head(3, name), told(start, 2), bullets(POINTS[i : i + 3])) for name, start, i in promises
    )
    return printed(
        head(1, "Our people promise")
        + tag("p", "body", TEXTS[32], 'class="lead"')
        + inside("div", 'class="grid"', columns),
        "@page { size: A4 landscape } .grid { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 9mm } h3 { "
        "background: #4b2e83; color: #fff; padding: 4pt 7pt; font-size: 13pt } .lead { font-size: 13pt; width: 190mm }",
    )


def questions() -> Printed:
    answers = (14, 22, 6, 41, 21, 13)
    body = "".join(
        inside("section", "", head(3, question), told(i, 1)) for question, i in zip(ASKED, answers, strict=True)
    )
    return printed(
        head(1, "Your questions answered") + body,
        "section { display: grid; grid-template-columns: 45mm 1fr; column-gap: 7mm; border-top: .6pt solid #aaa; "
        "padding-top: 4pt; margin-bottom: 8pt } h3 { margin: 0; color: #06c }",
    )


def both_tongues() -> Printed:
    left = inside("div", 'lang="cy"', head(2, "Ein blwyddyn"), *(tag("p", "body", text) for text in CYMRAEG * 2))
    right = inside("div", "", head(2, "Our year"), *(tag("p", "body", text) for text in SAESNEG * 2))
    return printed(
        inside("div", 'class="facing"', left, right),
        ".facing { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; font-family: 'Liberation Serif'; "
        "font-size: 12pt } .facing > div + div { border-left: 1pt solid #b00; padding-left: 8mm }",
    )


def sidebar() -> Printed:
    facts = (("Partners", 33), ("Cost", 29), ("Contact", 39))
    aside = "".join(head(3, name) + told(i, 1) for name, i in facts)
    return printed(
        inside(
            "div",
            'class="page"',
            inside("main", "", head(1, "The Ropewalk"), told(34, 2), head(2, HEADS[8]), told(27, 1), told(5, 1)),
            inside("aside", "", head(2, "At a glance"), aside),
        )
        + inside("div", 'class="case"', head(2, "Case study: Yusuf"), told(28, 1), tag("p", "quote", SAID[0])),
        "@page { margin: 15mm } .page { display: flex; gap: 8mm } main { flex: 1 } aside { width: 48mm; background: "
        "#123a5a; color: #fff; padding: 9pt; font-size: 9pt } aside h2 { color: #fff } .case { border: 1.5pt solid "
        "#e8a33d; padding: 9pt; margin-top: 9pt }",
    )


def round_picture() -> Printed:
    return printed(
        head(1, "A rural county")
        + '<div class="moon"></div>'
        + told(15, 2)
        + told(31, 2)
        + inside("figure", "", '<div class="photo"></div>', tag("figcaption", "caption", CAPTIONED[1]))
        + told(36, 6),
        ".moon { float: left; width: 70mm; height: 70mm; border-radius: 50%; shape-outside: circle(); background: #9bd; "
        "margin: 0 6mm 3mm 0 } figure { float: right; width: 62mm; margin: 2mm 0 3mm 6mm } .photo { height: 40mm; "
        "background: #a97 } figcaption { font: italic 8pt 'Liberation Sans' }",
    )


def agenda() -> Printed:
    rows = (
        ("Time", "Item", "Lead", "Paper"),
        ("9.30", "1. Welcome and apologies", "Chair", "Verbal"),
        ("9.35", "2. Declarations of interest", "All", "Verbal"),
        ("9.40", "3. A patient's story: how the listening service helped a night porter", "Chief Nurse", "Film"),
        ("10.00", "4. Minutes of the meeting held on 25 July 2024 and matters arising", "Chair", "A, B"),
        ("10.10", "5. Anchor institution programme: half-year progress", "Chief Strategy Officer", "C"),
        ("10.40", "6. Race equality: indicators and action plan", "Chief People Officer", "D"),
        ("11.15", "7. Any other business", "Chair", "Verbal"),
    )
    return printed(
        head(1, "Board of Directors")
        + tag("p", "plain", "Thursday 26 September 2024, 9.30 am, the Guildhall, Orrinhead", 'class="when"')
        + head(2, "Agenda")
        + table(rows, 'class="bare"')
        + told(39, 1),
        ".when { margin-bottom: 16pt } .bare td { padding: 6pt 8pt 6pt 0; font-size: 10.5pt } "
        ".bare tr:first-child { font-weight: bold }",
    )


def _person(post: str, name: str) -> str:
    return inside("div", 'class="person"', tag("b", "heading", post), tag("span", "plain", name))


def organisation() -> Printed:
    people = (
        (("Chief Executive", "Ruth Abara"),),
        (
            ("Chief Nurse", "Tomasz Wilk"),
            ("Medical Director", "Farida Halloran"),
            ("Chief Finance Officer", "Ian Oyelaran"),
        ),
        (
            ("Head of Midwifery", "Jo Llewelyn"),
            ("Head of Research", "Priya Nair"),
            ("Head of Procurement", "Sam Doyle"),
        ),
    )
    levels = "".join(inside("div", 'class="level"', *(_person(*names) for names in level)) for level in people)
    return printed(
        head(1, "How we are led") + told(40, 1) + levels + told(37, 1),
        ".level { display: flex; justify-content: center; gap: 12mm; margin: 0 0 12mm } .person { border: 1pt solid "
        "#357; border-radius: 5pt; padding: 6pt; width: 42mm; text-align: center } .person * { display: block }",
    )


def milestones() -> Printed:
    years = (("2019", 9), ("2021", 25), ("2023", 11), ("2024", 38), ("2025", 23))
    stops = "".join(inside("div", 'class="stop"', head(3, year), told(i, 1)) for year, i in years)
    return printed(
        head(1, "Our way to net zero") + inside("div", 'class="line"', stops) + told(4, 1),
        ".line { border-left: 3pt solid #2a7; margin: 12pt 0 12pt 84mm } .stop { width: 78mm; padding-left: 6mm } "
        ".stop:nth-child(odd) { margin-left: -85mm; padding: 0 6mm 0 0; text-align: right } h3 { font-size: 15pt }",
    )


SHEETS: dict[str, Callable[[], Printed]] = {
    "unseen-01-annual-report": annual_report,
    "unseen-02-quality-account": quality_account,
    "unseen-03-green-plan": green_plan,
    "unseen-04-newsletter": newsletter,
    "unseen-05-people-plan": people_plan,
    "unseen-06-questions": questions,
    "unseen-07-both-tongues": both_tongues,
    "unseen-08-sidebar": sidebar,
    "unseen-09-round-picture": round_picture,
    "unseen-10-agenda": agenda,
    "unseen-11-organisation": organisation,
    "unseen-12-milestones": milestones,
}
