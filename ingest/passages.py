"""Blocks to passages: each with its position, the heading it stands under, and its place on the page."""

from collections.abc import Iterable, Iterator

from goalmap.ingest.document import Block, Kind, Passage


def cut(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Passages in reading order; a heading holds until the next one."""
    return tuple(_passages(blocks))


def _passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    heading: str | None = None
    for position, block in enumerate(block for block in blocks if block.text):
        yield Passage(position, block.kind, block.text, heading, block.page, block.boxes)
        if block.kind is Kind.HEADING:
            heading = block.text
