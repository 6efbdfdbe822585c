"""Decisions carried over: when a passage changes or moves, what was decided on it goes on to the one in its place."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Any

from sqlite_utils import Database

from goalmap.store.decisions import Answer, Slot, answer_of, current_answers, slot_of

SAME_PASSAGE = 0.85
"""Least likeness of two texts for a decision on the one to be carried over to the other."""
HELD = """
    exists (select 1 from decisions d where d.passage_id = passages.id)
    or exists (select 1 from export_rows e where e.passage_id = passages.id)
    or exists (select 1 from reading_slots r where r.passage_id = passages.id)
    or exists (select 1 from audit_passages a where a.passage_id = passages.id and a.drawn_at is not null)
    or exists (select 1 from activity_decisions a where passages.id in (a.passage_id, a.other_passage_id))
    or exists (select 1 from passages earlier where earlier.replaced_by = passages.id)
"""
"""Passages that are never deleted, since something that people made hangs on them."""
REPLACE = "update passages set replaced_by = ? where id = ? and retired_at is not null and replaced_by is null"

Heirs = Mapping[str, str]
"""Passages by the id of the passage that each takes the place of."""


def standing(db: Database, document_id: str) -> dict[str, str]:
    """The texts of the passages that the latest reading of a document gave, by id."""
    sql = "select id, text from passages where document_id = ? and retired_at is null"
    return dict(db.execute(sql, [document_id]).fetchall())


def retire(db: Database, document_id: str, gone: set[str]) -> None:
    """Take passages out of the document; those that something hangs on are kept aside."""
    for passage_id in sorted(gone):
        db.execute("update passages set copy_of = null where copy_of = ?", [passage_id])
        db.execute("delete from activity_passages where passage_id = ?", [passage_id])
        db.execute("delete from audit_passages where passage_id = ? and drawn_at is null", [passage_id])
        db.execute(f"delete from passages where id = ? and not ({HELD})", [passage_id])
        db.execute("update passages set retired_at = ?, goals = '[]' where id = ?", [now(), passage_id])


def carry_to_edited(db: Database, document_id: str, appeared: Mapping[str, str]) -> None:
    """Give the decisions on passages that are gone to those among the newly appeared that read nearly the same."""
    if appeared:
        sql = "select id, text from passages where document_id = ? and retired_at is not null and replaced_by is null"
        gone = dict(db.execute(sql, [document_id]).fetchall())
        _hand_over(db, dict(heirs(gone, appeared)))


def carry_to_copy(db: Database, document_id: str, copy_id: str) -> None:
    """Give the decisions on a document's passages to those of the document that now holds what it held."""
    sql = """
        select old.id, min(new.id) from passages old join passages new on new.text = old.text
        where old.document_id = ? and new.document_id = ? and new.retired_at is null
        and (exists (select 1 from decisions d where d.passage_id = old.id)
            or exists (select 1 from activity_decisions a where old.id in (a.passage_id, a.other_passage_id)))
        group by old.id
    """
    _hand_over(db, dict(db.execute(sql, [document_id, copy_id]).fetchall()))


def heirs(gone: Mapping[str, str], appeared: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of passages, the likest first, each passage in one pair at most."""
    pairs = sorted(_alike(gone, appeared), reverse=True)
    taken: set[str] = set()
    for _, old, new in pairs:
        if not taken & {old, new}:
            taken |= {old, new}
            yield old, new


def _alike(gone: Mapping[str, str], appeared: Mapping[str, str]) -> Iterator[tuple[float, str, str]]:
    matcher = SequenceMatcher(autojunk=False)
    for old, text in gone.items():
        matcher.set_seq2(text)
        for new, other in appeared.items():
            matcher.set_seq1(other)
            if (likeness := _likeness(matcher)) >= SAME_PASSAGE:
                yield likeness, old, new


def _likeness(matcher: "SequenceMatcher[str]") -> float:
    """The share of characters in common; the costly count only where the cheap ones leave hope."""
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio)
    return matcher.ratio() if all(bound() >= SAME_PASSAGE for bound in bounds) else 0.0


def _hand_over(db: Database, heirs: Heirs) -> None:
    for old, new in heirs.items():
        db.execute(REPLACE, [new, old])
        for decision in list(db.query("select * from current_decisions where passage_id = ? order by id", [old])):
            if not is_settled(db, decision, (new, slot_of(decision)[1])):
                source = f"carried over from {old}"
                db.table("decisions").insert({**decision, "id": None, "passage_id": new, "source": source})


def is_settled(db: Database, decision: Mapping[str, Any], slot: Slot) -> bool:
    """Whether the place that a decision would go to has this answer already, or a later one."""
    sql = "select max(id) from decisions where passage_id = ? and proposed_goal_id = ?"
    (latest,) = db.execute(sql, slot).fetchone()
    there: Answer | None = current_answers(db, [slot]).get(slot)
    return latest is not None and (latest > decision["id"] or there == answer_of(decision))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
