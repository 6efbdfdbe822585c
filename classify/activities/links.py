"""Which passages seem to tell of one activity, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from goalmap.classify.activities.model import Link, Telling

MOST_TOLD_OF = 40
"""An initiative that more passages name is an umbrella for many activities rather than one."""


def links_between(tellings: Sequence[Telling]) -> Iterator[Link]:
    """Pairs of passages that tell of one activity, by every rule; only such as serve a goal in common."""
    for rule in RULES:
        yield from rule(tellings)


def same_initiative(tellings: Iterable[Telling]) -> Iterator[Link]:
    """Passages that name one initiative and serve one goal."""
    by_slot: Mapping[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for telling in tellings:
        for named in telling.of_kind("initiative"):
            for goal in telling.goals:
                by_slot[named.entity.id or named.entity.name, goal][telling.passage_id] = named.entity.name
    for found in by_slot.values():
        if len(found) <= MOST_TOLD_OF:
            for one, other in combinations(found, 2):
                yield Link(one, other, "initiative", 0.9, f"both name {found[one]}")


RULES = (same_initiative,)
