"""The entity that a user means: by its id, or by a name that only it has."""

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from goalmap.extract.words import name_key
from goalmap.ingest.errors import EntityProblem

Row = Mapping[str, Any]

NEAREST = 5


def entity_ids(db: Database, said: Iterable[str]) -> list[str]:
    """The ids of the entities that are meant. Raises EntityProblem."""
    rows = list(db.query("select id, kind, name, aliases from entities order by name, id"))
    return [_meant(text, rows) for text in said]


def entity_id(db: Database, said: str) -> str:
    """The id of the entity that is meant. Raises EntityProblem."""
    return entity_ids(db, [said])[0]


def _meant(said: str, rows: Sequence[Row]) -> str:
    if any(row["id"] == said for row in rows):
        return said
    key = name_key(said) or said
    called = [row for row in rows if name_key(row["name"]) == key]
    called = called or [row for row in rows if key in map(name_key, forms(row))]
    if len(called) > 1:
        raise EntityProblem(_ambiguous(said, called))
    if not called:
        raise EntityProblem(_unknown(said, rows))
    return str(called[0]["id"])


def forms(row: Row) -> list[str]:
    """All names of an entity, its own first."""
    return [row["name"], *json.loads(row["aliases"] or "[]")]


def _ambiguous(said: str, called: Sequence[Row]) -> str:
    listed = "\n".join(f"  {row['id']}  {row['kind']}  {row['name']}" for row in called)
    return f"{len(called)} entities are called {said!r}. Give the id of the one that you mean:\n{listed}"


def _unknown(said: str, rows: Sequence[Row]) -> str:
    keys: dict[str, Row] = {}
    for row in rows:
        for form in forms(row):
            keys.setdefault(name_key(form), row)
    key = name_key(said)
    held = [other for other in keys if key and key in other]
    near = difflib.get_close_matches(key, keys, NEAREST, cutoff=0.5) if key else []
    nearest_keys = list(dict.fromkeys([*held, *near]))[:NEAREST]
    found = dict.fromkeys((keys[other]["name"], keys[other]["id"]) for other in nearest_keys)
    if not found:
        return f"No entity is called {said!r}. See those there are with: goalmap entities list"
    nearest = ", ".join(f"{name} ({id})" for name, id in found)
    return f"No entity is called {said!r}. The nearest: {nearest}."
