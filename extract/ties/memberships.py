"""Memberships: who chairs, belongs to, is part of, partners or signs up to which body."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from goalmap.extract.masking import BODY, PERSON

_MEMBER = r"⟨[PO](\d+)⟩\)?"
_JOINER = r"⟨O(\d+)⟩\)?"
"""A body joins as a member; a person who joins a body works there."""
_OWNED = r"(?:[^.;⟨“”]{0,60}⟨P\d+⟩[’']s )?"
_REACH = r"[^.;⟨“”]{0,70}?"


class Tie(NamedTuple):
    """A member, the body it is tied to, and how."""

    member: int
    body: int
    kind: str


_TIES = (
    ("chairs", re.compile(rf"{PERSON},? (?:who )?(?:also )?(?:chairs|co-chairs) (?:the )?{BODY}")),
    ("chairs", re.compile(rf"{PERSON},? (?:is )?(?:an? |the )?(?:[Cc]o-)?[Cc]hair of (?:the )?{BODY}")),
    (
        "member of",
        re.compile(
            rf"{_MEMBER}{_REACH}\b(?:is|are|as|became|becomes|was|also)?\b(?: [a-z]+)? ?(?:an? )?(?:active |founding |full )?members? of (?:the )?{BODY}"
        ),
    ),
    ("member of", re.compile(rf"{_JOINER} (?:has )?joined (?:the )?{BODY}")),
    (
        "part of",
        re.compile(rf"{_MEMBER} (?:is|are|was|forms?) (?:a )?part of (?:the )?{_OWNED}(?:[^.;⟨“”]{{0,60}})?{BODY}"),
    ),
    ("partner of", re.compile(rf"{_MEMBER}{_REACH}\b(?:is|are) (?:an? )?partners? (?:of|with|in) (?:the )?{BODY}")),
    (
        "partner of",
        re.compile(
            rf"{_MEMBER} (?:is|are|has been) (?:partnering|working in partnership|teaming up) with (?:the )?{BODY}"
        ),
    ),
    ("partner of", re.compile(rf"{_MEMBER} (?:has|have) (?:partnered|teamed up) with (?:the )?{BODY}")),
    (
        "signatory of",
        re.compile(
            rf"{_MEMBER}{_REACH}\b(?:is|are|became|becomes) (?:an? |the )?(?:\w+ )?signator(?:y|ies) (?:of|to) (?:the )?{BODY}"
        ),
    ),
    ("signatory of", re.compile(rf"{_MEMBER} (?:has |have )?signed (?:up to )?(?:the )?{BODY}")),
    ("trustee of", re.compile(rf"{PERSON}{_REACH}\btrustee of (?:the )?{BODY}")),
    ("founder of", re.compile(rf"{PERSON},? (?:who )?(?:co-)?founded (?:the )?{BODY}")),
)


BY_POST = (
    ("chairs", re.compile(r"^(?:interim |acting |joint |vice[- ]|deputy )*(?:co-)?chair(?:man|woman|person)?\b", re.I)),
    ("trustee of", re.compile(r"\btrustee\b", re.I)),
    ("founder of", re.compile(r"\b(?:co-)?founder\b", re.I)),
    ("member of", re.compile(r"^(?:active |founding |board )*member\b|\bgovernor\b|\bfellow\b", re.I)),
)
"""What a post says of the tie between a person and a body."""


def tie_of_post(title: str) -> str | None:
    """The kind of tie that a post is, if it is one.

    >>> tie_of_post("co-chair"), tie_of_post("Chief Executive")
    ('chairs', None)
    """
    return next((kind for kind, pattern in BY_POST if pattern.search(title)), None)


def ties_in(masked: str) -> Iterator[Tie]:
    """Every tie that one masked passage states."""
    for kind, pattern in _TIES:
        for match in pattern.finditer(masked):
            if match[1] != match[2]:
                yield Tie(int(match[1]), int(match[2]), kind)
