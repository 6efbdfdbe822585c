"""Readings: the same proposals answered by two or more people who do not see each other's answers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlite_utils import Database

from goalmap.ingest.errors import GoalmapError, UnknownName
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, Slot, answer_of, slot_of
from goalmap.store.ids import stable_id
from goalmap.store.ledgers import Record
from goalmap.store.review.rows import Filters, queue_rows, slot_of_proposal

STANDING = """
with recursive places (place) as (
    select passage_id from reading_slots where reading_id = ?1
    union
    select p.replaced_by from places join passages p on p.id = places.place where p.replaced_by is not null
)
select place from places join passages p on p.id = places.place and p.replaced_by is null
"""
"""The passages that now stand in the places of those of a reading."""
PLACES = """
with recursive places (id, place) as (
    select value, value from json_each(:passages)
    union
    select p.id, places.place from passages p join places on p.replaced_by = places.id
)
"""
"""Passages, each with itself and with those in whose place it stands."""
SLOTS = f"""
{PLACES}
select places.place passage_id, s.goal_id proposed_goal_id, p.retired_at is not null gone, p.text, pr.stage proposed_stage
from places join reading_slots s on s.passage_id = places.id and s.reading_id = :reading
join passages p on p.id = places.place
left join proposals pr on pr.passage_id = places.place and pr.goal_id = s.goal_id
order by s.position
"""
ANSWERS = f"""
{PLACES}
select a.goal_id, a.proposed_goal_id, a.verdict, a.stage, a.best_practice, a.note, a.reviewer, a.decided_at,
    places.place passage_id, p.retired_at is not null gone, p.text, pr.stage proposed_stage
from places join reading_answers a on a.passage_id = places.id and a.reading_id = :reading
join passages p on p.id = places.place
left join proposals pr on pr.passage_id = places.place and pr.goal_id = a.proposed_goal_id
order by a.id
"""
LEFT = """
with recursive left_over (passage_id, goal_id, position) as (
    select s.passage_id, s.goal_id, s.position from reading_slots s where s.reading_id = :reading
    union all
    select p.replaced_by, l.goal_id, l.position from left_over l join passages p on p.id = l.passage_id
    where p.replaced_by is not null
), answered (position) as (
    select l.position from left_over l where exists (
        select 1 from reading_answers a where a.reading_id = :reading and a.passage_id = l.passage_id
        and a.proposed_goal_id = l.goal_id and a.reviewer = :reader)
)
select l.passage_id, l.goal_id from left_over l join passages p on p.id = l.passage_id
where p.replaced_by is null and p.retired_at is null and l.position not in (select position from answered)
order by l.position
"""
PUT_BEFORE = """
select d.* from json_each(?) slot join decisions d
on d.passage_id = json_extract(slot.value, '$[0]') and d.proposed_goal_id = json_extract(slot.value, '$[1]')
where d.source = ? order by d.id
"""
READINGS = """
select r.*, (select count(*) from reading_slots s where s.reading_id = r.id) slots
from readings r {where} order by r.created desc, r.id
"""
RECORDED = """
select json_extract(slot.value, '$[0]') asked, d.* from json_each(?) slot
join passages p on p.id = json_extract(slot.value, '$[0]')
join current_decisions d on d.passage_id in (p.id, p.copy_of)
    and d.proposed_goal_id = json_extract(slot.value, '$[1]')
order by d.id
"""
NO_ROWS = "There is no proposal to read that fits. Widen the choice, or ingest documents first."
TOO_FEW = "A reading needs two readers with different names. Give --reader twice or more."


@dataclass(frozen=True, slots=True)
class BlindReading:
    """A reading as it was begun."""

    id: str
    created: str
    readers: tuple[str, ...]
    slots: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader said of a slot, and when."""

    answer: Answer
    at: str


@dataclass(frozen=True, slots=True)
class Read:
    """A slot of a reading as it stands: on the passage in the place of the one that was shown."""

    slot: Slot
    text: str
    """What the passage says."""
    stage: str
    """The stage that is proposed; empty where nothing is."""
    is_gone: bool
    """Whether the passage is in no document any more."""
    is_added: bool
    """Whether a reader added the goal, that was not among the proposals to be read."""
    given: Mapping[str, Given] = field(default_factory=dict)
    """By reader, for those who answered."""
    is_complete: bool = False
    """Whether all readers answered; for an added goal, all the proposals of its passage."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record of a slot, since when and where from."""

    answer: Answer
    at: str
    source: str


