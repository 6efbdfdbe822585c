"""A table of results: rows to go through, a picture of it in a terminal or a notebook."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, overload

from goalmap.api.html import html_table

Row = dict[str, Any]

MOST_SHOWN = 20
MOST_COLUMNS, MOST_IN_NOTEBOOKS = 6, 8
"""Rows of a table that are shown, and columns in a terminal and in a notebook; all are there."""
LONGEST_CELL = 200
WIDTH = 100
BETWEEN = "  "


@dataclass(frozen=True, slots=True, repr=False)
class Table(Sequence[Row]):
    """Rows with named columns. Each row is a dict, so that `pandas.DataFrame(list(table))` takes it.

    >>> table = Table(("code", "name"), (("8", "Health"), ("9", "Homes")))
    >>> table[0]
    {'code': '8', 'name': 'Health'}
    >>> table.column("name")
    ('Health', 'Homes')
    >>> table
    code  name
    8     Health
    9     Homes
    """

    columns: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> "Table": ...
    def __getitem__(self, place: int | slice) -> "Row | Table":
        if isinstance(place, slice):
            return Table(self.columns, self.values[place])
        return dict(zip(self.columns, self.values[place], strict=True))

    def __len__(self) -> int:
        return len(self.values)

    def column(self, name: str) -> tuple[Any, ...]:
        """The values of one column. Raises UnknownName."""
        if name not in self.columns:
            from goalmap.ingest.errors import UnknownName

            raise UnknownName("column", name, self.columns)
        place = self.columns.index(name)
        return tuple(row[place] for row in self.values)

    def __repr__(self) -> str:
        columns = self.columns[:MOST_COLUMNS]
        rows = [columns, *(tuple(" ".join(cell.split()) for cell in row[:MOST_COLUMNS]) for row in self._shown())]
        widths = _fitted([max(map(len, column)) for column in zip(*rows, strict=True)])
        lines = (
            BETWEEN.join(_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True))
            for row in rows
        )
        return "\n".join(line.rstrip() for line in (*lines, self._left_out(MOST_COLUMNS)) if line.strip())

    def _repr_html_(self) -> str:
        rows = (row[:MOST_IN_NOTEBOOKS] for row in self._shown())
        return html_table(self.columns[:MOST_IN_NOTEBOOKS], rows, self._left_out(MOST_IN_NOTEBOOKS))

    def _left_out(self, columns: int) -> str:
        """What is said of the rows, and of the columns beyond so many, that are not shown."""
        if not self.values:
            return "no rows"
        rows, more = len(self) - MOST_SHOWN, ", ".join(self.columns[columns:])
        parts = (f"{rows:,} more rows" if rows > 0 else "", f"columns not shown: {more}" if more else "")
        return "; ".join(filter(None, parts))

    def _shown(self) -> Iterator[tuple[str, ...]]:
        return (tuple(map(_cell, row)) for row in islice(self.values, MOST_SHOWN))


def table_of(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Table:
    """A table of these columns and rows."""
    return Table(tuple(columns), tuple(map(tuple, rows)))


def _cell(value: Any) -> str:
    """A value as text, not all of a long one."""
    return (
        f"{len(value):,} bytes" if isinstance(value, bytes) else _cut("" if value is None else str(value), LONGEST_CELL)
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _fitted(widths: list[int]) -> list[int]:
    """The widths of columns, the widest made narrower until all fit.

    >>> _fitted([4, 300, 10])
    [4, 82, 10]
    """
    while sum(widths) + len(BETWEEN) * (len(widths) - 1) > WIDTH:
        widths[widths.index(max(widths))] -= 1
    return widths
