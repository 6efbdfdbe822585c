"""A review queue as a workbook: drop-downs to answer with, all else locked, a sheet that says how to review."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from goalmap.store.decisions import STAGES
from goalmap.store.review.columns import QUEUE, Column
from goalmap.store.sheets.sheet import NOTHING_IS_RUN, escape, row_height

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FRAMEWORK = "framework"
"""A hidden column of queues with several frameworks, by which each row finds the goals of its own."""
VERDICTS = ("accept", "reject", "change", "add", "undo")
MAY = dict.fromkeys(("sort", "autofilter", "format_columns", "format_rows"), True)
"""What the protection of the sheet allows beside answering."""
GUIDE_WIDTHS = 34, 100
OTHER_WIDTH = 30
"""Of a column that is not one of the usual."""
FILLED = 1.1
"""How many characters of a text stand in the width of one figure."""
A3 = 8
INK, PAPER, LINES = "#1d3557", "#fff8e1", "#d5d9e0"
STEPS = (
    "Answer in the yellow columns of the sheet Queue; everything else is locked, so that a slip of the hand changes nothing.",
    "verdict: accept where the passage shows the organisation doing something for the goal; reject where it does not; "
    "change where it is another goal (choose it in the column goal); leave it blank to decide later. The first letters do too.",
    "add: where a passage serves one more goal, copy its whole row to the free rows below the last, choose the goal and write add.",
    "undo: takes back a decision that is on record; the row then waits for a decision again.",
    "stage, best_practice, note and reviewer may be changed with any verdict. A blank stage leaves it as it is.",
    "Rows may be filtered, left out and returned in any order, and columns made wider. Excel sorts a protected sheet only "
    "when it is unlocked: Review, Unprotect sheet; there is no password.",
    "Save as .xlsx or as CSV UTF-8 and bring it back: goalmap review import, with the name of the file.",
    "Nothing is overwritten in silence: where somebody else decided on the same proposal meanwhile, you are told.",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A goal as the workbook lists it."""

    id: str
    name: str
    label: str
    scope: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A framework as the workbook lists it."""

    name: str
    goals: tuple[Listed, ...]


def guides(db: Database) -> dict[str, Guide]:
    """The frameworks of the database by id, each with its goals."""
    names = dict(db.execute("select id, name from frameworks order by rowid").fetchall())
    rows = db.query("select framework_id, id, name, label, scope from goals order by framework_id, position")
    goals = {
        framework: tuple(Listed(row["id"], row["name"], row["label"], row["scope"] or "") for row in group)
        for framework, group in groupby(rows, key=lambda row: row["framework_id"])
    }
    return {id: Guide(name, goals.get(id, ())) for id, name in names.items()}


def write_workbook(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    frameworks: Mapping[str, Guide],
    count: int,
) -> None:
    """Write rows, so many, by column, with the goals of each framework to choose from."""
    import xlsxwriter

    shown = _columns(columns, len(frameworks) > 1)
    with xlsxwriter.Workbook(os.fspath(path), {"constant_memory": True, **NOTHING_IS_RUN}) as book:
        formats = _Formats(book)
        queue, guide, lists = (book.add_worksheet(name) for name in ("Queue", "How to review", "lists"))
        _lay_out(queue, shown, formats, count)
        _offer(queue, [column.name for column in shown], frameworks, count)
        _write_queue(queue, shown, rows, formats)
        _write_guide(guide, frameworks, formats)
        _write_lists(book, lists, frameworks)
        queue.activate()


def _columns(names: Sequence[str], has_frameworks: bool) -> list[Column]:
    known = {column.name: column for column in QUEUE}
    hidden = [Column(FRAMEWORK, 12, "", is_hidden=True)] if has_frameworks else []
    return [
        *(known.get(name) or Column(name, OTHER_WIDTH, "", is_wrapped=True) for name in names),
        *hidden,
    ]


class _Formats:
    """The looks of cells."""

    def __init__(self, book: "Workbook") -> None:
        cell = {"valign": "top", "num_format": "@", "border": 1, "border_color": LINES}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": INK})
        self.header = book.add_format({"bold": True, "font_color": "white", "bg_color": INK, "valign": "top"})
        self.free = book.add_format({"valign": "top", "num_format": "@", "locked": False})
        self.goal = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self._cells = {
            (is_answer, is_wrapped): book.add_format(
                {**cell, "text_wrap": is_wrapped, **({"locked": False, "bg_color": PAPER} if is_answer else {})}
            )
            for is_answer in (False, True)
            for is_wrapped in (False, True)
        }

    def of(self, column: Column) -> "Format":
        return self._cells[column.is_answer, column.is_wrapped]


# The queue


def _lay_out(sheet: "Worksheet", columns: Sequence[Column], formats: _Formats, count: int) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, formats.of(column), {"hidden": column.is_hidden})
    sheet.freeze_panes(1, [column.name for column in columns].index("verdict") + 1)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.protect("", MAY)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _offer(sheet: "Worksheet", columns: Sequence[str], frameworks: Mapping[str, Guide], count: int) -> None:
    """The drop-downs; verdicts and goals may also be typed in short, so that nothing else is refused there."""
    choices: dict[str, dict[str, Any]] = {
        "verdict": {"source": list(VERDICTS), "show_error": False},
        "goal": {"source": _goal_list(columns, frameworks), "show_error": False},
        "stage": {"source": list(STAGES), "error_title": "Stage", "error_message": f"One of: {', '.join(STAGES)}."},
        "best_practice": {"source": ["yes"], "error_title": "Best practice", "error_message": "yes, or blank."},
    }
    for name, choice in choices.items():
        if choice["source"] and count:
            place = columns.index(name)
            sheet.data_validation(1, place, count + ROOM, place, {"validate": "list", **choice})


ROOM = 200
"""Unlocked rows below the last, with drop-downs too, for rows that are copied."""


def _goal_list(columns: Sequence[str], frameworks: Mapping[str, Guide]) -> str:
    """Where the goals are listed that a row may choose from."""
    if len(frameworks) != 1:
        from xlsxwriter.utility import xl_col_to_name

        return f"=INDIRECT(${xl_col_to_name(columns.index(FRAMEWORK))}2)" if frameworks else ""
    (framework,) = frameworks.values()
    return f"=lists!$A$2:$A${len(framework.goals) + 1}"


def _write_queue(
    sheet: "Worksheet", columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], formats: _Formats
) -> None:
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, formats.header)
    laid_out = [(place, column.name, formats.of(column)) for place, column in enumerate(columns)]
    number = 0
    wrapped = [(column.name, column.width) for column in columns if column.is_wrapped]
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, row_height(((str(row[name] or ""), width) for name, width in wrapped), FILLED))
        for place, name, look in laid_out:
            if text := escape(row[name]):
                sheet.write_string(number, place, text, look)
            else:
                sheet.write_blank(number, place, None, look)
    for free in range(number + 1, number + ROOM + 1):
        for place in range(len(columns)):
            sheet.write_blank(free, place, None, formats.free)


# The other sheets


def _write_guide(sheet: "Worksheet", frameworks: Mapping[str, Guide], formats: _Formats) -> None:
    first, second = GUIDE_WIDTHS
    sheet.set_column(0, 0, first)
    sheet.set_column(1, 1, second)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "How to review", formats.title)
    lines: list[tuple[str, str]] = [(f"{number}.", step) for number, step in enumerate(STEPS, start=1)]
    lines += [("", ""), *((column.name, column.told) for column in QUEUE if not column.is_hidden)]
    for framework in frameworks.values():
        lines += [("", ""), (framework.name, ""), *((goal.label, goal.scope) for goal in framework.goals)]
    for number, (name, text) in enumerate(lines, start=1):
        sheet.set_row(number, row_height([(name, first), (text, second)], FILLED))
        sheet.write_string(number, 0, escape(name), formats.goal)
        sheet.write_string(number, 1, escape(text), formats.text)
    sheet.protect("", MAY)


def _write_lists(book: "Workbook", sheet: "Worksheet", frameworks: Mapping[str, Guide]) -> None:
    """The goals to choose from, a column and a name for each framework."""
    from xlsxwriter.utility import xl_col_to_name

    columns = [(id, *(goal.label for goal in framework.goals)) for id, framework in frameworks.items()]
    for number, row in enumerate(zip_longest(*columns, fillvalue="")):
        for place, text in enumerate(row):
            sheet.write_string(number, place, escape(text))
    for place, (id, *goals) in enumerate(columns):
        letter = xl_col_to_name(place)
        book.define_name(name_of_list(id), f"=lists!${letter}$2:${letter}${len(goals) + 1}")
    sheet.hide()


def name_of_list(framework: str) -> str:
    """What the workbook calls the goals of a framework.

    >>> name_of_list("un-sdgs")
    'goals_un_sdgs'
    """
    return "goals_" + re.sub(r"\W", "_", framework)
