"""Passages labelled with what they tell of an activity, and how much of it is found.

Each line of `activities/details-tuning.jsonl` and `activities/details-aside.jsonl` has a passage with the names and figures that reading
found in it, and under `expected` what a reader would note: several ways to say one thing for `owner`, `period`,
`outcome` and `title` (of a title, words that it must hold); all of them for `partners`, `beneficiaries` and `places`.
What begins with a question mark is neither right nor wrong.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goalmap.classify.activities.describing import describe
from goalmap.classify.activities.model import Activity, Body, Filing, Group, Named, Number, Origin, Telling
from goalmap.extract.words import name_key
from goalmap.store.ids import stable_id

FOLDER = Path(__file__).parent / "activities"
LONGEST_TITLE = 15
ALIKE = 0.5


@dataclass(frozen=True)
class Labelled:
    """A passage as an activity, and what is expected of it."""

    activity: Activity
    expected: Mapping[str, list[str]]


@dataclass(frozen=True)
class Score:
    """How many were found, how many of those were right, and how many there are."""

    found: int
    right: int
    met: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.met / self.there if self.there else 1.0


def labelled(name: str) -> list[Labelled]:
    rows = [json.loads(line) for line in (FOLDER / f"details-{name}.jsonl").read_text("utf-8").splitlines()]
    return [Labelled(_activity(place, row), row["expected"]) for place, row in enumerate(rows)]


def _activity(place: int, row: Mapping[str, Any]) -> Activity:
    named = tuple(
        Named(Body(name), kind, start, end, row["text"][start:end], Body(owner) if owner else None, reference)
        for kind, start, end, name, owner, reference in row["named"]
    )
    telling = Telling(
        f"p{place}",
        row["text"],
        Origin("d", "Document", row["publisher"], None, row["kind"]),
        (Filing("purpose-goals/1", "accepted", row["stage"]),),
        heading=row["heading"],
        named=named,
        numbers=tuple(Number(*number) for number in row["numbers"]),
    )
    return describe(Group((telling,)), "purpose-goals", (), stable_id)


def score(rows: Iterable[Labelled], field: str) -> Score:
    told = [_counts(FOUND[field](row.activity), row.expected[field], field in ONE_OF) for row in rows]
    return Score(*(sum(column) for column in zip(*told, strict=True)))


FOUND: Mapping[str, Any] = {
    "owner": lambda one: [one.owner.name] if one.owner else [],
    "partners": lambda one: [body.name for body in one.partners],
    "beneficiaries": lambda one: [detail.text for detail in one.beneficiaries],
    "places": lambda one: [detail.text for detail in one.places],
    "period": lambda one: [one.period.text] if one.period else [],
    "outcome": lambda one: [one.outcome.text] if one.outcome else [],
}
ONE_OF = ("owner", "period", "outcome")


def _counts(found: Sequence[str], expected: Sequence[str], one_of: bool) -> tuple[int, int, int, int]:
    sure = [name for name in expected if name and not name.startswith("?")]
    maybe = [name[1:] for name in expected if name.startswith("?")]
    right = [name for name in found if any(alike(name, other) for other in sure)]
    open_to_view = [name for name in found if name not in right and any(alike(name, other) for other in maybe)]
    met = [name for name in sure if any(alike(name, other) for other in found)]
    if one_of:
        may_be_none = not sure or "" in expected
        return (
            len(found) - len(open_to_view),
            len(right),
            int(bool(met)),
            int(bool(sure) and (not may_be_none or bool(found))),
        )
    return len(found) - len(open_to_view), len(right), len(met), len(sure)


def alike(one: str, other: str) -> bool:
    """Whether two phrases share most words of the shorter, or one stands in the other."""
    words, others = set(name_key(one).split()), set(name_key(other).split())
    if not words or not others:
        return False
    return len(words & others) / min(len(words), len(others)) > ALIKE


def is_title(row: Labelled) -> bool:
    """Whether a title holds what the passage is about and is short."""
    title = row.activity.title
    told = any(name_key(words) in name_key(title) for words in row.expected["title"])
    return told and len(title.split()) <= LONGEST_TITLE and title[:1] == title[:1].upper()
