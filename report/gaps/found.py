"""Goals without evidence or with little: what was searched, what came near, what is planned, what peers do."""

import re
from calendar import month_name
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from goalmap.classify.activities.model import INTENDED, Activity
from goalmap.classify.activities.owners import body_key
from goalmap.extract.sentences import sentences_of
from goalmap.report.bodies import NO_BODY, body_of
from goalmap.report.evidence import Evidence
from goalmap.report.practice.picks import Pick, best
from goalmap.report.practice.recognition import intentions
from goalmap.report.scope import Goal, Organisation
from goalmap.store.contents.searched import Near, Searched

NONE, WEAK, FINE = "none", "weak", "fine"
MOST_PEERS = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity that is only planned; `due` is the last day that its passages name, as exact as they have it."""

    activity: Activity
    due: str | None = None

    def is_past(self, today: date) -> bool | None:
        """Whether that day is over; None where no day is named."""
        return None if self.due is None else self.due < today.isoformat()[: len(self.due)]


@dataclass(frozen=True, slots=True)
class GoalGap:
    """A goal with all that is known of its evidence, strong or weak, in a report's scope."""

    goal: Goal
    strength: str
    """none, weak or fine."""
    weaknesses: tuple[str, ...]
    """Why it is weak, in words."""
    activities: tuple[Activity, ...]
    """The evidence: what people decided, else what is proposed."""
    waiting: tuple[Activity, ...] = ()
    """Proposals beside it that nobody has decided."""
    planned: tuple[Planned, ...] = ()
    turned_down: tuple[Near, ...] = ()
    turned_down_count: int = 0
    near: tuple[Near, ...] = ()
    near_count: int = 0
    peers: tuple[Pick, ...] = ()

    @property
    def is_gap(self) -> bool:
        return self.strength != FINE

    @property
    def stages(self) -> dict[str, int]:
        """Activities by stage."""
        found = [one.stage for one in self.activities]
        return {stage: found.count(stage) for stage in dict.fromkeys(found)}


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence of a goal, as its strength is judged."""

    activities: tuple[Activity, ...]
    organisation: Organisation | None = None
    undecided: bool = False
    """Whether nobody has decided on anything: then that is said once, and proposals are judged as evidence would be."""


def _only_intentions(one: Weighed) -> bool:
    return all(activity.stage in INTENDED for activity in one.activities)


def _only_proposed(one: Weighed) -> bool:
    return not one.undecided and not any(activity.is_reviewed for activity in one.activities)


def _one_passage(one: Weighed) -> bool:
    return sum(activity.citations for activity in one.activities) == 1


def _second_hand(one: Weighed) -> bool:
    return all(_is_second_hand(activity, one.organisation) for activity in one.activities)


def _is_second_hand(one: Activity, organisation: Organisation | None) -> bool:
    """Whether all documents that tell of it are by others than the body whose activity it is."""
    publishers = {body_key(document.publisher or "") for document in one.documents}
    own = {body_key(name) for name in organisation.publishers} if organisation else {body_key(body_of(one))}
    return "" not in publishers and body_key(NO_BODY) not in own and not own & publishers


WEAKNESSES: tuple[tuple[str, Callable[[Weighed], bool]], ...] = (
    ("only intentions are told: nothing is under way or delivered", _only_intentions),
    ("there are only proposals, which nobody has decided", _only_proposed),
    ("it rests on one passage", _one_passage),
    ("it is told only at second hand, by others than the organisation itself", _second_hand),
)
"""What makes evidence weak, in words, and how it is known."""


def goal_gaps(evidence: Evidence, searched: Searched) -> tuple[GoalGap, ...]:
    """Every goal that is asked for, in the order of the framework; `is_gap` where its evidence is missing or weak."""
    reviewed, proposed, peers = (
        _by_goal(activities) for activities in (evidence.reviewed, evidence.proposed, evidence.peers)
    )
    return tuple(
        _goal_gap(
            goal,
            Weighed(reviewed.get(id, ()) or proposed.get(id, ()), evidence.organisation, evidence.is_undecided),
            waiting=proposed.get(id, ()) if id in reviewed else (),
            peers=peers.get(id, ()),
            searched=searched,
        )
        for id, goal in evidence.goals.items()
    )


def _by_goal(activities: Iterable[Activity]) -> dict[str, tuple[Activity, ...]]:
    """The activities under each of their goals, those whose main goal it is first."""
    found: dict[str, list[Activity]] = {}
    for one in activities:
        for goal in one.goals:
            found.setdefault(goal, []).append(one)
    return {goal: tuple(sorted(those, key=lambda one: one.goal != goal)) for goal, those in found.items()}


def _goal_gap(
    goal: Goal, weighed: Weighed, waiting: tuple[Activity, ...], peers: tuple[Activity, ...], searched: Searched
) -> GoalGap:
    shown = weighed.activities
    weaknesses = tuple(words for words, holds in WEAKNESSES if shown and holds(weighed))
    return GoalGap(
        goal=goal,
        strength=NONE if not shown else WEAK if weaknesses else FINE,
        weaknesses=weaknesses,
        activities=shown,
        waiting=waiting,
        planned=tuple(Planned(one, due_of(one)) for one in shown if one.stage in INTENDED),
        turned_down=searched.turned_down.get(goal.id, ()),
        turned_down_count=searched.turned_down_count.get(goal.id, 0),
        near=searched.near.get(goal.id, ()),
        near_count=searched.near_count.get(goal.id, 0),
        peers=_best_peers(peers),
    )


def _best_peers(peers: tuple[Activity, ...]) -> tuple[Pick, ...]:
    """The best of those that people decided, or of the proposals where nothing is decided."""
    reviewed = tuple(one for one in peers if one.is_reviewed)
    return best(reviewed or peers, MOST_PEERS)


_MONTHS = tuple(name.casefold() for name in month_name if name)
_YEARS = re.compile(rf"\b(?:({'|'.join(_MONTHS)}) )?(20\d\d)(?:\s?[/–-]\s?(\d\d(?:\d\d)?))?\b", re.I)


def due_of(activity: Activity) -> str | None:
    """The last time that an intention names, of its period or in the sentences that tell what is meant to come."""
    words = [activity.period.text] if activity.period else []
    for telling in activity.tellings:
        words += intentions(telling.text) or (telling.text,) * (len(sentences_of(telling.text)) == 1)
    return max((time for text in words for time in _times(text)), default=None)


def _times(text: str) -> Iterable[str]:
    """Years, with the month where it is told; a span by its last year.

    >>> list(_times("by July 2026")), list(_times("in 2025/26")), list(_times("2024-2027"))
    (['2026-07'], ['2026'], ['2027'])
    """
    for month, first, last in _YEARS.findall(text):
        if last:
            yield first[:2] + last[-2:]
        else:
            yield f"{first}-{_MONTHS.index(month.casefold()) + 1:02}" if month else first
