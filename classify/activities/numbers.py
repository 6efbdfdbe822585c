"""The figures of an activity: the newest of each measure first, older ones kept."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from goalmap.classify.activities.model import Measure, Number, Reading, Telling
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


def figures_of(tellings: Iterable[Telling]) -> tuple[Measure, ...]:
    """What is counted, in the order of the passages, with all its readings."""
    found: dict[_Key, list[_Told]] = defaultdict(list)
    for telling in tellings:
        for number in telling.numbers:
            told = _Told(telling, number, _reading(telling, number), _is_target(telling, number))
            found[_key(telling, number)].append(told)
    return tuple(_measure(_merged(rows)) for rows in found.values())


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
    aimed = _AIM.search(before.rpartition(". ")[2]) is not None
    ahead = (number.until or number.since or "") > (telling.document.published or "9999")
    return aimed and (ahead or all(filing.stage in ("planned", "aspiration") for filing in telling.filings))


def _reading(telling: Telling, number: Number) -> Reading:
    words = telling.text[number.start : number.end]
    as_of = number.until or number.since or telling.document.published
    period = number.period
    if _TARGET.search(number.what or ""):
        period = f"{period} target" if period else "target"
    return Reading(words, number.value, telling.passage_id, number.start, number.end, period, as_of)


def _merged(rows: Sequence[_Told]) -> list[_Told]:
    """Each value once where it holds for the same time or for none that is told: copies of a story do not make it newer."""
    kept: dict[tuple[float | None, str | None], _Told] = {}
    for row in sorted(rows, key=lambda row: (row.reading.as_of or "9", row.reading.passage_id, row.reading.start)):
        own = row.number.until or row.number.since
        kept.setdefault((row.reading.value, own), row)
    return list(kept.values())


def _measure(rows: list[_Told]) -> Measure:
    """What was reached stands before what is aimed at, and then the newest first."""
    newest = sorted(rows, key=lambda row: (row.reading.passage_id, row.reading.start))
    newest.sort(key=_is_former)
    newest.sort(key=lambda row: row.reading.as_of or "", reverse=True)
    newest.sort(key=lambda row: row.is_target)
    first = newest[0]
    what = _COLUMN.sub("", first.number.what).strip(" ,") if first.number.what else None
    follows = (what or "") in first.telling.text[first.number.end :]
    return Measure(what or None, first.number.unit, tuple(row.reading for row in newest), follows)


def _is_former(row: _Told) -> bool:
    """`from 96 to 31`: the first is how it was."""
    return _FROM.search(row.telling.text[: row.number.start]) is not None
