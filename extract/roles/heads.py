"""The words of a post up to its last: `Deputy Chief Nurse`, `ward manager`."""

import re
from collections.abc import Sequence
from functools import lru_cache

from goalmap.extract.roles.occupations import ALSO_VERBS, OCCUPATIONS, PAIRS
from goalmap.extract.roles.tokens import Token
from goalmap.extract.speech.verbs import VERBS as SPEECH
from goalmap.extract.words import CALENDAR, STARTERS, table

PAST = table("former formerly ex previously previous then late retired erstwhile one-time onetime past ex- one‑time")
"""Words before a post that put it into the past."""
QUALITIES = table(
    """
    new newly appointed elected re-elected current currently outgoing incoming own youngest oldest first longest-serving long-serving
    long-standing long-time longtime recently proud respected popular award-winning acclaimed famous well-known veteran dedicated experienced local
    inspirational dynamic last soon-to-be departing permanent best-selling bestselling celebrated leading fellow busy young keen
    """
)
"""Words before a post that are no part of it."""
LEADS = table(
    "the a an our its their his her my your whose this each both all two three four five some many several other another one"
)
STOPS = (
    LEADS
    | SPEECH
    | table(
        """
        and or but nor of for in to at on with by from as than like under over about into through after before during until since while when where
        who whom whose which that what how why is are was were be been being am has have had having do does did will would shall should can could may
        might must not no never also now later still only just even very too so if because though although i we you he she it they me him them us
        there here these those such said says met saw see thanked thank told asked gave took made came went got put let led left ran became become
        becomes becoming joins joined join served serves works worked began begins started spent holds held including include includes per via within
        without between among against across around behind beyond towards upon plus minus versus once today yesterday tomorrow
        himself herself themselves itself myself turns month week age aged ago present together years year months weeks days then soon
        """
    )
)
"""Words that stand in no post, or only inside one."""
GRADES = table(
    "chief deputy assistant senior executive managing interim acting joint associate vice honorary non-executive group clinical medical regional national general"
)
SUFFIXES = table("designate elect emeritus emerita")
_DESCRIBING = PAST | QUALITIES
_NO_NOUNS = STOPS | SUFFIXES | {"&"}


PREFIXES = table("vice sub co pro deputy under joint assistant")
"""What stands before a post with a hyphen and leaves it one: sub-editor."""


_MAKERS = ("maker", "keeper", "worker")
"""How words for craftsmen end: toolmaker, beekeeper, steelworker."""


@lru_cache(maxsize=20_000)
def is_occupation(word: str) -> bool:
    """A word for what somebody is, in its single form, also as part of a compound.

    >>> is_occupation("vice-principal"), is_occupation("chair-designate"), is_occupation("sub-committee")
    (True, True, False)
    """
    if word in OCCUPATIONS:
        return True
    if word.endswith(_MAKERS):
        return True
    first, hyphen, last = word.partition("-")
    return bool(hyphen) and ((first in PREFIXES and last in OCCUPATIONS) or (last in SUFFIXES and first in OCCUPATIONS))


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """The head of a plural post; the word itself where it is none.

    >>> singular("trustees"), singular("secretaries"), singular("coaches"), singular("cabinet")
    ('trustee', 'secretary', 'coach', 'cabinet')
    """
    if word.endswith("ies") and is_occupation(word[:-3] + "y"):
        return word[:-3] + "y"
    if word.endswith("men") and is_occupation(word[:-3] + "man"):
        return word[:-3] + "man"
    for ending in ("s", "es"):
        if word.endswith(ending) and is_occupation(word.removesuffix(ending)):
            return word.removesuffix(ending)
    return word


