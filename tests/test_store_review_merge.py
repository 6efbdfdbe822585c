"""The three-way merge of a queue with what changed in the database meanwhile."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from goalmap.store.decisions import Answer
from goalmap.store.review.merge import FIELDS, merge

PROPOSED = "purpose-goals/8"
CHANGED_TO = st.sampled_from(["purpose-goals/9", "purpose-goals/12"])
NAMES = st.sampled_from(["", "Ann", "Bob"])


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer as one slot can have it: only a change names another goal."""
    verdict = draw(st.sampled_from(["", "accepted", "rejected", "changed", "added"]))
    goal = draw(CHANGED_TO) if verdict == "changed" else PROPOSED
    stage, note = draw(st.sampled_from(["", "delivered", "planned"])), draw(st.sampled_from(["", "look", "see page 2"]))
    return Answer(verdict, goal, stage, draw(st.booleans()), note, draw(NAMES))


ANSWERS = answers()


@given(ANSWERS, ANSWERS)
def test_an_untouched_row_changes_nothing(exported: Answer, database: Answer) -> None:
    assert merge(exported, database, exported).answer == database
    assert not merge(exported, database, exported).differences


@given(ANSWERS, ANSWERS)
def test_an_untouched_database_takes_what_the_file_says(exported: Answer, file: Answer) -> None:
    merged = merge(exported, exported, file)
    assert merged.answer.without_reviewer() == file.without_reviewer()
    assert not merged.differences


@given(ANSWERS, ANSWERS, ANSWERS)
def test_importing_twice_equals_once(exported: Answer, database: Answer, file: Answer) -> None:
    once = merge(exported, database, file)
    assert merge(exported, once.answer, file) == once


@given(ANSWERS, ANSWERS, ANSWERS)
def test_nothing_that_the_database_changed_is_overwritten(exported: Answer, database: Answer, file: Answer) -> None:
    merged = merge(exported, database, file)
    for name in FIELDS:
        if getattr(database, name) != getattr(exported, name):
            assert getattr(merged.answer, name) == getattr(database, name)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_nothing_that_the_file_changed_is_lost(exported: Answer, database: Answer, file: Answer) -> None:
    merged = merge(exported, database, file)
    for name in FIELDS:
        if getattr(file, name) != getattr(exported, name):
            is_listed = name in [difference.field for difference in merged.differences]
            assert getattr(merged.answer, name) == getattr(file, name) or is_listed or merged.differences


@given(ANSWERS, ANSWERS, ANSWERS)
def test_a_merged_answer_is_one_that_a_reviewer_could_give(exported: Answer, database: Answer, file: Answer) -> None:
    merged = merge(exported, database, file).answer
    assert (merged.verdict == "changed") == (merged.goal_id != PROPOSED)


@given(ANSWERS, ANSWERS, NAMES)
def test_a_name_by_itself_is_no_answer(exported: Answer, database: Answer, name: str) -> None:
    assert merge(exported, database, replace(exported, reviewer=name)).answer == database


def test_a_difference_says_what_each_side_has() -> None:
    (difference,) = merge(
        Answer("", PROPOSED), Answer("accepted", PROPOSED, reviewer="Ann"), Answer("rejected", PROPOSED, reviewer="Bob")
    ).differences
    assert (difference.field, difference.exported, difference.database, difference.file) == (
        "verdict",
        "",
        "accepted",
        "rejected",
    )


def test_what_is_taken_is_its_givers_and_stays_the_last_reviewers_where_the_file_names_nobody() -> None:
    shown = Answer("accepted", PROPOSED, reviewer="Ann")
    noted = replace(shown, note="look", reviewer="")
    assert merge(shown, shown, noted).answer == replace(shown, note="look")
    assert merge(shown, shown, replace(noted, reviewer="Bob")).answer == replace(noted, reviewer="Bob")
