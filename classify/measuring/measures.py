"""Measures of how well a system did: precision and recall, shares, calibration, and the intervals around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

BINS = 10
RESAMPLES = 1000
SEED = 20260101
"""Fixed, so that the same figures have the same interval."""

Floats = NDArray[np.float64]


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

    @classmethod
    def of(cls, samples: Floats) -> "Interval":
        """The middle 95 % of a figure's values in resamples, those left out in which there was nothing to measure."""
        known = samples[~np.isnan(samples)]
        if not len(known):
            return cls(0.0, 0.0)
        low, high = np.percentile(known, [2.5, 97.5])
        return cls(float(low), float(high))

    def to_dict(self) -> dict[str, float]:
        return {"low": round(self.low, 4), "high": round(self.high, 4)}


@dataclass(frozen=True, slots=True)
class Intervals:
    """The 95 % intervals of one measure's rates."""

    precision: Interval
    recall: Interval
    f1: Interval


class Guess(NamedTuple):
    """A probability that was given, and whether it came true; `weight` is how many guesses it stands for."""

    score: float
    right: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Bin:
    """The guesses between two probabilities: how many, what they said on average, and the share that came true."""

    low: float
    high: float
    n: int
    mean: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far probabilities can be trusted: `error` is the expected calibration error over the bins; 0 is best for both."""

    error: float = 0.0
    brier: float = 0.0
    n: int = 0
    bins: tuple[Bin, ...] = ()
    """Those of the ten that hold a guess."""


def calibration_of(guesses: Iterable[Guess]) -> Calibration:
    """The calibration of guesses; of none it is 0."""
    known = list(guesses)
    if not known:
        return Calibration()
    scores, right, weights = np.array(known, dtype=float).T
    places = np.minimum((scores * BINS).astype(int), BINS - 1)
    bins, gaps = [], 0.0
    for place in sorted(set(places)):
        inside = places == place
        mean, share = (float(np.average(values[inside], weights=weights[inside])) for values in (scores, right))
        bins.append(Bin(place / BINS, (place + 1) / BINS, int(inside.sum()), mean, share))
        gaps += abs(mean - share) * float(weights[inside].sum())
    brier = float(np.average((scores - right) ** 2, weights=weights))
    return Calibration(gaps / float(weights.sum()), brier, len(known), tuple(bins))


def resamples(documents: int, draw: int = 0) -> NDArray[np.int_]:
    """Which documents each resample holds: shape (resamples, documents); another for each `draw`."""
    return np.random.default_rng((SEED, draw)).integers(0, documents, (RESAMPLES, documents))


def intervals_of(documents: Sequence[Measure]) -> Intervals:
    """The 95 % bootstrap intervals of the rates of all documents together, resampling whole documents."""
    counts = np.array(sorted((one.hits, one.false, one.missed) for one in documents), dtype=float).reshape(-1, 3)
    if not len(counts):
        return Intervals(*[Interval(0.0, 0.0)] * 3)
    hits, false, missed = counts[resamples(len(counts))].sum(axis=1).T
    return Intervals(
        Interval.of(ratios(hits, hits + false)),
        Interval.of(ratios(hits, hits + missed)),
        Interval.of(ratios(2 * hits, 2 * hits + false + missed)),
    )


def ratios(parts: Floats, wholes: Floats) -> Floats:
    """Parts of wholes, not a number where the whole is nothing."""
    result: Floats = np.divide(parts, wholes, out=np.full(parts.shape, np.nan), where=wholes > 0)
    return result


def plain(value: Any) -> Any:
    """A value of JSON for a value of ours."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return round(value, 4) if isinstance(value, float) else value


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
