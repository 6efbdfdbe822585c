"""What passes between the stages: blocks from a reader, passages cut from them, and the document that holds them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a passage is in its document."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    BIO = "bio"
    CONTACT = "contact"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"
    HEADER = "header"
    FOOTER = "footer"
    NAVIGATION = "navigation"


FURNITURE = frozenset({Kind.CONTACT, Kind.TEASER, Kind.BOILERPLATE, Kind.HEADER, Kind.FOOTER, Kind.NAVIGATION})
"""Kept and shown, never classified."""

CONTENT = frozenset({Kind.BODY, Kind.QUOTE, Kind.LIST_ITEM, Kind.TABLE_ROW})
"""The kinds that can report an activity."""


ENGLISH = "en"


class Status(StrEnum):
    """How reading a file ended."""

    OK = "ok"
    PARTIAL = "partial"
    NO_TEXT = "no_text"
    NEEDS_PASSWORD = "needs_password"
    UNSUPPORTED = "unsupported"
    REFUSED = "refused"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner; `page` counts from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, as a reader found it."""

    text: str
    kind: Kind = Kind.BODY
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    linked: bool = False
    """The whole block is a link (news pages: a teaser or a menu entry)."""

    def as_kind(self, kind: Kind) -> "Block":
        return self if kind is self.kind else replace(self, kind=kind)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; None where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO 8601 date, as exact as it is known: 2022, 2022-07 or 2022-07-21."""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a file: an attachment, a member of an archive."""

    name: str
    """Its name, with the folders inside the archive; never used as a path."""
    load: Callable[[], bytes]
    """Gives its bytes; raises ReadProblem where they cannot be unpacked."""

    @property
    def data(self) -> bytes:
        return self.load()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one file."""

    blocks: tuple[Block, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    pages: int | None = None
    problem: str | None = None
    """What was lost, in plain words; the document is then `partial`."""
    note: str | None = None
    """What a reader of the text should know though nothing was lost."""
    parts: Iterable[Part] = ()
    """Files inside the file, each of which becomes a document of its own; may be an iterator that unpacks as it goes."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, list item or table row with its place in the document; `position` counts from 0."""

    position: int
    kind: Kind
    text: str
    heading: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    language: str | None = None
    """ISO 639-1 code; None where the text is too short to tell."""

    @property
    def is_content(self) -> bool:
        return self.kind in CONTENT

    @property
    def is_english(self) -> bool:
        """Whether it is not known to be in another language."""
        return self.language in (None, ENGLISH)

    @property
    def is_furniture(self) -> bool:
        return self.kind in FURNITURE


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read: its metadata, its status, and its passages in reading order."""

    path: str
    status: Status = Status.OK
    problem: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    kind: str | None = None
    media_type: str | None = None
    language: str | None = None
    pages: int | None = None
    reader: str | None = None
    passages: tuple[Passage, ...] = ()
    sha256: str | None = None
    """Hash of the bytes."""
    signature: bytes | None = None
    """What near copies of its text are found by."""
    parts: tuple["Document", ...] = ()
    """Attachments and members of an archive; the path of each goes on from this one's, as in `letters.zip/july/a.pdf`."""

    @property
    def words(self) -> int:
        return sum(len(passage.text.split()) for passage in self.passages)
