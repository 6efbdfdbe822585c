"""Papers written in a word processor: cover sheets, minutes, numbered reports, letters."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from tests.layouts.unseen import office
from tests.layouts.unseen.printed import Printed, row
from tests.layouts.unseen.words import ACTIONS, CAPTIONED, EQUALITY, HEADS, POINTS, SHEET, TEXTS, texts
from tests.layouts.wanted import Margins, Wanted, no_margins

GRID, BARE = "Table Grid", "Normal Table"


class Paper:
    """A document that notes what is written into it."""

    def __init__(self, font: str = "Arial", size: float = 11) -> None:
        self.file = docx.Document()
        self.flow: list[Wanted] = []
        style = self.file.styles["Normal"]
        style.font.name, style.font.size = font, Pt(size)
        style.paragraph_format.space_after = Pt(6)

    def head(self, text: str, level: int = 1) -> None:
        self.file.add_heading(text, level)
        self.flow.append(Wanted("heading", text))

    def told(self, start: int, count: int) -> None:
        for text in texts(start, count):
            self.say(text)

    def say(self, text: str, kind: str = "body", style: str = "Normal") -> Any:
        self.flow.append(Wanted(kind, text))
        return self.file.add_paragraph(text, style)

    def bullets(self, points: Iterable[str], style: str = "List Bullet") -> None:
        for text in points:
            self.say(text, "list_item", style)

    def clause(self, number: str, text: str, indent: float = 1.25, kind: str = "clause") -> None:
        """A numbered paragraph, its number hanging in the margin."""
        paragraph = self.file.add_paragraph(f"{number}\t{text}")
        paragraph.paragraph_format.left_indent = Cm(indent)
        paragraph.paragraph_format.first_line_indent = Cm(-1.25)
        self.flow.append(Wanted(kind, f"{number} {text}"))

    def table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], style: str = GRID, kind: str = "table_row"
    ) -> Any:
        table = self.file.add_table(0, len(widths), style)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for cells in rows:
            for cell, text, width in zip(table.add_row().cells, cells, widths, strict=True):
                cell.text, cell.width = text, Cm(width)
            self.flow.append(row(cells, kind))
        return table

    def running(self, header: str, footer: str) -> None:
        """Running lines; the page's number follows the footer."""
        section = self.file.sections[0]
        section.header.paragraphs[0].text = header
        run = section.footer.paragraphs[0].add_run(footer)
        _field(run, "PAGE")

    def columns(self, count: int) -> None:
        """Columns from here on."""
        section = self.file.add_section(WD_SECTION.CONTINUOUS)
        section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), str(count))

    def printed(self, margins: Margins = no_margins) -> Printed:
        return Printed(office.printed(self.file.save, "docx"), self.flow, margins)


def _field(run: Any, name: str) -> None:
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = name
        run._r.append(element)


def shade(cells: Iterable[Any], colour: str) -> None:
    for cell in cells:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), colour)
        cell._tc.get_or_add_tcPr().append(shading)


def cover_sheet() -> Printed:
    paper = Paper()
    paper.head("Report to the Board of Directors")
    table = paper.table(SHEET, (4.5, 11.5))
    shade((line.cells[0] for line in table.rows), "D9E2F3")
    paper.head("1. Purpose", 2)
    paper.clause("1.1", TEXTS[32])
    paper.head("2. Progress since April", 2)
    for i, number in enumerate(("2.1", "2.2", "2.3")):
        paper.clause(number, TEXTS[8 + 5 * i])
    for i, number in enumerate(("2.3.1", "2.3.2")):
        paper.clause(number, TEXTS[20 + i * 2], 2.5)
    paper.clause("2.4", TEXTS[25])
    paper.head("3. Recommendation", 2)
    paper.clause("3.1", "The Board is asked to note the report and to agree the dates in section 2.")
    return paper.printed()


def minutes() -> Printed:
    paper = Paper("Calibri", 11)
    paper.head("Minutes of the People Committee")
    paper.say("Held on Tuesday 9 January 2024 at 2.00 pm in the Library, Aske Park", "plain")
    present = (
        ("Present:", "Ms D Achebe", "Non-Executive Director (Chair)"),
        ("", "Mr R Tolland", "Non-Executive Director"),
        ("", "Dr F Halloran", "Medical Director"),
        ("In attendance:", "Mrs S Oduya", "Associate Director of Partnerships"),
    )
    paper.table(present, (3.5, 4, 8.5), BARE, "row")
    items = (
        ("", "Item", "Action"),
        ("24/01", "Apologies were received from Mr Pritchard. The meeting was quorate.", ""),
        ("24/02", TEXTS[7], ""),
        ("24/03", "SO reported on the open days. " + TEXTS[8], "SO"),
        ("24/04", TEXTS[20] + " DA asked that the report be shared with staff side before March.", "DA/SO"),
        ("24/05", TEXTS[37], "RT"),
        ("24/06", TEXTS[19], ""),
    )
    paper.say("Minutes", "heading").runs[0].bold = True
    paper.table(items, (1.8, 12, 2.2), BARE)
    paper.say("The meeting closed at 4.05 pm.")
    return paper.printed()


