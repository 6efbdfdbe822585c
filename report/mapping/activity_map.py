"""The activity map: each activity once, under its main goal, with every passage that tells of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlite_utils import Database

from goalmap.classify.activities.model import Activity, Filing, Offsets, Origin, Telling
from goalmap.report.evidence import Evidence, find_evidence
from goalmap.report.excerpt import excerpt_at
from goalmap.report.left_out import Loose, count_rejected, find_loose
from goalmap.report.making import Making
from goalmap.report.scope import FrameworkUsed, Goal, Organisation, find_goals
from goalmap.report.sources import Library
from goalmap.report.verbatim import Piece, pieces
from goalmap.store.decisions import STAGES

STATUSES = ("accepted", "changed", "added", "proposed")
"""How an activity stands with the reviewers under its goal; all but the last were decided by a person."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an activity is told: a passage, or a copy of it in another document."""

    passage_id: str
    document: Origin
    page: int | None
    text: str
    copy_of: str | None = None


@dataclass(frozen=True)
class Entry:
    """An activity under a goal of the map."""

    goal: Goal
    activity: Activity
    tellings: tuple[Telling, ...]
    """The passages that tell of it, those under the goal first."""
    other_goals: tuple[Goal, ...] = ()
    second_goal: Goal | None = None
    """The goal that nearly was proposed."""
    changed_from: Goal | None = None

    @property
    def row_id(self) -> str:
        return self.activity.id

    @cached_property
    def filings(self) -> tuple[Filing, ...]:
        """What was decided or proposed of its passages under the goal."""
        return tuple(filing for one in self.tellings for filing in one.filings if filing.goal == self.goal.id)

    @property
    def filing(self) -> Filing:
        """What was decided or proposed of the passage that stands first."""
        return self.filings[0]

    @property
    def status(self) -> str:
        return self.filing.verdict

    @property
    def is_decided(self) -> bool:
        return self.filing.is_decided

    @property
    def main(self) -> Telling:
        return self.tellings[0]

    @property
    def quoted(self) -> Offsets:
        """Where the evidence stands in the passage that tells most."""
        return excerpt_at(self.main.text, self.filing.evidence)

    @property
    def evidence(self) -> str:
        start, end = self.quoted
        return self.main.text[start:end]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every passage that tells of it, each followed by its copies."""
        return tuple(place for telling in self.tellings for place in _places(telling))

    @property
    def people(self) -> tuple[str, ...]:
        return _each_once(named.entity.name for one in self.tellings for named in one.of_kind("person"))

    @property
    def reviewers(self) -> tuple[str, ...]:
        return _each_once(filing.reviewer for filing in self.filings)

    @property
    def notes(self) -> tuple[str, ...]:
        return _each_once(filing.note for filing in self.filings)

    @property
    def decided_at(self) -> str | None:
        """When it was last decided on."""
        return max((filing.decided_at for filing in self.filings if filing.decided_at), default=None)


def _each_once(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _places(telling: Telling) -> Iterator[Place]:
    yield Place(telling.passage_id, telling.document, telling.page, telling.text)
    for copy in telling.copies:
        yield Place(copy.passage_id, copy.document, copy.page, copy.text, telling.passage_id)


def marked(telling: Telling) -> tuple[Piece, ...]:
    """A passage with the words that spoke for its goals marked."""
    return pieces(telling.text, {span for filing in telling.filings for span in filing.evidence})


@dataclass(frozen=True)
class GoalPart:
    """A goal with the activities whose main goal it is, those that a person decided first, and the others that serve it."""

    goal: Goal
    entries: tuple[Entry, ...]
    others: tuple[Entry, ...] = ()

    @property
    def serving(self) -> tuple[Entry, ...]:
        return (*self.entries, *self.others)

    @property
    def is_gap(self) -> bool:
        return not self.serving

    @property
    def by_stage(self) -> dict[str, int]:
        return _tally(STAGES, (entry.activity.stage for entry in self.serving))

    @property
    def by_status(self) -> dict[str, int]:
        return _tally(STATUSES, (entry.activity.filings(self.goal.id)[0].verdict for entry in self.serving))

    @property
    def decided(self) -> int:
        return sum(entry.activity.is_reviewed for entry in self.serving)

    @property
    def proposed(self) -> int:
        return len(self.serving) - self.decided


@dataclass(frozen=True)
class ActivityMap:
    """What the documents say is done towards each goal, and where they say nothing."""

    found: Evidence
    parts: tuple[GoalPart, ...]
    goals: Mapping[str, Goal]
    """All goals of the framework by id, also those that were not asked for."""
    rejected: int
    loose: tuple[Loose, ...]

    @property
    def framework(self) -> FrameworkUsed:
        return self.found.framework

    @property
    def organisation(self) -> Organisation | None:
        return self.found.organisation

    @property
    def library(self) -> Library:
        return self.found.library

    @property
    def making(self) -> Making:
        return self.found.making

    @cached_property
    def publishers(self) -> tuple[str, ...]:
        return tuple(sorted({source.publisher for source in self.library.read if source.publisher}))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for part in self.parts for entry in part.entries)

    @property
    def gaps(self) -> tuple[GoalPart, ...]:
        """The goals that no activity serves."""
        return tuple(part for part in self.parts if part.is_gap)

    @property
    def decided(self) -> int:
        return sum(entry.is_decided for entry in self.entries)

    @property
    def proposed(self) -> int:
        return len(self.entries) - self.decided

    @property
    def citations(self) -> int:
        """Passages that tell of the activities, copies included, each once."""
        return len({place.passage_id for entry in self.entries for place in entry.places})

    @property
    def most(self) -> int:
        """Activities of the goal that has most."""
        return max((len(part.serving) for part in self.parts), default=0)


def activity_map(
    db: Database, organisation: str | None = None, goal: str | None = None, framework: str = "purpose-goals"
) -> ActivityMap:
    """The map of a database, of all goals or one, of all documents or those by and about an organisation.

    Raises NotFound, UnknownName, or NotVerbatim where what is stored does not fit its passage.
    """
    found = find_evidence(db, organisation, goal, framework)
    goals = {goal.id: goal for goal in find_goals(db, found.framework, None)}
    return ActivityMap(
        found=found,
        parts=_parts(found, [_entry(one, found, goals) for one in found.activities]),
        goals=goals,
        rejected=count_rejected(db, found.scope),
        loose=tuple(find_loose(db, found.scope)),
    )


def _tally(names: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {name: counts[name] for name in names}


def _parts(found: Evidence, entries: Iterable[Entry]) -> tuple[GoalPart, ...]:
    """The goals that were asked for; those below others only where an activity serves them."""
    main: dict[str, list[Entry]] = defaultdict(list)
    others: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=_precedence):
        main[entry.goal.id].append(entry)
        for goal in entry.other_goals:
            others[goal.id].append(entry)
    parts = (GoalPart(goal, tuple(main[id]), tuple(others[id])) for id, goal in found.goals.items())
    return tuple(part for part in parts if part.serving or part.goal.parent_id not in found.goals)


def _precedence(entry: Entry) -> tuple[object, ...]:
    """Decided before proposed, best practice before the rest, then the likeliest; the rest only keeps the order the same."""
    return (
        not entry.is_decided,
        not entry.activity.best_practice,
        -(entry.filing.score or 0),
        entry.activity.title,
        entry.row_id,
    )


# From activities to entries


def _entry(one: Activity, found: Evidence, goals: Mapping[str, Goal]) -> Entry:
    """The activity under the first of its goals that was asked for."""
    goal = next(id for id in one.goals if id in found.goals)
    tellings = tuple(sorted(one.tellings, key=lambda telling: goal not in telling.goals))
    filing = next(filing for filing in tellings[0].filings if filing.goal == goal)
    return Entry(
        goal=goals[goal],
        activity=one,
        tellings=tellings,
        other_goals=tuple(goals[id] for id in one.goals if id != goal),
        second_goal=goals.get(filing.second_goal or ""),
        changed_from=goals.get(filing.changed_from or ""),
    )
