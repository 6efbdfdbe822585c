"""What a report is asked for: a framework, its goals, and an organisation, found by the names that people use."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.extract.words import name_key
from goalmap.ingest.errors import NotFound, UnknownName

MOST_NAMES = 25
"""So many organisations are listed where no publisher is known."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the framework that the report is about."""

    id: str
    code: str
    name: str
    scope: str = ""
    parent_id: str | None = None

    @property
    def label(self) -> str:
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class FrameworkUsed:
    """The framework that passages were classified against."""

    id: str
    name: str
    version: str
    publisher: str = ""
    counts: str = "activities"

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as publisher of documents and as named in passages."""

    name: str
    publishers: tuple[str, ...]
    entity_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report covers: these goals, and all documents or those by and about one organisation."""

    framework: FrameworkUsed
    goals: tuple[Goal, ...]
    organisation: Organisation | None = None

    @property
    def sql(self) -> str:
        """A condition on documents `d` and passages `p`, with the values of `values`."""
        if self.organisation is None:
            return "true"
        copies = (
            "exists (select 1 from passages k join documents kd on kd.id = k.document_id"
            f" where k.copy_of = p.id and k.retired_at is null and {_by_or_about('kd', 'k')})"
        )
        return f"({_by_or_about('d', 'p')} or {copies})"

    @property
    def values(self) -> dict[str, str]:
        organisation = self.organisation or Organisation("", (), ())
        return {
            "framework": self.framework.id,
            "goals": json.dumps([goal.id for goal in self.goals]),
            "publishers": json.dumps(organisation.publishers),
            "entities": json.dumps(organisation.entity_ids),
        }


def _by_or_about(document: str, passage: str) -> str:
    """A condition: the organisation published the document or is named in the passage."""
    named = (
        f"exists (select 1 from mentions m where m.passage_id = {passage}.id"
        " and m.entity_id in (select value from json_each(:entities)))"
    )
    return f"({document}.publisher in (select value from json_each(:publishers)) or {named})"


def find_scope(db: Database, organisation: str | None, goal: str | None, framework: str) -> Scope:
    """The scope that these names ask for. Raises NotFound or UnknownName."""
    used = find_framework(db, framework)
    return Scope(used, find_goals(db, used, goal), find_organisation(db, organisation) if organisation else None)


def find_framework(db: Database, name: str) -> FrameworkUsed:
    rows = {row["id"]: row for row in db.query("select * from frameworks order by id")}
    if not rows:
        raise NotFound("Nothing has been read into this database yet. Read something first: goalmap ingest FOLDER")
    if name not in rows:
        raise UnknownName("framework in this database", name, rows)
    row = rows[name]
    return FrameworkUsed(row["id"], row["name"], row["version"], row["publisher"] or "", row["counts"] or "activities")


def find_goals(db: Database, framework: FrameworkUsed, name: str | None) -> tuple[Goal, ...]:
    """All goals of the framework, or the one with that code, name or id."""
    rows = db.query("select * from goals where framework_id = ? order by position, code", [framework.id])
    goals = tuple(Goal(row["id"], row["code"], row["name"], row["scope"] or "", row["parent_id"]) for row in rows)
    if name is None:
        return goals
    wanted = name.strip().casefold()
    found = tuple(
        goal for goal in goals if wanted in (goal.code.casefold(), goal.name.casefold(), goal.label.casefold(), goal.id)
    )
    if not found:
        raise UnknownName(f"goal of {framework.name}", name, (goal.label for goal in goals))
    return found


# Organisations


@dataclass(frozen=True, slots=True)
class _Known:
    """An organisation that the database knows, as a publisher (no id) or as an entity."""

    name: str
    id: str | None = None
    aliases: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return name_key(self.name)


_LIKENESSES: tuple[Callable[[_Known, str], bool], ...] = (
    lambda known, key: known.key == key,
    lambda known, key: key in known.aliases,
    lambda known, key: known.id is None and f" {key} " in f" {known.key} ",
)
"""How a name that a person wrote may stand for an organisation, the surest way first; the last is part of a publisher's name."""


def find_organisation(db: Database, name: str) -> Organisation:
    """The organisation with that name or alias, or the publishers whose names hold it. Raises UnknownName."""
    known = (*_publishers(db), *_entities(db))
    for is_like in _LIKENESSES:
        if found := [one for one in known if is_like(one, name_key(name))]:
            return _with_both_sides(found, known)
    raise UnknownName("organisation", name, sorted({one.name for one in known if one.id is None}) or _most_named(db))


def _publishers(db: Database) -> tuple[_Known, ...]:
    rows = db.execute("select distinct publisher from documents where publisher <> '' order by publisher")
    return tuple(_Known(name) for (name,) in rows.fetchall())


def _entities(db: Database) -> tuple[_Known, ...]:
    rows: Iterable[dict[str, Any]] = db.query(
        "select id, name, aliases from entities where kind = 'organisation' order by name, id"
    )
    return tuple(
        _Known(row["name"], row["id"], frozenset(map(name_key, json.loads(row["aliases"] or "[]")))) for row in rows
    )


def _with_both_sides(found: list[_Known], known: tuple[_Known, ...]) -> Organisation:
    """The publishers and entities that were found, each with its other side of the same name."""
    keys = {one.key for one in found}
    publishers = sorted({one.name for one in known if one.id is None and one.key in keys})
    entity_ids = [one.id for one in known if one.id is not None and (one in found or one.key in keys)]
    return Organisation(" and ".join(publishers or [found[0].name]), tuple(publishers), tuple(entity_ids))


def _most_named(db: Database) -> list[str]:
    rows = db.execute(
        "select e.name from entities e join mentions m on m.entity_id = e.id where e.kind = 'organisation'"
    ).fetchall()
    return [
        name
        for name, _ in sorted(Counter(name for (name,) in rows).items(), key=lambda pair: (-pair[1], pair[0]))[
            :MOST_NAMES
        ]
    ]
