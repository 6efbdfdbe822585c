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
class Reference:
    """Words that mean an entity without naming it: `the Trust`, `our`. A link, never an alias."""

    entity: int
    span: Span
    surface: str


@dataclass(frozen=True, slots=True)
class Role:
    """A person's post, with the body it is held at where the text says so; `since` and `until` as the text dates them."""

    person: int
    title: str
    passage: int
    organisation: int | None = None
    former: bool = False
    since: str | None = None
    until: str | None = None


class Speech(StrEnum):
    """How the words of a speaker are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    """`She said that …`: the sense, not the words."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One continuous utterance without its quotation marks, and who says it where that is known."""

    span: Span
    speaker: int | None = None
    kind: Speech = Speech.DIRECT


@dataclass(frozen=True, slots=True)
class Membership:
    """An entity that chairs, belongs to, is part of, partners or signs up to an organisation, or became another."""

    member: int
    organisation: int
    kind: str
    passage: int
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and what it counts: 453 apprentices, £840,000, 83 %, one in five."""

    span: Span
    value: float
    unit: str | None = None
    what: str | None = None
    period: str | None = None
    """When, in the words of the text."""
    since: str | None = None
    until: str | None = None
    """The period as dates: 2022, 2022-04, 2022-04-01."""
    bound: str | None = None
    """`over`, `under`, `about` where the text says that the number is none exactly."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A published figure on the socio-economic background of a body's people; never about one person."""

    figure: Span
    """The number; it also stands among the figures."""
    kind: str
    """`share`, `response rate`, `pay gap`, `target`."""
    value: float
    unit: str
    organisation: int | None = None
    question: str | None = None
    """What was asked: `parental occupation at 14`, `free school meals`, `first in family at university`, `type of school`."""
    group: str | None = None
    """Of whom: `working-class`, `professional`, and at which level where it is said."""
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """All that extraction found in one document."""

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    roles: tuple[Role, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    memberships: tuple[Membership, ...] = ()
    figures: tuple[Figure, ...] = ()
    measures: tuple[Measure, ...] = ()
    owners: tuple[tuple[int, int], ...] = ()
    """Initiatives with the body that runs each, where the text says so."""
    publisher: int | None = None
    """The organisation that the document speaks for."""
