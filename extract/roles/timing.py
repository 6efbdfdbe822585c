"""Whether a post is past, and from when until when, by the words around it."""

import re
from typing import NamedTuple

from goalmap.extract.roles import places
from goalmap.extract.roles.dates import Period, period_after, period_before
from goalmap.extract.roles.links import Tense
from goalmap.extract.roles.phrases import Phrase

_BEGINS = re.compile(r"appoint|elect|becam|become|join|promot|named")
_ENDS = re.compile(r"stepped down|stood down|retire|resign|left|leav")
_JOINED = re.compile(r"\b(?:join|start|began)")
_OPENING_TIME = re.compile(r"(?:From|Between|Until|Since|In) [\w ]*\d{4}")
_CLAUSE = re.compile(r", (?:who|which) [^.;“”]*?,(?= (?:is|was|has|will)\b)")
"""A clause that is closed before the verb: `⟨P⟩, who was homeless until 2021, is`."""
_FAREWELL = re.compile(
    r"\b(?:(?:[Gg]oodbye|[Ff]arewell) to|(?:death|passing|memory|loss) of|late)(?: (?:our|the|its))?(?: (?:dear|beloved|much-loved))? $"
)
"""Before a person, or the post of one, what says that it is over."""
_FOR_YEARS = re.compile(
    r"(?:,|\() for (?:over |more than |nearly |almost )?[\w-]+ (?:years|decades)(?: (?:the|its|our|an?))? $"
)
"""`⟨P⟩, for eighteen years chairman of`: a time that is told as a whole is over."""

_THEN_BECAME = re.compile(
    r"\b(?:until|before) (?:(?:he|she|they) )?(?:became|becoming|(?:being|was) (?:appointed|made|promoted to|named))(?: (?:the|an?|our|its))? ?$"
)
"""`was Chief Nurse until she became`: what follows took its place."""


class Link(NamedTuple):
    """A post and a person in a sentence with what stands between and before them."""

    text: str
    phrase: Phrase
    before: str
    """From the person, or from the start, to the post."""
    start: int
    """Where the first of the two begins."""
    opens: bool
    """No other post stands before it in the sentence."""
    held: bool
    """Another post of the same person stands right before it."""


def time_of(link: Link, tense: Tense, inherited: bool) -> tuple[bool, Period]:
    """Whether the post is past, and its dates."""
    period = _period(link)
    if _THEN_BECAME.search(link.before):
        return bool(link.phrase.former), period
    if period.over and tense is not Tense.PRESENT:
        return True, period
    rose = tense is not Tense.PAST and _JOINED.search(link.before) and places.ROSE.match(link.text[link.phrase.end :])
    gone = (tense is Tense.UNTOLD and _FAREWELL.search(link.text[: link.start])) or (
        not link.held and _FOR_YEARS.search(link.before)
    )
    return bool(link.phrase.former or tense is Tense.PAST or inherited or rose or gone), period


def _period(link: Link) -> Period:
    point = "since" if _BEGINS.search(link.before) else "until" if _ENDS.search(link.before) else ""
    period = period_after(link.text[link.phrase.end :], point)
    if period == Period() and link.phrase.verb == "by":
        return period_before(link.before) if _OPENING_TIME.match(link.before) else period
    if period == Period() and (link.phrase.verb or not link.held or "until" in link.before):
        return period_before(_CLAUSE.sub("", link.text[: link.phrase.start] if link.opens else link.before))
    return period
