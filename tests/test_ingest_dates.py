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
        ("02/25/2024", "2024-02-25"),
        ("12.2.2024", "2024-02-12"),
        ("September 8, 2023", "2023-09-08"),
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
        ("Last updated on 18 March 2024", None),
        ("Published in July 2024", "2024-07"),
        ("The hub opened on 2 September 2024", None),
        ("Meeting of 2 September 2024", None),
        ("This page was last reviewed on 3 January 2024", None),
        ("Date published: 17/05/2024", "2024-05-17"),
        ("Release date: Friday 1 November 2024", "2024-11-01"),
        ("Posted: 3/5/24", "2024-05-03"),
        ("Embargoed until 00:01 on Monday 3 February 2025", "2025-02-03"),
        ("Portlach, 21 October 2024", "2024-10-21"),
        ("14th October 2023 | Blog | Income team", "2023-10-14"),
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
        ("20240517-release", "2024-05-17"),
        ("release_17-05-2024", "2024-05-17"),
        ("newsletter-3rd-may-2024", "2024-05-03"),
        ("reference-99132024", None),
    ],
)
def test_a_files_name_may_hold_a_date(name: str, found: str | None) -> None:
    assert dates.from_file_name(name) == found


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Posted on 12 March 2024 by Comms Team", True),
        ("16 February 2025 · 6 minute read", True),
        ("14 August 2024 — See all updates", True),
        ("Last updated: 14 August 2024", True),
        ("12 February 2024 – opening of the workshop in the old tram depot", False),
        ("On 12 February 2024 the workshop opened", False),
    ],
)
def test_a_line_that_holds_a_date_and_no_story_is_a_dateline(line: str, is_one: bool) -> None:
    assert dates.is_dateline(line) is is_one


@given(st.text("0123456789/-. JanuaryMarchof,"))
def test_no_text_makes_reading_a_date_fail(text: str) -> None:
    for found in (dates.from_text(text), dates.from_dateline(text), dates.from_file_name(text), dates.from_title(text)):
        assert found is None or found[:2] in ("19", "20")
