"""A framework file looked over: what keeps it from being used, and what would make it better."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goalmap.classify.goals import frameworks
from goalmap.classify.goals.cues import WORD
from goalmap.classify.goals.faults import Fault, Lines, strangers
from goalmap.classify.goals.frameworks import UNPUBLISHED, Framework, Goal
from goalmap.classify.goals.namings import GoalNames
from goalmap.ingest.errors import FrameworkProblem

FEW_EXEMPLARS = 3
FEW_NOTHING = 6
SHORT = 5
"""Words of an exemplar that is hardly a passage."""
SHOWN = 50
"""Characters of a text that is quoted."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What there is to say of a framework; none where faults keep it from being used."""

    name: str
    file: str
    framework: Framework | None
    faults: tuple[Fault, ...]
    advice: tuple[Fault, ...]

    @property
    def usable(self) -> Framework:
        """The framework. Raises FrameworkProblem."""
        if self.framework is None:
            raise FrameworkProblem(frameworks.wording_of(list(self.faults), self.name))
        return self.framework

    @property
    def needs_trial(self) -> bool:
        """Whether nobody has measured yet how well its goals can be told apart."""
        framework = self.usable
        return framework.model == framework.id and frameworks.is_file_name(self.file)


def checked(name: str) -> Checked:
    """The framework of that name or in that file, looked over. Raises NotFound, UnknownName or FrameworkProblem."""
    if not frameworks.is_file_name(name):
        return Checked(name, name, frameworks.load(name), (), tuple(advice(frameworks.load(name))))
    text = frameworks.text_of(Path(name))
    data = frameworks.values(text, name)
    if faults := frameworks.faults_in(data, text):
        return Checked(str(data.get("id", name)), name, None, tuple(faults), ())
    framework = frameworks.parse(data)
    return Checked(
        framework.id,
        name,
        framework,
        (),
        (*strangers(data, text), *_taken_id(framework), *advice(framework, data, text)),
    )


def advice(framework: Framework, data: Mapping[str, Any] | None = None, text: str = "") -> Iterator[Fault]:
    """What would make a framework better; of one that extends another, only what is its own."""
    own = framework.codes if data is None else [str(goal["code"]) for goal in data.get("goals", ())]
    look = _Look(framework, GoalNames(framework), {code: place for place, code in enumerate(own)}, Lines(text))
    yield from look.of_the_whole()
    for code in own:
        yield from look.of_goal(framework.goal(code))
    yield from look.of_shared_texts()
    yield from look.of_shared_cues()
    yield from look.of_relations()


def _taken_id(framework: Framework) -> Iterator[Fault]:
    if framework.id in frameworks.names():
        yield Fault(
            f"A framework that is shipped has the id {framework.id!r}: in one database they would be taken for one. "
            "Choose another id, unless this file is to stand in its place."
        )


