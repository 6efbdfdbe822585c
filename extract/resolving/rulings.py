"""What people decided, as parties: names that must be one, and parties that must stay apart."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Handle, Ruling, Sighting, Verdict

Named = tuple[EntityKind, Handle]


@dataclass(frozen=True, slots=True)
class Parties:
    """Each name decided on with the number of its party."""

    numbers: Mapping[Named, int]
    together: frozenset[int]
    """Parties of names that were decided to be the same, so that all that bear them are one."""
    forbidden: Mapping[int, set[int]]
    split: frozenset[tuple[EntityKind, str]]
    """Names of which some documents' uses were decided to differ from others'."""

    def of(self, sighting: Sighting) -> int | None:
        """The party of a sighting: that of its name in its document, else of its name everywhere."""
        here = self.numbers.get((sighting.kind, Handle(sighting.key, sighting.document)))
        return self.numbers.get((sighting.kind, Handle(sighting.key))) if here is None else here


class _Union:
    """Names decided on and what keeps them apart, while decisions are taken up from the latest to the earliest."""

    def __init__(self) -> None:
        self.parent: dict[Named, Named] = {}
        self.apart: defaultdict[Named, set[Named]] = defaultdict(set)

    def root(self, name: Named) -> Named:
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def same(self, one: Named, other: Named) -> None:
        """Make them one unless that goes against a later decision."""
        kept, gone = self.root(one), self.root(other)
        if kept == gone or gone in self.apart[kept]:
            return
        self.parent[gone] = kept
        for name in self.apart.pop(gone, set()):
            self.apart[name].discard(gone)
            self.apart[name].add(kept)
            self.apart[kept].add(name)

    def different(self, one: Named, other: Named) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self.apart[first].add(second)
            self.apart[second].add(first)


def parties_of(rulings: Sequence[Ruling]) -> Parties:
    """Decisions as parties; where two contradict each other the later one holds."""
    union, meant = _Union(), _meant(rulings)
    for ruling in reversed(rulings):
        take_up = union.same if ruling.verdict is Verdict.SAME else union.different
        for one, other in product(meant[ruling.kind, ruling.one], meant[ruling.kind, ruling.other]):
            take_up(one, other)
    roots = {name: union.root(name) for name in list(union.parent)}
    numbers = {root: number for number, root in enumerate(dict.fromkeys(roots.values()))}
    size: defaultdict[int, int] = defaultdict(int)
    for root in roots.values():
        size[numbers[root]] += 1
    return Parties(
        {name: numbers[root] for name, root in roots.items()},
        frozenset(number for number, count in size.items() if count > 1),
        {numbers[root]: {numbers[other] for other in others} for root, others in union.apart.items()},
        _split(rulings),
    )


def _meant(rulings: Sequence[Ruling]) -> Mapping[Named, list[Named]]:
    """What each name decided on stands for: itself, and a name everywhere for its uses in documents too."""
    named = dict.fromkeys((ruling.kind, handle) for ruling in rulings for handle in (ruling.one, ruling.other))
    uses: defaultdict[Named, list[Named]] = defaultdict(list)
    for kind, handle in named:
        if handle.document is not None:
            uses[kind, Handle(handle.key)].append((kind, handle))
    return {one: [one, *uses[one]] for one in named}


def _split(rulings: Sequence[Ruling]) -> frozenset[tuple[EntityKind, str]]:
    return frozenset(
        (ruling.kind, ruling.one.key)
        for ruling in rulings
        if ruling.verdict is Verdict.DIFFERENT and ruling.one.key == ruling.other.key and ruling.one != ruling.other
    )
