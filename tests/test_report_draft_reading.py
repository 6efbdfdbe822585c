"""How a draft reads: spaces, marks of proposals, numbers of citations and sections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.report.draft import reading
from goalmap.report.draft.model import Draft, Paragraph, Plain, Section, Text, plain
from goalmap.report.verbatim import NotVerbatim
from tests.drafts import draft_of, everything, fact, uncited, words


def read(*runs: object) -> str:
    return "".join(f"{one.gap}{one.text}" for one in reading.spoken(runs))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ((fact("One."), fact("Two.")), "One. Two."),
        ((fact("One. "), fact("Two.")), "One. Two."),
        ((fact("One"), Plain(", "), fact("two"), Plain(".")), "One, two."),
        ((Plain("Led by ("), fact("a trust"), Plain(")")), "Led by (a trust)"),
        ((Plain(""), fact("One"), Plain("   "), Plain("two")), "One two"),
    ],
)
def test_runs_stand_apart_as_words_do(runs: tuple[object, ...], said: str) -> None:
    assert read(*runs) == said


def test_a_quotation_stands_in_marks_with_who_says_it() -> None:
    assert read(words(by="Jo Li")) == "“We lend tablets to 40 patients.” (Jo Li)"


def test_parts_of_a_list_share_a_citation_and_sentences_do_not() -> None:
    listed = (fact("40 patients"), Plain("; "), fact("5 wards"), Plain("; "), fact("a school", "p2"))
    assert [one.cites for one in reading.spoken(listed) if one.run not in (listed[1],)] == [(), ("p1",), ("p2",)]
    sentences = (fact("It lends."), fact("It pays."))
    assert [one.cites for one in reading.spoken(sentences)] == [("p1",), ("p1",)]


def test_only_the_last_of_several_proposals_is_tagged() -> None:
    open_fact = fact("Proposed", proposed=True)
    tagged = [one.is_tagged for one in reading.spoken((open_fact, Plain("; "), open_fact, fact("Decided"), open_fact))]
    assert tagged == [False, False, True, False, True]
    assert not any(one.is_tagged for one in reading.spoken((open_fact,), is_told=True))


@given(st.lists(st.integers(1, 60), max_size=30))
def test_stretches_hold_each_number_once_and_in_order(numbers: list[int]) -> None:
    unfolded = [number for first, last in reading.stretches(numbers) for number in range(first, last + 1)]
    assert unfolded == sorted(set(numbers))


@given(st.text(st.sampled_from("ab\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069")))
def test_every_turn_of_direction_is_closed(text: str) -> None:
    closed = reading.turned_back(text)
    assert closed.startswith(text)
    assert reading.turned_back(closed) == closed


def test_sections_are_numbered_unless_their_titles_are() -> None:
    inner = (Section("x", "Inner"), Section("y", "5 Open recruitment"))
    found = reading.outline((Section("a", "One"), Section("b", "Two", sections=inner)))
    assert [one.number for one in (*found, *found[1].inner)] == ["1", "2", "2.1", ""]


def test_a_place_is_named_once_and_never_as_the_file_names_its_own() -> None:
    anchors = reading.Anchors(["evidence"])
    names = ["goal 5", "goal-5", "evidence", "cited-3", "write-1", ""]
    assert [anchors.claim(name) for name in names] == ["goal-5", "", "", "", "", ""]


def test_a_passage_that_was_not_checked_is_not_written() -> None:
    made = draft_of(Paragraph((fact("It lends tablets.", "p1"),)))
    with pytest.raises(NotVerbatim, match="passage p1, which was not checked"):
        reading.evidence(Draft(made.kind, made.title, made.subtitle, made.made_on, made.sections))


# What other tests ask of drafts


def test_what_is_said_without_a_citation_is_found(map_db: Database) -> None:
    name = "Lockgate Trust"
    map_db.table("entities").insert({"id": "e1", "kind": "organisation", "name": name, "aliases": "[]"}, replace=True)
    texts: list[Text] = [
        plain("It lends 40 tablets."),
        plain(f"{name} lends."),
        plain("How it was made."),
        (fact("5"),),
    ]
    made = draft_of(*map(Paragraph, texts))
    assert uncited(map_db, made) == ("It lends 40 tablets.", f"{name} lends.")
    assert uncited(map_db, made, known=[name, "40"]) == ()
    assert uncited(map_db, made, besides=["only"]) == ()


def test_counts_and_names_of_goals_need_no_citation(map_db: Database) -> None:
    label = next(map_db.query("select label from goals where code = '5'"))["label"]
    assert uncited(map_db, draft_of(Paragraph(plain(f"Under {label}.")))) == ()
    assert uncited(map_db, everything(), known=["1 Early years", "2 School"]) == ()


def test_a_lead_and_the_quotation_that_follows_it_share_their_citation() -> None:
    cites = [one.cites for one in reading.spoken((fact("Tablets."), words(), fact("More.", "p2")))]
    assert cites == [(), words().cites, ("p2",)]
