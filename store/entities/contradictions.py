"""Earlier decisions that a new one contradicts: the later one wins, and the user is told."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from goalmap.extract.resolving.model import Handle, Ruling, Verdict
from goalmap.store.days import day
from goalmap.store.entities.handles import Shown, covers
from goalmap.store.entities.standing import ruling_of

Row = Mapping[str, Any]

SAID = {Verdict.SAME: "one and the same", Verdict.DIFFERENT: "not the same"}


def overruled_by_merge(standing: Iterable[Row], kind: str, shown: Sequence[Shown]) -> Iterator[str]:
    """What to say of decisions in force that keep apart what is said to be one."""

    def parts_them(ruling: Ruling) -> bool:
        return ruling.verdict is Verdict.DIFFERENT and _among(ruling.one, shown) and _among(ruling.other, shown)

    return _lines(standing, kind, parts_them)


def overruled_by_split(
    standing: Iterable[Row], kind: str, parted: Sequence[Shown], rest: Sequence[Shown]
) -> Iterator[str]:
    """What to say of decisions in force that made one of what is said to be two."""

    def joins_them(ruling: Ruling) -> bool:
        ends = (ruling.one, ruling.other), (ruling.other, ruling.one)
        return ruling.verdict is Verdict.SAME and any(
            _among(one, parted) and _among(other, rest) for one, other in ends
        )

    return _lines(standing, kind, joins_them)


def _among(handle: Handle, shown: Iterable[Shown]) -> bool:
    return any(covers(handle, one.handle) for one in shown)


def _lines(standing: Iterable[Row], kind: str, contradicts: Callable[[Ruling], bool]) -> Iterator[str]:
    told: set[str] = set()
    for row in standing:
        if row["kind"] == kind and row["batch"] not in told and contradicts(ruling_of(row)):
            told.add(row["batch"])
            one, other = json.loads(row["names"])
            by = f" by {row['reviewer']}" if row["reviewer"] else ""
            yield (
                f"This overrules decision {row['batch']}{by} of {day(row['decided_at'])}, that “{one}” and “{other}” are "
                f"{SAID[Verdict(row['verdict'])]}."
            )
