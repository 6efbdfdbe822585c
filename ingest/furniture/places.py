"""Where a block stands in its document: its neighbours, its heading, and how much of the story is told before it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from goalmap.ingest.document import Block, Kind

ENDS = re.compile(
    r"^[\s\-–—*#=/]*(?:(?:press release )?(?:ends?|end of (?:press |media )?release|fin|diwedd)[\s\-–—*#=/.]*){1,2}$|^\s*#(?:\s?#){2,}\s*$",
    re.I,
)
NOTES = re.compile(
    r"^(?:notes? (?:to|for) (?:the )?editors?|editors?['’]? notes?|notes|background(?: notes?)?|about us|"
    r"nodiadau i olygyddion)\s*:?$",
    re.I,
)
MARGINS = frozenset((Kind.HEADER, Kind.FOOTER, Kind.NAVIGATION))
STORY = 25
"""Words that a paragraph of the story has at the least."""
SENTENCE = 12
"""The same in a document without such a paragraph."""


@dataclass(frozen=True, slots=True)
class Place:
    """A block where it stands."""

    block: Block
    before: Block | None
    after: Block | None
    heading: str
    words: int
    position: int
    """Counted without what stands in margins."""
    noted: bool
    """"Ends" or the notes to editors have come."""
    early: bool
    """The first paragraph of the story has not come."""
    late: bool
    """The last paragraph of the story has come."""

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def is_text(self) -> bool:
        return self.block.kind in (Kind.BODY, Kind.LIST_ITEM)


def places(
    blocks: Sequence[Block], is_heading: Callable[[Block], bool], is_story: Callable[[Block], bool]
) -> Iterator[Place]:
    """Each block with its place."""
    inside = [block for block in blocks if block.kind not in MARGINS]
    stories = [i for i, block in enumerate(inside) if is_story(block)] or list(_sentences(inside))
    first, last = (stories[0], stories[-1]) if stories else (len(inside), -1)
    heading, noted, position = "", False, -1
    for block in blocks:
        position += block.kind not in MARGINS
        before = inside[position - 1] if position > 0 else None
        after = inside[position + 1] if position + 1 < len(inside) else None
        words = len(block.text.split())
        yield Place(block, before, after, heading, words, max(position, 0), noted, position < first, position > last)
        if block.kind not in MARGINS:
            noted = noted or ENDS.match(block.text) is not None or NOTES.match(block.text) is not None
            heading = block.text if is_heading(block) else heading


def _sentences(blocks: Sequence[Block]) -> Iterator[int]:
    """Which blocks of a document without a paragraph of any length tell its story."""
    for i, block in enumerate(blocks):
        if block.kind is Kind.BODY and len(block.text.split()) >= SENTENCE and block.text.endswith((".", "”", '"')):
            yield i
