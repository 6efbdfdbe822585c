"""Measures of how well a system did: precision and recall, shares, calibration and the interval around an F1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

BINS = 10
RESAMPLES = 1000
SEED = 20260101
"""Fixed, so that the same figures have the same interval."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1, kept as the counts that they come from; measures of two documents add up."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def n(self) -> int:
        """How many there were to find."""
        return self.hits + self.missed

    @property
    def precision(self) -> float:
        return _ratio(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        return _ratio(self.hits, self.n)

    @property
    def f1(self) -> float:
        return _ratio(2 * self.hits, 2 * self.hits + self.false + self.missed)

    def to_dict(self) -> dict[str, float]:
        rates = {"precision": round(self.precision, 4), "recall": round(self.recall, 4), "f1": round(self.f1, 4)}
        return {**rates, "n": self.n, "hits": self.hits, "false": self.false, "missed": self.missed}


HIT, FALSE, MISSED = Measure(hits=1), Measure(false=1), Measure(missed=1)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both counted."""

    hits: int = 0
    n: int = 0

    @property
    def value(self) -> float:
        return _ratio(self.hits, self.n)

    def to_dict(self) -> dict[str, float]:
        return {"value": round(self.value, 4), "hits": self.hits, "n": self.n}


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure would lie in 95 of 100 samples of documents like these."""

    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        return {"low": round(self.low, 4), "high": round(self.high, 4)}


class Guess(NamedTuple):
    """A probability that was given, and whether it came true."""

    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far probabilities can be trusted: `error` is the expected calibration error in ten bins; 0 is best for both."""

    error: float
    brier: float
    n: int

    def to_dict(self) -> dict[str, float]:
        return {"error": round(self.error, 4), "brier": round(self.brier, 4), "n": self.n}


def calibration_of(guesses: Iterable[Guess]) -> Calibration:
    """The calibration of guesses; of none it is 0."""
    known = list(guesses)
    if not known:
        return Calibration(0.0, 0.0, 0)
    scores = np.array([guess.score for guess in known])
    right = np.array([guess.right for guess in known], dtype=float)
    places = np.minimum((scores * BINS).astype(int), BINS - 1)
    gaps = [abs(float((scores - right)[places == place].sum())) for place in range(BINS)]
    return Calibration(sum(gaps) / len(known), float(np.mean((scores - right) ** 2)), len(known))


def interval_of(documents: Sequence[Measure]) -> Interval:
    """The 95 % bootstrap interval of the F1 of all documents together, resampling whole documents."""
    if not documents:
        return Interval(0.0, 0.0)
    counts = np.array(sorted((one.hits, one.false, one.missed) for one in documents), dtype=float)
    drawn = np.random.default_rng(SEED).integers(0, len(counts), (RESAMPLES, len(counts)))
    hits, false, missed = counts[drawn].sum(axis=1).T
    f1 = 2 * hits / np.maximum(2 * hits + false + missed, 1)
    low, high = np.percentile(f1, [2.5, 97.5])
    return Interval(float(low), float(high))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
