"""Goal frameworks: what the goals are, what counts for each, and what separates those that are easily confused."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from goalmap.ingest.errors import FrameworkProblem, UnknownName

COUNTS = ("activities", "topics")


@dataclass(frozen=True, slots=True)
class Contrast:
    """What separates a goal from one that is easily taken for it."""

    goal: str
    rule: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal; scope, cues and exemplars are our own words."""

    code: str
    name: str
    family: str = ""
    parent: str | None = None
    status: str | None = None
    aliases: tuple[str, ...] = ()
    scope: str = ""
    question: str = ""
    counts: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    not_cues: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    contrasts: tuple[Contrast, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A goal of this framework beside a goal of another: same, broader, narrower or related, read from left to right."""

    framework: str
    code: str
    to: str
    relation: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A set of goals with its version; `counts` says whether a passage must report an activity or only be on the topic."""

    id: str
    name: str
    version: str
    goals: tuple[Goal, ...]
    counts: str = "activities"
    publisher: str = ""
    licence: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    """Texts that name the goals' themes and serve none."""
    crosswalk: tuple[Crosswalk, ...] = ()
    model: str = ""
    """The framework whose trained model classifies for this one."""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(goal.code for goal in self.goals)

    def goal(self, code: str) -> Goal:
        """The goal with that code. Raises UnknownName."""
        for goal in self.goals:
            if goal.code == code:
                return goal
        raise UnknownName(f"goal of {self.name}", code, self.codes)

    def goal_id(self, code: str) -> str:
        return f"{self.id}/{code}"

    def rule_between(self, code: str, other: str) -> str | None:
        """The rule that separates two goals, whichever of them states it."""
        for one, two in ((code, other), (other, code)):
            for contrast in self.goal(one).contrasts:
                if contrast.goal == two:
                    return contrast.rule
        return None


def names() -> tuple[str, ...]:
    """The frameworks there are."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _files() if "=" in file.read_text("utf-8")))


def _files() -> Iterator[Traversable]:
    return (
        file
        for file in resources.files("goalmap.models").iterdir()
        if file.name.endswith(".toml") and not file.name.endswith(".card.toml")
    )


@lru_cache
def load(name: str) -> Framework:
    """The framework of that name. Raises UnknownName or FrameworkProblem."""
    file = resources.files("goalmap.models") / f"{name}.toml"
    if "/" in name or not file.is_file():
        raise UnknownName("framework", name, names())
    try:
        return parse(tomllib.loads(file.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise FrameworkProblem(f"The framework {name} is not TOML: {error}.") from error


def parse(data: dict[str, Any]) -> Framework:
    """A framework from what its TOML file holds, checked. Raises FrameworkProblem."""
    missing = [key for key in ("id", "name", "version", "goals") if not data.get(key)]
    if missing:
        raise FrameworkProblem(f"The framework {data.get('id', '?')} lacks {', '.join(missing)}.")
    goals = tuple(_goal(goal, data["id"]) for goal in data["goals"])
    framework = Framework(
        id=data["id"],
        name=data["name"],
        version=str(data["version"]),
        goals=goals,
        counts=data.get("counts", "activities"),
        publisher=data.get("publisher", ""),
        licence=data.get("licence", ""),
        note=data.get("note", ""),
        aliases=tuple(data.get("aliases", ())),
        sources=tuple(data.get("sources", ())),
        nothing=tuple(data.get("nothing", ())),
        crosswalk=tuple(
            Crosswalk(row["framework"], row["from"], row["to"], row["relation"]) for row in data.get("crosswalk", ())
        ),
        model=data["id"],
    )
    framework = _extended(framework, load(data["extends"])) if "extends" in data else framework
    _check(framework)
    return framework


def _goal(data: dict[str, Any], framework: str) -> Goal:
    lists: dict[str, Any] = {
        key: tuple(data.get(key, ())) for key in ("aliases", "counts", "excludes", "cues", "not_cues", "exemplars")
    }
    try:
        contrasts = tuple(Contrast(row["goal"], row["rule"]) for row in data.get("contrasts", ()))
        texts = {key: data.get(key, "").strip() for key in ("family", "scope", "question")}
        return Goal(
            str(data["code"]),
            data["name"],
            parent=data.get("parent"),
            status=data.get("status"),
            contrasts=contrasts,
            **texts,
            **lists,
        )
    except KeyError as error:
        raise FrameworkProblem(f"A goal of {framework} lacks {error}.") from error


def _extended(framework: Framework, base: Framework) -> Framework:
    new = {goal.code: goal for goal in framework.goals}
    kept = tuple(goal for goal in base.goals if goal.code not in new)
    return replace(
        framework,
        goals=kept + framework.goals,
        nothing=base.nothing + framework.nothing,
        crosswalk=base.crosswalk,
        model=base.model,
    )


def _check(framework: Framework) -> None:
    codes = framework.codes
    if len(set(codes)) < len(codes):
        raise FrameworkProblem(f"The framework {framework.id} has two goals with the same code.")
    if framework.counts not in COUNTS:
        raise FrameworkProblem(
            f"The framework {framework.id} counts {framework.counts!r}; it must count {' or '.join(COUNTS)}."
        )
    for goal in framework.goals:
        unknown = [contrast.goal for contrast in goal.contrasts if contrast.goal not in codes]
        if unknown or (goal.parent and goal.parent not in codes):
            raise FrameworkProblem(
                f"Goal {goal.code} of {framework.id} points at goals that are not there: {', '.join(unknown) or goal.parent}."
            )
