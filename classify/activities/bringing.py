"""From passages that serve goals to activities."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goalmap.classify.activities.describing import Identify, describe
from goalmap.classify.activities.grouping import group
from goalmap.classify.activities.links import links_between
from goalmap.classify.activities.model import PROPOSED, Activity, Edit, Group, Ruling, Telling
from goalmap.classify.activities.owners import settled

Placed = tuple[int, Edit]
"""An edit behind its place among all."""


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of activities, in the order in which they said it."""

    rulings: Sequence[Ruling] = ()
    edits: Sequence[Edit] = ()


def activities(tellings: Sequence[Telling], framework: str, said: Said, identify: Identify) -> tuple[Activity, ...]:
    """The activities of a framework. What people decided stands by itself: proposals are brought together apart from it."""
    decided, proposed = (_activities(tuple(_with(tellings, word)), framework, said, identify) for word in (True, False))
    taken = {one.id for one in decided}
    return settled((*decided, *(beside(one, identify) if one.id in taken else one for one in proposed)))


def beside(one: Activity, identify: Identify) -> Activity:
    """A proposed activity that goes by the same passage as a reviewed one, with an id of its own."""
    return replace(one, id=identify("a", PROPOSED, one.id))


def _activities(told: Sequence[Telling], framework: str, said: Said, identify: Identify) -> list[Activity]:
    edits: dict[str, list[Placed]] = defaultdict(list)
    for place, edit in enumerate(said.edits):
        edits[edit.passage_id].append((place, edit))
    groups = group(told, links_between(told), said.rulings)
    return [describe(one, framework, _of(one, edits), identify) for one in groups]


def _of(group: Group, edits: Mapping[str, list[Placed]]) -> list[Edit]:
    """What was written of a group's passages, in the order in which it was."""
    own = [placed for telling in group.tellings for placed in edits.get(telling.passage_id, ())]
    return [edit for _, edit in sorted(own, key=lambda placed: placed[0])]


def _with(tellings: Iterable[Telling], decided: bool) -> Iterator[Telling]:
    """The tellings with those of their filings that are decided, or those that are not."""
    for telling in tellings:
        if filings := tuple(filing for filing in telling.filings if filing.is_decided is decided):
            yield replace(telling, filings=filings)
