"""Places in a sentence where an initiative is named, and the words that its name ends in."""

import re
from collections.abc import Sequence

from goalmap.extract.candidates import Sure
from goalmap.extract.initiatives.national import KNOWN, NATIONAL
from goalmap.extract.initiatives.words import (
    BRINGERS,
    CALLED,
    COMPOUND_HEADS,
    FIRST_WORDS,
    GIVING,
    HEADS,
    KINDS,
    NOUNS,
    OFFERS,
    STAFF_AFTER,
)
from goalmap.extract.shapes import Shape, capitals_in, first_words
from goalmap.extract.words import CAPITAL, LINKS, NAME_RUN, one_of, table

_NOT_INSIDE = r"(?<![\w’'&-])"
_MARK = r"[“\"‘']?"
_NAME = rf"(?P<name>{NAME_RUN})"
_TWO_WORDS = rf"(?P<name>{CAPITAL}(?:[ ](?:{LINKS}[ ]){{0,2}}{CAPITAL}){{1,6}})"
_HEADED = rf"(?:{one_of(COMPOUND_HEADS)}|{one_of(HEADS)})"
_YEARS = r"(?:[ ]20\d\d(?:[-–/ ](?:to[ ])?(?:20)?\d\d)?)?"
_START = r"(?:^|[.!?:][ ]|^\d+\.[ ])"
_NOUN = rf"(?:{one_of(NOUNS)})"
_KIND = rf"(?:{one_of(KINDS)})"

HEAD_WORD = re.compile(
    rf"""
    {_NOT_INSIDE}(?P<name>
        (?:{CAPITAL}[ ](?:(?:of|and|for|in|to|&|on|with)[ ](?:the[ ])?)?){{1,7}}
        {_HEADED}{_YEARS}
    )(?![\w-])(?![ ](?:{one_of(STAFF_AFTER)})\b)
    """,
    re.VERBOSE,
)
FIRST_WORD = re.compile(
    rf"{_NOT_INSIDE}(?P<name>(?:{one_of(FIRST_WORDS)})[ ]{CAPITAL}(?:[ ]{CAPITAL}){{0,3}})(?![\w-])"
)
ANNUAL_REPORT = re.compile(rf"(?P<name>Annual Report(?: and Accounts)?{_YEARS})(?!\w)")
AWARDS = re.compile(rf"{_NOT_INSIDE}(?P<name>(?:{CAPITAL}[ ]){{1,5}}awards)(?!\w)")

