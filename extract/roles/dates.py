"""From when, and until when, a post was held, in the words beside it."""

import re
from typing import NamedTuple

from goalmap.extract.words import MONTHS, MONTHS_IN_ORDER, one_of

_NUMBER = {month: f"{place:02}" for place, month in enumerate(MONTHS_IN_ORDER, 1)}
_DATE = rf"(?:(?:the )?(?:(?P<day{{0}}>\d{{{{1,2}}}})(?:st|nd|rd|th)? )?(?:(?P<month{{0}}>{one_of(MONTHS)}) )|(?:(?:early|late|mid|spring|summer|autumn|winter)[- ](?:of )?)?)(?P<year{{0}}>(?:19|20)\d\d)"
_FIRST, _SECOND = _DATE.format(1), _DATE.format(2)

_SPAN = re.compile(
    rf"(?:\b(?:from|between|in|for)\b )?\(?{_FIRST}\s?(?:(?:-|–|to|until|and|till)\s?{_SECOND}|[-–](?P<short>\d\d))\b"
)
_SINCE = re.compile(
    rf"\b(?:since|from|appointed|elected|joined|began|beginning|starting|with effect from|as of)(?: (?:in|on))? {_FIRST}\b"
)
_UNTIL = re.compile(
    rf"\b(?:until|till|to|up to|resigned|retired|left|stood down|stepped down|died|ended|ending)(?: (?:in|on))? {_FIRST}\b"
)
_POINT = re.compile(rf"^,? (?:in|on|from|with effect from|at the end of)? ?{_FIRST}\b")
_NEAR = re.compile(r"^[^.;“”\"⟨]{0,60}")
_UNTIL_WORDS = re.compile(
    r"^,?\s?\(?(?:a post (?:he|she|they) held )?(?:until|till) (?!now|recently\b)\w+|^[,\s(]*(?:resigned|retired|left|stood down|stepped down|who (?:retired|left|died|stood down|stepped down))\b|^ (?:in|under) the (?:last|previous|former) (?:\w+ )?[Gg]overnment\b|^ (?:ended|expired|came to an end|finished)\b"
)


class Period(NamedTuple):
    """Dates as 2019, 2019-05 or 2019-05-01, and whether the words say that the time is over."""

    since: str | None = None
    until: str | None = None
    over: bool = False


def period_after(text: str, point: str = "") -> Period:
    """The time that the words right after a post give it; a bare `in 2019` tells the start or the end that `point` names."""
    near = _NEAR.match(text)
    words = near.group() if near else ""
    over = bool(_UNTIL_WORDS.match(words))
    if not re.search(r"\d{4}", words):
        return Period(over=over)
    head = re.split(r"(?<!^), | and ", words)[0]
    if span := _SPAN.search(head):
        return Period(_date(span, 1), _end(span), over=True)
    if until := _UNTIL.search(head):
        return Period(until=_date(until, 1), over=True)
    if since := _SINCE.search(head):
        return Period(since=_date(since, 1))
    if point and (bare := _POINT.match(head)):
        return Period(_date(bare, 1)) if point == "since" else Period(until=_date(bare, 1), over=over)
    return Period(over=over)


def period_before(text: str) -> Period:
    """The time that an opening gives: `From 2007 to 2010 she was`, `until 2023 chaired`."""
    if not re.search(r"\d{4}", text):
        return Period()
    if span := _SPAN.search(text):
        return Period(_date(span, 1), _end(span), over=True)
    if until := re.search(rf"(?i)\buntil {_FIRST}\b", text):
        return Period(until=_date(until, 1), over=True)
    if since := re.search(rf"(?i)\bsince {_FIRST}\b", text):
        return Period(since=_date(since, 1))
    return Period()


def date_in(text: str) -> str | None:
    """The first date of some words.

    >>> date_in("on 1 November 2024"), date_in("in May 2023"), date_in("since 2019"), date_in("last year")
    ('2024-11-01', '2023-05', '2019', None)
    """
    match = re.search(rf"\b{_FIRST}\b", text)
    return _date(match, 1) if match else None


def _end(span: re.Match[str]) -> str:
    """The second date of a span; `1997-99` gives it in two figures."""
    return f"{span['year1'][:2]}{span['short']}" if span["short"] else _date(span, 2)


def _date(match: re.Match[str], which: int) -> str:
    day, month, year = match[f"day{which}"], match[f"month{which}"], match[f"year{which}"]
    parts = [year, *([_NUMBER[month]] if month else []), *([f"{int(day):02}"] if month and day else [])]
    return "-".join(parts)
