"""Figures over time: the same measure of the same body in several documents, never across different definitions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from goalmap.classify.activities.model import Activity, Measure, Origin, Reading
from goalmap.extract.words import name_key
from goalmap.report.progress.then_and_now import first_day, last_day
from goalmap.store.contents.people import Background

WORDS_THAT_DEFINE = 2
"""So many words of what is counted make it the same thing in two activities of one body."""
_NUMBER = re.compile(r"[£$€+-]?\s?\d")


@dataclass(frozen=True, slots=True)
class Value:
    """A value at a time, in the words of its passage; `cites` has every passage that gives the same."""

    when: str
    """ISO, as exact as is known; empty where the documents do not say."""
    value: float
    words: str
    passage_id: str
    start: int
    end: int
    cites: tuple[str, ...]
    document: Origin


@dataclass(frozen=True, slots=True)
class TimeSeries:
    """One measure of one body, the oldest value first."""

    body: str
    what: str
    unit: str
    values: tuple[Value, ...]
    proposed: bool = False
    activity: Activity | None = None
    definition: str = ""
    """How it was asked or counted, where that is said."""

    @property
    def label(self) -> str:
        return ": ".join(part for part in (self.body, self.what[:1].upper() + self.what[1:]) if part)

    @property
    def times(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.when for value in self.values if value.when))

    @property
    def differs(self) -> bool:
        """Whether two documents give different values for one time."""
        return len({value.when for value in self.values}) < len(self.values)

    @property
    def change(self) -> tuple[Value, Value] | None:
        """The oldest and the newest dated value; None where there are not two, or documents differ on one of them."""
        dated = [value for value in self.values if value.when]
        if len(self.times) < 2 or self.differs:
            return None
        return dated[0], dated[-1]


# Figures of activities


def series_of(activities: Iterable[Activity]) -> tuple[TimeSeries, ...]:
    """The figures of activities that are told for two times or more, by body and what is counted."""
    found: dict[tuple[object, ...], list[tuple[Activity, Measure]]] = defaultdict(list)
    for one in activities:
        for measure in one.figures:
            found[_key(one, measure)].append((one, measure))
    made = (_series(rows) for rows in found.values())
    moved = (one for one in made if len(one.times) > 1 and len({value.value for value in one.values}) > 1)
    return tuple(sorted(moved, key=lambda one: (one.body, one.what, one.unit, one.times)))


def _key(one: Activity, measure: Measure) -> tuple[object, ...]:
    """What makes two figures the same measure: body, initiative, unit and what is counted.

    Without an initiative, words such as "people" count something else in each activity.
    """
    body = one.owner.id or name_key(one.owner.name) if one.owner else ""
    initiative = one.initiative.id or name_key(one.initiative.name) if one.initiative else ""
    is_joined = bool(body or initiative) and _is_defined(one, measure)
    own = "" if is_joined else f"{one.id} {measure.newest.passage_id} {measure.newest.start}"
    return one.status, body, initiative, name_key(measure.what or ""), measure.unit, own


def _is_defined(one: Activity, measure: Measure) -> bool:
    """Whether what is counted is told closely enough to be the same thing in another document."""
    words = name_key(measure.what or "").split()
    return bool(words) and (one.initiative is not None or len(words) >= WORDS_THAT_DEFINE)


def _series(rows: Sequence[tuple[Activity, Measure]]) -> TimeSeries:
    one, measure = rows[0]
    documents = {telling.passage_id: telling.document for activity, _ in rows for telling in activity.tellings}
    readings = {
        (reading.passage_id, reading.start): reading
        for _, other in rows
        for reading in other.readings
        if reading.value is not None and reading.passage_id in documents
    }
    values = tuple(_value(reading, documents[reading.passage_id]) for reading in readings.values())
    return TimeSeries(
        body=one.owner.name if one.owner else "",
        what=_what(one, measure),
        unit=measure.unit or "",
        values=_values(
            value for value in values if _is_dated(value, values) and _is_alike(value, one, measure, values)
        ),
        proposed=not one.is_reviewed,
        activity=one,
    )


def _is_alike(value: Value, one: Activity, measure: Measure, among: Sequence[Value]) -> bool:
    """Whether it counts the same as the newest: other documents may count something else by a word such as "people"."""
    return _is_defined(one, measure) or value.document.id == among[0].document.id


def _what(one: Activity, measure: Measure) -> str:
    """What is counted, with its initiative: of a table's row the cell that tells most."""
    telling = next((telling for telling in one.tellings if telling.passage_id == measure.newest.passage_id), one.main)
    what = measure.what or one.title
    if telling.kind == "table_row":
        cells = takewhile(lambda cell: not _NUMBER.match(cell), telling.text.split(" | "))
        what = max((what, *cells), key=len)
    told = one.initiative.name if one.initiative else ""
    return what if not told or name_key(told) in name_key(what) else f"{told}, {what}"


