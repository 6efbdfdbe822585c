"""Tables as typesetting programs set them: rules, bands and places drawn by reportlab."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageBreak, PageTemplate, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from tests.tables import content
from tests.tables.content import Rows

TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=8)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10.5)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Helvetica-Bold")
WHITE = ParagraphStyle("white", parent=HEAD, textColor=colors.white)
FIGURE = ParagraphStyle("figure", parent=CELL, alignment=2)
SMALL = ParagraphStyle("small", parent=TEXT, fontSize=7.5, leading=9.5, spaceAfter=3)
TITLE = ParagraphStyle("title", parent=TEXT, fontName="Helvetica-Bold", fontSize=16, leading=20)
GREEN, PALE = colors.HexColor("#1f6f54"), colors.HexColor("#e4efe9")
Rules = list[tuple[Any, ...]]
GRID: Rules = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
LEVEL: Rules = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)]
LEVEL += [("VALIGN", (0, 0), (-1, -1), "TOP")]
COLOURED = [("BACKGROUND", (0, 0), (-1, 0), GREEN)]
ZEBRA = [("ROWBACKGROUNDS", (0, 1), (-1, -1), [PALE, colors.white]), ("VALIGN", (0, 0), (-1, -1), "TOP")]
NONE = [("VALIGN", (0, 0), (-1, -1), "TOP")]
THREE: Rules = [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)]
THREE += [("LINEBELOW", (0, -1), (-1, -1), 1, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
INNER = [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]

CUT = (7, 0, 0, 3)
"""Words of each cell that stand on the next page."""


@dataclass
class Made:
    """A document under way and what is to be read in it."""

    flow: list[Flowable] = field(default_factory=list)
    rows: Rows = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    size: tuple[float, float] = A4
    frames: list[Frame] | None = None

    def text(self, text: str, style: ParagraphStyle = TEXT) -> None:
        self.flow.append(Paragraph(text, style))
        self.prose.append(text)

    def table(self, rows: Rows, widths: Sequence[float], style: Rules, **settings: Any) -> None:
        self.flow.append(grid(rows, widths, style, **settings))
        self.flow.append(Spacer(1, 12))
        self.rows += [[cell for cell in row if cell] for row in rows]

    def save(self, path: Path) -> dict[str, Any]:
        width, height = self.size
        frames = self.frames or [Frame(56, 56, width - 112, height - 112, 0, 0, 0, 0)]
        document = BaseDocTemplate(
            str(path), pagesize=self.size, invariant=1, pageTemplates=[PageTemplate("a", frames)]
        )
        document.build(self.flow)
        return {"rows": self.rows, "prose": self.prose}


def grid(
    rows: Rows,
    widths: Sequence[float],
    style: Rules,
    head: ParagraphStyle = HEAD,
    figures: int | None = None,
    **settings: Any,
) -> Grid:
    """A table; columns from `figures` on are set to the right."""

    def cell(text: str, row: int, column: int) -> Paragraph | str:
        body = FIGURE if figures is not None and column >= figures else CELL
        return Paragraph(text, head if row < settings.get("repeatRows", 1) else body) if text else ""

    laid = [[cell(text, i, j) for j, text in enumerate(row)] for i, row in enumerate(rows)]
    return Grid(laid, widths, style=style, hAlign="LEFT", **settings)


def one_table(rows: Rows, widths: Sequence[float], style: Rules, **settings: Any) -> Callable[[], Made]:
    """A page with a table between two paragraphs."""

    def make() -> Made:
        made = Made()
        made.text("Progress in the year", TITLE)
        made.text(content.INTRO)
        made.table(rows, widths, style, **settings)
        made.text(content.AFTER)
        return made

    return make


def row_over_pages(style: Rules, header_again: bool) -> Callable[[], Made]:
    """A table whose fourth row is cut by the foot of the page."""

    def make() -> Made:
        made = Made()
        made.text(content.INTRO)
        widths = (150, 90, 70, 120)
        *rows, cut, last = content.ACTIONS
        words = [cell.split() for cell in cut]
        above = [" ".join(cell[: len(cell) - kept]) for cell, kept in zip(words, CUT, strict=True)]
        below = [" ".join(cell[len(cell) - kept :]) for cell, kept in zip(words, CUT, strict=True)]
        made.flow.append(grid([*rows, above], widths, style))
        made.flow.append(PageBreak())
        head = [rows[0]] if header_again else []
        made.flow.append(grid([*head, below, last], widths, style, repeatRows=len(head)))
        made.rows += content.ACTIONS
        made.flow.append(Spacer(1, 12))
        made.text(content.AFTER)
        return made

    return make


def table_over_pages() -> Made:
    """A table cut between two rows, its header printed again."""
    made = Made()
    made.text(content.INTRO)
    made.flow.append(Spacer(1, 545))
    made.table(content.GRANTS, (120, 260, 60), [*GRID, *COLOURED], head=WHITE, repeatRows=1)
    made.text(content.AFTER)
    return made


def merged_themes() -> Made:
    made = Made()
    made.text(content.INTRO)
    spans = [("SPAN", (0, 1), (0, 3)), ("SPAN", (0, 4), (0, 5))]
    made.table(content.THEMES, (90, 300, 70), [*GRID, *COLOURED, *spans], head=WHITE)
    made.text(content.AFTER)
    return made


def merged_years() -> Made:
    made = Made()
    made.text(content.INTRO)
    rows = [["Group", "2022/23", "", "2023/24", ""], *content.YEARS[1:]]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]
    made.table(rows, (120, 70, 70, 70, 70), [*GRID, *spans], figures=1, repeatRows=2)
    made.text(content.AFTER)
    return made


def side_by_side(style: Rules) -> Callable[[], Made]:
    """Two tables next to each other; the left one is read first."""

    def make() -> Made:
        made = Made()
        made.text(content.INTRO)
        left = grid(content.BURSARIES, (110, 80), style, figures=1)
        right = grid(content.VISITS, (130, 60), style, figures=1)
        made.flow.append(Grid([[left, right]], (250, 230), style=NONE, hAlign="LEFT"))
        made.rows += [*content.BURSARIES, *content.VISITS]
        made.flow.append(Spacer(1, 12))
        made.text(content.AFTER)
        return made

    return make


def beside_text(style: Rules) -> Callable[[], Made]:
    """A column of text, and a table beside it."""

    def make() -> Made:
        made = Made(frames=[Frame(56, 56, 230, 730, 0, 0, 0, 0), Frame(310, 56, 230, 730, 0, 0, 0, 0)])
        made.text(content.COLUMN)
        made.text(content.INTRO)
        made.flow.append(FrameBreak())
        made.flow.append(Spacer(1, 20))
        made.table(content.WARDS, (60, 65, 50, 55), style, figures=1)
        made.text(content.AFTER)
        return made

    return make


def wide() -> Made:
    made = Made(size=landscape(A4))
    made.text(content.INTRO)
    made.table(content.WIDE, (30, 110, 300, 120, 90, 60), [*GRID, *COLOURED], head=WHITE)
    made.text(content.AFTER)
    return made


def wide_level() -> Made:
    made = Made(size=landscape(A4))
    made.text(content.INTRO)
    made.table(content.WIDE, (30, 110, 300, 120, 90, 60), LEVEL)
    made.text(content.AFTER)
    return made


def with_footnotes(style: Rules) -> Callable[[], Made]:
    def make() -> Made:
        made = Made()
        made.text(content.INTRO)
        made.table(content.KPI, (220, 75, 75, 75), style, figures=1)
        for note in content.FOOTNOTES:
            made.text(note, SMALL)
        made.text(content.AFTER)
        return made

    return make


def three_tables() -> Made:
    """Tables of three kinds on one page."""
    made = Made()
    made.text(content.INTRO)
    made.table(content.PAPER, (130, 330), GRID, head=CELL)
    made.table(content.GAP, (160, 110, 110), LEVEL, figures=1)
    made.table(content.PROGRAMME, (170, 150, 100), NONE, figures=2)
    made.text(content.AFTER)
    return made


def no_table() -> Made:
    """Two columns of text under each other's headings: nothing here is a table."""
    made = Made(frames=[Frame(56, 56, 230, 730, 0, 0, 0, 0), Frame(310, 56, 230, 730, 0, 0, 0, 0)])
    made.text(content.COLUMN)
    made.text(content.INTRO)
    made.flow.append(FrameBreak())
    made.text(content.AFTER)
    made.text(content.COLUMN.replace("Saturdays", "Sundays"))
    made.flow.append(PageBreak())
    made.text(content.INTRO.replace("July", "October"))
    return made


