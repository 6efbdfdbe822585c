"""What two names have in common around them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.body_names import body_name
from goalmap.extract.resolving.clusters import Cluster, Clusters
from goalmap.extract.resolving.model import Sighting
from goalmap.extract.words import table

RARE = 12
"""Documents that name something up to this often make it tell who stands beside it."""

_EVERYBODY_HAS = table(
    """
    chief executive|chief executive officer|ceo|chair|chairman|chairwoman|chairperson|co chair|vice chair|deputy chair|director|managing director|
    manager|leader|deputy leader|council leader|leader of the council|member|trustee|governor|non executive director|executive director|chief operating officer|
    finance director|director of finance|chief finance officer|chief financial officer|medical director|chief nurse|director of nursing|
    chief people officer|director of people|hr director|head of communications|communications manager|founder|co founder|president|vice president|
    vice chancellor|deputy vice chancellor|pro vice chancellor|principal|headteacher|head teacher|spokesperson|spokesman|spokeswoman|apprentice|
    student|nurse|consultant|councillor|cabinet member|partner|senior partner|mp|local mp|minister|mayor|commissioner|ambassador|volunteer|
    former mp|project manager|programme manager|deputy chief executive|company secretary|chief medical officer|head of people|people director
    """,
    "|",
)
_ONE_HOLDS = re.compile(
    r"(?i)\b(?:M[SP]P? for|Minister (?:for|of)|Secretary of State|Home Secretary|Foreign Secretary|Education Secretary|Health Secretary|Chancellor of the"
    r"|Prime Minister|First Minister|Mayor (?:of|for)|Commissioner for|Bishop of|Lord[- ]Lieutenant)\b"
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two clusters have in common, each in words where there is something."""

    body: str | None = None
    post: str | None = None
    publisher: str | None = None
    company: str | None = None
    same_post: bool = False
    """The same post at the same body."""
    own: bool = False
    """One of them publishes documents that name the other."""

    def __bool__(self) -> bool:
        return self.tie or bool(self.company)

    @property
    def tie(self) -> bool:
        """More than being named beside the same others."""
        return bool(self.body or self.post or self.publisher)

    @property
    def words(self) -> str:
        """What to add to a reason."""
        named = (
            (self.body, "both are tied to {}"),
            (self.post, "both are {}"),
            (self.publisher, "both occur in documents of {}"),
            (self.company, "both are named beside {}"),
        )
        said = next((text.format(f"“{name}”") for name, text in named if name), None)
        return f", and {said}" if said else ""


NOTHING = Shared()


