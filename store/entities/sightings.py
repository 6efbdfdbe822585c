"""What the resolver is given: the names of each document, with what the documents say around them."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Sighting
from goalmap.extract.words import name_key

Row = Mapping[str, Any]

EMPTY = "[]"
SIGHTINGS = """
select e.*, coalesce(d.publisher, o.publisher) publisher, d.published, coalesce(d.duplicate_of, d.id) story, d.parent_id
from document_entities e join documents d on d.id = e.document_id left join documents o on o.id = d.parent_id order by e.id
"""


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
    rows = list(db.query(SIGHTINGS))
    company = _company(rows)
    keys = _publisher_keys(rows)
    return {row["id"]: _seen(row, company, keys) for row in rows}


def _seen(row: Row, company: Mapping[str, frozenset[str]], publishers: Mapping[str | None, str | None]) -> Seen:
    sighting = Sighting(
        id=row["id"],
        document=row["document_id"],
        kind=EntityKind(row["kind"]),
        name=row["name"],
        key=row["name_key"],
        forms=_tuple(row["forms"]),
        bodies=frozenset(_tuple(row["bodies"])),
        titles=frozenset(_tuple(row["titles"])),
        company=company[row["document_id"]] - {row["name_key"]},
        publisher=publishers[row["publisher"]],
        published=row["published"],
    )
    return Seen(sighting, row["story"], row["entity_id"])


def _tuple(cell: str | None) -> tuple[str, ...]:
    return tuple(json.loads(cell)) if cell and cell != EMPTY else ()


def _company(rows: Sequence[Row]) -> dict[str, frozenset[str]]:
    """What each document names that another one names too; what only one names can bring no two together.

    An attachment has the company of its message too.
    """
    uses = Counter(key for _, key in {(row["document_id"], row["name_key"]) for row in rows})
    named: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        named[row["document_id"]].update({row["name_key"]} if uses[row["name_key"]] > 1 else ())
    outer = {row["document_id"]: row["parent_id"] for row in rows}
    return {document: frozenset(keys | named.get(outer[document], set())) for document, keys in list(named.items())}


def _publisher_keys(rows: Sequence[Row]) -> dict[str | None, str | None]:
    names = {row["publisher"] for row in rows}
    return {name: (name_key(name) or name) if name else None for name in names}
