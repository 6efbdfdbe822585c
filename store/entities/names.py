"""The names in a file into the database: entities that documents share, and where each is named, quoted or given a role."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.extract.names import (
    Entity,
    EntityKind,
    Figure,
    Measure,
    Membership,
    Mention,
    Names,
    Quotation,
    Reference,
    Role,
    Span,
)
from goalmap.extract.words import name_key
from goalmap.store.changes import add
from goalmap.store.ids import stable_id

Row = dict[str, Any]

FOUND = {
    "mentions.entity_id": "found_id",
    "coreferences.entity_id": "found_id",
    "roles.person_id": "found_person_id",
    "roles.organisation_id": "found_organisation_id",
    "quotations.speaker_id": "found_speaker_id",
    "memberships.member_id": "found_member_id",
    "memberships.organisation_id": "found_organisation_id",
    "measures.organisation_id": "found_organisation_id",
}
"""Columns that refer to entities, each with the one beside it that says which of the document's own it was."""
DERIVED = ("activities.initiative_id", "activities.owner_id")
"""Columns that refer to entities too, and are made anew when activities are."""


@dataclass(frozen=True, slots=True)
class Places:
    """The ids of what a file's names refer to, and the date that the file bears."""

    passages: Sequence[str]
    entities: Sequence[str]
    found: Sequence[str]
    published: str | None

    def entity(self, index: int | None) -> str | None:
        return None if index is None else self.entities[index]

    def refer(self, column: str, found_column: str, index: int | None) -> Row:
        """The columns of a row that refer to an entity."""
        return {column: self.entity(index), found_column: None if index is None else self.found[index]}

    def span(self, span: Span) -> Row:
        return {"passage_id": self.passages[span.passage], "start": span.start, "end": span.end}

    def span_id(self, prefix: str, span: Span, *more: object) -> str:
        return stable_id(prefix, self.passages[span.passage], span.start, span.end, *more)


def save_names(db: Database, document_id: str, published: str | None, names: Names, passages: Sequence[str]) -> None:
    """Write the names in a file whose passages have these ids."""
    ids = [entity_id(entity, document_id) for entity in names.entities]
    found = [document_entity_id(entity, document_id) for entity in names.entities]
    add(db, "entities", map(_entity_row, ids, names.entities), but_known=True)
    told = (_document_entity(names, place, found[place], document_id, ids[place]) for place in range(len(found)))
    add(db, "document_entities", told, but_known=True)
    places = Places(passages, ids, found, published)
    for table, (items, row) in TABLES.items():
        add(db, table, (row(item, places) for item in items(names)), but_known=True)


# Entities


def entity_id(entity: Entity, document_id: str) -> str:
    """One entity for one full name in all documents; a person known by one name only belongs to the document."""
    key = name_key(entity.name) or entity.name
    known_everywhere = entity.kind is not EntityKind.PERSON or " " in key
    return stable_id("e", entity.kind.value, key, "" if known_everywhere else document_id)


def document_entity_id(entity: Entity, document_id: str) -> str:
    """What one document names; the same at every reading that gives the same name."""
    return stable_id("n", document_id, entity.kind.value, name_key(entity.name) or entity.name)


def _document_entity(names: Names, place: int, id: str, document_id: str, entity: str) -> Row:
    """An entity as its document has it, with what tells it from others of the same name."""
    own = names.entities[place]
    bodies = [role.organisation for role in names.roles if role.person == place]
    bodies += [owner for initiative, owner in names.owners if initiative == place]
    keys = {name_key(names.entities[body].name) for body in bodies if body is not None}
    titles = {role.title for role in names.roles if role.person == place}
    return {
        "id": id,
        "document_id": document_id,
        "kind": own.kind.value,
        "name": own.name,
        "name_key": name_key(own.name) or own.name,
        "forms": json_cell(sorted({own.name, *own.aliases})),
        "bodies": json_cell(sorted(keys)),
        "titles": json_cell(sorted(titles)),
        "entity_id": entity,
    }


def json_cell(value: object) -> str:
    """A list or an object as a cell holds it, its letters readable."""
    return json.dumps(value, ensure_ascii=False)


def _entity_row(id: str, entity: Entity) -> Row:
    """An entity as the first document that names it has it, until the names of all documents are brought together."""
    return {
        "id": id,
        "kind": entity.kind.value,
        "name": entity.name,
        "aliases": json_cell(sorted({*entity.aliases} - {entity.name})),
    }


# Rows


def _mention(item: Mention, at: Places) -> Row:
    row = {"surface": item.surface, "rule": item.rule}
    id = at.span_id("m", item.span, item.surface, at.found[item.entity])
    return {"id": id, **at.span(item.span), **at.refer("entity_id", "found_id", item.entity), **row}


def _reference(item: Reference, at: Places) -> Row:
    id = at.span_id("c", item.span, at.found[item.entity])
    refer = at.refer("entity_id", "found_id", item.entity)
    return {"id": id, **at.span(item.span), **refer, "surface": item.surface}


def _quotation(item: Quotation, at: Places) -> Row:
    speaker = at.refer("speaker_id", "found_speaker_id", item.speaker)
    return {"id": at.span_id("q", item.span), **at.span(item.span), **speaker, "kind": item.kind.value}


def _figure(item: Figure, at: Places) -> Row:
    told = ("value", "unit", "what", "period", "since", "until", "bound")
    return {"id": at.span_id("f", item.span), **at.span(item.span), **{name: getattr(item, name) for name in told}}


def _measure(item: Measure, at: Places) -> Row:
    told = {name: getattr(item, name) for name in ("kind", "value", "unit", "question", "year")}
    body = at.refer("organisation_id", "found_organisation_id", item.organisation)
    id = at.span_id("s", item.figure, item.kind)
    return {"id": id, **at.span(item.figure), **body, **told, "of_whom": item.group}


def _role(item: Role, at: Places) -> Row:
    passage = at.passages[item.passage]
    person = at.refer("person_id", "found_person_id", item.person)
    body = at.refer("organisation_id", "found_organisation_id", item.organisation)
    found = (person["found_person_id"], item.title, body["found_organisation_id"], item.former)
    told = {"title": item.title, "former": int(item.former), "since": item.since, "until": item.until}
    dated = {"as_of": at.published}
    return {"id": stable_id("r", passage, *found), "passage_id": passage, **person, **body, **told, **dated}


def _membership(item: Membership, at: Places) -> Row:
    passage = at.passages[item.passage]
    member = at.refer("member_id", "found_member_id", item.member)
    body = at.refer("organisation_id", "found_organisation_id", item.organisation)
    id = stable_id("b", passage, member["found_member_id"], body["found_organisation_id"], item.kind)
    told = {"kind": item.kind, "since": item.since, "until": item.until, "as_of": at.published}
    return {"id": id, "passage_id": passage, **member, **body, **told}


TABLES: dict[str, tuple[Callable[[Names], Sequence[Any]], Callable[[Any, Places], Row]]] = {
    "mentions": (lambda names: names.mentions, _mention),
    "coreferences": (lambda names: names.references, _reference),
    "quotations": (lambda names: names.quotations, _quotation),
    "figures": (lambda names: names.figures, _figure),
    "measures": (lambda names: names.measures, _measure),
    "roles": (lambda names: names.roles, _role),
    "memberships": (lambda names: names.memberships, _membership),
}
"""Each table with what of a file's names goes into it, and how."""