DOCUMENTS: dict[str, Callable[[], Made]] = {
    "grid-figures": one_table(content.KPI, (220, 75, 75, 75), [*GRID, *COLOURED], head=WHITE, figures=1),
    "grid-inner-rules-only": one_table(content.RISKS, (150, 240, 60), INNER),
    "grid-sentences-landscape": wide,
    "grid-merged-first-column": merged_themes,
    "grid-merged-header": merged_years,
    "grid-over-pages-header-again": table_over_pages,
    "grid-row-over-pages": row_over_pages(GRID, False),
    "grid-row-over-pages-header-again": row_over_pages([*GRID, *COLOURED], True),
    "grids-side-by-side": side_by_side(GRID),
    "grid-beside-text": beside_text(GRID),
    "level-rules-sentences": one_table(content.ACTIONS, (190, 90, 70, 120), LEVEL),
    "level-rules-landscape": wide_level,
    "level-rules-row-over-pages": row_over_pages(LEVEL, False),
    "level-rules-row-over-pages-header-again": row_over_pages(LEVEL, True),
    "level-rules-side-by-side": side_by_side(LEVEL),
    "level-rules-beside-text": beside_text(LEVEL),
    "three-rules-figures": with_footnotes(THREE),
    "three-rules-sentences": one_table(content.GRANTS, (120, 260, 60), THREE),
    "bands-figures": with_footnotes([*ZEBRA, *COLOURED]),
    "bands-sentences": one_table(content.PROMISES, (80, 280, 110), [*ZEBRA, *COLOURED], head=WHITE),
    "bare-figures": one_table(content.WARDS, (120, 90, 90, 90), NONE, figures=1),
    "bare-words": one_table(content.PROGRAMME, (170, 150, 100), NONE),
    "bare-sentences": one_table(content.ACTIONS, (190, 90, 70, 120), NONE),
    "bare-side-by-side": side_by_side(NONE),
    "three-kinds": three_tables,
    "prose-in-columns": no_table,
}
