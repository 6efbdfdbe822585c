"""Which names of initiatives mean one initiative: those of one owner, and those known across the country."""

import re
from collections.abc import Iterator, Mapping, Sequence

from goalmap.extract.initiatives.national import NATIONAL
from goalmap.extract.names import EntityKind
from goalmap.extract.ordinary import are_ordinary
from goalmap.extract.resolving.clusters import Cluster, Clusters
from goalmap.extract.resolving.contexts import Contexts
from goalmap.extract.resolving.drift import differing_word, is_slip_of_names, neighbourhoods
from goalmap.extract.resolving.proposals import Named, Proposal, side_by_side
from goalmap.extract.resolving.rules import Rule
from goalmap.extract.words import name_key, table

ORDER = (Rule.SUBTITLE, Rule.GENRE_WORD, Rule.SPELLING)
OFTEN = 3
GENRE = table("programme programmes scheme campaign project initiative")
"""Words that a name of an initiative takes on or leaves off."""
_HEADS = GENRE | table(
    "plan plans strategy strategies report reports fund funds award awards framework policy charter pledge review survey statement week day conference"
)
"""What an initiative of any body can be called: Green Plan, Annual Report."""
_TOO_LITTLE = table(
    """
    apprenticeship apprenticeships graduate mentoring training volunteering volunteer bursary internship internships work placement placements
    wellbeing recruitment development leadership outreach community pilot employment skills health digital energy carbon research
    """
)
"""Words that name nothing by themselves."""
_SUBTITLE = re.compile(r"(?::|\s[–—-])\s")
_NATIONAL = frozenset(map(name_key, NATIONAL))


def is_national(key: str) -> bool:
    return key in _NATIONAL


def any_body_may_have(key: str) -> bool:
    """Green Plan, Annual Report: ordinary words that say what it is."""
    words = key.split()
    return words[-1] in _HEADS and are_ordinary(words)


def same_initiatives(
    key: str, places: Sequence[int], clusters: Clusters, contexts: Contexts
) -> Iterator[tuple[int, int]]:
    """Pairs of sightings of one name that are one initiative: of one owner, or in documents of bodies that name each other."""
    if is_national(key):
        yield from ((places[0], place) for place in places[1:])
        return
    found = {place: clusters.of(place) for place in places}
    owners = {owner for cluster in found.values() for owner in cluster.bodies}
    whose = owners.union(*(cluster.publishers for cluster in found.values()))
    first: dict[str, int] = {}
    for place, cluster in found.items():
        yield from ((first.setdefault(tie, place), place) for tie in _ties(key, cluster, owners, whose, contexts))
    if not are_ordinary(key.split()) and not any_body_may_have(key):
        alone = [place for place, cluster in found.items() if len(owners) < 2 or not cluster.bodies]
        yield from ((alone[0], place) for place in alone[1:])


def _ties(key: str, cluster: Cluster, owners: set[str], whose: set[str], contexts: Contexts) -> Iterator[str]:
    """Whose it is, as the document states; else its publisher, and who of all that have the name is named beside it."""
    yield from sorted(cluster.bodies or cluster.publishers)
    if not cluster.bodies and not any_body_may_have(key):
        near = contexts.bodies_named(cluster)
        yield from sorted(near & whose if len(near & owners) < 2 else ())


class Initiatives:
    """All clusters of initiatives, to find pairs of one owner in."""

    def __init__(self, clusters: Clusters, contexts: Contexts, names: Mapping[str, str]) -> None:
        self.clusters, self.contexts, self.names = clusters, contexts, names
        self.found = [cluster for cluster in clusters if cluster.kind is EntityKind.INITIATIVE]

    def proposals(self) -> Iterator[Proposal]:
        blocked = (
            (block, (cluster.place, key))
            for cluster in self.found
            for key in cluster.keys
            for block in self._blocks(key, cluster)
        )
        for minor, major in side_by_side(blocked):
            yield from self._compared(minor, major)

    def _blocks(self, key: str, cluster: Cluster) -> Iterator[str]:
        owners = (cluster.bodies or cluster.publishers) | ({""} if self._is_national(key) else set())
        alike = {" ".join(_without_genre(key)), " ".join(self._head(key)), *neighbourhoods(key.split())}
        for owner in owners:
            yield from (f"{owner}: {words}" for words in alike)

    def _compared(self, minor: Named, major: Named) -> Iterator[Proposal]:
        rule = self._likeness(minor[1], major[1])
        one, other = self.clusters.of(minor[0]), self.clusters.of(major[0])
        if (
            rule is None
            or one is other
            or (rule is Rule.SPELLING and min(len(one.members), len(other.members)) >= OFTEN)
        ):
            return
        shared = self.contexts.shared(one, other)
        yield Proposal(rule, self.clusters.place_of(one, minor[1]), self.clusters.place_of(other, major[1]), shared)

    def _likeness(self, one: str, other: str) -> Rule | None:
        if _without_genre(one) == _without_genre(other):
            return Rule.GENRE_WORD
        if tuple(one.split()) == self._head(other):
            return Rule.SUBTITLE
        differing = differing_word(one.split(), other.split())
        return Rule.SPELLING if differing and is_slip_of_names(*differing) else None

    def _head(self, key: str) -> tuple[str, ...]:
        """A title without its subtitle."""
        return tuple(name_key(_SUBTITLE.split(self.names[key], maxsplit=1)[0]).split())

    def _is_national(self, key: str) -> bool:
        return is_national(key) or is_national(" ".join(_without_genre(key)))


def _without_genre(key: str) -> tuple[str, ...]:
    """A name without `programme` and the like, where what is left is a name still."""
    words = key.split()
    core = words[:-1] if len(words) > 1 and words[-1] in GENRE else words
    return tuple(words if len(core) == 1 and core[0] in _TOO_LITTLE else core)
