"""Decisions go on to the passage that takes the place of theirs: the likest one, once, and only where it reads nearly the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.store.carry import SAME_PASSAGE, heirs, is_settled, retire
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, decide

GYM = "In May the trust opened a gym in Leeds that 200 young people use for free every week of the year."
FUND = "The fund gave thirty bursaries to students from Bath and Bristol who were the first of their family to study."


def test_a_passage_that_was_edited_a_little_takes_the_place_of_the_old_one() -> None:
    edited = GYM.replace("200", "250")
    assert list(heirs({"old": GYM, "other": FUND}, {"new": edited, "fund": FUND})) == [
        ("other", "fund"),
        ("old", "new"),
    ]


def test_another_passage_takes_no_place() -> None:
    assert list(heirs({"old": GYM}, {"new": FUND})) == []
    assert list(heirs({}, {"new": FUND})) == []
    assert list(heirs({"old": GYM}, {})) == []


def test_the_likest_is_the_heir_and_each_passage_is_in_one_pair() -> None:
    nearly, less = GYM.replace("free", "free."), GYM.replace("young people", "older people")
    assert list(heirs({"old": GYM}, {"less": less, "nearly": nearly})) == [("old", "nearly")]
    assert list(heirs({"one": GYM, "two": less}, {"new": nearly})) == [("one", "new")]


def test_as_much_as_the_bound_is_like_enough_and_a_letter_less_is_not() -> None:
    assert SAME_PASSAGE == 0.85
    assert list(heirs({"old": "abcdefghijklmnopqrst"}, {"new": "abcdefghijklmnopqXYZ"})) == [("old", "new")]
    assert list(heirs({"old": "abcdefghijklmnopqrst"}, {"new": "abcdefghijklmnopWXYZ"})) == []


def test_letters_that_are_frequent_in_a_long_passage_count_too() -> None:
    assert list(heirs({"old": GYM * 3}, {"new": GYM * 2 + FUND[:20] + GYM})) == [("old", "new")]


GOAL = "purpose-goals/8"
YES, NO = Answer("accepted", GOAL), Answer("rejected", GOAL)


@pytest.fixture
def two(db: Database, files: Path, ingest_files: Callable[..., Any]) -> tuple[str, str]:
    """The passages of two documents."""
    for number in (1, 2):
        (files / f"{number}.txt").write_text(f"{GYM} In year {number} #8")
    ingest_files()
    first, second = (id for (id,) in db.execute("select id from passages order by text"))
    return first, second


def said(db: Database, passage_id: str, answer: Answer) -> None:
    with immediate(db):
        decide(db, {(passage_id, GOAL): answer}, "test")


@pytest.mark.parametrize(
    ("before", "after", "settled"),
    [(None, None, False), (YES, None, True), (NO, None, False), (None, NO, True), (YES, NO, True)],
)
def test_a_place_is_settled_by_the_same_answer_or_by_a_later_one(
    db: Database, two: tuple[str, str], before: Answer | None, after: Answer | None, settled: bool
) -> None:
    old, new = two
    for passage_id, answer in ((new, before), (old, YES), (new, after)):
        if answer:
            said(db, passage_id, answer)
    (decision,) = db.query("select * from current_decisions where passage_id = ?", [old])
    assert is_settled(db, decision, (new, GOAL)) == settled


@pytest.mark.parametrize("drawn_at", [None, "2026-01-01"])
def test_what_only_the_program_hung_on_a_passage_goes_with_it(
    db: Database, two: tuple[str, str], drawn_at: str | None
) -> None:
    gone, other = two
    with immediate(db):
        db.execute("delete from proposals")
        db.execute("update passages set copy_of = ? where id = ?", [gone, other])
        activity = {
            "id": "a1",
            "framework_id": "purpose-goals",
            "status": "proposed",
            "title": "A gym",
            "goal_id": GOAL,
        }
        db.table("activities").insert(activity)
        db.table("activity_passages").insert({"activity_id": "a1", "passage_id": gone, "position": 0})
        drawn = {
            "id": "x1",
            "framework_id": "purpose-goals",
            "passage_id": gone,
            "round": 1,
            "stratum": 1,
            "score": 0.5,
            "drawn_at": drawn_at,
        }
        db.table("audit_passages").insert(drawn)
        (document_id,) = db.execute("select document_id from passages where id = ?", [gone]).fetchone()
        retire(db, document_id, {gone})
    left = dict(db.execute("select id, retired_at is not null from passages").fetchall())
    assert left == ({other: 0} if drawn_at is None else {other: 0, gone: 1})
    assert db.execute("select count(*) from passages where copy_of is not null").fetchone() == (0,)
    assert db.table("activity_passages").count == 0
    assert db.table("audit_passages").count == (1 if drawn_at else 0)


@given(
    st.dictionaries(st.text("abc", min_size=1), st.text("de ", max_size=12), max_size=4),
    st.dictionaries(st.text("xyz", min_size=1), st.text("de ", max_size=12), max_size=4),
)
def test_no_passage_is_in_two_pairs_and_the_same_text_always_finds_an_heir(
    gone: dict[str, str], appeared: dict[str, str]
) -> None:
    pairs = list(heirs(gone, appeared))
    olds, news = [old for old, _ in pairs], [new for _, new in pairs]
    assert len(olds) == len(set(olds))
    assert len(news) == len(set(news))
    left = {gone[old] for old in gone.keys() - set(olds)} & {appeared[new] for new in appeared.keys() - set(news)}
    assert left == set()
