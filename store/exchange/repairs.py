"""Repairs of activities as they are moved between databases: what was said together, with what finds its passages elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goalmap.store.activities.said import APART, EDIT, TOGETHER
from goalmap.store.batches import WITHDRAWN
from goalmap.store.exchange.records import Place, place_in
from goalmap.store.ids import stable_id

REPAIR = "repair"
"""What a repair is called among the things that are moved."""
WORDS = (TOGETHER, APART, EDIT)
"""What a repair may say of passages."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Word:
    """What a repair says of two passages, or of a field of the activity that a passage tells of."""

    verdict: str
    place: Place
    other: Place | None = None
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """What somebody decided on activities in one go."""

    id: str
    """The same for the same repair, however often it is brought."""
    framework: str
    words: tuple[Word, ...]
    withdraws: str
    """The id of the repair that this one takes back; empty for any other."""
    reviewer: str
    note: str
    decided_at: str
    source: str
    record: Record
    """The record that it was read from."""
    follows: frozenset[str] = frozenset()
    """Where it waits: the batches here that the file had before it."""

    @property
    def key(self) -> str:
        """What it is kept by while it waits."""
        return stable_id("r", self.id)

    @property
    def verdict(self) -> str:
        """together, apart, edit or withdrawn; what splits an activity also holds its parts together."""
        said = {word.verdict for word in self.words}
        return next((verdict for verdict in (APART, TOGETHER, EDIT) if verdict in said), WITHDRAWN)

    @property
    def places(self) -> tuple[Place, ...]:
        """The passages that it speaks of, each once."""
        both = (place for word in self.words for place in (word.place, word.other) if place)
        return tuple(dict.fromkeys(both))


def repairs_in(records: Iterable[Record]) -> Iterator[Repair]:
    """What checked records of repairs say, in their order."""
    for record in records:
        places = [place_in(one) for one in record["passages"]]
        yield Repair(
            id=record["id"],
            framework=record["framework"],
            words=tuple(_word(said, places) for said in record["says"]),
            withdraws=record["withdraws"] or "",
            reviewer=record["reviewer"] or "",
            note=record["note"] or "",
            decided_at=record["decided_at"],
            source=record["source"] or "",
            record=record,
        )


def _word(said: Record, places: list[Place]) -> Word:
    place = places[said["passage"]]
    if said["verdict"] == EDIT:
        return Word(EDIT, place, field=said["field"], value=said["value"] or "")
    return Word(said["verdict"], place, places[said["other"]])
