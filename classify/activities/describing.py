"""What is told of an activity, from the passages that were brought together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from goalmap.classify.activities.circumstances import beneficiaries_of, outcome_of, period_of, places_of
from goalmap.classify.activities.editing import as_attributes, written
from goalmap.classify.activities.model import (
    PROPOSED,
    REVIEWED,
    STAGES_FURTHEST_FIRST,
    Activity,
    Body,
    Edit,
    Group,
    Telling,
)
from goalmap.classify.activities.numbers import figures_of
from goalmap.classify.activities.parties import owner_of, partners_of
from goalmap.classify.activities.regions import region_of
from goalmap.classify.activities.titles import act_sentence, initiative_of, title_of
from goalmap.extract.words import name_key

Identify = Callable[..., str]
"""A prefix and parts to an id that depends on them alone."""


def describe(group: Group, framework: str, edits: Sequence[Edit], identify: Identify) -> Activity:
    """The activity that a group's passages tell of, a person's words in place of what was found."""
    tellings = tuple(sorted(group.tellings, key=_weight))
    own = {telling.passage_id for telling in tellings}
    said = written(edit for edit in edits if edit.passage_id in own)
    return _told(group, tellings, identify("a", framework, _anchor(tellings).passage_id), framework, said)


def _told(group: Group, tellings: tuple[Telling, ...], id: str, framework: str, said: dict[str, Any]) -> Activity:
    initiative = initiative_of(tellings)
    act = act_sentence(tellings[0], initiative)
    owner = _known(said["owner"], tellings) if "owner" in said else owner_of(tellings, initiative, act)
    places = said["place"] if "place" in said else places_of(tellings)
    found = Activity(
        id=id,
        framework=framework,
        status=REVIEWED if any(filing.verdict != PROPOSED for one in tellings for filing in one.filings) else PROPOSED,
        title=title_of(tellings, initiative, owner, act),
        goals=_goals(tellings),
        stage=_furthest(filing.stage for one in tellings for filing in one.filings),
        tellings=tellings,
        initiative=initiative,
        partners=partners_of(tellings, owner),
        beneficiaries=beneficiaries_of(tellings),
        region=region_of((place.text for place in places), owner.name if owner else ""),
        period=period_of(tellings),
        outcome=outcome_of(tellings),
        figures=figures_of(tellings),
        best_practice=any(filing.best_practice for one in tellings for filing in one.filings),
        why=tuple(dict.fromkeys(link.reason for link in group.links)),
        edited=frozenset(said),
        notes={one.passage_id: note for one in tellings if (note := _note(one))},
    )
    if "partners" in said:
        said = {**said, "partners": tuple(_known(body, tellings) for body in said["partners"])}
    as_said: dict[str, Any] = {**as_attributes(said), "owner": owner, "places": places}
    return replace(found, **as_said)


def _known(body: Body | None, tellings: Iterable[Telling]) -> Body | None:
    """The body of that name in the passages, else the name as a person wrote it."""
    if body is None:
        return None
    named = (named for one in tellings for named in one.of_kind("organisation"))
    key = name_key(body.name)
    return next((one.entity for one in named if key in (name_key(one.entity.name), name_key(one.surface))), body)


def _note(telling: Telling) -> str:
    return "; ".join(dict.fromkeys(filing.note for filing in telling.filings if filing.note))


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
