"""Identities and names as they are compared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.extract.words import name_key
from goalmap.store.ids import shown_path, stable_id
from goalmap.store.sheets.sheet import LOOKS_LIKE_VALUE

PREFIXES = st.sampled_from("bdefgmpqrx")


@given(PREFIXES, st.lists(st.text() | st.integers() | st.none(), max_size=4))
def test_an_id_begins_with_a_letter_and_is_never_a_number(prefix: str, parts: list[object]) -> None:
    made = stable_id(prefix, *parts)
    assert re.fullmatch(r"[a-z][a-z2-7]{12}", made)
    assert not LOOKS_LIKE_VALUE.fullmatch(made)
    with pytest.raises(ValueError, match="could not convert"):
        float(made)


@given(PREFIXES, st.text(), st.text())
def test_an_id_depends_on_its_parts_alone(prefix: str, one: str, other: str) -> None:
    assert stable_id(prefix, one, other) == stable_id(prefix, one, other)
    assert (stable_id(prefix, one) == stable_id(prefix, other)) == (one == other)


def test_a_text_with_a_lone_surrogate_has_an_id() -> None:
    assert stable_id("p", "\udcff").startswith("p")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marks & Spencer", "marks and spencer"),
        ("The Health Foundation", "Health Foundation"),
        ("St. Mary's", "St Mary s"),
        ("Zoë  Brontë", "zoe bronte"),
        ("ﬁrst", "FIRST"),
    ],
)
def test_names_that_differ_in_accents_case_or_punctuation_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_path_with_undecodable_bytes_can_be_printed() -> None:
    assert shown_path("caf\udce9.txt").encode("utf-8") == b"caf\\xe9.txt"
