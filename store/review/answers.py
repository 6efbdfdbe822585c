"""What reviewers write in a queue's cells, understood: verdicts, goals, stages and flags in the forms that people use."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from goalmap.ingest.errors import GoalmapError
from goalmap.store.decisions import STAGES, Answer
from goalmap.store.sheet import plain

VERDICTS = {
    **dict.fromkeys(("a", "accept", "accepted", "y", "yes", "ok"), "accepted"),
    **dict.fromkeys(("r", "reject", "rejected", "n", "no"), "rejected"),
    **dict.fromkeys(("c", "change", "changed"), "changed"),
    **dict.fromkeys(("add", "added"), "added"),
    "": "",
}
FLAGS = {
    **dict.fromkeys(("y", "yes", "1", "true", "x", "✓"), True),
    **dict.fromkeys(("", "n", "no", "0", "false"), False),
}
WITHDRAWN = (
    "the verdict is blank, but at the export it was {}; an answer cannot be taken back, only changed: write accept, "
    "reject or change, or put {} back"
)
NO_VERDICT = "the row has an answer but no verdict; write accept, reject, change or add"
SAME_GOAL = "the verdict is {}, but the goal is the one that was proposed; write the code of the goal that you mean"
ANOTHER_GOAL = "the goal is not the one that was proposed, but the verdict is blank; write change or add"
VERBS = {"changed": "change", "added": "add"}


class Fault(GoalmapError):
    """A row that cannot be understood; becomes one line of the import's problems."""


class Goals:
    """The goals of each framework, by every way to write them."""

    def __init__(self, goals: Iterable[Mapping[str, Any]]) -> None:
        self.codes: dict[str, list[str]] = {}
        self.ids: dict[tuple[str, str], str] = {}
        for goal in goals:
            framework = goal["framework_id"]
            self.codes.setdefault(framework, []).append(goal["code"])
            for form in _forms_of(goal):
                self.ids.setdefault((framework, form.casefold()), goal["id"])

    def find(self, text: str, framework: str) -> str:
        """The id of the goal meant. Raises Fault."""
        for form in _readings(text):
            if id := self.ids.get((framework, form)):
                return id
        raise Fault(f"no goal is called {text!r}; there are: {', '.join(self.codes.get(framework, ()))}")


def _forms_of(goal: Mapping[str, Any]) -> tuple[str, ...]:
    code, name = goal["code"], goal["name"]
    return code, name, f"{code} {name}", f"{code}. {name}", f"{code}: {name}", goal["id"]


def _readings(text: str) -> Iterable[str]:
    """The text itself, then without what people and spreadsheets add: Goal 08, G8, 8.0, 4,1."""
    said = " ".join(text.casefold().split())
    number = re.sub(r"^(?:goal|g|sdg|mission)\s*(?=\d)", "", said)
    code = number.replace(",", ".")
    yield from (said, number, code, code.lstrip("0"), re.sub(r"\.0+$", "", code.lstrip("0")))


def answer_in(cells: Mapping[str, str], base: Answer, proposed: str, goals: Goals, reviewer: str) -> Answer:
    """What a row says; a column that was taken out of the file says what was exported. Raises Fault."""
    said = _said(cells, base, proposed, goals)
    if said.without_reviewer() == base.without_reviewer():
        return base
    if not said.verdict:
        raise Fault(WITHDRAWN.format(base.verdict, base.verdict) if base.verdict else NO_VERDICT)
    return replace(said, reviewer=said.reviewer or reviewer)


def _said(cells: Mapping[str, str], base: Answer, proposed: str, goals: Goals) -> Answer:
    goal = goals.find(cells["goal"], proposed.rpartition("/")[0]) if cells.get("goal") else base.goal_id
    verdict = _meant(_verdict(cells["verdict"]), goal, proposed, base)
    return Answer(
        verdict=verdict,
        goal_id=proposed if verdict == "rejected" else goal,
        stage=_stage(cells.get("stage", "")) or base.stage,
        best_practice=_flag(cells["best_practice"]) if "best_practice" in cells else base.best_practice,
        note=_words(cells.get("note", base.note), base.note),
        reviewer=_words(cells.get("reviewer", ""), base.reviewer),
    )


def _meant(verdict: str, goal: str, proposed: str, base: Answer) -> str:
    """The verdict that fits the goal beside it. Raises Fault where the two contradict each other."""
    if goal != proposed:
        return _meant_of_another(verdict, goal, base)
    if verdict == "changed" and base.goal_id != proposed:
        return "accepted"  # changed back
    if verdict in ("changed", "added") and base.verdict != verdict:
        raise Fault(SAME_GOAL.format(VERBS[verdict]))
    return verdict


def _meant_of_another(verdict: str, goal: str, base: Answer) -> str:
    if not verdict and goal != base.goal_id:
        raise Fault(ANOTHER_GOAL)
    return "changed" if verdict == "accepted" else verdict


def _verdict(text: str) -> str:
    word = text.strip().casefold()
    if word not in VERDICTS:
        raise Fault(f"no verdict is called {text!r}; write accept, reject, change or add, or leave it blank")
    return VERDICTS[word]


def _stage(text: str) -> str:
    word = text.strip().casefold()
    if word not in ("", *STAGES):
        raise Fault(f"no stage is called {text!r}; there are: {', '.join(STAGES)}")
    return word


def _flag(text: str) -> bool:
    word = text.strip().casefold()
    if word not in FLAGS:
        raise Fault(f"best_practice is {text!r}; write yes or leave it blank")
    return FLAGS[word]


def _words(text: str, exported: str) -> str:
    """The text, or what was exported where the cell still shows it in the form that a cell can hold."""
    return exported if text.strip() == plain(exported).strip() else text
