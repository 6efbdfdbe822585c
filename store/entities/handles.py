"""Decisions are made on names, not on entities: a name everywhere, or as one document uses it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Handle


@dataclass(frozen=True, slots=True)
class Named:
    """One name of an entity in one document."""

    id: str
    kind: EntityKind
    key: str
    document: str
    forms: tuple[str, ...]
    entity: str
    path: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A handle with the name as people read it."""

    handle: Handle
    name: str


NAMED = """
select e.id, e.kind, e.name, e.name_key, e.document_id, e.forms, e.entity_id, d.path
from document_entities e join documents d on d.id = e.document_id
where e.entity_id in (select value from json_each(?)) order by e.name_key, d.path, e.id
"""
ELSEWHERE = """
select distinct e.name_key from document_entities e
where e.kind = ? and e.name_key in (select value from json_each(?)) and e.id not in (select value from json_each(?))
"""
COPIES = "select id, path, content_of from documents where content_of in (select value from json_each(?)) order by path"


def named_by(db: Database, entities: Iterable[str]) -> list[Named]:
    """Every name of these entities in every document."""
    rows = db.query(NAMED, [json.dumps(list(entities))])
    return [
        Named(
            id=row["id"],
            kind=EntityKind(row["kind"]),
            key=row["name_key"],
            document=row["document_id"],
            forms=tuple(dict.fromkeys((row["name"], *json.loads(row["forms"])))),
            entity=row["entity_id"],
            path=row["path"],
        )
        for row in rows
    ]


def handles_of(db: Database, part: Sequence[Named]) -> list[Shown]:
    """What stands for these names and no others: a name everywhere where they are all that bear it, else document by document.

    A document is meant with all files of the same bytes, so that any of them may stand for the others later.
    """
    shared = _borne_elsewhere(db, part)
    copies = _copies(db, {name.document for name in part if name.key in shared})
    found: dict[Handle, str] = {}
    for name in part:
        for handle in _handles(name, shared, copies):
            found.setdefault(handle, name.forms[0])
    return [Shown(handle, name) for handle, name in found.items()]


def _handles(name: Named, shared: Collection[str], copies: dict[str, list[str]]) -> Iterator[Handle]:
    if name.key not in shared:
        yield Handle(name.key)
        return
    for document in (name.document, *copies.get(name.document, ())):
        yield Handle(name.key, document)


def _borne_elsewhere(db: Database, part: Sequence[Named]) -> set[str]:
    """Keys among these that other entities, or other names of the same entity, have too."""
    keys, ids = json.dumps(sorted({name.key for name in part})), json.dumps([name.id for name in part])
    kinds = {name.kind.value for name in part}
    return {key for kind in kinds for (key,) in db.execute(ELSEWHERE, [kind, keys, ids]).fetchall()}


def _copies(db: Database, documents: Collection[str]) -> dict[str, list[str]]:
    copies: defaultdict[str, list[str]] = defaultdict(list)
    for id, _, holder in db.execute(COPIES, [json.dumps(sorted(documents))]).fetchall():
        copies[holder].append(id)
    return copies


def copies_of(db: Database, documents: Collection[str]) -> dict[str, str]:
    """The paths of files that hold the same bytes as these documents, each with the document that stands for it."""
    return {path: holder for _, path, holder in db.execute(COPIES, [json.dumps(sorted(documents))]).fetchall()}


def covers(handle: Handle, other: Handle) -> bool:
    """Whether two handles can mean the same name."""
    return handle.key == other.key and (None in (handle.document, other.document) or handle.document == other.document)
