"""Documents that name somebody who is forgotten: found in a database, and masked there."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.extract.names import EntityKind
from goalmap.store.ids import seal_of
from goalmap.store.masking.finding import hits_in
from goalmap.store.masking.marks import marked
from goalmap.store.masking.people import Forgotten, Roll
from goalmap.store.masking.striking import Bearer, Named, Struck, Written, strike

Row = Mapping[str, Any]
Might = Callable[[str], bool]

TEXTS = """
select document_id, text, heading from passages union all select id, coalesce(title, '') || ' | ' || coalesce(publisher, ''), path
from documents
"""
MENTIONS = """
select m.id, m.passage_id, m.start, m.end, m.surface, m.found_id from mentions m join passages p on p.id = m.passage_id
where p.document_id = ?
"""
REFERENCES = MENTIONS.replace("mentions", "coreferences")
TOLD_OF = {
    "mentions": ("found_id",),
    "coreferences": ("found_id",),
    "roles": ("found_person_id", "found_organisation_id"),
    "quotations": ("found_speaker_id",),
    "memberships": ("found_member_id", "found_organisation_id"),
    "document_entities": ("id",),
}
"""What is taken away with somebody, by the columns that say of whom it tells; in this order, since rows refer to the last."""
SET_PASSAGE = "update passages set text = ?, heading = ?, seal = ? where id = ?"
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """A document as the database has it."""

    passages: tuple[Row, ...]
    mentions: tuple[Row, ...]
    references: tuple[Row, ...]
    written: Written[str]


def naming(db: Database, person: Forgotten, roll: Roll, might: Might) -> Iterator[str]:
    """The documents in which the full name of somebody stands."""
    rows = db.execute(TEXTS)
    while some := rows.fetchmany(BATCH):
        for document, *texts in some:
            told = [text for text in texts if text and might(text)]
            if any(hit.is_full and hit.person is person for text in told for hit in hits_in(text, roll)):
                yield document


def struck_in(db: Database, document: str, roll: Roll, entity_id: str | None) -> tuple[Found, Struck[str]]:
    """A document, and what of it is to be taken out; `entity_id` is the last one of the roll."""
    found = _found(db, document, entity_id, roll.people[-1].id)
    return found, strike(found.written, roll)


def _found(db: Database, document: str, entity_id: str | None, forgetting: str) -> Found:
    passages = tuple(db.query("select id, text, heading from passages where document_id = ? order by id", [document]))
    mentions = tuple(db.query(MENTIONS, [document]))
    entities = list(db.query("select * from document_entities where document_id = ?", [document]))
    told = db.execute("select title, publisher, problem, path from documents where id = ?", [document]).fetchone()
    places = {row["id"]: place for place, row in enumerate(passages)}
    written = Written(
        document,
        [row["text"] for row in passages],
        [text for text in (*told, *{row["heading"] for row in passages}) if text],
        {row["id"]: _bearer(row) for row in entities},
        [
            Named(places[row["passage_id"]], row["start"], row["end"], row["found_id"])
            for row in mentions
            if row["found_id"]
        ],
        {row["id"]: forgetting for row in entities if entity_id and row["entity_id"] == entity_id},
    )
    return Found(passages, mentions, tuple(db.query(REFERENCES, [document])), written)


def _bearer(row: Row) -> Bearer:
    names = (row["name"], *json.loads(row["forms"] or "[]"))
    return Bearer(EntityKind(row["kind"]), names, json.loads(row["bodies"] or "[]"))


def mask(db: Database, found: Found, struck: Struck[str]) -> Counter[str]:
    """Mask a document's passages and take away what is told of the person; gives how many rows. Call it inside `immediate`."""
    counts: Counter[str] = Counter()
    texts = {row["id"]: marked(row["text"], spans) for row, spans in zip(found.passages, struck.spans, strict=True)}
    counts["passages"] = _mask_passages(db, found.passages, texts, struck)
    counts.update(_take_away(db, struck.entities))
    for table, rows in (("mentions", found.mentions), ("coreferences", found.references)):
        stay = (row for row in rows if row["found_id"] not in struck.entities)
        counts[table] += _mask_surfaces(db, table, stay, texts)
    return counts


def _mask_passages(db: Database, passages: Iterable[Row], texts: Mapping[str, str], struck: Struck[str]) -> int:
    headings = {row["text"]: texts[row["id"]] for row in passages if row["text"] != texts[row["id"]]}
    rows = []
    for row in passages:
        text, heading = texts[row["id"]], row["heading"]
        masked = struck.words(str(headings.get(heading, heading))) if heading else heading
        if (text, masked) != (row["text"], heading):
            rows.append((text, masked, seal_of(text), row["id"]))
    db.conn.executemany(SET_PASSAGE, rows)
    return len(rows)


def _take_away(db: Database, entities: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    ids = json.dumps(sorted(entities))
    db.execute(
        "update measures set organisation_id = null, found_organisation_id = null"
        " where found_organisation_id in (select value from json_each(?))",
        [ids],
    )
    for table, columns in TOLD_OF.items():
        for column in columns:
            there = f"from {table} where {column} in (select value from json_each(?))"
            counts[table] += db.execute(f"select count(*) {there}", [ids]).fetchone()[0]
            db.execute(f"delete {there}", [ids])
    return counts


def _mask_surfaces(db: Database, table: str, rows: Iterable[Row], texts: Mapping[str, str]) -> int:
    """The words of others' mentions as they stand there now."""
    now = [(texts[row["passage_id"]][row["start"] : row["end"]], row) for row in rows]
    changed = [(surface, row["id"]) for surface, row in now if surface != row["surface"]]
    db.conn.executemany(f"update {table} set surface = ? where id = ?", changed)
    return len(changed)
