"""Who somebody is: biographies, bylines, and the names under what was written or said."""

import re

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.furniture.places import Place
from goalmap.ingest.furniture.smallprint import LONG
from goalmap.ingest.names import ONLY_NAME, PERSON, PERSON_WORD, is_person

PRONOUNED = r"(?:[A-Z][\w’'-]+|She|He|They)"
LIFE = (
    r"(?:joined|leads|chairs|has (?:been|worked|led|served|spent|held|chaired)|(?:was|were) (?:elected|born|appointed|educated|"
    r"previously|formerly|awarded)|took up|trained (?:as|at)|studied|qualified|grew up|"
    r"(?:began|started|spent) (?:his|her|their) (?:\w+ )?(?:career|life))\b"
)
BIO = re.compile(
    rf"^{PERSON}"
    rf"(?:,\s[^.]{{3,90}}\.\s+{PRONOUNED}\s+(?:was|is|has|joined|chairs?|leads?|began|trained|came|spent|started|worked|"
    r"previously|served)\b"
    rf"|\s+(?:is|was|has been|became)\s+(?:[\w’'-]+ ){{0,6}}?(?i:{PERSON_WORD})\b"
    rf"|\s+{LIFE})"
)
FIRST_NAMED = rf"^(?:(?:Dame|Sir|Dr|Cllr|Lord|Lady|Professor|Mrs?|Ms) )?{PRONOUNED}\s+"
LIFE_UNDER_NAME = re.compile(rf"{FIRST_NAMED}(?:{LIFE}|(?:is|was|has been) (?:[\w’'-]+ ){{0,6}}?(?i:{PERSON_WORD})\b)")
LIFE_UNDER_ROLE = re.compile(rf"{FIRST_NAMED}(?:is|was|has)\b")
"""Looser: under a name alone it may be the story of someone who was helped."""
CREDITED_BIO = re.compile(rf"^{PERSON},\s[^.]{{3,90}}\.\s")
BYLINE = re.compile(
    rf"^(?i:foreword by|report author|about the author|written by|words by|author|by)\s*:?\s+{PERSON}(?!\w)"
)
ROLE = re.compile(rf"\b{PERSON_WORD}\b", re.I)
QUOTED = re.compile(r"[“\"]([^”\"]{20,})(?:[”\"]|$)")
SAYS = re.compile(r"\b(?:said|says|added|commented|explained|continued|concluded)\s*[:,]?\s*[“\"]")
ONLY_QUOTED = re.compile(r"^[“\"][^”\"]+[”\"]$")
OPENING_QUOTE = re.compile(r"^[“\"‘']")


def is_bio(place: Place) -> bool:
    if place.block.kind is Kind.HEADING:
        return _heads_bio(place)
    if not place.is_text or place.words > LONG or QUOTED.search(place.text):
        return False
    byline = BYLINE.match(place.text)
    if byline is not None and is_person(byline["name"]) and place.words < 40:
        return True
    if _is_told_under(place.before, place.text):
        return True
    return is_life(place.text) and (place.late or place.noted or _is_credited(place.text))


def is_life(text: str) -> bool:
    match = BIO.match(text)
    return match is not None and is_person(match["name"])


def _is_credited(text: str) -> bool:
    return CREDITED_BIO.match(text) is not None


def _is_told_under(above: Block | None, text: str) -> bool:
    """Whether a text tells the life of the person whose name is the line above it."""
    match = ONLY_NAME.match(above.text) if above else None
    if above is None or match is None or not is_person(match["name"]) or not _share_a_name(match["name"], text):
        return False
    pattern = LIFE_UNDER_ROLE if ROLE.search(above.text, match.end("name")) else LIFE_UNDER_NAME
    return pattern.match(text) is not None or is_life(text)


def _share_a_name(name: str, text: str) -> bool:
    first = text.split()[:3]
    return any(part in first for part in name.split() if len(part) > 2)


def _heads_bio(place: Place) -> bool:
    return place.after is not None and _is_told_under(place.block, place.after.text)


def is_signature(place: Place) -> bool:
    """A name set as a heading with nothing under it, or the role below it: whoever wrote or said what stands above."""
    if place.block.kind is not Kind.HEADING or place.before is None:
        return False
    if _signs_above(place):
        return True
    below_quote = OPENING_QUOTE.match(place.before.text) is not None
    ends_part = place.after is None or place.after.kind is not Kind.BODY
    return (below_quote or ends_part) and _names_person(place, below_quote)


def _names_person(place: Place, below_quote: bool) -> bool:
    match = ONLY_NAME.match(place.text)
    if match is None or not is_person(match["name"]):
        return False
    role_below = place.after is not None and len(place.after.text.split()) < 9 and ROLE.search(place.after.text)
    return bool(below_quote or role_below or ROLE.search(place.text))


def _signs_above(place: Place) -> bool:
    """The role under a name."""
    role = ROLE.match(place.text) is not None and place.words < 9
    return role and place.before is not None and ONLY_NAME.match(place.before.text) is not None


def is_quotation(place: Place) -> bool:
    if place.block.kind is Kind.HEADING:
        return ONLY_QUOTED.match(place.text) is not None and place.words > 4
    if place.block.kind is not Kind.BODY:
        return False
    quoted = sum(len(match) for match in QUOTED.findall(place.text)) / max(1, len(place.text))
    return quoted > 0.5 or (quoted > 0.3 and SAYS.search(place.text) is not None and place.text.endswith(("”", '"')))
