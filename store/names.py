"""The names in a file into the database: entities that documents share, and where each is named, quoted or given a role."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.extract.names import Entity, EntityKind, Figure, Membership, Mention, Names, Quotation, Role, Span
from goalmap.store.ids import name_key, stable_id

Row = dict[str, Any]

USES = (
    "mentions.entity_id",
    "roles.person_id",
    "roles.organisation_id",
    "quotations.speaker_id",
    "memberships.member_id",
    "memberships.organisation_id",
    "activities.initiative_id",
    "activities.owner_id",
)
"""Columns that refer to entities."""


@dataclass(frozen=True, slots=True)
class Places:
    """The ids of what a file's names refer to, and the date that the file bears."""

    passages: Sequence[str]
    entities: Sequence[str]
    published: str | None

    def entity(self, index: int | None) -> str | None:
        return None if index is None else self.entities[index]

    def span(self, span: Span) -> Row:
        return {"passage_id": self.passages[span.passage], "start": span.start, "end": span.end}

    def span_id(self, prefix: str, span: Span, *more: object) -> str:
        return stable_id(prefix, self.passages[span.passage], span.start, span.end, *more)


def save_names(db: Database, document_id: str, published: str | None, names: Names, passages: Sequence[str]) -> None:
    """Write the names in a file whose passages have these ids."""
    ids = [entity_id(entity, document_id) for entity in names.entities]
    _save_entities(db, dict(zip(ids, names.entities, strict=True)))
    places = Places(passages, ids, published)
    for table, (items, row) in TABLES.items():
        db.table(table).insert_all((row(item, places) for item in items(names)), ignore=True)


def drop_unnamed_entities(db: Database) -> None:
    """Entities that no passage names any longer, and on which nothing hangs."""
    pairs = (use.split(".") for use in USES)
    unused = " and ".join(f"not exists (select 1 from {table} where {column} = entities.id)" for table, column in pairs)
    db.execute(f"delete from entities where {unused}")


# Entities


def entity_id(entity: Entity, document_id: str) -> str:
    """One entity for one full name in all documents; a person known by one name only belongs to the document."""
    key = name_key(entity.name) or entity.name
    known_everywhere = entity.kind is not EntityKind.PERSON or " " in key
    return stable_id("e", entity.kind.value, key, "" if known_everywhere else document_id)


def _save_entities(db: Database, entities: Mapping[str, Entity]) -> None:
    sql = "select * from entities where id in (select value from json_each(?))"
    known = {row["id"]: row for row in db.query(sql, [json.dumps(list(entities))])}
    rows = [_entity_row(id, entity, known.get(id)) for id, entity in entities.items()]
    db.table("entities").upsert_all(row for row in rows if row != known.get(row["id"]))


def _entity_row(id: str, entity: Entity, known: Row | None) -> Row:
    """The entity with all forms met so far; which of them is its name does not depend on the order of the files."""
    names = {entity.name, known["name"]} if known else {entity.name}
    name = min(names, key=lambda name: (name.casefold().startswith("the "), name.isupper(), name))
    aliases = {*entity.aliases, *names, *(json.loads(known["aliases"]) if known else ())} - {name}
    return {
        "id": id,
        "kind": entity.kind.value,
        "name": name,
        "aliases": json.dumps(sorted(aliases), ensure_ascii=False),
    }


# Rows


def _mention(item: Mention, at: Places) -> Row:
    entity = at.entity(item.entity)
    row = {"entity_id": entity, "surface": item.surface, "rule": item.rule}
    return {"id": at.span_id("m", item.span, item.surface, entity), **at.span(item.span), **row}


def _quotation(item: Quotation, at: Places) -> Row:
    return {"id": at.span_id("q", item.span), **at.span(item.span), "speaker_id": at.entity(item.speaker)}


def _figure(item: Figure, at: Places) -> Row:
    row = {"value": item.value, "unit": item.unit, "what": item.what, "period": item.period}
    return {"id": at.span_id("f", item.span), **at.span(item.span), **row}


def _role(item: Role, at: Places) -> Row:
    passage, person, organisation = at.passages[item.passage], at.entity(item.person), at.entity(item.organisation)
    return {
        "id": stable_id("r", passage, person, item.title, organisation, item.former),
        "passage_id": passage,
        "person_id": person,
        "title": item.title,
        "organisation_id": organisation,
        "former": int(item.former),
        "as_of": at.published,
    }


def _membership(item: Membership, at: Places) -> Row:
    passage, member, organisation = at.passages[item.passage], at.entity(item.member), at.entity(item.organisation)
    return {
        "id": stable_id("b", passage, member, organisation, item.kind),
        "passage_id": passage,
        "member_id": member,
        "organisation_id": organisation,
        "kind": item.kind,
        "as_of": at.published,
    }


TABLES: dict[str, tuple[Callable[[Names], Sequence[Any]], Callable[[Any, Places], Row]]] = {
    "mentions": (lambda names: names.mentions, _mention),
    "quotations": (lambda names: names.quotations, _quotation),
    "figures": (lambda names: names.figures, _figure),
    "roles": (lambda names: names.roles, _role),
    "memberships": (lambda names: names.memberships, _membership),
}
"""Each table with what of a file's names goes into it, and how."""
