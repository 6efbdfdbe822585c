"""People: honorifics, letters after the name, speech, posts, given names and what the model calls a person."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from goalmap.extract.bodies.find import looks_like_a_body
from goalmap.extract.candidates import Candidate, Label, Sure
from goalmap.extract.names import EntityKind
from goalmap.extract.ordinary import are_ordinary, is_ordinary
from goalmap.extract.people.frames import (
    ANY_RUN,
    FRAMES,
    HONORIFICS,
    HONOURED,
    LETTERS_AFTER,
    NEED_A_POST,
    PEER,
    PLAIN,
    RUN,
    SINGLE,
)
from goalmap.extract.people.words import NOT_NAMES
from goalmap.extract.vocabulary.given_names import GIVEN_NAMES
from goalmap.extract.vocabulary.place_words import LAND
from goalmap.extract.vocabulary.titles import HAS_HEAD, may_name_a_post
from goalmap.extract.vocabulary.well_known import PLACES
from goalmap.extract.words import CALENDAR, POSSESSIVE, STARTERS, starts_sentence, table

_ALSO_SURNAMES = table("Black White Green Young Hill Moor Street Day Park Close Bridge Way Wood Forest")
_IN_NO_NAME = NOT_NAMES | (CALENDAR - GIVEN_NAMES)
_NOT_AFTER_TITLE = NOT_NAMES - _ALSO_SURNAMES
_LANDSCAPE = LAND | table("Long Saint Market Old Spring Corner")
_PLACE_BEFORE = re.compile(r"\b(?:[Aa]t|[Ii]n|[Oo]n|near|across|around|through|via|called|under) $")


def find_people(text: str, labels: Iterable[Label]) -> Iterator[Candidate]:
    """Every proposal for a person in one passage."""
    yield from _with_honorifics(text)
    yield from _in_frames(text)
    yield from _with_given_names(text)
    yield from _from_model(text, labels)


def _with_honorifics(text: str) -> Iterator[Candidate]:
    for match in HONOURED.finditer(text):
        name = match["name"]
        if not PEER.search(match.group()) and " of " in name:
            name = name.split(" of ")[0]
        kept = _leading_names(name)
        end = match.end() if kept == match["name"] else match.start("name") + len(kept)
        if name.split()[0] not in _NOT_AFTER_TITLE and not HAS_HEAD.fullmatch(name.split()[0]):
            yield Candidate(EntityKind.PERSON, match.start(), end, "honorific", Sure.FORM)


def _leading_names(name: str) -> str:
    """The words up to the first that stands in no name, keeping at least the first."""
    words = name.split()
    for place, word in enumerate(words):
        if place and (word in _NOT_AFTER_TITLE or (word in CALENDAR and word not in GIVEN_NAMES)):
            return " ".join(words[:place])
    return name


def _in_frames(text: str) -> Iterator[Candidate]:
    with_post = may_name_a_post(text)
    for rule, pattern, sure in FRAMES:
        if rule in NEED_A_POST and not with_post:
            continue
        for match in pattern.finditer(text):
            start, end = match.span() if rule == "letters" else match.span("name")
            start += _length_of_starters(text[start:end])
            name = text[start:end]
            enough = sure > Sure.CONTEXT or " " in name or _may_stand_alone(rule, name)
            if enough and _may_be_person(name, text, start) and not (rule in PLAIN and _is_plain(name)):
                yield Candidate(EntityKind.PERSON, start, end, rule, sure)


def _may_stand_alone(rule: str, name: str) -> bool:
    """One word: a given name, or after a post a word that no dictionary or map holds."""
    if rule == "holder" and not is_ordinary(name) and name not in PLACES:
        return True
    return rule in SINGLE and (rule not in ("given name", "holder") or name in GIVEN_NAMES)


def _is_plain(name: str) -> bool:
    """Ordinary words without a given name: Rain Time, Gate Networks."""
    words = name.split()
    return words[0] not in GIVEN_NAMES and are_ordinary(words)


def _with_given_names(text: str) -> Iterator[Candidate]:
    for match in ANY_RUN.finditer(text):
        start = match.start() + _before_given_name(match.group())
        name = text[start : match.end()]
        if " " in name and name.split()[0] in GIVEN_NAMES and _may_be_person(name, text, start):
            yield Candidate(EntityKind.PERSON, start, match.end(), "given name", Sure.PHRASE)


def _before_given_name(run: str) -> int:
    """How many characters of a run of capitals stand before its first given name: `Assets Paul Whitcombe`."""
    length = 0
    for word in run.split():
        if word in GIVEN_NAMES:
            return length
        length += len(word) + 1
    return 0


def _from_model(text: str, labels: Iterable[Label]) -> Iterator[Candidate]:
    for label in labels:
        if label.label == "PERSON":
            yield from _whole_names(text, label)
            yield from _given_name_alone(text, label)


def _whole_names(text: str, label: Label) -> Iterator[Candidate]:
    """The runs of name words that begin inside the model's span; they may reach beyond it."""
    for match in RUN.finditer(text, label.start, min(len(text), label.end + 30)):
        if match.start() >= label.end:
            break
        start = match.start() + _length_of_starters(match.group())
        name = text[start : match.end()]
        unlike = _is_plain(name) or _looks_like_a_place(name, text, start)
        if " " in name and not unlike and _may_be_person(name, text, start):
            yield Candidate(EntityKind.PERSON, start, match.end(), "model", Sure.MODEL)


def _given_name_alone(text: str, label: Label) -> Iterator[Candidate]:
    name = text[label.start : label.end]
    if name in GIVEN_NAMES and name not in CALENDAR and not starts_sentence(text, label.start):
        yield Candidate(EntityKind.PERSON, label.start, label.end, "given name", Sure.MODEL)


def _looks_like_a_place(name: str, text: str, start: int) -> bool:
    words = name.split()
    placed = _PLACE_BEFORE.search(text[max(0, start - 8) : start])
    return bool(placed) or any(word in PLACES or word in _LANDSCAPE for word in words)


def _length_of_starters(name: str) -> int:
    """How many characters of words such as `Thanks` or `Paramedic` stand before the name proper."""
    length = 0
    for word in name.split()[:-1]:
        if word in GIVEN_NAMES or not (word in STARTERS or HAS_HEAD.fullmatch(word)):
            break
        length += len(word) + 1
    return length


def _may_be_person(name: str, text: str, start: int) -> bool:
    return _may_name_a_person(name) and not _after_the(text, start)


@lru_cache(maxsize=20_000)
def _may_name_a_person(name: str) -> bool:
    """Nothing in the words themselves speaks against it."""
    bare = LETTERS_AFTER.sub("", HONORIFICS.sub("", name))
    words = bare.split()
    if not words or words[0] in ("St", "St.") or (words[0] in STARTERS and words[0] not in GIVEN_NAMES):
        return False
    if any(word in _IN_NO_NAME for word in words):
        return False
    return not (looks_like_a_body(bare) or HAS_HEAD.search(bare))


def _after_the(text: str, start: int) -> bool:
    """`the Tom Ash` is hardly a person; `the Rev Canon Ash` is, but his honorific already says so."""
    return text[max(0, start - 4) : start].casefold() == "the "


@lru_cache(maxsize=20_000)
def bare_name(surface: str) -> str:
    """The canonical name: no honorific, no letters after it, no possessive."""
    name = POSSESSIVE.sub("", surface)
    return LETTERS_AFTER.sub("", HONORIFICS.sub("", name)).strip(" ,") or surface
