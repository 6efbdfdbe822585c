"""Which names of bodies mean one body."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from goalmap.extract.linking.short_forms import short_forms
from goalmap.extract.names import EntityKind
from goalmap.extract.ordinary import are_ordinary
from goalmap.extract.resolving.body_names import SMALL, body_name, cores_of, council_name, is_anybodys, is_well_known
from goalmap.extract.resolving.clusters import Cluster, Clusters
from goalmap.extract.resolving.contexts import Contexts, Shared
from goalmap.extract.resolving.drift import differing_word, is_slip_of_names, neighbourhoods
from goalmap.extract.resolving.proposals import Named, Proposal, pairs_of_names, side_by_side
from goalmap.extract.resolving.rules import Rule
from goalmap.extract.vocabulary.well_known import PLACES
from goalmap.extract.words import name_key

OFTEN = 3
"""Documents in which a spelling occurs that is hardly a slip."""
BY_FORM = (Rule.LEGAL_FORM, Rule.COUNCIL)
BY_CONTEXT = (Rule.SPELLING, Rule.ACRONYM, Rule.SHORT_FORM, Rule.WORD_ORDER)
LOOK = "; not joined, since these may be two bodies"
NO_TIE = "; not joined, since their documents have nothing else in common"
_PLACES = frozenset(map(name_key, PLACES))
_LAST = ("group", "holdings")
_OF_STATE = ("department ", "ministry ")
_SCHOOLS = ("academy", "school", "schools", "college")
"""What is no short form of the trust that runs it."""


class Bodies:
    """All clusters of bodies, to find pairs in."""

    def __init__(self, clusters: Clusters, contexts: Contexts) -> None:
        self.clusters, self.contexts = clusters, contexts
        self.named = [named for cluster in _bodies(clusters) for named in _named(cluster, clusters)]

    def by_form(self) -> Iterator[Proposal]:
        """Names that differ in what the law or the kind of council adds."""
        cores: defaultdict[tuple[bool, tuple[str, ...]], list[Named]] = defaultdict(list)
        places: defaultdict[tuple[str, ...], list[Named]] = defaultdict(list)
        for place, key in self.named:
            council = council_name(key)
            for form in cores_of(key):
                cores[form].append((place, key))
            if council is not None:
                places[council.place].append((place, key))
        for (_, core), found in cores.items():
            plain = len(core) == 1 and are_ordinary(core)
            for minor, major in pairs_of_names(found):
                yield from self._same_core(minor, major, plain)
        for found in places.values():
            for minor, major in pairs_of_names(found):
                yield Proposal(Rule.COUNCIL, minor[0], major[0], self._shared(minor, major))

    def _same_core(self, minor: Named, major: Named, plain: bool) -> Iterator[Proposal]:
        shared = self._shared(minor, major)
        yield Proposal(Rule.LEGAL_FORM, minor[0], major[0], shared, NO_TIE if plain and not shared else "")

    def _shared(self, one: Named, other: Named) -> Shared:
        return self.contexts.shared(self.clusters.of(one[0]), self.clusters.of(other[0]))

    def by_context(self) -> Iterator[Proposal]:
        yield from self._forms()
        yield from self._slips()
        yield from self._other_order()

    def _forms(self) -> Iterator[Proposal]:
        """Acronyms and short forms that stand alone, beside the bodies that have them as forms elsewhere."""
        told, made = self._told_forms(), self._made_forms()
        for place, key in self.named:
            cluster = self.clusters.of(place)
            if is_anybodys(key):
                continue
            core = " ".join(body_name(key).core) if body_name(key).is_trust else key
            givers = told.get(key, set()) | told.get(core, set())
            majors = {self.clusters.root(at): at for at in sorted(givers, reverse=True)}
            for root, at in majors.items():
                if root != self.clusters.root(place):
                    yield self._form(place, at, len(majors) == 1)
            if majors or key in _PLACES:
                continue
            for at in {self.clusters.root(at): at for at in sorted(made.get(key, ()), reverse=True)}.values():
                shared = self.contexts.shared(cluster, self.clusters.of(at))
                if shared.tie:
                    yield Proposal(Rule.SHORT_FORM, place, at, shared)

    def _form(self, place: int, major: int, alone: bool) -> Proposal:
        name = self.clusters.sightings[place].name
        rule = Rule.ACRONYM if name.isupper() and " " not in name else Rule.SHORT_FORM
        shared = self.contexts.shared(self.clusters.of(place), self.clusters.of(major))
        return Proposal(rule, place, major, shared, "" if shared and alone else NO_TIE if alone else LOOK)

    def _told_forms(self) -> Mapping[str, set[int]]:
        """Forms that documents give for a body besides its name, with the sightings."""
        forms: defaultdict[str, set[int]] = defaultdict(set)
        for cluster in _bodies(self.clusters):
            for place in cluster.members:
                sighting = self.clusters.sightings[place]
                for form in {name_key(form) for form in sighting.forms} - cluster.keys.keys() - {""}:
                    forms[form].add(place)
        return forms

    def _made_forms(self) -> Mapping[str, set[int]]:
        """Short forms that names of bodies usually take."""
        forms: defaultdict[str, set[int]] = defaultdict(set)
        for place, key in self.named:
            for form in map(name_key, short_forms(self.clusters.sightings[place].name)):
                if not (key == f"{form} trust" and form.endswith(_SCHOOLS)):
                    forms[form].add(place)
        return forms

    def _slips(self) -> Iterator[Proposal]:
        """Names that differ by a letter or two, one of them met seldom, with something in common."""
        for minor, major in side_by_side(self._near()):
            yield from self._slip(minor, major)

    def _near(self) -> Iterator[tuple[str, Named]]:
        for named in self.named:
            if not is_anybodys(named[1]):
                yield from (
                    (words, named) for words in (*neighbourhoods(_soft_core(named[1])), _without_small(named[1]))
                )

    def _slip(self, minor: Named, major: Named) -> Iterator[Proposal]:
        one, other = self.clusters.of(minor[0]), self.clusters.of(major[0])
        differing = differing_word(_soft_core(minor[1]), _soft_core(major[1]))
        if one is other or differing is None or not (SMALL.issuperset(differing) or is_slip_of_names(*differing)):
            return
        if min(len(one.members), len(other.members)) >= OFTEN or _PLACES.issuperset(differing):
            return
        shared = self.contexts.shared(one, other)
        if len(other.members) < len(one.members):
            minor, major = major, minor
        department = minor[1].startswith(_OF_STATE) and SMALL.issuperset(differing)
        if department or (is_well_known(minor[1]) != is_well_known(major[1]) and " " in minor[1]):
            yield from self._known_miswritten(minor, major)
            return
        apart = not self.contexts.together(one, other)
        yield Proposal(
            Rule.SPELLING, minor[0], major[0], shared, "" if shared and apart else LOOK if shared else NO_TIE
        )

    def _known_miswritten(self, minor: Named, major: Named) -> Iterator[Proposal]:
        """A body that everybody knows, written a little wrong."""
        if is_well_known(minor[1]) or self._often(minor) > self._often(major):
            minor, major = major, minor
        yield Proposal(Rule.SPELLING, minor[0], major[0], self._shared(minor, major))

    def _often(self, named: Named) -> int:
        return self.clusters.of(named[0]).keys[named[1]]

    def _other_order(self) -> Iterator[Proposal]:
        """University of Orrin and Orrin University can be two."""
        words: defaultdict[frozenset[str], list[Named]] = defaultdict(list)
        for place, key in self.named:
            if "university" in key.split():
                words[frozenset(key.split()) - {"of", "the"}].append((place, key))
        for found in words.values():
            yield from (
                Proposal(Rule.WORD_ORDER, minor[0], major[0], doubt=LOOK) for minor, major in pairs_of_names(found)
            )


def _bodies(clusters: Clusters) -> Iterable[Cluster]:
    return [cluster for cluster in clusters if cluster.kind is EntityKind.ORGANISATION]


def _named(cluster: Cluster, clusters: Clusters) -> Iterator[Named]:
    """The names of a cluster, each with the first sighting that has it."""
    first: dict[str, int] = {}
    for place in sorted(cluster.members, reverse=True):
        first[clusters.sightings[place].key] = place
    return ((place, key) for key, place in first.items())


def _without_small(key: str) -> str:
    return " ".join(word for word in key.split() if word not in SMALL)


def _soft_core(key: str) -> tuple[str, ...]:
    """A name without its legal form, `Group` and `Holdings`."""
    core = body_name(key).core
    return core[:-1] if len(core) > 1 and core[-1] in _LAST else core
