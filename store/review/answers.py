"""What reviewers write in a queue's cells, understood: verdicts, goals, stages and flags in the forms that people use."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goalmap.ingest.errors import GoalmapError
from goalmap.store.decisions import STAGES, Answer
from goalmap.store.review.columns import ANSWERS
from goalmap.store.sheets.parts import Formula
from goalmap.store.sheets.sheet import plain
from goalmap.store.sheets.text import survives

UNDONE = "undo"
"""The verdict of a row by which a decision is taken back; none that a decision has."""
VERDICTS = {
    **dict.fromkeys(("a", "accept", "accepted", "y", "yes", "ok"), "accepted"),
    **dict.fromkeys(("r", "reject", "rejected", "n", "no"), "rejected"),
    **dict.fromkeys(("c", "change", "changed"), "changed"),
    **dict.fromkeys(("add", "added"), "added"),
    **dict.fromkeys(("u", "undo", "undone", "withdraw", "withdrawn"), UNDONE),
    "": "",
}
FLAGS = {
    **dict.fromkeys(("y", "yes", "1", "true", "x", "✓"), True),
    **dict.fromkeys(("", "n", "no", "0", "false"), False),
}
BLANKED = (
    "the verdict is blank, but at the export it was {}; write undo to take the decision back, accept, reject or change "
    "to change it, or put {} back"
)
NO_VERDICT = "the row has an answer but no verdict; write accept, reject, change or add"
UNDO_ALONE = "undo takes the whole decision back; {} cannot be changed with it: put back what was there"
NO_SUCH_VERDICT = "no verdict is called {!r}; write accept, reject, change, add or undo, or leave it blank"
IS_FORMULA = "{} is a formula ({}), which is not worked out; write the answer itself"
TOO_LONG = "the {} has {:,} characters; at most {:,} are kept"
MOST_CHARACTERS = 100_000
MOST_CODES = 25
"""Goals that are listed where one is not found."""
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
        if (id := self.ids.get((framework, text.casefold()))) is not None:
            return id
        for form in _readings(text):
            if id := self.ids.get((framework, form)):
                return id
        raise Fault(f"no goal is called {text[:60]!r}; there are: {_listed(self.codes.get(framework, ()))}")


def _listed(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - MOST_CODES:,} more" if len(codes) > MOST_CODES else ""
    return ", ".join(codes[:MOST_CODES]) + more


def _forms_of(goal: Mapping[str, Any]) -> tuple[str, ...]:
    code, name = goal["code"], goal["name"]
    return code, name, f"{code} {name}", f"{code}. {name}", f"{code}: {name}", goal["id"]


def _readings(text: str) -> Iterable[str]:
    """The text itself, then without what people and spreadsheets add: Goal 08, G8, 8.0, 4,1."""
    said = " ".join(text.casefold().split())
    number = re.sub(r"^(?:goal|g|sdg|mission)\s*(?=\d)", "", said)
    code = number.replace(",", ".")
    yield from (said, number, code, code.lstrip("0"), re.sub(r"\.0+$", "", code.lstrip("0")))


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is needed to understand a row: the goals there are, who speaks where no name is given, how the file was read."""

    goals: Goals
    reviewer: str
    encoding: str | None = None
    """The encoding that was guessed, where it was; what it cannot write is taken as it was."""


def answer_in(cells: Mapping[str, str], base: Answer, proposed: str, hearing: Hearing) -> Answer:
    """What a row says; a column that was taken out of the file says what was exported. Raises Fault."""
    said = _said(cells, base, proposed, hearing)
    if replace(said, reviewer=base.reviewer) == base:
        return base
    if not said.verdict:
        raise Fault(BLANKED.format(base.verdict, base.verdict) if base.verdict else NO_VERDICT)
    return replace(said, reviewer=said.reviewer or hearing.reviewer)


def _said(cells: Mapping[str, str], base: Answer, proposed: str, hearing: Hearing) -> Answer:
    framework = proposed.rpartition("/")[0]
    goal = hearing.goals.find(cells["goal"], framework) if cells.get("goal") else base.goal_id
    verdict = verdict_in(cells)
    said = Answer(
        verdict=verdict,
        goal_id=goal,
        stage=stage_in(cells) or base.stage,
        best_practice=flag_in(cells) if "best_practice" in cells else base.best_practice,
        note=words_in(cells, "note", base.note, hearing),
        reviewer=words_in(cells, "reviewer", base.reviewer, hearing, otherwise=""),
    )
    if verdict == UNDONE:
        return _undone(said, base)
    verdict = _meant(verdict, goal, proposed, base)
    return replace(said, verdict=verdict, goal_id=proposed if verdict == "rejected" else goal)


def _undone(said: Answer, base: Answer) -> Answer:
    """The decision that was shown, taken back. Raises Fault where the row changes anything else."""
    for name in ("goal_id", "stage", "best_practice", "note"):
        if getattr(said, name) != getattr(base, name):
            raise Fault(UNDO_ALONE.format(name.removesuffix("_id").replace("_", " ")))
    return said


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


# Cells


def check_written(cells: Mapping[str, str]) -> None:
    """Raises Fault for a formula in the place of an answer, and for a note that nobody wrote by hand."""
    for name in ANSWERS:
        cell = cells.get(name, "")
        if isinstance(cell, Formula):
            raise Fault(IS_FORMULA.format(name, cell[:40]))
        if len(cell) > MOST_CHARACTERS:
            raise Fault(TOO_LONG.format(name, len(cell), MOST_CHARACTERS))


def verdict_in(cells: Mapping[str, str]) -> str:
    """Raises Fault."""
    word = cells["verdict"].strip().casefold()
    if word not in VERDICTS:
        raise Fault(NO_SUCH_VERDICT.format(cells["verdict"][:60]))
    return VERDICTS[word]


def stage_in(cells: Mapping[str, str]) -> str:
    """Raises Fault."""
    text = cells.get("stage", "")
    word = text.strip().casefold()
    if word not in ("", *STAGES):
        raise Fault(f"no stage is called {text[:60]!r}; there are: {', '.join(STAGES)}")
    return word


def flag_in(cells: Mapping[str, str]) -> bool:
    """Whether it is best practice. Raises Fault."""
    text = cells.get("best_practice", "")
    word = text.strip().casefold()
    if word not in FLAGS:
        raise Fault(f"best_practice is {text[:60]!r}; write yes or leave it blank")
    return FLAGS[word]


def words_in(cells: Mapping[str, str], name: str, exported: str, hearing: Hearing, otherwise: str | None = None) -> str:
    """The text, or what was exported where the cell still shows it in the form that a cell and an encoding can hold."""
    text = cells.get(name, exported if otherwise is None else otherwise)
    shown = plain(exported).strip()
    is_same = text.strip() == shown or (hearing.encoding and survives(shown, text.strip(), hearing.encoding))
    return exported if is_same else text
