"""An engine that finds the names which a file's lines declare, so that many documents can be made up quickly.

Each line is a passage and declares one name:

    organisation: Harrowmead Council | HC        a body, with other forms
    initiative: Step Up @ Harrowmead Council     an initiative of a body
    person: Jo Webb, Leader @ Harrowmead Council a person with a post at a body
    former: Jo Webb, Mayor @ Harrowmead Council  the same, in the past
    member: Lockgate Trust @ North Coalition     a body that belongs to another
    publisher: Harrowmead Council                said of the document; no passage
    published: 2024-03-01
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlite_utils import Database

from goalmap.classify.pipeline import FileResult, Settings
from goalmap.extract.names import Entity, EntityKind, Membership, Mention, Names, Role, Span
from goalmap.ingest.document import Document, Kind, Passage
from goalmap.ingest.find import find
from goalmap.store.database import open_database
from goalmap.store.load import Outcome, ingest

ABOUT_THE_DOCUMENT = ("publisher", "published")


class Naming:
    """Reads such files."""

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]:
        for path in paths:
            yield path, result_of(path, path.read_text("utf-8"))

    def saved(self) -> None:
        """It holds nothing."""


@dataclass
class Found:
    """What the lines read so far declare."""

    entities: dict[tuple[EntityKind, str], Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    owners: list[tuple[int, int]] = field(default_factory=list)

    def entity(self, kind: EntityKind, said: str) -> int:
        name, *aliases = said.split(" | ")
        known = self.entities.setdefault((kind, name), Entity(kind, name))
        self.entities[kind, name] = replace(known, aliases=(*known.aliases, *aliases))
        return list(self.entities).index((kind, name))


def result_of(path: Path, text: str) -> FileResult:
    lines = [line for line in text.splitlines() if line.strip()]
    said = dict(line.split(": ", 1) for line in lines if line.split(":")[0] in ABOUT_THE_DOCUMENT)
    told = [line for line in lines if line.split(":")[0] not in ABOUT_THE_DOCUMENT]
    found = Found()
    for place, line in enumerate(told):
        declare(found, place, line)
    document = Document(
        str(path),
        title=path.stem,
        reader="text",
        passages=tuple(Passage(place, Kind.BODY, line) for place, line in enumerate(told)),
        sha256=hashlib.sha256(text.strip().encode()).hexdigest(),
        publisher=said.get("publisher"),
        published=said.get("published"),
    )
    names = Names(
        entities=tuple(found.entities.values()),
        mentions=tuple(found.mentions),
        roles=tuple(found.roles),
        memberships=tuple(found.memberships),
        owners=tuple(found.owners),
    )
    return FileResult(document, names)


def declare(found: Found, place: int, line: str) -> None:
    sort, _, rest = line.partition(": ")
    own, _, body = rest.partition(" @ ")
    name, _, title = own.partition(", ")
    kind = {"former": EntityKind.PERSON, "member": EntityKind.ORGANISATION}.get(sort) or EntityKind(sort)
    entity = found.entity(kind, name)
    mention(found, entity, place, line, name)
    if not body:
        return
    other = found.entity(EntityKind.ORGANISATION, body)
    mention(found, other, place, line, body)
    if kind is EntityKind.PERSON:
        found.roles.append(Role(entity, title, place, other, sort == "former"))
    elif kind is EntityKind.INITIATIVE:
        found.owners.append((entity, other))
    else:
        found.memberships.append(Membership(entity, other, "member of", place))


def mention(found: Found, entity: int, place: int, line: str, said: str) -> None:
    surface = said.split(" | ")[0]
    start = line.index(surface, line.index(": "))
    found.mentions.append(Mention(entity, Span(place, start, start + len(surface)), surface, "hand"))


def read_folder(db: Database, folder: Path) -> Outcome:
    return ingest(db, find([folder]), Settings(), Naming())


def write_files(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def make_database(path: Path, folder: Path, texts: dict[str, str]) -> Path:
    """A database of these files."""
    write_files(folder, texts)
    with closing(open_database(path, create=True)) as db:
        read_folder(db, folder)
    return path
