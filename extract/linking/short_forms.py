"""The shorter forms that the name of a body takes."""

import re
from collections.abc import Iterator

from goalmap.extract.words import STARTERS

_LEGAL = re.compile(
    r"(?: NHS(?: Foundation)? Trust| NHS (?:and|&) Social Care Partnership Trust| plc| PLC| Ltd\.?| Limited| CIC| LLP| Inc\.?)$"
)
_GENERIC_END = re.compile(
    r"(?: (?:University |Teaching |Community |Mental |Metropolitan |Borough |City |County |District |Town |Parish )*(?:Hospitals?|Health(?:care)?|Council|University|Energy|Housing|Homes|Group|Trust|Facilities|"
    r"Partnership|Building Society|Charity|College|Water|School|Academy|Primary School|High School|Foundation))$"
)
GENERIC_END_ANY = re.compile(f"{_GENERIC_END.pattern[:-1]}(?:{_LEGAL.pattern[:-1]})?$", re.I)
PLACE_BODY = re.compile(r"(?:Council|Combined Authority|Integrated Care \w+|Health Board|College|Academy)(?: NHS.*)?$")
"""Bodies named for the place they serve: the short form is the place."""


def short_forms(name: str) -> Iterator[str]:
    """`East Dunes University Hospitals NHS Trust`: East Dunes University Hospitals, East Dunes."""
    legal = _LEGAL.sub("", name)
    if legal != name and len(legal.split()) > 1:
        yield legal
    core = _GENERIC_END.sub("", legal)
    if (
        not PLACE_BODY.search(name)
        and core != legal
        and core not in STARTERS
        and len(core) > 2
        and core.split()[-1] not in ("of", "for", "and", "NHS", "Royal", "National")
    ):
        yield core
