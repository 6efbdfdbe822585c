"""Results as HTML for notebooks; whatever comes from a document is escaped."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

TABLE = '<table style="text-align: left">'
CELL = 'style="text-align: left; vertical-align: top; white-space: normal"'


def html_table(headings: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """A table; cells that are Markup stay as they are, all others are escaped.

    >>> "&lt;b&gt;" in html_table(["<b>"], [])
    True
    """
    from markupsafe import Markup

    head = Markup("").join(Markup(f"<th {CELL}>{{}}</th>").format(heading) for heading in headings)
    body = Markup("").join(_row(row) for row in rows)
    below = Markup('<caption style="caption-side: bottom">{}</caption>').format(caption) if caption else ""
    return str(Markup(f"{TABLE}{{}}<thead><tr>{{}}</tr></thead><tbody>{{}}</tbody></table>").format(below, head, body))


def _row(cells: Sequence[str]) -> "Markup":
    from markupsafe import Markup

    inside = Markup("").join(Markup(f"<td {CELL}>{{}}</td>").format(cell) for cell in cells)
    return Markup("<tr>{}</tr>").format(inside)


def with_heading(heading: str, *parts: str) -> str:
    """Parts of a page below a heading, which is escaped; the parts are HTML."""
    from markupsafe import Markup

    return str(Markup("<p><strong>{}</strong></p>{}").format(heading, Markup("").join(map(Markup, parts))))


def text_with_marks(text: str, spans: Iterable[tuple[int, int]]) -> "Markup":
    """A text in which these stretches are marked as evidence."""
    from goalmap.store.browse.marks import Mark, marked

    return marked(text, (Mark(start, end, "evidence") for start, end in spans))
