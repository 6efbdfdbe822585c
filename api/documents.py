"""A document as it is shown: a line in a terminal, its passages in a notebook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from typing import Any

from goalmap.api.html import html_table, with_heading
from goalmap.ingest.document import Document as ReadDocument
from goalmap.ingest.document import Kind, Passage
from goalmap.report.wording import count

MOST_SHOWN = 100
"""Passages of a document that a notebook shows."""


@dataclass(frozen=True, slots=True, repr=False)
class Document(ReadDocument):
    """One file, read: its metadata, its status, and its passages in reading order."""

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return PurePath(self.path).name

    @property
    def text(self) -> str:
        """All passages, a blank line between two."""
        return "\n\n".join(passage.text for passage in self.passages)

    def __repr__(self) -> str:
        told = (f"{self.name!r}", self.status.value, *self._counts(), *filter(None, (self.title, self.problem)))
        return f"<Document {', '.join(told)}>"

    def __rich_repr__(self) -> Iterator[Any]:
        yield self.name
        yield "status", self.status.value
        for name in ("title", "publisher", "published", "pages", "problem"):
            yield name, getattr(self, name), None
        yield "passages", len(self.passages)

    def _repr_html_(self) -> str:
        rows = (
            (str(passage.position), str(passage.page or ""), passage.kind.value, passage.text)
            for passage in self.passages[:MOST_SHOWN]
        )
        left = len(self.passages) - MOST_SHOWN
        table = html_table(("", "page", "kind", "text"), rows, f"and {left:,} more passages" if left > 0 else "")
        return with_heading(" · ".join(self._told()), table if self.passages else "")

    def _told(self) -> Iterator[str]:
        """What a heading says of it."""
        yield from filter(None, (self.title or self.name, self.publisher, self.published))
        yield from self._counts()
        if self.problem:
            yield f"{self.status.value}: {self.problem}"

    def _counts(self) -> Iterator[str]:
        yield count(len(self.passages), "passage")
        if self.pages:
            yield count(self.pages, "page")
        if self.parts:
            yield f"{count(len(self.parts), 'file')} in it"


def shown(document: ReadDocument) -> Document:
    """The same document, and those in it, as they are shown."""
    held = {field.name: getattr(document, field.name) for field in fields(document)}
    return Document(**{**held, "parts": tuple(map(shown, document.parts))})


def of_text(text: str) -> Document:
    """A document of one passage, in the language that it is written in."""
    return of_passages([text])


def of_passages(texts: Iterable[str]) -> Document:
    """A document with these texts as its passages; a short one is taken to be in the language of its neighbours."""
    from goalmap.ingest.languages import tagged

    passages = [Passage(place, Kind.BODY, text) for place, text in enumerate(texts)]
    return replace(Document("text"), passages=tagged(passages))


def of_separate_texts(texts: Iterable[str]) -> Document:
    """A document with these texts as its passages, none of which has anything to do with another."""
    passages = (replace(of_text(text).passages[0], position=place) for place, text in enumerate(texts))
    return replace(Document("text"), passages=tuple(passages))
