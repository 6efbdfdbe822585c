"""Figures: numbers with their unit, what they count, and the time they hold for."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from goalmap.extract.figures.counted import (
    Counted,
    counted_after,
    counted_before,
    counted_of,
    past_verb,
    stands_for_counted,
)
from goalmap.extract.figures.numbers import PERCENT, TIMES, Number, numbers_in
from goalmap.extract.figures.periods import OPEN, PERIOD, RATE, dates_of
from goalmap.extract.figures.references import is_reference
from goalmap.extract.words import one_of

OVER, UNDER, ABOUT = "over", "under", "about"
_BOUNDS = {
    OVER: (
        "over",
        "more than",
        "at least",
        "exceeding",
        "exceeds",
        "exceeded",
        "above",
        "upwards of",
        "no fewer than",
        "no less than",
        "not less than",
        "in excess of",
        "well over",
        "a minimum of",
    ),
    UNDER: (
        "under",
        "fewer than",
        "less than",
        "up to",
        "at most",
        "below",
        "no more than",
        "not more than",
        "a maximum of",
    ),
    ABOUT: (
        "about",
        "around",
        "nearly",
        "almost",
        "some",
        "roughly",
        "approximately",
        "close to",
        "circa",
        "an estimated",
        "just under",
        "just over",
        "in the region of",
    ),
}
_BOUND_OF = {words: bound for bound, phrases in _BOUNDS.items() for words in phrases}
_BOUND = re.compile(rf"(?:^|[^\w])(?P<words>{one_of(_BOUND_OF)})[ ](?:(?:a|the|an|another|some)[ ])?$", re.I)
_BOUND_AFTER = {
    OVER: re.compile(r"[ ]or[ ](?:more|over)\b"),
    UNDER: re.compile(r"[ ]or[ ](?:less|fewer|under)\b"),
    ABOUT: re.compile(r"[ ]or[ ]so\b"),
}
SENTENCE_END = r"(?<!\b[A-Z])(?<!\bNo)(?<!\bSt)[.?!][”\"’)]*\s+(?=[“\"‘(]?[A-Z0-9£])"
_SENTENCE = re.compile(rf"{SENTENCE_END}|\s\|\s")
_CHAIN = re.compile(
    rf"(?:\sto|\sand|,?\s(?:up|down)\sfrom|,\sfrom|,?\sor|\sfrom|\s?[-–]|,?\s(?:compared\swith|against)|\sin\s\d{{4}},?\s(?:to|and|up\sfrom))\s?(?:(?:{one_of(_BOUND_OF)})\s)?",
    re.I,
)
_DATED_CHAIN = re.compile(
    r"\sin\s(?:19|20)\d\d(?:[-/–]\d\d)?,?\s(?:to|and|from)\s|\sin\s(?:19|20)\d\d(?:[-/–]\d\d)?,\s"
)
_BLOCKED = re.compile(r"\b(?:up|down)\sfrom\b|\bcompared\b|\bagainst\b|\bthan\b")
_COMPARED = re.compile(r"\b(?:up|down)\sfrom\s$")
_BETWEEN = re.compile(r"\b[Bb]etween\s$")
_LEAST_YEAR = 1900
_NEAR = 60
"""Characters between a figure and the one that it is compared with."""
_RANGE = re.compile(r"\s?[-–]\s?|\s(?:to|and)\s")
_FOR = re.compile(r"\s(?:for|on)\s(?:(?:the|a|an|our|its|their|new)\s)*(?=[a-z])")
_PART_OF = re.compile(r"\sof\s(?:the|our|its|your|their|these|those)\b")
_NOT_FOR = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|first\b|time\b|next\b|last\b|year|average\b|top\b|those\b|people\b"
)
_NO_RATE = re.compile(r",|\b(?:for|over|than|of|in|within|half|least|by|about|under|once|after|at)\s$", re.I)
_REACH = 120
"""Characters to either side in which a figure's time is looked for."""


