"""Recall: how much of what is there was found, from what a random sample of passages shows to be missed.

What is missed lies in two places. Proposals that wait may all be right: at most so many are missed. Beside them,
passages may serve goals that nobody proposed. Of those a stratified random sample was looked at, and what it showed was
put on record. So the question is how much is left among the passages that were not looked at.

**The bound.** Of a stratum of N passages n were looked at, and x of them missed a goal. How many are left among the other
N - n is at most the upper quantile of a beta-binomial distribution with N - n trials and the parameters x + 1 and n - x:
for one stratum that is the exact bound of the hypergeometric distribution (Buonaccorsi, The American Statistician 41, 1987),
and nothing is left where all was looked at. Strata add up as Fay and Feuer (Statistics in Medicine 16, 1997) add weighted
counts: each stratum with what it showed, and one more hit in the stratum where it weighs most. They fit a gamma
distribution to the sum; here it is worked out.

**Looking again.** Whoever draws more until the bound is met takes the best of several chances to be wrong. So the k-th look
may use only 1 / (k (k + 1)) of the error; all looks together use no more than the whole, and their intervals hold together
with the confidence that is stated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, log2, sqrt
from typing import Any

import numpy as np

from goalmap.classify.measuring.measures import Floats, Interval, plain

CONFIDENCE = 0.95
TARGET = 0.8
LOWER_SHARE = 0.9
"""The part of the error that is spent on the lower bound of recall, which is the one that people act on."""
LEAST = 5
"""Passages that are drawn from each stratum before any gets more."""
FLOOR = 0.15
"""Added to the mean score of a stratum, since scores say least where they are low."""
TOGETHER = 2
"""Goals that one passage may miss at once, where nothing shows that it is more."""
LEAST_STEP = 0.2
"""Of what was looked at, the least to draw next: each look costs confidence."""
NEAR = 0.02
"""How near an advised number comes to the one that would be enough."""
TINY = 1e-9

Transform = np.ndarray[Any, np.dtype[np.complex128]]


@dataclass(frozen=True, slots=True)
class Stratum:
    """Passages of like score: how many, how many of them were looked at, and what those missed before.

    `missed` counts passages by how many goals each missed: (3, 1) are three that missed one and one that missed two.
    """

    size: int
    looked_at: float
    missed: tuple[float, ...] = ()

    @property
    def share(self) -> float:
        return self.looked_at / self.size

    @property
    def left(self) -> float:
        return self.size - self.looked_at

    @property
    def likely(self) -> float:
        """How many goals are probably missed among those that were not looked at."""
        return self.left / self.looked_at * sum(goals * count for goals, count in enumerate(self.missed, start=1))


@dataclass(frozen=True, slots=True)
class Sighted:
    """What is known of a goal, or of all goals together."""

    found: float
    """Passages on record that serve it."""
    waiting: int
    """Proposals that nobody has decided on."""
    likely: float
    """How many of those are right if their probabilities are."""
    strata: tuple[Stratum, ...] = ()
    unframed: int = 0
    """Passages that came after the last draw."""
    together: int = 1
    """How many goals a single passage may miss at once."""

    @property
    def sampled(self) -> tuple[Stratum, ...]:
        return tuple(stratum for stratum in self.strata if stratum.looked_at)

    @property
    def unseen(self) -> int:
        """Passages of which no sample tells anything."""
        return self.unframed + sum(stratum.size for stratum in self.strata if not stratum.looked_at)


@dataclass(frozen=True, slots=True)
class Missed:
    """How much was missed: at least, probably (None where nothing was looked at), and at most."""

    low: float
    point: float | None
    high: float


@dataclass(frozen=True, slots=True)
class Recall:
    """The share of what is there that was found; None where nothing was, or where nothing can be told."""

    found: float
    missed: Missed
    value: float | None
    interval: Interval | None

    def reaches(self, target: float) -> bool:
        """Whether it is met however bad the luck, as far as the confidence goes."""
        return self.missed.high == 0 if self.interval is None else self.interval.low >= target

    def to_dict(self) -> dict[str, Any]:
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}


def recall(sighted: Sighted, confidence: float = CONFIDENCE, look: int = 1) -> Recall:
    """The recall of a goal with its interval, at the n-th look at a growing sample."""
    missed = missed_of(sighted, confidence, look)
    if not sighted.found:
        return Recall(0, missed, None, None)
    value = None if missed.point is None else _share(sighted.found, missed.point)
    interval = Interval(_share(sighted.found, missed.high), _share(sighted.found, missed.low))
    return Recall(sighted.found, missed, value, interval)


def missed_of(sighted: Sighted, confidence: float = CONFIDENCE, look: int = 1) -> Missed:
    """How much of a goal was missed, in proposals that wait and beside them."""
    error = (1 - confidence) / (max(1, look) * (max(1, look) + 1))
    beside = Missed(0.0, None, 0.0)
    if sighted.sampled:
        low, high = _left(sighted.sampled, sighted.together, error)
        beside = Missed(low, _likely(sighted), high)
    high = sighted.waiting + sighted.together * sighted.unseen + beside.high
    if beside.point is None:
        return Missed(beside.low, None, high)
    point = sighted.likely + beside.point
    # where next to nothing was looked at, what is probable may be rarer than the chance that the bounds leave out
    return Missed(min(beside.low, point), point, max(high, point))


def _share(found: float, missed: float) -> float:
    return found / (found + missed)


def _likely(sighted: Sighted) -> float:
    """What is probably missed beside proposals; what is unseen is taken to be like the rest."""
    likely, left = (sum(getattr(one, name) for one in sighted.sampled) for name in ("likely", "left"))
    return float(likely + (likely / left * sighted.unseen if left else 0.0))


# The interval


def _left(strata: Sequence[Stratum], together: int, error: float) -> tuple[float, float]:
    """The least and the most that is left in strata, with these chances to be wrong on either side."""
    length = 2 ** ceil(log2(_reach(strata, together)))
    shown = [_spread(stratum, length) for stratum in strata]
    low = _quantile(shown, length, error * (1 - LOWER_SHARE))
    highs = [
        _quantile([*shown[:place], _spread(stratum, length, together), *shown[place + 1 :]], length, upper)
        for place, stratum in enumerate(strata)
        if stratum.left and (upper := 1 - error * LOWER_SHARE)
    ]
    return low, max(highs, default=0.0)


def _spread(stratum: Stratum, length: int, further_hit: int = 0) -> Transform:
    """The distribution of what is left in a stratum, transformed, so that those of sums are products.

    With a further hit, it is as if one more passage had been seen that missed so many goals at once.
    """
    spread: Transform = np.ones(length // 2 + 1, dtype=np.complex128)
    for goals in range(1, max(len(stratum.missed), further_hit) + 1):
        hits = (stratum.missed[goals - 1] if goals <= len(stratum.missed) else 0.0) + (goals == further_hit)
        if hits:
            own = _chances(stratum, hits, (length - 1) // goals)
            chances = np.zeros(length)
            chances[: goals * len(own) : goals] = own
            spread = spread * np.fft.rfft(chances)
    return spread


def _chances(stratum: Stratum, hits: float, most: int) -> Floats:
    """The chances that 0, 1, 2 ... passages are left: a beta-binomial distribution, as far as it counts."""
    left = round(stratum.left)
    number = np.arange(min(left, most), dtype=float)
    others = max(stratum.looked_at - hits + 1, TINY)
    with np.errstate(divide="ignore"):
        steps = np.log((left - number) * (hits + number)) - np.log((number + 1) * (others + left - number - 1))
    heights = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(heights - heights.max())
    chances: Floats = weights / weights.sum()
    return chances


def _quantile(spreads: Sequence[Transform], length: int, chance: float) -> float:
    chances = np.fft.irfft(np.prod(spreads, axis=0), length)
    return float(min(int(np.searchsorted(np.cumsum(chances), chance)), length - 1))


def _reach(strata: Sequence[Stratum], together: int) -> float:
    """Beyond this there is no chance worth counting."""
    parts = [
        (goals / stratum.share, passages + 1)
        for stratum in strata
        for goals, passages in enumerate(stratum.missed or (0.0,), start=1)
    ]
    mean = sum(scale * passages for scale, passages in parts)
    spread = sqrt(sum(scale**2 * passages for scale, passages in parts))
    widest = max(max(scale for scale, _ in parts), max(together / stratum.share for stratum in strata))
    most = sum(max(together, len(stratum.missed)) * stratum.left for stratum in strata)
    return max(2.0, min(mean + 10 * spread + 40 * widest, most + 1))


# How to draw, and how much


@dataclass(frozen=True, slots=True)
class Room:
    """A stratum to draw from: its passages, their mean score, and how many of them were drawn."""

    size: int
    score: float
    drawn: int = 0

    @property
    def weight(self) -> float:
        """How much a sample of it says: its size, and how much its passages differ if scores are right."""
        chance = min(0.5, self.score + FLOOR)
        return self.size * sqrt(chance * (1 - chance))


def allocation(rooms: Mapping[int, Room], more: int) -> Iterator[int]:
    """The stratum of each further passage to draw: a few of each, then by weight (d'Hondt's method)."""
    drawn = {stratum: room.drawn for stratum, room in rooms.items()}
    for _ in range(more):
        open_ = [stratum for stratum, room in rooms.items() if drawn[stratum] < room.size]
        if not open_:
            return
        best = max(open_, key=lambda one: (drawn[one] < LEAST, rooms[one].weight / (drawn[one] + 1)))
        drawn[best] += 1
        yield best


def further(sighted: Sighted, target: float = TARGET, confidence: float = CONFIDENCE, look: int = 1) -> int | None:
    """About how many more passages to look at until the target is met, once all proposals that wait are decided.

    What was seen so far is taken to go on. None where nothing is likely to be found.
    """
    strata = _brought_in(sighted)
    looked_at = sum(stratum.looked_at for stratum in strata)
    whole = float(sum(stratum.size for stratum in strata))
    low, high = looked_at, whole
    if sighted.found + sighted.likely <= 0:
        return None
    while high - low > max(1.0, NEAR * low):
        middle = (low + high) / 2
        met = recall(_grown(sighted, strata, middle), confidence, look + 1).reaches(target)
        low, high = (low, middle) if met else (middle, high)
    return min(max(ceil(high - looked_at), ceil(LEAST_STEP * looked_at)), round(whole - looked_at))


def _brought_in(sighted: Sighted) -> tuple[Stratum, ...]:
    """The strata, with what came since in the largest of them."""
    strata = list(sighted.strata) or [Stratum(0, 0)]
    largest = max(range(len(strata)), key=lambda place: strata[place].size)
    strata[largest] = replace(strata[largest], size=strata[largest].size + sighted.unframed)
    return tuple(stratum for stratum in strata if stratum.size)


def _grown(sighted: Sighted, strata: Sequence[Stratum], looked_at: float) -> Sighted:
    """What would be known with so many passages looked at."""
    whole, before = sum(stratum.size for stratum in strata), sum(stratum.looked_at for stratum in strata)
    part = (looked_at - before) / (whole - before)
    grown = tuple(_with_part(stratum, part) for stratum in strata)
    shown = sum(old.likely - new.likely for old, new in zip(strata, grown, strict=True) if old.looked_at)
    found = sighted.found + sighted.likely + shown
    return replace(sighted, found=found, waiting=0, likely=0.0, strata=grown, unframed=0)


def _with_part(stratum: Stratum, part: float) -> Stratum:
    """A stratum with a part of what is left looked at, which shows what it showed before."""
    looked_at = stratum.looked_at + part * stratum.left
    times = looked_at / stratum.looked_at if stratum.looked_at else 0.0
    return Stratum(stratum.size, looked_at, tuple(times * passages for passages in stratum.missed))
