"""Further pages of the kinds that the first thirty show, made another way; the rules were mended on them too."""

from collections.abc import Callable

from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.layouts.browser import running
from tests.layouts.unseen.designed import bullets, head, inside, pieces, printed, table, tag, told
from tests.layouts.unseen.frames import JUSTIFIED, SANS, SMALL, TITLE, Story
from tests.layouts.unseen.printed import Printed
from tests.layouts.unseen.slides import at, slides
from tests.layouts.unseen.words import ACTIONS, ASKED, HEADS, POINTS, SAID, SHEET, TEXTS
from tests.layouts.unseen.written import BARE, Paper


def minutes() -> Printed:
    rows = (
        ("Ref", "Discussion", "Owner"),
        ("1", "Apologies: Dr Halloran. There were no declarations of interest.", ""),
        ("2", TEXTS[7], ""),
        ("3", TEXTS[27] + " The finance director will report again in June.", "IO"),
        ("4", TEXTS[43], "FH, TW"),
        ("5", "Any other business: none.", ""),
    )
    return printed(
        head(1, "Notes of the Finance Committee")
        + tag("p", "plain", "Monday 4 March 2024, by video")
        + table(rows, 'class="lined"')
        + tag("p", "body", "Next meeting: Monday 3 June 2024."),
        ".lined td { border-bottom: .4pt solid #bbb; padding: 5pt 6pt } .lined td:first-child { width: 9mm } "
        ".lined td:last-child { width: 18mm } .lined { font-size: 10.5pt }",
    )


def agenda() -> Printed:
    paper = Paper("Arial", 11)
    paper.head("Council of Governors")
    paper.say("Wednesday 12 June 2024 at 5.30 pm, Education Centre, Aske Park", "plain")
    rows = (
        ("1", "Chair's welcome", "", "17.30"),
        ("2", "Minutes of the last meeting (enclosed) and actions that are still open", "Chair", "17.35"),
        ("3", "Report of the nominations committee", "R Tolland", "17.45"),
        ("4", "Presentation by apprentices of the estates team on the solar roof at Aske Park", "S Doyle", "18.00"),
        ("5", "Questions from members of the public", "All", "18.30"),
        ("6", "Date of the next meeting", "Chair", "18.55"),
    )
    paper.table(rows, (1.2, 9.5, 3, 2), BARE)
    return paper.printed()


def questions() -> Printed:
    story = Story()
    story.head("What people ask us", TITLE)
    for i, question in enumerate(ASKED):
        story.head(f"Q{i + 1}. {question}")
        story.told(8 + 5 * i, 1, SANS)
    return story.printed([(20, 25, 80, 250), (110, 25, 80, 250)])


def stages() -> Printed:
    years = (("Spring", 13), ("Summer", 22), ("Autumn", 29), ("Winter", 41))
    stops = "".join(inside("div", "", head(3, name), told(i, 1)) for name, i in years)
    return printed(
        head(1, HEADS[11]) + told(32, 1) + inside("div", 'class="flow"', stops) + head(2, HEADS[12]) + told(15, 2),
        ".flow { display: flex; gap: 6mm; border-top: 4pt solid #0a4d68; padding-top: 4pt; font-size: 9pt }",
    )


def attendance() -> Printed:
    story = Story()
    story.head("Attendance at meetings of the board", TITLE)
    story.told(40, 1, SANS)
    people = (
        ("Delia Achebe", "Chair"),
        ("Ruth Abara", "Chief Executive"),
        ("Farida Halloran", "Medical Director"),
        ("Tomasz Wilk", "Chief Nurse"),
        ("Rob Tolland", "Non-Executive Director"),
    )
    rows = [("Name", "Role", "Board", "Audit", "People")]
    rows += [
        (name, role, f"{9 - i % 3} of 9", "n/a" if i % 2 else "4 of 5", f"{6 - i} of 6")
        for i, (name, role) in enumerate(people)
    ]
    story.table(rows, (42, 50, 22, 22, 22))
    story.told(19, 2, SANS)
    return story.printed([(22, 20, 166, 255)])


def labels() -> Printed:
    lines = "".join(
        f'<div class="pair" data-k="row" data-t="{name}: | {text}"><b>{name}:</b><span>{text}</span></div>'
        for name, text in SHEET[:5]
    )
    return printed(
        head(2, "Wenlow Hospitals NHS Foundation Trust") + lines + head(2, "Introduction") + told(25, 3),
        ".pair { display: grid; grid-template-columns: 50mm 1fr; margin-bottom: 5pt }",
    )