class Amount(NamedTuple):
    """A number with what it measures, at its place in a passage."""

    start: int
    end: int
    value: float
    unit: str | None
    what: str | None
    period: str | None
    since: str | None = None
    until: str | None = None
    bound: str | None = None


def amounts_in(text: str, published: str | None = None) -> list[Amount]:
    """Every figure of a passage; years, dates, telephone and reference numbers are none."""
    text = text.replace("\xa0", " ").replace("\u202f", " ")
    numbers = _with_shared_units(text, list(numbers_in(text)))
    measured = [number for number in numbers if not is_reference(text, number)]
    ends = [match.end() for match in _SENTENCE.finditer(text)] if measured else []
    found: list[Amount] = []
    for place, number in enumerate(measured):
        start = max((end for end in ends if end <= number.start), default=0)
        stop = min((end for end in ends if end >= number.end), default=len(text))
        before = [amount for amount in found if amount.start >= start]
        sentence = _Sentence(text, start, stop, before, measured[place + 1 :], published)
        if amount := sentence.amount(number):
            found.append(amount)
    return _ranges_named(text, found)


def _with_shared_units(text: str, numbers: list[Number]) -> list[Number]:
    """`20 to 30 per cent`, `between 2 and 3 miles`: the first has the unit of the second."""
    for place in range(len(numbers) - 2, -1, -1):
        first, second = numbers[place], numbers[place + 1]
        between = text[first.end : second.start]
        is_range = _RANGE.fullmatch(between) and ("and" not in between or _BETWEEN.search(text, 0, first.start))
        is_unit = second.unit not in (None, TIMES) and not second.is_money and text[second.start].isdigit()
        is_shared = is_unit and " in " not in text[second.start : second.end]
        if is_range and is_shared and first.is_bare and not first.spelled and first.value < _LEAST_YEAR:
            numbers[place] = first._replace(unit=second.unit)
    return numbers


def _ranges_named(text: str, found: list[Amount]) -> list[Amount]:
    """`20 to 30 families`: both count families."""
    for place in range(len(found) - 2, -1, -1):
        first, second = found[place], found[place + 1]
        if first.what is None and first.unit == second.unit and _RANGE.fullmatch(text[first.end : second.start]):
            found[place] = first._replace(
                what=second.what, period=second.period, since=second.since, until=second.until
            )
    return found


