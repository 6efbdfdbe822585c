"""What a decision is worth: which passages a reviewer should see first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import zip_longest
from math import log2
from typing import NamedTuple

FIRST_EXAMPLES = 3
"""How many accepted passages of each goal a reviewer should see soon."""
FOR_COPIES = 0.25
"""What a decision is worth more for each doubling of the passages that it counts for."""
DIGITS = 4


class Waiting(NamedTuple):
    """A goal proposed for a passage that nobody has decided on; `copies` say the same and share the decision."""

    passage: str
    framework: str
    goal: str
    score: float
    copies: int = 0


Place = tuple[str, str]
"""A passage and a framework: what is proposed there stands together in the queue."""


def worth(score: float, copies: int = 0) -> float:
    """What one decision is worth by itself: probability + 4p(1 - p), more where it counts for several passages.

    The second part is greatest at 0.5, where a decision most often corrects the machine and teaches it most; the first
    part puts the likely before the unlikely. The sum falls steadily below 0.63, so that it can order what was not
    proposed as well. Surest first finds as much, but corrects nearly nothing, and a model learns little from it.

    >>> worth(0.5) > worth(0.95) > worth(0.05)
    True
    """
    return round((score + 4 * score * (1 - score)) * (1 + FOR_COPIES * log2(1 + copies)), DIGITS)


def values(waiting: Sequence[Waiting], accepted: Mapping[str, int]) -> dict[Place, float]:
    """What each place in the queue is worth: its best decision; `accepted` counts what was accepted for each goal.

    First examples of goals that have few yet take turns with the others: as each has the worth of one of those, a goal
    that is rare is seen early without pushing the doubtful to the end.
    """
    found: dict[Place, float] = defaultdict(float)
    for one in waiting:
        place = one.passage, one.framework
        found[place] = max(found[place], worth(one.score, one.copies))
    firsts = first_examples(waiting, accepted)
    others = nlargest(len(firsts), (value for place, value in found.items() if place not in firsts))
    turns = {place: max(value, found[place]) for place, value in zip(firsts, others, strict=False)}
    return found | turns


def first_examples(waiting: Iterable[Waiting], accepted: Mapping[str, int]) -> dict[Place, None]:
    """The surest places of each goal that still needs examples, a round of all goals at a time, the rarest goal first."""
    by_goal: dict[str, list[Waiting]] = defaultdict(list)
    for one in waiting:
        by_goal[one.goal].append(one)
    rounds = [list(_surest(of_goal, accepted)) for of_goal in sorted(by_goal.values(), key=_rarest_first)]
    return {place: None for turn in zip_longest(*rounds) for place in turn if place}


def _rarest_first(of_goal: Sequence[Waiting]) -> tuple[int, str]:
    return len(of_goal), of_goal[0].goal


def _surest(of_goal: Collection[Waiting], accepted: Mapping[str, int]) -> Iterator[Place]:
    """As many as the goal needs; none where it has enough."""
    needed = FIRST_EXAMPLES - accepted.get(next(iter(of_goal)).goal, 0)
    for one in nlargest(needed, of_goal, key=lambda one: (one.score, one.passage)):
        yield one.passage, one.framework
