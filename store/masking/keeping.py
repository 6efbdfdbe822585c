"""Those who are forgotten stay so: what is written passes here first, or before it is committed."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from goalmap.store.masking.finding import Words
from goalmap.store.masking.marks import Mask, in_texts
from goalmap.store.masking.paths import in_path
from goalmap.store.masking.people import Roll, roll_of
from goalmap.store.masking.sweeping import WRITTEN_BY_PEOPLE, Masks, last_rows, sweep

if TYPE_CHECKING:
    from sqlite_utils import Database

Answers = TypeVar("Answers")

IS_THERE = "select 1 from sqlite_master where name = 'forgotten_names'"


@contextmanager
def keeping(db: "Database") -> Iterator[None]:
    """Masks what is written by people within it, before it is committed."""
    if (roll := standing(db)) is None:
        yield
        return
    overwrite(db)
    before = last_rows(db, WRITTEN_BY_PEOPLE)
    yield
    sweep(db, masks_of(roll), WRITTEN_BY_PEOPLE, before)


def overwrite(db: "Database") -> None:
    """Have SQLite overwrite from now on what is taken away."""
    if isinstance(db.conn, sqlite3.Connection):
        db.execute("pragma secure_delete = on")


def standing(db: "Database") -> Roll | None:
    """Who is forgotten in a database; None where nobody is, or where it is none of ours."""
    return roll_of(db) if db.execute(IS_THERE).fetchone() else None


def masks_now(db: "Database") -> Masks | None:
    """What masks texts that come from elsewhere; None where nobody is forgotten."""
    roll = standing(db)
    return masks_of(roll) if roll else None


def masks_of(roll: Roll) -> Masks:
    """What masks texts by what is known of documents: parts of a name beside those in which the person was named."""
    documents = {document for person in roll.people for document in person.documents}
    return Masks(words_for(roll), {document: words_for(roll, document) for document in documents})


def words_for(roll: Roll, document: str | None = None) -> Words:
    """Masks texts of a document, or of none: full names, parts of those named there, and parts that nobody else had."""
    here = [person for person in roll.people if document in person.documents]
    elsewhere = [person for person in roll.people if person not in here]
    masked = frozenset[str]().union(*(person.parts for person in here), *(person.alone for person in elsewhere))
    others = frozenset[str]().union(*(person.parts for person in elsewhere)) - masked
    near = frozenset(person.id for person in roll.people if person in here or person.alone)
    return Words(roll, near, others, frozenset(person.id for person in elsewhere if person.is_limited))


def places_masked(db: "Database") -> Mask:
    """What gives the path of a file as the database has it."""
    roll = standing(db)
    if roll is None:
        return str
    words = words_for(roll)
    return lambda path: in_path(path, words)


def masked_answers(db: "Database", passages: Sequence[str], answers: Sequence[Answers]) -> list[Answers]:
    """What was said of passages, one for each of them, with marks in place of names."""
    masks = masks_now(db)
    if masks is None:
        return list(answers)
    sql = "select id, document_id from passages where id in (select value from json_each(?))"
    of = dict(db.execute(sql, [json.dumps(sorted(set(passages)))]).fetchall())
    return [in_texts(one, masks.of(of.get(place))) for place, one in zip(passages, answers, strict=True)]


def withhold(db: "Database", document_id: str, when: str) -> None:
    """Have a file not shown any more, nor the file that it lies in, nor their copies. Call it inside `immediate`."""
    db.execute(WITHHOLD, {"id": document_id, "now": when})


WITHHOLD = """
with recursive around (id) as (
    select :id union select d.parent_id from documents d join around on around.id = d.id where d.parent_id is not null)
update documents set withheld_since = :now where withheld_since is null
and (id in (select id from around) or content_of in (select id from around))
"""
