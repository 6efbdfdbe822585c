"""Entities before and after a change, as far as a person wants to see them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

Row = Mapping[str, Any]

COUNTS = """
select count(distinct coalesce(d.duplicate_of, d.id)) documents,
    sum((select count(*) from mentions m where m.found_id = e.id)) mentions
from document_entities e join documents d on d.id = e.document_id where e.id in (select value from json_each(?))
"""
MENTIONS = "select count(*) from mentions where found_id in (select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class State:
    """An entity at one moment."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    documents: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Moment:
    """All entities at one moment, and which of them each name of each document belongs to."""

    entities: Mapping[str, Row]
    taken: Mapping[str, str]

    @classmethod
    def of(cls, db: Database) -> "Moment":
        entities = {row["id"]: row for row in db.query("select id, kind, name, aliases from entities")}
        taken = dict(db.execute("select id, entity_id from document_entities").fetchall())
        return cls(entities, taken)

    def states(self, db: Database, ids: Iterable[str]) -> Iterator[State]:
        """These entities, by name."""
        wanted = {id for id in ids if id in self.entities}
        members: defaultdict[str, list[str]] = defaultdict(list)
        for sighting, entity in self.taken.items():
            if entity in wanted:
                members[entity].append(sighting)
        for row in sorted((self.entities[id] for id in wanted), key=lambda row: (row["name"], row["id"])):
            (documents, mentions) = db.execute(COUNTS, [json.dumps(members[row["id"]])]).fetchone()
            aliases = tuple(json.loads(row["aliases"] or "[]"))
            yield State(row["id"], row["kind"], row["name"], aliases, documents, mentions or 0)


@dataclass(frozen=True, slots=True)
class Change:
    """The entities that a decision is about or that it moved names between, before and after."""

    before: tuple[State, ...]
    after: tuple[State, ...]
    mentions_moved: int


def change(db: Database, before: Moment, after: Moment, entities: Iterable[str]) -> Change:
    """What happened to these entities and to all others that names went from."""
    moved = [id for id, entity in after.taken.items() if before.taken.get(id) != entity]
    touched = {*entities, *(before.taken[id] for id in moved if id in before.taken)}
    ends = {after.taken[id] for id, entity in before.taken.items() if entity in touched and id in after.taken}
    return Change(
        before=tuple(before.states(db, touched)),
        after=tuple(after.states(db, ends)),
        mentions_moved=int(db.execute(MENTIONS, [json.dumps(moved)]).fetchone()[0]),
    )
