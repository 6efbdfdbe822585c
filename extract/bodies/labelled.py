"""What the model labels as an organisation, cleaned, and without what surely is none."""

import re
from collections.abc import Iterable, Iterator

from goalmap.extract.bodies.frames import names_no_body
from goalmap.extract.bodies.words import COMMON_WORDS, LAST_WORDS
from goalmap.extract.candidates import Candidate, Label, Sure
from goalmap.extract.names import EntityKind
from goalmap.extract.ordinary import are_ordinary, is_ordinary
from goalmap.extract.vocabulary.given_names import GIVEN_NAMES
from goalmap.extract.vocabulary.place_words import BEFORE_PLACE
from goalmap.extract.vocabulary.titles import CAPITAL_HEAD
from goalmap.extract.vocabulary.well_known import BODIES
from goalmap.extract.words import CALENDAR, CAPITAL, STARTERS, starts_sentence

_EDGE = re.compile(
    r"^(?:the|The|a|A|an|our|Our|its|their|this|This|[Aa]nd|of|Under|At|In|From|With)\s+|[’']s?$|[\s.,;:|]+$"
)
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|across|around|of|to|on|off|outside|leaves|leaving|live|lives)\s|came\s(?:[\w ]{0,20}\s)?from\s|(?:bus|train|road|travel|people|families|residents|pupils)\sfrom\s|\d\d,? (?:who is |and is )?from\s)$",
    re.I,
)
_NO_NAME = re.compile(
    r"[|£%\n/@]|^\w{1,2}$|^\w&\w$|, | \d|\b(?:Band|Sections?|Level|Scope|Stage|Phase|Tier|Grade|EPC|BSL)\b"
)
_CAPITAL_FIRST = re.compile(CAPITAL)
_POST = re.compile(rf"(?:[\w’'-]+ )*{CAPITAL_HEAD}(?: (?:of|for) .*)?")
_ATTRIBUTE = re.compile(
    r" (?:site|estate|area|neighbourhood|ward|campus|building|road|street|bus|buses|line|route|coast|valley|park|flood)\b"
)
"""Nouns that stand after places: the Northgate estate."""
_GAELIC = re.compile(r"(?:Nic|Mac|Mc|Ó|Ní|O[’'])[A-Z]?")


LONGEST_ACRONYM = 3
"""Letters up to which a word in capitals may be an acronym though it also is a word: ICE, but not GREEN."""


def labelled_bodies(text: str, labels: Iterable[Label]) -> Iterator[Candidate]:
    """A proposal for each of the model's organisations that can be one."""
    for label in labels:
        if label.label == "ORG" and (span := _cleaned(text, label.start, label.end)):
            yield Candidate(EntityKind.ORGANISATION, *span, "model", Sure.MODEL)


def _cleaned(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The model's span without articles and possessives; None where it is surely no body."""
    start, end = _trimmed(text, start, end)
    name = text[start:end]
    if not name or names_no_body(name) or not _is_name_like(name) or _is_other(text, start, name):
        return None
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while match := _EDGE.search(text[start:end]):
        if match.start() == 0:
            start += match.end()
        else:
            end = start + match.start()
    return start, end


def _is_name_like(name: str) -> bool:
    if name.islower() or not any(c.isalpha() for c in name) or name[0].isdigit() or _NO_NAME.search(name):
        return False
    return name.split()[0] not in CALENDAR and bool(_CAPITAL_FIRST.match(name)) and not _POST.fullmatch(name)


def _is_other(text: str, start: int, name: str) -> bool:
    """A place, a person, or words that have their capital for another reason."""
    words = name.split()
    if _ATTRIBUTE.match(text[start + len(name) :]) or (
        len(words) > 1 and words[-1] not in LAST_WORDS and BEFORE_PLACE.search(text[max(0, start - 16) : start])
    ):
        return True
    if len(words) == 1:
        return _is_other_word(text, start, name)
    return _is_emphasis(name) or (starts_sentence(text, start) and words[0] in STARTERS)


def _is_emphasis(name: str) -> bool:
    """Ordinary words in capitals: PRESS RELEASE, STOP."""
    return name.isupper() and are_ordinary(name.split()) and name not in BODIES


def _is_other_word(text: str, start: int, name: str) -> bool:
    if name.isupper() or not name[1:].islower():
        emphasis = len(name) > LONGEST_ACRONYM and _is_emphasis(name)
        return emphasis or bool(_GAELIC.match(name))
    placed = _PLACE_BEFORE.search(text[max(0, start - 24) : start])
    opening = starts_sentence(text, start) and (name in STARTERS or is_ordinary(name))
    return bool(placed) or opening or name in COMMON_WORDS or name in GIVEN_NAMES or _is_thing(name)


def _is_thing(name: str) -> bool:
    """One ordinary word with a capital: more often an initiative, a class or a room than a body."""
    return is_ordinary(name) and name not in BODIES
