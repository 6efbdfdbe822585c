"""Numbers in a text, in digits or words, with the unit that is written to them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from goalmap.extract.shapes import words_in
from goalmap.extract.words import one_of


def in_order(words: str) -> list[str]:
    """The words of a list whose order tells."""
    return words.split()


_SMALL = {
    name: value
    for value, name in enumerate(
        in_order(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    name: 10 * ten for ten, name in enumerate(in_order("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_LARGE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SCALES = {"bn": 1e9, "m": 1e6, "k": 1e3, **_LARGE}
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_MULTIPLES = {
    "double": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "twice": 2.0,
    "trebled": 3.0,
    "tripled": 3.0,
    "triple": 3.0,
}

PERCENT, POINTS, TIMES = "%", "percentage points", "times"
DURATIONS = frozenset({"seconds", "hours", "minutes", "days", "weeks", "months", "years"})
_UNITS = {
    TIMES: r"times(?=[ ](?:as|more|the|higher|larger|greater|likelier)\b)",
    POINTS: r"percentage[ ]points?|%[ ]points?|ppts?",
    PERCENT: r"%|per[ ]cent|percent",
    "t CO2e": r"t[ ]?CO2e?|t[ ]?CO₂e?|tonnes[ ](?:of[ ])?(?:CO2e?|CO₂e?|carbon[ ]dioxide(?:[ ]equivalent)?)",
    "kg CO2e": r"kg[ ]?CO2e?|kg[ ]?CO₂e?",
    "FTE": r"FTEs?|WTEs?|(?:full|whole)[- ]time[ ]equivalents?",
    "m²": r"sq\.?[ ]?m|m2|m²|square[ ]met(?:re|er)s?",
    "sq ft": r"sq\.?[ ]?ft|square[ ]f(?:ee|oo)t",
    **{unit: unit for unit in ("kWh", "MWh", "GWh", "kW", "MW", "GW", "kg", "km", "mph")},
    **{
        unit: f"{unit[:-1]}s?"
        for unit in ("miles", "yards", "acres", "hectares", "litres", "tonnes", "metres", "degrees", "points")
    },
    **{unit: f"{unit[:-1]}s?" for unit in sorted(DURATIONS)},
}
_UNIT_OF = {re.compile(pattern.partition("(?=")[0]): unit for unit, pattern in _UNITS.items()}

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_CARDINAL = rf"(?:(?:{one_of(_TENS)})(?:[- ](?:{one_of(n for n in _SMALL if 0 < _SMALL[n] < 10)}))?|{one_of(_SMALL)})"
_SPELLED = (
    rf"(?:(?:{_CARDINAL}|an?)[ ](?:{one_of(_LARGE)})(?:[ ](?:{one_of(_LARGE)}))?(?:[ ]and[ ]{_CARDINAL})?|{_CARDINAL})"
)
_UNIT = "|".join(f"(?:{pattern})" for pattern in _UNITS.values())
_NUMBER = re.compile(
    rf"""
    (?<![\w.,/:#@+\-–£$€])
    (?P<odds>(?i:(?:{_CARDINAL}|\d{{1,3}})[ ](?:in|out[ ]of)[ ](?:every[ ])?(?:{_CARDINAL}|\d{{1,3}}))) (?![\w-]|[.,]\d)
    |
    (?<![\w-])
    (?P<part>(?i:(?P<many>an?|one|two|three|four|five|six|seven|eight|nine)[ -](?P<fraction>{one_of(_PARTS)})s?|half)) (?![\w-])
    (?P<grand>[ ]of[ ]a[ ](?:million|billion)|[ ]a[ ](?:million|billion))?
    |
    (?<![\w-])
    (?P<multiple>(?i:{one_of(_MULTIPLES)})) (?![\w-])
    |
    (?<![\w./:#@£$€]) (?<![A-Za-z]-) (?<!\d-)
    (?P<money>(?:US|A|C)?[£$€])?[ ]?
    (?P<digits>(?<!\d){_DIGITS})
    (?P<scale>[ ]?(?:bn|billion|million|m|k|thousand)(?![\w²]))?
    (?P<pence>p(?!\w))?
    (?:[ ]?(?P<unit>{_UNIT})(?![\w²₂]))?
    (?P<plus>\+)?
    (?!\w|[.,/:]\d|[-–][A-Za-z])
    |
    (?<![\w-]) (?P<spelled>(?i:{_SPELLED})) (?![\w-]) (?:[ ](?P<spelled_unit>{_UNIT})(?!\w))?
    """,
    re.VERBOSE,
)
_FIRST = [*_SMALL, *_TENS, *_MULTIPLES, "half"]
_START = re.compile(
    rf"[£$€]|(?<!\d)\d|(?<![\w])(?:US|A|C)[£$€]|\b[Aa]n?(?=[ -](?:{one_of([*_LARGE, *_PARTS])}))|\b(?:{one_of([*_FIRST, *(word.capitalize() for word in _FIRST)])})\b"
)
"""Where a number can begin, found faster than the number."""
_DIGIT = re.compile(r"\d")
_NUMBER_WORDS = frozenset([*_FIRST, *_LARGE, *_PARTS, *(f"{part}s" for part in _PARTS)])
"""Of which a text without digits holds one if there is a number in it."""
_MONEY = {"£": "£", "€": "€", "$": "$"}


class Number(NamedTuple):
    """A number at its place; `spelled` where it stands in words, `plus` where the text says `1,000+`."""

    start: int
    end: int
    value: float
    unit: str | None
    spelled: bool = False
    plus: bool = False
    scaled: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether neither a unit nor a word for size shows that something is counted."""
        return self.unit is None and not self.scaled

    @property
    def is_money(self) -> bool:
        return self.unit in _MONEY


def numbers_in(text: str) -> Iterator[Number]:
    """All numbers of a text, whatever they are for."""
    text = text.replace("\xa0", " ").replace("\u202f", " ")
    if not _DIGIT.search(text) and _NUMBER_WORDS.isdisjoint(words_in(text)):
        return
    end = 0
    for start in _START.finditer(text):
        match = _NUMBER.match(text, start.start()) if start.start() >= end else None
        if match and (number := _read(match)):
            end = match.end()
            yield number


def _read(match: re.Match[str]) -> Number | None:
    if match["odds"]:
        return _odds(match)
    if match["part"]:
        return _part(match)
    if match["multiple"]:
        return Number(*match.span("multiple"), _MULTIPLES[match["multiple"].lower()], TIMES, spelled=True)
    if match["digits"]:
        return _digits(match)
    return Number(*match.span(), _spelled(match["spelled"]), _unit_of(match["spelled_unit"]), spelled=True)


def _odds(match: re.Match[str]) -> Number | None:
    few, _, all_ = re.split(r" (in|out of)(?: every)? ", match["odds"], maxsplit=1, flags=re.I)
    part, whole = _plain(few), _plain(all_)
    return Number(*match.span(), round(100 * part / whole, 2), PERCENT) if 0 < part < whole else None


def _plain(words: str) -> float:
    return float(words) if words.isdigit() else _spelled(words)


def _part(match: re.Match[str]) -> Number:
    whole = _PARTS[(match["fraction"] or "half").lower()]
    many = {"a": 1, "an": 1}.get(count := (match["many"] or "a").lower(), _SMALL.get(count, 1))
    if match["grand"]:
        return Number(*match.span(), many / whole * _LARGE[match["grand"].split()[-1]], None, scaled=True)
    return Number(*match.span(), round(100 * many / whole, 2), PERCENT, spelled=True)


def _digits(match: re.Match[str]) -> Number:
    value = float(match["digits"].replace(",", "")) * _SCALES.get((match["scale"] or "").strip(), 1.0)
    unit = _MONEY[match["money"][-1]] if match["money"] else _unit_of(match["unit"])
    start = match.start("money") if match["money"] else match.start("digits")
    if match["pence"] and not match["money"]:
        value, unit = value / 100, "£"
    end = match.start("plus") if match["plus"] else match.end()
    return Number(start, end, value, unit, plus=bool(match["plus"]), scaled=bool(match["scale"]))


def _unit_of(words: str | None) -> str | None:
    return next((unit for pattern, unit in _UNIT_OF.items() if words and pattern.fullmatch(words)), None)


def _spelled(words: str) -> float:
    total, part = 0.0, 0.0
    for word in re.split(r"[ -]", words.lower()):
        if word in _LARGE:
            part = max(part, 1.0) * _LARGE[word]
            total, part = (total + part, 0.0) if _LARGE[word] > 100 else (total, part)
        else:
            part += _TENS.get(word, 0) + _SMALL.get(word, 0)
    return total + part
