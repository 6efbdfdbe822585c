"""Entities brought up to date: one for what several documents name, as the names, the decisions and the gazetteer have it.

The outcome depends on these alone, not on the order in which files were read nor on what was there before.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from goalmap.extract.resolving.model import Group
from goalmap.extract.resolving.resolve import resolve
from goalmap.store.changes import Statement, carry_out, change_to, statements_of
from goalmap.store.entities.entries import read_entries
from goalmap.store.entities.names import DERIVED, FOUND
from goalmap.store.entities.rows import Rows, rows_of
from goalmap.store.entities.sightings import read_sightings
from goalmap.store.entities.standing import rulings
from goalmap.store.ids import stable_id

Moved = dict[str, tuple[str | None, str]]
"""Sightings whose entity is another one now: the earlier and the present one."""

ENTITY = "id, kind, name, aliases, identifiers, owner_id"
SET_ENTITY = f"""
insert into entities ({ENTITY}) values (?, ?, ?, ?, ?, ?)
on conflict (id) do update set kind = excluded.kind, name = excluded.name, aliases = excluded.aliases,
    identifiers = excluded.identifiers, owner_id = excluded.owner_id
"""
UNUSED = " and ".join(
    f"not exists (select 1 from {table} where {column} = entities.id)"
    for table, column in (use.split(".") for use in FOUND)
)


def refresh(db: Database) -> Moved:
    """Bring entities, and all that refers to them, up to date. Call it inside `immediate`."""
    moved, statements = _found(db)
    carry_out(db, statements)
    return moved


def changes(db: Database) -> tuple[Statement, ...]:
    """What brings entities, and all that refers to them, up to date."""
    return _found(db)[1]


def _found(db: Database) -> tuple[Moved, tuple[Statement, ...]]:
    seen = read_sightings(db)
    entries = read_entries(db)
    found = resolve(
        [one.sighting for one in seen.values()],
        rulings(db),
        [sourced.entry for sourced in entries],
        identify=stable_id,
    )
    taken = dict(_taken(found.groups))
    moved = {id: (one.entity, taken[id]) for id, one in seen.items() if one.entity != taken[id]}
    return moved, tuple(_statements(db, moved, rows_of(found, seen, taken, entries)))


def _statements(db: Database, moved: Moved, rows: Rows) -> Iterator[Statement]:
    """What comes first, then what refers to it, and last what nothing refers to any longer."""
    yield from _to_entities(db, rows.entities)
    yield from _to_moved(moved)
    for table, wanted in rows.tables().items():
        yield from statements_of(db, change_to(db, table, wanted))
    yield from _to_drop(db, rows.entities)


def _taken(groups: Iterable[Group]) -> Iterator[tuple[str, str]]:
    """Each sighting with its entity."""
    for group in groups:
        yield from ((member, group.id) for member in group.members)


def _to_entities(db: Database, wanted: Mapping[str, tuple[Any, ...]]) -> Iterator[Statement]:
    there = {row for row in db.execute(f"select {ENTITY} from entities") if wanted.get(row[0]) == row}
    yield Statement(SET_ENTITY, [row for row in wanted.values() if row not in there])


def _to_moved(moved: Moved) -> Iterator[Statement]:
    """Let the sightings, and whatever was told of them, refer to the entities that they are taken for now."""
    pairs = [(entity, id) for id, (_, entity) in moved.items()]
    yield Statement("update document_entities set entity_id = ? where id = ?", pairs)
    for use, found in FOUND.items():
        table, column = use.split(".")
        yield Statement(f"update {table} set {column} = ? where {found} = ?", pairs)


def _to_drop(db: Database, wanted: Mapping[str, Any]) -> Iterator[Statement]:
    """Entities that no document names any longer, and on which nothing hangs."""
    gone = [(id,) for (id,) in db.execute("select id from entities") if id not in wanted]
    for table, column in (use.split(".") for use in DERIVED):
        yield Statement(f"update {table} set {column} = null where {column} = ?", gone)
    yield Statement(f"delete from entities where id = ? and {UNUSED}", gone)
