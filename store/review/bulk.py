"""Which waiting proposals a reviewer would decide on at once, and what that would change: found by index, nothing written."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from sqlite_utils import Database

ORDERS = {
    "value": "Most worth deciding first",
    "score": "Highest score first",
    "weakest": "Lowest score first",
    "document": "Document by document",
}
"""The orders of the list, and what they are called."""
SIZE = 50
LARGEST = 10_000
"""Proposals that can be decided on at once: nobody else can write meanwhile, for two seconds or so."""
EXAMPLES = 10
DOCUMENTS_SHOWN = 20

NAMED_AS = "(:{name} = '' or instr(lower({column}), lower(:{name})) > 0)"
OF_DOCUMENTS = f"""pr.passage_id in (
    with said as (
        select c.id, c.copy_of from documents k cross join passages c on c.document_id = k.id
        where {NAMED_AS.format(name="publisher", column="k.publisher")} and (:document = '' or k.id = :document))
    select id from said union all select copy_of from said where copy_of is not null)"""
"""Also what counts for these documents in another one that says the same."""
CONDITIONS = {
    "goal": "pr.goal_id = :goal",
    "publisher": OF_DOCUMENTS,
    "document": OF_DOCUMENTS,
    "stage": "pr.stage = :stage",
    "least": "pr.score >= :least",
    "most": "pr.score <= :most",
    "words": """pr.passage_id in (
        select id from passages where rowid in (select rowid from passages_fts where passages_fts match :words))""",
    "initiative": f"""pr.passage_id in (
        select m.passage_id from entities e join mentions m on m.entity_id = e.id
        where e.kind = 'initiative' and {NAMED_AS.format(name="initiative", column="e.name")})""",
    "ids": "pr.id in (select value from json_each(:ids))",
}
"""What each filter asks of a proposal."""
IN_READINGS = """
with recursive held (passage_id, goal_id) as (
    select passage_id, goal_id from reading_slots
    union
    select p.replaced_by, held.goal_id from held join passages p on p.id = held.passage_id
    where p.replaced_by is not null)
select passage_id, goal_id from held
"""
"""What is read blind, on the passages that stand for it now: its readers decide on it."""
FREE = f"(pr.passage_id, pr.goal_id) not in ({IN_READINGS})"
PLACES = "join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id"
ORDER_BY = {
    "value": ("", "pr.value desc, pr.passage_id, pr.id"),
    "score": ("", "pr.score desc, pr.id"),
    "weakest": ("", "pr.score, pr.id"),
    "document": (PLACES, "d.path, p.position, pr.id"),
}
"""What an order needs beside proposals, and the order itself."""
AFTER = {
    "value": "pr.value <= :after_value and (pr.value < :after_value or (pr.passage_id, pr.id) > (:after_passage, :after))",
    "score": "+pr.score <= :after_score and (+pr.score < :after_score or pr.id > :after)",
    "weakest": "+pr.score >= :after_score and (+pr.score > :after_score or pr.id > :after)",
    "document": "(d.path, p.position, pr.id) > (:after_path, :after_position, :after)",
}
"""What comes after a proposal, in each order."""
TOP = {"document": {"after_path": "", "after_position": -1, "after": ""}}
"""What the first page comes after, where that lets SQLite walk the documents in order."""
ROWS = """
select pr.id, pr.passage_id, pr.goal_id, pr.score, pr.stage, pr.evidence, pr.reason, p.text, p.heading, p.page,
    coalesce(g.label, g.code || ' ' || g.name) goal, coalesce(nullif(d.title, ''), d.path) document, d.publisher,
    d.published, (select count(*) from passages c where c.copy_of = p.id and c.retired_at is null) copies
from json_each(?) asked cross join proposals pr on pr.id = asked.value
join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id join goals g on g.id = pr.goal_id
order by asked.key
"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the proposals that wait; empty where it does not matter."""

    framework: str
    goal: str = ""
    publisher: str = ""
    document: str = ""
    stage: str = ""
    least: float | None = None
    most: float | None = None
    words: str = ""
    initiative: str = ""
    ids: tuple[str, ...] = ()
    """These alone, where some are ticked."""

    def values(self, db: Database) -> dict[str, Any]:
        """What the conditions ask for, as SQL parameters."""
        return {**asdict(self), "words": quoted(db, self.words), "ids": json.dumps(self.ids)}


