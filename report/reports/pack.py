"""Evidence packs: all that stands behind one initiative, or one activity, and a goal, for one page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.classify.activities.model import Activity
from goalmap.extract.words import name_key
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.draft.model import Draft, Notice, plain
from goalmap.report.evidence import Evidence, find_evidence
from goalmap.report.material import Material
from goalmap.report.scope import find_goals
from goalmap.report.sections.pack import page, sheet
from goalmap.store.contents.people import Told, ties

MOST_NAMES = 25


@dataclass(frozen=True, slots=True)
class Subject:
    """What a pack is about: the activities of an initiative, or one activity."""

    name: str
    activities: tuple[Activity, ...]

    @property
    def proposed(self) -> bool:
        return not any(one.is_reviewed for one in self.activities)


@dataclass(frozen=True)
class Shelf:
    """What packs are made from."""

    material: Material
    posts: Mapping[str, Sequence[Told]]
    """Posts by the document that tells them."""
    goal: str | None = None
    """Id of the goal that the packs are for; all goals without one."""

    @property
    def evidence(self) -> Evidence:
        return self.material.evidence


def find_shelf(
    db: Database,
    made_on: str,
    goal: str | None = None,
    framework: str = "purpose-goals",
    organisation: str | None = None,
) -> Shelf:
    """The shelf that packs of a database are taken from. Raises NotFound, UnknownName or NotVerbatim."""
    evidence = find_evidence(db, organisation, None, framework)
    wanted = find_goals(db, evidence.framework, goal)[0].id if goal else None
    posts: dict[str, list[Told]] = defaultdict(list)
    for one in ties(db):
        if one.relation == "role":
            posts[one.document_id].append(one)
    return Shelf(Material(db, evidence, made_on), posts, wanted)


# What packs are about


def by_initiative(shelf: Shelf, name: str) -> Subject:
    """The initiative of that name. Raises UnknownName with those there are, NotFound where none serves the goal."""
    key = name_key(name)
    found = [one for one in shelf.evidence.activities if one.initiative]
    names = sorted({one.initiative.name for one in found if one.initiative}, key=str.casefold)
    called = [other for other in names if name_key(other) == key] or [
        other for other in names if key and key in name_key(other)
    ]
    if len(called) != 1:
        raise UnknownName("single initiative with activities", name, (called or names)[:MOST_NAMES])
    return _serving(shelf, called[0], [one for one in found if one.initiative and one.initiative.name == called[0]])


def by_activity(shelf: Shelf, id: str) -> Subject:
    """The activity with that id. Raises NotFound."""
    found = [one for one in shelf.evidence.activities if one.id == id]
    if not found:
        raise NotFound(f"There is no activity {id!r}. The activity map lists them: goalmap report map -o map.csv")
    return _serving(shelf, found[0].title, found)


def all_initiatives(shelf: Shelf) -> tuple[Subject, ...]:
    """Every initiative with reviewed activities, by name. Raises NotFound where there is none."""
    found: dict[str, list[Activity]] = defaultdict(list)
    for one in shelf.evidence.reviewed:
        if one.initiative and (shelf.goal is None or shelf.goal in one.goals):
            found[one.initiative.name].append(one)
    if not found:
        raise NotFound(
            "No initiative has a reviewed activity yet. Review some first (goalmap review export queue.csv), or make the pack of"
            " one with --initiative NAME."
        )
    return tuple(Subject(name, tuple(found[name])) for name in sorted(found, key=lambda name: (name.casefold(), name)))


def _serving(shelf: Shelf, name: str, found: Sequence[Activity]) -> Subject:
    """What was decided on it, or what is proposed where nothing was; only what serves the goal that is asked for."""
    serving = [one for one in found if shelf.goal is None or shelf.goal in one.goals]
    if not serving:
        label = shelf.material.label(shelf.goal or "")
        others = "; ".join(dict.fromkeys(shelf.material.label(id) for one in found for id in one.goals))
        raise NotFound(f"{name} has no evidence for {label}. It serves: {others}.")
    return Subject(name, tuple(one for one in serving if one.is_reviewed) or tuple(serving))


# The draft


def pack(shelf: Shelf, subject: Subject) -> Draft:
    """The pack of an initiative or activity: what it is, who leads it, for whom, how far, with which figures, in whose words."""
    goals = _goals(shelf, subject)
    return Draft(
        kind="pack",
        title=subject.name,
        subtitle=f"Evidence for {'; '.join(shelf.material.label(id) for id in goals)} ({shelf.evidence.framework.title})",
        made_on=shelf.material.made_on,
        sections=tuple(page(shelf.material, subject.activities, shelf.posts, shelf.goal)),
        notices=tuple(_notices(subject)),
        data=_data(shelf, subject, goals),
        rows=sheet(subject.activities, shelf.material.label),
    )


def _goals(shelf: Shelf, subject: Subject) -> tuple[str, ...]:
    return (shelf.goal,) if shelf.goal else tuple(dict.fromkeys(id for one in subject.activities for id in one.goals))


def _notices(subject: Subject) -> Iterator[Notice]:
    if subject.proposed:
        yield Notice(plain("Nobody has decided on this yet: everything here is proposed by goalmap."), "warning")


def _data(shelf: Shelf, subject: Subject, goals: Iterable[str]) -> dict[str, Any]:
    return {
        "name": subject.name,
        "framework": shelf.evidence.framework.id,
        "made_on": shelf.material.made_on,
        "goals": list(goals),
        "activities": [
            {
                "id": one.id,
                "title": one.title,
                "status": one.status,
                "stage": one.stage or None,
                "goals": list(one.goals),
                "citations": list(one.passages),
            }
            for one in subject.activities
        ],
    }
