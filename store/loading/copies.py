"""Copies of one story: clusters of documents that tell the same, each with one that stands for all."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.document import CONTENT, ENGLISH
from goalmap.ingest.likeness import SIGNATURE_BYTES, Story, likeness, story, telling
from goalmap.ingest.twins import Told, twins
from goalmap.store.carry import is_settled
from goalmap.store.changes import Statement, carry_out
from goalmap.store.loading.nearness import near_pairs
from goalmap.store.loading.repeats import Place, first_of_each, key_of, same_passages
from goalmap.store.loading.save import refresh_goals_of

STORIES_AT_HAND = 300
KINDS = ", ".join(f"'{kind.value}'" for kind in sorted(CONTENT))
SET_DOCUMENT = "update documents set duplicate_of = ?, likeness = ?, twin_of = ? where id = ?"
SET_PASSAGE = "update passages set copy_of = ? where id = ?"

Copied = tuple[str, float]
"""The document that stands for a copy, and how much of the text both have in common."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """A document as far as it may be a copy or a twin."""

    id: str
    path: str
    parent_id: str | None
    published: str | None
    words: int | None
    language: str | None
    missing_since: str | None
    sha256: str | None
    signature: bytes | None

    @property
    def precedence(self) -> tuple[object, ...]:
        """The first of a cluster stands for all: a file that is there and on its own, the earliest, the longest."""
        is_gone, is_part = self.missing_since is not None, self.parent_id is not None
        return is_gone, is_part, self.published or "9", -(self.words or 0), self.path, self.id

    @property
    def is_comparable(self) -> bool:
        """Whether it has a signature, and not one that an earlier goalmap made otherwise."""
        return len(self.signature or b"") == SIGNATURE_BYTES

    @property
    def is_english(self) -> bool:
        return self.language in (None, ENGLISH)


def refresh(db: Database) -> None:
    """Bring clusters, twins and repeated passages up to date. Call it inside `immediate`."""
    carry_out(db, changes(db))
    share_decisions(db)


def changes(db: Database) -> tuple[Statement, ...]:
    """What brings clusters, twins and repeated passages up to date."""
    columns = ", ".join(field.name for field in fields(Member))
    rows = db.query(f"select {columns} from documents where content_of is null")
    members = sorted((Member(**row) for row in rows), key=lambda member: member.precedence)
    stories = _stories(db)
    copied = _with_same_bytes(clusters([member for member in members if member.is_comparable], stories), members)
    documents = tuple(_document_rows(db, members, copied, dict(_twins(db, members))))
    return Statement(SET_DOCUMENT, documents), Statement(SET_PASSAGE, tuple(_passage_rows(db, members, copied)))


def _stories(db: Database) -> Callable[[str], Story]:
    """What each document tells, read when it is asked for."""

    @lru_cache(maxsize=STORIES_AT_HAND)
    def told(document_id: str) -> Story:
        return story(_texts(db, document_id).values())

    return told


def _texts(db: Database, document_id: str) -> dict[str, str]:
    """A document's content by passage, in reading order."""
    sql = (
        f"select id, text from passages where document_id = ? and retired_at is null and kind in ({KINDS})"
        " order by position, id"
    )
    return dict(db.execute(sql, [document_id]).fetchall())


# Documents


def clusters(members: Sequence[Member], stories: Callable[[str], Story]) -> dict[str, Copied]:
    """Each copy with the first document of the list that tells the same; that one is no copy itself."""
    copied: dict[str, Copied] = {}
    for original, others in _candidates(members):
        if original.id not in copied:
            for other in others:
                alike = None if other.id in copied else likeness(stories(original.id), stories(other.id))
                if alike is not None:
                    copied[other.id] = original.id, alike
    return copied


def _with_same_bytes(copied: Mapping[str, Copied], members: Iterable[Member]) -> dict[str, Copied]:
    """The copies, with files inside files whose bytes stand elsewhere too, however short their text."""
    first: dict[str, str] = {}
    same: dict[str, Copied] = {}
    for member in members:
        if member.sha256:
            holder = first.setdefault(member.sha256, member.id)
            if holder != member.id:
                same[member.id] = copied.get(holder, (holder, 1.0))
    return {**copied, **same}


