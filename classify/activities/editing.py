"""What a person may write of an activity in place of what was found, and how each field is read."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from goalmap.classify.activities.model import STAGES_FURTHEST_FIRST, Body, Detail, Edit
from goalmap.extract.words import name_key
from goalmap.ingest.errors import GoalmapError, UnknownName

SEPARATOR = ";"
"""What stands between several partners, beneficiaries or places."""
LONGEST = 2_000
"""Characters of a field; a person writes a sentence or two."""

REGIONS = (
    "North East", "North West", "Yorkshire and the Humber", "East Midlands", "West Midlands", "East of England",
    "London", "South East", "South West", "Wales", "Scotland", "Northern Ireland",
)  # fmt: skip
"""The regions of England, and the other nations."""

_YES_OR_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


class EditProblem(GoalmapError):
    """What was written cannot stand in the field."""

    exit_code = 2


def a_line(text: str) -> str:
    """The words of a text, without line breaks and signs that cannot be seen."""
    seen = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    line = " ".join(seen.split())
    if len(line) > LONGEST:
        raise EditProblem(f"That is {len(line):,} characters; write at most {LONGEST:,}.")
    return line


def _title(text: str) -> str:
    if line := a_line(text):
        return line
    raise EditProblem("An activity needs a title; write a few words.")


def _body(text: str) -> Body | None:
    line = a_line(text)
    return Body(line) if line else None


def _bodies(text: str) -> tuple[Body, ...]:
    return tuple(Body(name) for name in _several(text))


def _details(text: str) -> tuple[Detail, ...]:
    return tuple(Detail(words) for words in _several(text))


def _detail(text: str) -> Detail | None:
    line = a_line(text)
    return Detail(line) if line else None


def _several(text: str) -> Iterable[str]:
    lines = (part for text in text.splitlines() or [""] for part in map(a_line, text.split(SEPARATOR)))
    return dict.fromkeys(line for line in lines if line)


def _region(text: str) -> str:
    return _one_of("region", REGIONS, text)


def _stage(text: str) -> str:
    return _one_of("stage", STAGES_FURTHEST_FIRST, text)


def _one_of(what: str, known: Iterable[str], text: str) -> str:
    """The known name that was meant; empty says that none is told."""
    names = {name_key(name): name for name in known}
    key = name_key(a_line(text))
    if key and key not in names:
        raise UnknownName(what, a_line(text), names.values())
    return names.get(key, "")


def _mark(text: str) -> bool:
    word = a_line(text).lower()
    if word not in _YES_OR_NO:
        raise EditProblem(f"Best practice is yes or no, not {word!r}.")
    return _YES_OR_NO[word]


EDITABLE: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "title": _title,
        "owner": _body,
        "partners": _bodies,
        "beneficiaries": _details,
        "place": _details,
        "region": _region,
        "period": _detail,
        "outcome": _detail,
        "stage": _stage,
        "best_practice": _mark,
    }
)
"""Each field that a person may write, with what reads it: several are parted by semicolons, empty says that none is told.

Each raises EditProblem or UnknownName where what was written cannot stand there.
"""

_ATTRIBUTES = {"place": "places"}
"""Fields that an activity calls otherwise."""


def read_field(field: str, text: str) -> object:
    """What a person wrote in a field, as an activity holds it; raises UnknownName or EditProblem."""
    if field not in EDITABLE:
        raise UnknownName("field", field, EDITABLE)
    return EDITABLE[field](text)


def written(edits: Iterable[Edit]) -> dict[str, object]:
    """What people wrote, by field, the last of each; what cannot be read is as if it were not there."""
    found: dict[str, object] = {}
    for edit in edits:
        try:
            found[edit.field] = read_field(edit.field, edit.value)
        except GoalmapError:
            continue
    return found


def as_attributes(fields: Mapping[str, object]) -> dict[str, Any]:
    """The same under the names that an activity has for them."""
    return {_ATTRIBUTES.get(field, field): value for field, value in fields.items()}
