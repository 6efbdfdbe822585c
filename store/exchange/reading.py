"""A file of decisions read back: every value checked before anything is looked up or written."""

import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from goalmap.classify.activities.editing import read_field
from goalmap.ingest.errors import DecisionsProblem, GoalmapError, NotFound
from goalmap.store.activities.said import EDIT
from goalmap.store.decisions import STAGES, VERDICTS
from goalmap.store.exchange.records import (
    AUDIT_ANSWER,
    DECISION,
    FORMAT,
    LISTS,
    READABLE,
    READING_ANSWER,
    VERSION,
    History,
    said_in,
)
from goalmap.store.exchange.repairs import WORDS

MAX_BYTES = 400_000_000
MAX_WHOLE = 2**31
SHOWN_FAULTS = 20
AUDIT_VERDICTS = ("none", "some")
REPAIRS = "repairs"
"""The list of repairs of activities; a file of version 1 has none."""
NOTHING_TAKEN = "Nothing was taken over."


class _Fault(Exception):
    """A value that is not what it should be; where it stands is added on the way out."""

    def __init__(self, problem: str, where: str = "") -> None:
        super().__init__(f"{where} {problem}")
        self.problem, self.where = problem, where

    def within(self, name: str) -> "_Fault":
        between = "." if self.where and not self.where.startswith("[") else ""
        return _Fault(self.problem, f"{name}{between}{self.where}")


