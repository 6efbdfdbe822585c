"""A document that was printed by some program, with what is to be read in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.layouts.wanted import Margins, Wanted, no_margins


@dataclass(frozen=True)
class Printed:
    """The bytes of a PDF, its passages in reading order, and its running lines."""

    data: bytes
    flow: Sequence[Wanted]
    margins: Margins = no_margins


def row(cells: Iterable[str], kind: str = "table_row") -> Wanted:
    """A row of a table as it is to be read."""
    return Wanted(kind, " | ".join(filter(None, cells)))
