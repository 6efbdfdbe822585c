"""A framework tried out: taught on four fifths of its passages and asked about the rest, in turn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.model import training
from goalmap.classify.model.training import Labelled
from goalmap.classify.proposals import Classifier
from goalmap.ingest.errors import FrameworkProblem

FOLDS = 5
MANY = 1500
"""Passages from which one fifth is enough to ask about."""
OFTEN, SOMETIMES = 1 / 3, 1 / 10
"""Shares of a goal's passages that were proposed for another."""


@dataclass(frozen=True, slots=True)
class GoalTrial:
    """How a goal fared: passages that serve it, and how many of its proposals were right, wrong or missing."""

    code: str
    passages: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of its proposals that were right; None without any."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of its passages that were found; None without any."""
        return self.right / self.passages if self.passages else None


@dataclass(frozen=True, slots=True)
class Mistaken:
    """Passages of one goal that were proposed for another instead."""

    code: str
    other: str
    passages: int
    often: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What cross-validation says of a framework."""

    passages: int
    goals: tuple[GoalTrial, ...]
    mistaken: tuple[Mistaken, ...]
    without_goal: int
    proposed_without_goal: int


def trial(framework: Framework, passages: Sequence[Labelled] | None = None) -> Trial:
    """The framework tried on passages it was not taught with: its own where none are given. Raises GoalmapError."""
    known = training.labelled_passages(framework) if passages is None else passages
    folds = _folds(known)
    asked: list[Labelled] = []
    proposed: list[frozenset[str]] = []
    for fold in range(FOLDS if len(known) <= MANY else 1):
        held = [
            passage
            for passage, place in zip(known, folds, strict=True)
            if place == fold and passage.group != training.LENT
        ]
        asked += held
        taught = [passage for passage, place in zip(known, folds, strict=True) if place != fold]
        proposed += _proposed(framework, taught, held)
    return _compared(framework, asked, proposed)


def _folds(passages: Sequence[Labelled]) -> NDArray[np.int_]:
    """A fifth for each passage, so that those of one goal are spread over all fifths."""
    order = sorted(range(len(passages)), key=lambda place: sorted(passages[place].goals))
    folds = np.zeros(len(passages), dtype=int)
    folds[order] = np.arange(len(passages)) % FOLDS
    return folds


def _proposed(framework: Framework, taught: Sequence[Labelled], held: Sequence[Labelled]) -> list[frozenset[str]]:
    if not held:
        return []
    try:
        model = training.train(framework, taught).model
    except ValueError as error:
        raise FrameworkProblem(
            f"The framework {framework.id} cannot be learnt from so few passages: "
            "write more exemplars for each goal, and more texts under `nothing`."
        ) from error
    classifier = Classifier(framework, model, framework.id)
    probabilities = classifier.weigh([passage.text for passage in held]).goals
    return [
        frozenset(code for code, value in zip(model.codes, row, strict=True) if value >= classifier.threshold)
        for row in probabilities
    ]


def _compared(framework: Framework, asked: Sequence[Labelled], proposed: Sequence[frozenset[str]]) -> Trial:
    pairs = list(zip((passage.goals for passage in asked), proposed, strict=True))
    empty = [got for wanted, got in pairs if not wanted]
    goals = tuple(_fared(code, pairs) for code in framework.taught)
    return Trial(len(pairs), goals, tuple(_mistaken(goals, pairs)), len(empty), sum(map(bool, empty)))


def _fared(code: str, pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> GoalTrial:
    right = sum(code in wanted and code in got for wanted, got in pairs)
    wrong = sum(code not in wanted and code in got for wanted, got in pairs)
    passages = sum(code in wanted for wanted, _ in pairs)
    return GoalTrial(code, passages, right, wrong, passages - right)


def _mistaken(goals: Sequence[GoalTrial], pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> list[Mistaken]:
    counts = Counter(
        (code, other) for wanted, got in pairs for code in sorted(wanted - got) for other in sorted(got - wanted)
    )
    sizes = {goal.code: goal.passages for goal in goals}
    return [
        Mistaken(code, other, count, count > 1 and count >= OFTEN * sizes[code])
        for (code, other), count in counts.most_common()
        if code in sizes and count >= SOMETIMES * sizes[code]
    ]