@dataclass(frozen=True, slots=True)
class _Look:
    """A framework with the places of its own goals in its file."""

    framework: Framework
    names: GoalNames
    places: Mapping[str, int]
    lines: Lines

    def _of(self, code: str, what: str, words: str = "") -> Fault:
        return Fault(what, code, self.lines.of(words, self.places.get(code)))

    def of_the_whole(self) -> Iterator[Fault]:
        missed = [miss for goal in self.framework.goals for miss in goal.near_misses if not miss.goals]
        if len(self.framework.taught) < 2:
            yield Fault("Fewer than two goals can be learnt: write exemplars for two at least.")
        if len(self.framework.nothing) + len(missed) < FEW_NOTHING:
            yield Fault(
                "Few passages show what serves no goal, so that praise and background will be proposed. "
                f"Write {FEW_NOTHING} or more under `nothing`, better twenty.",
                "",
                self.lines.of("nothing"),
            )

    def of_goal(self, goal: Goal) -> Iterator[Fault]:
        if goal.status == UNPUBLISHED or (goal.parent and not goal.is_taught):
            return
        for key, what in self._lacking(goal):
            yield self._of(goal.code, what, key)
        for cue in sorted({*_folded(goal.cues)} & {*_folded(goal.not_cues)}):
            yield self._of(goal.code, f"“{cue}” is both a cue and a misleading phrase. Keep it in one list.", cue)
        for text in goal.exemplars:
            yield from self._of_exemplar(goal, text)

    def _lacking(self, goal: Goal) -> Iterator[tuple[str, str]]:
        number = len(goal.exemplars)
        if not goal.scope:
            yield "code", "It has no scope. Say in two or three sentences what the goal is about."
        if not goal.question:
            yield "code", "It has no question. Ask what a reviewer should ask of a passage."
        if not number and not self.framework.children(goal.code):
            yield "code", "It has no exemplars. Write passages that serve it, three at least; 15 are better."
        elif 0 < number < FEW_EXEMPLARS:
            yield "exemplars", f"It has too few exemplars ({number}). Write three at least; 15 are better."

    def _of_exemplar(self, goal: Goal, text: str) -> Iterator[Fault]:
        if text.strip().casefold() in _folded((goal.name, *goal.aliases)):
            yield self._of(
                goal.code, f"The exemplar {_quoted(text)} is the goal's name. Write a passage instead.", text
            )
        elif spans := self.names.spans(text):
            start, end = spans[0]
            what = f"The exemplar {_quoted(text)} names a goal (“{text[start:end]}”), which is no evidence. Reword it."
            yield self._of(goal.code, what, text)
        elif len(WORD.findall(text)) < SHORT:
            yield self._of(goal.code, f"The exemplar {_quoted(text)} is very short. Write it as reports put it.", text)

    def of_shared_texts(self) -> Iterator[Fault]:
        """Texts that teach two things that exclude each other."""
        roles: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for goal in self.framework.goals:
            for text in goal.exemplars:
                roles[text.strip()].append((goal.code, f"an exemplar of {goal.code}"))
            for miss in goal.near_misses:
                roles[miss.text.strip()].append((goal.code, f"a near miss of {goal.code}"))
        for text in self.framework.nothing:
            roles[text.strip()].append(("", "a text that serves nothing"))
        for text, found in roles.items():
            told = [role for _, role in found]
            if any(role.startswith("an exemplar") for role in told) and len(told) > 1:
                code = next((code for code, _ in found if code in self.places), "")
                what = (
                    f"{_quoted(text)} is {' and '.join(told)}. Keep it in one place; "
                    "a passage that serves two goals is a near miss with both: goals = [...]."
                )
                yield self._of(code, what, text)

    def of_shared_cues(self) -> Iterator[Fault]:
        """Cues that speak for two goals which no rule separates."""
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for goal in self.framework.goals:
            for cue in dict.fromkeys(_folded(goal.cues)):
                holders[cue].append(goal.code)
        for cue, codes in holders.items():
            for place, code in enumerate(codes):
                for other in codes[place + 1 :]:
                    if {code, other} & self.places.keys() and self.framework.rule_between(code, other) is None:
                        what = f"The cue “{cue}” speaks for goal {other} too. Say in a contrast what separates them."
                        yield self._of(code if code in self.places else other, what, cue)

    def of_relations(self) -> Iterator[Fault]:
        """What points at goals that are not there, or that nothing is ever proposed for."""
        taught = self.framework.taught
        for rule in self.framework.house_rules:
            for code in (rule.code, rule.to):
                if code not in taught:
                    what = f"A house rule names goal {code}, for which nothing is proposed: the rule has no effect."
                    yield Fault(what, "", self.lines.of("house_rules"))
        rows = [(row.framework, row.to) for row in self.framework.crosswalk]
        rows += [(row.framework, row.code) for row in self.framework.predecessors if row.code]
        for name, code in rows:
            if name in frameworks.names() and code not in frameworks.load(name).codes:
                yield Fault(f"A row points at goal {code} of {name}, which is not there.", "", self.lines.of(name))


def _folded(texts: tuple[str, ...]) -> list[str]:
    return [text.strip().casefold() for text in texts]


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= SHOWN else text[:SHOWN].rsplit(' ', 1)[0] + ' …'}”"
