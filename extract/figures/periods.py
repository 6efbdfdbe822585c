"""The time that a figure holds for: in the words of the text, and as dates."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from goalmap.extract.words import MONTHS, MONTHS_IN_ORDER, one_of

MONTH = rf"(?:{one_of(MONTHS)})"
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH}\s{_YEAR}"
_SPLIT = rf"{_YEAR}\s?[-/–]\s?(?:20)?\d\d(?!\d)"
_POINT = rf"(?:{_DAY}|{MONTH}(?:\s{_YEAR})?|{_SPLIT}|{_YEAR})"
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|Christmas|Easter|Ramadan)"
_NEAR = r"(?:[Ll]ast|[Tt]his|[Nn]ext)\s(?:year|month|quarter|week|term|summer|winter|spring|autumn|season)"
_SPAN = r"(?:years|year|months|month|weeks|week|days|terms|quarters)"
_COUNT = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple\sof)"
_RATE = r"(?:an?|per|each|every)\s(?:year|month|week|day|hour|quarter(?!\sof)|term|night|head|person)\b|annually|yearly|monthly|weekly"

RATE = re.compile(rf"\b(?:{_RATE})\b")
PERIOD = re.compile(
    rf"""
    \b(?:
      (?:[Ff]rom|[Bb]etween)\s(?:the\s)?{_POINT}\s(?:to|until|and)\s{_POINT}
    | [Bb]etween\s(?:{MONTH}|{_SEASON})\sand\s(?:{MONTH}|{_SEASON})
    | {_YEAR}\sto\s{_YEAR}
    | [Ii]n\sthe\s(?:{_COUNT}\s(?:years|months)|(?:financial\s|academic\s|school\s)?year)\sto\s(?:\d{{1,2}}\s)?{MONTH}(?:\s{_YEAR})?
    | [Ii]n\sthe\s(?:{_SPLIT}|{_YEAR})\s(?:academic|school|financial)\syear
    | [Ii]n\s(?:the|our)\s{_YEAR}\s(?:staff\s)?(?:survey|census|return|report|data|intake)
    | [Bb]y\sthe\send\sof\s(?:{_POINT})
    | (?:[Ii]n|[Bb]y|[Ss]ince|[Ff]rom|[Dd]uring|[Uu]ntil|[Bb]efore|[Aa]fter|[Oo]n|[Uu]p\sto|[Aa]s\s(?:at|of))\s
      (?:early\s|late\s|mid-|the\s(?:end|start)\sof\s)?(?:{_POINT}|{_SEASON}(?:\s{_YEAR})?)(?:\s(?:last|this|next)\syear)?
    | [Aa]t\s{_DAY}
    | [Ss]ince\s{_NEAR}
    | {_NEAR}
    | (?:the|that|each)\s(?:previous\syear|year\sbefore|year\safter|following\syear)
    | [Oo]ver\s(?:the\s(?:past|last|next|first)\s)?{_COUNT}\s(?:years|months)
    | (?:[Oo]ver|[Ii]n|[Dd]uring)\sthe\s(?:past|last|next|first)\s(?:{_COUNT}\s)?{_SPAN}
    | [Ii]n\s(?:its|their|our|the)\sfirst\s(?:{_COUNT}\s)?{_SPAN}
    | [Ii]n\s(?:{_COUNT}\s(?:years|months|weeks)|a\s(?:full\s|single\s|typical\s)?(?:year|month|week)(?!\swhen))
    | {_SPLIT}
    | {_RATE}
    )(?!\w)
    """,
    re.VERBOSE,
)


class Dates(NamedTuple):
    """A period as dates, each as exact as the text: 2022, 2022-04, 2022-04-01; None where it is open."""

    since: str | None = None
    until: str | None = None


OPEN = Dates()


def dates_of(period: str, published: str | None) -> Dates:
    """The dates that the words for a period mean; nearness (`last year`) needs the document's date."""
    words = " ".join(period.split())
    for pattern, read in _READINGS:
        if match := pattern.match(words):
            return read(match, published)
    return OPEN


def _both(match: re.Match[str], published: str | None) -> Dates:
    first, last = _point(match["first"]), _point(match["last"])
    since = first.since or _same_year(first, match["first"], last)
    return Dates(since, last.until) if since and last.until else OPEN


def _same_year(first: Dates, words: str, last: Dates) -> str | None:
    """`from May to July 2023`: the year is said once."""
    month = _month(words)
    return f"{last.until[:4]}-{month}" if month and last.until else first.since


def _year_to(match: re.Match[str], published: str | None) -> Dates:
    end = _point(f"{match['month']} {match['year']}" if match["year"] else match["month"]).until
    months = {"year": 12}.get(
        match["length"], _COUNTS.get(match["length"], 0) * (12 if match["span"] == "years" else 1)
    )
    if not end or not months:
        return OPEN
    index = int(end[:4]) * 12 + int(end[5:7]) - months
    return Dates(f"{index // 12:04}-{index % 12 + 1:02}", end)


