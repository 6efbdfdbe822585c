"""Marks in the text of a passage."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

LAYERS = ("quotation", "evidence", "figure", "initiative", "organisation", "person")
"""From the outermost mark to the innermost, where two cover the same words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that is shown as something; `title` says what."""

    start: int
    end: int
    kind: str
    title: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.start, -self.end, LAYERS.index(self.kind))


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """The text as HTML with every mark in its place; marks that overlap are nested, and cut in two where they cross."""
    fitting = sorted((mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), key=lambda mark: mark.order)
    cuts = sorted({0, len(text), *(mark.start for mark in fitting), *(mark.end for mark in fitting)})
    html, standing = Markup(), list[Mark]()
    for here, there in pairwise(cuts):
        wanted = [mark for mark in fitting if mark.start <= here < mark.end]
        same = _common(standing, wanted)
        html += Markup("</mark>") * (len(standing) - same)
        html += Markup().join(map(_opening, wanted[same:]))
        html += text[here:there]
        standing = wanted
    return html + Markup("</mark>") * len(standing)


def _common(one: list[Mark], other: list[Mark]) -> int:
    """How many marks two lists share from their beginning."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left is not right), min(len(one), len(other)))


def _opening(mark: Mark) -> Markup:
    return Markup('<mark class="{}" title="{}">').format(mark.kind, mark.title or mark.kind)
