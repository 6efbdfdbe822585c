"""The patterns of posts: Chief Executive, Cabinet Member for Housing, fraud manager."""

import re
from functools import lru_cache

from goalmap.extract.shapes import Shape, capitals_in, first_words
from goalmap.extract.vocabulary.role_words import (
    COMPOUND_HEADS,
    GRADES,
    HEADS,
    MANY_HOLDERS,
    SHORT_POSTS,
    SINGLE_HOLDERS,
)
from goalmap.extract.vocabulary.role_words import FORMER as FORMER_WORDS
from goalmap.extract.words import CAPITAL, one_of


def _capitalised(head: str) -> str:
    return "-".join(part.capitalize() for part in head.split("-"))


HEAD = rf"(?:{'|'.join(re.escape(head) for head in COMPOUND_HEADS)}|{one_of(HEADS)})"
HAS_HEAD = re.compile(rf"(?i)(?<![\w-]){HEAD}(?![\w])")
CAPITAL_HEAD = (
    rf"(?:{one_of(SHORT_POSTS | {_capitalised(head) for head in HEADS} | {head.capitalize() for head in HEADS})})"
)
FORMER = rf"(?:{one_of(FORMER_WORDS)})"

_ACRONYM_LIST = r"[A-Z]{2,}[ ](?:and|of|for|&)[ ]"
_JOIN = r"(?:[ ](?:of|for|and|&)|,)?"
_FIELD = rf"{CAPITAL}(?:{_JOIN}[ ]{CAPITAL}){{0,5}}"
"""What a post is for: Children and Families."""

_BARE_TITLE = (
    rf"(?:(?!{_ACRONYM_LIST}){CAPITAL}(?:[ ](?:of|for|and|&|to))?[ ]){{0,6}}?{CAPITAL_HEAD}(?![ ]{CAPITAL_HEAD})"
)
CAPITAL_TITLE = rf"{_BARE_TITLE}(?:[ ](?:of|for|to)[ ](?:the[ ])?{_FIELD})?"
"""Chief Executive; Executive Director of Strategy; Cabinet Member for Children and Families."""

TITLE_WORDS = re.compile(
    rf"""
    (?<![\w’'&-]) {_BARE_TITLE}
    (?: [ ]for[ ](?![A-Z]{{2}}){_FIELD}
      | (?:(?<=Director)|(?<=Minister)|(?<=Head)|(?<=Dean))[ ]of[ ](?![A-Z]{{2}}){_FIELD}
      | (?<=Professor)[ ]of[ ]{_FIELD}
    )? (?![\w-])
    """,
    re.VERBOSE,
)
TITLES = Shape(TITLE_WORDS, (first_words(HEADS, SHORT_POSTS),), starts=capitals_in)
"""A post with what it is for, but without the body that it is at."""

POST_AT = re.compile(
    rf"""
    \b(?: (?:[Cc]hief[ ][Ee]xecutive(?:[ ][Oo]fficer)?|CEO|[Mm]anaging[ ][Dd]irector|(?i:{one_of(SINGLE_HOLDERS)}))[ ]of
        | (?:(?i:{one_of(MANY_HOLDERS)})|{CAPITAL_HEAD}(?:[ ](?:of|for)[ ]{_FIELD})?)[ ]at
        | [Ss]pokes(?:man|woman|person)[ ](?:for|at)
    )[ ](?:the[ ])?
    (?P<name>{CAPITAL}(?:[ ](?:(?:of|the|for|&)[ ]){{0,2}}{CAPITAL}){{0,5}})(?![\w-])
    """,
    re.VERBOSE,
)
"""Who has a chief executive is a body: `Chief Executive of Tarrant Build`."""

_POST_WORD = re.compile(rf"(?:{CAPITAL_HEAD}|{one_of(GRADES)})$")


def opens_a_post(word: str) -> bool:
    """Director, Chief, Former: what follows with `of` or `for` is a post, not a body."""
    return bool(_POST_WORD.match(word))


_POST_WORDS = HEADS | {word.casefold() for word in SHORT_POSTS} | {"holder"}
_WORD = re.compile(r"[\w-]+")


@lru_cache(maxsize=64)
def may_name_a_post(text: str) -> bool:
    """Some word of it is the last word of posts; cheaper than the patterns, which most texts then need not try."""
    return not _POST_WORDS.isdisjoint(_WORD.findall(text.casefold()))