def is_head(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word is the last of a post."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    word = singular(token.low)
    if token.sign or not (is_occupation(word) or word == "member" or (before and (before.low, token.low) in PAIRS)):
        return False
    if token.low in ALSO_VERBS and before and before.low in _BEFORE_A_VERB:
        return place > 1 and tokens[place - 2].low in _BEFORE_A_NOUN
    if token.low in ("chairs", "co-chairs") and place + 1 < len(tokens) and tokens[place + 1].low in LEADS:
        return False
    if (
        token.low in ("sister", "sisters")
        and not token.is_capital
        and not (before and before.low in ("ward", "nursing", "night", "charge"))
    ):
        return False
    return _ends_here(tokens, place)


_BEFORE_A_NOUN = table("promoted appointed elected is was are were remains became")
_BEFORE_A_VERB = table("to will would can could should may might must we they who also help helps not and") - {"and"}


def _ends_here(tokens: Sequence[Token], place: int) -> bool:
    """No further noun follows that would make the word a mere part: `nurse recruitment`, `trustee training`."""
    if place + 1 == len(tokens):
        return True
    after = tokens[place + 1]
    if after.sign or not after.text[0].isalnum():
        return after.text not in ("’s", "'s") or place + 2 == len(tokens) or tokens[place + 2].sign == ""
    if is_occupation(singular(after.low)) and after.low not in ALSO_VERBS:
        return False
    if (tokens[place].low, after.low) in PAIRS or (after.is_capital and tokens[place].is_capital):
        return after.low in CALENDAR_LOW
    return after.is_capital or after.text[0].isdigit() or after.low in _NO_NOUNS or bool(_VERB_LIKE.search(after.low))


CALENDAR_LOW = frozenset(word.casefold() for word in CALENDAR)
_VERB_LIKE = re.compile(
    r"(?:ed|ly|es|ks|ts|ps|ls|ns|ys)$|^(?:began|wrote|spoke|won|ran|took|drove|sang|kept|rose|felt|sent|read|beat|chose|laid|built|designate|elect)$"
)
"""How verbs and adverbs end."""
LONGEST_LEFT = 6
"""Words before the last of a post."""


def leftmost(tokens: Sequence[Token], head: int, edge: int) -> int:
    """Where the words begin that make up a post with this last word."""
    capital = tokens[head].is_capital
    place = head
    while place > edge and head - place < LONGEST_LEFT and _may_precede(tokens, place - 1, head, capital, edge):
        place -= 1
    while place < head and (tokens[place].low in ("and", "&", ",", "of") or tokens[place].low in _DESCRIBING):
        place += 1
    return place


def _may_precede(tokens: Sequence[Token], place: int, head: int, capital: bool, edge: int) -> bool:
    token = tokens[place]
    if token.sign or (not token.is_word and token.text != "&"):
        return False
    if capital and token.low in ("to", "up"):
        return _leads_up(tokens, place, edge)
    if capital and token.low in ("and", "&"):
        return _joins(tokens, place, edge)
    if token.low in _NEVER or (token.low in QUALITIES and not token.is_capital):
        return False
    return _belongs_to_title(tokens, place, edge) if capital else _belongs_to_words(tokens, place, head)


def _leads_up(tokens: Sequence[Token], place: int, edge: int) -> bool:
    """`Assistant to the Chief Executive`."""
    before = tokens[place - 1]
    return (
        place > edge
        and tokens[place + 1].is_capital
        and (before.is_capital or before.low == "to")
        and not is_post(before)
    )


def _joins(tokens: Sequence[Token], place: int, edge: int) -> bool:
    """`Learning and Skills Officer`, not `Chair and Officer`."""
    before, following = tokens[place - 1], tokens[place + 1]
    return (
        place > edge
        and before.is_capital
        and following.is_capital
        and following.low not in GRADES
        and not is_post(before)
        and before.text not in STARTERS
    )


def _belongs_to_title(tokens: Sequence[Token], place: int, edge: int) -> bool:
    """Whether a word belongs to a post that is written with capitals."""
    token = tokens[place]
    if token.text[0].isdigit():
        return place > edge and tokens[place - 1].text in _NUMBERED
    if token.is_capital:
        return token.text not in STARTERS or not _starts(tokens, place)
    return token.low in GRADES


def _belongs_to_words(tokens: Sequence[Token], place: int, head: int) -> bool:
    """Whether a word belongs to a post that is written small."""
    token = tokens[place]
    if token.is_capital:
        return (place + 1 < head or head - place <= 2) and not (_starts(tokens, place) and token.text in STARTERS)
    is_near = head - place <= 4 and not token.low.endswith(("ed", "ly")) and not token.text[0].isdigit()
    return is_near or token.low in _ED


_NEVER = STOPS | PAST | CALENDAR_LOW
"""No part of a post."""
_NUMBERED = table("Section Grade Level Band Group Year Key Stage Article")
"""What has a number inside a post: Section 151 Officer."""
_ED = table(
    "qualified chartered registered retained seconded certified learned skilled united unqualified trained co-opted affiliated limited embedded"
)


def is_post(token: Token) -> bool:
    return is_occupation(singular(token.low))


def _starts(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or tokens[place - 1].text in ("“", '"', "‘", ":", ".")
