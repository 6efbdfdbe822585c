"""Ranks that stand before a name and are posts: Chief Constable, Sergeant, Professor of a university."""

import re
from collections.abc import Container, Iterable, Sequence

from goalmap.extract.names import Mention
from goalmap.extract.roles.post import Post
from goalmap.extract.words import one_of
from goalmap.ingest.document import Passage

_POLICE = one_of(
    (
        "Chief Constable",
        "Constable",
        "Chief Superintendent",
        "Superintendent",
        "Chief Inspector",
        "Inspector",
        "Sergeant",
        "Sgt",
        "Detective Constable",
        "PC",
        "PCSO",
        "DC",
        "DS",
        "DI",
        "DCI",
        "Supt",
        "Insp",
        "Station Officer",
        "Watch Manager",
        "Crew Manager",
        "Station Manager",
        "Group Manager",
        "Area Manager",
        "Station Commander",
        "Firefighter",
    )
)
_RANK = re.compile(
    rf"(?:the )?(?P<rank>(?:(?:Assistant|Deputy|Acting|Temporary|Detective|Police) ){{0,2}}(?:{_POLICE})|Professor)\.? (?=\w)"
)
_OF_BODY = re.compile(r"^ (?:of|at|from) (?:the )?⟨O(\d+)⟩(?!’s|'s)")
_LATE = re.compile(r"\b(?:late|former) $")


def _rank(mention: Mention, passages: Sequence[Passage], masked: Sequence[str]) -> Post | None:
    """The rank inside a name; of a professor only with the university."""
    match = _RANK.match(mention.surface)
    if not match:
        return None
    text, sign = masked[mention.span.passage], f"⟨P{mention.entity}⟩"
    place = text.find(sign)
    body = _OF_BODY.match(text[place + len(sign) :]) if place >= 0 else None
    if match["rank"] == "Professor" and body is None:
        return None
    former = bool(_LATE.search(passages[mention.span.passage].text[: mention.span.start]))
    return Post(
        mention.entity, match["rank"], int(body[1]) if body else None, former, sentence=text, place=max(place, 0)
    )


def ranks_in(
    passages: Sequence[Passage], masked: Sequence[str], mentions: Iterable[Mention], held: Container[int]
) -> dict[int, list[Post]]:
    """One rank for each person of whom the text tells no other post, by passage; best where it is told with a body."""
    found = [
        (mention.span.passage, post)
        for mention in mentions
        if mention.entity not in held and (post := _rank(mention, passages, masked))
    ]
    told: dict[int, tuple[int, Post]] = {}
    for place, post in sorted(found, key=lambda one: (one[1].body is None, one[0])):
        told.setdefault(post.person, (place, post))
    by_passage: dict[int, list[Post]] = {}
    for place, post in told.values():
        by_passage.setdefault(place, []).append(post)
    return by_passage
