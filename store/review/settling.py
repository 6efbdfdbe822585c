"""Disagreements out to a file, with what each reader said, for a third person to settle; it comes back like any queue."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlite_utils import Database

from goalmap.store.decisions import Slot
from goalmap.store.ids import stable_id
from goalmap.store.ledgers import Record
from goalmap.store.review.disagreements import Account, Disagreement
from goalmap.store.review.export import Entry, write_queue
from goalmap.store.review.rows import Filters, Row, queue_rows, slot_of_proposal, unanswered
from goalmap.store.sheets.sheet import Words

UNPROPOSED = """
select p.id passage_id, json_extract(slot.value, '$[1]') goal_id, p.text, p.heading, p.page,
    coalesce(d.title, d.path) document, d.publisher, d.published, pr.score, pr.stage, pr.reason
from json_each(?) slot
join passages p on p.id = json_extract(slot.value, '$[0]') join documents d on d.id = p.document_id
left join proposals pr on pr.passage_id = p.id and pr.goal_id = json_extract(slot.value, '$[1]')
order by d.path, p.position
"""
"""What a queue shows of goals that are not in it: added by a reader, or not proposed any more."""
VERBS = {"accepted": "accept", "rejected": "reject", "changed": "change to {}", "added": "add {}"}
NOT_ADDED = "did not add it"
ADDED = "Not proposed now: a reader added it, or it was proposed when the reading was begun."
DIFFER_IN = "differ_in"
BLANK: Row = dict.fromkeys(("second_goal", "initiatives", "people", "organisations", "figures"), "")


def shown(one: Disagreement, reader: str) -> str:
    """What a reader said, in a few words."""
    if reader not in one.read.given:
        return NOT_ADDED
    answer = one.read.given[reader].answer
    said = VERBS[answer.verdict].format(code_of(answer.goal_id))
    stage, best_practice = answer.stage or one.read.stage, "best practice" if answer.best_practice else ""
    parts = [said] if answer.verdict == "rejected" else [said, stage, best_practice]
    return ", ".join(filter(None, parts)) + (f" ({answer.note})" if answer.note else "")


def code_of(goal_id: str) -> str:
    return goal_id.rpartition("/")[2]


def export_disagreements(db: Database, path: Path, account: Account) -> int:
    """Write the disagreements of a reading as a queue with a column for each reader; gives their number.

    Raises UnknownName for a file that is neither CSV nor XLSX, and NotFound.
    """
    by_slot = {one.read.slot: one for one in account.disagreements}
    says = {reader: f"{reader} says" for reader in account.reading.readers}
    entries = [
        ({**row, **_beside(by_slot[slot_of_proposal(row)], says)}, answer)
        for row, answer in _entries(db, account, by_slot)
    ]
    return write_queue(db, path, entries, more=(*says.values(), DIFFER_IN)).rows


def _beside(one: Disagreement, says: Mapping[str, str]) -> Row:
    return {
        **{column: Words(shown(one, reader)) for reader, column in says.items()},
        DIFFER_IN: ", ".join(one.differ_in),
    }


def _entries(db: Database, account: Account, slots: Iterable[Slot]) -> list[Entry]:
    """What the queue shows of these slots, in the order of the reading; then of those that are not in it."""
    wanted = dict.fromkeys(slots)
    queued = queue_rows(db, Filters(reading=account.reading.id), Record())
    there = {slot_of_proposal(row): (row, answer) for row, answer in queued if slot_of_proposal(row) in wanted}
    return [*there.values(), *_unproposed(db, [slot for slot in wanted if slot not in there])]


def _unproposed(db: Database, slots: Sequence[Slot]) -> list[Entry]:
    answers = Record().current(db, slots)
    found = [
        {**BLANK, **row, "id": stable_id("s", row["passage_id"], row["goal_id"]), "reason": row["reason"] or ADDED}
        for row in db.query(UNPROPOSED, [json.dumps(slots)])
    ]
    return [(row, answers.get(slot_of_proposal(row)) or unanswered(row)) for row in found]


def told(account: Account) -> list[tuple[str, ...]]:
    """The disagreements in words: the passage, the goal, what each reader says, what they differ in."""
    readers = account.reading.readers
    return [
        (
            " ".join(one.read.text.split()),
            code_of(one.read.slot[1]),
            *(shown(one, reader) for reader in readers),
            ", ".join(one.differ_in),
        )
        for one in account.disagreements
    ]
