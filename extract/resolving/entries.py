"""Which rows of a gazetteer clusters stand for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.body_names import cores_of
from goalmap.extract.resolving.clusters import Cluster, Clusters
from goalmap.extract.resolving.model import Entry, Link
from goalmap.extract.resolving.rules import Rule, reason
from goalmap.extract.words import name_key

Index = Mapping[tuple[EntityKind, object], list[Entry]]


class Register:
    """Entries by their names and aliases, and by these without legal forms."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        ordered = sorted(
            entries, key=lambda e: (e.kind, e.name, e.since or "", e.until or "", sorted(e.identifiers.items()))
        )
        self.kinds = frozenset(entry.kind for entry in entries)
        self._by_key = _index(ordered, _keys)
        self._by_core = _index(ordered, _cores)

    def exact(self, cluster: Cluster, forms: Iterable[str]) -> Entry | None:
        """The only entry that has the cluster's name, else the only one that has one of its full forms."""
        by_name = _of(self._by_key, cluster.kind, cluster.keys)
        return _only(by_name or _of(self._by_key, cluster.kind, forms))

    def near(self, cluster: Cluster) -> Entry | None:
        """The only entry whose name is the cluster's but for the legal form."""
        return _only(_of(self._by_core, cluster.kind, (core for key in cluster.keys for core in cores_of(key))))


def take_entries(clusters: Clusters, find: Callable[[Cluster], Entry | None]) -> None:
    """Give entries to clusters that have none, and bring together those of one entry."""
    holders: dict[int, int] = {}
    known = sorted(clusters, key=lambda cluster: (cluster.entry is None, cluster.place))
    for cluster in known:
        entry = cluster.entry or find(cluster)
        if entry is None:
            continue
        holder = holders.setdefault(id(entry), cluster.place)
        if cluster.entry is None and (holder == cluster.place or clusters.may_join(holder, cluster.place)):
            cluster.entry = entry
        if holder != cluster.place and cluster.entry is entry:
            clusters.join(holder, cluster.place, _link(clusters, cluster.place, holder))


def full_forms(clusters: Clusters, cluster: Cluster) -> set[str]:
    """Forms of several words: acronyms and short forms can be another's."""
    sightings = clusters.sightings
    return {key for place in cluster.members for form in sightings[place].forms if " " in (key := name_key(form))}


def _link(clusters: Clusters, one: int, other: int) -> Link | None:
    first, second = clusters.sightings[one], clusters.sightings[other]
    if first.key == second.key:
        return None
    return Link(first.id, second.id, Rule.GAZETTEER.value, reason(Rule.GAZETTEER, first.name, second.name))


def _index(entries: Iterable[Entry], names: Callable[[Entry], Iterable[object]]) -> Index:
    index: defaultdict[tuple[EntityKind, object], list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in names(entry):
            index[entry.kind, name].append(entry)
    return index


def _keys(entry: Entry) -> set[str]:
    return {name_key(name) for name in (entry.name, *entry.aliases)} - {""}


def _cores(entry: Entry) -> set[tuple[bool, tuple[str, ...]]]:
    return {core for key in _keys(entry) for core in cores_of(key)} if entry.kind is EntityKind.ORGANISATION else set()


def _of(index: Index, kind: EntityKind, names: Iterable[object]) -> list[Entry]:
    found = (entry for name in names for entry in index.get((kind, name), ()))
    return list({id(entry): entry for entry in found}.values())


def _only(entries: Sequence[Entry]) -> Entry | None:
    return entries[0] if len(entries) == 1 else None
