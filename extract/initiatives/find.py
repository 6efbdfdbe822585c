"""Initiatives: programmes, campaigns, reports, funds and awards, by their head word, their introduction or their ordinary words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from goalmap.extract.bodies.find import looks_like_a_body
from goalmap.extract.bodies.words import AMBIGUOUS_HEADS, NO_BODY_ENDS, OPENERS
from goalmap.extract.candidates import Candidate, Label
from goalmap.extract.initiatives.frames import FRAMES, Frame
from goalmap.extract.initiatives.words import (
    ABSTRACT_ENDS,
    CORPORATE,
    GENERIC,
    HEADS,
    INSTITUTIONAL,
    KEPT_GENERIC,
    KINDS,
    PEOPLES,
    POST_WORDS,
    QUANTIFIERS,
    SPORTS,
)
from goalmap.extract.names import EntityKind
from goalmap.extract.ordinary import are_ordinary, is_ordinary
from goalmap.extract.vocabulary.given_names import GIVEN_NAMES
from goalmap.extract.vocabulary.place_words import SITES, is_place
from goalmap.extract.vocabulary.role_words import GRADES
from goalmap.extract.vocabulary.titles import CAPITAL_HEAD
from goalmap.extract.vocabulary.well_known import BODIES, NOT_BODIES, PLACES
from goalmap.extract.words import CALENDAR, CAPITAL, STARTERS, UPPER, one_of, starts_sentence, table

_OUTRIGHT = frozenset({"national", "quoted title", "dashed title", "title head", "list head"})
"""Rules that say the whole name, whatever its words."""
_LOOSE = frozenset({"one word", "subject", "through", "relative", "under", "ordinary words", "colon head"})
"""Rules that the words of the name have to bear out."""
NEED_A_LABEL = frozenset({"ordinary words"})
"""Rules that only count where the tagger too finds an initiative."""
_LOOSER = _LOOSE - {"subject"}
_UNAIDED = frozenset({"subject", "ordinary words", "colon head"})
"""Rules under which the sentence says nothing of the name."""
_NAMED_OUTRIGHT = frozenset({"called", "noun first"})
_INTRODUCED = frozenset({"kind after", "apposition", "noun first", "subject is", "award", "called"})
_HEADED = frozenset({"head word", "annual report"})
_LOOSE_OR_INTRODUCED = _LOOSE | _INTRODUCED
_LOOSE_OR_KIND = _LOOSE | {"kind after"}
_ENDS_OF_OTHERS = NO_BODY_ENDS - HEADS
_OF_OFFICES = frozenset({*CORPORATE, *INSTITUTIONAL})
_UNTELLING = frozenset({*CORPORATE, *HEADS, *PEOPLES, *GIVEN_NAMES})
"""Words of which a name cannot consist alone."""
_OTHER_LABELS = frozenset({"GPE", "LOC", "FAC", "NORP", "LANGUAGE", "LAW"})

_OWN_ARTICLE = re.compile(
    r"(?:Thanks to|Former|Dear|Our|Its|This|Their|Your|Under|Through|With|In|From|At|By|For|And|But|Via|On|When|Then) (?=\S)"
)
_OTHER_FIRST = re.compile(r".*\b(?:and|or) (?:the|our) (?=\S)")
"""`the Ladder Fund and the …`: the last of two."""
_INDEFINITE = re.compile(r"An? (?=\S+ \S)")
_OWNER = re.compile(rf"(?:{CAPITAL} ){{0,5}}?[\w’'-]+[’']s (?=[{UPPER}])")
_BODY_WORDS = table(
    "Trust Council University Foundation College Coalition Society Group Bank UK plc Government Association"
)
_BODY_FIRST = re.compile(rf"(?P<body>(?:(?:of|and|for|&) |{CAPITAL} ){{1,5}}?(?:{one_of(_BODY_WORDS)})) (?=[{UPPER}])")
_BEFORE_BODY = re.compile(r" (?:with|for|and|in|to|at|by) (?:the )?")
_PERSON_BEFORE = re.compile(
    r"\b(?:people|person|man|woman|boy|girl|child|baby|son|daughter|brother|sister|dog|cat|friend|colleague|patient|tenant|resident|student|pupil)s?\s(?:called|named)\s$"
)
_POST_WITHIN = re.compile(
    rf"\b(?:{one_of(GRADES)})\b.*\b{CAPITAL_HEAD}\b|\b{CAPITAL_HEAD}$|\b{CAPITAL_HEAD} (?:of|for)\b|\b(?:Act|Bill|Regulations|Pay Gap)$"
)


class _Name(NamedTuple):
    """A stretch that may name an initiative, and the rule that says so."""

    text: str
    start: int
    end: int
    rule: str

    @property
    def name(self) -> str:
        return self.text[self.start : self.end]

    @property
    def words(self) -> list[str]:
        return self.name.split()

    @property
    def bare(self) -> list[str]:
        """The words without an article."""
        return self.words[1:] if self.words[0].casefold() in ("a", "an", "the") else self.words

    @property
    def opens_sentence(self) -> bool:
        return starts_sentence(self.text, self.start)


def find_initiatives(text: str, labels: Sequence[Label], frames: Sequence[Frame] = FRAMES) -> Iterator[Candidate]:
    """Every proposal for an initiative in one passage; titles and headings have frames of their own."""
    other = [(label.start, label.end) for label in labels if label.label in _OTHER_LABELS]
    is_labelled = any(label.label == "INITIATIVE" for label in labels)
    for rule, pattern, sure in frames:
        if rule in NEED_A_LABEL and not is_labelled:
            continue
        for match in pattern.finditer(text):
            found = _trimmed(text, *match.span("name"), rule)
            if found and _names_initiative(found) and not (rule in _LOOSER and _is_labelled(found, other)):
                yield Candidate(EntityKind.INITIATIVE, found.start, found.end, rule, sure)


def _is_labelled(found: _Name, others: Iterable[tuple[int, int]]) -> bool:
    """The model takes most of it for a place, a date or a people."""
    return any(start <= found.start and found.end <= end for start, end in others)


def _trimmed(text: str, start: int, end: int, rule: str) -> _Name | None:
    """The name without what leads to it, its owner, and the body that it is run with."""
    if rule in ("title head", "quoted title", "dashed title"):
        return _Name(text, start, end, rule)
    if match := _OWN_ARTICLE.match(text[start:end]):
        start += match.end()
    start += _length_of_owner(text[start:end], rule)
    if rule == "kind after" and (other := _OTHER_FIRST.match(text[start:end])):
        start += other.end()
    end = start + _length_before_body(text[start:end])
    return _Name(text, *_with_its_double(text, start, end), rule) if end > start else None


def _with_its_double(text: str, start: int, end: int) -> tuple[int, int]:
    """`Street by Street`, of which a pattern has one half."""
    word = text[start:end]
    if text.startswith(f" by {word}", end):
        return start, end + len(word) + 4
    return (start - len(word) - 4, end) if text[:start].endswith(f"{word} by ") else (start, end)


def _length_of_owner(name: str, rule: str) -> int:
    """`Kestrel Trust’s Warm Hands Fund` begins after its owner."""
    owner = _OWNER.match(name)
    if owner and (looks_like_a_body(re.sub(r"[’']s $", "", owner.group())) or rule in _LOOSE):
        return owner.end()
    if match := _INDEFINITE.match(name):
        return match.end()
    body = _BODY_FIRST.match(name) if rule == "kind after" else None
    return body.end() if body and looks_like_a_body(body["body"]) else 0


def _length_before_body(name: str) -> int:
    """`Trades on the Pier with Marle College` ends before the body that it is run with."""
    for link in _BEFORE_BODY.finditer(name):
        if looks_like_a_body(name[link.end() :]):
            return link.start()
    return len(name)


def _names_initiative(found: _Name) -> bool:
    if found.rule == "national":
        return not _CAPITAL_BEFORE.search(found.text[max(0, found.start - 20) : found.start])
    if found.rule in _OUTRIGHT:
        return found.rule != "title head" or not looks_like_a_body(found.name)
    if not found.bare or _is_other(found) or _is_dated(found):
        return False
    if found.rule in _HEADED or found.rule == "first word":
        return not _is_generic(found.name)
    if found.rule in _INTRODUCED:
        return _may_be_introduced(found)
    return found.rule not in _LOOSE or _borne_out(found)


def _is_other(found: _Name) -> bool:
    """A post, a law, a body, a place."""
    name, words = found.name, found.words
    return (
        name in BODIES
        or found.bare == ["awards"]
        or _is_post(found, name, words)
        or _is_site(found.rule, name, words[-1])
        or (found.rule in _LOOSE_OR_INTRODUCED and looks_like_a_body(name) and _is_club(words))
    )


def _is_post(found: _Name, name: str, words: Sequence[str]) -> bool:
    posts = found.rule not in _HEADED and any(word in POST_WORDS for word in words)
    return found.rule not in _NAMED_OUTRIGHT and (posts or bool(_POST_WITHIN.search(name)))


def _is_site(rule: str, name: str, last: str) -> bool:
    return name in PLACES or (rule in _LOOSE_OR_KIND and (is_place(name) or last in SITES))


def _is_club(words: Sequence[str]) -> bool:
    """A body for sure: its last word heads nothing else, or it plays a game."""
    return words[-1] not in AMBIGUOUS_HEADS or any(word in SPORTS for word in words)


def _is_dated(found: _Name) -> bool:
    """Months and festivals are no initiatives, and what the model often mistakes is none, unless named outright."""
    words, name = found.words, found.name
    if name not in NOT_BODIES and not any(word in CALENDAR or word.removesuffix("s") in CALENDAR for word in words):
        return False
    named = any(word[0].isupper() and word not in CALENDAR for word in words) and not any(c.isdigit() for c in name)
    return not (named and found.rule in ("head word", "kind after", "apposition", "called", "colon head"))


def _is_generic(name: str) -> bool:
    """Annual Report, Hardship Fund: a kind, not a name."""
    words = name.split()
    if any(kept in name for kept in KEPT_GENERIC) or re.search(r"\b20\d\d", name):
        return False
    return all(word in GENERIC or word in HEADS or not word[0].isupper() for word in words)


def _may_be_introduced(found: _Name) -> bool:
    """A name that the text explains: hardly a person, a common noun or a word at the start of its sentence."""
    words, bare = found.words, found.bare
    if found.rule == "called" and _PERSON_BEFORE.search(found.text[max(0, found.start - 30) : found.start]):
        return False
    if found.rule in ("apposition", "called") and _is_person(words):
        return False
    if found.rule == "apposition" and _looks_placed(found):
        return False
    if (
        found.rule == "kind after"
        and len(words) == 1
        and not is_ordinary(words[0])
        and not _KIND_NEXT.match(found.text, found.end)
    ):
        return False
    if found.rule in ("kind after", "apposition") and all(word in CORPORATE for word in words):
        return False
    if len(bare) > 1:
        return True
    explained = found.rule in ("apposition", "subject is", "called")
    return bare[0] not in CORPORATE and bare[0] not in STARTERS and (explained or len(words) == 1)


def _looks_placed(found: _Name) -> bool:
    """`at Boughton, a village`, `from the NCT, a charity`: a place, a site or an acronym."""
    words = found.words
    placed = _AT.search(found.text[max(0, found.start - 8) : found.start])
    site = words[-1] in SITES or found.name in PLACES or found.name.isupper()
    return site or bool(placed and not are_ordinary(words))


def _is_person(words: list[str]) -> bool:
    """A given name with another word, or two words that no dictionary holds."""
    if words[0] in GIVEN_NAMES:
        return len(words) > 1 or not is_ordinary(words[0])
    return len(words) > 1 and not any(is_ordinary(word) for word in words)


def _borne_out(found: _Name) -> bool:
    """Ordinary words with capitals that nothing but a name explains: Rain on the Roof, Last Bus."""
    words = [word for word in found.words if word[0].isupper()]
    if len(words) < 2:
        return _is_single_name(found)
    if words[-1] in _ENDS_OF_OTHERS or words[-1].isupper() or not are_ordinary(found.words):
        return False
    if found.words[1] in ("of", "for") and found.words[0] in OPENERS:
        return False
    if (found.rule in _UNAIDED and words[-1] in _OF_OFFICES) or any(word in PLACES for word in words):
        return False
    telling = words[1:] if found.opens_sentence else words
    if words[0] in QUANTIFIERS or all(word in _UNTELLING for word in telling):
        return False
    return not (words[0] in GIVEN_NAMES and len(found.words) == 2 and words[1].casefold() not in _PARTICLES)


def _is_single_name(found: _Name) -> bool:
    """One word is a name where no sentence begins, or where it does what only a scheme can do."""
    word = found.bare[-1]
    if word in CORPORATE or word in STARTERS or word.isupper() or word in GIVEN_NAMES or looks_like_a_body(word):
        return False
    if found.rule == "one word":
        return not word.endswith(ABSTRACT_ENDS)
    plain = len(found.words) > 1 or found.opens_sentence or found.rule not in ("under", "relative", "through")
    return not plain and is_ordinary(word)


_CAPITAL_BEFORE = re.compile(r"(?:^|(?<=[a-z,] ))[A-Z][a-z’'-]+ $")
_AT = re.compile(r"\b(?:at|in|near) $")
_KIND_NEXT = re.compile(rf"[”\"’']?[ ](?:{one_of(KINDS)})\b")
_PARTICLES = table("up on in out off ahead forward together back again")
