"""Sightings for tests, and what came of them in a form that is easy to compare."""

from collections.abc import Iterable, Sequence

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Entry, Group, Resolution, Ruling, Sighting
from goalmap.extract.resolving.resolve import resolve
from goalmap.extract.words import name_key

PERSON, BODY, INITIATIVE = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.INITIATIVE


def seen(
    document: str,
    kind: EntityKind,
    name: str,
    at: str | Sequence[str] = (),
    post: str | None = None,
    by: str | None = None,
    forms: Iterable[str] = (),
    near: Iterable[str] = (),
) -> Sighting:
    """A name in a document: tied to bodies, with a post, in a document by a publisher, near other names."""
    key = name_key(name)
    return Sighting(
        id=f"{document} {kind.value} {key}",
        document=document,
        kind=kind,
        name=name,
        key=key,
        forms=(name, *forms),
        bodies=frozenset(map(name_key, [at] if isinstance(at, str) else at)),
        titles=frozenset([post] if post else ()),
        company=frozenset(map(name_key, near)),
        publisher=name_key(by) if by else None,
    )


def brought_together(
    sightings: Iterable[Sighting], rulings: Sequence[Ruling] = (), gazetteer: Sequence[Entry] = ()
) -> set[frozenset[str]]:
    """The groups of more than one sighting, as sets of `document name`."""
    found = resolve(sightings, rulings, gazetteer)
    return {shown(group) for group in found.groups if len(group.members) > 1}


def shown(group: Group) -> frozenset[str]:
    return frozenset(member.replace(f" {group.kind.value} ", " ") for member in group.members)


def reasons(found: Resolution) -> list[str]:
    """Why different names were brought together."""
    return [link.reason for group in found.groups for link in group.links]


def doubts(found: Resolution) -> list[str]:
    """What a person should look at."""
    return [link.reason for link in found.suggestions]
