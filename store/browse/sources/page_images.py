"""The page of a PDF that a passage stands on, as a picture; those that were asked for last are kept."""

import asyncio
import hashlib
import sqlite3
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from goalmap.ingest.document import Box
from goalmap.ingest.watch import MEGABYTE
from goalmap.store.browse.page_rows import row
from goalmap.store.browse.sources.originals import NotServed, Original, original_of
from goalmap.store.browse.sources.painting import UNDRAWABLE, Order, ordered
from goalmap.store.browse.values import json_list

PDF = "application/pdf"
REPAIRED = "a repaired copy of it was read"
"""What the reader of PDFs says of a damaged one; its pages are counted in that copy."""
MOST_KEPT = 64 * MEGABYTE
MOST_PICTURES = 2_000
"""Also pages that cannot be drawn, which take hardly any room."""
MOST_WAITING = 24
BUSY = "Too many pages are being drawn just now. Try again in a moment."
Pictures = OrderedDict[Order, "Future[bytes]"]

_KEPT: Pictures = OrderedDict()
"""Pictures that are drawn or being drawn, the latest last, and pages that cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage that stands on pages of a PDF."""

    original: Original
    boxes: tuple[Box, ...]
    is_mended: bool

    @property
    def pages(self) -> list[int]:
        return sorted({box.page for box in self.boxes})

    def order(self, page: int, enlarged: float) -> Order:
        boxes = tuple(box for box in self.boxes if box.page == page)
        return Order(self.original, boxes, enlarged, self.is_mended)


def has_page_image(document: Mapping[str, Any], passage: Mapping[str, Any]) -> bool:
    """Whether a passage can be shown on its page; rows of `documents` and `passages`, or of a query that joins them."""
    return bool(pages_shown(document, passage))


def pages_shown(document: Mapping[str, Any], passage: Mapping[str, Any]) -> list[int]:
    """The numbers of the pages on which a passage can be shown; none where it is of no PDF, of an earlier reading, or withheld."""
    if document["media_type"] != PDF or document["sha256"] is None or passage["retired_at"]:
        return []
    if document["withheld_since"]:
        return []
    return sorted({box.page for box in _boxes(passage["boxes"])})


def marked(conn: sqlite3.Connection, id: str) -> Marked | None:
    """A passage on its pages; None where it has none. Raises KeyError where there is no such passage."""
    sql = """
        select passages.boxes, passages.retired_at, documents.id as document_id, documents.media_type,
               documents.sha256, documents.problem, documents.withheld_since
        from passages join documents on documents.id = passages.document_id where passages.id = :id
    """
    found = row(conn, sql, id=id)
    if found is None:
        raise KeyError(id)
    original = original_of(conn, found["document_id"])
    if original is None or not has_page_image(found, found):
        return None
    return Marked(original, _boxes(found["boxes"]), REPAIRED in (found["problem"] or ""))


def _boxes(text: Any) -> tuple[Box, ...]:
    found = (box for box in json_list(text) if isinstance(box, list) and len(box) == 5)
    return tuple(Box(box[0], *map(float, box[1:])) for box in found if _is_box(box))


def _is_box(box: list[Any]) -> bool:
    return isinstance(box[0], int) and box[0] > 0 and all(isinstance(edge, (int, float)) for edge in box)


def fingerprint(order: Order) -> str:
    """What names a picture: the same content, page, places and size give the same."""
    shown = (order.original.contents, order.boxes, order.enlarged, order.is_mended)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


async def picture(order: Order) -> bytes:
    """The picture, drawn now or before. Raises NotServed."""
    if order not in _KEPT:
        if sum(not future.done() for future in _KEPT.values()) >= MOST_WAITING:
            raise NotServed(503, BUSY)
        _KEPT[order] = ordered(order)
    _KEPT.move_to_end(order)
    try:
        return await asyncio.shield(asyncio.wrap_future(_KEPT[order]))
    except NotServed as problem:
        if problem.status != UNDRAWABLE:
            _KEPT.pop(order, None)
        raise
    finally:
        _make_room()


def _make_room() -> None:
    """Forget the oldest pictures while they are too many."""
    while len(_KEPT) > MOST_PICTURES or (len(_KEPT) > 1 and sum(map(_size, _KEPT.values())) > MOST_KEPT):
        _KEPT.popitem(last=False)


def _size(future: "Future[bytes]") -> int:
    """What is kept of a picture; one that is being drawn takes no room yet."""
    with suppress(Exception):
        return len(future.result(timeout=0)) if future.done() else 0
    return 0
