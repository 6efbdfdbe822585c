"""The runs of text on a web page, in document order: what stands between two edges of blocks, and what it is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from goalmap.ingest.clean import clean
from goalmap.ingest.marks import ENDS_SENTENCE, ITEM

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
))  # fmt: skip
SKIPPED = frozenset((
    "button", "head", "iframe", "input", "math", "noscript", "object", "option", "script", "select", "style", "svg",
    "template", "textarea", "title",
))  # fmt: skip
CELLS = ("td", "th")
TEXT_BLOCKS = ("h1", "h2", "h3", "p", "table", "ul", "ol")
"""What is not found in a cell of a table of figures: a row that holds two of them lays out the page."""
SPOKEN_NAMES = ("sr-only", "visually-hidden", "visuallyhidden", "screen-reader", "screenreader", "assistive-text")
"""Classes of what is read out and not shown."""
FOLDED = re.compile(
    r"accordion|collaps|spoiler|\bfaq|\banswer|tab-?pane|ui-tabs|until-found|"
    r"\b(?:\w+-)?(?:tab|toggle|panel|fold|expand)\w*-?(?:body|content|inner|panel|text)",
    re.I,
)
"""Names of what is not shown until it is unfolded."""
FOLDED_WORDS = 15
"""Fewest words in something folded; menus fold too."""
LINE_BREAK = "\u2028"
WORDS_IN_LINE = 15
"""A line that ends a sentence and has so many words is a paragraph, whatever broke it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Inline text under one element; a row of a table has cells instead."""

    element: Element
    text: str
    links: int = 0
    """How many of its characters are links."""
    bold: int = 0
    cells: tuple[str, ...] = ()

    @property
    def is_link(self) -> bool:
        inside = any(holder.tag == "a" for holder in (self.element, *self.element.iterancestors()))
        return inside or self.links > 0.8 * len(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style."""

    text: str
    is_link: bool
    is_bold: bool


def runs_in(element: Element) -> Iterator[Run]:
    """The runs under an element; what is not shown is left out."""
    if not _is_shown(element):
        return
    if element.tag == "tr" and not _lays_out_page(element):
        yield Run(element, "", cells=tuple(_text_of(cell) for cell in element if cell.tag in CELLS))
        return
    pieces = [Piece(element.text or "", False, False)]
    for child in element:
        if _is_block(child):
            yield from _paragraphs(element, pieces)
            pieces = []
            yield from runs_in(child)
        else:
            pieces.extend(_inline(child, False, False))
        pieces.append(Piece(child.tail or "", False, False))
    yield from _paragraphs(element, pieces)


def is_spoken(element: Element) -> bool:
    """Whether an element is only for those who have the page read out, or is kept from them as an ornament."""
    names = element.get("class") or ""
    return element.get("aria-hidden") == "true" or any(name in names for name in SPOKEN_NAMES)


def _is_shown(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return False
    is_hidden = element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")
    return not is_hidden or _is_folded(element)


def _is_folded(element: Element) -> bool:
    """Whether a hidden element is a part of the story that a click unfolds, as under the questions of a list of them."""
    names = " ".join(element.get(attribute) or "" for attribute in ("class", "id", "role", "hidden")).replace("_", "-")
    return FOLDED.search(names) is not None and len("".join(element.itertext()).split()) >= FOLDED_WORDS


def _is_block(element: Element) -> bool:
    """Whether an element is a block, or an inline one (a link around a card) that holds one."""
    if element.tag in BLOCKS:
        return True
    return len(element) > 0 and any(part.tag in BLOCKS for part in element.iterdescendants())


def _lays_out_page(row: Element) -> bool:
    if next(row.iter("table", "h1"), None) is not None or _table_of(row).get("role") in ("presentation", "none"):
        return True
    blocks = sum(1 for _ in row.iter(*TEXT_BLOCKS))
    return blocks > 2 * len(row) or blocks > len(row) == 1


def _table_of(row: Element) -> Element:
    return next(row.iterancestors("table"), row)


def _inline(element: Element, is_link: bool, is_bold: bool) -> Iterator[Piece]:
    if not _is_shown(element) or is_spoken(element):
        return
    if element.tag == "br":
        yield Piece(LINE_BREAK, is_link, is_bold)
        return
    is_apart = element.tag == "time" or (element.tag == "a" and _follows_link(element))
    is_link, is_bold = is_link or element.tag == "a", is_bold or element.tag in ("b", "strong")
    yield Piece(f" {element.text or ''}" if is_apart else element.text or "", is_link, is_bold)
    for child in element:
        yield from _inline(child, is_link, is_bold)
        yield Piece(child.tail or "", is_link, is_bold)
    if element.tag == "time":
        yield Piece(" ", is_link, is_bold)


def _follows_link(link: Element) -> bool:
    before = link.getprevious()
    return before is not None and before.tag == "a" and not before.tail


def _text_of(cell: Element) -> str:
    """All the text in a cell."""
    return "".join(piece.text for piece in _inline_or_block(cell))


def _inline_or_block(element: Element) -> Iterator[Piece]:
    if not _is_shown(element):
        return
    edge = " " if element.tag in BLOCKS or element.tag == "br" else ""
    yield Piece(edge + (element.text or ""), False, False)
    for child in element:
        yield from _inline_or_block(child)
        yield Piece(child.tail or "", False, False)
    yield Piece(edge, False, False)


# Paragraphs


def _paragraphs(element: Element, pieces: list[Piece]) -> Iterator[Run]:
    """The paragraphs in a run of text, which two line breaks keep apart, or one after a long sentence or before an item."""
    if len(pieces) == 1 or not any(piece.text == LINE_BREAK for piece in pieces):
        yield from _run(element, pieces)
        return
    kept: list[Piece] = []
    last, words, empty = "", 0, False
    for is_break, group in groupby(pieces, key=lambda piece: piece.text == LINE_BREAK):
        line = list(group)
        text = clean("".join(piece.text for piece in line))
        if is_break or not text:
            empty = empty or len(line) > 1 or not is_break
            continue
        if empty or ITEM.match(text) or (words >= WORDS_IN_LINE and ENDS_SENTENCE.search(last[-4:])):
            yield from _run(element, kept)
            kept, words = [], 0
        kept.extend([*line, Piece(" ", False, False)])
        last, words, empty = text, words + len(text.split()), False
    yield from _run(element, kept)


def _run(element: Element, pieces: list[Piece]) -> Iterator[Run]:
    text = clean("".join(piece.text for piece in pieces))
    if text:
        links, bold = (
            sum(len(piece.text.strip()) for piece in pieces if getattr(piece, style))
            for style in ("is_link", "is_bold")
        )
        yield Run(element, text, links, bold)
