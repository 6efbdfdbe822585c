"""All there is on one entity: its names over time, its posts and memberships, where it is named."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.store.entities.listing import Brought, Filters, Listed, Suggested, entities, merges, suggestions


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity, when documents used it and when it held."""

    name: str
    kind: str
    documents: int
    first_seen: str | None
    last_seen: str | None
    since: str | None
    until: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A post or a membership, from the entity's own side, with the documents' dates."""

    what: str
    other: str | None
    former: bool
    first: str | None
    last: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Details:
    """All that is known of one entity."""

    entity: Listed
    owner: str | None
    names: tuple[Name, ...]
    ties: tuple[Tie, ...]
    quotations: int
    documents: tuple[str, ...]
    merges: tuple[Brought, ...]
    suggestions: tuple[Suggested, ...]


NAMES = """
select name, kind, documents, first_seen, last_seen, since, until, source from entity_names where entity_id = ?
order by kind <> 'name', documents desc, name, source
"""
TIES = """
select what, other, former, min(as_of) first, max(as_of) last, count(distinct document_id) documents from (
    select r.title what, e.name other, r.former, r.as_of, p.document_id, r.person_id own
    from roles r join passages p on p.id = r.passage_id left join entities e on e.id = r.organisation_id
    where r.person_id = :id
    union all
    select e.name || ', ' || r.title, null, r.former, r.as_of, p.document_id, r.organisation_id
    from roles r join passages p on p.id = r.passage_id join entities e on e.id = r.person_id
    where r.organisation_id = :id
    union all
    select m.kind, e.name, 0, m.as_of, p.document_id, m.member_id
    from memberships m join passages p on p.id = m.passage_id join entities e on e.id = m.organisation_id
    where m.member_id = :id
    union all
    select e.name || ' (' || m.kind || ')', null, 0, m.as_of, p.document_id, m.organisation_id
    from memberships m join passages p on p.id = m.passage_id join entities e on e.id = m.member_id
    where m.organisation_id = :id)
group by what, other, former order by last desc, what, other
"""
PATHS = """
select d.path from documents d where d.id in (select document_id from document_entities where entity_id = ?)
order by d.published desc, d.path
"""


def details(db: Database, id: str) -> Details:
    """What there is on one entity."""
    own = Filters(id=id)
    (entity,) = entities(db, own)
    (quotations,) = db.execute("select count(*) from quotations where speaker_id = ?", [id]).fetchone()
    return Details(
        entity=entity,
        owner=_owner(db, id),
        names=tuple(Name(**row) for row in db.query(NAMES, [id])),
        ties=tuple(_ties(db, id)),
        quotations=quotations,
        documents=tuple(path for (path,) in db.execute(PATHS, [id]).fetchall()),
        merges=tuple(merges(db, own)),
        suggestions=tuple(suggestions(db, own)),
    )


def _owner(db: Database, id: str) -> str | None:
    sql = "select owner.name from entities e join entities owner on owner.id = e.owner_id where e.id = ?"
    found = db.execute(sql, [id]).fetchone()
    return found[0] if found else None


def _ties(db: Database, id: str) -> Iterator[Tie]:
    for row in db.query(TIES, {"id": id}):
        yield Tie(**{**row, "former": bool(row["former"])})
