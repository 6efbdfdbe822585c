"""What was read and decided by a day or a run, and passages that come near to a text without serving a goal."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import UnknownName

MOST_RUNS = 25
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Since:
    """A day or a run that later things are counted from."""

    day: str
    """ISO, as exact as it was given."""
    run: str | None = None
    read_later: frozenset[str] = frozenset()
    """The documents that were read after the run; only where a run was given."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that shares words with a text."""

    passage_id: str
    text: str


def find_since(db: Database, said: str) -> Since:
    """The day or the run that is meant. Raises UnknownName with the runs that there are."""
    if is_day(said):
        return Since(said)
    runs = list(db.query("select id, started, finished from runs where command = 'ingest' order by started desc, id"))
    row = next((row for row in runs if row["id"] == said), None)
    if row is None:
        known = (f"{run['id']} ({run['started'][:10]})" for run in runs[:MOST_RUNS])
        raise UnknownName("day (YYYY-MM-DD) or run", said, known)
    return Since((row["finished"] or row["started"])[:10], said, _read_after(db, row))


def is_day(text: str) -> bool:
    """Whether a text is a date that is known to the year, the month or the day, in ISO form.

    >>> is_day("2024"), is_day("2024-06"), is_day("2024-13"), is_day("June")
    (True, True, False, False)
    """
    if not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


READ_AFTER = """
select d.id from documents d join runs r on r.id = d.run_id where r.started > ? order by d.id
"""


def _read_after(db: Database, row: dict[str, Any]) -> frozenset[str]:
    return frozenset(id for (id,) in db.execute(READ_AFTER, [row["started"]]).fetchall())


def decisions_by(db: Database, framework: str, day: str) -> tuple[int, int]:
    """How many decisions that stand were made up to a day, and after it."""
    sql = """
    select coalesce(sum(substr(decided_at, 1, 10) <= ?), 0), coalesce(sum(substr(decided_at, 1, 10) > ?), 0)
    from current_decisions where goal_id like ? || '/%'
    """
    before, after = db.execute(sql, [day, day, framework]).fetchone()
    return before, after


NEAR = """
select p.id, p.text from passages_fts f join passages p on p.rowid = f.rowid
where passages_fts match ?1 and p.retired_at is null and p.copy_of is null and p.id is not ?2
and p.kind in ('body', 'list_item', 'table_row', 'quote', 'caption') and p.document_id in (select value from json_each(?3))
order by bm25(passages_fts), p.id limit ?4
"""


def passages_near(
    db: Database, words: Iterable[str], documents: Iterable[str], but: str | None = None, most: int = 5
) -> tuple[Found, ...]:
    """The passages of these documents that share most of these words, the nearest first."""
    terms = dict.fromkeys(term for word in words for term in _WORD.findall(word))
    if not terms:
        return ()
    asked = " OR ".join(f'"{term}"' for term in terms)
    rows = db.execute(NEAR, [asked, but, json.dumps(sorted(documents)), most]).fetchall()
    return tuple(Found(id, text) for id, text in rows)
