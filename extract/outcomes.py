"""What came of something: the clause that says so, as the text has it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from goalmap.extract.sentences import KEPT, Stretch, sentences_of
from goalmap.extract.words import one_of, table

_TENS = "(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)"
_COUNT = rf"""(?:(?:[Mm]ore\sthan|[Oo]ver|[Nn]early|[Aa]lmost|[Aa]bout|[Aa]round|[Ss]ome|[Aa](?:nother|\sfurther))\s)?(?:\d[\d,.]*(?:m|k|bn)?|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve
    |[A-Za-z]+teen|{_TENS}(?:-\w+)?|[Hh]alf|[Aa]\s(?:third|quarter|fifth)|[Tt]wo[-\s]thirds|[Tt]hree[-\s]quarters|[Mm]ost|[Ss]everal|[Aa]ll\sbut\s\w+|[Oo]ne\sin\s\w+)"""
_PEOPLE = table(
    """
    people pupils students learners graduates young children adults men women girls boys parents mothers fathers families households residents tenants patients clients members candidates
    jobseekers leavers veterans refugees apprentices trainees interns recruits starters staff colleagues employees nurses volunteers participants carers firms businesses others
    """
)
_WHO = rf"(?:\w+\s)?(?:\w+\s)?(?:{one_of(_PEOPLE)})"
_OF_THEM = rf"""(?:\s(?:of\s(?:\d+|them|those|these|us|the\s\w+|our\s\w+|last\syear[’']s\s\w+)|(?:in|out\sof)\s(?:every\s)?\w+(?:\sof\s(?:them|those|{_WHO}))?|(?:per\scent|%)(?:\sof\s[\w\s]{{3,40}}?)?|{_WHO}))?
    (?:,?\s(?:seen|who\s[\w\s]{{3,40}}?|hired\ssince|of\s[\w\s]{{3,30}}?))?"""
_HAVE = r"(?:(?:have|has|had|are|were|was|is)\s(?:(?:since|now|already|also|so\sfar|afterwards|all|both|then)\s)?(?:been\s)?)"
_GOT_ON = rf"""(?:{_HAVE}?(?:(?:now|then|since|also|already|afterwards)\s)?
    (?:moved\s(?:up|on|in|to)|gone\s(?:on|into|to|up)|went\s(?:on|into|straight|to\s(?:work|college|university|jobs))|got\s(?:a\s|an\s)?\w+|gained|found\s(?:work|a\s|jobs?|employment|new)|stayed
    |progressed|secured|won|kept|cleared|swapped|became|become|saved|stepped\sup|told\sus|took\sup|now\s(?:work|run|hold|earn|employ|have|live)|work\shere)
    |{_HAVE}(?:taken\son|employed|promoted|recruited|hired|offered|qualified|returned|changed|survived|found\s(?:to|work)|using|no\slonger|(?:now\s)?(?:paying|doing\sso|in\swork))
    |(?:are|were|is|was)\s(?:(?:now|still|already)\s)*(?:in\s(?:paid\s)?(?:work|employment|post|jobs?|training|education)|working|with\sus|here|employed)
    |still\shere|no\slonger|back\sat|now\swork|had\ssomething|felt|(?:(?:have|has|had)\s)?passed)\b"""
_WEAK = r"(?:(?:have|has|had)\s)?(?:(?:now|since|also|already)\s)?(?:completed|finished|graduated)\b"
_BEGINS = r"(?:^|[;:]\s|,\s(?:and\s|but\s)?|\b(?:and|but|that|whom|date|far|since|then|afterwards|spring|summer|autumn|winter|year)\s)"
_TURNS = table(
    "fell fallen rose risen halved doubled trebled tripled quadrupled dropped narrowed shrank shrunk improved increased grew grown declined climbed eased lengthened"
)
"""Verbs for figures that turned."""
_WHOLE_TURNS = table("halved doubled trebled tripled quadrupled")
"""Those that say by how much."""
_TURNED = rf"""(?:(?:(?:{one_of(_TURNS)})\s(?:\w+\s)?(?:from|by|to|below|above)\s(?=\S*\d|an?\s|nearly|about|almost|over|{_COUNT}|zero|none)|(?:{one_of(_WHOLE_TURNS)})\b(?!\s(?:the|an?|our|its|their)\b)
    |(?:come|came|went|gone|going)\s(?:up|down)\s(?:from|by|to)\s(?=\S*\d|an?\s)|(?:brought|cut)\s(?:(?:up|down)\s)?(?:by|from)\s(?=\S*\d)
    |(?:is|are|was|were)\s(?:now\s)?(?:(?:up|down)\s(?:by|from|on\b|\d|a\s)|(?:lower|higher|fewer)\sthan\b))
    |(?<!who\s)(?:has|have|had)\s(?:since\s)?(?:fallen|risen|narrowed|improved|shrunk)(?=\s(?:since|sharply|every|each|at)\b|[.,;]|$))"""
_SAY_THAT = r"\b(?:said|says|reports|reported|found|heard|noted|showed|shows|replied|told\s[^,;]{3,60}?)\sthat\s"
_DONE_SINCE = r"(?=[^,.;]{0,80}\b(?:was|were|had|got|has\sbeen|have\sbeen|no\slonger|now)\b)"
_CHANGED = r"(?:spared|saved|raised|cut|brought|led|reduced|freed|moved|kept|lifted|won)"
_AMOUNT = rf"(?:£|\d|{_COUNT}\b)"


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
        r"(?:\b[Aa]s\sa\sresult|,\swhich\smean(?:s|t)(?:\sthat)?|,\smeaning(?:\sthat)?|\bresulting\sin|\bwith\sthe\sresult\sthat|\b[Tt]his\sled\sto)[\s,]+(?P<clause>\S+(?:\s\S+){2}.+)",
        leads=True,
    ),
    _sign(
        2.6,
        rf"(?:^|[;:]\s|,\s(?:and\s|but\s|(?!\w+\sand\s))|{_SAY_THAT})(?P<clause>[^,;.]{{3,90}}?\s(?:has\s|have\s|had\s)?(?<!be\s){_TURNED}.*)",
    ),
    _sign(2.4, rf"{_BEGINS}(?P<clause>{_COUNT}{_OF_THEM},?\s{_GOT_ON}.*)"),
    _sign(2.0, rf"{_BEGINS}(?P<clause>{_COUNT}{_OF_THEM},?\s{_WEAK}.*)"),
    _sign(
        2.3,
        rf"(?:\bso\sthat\s{_DONE_SINCE}|,\s(?:leading\sto|thereby|(?:allowing|giving|enabling)\s(?=[^.;]{{0,40}}\b(?:them|{one_of(_PEOPLE)})\b))\s?)(?P<clause>.+)",
        leads=True,
    ),
    _sign(
        2.2,
        r"""(?:^|[,;:]\s(?:and\s|but\s)?|\sand\s)(?P<clause>(?:[^,;.]{3,60}?\s)?(?:no\slonger\s(?:ha(?:s|ve)\sto|needs?|claims?|waits?|travels?)|told\sus\s(?:they|afterwards)
        |report(?:ed)?\s(?:fewer|more|feeling|better)|(?:is|are|were|was)\s(?:now\s)?(?:easier|quicker|faster|freed\sup|spared))\b.*)""",
    ),
    _sign(1.9, rf",\s(?:and\s)?which\s(?:has\s)?(?P<clause>{_CHANGED}\s(?:[\w’]+\s){{0,4}}?{_AMOUNT}.*)", leads=True),
    _sign(
        1.8,
        rf"(?:^|[;:]\s)(?P<clause>(?:[Tt]hey|[Ii]t|[Tt]hese|[Tt]hat)\s(?:has\s|have\s|had\s)?(?:since\s|also\s)?(?:{_CHANGED}|helped|gained|makes)\s(?:[\w’]+\s){{0,3}}?{_AMOUNT}.*)",
    ),
)
_ENDS = re.compile(
    r"(?:;\s|\s[–—]\s|,\sand\sthat\s.*$|,\s(?:and|but|while|although|though|against|which\sis)\s(?=(?:we|they|it|he|she|the|a|our|most|all)\s).*$)"
)
_PLANS = re.compile(r"\b(?:will|would|aim|target|by\s20[2-9]\d|plan|hope|want|should|expect|estimate)\b", re.I)
_BEFOREHAND = re.compile(r"\bused\sto\b|\bhad\slost\b|^(?:At\sthe\smoment|Before)\b")
_REPORTED = re.compile(
    r"^(?:[^,;]{0,80}?\s)?(?:(?:said|says)\s(?:that\s)?|(?:reports?|reported|explained|found|finds|noted|showed|shows|told\s[^,;]{3,60}?)\sthat\s)|^that\s"
)
"""Who says so, before what is said."""
_COSTS = re.compile(
    r"^[^,;]{0,60}?\b(?:costs?|charges?|prices?|rents?|demand|fees?|payments?|inflation|bills?|hours|pay)\s(?:\w+\s){0,4}?(?:rose|risen|rises|went|gone|grown|grew|increased|doubled|climbed)\b",
    re.I,
)
"""What gets dearer or is asked for more is nobody's result."""
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_AGE = re.compile(r"[A-Z][\w’'-]*,\s$")
_TWO_DIGITS = re.compile(r"\d{1,2}\b(?!\s(?:of|per|%|people))")
_NUMBERED = re.compile(r"(?:\b(?:[Ii]tem|[Ll]evel|[Nn]umber|[Ss]ection|Years?|Bro)\.?|\d\sand|\d\sto)\s$")
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
        for match in sign.pattern.finditer(words):
            if not _stands(sign, words, match):
                continue
            said = _REPORTED.match(match["clause"])
            skipped = said.end() if said else 0
            start = sentence.start + match.start("clause") + skipped
            points = sign.points + (_FIRST_SENTENCE if place == 0 and not sign.leads else 0)
            yield Outcome(points, start, start + len(_trimmed(match["clause"][skipped:])))


def _stands(sign: Sign, words: str, match: re.Match[str]) -> bool:
    """Whether the clause tells of a result: no plan, no price, no year or age in place of a count."""
    clause, before = match["clause"], words[: match.start("clause")]
    if sign.leads:
        return True
    is_age = bool(_TWO_DIGITS.match(clause) and _AGE.search(before))
    return not (
        is_age or _PLANS.search(clause) or _COSTS.match(clause) or _YEAR.match(clause) or _NUMBERED.search(before)
    )


def _trimmed(clause: str) -> str:
    cut = _ENDS.search(clause)
    return (clause[: cut.start()] if cut else clause).rstrip(" .,;:!?”\"'")
