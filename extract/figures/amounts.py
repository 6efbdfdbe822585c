"""Figures: numbers with their unit, what they count, and the time they hold for."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = {"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3, "p": 0.01}
_FIGURE = re.compile(
    rf"(?<![\w./£$€-])(?P<money>[£$€])?(?P<number>{_NUMBER})(?:\s?(?P<scale>bn|billion|million|m|k|thousand)(?![\w]))?"
    r"(?:\s?(?P<percent>%|per cent|percent|percentage points?))?(?P<pence>p(?!\w))?(?![\w]|[.,/:]\d)"
)
_WHAT = re.compile(
    r"\s+(?:of (?:the |our |its |these |those |them )?)?(?P<what>(?:(?!(?:and|or|of|in|into|through|between|over|under|after|before|during|across|so|not|more|less|fewer|on|at|to|for|by|from|with|who|which|that|have|has|had|is|are|was|were|will|would|per|than|as|a|an|the|last|this|since)\b)[A-Za-z][\w’'-]*\s?){1,3})"
)
_PERIOD = re.compile(
    r"\b(?P<period>(?:in|by|since|from|during|until|before|after) (?:20\d\d(?:[-/–](?:20)?\d\d)?|(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: 20\d\d)?)|"
    r"(?:last|this|next) (?:year|month|quarter|week|term|winter|summer|autumn|spring)|(?:a|per|each|every) (?:year|month|week|day)|20\d\d[-/–]\d\d|over the (?:past|next|last) \w+ \w+|in the (?:past|last|first) \w+)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NOT_A_FIGURE = re.compile(
    r"(?:\b(?:page|band|bands|grade|level|goal|year|years|key stage|ward|no\.|number|paragraph|item|section|version|scope|aged?|o[n]|nurses? at band|A|T)\s)$",
    re.I,
)
_MONTH_AFTER = re.compile(
    r"^(?:st|nd|rd|th)?\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_PHONE = re.compile(r"^0\d{3,}$")


class Amount(NamedTuple):
    """A number with what it measures, at its place in a passage."""

    start: int
    end: int
    value: float
    unit: str | None
    what: str | None
    period: str | None


def amounts_in(text: str) -> Iterator[Amount]:
    """Every figure of a passage; years, dates, telephone and reference numbers are none."""
    for match in _FIGURE.finditer(text):
        if not _is_reference(text, match):
            yield _amount(text, match)


def _is_reference(text: str, match: re.Match[str]) -> bool:
    number = match["number"]
    if match["money"] or match["percent"] or match["scale"] or match["pence"]:
        return False
    if _YEAR.match(number) or _PHONE.match(number) or _MONTH_AFTER.match(text[match.end() : match.end() + 14]):
        return True
    return bool(_NOT_A_FIGURE.search(text[max(0, match.start() - 20) : match.start()])) or not _what_follows(
        text, match.end()
    )


def _amount(text: str, match: re.Match[str]) -> Amount:
    value = (
        float(match["number"].replace(",", ""))
        * _SCALES.get(match["scale"] or "", 1.0)
        * (0.01 if match["pence"] else 1.0)
    )
    return Amount(
        match.start(), match.end(), value, _unit(match), _what_follows(text, match.end()), _period(text, match)
    )


def _unit(match: re.Match[str]) -> str | None:
    if match["money"]:
        return match["money"]
    if match["pence"]:
        return "£"
    return "%" if match["percent"] else None


def _what_follows(text: str, end: int) -> str | None:
    match = _WHAT.match(text[end : end + 80])
    return match["what"].strip() if match else None


def _period(text: str, match: re.Match[str]) -> str | None:
    """The time named in the same sentence, nearest after the number, else before it."""
    start = max((text.rfind(mark, 0, match.start()) for mark in (". ", "? ", "! ")), default=-1) + 1
    stop = min(
        (place for mark in (". ", "? ", "! ") if (place := text.find(mark, match.end())) >= 0), default=len(text)
    )
    found = _PERIOD.search(text, match.end(), min(stop, match.end() + 120)) or _PERIOD.search(
        text, max(start, match.start() - 120), match.start()
    )
    return found["period"] if found else None
