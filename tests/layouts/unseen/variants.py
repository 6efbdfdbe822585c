"""Kinds of pages that stand among those kept aside, made by another program and with other words, to mend the rules on."""

from collections.abc import Callable
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from tests.layouts.browser import running
from tests.layouts.unseen.designed import bullets, head, inside, pieces, printed, table, tag, told
from tests.layouts.unseen.frames import HEAD, JUSTIFIED, QUOTE, SANS, SERIF, SMALL, TITLE, Story
from tests.layouts.unseen.printed import Printed
from tests.layouts.unseen.slides import at, slides
from tests.layouts.unseen.words import ASKED, EQUALITY, HEADS, POINTS, SAID, TEXTS
from tests.layouts.unseen.written import BARE, Paper


def answers() -> Printed:
    story = Story()
    story.head("Questions from the public", TITLE)
    places = [(20.0, 255.0, 170.0, 20.0)]
    for i, question in enumerate(ASKED[1:5]):
        story.next_frame()
        story.head(question, HEAD)
        story.next_frame()
        story.told(3 + 7 * i, 1, SANS)
        places += [(20, 220 - 32 * i, 40, 28), (66, 220 - 32 * i, 124, 28)]

    def rules(canvas: Any, _: Any) -> None:
        for i in range(4):
            canvas.line(20 * mm, (249.5 - 32 * i) * mm, 190 * mm, (249.5 - 32 * i) * mm)

    return story.printed(places, rules)


def two_sides() -> Printed:
    story = Story()
    right = ParagraphStyle("right", SANS, alignment=TA_RIGHT)
    right_head = ParagraphStyle("right head", HEAD, alignment=TA_RIGHT)
    story.head("How we got here", TITLE)
    places = [(20.0, 260.0, 170.0, 15.0)]
    for i, (year, start) in enumerate((("2018", 12), ("2020", 13), ("2022", 28), ("2023", 20))):
        story.next_frame()
        story.head(year, HEAD if i % 2 else right_head)
        story.told(start, 1, SANS if i % 2 else right)
        places.append((110 if i % 2 else 20, 215 - 40 * i, 80, 38))
    return story.printed(places, lambda canvas, _: canvas.line(105 * mm, 60 * mm, 105 * mm, 252 * mm))


def notes_of_meeting() -> Printed:
    paper = Paper("Arial", 10.5)
    paper.head("Staff Side Forum: notes")
    people = (
        ("Attended", "Jo Llewelyn", "Chair, staff side"),
        ("", "Sam Doyle", "Head of Procurement"),
        ("", "Priya Nair", "Head of Research"),
        ("Apologies", "Ian Oyelaran", "Chief Finance Officer"),
    )
    paper.table(people, (3, 5, 8), BARE, "row")
    paper.head("Matters discussed", 2)
    rows = (
        ("1.", "The notes of the last meeting were agreed.", ""),
        ("2.", TEXTS[14], "JL"),
        ("3.", TEXTS[20], "SD"),
        ("4.", TEXTS[38], ""),
        ("5.", TEXTS[42] + " PN will circulate the leaflet.", "PN"),
    )
    paper.table(rows, (1.3, 12.7, 2), BARE)
    paper.told(35, 1)
    return paper.printed()


def topped_cards() -> Printed:
    cards = "".join(
        inside("div", "", head(3, name), told(i, 1)) for name, i in (("Heard", 25), ("Changed", 12), ("Learnt", 43))
    )
    return printed(
        head(2, HEADS[2])
        + told(36, 1)
        + inside("div", 'class="cards"', cards)
        + told(24, 1)
        + inside("div", 'class="two"', head(3, HEADS[13]), told(30, 2), head(3, HEADS[12]), told(15, 1)),
        ".cards { display: flex; gap: 7mm; margin: 8pt 0 } .cards > div { flex: 1; border-top: 2pt solid #077; padding-top: "
        "4pt; font-size: 9pt } .two { columns: 2; column-gap: 8mm }",
    )


def right_bar() -> Printed:
    story = Story()
    story.head("Learning together", TITLE)
    story.told(10, 1)
    story.told(21, 2)
    story.points(POINTS[:4])
    story.told(30, 2)
    story.next_frame()
    white = ParagraphStyle("white", SANS, textColor=colors.white)
    story.head("Key facts", ParagraphStyle("white head", HEAD, textColor=colors.white))
    story.told(22, 1, white)
    story.told(41, 1, white)
    story.told(29, 1, white)
    story.next_frame()
    story.head("Case study: the narrowboat meeting")
    story.told(32, 1, SANS)
    story.say(SAID[0], SANS, "quote")

    def boxes(canvas: Any, _: Any) -> None:
        canvas.setFillColor(colors.darkblue)
        canvas.rect(146 * mm, 125 * mm, 50 * mm, 155 * mm, stroke=0, fill=1)
        canvas.setFillColor(colors.black)
        canvas.rect(18 * mm, 70 * mm, 178 * mm, 45 * mm)

    return story.printed([(20, 125, 118, 152), (150, 130, 42, 146), (23, 72, 168, 40)], boxes)


def plain_slides() -> Printed:
    return slides(
        (
            at((20, 45, 214, 20), head(1, "Board development day"), attributes='class="cover"'),
            at((20, 70, 214, 10), tag("p", "plain", "17 October 2024"), attributes='class="cover"'),
        ),
        (
            head(1, HEADS[5]),
            at((12, 28, 110, 10), head(2, "Last year")),
            at((12, 40, 110, 85), bullets(POINTS[8:12])),
            at((130, 28, 110, 10), head(2, "This year")),
            at((130, 40, 110, 85), bullets(POINTS[4:8])),
        ),
        (head(1, HEADS[8]), at((12, 30, 220, 60), bullets(POINTS[1:4]), attributes='class="large"')),
        style=".cover { text-align: center } .large { font-size: 18pt }",
    )


