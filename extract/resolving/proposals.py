"""Pairs of different names that may mean one entity, and what becomes of them."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goalmap.extract.resolving.clusters import Clusters
from goalmap.extract.resolving.contexts import NOTHING, Shared
from goalmap.extract.resolving.model import Link, Sighting
from goalmap.extract.resolving.rules import Rule, reason

Named = tuple[int, str]
"""A sighting with the name that it stands for."""
SHOWN = 3
"""Most suggestions for one entity."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """That the sighting `minor`, the less full or rarer name, means what `major` means."""

    rule: Rule
    minor: int
    major: int
    shared: Shared = NOTHING
    doubt: str = ""
    """Why a person should look at it before it is done; nothing where it is sure, save that only one may fit."""


def side_by_side(blocked: Iterable[tuple[str, Named]]) -> list[tuple[Named, Named]]:
    """All two different names that share a block, in order, once."""
    return sorted({pair for found in _shared_blocks(blocked) for pair in pairs_of_names(found)})


def _shared_blocks(blocked: Iterable[tuple[str, Named]]) -> Iterator[set[Named]]:
    """The names of each block that has several. There are very many blocks, so only their hashes are held."""
    import numpy as np

    numbers: dict[Named, int] = {}
    hashes, holders = array("q"), array("l")
    for block, named in blocked:
        hashes.append(hash(block))
        holders.append(numbers.setdefault(named, len(numbers)))
    names, order = list(numbers), np.argsort(hashes, kind="stable")
    in_order = np.asarray(hashes)[order]
    found: set[Named] = set()
    last = -1
    for at in np.flatnonzero(in_order[1:] == in_order[:-1]).tolist():
        if at != last:
            yield found
            found = {names[holders[order[at]]]}
        last = at + 1
        found.add(names[holders[order[last]]])
    yield found


def pairs_of_names(found: Iterable[Named]) -> Iterator[tuple[Named, Named]]:
    """All two of different clusters and different names, the shorter name first."""
    by_name: defaultdict[str, set[int]] = defaultdict(set)
    for place, name in found:
        by_name[name].add(place)
    names = sorted(by_name, key=lambda name: (len(name.split()), len(name), name))
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            for place in sorted(by_name[one]):
                yield from (((place, one), (beside, other)) for beside in sorted(by_name[other]) if beside != place)


class Desk:
    """Takes proposals, carries out the sure ones and keeps the others as suggestions."""

    def __init__(self, clusters: Clusters) -> None:
        self.clusters = clusters
        self._suggested: list[tuple[Proposal, str]] = []

    def settle(self, proposals: Iterable[Proposal], rules: Sequence[Rule]) -> None:
        """Carry out what is sure, rule by rule and long names first, where a name can mean one other only."""
        by_minor: defaultdict[tuple[int, int, int], list[Proposal]] = defaultdict(list)
        for proposal in sorted(set(proposals), key=lambda p: (p.minor, p.major, p.rule, repr(p))):
            if proposal.doubt:
                self.suggest(proposal)
            else:
                length = len(self._sighting(proposal.minor).key)
                by_minor[rules.index(proposal.rule), -length, proposal.minor].append(proposal)
        for _, rivals in sorted(by_minor.items()):
            self._decide(rivals)

    def suggest(self, proposal: Proposal) -> None:
        self._suggested.append((proposal, proposal.doubt))

    def _decide(self, rivals: Sequence[Proposal]) -> None:
        """A name means one entity: the only one possible, or the only one that publishes where the name stands."""
        clusters = self.clusters
        own = clusters.root(rivals[0].minor)
        by_root = {clusters.root(p.major): p for p in reversed(rivals)}
        possible = [p for root, p in sorted(by_root.items()) if root != own and clusters.may_join(p.minor, p.major)]
        likely = [p for p in possible if p.shared.own] if len(possible) > 1 else possible
        if len(likely) == 1 and own not in by_root:
            clusters.join(likely[0].minor, likely[0].major, self._link(likely[0]))
        elif len(possible) > 1:
            self._suggested += [(p, f"; not joined, since {len(possible)} names fit") for p in possible]

    def _link(self, proposal: Proposal, doubt: str = "") -> Link:
        one, other = self._sighting(proposal.minor), self._sighting(proposal.major)
        more = proposal.shared.words + doubt
        return Link(one.id, other.id, proposal.rule.value, reason(proposal.rule, one.name, other.name, more))

    def _sighting(self, place: int) -> Sighting:
        return self.clusters.sightings[place]

    def suggestions(self) -> list[Link]:
        """What is still open at the end, one for two entities, few for each."""
        clusters, told = self.clusters, defaultdict[int, int](int)
        seen: set[tuple[int, int]] = set()
        links: list[Link] = []
        order = list(Rule)
        for proposal, doubt in sorted(
            self._suggested,
            key=lambda one: (order.index(one[0].rule), not one[0].shared.tie, one[0].minor, one[0].major),
        ):
            one, other = clusters.of(proposal.minor), clusters.of(proposal.major)
            pair = (min(one.place, other.place), max(one.place, other.place))
            if one is other or pair in seen or clusters.apart(one, other) or clusters.conflict(one, other):
                continue
            seen.add(pair)
            if max(told[pair[0]], told[pair[1]]) >= SHOWN:
                continue
            for place in pair:
                told[place] += 1
            links.append(self._link(proposal, doubt))
        return sorted(links, key=lambda link: (link.rule, link.one, link.other))
