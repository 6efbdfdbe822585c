"""Where answers stand: on record, taken back, or in a blind reading."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer, Slot, current_answers, decide, states_of_passages, withdraw
from goalmap.store.ledgers import Reading, Record
from goalmap.store.loading.save import save_frameworks

GOAL, OTHER = "purpose-goals/8", "purpose-goals/9"
YES, NO = Answer("accepted", GOAL, "delivered", reviewer="Ann"), Answer("rejected", GOAL, reviewer="Ben")


@pytest.fixture
def slot(db: Database, files: Path, ingest_files: Callable[..., object]) -> Slot:
    (files / "a.txt").write_text("We opened a clinic #8 ~9\nWe opened a shop #9\n")
    ingest_files()
    (passage_id,) = db.execute("select id from passages where position = 0").fetchone()
    return passage_id, GOAL


def say(db: Database, slot: Slot, answer: Answer) -> int:
    with immediate(db):
        Record().add(db, {slot: answer}, "test")
    return int(db.execute("select max(id) from decisions").fetchone()[0])


def take_back(db: Database, *decisions: int) -> None:
    with immediate(db):
        withdraw(db, decisions, "Ann", "test")


def is_open(db: Database, slot: Slot) -> bool:
    sql = "select open from proposals where passage_id = ? and goal_id = ?"
    return bool(db.execute(sql, slot).fetchone()[0])


# Taking back.


def test_what_was_said_before_stands_again_when_a_decision_is_taken_back(db: Database, slot: Slot) -> None:
    say(db, slot, YES)
    second = say(db, slot, NO)
    take_back(db, second)
    assert current_answers(db, [slot]) == {slot: YES}


def test_a_proposal_waits_again_when_all_that_was_said_of_it_is_taken_back(db: Database, slot: Slot) -> None:
    assert is_open(db, slot)
    first = say(db, slot, YES)
    assert not is_open(db, slot)
    second = say(db, slot, NO)
    take_back(db, second)
    assert not is_open(db, slot)
    take_back(db, first)
    assert is_open(db, slot)
    assert current_answers(db, [slot]) == {}
    assert db.execute("select count(*) from decisions").fetchone() == (2,)


def test_a_decision_is_taken_back_once_and_that_is_never_changed(db: Database, slot: Slot) -> None:
    first = say(db, slot, YES)
    take_back(db, first)
    with pytest.raises(sqlite3.IntegrityError):
        take_back(db, first)
    for change in ("update withdrawals set reviewer = 'Eve'", "delete from withdrawals"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(change)


def test_a_decision_after_one_that_was_taken_back_counts(db: Database, slot: Slot) -> None:
    take_back(db, say(db, slot, YES))
    say(db, slot, NO)
    assert current_answers(db, [slot]) == {slot: NO}
    assert not is_open(db, slot)


def test_the_state_of_a_passage_changes_with_all_that_is_said_of_it(db: Database, slot: Slot) -> None:
    seen = [states_of_passages(db, [slot[0]])[slot[0]]]
    first = say(db, slot, YES)
    for _ in range(2):
        seen.append(states_of_passages(db, [slot[0]])[slot[0]])
        if len(seen) == 2:
            take_back(db, first)
    say(db, (slot[0], OTHER), Answer("added", OTHER))
    seen.append(states_of_passages(db, [slot[0]])[slot[0]])
    assert len(set(seen)) == 4


def test_a_decision_that_was_taken_back_does_not_come_again_when_the_file_is_read_again(
    db: Database, slot: Slot, files: Path, ingest_files: Callable[..., object]
) -> None:
    take_back(db, say(db, slot, YES))
    (files / "a.txt").write_text("We opened a clinic today #8 ~9\nWe opened a shop #9\n")
    ingest_files()
    (passage_id,) = db.execute("select id from passages where position = 0 and retired_at is null").fetchone()
    assert passage_id != slot[0]
    assert current_answers(db, [(passage_id, GOAL)]) == {}
    assert is_open(db, (passage_id, GOAL))


def test_a_proposal_that_was_decided_on_stays_closed_when_its_file_is_read_again(
    db: Database, slot: Slot, files: Path, ingest_files: Callable[..., object]
) -> None:
    say(db, slot, YES)
    (files / "a.txt").write_text("We opened a clinic #8 ~9\nWe opened a shop, and a second one #9\n")
    ingest_files()
    assert not is_open(db, slot)


# On record and in a reading.


def test_passages_show_their_goals_at_once(db: Database, slot: Slot) -> None:
    say(db, slot, NO)
    (goals,) = db.execute("select goals from passages where id = ?", [slot[0]]).fetchone()
    assert json.loads(goals) == []


@pytest.fixture
def readers(db: Database, slot: Slot) -> tuple[Reading, Reading]:
    db.table("readings").insert({"id": "r1", "created": "2026-01-01", "readers": '["Ann", "Ben"]'})
    return Reading("r1", "Ann"), Reading("r1", "Ben")


def test_a_reader_sees_no_answers_but_their_own(db: Database, slot: Slot, readers: tuple[Reading, Reading]) -> None:
    ann, ben = readers
    with immediate(db):
        ann.add(db, {slot: YES}, "test")
    assert ann.current(db, [slot]) == {slot: YES}
    assert ben.current(db, [slot]) == {}


def test_an_answer_in_a_reading_does_not_count(db: Database, slot: Slot, readers: tuple[Reading, Reading]) -> None:
    with immediate(db):
        readers[1].add(db, {slot: NO}, "test")
    assert current_answers(db, [slot]) == {}
    assert is_open(db, slot)


def test_a_reading_keeps_the_readers_name_whatever_the_answer_says(
    db: Database, slot: Slot, readers: tuple[Reading, Reading]
) -> None:
    with immediate(db):
        readers[1].add(db, {slot: YES}, "test")
    assert db.execute("select reviewer from reading_answers").fetchall() == [("Ben",)]


# Whatever is said and taken back in whatever order.

STEPS = st.lists(st.tuples(st.sampled_from(["say", "take back"]), st.integers(0, 5)), max_size=12)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_openness_is_always_what_the_decisions_say(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    db = open_database(tmp_path_factory.mktemp("ledger") / "a.db", create=True)
    save_frameworks(db, ["purpose-goals"])
    db.table("documents").insert({"id": "d1", "path": "a", "status": "ok"})
    db.table("passages").insert({"id": "p1", "document_id": "d1", "kind": "body", "text": "We opened a clinic"})
    db.table("proposals").insert({"id": "g1", "passage_id": "p1", "goal_id": GOAL, "score": 0.5, "rank": 1})
    slot, standing = ("p1", GOAL), list[int]()
    for step, number in steps:
        if step == "say":
            decide(db, {slot: YES}, "test")
            standing.append(int(db.execute("select max(id) from decisions").fetchone()[0]))
        elif standing:
            withdraw(db, [standing.pop(number % len(standing))], "Ann", "test")
        assert is_open(db, slot) == (not standing)
        current = [id for (id,) in db.execute("select id from current_decisions").fetchall()]
        assert current == standing[-1:]
    db.close()


# What the machine said.


def test_a_decision_keeps_what_was_proposed_when_it_was_made(
    db: Database, slot: Slot, readers: tuple[Reading, Reading]
) -> None:
    say(db, slot, NO)
    say(db, (slot[0], OTHER), Answer("accepted", OTHER))
    say(db, (slot[0], "purpose-goals/1"), Answer("added", "purpose-goals/1"))
    with immediate(db):
        readers[0].add(db, {slot: YES}, "test")
        db.execute("update proposals set score = 0.1")
    columns = "select proposed_score, proposed_stage, model from"
    assert db.execute(f"{columns} decisions order by id").fetchall() == [
        (0.9, "delivered", "hand@1"),
        (0.1, None, None),
        (None, None, None),
    ]
    assert db.execute(f"{columns} reading_answers").fetchall() == [(0.9, "delivered", "hand@1")]


def test_a_reading_follows_a_passage_to_the_one_that_replaced_it(
    db: Database, slot: Slot, readers: tuple[Reading, Reading], files: Path, ingest_files: Callable[..., object]
) -> None:
    ann, _ = readers
    with immediate(db):
        db.table("reading_slots").insert({"reading_id": "r1", "passage_id": slot[0], "goal_id": GOAL, "position": 0})
        ann.add(db, {slot: YES}, "test")
    (files / "a.txt").write_text("We opened a clinic today #8 ~9\nWe opened a shop #9\n")
    ingest_files()
    (new,) = db.execute("select replaced_by from passages where id = ?", [slot[0]]).fetchone()
    assert new is not None
    assert ann.current(db, [(new, GOAL)]) == {(new, GOAL): YES}
