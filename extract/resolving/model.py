"""What goes into bringing the names of many documents together, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from goalmap.extract.names import EntityKind


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entity of one document, as extraction found it."""

    id: str
    document: str
    kind: EntityKind
    name: str
    key: str
    """The name as compared, by `name_key`."""
    forms: tuple[str, ...] = ()
    """All forms met in the document, acronyms among them."""
    bodies: frozenset[str] = frozenset()
    """Name keys of the bodies it is tied to there: of a person's posts, of an initiative's owner."""
    titles: frozenset[str] = frozenset()
    """A person's posts there."""
    company: frozenset[str] = frozenset()
    """Name keys of all that the document names beside it."""
    publisher: str | None = None
    """Name key of the body that the document speaks for."""
    published: str | None = None


class Verdict(StrEnum):
    """What a person decided of two names."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Handle:
    """A name everywhere, or as one document uses it."""

    key: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision that stands; where two contradict each other, the later one wins."""

    verdict: Verdict
    kind: EntityKind
    one: Handle
    other: Handle


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a gazetteer: a name with its other names and its codes by scheme."""

    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Why two names were taken for one, or might be: the names as written, the rule, and the reason in words."""

    one: str
    other: str
    """Ids of two sightings."""
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """The sightings of one entity."""

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    links: tuple[Link, ...] = ()
    """Between different names only: that a name is the same name needs no reason."""
    entry: Entry | None = None
    """What the gazetteer has of it."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every sighting in one group, and pairs that a person should look at."""

    groups: tuple[Group, ...]
    suggestions: tuple[Link, ...] = ()
