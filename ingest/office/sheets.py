"""Workbooks (XLSX): each sheet under its name, each row a passage with the headings of its columns, figures as they are shown."""

import math
import re
import warnings
from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import Any

import openpyxl

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem, Refused
from goalmap.ingest.office.checked import checked_copy
from goalmap.ingest.office.plain_cells import blocks_of_sheets
from goalmap.ingest.office.rows import blocks_of_rows
from goalmap.ingest.watch import Watch

DISPENSABLE = ("xl/styles.xml", "docProps/core.xml", "docProps/custom.xml", "docProps/app.xml")
"""Parts that other programs write in ways that the library does not take."""
BROKEN = "The Excel file is broken or of a kind that cannot be read. Open it in Excel and save it as .xlsx."
DAMAGED = (
    "The workbook is cut off or damaged; the cells that were found in it are read, dates and shares as bare numbers. "
    "Get the file again."
)
WITHOUT_STYLES = "The styles of the workbook cannot be read: dates and shares stand as bare numbers. Open it in Excel and save it anew."

DEFAULT_NAME = re.compile(r"^(?:sheet|worksheet|table|tabelle|feuil|hoja|data)\s?\d*$", re.I)
"""Names that say nothing; the first sheet's would become the title of the document."""
GENERAL = "General"
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*")
DECIMALS = re.compile(r"[^0#?]")
UNUSUAL = re.compile(r"E[+-]|[?#0]/[?#0]")
"""Powers of ten and fractions."""
CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
BRACKETED = re.compile(r"\[[^\]]*\]")
PADDING = re.compile(r"_.|\*.")
"""Spaces as wide as a character, and characters repeated to fill the cell."""


def read_sheets(data: bytes, watch: Watch) -> Reading:
    """The blocks of an XLSX file. Raises NoText, Refused, NeedsPassword or ReadProblem."""
    with warnings.catch_warnings():  # openpyxl warns of every feature that it does not keep when it writes
        warnings.simplefilter("ignore")
        try:
            return _read(data, watch)
        except (NoText, Refused, NeedsPassword):
            raise
        except Exception:  # openpyxl may raise anything on what Excel itself would repair
            return _read_without_styles(data, watch)


def _read_without_styles(data: bytes, watch: Watch) -> Reading:
    try:
        return _read(data, watch, DISPENSABLE, WITHOUT_STYLES)
    except (NoText, Refused, NeedsPassword):
        raise
    except Exception as error:
        return _plain(data, watch, error)


def _plain(data: bytes, watch: Watch, error: Exception) -> Reading:
    """What can be read where the workbook cannot be opened as it should."""
    blocks = tuple(blocks_of_sheets(data, watch))
    if not blocks:
        raise ReadProblem(BROKEN) from error
    return Reading(blocks, problem=DAMAGED)


def _read(data: bytes, watch: Watch, without: Container[str] = (), problem: str | None = None) -> Reading:
    copy = checked_copy(data, watch, without)
    workbook = openpyxl.load_workbook(copy, read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in workbook.worksheets if sheet not in sheets]
    blocks: list[Block] = []
    left_out = []
    for number, sheet in enumerate(sheets, 1):
        left = watch.limits.max_characters - sum(len(block.text) for block in blocks)
        if watch.is_late or not watch.may_read(f"sheet {number}"):
            left_out.append(sheet.title)
        elif left > 0:
            blocks.extend(_sheet(sheet, left, is_first=not blocks))
    if not blocks and not left_out:
        raise NoText("The workbook has no filled cells.")
    return Reading(
        tuple(blocks),
        Metadata(title=clean(workbook.properties.title or "") or None),
        pages=len(sheets),
        problem=" ".join(filter(None, [problem, _listed("Sheets that took too long are left out", left_out)])) or None,
        note=_listed("Hidden sheets are not read", hidden),
    )


def _listed(what: str, names: Sequence[str]) -> str | None:
    return f"{what}: {', '.join(map(clean, names))}." if names else None


def _sheet(sheet: Any, limit: int, is_first: bool) -> Iterator[Block]:
    """The blocks of a sheet under its name; a line above the first table of a workbook is its title."""
    sheet.reset_dimensions()  # what a sheet says of its size is often wrong
    blocks = blocks_of_rows(([shown(cell) for cell in row] for row in sheet.iter_rows()), limit)
    first = next(blocks, None)
    if first is None:
        return
    is_title = is_first and first.kind is Kind.HEADING
    if is_title:
        yield first.as_kind(Kind.TITLE)
    if not (is_first and DEFAULT_NAME.match(sheet.title)):
        yield Block(clean(sheet.title), Kind.HEADING)
    yield from blocks if is_title else chain([first], blocks)


# Cells


def shown(cell: Any) -> str:
    """A cell as the sheet shows it, dates in ISO form; nothing for errors."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_shown(value, _format(cell))
    if isinstance(value, date | time):
        return _moment(value, _format(cell))
    return clean(str(value))


def _format(cell: Any) -> str:
    try:
        return str(cell.number_format)
    except IndexError:  # of a style that the workbook does not have
        return GENERAL


def _moment(value: date | time, number_format: str) -> str:
    if isinstance(value, datetime) and value.time() != time.min:
        return value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    day = value.date() if isinstance(value, datetime) else value
    has_day = "d" in BRACKETED.sub("", number_format.casefold())
    return day.isoformat() if has_day or number_format == GENERAL else day.isoformat()[:7]


def number_shown(value: float, number_format: str) -> str:
    """A number in its format: decimals, thousands, shares and the signs around it.

    >>> number_shown(0.125, "0.0%"), number_shown(1250000, '"£"#,##0'), number_shown(2.50, "General")
    ('12.5%', '£1,250,000', '2.5')
    """
    pattern = _section(value, number_format)
    places = DIGITS.search(pattern)
    if places is None or UNUSUAL.search(pattern) or not math.isfinite(value):
        return f"{value:.15g}"
    before, after = pattern[: places.start()], pattern[places.end() :]
    share = 100 if "%" in pattern else 1
    thousands = 1000 ** (len(places[0]) - len(places[0].rstrip(",")))
    decimals = len(DECIMALS.sub("", places[0].partition(".")[2]))
    digits = f"{abs(value) * share / thousands:{',' if ',' in places[0].rstrip(',') else ''}.{decimals}f}"
    sign = "-" if value < 0 and ";" not in number_format and digits.strip("0.,") else ""
    return clean(f"{sign}{before}{digits}{after}")


def _section(value: float, number_format: str) -> str:
    """The part of a number format for a value of this sign, with only the signs and places that are shown."""
    sections = number_format.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    section = CURRENCY.sub(r"\1", section)
    return PADDING.sub("", BRACKETED.sub("", section)).replace('"', "").replace("\\", "")