def figures_and_table() -> Printed:
    numbers = (
        ("31", "issues"),
        ("2,300", "disputed items cleared"),
        ("58", "clinicians registered"),
        ("83%", "would come back"),
    )
    big = "".join(pieces("figure", *parts) for parts in numbers)
    return printed(
        head(1, HEADS[0]) + inside("div", 'class="row"', big) + table(EQUALITY, 'class="zebra"') + told(17, 1),
        ".row { display: grid; grid-template-columns: repeat(4, 1fr); margin-bottom: 14pt } .row span { display: block } "
        ".row span:first-child { font-size: 28pt; color: #a03 } .zebra tr:nth-child(odd) { background: #eee }",
    )


def gazette() -> Printed:
    story = Story()
    story.head("Dunmarsh Gazette", ParagraphStyle("mast", TITLE, fontSize=30, leading=36))
    story.say("News for parents, governors and neighbours, autumn 2024", SMALL, "plain")
    story.next_frame()
    for name, start, count in ((HEADS[5], 12, 1), (HEADS[12], 15, 1), (HEADS[7], 13, 2), (HEADS[6], 18, 2)):
        story.head(name)
        story.told(start, count, JUSTIFIED)
    story.say(SAID[1], QUOTE, "quote")
    story.told(34, 1, JUSTIFIED)
    story.head("Dates")
    story.told(35, 1, JUSTIFIED)
    story.told(41, 1, JUSTIFIED)
    columns = [(15.0 + i * 62, 120.0, 56.0, 130.0) for i in range(3)]

    def rules(canvas: Any, _: Any) -> None:
        for i in (1, 2):
            canvas.line((12 + i * 62) * mm, 120 * mm, (12 + i * 62) * mm, 250 * mm)

    return story.printed([(15, 255, 180, 25), *columns], rules)


def easy_words() -> Printed:
    lines = (
        "We are the trust. We run two big hospitals and some small ones.",
        "We asked people what is good and what is bad.",
        "People said that our letters are hard to read. We will write them again with you.",
        "People said that the bus comes too late. There will be a bus at 5 in the morning.",
    )
    rows = "".join(inside("div", 'class="line"', '<div class="pic"></div>', tag("p", "row", text)) for text in lines)
    return printed(
        head(1, "Our plan in easy words") + rows,
        "p { font-size: 17pt } .line { display: grid; grid-template-columns: 45mm 1fr; gap: 8mm; margin-bottom: 9mm } "
        ".pic { height: 30mm; background: #cde }",
    )


def foreword() -> Printed:
    return printed(
        '<div class="face"></div>'
        + head(1, "Welcome from the vice-chancellor")
        + tag("blockquote", "quote", SAID[0])
        + inside("div", 'class="two"', told(30, 2), told(21, 1), bullets(POINTS[5:9]), told(31, 1), told(34, 1))
        + tag("p", "address", "Professor Amal Deeb", 'class="name"')
        + tag("p", "address", "Vice-Chancellor"),
        ".face { float: left; width: 42mm; height: 50mm; background: #cba; margin-right: 8mm } .two { clear: both; "
        "columns: 2; column-gap: 9mm; padding-top: 10mm } blockquote { font: italic 15pt/1.3 'Liberation Serif'; "
        "color: #076; margin-left: 50mm } .name { font-weight: bold; margin-top: 12pt }",
    )


def foot() -> Printed:
    return printed(
        inside("div", 'class="sheet"', head(1, "Conduct policy"), told(6, 1))
        + tag("p", "body", TEXTS[20])
        + told(9, 6)
        + inside(
            "div",
            'class="foot"',
            tag("p", "body", "1 See also the policy on grievances, which was agreed in 2021."),
            tag("p", "body", "2 In this policy “manager” means the person to whom a colleague reports."),
        ),
        ".foot { position: fixed; bottom: 0; left: 0; right: 0; border-top: .5pt solid #000; font-size: 8pt } "
        "@page { @top-left { content: 'HR 14'; font: 8pt 'Liberation Sans' } }",
        running("HR 14", ""),
    )


def long_list() -> Printed:
    names = ("Ferry Lane Club", "Moorland Readers", "Stitch in Time", "Chapel Kitchen")
    rows = [(f"{names[i % 4]} {i + 1}", POINTS[(3 * i) % 12], f"£{(i + 3) * 250:,}") for i in range(30)]
    head_row = ("Group", "For", "Paid")
    story = Story()
    story.head("Community fund: awards", TITLE)
    story.told(13, 1, SERIF)
    rule = ("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey)
    story.table([head_row, *rows], (50, 90, 20), rule)
    story.told(33, 1, SERIF)
    return story.printed(
        [(22, 25, 166, 245)], margins=lambda page: (("header", " | ".join(head_row)),) if page > 1 else ()
    )


SHEETS: dict[str, Callable[[], Printed]] = {
    "unseen-57-answers": answers,
    "unseen-59-two-sides": two_sides,
    "unseen-61-notes-of-meeting": notes_of_meeting,
    "unseen-63-topped-cards": topped_cards,
    "unseen-65-right-bar": right_bar,
    "unseen-67-plain-slides": plain_slides,
    "unseen-69-figures-and-table": figures_and_table,
    "unseen-71-gazette": gazette,
    "unseen-73-easy-words": easy_words,
    "unseen-75-foreword": foreword,
    "unseen-77-long-list": long_list,
    "unseen-79-foot": foot,
}