def policy() -> Printed:
    paper = Paper("Times New Roman", 12)
    paper.running("Procurement policy, version 4", "Review date: May 2026. Page ")
    paper.head("Procurement policy")
    for number, title, start in (("1", "Scope", 5), ("2", "Duties", 25), ("3", "Monitoring", 33)):
        paper.head(f"{number}. {title}", 2)
        paper.clause(f"{number}.1", TEXTS[start])
        paper.clause(f"{number}.2", TEXTS[start + 2])
        for letter, point in zip("abc", POINTS[int(number) :], strict=False):
            paper.clause(f"({letter})", point, 2.5, "list_item")
        paper.clause(f"{number}.3", TEXTS[start + 3])
        paper.clause(f"{number}.4", TEXTS[start - 3])
        paper.clause(f"{number}.5", TEXTS[start - 5])
    return paper.printed(
        lambda page: (
            ("header", "Procurement policy, version 4"),
            ("footer", f"Review date: May 2026. Page {page}"),
        )
    )


def cabinet() -> Printed:
    paper = Paper("Arial", 12)
    lines = (
        ("Report to:", "Cabinet"),
        ("Date:", "14 November 2024"),
        ("Portfolio holder:", "Councillor Mared Ellis, Economy and Skills"),
        ("Wards affected:", "All"),
    )
    paper.head("Orrin Valley Council", 2)
    paper.table(lines, (4.5, 11.5), BARE, "row")
    paper.head("Ropewalk enterprise centre: five years on", 2)
    for number, title, start, count in (
        (1, "Background", 34, 2),
        (2, "Options considered", 38, 3),
        (3, "Financial implications", 33, 1),
        (4, "Equality implications", 6, 2),
    ):
        paper.say(f"{number}.0\t{title}".replace("\t", " "), "heading").runs[0].bold = True
        for i, text in enumerate(texts(start, count), 1):
            paper.clause(f"{number}.{i}", text)
    return paper.printed()


def letter() -> Printed:
    paper = Paper("Cambria", 11)
    right = paper.say("Orrin Valley Council\nThe Guildhall\nOrrinhead OV1 1AA", "address")
    right.paragraph_format.left_indent = Cm(11)
    paper.flow[-1] = Wanted("address", "Orrin Valley Council The Guildhall Orrinhead OV1 1AA")
    paper.say("Our ref: OVC/24/118", "plain")
    paper.say("3 June 2024", "plain")
    paper.say("Dear Ms Achebe,")
    paper.say("Warm spaces and the winter to come", "heading").runs[0].bold = True
    paper.told(41, 1)
    paper.told(26, 1)
    paper.say("We would like to ask the trust to:")
    paper.bullets(POINTS[6:9])
    paper.told(38, 1)
    paper.say("Yours sincerely,")
    paper.say("Mared Ellis", "address")
    return paper.printed()


def columns() -> Printed:
    paper = Paper("Calibri", 10.5)
    paper.head("Community matters", 0)
    paper.say("Dunmarsh College, summer 2024", "plain")
    paper.columns(2)
    for i, start in enumerate((12, 30, 26, 36)):
        paper.head(HEADS[i + 4], 2)
        paper.told(start, 3 - i % 2)
    paper.bullets(POINTS[8:12])
    return paper.printed()


def workforce() -> Printed:
    paper = Paper("Arial", 10)
    paper.head("Workforce race equality report")
    paper.told(37, 1)
    paper.say("Table 1: indicators over three years", "caption", "Caption")
    table = paper.table(EQUALITY, (8, 2, 2, 2, 2))
    shade(table.rows[0].cells, "005EB8")
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    paper.told(23, 1)
    paper.say("Table 2: what we will do", "caption", "Caption")
    paper.table(ACTIONS, (3, 5, 5, 3))
    paper.told(20, 1)
    return paper.printed()


def easy_read() -> Printed:
    paper = Paper("Arial", 16)
    paper.head("What the hospital will do this year")
    lines = (
        "This paper is about our plan.",
        "We will give more people a job. You do not need any exams.",
        "We will help you to fill in the form. You can bring a friend.",
        "We will pay for your bus.",
        "If you want to know more you can ring us. We will ring you back on the same day.",
    )
    paper.table([("", text) for text in lines], (5, 11), BARE, "row")
    return paper.printed()


def report() -> Printed:
    paper = Paper("Georgia", 11)
    paper.running("Kestrel Housing Group", "")
    paper.head("Report of the trustees")
    for i, start in enumerate((18, 29, 4)):
        paper.head(HEADS[i + 6], 2)
        paper.told(start, 3)
        paper.bullets(POINTS[i * 3 : i * 3 + 3], "List Number")
        numbers = range(i * 3 + 1, i * 3 + 4)
        for place, number in zip(range(-3, 0), numbers, strict=True):
            paper.flow[place] = Wanted("list_item", f"{number}. {paper.flow[place].text}")
    paper.say(CAPTIONED[0], "caption", "Caption")
    paper.told(9, 3)
    return paper.printed(lambda page: (("header", "Kestrel Housing Group"), ("footer", str(page))))


SHEETS: dict[str, Callable[[], Printed]] = {
    "unseen-13-cover-sheet": cover_sheet,
    "unseen-14-minutes": minutes,
    "unseen-15-policy": policy,
    "unseen-16-cabinet": cabinet,
    "unseen-17-letter": letter,
    "unseen-18-columns": columns,
    "unseen-19-workforce": workforce,
    "unseen-20-easy-read": easy_read,
    "unseen-21-trustees": report,
}
