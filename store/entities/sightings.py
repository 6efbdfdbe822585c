"""What the resolver is given: the names of each document, with what the documents say around them."""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from sqlite_utils import Database

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.contexts import RARE
from goalmap.extract.resolving.model import Sighting
from goalmap.extract.words import name_key

T = TypeVar("T", bound=Hashable)
Once = Callable[[T], T]
"""Gives the first of equal things, so that each is held in memory once."""

EMPTY = "[]"
SIGHTINGS = """
select e.id, e.document_id, e.kind, e.name, e.name_key, e.forms, e.bodies, e.titles, e.entity_id,
    coalesce(d.publisher, o.publisher) publisher, d.published, coalesce(d.duplicate_of, d.id) story
from document_entities e join documents d on d.id = e.document_id left join documents o on o.id = d.parent_id
"""
SHARED = "select name_key from document_entities group by name_key having count(distinct document_id) between 2 and ?"
NAMED = "select document_id, name_key from document_entities where name_key in (select value from json_each(?))"
INSIDE = "select id, parent_id from documents where parent_id is not null"


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting with what only the database needs to know of it."""

    sighting: Sighting
    story: str
    """The document that stands for all copies of this one."""
    entity: str | None
    """The entity that it was last taken for."""


def read_sightings(db: Database) -> dict[str, Seen]:
    """All sightings by their ids, in the order of these."""
    company, reader = _company(db), _Reader()
    seen = {row[0]: reader.seen(row, company) for row in db.execute(SIGHTINGS)}
    return dict(sorted(seen.items(), key=itemgetter(0)))


class _Reader:
    """Makes sightings of rows; what many of them have in common is made once."""

    def __init__(self) -> None:
        known: dict[Any, Any] = {}
        self.once: Once[Any] = lambda thing: known.setdefault(thing, thing)
        self.words = cache(self._words)
        self.keys = cache(self._keys)

    def seen(self, row: tuple[Any, ...], company: Mapping[str, frozenset[str]]) -> Seen:
        id, document, kind, name, key, forms, bodies, titles, entity, publisher, published, story = row
        sighting = Sighting(
            id=id,
            document=self.once(document),
            kind=EntityKind(kind),
            name=self.once(name),
            key=self.once(key),
            forms=self.words(forms),
            bodies=self.keys(bodies),
            titles=self.keys(titles),
            company=company.get(document, NOBODY),
            publisher=self.once((name_key(publisher) or publisher) if publisher else None),
            published=self.once(published),
        )
        return Seen(sighting, self.once(story), self.once(entity))

    def _words(self, cell: str | None) -> tuple[str, ...]:
        return tuple(map(self.once, json.loads(cell))) if cell and cell != EMPTY else ()

    def _keys(self, cell: str | None) -> frozenset[str]:
        return frozenset(self._words(cell))


NOBODY: frozenset[str] = frozenset()


def _company(db: Database) -> Mapping[str, frozenset[str]]:
    """What each document names that another one names too, and not many; an attachment has that of its message as well.

    What only one document names can bring no two together, and what many name tells nothing.
    """
    shared = {key: key for (key,) in db.execute(SHARED, [RARE])}
    named: defaultdict[str, set[str]] = defaultdict(set)
    for document, key in db.execute(NAMED, [json.dumps(list(shared))]):
        named[document].add(shared[key])
    outer = dict(db.execute(INSIDE).fetchall())
    inside = {document: named.get(message, set()) for document, message in outer.items()}
    documents = named.keys() | {document for document, keys in inside.items() if keys}
    return {document: frozenset(named.get(document, NOBODY) | inside.get(document, NOBODY)) for document in documents}
