"""Tables of people: a column of names, one of posts, perhaps one of bodies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goalmap.extract.roles.dates import Period, date_in, period_after
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
_SINCE = table("since|appointed|start|started|joined|in post since|date appointed", "|")
_ASIDE = re.compile(
    r"(?i)\b(?:until|from|since|to|part[- ]time|full[- ]time|maternity|cover|vacant|\d{4}|job ?share|acting|interim)\b"
)
"""What stands in brackets behind a post without being part of it."""
_SPLIT = re.compile(r"\s*\|\s*")
_PERSON = re.compile(r"⟨P(\d+)⟩")
_BESIDE_NAME = re.compile(r"⟨P\d+⟩ \((?P<title>[^()⟨]{3,40})\)$")
"""`⟨P⟩ (Vice-Chair)`: the post of this one among the members."""
_BODY_SIGN = re.compile(r"⟨O(\d+)⟩")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has its names, posts and bodies; `title` is the post that the heading of the names gives to all."""

    name: int
    post: int | None
    body: int | None
    since: int | None
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
    return Columns(name, post, _find(cells, _BODY), _find(cells, _SINCE), title)


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
    if (own_post := _BESIDE_NAME.search(cells[columns.name])) and is_post_title(own_post["title"]):
        yield Post(int(person[1]), own_post["title"], sentence=row, place=0)
        return
    if columns.title:
        yield Post(int(person[1]), columns.title, number, sentence=row, place=0)
        return
    held = _cell(cells, columns.post)
    own = _BODY_SIGN.search(held)
    title = re.sub(r"[\s,]*(?:(?:of|at|for|,)\s*(?:the )?)?⟨[OI]\d+⟩.*$", "", held).strip(" ,.;")
    aside = re.search(r"\s*\((?P<words>[^()]*)\)$", title)
    period = period_after(f" {aside['words']}") if aside else Period()
    title = title[: aside.start()] if aside and _ASIDE.search(aside["words"]) else title
    former = re.match(r"(?i)(?:former|ex-)\s*", title)
    if title and "⟨" not in title and any(char.isalpha() for char in title) and len(title.split()) <= 10:
        yield Post(
            int(person[1]),
            title[former.end() :] if former else title,
            int(own[1]) if own else number,
            bool(former) or period.over,
            period.since or date_in(_cell(cells, columns.since)),
            period.until,
            sentence=row,
        )


_OVER_PEOPLE = re.compile(
    r"(?i)^(?:\d+\.? )?(?:our |the |meet (?:our|the) )?(?:board of |current |present )?"
    r"(trustee|governor|patron|ambassador|vice-president|non-executive director|director|councillor|adviser|board member|committee member)s"
    r"(?: who served| during the year| of ⟨O\d+⟩| (?:at|on) \d.*| 20\d\d.*)?:?$"
)
_LISTED = re.compile(r"^⟨P(\d+)⟩(?=$|[,;]|\s?[(–—-]|\s[A-Z.]{2,}\b)(?P<told>.{0,90})$")
_GONE = re.compile(r"\b(?:resigned|retired|stood down|stepped down|until|to \d|died|left)\b")


def posts_of_heading(text: str, heading: str) -> Iterator[Post]:
    """The post that a heading gives to each person listed under it: `Trustees`."""
    over = _OVER_PEOPLE.match(heading)
    listed = _LISTED.match(text) if over else None
    if over and listed:
        gone = _GONE.search(re.split(r"[;,]", listed["told"])[0])
        yield Post(int(listed[1]), over[1].capitalize(), former=bool(gone), article="the", sentence=text)


def is_post_title(words: str) -> bool:
    """Its last word is that of a post."""
    return is_occupation(singular(words.split()[-1].casefold()))


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""
