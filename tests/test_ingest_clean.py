"""Text comes out as it should have been typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.ingest.clean import clean, join_lines


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("good\u00a0health", "good health"),
        ("\ufb01rst o\ufb03ce", "first office"),
        ("zero\u200bwidth soft\u00adhyphen \ufeffmark", "zerowidth softhyphen mark"),
        (" two \t spaces\r\n", "two spaces"),
        ("cafe\u0301", "café"),
        ("bell\x07 and delete\x7f", "bell and delete"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("commu\ufffenity", "community"),
    ],
)
def test_odd_characters_are_put_right(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters()))
def test_clean_text_can_be_stored_as_utf8(text: str) -> None:
    clean(text).encode("utf-8")


@pytest.mark.parametrize(
    ("lines", "vocabulary", "joined"),
    [
        (["commu-", "nity care"], {"community"}, "community care"),
        (["commu-", "nity care"], set(), "community care"),
        (["a long-", "term plan"], {"long-term"}, "a long-term plan"),
        (["well-", "being"], {"well", "being"}, "well-being"),
        (["well-", "being"], {"well", "being", "wellbeing"}, "wellbeing"),
        (["Lewis-", "Brown"], set(), "Lewis-Brown"),
        (["soft\xad", "ly"], set(), "softly"),
        (["2023 -", "2024"], set(), "2023 - 2024"),
        (["one", "", "two"], set(), "one two"),
        ([], set(), ""),
    ],
)
def test_words_broken_at_a_lines_end_are_made_whole(lines: list[str], vocabulary: set[str], joined: str) -> None:
    assert join_lines(lines, frozenset(vocabulary)) == joined


@given(st.lists(st.text()))
def test_any_lines_can_be_joined(lines: list[str]) -> None:
    assert isinstance(join_lines(lines), str)
