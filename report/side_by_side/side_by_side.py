"""Two frameworks on the same evidence: which goals passages serve in both, and what the crosswalk says of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from sqlite_utils import Database

from goalmap.classify.activities.model import Activity, Telling
from goalmap.classify.goals import frameworks
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.goals.versions import successors
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.evidence import Evidence, find_evidence
from goalmap.report.scope import Goal
from goalmap.store.own_frameworks import framework_of, known

OTHER_WAY = {"narrower": "broader", "broader": "narrower"}
"""A relation read from right to left; the others read the same."""
AT_LEAST = 2


@dataclass(frozen=True)
class Side:
    """A framework with the evidence for its goals: what people decided, or the proposals where nothing was decided."""

    evidence: Evidence
    definition: Framework

    @property
    def id(self) -> str:
        return self.evidence.framework.id

    @property
    def title(self) -> str:
        return self.evidence.framework.title

    @property
    def goals(self) -> Mapping[str, Goal]:
        return self.evidence.goals

    @cached_property
    def listed(self) -> Mapping[str, Goal]:
        """The goals at the top, and those below them that passages serve."""
        served = {goal for goals in self.goals_by_passage.values() for goal in goals}
        return {id: goal for id, goal in self.goals.items() if id in served or goal.parent_id not in self.goals}

    @property
    def activities(self) -> tuple[Activity, ...]:
        return self.evidence.shown

    @property
    def is_proposed(self) -> bool:
        return self.evidence.is_undecided

    @cached_property
    def goals_by_passage(self) -> Mapping[str, tuple[str, ...]]:
        """The goals that each passage of the database serves, in the order of the framework, as far as they are shown."""
        found: dict[str, set[str]] = defaultdict(set)
        for telling in self._tellings():
            found[telling.passage_id].update(telling.goals)
        places = {goal: place for place, goal in enumerate(self.goals)}
        return {id: tuple(sorted(goals, key=lambda goal: places[goal])) for id, goals in found.items()}

    def _tellings(self) -> Iterator[Telling]:
        for one in (*self.evidence.activities, *self.evidence.peers):
            if one.is_reviewed is not self.is_proposed:
                yield from one.tellings

    def line(self, goal: str) -> tuple[str, ...]:
        """A goal with those above it."""
        parent = self.goals[goal].parent_id
        return (goal, *self.line(parent)) if parent in self.goals and parent is not None else (goal,)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a crosswalk says of two goals, read from left to right: same, broader, narrower or related."""

    left: str
    right: str
    relation: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two goals that the same passages serve: the activities of the left framework, each with those passages."""

    left: str
    right: str
    activities: Mapping[str, tuple[Telling, ...]]

    @property
    def tellings(self) -> tuple[Telling, ...]:
        found = {one.passage_id: one for tellings in self.activities.values() for one in tellings}
        return tuple(found.values())

    @property
    def passages(self) -> tuple[str, ...]:
        return tuple(telling.passage_id for telling in self.tellings)


@dataclass(frozen=True)
class Pair:
    """Two frameworks side by side."""

    left: Side
    right: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.left, self.right

    @property
    def is_proposed(self) -> bool:
        return self.left.is_proposed or self.right.is_proposed

    @cached_property
    def meetings(self) -> Mapping[tuple[str, str], Meeting]:
        """Every two goals that a passage serves both of."""
        found: dict[tuple[str, str], dict[str, list[Telling]]] = defaultdict(lambda: defaultdict(list))
        for one, telling in ((each, telling) for each in self.left.activities for telling in each.tellings):
            for pair in product(telling.goals, self.right.goals_by_passage.get(telling.passage_id, ())):
                found[pair][one.id].append(telling)
        return {
            pair: Meeting(*pair, {id: tuple(tellings) for id, tellings in activities.items()})
            for pair, activities in found.items()
        }

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """What the crosswalks and version maps of both frameworks say, in the order of the goals."""
        rows = dict.fromkeys((*_stated(self.left, self.right), *map(_turned, _stated(self.right, self.left))))
        lefts, rights = list(self.left.goals), list(self.right.goals)
        known = (row for row in rows if row.left in self.left.goals and row.right in self.right.goals)
        return tuple(sorted(known, key=lambda row: (lefts.index(row.left), rights.index(row.right), row.relation)))

    def shown_for(self, row: Stated) -> tuple[Meeting, ...]:
        """The evidence for a row of the crosswalk, goals below its own included."""
        return tuple(meeting for meeting in self.ordered if self._is_covered(meeting, [row]))

    @cached_property
    def ordered(self) -> tuple[Meeting, ...]:
        """The meetings in the order of the goals."""
        pairs = ((left, right) for left in self.left.goals for right in self.right.goals)
        return tuple(self.meetings[pair] for pair in pairs if pair in self.meetings)

    @property
    def beyond(self) -> tuple[Meeting, ...]:
        """What the evidence has and the crosswalk has not, the most telling first."""
        new = (meeting for meeting in self.ordered if not self._is_covered(meeting, self.stated))
        return tuple(sorted(new, key=lambda meeting: -len(meeting.activities)))

    def _is_covered(self, meeting: Meeting, rows: Iterable[Stated]) -> bool:
        lefts, rights = self.left.line(meeting.left), self.right.line(meeting.right)
        return any(row.left in lefts and row.right in rights for row in rows)

    @property
    def alone(self) -> tuple[tuple[Side, tuple[Goal, ...]], ...]:
        """Goals of each framework that have no counterpart in the crosswalk."""
        return (
            (self.left, _without(self.left, {row.left for row in self.stated})),
            (self.right, _without(self.right, {row.right for row in self.stated})),
        )


def _without(side: Side, stated: set[str]) -> tuple[Goal, ...]:
    above = {goal for one in stated for goal in side.line(one)}
    return tuple(goal for id, goal in side.listed.items() if id not in above and not stated & set(side.line(id)))


def _stated(left: Side, right: Side) -> Iterator[Stated]:
    """What the files say of the goals of the one as the goals of the other."""
    for row in left.definition.crosswalk:
        if row.framework == right.id:
            yield Stated(f"{left.id}/{row.code}", f"{right.id}/{row.to}", row.relation)
    if left.id in {right.definition.extends, *(row.framework for row in right.definition.predecessors)}:
        for one in successors(left.definition, right.definition):
            if one.to:
                yield Stated(f"{left.id}/{one.code}", f"{right.id}/{one.to}", one.relation)


def _turned(row: Stated) -> Stated:
    return Stated(row.right, row.left, OTHER_WAY.get(row.relation, row.relation))


@dataclass(frozen=True)
class SideBySide:
    """Frameworks on the same evidence, every two of them as a pair."""

    sides: tuple[Side, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(Pair(left, right) for left, right in combinations(self.sides, 2))

    @property
    def activities(self) -> tuple[tuple[Side, Activity], ...]:
        """The activities of the first framework; of each later one those that no passage before told of."""
        found: list[tuple[Side, Activity]] = []
        told: set[str] = set()
        for side in self.sides:
            new = [one for one in side.activities if not told.intersection(one.passages)]
            found += [(side, one) for one in _in_order(side, new)]
            told.update(passage for one in new for passage in one.passages)
        return tuple(found)

    def goals_of(self, one: Activity, side: Side) -> dict[str, tuple[str, ...]]:
        """The goals of a framework that an activity's passages serve, each with those passages."""
        found: dict[str, list[str]] = defaultdict(list)
        for passage in one.passages:
            for goal in side.goals_by_passage.get(passage, ()):
                found[goal].append(passage)
        return {goal: tuple(found[goal]) for goal in side.goals if goal in found}


