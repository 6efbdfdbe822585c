"""The parts of an XLSX, read as they come and never worked out; elements are known by their names without namespaces."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from posixpath import join, normpath

from goalmap.ingest.errors import Refused
from goalmap.ingest.office.checked import new_parser

MOST_COLUMNS = 1_000
MOST_CHARACTERS = 1_000_000
"""Of one cell; Excel stops at 32,767."""
ESCAPED = re.compile(r"_x005F(_x[0-9A-Fa-f]{4}_)|_x([0-9A-Fa-f]{4})_")
"""Characters that XML does not allow as workbooks write them, and words that only look so."""
MERGED_ROWS = re.compile(r"[A-Z]+(\d+):[A-Z]+(\d+)")

Row = tuple[int, list[str]]
Attributes = Mapping[str, str]
Shown = Callable[[str, int], str]
"""A stored number in the form of a style, as the sheet shows it."""


class Formula(str):
    """A cell that holds a formula instead of what a person wrote."""

    __slots__ = ()


class Part:
    """A part of the package, read as it comes; what its elements are called is told without the prefix of their namespace."""

    def __init__(self) -> None:
        self.parser = new_parser()
        self.parser.StartElementHandler = lambda tag, attributes: self.start(tag.rpartition(":")[2], attributes)
        self.parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class Book(Part):
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


class Relations(Part):
    """The parts that the workbook names by ids."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = normpath(join("/xl", attributes.get("Target", ""))).lstrip("/")
            self.targets[attributes.get("Id", "")] = target


class Styles(Part):
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


class Texts(Part):
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
        return _unescaped(text) if "_x" in text else text


def _unescaped(text: str) -> str:
    """Text with its characters; halves that make one are put together, others are no characters.

    >>> _unescaped("_x0041_, _x005F_x0041_"), _unescaped("_xD83D__xDE00_") == "\U0001f600"
    ('A, _x0041_', True)
    """
    halves = ESCAPED.sub(lambda match: match[1] or chr(int(match[2], 16)), text)
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class SharedTexts(Texts):
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(self.taken())


class SheetPart(Texts):
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
