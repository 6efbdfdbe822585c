"""From passages that serve goals to activities."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from goalmap.classify.activities.describing import Identify, describe
from goalmap.classify.activities.grouping import group
from goalmap.classify.activities.links import links_between
from goalmap.classify.activities.model import Activity, Edit, Ruling, Telling


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of activities, in the order in which they said it."""

    rulings: Sequence[Ruling] = ()
    edits: Sequence[Edit] = ()


def activities(tellings: Sequence[Telling], framework: str, said: Said, identify: Identify) -> tuple[Activity, ...]:
    """The activities of a framework. What people decided stands by itself: proposals are brought together apart from it."""
    decided = tuple(_with(tellings, True))
    proposed = tuple(_with(tellings, False))
    return tuple(
        describe(one, framework, said.edits, identify)
        for told in (decided, proposed)
        for one in group(told, links_between(told), said.rulings)
    )


def _with(tellings: Iterable[Telling], decided: bool) -> Iterator[Telling]:
    """The tellings with those of their filings that are decided, or those that are not."""
    for telling in tellings:
        if filings := tuple(filing for filing in telling.filings if filing.is_decided is decided):
            yield replace(telling, filings=filings)
