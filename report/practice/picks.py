"""Which activities are shown as good practice: by grounds that are printed, and a fair turn for every body."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from goalmap.classify.activities.model import Activity
from goalmap.classify.activities.owners import body_key
from goalmap.report.bodies import NO_BODY, body_of, fullest
from goalmap.report.evidence import Evidence
from goalmap.report.practice.grounds import RULES, Ground, grounds_of, has

CAP = 2
"""Entries for one body, unless asked otherwise."""
NO_REGION = "Region not known"

Order = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """An activity that is shown, with the grounds for it and the turn in which its body had it."""

    activity: Activity
    body: str
    grounds: tuple[Ground, ...]
    turn: int = 1

    @property
    def region(self) -> str:
        return self.activity.region or NO_REGION

    @property
    def key(self) -> str:
        """One for all spellings of the body."""
        return body_key(self.body)

    @property
    def order(self) -> Order:
        """The stronger the earlier."""
        held = [has(self.grounds, rule) for rule in RULES]
        weights = tuple(not one for one in held[1:])
        size = sum(ground.size for ground in self.grounds)
        newest = max((telling.document.published or "" for telling in self.activity.tellings), default="")
        later = tuple(-ord(character) for character in newest)
        return (not held[0], -sum(held), weights, -size, later, self.activity.title, self.activity.id)


@dataclass(frozen=True, slots=True)
class Picked:
    """The picks in the order of their turns, and what was left out."""

    picks: tuple[Pick, ...]
    over_cap: int = 0
    """Activities with grounds, of bodies that had as many entries as the cap allows."""
    over_most: int = 0
    """Picks beyond the number of entries that was asked for."""
    without_grounds: int = 0
    bodies_without: tuple[str, ...] = ()
    """Bodies none of whose activities has a ground."""

    @property
    def bodies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(pick.body for pick in self.picks if pick.body != NO_BODY))


def picks(evidence: Evidence, cap: int = CAP) -> tuple[Pick, ...]:
    """The best-practice entries of a report's scope, at most `cap` for a body, first turns first."""
    return picked(evidence.shown, cap).picks


def best(activities: Iterable[Activity], most: int) -> tuple[Pick, ...]:
    """The strongest of these activities by their grounds, one for a body."""
    return picked(activities, 1).picks[:most]


def picked(activities: Iterable[Activity], cap: int = CAP, most: int | None = None) -> Picked:
    """Which activities are shown. Nobody has a second entry before everybody else with grounds has a first."""
    found = list(activities)
    names = fullest(body_of(activity) for activity in found)
    considered = [_considered(activity, names) for activity in found]
    able = [pick for pick in considered if pick.grounds]
    queues = _queues(able)
    taken = _in_turns(queues, cap)
    keys = {pick.key for pick in able}
    without = sorted({pick.body for pick in considered if pick.key not in keys} - {NO_BODY})
    shown = taken if most is None else taken[:most]
    return Picked(
        picks=tuple(shown),
        over_cap=len(able) - len(taken),
        over_most=len(taken) - len(shown),
        without_grounds=len(considered) - len(able),
        bodies_without=tuple(without),
    )


def _considered(activity: Activity, names: Mapping[str, str]) -> Pick:
    body = names[body_key(body_of(activity))]
    return Pick(activity, body, grounds_of(activity, body))


def _queues(able: Iterable[Pick]) -> list[list[Pick]]:
    """By body, the strongest first."""
    ordered = sorted(able, key=lambda pick: (pick.key, pick.order))
    return [list(own) for _, own in groupby(ordered, key=lambda pick: pick.key)]


def _in_turns(queues: Sequence[list[Pick]], cap: int) -> list[Pick]:
    """Turn after turn; in each a body gives its strongest under a goal that is least shown so far of those left to it."""
    shown: Counter[str] = Counter()
    taken: list[Pick] = []
    for turn in range(1, cap + 1):
        for queue in sorted((queue for queue in queues if queue), key=lambda queue: queue[0].order):
            pick = queue[0] if turn == 1 else min(queue, key=lambda one: (shown[one.activity.goal] > 0, one.order))
            queue.remove(pick)
            shown[pick.activity.goal] += 1
            taken.append(replace(pick, turn=turn))
    return taken
