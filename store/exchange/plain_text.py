"""Documents as plain text for other programs, with the place of each passage in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

BETWEEN = "\n\n"
PASSAGES = """
select id, text from passages where document_id = :document and (retired_at is null or id in (
    select passage_id from current_decisions where passage_id = passages.id))
and (retired_at is null or replaced_by is null)
order by retired_at is not null, position, id
"""
"""In reading order; behind them what a later reading no longer gave, as far as something was decided on it."""
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
NOT_TEXT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|\ufeff")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A document's text, and where each passage begins and ends in it, in characters."""

    text: str
    places: dict[str, tuple[int, int]]


def plain_text(db: Database, document_id: str) -> PlainText:
    """The passages of a document in reading order, with blank lines between them."""
    return joined(db.query(PASSAGES, {"document": document_id}))


def joined(passages: Iterable[Any]) -> PlainText:
    texts: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    end = -len(BETWEEN)
    for passage in passages:
        text = clean(passage["text"])
        start = end + len(BETWEEN)
        end = start + len(text)
        places[passage["id"]] = start, end
        texts.append(text)
    return PlainText(BETWEEN.join(texts), places)


def clean(text: str) -> str:
    """Text with one kind of line end and without what XML and text files do not hold.

    >>> clean("a\\r\\nb\\x00c")
    'a\\nbc'
    """
    return NOT_TEXT.sub("", LINE_ENDS.sub("\n", text))
