"""Entities brought up to date: one for what several documents name, as the names, the decisions and the gazetteer have it.

The outcome depends on these alone, not on the order in which files were read nor on what was there before.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from goalmap.extract.resolving.model import Group, Resolution
from goalmap.extract.resolving.resolve import resolve
from goalmap.store.changes import apply, change_to
from goalmap.store.entities.entries import Sourced, read_entries
from goalmap.store.entities.rows import rows_of
from goalmap.store.entities.sightings import Seen, read_sightings
from goalmap.store.entities.standing import rulings
from goalmap.store.ids import stable_id
from goalmap.store.names import DERIVED, FOUND

Moved = dict[str, tuple[str | None, str]]
"""Sightings whose entity is another one now: the earlier and the present one."""

SET_ENTITY = """
insert into entities (id, kind, name, aliases, identifiers, owner_id) values (?, ?, ?, ?, ?, ?)
on conflict (id) do update set kind = excluded.kind, name = excluded.name, aliases = excluded.aliases,
    identifiers = excluded.identifiers, owner_id = excluded.owner_id
"""
UNUSED = " and ".join(
    f"not exists (select 1 from {table} where {column} = entities.id)"
    for table, column in (use.split(".") for use in FOUND)
)


def refresh(db: Database) -> Moved:
    """Bring entities, and all that refers to them, up to date. Call it inside `immediate`."""
    seen = read_sightings(db)
    entries = read_entries(db)
    found = resolve(
        [one.sighting for one in seen.values()],
        rulings(db),
        [sourced.entry for sourced in entries],
        identify=stable_id,
    )
    return _write(db, seen, found, entries)


def _write(db: Database, seen: Mapping[str, Seen], found: Resolution, entries: Sequence[Sourced]) -> Moved:
    taken = dict(_taken(found.groups))
    moved = {id: (one.entity, taken[id]) for id, one in seen.items() if one.entity != taken[id]}
    rows = rows_of(found, seen, taken, entries)
    _write_entities(db, rows.entities)
    _move(db, moved)
    for table, wanted in rows.tables().items():
        apply(db, change_to(db, table, wanted))
    _drop(db, rows.entities)
    return moved


def _taken(groups: Iterable[Group]) -> Iterator[tuple[str, str]]:
    """Each sighting with its entity."""
    for group in groups:
        yield from ((member, group.id) for member in group.members)


def _write_entities(db: Database, wanted: Mapping[str, tuple[Any, ...]]) -> None:
    columns = "id, kind, name, aliases, identifiers, owner_id"
    there = {row[0]: row for row in db.execute(f"select {columns} from entities").fetchall()}
    db.conn.executemany(SET_ENTITY, [row for id, row in wanted.items() if there.get(id) != row])


def _move(db: Database, moved: Moved) -> None:
    """Let the sightings, and whatever was told of them, refer to the entities that they are taken for now."""
    pairs = [(entity, id) for id, (_, entity) in moved.items()]
    db.conn.executemany("update document_entities set entity_id = ? where id = ?", pairs)
    for use, found in FOUND.items():
        table, column = use.split(".")
        db.conn.executemany(f"update {table} set {column} = ? where {found} = ?", pairs)


def _drop(db: Database, wanted: Mapping[str, Any]) -> None:
    """Entities that no document names any longer, and on which nothing hangs."""
    there = [id for (id,) in db.execute("select id from entities").fetchall()]
    gone = json.dumps([id for id in there if id not in wanted])
    for table, column in (use.split(".") for use in DERIVED):
        db.execute(f"update {table} set {column} = null where {column} in (select value from json_each(?))", [gone])
    db.execute(f"delete from entities where id in (select value from json_each(?)) and {UNUSED}", [gone])
