"""Printed pages of many layouts are read in order and in whole passages, as well as the floors say."""

import json
from functools import cache
from pathlib import Path

import pytest

from goalmap.ingest.clean import join_lines
from goalmap.ingest.document import Block, Kind
from tests.layouts import score

FLOORS: dict[str, dict[str, float]] = json.loads((Path(__file__).parent / "layouts" / "floors.json").read_text("utf-8"))
TOLERANCE = 0.002
COMMON = frozenset(
    [
        "long",
        "term",
        "community",
        "follow",
        "up",
        "design",
        "dementia",
        "friendly",
        "recording",
        "thirty",
        "eight",
        "year",
        "olds",
    ]
)


@cache
def measured() -> dict[str, dict[str, float]]:
    return {**score.by_group(score.scores()), **score.halves(score.scores(score.UNSEEN))}


@cache
def read(name: str) -> tuple[Block, ...]:
    return score.blocks_of(name, score.UNSEEN if name.startswith("unseen") else score.FOLDER)


def texts(name: str, kind: Kind | None = None) -> list[str]:
    return [block.text for block in read(name) if kind in (None, block.kind)]


@pytest.mark.parametrize("group", sorted(FLOORS))
def test_a_group_of_layouts_is_read_as_well_as_before(group: str) -> None:
    below = {name: share for name, share in measured()[group].items() if share < FLOORS[group][name] - TOLERANCE}
    assert not below


def test_every_group_of_layouts_has_its_floor() -> None:
    assert set(measured()) == set(FLOORS)


def test_a_drop_capital_is_part_of_its_word() -> None:
    assert texts("dropcap-two-columns")[0].startswith("The hardship fund paid")
    assert texts("more-dropcap-quoted")[0].startswith("“Our green spaces team")


def test_a_drop_capital_that_is_a_word_stays_one() -> None:
    assert texts("more-dropcap-single-word")[0].startswith("A long-term condition")


def test_text_that_flows_round_a_quotation_stays_whole() -> None:
    for name in ("quote-inside-column", "quote-beside-text", "more-quote-left-in-columns"):
        assert all(text.endswith((".", "”")) for text in texts(name)), name


def test_a_quotation_between_columns_cuts_neither() -> None:
    assert "“I came in to mend a bicycle and left with a job.”" in texts("quote-between-columns")


def test_a_box_in_the_text_is_read_before_the_paragraph_beside_it() -> None:
    found = texts("box-tinted")
    assert found.index("What is a hub?") == 1
    assert found[2].startswith("A hub is")


def test_cards_are_read_row_by_row() -> None:
    headings = texts("box-cards", Kind.HEADING)
    assert headings[1:4] == ["Getting about", "Buying from local firms", "Looking after carers"]


def test_a_short_heading_over_two_columns_divides_the_page() -> None:
    headings = texts("columns-heading-across", Kind.HEADING)
    assert headings == ["Schools and young people", "A fair chance of promotion", "Getting about"]
    assert texts("columns-heading-across")[-1].endswith("sleep on a sofa.")


def test_a_header_that_changes_with_the_chapter_is_a_header() -> None:
    assert len(texts("running-chapters", Kind.HEADER)) == 4
    assert len(texts("more-chapters-same-size", Kind.HEADER)) == 4


def test_a_footnote_is_no_footer() -> None:
    assert "1 Household income is taken from the county survey of 2022." in texts("paper-footnotes", Kind.BODY)


def test_headings_in_the_margin_are_read_before_their_text() -> None:
    assert texts("more-margin-notes")[0] == "Warmer homes for less"


def test_numbers_set_large_side_by_side_go_each_with_its_words() -> None:
    assert "9,600 journeys by volunteers" in texts("more-figures-row")


def test_stories_side_by_side_are_read_before_those_below_them() -> None:
    headings = texts("unseen-29-front-page", Kind.HEADING)
    assert headings[2:4] == ["In brief", "Working with schools and colleges"]


def test_columns_that_end_in_mid_sentence_above_a_heading_go_on_beside_it() -> None:
    found = texts("unseen-01-annual-report")
    assert any(text.startswith("Our charity raised") and text.endswith("a boy of four.") for text in found)


def test_the_last_words_of_a_box_do_not_go_on_in_the_next() -> None:
    assert "replace 60 diesel vans" in texts("unseen-23-slides-on-a-page")


def test_boxes_in_rows_are_read_row_by_row_though_text_stands_beside_them() -> None:
    found = texts("unseen-49-four-figures")
    assert found[1:5] == ["68 adults seen", "114 children seen", "£640 average loan", "12 min between buses"]


def test_a_year_is_the_heading_of_what_happened_in_it() -> None:
    assert texts("unseen-59-two-sides", Kind.HEADING) == ["How we got here", "2018", "2020", "2022", "2023"]


def test_questions_in_the_margin_stand_before_their_answers() -> None:
    found = texts("unseen-57-answers")
    assert found[found.index("Will my travel costs be paid?") + 1].startswith("Complaints fell")


def test_a_side_bar_is_read_after_the_text_beside_it() -> None:
    assert texts("unseen-65-right-bar", Kind.HEADING)[:2] == ["Learning together", "Key facts"]


def test_text_between_two_tables_of_one_width_is_no_row() -> None:
    found = texts("unseen-19-workforce", Kind.BODY)
    assert any(text.startswith("We will publish our ethnicity pay gap") for text in found)


def test_the_owner_of_an_action_is_a_cell_of_its_row() -> None:
    rows = texts("unseen-61-notes-of-meeting", Kind.TABLE_ROW)
    assert sum(row.endswith(("| JL", "| SD", "| PN")) for row in rows) == 3
    assert "Staff Side Forum: notes" in texts("unseen-61-notes-of-meeting", Kind.HEADING)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["commu‐", "nity care"], "community care"),
        (["a long-", "term plan"], "a long-term plan"),
        (["a follow-", "up call"], "a follow-up call"),
        (["thirty-", "eight homes"], "thirty-eight homes"),
        (["two-", "year-olds"], "two-year-olds"),
        (["dementia-", "friendly"], "dementia-friendly"),
        (["the re-", "cording"], "the recording"),
        (["co-", "design"], "co-design"),
        (["of insula-", "tion"], "of insulation"),
    ],
)
def test_a_word_broken_at_a_line_end_keeps_only_a_hyphen_of_its_own(lines: list[str], joined: str) -> None:
    assert join_lines(lines, COMMON | {"insulation"}) == joined