class Said(NamedTuple):
    """What counts of an answer when answers are compared; of a rejection its verdict alone."""

    verdict: str
    goal: str = ""
    stage: str = ""
    best_practice: bool = False


REJECTED = Said("rejected")


# Begin one


def begin(
    db: Database, readers: Sequence[str], filters: Filters, sample: int | None = None, note: str = ""
) -> BlindReading:
    """Begin a reading of the proposals that fit, or of those of so many passages drawn from them at random.

    Raises UnknownName, and GoalmapError where there are not two readers or nothing to read.
    """
    names = distinct(readers)
    with immediate(db):
        slots = [slot_of_proposal(row) for row, _ in queue_rows(db, filters, Record())]
        created = datetime.now(UTC).isoformat(timespec="milliseconds")
        id = stable_id("r", db.table("readings").count, *names, *slots)
        chosen = slots if sample is None else drawn(slots, sample, id)
        if not chosen:
            raise GoalmapError(NO_ROWS)
        begun = BlindReading(id, created, names, len(chosen), note)
        _insert(db, begun, chosen)
    return begun


def distinct(readers: Iterable[str]) -> tuple[str, ...]:
    """Readers' names without spaces around them. Raises GoalmapError unless they are two at least, all different."""
    names = tuple(" ".join(name.split()) for name in readers)
    if len(names) < 2 or not all(names) or len({name.casefold() for name in names}) < len(names):
        raise GoalmapError(TOO_FEW)
    return names


def drawn(slots: Sequence[Slot], passages: int, seed: str) -> list[Slot]:
    """The slots of so many passages, drawn at random but the same for the same seed, in the order that they had."""
    by_lot = sorted({passage for passage, _ in slots}, key=lambda passage: stable_id("l", seed, passage))
    chosen = set(by_lot[:passages])
    return [slot for slot in slots if slot[0] in chosen]


def _insert(db: Database, begun: BlindReading, slots: Sequence[Slot]) -> None:
    row = {"id": begun.id, "created": begun.created, "readers": json.dumps(begun.readers, ensure_ascii=False)}
    db.table("readings").insert({**row, "note": begun.note or None})
    db.table("reading_slots").insert_all(
        {"reading_id": begun.id, "passage_id": passage, "goal_id": goal, "position": position}
        for position, (passage, goal) in enumerate(slots)
    )


# Ask for them


def readings(db: Database) -> list[BlindReading]:
    """All readings, the latest first."""
    return [_reading_of(row) for row in db.query(READINGS.format(where=""))]


def reading(db: Database, id: str) -> BlindReading:
    """The reading of that id. Raises UnknownName."""
    for row in db.query(READINGS.format(where="where r.id = ?"), [id]):
        return _reading_of(row)
    raise UnknownName("reading", id, [one.id for one in readings(db)] or ["none yet"])


def _reading_of(row: Mapping[str, Any]) -> BlindReading:
    return BlindReading(row["id"], row["created"], tuple(json.loads(row["readers"])), row["slots"], row["note"] or "")


def open_readings(db: Database, person: str) -> list[BlindReading]:
    """The readings in which this person still has something to answer, the latest first."""
    own = [(one, reader) for one in readings(db) if (reader := reader_of(one, person))]
    return [one for one, reader in own if slots_left(db, one.id, reader)]


def reader_of(begun: BlindReading, person: str) -> str | None:
    """The reader of a reading who somebody is, signed in as ann or Ann; None for whom it is not meant."""
    named = " ".join(person.split()).casefold()
    return next((reader for reader in begun.readers if reader.casefold() == named), None)


def slots_left(db: Database, id: str, reader: str) -> list[Slot]:
    """What this reader has not answered yet, in the order of the reading; passages that are in no document are left out."""
    rows = db.execute(LEFT, {"reading": id, "reader": reader}).fetchall()
    return [(passage_id, goal_id) for passage_id, goal_id in rows]


def slots_read(db: Database, begun: BlindReading, passages: Iterable[str] | None = None) -> list[Read]:
    """Every slot of a reading with what its readers said: those proposed in their order, then those that readers added.

    `passages` are those that are asked about, where it is not all of them.
    """
    wanted = [row[0] for row in db.execute(STANDING, [begun.id])] if passages is None else list(passages)
    asked, answers = (
        list(db.query(sql, {"reading": begun.id, "passages": json.dumps(wanted)})) for sql in (SLOTS, ANSWERS)
    )
    given: dict[Slot, dict[str, Given]] = {}
    for row in answers:  # by reader, the latest last
        given.setdefault(slot_of(row), {})[row["reviewer"]] = Given(answer_of(row), row["decided_at"])
    proposed = {slot_of(row) for row in asked}
    waiting = {slot[0] for slot in proposed if len(given.get(slot, {})) < len(begun.readers)}
    rows = {slot_of(row): row for row in (*answers, *asked)}
    ordered = dict.fromkeys((*map(slot_of, asked), *given))
    return [_read(rows[slot], given.get(slot, {}), slot not in proposed, waiting, begun) for slot in ordered]


