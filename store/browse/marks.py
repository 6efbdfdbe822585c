"""Marks in the text of a passage."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup

LAYERS = ("quotation", "evidence", "figure", "initiative", "organisation", "person")
"""From the outermost mark to the innermost, where two cover the same words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that is shown as something; `title` says what, `href` leads to its page."""

    start: int
    end: int
    kind: str
    title: str = ""
    href: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.start, -self.end, LAYERS.index(self.kind))

    def moved(self, by: int) -> "Mark":
        return replace(self, start=self.start + by, end=self.end + by)


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """The text as HTML with every mark in its place; marks that overlap are nested, and cut in two where they cross."""
    fitting = sorted((mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), key=lambda mark: mark.order)
    cuts = sorted({0, len(text), *(mark.start for mark in fitting), *(mark.end for mark in fitting)})
    html, standing = Markup(), list[Mark]()
    for here, there in pairwise(cuts):
        wanted = [mark for mark in fitting if mark.start <= here < mark.end]
        same = _common(standing, wanted)
        html += _closings(standing, same)
        html += _openings(wanted, same)
        html += text[here:there]
        standing = wanted
    return html + _closings(standing, 0)


def _common(one: list[Mark], other: list[Mark]) -> int:
    """How many marks two lists share from their beginning."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left is not right), min(len(one), len(other)))


def _openings(marks: list[Mark], first: int) -> Markup:
    """Where the marks from the first one on begin; of marks in one another only the outermost is a link."""
    html = Markup()
    for at, mark in enumerate(marks[first:], first):
        if at == _linked(marks):
            html += Markup('<a class="gm-named" href="{}">').format(mark.href)
        html += Markup('<mark class="{}" title="{}">').format(mark.kind, mark.title or mark.kind)
    return html


def _closings(marks: list[Mark], first: int) -> Markup:
    """Where the marks from the first one on end."""
    linked = _linked(marks)
    ends = ("</mark></a>" if at == linked else "</mark>" for at in range(first, len(marks)))
    return Markup("").join(map(Markup, reversed(list(ends))))


def _linked(marks: list[Mark]) -> int | None:
    """The place of the outermost mark that leads somewhere."""
    return next((at for at, mark in enumerate(marks) if mark.href), None)
