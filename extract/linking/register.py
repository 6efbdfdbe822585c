"""The entities of a document, and which mention names which."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goalmap.extract.candidates import Candidate
from goalmap.extract.linking.short_forms import short_forms
from goalmap.extract.names import Entity, EntityKind, Mention, Span
from goalmap.extract.people.find import bare_name
from goalmap.extract.words import folded


@dataclass(slots=True)
class Register:
    """The entities of one document as they are met."""

    acronyms: Mapping[str, str]
    names: list[str] = field(default_factory=list)
    kinds: list[EntityKind] = field(default_factory=list)
    forms: list[Counter[str]] = field(default_factory=list)
    _by_key: dict[tuple[EntityKind, str], int] = field(default_factory=dict)

    def entity(self, kind: EntityKind, surface: str) -> int:
        name = self._full_name(kind, surface)
        key = (kind, folded(name))
        if key not in self._by_key:
            self._by_key[key] = len(self.names)
            self.names.append(name)
            self.kinds.append(kind)
            self.forms.append(Counter())
        place = self._by_key[key]
        self.forms[place][surface] += 1
        return place

    def alias(self, kind: EntityKind, form: str, name: str) -> None:
        """From now on `form` names what `name` names, unless it already names something."""
        place = self._by_key.get((kind, folded(name)))
        if place is not None:
            self._by_key.setdefault((kind, folded(form)), place)

    def find(self, kind: EntityKind, name: str) -> int | None:
        return self._by_key.get((kind, folded(name)))

    def _full_name(self, kind: EntityKind, surface: str) -> str:
        if kind is EntityKind.PERSON:
            return bare_name(surface)
        bare = surface if surface.startswith(("St ", "St. ")) else re.sub(r"[’']s$", "", surface)
        return self.acronyms.get(bare, re.sub(r"^(?:the|our|its) ", "", bare))

    def entities(self) -> tuple[Entity, ...]:
        return tuple(
            Entity(kind, name, tuple(sorted(form for form in forms if form != name)))
            for kind, name, forms in zip(self.kinds, self.names, self.forms, strict=True)
        )


def link(
    found: Sequence[Sequence[Candidate]], texts: Sequence[str], acronyms: Mapping[str, str]
) -> tuple[Register, list[Mention]]:
    """Entities for the candidates of a document, longest names first, and a mention for each candidate."""
    register = Register(acronyms)
    surfaces = sorted(
        {
            (c.kind, text[c.start : c.end])
            for text, cs in zip(texts, found, strict=True)
            for c in cs
            if c.kind is not None
        },
        key=lambda pair: (-len(bare_name(pair[1]).split()), -len(pair[1]), pair[1]),
    )
    full = [*((EntityKind.ORGANISATION, name) for name in acronyms.values()), *surfaces]
    _register_forms(register, full)
    mentions = [
        Mention(
            register.entity(c.kind, text[c.start : c.end]), Span(place, c.start, c.end), text[c.start : c.end], c.rule
        )
        for place, (text, candidates) in enumerate(zip(texts, found, strict=True))
        for c in candidates
        if c.kind is not None
    ]
    return register, mentions


def _register_forms(register: Register, surfaces: Iterable[tuple[EntityKind | None, str]]) -> None:
    for kind, surface in surfaces:
        if kind is None or register.find(kind, register._full_name(kind, surface)) is not None:
            continue
        place = register.entity(kind, surface)
        register.forms[place].clear()
        for form in _aliases(kind, register.names[place]):
            register.alias(kind, form, register.names[place])


def _aliases(kind: EntityKind, name: str) -> Iterator[str]:
    words = name.split()
    if kind is EntityKind.PERSON and len(words) > 1:
        yield words[-1]
        yield words[0]
        if len(words) > 2:
            yield " ".join(words[-2:])
            yield f"{words[0]} {words[-1]}"
    if kind is EntityKind.ORGANISATION:
        yield from short_forms(name)
    if kind is EntityKind.INITIATIVE and ":" in name:
        yield name.split(":")[0]
