"""Who has which passage before them, so that two reviewers are not given the same one; forgotten when the server stops."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from goalmap.store.review.waiting import Place

SECONDS = 180.0
"""How long a passage is taken for being read by whom it was shown."""
MOST = 5000
EVERY = 10
"""One passage in so many is of the random sample, as long as there is one."""

Key = tuple[str, str, str]
"""A database, a framework and a passage."""


@dataclass(slots=True)
class Leases:
    """Passages that were shown lately, each with its reviewer and the time."""

    now: Callable[[], float] = time.monotonic
    held: "OrderedDict[Key, tuple[str, float]]" = field(default_factory=OrderedDict)
    turns: Counter[Key] = field(default_factory=Counter)
    """How many passages each reviewer has been through in a framework of a database."""

    def first_free(self, database: str, framework: str, places: Iterable[Place], reviewer: str) -> Place | None:
        """The first passage that nobody else has before them; where others have all, the first."""
        there = list(places)
        free = (place for place in there if not self._is_taken((database, framework, place.passage), reviewer))
        return next(free, next(iter(there), None))

    def is_turn_of_sample(self, database: str, framework: str, reviewer: str) -> bool:
        """Whether this reviewer is to be shown a passage of the random sample now."""
        self.turns[database, framework, reviewer] += 1
        return self.turns[database, framework, reviewer] % EVERY == 0

    def hold(self, key: Key, reviewer: str) -> None:
        self.held[key] = reviewer, self.now()
        self.held.move_to_end(key)
        while len(self.held) > MOST:
            self.held.popitem(last=False)

    def release(self, key: Key) -> None:
        self.held.pop(key, None)

    def _is_taken(self, key: Key, reviewer: str) -> bool:
        holder, since = self.held.get(key, (reviewer, 0.0))
        return holder != reviewer and self.now() - since < SECONDS
