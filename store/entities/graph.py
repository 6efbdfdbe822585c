"""Who is tied to whom: entities, and the posts and memberships between them, dated and each with its evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.extract.sentences import sentences_of
from goalmap.extract.words import name_key
from goalmap.ingest.errors import EntityProblem
from goalmap.store.entities.listing import Filters, Listed, entities

Row = Mapping[str, Any]

LONGEST_EVIDENCE = 400

TOLD = """
select t.*, coalesce(p.copy_of, p.id) place, p.text, p.page, d.path, d.published,
    (select min(m.start) from mentions m where m.passage_id = p.id and m.entity_id = t.source) start
from (
    select 'role' relation, r.person_id source, r.organisation_id target, r.title kind, r.former, r.as_of, r.since,
        r.until, r.passage_id from roles r where r.organisation_id is not null
    union
    select 'membership', m.member_id, m.organisation_id, m.kind, 0, m.as_of, m.since, m.until, m.passage_id
    from memberships m where m.organisation_id is not null
) t
join passages p on p.id = t.passage_id join documents d on d.id = p.document_id
order by t.relation desc, t.source, t.target, t.kind, t.former, t.as_of desc, d.path, p.position, p.id
"""


@dataclass(frozen=True, slots=True)
class Edge:
    """One tie between two entities, however many passages tell of it; the evidence is of the latest document that does."""

    id: str
    source: str
    target: str
    relation: str
    """role or membership."""
    kind: str
    """The post, or the kind of membership."""
    former: bool
    as_of_first: str | None
    as_of_last: str | None
    """Dates of the earliest and of the latest document that says so."""
    since: str | None
    until: str | None
    passages: int
    evidence: str
    document: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Graph:
    """Entities and the ties between them."""

    nodes: tuple[Listed, ...]
    edges: tuple[Edge, ...]


def graph(db: Database, organisation: str | None = None) -> Graph:
    """The graph of all entities, or of what touches the organisations whose name holds a text. Raises EntityProblem."""
    edges = tuple(_edges(db))
    nodes = entities(db, Filters())
    if organisation is not None:
        own = _called(nodes, organisation)
        edges = tuple(edge for edge in edges if own & {edge.source, edge.target})
        touched = {*own, *(end for edge in edges for end in (edge.source, edge.target))}
        nodes = [node for node in nodes if node.id in touched]
    return Graph(tuple(sorted(nodes, key=lambda node: (node.kind, node.name, node.id))), edges)


def _called(nodes: Iterable[Listed], name: str) -> set[str]:
    key = name_key(name)
    own = {
        node.id
        for node in nodes
        if node.kind == "organisation" and any(key in name_key(form) for form in (node.name, *node.aliases))
    }
    if not key or not own:
        raise EntityProblem(
            f"No organisation's name holds {name!r}. See those there are with: goalmap entities list --kind organisation"
        )
    return own


def _edges(db: Database) -> Iterator[Edge]:
    told: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in db.query(TOLD):
        told[row["source"], row["target"], row["relation"], row["kind"], bool(row["former"])].append(row)
    for number, (key, rows) in enumerate(told.items(), start=1):
        yield _edge(f"t{number}", key, rows)


def _edge(id: str, key: tuple[Any, ...], rows: Sequence[Row]) -> Edge:
    source, target, relation, kind, former = key
    dates = sorted(row["as_of"] for row in rows if row["as_of"])
    latest = rows[0]
    return Edge(
        id=id,
        source=source,
        target=target,
        relation=relation,
        kind=kind,
        former=former,
        as_of_first=dates[0] if dates else None,
        as_of_last=dates[-1] if dates else None,
        since=min((row["since"] for row in rows if row["since"]), default=None),
        until=max((row["until"] for row in rows if row["until"]), default=None),
        passages=len({row["place"] for row in rows}),
        evidence=sentence_at(latest["text"], latest["start"] or 0),
        document=latest["path"],
        page=latest["page"],
    )


def sentence_at(text: str, place: int) -> str:
    """The sentence that holds a place in a text.

    >>> sentence_at("We met. Dr A. Vale chairs it. It grew.", 10)
    'Dr A. Vale chairs it.'
    """
    found = next((one for one in sentences_of(text) if place < one.end), None)
    sentence = text[slice(*found)] if found else text.strip()
    return sentence if len(sentence) <= LONGEST_EVIDENCE else sentence[: LONGEST_EVIDENCE - 1] + "…"
