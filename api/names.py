"""The names of a document with what they are names of: people and their posts, organisations, initiatives, who says what."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from goalmap.api.documents import Document
from goalmap.api.html import html_table, with_heading
from goalmap.extract.names import Entity, EntityKind, Speech
from goalmap.extract.names import Names as FoundNames
from goalmap.report.wording import KINDS, count


@dataclass(frozen=True, slots=True)
class Post:
    """A person's post, by names."""

    person: str
    title: str
    organisation: str | None = None
    former: bool = False
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says, word for word or in its sense."""

    speaker: str | None
    words: str
    kind: Speech


@dataclass(frozen=True, slots=True, repr=False)
class Names(FoundNames):
    """All that was found in one document, with the document, into whose passages the spans lead."""

    document: Document = field(default_factory=lambda: Document(""))

    @property
    def people(self) -> tuple[Entity, ...]:
        """The people who are named."""
        return self._of_kind(EntityKind.PERSON)

    @property
    def organisations(self) -> tuple[Entity, ...]:
        """The organisations that are named."""
        return self._of_kind(EntityKind.ORGANISATION)

    @property
    def initiatives(self) -> tuple[Entity, ...]:
        """The initiatives that are named."""
        return self._of_kind(EntityKind.INITIATIVE)

    @property
    def posts(self) -> tuple[Post, ...]:
        """Who holds or held which post where."""
        return tuple(
            Post(
                self.entities[role.person].name,
                role.title,
                None if role.organisation is None else self.entities[role.organisation].name,
                role.former,
                role.since,
                role.until,
            )
            for role in self.roles
        )

    @property
    def said(self) -> tuple[Said, ...]:
        """Who says what."""
        return tuple(
            Said(
                None if quotation.speaker is None else self.entities[quotation.speaker].name,
                self.document.passages[quotation.span.passage].text[quotation.span.start : quotation.span.end],
                quotation.kind,
            )
            for quotation in self.quotations
        )

    def _of_kind(self, kind: EntityKind) -> tuple[Entity, ...]:
        return tuple(entity for entity in self.entities if entity.kind is kind)

    def __repr__(self) -> str:
        return f"<Names in {self.document.name!r}: {', '.join(self._counts())}>"

    def __rich_repr__(self) -> Iterator[Any]:
        for name in ("people", "organisations", "initiatives"):
            yield name, [entity.name for entity in getattr(self, name)]
        yield "posts", [*self.posts]
        yield "said", [*self.said]

    def _repr_html_(self) -> str:
        mentioned = Counter(mention.entity for mention in self.mentions)
        entities = (
            (entity.kind.value, entity.name, ", ".join(entity.aliases), f"{mentioned[place]:,}")
            for place, entity in enumerate(self.entities)
        )
        posts = ((post.person, post.title, post.organisation or "", _time_of(post)) for post in self.posts)
        said = ((one.speaker or "", one.words) for one in self.said)
        return with_heading(
            f"{self.document.title or self.document.name}: {', '.join(self._counts())}",
            html_table(("kind", "name", "also called", "times named"), entities),
            html_table(("person", "post", "at", "when"), posts),
            html_table(("speaker", "words"), said),
        )

    def _counts(self) -> Iterator[str]:
        for kind in EntityKind:
            yield count(len(self._of_kind(kind)), *KINDS[kind.value])
        yield count(len(self.roles), "post")
        yield count(len(self.quotations), "quotation")


def _time_of(post: Post) -> str:
    dates = " to ".join(filter(None, (post.since, post.until)))
    return dates or ("formerly" if post.former else "")


def named_in(document: Document, found: FoundNames) -> Names:
    """What was found, with the document."""
    return Names(**{one.name: getattr(found, one.name) for one in fields(FoundNames)}, document=document)
