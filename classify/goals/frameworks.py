"""Goal frameworks: what the goals are, what counts for each, and what separates those that are easily confused."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from goalmap.classify.goals.faults import COUNTS, Fault, faults
from goalmap.ingest.errors import FrameworkProblem, NotFound, UnknownName

UNPUBLISHED = "unpublished scope"
"""The status of a goal of which only the name is known: nothing is proposed for it."""
INHERITED = ("publisher", "licence", "counts")
"""What a framework has from the one that it extends, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """What separates a goal from one that is easily taken for it."""

    goal: str
    rule: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A passage that is easily filed under the wrong goal, with those that it does serve, if any."""

    text: str
    goals: tuple[str, ...] = ()


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
    near_misses: tuple[NearMiss, ...] = ()
    contrasts: tuple[Contrast, ...] = ()

    @property
    def is_taught(self) -> bool:
        """Whether there is anything to know it by but its name."""
        return self.status != UNPUBLISHED and bool(self.exemplars or self.cues or self.scope)

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
class Predecessor:
    """What a goal `code` of an earlier framework became: `to` here; new and gone ones have one side alone."""

    framework: str
    code: str
    to: str
    relation: str


@dataclass(frozen=True, slots=True)
class HouseRule:
    """What was agreed in a house: where one of the phrases stands, goal `code` is goal `to`."""

    phrases: tuple[str, ...]
    code: str
    to: str
    note: str = ""


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
    predecessors: tuple[Predecessor, ...] = ()
    house_rules: tuple[HouseRule, ...] = ()
    extends: str = ""
    """The framework whose goals this one takes over."""
    model: str = ""
    """The framework whose trained model classifies for this one; its own id where it teaches something of its own."""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(goal.code for goal in self.goals)

    @property
    def taught(self) -> tuple[str, ...]:
        """The codes of the goals that a model can be taught; the others are there for a person to choose."""
        return tuple(goal.code for goal in self.goals if goal.is_taught)

    def goal(self, code: str) -> Goal:
        """The goal with that code. Raises UnknownName."""
        for goal in self.goals:
            if goal.code == code:
                return goal
        raise UnknownName(f"goal of {self.name}", code, self.codes)

    def children(self, code: str | None) -> tuple[Goal, ...]:
        """The goals right below one, or at the top."""
        return tuple(goal for goal in self.goals if goal.parent == code)

    def goal_id(self, code: str) -> str:
        return f"{self.id}/{code}"

    def rule_between(self, code: str, other: str) -> str | None:
        """The rule that separates two goals, whichever of them states it."""
        for one, two in ((code, other), (other, code)):
            for contrast in self.goal(one).contrasts:
                if contrast.goal == two:
                    return contrast.rule
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """A framework by its name or in a user's file, of which `toml` is the text."""

    framework: Framework
    toml: str | None = None


def names() -> tuple[str, ...]:
    """The frameworks there are."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _files() if "=" in file.read_text("utf-8")))


def _files() -> Iterator[Traversable]:
    return (
        file
        for file in resources.files("goalmap.models").iterdir()
        if file.name.endswith(".toml") and not file.name.endswith(".card.toml") and not _is_for_reports(file.name)
    )


def _is_for_reports(name: str) -> bool:
    """Whether it is the name of a report template, which stands beside the frameworks."""
    return name.startswith("report-")


def find(name: str) -> Found:
    """The framework in a TOML file, or the shipped one of that name. Raises NotFound, UnknownName or FrameworkProblem."""
    if not is_file_name(name):
        return Found(load(name))
    toml = text_of(Path(name))
    return Found(read(toml, name), toml)


def is_file_name(name: str) -> bool:
    """Whether a user means a file rather than a framework that is shipped."""
    return name.endswith(".toml") or "/" in name or "\\" in name


def text_of(path: Path) -> str:
    """What stands in a framework file. Raises NotFound or FrameworkProblem."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise NotFound(
            f"There is no file {str(path)!r}. Begin one with: goalmap frameworks new NAME -o {path}"
        ) from error
    except (UnicodeDecodeError, OSError) as error:
        raise FrameworkProblem(f"{path} cannot be read as text: {error}. Save it as UTF-8.") from error


@lru_cache
def load(name: str) -> Framework:
    """The framework of that name. Raises UnknownName or FrameworkProblem."""
    file = resources.files("goalmap.models") / f"{name}.toml"
    if is_file_name(name) or _is_for_reports(name) or not file.is_file():
        raise UnknownName("framework", name, names())
    return read(file.read_text("utf-8"), name)


