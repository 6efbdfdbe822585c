"""The names of many documents: which of them mean one entity."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.bodies import BY_CONTEXT, BY_FORM, Bodies
from goalmap.extract.resolving.body_names import bodies_clash, is_anybodys
from goalmap.extract.resolving.clusters import Cluster, Clusters
from goalmap.extract.resolving.contexts import Contexts
from goalmap.extract.resolving.entries import Register, full_forms, take_entries
from goalmap.extract.resolving.initiatives import ORDER as INITIATIVES_ORDER
from goalmap.extract.resolving.initiatives import Initiatives, same_initiatives
from goalmap.extract.resolving.model import Entry, Link, Resolution, Ruling, Sighting
from goalmap.extract.resolving.naming import Identify, groups_of, joined
from goalmap.extract.resolving.people import ORDER as PEOPLE_ORDER
from goalmap.extract.resolving.people import People, homonyms, people_clash, same_people
from goalmap.extract.resolving.person_names import peer_of
from goalmap.extract.resolving.proposals import Desk, Proposal
from goalmap.extract.resolving.rules import Rule, reason
from goalmap.extract.resolving.rulings import Parties, parties_of

SPLIT = "; not joined, since the name was split"
Pairs = Iterator[tuple[int, int]]


def resolve(
    sightings: Iterable[Sighting],
    rulings: Sequence[Ruling] = (),
    gazetteer: Sequence[Entry] = (),
    identify: Identify = joined,
) -> Resolution:
    """Every sighting in one group. What comes out depends on what goes in, not on its order."""
    clusters = Clusters(sorted(sightings, key=lambda sighting: sighting.id))
    clusters.conflict = _conflict
    resolving = _Resolving(clusters, parties_of(rulings), Register(gazetteer))
    resolving.run()
    return Resolution(
        tuple(groups_of(clusters, resolving.tells(), resolving.peers, identify)), tuple(resolving.desk.suggestions())
    )


def _conflict(one: Cluster, other: Cluster) -> bool:
    """Names in two clusters that no one entity has."""
    if one.keys.keys() == other.keys.keys():
        return False
    if one.kind is EntityKind.PERSON:
        return people_clash(one.keys, other.keys)
    if one.kind is EntityKind.ORGANISATION:
        return any(bodies_clash(name, beside) for name in one.keys for beside in other.keys if name != beside)
    return False


class _Resolving:
    """The steps, in their order: bodies first, since they tell people and initiatives apart."""

    def __init__(self, clusters: Clusters, parties: Parties, register: Register) -> None:
        self.clusters, self.parties, self.register = clusters, parties, register
        self.contexts = Contexts(clusters)
        self.desk = Desk(clusters)
        self.by_name: dict[EntityKind, dict[str, list[int]]] = _by_name(clusters.sightings)
        self.peers = _peers(clusters.sightings)

    def run(self) -> None:
        self._obey()
        self._bodies()
        self._people_and_initiatives()

    def _obey(self) -> None:
        """Decisions first: what must be one, and labels on what must stay apart."""
        clusters, first = self.clusters, dict[int, int]()
        clusters.forbidden = self.parties.forbidden
        for place, sighting in enumerate(clusters.sightings):
            party = self.parties.of(sighting)
            if party is None:
                continue
            clusters.of(place).labels |= {party}
            if party in self.parties.together:
                holder = first.setdefault(party, place)
                clusters.force(holder, place, _decided(clusters.sightings[holder], sighting))

    def _bodies(self) -> None:
        bodies = self.by_name.get(EntityKind.ORGANISATION, {})
        shared = sorted(key for key in bodies if is_anybodys(key))
        for key in sorted(bodies.keys() - set(shared)):
            self._same(EntityKind.ORGANISATION, key, _all)
        self._take_entries(EntityKind.ORGANISATION, self._exact)
        self.desk.settle(Bodies(self.clusters, self.contexts).by_form(), BY_FORM)
        self._take_entries(EntityKind.ORGANISATION, self.register.near)
        self.contexts.settle_bodies()
        for key in shared:
            self._same(EntityKind.ORGANISATION, key, self._of_one_owner)
        self.desk.settle(Bodies(self.clusters, self.contexts).by_context(), BY_CONTEXT)
        self.contexts.settle_bodies()

    def _people_and_initiatives(self) -> None:
        clusters, contexts = self.clusters, self.contexts
        for key in sorted(self.by_name.get(EntityKind.PERSON, {})):
            self._same(EntityKind.PERSON, key, self._same_people)
        for key in sorted(self.by_name.get(EntityKind.INITIATIVE, {})):
            self._same(EntityKind.INITIATIVE, key, self._same_initiatives)
        self._take_entries(EntityKind.PERSON, self._exact)
        self._take_entries(EntityKind.INITIATIVE, self._exact)
        names = contexts.shown
        self.desk.settle(People(clusters, contexts, names).proposals(), PEOPLE_ORDER)
        self.desk.settle(Initiatives(clusters, contexts, names).proposals(), INITIATIVES_ORDER)
        for key, places in sorted(self.by_name.get(EntityKind.PERSON, {}).items()):
            for proposal in homonyms(names[key], places, clusters):
                self.desk.suggest(proposal)

    def _same(self, kind: EntityKind, key: str, pairs: Callable[[str, Sequence[int]], Pairs]) -> None:
        """Bring the sightings of one name together as far as they are one."""
        places = self.by_name[kind][key]
        if len(places) < 2:
            return
        split = (kind, key) in self.parties.split
        for alike in self._same_split(places) if split else [places]:
            parts: dict[int, list[int]] = {}
            for one, other in pairs(key, alike):
                if not self.clusters.join(one, other):
                    part = parts.setdefault(one, [])
                    if not any(self.clusters.join(at, other) for at in part):
                        part.append(other)

    def _same_split(self, places: Sequence[int]) -> Iterator[Sequence[int]]:
        """Uses of a split name that were decided on, and those left of the others.

        One that nobody decided on joins the part with which it has something in common, where it is one part only.
        """
        clusters = self.clusters
        decided = [place for place in places if clusters.of(place).labels]
        yield decided
        parts = sorted({clusters.root(place) for place in decided})
        others = [place for place in places if not clusters.of(place).labels]
        near = {
            place: [part for part in parts if self.contexts.shared(clusters.of(place), clusters.of(part)).tie]
            for place in others
        }
        for place, found in near.items():
            if len(found) == 1:
                clusters.join(found[0], place)
            else:
                for part in found or parts:
                    self.desk.suggest(Proposal(Rule.SAME_NAME, place, part, doubt=SPLIT))
        left = [place for place in others if len(near[place]) != 1]
        if left:
            yield left

    def _of_one_owner(self, key: str, places: Sequence[int]) -> Pairs:
        """A committee or network is the publisher's."""
        first: dict[str, int] = {}
        for place in places:
            cluster = self.clusters.of(place)
            for owner in sorted(cluster.bodies or cluster.publishers):
                yield first.setdefault(owner, place), place

    def _same_people(self, key: str, places: Sequence[int]) -> Pairs:
        """People known by one name stay with their documents, save peers."""
        if key in self.peers:
            return _all(key, places)
        return same_people(self.contexts.shown[key], places, self.clusters, self.contexts) if " " in key else iter(())

    def _same_initiatives(self, key: str, places: Sequence[int]) -> Pairs:
        return same_initiatives(key, places, self.clusters, self.contexts)

    def _exact(self, cluster: Cluster) -> Entry | None:
        return self.register.exact(cluster, full_forms(self.clusters, cluster))

    def _take_entries(self, kind: EntityKind, find: Callable[[Cluster], Entry | None]) -> None:
        if kind in self.register.kinds:
            take_entries(self.clusters, lambda cluster: find(cluster) if cluster.kind is kind else None)

    def tells(self) -> dict[int, str]:
        """The owner or body of each cluster that has one."""
        return {c.place: min(found) for c in self.clusters if (found := c.bodies or c.publishers)}


def _all(key: str, places: Sequence[int]) -> Pairs:
    return ((places[0], place) for place in places[1:])


def _by_name(sightings: Sequence[Sighting]) -> dict[EntityKind, dict[str, list[int]]]:
    names: defaultdict[EntityKind, dict[str, list[int]]] = defaultdict(dict)
    for place, sighting in enumerate(sightings):
        names[sighting.kind].setdefault(sighting.key, []).append(place)
    return names


def _peers(sightings: Sequence[Sighting]) -> frozenset[str]:
    return frozenset(
        s.key for s in sightings if s.kind is EntityKind.PERSON and " " not in s.key and peer_of((s.name, *s.forms))
    )


def _decided(one: Sighting, other: Sighting) -> Link | None:
    if one.key == other.key:
        return None
    return Link(one.id, other.id, Rule.DECISION.value, reason(Rule.DECISION, one.name, other.name))
