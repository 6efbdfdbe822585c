"""What goes into bringing passages together into activities, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PROPOSED = "proposed"
"""The verdict where nobody decided."""
REVIEWED = "reviewed"
"""The status of an activity whose goals a person stands behind; any other is only proposed."""
STAGES_FURTHEST_FIRST = ("delivered", "ongoing", "planned", "aspiration")
DONE, INTENDED = STAGES_FURTHEST_FIRST[:2], STAGES_FURTHEST_FIRST[2:]
"""Stages of what is delivered or under way, and of what is only meant to come."""

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Body:
    """An entity by its name; no id where a person wrote the name."""

    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that a passage names, or refers to by such words as "the Trust", at its characters."""

    entity: Body
    kind: str
    """person, organisation or initiative."""
    start: int
    end: int
    surface: str
    owner: Body | None = None
    """The body that an initiative belongs to, where that is known."""
    is_reference: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a passage at its characters; since and until are dates as exact as the text."""

    start: int
    end: int
    value: float | None
    unit: str | None
    what: str | None
    period: str | None
    since: str | None = None
    until: str | None = None
    bound: str | None = None
    """over, under or about, where the number is not meant exactly."""


@dataclass(frozen=True, slots=True)
class Filing:
    """A goal that a passage serves: decided by a person, or proposed."""

    goal: str
    """Id of the goal."""
    verdict: str
    """accepted, changed, added or proposed."""
    stage: str = ""
    score: float | None = None
    evidence: tuple[Offsets, ...] = ()
    reason: str = ""
    second_goal: str | None = None
    second_score: float | None = None
    changed_from: str | None = None
    """The goal that was proposed, where a person changed it."""
    best_practice: bool = False
    reviewer: str | None = None
    note: str | None = None
    decided_at: str | None = None
    decision: int | None = None
    """Number of the first decision on this passage and goal: the order in which things were decided."""

    @property
    def is_decided(self) -> bool:
        return self.verdict != PROPOSED


@dataclass(frozen=True, slots=True)
class Origin:
    """The document that a passage stands in."""

    id: str
    title: str
    publisher: str | None = None
    published: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage of another document that says the same."""

    passage_id: str
    document: Origin
    page: int | None = None
    text: str = ""
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A passage that tells of something done or intended towards goals, with what it names."""

    passage_id: str
    text: str
    document: Origin
    filings: tuple[Filing, ...]
    kind: str = "body"
    heading: str | None = None
    page: int | None = None
    position: int = 0
    named: tuple[Named, ...] = ()
    numbers: tuple[Number, ...] = ()
    copies: tuple[Copy, ...] = ()
    seal: str | None = None
    """The fingerprint of the text as it was read."""
    copy_of: str | None = None
    """A passage of another document that says the same, and serves no goal itself."""

    @property
    def goals(self) -> tuple[str, ...]:
        return tuple(filing.goal for filing in self.filings)

    @property
    def first_decision(self) -> int | None:
        return min((filing.decision for filing in self.filings if filing.decision is not None), default=None)

    def of_kind(self, kind: str) -> tuple[Named, ...]:
        return tuple(named for named in self.named if named.kind == kind)


@dataclass(frozen=True, slots=True)
class Link:
    """Why two passages tell of one activity: the rule, its strength from 0 to 1, and the reason in words."""

    one: str
    other: str
    """Ids of two passages."""
    rule: str
    strength: float
    reason: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word on two passages; where two contradict each other, the later one wins."""

    together: bool
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person wrote in place of a field of the activity that a passage tells of; the last one counts."""

    passage_id: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Passages that tell of one activity, and the links that brought them together."""

    tellings: tuple[Telling, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """Words of a passage at their characters, or words that a person wrote (then without a passage)."""

    text: str
    passage_id: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as one passage gives it; `as_of` is the latest day that it can hold for, in ISO form, as exact as is known."""

    words: str
    value: float | None
    passage_id: str
    start: int
    end: int
    period: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, with its readings, the newest first."""

    what: str | None
    unit: str | None
    readings: tuple[Reading, ...]
    what_follows: bool = True
    """Whether the text has what is counted after the number."""

    @property
    def newest(self) -> Reading:
        return self.readings[0]

    @property
    def phrase(self) -> str:
        """The newest figure with what it counts, in the order of the text: 453 apprentices; turnover: 11.3 %."""
        if self.what is None:
            return self.newest.words
        return f"{self.newest.words} {self.what}" if self.what_follows else f"{self.what}: {self.newest.words}"


@dataclass(frozen=True, slots=True)
class Activity:
    """One initiative or act towards goals, with every passage that tells of it."""

    id: str
    framework: str
    status: str
    """reviewed or proposed."""
    title: str
    goals: tuple[str, ...]
    """Ids of the goals that it serves, the main one first."""
    stage: str
    """The furthest that a passage gives evidence of; empty where none is told."""
    tellings: tuple[Telling, ...]
    """The passage that tells most first; at least one."""
    initiative: Body | None = None
    owner: Body | None = None
    partners: tuple[Body, ...] = ()
    beneficiaries: tuple[Detail, ...] = ()
    places: tuple[Detail, ...] = ()
    region: str = ""
    period: Detail | None = None
    outcome: Detail | None = None
    figures: tuple[Measure, ...] = ()
    best_practice: bool = False
    why: tuple[str, ...] = ()
    """Why its passages were taken for one activity."""
    edited: frozenset[str] = frozenset()
    """The fields that a person wrote."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Reviewers' notes by passage."""

    @property
    def goal(self) -> str:
        return self.goals[0]

    @property
    def is_reviewed(self) -> bool:
        return self.status == REVIEWED

    @property
    def main(self) -> Telling:
        return self.tellings[0]

    @property
    def passages(self) -> tuple[str, ...]:
        return tuple(telling.passage_id for telling in self.tellings)

    @property
    def documents(self) -> tuple[Origin, ...]:
        """All documents that tell of it, copies included, each once."""
        told = (
            document for one in self.tellings for document in (one.document, *(copy.document for copy in one.copies))
        )
        return tuple({document.id: document for document in told}.values())

    @property
    def citations(self) -> int:
        """Passages that tell of it, copies included."""
        return sum(1 + len(telling.copies) for telling in self.tellings)

    def filings(self, goal: str | None = None) -> tuple[Filing, ...]:
        """What was decided or proposed of its passages, under one goal or all."""
        return tuple(
            filing for telling in self.tellings for filing in telling.filings if goal is None or filing.goal == goal
        )
