"""Excerpts: whole sentences, short enough for a table, and always a part of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.report.excerpt import excerpt

LONG = "One two three. " * 30


def test_a_short_passage_stays_whole() -> None:
    assert excerpt("We lend tablets. Staff teach.") == "We lend tablets. Staff teach."


def test_a_long_passage_ends_with_a_sentence_and_has_room() -> None:
    shown = excerpt(LONG)
    assert shown.endswith("three.")
    assert len(shown.split()) == 60


def test_the_sentences_with_the_evidence_are_chosen() -> None:
    text = LONG + "We lend tablets."
    assert excerpt(text, [(text.index("tablets"), len(text) - 1)]).endswith("We lend tablets.")


def test_a_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    assert excerpt("word " * 99, most=3) == "word word word"


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Jones and Mr. A. Smith met J. B. Field of St. John at noon.",
        "It cost £1.5 million, i.e. Half of it.",
        "“We did it.” said nobody at 4.30 p.m. in the hall",
    ],
)
def test_a_point_is_not_always_an_end(text: str) -> None:
    assert excerpt(text + " Then came more words.", most=len(text.split())) == text


@given(st.text(max_size=300), st.integers(1, 60))
def test_an_excerpt_is_verbatim_and_short(text: str, most: int) -> None:
    shown = excerpt(text, most=most)
    assert shown in text
    assert len(shown.split()) <= most


def test_of_evidence_that_is_too_long_as_much_is_shown_as_there_is_room_for() -> None:
    text = "He spoke. Staff of ten wards lend tablets. They teach as well."
    assert excerpt(text, [(0, len(text))], most=7) == "Staff of ten wards lend tablets."
    assert excerpt(text, [(0, len(text))], most=10) == "Staff of ten wards lend tablets. They teach as well."
