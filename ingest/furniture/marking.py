"""What in a document is not its story: menus, cookie lines, teasers, contacts, biographies, notes and small print."""

import re
from collections.abc import Callable, Iterator, Sequence

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.furniture import listings
from goalmap.ingest.furniture.endings import with_endings
from goalmap.ingest.furniture.people import OPENING_QUOTE, is_bio, is_life, is_quotation, is_signature
from goalmap.ingest.furniture.places import MARGINS, STORY, Place, places
from goalmap.ingest.furniture.pointers import (
    heads_teasers,
    is_contents,
    is_early_link,
    is_page_tool,
    is_row_of_links,
    is_teaser,
)
from goalmap.ingest.furniture.smallprint import (
    is_about,
    is_contact,
    is_ending,
    is_mail_head,
    is_paper_head,
    is_self_portrait,
    is_small_print,
)
from goalmap.ingest.furniture.stock_lines import is_stock_line
from goalmap.ingest.furniture.titles import with_title
from goalmap.ingest.marks import is_caption

PULL_QUOTE = 45
"""Most words in a sentence that is set again beside the text."""
KNOWN = MARGINS | {Kind.TITLE, Kind.CAPTION, Kind.TEASER}
"""Kinds that no rule changes."""


def mark(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with furniture, titles, biographies and quotations told from the story."""
    told: Sequence[Block] = blocks
    for step in RUNS:
        told = step(told)
    ended = with_endings(told)
    found = places(told, _is_heading, _is_story)
    return tuple(place.block.as_kind(_kind(place, end.kind)) for place, end in zip(found, ended, strict=True))


def _kind(place: Place, at_end: Kind) -> Kind:
    """The kind by the first rule that applies to a block where it stands, else the one that its run gives it."""
    if place.block.kind in KNOWN:
        return place.block.kind
    if at_end is Kind.TEASER:
        return at_end
    return next((kind for applies, kind in RULES if applies(place)), at_end)


def _is_heading(block: Block) -> bool:
    return block.kind is Kind.HEADING or heads_teasers(block.text)


def _is_story(block: Block) -> bool:
    if block.kind not in (Kind.BODY, Kind.QUOTE) or len(block.text.split()) < STORY:
        return False
    return not (is_life(block.text) or is_self_portrait(block.text) or is_stock_line(block.text))


def _heads_picture(place: Place) -> bool:
    """A caption that was taken for a heading."""
    return place.block.kind is Kind.HEADING and is_caption(place.text)


# Sentences set again beside the text


def without_pull_quotes(blocks: Sequence[Block]) -> list[Block]:
    """Quotations that stand in the text as well are captions of it."""
    return list(_without_pull_quotes(blocks))


def _without_pull_quotes(blocks: Sequence[Block]) -> Iterator[Block]:
    text = " ".join(_letters(block.text) for block in blocks) if any(map(_may_be_pulled, blocks)) else ""
    for block in blocks:
        pulled = _may_be_pulled(block) and text.count(_letters(block.text)) > 1
        yield block.as_kind(Kind.CAPTION if pulled else block.kind)


def _may_be_pulled(block: Block) -> bool:
    short = 4 < len(block.text.split()) <= PULL_QUOTE
    return short and block.kind in (Kind.QUOTE, Kind.HEADING) and OPENING_QUOTE.match(block.text) is not None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


RUNS: tuple[Callable[[Sequence[Block]], Sequence[Block]], ...] = (listings.mark, with_title, without_pull_quotes)
"""Steps over all the blocks of a document, taken before any block is looked at by itself."""

RULES: tuple[tuple[Callable[[Place], bool], Kind], ...] = (
    (is_ending, Kind.BOILERPLATE),
    (is_teaser, Kind.TEASER),
    (is_contents, Kind.NAVIGATION),
    (is_early_link, Kind.NAVIGATION),
    (is_mail_head, Kind.BOILERPLATE),
    (is_contact, Kind.CONTACT),
    (is_small_print, Kind.BOILERPLATE),
    (is_page_tool, Kind.NAVIGATION),
    (is_paper_head, Kind.BOILERPLATE),
    (is_row_of_links, Kind.BOILERPLATE),
    (is_bio, Kind.BIO),
    (is_about, Kind.BOILERPLATE),
    (_heads_picture, Kind.CAPTION),
    (is_signature, Kind.BODY),
    (is_quotation, Kind.QUOTE),
)
"""The first rule that applies to a block tells its kind."""