class Contexts:
    """The bodies, posts, publishers and neighbours of clusters; bodies by what they were found to be."""

    def __init__(self, clusters: Clusters) -> None:
        self.clusters = clusters
        self.uses = Counter(key for _, key in {(s.document, s.key) for s in clusters.sightings})
        self.shown = _shown(clusters.sightings)
        self._here = {
            (sighting.document, sighting.key): place
            for place, sighting in enumerate(clusters.sightings)
            if sighting.kind is EntityKind.ORGANISATION
        }
        self._company: dict[int, tuple[int, frozenset[str]]] = {}
        self._named: Mapping[str, set[str]] = {}

    def settle_bodies(self) -> None:
        """From now on bodies are those that their names were found to mean."""
        tokens = self._tokens()
        sightings = self.clusters.sightings
        everywhere: defaultdict[str, set[str]] = defaultdict(set)
        for (_, key), place in self._here.items():
            everywhere[key].add(tokens[self.clusters.root(place)])
        cores: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for key, found in everywhere.items():
            cores[body_name(key).core] |= found
        alone = {key: next(iter(found)) for key, found in everywhere.items() if len(found) == 1}
        alone_by_core = {core: next(iter(found)) for core, found in cores.items() if len(found) == 1}
        here = {at: tokens[self.clusters.root(place)] for at, place in self._here.items()}
        named: defaultdict[str, set[str]] = defaultdict(set)
        for (document, _), token in here.items():
            named[document].add(token)
        self._named = named

        def body(document: str, key: str) -> str:
            known = here.get((document, key)) or alone.get(key)
            return known or alone_by_core.get(body_name(key).core, key)

        same: dict[frozenset[str], frozenset[str]] = {}
        for cluster in self.clusters:
            members = [sightings[place] for place in cluster.members]
            bodies = frozenset([body(s.document, key) for s in members for key in s.bodies])
            publishers = frozenset([body(s.document, s.publisher) for s in members if s.publisher])
            cluster.bodies, cluster.publishers = (
                same.setdefault(bodies, bodies),
                same.setdefault(publishers, publishers),
            )

    def _tokens(self) -> dict[int, str]:
        """Each body with a name that no other has."""
        bodies = [cluster for cluster in self.clusters if cluster.kind is EntityKind.ORGANISATION]
        names = {cluster.place: min(cluster.keys, key=lambda key: (-cluster.keys[key], key)) for cluster in bodies}
        often = Counter(names.values())
        tokens: dict[int, str] = {}
        for cluster in bodies:
            name = names[cluster.place]
            token = name if often[name] == 1 else f"{name} {self.clusters.sightings[cluster.place].id}"
            tokens[self.clusters.root(cluster.place)] = token
            self.shown.setdefault(token, self.shown[name])
        return tokens

    def bodies_named(self, cluster: Cluster) -> set[str]:
        """The bodies in the documents of a cluster."""
        return {body for document in self.documents(cluster) for body in self._named.get(document, ())}

    def ties(self, cluster: Cluster) -> Iterator[str]:
        """What brings two people of one name together: the bodies of their posts, posts that few hold."""
        yield from (f"body {key}" for key in sorted(cluster.bodies))
        yield from (f"post {title}" for title in sorted(telling_posts(cluster)))

    def loose_ties(self, cluster: Cluster) -> Sequence[Sequence[str]]:
        """The same where no body of a post is told, the stronger first: publishers and posts, bodies near, company."""
        publishers = [f"body {key}" for key in sorted(cluster.publishers)]
        posts = [f"post {title}" for title in sorted(telling_posts(cluster))]
        near = [f"body {key}" for key in sorted(self.bodies_named(cluster)) if self.uses[key] <= RARE]
        return posts + publishers, near, [f"company {key}" for key in sorted(self.company(cluster))]

    def documents(self, cluster: Cluster) -> set[str]:
        return {self.clusters.sightings[place].document for place in cluster.members}

    def company(self, cluster: Cluster) -> frozenset[str]:
        """What only few documents name, and these beside the cluster's names."""
        root = self.clusters.root(cluster.place)
        known = self._company.get(root)
        if known is None or known[0] != len(cluster.members):
            sightings = self.clusters.sightings
            named = {key for place in cluster.members for key in sightings[place].company if self.uses[key] <= RARE}
            known = self._company[root] = (len(cluster.members), frozenset(named - cluster.keys.keys()))
        return known[1]

    def shared(self, one: Cluster, other: Cluster) -> Shared:
        """What two clusters have in common. Company and publisher count only where no document names both."""
        together = self.together(one, other)
        body, post = one.bodies & other.bodies, telling_posts(one) & telling_posts(other)
        same_post = bool(body and one.titles & other.titles)
        if together:
            return Shared(self._name(body), _first(post), same_post=same_post)
        own = _publishes(one, other) | _publishes(other, one)
        publisher = one.publishers & other.publishers | own
        company = frozenset() if body or publisher else self.company(one) & self.company(other)
        company -= one.keys.keys() | other.keys.keys()
        return Shared(self._name(body), _first(post), self._name(publisher), self._name(company), same_post, bool(own))

    def together(self, one: Cluster, other: Cluster) -> bool:
        """Whether one document names both."""
        return not self.documents(one).isdisjoint(self.documents(other))

    def _name(self, keys: Iterable[str]) -> str | None:
        key = _first(keys)
        return None if key is None else self.shown.get(key, key)


def _publishes(one: Cluster, other: Cluster) -> set[str]:
    """Bodies of the one, or itself, in whose documents the other occurs."""
    return {key for key in other.publishers if key in one.bodies or key in one.keys}


def telling_posts(cluster: Cluster) -> set[str]:
    """Posts that hardly two people hold: those of one place or ministry, and where no body is told, other long ones."""
    return {title for title in cluster.titles if _ONE_HOLDS.search(title) or (not cluster.bodies and _is_long(title))}


def _is_long(title: str) -> bool:
    return len(title.split()) > 2 and title.casefold().replace("-", " ") not in _EVERYBODY_HAS


def _first(keys: Iterable[str]) -> str | None:
    return min(keys, default=None)


def _shown(sightings: Sequence[Sighting]) -> dict[str, str]:
    """The name that stands for a key where it is shown."""
    shown: dict[str, str] = {}
    for sighting in sightings:
        known = shown.get(sighting.key)
        if known is None or (sighting.name.isupper(), sighting.name) < (known.isupper(), known):
            shown[sighting.key] = sighting.name
    return shown
