"""The shapes of people's names, and places in a sentence where only people stand."""

import re
from collections.abc import Sequence
from functools import lru_cache

from goalmap.extract.candidates import Sure
from goalmap.extract.people.words import (
    CONTACTS,
    KIN,
    LETTERS,
    PARTICLES,
    PEERAGES,
    SECOND_PARTICLES,
    SOFT_TITLES,
    WHOLE_TITLES,
)
from goalmap.extract.shapes import Shape, capitals_in, first_words
from goalmap.extract.speech.verbs import SAYING, VERBS
from goalmap.extract.vocabulary.role_words import COMPOUND_HEADS, HEADS, SHORT_POSTS, SMALL_GRADES
from goalmap.extract.vocabulary.titles import CAPITAL_HEAD, CAPITAL_TITLE, FORMER, HEAD
from goalmap.extract.words import LOWER, UPPER, one_of, table

_RETIRED = r"(?:[ ]\((?:Retd|Ret’d|Ret'd|retired|Rtd)\.?\)|[ ]\(?Retd\)?)?"
HONORIFIC = rf"(?:The[ ])?(?:{'|'.join(SOFT_TITLES)}|{one_of(WHOLE_TITLES)}){_RETIRED}"
HONORIFICS = re.compile(rf"^(?:(?:{HONORIFIC})[ ])+", re.IGNORECASE)
PEER = re.compile(rf"\b(?:{one_of(PEERAGES)})\b")

AFTER_NAME = rf"(?:{one_of(LETTERS)}|[FM]R[A-Z]{{1,2}}[A-Za-z]{{1,5}}|[FM]C[A-Z]{{1,2}}[A-Z]{{1,3}}|[FM]I[A-Z]{{2,4}})"
LETTERS_AFTER = re.compile(rf"(?:,?[ ]{AFTER_NAME})+$")

_BEGIN = r"(?<![\w’'&-])"
NAME = rf"(?:(?:[{UPPER}][’'])?[{UPPER}][{LOWER}]+(?:[{UPPER}][{LOWER}]+){{0,2}}(?:[-’'][{UPPER}{LOWER}][{LOWER}]+)*)"
"""One word of a name: Quigley, O’Shaughnessy-Patel, McAllister, NicGhillEasbuig, Wing-Yan."""
PARTICLE = rf"(?:{one_of(PARTICLES)})(?:[ ](?:{one_of(SECOND_PARTICLES)}))?"
_INITIAL = rf"(?:[ ][{UPPER}]\.?(?=[ ]))?"
_MORE = rf"[ ](?:{PARTICLE}[ ])?{NAME}"
FULL_NAME = rf"{NAME}{_INITIAL}(?:{_MORE}){{1,3}}"
_INITIALS_FIRST = rf"(?:[{UPPER}]\.[ ]?){{1,3}}(?:{PARTICLE}[ ])?{NAME}(?:[ ]{NAME})?"
ANY_NAME = rf"(?:{_INITIALS_FIRST}|(?:{PARTICLE}[ ])?{NAME}{_INITIAL}(?:{_MORE}){{0,3}})"
_FULL = rf"(?P<name>{FULL_NAME})"
_TITLE = rf"(?:{CAPITAL_TITLE}|(?:[a-z’'-]+[ ]){{0,3}}{HEAD})"

