"""Pages set in frames by a program for reports: side heads, footnotes, long tables, a front page of several stories."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    ListFlowable,
    ListItem,
    LongTable,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

from tests.layouts.unseen.printed import Printed, row
from tests.layouts.unseen.words import HEADS, POINTS, SAID, TEXTS, texts
from tests.layouts.wanted import Margins, Wanted, no_margins

SERIF = ParagraphStyle("serif", fontName="Times-Roman", fontSize=10.5, leading=13.5, spaceAfter=5)
JUSTIFIED = ParagraphStyle("justified", SERIF, alignment=TA_JUSTIFY, spaceAfter=0, firstLineIndent=12)
SANS = ParagraphStyle("sans", fontName="Helvetica", fontSize=9.5, leading=12.5, spaceAfter=6)
SMALL = ParagraphStyle("small", SANS, fontSize=8, leading=10, spaceAfter=2)
QUOTE = ParagraphStyle("quote", SANS, fontName="Helvetica-Oblique", fontSize=14, leading=18, textColor=colors.teal)
TITLE = ParagraphStyle("title", SANS, fontName="Helvetica-Bold", fontSize=20, leading=24, spaceAfter=8)
HEAD = ParagraphStyle("head", SANS, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=6, spaceAfter=3)
CELL = ParagraphStyle("cell", SANS, fontSize=8.5, leading=10.5, spaceAfter=0)

Place = tuple[float, float, float, float]
Draw = Callable[[Any, Any], None]


class Story:
    """Flowables with what is to be read in them."""

    def __init__(self) -> None:
        self.parts: list[Flowable] = []
        self.flow: list[Wanted] = []

    def say(self, text: str, style: ParagraphStyle = SERIF, kind: str = "body", note: str = "") -> None:
        self.parts.append(Paragraph(escape(text) + (f"<super>{note}</super>" if note else ""), style))
        self.flow.append(Wanted(kind, text))

    def told(self, start: int, count: int, style: ParagraphStyle = SERIF) -> None:
        for text in texts(start, count):
            self.say(text, style)

    def head(self, text: str, style: ParagraphStyle = HEAD) -> None:
        self.say(text, style, "heading")

    def points(self, points: Sequence[str], style: ParagraphStyle = SERIF) -> None:
        items = [ListItem(Paragraph(escape(text), style)) for text in points]
        self.parts.append(ListFlowable(items, bulletType="bullet", start="square", bulletFontSize=6, leftIndent=12))
        self.flow += [Wanted("list_item", text) for text in points]

    def table(self, rows: Iterable[Sequence[str]], widths: Sequence[float], *styles: tuple[Any, ...]) -> None:
        listed = list(rows)
        cells = [[Paragraph(escape(cell), CELL) for cell in line] for line in listed]
        style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *styles])
        self.parts += [LongTable(cells, [width * mm for width in widths], repeatRows=1, style=style), Spacer(1, 8)]
        self.flow += map(row, listed)

    def next_frame(self) -> None:
        self.parts.append(FrameBreak())

    def printed(self, places: Sequence[Place], draw: Draw = lambda *_: None, margins: Margins = no_margins) -> Printed:
        """Set into frames (left, bottom, width and height in mm), the same on each page."""
        file = BytesIO()
        frames = [Frame(*(side * mm for side in place), 0, 0, 0, 0) for place in places]
        template = BaseDocTemplate(file, pagesize=A4, pageTemplates=[PageTemplate(frames=frames, onPage=draw)])
        template.build(self.parts)
        return Printed(file.getvalue(), self.flow, margins)


def footnoted() -> Printed:
    story = Story()
    story.head("Access to work: policy statement", TITLE)
    story.told(5, 1)
    story.say(TEXTS[6], note="1")
    story.told(21, 4)
    story.say(TEXTS[37], note="2")
    story.told(8, 5)
    story.next_frame()
    story.say("1 Public authorities must also publish equality objectives every four years.", SMALL)
    story.say("2 Figures at 31 March; bands as in the national agreement on pay.", SMALL)

    def line(canvas: Any, _: Any) -> None:
        canvas.line(25 * mm, 46 * mm, 75 * mm, 46 * mm)

    return story.printed([(25, 50, 160, 225), (25, 20, 160, 24)], line)


def side_heads() -> Printed:
    story = Story()
    for i in range(3):
        if i:
            story.next_frame()
        story.head(HEADS[i + 8])
        story.next_frame()
        story.told(5 + i * 11, 3)
    places = [place for i in range(3) for place in ((20, 195 - i * 88, 38, 80), (65, 195 - i * 88, 125, 80))]
    return story.printed(places)


def grants() -> Printed:
    story = Story()
    story.head("Grants made in the year", TITLE)
    story.told(4, 1, SANS)
    bodies = (
        "Hob Lane Residents",
        "Dunmarsh Nursery",
        "Orrin Valley Minibus",
        "Aske Park Allotments",
        "St Bride's Hall",
    )
    uses = (
        "Warm meals on Sundays",
        "Picture books in six languages, with a story hour on Saturday mornings",
        "New brakes",
    )
    header = ("Organisation", "What the grant paid for", "Amount")
    rows = [
        (f"{bodies[i % 5]} {'' if i < 5 else i // 5 + 1}".strip(), uses[i % 3], f"£{400 + 137 * i:,}")
        for i in range(34)
    ]
    stripes = [("BACKGROUND", (0, i), (-1, i), colors.whitesmoke) for i in range(2, 35, 2)]
    story.table([header, *rows], (60, 80, 25), *stripes, ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black))
    story.told(29, 1, SANS)
    return story.printed(
        [(22, 20, 166, 255)], margins=lambda page: (("header", " | ".join(header)),) if page > 1 else ()
    )


def front_page() -> Printed:
    story = Story()
    story.head("The Orrin Messenger", ParagraphStyle("mast", TITLE, fontName="Times-Bold", fontSize=34, leading=40))
    story.next_frame()
    story.head("Dentists come to Hob Lane", ParagraphStyle("lead", TITLE, fontName="Times-Bold"))
    story.told(24, 1, JUSTIFIED)
    story.told(30, 2, JUSTIFIED)
    story.next_frame()
    story.head("In brief")
    story.told(41, 2, SANS)
    story.told(35, 1, SANS)
    story.next_frame()
    for i, start in enumerate((12, 34, 28)):
        if i:
            story.next_frame()
        story.head(HEADS[5 + i])
        story.told(start, 1, JUSTIFIED)
        story.told(start + 2, 1, JUSTIFIED)
    thirds = [(15 + i * 62, 20, 56, 115) for i in range(3)]

    def rules(canvas: Any, _: Any) -> None:
        canvas.line(15 * mm, 250 * mm, 195 * mm, 250 * mm)
        canvas.setFillColor(colors.lightyellow)
        canvas.rect(137 * mm, 140 * mm, 60 * mm, 105 * mm, stroke=0, fill=1)
        canvas.setFillColor(colors.black)

    return story.printed([(15, 255, 180, 25), (15, 140, 116, 105), (140, 140, 54, 102), *thirds], rules)


def statement() -> Printed:
    story = Story()
    story.head("A word from the chair", TITLE)
    story.say(SAID[2], QUOTE, "quote")
    story.next_frame()
    story.told(1, 2, SANS)
    story.told(10, 1, SANS)
    story.points(POINTS[:4], SANS)
    story.next_frame()
    story.told(15, 2, SANS)
    story.told(32, 1, SANS)
    story.say("Delia Achebe", HEAD, "address")
    story.say("Chair, Wenlow Hospitals", SMALL, "address")

    def portrait(canvas: Any, _: Any) -> None:
        canvas.setFillColor(colors.lightblue)
        canvas.rect(20 * mm, 215 * mm, 45 * mm, 60 * mm, stroke=0, fill=1)
        canvas.setFillColor(colors.black)
        canvas.setFont("Helvetica", 8)
        canvas.drawRightString(190 * mm, 12 * mm, "Wenlow Hospitals | 3")

    return story.printed(
        [(72, 215, 118, 60), (20, 25, 82, 182), (108, 25, 82, 182)],
        portrait,
        lambda page: (("footer", "Wenlow Hospitals | 3"),),
    )


SHEETS: dict[str, Callable[[], Printed]] = {
    "unseen-26-footnoted": footnoted,
    "unseen-27-side-heads": side_heads,
    "unseen-28-grants": grants,
    "unseen-29-front-page": front_page,
    "unseen-30-statement": statement,
}
