"""Texts of which one goal is asked, as public benchmarks of the SDGs do: how often the answer is right, goal by goal."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from goalmap.classify.evaluation.answers import in_order
from goalmap.classify.evaluation.gold import GoldQuestion
from goalmap.classify.measuring.measures import (
    Calibration,
    Floats,
    Guess,
    Interval,
    Measure,
    calibration_of,
    plain,
    ratios,
    resamples,
)
from goalmap.classify.proposals import Classifier
from goalmap.ingest.document import Kind, Passage


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Answers on one goal: `left` counts the texts that it was rightly not proposed for."""

    measure: Measure
    left: int

    @property
    def n(self) -> int:
        return self.measure.n + self.measure.false + self.left

    @property
    def accuracy(self) -> float:
        return (self.measure.hits + self.left) / self.n if self.n else 0.0

    def to_dict(self) -> dict[str, Any]:
        return {"accuracy": round(self.accuracy, 4), "texts": self.n, **self.measure.to_dict()}


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a rate over goals, each goal as heavy as another."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """All that is measured on questions."""

    by_goal: dict[str, Verdicts]
    accuracy: Mean
    precision: Mean
    recall: Mean
    f1: Mean
    calibration: Calibration

    def main(self) -> dict[str, float]:
        """The main figures by name."""
        means = {rate: getattr(self, rate).value for rate in RATES}
        return {**means, "calibration.error": self.calibration.error}

    def to_dict(self) -> dict[str, Any]:
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}


Counts = tuple[Floats, Floats, Floats, Floats]
"""Hits, false alarms, missed and rightly left, one figure for each resample."""

RATES: dict[str, Callable[[Floats, Floats, Floats, Floats], Floats]] = {
    "accuracy": lambda hits, false, missed, left: ratios(hits + left, hits + false + missed + left),
    "precision": lambda hits, false, missed, left: ratios(hits, hits + false),
    "recall": lambda hits, false, missed, left: ratios(hits, hits + missed),
    "f1": lambda hits, false, missed, left: ratios(2 * hits, 2 * hits + false + missed),
}
"""The rates whose mean over goals is told."""


def evaluate_questions(questions: Sequence[GoldQuestion], judge: Classifier) -> QuestionFigures:
    """Figures on questions: a goal is answered with yes where the classifier proposes it for the text."""
    row_of = {text: row for row, text in enumerate(dict.fromkeys(question.text for question in questions))}
    column_of = {code: column for column, code in enumerate(judge.model.codes)}
    proposals = judge.propose([Passage(row, Kind.BODY, text) for text, row in row_of.items()])
    proposed = {(proposal.passage, proposal.code) for proposal in proposals}
    weighed = judge.weigh(list(row_of)).goals
    guesses = [
        Guess(float(weighed[row_of[question.text], column_of[question.goal]]), question.relevant)
        for question in questions
        if question.goal in column_of
    ]
    answered = [(question, (row_of[question.text], question.goal) in proposed) for question in questions]
    return question_figures(answered, calibration_of(guesses))


def question_figures(answered: Iterable[tuple[GoldQuestion, bool]], calibration: Calibration) -> QuestionFigures:
    """Figures on questions, each with whether it was answered with yes."""
    outcomes: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for question, said in answered:
        outcomes[question.goal].append((question.relevant, said))
    codes = in_order(outcomes)
    resampled = [_resampled(outcomes[code], place) for place, code in enumerate(codes)]
    by_goal = {code: _verdicts(outcomes[code]) for code in codes}
    means = {name: _mean(name, list(by_goal.values()), resampled) for name in RATES}
    return QuestionFigures(by_goal=by_goal, calibration=calibration, **means)


def _verdicts(outcomes: Sequence[tuple[bool, bool]]) -> Verdicts:
    hits, false, missed, left = (int(column.sum()) for column in _columns(outcomes))
    return Verdicts(Measure(hits, false, missed), left)


def _columns(outcomes: Sequence[tuple[bool, bool]]) -> Counts:
    relevant, said = np.array(sorted(outcomes), dtype=bool).T
    flags = (relevant & said, ~relevant & said, relevant & ~said, ~relevant & ~said)
    hits, false, missed, left = (flag.astype(float) for flag in flags)
    return hits, false, missed, left


def _resampled(outcomes: Sequence[tuple[bool, bool]], place: int) -> Counts:
    drawn = resamples(len(outcomes), place)
    hits, false, missed, left = (column[drawn].sum(axis=1) for column in _columns(outcomes))
    return hits, false, missed, left


def _mean(rate: str, verdicts: Sequence[Verdicts], resampled: Sequence[Counts]) -> Mean:
    """The mean over goals; a rate that is not defined for a goal counts as none."""
    counts = np.array([(one.measure.hits, one.measure.false, one.measure.missed, one.left) for one in verdicts], float)
    value = float(np.nan_to_num(RATES[rate](*counts.T)).mean()) if len(counts) else 0.0
    samples = [np.nan_to_num(RATES[rate](*one)) for one in resampled]
    return Mean(value, Interval.of(np.mean(samples, axis=0) if samples else np.array([])))
