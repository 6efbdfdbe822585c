"""The rows of an XLSX whatever program saved it: cells as they are shown, formulas never worked out, a piece at a time."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from posixpath import join, normpath

from goalmap.ingest.errors import QueueProblem, ReadProblem, Refused
from goalmap.ingest.office.checked import NOT_PARSED, new_parser
from goalmap.ingest.packages import Package
from goalmap.ingest.watch import MEGABYTE, Limits, Watch

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"
"""What old Excel workbooks and those with a password begin with."""
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHARED, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 1_000_000
"""Of one cell; Excel stops at 32,767."""
HEADER_ROWS = 20
"""Rows among which the header is looked for."""
ESCAPED = re.compile(r"_x005F(_x[0-9A-Fa-f]{4}_)|_x([0-9A-Fa-f]{4})_")
"""Characters that XML does not allow as workbooks write them, and words that only look so."""
PLACE = re.compile(r"([A-Z]{1,3})(\d*)")
MERGED_ROWS = re.compile(r"[A-Z]+(\d+):[A-Z]+(\d+)")
OLD_WORKBOOK = (
    "{} is an old Excel workbook (.xls), or has a password. Open it, choose 'Save as', Excel workbook (.xlsx), without a "
    "password, and import that."
)
OTHER_PACKAGE = "{} is not a workbook that can be read. Open it where it was made, save or download it as .xlsx or as CSV, and import that."
BROKEN = "{} is cut off or damaged{}: {}. Nothing was taken over. Save it again as .xlsx, or export the queue anew."
TWO_QUEUES = "{} has more than one sheet with a queue ({}). Remove those that should not count."
GENERAL = "General"
MERGED = "Cells are merged in rows {0} to {1}: what stands in them counts for row {0} alone."

Row = tuple[int, list[str]]


class Formula(str):
    """A cell that holds a formula instead of what a person wrote."""

    __slots__ = ()


Attributes = Mapping[str, str]
Shown = Callable[[str, int], str]
"""A stored number in the form of a style, as the sheet shows it."""


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
    book, relations, shared = _Book(), _Relations(), _SharedTexts()
    for name, part in ((BOOK, book), (RELATIONS, relations), (SHARED, shared)):
        _read(package, name, part)
    new_sheet = partial(_Sheet, shared.found, _shown_by(_formats(package), book.is_1904))
    parts = {name: relations.targets[id] for name, id in book.sheets if relations.targets.get(id) in package}
    sheet = new_sheet()
    yield from _read_rows(package, _part_with(package, parts, path, keys, new_sheet), sheet)
    warnings += [MERGED.format(*rows) for rows in sheet.merged]


def _read(package: Package, name: str, part: "_Part") -> None:
    """Read a part whole; where the package has none it stays empty."""
    if name in package:
        for piece in package.pieces(name):
            part.parser.Parse(piece, False)
        part.parser.Parse(b"", True)


def _part_with(
    package: Package, sheets: Mapping[str, str], path: Path, keys: Set[str], reader: Callable[[], "_Sheet"]
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


def _read_rows(package: Package, part: str, sheet: "_Sheet") -> Iterator[Row]:
    for piece in package.pieces(part):
        sheet.parser.Parse(piece, False)
        yield from sheet.rows
        sheet.rows.clear()
    sheet.parser.Parse(b"", True)


# The parts


class _Part:
    """A part of the package, read as it comes; what its elements are called is told without the prefix of their namespace."""

    def __init__(self) -> None:
        self.parser = new_parser()
        self.parser.StartElementHandler = lambda tag, attributes: self.start(tag.rpartition(":")[2], attributes)
        self.parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class _Book(_Part):
    """The sheets by name, each with the id of its relation, and from when days are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = (value for key, value in attributes.items() if key.endswith(":id"))
            self.sheets.append((attributes.get("name", ""), next(relation, "")))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "") in ("1", "true")


class _Relations(_Part):
    """The parts that the workbook names by ids."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = normpath(join("/xl", attributes.get("Target", ""))).lstrip("/")
            self.targets[attributes.get("Id", "")] = target


class _Styles(_Part):
    """The number format of each style."""

    def __init__(self) -> None:
        super().__init__()
        self.own: dict[str, str] = {}
        self.ids: list[str] = []
        self.is_of_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.is_of_cells = True
        elif name == "xf" and self.is_of_cells:
            self.ids.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.is_of_cells = False


class _Texts(_Part):
    """A part with texts, from which their pronunciation is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.parser.CharacterDataHandler = self.characters
        self.text: list[str] = []
        self.size = 0
        self.is_text = False
        self.is_spoken = False

    def start(self, name: str, attributes: Attributes) -> None:
        self.is_text = name in ("t", "v", "f") and not self.is_spoken
        self.is_spoken |= name == "rPh"

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "rPh":
            self.is_spoken = False

    def characters(self, text: str) -> None:
        if self.is_text:
            self.size += len(text)
            if self.size > MOST_CHARACTERS:
                raise Refused(f"a cell holds more than {MOST_CHARACTERS:,} characters")
            self.text.append(text)

    def taken(self) -> str:
        """The text since it was last taken."""
        text = "".join(self.text)
        self.text.clear()
        self.size = 0
        return ESCAPED.sub(lambda match: match[1] or chr(int(match[2], 16)), text) if "_x" in text else text


class _SharedTexts(_Texts):
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(self.taken())


class _Sheet(_Texts):
    """The rows of a sheet that were read and not yet taken away."""

    def __init__(self, shared: Sequence[str], shown: Shown) -> None:
        super().__init__()
        self.shared = shared
        self.shown = shown
        self.rows: list[Row] = []
        self.merged: list[tuple[str, str]] = []
        self.number = 0
        self.cells: list[str] = []
        self.column = 0
        self.kind = ""
        self.style = 0
        self.is_formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.cells, self.column = [], 0
        elif name == "f":
            self.is_formula = True
        elif name == "mergeCell" and (rows := MERGED_ROWS.fullmatch(attributes.get("ref", ""))) and rows[1] != rows[2]:
            self.merged.append((rows[1], rows[2]))
        super().start(name, attributes)
        self.is_text &= not (self.is_formula and name == "v")

    def end(self, name: str) -> None:
        super().end(name)
        if name == "c":
            self._end_cell()
        elif name == "row":
            self.rows.append((self.number, self.cells))

    def _begin_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        self.column = _column(place) if place else self.column + 1
        self.kind = attributes.get("t", "n")
        self.style = int(attributes.get("s", 0))
        self.is_formula = False

    def _end_cell(self) -> None:
        text = self.taken()
        if (text or self.is_formula) and self.column <= MOST_COLUMNS:
            self.cells.extend([""] * (self.column - len(self.cells)))
            self.cells[self.column - 1] = Formula(f"={text}") if self.is_formula else self._value(text)

    def _value(self, text: str) -> str:
        match self.kind:
            case "s":
                return self.shared[int(text)]
            case "b":
                return "TRUE" if text == "1" else "FALSE"
            case "n":
                return self.shown(text, self.style)
        return text


@lru_cache(maxsize=MOST_COLUMNS)
def _column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _column(place: str) -> int:
    """The number of a cell's column, from 1.

    >>> _column("B7"), _column("AA1")
    (2, 27)
    """
    return _column_of(place.rstrip("0123456789"))


# Numbers


def _formats(package: Package) -> list[str]:
    """The number format of each style of the workbook."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    styles = _Styles()
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
