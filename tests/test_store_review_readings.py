"""Two readers of the same proposals: blind, off the record until they agree, and never lost."""

import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.ingest.errors import GoalmapError, UnknownName
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, Slot, current_answers, decision_rows, withdraw
from goalmap.store.ledgers import Reading, Record
from goalmap.store.review.disagreements import Account, account_of, twice_decided
from goalmap.store.review.export import export_queue
from goalmap.store.review.readings import (
    BlindReading,
    begin,
    distinct,
    drawn,
    listed,
    open_readings,
    reader_of,
    reading,
    settle_agreed,
    slots_left,
)
from goalmap.store.review.rows import Filters
from goalmap.store.review.taking import import_queue

CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8 #9"
SHOP = "Our shop sells furniture that people made again from wood #9"
HOMES = "Two million pounds is what we spent on homes for our older neighbours #12"
G8, G9, G12 = (f"purpose-goals/{code}" for code in (8, 9, 12))
ACCEPT, REJECT = Answer("accepted"), Answer("rejected")


class Readers:
    """Ann and Ben, who read the same proposals."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.begun: BlindReading = begin(db, ["Ann", "Ben"], Filters(order="document"))

    @property
    def slots(self) -> list[Slot]:
        sql = "select passage_id, goal_id from reading_slots where reading_id = ? order by position"
        return [tuple(row) for row in self.db.execute(sql, [self.begun.id]).fetchall()]

    def says(self, reader: str, slot: Slot, answer: Answer) -> int:
        """An answer given in the browser or a file; gives how many decisions it put on record."""
        with immediate(self.db):
            Reading(self.begun.id, reader).add(self.db, {slot: answer}, "test")
            return settle_agreed(self.db, self.begun.id)

    def both_say(self, slot: Slot, ann: Answer, ben: Answer) -> int:
        return self.says("Ann", slot, ann) + self.says("Ben", slot, ben)

    def decided(self, slot: Slot) -> Answer | None:
        return current_answers(self.db, [slot]).get(slot)

    @property
    def account(self) -> Account:
        return account_of(self.db, self.begun)

    @property
    def differing(self) -> list[tuple[Slot, tuple[str, ...]]]:
        return [(one.read.slot, one.differ_in) for one in self.account.disagreements]

    @property
    def log(self) -> int:
        (count,) = self.db.execute("select count(*) from decisions").fetchone()
        return int(count)


@pytest.fixture
def corpus(db: Database, files: Path, ingest_files: Callable[..., Any]) -> Database:
    (files / "a.txt").write_text(f"{CLINIC}\n{SHOP}\n{HOMES}\n")
    ingest_files()
    return db


@pytest.fixture
def readers(corpus: Database) -> Readers:
    return Readers(corpus)


def accepted(goal: str, **fields: Any) -> Answer:
    return Answer("accepted", goal, **fields)


def decided_before(db: Database, slot: Slot, answer: Answer, day: str = "2020-01-01") -> None:
    """A decision of an earlier day."""
    (row,) = decision_rows(db, {slot: answer}, "queue old.csv")
    db.table("decisions").insert({**row, "decided_at": f"{day}T09:00:00+00:00"})


# Begin


def test_a_reading_holds_what_fits_in_the_order_asked_for(corpus: Database) -> None:
    begun = begin(corpus, [" Ann ", "Ben"], Filters(order="document"), note="first month")
    assert reading(corpus, begun.id) == begun
    assert (begun.readers, begun.slots, begun.note) == (("Ann", "Ben"), 4, "first month")
    assert [goal for _, goal in slots_left(corpus, begun.id, "Ann")] == [G8, G9, G9, G12]
    assert begin(corpus, ["Ann", "Ben"], Filters(goal="9")).slots == 2


@pytest.mark.parametrize("names", [[], ["Ann"], ["Ann", "ann "], ["Ann", ""], ["Ann", "Ben", "Ann"]])
def test_a_reading_needs_readers_who_can_be_told_apart(names: list[str]) -> None:
    with pytest.raises(GoalmapError, match="different names"):
        distinct(names)


def test_where_nothing_fits_no_reading_is_begun(corpus: Database) -> None:
    with pytest.raises(GoalmapError, match="no proposal to read"):
        begin(corpus, ["Ann", "Ben"], Filters(publisher="nobody"))
    with pytest.raises(UnknownName, match="There are: none yet"):
        reading(corpus, "rxyz")


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.integers(1, 9), st.text(max_size=3))
def test_a_sample_takes_whole_passages_and_keeps_their_order(passages: list[str], n: int, seed: str) -> None:
    slots = [(passage, goal) for passage in passages for goal in (G8, G9)]
    chosen = drawn(slots, n, seed)
    assert chosen == [slot for slot in slots if slot in chosen]
    assert len(chosen) == 2 * min(n, len(passages))
    assert chosen == drawn(slots, n, seed)


def test_every_passage_comes_into_a_sample_equally_often() -> None:
    slots = [(f"p{number}", G8) for number in range(10)]
    drawings = [passage for seed in range(2_000) for passage, _ in drawn(slots, 3, str(seed))]
    assert all(540 < drawings.count(passage) < 660 for passage, _ in slots)  # 600, give or take three standard errors


# Blind


def test_a_readers_file_shows_nothing_that_anybody_said(readers: Readers, tmp_path: Path) -> None:
    for slot in readers.slots:
        decided_before(readers.db, slot, accepted(slot[1], note="Carl was here", reviewer="Carl"))
    readers.says("Ben", readers.slots[0], accepted(G8, note="Ben was here"))
    rows = exported(readers, "Ann", tmp_path)
    assert [row["goal"] for row in rows] == ["8", "9", "9", "12"]
    assert {(row["verdict"], row["note"], row["reviewer"]) for row in rows} == {("", "", "")}
    assert "was here" not in (tmp_path / "queue.csv").read_text("utf-8-sig")


def test_all_readers_get_the_same_rows_in_the_same_order(readers: Readers, tmp_path: Path) -> None:
    def shown(reader: str) -> list[dict[str, str]]:
        return [{**row, "base": ""} for row in exported(readers, reader, tmp_path)]

    assert shown("Ann") == shown("Ben")


def exported(readers: Readers, reader: str, folder: Path) -> list[dict[str, str]]:
    export_queue(readers.db, folder / "queue.csv", Filters(), reading=Reading(readers.begun.id, reader))
    with (folder / "queue.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_reader_sees_what_is_left_and_which_readings_are_open(readers: Readers) -> None:
    first, *rest = readers.slots
    readers.says("Ann", first, accepted(G8))
    assert slots_left(readers.db, readers.begun.id, "Ann") == rest
    assert slots_left(readers.db, readers.begun.id, "Ben") == readers.slots
    for slot in rest:
        readers.says("Ann", slot, accepted(slot[1]))
    assert [open_readings(readers.db, name) for name in ("Ann", "Ben", "ben ", "Carl")] == [
        [],
        [readers.begun],
        [readers.begun],
        [],
    ]
    assert [reader_of(readers.begun, name) for name in ("ANN", "An")] == ["Ann", None]


# What goes on record


def test_nothing_goes_on_record_before_all_have_answered(readers: Readers) -> None:
    assert readers.says("Ann", readers.slots[0], accepted(G8)) == 0
    assert readers.log == 0


def test_what_all_agree_on_is_decided_in_all_their_names(readers: Readers) -> None:
    slot = readers.slots[0]
    put = readers.both_say(slot, accepted(G8, note="new beds"), accepted(G8, stage="delivered", note="opened"))
    assert put == 1
    expected = accepted(G8, stage="delivered", note="Ann: new beds; Ben: opened", reviewer="Ann and Ben")
    assert readers.decided(slot) == expected
    (source,) = readers.db.execute("select source from current_decisions").fetchone()
    assert source == f"reading {readers.begun.id}: agreed"


@pytest.mark.parametrize(
    ("ann", "ben", "differ_in"),
    [
        (accepted(G8), REJECT, ("verdict",)),
        (accepted(G8), Answer("changed", G12), ("goal",)),
        (Answer("changed", G9), Answer("changed", G12), ("goal",)),
        (accepted(G8, stage="delivered"), accepted(G8, stage="planned"), ("stage",)),
        (accepted(G8, best_practice=True), accepted(G8, stage="ongoing"), ("stage", "best practice")),
    ],
)
def test_what_they_differ_in_is_listed_and_stays_off_the_record(
    readers: Readers, ann: Answer, ben: Answer, differ_in: tuple[str, ...]
) -> None:
    slot = readers.slots[0]
    assert readers.both_say(slot, ann, ben) == 0
    assert readers.differing == [(slot, differ_in)]
    assert readers.log == 0


def test_the_stage_of_a_rejection_and_the_wording_of_notes_are_no_disagreement(readers: Readers) -> None:
    slot = readers.slots[0]
    assert readers.both_say(slot, Answer("rejected", G8, "planned", note="no"), Answer("rejected", G8, "ongoing")) == 1
    assert readers.differing == []


def test_agreement_with_the_record_changes_nothing_and_against_it_is_listed(readers: Readers) -> None:
    first, second, *_ = readers.slots
    decided_before(readers.db, first, accepted(G8, stage="delivered", reviewer="Carl"))
    decided_before(readers.db, second, Answer("rejected", G9, reviewer="Carl"))
    assert readers.both_say(first, accepted(G8), accepted(G8)) == 0
    assert readers.both_say(second, accepted(G9), accepted(G9)) == 0
    assert readers.log == 2
    assert readers.differing == [(second, ("record",))]


def test_a_disagreement_that_somebody_settled_is_listed_no_more(readers: Readers) -> None:
    slot = readers.slots[0]
    readers.both_say(slot, accepted(G8), REJECT)
    with immediate(readers.db):
        Record().add(readers.db, {slot: accepted(G8, reviewer="Carl")}, "queue disagreements.csv")
    assert readers.differing == []
    assert readers.says("Ann", readers.slots[1], REJECT) == 0


def test_readers_who_change_their_minds_together_change_what_they_put_on_record(readers: Readers) -> None:
    slot = readers.slots[0]
    readers.both_say(slot, accepted(G8), accepted(G8))
    readers.says("Ann", slot, REJECT)
    assert readers.differing == [(slot, ("verdict",))]
    assert readers.says("Ben", slot, REJECT) == 1
    decision = readers.decided(slot)
    assert decision is not None
    assert decision.verdict == "rejected"
    assert readers.differing == []


def test_what_was_taken_back_on_record_is_not_put_there_again(readers: Readers) -> None:
    slot, other, *_ = readers.slots
    readers.both_say(slot, accepted(G8), accepted(G8))
    with immediate(readers.db):
        withdraw(readers.db, [row[0] for row in readers.db.execute("select id from decisions")], "Carl", "test")
    assert readers.both_say(other, accepted(G9), accepted(G9)) == 1
    assert readers.decided(slot) is None


def test_a_goal_that_all_added_is_decided_and_one_that_a_single_reader_added_is_listed(readers: Readers) -> None:
    shop = readers.slots[2]
    passage = shop[0]
    for reader in ("Ann", "Ben"):
        readers.says(reader, (passage, G12), Answer("added", G12))
    readers.says("Ann", (passage, G8), Answer("added", G8))
    assert (readers.differing, readers.log) == ([], 0)  # Ben may still add it
    readers.both_say(shop, accepted(G9), accepted(G9))
    assert readers.differing == [((passage, G8), ("verdict",))]
    assert readers.account.added == {"Ann": 2, "Ben": 1}
    decision = readers.decided((passage, G12))
    assert decision is not None
    assert decision.verdict == "added"


def test_a_reader_who_takes_back_a_goal_that_only_he_added_puts_nothing_on_record(readers: Readers) -> None:
    shop = readers.slots[2]
    readers.says("Ann", (shop[0], G12), Answer("added", G12))
    readers.says("Ann", (shop[0], G12), Answer("rejected", G12))
    assert readers.both_say(shop, accepted(G9), accepted(G9)) == 1
    assert (readers.differing, readers.log) == ([], 1)


ANSWERS = st.sampled_from(
    [
        accepted(G8),
        accepted(G8, stage="planned"),
        Answer("rejected", G8),
        Answer("changed", G9),
        accepted(G8, note="so"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["Ann", "Ben"]), st.integers(0, 3), ANSWERS), max_size=12))
def test_a_slot_is_on_record_or_listed_or_waits_whatever_is_said_in_whatever_order(
    corpus: Database, sayings: list[tuple[str, int, Answer]]
) -> None:
    with immediate(corpus):
        standing = "select id from decisions where id not in (select decision_id from withdrawals)"
        withdraw(corpus, [row[0] for row in corpus.execute(standing).fetchall()], "Carl", "test")
    readers = Readers(corpus)
    last: dict[Slot, dict[str, Answer]] = {slot: {} for slot in readers.slots}
    for name, place, answer in sayings:
        readers.says(name, readers.slots[place], answer)
        last[readers.slots[place]][name] = answer
    (kept,) = corpus.execute("select count(*) from reading_answers where reading_id = ?", [readers.begun.id]).fetchone()
    assert kept == len(sayings)
    listed_slots = dict(readers.differing)
    for slot, answers in last.items():
        outcomes = {(one.verdict, one.goal_id, one.stage or "delivered") for one in answers.values()}
        decision = readers.decided(slot)
        if len(answers) == 2 and len(outcomes) == 1:
            assert decision is not None
            assert (decision.verdict, decision.goal_id, decision.stage) == outcomes.pop()
        assert (slot in listed_slots) == (len(answers) == 2 and len(outcomes) > 1)


# Figures


def test_figures_tell_who_answered_what_and_how_far_they_agree(readers: Readers) -> None:
    clinic, also, shop, homes = readers.slots
    readers.both_say(clinic, accepted(G8), accepted(G8))
    readers.both_say(also, Answer("rejected", G9), accepted(G9))
    readers.both_say(shop, Answer("rejected", G9), Answer("rejected", G9))
    readers.says("Ann", homes, accepted(G12))
    account = readers.account
    assert (account.answered, account.complete) == ({"Ann": 4, "Ben": 3}, 3)
    right = account.figures.questions["right"]
    assert right.units == 3
    assert right.observed == pytest.approx(2 / 3)
    assert right.coefficient == pytest.approx(0.4)
    assert list(right.given["yes"]) == pytest.approx([1 / 3, 2 / 3])
    assert account.figures.questions["stage"].units == 1
    assert account.figures.goals == {}
    assert account.to_dict()["disagreements"][0]["answers"]["Ben"]["verdict"] == "accepted"


def test_three_readers_must_all_agree_and_are_compared_by_alpha(corpus: Database) -> None:
    readers = Readers(corpus)
    readers.begun = begin(corpus, ["Ann", "Ben", "Carl"], Filters(order="document"))
    clinic, also, *_ = readers.slots
    assert readers.both_say(clinic, accepted(G8), accepted(G8)) == 0
    assert readers.says("Carl", clinic, accepted(G8)) == 1
    for name, answer in (("Ann", accepted(G9)), ("Ben", accepted(G9)), ("Carl", Answer("rejected", G9))):
        readers.says(name, also, answer)
    decision = readers.decided(clinic)
    assert decision is not None
    assert decision.reviewer == "Ann, Ben and Carl"
    assert readers.differing == [(also, ("verdict",))]
    right = readers.account.figures.questions["right"]
    assert (right.readers, right.units) == (3, 2)
    assert right.coefficient == pytest.approx(0.0)


def test_names_are_listed_as_people_say_them() -> None:
    assert [listed(["Ann"]), listed(["Ann", "Ben"]), listed(["Ann", "Ben", "Carl"])] == [
        "Ann",
        "Ann and Ben",
        "Ann, Ben and Carl",
    ]


def test_what_two_decided_after_one_another_on_record_is_told_apart(corpus: Database) -> None:
    slots = [tuple(row) for row in corpus.execute("select passage_id, goal_id from proposals order by id").fetchall()]
    for day, reviewer, answers in (
        (1, "Ann", [accepted(goal) for _, goal in slots]),
        (2, "Ben", [Answer("rejected", slots[0][1]), accepted(slots[1][1], stage="planned")]),
    ):
        for slot, answer in zip(slots, answers, strict=False):
            decided_before(
                corpus, slot, Answer(answer.verdict, answer.goal_id, answer.stage, reviewer=reviewer), f"2020-01-0{day}"
            )
    (pair,) = twice_decided(corpus)
    assert (pair.first, pair.second) == ("Ann", "Ben")
    assert pair.figures.questions["right"].units == 2
    assert pair.figures.questions["right"].observed == 0.5


def test_what_was_said_just_now_is_settled_without_looking_at_the_rest(readers: Readers) -> None:
    clinic, _, shop, _ = readers.slots
    with immediate(readers.db):
        for name in readers.begun.readers:
            answers = {clinic: accepted(G8), shop: accepted(G9)}
            Reading(readers.begun.id, name).add(readers.db, answers, "test")
        assert settle_agreed(readers.db, readers.begun.id, [shop[0]]) == 1
        assert settle_agreed(readers.db, readers.begun.id) == 1
    assert readers.decided(clinic) is not None


# Lasting


def test_answers_are_added_and_never_changed(readers: Readers) -> None:
    readers.says("Ann", readers.slots[0], accepted(G8))
    for sql in ("update reading_answers set verdict = 'rejected'", "delete from reading_answers"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            readers.db.execute(sql)


def test_answers_follow_a_passage_that_was_edited(
    readers: Readers, files: Path, ingest_files: Callable[..., Any]
) -> None:
    clinic = readers.slots[0]
    readers.says("Ann", clinic, accepted(G8))
    (files / "a.txt").write_text(f"{CLINIC.replace('three', 'four')}\n{SHOP}\n{HOMES}\n")
    ingest_files()
    left = slots_left(readers.db, readers.begun.id, "Ann")
    assert len(left) == 3
    (heir,) = [slot for slot in slots_left(readers.db, readers.begun.id, "Ben") if slot not in left]
    assert heir != clinic
    assert readers.says("Ben", heir, accepted(G8)) == 1
    assert readers.decided(heir) is not None


def test_answers_on_a_passage_that_is_gone_are_kept(
    readers: Readers, files: Path, ingest_files: Callable[..., Any]
) -> None:
    readers.both_say(readers.slots[0], accepted(G8), REJECT)
    (files / "a.txt").write_text(f"{SHOP}\n{HOMES}\n")
    ingest_files()
    assert slots_left(readers.db, readers.begun.id, "Ann") == readers.slots[2:]
    (one,) = readers.account.disagreements
    assert (one.read.is_gone, one.read.given["Ann"].answer.verdict) == (True, "accepted")


def test_a_file_that_comes_back_is_the_readers_own(readers: Readers, tmp_path: Path) -> None:
    rows = exported(readers, "Ann", tmp_path)
    rows[0].update(verdict="accept", reviewer="Carl")
    rows[1].update(verdict="reject")
    with (tmp_path / "queue.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    import_queue(readers.db, tmp_path / "queue.csv", "root")
    said = readers.db.execute("select verdict, reviewer from reading_answers order by id").fetchall()
    assert said == [("accepted", "Ann"), ("rejected", "Ann")]
    assert readers.log == 0
