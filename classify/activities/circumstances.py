"""For whom, where, when and with what result an activity is done: words of its passages."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from goalmap.classify.activities.model import INTENDED, Detail, Telling
from goalmap.classify.activities.regions import is_known_place
from goalmap.extract.beneficiaries import beneficiaries_in
from goalmap.extract.figures.periods import PERIOD, RATE
from goalmap.extract.outcomes import outcome_in
from goalmap.extract.sentences import KEPT, Stretch
from goalmap.extract.whereabouts import places_in
from goalmap.extract.words import MONTHS, name_key, one_of

MOST = 6
"""Beneficiaries or places of one activity."""
_DATED = re.compile(
    rf"\b(?:(?:[Oo]n|[Ff]rom|[Bb]y|[Uu]ntil|[Ss]ince|[Aa]t\sthe\send\sof|[Ss]tarts)\s)?(?:\w+day\s)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:{one_of(MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\s(?:19|20)\d\d)?\b"
)
_LASTING = re.compile(
    r"\b(?:(?:[Ff]or|[Oo]ver|[Ii]n|[Dd]uring)\s(?:the\s(?:last|past|next|first)\s)?(?:its\s|their\s)?(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|\d{1,2})\s(?:academic\s|full\s)?(?:years?|months?|terms?|weeks?)"
    r"|[Aa]t\sthe\s(?:end|start|beginning)\sof\s(?!an?\b|each\b|the\b|every\b)\w+|[Tt]his\s(?:winter|summer|spring|autumn|year|month|week)|[Ff]rom\s(?:this|next)\s\w+|[Ff]rom\s\d{4}(?:/\d\d)?\suntil\s(?:this\s|last\s)?\w+|[Bb]y\s(?:around\s)?20\d\d"
    r"|(?:[Ss]ince|[Ii]n)\sthe\s(?:New\sYear|year))\b"
)
_TIMES = (PERIOD, _DATED, _LASTING)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMPARED = re.compile(
    r"(?:\bfrom\s\S+(?:\sper\scent)?|\bcompared\s(?:with|to)|\bagainst|\bthan|\bempty|\bretired\b.{0,40}|\bclosed|\bhad\sbeen.{0,30})\s$"
)
"""Before a time that something else is measured against, or that is over."""
_BASE = re.compile(r"on\s(?:19|20)\d\d")
_LASTS = re.compile(r"(?:for|over|in)\s(?!(?:19|20)\d\d|[A-Z])", re.I)
_VAGUE = re.compile(r"^(?:the|that|each)\s|^in\sa\s", re.I)


def beneficiaries_of(tellings: Sequence[Telling]) -> tuple[Detail, ...]:
    """Whom it is for, each once, in the order of the passages."""
    return _details(tellings, _people_in)


def _people_in(telling: Telling) -> list[Stretch]:
    """Those of the passage, of a row of a table those of its first cell; none that is the name of somebody."""
    cell = telling.text.partition(" | ")[0]
    names = [named for named in telling.named if not named.is_reference]
    return [
        span
        for span in beneficiaries_in(cell)
        if not any(name.start <= span.start < name.end for name in names) and name_key(cell[slice(*span)]) != "people"
    ]


def places_of(tellings: Sequence[Telling]) -> tuple[Detail, ...]:
    """Where it is done, each place once; never a name of somebody."""
    return _details(tellings, _places_in)


def _places_in(telling: Telling) -> list[Stretch]:
    named = [Stretch(one.start, one.end) for one in telling.named]
    known = {telling.text[one.start : one.end] for one in named if is_known_place(telling.text[one.start : one.end])}
    return places_in(telling.text, named, known)


def _details(tellings: Iterable[Telling], find: Callable[[Telling], Iterable[Stretch]]) -> tuple[Detail, ...]:
    found: dict[str, Detail] = {}
    for telling in tellings:
        for start, end in find(telling):
            words = telling.text[start:end]
            found.setdefault(name_key(words), Detail(words, telling.passage_id, start, end))
    return tuple(found.values())[:MOST]


def period_of(tellings: Sequence[Telling]) -> Detail | None:
    """When it is done, as exactly as a passage says: a year before a month, both before how long it lasts."""
    found = [
        (*_exactness(telling, span), place, span.start, -span.end, telling.passage_id)
        for place, telling in enumerate(tellings)
        for span in _times_in(telling.text)
    ]
    if not found:
        return None
    *_, place, start, end, passage = min(found)
    return Detail(tellings[place].text[start:-end], passage, start, -end)


@lru_cache(maxsize=KEPT)
def _times_in(text: str) -> tuple[Stretch, ...]:
    return tuple(_found_in(text))


def _found_in(text: str) -> Iterator[Stretch]:
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            told = match.group()
            past = RATE.search(told) or _VAGUE.match(told) or _BASE.fullmatch(told)
            if not past and not _COMPARED.search(text[: match.start()]):
                yield Stretch(*match.span())


def _exactness(telling: Telling, span: Stretch) -> tuple[bool, bool]:
    words = telling.text[slice(*span)]
    return not _YEAR.search(words), bool(_LASTS.match(words))


def outcome_of(tellings: Sequence[Telling]) -> Detail | None:
    """What it led to, from the first passage that says so."""
    for telling in tellings:
        done = any(filing.stage not in INTENDED for filing in telling.filings)
        if done and (span := outcome_in(telling.text)):
            return Detail(telling.text[slice(*span)], telling.passage_id, *span)
    return None
