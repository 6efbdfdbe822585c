"""What differs between two frameworks or two versions of one, and which goal stands for which."""

from collections.abc import Iterator
from dataclasses import dataclass

from goalmap.classify.goals.frameworks import Crosswalk, Framework, Goal

TOLD = {
    "scope": "scope",
    "question": "question",
    "counts": "what counts",
    "excludes": "what does not count",
    "contrasts": "contrasts",
    "parent": "parent",
}
"""What makes a goal another one, though its name is the same, and how it is called."""


@dataclass(frozen=True, slots=True)
class Successor:
    """Where a decision on a goal of the old framework belongs in the new one; `to` is empty where the goal is gone."""

    code: str
    to: str
    relation: str
    stated: bool
    """Whether the new framework's file says so; else the goal has the same name, or the same code in the same framework."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The goals in which two frameworks differ, as people read them, and the way of the decisions."""

    old: str
    new: str
    added: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[str, ...]
    moved: tuple[str, ...]
    rescoped: tuple[str, ...]
    successors: tuple[Successor, ...]
    beside: tuple[str, ...] = ()
    """What the crosswalk of the old framework says of the new one's goals."""

    @property
    def by_kind(self) -> dict[str, tuple[str, ...]]:
        return {kind: getattr(self, kind) for kind in ("added", "gone", "renamed", "moved", "rescoped")}


def changes(old: Framework, new: Framework) -> Changes:
    """What became of the goals of one framework in another."""
    found = tuple(successors(old, new))
    pairs = [(old.goal(one.code), new.goal(one.to)) for one in found if one.to]
    reached = {one.to for one in found}
    return Changes(
        old=f"{old.id} {old.version}",
        new=f"{new.id} {new.version}",
        added=tuple(goal.label for goal in new.goals if goal.code not in reached),
        gone=tuple(old.goal(one.code).label for one in found if not one.to),
        renamed=tuple(f"{a.label} -> {b.name}" for a, b in pairs if a.code == b.code and a.name != b.name),
        moved=tuple(f"{a.label} -> {b.label}" for a, b in pairs if a.code != b.code),
        rescoped=tuple(f"{b.label}: {', '.join(_differing(a, b))}" for a, b in pairs if any(_differing(a, b))),
        successors=found,
        beside=tuple(f"{old.goal(row.code).label} is {_said(row)}" for row in old.crosswalk if row.framework == new.id),
    )


def _said(row: Crosswalk) -> str:
    """How a relation reads after "goal 4 is"."""
    words = {"same": "the same as", "related": "related to"}
    return f"{words.get(row.relation, f'{row.relation} than')} {row.to}"


def successors(old: Framework, new: Framework) -> Iterator[Successor]:
    """Where each goal of a framework went: as the new one's map says, else by its name, else by its code."""
    stated = [row for row in new.predecessors if row.framework == old.id and row.code in old.codes]
    by_name = {goal.name.casefold(): goal.code for goal in new.goals}
    for goal in old.goals:
        rows = [row for row in stated if row.code == goal.code]
        if rows:
            yield from (Successor(goal.code, row.to, row.relation, True) for row in rows)
            continue
        to = _heir(goal, old, new, by_name)
        yield Successor(goal.code, to, "same" if to else "gone", False)


def _heir(goal: Goal, old: Framework, new: Framework, by_name: dict[str, str]) -> str:
    """The goal that a goal became where no map says so: a code is proof only within one framework and its extensions."""
    if goal.code in new.codes and new.goal(goal.code).name.casefold() == goal.name.casefold():
        return goal.code
    if found := by_name.get(goal.name.casefold()):
        return found
    is_kin = bool({old.id, old.extends} & {new.id, new.extends} - {""})
    names = {other.name.casefold() for other in old.goals}
    is_free = goal.code in new.codes and new.goal(goal.code).name.casefold() not in names
    return goal.code if is_kin and is_free else ""


def _differing(old: Goal, new: Goal) -> list[str]:
    return [word for key, word in TOLD.items() if getattr(old, key) != getattr(new, key)]
