"""The names that a document uses, in every form they may come back in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goalmap.extract.candidates import Candidate
from goalmap.extract.linking.short_forms import short_forms
from goalmap.extract.names import EntityKind
from goalmap.extract.people.find import bare_name
from goalmap.extract.words import CALENDAR, STARTERS, folded


@dataclass(frozen=True, slots=True)
class Known:
    """A name that the document uses: where to look for it, and as what."""

    text: str
    kind: EntityKind
    rule: str
    short: bool = False
    """A part of a longer name, which also may be a common word or a place."""


def known_names(found: Sequence[list[Candidate]], texts: Sequence[str], acronyms: Mapping[str, str]) -> list[Known]:
    """Every full name of the document, its acronym and the short forms it may take."""
    known: dict[str, Known] = {}
    for text, candidates in zip(texts, found, strict=True):
        for c in candidates:
            if c.kind is not None:
                for form in _forms(text[c.start : c.end], c.kind):
                    known.setdefault(form.text, form)
    for short in _shared_by_several(known):
        del known[short]
    kinds = {folded(name.text): name.kind for name in known.values()}
    for acronym, name in acronyms.items():
        kind = kinds.get(folded(name)) or _kind_of_longer(name, kinds)
        if kind is not None:
            known[acronym] = Known(acronym, kind, "acronym")
    return list(known.values())


def _shared_by_several(known: Mapping[str, Known]) -> list[str]:
    """Short forms of one word that stand in the names of several bodies: a place, as in `Marle Hospitals` and `Marle City Council`."""
    bodies = [name.text for name in known.values() if name.kind is EntityKind.ORGANISATION and name.rule == "again"]
    shorts = [name.text for name in known.values() if name.rule == "short form" and " " not in name.text]
    return [short for short in shorts if len({body for body in bodies if short in body.split()}) > 1]


def _kind_of_longer(name: str, kinds: Mapping[str, EntityKind]) -> EntityKind | None:
    key = folded(name)
    return next((kind for other, kind in kinds.items() if other.endswith(key) or key.endswith(other)), None)


def _forms(surface: str, kind: EntityKind) -> Iterator[Known]:
    surface = re.sub(r"[’']s?$", "", surface) if kind is not EntityKind.ORGANISATION else surface
    if kind is EntityKind.PERSON:
        yield from _forms_of_person(surface)
    elif kind is EntityKind.ORGANISATION:
        yield from _forms_of_body(surface)
    elif not (surface.split()[0] in STARTERS and " " not in surface):
        yield Known(surface, kind, "again", short=" " not in surface)


def _forms_of_person(surface: str) -> Iterator[Known]:
    name = bare_name(surface)
    yield Known(name, EntityKind.PERSON, "again", short=" " not in name)
    words = name.split()
    if len(words) > 1:
        yield Known(words[-1], EntityKind.PERSON, "surname", short=True)
        if len(words[0]) > 2 and words[0] not in CALENDAR:
            yield Known(words[0], EntityKind.PERSON, "given name", short=True)
        if len(words) > 2 and words[-2][0].isupper():
            yield Known(" ".join(words[-2:]), EntityKind.PERSON, "surname")


def _forms_of_body(surface: str) -> Iterator[Known]:
    yield Known(surface, EntityKind.ORGANISATION, "again", short=" " not in surface and not surface.isupper())
    for short in short_forms(surface):
        yield Known(short, EntityKind.ORGANISATION, "short form", short=len(short.split()) < 3)
