"""People and bodies with what ties them, dated and each with its passage; and what bodies publish on their people's background."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.classify.activities.model import Origin


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the directory has them."""

    id: str
    name: str
    aliases: tuple[str, ...]
    documents: int
    mentions: int
    quotations: int
    named: Mapping[str, str]
    """The passage in which each form of the name stands first."""


@dataclass(frozen=True, slots=True)
class Told:
    """One post or membership as one passage tells it."""

    relation: str
    """role or membership."""
    source_id: str
    source: str
    source_kind: str
    target_id: str | None
    target: str | None
    kind: str
    """The post, or the kind of membership."""
    former: bool
    as_of: str | None
    since: str | None
    until: str | None
    passage_id: str
    document_id: str
    document: str


@dataclass(frozen=True, slots=True)
class Background:
    """A published measure of the socio-economic background of a body's people, in the words of its passage."""

    organisation: str
    organisation_id: str | None
    kind: str
    question: str
    of_whom: str
    year: str
    value: float
    unit: str
    passage_id: str
    start: int
    end: int
    words: str
    document: Origin
    text: str = ""
    """The whole passage."""


PEOPLE = """
select e.id, e.name, e.aliases,
    (select count(*) from mentions m where m.entity_id = e.id) mentions,
    (select count(distinct coalesce(d.duplicate_of, d.id)) from document_entities de
        join documents d on d.id = de.document_id where de.entity_id = e.id) documents,
    (select count(*) from quotations q join passages p on p.id = q.passage_id
        where q.speaker_id = e.id and p.retired_at is null and p.copy_of is null) quotations
from entities e where e.kind = 'person' order by e.name collate nocase, e.id
"""
NAMED = """
select m.entity_id, m.surface, p.id from mentions m join entities e on e.id = m.entity_id
join passages p on p.id = m.passage_id join documents d on d.id = p.document_id
where e.kind = 'person' and p.retired_at is null
order by p.copy_of is not null, d.published is null, d.published, d.path, p.position, m.start, m.id
"""
TOLD = """
select t.relation, t.source_id, s.name source, s.kind source_kind, t.target_id, o.name target, t.kind, t.former, t.as_of,
    t.since, t.until, p.id passage_id, d.id document_id, coalesce(nullif(d.title, ''), d.path) document
from (
    select 'role' relation, person_id source_id, organisation_id target_id, title kind, former, as_of, since, until,
        passage_id from roles
    union all
    select 'membership', member_id, organisation_id, kind, 0, as_of, since, until, passage_id from memberships
) t
join entities s on s.id = t.source_id left join entities o on o.id = t.target_id
join passages p on p.id = t.passage_id join documents d on d.id = p.document_id
where p.retired_at is null and p.copy_of is null
order by s.name collate nocase, s.id, t.relation desc, t.former, t.as_of desc, t.kind, o.name, d.path, p.position, p.id
"""
BACKGROUND = """
select m.*, o.name organisation, p.text, d.id document_id, coalesce(nullif(d.title, ''), d.path) title, d.publisher,
    d.published, d.kind document_kind
from measures m left join entities o on o.id = m.organisation_id
join passages p on p.id = m.passage_id join documents d on d.id = p.document_id
where p.retired_at is null and p.copy_of is null and m.value is not null order by d.published, d.path, p.position, m.start, m.id
"""
NAMED_BY = """
select distinct m.entity_id from mentions m join passages p on p.id = m.passage_id join documents d on d.id = p.document_id
where p.retired_at is null and d.publisher in (select value from json_each(?))
"""
NAMING = """
with named as (select passage_id from mentions where entity_id in (select value from json_each(:ids)))
select p.id from (
    select passage_id id from named
    union
    select other.id from named join passages t on t.id = named.passage_id and t.kind = 'title'
    join passages other on other.document_id = t.document_id
) told join passages p on p.id = told.id join documents d on d.id = p.document_id
where p.retired_at is null and p.copy_of is null
order by d.published is null, d.published desc, d.path, p.position, p.id
"""


def passages_on(db: Database, entities: Iterable[str]) -> tuple[str, ...]:
    """The passages that name one of these entities, and those of documents whose title does; the newest first."""
    return tuple(id for (id,) in db.execute(NAMING, {"ids": json.dumps(list(entities))}).fetchall())


def people(db: Database) -> tuple[Person, ...]:
    """All people, by name."""
    named = _named(db)
    return tuple(
        Person(**{**row, "aliases": tuple(json.loads(row["aliases"] or "[]")), "named": named.get(row["id"], {})})
        for row in db.query(PEOPLE)
    )


def _named(db: Database) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entity, surface, passage in db.execute(NAMED).fetchall():
        found[entity].setdefault(surface, passage)
    return found


def ties(db: Database) -> tuple[Told, ...]:
    """All posts and memberships, as each passage tells them; what near copies repeat is left out."""
    return tuple(Told(**{**row, "former": bool(row["former"]), "kind": row["kind"] or ""}) for row in db.query(TOLD))


def background(db: Database) -> tuple[Background, ...]:
    """The published measures of the socio-economic background of bodies' people."""
    return tuple(_background(db))


def _background(db: Database) -> Iterator[Background]:
    for row in db.query(BACKGROUND):
        document = Origin(
            row["document_id"], row["title"], row["publisher"] or None, row["published"] or None, row["document_kind"]
        )
        yield Background(
            organisation=row["organisation"] or "",
            organisation_id=row["organisation_id"],
            kind=row["kind"] or "",
            question=row["question"] or "",
            of_whom=row["of_whom"] or "",
            year=row["year"] or "",
            value=row["value"],
            unit=row["unit"] or "",
            passage_id=row["passage_id"],
            start=row["start"],
            end=row["end"],
            words=row["text"][row["start"] : row["end"]],
            document=document,
            text=row["text"],
        )


def named_by(db: Database, publishers: Iterable[str]) -> frozenset[str]:
    """The entities that documents of these publishers name."""
    return frozenset(id for (id,) in db.execute(NAMED_BY, [json.dumps(list(publishers))]).fetchall())
