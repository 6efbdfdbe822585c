"""Which names of people mean one person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.clusters import Clusters
from goalmap.extract.resolving.common_names import COMMON_SURNAMES
from goalmap.extract.resolving.contexts import Contexts
from goalmap.extract.resolving.drift import neighbourhoods
from goalmap.extract.resolving.people_doubts import LOOK, Pair, doubt_of
from goalmap.extract.resolving.person_names import (
    PersonName,
    bases_of,
    clash,
    initials_of,
    likeness,
    person_name,
)
from goalmap.extract.resolving.proposals import Named, Proposal, side_by_side
from goalmap.extract.resolving.rules import Rule

OFTEN = 3
"""Documents in which a spelling occurs that is hardly a slip."""
ORDER = (
    Rule.MIDDLE_NAME,
    Rule.SPELLING,
    Rule.SHORT_GIVEN_NAME,
    Rule.INITIALS,
    Rule.DOUBLE_NAME,
    Rule.SINGLE_NAME,
)


def same_people(name: str, places: Sequence[int], clusters: Clusters, contexts: Contexts) -> Iterator[tuple[int, int]]:
    """Pairs of sightings of one full name that are one person: all where the name is rare, else those with ties."""
    parsed = person_name(name)
    if parsed is None or not parsed.is_common:
        yield from ((places[0], place) for place in places[1:])
        return
    tied = [place for place in places if clusters.of(place).bodies]
    loose = [place for place in places if not clusters.of(place).bodies]
    first: dict[str, int] = {}
    for place in tied:
        for tie in contexts.ties(clusters.of(place)):
            yield first.setdefault(tie, place), place
    held = dict(first)
    for place in loose:
        own = contexts.loose_ties(clusters.of(place))
        near = next((found for ties in own if (found := {clusters.root(held[tie]) for tie in ties if tie in held})), ())
        if len(near) == 1:
            yield from ((at, place) for at in near)
        elif not near:
            for tie in (tie for ties in own for tie in ties):
                yield first.setdefault(tie, place), place


def homonyms(name: str, places: Sequence[int], clusters: Clusters) -> Iterator[Proposal]:
    """The people of one usual name that stayed apart, each beside the one that occurs most."""
    parsed = person_name(name)
    if parsed is None or not parsed.is_common:
        return
    found = {clusters.root(place): clusters.of(place) for place in places}
    first, *others = sorted(found.values(), key=lambda cluster: (-len(cluster.members), cluster.place))
    for other in others:
        yield Proposal(
            Rule.SAME_NAME,
            other.place,
            first.place,
            doubt="; not joined, since many bear it and nothing else ties them",
        )


class People:
    """All clusters of people with their names taken apart, to find pairs in."""

    def __init__(self, clusters: Clusters, contexts: Contexts, names: dict[str, str]) -> None:
        self.clusters, self.contexts, self.names = clusters, contexts, names
        self.people = [cluster for cluster in clusters if cluster.kind is EntityKind.PERSON]

    def proposals(self) -> Iterator[Proposal]:
        for one, other in side_by_side(self._blocked()):
            yield from self._compared(one, other)
        yield from self._single_names()

    def _blocked(self) -> Iterator[tuple[str, Named]]:
        """Names worth comparing: of one surname at one body, of one rare surname, or with spellings near each other."""
        for cluster in self.people:
            for key in cluster.keys:
                name, named = person_name(self.names[key]), (cluster.place, key)
                if name is not None:
                    yield from ((block, named) for block in _blocks(name, cluster.bodies | cluster.publishers))

    def _compared(self, one: Named, other: Named) -> Iterator[Proposal]:
        first, second = person_name(self.names[one[1]]), person_name(self.names[other[1]])
        if first is None or second is None:
            return
        rule = likeness(first, second)
        if rule is None:
            return
        cluster, beside = self.clusters.of(one[0]), self.clusters.of(other[0])
        shared = self.contexts.shared(cluster, beside)
        often = min(cluster.keys[one[1]], beside.keys[other[1]]) >= OFTEN
        doubt = doubt_of(rule, Pair(first, second, shared, often))
        if doubt is None:
            return
        minor, major = sorted(
            ((first, cluster, one), (second, beside, other)),
            key=lambda side: (side[0].fullness, side[1].keys[side[2][1]], side[2][1]),
        )
        yield Proposal(
            rule,
            self.clusters.place_of(minor[1], minor[2][1]),
            self.clusters.place_of(major[1], major[2][1]),
            shared,
            doubt,
        )

    def _single_names(self) -> Iterator[Proposal]:
        """A name of one word beside the only full name with it among those tied to the same body."""
        full: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for cluster in self.people:
            for name in filter(None, (person_name(self.names[key]) for key in cluster.keys)):
                for word in (name.given, name.surname):
                    for tie in cluster.bodies | cluster.publishers:
                        full[word, tie].add(cluster.place)
        for cluster in self.people:
            if cluster.keys.keys() != {key for key in cluster.keys if " " not in key}:
                continue
            found = {
                place
                for key in cluster.keys
                for tie in cluster.bodies
                for place in full.get((key, tie), ())
                if not self.contexts.together(self.clusters.of(place), cluster)
            }
            if len({self.clusters.root(place) for place in found}) == 1:
                major = self.clusters.of(min(found))
                shared = self.contexts.shared(cluster, major)
                yield Proposal(Rule.SINGLE_NAME, cluster.place, major.place, shared, LOOK)


def _blocks(name: PersonName, ties: frozenset[str]) -> Iterator[str]:
    for surname in {name.surname, *name.surname.split("-")}:
        for initial in initials_of(name.given):
            yield from (f"tie {surname} {initial} {tie}" for tie in ties)
        if surname not in COMMON_SURNAMES:
            yield from (f"rare {surname} {base}" for base in bases_of(name.given))
    for near in neighbourhoods((name.surname,)) if len(name.given) > 1 else ():
        if not name.is_common:
            yield f"slip {name.given} {near}"
        if near in near_common():
            yield from (f"slip {name.given} {near} {tie}" for tie in ties)


@cache
def near_common() -> frozenset[str]:
    return frozenset(near for surname in COMMON_SURNAMES for near in neighbourhoods((surname,)))


def people_clash(one: Iterable[str], other: Iterable[str]) -> bool:
    """Two sets of names of which some cannot be one person's."""
    theirs = [name for name in map(person_name, other) if name]
    return any(clash(name, beside) for name in map(person_name, one) if name for beside in theirs)
