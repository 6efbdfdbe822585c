"""Runs of blocks in which each is furniture because of the others: sections that close a document, lists of other stories."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.furniture.places import ENDS, MARGINS, NOTES, STORY
from goalmap.ingest.furniture.pointers import heads_briefs, heads_teasers
from goalmap.ingest.furniture.smallprint import LONG, closes

LEFT_ALONE = MARGINS | {Kind.TITLE, Kind.CAPTION, Kind.TABLE_ROW, Kind.QUOTE}
BRIEF_WORDS = 8
CLOSING_WORDS = 500
"""Most words of a section that closes a document; more than that is another document."""


def with_endings(blocks: Sequence[Block]) -> list[Block]:
    """The text of closing sections as boilerplate, that of lists of other stories as teasers."""
    closed = _closed(blocks)
    pointed = _pointed(blocks)
    return [
        block.as_kind(Kind.TEASER if i in pointed else Kind.BOILERPLATE if i in closed else block.kind)
        for i, block in enumerate(blocks)
    ]


def _closed(blocks: Sequence[Block]) -> set[int]:
    """Which blocks stand in sections that close the document."""
    sections = list(_sections(blocks))
    closed: set[int] = set()
    for section in reversed(sections):
        if not _is_empty(blocks, section) and not _closes(blocks, section):
            break
        if not _is_mark(blocks[section[0]]):
            closed.update(section)
    return {i for i in closed if _may_close(blocks[i])}


def _sections(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The blocks from one heading, or line that closes, to the next."""
    section: list[int] = []
    for i, block in enumerate(blocks):
        if block.kind in MARGINS:
            continue
        if section and (block.kind in (Kind.HEADING, Kind.TITLE) or closes(block.text)):
            yield section
            section = []
        section.append(i)
    if section:
        yield section


def _is_empty(blocks: Sequence[Block], section: Sequence[int]) -> bool:
    """Whether a section is a heading that a program made of a line."""
    return len(section) == 1 and blocks[section[0]].kind is Kind.HEADING


def _closes(blocks: Sequence[Block], section: Sequence[int]) -> bool:
    words = sum(len(blocks[i].text.split()) for i in section)
    return closes(blocks[section[0]].text) and words < CLOSING_WORDS and section[0] > 0


def _is_mark(block: Block) -> bool:
    """ "Ends" or "Notes to editors": the notes themselves may well report what was done."""
    return ENDS.match(block.text) is not None or NOTES.match(block.text) is not None


def _may_close(block: Block) -> bool:
    """Whether a block may be furniture at all: one told at length is not, nor is a heading that is none of these."""
    if block.kind is Kind.HEADING:
        return closes(block.text) and not _is_mark(block)
    return block.kind not in LEFT_ALONE and len(block.text.split()) < LONG


# Other stories


def _pointed(blocks: Sequence[Block]) -> set[int]:
    """Which blocks stand in a list of other stories: from its heading to the next paragraph of a story."""
    pointed: set[int] = set()
    for start, block in enumerate(blocks):
        if start not in pointed and block.kind not in MARGINS | {Kind.TITLE} and heads_teasers(block.text):
            pointed.update(_run_of_teasers(blocks, start))
        elif block.kind is Kind.HEADING and heads_briefs(block.text):
            pointed.update(_run_of_briefs(blocks, start))
    return pointed


def _run_of_teasers(blocks: Sequence[Block], start: int) -> Iterator[int]:
    """The blocks under a heading of other stories; none if a story is told there."""
    inside = [i for i in range(start, len(blocks)) if blocks[i].kind not in MARGINS]
    told = next((place for place, i in enumerate(inside) if _is_told(blocks[i])), len(inside))
    if told < len(inside) and blocks[inside[told - 1]].kind is Kind.HEADING and told > 1:
        told -= 1
    elif told == 1 < len(inside):
        return
    yield from (i for i in inside[:told] if blocks[i].kind is not Kind.TABLE_ROW)


def _run_of_briefs(blocks: Sequence[Block], start: int) -> list[int]:
    """The heading and the short lines under it, none of which is a sentence; nothing if there are none."""
    briefs = list(takewhile(lambda i: _is_brief(blocks[i]), range(start + 1, len(blocks))))
    return [start, *briefs] if briefs else []


def _is_brief(block: Block) -> bool:
    return len(block.text.split()) <= BRIEF_WORDS and block.text[-1].isalnum() and block.kind not in LEFT_ALONE


def _is_told(block: Block) -> bool:
    return not block.linked and len(block.text.split()) >= STORY
