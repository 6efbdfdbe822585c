"""Audits in the database: what can be drawn, what an answer changes, and what is known afterwards."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.classify.measuring.recall import recall
from goalmap.classify.measuring.stopping import Sample, stopping
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer
from goalmap.store.ids import stable_id
from goalmap.store.ledgers import Record
from goalmap.store.load import Outcome
from goalmap.store.review.audit_counts import samples
from goalmap.store.review.audits import AuditAnswer, AuditRow, answer, draw, looks, stratum_of, unframed, waiting

PURPOSE, SDGS = "purpose-goals", "un-sdgs"
EIGHT, NINE = f"{PURPOSE}/8", f"{PURPOSE}/9"
Ingest = Callable[..., Outcome]


@pytest.fixture
def folder(db: Database, files: Path, ingest_files: Ingest) -> Database:
    """Four documents of 30 passages; every third passage has goal 8 proposed."""
    for name in "abcd":
        write(files, name, 30)
    ingest_files((PURPOSE,))
    return db


def write(files: Path, name: str, passages: int, more: Iterable[str] = ()) -> None:
    lines = [
        f"Story {name} number {place} tells of a day{' #8' if place % 3 == 0 else ''}." for place in range(passages)
    ]
    (files / f"{name}.txt").write_text("\n".join([*lines, *more]), "utf-8")


def drawn(db: Database, size: int, framework: str = PURPOSE) -> list[AuditRow]:
    with immediate(db):
        draw(db, framework, size)
    return waiting(db, framework)


def say(db: Database, answers: dict[str, AuditAnswer], source: str = "queue a.csv") -> int:
    with immediate(db):
        return answer(db, answers, source)


def say_none(db: Database, rows: Iterable[AuditRow]) -> None:
    say(db, {row.audit_id: AuditAnswer(reviewer="Ann") for row in rows})


def decide_all(db: Database, verdict: str = "accepted") -> None:
    slots = db.execute("select passage_id, goal_id from proposals where open = 1").fetchall()
    with immediate(db):
        Record().add(db, {slot: Answer(verdict, slot[1], reviewer="Ann") for slot in slots}, "by hand")


def sample(db: Database, framework: str = PURPOSE) -> Sample:
    (one,) = samples(db, framework)
    return one


def text_of(db: Database, passage_id: str) -> str:
    (text,) = db.execute("select text from passages where id = ?", [passage_id]).fetchone()
    return str(text)


# Drawing


def test_all_that_is_classified_and_nothing_else_can_be_drawn(db: Database, files: Path, ingest_files: Ingest) -> None:
    write(files, "a", 4, ["Two words", "Un passage en français que personne ne classe."])
    write(files, "b", 3)
    ingest_files((PURPOSE,))
    db.execute("update passages set language = 'fr' where text like 'Un %'")
    db.execute("update passages set kind = 'footer' where text like 'Story b number 0%'")
    db.execute(
        "update passages set copy_of = (select id from passages where text like 'Story a number 1%') where text like 'Story b number 1%'"
    )
    db.conn.commit()
    rows = drawn(db, 100)
    assert sorted(text_of(db, row.passage_id)[:16] for row in rows) == [
        "Story a number 0",
        "Story a number 1",
        "Story a number 2",
        "Story a number 3",
        "Story b number 2",
    ]


def test_a_sample_is_drawn_and_extended_and_keeps_what_was_drawn(folder: Database) -> None:
    first = drawn(folder, 20)
    assert len(first) == 20
    more = drawn(folder, 15)
    assert len(more) == 35
    assert {row.audit_id for row in first} < {row.audit_id for row in more}
    assert looks(folder, PURPOSE) == 2
    with immediate(folder):
        assert draw(folder, PURPOSE, 500) == 85
        assert draw(folder, PURPOSE, 500) == 0


def test_drawing_twice_is_drawing_once_as_much(folder: Database) -> None:
    once = {stable_id("a", PURPOSE, row.passage_id) for row in [*drawn(folder, 20), *drawn(folder, 20)]}
    everything = sorted(stable_id("a", PURPOSE, id) for (id,) in folder.execute("select id from passages").fetchall())
    assert once == set(everything[:40]), "one stratum, so the first in the order of ids"


def test_passages_that_came_near_a_goal_are_drawn_more_densely(folder: Database) -> None:
    passages = [id for (id,) in folder.execute("select id from passages order by id limit 20").fetchall()]
    folder.table("candidates").insert_all(
        {"id": stable_id("c", id, NINE), "passage_id": id, "goal_id": NINE, "score": 0.3} for id in passages
    )
    near = [row for row in drawn(folder, 40) if row.passage_id in passages]
    assert len(near) / 20 > (40 - len(near)) / 100
    assert [stratum_of(score) for score in (0, 0.019, 0.02, 0.1, 0.2, 0.9)] == [0, 0, 1, 2, 3, 3]


def test_the_order_of_a_draw_follows_neither_document_nor_place(folder: Database) -> None:
    sql = "select d.path, p.position from passages p join documents d on d.id = p.document_id where p.id = ?"
    places = [folder.execute(sql, [row.passage_id]).fetchone() for row in drawn(folder, 40)]
    assert len({path for path, _ in places}) == 4
    assert places != sorted(places)


def test_frameworks_have_samples_of_their_own(db: Database, files: Path, ingest_files: Ingest) -> None:
    write(files, "a", 30)
    ingest_files((PURPOSE, SDGS))
    assert len(drawn(db, 10)) == 10
    assert waiting(db, SDGS) == []
    assert len(drawn(db, 5, SDGS)) == 5
    assert len(waiting(db)) == 15
    say_none(db, waiting(db, SDGS))
    assert (sample(db).answered, sample(db, SDGS).answered) == (0, 5)
    with pytest.raises(UnknownName, match="nhs-anchor"), immediate(db):
        draw(db, "nhs-anchor", 5)


# Answering


def test_a_goal_that_is_named_becomes_a_decision_and_is_known_to_be_missed_before(folder: Database) -> None:
    decide_all(folder)
    first, *others = drawn(folder, 30)
    say_none(folder, others)
    assert say(folder, {first.audit_id: AuditAnswer((NINE,), "a café", "Ann")}) == 1
    (decision,) = folder.query("select * from current_decisions where goal_id = ?", [NINE])
    assert (decision["passage_id"], decision["verdict"], decision["note"]) == (first.passage_id, "added", "a café")
    assert decision["reviewer"] == "Ann"
    assert waiting(folder) == []
    nine = sample(folder).goals[NINE]
    assert nine.found == 1
    assert [stratum.missed for stratum in nine.strata] == [(1,)]
    assert recall(nine).missed.point == pytest.approx(3), "90 are left, and of 30 one showed it"
    (goals,) = folder.execute("select goals from passages where id = ?", [first.passage_id]).fetchone()
    assert '"9"' in goals


def test_saying_it_twice_changes_nothing(folder: Database) -> None:
    first, second, *_ = drawn(folder, 10)
    answers = {first.audit_id: AuditAnswer((NINE,), "", "Ann"), second.audit_id: AuditAnswer((), "", "Ann")}
    assert say(folder, answers) == 2
    assert say(folder, answers) == 0
    assert folder.table("audit_answers").count == 2
    assert folder.table("decisions").count == 1


def test_a_later_answer_takes_back_what_an_earlier_one_added(folder: Database) -> None:
    first, *others = drawn(folder, 10)
    say_none(folder, others)
    say(folder, {first.audit_id: AuditAnswer((NINE, f"{PURPOSE}/10"), "", "Ann")})
    assert say(folder, {first.audit_id: AuditAnswer((f"{PURPOSE}/10",), "", "Bea")}) == 1
    assert [row["goal_id"] for row in folder.query("select goal_id from current_decisions")] == [f"{PURPOSE}/10"]
    assert say(folder, {first.audit_id: AuditAnswer((), "", "Bea")}) == 1
    assert list(folder.query("select 1 from current_decisions")) == []
    assert folder.table("audit_answers").count == 12, "what was said before is kept"
    assert sample(folder).together.found == 0
    (goals,) = folder.execute("select goals from passages where id = ?", [first.passage_id]).fetchone()
    assert '"10"' not in goals


def test_what_was_found_before_the_audit_was_not_missed(folder: Database) -> None:
    first, *others = drawn(folder, 30)
    with immediate(folder):
        Record().add(folder, {(first.passage_id, NINE): Answer("added", NINE, reviewer="Bea")}, "queue b.csv")
    say_none(folder, others)
    say(folder, {first.audit_id: AuditAnswer((NINE,), "", "Ann")})
    nine = sample(folder).goals[NINE]
    assert nine.found == 1
    assert sum(stratum.likely for stratum in nine.strata) == 0
    assert folder.table("decisions").count == 1
    say(folder, {first.audit_id: AuditAnswer((), "", "Ann")})
    assert sample(folder).goals[NINE].found == 1, "an audit takes back only what it added"


def test_a_goal_that_was_proposed_and_is_named_all_the_same_is_accepted_and_not_missed(folder: Database) -> None:
    row = next(row for row in drawn(folder, 40) if "#8" in text_of(folder, row.passage_id))
    say(folder, {row.audit_id: AuditAnswer((EIGHT,), "", "Ann")})
    eight = sample(folder).goals[EIGHT]
    assert (eight.found, eight.waiting) == (1, 39)
    assert all(sum(stratum.missed) == 0 for stratum in eight.strata)


def test_an_answer_to_something_else_is_refused_and_nothing_is_written(folder: Database) -> None:
    first, second, *_ = drawn(folder, 10)
    (undrawn,) = folder.execute("select id from audit_passages where drawn_at is null limit 1").fetchone()
    for wrong in ("a23456", undrawn):
        with pytest.raises(NotFound, match=wrong):
            say(folder, {first.audit_id: AuditAnswer(), wrong: AuditAnswer()})
    for goal in (f"{SDGS}/1", "9", f"{PURPOSE}/99"):
        with pytest.raises(UnknownName):
            say(folder, {first.audit_id: AuditAnswer(), second.audit_id: AuditAnswer((goal,))})
    assert folder.table("audit_answers").count == 0


# What is known


def test_decisions_and_what_waits_are_counted(folder: Database) -> None:
    before = sample(folder)
    assert (before.passages, before.drawn, before.unframed) == (120, 0, 120)
    assert (before.goals[EIGHT].found, before.goals[EIGHT].waiting) == (0, 40)
    assert before.goals[EIGHT].likely == pytest.approx(36)
    decide_all(folder)
    after = sample(folder)
    assert (after.goals[EIGHT].found, after.goals[EIGHT].waiting, after.together.found) == (40, 0, 40)


def test_one_may_stop_when_all_is_answered_and_the_bound_is_met(folder: Database) -> None:
    decide_all(folder)
    first, *others = drawn(folder, 90)
    say_none(folder, others)
    assert not stopping(sample(folder)).goals[EIGHT].may_stop, "one that was drawn waits"
    say_none(folder, [first])
    told = stopping(sample(folder))
    assert told.goals[EIGHT].may_stop
    assert told.may_stop == (EIGHT,)
    bound = told.goals[EIGHT].recall.interval
    assert bound
    assert bound.low >= 0.8
    assert not told.goals[NINE].may_stop
    assert not stopping(sample(folder), target=0.999).goals[EIGHT].may_stop


def test_documents_that_come_later_are_unknown_until_the_next_draw(
    folder: Database, files: Path, ingest_files: Ingest
) -> None:
    decide_all(folder)
    say_none(folder, drawn(folder, 90))
    write(files, "e", 30)
    ingest_files((PURPOSE,))
    decide_all(folder)
    assert (unframed(folder, PURPOSE), sample(folder).unframed) == (30, 30)
    assert not stopping(sample(folder)).goals[EIGHT].may_stop
    new = drawn(folder, 1)
    assert unframed(folder, PURPOSE) == 0
    assert {text_of(folder, row.passage_id)[:7] for row in new} == {"Story e"}, "those that come first in the order"
    assert len(new) > 10, "about as densely as the others"
    drawn_ids = {id for (id,) in folder.execute("select id from audit_passages where drawn_at is not null").fetchall()}
    every = sorted(id for (id,) in folder.execute("select id from audit_passages").fetchall())
    assert drawn_ids == set(every[: len(drawn_ids)]), "as if all had been drawn today"


def test_a_passage_that_is_gone_is_no_longer_counted(folder: Database, files: Path, ingest_files: Ingest) -> None:
    say_none(folder, drawn(folder, 60))
    (files / "a.txt").write_text("Something else altogether stands here now.", "utf-8")
    ingest_files((PURPOSE,))
    left = sample(folder)
    assert (left.passages, left.unframed) == (91, 1)
    (gone,) = folder.execute(
        "select count(*) from audit_passages a join passages p on p.id = a.passage_id where p.retired_at is not null"
    ).fetchone()
    assert gone > 0, "those that were drawn are kept"
    assert left.answered == 60 - gone
    assert folder.table("audit_answers").count == 60


def test_what_was_said_of_a_passage_goes_on_to_the_one_that_took_its_place(
    folder: Database, files: Path, ingest_files: Ingest
) -> None:
    row = next(row for row in drawn(folder, 60) if text_of(folder, row.passage_id).startswith("Story a"))
    say_none(folder, [one for one in waiting(folder) if one != row])
    say(folder, {row.audit_id: AuditAnswer((NINE,), "", "Ann")})
    old = text_of(folder, row.passage_id)
    path = files / "a.txt"
    path.write_text(path.read_text("utf-8").replace(old, old.replace("tells of", "told of")), "utf-8")
    ingest_files((PURPOSE,))
    (heir,) = folder.execute("select replaced_by from passages where id = ?", [row.passage_id]).fetchone()
    after = sample(folder)
    assert heir is not None
    assert after.goals[NINE].found == 1
    assert after.unframed == 0, "its goals are known"
    assert sum(stratum.likely for stratum in after.goals[NINE].strata) == 0, "found now, and it stands for no other"


def test_an_answer_that_comes_after_its_passage_was_edited_is_attached_to_the_new_one(
    folder: Database, files: Path, ingest_files: Ingest
) -> None:
    row = next(row for row in drawn(folder, 60) if text_of(folder, row.passage_id).startswith("Story a"))
    old = text_of(folder, row.passage_id)
    path = files / "a.txt"
    path.write_text(path.read_text("utf-8").replace(old, old.replace("tells of", "told of")), "utf-8")
    ingest_files((PURPOSE,))
    say(folder, {row.audit_id: AuditAnswer((NINE,), "", "Ann")})
    (decision,) = folder.query("select passage_id from current_decisions where goal_id = ?", [NINE])
    assert "told of" in text_of(folder, decision["passage_id"])


def test_an_empty_database_knows_nothing(db: Database) -> None:
    assert samples(db) == []
    assert waiting(db) == []
    with pytest.raises(UnknownName):
        samples(db, PURPOSE)


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_holds_what_is_true_of_the_whole_folder(
    db: Database, files: Path, ingest_files: Ingest, seed: int
) -> None:
    """Through all of it: drawn, answered by one who knows the truth, extended, documents added."""
    rng = random.Random(seed)
    missed = ["The café gives #no{}# apprentices a first wage.", "Walkers mend a wall on the #no{}# hill."]
    for name in "abcdef":
        write(files, f"{seed}{name}", 30, [rng.choice(missed).format(f"{name}{place}") for place in range(6)])
    ingest_files((PURPOSE,))
    for name in "gh":
        audit_truly(db, 40)
        write(files, f"{seed}{name}", 30, [missed[0].format(f"{name}{place}") for place in range(3)])
        ingest_files((PURPOSE,))
    audit_truly(db, 60)
    decide_all(db)
    known = sample(db).goals[NINE]
    told = recall(known, look=looks(db, PURPOSE)).missed
    (there,) = db.execute("select count(*) from passages where text like 'The café%'").fetchone()
    assert known.found > 0
    assert told.low <= there - known.found <= told.high


def audit_truly(db: Database, size: int) -> None:
    answers = {
        row.audit_id: AuditAnswer((NINE,) if text_of(db, row.passage_id).startswith("The café") else (), "", "Ann")
        for row in drawn(db, size)
    }
    say(db, answers)
