"""Which line of a document is its title, and what is taken off it."""

import re
from collections.abc import Iterator, Sequence

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.furniture.places import MARGINS
from goalmap.ingest.furniture.pointers import BAR
from goalmap.ingest.furniture.smallprint import is_label, is_letterhead

PREFIX = re.compile(
    r"^(?:read|watch|listen|the sunday (?:take|read)|news|press release|media release|news release|blog|opinion|video|podcast)"
    r"\s*:\s*(?=\S)",
    re.I,
)
TITLE_WORDS = 25
TITLE_PLACES = 12
"""Among how many blocks at its head a document's title may stand."""


def with_title(blocks: Sequence[Block]) -> list[Block]:
    """The first heading before any story is the title, its "Read:" taken off."""
    result = list(blocks)
    stated = [i for i, block in enumerate(result) if block.kind is Kind.TITLE]
    head = stated or list(_head(result))
    named = [i for i in head if not (is_label(result[i].text) or is_letterhead(result[i].text))]
    for i in (named or head)[:1]:
        result[i] = Block(PREFIX.sub("", result[i].text), Kind.TITLE, result[i].page, result[i].boxes)
    return result


def _head(blocks: Sequence[Block]) -> Iterator[int]:
    """Where at the head of a document a title may stand: headings and lines before the first paragraph."""
    inside = [(i, block) for i, block in enumerate(blocks) if block.kind not in MARGINS]
    for i, block in inside[:TITLE_PLACES]:
        if block.kind is Kind.HEADING or _reads_as_title(block):
            yield i
        elif block.kind in (Kind.BODY, Kind.LIST_ITEM, Kind.TABLE_ROW, Kind.QUOTE) and not _is_passed(block.text):
            return


def _reads_as_title(block: Block) -> bool:
    """A line of its own that is no sentence, or one that a news site marked ("Read: ...")."""
    if block.kind is not Kind.BODY or not 3 < len(block.text.split()) <= TITLE_WORDS or _is_passed(block.text):
        return False
    return (PREFIX.match(block.text) is not None or block.text[-1].isalnum()) and BAR not in block.text


def _is_passed(text: str) -> bool:
    """Whether a title may still come below a line."""
    return (BAR in text and len(text.split()) < TITLE_WORDS) or is_label(text)
