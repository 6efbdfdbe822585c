"""The shapes of people's names, and places in a sentence where only people stand."""

import re

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
from goalmap.extract.roles.titles import CAPITAL_HEAD, CAPITAL_TITLE, FORMER, HEAD
from goalmap.extract.roles.words import SMALL_GRADES
from goalmap.extract.speech.verbs import SAYING
from goalmap.extract.words import LOWER, UPPER, one_of

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
_COMPANION = re.compile(
    rf"\b(?i:pupil|student|volunteer|resident|tenant)s?[ ](?P<name>{NAME})(?=[ ,.;(]|$)(?![ ][{UPPER}])"
)
_ASKED = re.compile(
    rf"\b(?i:ring|call|phone|text|ask|ask[ ]for|thank|thanks[ ]to|contact|from|and|with|to)[ ](?P<name>{NAME})(?=[ ]in[ ]the|[ ]on[ ]0|,[ ]who\b)"
)
_IN_LIST = re.compile(rf"{_BEGIN}(?P<name>{NAME})(?=(?:,[ ]{NAME}){{0,8}}[ ]and[ ]{NAME}(?![\w-]|[ ][{UPPER}]))")
_ENDS_LIST = re.compile(rf"(?:{_BEGIN}{NAME},[ ]){{1,6}}{NAME}[ ]and[ ](?P<name>{NAME})(?=[ ,.;]|$)(?![ ][{UPPER}])")
_WHO = re.compile(rf"{_BEGIN}(?P<name>{NAME})(?=,[ ](?:who|whose)\b)")
_CONTACT = re.compile(
    rf"(?i:{one_of(CONTACTS)}|press[ ]office|foreword[ ]by|written[ ]by|edited[ ]by)(?::|[ ]is|[ ]with|[ ]by)?[ ]?(?:[a-z]+[ ])?{_FULL}(?=[,.;:[ ]|]|$)"
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

FRAMES = (
    ("letters", WITH_LETTERS, Sure.FORM),
    ("initials", _WITH_INITIALS, Sure.CONTEXT),
    ("speech", _BEFORE_SPEECH, Sure.CONTEXT),
    ("speech", _AFTER_SPEECH, Sure.CONTEXT),
    ("speech", _AFTER_DASH, Sure.CONTEXT),
    ("title", _BEFORE_TITLE, Sure.CONTEXT),
    ("title", _AFTER_TITLE, Sure.CONTEXT),
    ("relative", _RELATIVE, Sure.CONTEXT),
    ("kin", _KIN, Sure.CONTEXT),
    ("holder", _HOLDER, Sure.CONTEXT),
    ("given name", _COMPANION, Sure.CONTEXT),
    ("given name", _ASKED, Sure.CONTEXT),
    ("given name", _IN_LIST, Sure.CONTEXT),
    ("given name", _ENDS_LIST, Sure.CONTEXT),
    ("given name", _WHO, Sure.CONTEXT),
    ("contact", _CONTACT, Sure.CONTEXT),
    ("contact", _BYLINE, Sure.CONTEXT),
    ("signature", _SIGNATURE, Sure.CONTEXT),
    ("introduction", _INTRODUCTION, Sure.CONTEXT),
    ("double barrel", _DOUBLE_BARREL, Sure.CONTEXT),
)
SINGLE = frozenset({"kin", "introduction", "signature", "given name", "holder"})
"""Frames in which one word is name enough."""

PLAIN = frozenset({"title", "relative", "double barrel", "contact"})
"""Frames in which initiatives and bodies stand too, so that ordinary words alone make no person."""

NEED_A_POST = frozenset({"title", "holder"})
"""Frames that can only match where a post is named."""
