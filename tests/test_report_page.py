"""Dates, probabilities and statuses in words."""

import pytest

from goalmap.ingest.document import Status
from goalmap.report.page import STATUSES, likelihood, percent, status
from goalmap.store.days import day


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2022", "2022"),
        ("2022-07", "July 2022"),
        ("2022-07-01", "1 July 2022"),
        ("2024-06-02T10:00:00+00:00", "2 June 2024"),
        ("2022-13", "2022-13"),
        ("summer 2022", "summer 2022"),
        ("202a", "202a"),
        (None, ""),
    ],
)
def test_a_date_reads_as_exactly_as_it_is_known(written: str | None, shown: str) -> None:
    assert day(written) == shown


def test_every_status_has_a_label() -> None:
    assert set(STATUSES) == set(Status)


def test_a_status_of_a_later_goalmap_is_shown_as_it_is() -> None:
    assert status("asleep") == "asleep"


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0%"), (1.0, "100%"), (0.9999, "99%"), (0.0004, "1%"), (0.405, "40%")]
)
def test_only_the_certain_is_a_hundred_per_cent(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "very likely"), (0.9, "very likely"), (0.89, "likely"), (0.0, "possible")]
)
def test_a_probability_has_words(share: float, words: str) -> None:
    assert likelihood(share) == words