class Found(NamedTuple):
    """A proposal as it was shown: it is another one once it has another score or stage."""

    id: str
    passage_id: str
    goal_id: str
    score: float
    stage: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of the list."""

    rows: list[Row]
    after: str
    """The proposal that the next page comes after; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be decided on at once."""

    found: tuple[Found, ...]
    goals: list[tuple[str, int]]
    documents: list[Row]
    """Those with most of the proposals."""
    count_of_documents: int
    publishers: list[tuple[str, int]]
    copies: int
    """Passages of other documents that the decisions count for too."""
    examples: list[Row]
    """From the lowest score to the highest."""
    decided_since: int
    """What was on the list, or ticked, and does not wait any more."""

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.found)


def quoted(db: Database, words: str) -> str:
    """Words as the full-text index takes them, whatever signs are among them."""
    plain = "".join(sign if sign.isprintable() else " " for sign in words)
    return db.quote_fts(plain) or '""'


def fingerprint_of(found: Iterable[Found]) -> str:
    """A word for exactly these proposals as they are."""
    told = json.dumps(sorted(found))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def count(db: Database, wanted: Wanted) -> int:
    """How many wait and can be decided on at once."""
    sql = f"select count(*) from proposals pr where {_where(wanted)} and {FREE}"
    return int(db.execute(sql, wanted.values(db)).fetchone()[0])


def count_in_readings(db: Database, wanted: Wanted) -> int:
    """How many of those that match are left to the readers of a blind reading."""
    sql = f"""
        select count(*) from ({IN_READINGS}) s cross join proposals pr
        on pr.passage_id = s.passage_id and pr.goal_id = s.goal_id where {_where(wanted)}
    """
    return int(db.execute(sql, wanted.values(db)).fetchone()[0])


def stretch(db: Database, wanted: Wanted, order: str, after: str = "") -> Stretch:
    """The next page of the list, from the top where the proposal before it is gone."""
    tables, order_by = ORDER_BY[order]
    keys = (_keys(db, after) if after else {}) or TOP.get(order, {})
    sql = f"""
        select pr.id from proposals pr {tables} where {_where(wanted)} and {FREE} and {AFTER[order] if keys else "true"}
        order by {order_by} limit {SIZE + 1}
    """
    ids = [id for (id,) in db.execute(sql, {**wanted.values(db), **keys})]
    return Stretch(rows_of(db, ids[:SIZE]), ids[SIZE - 1] if len(ids) > SIZE else "")


def rows_of(db: Database, ids: Sequence[str]) -> list[Row]:
    """Proposals in this order, each with its passage and document."""
    return list(db.query(ROWS, [json.dumps(ids)]))


def matching(db: Database, wanted: Wanted) -> tuple[Found, ...]:
    """All that wait and can be decided on at once, the lowest score first."""
    sql = f"""
        select pr.id, pr.passage_id, pr.goal_id, pr.score, coalesce(pr.stage, '')
        from proposals pr where {_where(wanted)} and {FREE} order by pr.score, pr.id
    """
    return tuple(map(Found._make, db.execute(sql, wanted.values(db))))


def preview(db: Database, wanted: Wanted, seen: int) -> Preview:
    """What a decision on all of these would change; `seen` is the latest decision when the list was shown."""
    found = matching(db, wanted)
    ids, passages = json.dumps([one.id for one in found]), json.dumps(list({one.passage_id for one in found}))
    documents = _by_document(db, ids)
    publishers = Counter[str]()
    for row in documents:
        publishers[row["publisher"] or ""] += row["proposals"]
    return Preview(
        found=found,
        goals=_by_goal(db, found),
        documents=documents[:DOCUMENTS_SHOWN],
        count_of_documents=len(documents),
        publishers=publishers.most_common(),
        copies=_copies(db, passages),
        examples=rows_of(db, [one.id for one in _evenly(found, EXAMPLES)]),
        decided_since=len(set(wanted.ids)) - len(found) if wanted.ids else _decided_since(db, wanted, seen),
    )


def latest_decision(db: Database) -> int:
    """The id of the latest decision, by which those that are made later are known."""
    return int(db.execute("select coalesce(max(id), 0) from decisions").fetchone()[0])


def alone(wanted: Wanted, ids: Iterable[str]) -> Wanted:
    """Proposals by their ids, in the same framework."""
    return replace(Wanted(wanted.framework), ids=tuple(ids))


def _where(wanted: Wanted, is_open: int = 1) -> str:
    asked = dict.fromkeys(sql for name, sql in CONDITIONS.items() if getattr(wanted, name) not in ("", None, ()))
    within = () if wanted.goal else ("+pr.goal_id in (select id from goals where framework_id = :framework)",)
    return " and ".join((f"pr.open = {is_open}", *within, *asked))


def _keys(db: Database, id: str) -> Mapping[str, Any]:
    sql = f"""
        select pr.id after, pr.value after_value, pr.passage_id after_passage, pr.score after_score, d.path after_path,
            p.position after_position from proposals pr {PLACES} where pr.id = ?
    """
    return next(iter(db.query(sql, [id])), {})


def _evenly(found: Sequence[Found], wanted: int) -> list[Found]:
    """So many, the first and the last among them, at equal distances."""
    if len(found) <= wanted:
        return list(found)
    return [found[step * (len(found) - 1) // (wanted - 1)] for step in range(wanted)]


def _by_goal(db: Database, found: Iterable[Found]) -> list[tuple[str, int]]:
    """How many of each goal, in the order of the framework."""
    counted = Counter(one.goal_id for one in found)
    sql = """
        select g.id, coalesce(g.label, g.code || ' ' || g.name) from json_each(?) asked
        join goals g on g.id = asked.value order by g.framework_id, g.position
    """
    return [(name, counted[id]) for id, name in db.execute(sql, [json.dumps(list(counted))])]


def _by_document(db: Database, ids: str) -> list[Row]:
    """The documents of proposals, those with the most first."""
    sql = """
        select d.id, coalesce(nullif(d.title, ''), d.path) name, d.publisher, count(*) proposals
        from json_each(?) asked cross join proposals pr on pr.id = asked.value
        cross join passages p on p.id = pr.passage_id cross join documents d on d.id = p.document_id
        group by d.id order by proposals desc, d.path
    """
    return list(db.query(sql, [ids]))


def _copies(db: Database, passages: str) -> int:
    sql = """
        select count(*) from json_each(?) asked cross join passages c indexed by passages_copy_of
        on c.copy_of = asked.value where c.retired_at is null
    """
    return int(db.execute(sql, [passages]).fetchone()[0])


def _decided_since(db: Database, wanted: Wanted, seen: int) -> int:
    sql = f"""
        select count(distinct pr.id) from decisions made cross join proposals pr
        on pr.passage_id = made.passage_id and pr.goal_id = made.proposed_goal_id
        where made.id > :seen and {_where(wanted, is_open=0)}
    """
    return int(db.execute(sql, {**wanted.values(db), "seen": seen}).fetchone()[0])