_INITIALS_BARE = rf"(?:[{UPPER}][ ]){{1,3}}{NAME}(?:[ ]{NAME})?"
"""`Mrs D Appleby`: without stops only after an honorific."""
WITH_HONORIFIC = re.compile(
    rf"{_BEGIN}(?:{HONORIFIC}[ ])+(?P<name>(?:{ANY_NAME}|{_INITIALS_BARE})(?:[ ]of[ ]{NAME})?)(?:,?[ ]{AFTER_NAME}(?!\w))*"
)
WITH_LETTERS = re.compile(rf"{_BEGIN}{_FULL}(?:,?[ ]{AFTER_NAME}(?!\w))+")
_WITH_INITIALS = re.compile(rf"(?<![\w’'&.-])(?P<name>(?:[{UPPER}]\.[ ]?){{2,3}}(?:{PARTICLE}[ ])?{NAME})(?![\w-])")
_BEFORE_SPEECH = re.compile(
    rf"{_BEGIN}{_FULL}(?=,?[ ](?:{AFTER_NAME}[ ])*{SAYING}\b|[ ]\({NAME}|,?[ ]\d\d,|,[ ](?:aged[ ])?\d\d(?=,|[ ]said))"
)
_AFTER_SPEECH = re.compile(rf"(?:[”\"’'][ ]?|,[ ]){SAYING}[ ]{_FULL}(?![\w-])")
_AFTER_DASH = re.compile(rf"[”\"’'][ ]?[–—-][ ]?{_FULL}(?=,|$|[ ]\|)")
_BEFORE_TITLE = re.compile(
    rf"""
    {_BEGIN}{_FULL}
    (?=(?:,|[ ][–—-]|[ ]\||:|\)|[ ]is|[ ]was|[ ]has[ ]been|,[ ]who[ ](?:is|was)|[ ]as)?[ ]
       (?:(?:an?|the|our|its|their|and)[ ])?
       (?:(?:{FORMER}|{one_of(SMALL_GRADES)})[ ]?-?)*
       {_TITLE}\b)
    """,
    re.VERBOSE,
)
_AFTER_TITLE = re.compile(rf"(?<![\w’'&-])(?:{CAPITAL_HEAD}|{HEAD}),?[ ]{_FULL}(?![\w-])")
_RELATIVE = re.compile(
    rf"{_BEGIN}{_FULL}(?=,[ ](?:who|whose)\b|[ ]and[ ](?:his|her)[ ]|[’']s[ ](?:{one_of(KIN)}|flat|house|home|family)\b)"
)
_KIN = re.compile(
    rf"\b(?i:his|her|their|my|our|your|whose|[\w]+[’']s)[ ](?:[a-z]+[ ])?(?:{one_of(KIN)}),?[ ](?P<name>(?:(?:Big|Little|Old|Young)[ ])?{NAME}(?:[ ]{NAME})?)(?![\w-])"
)
_HOLDER = re.compile(rf"\b{HEAD}[ ](?P<name>{NAME})(?=[ ,.;(]|$)(?![ ][{UPPER}])")
_COMPANIONS = table("pupil pupils student students volunteer volunteers resident residents tenant tenants")
_COMPANION = re.compile(rf"\b(?i:{one_of(_COMPANIONS)})[ ](?P<name>{NAME})(?=[ ,.;(]|$)(?![ ][{UPPER}])")
_ASKED = re.compile(
    rf"\b(?i:ring|call|phone|text|ask|ask[ ]for|thank|thanks[ ]to|contact|from|and|with|to)[ ](?P<name>{NAME})(?=[ ]in[ ]the|[ ]on[ ]0|,[ ]who\b)"
)
_IN_LIST = re.compile(rf"{_BEGIN}(?P<name>{NAME})(?=(?:,[ ]{NAME}){{0,8}}[ ]and[ ]{NAME}(?![\w-]|[ ][{UPPER}]))")
_ENDS_LIST = re.compile(rf"(?:{_BEGIN}{NAME},[ ]){{1,6}}{NAME}[ ]and[ ](?P<name>{NAME})(?=[ ,.;]|$)(?![ ][{UPPER}])")
_WHO = re.compile(rf"{_BEGIN}(?P<name>{NAME})(?=,[ ](?:who|whose)\b)")
_CONTACT_PHRASES = ("press office", "foreword by", "written by", "edited by")
_CONTACT = re.compile(
    rf"(?i:{one_of(CONTACTS)}|{'|'.join(phrase.replace(' ', '[ ]') for phrase in _CONTACT_PHRASES)})(?::|[ ]is|[ ]with|[ ]by)?[ ]?(?:[a-z]+[ ])?{_FULL}(?=[,.;:[ ]|]|$)"
)
_BYLINE = re.compile(rf"^By[ ]{_FULL}(?=,|$|[ ]\|)")
_SIGNATURE = re.compile(
    rf"(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Tt]hanks),?[ ](?P<name>{NAME}(?:[ ]{NAME}){{0,2}})(?=,|$|\.)"
)
_INTRODUCTION = re.compile(
    rf"\b(?:[Ii]t[’']s|I[ ]am|I[’']m|[Mm]y[ ]name[ ]is|[Mm]eet)[ ](?P<name>{NAME}(?:{_MORE}){{0,3}})(?=[ ,.;!])"
)
_DOUBLE_BARREL = re.compile(
    rf"{_BEGIN}(?P<name>{NAME}(?:[ ]{NAME})?[ ][{UPPER}][{LOWER}]+-[{UPPER}][{LOWER}]+)(?![\w’'-])"
)
RUN = re.compile(rf"{_BEGIN}{_FULL}(?![\w-])")
"""Any two to four words that have the shape of a name."""

