"""Sightings brought together step by step, while what must stay apart stays apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Entry, Link, Sighting

T = TypeVar("T")


@dataclass(slots=True)
class Cluster:
    """Sightings that were found to mean one entity so far."""

    place: int
    """Of its first sighting; two clusters never share one."""
    kind: EntityKind
    members: list[int]
    keys: dict[str, int]
    """In how many sightings each name occurs."""
    bodies: frozenset[str]
    titles: frozenset[str]
    publishers: frozenset[str]
    labels: frozenset[int] = frozenset()
    """Parties to decisions."""
    entry: Entry | None = None


Conflict = Callable[[Cluster, Cluster], bool]


class Clusters:
    """All clusters; `join` refuses what a decision, the gazetteer or the names themselves forbid."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self.sightings = sightings
        self.links: list[tuple[int, Link]] = []
        self.forbidden: Mapping[int, set[int]] = {}
        self.conflict: Conflict = lambda one, other: False
        self._parent = list(range(len(sightings)))
        self._clusters = [_single(place, sighting) for place, sighting in enumerate(sightings)]

    def __iter__(self) -> Iterator[Cluster]:
        return (self._clusters[place] for place, parent in enumerate(self._parent) if place == parent)

    def root(self, place: int) -> int:
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def of(self, place: int) -> Cluster:
        """The cluster of a sighting."""
        return self._clusters[self.root(place)]

    def place_of(self, cluster: Cluster, key: str) -> int:
        """The first sighting of a cluster that has this name."""
        return min(place for place in cluster.members if self.sightings[place].key == key)

    def apart(self, one: Cluster, other: Cluster) -> bool:
        """A person decided that they differ, or the gazetteer has both."""
        entries = one.entry is not None and other.entry is not None and one.entry is not other.entry
        return entries or any(not other.labels.isdisjoint(self.forbidden.get(label, ())) for label in one.labels)

    def may_join(self, one: int, other: int) -> bool:
        first, second = self.of(one), self.of(other)
        return first is second or not (self.apart(first, second) or self.conflict(first, second))

    def join(self, one: int, other: int, link: Link | None = None) -> bool:
        """Bring the clusters of two sightings together if nothing forbids it."""
        if self.root(one) == self.root(other):
            return True
        return self.may_join(one, other) and self.force(one, other, link)

    def force(self, one: int, other: int, link: Link | None = None) -> bool:
        """The same, whatever forbids it."""
        first, second = self.of(one), self.of(other)
        if first is second:
            return True
        if link is not None:
            self.links.append((one, link))
        kept, gone = sorted((first, second), key=lambda cluster: (-len(cluster.members), cluster.place))
        self._parent[self.root(gone.members[0])] = self.root(kept.members[0])
        _absorb(kept, gone)
        return True


def _single(place: int, sighting: Sighting) -> Cluster:
    return Cluster(
        place,
        sighting.kind,
        [place],
        {sighting.key: 1},
        sighting.bodies,
        sighting.titles,
        _only(sighting.publisher),
    )


@cache
def _only(name: str | None) -> frozenset[str]:
    return frozenset((name,)) if name else frozenset()


def _both(one: frozenset[T], other: frozenset[T]) -> frozenset[T]:
    return one if other <= one else one | other


def _absorb(kept: Cluster, gone: Cluster) -> None:
    kept.place = min(kept.place, gone.place)
    kept.members += gone.members
    for key, often in gone.keys.items():
        kept.keys[key] = kept.keys.get(key, 0) + often
    kept.bodies = _both(kept.bodies, gone.bodies)
    kept.titles = _both(kept.titles, gone.titles)
    kept.publishers = _both(kept.publishers, gone.publishers)
    kept.labels = _both(kept.labels, gone.labels)
    kept.entry = kept.entry or gone.entry