Check = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these keys at least."""

    fields: Mapping[str, Check]

    def __call__(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise _Fault(f"is {_shown(value)}, not an object")
        for name, check in self.fields.items():
            if name not in value:
                raise _Fault(f"lacks {name!r}")
            try:
                check(value[name])
            except _Fault as fault:
                raise fault.within(name) from None


def _shown(value: Any) -> str:
    return repr(value)[:60]


def _text(value: Any) -> None:
    if not isinstance(value, str):
        raise _Fault(f"is {_shown(value)}, not text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _Fault("holds half a character") from None


def _filled(value: Any) -> None:
    _text(value)
    if not value:
        raise _Fault("is empty")


def _moment(value: Any) -> None:
    _filled(value)
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise _Fault(f"is {_shown(value)}, not a time such as 2026-01-31T09:30:00+00:00") from None


def _whole(value: Any) -> None:
    if type(value) is not int or not 0 <= value < MAX_WHOLE:
        raise _Fault(f"is {_shown(value)}, not a whole number from 0")


def _flag(value: Any) -> None:
    if not isinstance(value, bool):
        raise _Fault(f"is {_shown(value)}, not true or false")


def _share(value: Any) -> None:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise _Fault(f"is {_shown(value)}, not a number from 0 to 1")


def _among(known: tuple[str, ...], value: Any) -> None:
    if value not in known:
        raise _Fault(f"is {_shown(value)}; there are: {', '.join(known)}")


def _or_null(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _names(value: Any) -> None:
    if not isinstance(value, list):
        raise _Fault(f"is {_shown(value)}, not a list of names")
    for name in value:
        _text(name)


def _each(check: Check, value: Any) -> None:
    if not isinstance(value, list):
        raise _Fault(f"is {_shown(value)}, not a list")
    for number, one in enumerate(value):
        try:
            check(one)
        except _Fault as fault:
            raise fault.within(f"[{number}]") from None


SAYING: Mapping[str, Check] = {
    "note": _or_null(_text),
    "reviewer": _or_null(_text),
    "decided_at": _moment,
    "source": _or_null(_text),
}
PLACE: Mapping[str, Check] = {
    "passage": Shape({"id": _filled, "position": _or_null(_whole), "page": _or_null(_whole), "text": _text}),
    "document": Shape({"id": _filled, "sha256": _or_null(_text), "path": _text, "title": _or_null(_text)}),
}
COMMON: Mapping[str, Check] = {**SAYING, **PLACE}
ANSWER: Mapping[str, Check] = {
    **COMMON,
    "proposed_goal": _filled,
    "goal": _filled,
    "verdict": partial(_among, VERDICTS),
    "stage": _or_null(partial(_among, STAGES)),
    "best_practice": _flag,
    "machine": _or_null(Shape({"score": _share, "stage": _or_null(_text), "model": _or_null(_text)})),
}
WITHDRAWN = Shape({"withdrawn_at": _moment, "reviewer": _or_null(_text), "source": _or_null(_text)})
RECORDS: Mapping[str, Shape] = {
    DECISION: Shape({**ANSWER, "withdrawn": _or_null(WITHDRAWN)}),
    READING_ANSWER: Shape({**ANSWER, "reading": _filled, "reading_position": _whole, "reviewer": _filled}),
    AUDIT_ANSWER: Shape({**COMMON, "framework": _filled, "verdict": partial(_among, AUDIT_VERDICTS)}),
}
"""The records of each kind."""
WORD = Shape({"verdict": partial(_among, WORDS), "passage": _whole})
OF_TWO = Shape({"other": _whole})
OF_A_FIELD = Shape({"field": _filled, "value": _or_null(_text)})


def _word(value: Any) -> None:
    """One thing that a repair says, of two passages or of a field."""
    WORD(value)
    if value["verdict"] == EDIT:
        _written(value)
    else:
        OF_TWO(value)


def _written(value: Any) -> None:
    OF_A_FIELD(value)
    try:
        read_field(value["field"], value["value"] or "")
    except GoalmapError as error:
        raise _Fault(f"cannot stand: {error}") from None


REPAIR = Shape(
    {
        **SAYING,
        "id": _filled,
        "framework": _filled,
        "says": partial(_each, _word),
        "passages": partial(_each, Shape(PLACE)),
        "withdraws": _or_null(_filled),
    }
)
FRAMEWORK = Shape({"id": _filled, "name": _text, "version": _text})
READING = Shape({"id": _filled, "created": _moment, "readers": _names, "note": _or_null(_text)})


def read_history(path: Path) -> History:
    """What a file of decisions holds. Raises NotFound or DecisionsProblem."""
    data = _object(path)
    if data.get("format") != FORMAT:
        raise DecisionsProblem(
            f"{path} is not a file of decisions. Make one with: goalmap decisions export decisions.json"
        )
    if data.get("version") not in READABLE:
        raise DecisionsProblem(
            f"{path} is of version {_shown(data.get('version'))} of the format; this goalmap reads versions up to {VERSION}. "
            f"{NOTHING_TAKEN} Upgrade goalmap, or export the file again."
        )
    if data["version"] == 1:
        data[REPAIRS] = []
    _refuse(path, list(_faults(data)))
    _refuse(path, list(_strangers(data)))
    kinds = ((kind, data[name]) for kind, name in LISTS.items())
    return History(
        {one["id"]: one["version"] for one in data["frameworks"]},
        tuple(data["readings"]),
        tuple(said for kind, records in kinds for said in said_in(kind, records)),
        tuple(data[REPAIRS]),
    )


def _object(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise NotFound(f"There is no file {str(path)!r}.")
    if path.stat().st_size > MAX_BYTES:
        raise DecisionsProblem(f"{path} is larger than {MAX_BYTES // 1_000_000} MB. {NOTHING_TAKEN}")
    try:
        data = json.loads(path.read_bytes(), parse_constant=_not_a_number)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise DecisionsProblem(f"{path} is not JSON that can be read: {reason}. {NOTHING_TAKEN}") from error
    if not isinstance(data, dict):
        raise DecisionsProblem(f"{path} is not a file of decisions: it holds no object. {NOTHING_TAKEN}")
    return data


def _not_a_number(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _refuse(path: Path, faults: Sequence[str]) -> None:
    if faults:
        more = [f"- and {len(faults) - SHOWN_FAULTS:,} more"] if len(faults) > SHOWN_FAULTS else []
        raise DecisionsProblem(
            f"{path} cannot be taken over as it is. {NOTHING_TAKEN}",
            [*(f"- {fault}" for fault in faults[:SHOWN_FAULTS]), *more],
        )


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    said = {LISTS[kind]: shape for kind, shape in RECORDS.items()}
    shapes = {"frameworks": FRAMEWORK, "readings": READING, **said, REPAIRS: REPAIR}
    for name, shape in shapes.items():
        records = data.get(name)
        if not isinstance(records, list):
            yield f"{name} is {_shown(records)}, not a list"
            continue
        for number, record in enumerate(records):
            try:
                shape(record)
            except _Fault as fault:
                yield str(fault.within(f"{name}[{number}]"))


def _strangers(data: Mapping[str, Any]) -> Iterator[str]:
    """What speaks of something that the file does not tell of."""
    yield from _strange_answers(data)
    known: set[str] = set()
    for number, record in enumerate(data[REPAIRS]):
        yield from (f"{REPAIRS}[{number}]{fault}" for fault in _strange_repair(record, known))
        known.add(record["id"])


def _strange_repair(record: Mapping[str, Any], earlier: Container[str]) -> Iterator[str]:
    if record["id"] in earlier:
        yield f".id is {_shown(record['id'])}, as of one before it"
    if bool(record["says"]) is bool(record["withdraws"]):
        yield " says something and takes something back, or neither"
    if record["withdraws"] and record["withdraws"] not in earlier:
        yield f".withdraws is {_shown(record['withdraws'])}, which is not before it"
    for number, said in enumerate(record["says"]):
        numbers = [said[name] for name in ("passage", "other") if type(said.get(name)) is int]
        if max(numbers) >= len(record["passages"]):
            yield f".says[{number}] speaks of passage {max(numbers)}, which is not in its passages"


def _strange_answers(data: Mapping[str, Any]) -> Iterator[str]:
    """Answers of readings that the file does not tell of."""
    known = {reading["id"] for reading in data["readings"]}
    for number, record in enumerate(data[LISTS[READING_ANSWER]]):
        if record["reading"] not in known:
            yield f"{LISTS[READING_ANSWER]}[{number}].reading is {_shown(record['reading'])}, which is not in readings"
