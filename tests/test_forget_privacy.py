"""The privacy page names every table, and says which hold personal data."""

import re
from pathlib import Path

import pytest

from goalmap.store.browse.access import TABLES_SHOWN
from goalmap.store.descriptions import TABLES
from goalmap.store.masking.sweeping import NOT_SWEPT, WRITTEN_BY_PEOPLE

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "privacy.md"
WITHOUT_PEOPLE = "Other tables ("


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text("utf-8")


def named_in(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))


def test_each_table_is_said_to_hold_personal_data_or_not(page: str) -> None:
    table = named_in("".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `")))
    others = named_in(next(line for line in page.splitlines() if line.startswith(WITHOUT_PEOPLE)))
    assert table & others == set()
    assert table | others == set(TABLES)


def test_what_people_write_is_among_what_holds_personal_data(page: str) -> None:
    told, _, _ = page.partition(WITHOUT_PEOPLE)
    assert set(WRITTEN_BY_PEOPLE) <= named_in(told)


def test_every_table_is_swept_but_those_that_are_masked_otherwise_or_hold_no_name() -> None:
    assert set(TABLES) & NOT_SWEPT == {"passages", "forgotten_names", "goals"}
    assert set(TABLES_SHOWN) <= set(TABLES)
