"""Organisations: legal forms, head words, known bodies, what the sentence says of a name, and the model's labels."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from goalmap.extract.bodies.frames import bodies_in_context, formed_bodies
from goalmap.extract.bodies.headed import headed_bodies
from goalmap.extract.bodies.known import known_bodies
from goalmap.extract.bodies.labelled import labelled_bodies
from goalmap.extract.bodies.words import HEADS, WEAK_ENDS
from goalmap.extract.candidates import Candidate, Label, Sure
from goalmap.extract.vocabulary.place_words import places_in
from goalmap.extract.vocabulary.well_known import BODIES
from goalmap.extract.words import NAME_RUN, words_of

ACRONYM = r"[A-Z][A-Za-z&]{0,2}[A-Z&]{1,6}[A-Za-z]?"
DEFINED = re.compile(
    rf"(?P<name>{NAME_RUN}(?: plc)?)[’']?s? \((?:[“\"‘']?[Tt]he \w+[”\"’']?(?:,| or| and) )?(?:the |or |known as )?[“\"‘']?(?P<acronym>{ACRONYM})[”\"’']?\)"
)
"""`Tilney Housing Group (THG)`: a name with its acronym."""

_BODY_ENDS = HEADS - WEAK_ENDS
_BODY_START = re.compile(
    r"^(?:NHS|HM|HMP|HMS|RAF|University|Royal College|Institute|Department|Ministry|Citizens Advice|Age UK|Friends) "
)


@lru_cache(maxsize=20_000)
def looks_like_a_body(name: str) -> bool:
    """The name ends or begins as names of bodies do, or is well known."""
    last = name.rpartition(" ")[2].removesuffix("\n")
    return last in _BODY_ENDS or bool(_BODY_START.match(name)) or name in BODIES


def find_organisations(text: str, labels: Iterable[Label]) -> Iterator[Candidate]:
    """Every proposal for an organisation in one passage, and the words that are surely none."""
    words = words_of(text)
    yield from known_bodies(text, words)
    yield from headed_bodies(text, words)
    yield from formed_bodies(text)
    yield from bodies_in_context(text)
    yield from labelled_bodies(text, labels)
    for start, end in places_in(text):
        yield Candidate(None, start, end, "place", Sure.CONTEXT)
