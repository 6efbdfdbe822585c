"""Acronyms that a document defines, with the names they stand for."""

import re
from collections.abc import Iterable, Mapping, Sequence

from goalmap.extract.bodies.find import DEFINED
from goalmap.extract.candidates import Candidate
from goalmap.extract.words import CAPITAL, NAME_RUN, words_of

_QUOTED = re.compile(
    rf"(?P<name>{NAME_RUN}(?: plc)?) \((?:[“\"‘'][Tt]he \w+[”\"’'],? or )?[“\"‘'](?P<short>{CAPITAL})[”\"’']"
)
"""`Pennard Building Society (“Pennard” or “the Society”)`: the short form that a text defines for a body."""

_BOARD_OF = re.compile(r"^(?:The )?(?:(?:Board|Cabinet|Governors|Trustees|Directors|Members) of )?(?:the )?")


def acronyms_of(texts: Iterable[str]) -> dict[str, str]:
    """Acronym to full name for every `Full Name (ACR)` of the document, and the short forms that it defines in quotation marks."""
    found: dict[str, str] = {}
    for text in texts:
        if " (" not in text:
            continue
        for match in DEFINED.finditer(text):
            name = _name_for(match["acronym"], match["name"])
            if name:
                found.setdefault(match["acronym"], name)
        for match in _QUOTED.finditer(text):
            name = _BOARD_OF.sub("", match["name"])
            if match["short"] in name.split():
                found.setdefault(match["short"], name)
    return found


def whole_names(acronyms: Mapping[str, str], found: Sequence[list[Candidate]], texts: Sequence[str]) -> dict[str, str]:
    """Acronyms with the longest name found that ends as theirs does: ICB is `NHS Wold Integrated Care Board` where that is defined."""
    whole = dict(acronyms)
    for text, candidates in zip(texts, found, strict=True):
        for c in (c for c in candidates if text.startswith(" (", c.end)):
            for acronym, name in acronyms.items():
                if text[c.start : c.end].endswith(" " + name) and text[c.end : c.end + len(acronym) + 3].strip(
                    " ("
                ).startswith(acronym):
                    whole[acronym] = text[c.start : c.end]
    return whole


def _name_for(acronym: str, run: str) -> str | None:
    """The tail of the run that the acronym's first letter begins, as long as its capitals begin words there."""
    words = [word for word in words_of(run)]
    wanted = acronym[0].upper()
    for word in words:
        if word.text[0].upper() == wanted and (tail := run[word.start :]) and _fits(acronym, tail):
            return tail
    return None


def _fits(acronym: str, name: str) -> bool:
    """The capitals of the acronym come in order among the first letters of the name's words."""
    letters = iter("".join(part[0] for part in re.findall(r"\w+", name)).casefold())
    capitals = [letter for letter in acronym if letter.isupper()]
    hits = sum(letter.casefold() in letters for letter in capitals)
    return hits >= max(2, len(capitals) - 1)
