"""Files of rows (CSV, TSV): what parts their cells is found out, and rows with broken quotation marks are read as far as they can be."""

import csv
import re
from collections.abc import Iterator, Sequence

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Reading
from goalmap.ingest.errors import NoText
from goalmap.ingest.office.rows import blocks_of_rows
from goalmap.ingest.text.encodings import decoded
from goalmap.ingest.watch import Watch

DELIMITERS = ",;\t|"
STATED = re.compile(r"sep=(.)", re.I)
"""A first line by which a sheet program says what parts the cells."""
LINES_TO_SNIFF = 50
BAD_QUOTES = "Lines whose quotation marks are broken: {lines}; their cells may be cut in the wrong places."


def read_delimited(data: bytes, watch: Watch) -> Reading:
    """The rows of a CSV or TSV file. Raises NoText or Unsupported."""
    found = decoded(data)
    lines = found.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    stated = STATED.fullmatch(lines[0])
    bad: list[int] = []
    rows = _rows(lines[1:] if stated else lines, stated[1] if stated else _delimiter(lines), bad)
    blocks = tuple(blocks_of_rows(([clean(cell) for cell in row] for row in rows), watch.limits.max_characters))
    if not blocks:
        raise NoText("The file has no filled cells.")
    notes = [found.note, BAD_QUOTES.format(lines=len(bad)) if bad else None]
    return Reading(blocks, problem=found.problem, note=" ".join(filter(None, notes)) or None)


def _delimiter(lines: Sequence[str]) -> str:
    """What most lines are cut by into the same number of cells.

    >>> _delimiter(["Ward;Share", "Larch;12,5", "Ash, east;9,1"])
    ';'
    """
    sample = [line for line in lines if line.strip()][:LINES_TO_SNIFF]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(lines: Sequence[str], delimiter: str) -> int:
    """How many lines have the number of cells that most have, more than one."""
    counts = [len(cells) for cells in _rows(lines, delimiter, [])]
    return max((counts.count(count) for count in set(counts) if count > 1), default=0)


def _rows(lines: Sequence[str], delimiter: str, bad: list[int]) -> Iterator[list[str]]:
    """The rows in some lines; a line whose quotation marks are broken is cut without regard to them, and added to `bad`."""
    start = 0
    while start < len(lines):
        reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
        while True:
            done = start + reader.line_num
            try:
                yield next(reader)
            except StopIteration:
                return
            except csv.Error:
                break
        bad.append(done)
        yield [cell.strip('" ') for cell in lines[done].split(delimiter)]
        start = done + 1


def _from(lines: Sequence[str], start: int) -> Iterator[str]:
    return (f"{lines[i]}\n" for i in range(start, len(lines)))
