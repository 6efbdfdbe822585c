"""Publication dates are ISO 8601, as exact as their source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.ingest import dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Monday, 15 September 2025", "2025-09-15"),
        ("3rd of May 2024", "2024-05-03"),
        ("12 Feb. 2024", "2024-02-12"),
        ("2024-02-12T09:30:00+00:00", "2024-02-12"),
        ("12/02/2024", "2024-02-12"),
        ("November 2023", "2023-11"),
        ("31 February 2024, or 1 March 2024", "2024-03-01"),
        ("in 2024", None),
        ("", None),
    ],
)
def test_the_first_date_of_a_text_is_found(text: str, found: str | None) -> None:
    assert dates.from_text(text) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Published: Monday, 15 September 2025", "2025-09-15"),
        ("For immediate release: 18 March 2024", "2024-03-18"),
        ("Last updated on 18 March 2024", "2024-03-18"),
        ("Published in July 2024", "2024-07"),
        ("The hub opened on 2 September 2024", None),
        ("Meeting of 2 September 2024", None),
    ],
)
def test_only_a_line_that_begins_as_a_date_is_a_dateline(line: str, found: str | None) -> None:
    assert dates.from_dateline(line) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("board-2024-05-30", "2024-05-30"),
        ("minutes_2024.05", "2024-05"),
        ("annual-report-2023-24", "2023"),
        ("annual report 2023/24", "2023"),
        ("policy-99", None),
    ],
)
def test_a_files_name_may_hold_a_date(name: str, found: str | None) -> None:
    assert dates.from_file_name(name) == found


@given(st.text("0123456789/-. JanuaryMarchof,"))
def test_no_text_makes_reading_a_date_fail(text: str) -> None:
    for found in (dates.from_text(text), dates.from_dateline(text), dates.from_file_name(text)):
        assert found is None or found[:2] in ("19", "20")
