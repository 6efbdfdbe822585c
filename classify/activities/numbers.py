"""The figures of an activity: the newest of each measure first, older ones kept."""

from collections import defaultdict
from collections.abc import Iterable

from goalmap.classify.activities.model import Measure, Number, Reading, Telling
from goalmap.extract.words import name_key


def figures_of(tellings: Iterable[Telling]) -> tuple[Measure, ...]:
    """What is counted, in the order of the passages, with all its readings."""
    found: dict[tuple[str, str | None], list[tuple[Number, Reading]]] = defaultdict(list)
    follows: dict[tuple[str, str | None], bool] = {}
    for telling in tellings:
        for number in telling.numbers:
            key = (name_key(number.what or ""), number.unit)
            reading = _reading(telling, number)
            follows.setdefault(key, (number.what or "") in telling.text[number.end :])
            found[key if number.what else (reading.words, number.unit)].append((number, reading))
    return tuple(_measure(rows, follows.get(key, True)) for key, rows in found.items())


def _reading(telling: Telling, number: Number) -> Reading:
    words = telling.text[number.start : number.end]
    as_of = number.until or number.since or telling.document.published
    return Reading(words, number.value, telling.passage_id, number.start, number.end, number.period, as_of)


def _measure(rows: list[tuple[Number, Reading]], follows: bool) -> Measure:
    number = rows[0][0]
    by_value = {(reading.value, reading.as_of): reading for _, reading in reversed(rows)}
    newest_first = sorted(by_value.values(), key=lambda reading: reading.passage_id)
    newest_first.sort(key=lambda reading: reading.as_of or "", reverse=True)
    return Measure(number.what, number.unit, tuple(newest_first), follows)
