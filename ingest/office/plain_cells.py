"""The cells of a workbook that its library cannot open, read straight from the XML: values as they are stored, without their formats."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block
from goalmap.ingest.office.checked import NOT_PARSED, forced, mended, new_parser
from goalmap.ingest.office.plain import numbers_in
from goalmap.ingest.office.rows import blocks_of_rows
from goalmap.ingest.packages import Package, whole_or_salvaged
from goalmap.ingest.watch import Watch

SHARED = "xl/sharedStrings.xml"
SHEET_PARTS = re.compile(r"^xl/worksheets/sheet\d+\.xml$", re.I)
COLUMN = re.compile(r"^[A-Z]{1,3}")
MOST_COLUMNS = 1_000
IN_SHARED, ERROR = "s", "e"


def blocks_of_sheets(data: bytes, watch: Watch) -> list[Block]:
    """The rows of each sheet that is left in a workbook. Raises Refused or NeedsPassword."""
    blocks, _ = whole_or_salvaged(data, watch, lambda package: list(_blocks(package, watch.limits.max_characters)))
    return blocks


def _blocks(package: Package, limit: int) -> Iterator[Block]:
    shared = _read(_SharedTexts, package.read(SHARED)).found if SHARED in package else []
    for name in sorted(filter(SHEET_PARTS.search, package.names), key=numbers_in):
        yield from blocks_of_rows(_read(_Rows, package.read(name), shared).found, limit)


def _read(reading: type["_Reading"], xml: bytes, shared: Sequence[str] = ()) -> "_Reading":
    """As much as can be read of it; of what is broken, the better of two ways to mend it."""
    first = reading(xml, shared)
    if not first.is_broken:
        return first
    return max((reading(mend(xml), shared) for mend in (mended, forced)), key=lambda reading: len(reading.found))


class _Reading:
    """The texts or rows met so far in a part."""

    def __init__(self, xml: bytes, shared: Sequence[str]) -> None:
        self.found: list[Any] = []
        self.shared = shared
        self.text: list[str] = []
        self.is_text = False
        self.parser = new_parser()
        self.parser.StartElementHandler = lambda tag, attributes: self.start(tag.rpartition(":")[2], attributes)
        self.parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])
        self.parser.CharacterDataHandler = self.characters
        try:
            self.parser.Parse(xml, True)
            self.is_broken = False
        except NOT_PARSED:
            self.is_broken = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.is_text = name in ("t", "v")

    def characters(self, text: str) -> None:
        if self.is_text:
            self.text.append(text)

    def end(self, name: str) -> None:
        self.is_text = False

    def taken(self) -> str:
        """The text since it was last taken."""
        text = clean("".join(self.text))
        self.text.clear()
        return text


class _SharedTexts(_Reading):
    """The texts that cells refer to by number."""

    found: list[str]

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(self.taken())


class _Rows(_Reading):
    """The rows of a sheet."""

    found: list[list[str]]
    column = 0
    kind = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == "row":
            self.found.append([])
        elif name == "c":
            self.text.clear()
            self.kind = attributes.get("t", "")
            self.column = _column(attributes.get("r", "")) or self.column + 1

    def end(self, name: str) -> None:
        super().end(name)
        if name == "c" and self.found and self.column <= MOST_COLUMNS:
            row = self.found[-1]
            row.extend([""] * (self.column - len(row)))
            row[self.column - 1] = self.value()
        elif name == "row":
            self.column = 0

    def value(self) -> str:
        text = self.taken()
        if self.kind == IN_SHARED:
            return self.shared[int(text)] if text.isdecimal() and int(text) < len(self.shared) else ""
        return "" if self.kind == ERROR else text


def _column(place: str) -> int:
    """The number of a cell's column, from 1; 0 where the place is not stated.

    >>> _column("B7"), _column("AA1"), _column("")
    (2, 27, 0)
    """
    letters = COLUMN.match(place)
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
