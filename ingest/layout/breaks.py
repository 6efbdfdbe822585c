"""Tables that run over the foot of a page: a row that it cuts is made whole, a header printed again is a running header."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from goalmap.ingest.clean import join_lines
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.layout.page import Row, Table
from goalmap.ingest.layout.paragraphs import Part
from goalmap.ingest.layout.tables.tables import BAR, table_blocks

SAME_PLACE = 6.0
"""Points by which the parts of one table may miss each other."""
MARGINS = frozenset((Kind.HEADER, Kind.FOOTER, Kind.NAVIGATION))
ENDS = re.compile(r"[.!?]$")


def with_whole_rows(flow: Sequence[Part]) -> list[Part]:
    """The parts of a document, each row of a table once and whole."""
    whole: list[Part] = []
    table: Table | None = None
    for part in flow:
        if not isinstance(part, Table):
            table = table if isinstance(part, Block) and part.kind in MARGINS else None
            whole.append(part)
        elif table is not None and _goes_on(table, part):
            whole.extend(_continued(whole, table, part))
            table = replace(part, rows=(table.rows[0], *part.rows))
        else:
            whole.append(part)
            table = part
    return whole


def _goes_on(table: Table, part: Table) -> bool:
    """Whether a table at the head of a page goes on from the one at the foot of the page before."""
    in_line = abs(table.left - part.left) < SAME_PLACE and abs(table.right - part.right) < SAME_PLACE
    same = in_line and len(table.rows[-1].cells) == len(part.rows[0].cells)
    return same and part.rows[0].box.page == table.rows[-1].box.page + 1


def _continued(whole: list[Part], table: Table, part: Table) -> Iterator[Part]:
    """The rest of a table: its header as a running header, then its rows, the first of them perhaps put to the last above."""
    rows = part.rows
    if rows[0].cells == table.rows[0].cells:
        header = rows[0]
        yield Block(BAR.join(filter(None, header.cells)), Kind.HEADER, header.box.page, (header.box,))
        rows = rows[1:]
    if rows and _is_cut(table, rows[0]):
        _join(whole, table.rows[-1], rows[0])
        rows = rows[1:]
    if rows:
        yield replace(part, rows=rows)


def _is_cut(table: Table, row: Row) -> bool:
    """Whether a row goes on from the last of a table: in mid-sentence, or with nothing in the column that opens each row."""
    last = table.rows[-1]
    if row.cells[0]:
        return row.cells[0][0].islower() and bool(last.cells[0]) and not ENDS.search(last.cells[0])
    return all(other.cells[0] for other in table.rows[1:]) and all(
        above for above, cell in zip(last.cells, row.cells, strict=True) if cell
    )


def _join(whole: list[Part], last: Row, row: Row) -> None:
    """Replace the last row of the last table by a block that stands on both pages."""
    place = max(i for i, part in enumerate(whole) if isinstance(part, Table))
    above = whole[place]
    assert isinstance(above, Table)
    cells = [join_lines(pair) for pair in zip(last.cells, row.cells, strict=True)]
    blocks = [replace(block, boxes=(last.box, row.box)) for block in table_blocks([cells], last.box.page, last.box)]
    kept = [replace(above, rows=above.rows[:-1])] if len(above.rows) > 1 else []
    whole[place : place + 1] = [*kept, *blocks]