_FULL_NAME = re.compile(rf"{_BEGIN}{FULL_NAME}")


@lru_cache(maxsize=64)
def full_names_in(text: str) -> Sequence[int]:
    """Where two words or more begin that have the shape of a name."""
    return [start for start in capitals_in(text) if _FULL_NAME.match(text, start)]


ANY_RUN = Shape(RUN, starts=full_names_in)
HONOURED = Shape(WITH_HONORIFIC, starts=capitals_in)

_HEADS = first_words(HEADS, COMPOUND_HEADS)
_POSTS = _HEADS | first_words(SHORT_POSTS)
_AND, _WHOSE = frozenset({"and"}), frozenset({"who", "whose"})
_HIS = frozenset({"his", "her", "flat", "house", "home", "family"})

FRAMES = (
    ("letters", Shape(WITH_LETTERS, starts=full_names_in), Sure.FORM),
    ("initials", Shape(_WITH_INITIALS, starts=capitals_in, signs=(".",)), Sure.CONTEXT),
    ("speech", Shape(_BEFORE_SPEECH, starts=full_names_in), Sure.CONTEXT),
    ("speech", Shape(_AFTER_SPEECH, (first_words(VERBS),)), Sure.CONTEXT),
    ("speech", Shape(_AFTER_DASH), Sure.CONTEXT),
    ("title", Shape(_BEFORE_TITLE, starts=full_names_in), Sure.CONTEXT),
    ("title", Shape(_AFTER_TITLE, begins=_POSTS), Sure.CONTEXT),
    ("relative", Shape(_RELATIVE, (_WHOSE | _HIS | KIN,), starts=full_names_in), Sure.CONTEXT),
    ("kin", Shape(_KIN, (KIN,)), Sure.CONTEXT),
    ("holder", Shape(_HOLDER, begins=_HEADS), Sure.CONTEXT),
    ("given name", Shape(_COMPANION, begins=_COMPANIONS), Sure.CONTEXT),
    ("given name", Shape(_ASKED, signs=(" in the", " on 0", ", who")), Sure.CONTEXT),
    ("given name", Shape(_IN_LIST, (_AND,), starts=capitals_in), Sure.CONTEXT),
    ("given name", Shape(_ENDS_LIST, (_AND,), (", ",), starts=capitals_in), Sure.CONTEXT),
    ("given name", Shape(_WHO, (_WHOSE,), starts=capitals_in), Sure.CONTEXT),
    ("contact", Shape(_CONTACT, signs=(*sorted(CONTACTS), *_CONTACT_PHRASES)), Sure.CONTEXT),
    ("contact", Shape(_BYLINE), Sure.CONTEXT),
    ("signature", Shape(_SIGNATURE, signs=("regards", "wishes", "sincerely", "thanks")), Sure.CONTEXT),
    ("introduction", Shape(_INTRODUCTION, begins=frozenset({"it", "i", "my", "meet"})), Sure.CONTEXT),
    ("double barrel", Shape(_DOUBLE_BARREL, signs=("-",), starts=capitals_in), Sure.CONTEXT),
)
SINGLE = frozenset({"kin", "introduction", "signature", "given name", "holder"})
"""Frames in which one word is name enough."""

PLAIN = frozenset({"title", "relative", "double barrel", "contact"})
"""Frames in which initiatives and bodies stand too, so that ordinary words alone make no person."""

NEED_A_POST = frozenset({"title", "holder"})
"""Frames that can only match where a post is named."""
