"""The encoder: texts of like meaning lie close, every text gets a unit vector or none."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.encoder import DIMENSIONS, encode, pieces_of


def test_texts_of_like_meaning_lie_closer_than_texts_of_other_meaning() -> None:
    training, learning, buses = encode(
        ["Training for new nurses", "Courses for student nurses", "A new bus to the station"]
    )
    assert training @ learning > training @ buses + 0.2


def test_a_text_without_a_word_is_all_zeros() -> None:
    assert not encode(["", "   "]).any()


def test_case_and_accents_do_not_matter() -> None:
    assert list(pieces_of("Café SIÂN")) == list(pieces_of("cafe sian"))


@given(st.lists(st.text(max_size=200), min_size=1, max_size=5))
def test_every_vector_has_unit_length_or_is_zero(texts: list[str]) -> None:
    vectors = encode(texts)
    assert vectors.shape == (len(texts), DIMENSIONS)
    lengths = np.linalg.norm(vectors, axis=1)
    assert all(abs(length - 1) < 1e-4 or length == 0 for length in lengths)