KIND_AFTER = re.compile(
    rf"""
    \b(?:[Tt]he|[Oo]ur|[Ii]ts|[Tt]heir|[Aa]n?|[Tt]his|new|first|annual|national|are|[’']s)
    (?:[ ](?:new|first|own|national|free|award-winning|flagship|annual|popular|latest|second|weekly|monthly|\d+|[\w-]+-(?:week|month|day|year|hour)))*
    [ ]{_MARK}{_NAME}[”\"’']?[ ](?:(?!(?:and|of|in|for|to|with)\b)[a-z-]+[ ])?{_KIND}(?![\w-])
    """,
    re.VERBOSE,
)
APPOSITION = re.compile(
    rf"""
    {_NOT_INSIDE}{_NAME},[ ](?:our|the|an?|its|their|[\w’]+[’']s|(?:[a-z]+|\d+)(?=[ ][\w’'-]+s\b))
    (?:[ ](?!who|whose)[\w’'+-]+){{0,4}}?[ ]{_NOUN}\b(?![ ](?:leader|manager|officer|director|coordinator|worker|lead|chair|head|teacher|member|s)\b)
    """,
    re.VERBOSE,
)
RELATIVE = re.compile(rf"{_NOT_INSIDE}{_NAME},[ ](?:(?:in|through|on|under|for|by)[ ])?which\b")
CALLED_SO = re.compile(rf"\b(?:{one_of(CALLED)})[ ](?:the[ ])?{_MARK}{_NAME}")
AS_CALLED = re.compile(rf"\b(?:for|of|in|on|called)[ ]{_NAME},[ ]as[ ][\w ]{{1,30}}\b(?:{one_of(CALLED)}|call)\b")
IT_IS_CALLED = re.compile(
    rf"\b(?:[Ii]t|[Tt]hey|[Ww]e)[ ](?:is|are|was|were|call|called)[ ](?:called[ ]|it[ ]|this[ ]){_MARK}(?P<name>{CAPITAL}(?:[ ](?:{LINKS}[ ]|But[ ])?{CAPITAL}){{0,8}})"
)
NOUN_FIRST = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he|[Oo]ur|[Ii]ts|[Tt]heir|[’']s)(?:[ ][\w-]+){{0,3}}[ ]{_NOUN},[ ]{_NAME}(?=[,.])"
)
IS_A = re.compile(
    rf"{_START}{_NAME}[ ](?:is|was|are|were)[ ](?:not[ ])?(?:for[ ](?:people|women|men|anyone|staff|families|young|children|parents)|an?(?:[ ][\w’'-]+){{0,3}}?[ ]{_NOUN}\b)"
)
UNDER = re.compile(
    rf"(?:^|[.!?][ ]|^\d+\.[ ])(?:Under|Through|Via|With)[ ]{_NAME}(?=,|[ ](?:we|our|the|they|it|\d|a|an)\b)"
)
BROUGHT = re.compile(rf"\b(?:{one_of(BRINGERS)})[ ](?:the[ ]|our[ ]|its[ ])?{_MARK}{_NAME}(?![\w-])")
AWARD_FOR = re.compile(rf"(?:,[ ]for|,[ ]with)[ ]{_NAME},[ ](?:which|an?|the|our|where)\b")
SUBJECT = re.compile(rf"{_START}(?:\d+\.[ ])?{_NAME}(?:[ ]and[ ])?(?:[ ](?:also|now|still))?[ ](?:{one_of(OFFERS)})\b")
BARE = re.compile(rf"{_NOT_INSIDE}{_TWO_WORDS}(?![\w-])")
"""Two or more capitalised words; what they say decides."""

ONE_WORD_SUBJECT = re.compile(rf"{_START}(?P<name>{CAPITAL})[ ](?:{one_of(GIVING)})[ ]")
LIST_HEAD = re.compile(
    rf"(?:^|\n)(?:[-•*–][ ]?|\d+[.)][ ])?{_NAME}[ ]\((?=[^)]*(?:day|am\b|pm\b|noon|from\b|until\b|week|month|term))[^)]*\):"
)
COLON_HEAD = re.compile(
    rf"(?:^|\n)(?:[-•*–][ ]?|\d+[.)][ ])?(?P<name>{CAPITAL}(?:[ ](?:{LINKS}[ ])?{CAPITAL}){{1,4}}):[ ](?=[a-z])"
)
TITLE_HEAD = re.compile(
    r"^(?:Read: )?(?P<name>[^:|–—]{3,60}?)(?::| [–—-]) (?=[^:]*\b(?:[Ss]trategy|[Pp]lan|[Ii]mpact [Rr]eport|[Ii]mpact [Rr]eview|places?, \d{4}|[Ff]ramework|[Mm]anifesto|[Rr]oadmap)\b)"
)
_PUBLICATION_WORDS = table(
    "report paper guide strategy book film podcast publication campaign plan review programme project scheme"
)
_PUBLICATION = rf"(?:{one_of(_PUBLICATION_WORDS)})"
QUOTED_TITLE = re.compile(
    rf"(?:{_PUBLICATION}|called|titled|entitled),?[ ][“\"‘'](?P<name>{CAPITAL}[^”\"’']{{2,80}})[”\"’']"
)
FAR_TITLE = re.compile(
    rf"\b{_PUBLICATION}s?[ ](?:(?:by|from|of|on|about|called|for)[ ])[^.!?;:“”\"]{{2,60}}?,?[ ][“\"](?P<name>{CAPITAL}[^”\".]{{6,90}}[^”\".,!])[”\"]"
)
"""`a paper by the Marle Institute, “Out of Reach? Buses in the fens”`."""
DASHED_TITLE = re.compile(
    rf"\b{_PUBLICATION},?[ ](?:[-–—][ ]?|,[ ])(?P<name>{CAPITAL}[^–—]{{3,90}}?)(?:[ ]?[-–—](?=[ ]|$)|,[ ](?=sets|which|was|is))"
)

