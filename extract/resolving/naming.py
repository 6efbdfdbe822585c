"""The name, the other names and the identity of a group."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.clusters import Cluster, Clusters
from goalmap.extract.resolving.model import Group, Link, Sighting

Identify = Callable[..., str]
"""Makes an identity of a letter and what it depends on."""

USUAL = 0.25
"""A form is usual that occurs at least this often, measured by the most frequent one."""


def joined(prefix: str, *parts: object) -> str:
    """An identity that people can read."""
    return ":".join((prefix, *map(str, parts)))


def group_id(kind: EntityKind, key: str, tell: str, identify: Identify) -> str:
    return identify("e", kind.value, key, tell)


def groups_of(clusters: Clusters, tells: Mapping[int, str], peers: frozenset[str], identify: Identify) -> list[Group]:
    """All clusters as groups, in the order of their ids; `tells` has the owner or body of some, by their places."""
    found = list(clusters)
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for place, link in clusters.links:
        links[clusters.of(place).place].append(link)
    names = {cluster.place: _name(cluster, clusters.sightings) for cluster in found}
    ids = _ids(found, names, clusters.sightings, tells, peers, identify)
    groups = [_group(c, ids[c.place], names[c.place].name, links.get(c.place, ()), clusters.sightings) for c in found]
    return sorted(groups, key=lambda group: (group.id, group.members))


def _group(cluster: Cluster, id: str, name: str, links: Iterable[Link], sightings: Sequence[Sighting]) -> Group:
    members = [sightings[place] for place in cluster.members]
    forms = {form for member in members for form in (member.name, *member.forms)} - {name}
    return Group(
        id,
        cluster.kind,
        name,
        tuple(sorted(forms)),
        tuple(sorted(member.id for member in members)),
        tuple(sorted(links, key=lambda link: (link.rule, link.one, link.other))),
        cluster.entry,
    )


def _name(cluster: Cluster, sightings: Sequence[Sighting]) -> Sighting:
    """The sighting that has the fullest usual form."""
    members = [sightings[place] for place in cluster.members]
    key = _fullest(cluster.keys, cluster.kind)
    spelled = Counter(member.name for member in members if member.key == key)
    best = min(spelled, key=lambda name: (name.isupper(), name.casefold().startswith("the "), -spelled[name], name))
    return min((m for m in members if m.key == key and m.name == best), key=lambda member: member.id)


def _fullest(keys: Mapping[str, int], kind: EntityKind) -> str:
    if len(keys) == 1:
        return next(iter(keys))
    most = max(keys.values())
    top = min((key for key in keys if keys[key] == most), key=lambda key: (-len(key.split()), -len(key), key))
    usual = {key for key in keys if keys[key] >= USUAL * most or set(key.split()) > set(top.split())}
    return min(usual, key=lambda key: (" " not in key, -_fullness(key, kind), -keys[key], key))


def _fullness(key: str, kind: EntityKind) -> int:
    """Words, initials counting less; of a person also how much of the given name is written."""
    words = key.split()
    whole = sum(100 if len(word) > 1 else 10 for word in words)
    return whole + (len(words[0]) if kind is EntityKind.PERSON else 0)


def _ids(
    found: Sequence[Cluster],
    names: Mapping[int, Sighting],
    sightings: Sequence[Sighting],
    tells: Mapping[int, str],
    peers: frozenset[str],
    identify: Identify,
) -> dict[int, str]:
    homonyms: defaultdict[tuple[EntityKind, str], list[Cluster]] = defaultdict(list)
    for cluster in found:
        homonyms[cluster.kind, names[cluster.place].key].append(cluster)
    ids: dict[int, str] = {}
    for (kind, key), same in homonyms.items():
        told = _told(kind, key, same, sightings, tells, peers)
        ids.update(
            {cluster.place: group_id(kind, key, tell, identify) for cluster, tell in zip(same, told, strict=True)}
        )
    return ids


def _told(
    kind: EntityKind,
    key: str,
    same: Sequence[Cluster],
    sightings: Sequence[Sighting],
    tells: Mapping[int, str],
    peers: frozenset[str],
) -> list[str]:
    """What tells each of several groups of one name apart: nothing where there is one, an owner, a document."""
    single = kind is EntityKind.PERSON and " " not in key and key not in peers
    if len(same) == 1 and not single:
        return [""]
    documents = [_first_document(cluster, key, sightings) for cluster in same]
    if single:
        return _all_different(documents, same, sightings)
    owners = [tells.get(cluster.place, "") for cluster in same]
    often = Counter(owners)
    told = [owner if owner and often[owner] == 1 else doc for owner, doc in zip(owners, documents, strict=True)]
    return _all_different(told, same, sightings)


def _first_document(cluster: Cluster, key: str, sightings: Sequence[Sighting]) -> str:
    return min(sightings[place].document for place in cluster.members if sightings[place].key == key)


def _all_different(told: Sequence[str], same: Sequence[Cluster], sightings: Sequence[Sighting]) -> list[str]:
    often = Counter(told)
    firsts = (min(sightings[place].id for place in cluster.members) for cluster in same)
    return [tell if often[tell] == 1 else f"{tell} {first}" for tell, first in zip(told, firsts, strict=True)]
