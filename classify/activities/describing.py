"""What is told of an activity, from the passages that were brought together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from goalmap.classify.activities.model import (
    PROPOSED,
    REVIEWED,
    STAGES_FURTHEST_FIRST,
    Activity,
    Edit,
    Group,
    Telling,
)
from goalmap.classify.activities.numbers import figures_of

Identify = Callable[..., str]
"""A prefix and parts to an id that depends on them alone."""


def describe(group: Group, framework: str, edits: Sequence[Edit], identify: Identify) -> Activity:
    """The activity that a group's passages tell of, a person's words in place of what was found."""
    tellings = tuple(sorted(group.tellings, key=_weight))
    goals = _goals(tellings)
    initiative = next((named.entity for one in tellings for named in one.of_kind("initiative")), None)
    return Activity(
        id=identify("a", framework, _anchor(tellings).passage_id),
        framework=framework,
        status=REVIEWED if any(filing.verdict != PROPOSED for one in tellings for filing in one.filings) else PROPOSED,
        title=initiative.name if initiative else tellings[0].text[:80],
        goals=goals,
        stage=_furthest(filing.stage for one in tellings for filing in one.filings),
        tellings=tellings,
        initiative=initiative,
        figures=figures_of(tellings),
        best_practice=any(filing.best_practice for one in tellings for filing in one.filings),
        why=tuple(dict.fromkeys(link.reason for link in group.links)),
    )


def _weight(telling: Telling) -> tuple[object, ...]:
    """The passage that tells most stands first: marked as best practice, the likeliest, with figures; then any order that stays."""
    best = any(filing.best_practice for filing in telling.filings)
    score = max((filing.score or 0 for filing in telling.filings), default=0)
    return not best, -score, -len(telling.numbers), telling.document.published or "9", telling.passage_id


def _anchor(tellings: Iterable[Telling]) -> Telling:
    """The passage that was decided on first, so that an activity keeps its id when more is told of it."""
    return min(
        tellings, key=lambda one: (one.first_decision or float("inf"), one.document.published or "9", one.passage_id)
    )


def _goals(tellings: Sequence[Telling]) -> tuple[str, ...]:
    """The goals, the one that most passages serve first; of equals the likeliest."""
    counts: defaultdict[str, float] = defaultdict(float)
    for telling in tellings:
        for filing in telling.filings:
            counts[filing.goal] += 1 + (filing.score or 0) / 1000
    return tuple(sorted(counts, key=lambda goal: (-counts[goal], goal)))


def _furthest(stages: Iterable[str]) -> str:
    found = set(stages)
    return next((stage for stage in STAGES_FURTHEST_FIRST if stage in found), "")
