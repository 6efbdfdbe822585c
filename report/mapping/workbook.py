"""The activity map as a workbook: the table to filter, the goals at a glance, the documents, what the columns hold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.report.files import workbook
from goalmap.report.mapping.activity_map import ActivityMap, GoalPart
from goalmap.report.mapping.columns import COLUMNS, Column, row
from goalmap.report.page import status
from goalmap.report.sources import Source
from goalmap.report.wording import count
from goalmap.store.days import day
from goalmap.store.decisions import STAGES
from goalmap.store.sheets.sheet import escape, row_height

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

INK, LINES, PROPOSED = "#12304f", "#d3dae1", "#fdf6e7"
FILLED = 0.95
"""How many characters of a text stand in the width of one figure, with what wrapping leaves free."""
A3 = 8
KEPT_IN_VIEW = "activity"
"""The last column that stays when the others are scrolled."""
PAGES_WIDE = 3
"""Sheets of paper side by side that the map takes in print."""


def write_map_workbook(found: ActivityMap, made_on: date, path: Path) -> None:
    """Write it; the same map and day give the same bytes. Raises NotFound."""
    with workbook(path) as book:
        book.set_properties({"title": _title(found), "created": datetime.combine(made_on, time())})
        looks = _Looks(book)
        for name, columns, rows in (
            ("Map", COLUMNS, _map_rows(found)),
            ("Goals", GOALS, map(_goal_row, found.parts)),
            ("Documents", DOCUMENTS, map(_document_row, found.library.sources)),
            ("About", ABOUT, _about_rows(found, made_on)),
        ):
            _write(book.add_worksheet(name), columns, list(rows), looks)


def _title(found: ActivityMap) -> str:
    subject = f"{found.organisation.name}: " if found.organisation else ""
    return escape(f"Activity map: {subject}{found.framework.title}")[:250]


@dataclass(frozen=True, slots=True)
class Plain:
    """A column of a sheet beside the map."""

    name: str
    width: int
    is_wrapped: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet; set off where nobody decided on it."""

    cells: Sequence[object]
    is_proposed: bool = False


GOALS = (
    Plain("goal", 7),
    Plain("goal_name", 44),
    Plain("activities", 11),
    Plain("also_served_by", 15),
    *(Plain(stage, 11) for stage in STAGES),
    Plain("decided", 10),
    Plain("proposed", 10),
    Plain("gap", 34),
)
DOCUMENTS = (
    Plain("document", 60),
    Plain("file", 40),
    Plain("publisher", 34),
    Plain("published", 12),
    Plain("pages", 8),
    Plain("passages_searched", 18),
    Plain("reading", 20),
    Plain("problem", 60),
)
ABOUT = Plain("about", 26), Plain("", 100)


def _map_rows(found: ActivityMap) -> Iterator[Line]:
    for entry in found.entries:
        yield Line(row(entry, found.framework.title), is_proposed=not entry.is_decided)


def _goal_row(part: GoalPart) -> Line:
    gap = "No activity was found for this goal." if part.is_gap else ""
    numbers = (len(part.entries), len(part.others), *part.by_stage.values(), part.decided, part.proposed)
    return Line((part.goal.code, part.goal.name, *numbers, gap))


def _document_row(source: Source) -> Line:
    facts = source.title, source.file, source.publisher, source.published, source.pages, source.searched
    return Line((*facts, status(source.status), source.problem))


def _about_rows(found: ActivityMap, made_on: date) -> Iterator[Line]:
    library = found.library
    facts = {
        "Framework": f"{found.framework.title}{f', {found.framework.publisher}' if found.framework.publisher else ''}",
        "Organisation": found.organisation.name if found.organisation else "All",
        "Made on": day(made_on.isoformat()),
        "Activities": f"{found.decided:,} decided by a person; {found.proposed:,} only proposed (shaded), not decided.",
        "Left out": f"{count(found.rejected, 'proposal')} that a reviewer rejected.",
        "Searched": f"{count(library.searched, 'passage')} in {count(len(library.read), 'document')}.",
        "Not read, or not wholly": f"{count(len(library.not_read), 'document')}; see the sheet Documents.",
        "Goals": "An activity that serves several goals counts under each; its row stands under its main goal.",
    }
    yield from (Line(pair) for pair in facts.items())
    yield from (Line((column.name, column.told)) for column in COLUMNS)


# The look


class _Looks:
    """The looks of cells, by whether they wrap, are a share, and are only proposed."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[bool, bool, bool], Format] = {}
        self.header = book.add_format(
            {"bold": True, "font_color": "white", "bg_color": INK, "valign": "top", "text_wrap": True}
        )

    def of(self, is_wrapped: bool, value: object, is_proposed: bool) -> "Format":
        key = is_wrapped, isinstance(value, float), is_proposed
        if key not in self._made:
            self._made[key] = self._book.add_format(_look(*key))
        return self._made[key]


def _look(is_wrapped: bool, is_share: bool, is_proposed: bool) -> dict[str, object]:
    shown = {"num_format": "0%"} if is_share else {}
    shade = {"bg_color": PROPOSED} if is_proposed else {}
    return {"valign": "top", "border": 1, "border_color": LINES, "text_wrap": is_wrapped, **shown, **shade}


def _write(sheet: "Worksheet", columns: Sequence[Column | Plain], lines: Sequence[Line], looks: _Looks) -> None:
    _lay_out(sheet, columns, len(lines))
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, looks.header)
    for number, line in enumerate(lines, start=1):
        sheet.set_row(number, _height(columns, line.cells))
        for place, (column, cell) in enumerate(zip(columns, line.cells, strict=True)):
            _write_cell(sheet, (number, place), cell, looks.of(column.is_wrapped, cell, line.is_proposed))


def _write_cell(sheet: "Worksheet", place: tuple[int, int], cell: object, look: "Format") -> None:
    if isinstance(cell, int | float):
        sheet.write_number(*place, cell, look)
    elif text := escape(cell):
        sheet.write_string(*place, text, look)
    else:
        sheet.write_blank(*place, None, look)


def _lay_out(sheet: "Worksheet", columns: Sequence[Column | Plain], rows: int) -> None:
    names = [column.name for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(1, names.index(KEPT_IN_VIEW) + 1 if KEPT_IN_VIEW in names else 0)
    if "about" not in names:
        sheet.autofilter(0, 0, rows, len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:AZ{rows + 1}"})
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(PAGES_WIDE if KEPT_IN_VIEW in names else 1, 0)
    if KEPT_IN_VIEW in names:
        sheet.repeat_columns(0, names.index("goal"))
    sheet.repeat_rows(0)


def _height(columns: Iterable[Column | Plain], cells: Iterable[object]) -> int:
    """The height of a row that shows its texts whole."""
    texts = ((str(cell), column.width) for column, cell in zip(columns, cells, strict=True) if column.is_wrapped)
    return row_height(texts, FILLED)
