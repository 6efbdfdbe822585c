"""About the organisation: only what documents say of it."""

import re
from collections.abc import Iterable, Iterator

from goalmap.report.draft.model import (
    Block,
    Cell,
    Fact,
    Items,
    Paragraph,
    Plain,
    Section,
    Table,
    Text,
    ToWrite,
    Words,
    plain,
)
from goalmap.report.material import Material, Membership, Post
from goalmap.report.section import Row
from goalmap.report.sections.telling import capital, counted, fact, listed
from goalmap.store.days import day

HEADS = re.compile(
    r"(?:(?:interim|acting|joint|group|deputy)\s+)*"
    r"(?:chief executive(?: officer)?|ceo|managing director|vice[- ]chancellor|leader(?: of the council)?|mayor"
    r"|(?:co-)?chair(?:man|woman|person)?(?: of (?:the )?(?:trust|board|governors|council))?|principal|president"
    r"|director general)",
    re.I,
)
"""The posts at the head of an organisation."""
MOST_SIZES = 3
MOST_TIES = 12
MOST_PLACES = 12


def organisation(material: Material, row: Row) -> Section | None:
    """Who leads it, how large it is, whom it belongs to and where it is active, as documents tell it."""
    if material.evidence.organisation is None:
        return None
    return row.section(*_blocks(material))


def _blocks(material: Material) -> Iterator[Block]:
    yield Paragraph(plain(_read(material)))
    for size in material.sizes[:MOST_SIZES]:
        yield Paragraph((Words(size.passage_id, size.start, size.end, size.text),))
    if heads := _latest(post for post in material.own_posts if HEADS.fullmatch(post.title.strip())):
        yield _people(heads)
    if ties := tuple(_each_once(material.memberships)):
        yield Items(tuple(_tie(tie) for tie in ties[:MOST_TIES]))
    if places := _places(material):
        yield Paragraph(places)
    yield Paragraph((ToWrite(f"Two or three sentences on {material.name}, its place and whom it serves."),))


def _read(material: Material) -> str:
    library = material.evidence.library
    return (
        f"What follows is taken from {counted(len(library.read), 'document')} by and about {material.name}, with"
        f" {counted(library.searched, 'passage')} that could tell of an activity."
    )


def _latest(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Each person once in a post, as told last; former ones only where nothing newer is told."""
    found: dict[tuple[str | None, str], Post] = {}
    for post in posts:
        found.setdefault((post.person.id, post.title.casefold()), post)
    return tuple(post for post in found.values() if not post.former) or tuple(found.values())


def _people(heads: tuple[Post, ...]) -> Table:
    rows = (
        (
            Cell(plain(f"Former {post.title}" if post.former else capital(post.title)), heading=True),
            Cell((Fact(post.person.name, (post.passage_id,)),)),
            Cell((Fact(day(post.as_of), (post.passage_id,)) if post.as_of else Plain("not known"),)),
        )
        for post in heads
    )
    caption = "Who leads the organisation, as the documents have it. Posts change: each holds for the day beside it."
    return Table(caption, ("Post", "Name", "As of"), tuple(rows), (4, 4, 3))


def _each_once(ties: Iterable[Membership]) -> Iterable[Membership]:
    found: dict[tuple[str | None, str, str | None], Membership] = {}
    for tie in ties:
        found.setdefault((tie.member.id, tie.kind, tie.organisation.id), tie)
    return found.values()


def _tie(tie: Membership) -> Text:
    when = f" (as of {day(tie.as_of)})" if tie.as_of else ""
    return (Fact(f"{tie.member.name}: {tie.kind} {tie.organisation.name}{when}.", (tie.passage_id,)),)


def _places(material: Material) -> Text:
    told = {place.text: (one, place) for one in material.evidence.shown for place in one.places}
    names = sorted(told)[:MOST_PLACES]
    if not names:
        return ()
    ones = [told[name][0] for name in names]
    cites = [told[name][1].passage_id or told[name][0].main.passage_id for name in names]
    return (fact(f"Places named with its activities: {listed(names)}.", ones, cites),)
