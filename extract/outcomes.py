"""What came of something: the clause that says so, as the text has it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from goalmap.extract.sentences import KEPT, Stretch, sentences_of
from goalmap.extract.words import one_of, table

_TENS = "(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)"
_COUNT = rf"""(?<!Year\s)(?<!\w,)(?<!\bin\s)(?:\d[\d,.]*(?:m|k|bn)?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve
    |[A-Za-z]+teen|{_TENS}(?:-\w+)?|[Hh]alf|[Aa]\s(?:third|quarter|fifth)|[Tt]wo-thirds|[Mm]ost|[Ss]everal|[Mm]any)"""
_OF_THEM = r"""(?:\s(?:of\s(?:\d+|them|those|these|the\s\w+|our\s\w+)|in\s(?:every\s)?\w+(?:\s\w+)?|per\scent(?:\sof\s[\w\s]{3,40}?)?|%(?:\sof\s[\w\s]{3,40}?)?|\w+))?
    (?:,?\s(?:seen|who\s[\w\s]{3,40}?|hired\ssince|of\s[\w\s]{3,30}?))?"""
_PROGRESS = table(
    """
    moved gone got gained passed found started stayed registered qualified joined progressed secured won completed graduated enrolled kept caught cleared signed hired swapped become
    became taken employed promoted recruited stepped reported felt saved changed went now well paying working open doing using studying still never
    """
)
"""Words for how people got on."""
_GOT_ON = rf"""(?:(?:have|has|had|are|were|was|is)\s(?:(?:since|now|already|also|so\sfar|afterwards|all|both)\s)?(?:been\s)?)?
    (?:{one_of(_PROGRESS)}|told\sus|back\sat|in\s(?:paid\s)?work|had(?!\s(?:lost|no|been|never)\b))\b"""
_TURNS = table(
    "fell fallen rose risen halved doubled trebled tripled quadrupled dropped narrowed shrank shrunk improved increased grew grown declined climbed eased lengthened"
)
"""Verbs for figures that turned."""
_TURNED = rf"""(?:(?:{one_of(_TURNS)})\b(?!\s(?:the|a|an|our|its|their|out|up)\b)|(?:come|came|went|gone|going)\s(?:up|down)\b|(?:brought|cut)\s(?:(?:up|down)\s)?(?:by|from|to)\s\S*\d
    |(?:is|are|was|were)\s(?:now\s)?(?:(?:up|down)\s(?:by|from|on\b|\d|a\s)|(?:lower|higher|fewer|better|worse)\b))"""
_START = r"(?:^|[,;:]\s(?:and\s|but\s)?)"
_DONE_SINCE = r"(?=[^,.;]{0,80}\b(?:was|were|had|could|has|have|got|\w+ed|no\slonger|now)\b)"


class Sign(NamedTuple):
    """What a clause on results has, how strongly it speaks for one, and where the clause begins."""

    points: float
    pattern: re.Pattern[str]
    leads: bool = False
    """Whether words before the clause say that it is a result."""


def _sign(points: float, pattern: str, leads: bool = False) -> Sign:
    return Sign(points, re.compile(pattern, re.VERBOSE), leads)


_SIGNS = (
    _sign(
        3.0,
        r"\b(?:[Aa]s\sa\sresult|which\smean(?:s|t)(?:\sthat)?|meaning(?:\sthat)?|resulting\sin|with\sthe\sresult\sthat|[Tt]his\sled\sto)[\s,]+(?P<clause>.+)",
        leads=True,
    ),
    _sign(2.6, rf"{_START}(?P<clause>(?:[^,;.]{{3,90}}?\s)?(?:has\s|have\s|had\s)?{_TURNED}.*)"),
    _sign(2.4, rf"(?:{_START}|\s)(?P<clause>{_COUNT}{_OF_THEM},?\s{_GOT_ON}.*)"),
    _sign(
        2.3,
        rf"\b(?:so\sthat\s{_DONE_SINCE}|leading\sto\s|allowing\s|giving\s|enabling\s|thereby\s)(?P<clause>.+)",
        leads=True,
    ),
    _sign(
        2.2,
        rf"""(?:{_START}|\sand\s)(?P<clause>(?:[^,;.]{{3,60}}?\s)?(?:no\slonger|for\sthe\sfirst\stime|ahead\sof|sooner|more\squickly|told\sus\s(?:they|afterwards)
        |report(?:ed)?\s(?:fewer|more|that|feeling|better)|(?:is|are|were|was)\s(?:now\s)?(?:easier|quicker|faster|freed\sup|spared))\b.*)""",
    ),
    _sign(
        1.9,
        r",\s(?:and\s)?which\s(?:has\s)?(?P<clause>(?:spared|saved|helped|raised|cut|brought|led|reduced|freed|moved|kept|lifted|won)\s.*)",
        leads=True,
    ),
    _sign(
        1.8,
        rf"""{_START}(?P<clause>(?:[Tt]hey|[Ii]t|[Tt]hese|[Tt]hat)\s(?:has\s|have\s|had\s)?(?:since\s|also\s)?
        (?:raised|won|saved|found|caught|picked\sup|spared|produced|cut|gained|brought\sin|helped|made|moved|stepped|saw)\s(?:[\w’]+\s){{0,3}}?(?:£|\d|{_COUNT}\b).*)""",
    ),
)
_ENDS = re.compile(
    r"(?:;\s|\s[–—]\s|,\s(?:and|but|while|although|though|against|which\sis)\s(?=(?:we|they|it|he|she|the|a|our|most|all)\s).*$)"
)
_PLANS = re.compile(r"\b(?:will|would|aim|target|by\s20[2-9]\d|plan|hope|want|should|expect|estimate)\b", re.I)
_BEFOREHAND = re.compile(r"\bused\sto\b|\bhad\slost\b|^(?:At\sthe\smoment|Before)\b")
_FIRST_SENTENCE = -0.5
"""The first sentence tells of the act itself more often."""
_SENTENCES = 40
ENOUGH = 1.8


class Outcome(NamedTuple):
    """A clause with what speaks for it."""

    points: float
    start: int
    end: int


@lru_cache(maxsize=KEPT)
def outcome_in(text: str) -> Stretch | None:
    """The clause that says what something led to; none in a row of a table."""
    if " | " in text:
        return None
    found = [
        one for place, span in enumerate(sentences_of(text)[:_SENTENCES]) for one in _in_sentence(text, span, place)
    ]
    best = max(found, key=lambda one: (one.points, -one.start), default=None)
    return Stretch(best.start, best.end) if best and best.points >= ENOUGH else None


def _in_sentence(text: str, sentence: Stretch, place: int) -> Iterator[Outcome]:
    words = text[sentence.start : sentence.end]
    if _BEFOREHAND.search(words):
        return
    for sign in _SIGNS:
        match = sign.pattern.search(words)
        if match and (sign.leads or not _PLANS.search(match["clause"])):
            start = sentence.start + match.start("clause")
            points = sign.points + (_FIRST_SENTENCE if place == 0 and not sign.leads else 0)
            yield Outcome(points, start, start + len(_trimmed(match["clause"])))


def _trimmed(clause: str) -> str:
    cut = _ENDS.search(clause)
    return (clause[: cut.start()] if cut else clause).rstrip(" .,;:!?”\"'")