def _read(
    row: Mapping[str, Any], given: Mapping[str, Given], is_added: bool, waiting: set[str], begun: BlindReading
) -> Read:
    is_complete = row["passage_id"] not in waiting if is_added else len(given) == len(begun.readers)
    return Read(slot_of(row), row["text"], row["proposed_stage"] or "", bool(row["gone"]), is_added, given, is_complete)


# What they agree on


def said(read: Read, reader: str) -> Said | None:
    """What counts of a reader's answer; None where there is none yet.

    Who did not add a goal that another one added has rejected it, once all proposals of the passage are answered.
    """
    if reader not in read.given:
        return REJECTED if read.is_added and read.is_complete else None
    return counted(read.given[reader].answer, read.stage)


def counted(answer: Answer, stage: str) -> Said:
    """What counts of an answer; where it gives no stage the one that was proposed is meant."""
    if answer.verdict == REJECTED.verdict:
        return REJECTED
    return Said(answer.verdict, answer.goal_id, answer.stage or stage, answer.best_practice)


def agreed(read: Read, begun: BlindReading) -> Answer | None:
    """The answer that all readers gave, in all their names; None where one is missing or differs, or nothing was proposed."""
    answers_said = {said(read, reader) for reader in begun.readers}
    if not read.is_complete or len(answers_said) > 1 or (read.is_added and answers_said == {REJECTED}):
        return None
    answers = [read.given[reader].answer for reader in begun.readers if reader in read.given]
    stage = answers[0].stage or read.stage
    return replace(answers[0], stage=stage, note=_notes(read, begun), reviewer=listed(begun.readers))


def _notes(read: Read, begun: BlindReading) -> str:
    """All notes, each with the name of who wrote it."""
    notes = [(reader, read.given[reader].answer.note) for reader in begun.readers if reader in read.given]
    return "; ".join(f"{reader}: {note}" for reader, note in notes if note)


def listed(names: Sequence[str]) -> str:
    """Names as people say them.

    >>> listed(["Ann", "Ben", "Carl"])
    'Ann, Ben and Carl'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


# What goes on record


def settle_agreed(db: Database, id: str, passages: Iterable[str] | None = None) -> int:
    """Put on record what all readers agree on; gives how many decisions that made. Call it inside `immediate`.

    What others decided stays. What was put on record from this reading before and taken back is not put there again.
    `passages` are those that something was said of just now, where it is not all of them that are asked about.
    """
    begun = reading(db, id)
    agreements = [(read, answer) for read in slots_read(db, begun, passages) if (answer := agreed(read, begun))]
    slots = [read.slot for read, _ in agreements]
    record, before = on_record(db, slots), _put_before(db, begun, slots)
    new = {
        read.slot: answer
        for read, answer in agreements
        if is_free(record.get(read.slot), begun)
        and (read.slot not in before or counted(before[read.slot], read.stage) != counted(answer, read.stage))
    }
    Record().add(db, new, source_of(begun))
    return len(new)


def on_record(db: Database, slots: Iterable[Slot]) -> dict[Slot, Recorded]:
    """What is on record of these slots, or of the passages that theirs are near copies of."""
    rows = db.query(RECORDED, [json.dumps(list(slots))])
    return {
        (row["asked"], row["proposed_goal_id"]): Recorded(answer_of(row), row["decided_at"], row["source"] or "")
        for row in rows
    }


def is_free(recorded: Recorded | None, begun: BlindReading) -> bool:
    """Whether nobody decided but the readers of this reading, together."""
    return recorded is None or recorded.source.endswith(source_of(begun))


def source_of(begun: BlindReading) -> str:
    """What stands as the source of the decisions that a reading's agreement makes."""
    return f"reading {begun.id}: agreed"


def _put_before(db: Database, begun: BlindReading, slots: Iterable[Slot]) -> dict[Slot, Answer]:
    """The last decision on each slot that this reading's agreement made, whether it still stands or not."""
    rows = db.query(PUT_BEFORE, [json.dumps(list(slots)), source_of(begun)])
    return {slot_of(row): answer_of(row) for row in rows}