def _in_order(side: Side, activities: Iterable[Activity]) -> list[Activity]:
    places = {goal: place for place, goal in enumerate(side.goals)}
    return sorted(activities, key=lambda one: (places[one.goal], one.title, one.id))


def side_by_side(db: Database, names: Sequence[str], organisation: str | None = None) -> SideBySide:
    """The frameworks of these names, or all of the database, on its evidence. Raises NotFound or UnknownName."""
    used = known(db)
    wanted = tuple(dict.fromkeys(names or used))
    for name in wanted:
        _check(name, used)
    if len(wanted) < AT_LEAST:
        raise NotFound(_too_few(wanted))
    return SideBySide(
        tuple(Side(find_evidence(db, organisation, None, name), framework_of(db, name)) for name in wanted)
    )


def _check(name: str, used: Sequence[str]) -> None:
    if name in used:
        return
    if name not in frameworks.names():
        raise UnknownName("framework", name, sorted({*used, *frameworks.names()}))
    raise NotFound(
        f"The documents were not classified against {name} yet; they were against: {', '.join(used) or 'none'}. Read the"
        f" same folders again with it: goalmap ingest FOLDER --framework {name}. Decisions stay as they are."
    )


def _too_few(wanted: Sequence[str]) -> str:
    one = f"There is only {wanted[0]}" if wanted else "There is none"
    return (
        f"{one} to set side by side; two frameworks or more are needed. Read the same folders again with another one:"
        " goalmap ingest FOLDER --framework NAME. All names: goalmap frameworks list"
    )