def read(text: str, name: str = "in this file") -> Framework:
    """A framework from TOML. Raises FrameworkProblem or UnknownName."""
    return parse(values(text, name), text)


def values(text: str, name: str) -> dict[str, Any]:
    """What a TOML file holds. Raises FrameworkProblem."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # the second where it is nested too deep
        raise FrameworkProblem(
            f"The framework {name} is not TOML: {error}. Look for a quote or a comma that is missing there or just before."
        ) from error


def parse(data: Mapping[str, Any], text: str = "") -> Framework:
    """A framework from what its TOML file holds, checked; `text` is for the lines of faults.

    Raises FrameworkProblem or UnknownName.
    """
    found = faults_in(data, text)
    if found:
        raise FrameworkProblem(wording_of(found, str(data.get("id", "?"))))
    framework = _framework(data)
    return _extended(framework, load(framework.extends)) if framework.extends else framework


def faults_in(data: Mapping[str, Any], text: str = "") -> list[Fault]:
    """What keeps a framework from being used. Raises UnknownName where it extends one that is not there."""
    base = data.get("extends")
    return faults(data, load(base).codes if isinstance(base, str) else (), text)


def wording_of(found: list[Fault], name: str) -> str:
    """What is told of faults."""
    if len(found) == 1:
        return f"The framework {name} cannot be used: {found[0]}"
    return "\n".join([f"The framework {name} cannot be used:", *(f"- {fault}" for fault in found)])


def _framework(data: Mapping[str, Any]) -> Framework:
    base = load(data["extends"]) if "extends" in data else None
    inherited = {key: getattr(base, key) for key in INHERITED} if base else {"counts": COUNTS[0]}
    texts = {key: data[key] for key in (*INHERITED, "note") if key in data}
    lists: dict[str, Any] = {key: tuple(data.get(key, ())) for key in ("aliases", "sources", "nothing")}
    return Framework(
        id=data["id"],
        name=data["name"],
        version=str(data["version"]),
        goals=tuple(_goal(goal) for goal in data.get("goals", ())),
        crosswalk=tuple(Crosswalk(*_relation(row)) for row in data.get("crosswalk", ())),
        predecessors=tuple(Predecessor(*_relation(row)) for row in data.get("predecessors", ())),
        house_rules=tuple(
            HouseRule(tuple(row["phrases"]), str(row["from"]), str(row["to"]), row.get("note", ""))
            for row in data.get("house_rules", ())
        ),
        extends=data.get("extends", ""),
        model=data["id"],
        **{**inherited, **texts},
        **lists,
    )


def _relation(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    return row["framework"], str(row["from"]), str(row["to"]), row["relation"]


def _goal(data: Mapping[str, Any]) -> Goal:
    texts = {key: data.get(key, "").strip() for key in ("family", "scope", "question")}
    lists: dict[str, Any] = {
        key: tuple(data.get(key, ())) for key in ("aliases", "counts", "excludes", "cues", "not_cues", "exemplars")
    }
    return Goal(
        str(data["code"]),
        data["name"],
        parent=str(data["parent"]) if data.get("parent") else None,
        status=data.get("status"),
        contrasts=tuple(Contrast(str(row["goal"]), row["rule"]) for row in data.get("contrasts", ())),
        near_misses=tuple(
            NearMiss(row["text"], tuple(map(str, row.get("goals", ())))) for row in data.get("near_misses", ())
        ),
        **texts,
        **lists,
    )


def _extended(framework: Framework, base: Framework) -> Framework:
    """The framework with all that it takes over: its own goals stand in the place of those with their codes."""
    own = {goal.code: goal for goal in framework.goals}
    added = tuple(goal for goal in framework.goals if goal.code not in base.codes)
    teaches = framework.nothing or any(
        goal.is_taught or (goal.code in base.codes and base.goal(goal.code).is_taught) for goal in framework.goals
    )
    return replace(
        framework,
        aliases=tuple(dict.fromkeys((*framework.aliases, base.name, *base.aliases))),
        goals=(*(own.get(goal.code, goal) for goal in base.goals), *added),
        nothing=base.nothing + framework.nothing,
        crosswalk=base.crosswalk + framework.crosswalk,
        house_rules=base.house_rules + framework.house_rules,
        model=framework.id if teaches else base.model,
    )
