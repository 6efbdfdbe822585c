"""What was known earlier beside what is known now: which activities are new, went further, or are told no more."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goalmap.classify.activities.model import STAGES_FURTHEST_FIRST, Activity, Telling
from goalmap.report.progress.recommendation_files import EarlierReport, Known

NEW, FURTHER, AGAIN, NOT_SINCE, GONE = CHANGES = (
    "new",
    "gone further",
    "told again",
    "not told since",
    "no longer there",
)
"""How an activity stands beside what was known of it; the last one has no row in the database now."""

IsAfter = Callable[[Telling], bool]
"""Whether a passage tells something that was not known then."""


@dataclass(frozen=True, slots=True)
class Change:
    """An activity then and now; one of the two may be missing."""

    kind: str
    title: str
    goals: tuple[str, ...]
    then: str = ""
    now: str = ""
    """The furthest stage then, and now."""
    activity: Activity | None = None
    later: tuple[Telling, ...] = ()
    """What was told since."""

    @property
    def cites(self) -> tuple[str, ...]:
        told = self.later or (self.activity.tellings if self.activity else ())
        return tuple(telling.passage_id for telling in told)


def first_day(written: str) -> str:
    """The first day that a date may mean, which is known to the year, the month or the day.

    >>> first_day("2023"), first_day("2023-06"), first_day("2023-06-15")
    ('2023-01-01', '2023-06-01', '2023-06-15')
    """
    return (written[:10] + "-01-01")[:10]


def last_day(written: str) -> str:
    """The last day that it may mean.

    >>> last_day("2023"), last_day("2024-02"), last_day("2023-06-15")
    ('2023-12-31', '2024-02-29', '2023-06-15')
    """
    if len(written) == len("2023"):
        return f"{written}-12-31"
    if len(written) == len("2023-06"):
        year, month = int(written[:4]), int(written[5:])
        return f"{written}-{monthrange(year, month)[1]:02}" if 1 <= month <= 12 and year else f"{written}-28"
    return written[:10]


def is_dated_after(published: str | None, day: str, undated: bool = False) -> bool:
    """Whether a document is certainly of a later day; one without a date is where that was asked for."""
    return first_day(published) > last_day(day) if published else undated


def changes(activities: Sequence[Activity], is_after: IsAfter) -> tuple[Change, ...]:
    """Each activity beside what documents had told of it then."""
    return tuple(_split(one, is_after) for one in activities)


def _split(one: Activity, is_after: IsAfter) -> Change:
    later = tuple(telling for telling in one.tellings if is_after(telling))
    before = tuple(telling for telling in one.tellings if telling not in later)
    then, now = furthest(before), one.stage
    return _change(one, bool(before), then, now, later)


def _change(one: Activity, was_known: bool, then: str, now: str, later: tuple[Telling, ...]) -> Change:
    kind = NEW if not was_known else FURTHER if is_further(now, then) else AGAIN if later else NOT_SINCE
    return Change(kind, one.title, one.goals, then, now, one, later)


def changes_from(earlier: EarlierReport, activities: Sequence[Activity]) -> tuple[Change, ...]:
    """Each activity beside its row in an earlier report; rows that no activity continues stand at the end."""
    by_id = {known.id: known for known in earlier.activities}
    by_passage = {id: known for known in earlier.activities for id in known.passages}
    found: list[Change] = []
    continued: set[str] = set()
    for one in activities:
        known = [by_id[one.id]] if one.id in by_id else _sharing(one, by_passage)
        continued.update(row.id for row in known)
        cited = frozenset[str]().union(*(row.passages for row in known))
        later = tuple(telling for telling in one.tellings if telling.passage_id not in cited)
        then = min((row.stage for row in known), key=_place, default="")
        found.append(_change(one, bool(known), then, one.stage, later))
    gone = (row for row in earlier.activities if row.id not in continued)
    return (*found, *(Change(GONE, row.title, row.goals, row.stage) for row in gone))


def _sharing(one: Activity, by_passage: Mapping[str, Known]) -> list[Known]:
    """The rows of the earlier report that cite one of its passages: an activity may have been split or joined since."""
    return list({by_passage[id].id: by_passage[id] for id in one.passages if id in by_passage}.values())


def furthest(tellings: Iterable[Telling]) -> str:
    """The furthest stage that passages tell; empty where they tell none."""
    told = {filing.stage for telling in tellings for filing in telling.filings}
    return next((stage for stage in STAGES_FURTHEST_FIRST if stage in told), "")


def is_further(now: str, then: str) -> bool:
    """Whether a stage is nearer to what was done than another; where none was told, nobody can say."""
    return bool(now and then) and _place(now) < _place(then)


def _place(stage: str) -> int:
    return STAGES_FURTHEST_FIRST.index(stage) if stage in STAGES_FURTHEST_FIRST else len(STAGES_FURTHEST_FIRST)


def of_kind(changes: Iterable[Change], kind: str) -> tuple[Change, ...]:
    return tuple(change for change in changes if change.kind == kind)


def by_goal(changes: Iterable[Change]) -> Mapping[str, Counter[str]]:
    """How many activities of each goal changed in which way; one that serves two goals counts for both."""
    found: dict[str, Counter[str]] = {}
    for goal, kind in _pairs(changes):
        found.setdefault(goal, Counter())[kind] += 1
    return found


def _pairs(changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    for change in changes:
        for goal in change.goals:
            yield goal, change.kind
