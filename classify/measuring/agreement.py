"""How far readers agree beyond chance: Cohen's kappa for two, Krippendorff's alpha for more, with their intervals.

Both compare how often readers agree with how often they would if each spread the same answers blindly:
(observed - chance) / (1 - chance). 1 is agreement in everything, 0 what chance gives, below 0 less than that. Where all
readers gave one and the same answer to everything, chance would agree in everything too, and neither is defined.

Sources: Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960);
Krippendorff, Computing Krippendorff's alpha-reliability (2011); Wilson, Probable inference, the law of succession, and
statistical inference, Journal of the American Statistical Association 22 (1927).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from goalmap.classify.measuring.measures import Interval

LEAST = 10
"""Units that an interval needs."""
Z = 1.959964
"""Of the normal distribution, for 95 %."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that readers judged: what each said, in the order of the readers (None: nothing), and its group.

    Units of one group, such as the proposals of one passage, may stand or fall together; intervals are the wider for it.
    """

    said: tuple[str | None, ...]
    group: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(one for one in self.said if one is not None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far readers agree on the units that at least two of them judged."""

    readers: int
    units: int
    observed: float
    """The share of pairs of answers to one unit that are the same; 0 where there are no units."""
    chance: float
    """The share that would be the same by chance."""
    coefficient: float | None
    """Cohen's kappa for two readers, Krippendorff's alpha for more; None where it is not defined."""
    interval: Interval | None
    """The 95 % interval of the coefficient; None where there are too few units, or all in one group."""
    given: dict[str, tuple[float, ...]]
    """The share of each answer among each reader's, the commonest first."""


def agreement_of(units: Iterable[Unit]) -> Agreement:
    """The agreement of two or more readers; every unit has a place for each of them."""
    judged = [unit for unit in units if len(unit.answers) > 1]
    readers = len(judged[0].said) if judged else 0
    if not judged:
        return Agreement(readers, 0, 0.0, 0.0, None, None, {})
    observed = _observed(judged)
    chance = _chance_of_two(judged) if readers == 2 else _chance_of_any(judged)
    coefficient = beyond(observed, chance)
    interval = None if coefficient is None else _interval(judged, observed, chance)
    return Agreement(readers, len(judged), observed, chance, coefficient, interval, _given(judged, readers))


def cohens_kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Cohen's kappa of two readers' answers to the same units, in the same order; None where it is not defined."""
    return agreement_of(Unit(pair) for pair in zip(first, second, strict=True)).coefficient


def krippendorffs_alpha(readers: Sequence[Sequence[str | None]]) -> float | None:
    """Krippendorff's alpha of nominal answers, one sequence a reader, None for no answer; None where it is not defined."""
    judged = [unit for unit in (Unit(said) for said in zip(*readers, strict=True)) if len(unit.answers) > 1]
    return beyond(_observed(judged), _chance_of_any(judged)) if judged else None


def beyond(observed: float, chance: float) -> float | None:
    """Agreement beyond chance, as a share of what lies beyond chance; None where nothing does."""
    return None if chance >= 1.0 else (observed - chance) / (1.0 - chance)


# Observed and by chance


def _observed(units: Sequence[Unit]) -> float:
    """The mean share of agreeing pairs, each unit weighing as much as it has answers."""
    return sum(len(unit.answers) * _same(unit) for unit in units) / sum(len(unit.answers) for unit in units)


def _same(unit: Unit) -> float:
    """The share of the pairs of a unit's answers that are the same."""
    n = len(unit.answers)
    return sum(times * (times - 1) for times in Counter(unit.answers).values()) / (n * (n - 1))


def _chance_of_two(units: Sequence[Unit]) -> float:
    """How often two readers who each keep their own shares would agree (Cohen)."""
    first, second = (Counter(unit.said[place] for unit in units) for place in (0, 1))
    return sum(times * second[answer] for answer, times in first.items()) / len(units) ** 2


def _chance_of_any(units: Sequence[Unit]) -> float:
    """How often two answers drawn from all of them without putting back would agree (Krippendorff)."""
    counts = Counter(answer for unit in units for answer in unit.answers)
    n = sum(counts.values())
    return sum(times * (times - 1) for times in counts.values()) / (n * (n - 1))


def _given(units: Sequence[Unit], readers: int) -> dict[str, tuple[float, ...]]:
    everything = Counter(answer for unit in units for answer in unit.answers)
    own = [Counter(unit.said[place] for unit in units if unit.said[place] is not None) for place in range(readers)]
    ordered = sorted(everything, key=lambda answer: (-everything[answer], answer))
    return {answer: tuple(one[answer] / (sum(one.values()) or 1) for one in own) for answer in ordered}


# The interval


def _interval(units: Sequence[Unit], observed: float, chance: float) -> Interval | None:
    """The interval of the observed agreement, seen from chance, which is held as it is (as Cohen does).

    Wilson's interval, with fewer units where those of a group go together. It stays honest where there are few
    disagreements or none; drawing groups again and again (the bootstrap) would give an interval without width there.
    """
    groups = _groups(units)
    if len(units) < LEAST or len(groups) < 2:
        return None
    low, high = wilson(observed, _worth(groups, observed))
    return Interval(*(max(-1.0, (share - chance) / (1.0 - chance)) for share in (low, high)))


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share that was seen among `n`."""
    middle, width = share + Z**2 / (2 * n), Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return (middle - width) / (1 + Z**2 / n), (middle + width) / (1 + Z**2 / n)


def _groups(units: Iterable[Unit]) -> Mapping[str, list[Unit]]:
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.group].append(unit)
    return groups


def _worth(groups: Mapping[str, Sequence[Unit]], observed: float) -> float:
    """How many units that do not hang together would tell as much as these (never more than there are)."""
    n = sum(map(len, groups.values()))
    off = [sum(_same(unit) - observed for unit in units) for units in groups.values()]
    variance = sum(one**2 for one in off) * len(groups) / (len(groups) - 1) / n**2
    alone = observed * (1.0 - observed) / n
    return n * min(1.0, alone / variance) if variance > 0 and alone > 0 else float(n)
