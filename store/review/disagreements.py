"""How far the readers of a reading agree, and where they do not: what a third person settles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlite_utils import Database

from goalmap.classify.measuring.agreement import LEAST, Agreement, Unit, agreement_of
from goalmap.classify.measuring.measures import plain
from goalmap.store.decisions import Slot, answer_of, slot_of
from goalmap.store.review.readings import (
    REJECTED,
    BlindReading,
    Read,
    Recorded,
    Said,
    agreed,
    counted,
    is_free,
    on_record,
    said,
    slots_read,
)

PARTS = {"verdict": "verdict", "goal": "goal", "stage": "stage", "best practice": "best_practice"}
RECORD = "record"
"""What a disagreement is with that the readers do not have among themselves."""
TWICE_DECIDED = """
select d.*, pr.stage proposed_stage from decisions d
left join proposals pr on pr.passage_id = d.passage_id and pr.goal_id = d.proposed_goal_id
where coalesce(d.reviewer, '') <> '' and d.source not like 'carried over from %' and d.source not like 'reading %: agreed'
    and exists (
        select 1 from decisions o where o.passage_id = d.passage_id and o.proposed_goal_id = d.proposed_goal_id
        and o.reviewer <> d.reviewer and o.source not like 'carried over from %')
order by d.id
"""


@dataclass(frozen=True, slots=True)
class Sayings:
    """What readers said of one proposal, in their order."""

    passage: str
    goal: str
    said: tuple[Said | None, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A proposal on which the readers differ, or on which they agree but the record says otherwise."""

    read: Read
    differ_in: tuple[str, ...]
    recorded: Recorded | None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        passage, goal = self.read.slot
        answers = {name: {**plain(given.answer), "answered_at": given.at} for name, given in self.read.given.items()}
        record = self.recorded and {**plain(self.recorded.answer), "decided_at": self.recorded.at}
        return {
            "passage_id": passage, "passage": self.read.text, "goal_id": goal, "differ_in": self.differ_in, "answers": answers, "on_record": record,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """How far two people or more agree, question by question, and goal by goal on whether the proposed one is right."""

    questions: dict[str, Agreement]
    goals: dict[str, Agreement]
    """Of goals that were judged often enough, by id."""


@dataclass(frozen=True, slots=True)
class Account:
    """How a reading stands."""

    reading: BlindReading
    answered: dict[str, int]
    """How many of the proposals each reader has answered."""
    complete: int
    added: dict[str, int]
    """How many goals each reader added."""
    figures: Figures
    disagreements: tuple[Disagreement, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Successive:
    """How far two reviewers agree who decided on the same proposals on record, the second having seen the first."""

    first: str
    second: str
    figures: Figures


# A reading


def account_of(db: Database, begun: BlindReading) -> Account:
    """How a reading stands: who answered what, how far they agree, where they do not."""
    reads = slots_read(db, begun)
    proposed = [read for read in reads if not read.is_added]
    sayings = [Sayings(*read.slot, tuple(said(read, reader) for reader in begun.readers)) for read in proposed]
    return Account(
        begun,
        {reader: sum(reader in read.given for read in proposed) for reader in begun.readers},
        sum(read.is_complete for read in proposed),
        {reader: sum(_has_added(read, reader) for read in reads) for reader in begun.readers},
        figures_of(sayings),
        tuple(disagreements(db, begun, reads)),
    )


def _has_added(read: Read, reader: str) -> bool:
    return read.is_added and said(read, reader) not in (None, REJECTED)


def disagreements(db: Database, begun: BlindReading, reads: Iterable[Read]) -> list[Disagreement]:
    """Where all have answered and do not agree, with each other or with the record, and nobody settled it since."""
    complete = [read for read in reads if read.is_complete]
    record = on_record(db, [read.slot for read in complete])
    found = [
        Disagreement(read, _differ_in(read, begun, record.get(read.slot)), record.get(read.slot)) for read in complete
    ]
    return [one for one in found if one.differ_in and not _is_settled(one, begun)]


def _differ_in(read: Read, begun: BlindReading, recorded: Recorded | None) -> tuple[str, ...]:
    answers = {one for reader in begun.readers if (one := said(read, reader))}
    if len(answers) > 1:
        return _parts(answers)
    together = agreed(read, begun)
    is_otherwise = together and recorded and counted(recorded.answer, read.stage) != counted(together, read.stage)
    return (RECORD,) if is_otherwise and not is_free(recorded, begun) else ()


def _parts(answers: Iterable[Said]) -> tuple[str, ...]:
    """In which parts answers differ; where it is the verdict or the goal, the others are not looked at."""
    differing = [part for part, name in PARTS.items() if len({getattr(one, name) for one in answers}) > 1]
    if REJECTED in answers:
        return ("verdict",)
    return ("goal",) if "goal" in differing else tuple(differing)


def _is_settled(one: Disagreement, begun: BlindReading) -> bool:
    """Whether somebody decided on it after the last of the readers had answered."""
    if one.recorded is None or is_free(one.recorded, begun):
        return False
    return one.recorded.at >= max(given.at for given in one.read.given.values())


# What was decided twice on record


def twice_decided(db: Database) -> list[Successive]:
    """Reviewers who decided one after another on the same proposals, those with the most in common first."""
    pairs: dict[tuple[str, str], list[Sayings]] = {}
    for (passage, goal), answers in _by_reviewer(db).items():
        for (first, one), (second, other) in pairwise(answers.items()):
            pairs.setdefault((first, second), []).append(Sayings(passage, goal, (one, other)))
    ordered = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [Successive(first, second, figures_of(sayings)) for (first, second), sayings in ordered]


def _by_reviewer(db: Database) -> dict[Slot, dict[str, Said]]:
    """The last answer of each reviewer on each slot that several decided on, in the order in which they began."""
    answers: dict[Slot, dict[str, Said]] = {}
    for row in db.query(TWICE_DECIDED):
        answers.setdefault(slot_of(row), {})[row["reviewer"]] = counted(answer_of(row), row["proposed_stage"] or "")
    return answers


# Figures


def figures_of(sayings: Sequence[Sayings]) -> Figures:
    """The agreement on each question; goals with too few answers are left out."""
    goals = sorted({one.goal for one in sayings})
    by_goal = {goal: agreement_of(_units([one for one in sayings if one.goal == goal], is_right)) for goal in goals}
    return Figures(
        {question: agreement_of(_units(sayings, answer)) for question, answer in QUESTIONS.items()},
        {goal: found for goal, found in by_goal.items() if found.units >= LEAST},
    )


def _units(sayings: Iterable[Sayings], answer: "Answering") -> list[Unit]:
    return [Unit(tuple(given and answer(given, one.goal) for given in one.said), one.passage) for one in sayings]


def is_right(one: Said, proposed: str) -> str:
    """Whether an answer says that the passage serves the proposed goal."""
    return "yes" if one.goal == proposed else "no"


def goal_given(one: Said, proposed: str) -> str:
    """The goal that an answer gives the passage for the proposed one."""
    return one.goal or "none"


def stage_given(one: Said, proposed: str) -> str | None:
    """The stage that an answer gives; nothing where it gives no goal."""
    return one.stage if one.goal else None


def best_practice_given(one: Said, proposed: str) -> str | None:
    """Whether an answer marks best practice; nothing where it gives no goal."""
    return ("yes" if one.best_practice else "no") if one.goal else None


Answering = Callable[[Said, str], str | None]
QUESTIONS: dict[str, Answering] = {
    "right": is_right,
    "goal": goal_given,
    "stage": stage_given,
    "best_practice": best_practice_given,
}
"""What readers are compared on."""