def notes() -> Printed:
    story = Story()
    story.head("Fair pay: what the figures say", TITLE)
    story.next_frame()
    story.told(0, 3, JUSTIFIED)
    story.say(TEXTS[37], JUSTIFIED, note="1")
    story.told(5, 3, JUSTIFIED)
    story.next_frame()
    story.say(TEXTS[23], JUSTIFIED, note="2")
    story.told(9, 5, JUSTIFIED)
    story.next_frame()
    story.say("1 Bands 8c, 8d and 9, and very senior managers.", SMALL)
    story.say("2 The gap is the difference between the medians of hourly pay.", SMALL)
    return story.printed([(20, 255, 170, 20), (20, 55, 81, 195), (109, 55, 81, 195), (20, 20, 170, 25)])


def left_bar() -> Printed:
    facts = (("Founded", 34), ("Trustees", 29), ("In print", 39))
    bar = "".join(head(3, name) + told(i, 1) for name, i in facts)
    return printed(
        inside(
            "div",
            'class="page"',
            inside("aside", "", bar),
            inside("main", "", head(1, "Kestrel Housing Group"), told(18, 1), bullets(POINTS[4:8]), told(30, 3)),
        ),
        ".page { display: grid; grid-template-columns: 46mm 1fr; gap: 8mm } aside { background: #f3ead7; padding: 8pt; "
        "font-size: 8.5pt } @page { @bottom-right { content: counter(page); font: 8pt 'Liberation Sans' } }",
        running(),
    )


def three_columns() -> Printed:
    paper = Paper("Times New Roman", 10)
    paper.head("Kestrel calling", 0)
    paper.columns(3)
    for i, start in enumerate((17, 12, 26, 35, 3)):
        paper.head(HEADS[i], 3)
        paper.told(start, 2)
    paper.bullets(POINTS[:3])
    return paper.printed()


def four_figures() -> Printed:
    numbers = (("68", "adults seen"), ("114", "children seen"), ("£640", "average loan"), ("12 min", "between buses"))
    boxes = (
        at((12 + i % 2 * 58, 32 + i // 2 * 45, 54, 38), pieces("figure", *parts), attributes='class="big tinted"')
        for i, parts in enumerate(numbers)
    )
    words = at((134, 32, 108, 90), head(2, "What lies behind them"), told(24, 1), bullets(POINTS[8:11]))
    return slides(
        (head(1, "Numbers that matter"), *boxes, words),
        style=".big { text-align: center } .big span { display: block } .big span:first-child { font-size: 30pt }",
    )


def actions_at_the_right() -> Printed:
    paper = Paper("Calibri", 11)
    paper.head("Minutes of the Patient Council")
    for i, (start, owner) in enumerate(((16, "FH"), (17, ""), (41, "TW"), (42, "TW/JL"))):
        paper.clause(f"{i + 1}.", TEXTS[start], kind="clause")
        if owner:
            paper.say(f"Action: {owner}", "plain").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.say("Signed as a correct record:")
    return paper.printed()


def long_grid() -> Printed:
    rows = [(f"{i + 1}", *ACTIONS[1 + i % 4]) for i in range(14)]
    header = "".join(f"<th>{name}</th>" for name in ("No", *ACTIONS[0]))
    body = table(rows).replace("<table >", "").replace("</table>", "")
    first = "No | " + " | ".join(ACTIONS[0])
    return printed(
        head(1, "Action plan")
        + f'<table class="grid"><thead><tr data-k="table_row" data-t="{first}">{header}</tr></thead>{body}</table>'
        + told(29, 1),
        ".grid td, .grid th { border: .6pt solid #444 } .grid { font-size: 10.5pt }",
        lambda page: (("header", first),) if page > 1 else (),
    )


def two_voices() -> Printed:
    left = inside("div", "", head(2, "The chair writes"), told(1, 2), tag("p", "quote", SAID[2], 'class="said"'))
    right = inside("div", "", head(2, "The chief executive writes"), told(9, 3))
    return printed(
        inside("div", 'class="pair"', left, right)
        + inside(
            "div",
            'class="pair"',
            inside("div", "", head(2, HEADS[10]), told(25, 1)),
            inside("div", "", head(2, HEADS[11]), told(34, 1)),
        ),
        ".pair { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; margin-bottom: 8mm } "
        ".said { font: bold 15pt/1.3 'Liberation Serif'; color: #884 }",
    )


SHEETS: dict[str, Callable[[], Printed]] = {
    "unseen-31-minutes-lined": minutes,
    "unseen-33-agenda-bare": agenda,
    "unseen-35-questions-in-columns": questions,
    "unseen-37-stages": stages,
    "unseen-39-attendance": attendance,
    "unseen-41-labels": labels,
    "unseen-43-notes-under-columns": notes,
    "unseen-45-left-bar": left_bar,
    "unseen-47-three-columns": three_columns,
    "unseen-49-four-figures": four_figures,
    "unseen-51-actions-at-the-right": actions_at_the_right,
    "unseen-53-long-grid": long_grid,
    "unseen-55-two-voices": two_voices,
}
