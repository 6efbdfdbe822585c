"""A draft as a table for spreadsheets, or as data for programs."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.ingest.errors import UnknownName
from goalmap.report.draft import reading
from goalmap.report.draft.model import Cell, Draft, Table
from goalmap.report.files import workbook, write_text
from goalmap.store.sheets.sheet import escape, write_sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
DIGITS = 15
"""More of them a spreadsheet rounds."""
STATUS = "Status"
EVIDENCE_COLUMNS: Mapping[str, Callable[[reading.Evidence], object]] = {
    "Number": lambda one: one.number,
    "Passage": lambda one: one.cited.text,
    "Document": lambda one: one.cited.document.title,
    "Publisher": lambda one: one.cited.document.publisher,
    "Published": lambda one: one.cited.document.published,
    "Page": lambda one: one.cited.page,
    "File": lambda one: one.file,
    "Passage id": lambda one: one.cited.passage_id,
}
WIDTHS = (14, 60)
"""The narrowest and widest column of a sheet, in characters."""
OTHER_FORMS = (".html", ".docx", ".md", ".json")
"""The forms of a draft that is no table."""

Value = str | int | float


# CSV and XLSX


def write_csv(draft: Draft, path: Path) -> None:
    """Raises UnknownName where the draft is no table."""
    columns, rows = _sheet(_table_of(draft, path))
    write_sheet(path, columns, rows)


def write_xlsx(draft: Draft, path: Path) -> None:
    """The table, and a second sheet with the passages that the draft cites. Raises UnknownName where it is no table."""
    table, evidence = _table_of(draft, path), reading.evidence(draft)
    with workbook(path) as book:
        book.set_properties(
            {
                "title": escape(draft.title)[:255],
                "subject": escape(draft.subtitle)[:255],
                "author": "goalmap",
                "created": datetime.fromisoformat(draft.made_on),
            }
        )
        _fill(book, "Report", *_sheet(table))
        if evidence:
            made = ([of(one) for of in EVIDENCE_COLUMNS.values()] for one in evidence)
            _fill(book, "Evidence", tuple(EVIDENCE_COLUMNS), made)


def _table_of(draft: Draft, path: Path) -> Table:
    if draft.rows is None:
        raise UnknownName("form of this report", path.suffix, OTHER_FORMS)
    return draft.rows


def _sheet(table: Table) -> tuple[tuple[str, ...], Iterator[list[Value]]]:
    """Columns and rows; the status has a column where something is only proposed and the table does not say so itself."""
    rows = ([_value(cell) for cell in row] for row in table.rows)
    is_told = any(column.casefold() == STATUS.casefold() for column in table.columns)
    if is_told or not any(map(_is_proposed, table.rows)):
        return table.columns, rows
    told = (
        [*cells, reading.PROPOSED if _is_proposed(row) else ""] for cells, row in zip(rows, table.rows, strict=True)
    )
    return (*table.columns, STATUS), told


def _is_proposed(row: Iterable[Cell]) -> bool:
    return any(reading.is_open(run) for cell in row for run in cell.runs)


def _value(cell: Cell) -> Value:
    """What a cell holds: a number where it is one, text otherwise."""
    text = reading.without_citations(cell.runs)
    if not cell.number or not NUMBER.fullmatch(text) or len(text) > DIGITS:
        return text
    digits = text.replace(",", "")
    return float(digits) if "." in digits else int(digits)


def _fill(book: "Workbook", name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A sheet with a header that stays in view and prints on every page."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "font_color": "white", "bg_color": "#12304f", "valign": "top"})
    body = book.add_format({"valign": "top", "text_wrap": True})
    widths = [len(column) for column in columns]
    sheet.write_row(0, 0, [escape(column) for column in columns], head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], _write(sheet, last, place, cell, body))
    _lay_out(sheet, widths, last)


def _write(sheet: "Worksheet", row: int, place: int, cell: object, look: "Format") -> int:
    """Write a cell; gives the number of its characters."""
    if isinstance(cell, int | float):
        sheet.write_number(row, place, cell, look)
        return len(str(cell))
    text = escape(cell)
    if text:
        sheet.write_string(row, place, text, look)
    return len(text)


def _lay_out(sheet: "Worksheet", widths: Sequence[int], last: int) -> None:
    narrowest, widest = WIDTHS
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width + 2, narrowest), widest))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(len(widths) - 1, 0))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


# JSON


def write_json(draft: Draft, path: Path) -> None:
    write_text(path, as_json(draft))


def as_json(draft: Draft) -> str:
    """What the draft says as data, with the passages that it cites. Raises NotVerbatim where one was not checked."""
    record = {
        "report": draft.kind,
        "title": draft.title,
        "subtitle": draft.subtitle,
        "made_on": draft.made_on,
        "notices": [reading.without_citations(notice.runs) for notice in draft.notices],
        "to_write": list(draft.to_write),
        **draft.data,
        "evidence": [_record(one) for one in reading.evidence(draft)],
    }
    return reading.printable(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def _record(one: reading.Evidence) -> dict[str, object]:
    document = one.cited.document
    return {
        "number": one.number,
        "passage_id": one.cited.passage_id,
        "passage": one.cited.text,
        "quoted": [list(span) for span in one.cited.marks],
        "heading": one.cited.heading,
        "page": one.cited.page,
        "document_id": document.id,
        "document": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "file": one.file,
    }
