"""The rows of an XLSX whatever program saved it: cells as they are shown, formulas never worked out, a piece at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from goalmap.ingest.errors import QueueProblem, ReadProblem
from goalmap.ingest.office.checked import NOT_PARSED
from goalmap.ingest.packages import Package
from goalmap.ingest.watch import MEGABYTE, Limits, Watch
from goalmap.store.sheets.parts import Book, Part, Relations, Row, SharedTexts, SheetPart, Shown, Styles

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"
"""What old Excel workbooks and those with a password begin with."""
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHARED, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
HEADER_ROWS = 20
"""Rows among which the header is looked for."""
OLD_WORKBOOK = (
    "{} is an old Excel workbook (.xls), or has a password. Open it, choose 'Save as', Excel workbook (.xlsx), without a "
    "password, and import that."
)
OTHER_PACKAGE = "{} is not a workbook that can be read. Open it where it was made, save or download it as .xlsx or as CSV, and import that."
BROKEN = "{} is cut off or damaged{}: {}. Nothing was taken over. Save it again as .xlsx or as CSV UTF-8."
TWO_QUEUES = "{} has more than one sheet with a queue ({}). Remove those that should not count."
GENERAL = "General"
MERGED = "Cells are merged in rows {0} to {1}: what stands in them counts for row {0} alone."


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so is, or claims to be, a workbook."""
    return start.startswith((ZIP, COMPOUND))


def rows_of_workbook(path: Path, keys: Set[str], warnings: list[str]) -> Iterator[Row]:
    """Each row of the sheet that has these keys in its header, or of the first, with its number. Raises QueueProblem.

    What should be looked at is added to the warnings when all rows are read.
    """
    number = 0
    try:
        for number, cells in _rows(_package(path), path, keys, warnings):
            yield number, cells
    except (ReadProblem, KeyError, *NOT_PARSED) as error:
        after = f" after row {number}" if number else ""
        raise QueueProblem(BROKEN.format(path, after, f"{error}".rstrip("."))) from error


def _package(path: Path) -> Package:
    """The parts of the workbook. Raises QueueProblem, or ReadProblem where they are damaged."""
    limits = Limits()
    if path.stat().st_size > limits.max_bytes:
        raise QueueProblem(f"{path} is larger than {limits.max_bytes / MEGABYTE:,.0f} MB and is not read. Split it.")
    data = path.read_bytes()
    if data.startswith(COMPOUND):
        raise QueueProblem(OLD_WORKBOOK.format(path))
    package = Package(data, Watch.over(limits))
    if BOOK not in package:
        raise QueueProblem(OTHER_PACKAGE.format(path))
    return package


def _rows(package: Package, path: Path, keys: Set[str], warnings: list[str]) -> Iterator[Row]:
    book, relations, shared = Book(), Relations(), SharedTexts()
    for name, part in ((BOOK, book), (RELATIONS, relations), (SHARED, shared)):
        _read(package, name, part)
    new_sheet = partial(SheetPart, shared.found, _shown_by(_formats(package), book.is_1904))
    parts = {name: relations.targets[id] for name, id in book.sheets if relations.targets.get(id) in package}
    sheet = new_sheet()
    yield from _read_rows(package, _part_with(package, parts, path, keys, new_sheet), sheet)
    warnings += [MERGED.format(*rows) for rows in sheet.merged]


def _read(package: Package, name: str, part: Part) -> None:
    """Read a part whole; where the package has none it stays empty."""
    if name in package:
        for piece in package.pieces(name):
            part.parser.Parse(piece, False)
        part.parser.Parse(b"", True)


def _part_with(
    package: Package, sheets: Mapping[str, str], path: Path, keys: Set[str], reader: Callable[[], SheetPart]
) -> str:
    """The part of the only sheet with the keys in its header, whatever it is called now, else of the first sheet."""
    if not sheets:
        raise QueueProblem(OTHER_PACKAGE.format(path))
    found = [name for name, part in sheets.items() if keys and _has_header(_read_rows(package, part, reader()), keys)]
    if len(found) > 1:
        raise QueueProblem(TWO_QUEUES.format(path, ", ".join(found)))
    return sheets[found[0]] if found else next(iter(sheets.values()))


def _has_header(rows: Iterator[Row], keys: Set[str]) -> bool:
    filled = (cells for _, cells in rows if any(cells))
    return any(keys <= {cell.strip().casefold() for cell in cells} for cells in islice(filled, HEADER_ROWS))


def _read_rows(package: Package, part: str, sheet: SheetPart) -> Iterator[Row]:
    for piece in package.pieces(part):
        sheet.parser.Parse(piece, False)
        yield from sheet.rows
        sheet.rows.clear()
    sheet.parser.Parse(b"", True)


# Numbers


def _formats(package: Package) -> list[str]:
    """The number format of each style of the workbook."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    styles = Styles()
    _read(package, STYLES, styles)
    return [styles.own.get(id) or BUILTIN_FORMATS.get(int(id) if id.isdecimal() else 0, GENERAL) for id in styles.ids]


def _shown_by(formats: Sequence[str], is_1904: bool) -> Shown:
    """Shows numbers as the sheet does: days as dates, 8.0 as 8."""
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    from goalmap.ingest.office.sheets import number_shown

    @lru_cache(maxsize=4096)
    def shown(text: str, style: int) -> str:
        number_format = formats[style] if style < len(formats) else GENERAL
        try:
            if is_date_format(number_format):
                moment = from_excel(float(text), CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900)
                return str(moment).removesuffix(" 00:00:00")
            return number_shown(float(text), number_format)
        except (ValueError, OverflowError):
            return text

    return shown