class _Sentence(NamedTuple):
    """The sentence that a number stands in, with the figures read in it so far and the numbers to come."""

    text: str
    start: int
    stop: int
    before: Sequence[Amount]
    after: Sequence[Number]
    published: str | None

    def amount(self, number: Number) -> Amount | None:
        what = self._what(number)
        if what is None and number.is_bare and not self._may_stand_alone(number):
            return None
        period = self._period(number)
        dates = dates_of(period, self.published) if period else OPEN
        return Amount(
            number.start, number.end, number.value, number.unit, what, period, *dates, _bound(self.text, number)
        )

    def _may_stand_alone(self, number: Number) -> bool:
        """`44 took one`, or the lower end of a range."""
        if number.scaled and not number.spelled:
            return True
        upper = self.after[0] if self.after else None
        in_range = (
            upper
            and _RANGE.fullmatch(self.text[number.end : upper.start])
            and counted_after(self.text, upper.end, singular=False)
        )
        if _PART_OF.match(self.text, number.end):
            return True
        is_named = self.text[: number.start].endswith((" the ", "The "))
        counted = stands_for_counted(self.text, number.end) and not _bound(self.text, number) and not is_named
        return bool(in_range) or (counted and not number.spelled)

    def _what(self, number: Number) -> str | None:
        chained = self._chained(number)
        if number.unit is None:
            after = counted_after(self.text, number.end, singular=False)
            return _words(after) or chained or self._subject(number) or self._counted_before(number)
        if number.unit == TIMES:
            return self._multiplied(number)
        of = _words(counted_of(self.text, number.end))
        return of or chained or self._subject(number) or (self._by_kind(number))

    def _by_kind(self, number: Number) -> str | None:
        if number.is_money:
            return _words(counted_after(self.text, number.end, singular=True)) or self._paid_for(number)
        if number.unit != PERCENT:
            return _words(counted_after(self.text, number.end, singular=True))
        verb = past_verb(self.text, number.end)
        subject = self._counted_before(number, anything=True)
        if verb:
            return f"{subject} {verb}" if subject else verb
        return (
            subject
            if stands_for_counted(self.text, number.end)
            else _words(counted_after(self.text, number.end, singular=False))
        )

    def _chained(self, number: Number) -> str | None:
        """`from 54 % to 83 %`: what the figure before counts."""
        last = self.before[-1] if self.before else None
        if last is None or last.what is None:
            return None
        between = self.text[last.end : number.start]
        same = last.unit == number.unit or number.unit is None or {last.unit, number.unit} <= {PERCENT, "£", "€", "$"}
        rest = between.removeprefix(f" {last.what}")
        forms = (_CHAIN.fullmatch(between), _DATED_CHAIN.fullmatch(between), _CHAIN.fullmatch(rest))
        is_compared = len(between) < _NEAR and _COMPARED.search(between)
        return last.what if same and (any(forms) or is_compared) else None

    def _subject(self, number: Number) -> str | None:
        if number.spelled and number.is_bare:
            return None
        sentence = self.text[self.start : number.start]
        return counted_before(sentence, len(sentence), bare=number.is_bare)

    def _counted_before(self, number: Number, anything: bool = False) -> str | None:
        """What was counted before, for `5 are let` and `83 % stayed`."""
        if not anything and (not stands_for_counted(self.text, number.end) or _bound(self.text, number)):
            return None
        counts = [amount.what for amount in self.before if amount.unit is None and amount.what not in (None, "them")]
        return counts[-1] if counts else None

    def _multiplied(self, number: Number) -> str | None:
        match = re.match(
            r"\s(?:the|our|its)\s(?P<what>number\sof\s[a-z]+(?:\s[a-z]+)?)", self.text[number.end : number.end + 60]
        )
        return match["what"] if match else None

    def _paid_for(self, number: Number) -> str | None:
        match = _FOR.match(self.text, number.end)
        if not match or _NOT_FOR.match(self.text, match.end()):
            return None
        return _words(counted_after(self.text, match.end() - 1, singular=True))

    def _period(self, number: Number) -> str | None:
        """The rate written to the number, else the time named nearest after it, else before it."""
        following = self.after[0].start if self.after and self.after[0].start < self.stop else self.stop
        clause = self.text.find(";", number.end, self.stop)
        limit = min(clause if clause >= 0 else self.stop, number.end + _REACH)
        for match in PERIOD.finditer(self.text, number.end, limit):
            is_rate = RATE.fullmatch(match.group())
            between = self.text[number.end : match.start()]
            if is_rate and (match.start() > following or len(between) > 60 or _NO_RATE.search(between)):
                continue
            if match.start() > following and _BLOCKED.search(between):
                break
            return match.group()
        earlier = list(PERIOD.finditer(self.text, max(self.start, number.start - _REACH), number.start))
        told = [match.group() for match in earlier if not RATE.fullmatch(match.group()) and self._may_hold(match)]
        return told[-1] if told else None

    def _may_hold(self, period: re.Match[str]) -> bool:
        """Whether a time named before a figure can be its own: `over five years` belongs to the figure before it."""
        follows = any(amount.end <= period.start() for amount in self.before)
        return not follows or dates_of(period.group(), self.published) != OPEN


def _words(counted: Counted | None) -> str | None:
    return counted.words if counted else None


def _bound(text: str, number: Number) -> str | None:
    if number.plus:
        return OVER
    if match := _BOUND.search(text[max(0, number.start - 30) : number.start]):
        return _BOUND_OF[match["words"].lower()]
    return next((bound for bound, pattern in _BOUND_AFTER.items() if pattern.match(text, number.end)), None)
