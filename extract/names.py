"""What extraction finds in one document: entities with their mentions, and what ties them together.

Offsets are into `Passage.text`: `passage.text[start:end]` is the span. Passages are named by their position in the
document, entities by their place in `Names.entities`.
"""

from dataclasses import dataclass
from enum import StrEnum


class EntityKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    INITIATIVE = "initiative"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one passage's text."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, body or initiative; `name` is the fullest form without honorifics, `aliases` the other forms met."""

    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an entity is named. `rule` says what found it: a rule's name, or the model's."""

    entity: int
    span: Span
    surface: str
    rule: str


@dataclass(frozen=True, slots=True)
class Role:
    """A person's post, with the body it is held at where the text says so."""

    person: int
    title: str
    passage: int
    organisation: int | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """One continuous utterance without its quotation marks, and who says it where that is known."""

    span: Span
    speaker: int | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """An entity that chairs, belongs to, is part of, partners or signs up to an organisation."""

    member: int
    organisation: int
    kind: str
    passage: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and what it counts: 453 apprentices, £840,000, 83 %."""

    span: Span
    value: float
    unit: str | None = None
    what: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """All that extraction found in one document."""

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    memberships: tuple[Membership, ...] = ()
    figures: tuple[Figure, ...] = ()
    publisher: int | None = None
    """The organisation that the document speaks for."""
