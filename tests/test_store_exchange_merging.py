"""Two histories of one proposal are brought together: nothing that stands here is overwritten, nothing further is lost."""

from hypothesis import given
from hypothesis import strategies as st

from goalmap.store.decisions import Answer
from goalmap.store.exchange.merging import AGREES, CONFLICT, EARLIER, KNOWN, NEW, Here, outcomes, taken_back
from goalmap.store.exchange.records import Content, Place, Said, Withdrawal

PLACE = Place("p1", "We opened a gym.", 0, "d1", "0" * 64, "a.txt")
TAKEN_BACK = Withdrawal("2026-03-01T10:00:00", "Ann", None)


def content(verdict: str, reviewer: str = "Ann", minute: int = 0) -> Content:
    return Content(Answer(verdict, "purpose-goals/8", reviewer=reviewer), f"2026-03-01T09:{minute:02}:00")


def said(one: Content, withdrawn: bool = False) -> Said:
    gone = TAKEN_BACK if withdrawn else None
    return Said(
        "decision", PLACE, "purpose-goals/8", one, "", gone, "", 0, {}, f"w{one.decided_at}{one.answer.verdict}"
    )


def here(*contents: Content, withdrawn: tuple[int, ...] = ()) -> list[Here]:
    return [Here(number, one, number in withdrawn) for number, one in enumerate(contents)]


YES, NO, LATER_NO, OTHERS_YES = (
    content("accepted"),
    content("rejected", minute=1),
    content("rejected", minute=2),
    content("accepted", "Ben", 3),
)


def words(standing: list[Here], told: list[Said]) -> list[str]:
    return [outcome.word for outcome in outcomes(standing, told)]


def test_where_nothing_stands_here_all_is_new() -> None:
    assert words([], [said(YES), said(NO)]) == [NEW, NEW]
    assert words(here(YES, withdrawn=(0,)), [said(NO)]) == [NEW]


def test_what_is_here_already_is_known_whatever_stands_now() -> None:
    assert words(here(YES, NO), [said(YES), said(NO)]) == [KNOWN, KNOWN]
    assert words(here(YES, withdrawn=(0,)), [said(YES)]) == [KNOWN]


def test_what_the_file_says_after_what_stands_here_is_new_and_what_it_says_before_is_earlier() -> None:
    found = list(outcomes(here(NO), [said(YES), said(NO), said(OTHERS_YES)]))
    assert [outcome.word for outcome in found] == [EARLIER, KNOWN, NEW]
    assert found[0].against == found[2].against == NO
    assert found[1].against is None


def test_an_answer_here_that_the_file_does_not_know_of_agrees_or_is_a_conflict_with_its_latest_alone() -> None:
    assert words(here(YES), [said(OTHERS_YES)]) == [AGREES]
    assert words(here(YES), [said(NO), said(OTHERS_YES)]) == [EARLIER, AGREES]
    assert words(here(YES), [said(NO)]) == [CONFLICT]
    assert words(here(YES), [said(OTHERS_YES), said(LATER_NO)]) == [EARLIER, CONFLICT]
    assert words(here(YES), [said(NO), said(LATER_NO, withdrawn=True)]) == [CONFLICT, EARLIER]


def test_the_latest_here_that_was_not_taken_back_is_what_stands() -> None:
    assert [one.against for one in outcomes(here(YES, NO, withdrawn=(1,)), [said(LATER_NO)])] == [YES]
    assert [one.against for one in outcomes(here(YES, NO), [said(LATER_NO)])] == [NO]


def test_what_was_taken_back_where_the_file_comes_from_is_taken_back_here_once() -> None:
    assert [id for id, _ in taken_back(here(YES, NO), [said(YES, withdrawn=True), said(NO)])] == [0]
    assert list(taken_back(here(YES, withdrawn=(0,)), [said(YES, withdrawn=True)])) == []
    assert list(taken_back(here(NO), [said(YES, withdrawn=True)])) == []


HISTORIES = st.lists(
    st.tuples(st.sampled_from([YES, NO, LATER_NO, OTHERS_YES]), st.booleans()), unique_by=lambda one: one[0]
)


def test_what_stands_here_has_not_been_taken_back_unless_that_is_said() -> None:
    assert list(taken_back([Here(7, YES)], [said(YES, withdrawn=True)])) == [(7, said(YES, withdrawn=True))]


@given(HISTORIES, HISTORIES)
def test_every_saying_has_one_outcome_and_a_second_import_finds_all_known(
    ours: list[tuple[Content, bool]], theirs: list[tuple[Content, bool]]
) -> None:
    standing = [Here(number, one, gone) for number, (one, gone) in enumerate(ours)]
    told = [said(one, gone) for one, gone in theirs]
    found = list(outcomes(standing, told))
    assert [outcome.said for outcome in found] == told
    assert all(
        (outcome.word == KNOWN) == (outcome.said.content in {one.content for one in standing}) for outcome in found
    )
    taken = [
        Here(len(ours) + number, outcome.said.content) for number, outcome in enumerate(found) if outcome.word == NEW
    ]
    again = [
        outcome.word
        for outcome in outcomes([*standing, *taken], [outcome.said for outcome in found if outcome.word == NEW])
    ]
    assert set(again) <= {KNOWN}