Frame = tuple[str, Shape, Sure]
"""Rule, pattern with a group `name`, and how sure it is."""

_HEAD_WORDS = first_words(HEADS, COMPOUND_HEADS)
_NOUN_WORDS = first_words(NOUNS)
_PUBLICATIONS = frozenset(f"{word}{end}" for word in _PUBLICATION_WORDS for end in ("", "s"))
_BEING = table("is was are were")

FRAMES: Sequence[Frame] = (
    ("national", Shape(KNOWN, begins=first_words(NATIONAL)), Sure.KNOWN),
    ("head word", Shape(HEAD_WORD, (_HEAD_WORDS,), starts=capitals_in), Sure.FORM),
    ("first word", Shape(FIRST_WORD, begins=first_words(FIRST_WORDS)), Sure.FORM),
    ("annual report", Shape(ANNUAL_REPORT, signs=("annual report",)), Sure.FORM),
    ("list head", Shape(LIST_HEAD, signs=("):",)), Sure.FORM),
    ("quoted title", Shape(QUOTED_TITLE, signs=(" “", ' "', " ‘", " '")), Sure.FORM),
    ("quoted title", Shape(FAR_TITLE, (_PUBLICATIONS,), ("“", '"')), Sure.FORM),
    ("dashed title", Shape(DASHED_TITLE, (_PUBLICATIONS,)), Sure.FORM),
    ("awards", Shape(AWARDS, (frozenset({"awards"}),), starts=capitals_in), Sure.FORM),
    ("kind after", Shape(KIND_AFTER, (first_words(KINDS),)), Sure.PHRASE),
    ("apposition", Shape(APPOSITION, (_NOUN_WORDS,), (", ",), starts=capitals_in), Sure.PHRASE),
    ("called", Shape(IT_IS_CALLED, (_BEING | {"call", "called"}, table("called it this"))), Sure.FORM),
    ("called", Shape(CALLED_SO, begins=first_words(CALLED)), Sure.PHRASE),
    ("called", Shape(AS_CALLED, signs=(", as ",)), Sure.PHRASE),
    ("noun first", Shape(NOUN_FIRST, (_NOUN_WORDS,), (", ",)), Sure.PHRASE),
    ("subject is", Shape(IS_A, (_BEING,)), Sure.PHRASE),
    ("award", Shape(AWARD_FOR, signs=(", for", ", with")), Sure.PHRASE),
    ("relative", Shape(RELATIVE, (frozenset({"which"}),), starts=capitals_in), Sure.CONTEXT),
    ("under", Shape(UNDER, (table("under through via with"),)), Sure.CONTEXT),
    ("through", Shape(BROUGHT, begins=first_words(BRINGERS)), Sure.CONTEXT),
    ("subject", Shape(SUBJECT, (OFFERS,)), Sure.CONTEXT),
    ("one word", Shape(ONE_WORD_SUBJECT, (GIVING,)), Sure.CONTEXT),
    ("colon head", Shape(COLON_HEAD, signs=(": ",)), Sure.CONTEXT),
    ("ordinary words", Shape(BARE, starts=capitals_in), Sure.CONTEXT),
)

_RULES_OF_PROSE = frozenset({"colon head", "subject", "one word", "ordinary words", "relative"})

FRAMES_OF_CAPITALS = tuple(frame for frame in FRAMES if frame[0] not in _RULES_OF_PROSE)
"""In headings and furniture capitals say nothing."""

FRAMES_OF_TITLES: Sequence[Frame] = (*FRAMES_OF_CAPITALS, ("title head", Shape(TITLE_HEAD), Sure.FORM))
