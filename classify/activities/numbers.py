"""The figures of an activity: the newest of each measure first, older ones kept."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from goalmap.classify.activities.model import INTENDED, Measure, Number, Reading, Telling
from goalmap.extract.words import name_key, table

_SMALL_WORDS = table("a an the of our its their new more of in for to and other own total")
_YEARLY = re.compile(
    r"\b(?:an?|per|each|every)\s(?:year|month|week|day|term|night)\b|\b(?:annual|yearly|monthly|weekly|daily)(?:ly)?\b",
    re.I,
)
_TARGET = re.compile(r"\btarget\b", re.I)
_COLUMN = re.compile(r",?\s*(?:(?:19|20)\d\d(?:[/-]\d{2,4})?\s+)?\b(?:target|result|actual|outcome|outturn)\b", re.I)
"""The head of a column behind what a row counts."""
_FROM = re.compile(r"\bfrom\s(?:about\s|around\s|just\s)?$")
_TO = re.compile(r"\bto\s(?:about\s|around\s|just\s|over\s|nearly\s|almost\s)?$")
_AGAINST = re.compile(
    r"(?:\b(?:up|down|risen|fallen|rising|falling|grown|increased|compared|compares)\b[^.;]{0,20}\b(?:from|on|with|to)|\bagainst|\bfrom|\bthan|\binstead\sof)"
    r"\s(?:the\s|about\s|around\s|just\s|only\s)?$"
)
"""Before a figure that another is set against."""
_APART = 90
"""Characters between such figures at most."""
_THEN = re.compile(
    r"\s(?P<when>(?:in\s|at\s|for\s)?(?:the|last|this)\s(?:same\s\w+\s)?(?:\w+\s)?(?:spring|summer|autumn|winter|year|month|week|term|quarter|start)(?:\sbefore|\searlier)?)\b"
)
_EARLIER = re.compile(r"\b(?:before|earlier|previous|prior|spring|summer|autumn|winter)\b", re.I)
"""A time that the text gives by another, so that it is not the day of the document."""
_ADDED = re.compile(r"\b(?:further|another|extra|additional)\s$", re.I)
"""Before a figure that comes on top of one."""
_SINCE = re.compile(r"since\b", re.I)
_PART = re.compile(r"\b(?:sample\sof|including|of\swhich|among\sthem|of\sthe|of\sour)\s$", re.I)
"""Before a figure that is part of another, or that another is part of."""
_WILL = re.compile(r"\b(?:will|shall|are\sto|is\sto)\b")
_LIMITS = ("over", "under")
"""Bounds that an aim has."""
_AIM = re.compile(
    r"\b(?:will|shall|would|aims?|aiming|targets?|by|to\sreach|goal\sof|pledged?|commit(?:s|ted)?|plans?|hopes?|wants?|aspires?)\b",
    re.I,
)
_REACH = 60
"""Characters before a figure in which the text says that it is aimed at."""
_IRREGULAR = {"people": "person", "children": "child", "women": "woman", "men": "man"}


class _Key(NamedTuple):
    """What makes two figures readings of one measure."""

    what: tuple[str, ...]
    unit: str | None
    rate: str
    """A figure a year is not one in all."""
    alone: tuple[str, int] | None = None
    """The passage and place of a figure that nothing is said of: it stands by itself."""


class _Told(NamedTuple):
    """A figure as one passage gives it."""

    telling: Telling
    number: Number
    reading: Reading
    is_target: bool
    is_former: bool = False
    """Whether the passage gives it as how it was before another of its figures."""
    beside: str = ""
    """The day of that other figure, in ISO form."""

    @property
    def is_dated(self) -> bool:
        return bool(self.number.since or self.number.until)


_Series = list[_Told]
"""A figure of a passage with those that its text sets against it: from 96 to 31."""


def figures_of(tellings: Iterable[Telling]) -> tuple[Measure, ...]:
    """What is counted, in the order of the passages, with all its readings."""
    found: dict[_Key, list[_Series]] = defaultdict(list)
    for telling in tellings:
        for key, series in _series_in(telling):
            found[key].append(series)
    return tuple(_measure(rows) for told in found.values() for rows in _by_time(told))


def _series_in(telling: Telling) -> Iterator[tuple[_Key, _Series]]:
    """The series of a passage; where several count the same thing, only the one that says so may go on elsewhere."""
    told: dict[_Key, list[_Series]] = {}
    for number in telling.numbers:
        here = told.setdefault(_key(telling, number), [])
        if here and (is_former := _set_against(telling, here[-1][-1].number, number)) is not None:
            here[-1] = _joined(here[-1], telling, number, is_former)
        else:
            here.append([_told(telling, number)])
    for key, here in told.items():
        direct = [series for series in here if _says_what(series[0]) and not _is_part(series[0])]
        lasting = here[0] if len(here) == 1 else direct[0] if len(direct) == 1 else None
        for series in here:
            stays = series is lasting and not _ADDED.search(telling.text[: series[0].number.start])
            yield (key if stays else key._replace(alone=(series[0].reading.words, 0))), series


def _joined(series: _Series, telling: Telling, number: Number, is_former: bool) -> _Series:
    """The series with one more, which was before the last or came after it."""
    last = series[-1] if is_former else _as_former(series[-1])
    return [*series[:-1], last, _told(telling, number, is_former)]


def _told(telling: Telling, number: Number, is_former: bool = False) -> _Told:
    told = _Told(telling, number, _reading(telling, number), _is_target(telling, number))
    return _as_former(told) if is_former else told


def _as_former(told: _Told) -> _Told:
    """How it was: not on the day of the document, but when the text says, if it does."""
    reading, number = told.reading, told.number
    after = _THEN.match(told.telling.text, number.end)
    dated = number.until or number.since
    own = reading.period if dated or not _SINCE.match(reading.period or "") else None
    period = own or (after["when"] if after else None)
    return told._replace(reading=replace(reading, period=period, as_of=dated), is_former=True)


def _set_against(telling: Telling, one: Number, other: Number) -> bool | None:
    """Whether the later of two figures is how it was before; None where the text does not set them against each other."""
    text = telling.text
    if " | " in text:
        return False
    between = text[one.end : other.start]
    if len(between) > _APART or ". " in between:
        return None
    if _AGAINST.search(between):
        return True
    return False if _FROM.search(text[: one.start]) and _TO.search(between) else None


def _says_what(told: _Told) -> bool:
    """Whether what is counted stands by the figure itself, and is not only understood."""
    what = told.number.what or ""
    return told.telling.text[told.number.end :].lstrip(" -").startswith(what.split(" ")[0]) if what else True


def _is_part(told: _Told) -> bool:
    return _PART.search(told.telling.text[: told.number.start]) is not None


def _by_time(found: Sequence[_Series]) -> Iterator[list[_Told]]:
    """Series of one measure; what has no day, or another value on the same day, is none of its readings."""
    kept: list[_Series] = []
    others: list[_Series] = []
    for series in found:
        current = _current(series)
        clash = any(not _may_follow(current, _current(one)) for one in kept)
        (others if clash else kept).append(series)
    yield _merged(row for series in kept for row in _by_its_side(series))
    yield from (_merged(_by_its_side(series)) for series in others)


def _by_its_side(series: _Series) -> _Series:
    day = _current(series).reading.as_of or "9"
    return [row._replace(beside=day) for row in series]


def _current(series: _Series) -> _Told:
    return next((row for row in series if not row.is_former), series[0])


def _may_follow(one: _Told, other: _Told) -> bool:
    same = one.reading.value == other.reading.value
    return same or bool(one.reading.as_of and other.reading.as_of and one.reading.as_of != other.reading.as_of)


def _key(telling: Telling, number: Number) -> _Key:
    what = _things(number.what or "")
    alone = None if what else (telling.text[number.start : number.end], 0)
    return _Key(what, number.unit, _rate(number), alone)


def _things(what: str) -> tuple[str, ...]:
    """What is counted, whatever its number and the order of its words: `nurses trained`, `trained nurse`."""
    words = name_key(_COLUMN.sub("", _YEARLY.sub("", what))).split()
    return tuple(sorted(_singular(word) for word in words if word not in _SMALL_WORDS))


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s") if not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def _rate(number: Number) -> str:
    told = f"{number.what or ''} {number.period or ''}"
    match = _YEARLY.search(told)
    return " ".join(match.group().lower().split()[-1:]) if match else ""


def _is_target(telling: Telling, number: Number) -> bool:
    """Whether the figure is aimed at, and not reached: by its words, its sentence, or the stage of the passage."""
    if _TARGET.search(number.what or ""):
        return True
    before = telling.text[max(0, number.start - _REACH) : number.start]
    after = telling.text[number.end : number.end + _REACH]
    aimed = _AIM.search(before.rpartition(". ")[2]) or _WILL.search(after.partition(". ")[0])
    ahead = (number.until or number.since or "") > (telling.document.published or "9999")
    planned = all(filing.stage in INTENDED for filing in telling.filings)
    return bool(aimed and (ahead or planned)) or (planned and number.bound in _LIMITS)


def _reading(telling: Telling, number: Number) -> Reading:
    words = telling.text[number.start : number.end]
    own = number.until or number.since
    earlier = own is None and _EARLIER.search(number.period or "")
    as_of = own if own or earlier else telling.document.published
    period = number.period
    if _TARGET.search(number.what or ""):
        period = f"{period} target" if period else "target"
    return Reading(words, number.value, telling.passage_id, number.start, number.end, period, as_of)


def _merged(rows: Iterable[_Told]) -> list[_Told]:
    """Each value once where it holds for the same time or for none that is told: copies of a story do not make it newer."""
    kept: dict[tuple[float | None, str | None], _Told] = {}
    for row in sorted(rows, key=_age):
        own = row.number.until or row.number.since
        known = row.is_former and own is None and any(value == row.reading.value for value, _ in kept)
        if not known:
            kept.setdefault((row.reading.value, own), row)
    return list(kept.values())


def _age(row: _Told) -> tuple[bool, str, str, int]:
    """What is told of the day that a figure holds for comes before what has no day."""
    return row.is_former and not row.is_dated, row.reading.as_of or "9", row.reading.passage_id, row.reading.start


def _measure(rows: list[_Told]) -> Measure:
    """What was reached stands before what is aimed at, and then the newest first."""
    newest = sorted(rows, key=lambda row: (row.reading.passage_id, row.reading.start))
    newest.sort(key=_day, reverse=True)
    newest.sort(key=lambda row: row.is_target)
    first = newest[0]
    what = _COLUMN.sub("", first.number.what).strip(" ,") if first.number.what else None
    follows = (what or "") in first.telling.text[first.number.end :]
    return Measure(what or None, first.number.unit, tuple(row.reading for row in newest), follows)


def _day(row: _Told) -> tuple[str, bool]:
    """The day by which readings stand; how it was, without a day, stands behind what the same passage says of now."""
    if row.is_former:
        return row.reading.as_of or row.beside, False
    return row.reading.as_of or "9", True