def _school_year(match: re.Match[str], published: str | None) -> Dates:
    start, end = _years(match["point"])
    months = ("09", "08") if match["kind"] in ("academic", "school") else ("04", "03")
    return Dates(f"{start}-{months[0]}", f"{end}-{months[1]}") if end > start else Dates(str(start), str(start))


def _one(match: re.Match[str], published: str | None) -> Dates:
    """`in 2023`, `since April 2022`, `by 2030`."""
    said, words = match["word"].lower(), match["point"]
    if match["near"]:
        year = _near_year(match["near"], published)
        words = f"{words} {year}" if year else ""
    point = _point(words) if words else OPEN
    if said in ("since", "from", "after") and point == OPEN:
        point = _last_of(words, published)
    if point == OPEN:
        return OPEN
    if said in ("since", "from", "after"):
        return Dates(point.since, None)
    return Dates(None, point.until) if said in ("by", "until", "before", "up to", "by the end of") else point


def _near(match: re.Match[str], published: str | None) -> Dates:
    year = _near_year(match["near"], published)
    return Dates(year, None if match["since"] else year) if year else OPEN


def _alone(match: re.Match[str], published: str | None) -> Dates:
    return _point(match.group())


def _near_year(word: str, published: str | None) -> str | None:
    away = {"last": -1, "this": 0, "next": 1}[word.lower()]
    return str(int(published[:4]) + away) if published and published[:4].isdigit() else None


def _last_of(words: str, published: str | None) -> Dates:
    """The latest month of that name before the document's date."""
    month = _month(words)
    if not month or not published or len(published) < 7:
        return OPEN
    year = int(published[:4]) - (month > published[5:7])
    return Dates(f"{year}-{month}", f"{year}-{month}")


def _point(words: str) -> Dates:
    """A day, a month with its year, a year, or a year over two calendar years, which in print begins in April."""
    month, years = _month(words), re.findall(_YEAR, words)
    if not years:
        return OPEN
    if re.fullmatch(_SPLIT, words):
        start, end = _years(words)
        return Dates(f"{start}-04", f"{end}-03") if end == start + 1 else Dates(str(start), str(end))
    stem = years[-1] + (f"-{month}" if month else "")
    day = re.match(r"\d{1,2}(?=(?:st|nd|rd|th)?\s[A-Z])", words)
    stem = _day(stem, int(day.group())) if day and month else stem
    return Dates(stem, stem)


def _day(month: str, day: int) -> str:
    try:
        return date(int(month[:4]), int(month[5:7]), day).isoformat()
    except ValueError:
        return month


def _years(words: str) -> tuple[int, int]:
    start, *rest = (int(part) for part in re.findall(r"\d+", words))
    end = rest[0] if rest else start
    return start, end if end > 99 else start // 100 * 100 + end


def _month(words: str) -> str | None:
    name = re.search(MONTH, words)
    return f"{MONTHS_IN_ORDER.index(name.group()) + 1:02}" if name else None


_COUNTS = {"12": 12, "two": 2, "three": 3, "six": 6, "twelve": 12, "nine": 9, "2": 2, "3": 3, "6": 6, "9": 9, "18": 18}
_Reading = Callable[[re.Match[str], str | None], Dates]
_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"(?:from|between) (?:the )?(?P<first>{_POINT}) (?:to|until|and) (?P<last>{_POINT})$", _both),
        (rf"(?P<first>{_YEAR}) to (?P<last>{_YEAR})$", _both),
        (
            rf"in the (?:(?:financial|academic|school) )?(?P<length>year|{_COUNT})(?: (?P<span>years|months))? to "
            rf"(?:\d{{1,2}} )?(?P<month>{MONTH})(?: (?P<year>{_YEAR}))?$",
            _year_to,
        ),
        (rf"in (?:the|our) (?P<word>)(?P<point>{_YEAR})(?P<near>) (?!academic|school|financial)(?:staff )?\w+$", _one),
        (rf"in the (?P<point>{_SPLIT}|{_YEAR}) (?P<kind>academic|school|financial) year$", _school_year),
        (
            r"(?P<word>by the end of|in|by|since|from|during|until|before|after|on|up to|as at|as of|at) "
            rf"(?:early |late |mid-|the (?:end|start) of )?(?P<point>{_POINT}|{_SEASON}(?: {_YEAR})?)(?: (?P<near>last|this|next) year)?$",
            _one,
        ),
        (r"(?P<since>since )?(?P<near>last|this|next) year$", _near),
        (rf"{_SPLIT}$", _alone),
    )
)
