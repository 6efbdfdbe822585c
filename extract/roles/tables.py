"""Tables of people: a column of names, one of posts, perhaps one of bodies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goalmap.extract.roles.heads import is_occupation, singular
from goalmap.extract.roles.post import Post
from goalmap.extract.words import table

_NAME = table(
    "name|member|names|trustee|director|attendee|present|board member|officer|contact|person|who|presenter|governor|speaker",
    "|",
)
_POST = table(
    "role|position|title|post|job title|designation|job|role / title|office|office held|responsibility|post held|role/title|capacity",
    "|",
)
_BODY = table(
    "organisation|organization|employer|body|company|representing|institution|partner|trust|council|organisation represented|from|agency",
    "|",
)
_SPLIT = re.compile(r"\s*\|\s*")
_PERSON = re.compile(r"⟨P(\d+)⟩")
_BODY_SIGN = re.compile(r"⟨O(\d+)⟩")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has its names, posts and bodies; `title` is the post that the heading of the names gives to all."""

    name: int
    post: int | None
    body: int | None
    title: str | None = None


def columns_of(row: str) -> Columns | None:
    """What a heading row says, if it heads people."""
    cells = [cell.strip().casefold() for cell in _SPLIT.split(row)]
    if len(cells) < 2 or "⟨" in row:
        return None
    name = _find(cells, _NAME)
    post = _find(cells, _POST)
    if name is None:
        return None
    title = cells[name].capitalize() if post is None and is_occupation(singular(cells[name])) else None
    if post is None and title is None:
        return None
    return Columns(name, post, _find(cells, _BODY), title)


def _find(cells: Sequence[str], words: frozenset[str]) -> int | None:
    return next((place for place, cell in enumerate(cells) if cell in words), None)


def posts_of_row(row: str, columns: Columns) -> Iterator[Post]:
    """The posts of the person in one row."""
    cells = _SPLIT.split(row)
    person = _PERSON.search(cells[columns.name]) if columns.name < len(cells) else None
    if not person:
        return
    body = _BODY_SIGN.search(_cell(cells, columns.body))
    number = int(body[1]) if body else None
    if columns.title:
        yield Post(int(person[1]), columns.title, number, sentence=row, place=0)
        return
    held = _cell(cells, columns.post)
    own = _BODY_SIGN.search(held)
    title = re.sub(r"[\s,]*(?:(?:of|at|for|,)\s*(?:the )?)?⟨O\d+⟩.*$", "", held).strip(" ,.;")
    former = re.match(r"(?i)(?:former|ex-)\s*", title)
    if title and "⟨" not in title and any(char.isalpha() for char in title) and len(title.split()) <= 10:
        yield Post(
            int(person[1]),
            title[former.end() :] if former else title,
            int(own[1]) if own else number,
            bool(former),
            sentence=row,
        )


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""
