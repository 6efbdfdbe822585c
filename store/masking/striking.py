"""What of a document tells of somebody who is forgotten: who of those it names, and where."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from goalmap.extract.names import EntityKind
from goalmap.store.masking.finding import Hit, Words, hits_in
from goalmap.store.masking.forms import is_whole, name_keys
from goalmap.store.masking.marks import Span
from goalmap.store.masking.people import Forgotten, Roll, linked

Id = TypeVar("Id", bound=Hashable)
"""What names an entity: its place in a result, or its id in the database."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """An entity as its document has it."""

    kind: EntityKind
    names: Sequence[str]
    bodies: Sequence[str] = ()
    """Name keys of the bodies that it is tied to there."""


@dataclass(frozen=True, slots=True)
class Named(Generic[Id]):
    """Where an entity is named."""

    passage: int
    start: int
    end: int
    entity: Id


@dataclass(frozen=True)
class Written(Generic[Id]):
    """What a document says, and whom it names."""

    id: str
    passages: Sequence[str]
    others: Sequence[str] = ()
    """Its title, its publisher, its path, and whatever else may name somebody."""
    entities: Mapping[Id, Bearer] = field(default_factory=dict)
    named: Sequence[Named[Id]] = ()
    meant: Mapping[Id, str] = field(default_factory=dict)
    """Entities that are known to be somebody who is forgotten, by whatever name, with the id of the forgetting."""


@dataclass(frozen=True)
class Struck(Generic[Id]):
    """What is to be taken out of a document."""

    entities: frozenset[Id]
    spans: Sequence[Sequence[Span]]
    """Of each passage the places to be masked."""
    words: Words
    """Masks whatever else belongs to the document."""
    is_struck: bool


def strike(written: Written[Id], roll: Roll) -> Struck[Id]:
    """What of a document is to be taken out."""
    return _Striking(written, roll).struck()


class _Striking(Generic[Id]):
    """Sets what a document says beside those who are forgotten."""

    def __init__(self, written: Written[Id], roll: Roll) -> None:
        self.written, self.roll = written, roll
        self.hits = [hits_in(text, roll) for text in written.passages]
        self.others = [hit for text in written.others for hit in hits_in(text, roll)]
        self.forms = {id: self._forms(one) for id, one in written.entities.items()}
        self.own = {person.id: frozenset(self._own(person)) for person in roll.people}
        self.gone = frozenset[Id]().union(*self.own.values(), self._named_after())

    def struck(self) -> Struck[Id]:
        words = Words(self.roll, self._near(), self._shared(), self._spared())
        spans = [self._spans(place, words) for place in range(len(self.written.passages))]
        is_beside = any(words.spans(text) for text in self.written.others)
        return Struck(self.gone, spans, words, bool(self.gone) or any(spans) or is_beside)

    # Who

    def _forms(self, one: Bearer) -> frozenset[str]:
        """Hashes of the names of an entity, whole and without titles."""
        joined = ("".join(keys) for name in one.names if (keys := name_keys(name)))
        return frozenset(map(self.roll.hash_of, joined))

    def _own(self, person: Forgotten) -> Iterator[Id]:
        """Entities that are this person."""
        for id, one in self.written.entities.items():
            is_called_so = one.kind is EntityKind.PERSON and self._is_called_so(id, one, person)
            if self.written.meant.get(id) == person.id or (is_called_so and self._is_meant(one, person)):
                yield id

    def _is_called_so(self, id: Id, one: Bearer, person: Forgotten) -> bool:
        """Whether an entity has the person's full name; or in a document that named them, only the surname or what was linked."""
        if self.forms[id] & person.full:
            return True
        if self.written.id not in person.documents or any(is_whole(name_keys(name)) for name in one.names):
            return False
        here = (linked(self.written.id, "".join(name_keys(name))) for name in one.names)
        return bool(self.forms[id] & person.surnames) or not person.linked.isdisjoint(map(self.roll.hash_of, here))

    def _is_meant(self, one: Bearer, person: Forgotten) -> bool:
        """Whether somebody of the name is the one who is forgotten, where others bear it too."""
        if not person.is_limited or person.bodies & set(map(self.roll.hash_of, one.bodies)):
            return True
        return self.written.id in person.documents and not (one.bodies and person.bodies)

    def _named_after(self) -> Iterator[Id]:
        """Bodies and initiatives that bear the full name of somebody who is forgotten."""
        spared = {person.id for person in self.roll.people if person.is_limited}
        for id, one in self.written.entities.items():
            if one.kind is not EntityKind.PERSON:
                hits = (hit for name in one.names for hit in hits_in(name, self.roll))
                if any(hit.is_full and hit.person.id not in spared for hit in hits):
                    yield id

    def _near(self) -> frozenset[str]:
        """The people whom the document names."""
        return frozenset(person.id for person in self.roll.people if self._is_near(person))

    def _is_near(self, person: Forgotten) -> bool:
        if self.own[person.id] or self.written.id in person.documents:
            return True
        hits = (hit for found in (*self.hits, self.others) for hit in found)
        return not person.is_limited and any(hit.is_full and hit.person is person for hit in hits)

    def _shared(self) -> frozenset[str]:
        """Parts of names that others who stay bear too."""
        kept = (one for id, one in self.written.entities.items() if id not in self.gone)
        people = (one for one in kept if one.kind is EntityKind.PERSON)
        return frozenset(self.roll.hash_of(key) for one in people for name in one.names for key in name_keys(name))

    def _spared(self) -> frozenset[str]:
        """People whose full name counts only where this person is meant."""
        limited = (person for person in self.roll.people if person.is_limited)
        kept = frozenset[str]().union(*(self.forms[id] for id in self.forms.keys() - self.gone))
        return frozenset(person.id for person in limited if not self._is_near(person) or kept & person.full)

    # Where

    def _spans(self, place: int, words: Words) -> list[Span]:
        """The places of a passage to be masked."""
        here = [one for one in self.written.named if one.passage == place]
        own = [(one.start, one.end) for one in here if one.entity in self.gone and self._is_person(one.entity)]
        kept = [one for one in here if one.entity not in self.gone]
        hits = words.counting(self.written.passages[place], self.hits[place])
        return sorted({*own, *((hit.start, hit.end) for hit in hits if hit.is_full or not _is_within(hit, kept))})

    def _is_person(self, id: Id) -> bool:
        return self.written.entities[id].kind is EntityKind.PERSON


def _is_within(hit: Hit, named: Sequence[Named[Id]]) -> bool:
    """Whether a part of a name stands in the name of somebody or something else."""
    return any(one.start < hit.end and hit.start < one.end for one in named)