def _candidates(members: Sequence[Member]) -> Iterator[tuple[Member, list[Member]]]:
    """Each document with those later in the list whose signatures are somewhat like its own."""
    pairs = near_pairs([member.signature for member in members if member.signature])
    for place, found in groupby(pairs, key=itemgetter(0)):
        yield members[place], [members[other] for _, other in found]


def _document_rows(
    db: Database, members: Iterable[Member], copied: Mapping[str, Copied], twin_of: Mapping[str, str]
) -> Iterator[tuple[Any, ...]]:
    """What is to be written of documents, where it is another than what is there."""
    wanted = {member.id: (*copied.get(member.id, (None, None)), twin_of.get(member.id)) for member in members}
    for id, holder in db.execute("select id, content_of from documents where content_of is not null").fetchall():
        original, alike, twin = wanted.get(holder, (None, None, None))
        wanted[id] = original or holder, alike or 1.0, twin
    for id, *written in db.execute("select id, duplicate_of, likeness, twin_of from documents").fetchall():
        if list(wanted[id]) != written:
            yield *wanted[id], id


def _twins(db: Database, members: Iterable[Member]) -> Iterator[tuple[str, str]]:
    """Each document in another language with its English twin."""
    by_language: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_language[ENGLISH if member.is_english else member.language or ENGLISH].append(member)
    english = by_language.pop(ENGLISH, [])
    if by_language:
        told = list(_told(db, english))
        for others in by_language.values():
            yield from twins(list(_told(db, others)), told).items()


def _told(db: Database, members: Iterable[Member]) -> Iterator[Told]:
    """What the documents that have content tell in any language."""
    for member in members:
        if texts := _texts(db, member.id):
            names, figures = telling(" ".join(texts.values()))
            yield Told(member.id, member.path, figures, names, len(texts))


# Passages


def _passage_rows(
    db: Database, members: Iterable[Member], copied: Mapping[str, Copied]
) -> Iterator[tuple[str | None, str]]:
    """What is to be written of passages, where it is another than what is there."""
    wanted = _copied_passages(db, members, copied)
    there = dict(db.execute("select id, copy_of from passages where copy_of is not null").fetchall())
    for id in sorted(there.keys() | wanted.keys()):
        if there.get(id) != wanted.get(id):
            yield wanted.get(id), id


def _copied_passages(db: Database, members: Iterable[Member], copied: Mapping[str, Copied]) -> dict[str, str]:
    """Passages by the one that counts for both, which is no copy itself."""
    of = first_of_each(_places(db, {member.id: rank for rank, member in enumerate(members)}))
    for copy, (original, _) in copied.items():
        for id, same in same_passages(_texts(db, copy), _texts(db, original)).items():
            of.setdefault(id, same)
    return {id: _root(id, of) for id in of}


def _root(id: str, of: Mapping[str, str]) -> str:
    """The end of the chain of copies; each link leads to an earlier document."""
    while id in of:
        id = of[id]
    return id


def _places(db: Database, ranks: Mapping[str, int]) -> Iterator[tuple[bytes, Place]]:
    """What each longer passage says, and where it stands."""
    sql = f"select id, document_id, position, text from passages where retired_at is null and kind in ({KINDS})"
    for id, document_id, position, text in db.execute(sql):
        if document_id in ranks and (key := key_of(text)):
            yield key, Place(ranks[document_id], position or 0, id)


# Decisions

DECIDED_ON_COPIES = """
select c.*, p.copy_of from current_decisions c join passages p on p.id = c.passage_id
where p.copy_of is not null {among} order by c.id
"""
AMONG = "and p.id in (select value from json_each(?))"


def share_decisions(db: Database, decided: Iterable[str] | None = None) -> None:
    """What was decided on a copy counts for the passage that it is a copy of. Call it inside `immediate`.

    `decided` are the passages that something was decided on just now, where it is not all of them that are asked about.
    """
    asked = (
        (DECIDED_ON_COPIES.format(among=""), [])
        if decided is None
        else (DECIDED_ON_COPIES.format(among=AMONG), [json.dumps(list(decided))])
    )
    latest = {(row.pop("copy_of"), row["proposed_goal_id"]): row for row in db.query(*asked)}
    shared = {slot: row for slot, row in latest.items() if not is_settled(db, row, slot)}
    for (heir, _), row in shared.items():
        source = f"carried over from near copy {row['passage_id']}"
        db.table("decisions").insert({**row, "id": None, "passage_id": heir, "source": source})
    refresh_goals_of(db, {heir for heir, _ in shared})
