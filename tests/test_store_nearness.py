"""Pairs of signatures that are somewhat alike, found without comparing all."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goalmap.ingest.likeness import BANDS, ROWS
from goalmap.store.loading.nearness import LEAST_ESTIMATE, near_pairs

LENGTH = BANDS * ROWS


def as_bytes(values: list[int]) -> bytes:
    return np.array(values, "<u4").tobytes()


def expected(signatures: list[list[int]]) -> list[tuple[int, int]]:
    """The same by comparing every two."""

    def is_near(one: list[int], other: list[int]) -> bool:
        shares = any(one[at : at + ROWS] == other[at : at + ROWS] for at in range(0, LENGTH, ROWS))
        return shares and sum(a == b for a, b in zip(one, other, strict=True)) / LENGTH >= LEAST_ESTIMATE

    return [
        pair for pair in combinations(range(len(signatures)), 2) if is_near(signatures[pair[0]], signatures[pair[1]])
    ]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, LENGTH), st.integers(0, 2**32 - 1)), max_size=12))
def test_they_are_those_that_comparing_every_two_gives(made: list[tuple[int, int, int]]) -> None:
    """Each begins as one of three stories does, and goes on in its own way."""
    signatures = [[story] * same + [own] * (LENGTH - same) for story, same, own in made]
    assert list(near_pairs([as_bytes(one) for one in signatures])) == expected(signatures)


def test_none_and_one_have_no_pairs() -> None:
    assert list(near_pairs([])) == list(near_pairs([as_bytes([1] * LENGTH)])) == []
