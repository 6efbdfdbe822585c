"""When to stop: what a sample says of each goal of a framework, and what would tell more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from goalmap.classify.measuring.measures import plain
from goalmap.classify.measuring.recall import CONFIDENCE, TARGET, Recall, Sighted, further, recall


@dataclass(frozen=True, slots=True)
class Sample:
    """The passages of a framework, those that were drawn at random, and what they showed of each goal, by id."""

    framework: str
    name: str
    labels: Mapping[str, str]
    goals: Mapping[str, Sighted]
    together: Sighted
    """All goals taken together."""
    passages: int
    drawn: int
    answered: int
    unframed: int = 0
    """Passages that came after the last draw."""
    looks: int = 0
    """How often passages were drawn."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether enough was found, and if not, what is in the way: proposals to decide, passages to draw."""

    recall: Recall
    waiting: int
    may_stop: bool
    draw: int | None
    """About how many more passages to draw once all proposals are decided; None where that cannot be told."""

    def to_dict(self) -> dict[str, Any]:
        parts = {"may_stop": self.may_stop, "waiting": self.waiting, "draw": self.draw}
        return {**self.recall.to_dict(), **parts}


@dataclass(frozen=True, slots=True)
class Stopping:
    """The verdict on each goal of a framework, by id, and on all goals together."""

    sample: Sample
    target: float
    confidence: float
    together: Verdict
    goals: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def unanswered(self) -> int:
        return self.sample.drawn - self.sample.answered

    @property
    def may_stop(self) -> tuple[str, ...]:
        """The goals for which enough was found."""
        return tuple(goal for goal, verdict in self.goals.items() if verdict.may_stop)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        counts = ("framework", "name", "passages", "drawn", "answered", "unframed", "looks")
        return {
            **{name: getattr(self.sample, name) for name in counts},
            "target": self.target,
            "confidence": self.confidence,
            "all": self.together.to_dict(),
            "goals": {
                goal: {"label": self.sample.labels[goal], **plain(verdict)} for goal, verdict in self.goals.items()
            },
        }


def stopping(sample: Sample, target: float = TARGET, confidence: float = CONFIDENCE) -> Stopping:
    """What a sample says; nobody may stop while drawn passages wait, for those that wait may be the telling ones."""
    together, *each = (
        _verdict(sample, sighted, target, confidence) for sighted in (sample.together, *sample.goals.values())
    )
    return Stopping(sample, target, confidence, together, dict(zip(sample.goals, each, strict=True)))


def _verdict(sample: Sample, sighted: Sighted, target: float, confidence: float) -> Verdict:
    told = recall(sighted, confidence, sample.looks)
    reached = told.reaches(target)
    more = 0 if reached else further(sighted, target, confidence, sample.looks)
    return Verdict(told, sighted.waiting, reached and sample.drawn == sample.answered, more)