def _is_dated(value: Value, among: Iterable[Value]) -> bool:
    """Whether its time is sure: said beside it, or that of its document where it is the only value there; never a time to come."""
    published = value.document.published or ""
    if value.when != published:
        return bool(value.when) and (not published or first_day(value.when) <= last_day(published))
    return bool(published) and all(
        other.value == value.value for other in among if other.document.id == value.document.id
    )


def _value(reading: Reading, document: Origin) -> Value:
    place = reading.passage_id, reading.start, reading.end
    return Value(reading.as_of or "", reading.value or 0.0, reading.words, *place, (reading.passage_id,), document)


def _values(values: Iterable[Value]) -> tuple[Value, ...]:
    """The oldest first; the same value for the same time once, with every passage that gives it."""
    same: dict[tuple[str, float], list[Value]] = defaultdict(list)
    for value in sorted(values, key=lambda value: (value.when, value.value, value.passage_id, value.start)):
        same[value.when, value.value].append(value)
    return tuple(_merged(those) for those in same.values())


def _merged(those: Sequence[Value]) -> Value:
    one = those[0]
    cites = tuple(dict.fromkeys(id for value in those for id in value.cites))
    place = one.passage_id, one.start, one.end
    return Value(one.when, one.value, one.words, *place, cites, one.document)


# Socio-economic background


def background_series(measures: Iterable[Background]) -> tuple[TimeSeries, ...]:
    """The measures of each body by question, kind and group; a year that no document gives is not guessed."""
    found: dict[tuple[str, ...], list[Background]] = defaultdict(list)
    for one in measures:
        found[one.organisation, one.question, one.kind, one.of_whom, one.unit].append(one)
    return tuple(_of_background(key, rows) for key, rows in sorted(found.items()))


def _of_background(key: tuple[str, ...], rows: Iterable[Background]) -> TimeSeries:
    organisation, question, kind, of_whom, unit = key
    values = _values(
        Value(when(one.year), one.value, one.words, one.passage_id, one.start, one.end, (one.passage_id,), one.document)
        for one in rows
    )
    what = f"{kind}, {of_whom}" if of_whom else kind
    return TimeSeries(organisation, what, unit, values, definition=question)


def when(year: str) -> str:
    """A year as documents write it, by the year in which it ends.

    >>> when("2023"), when("2022/23"), when("2022-2023"), when("in spring")
    ('2023', '2023', '2023', '')
    """
    match = re.search(r"((?:19|20)\d\d)(?:\s?[/–-]\s?(\d{2,4}))?", year)
    if match is None:
        return ""
    return f"{match[1][:2]}{match[2]}" if match[2] and len(match[2]) == 2 else match[2] or match[1]


def gaps_of(series: Iterable[TimeSeries]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each body and question with the parts that a reader would expect and no document gives."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in series:
        found[one.body, one.definition].add(one.what.partition(",")[0])
    for (body, question), kinds in sorted(found.items()):
        if missing := tuple(kind for kind in EXPECTED if kind not in kinds):
            yield body, question, missing


EXPECTED = ("response rate", "share", "pay gap")
"""What is published of each question by bodies that report in full."""
