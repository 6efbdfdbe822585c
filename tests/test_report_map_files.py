"""The activity map as files: safe to open, the same each time, every word of a quotation the document's own."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.activity_map import activity_map
from goalmap.report.map_files import CELLS, WRITERS, as_html, as_json, write_map

TODAY = date(2024, 7, 1)


@pytest.fixture
def db(map_db: Database) -> Database:
    return map_db


@pytest.fixture
def page(db: Database) -> str:
    return as_html(activity_map(db), TODAY)


@pytest.fixture
def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


@pytest.fixture
def rows(db: Database, tmp_path: Path) -> list[dict[str, str]]:
    write_map(activity_map(db), tmp_path / "map.csv", TODAY)
    with (tmp_path / "map.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# The page


def test_markup_in_a_passage_is_shown_and_not_run(page: str) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page
    assert "Annual report &lt;2023&gt;" in page


def test_every_passage_on_the_page_is_the_stored_text(db: Database, tree: html.HtmlElement) -> None:
    stored = {row["text"] for row in db["passages"].rows}
    shown = [quote.text_content() for quote in tree.iter("blockquote")]
    assert len(shown) == 7
    assert set(shown) <= stored


def test_the_evidence_is_marked(tree: html.HtmlElement) -> None:
    assert [mark.text for mark in tree.get_element_by_id("5-p1").iter("mark")] == ["interview", "unemployed adults"]


def test_a_gap_says_what_was_searched(tree: html.HtmlElement) -> None:
    gap = words(tree.get_element_by_id("goal-1"))
    assert "Gap: no evidence was found for this goal. Searched: 6 passages in 3 documents" in gap
    assert "2 documents were not read, or not wholly" in gap


def test_the_gaps_are_named_at_the_start(tree: html.HtmlElement) -> None:
    assert "No evidence was found for 8 goals: 1 Strong foundations in early years; 4 Right" in words(
        tree.get_element_by_id("about")
    )


def test_proposals_are_said_to_be_proposals(tree: html.HtmlElement) -> None:
    about = words(tree.get_element_by_id("about"))
    assert "3 entries are proposals of the software that nobody has checked; 3 were decided by a person" in about
    assert "1 proposal was rejected by a reviewer and is left out" in about


def test_documents_that_were_not_read_have_their_reason(tree: html.HtmlElement) -> None:
    unread = words(tree.get_element_by_id("not-read"))
    assert "scan.pdf" in unread
    assert "No text in it: The pages are pictures. Install tesseract and ingest again." in unread


def test_a_copy_names_the_document_that_stands_for_it(tree: html.HtmlElement) -> None:
    assert "Copy of Doors Open welcomes its 300th starter" in words(tree.get_element_by_id("d4"))


def test_links_lead_somewhere_and_places_are_named_once(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in tree.xpath("//a/@href")} <= set(ids)
    assert {"p1", "p2", "p3", "p5", "p6", "goal-14"} <= set(ids)


def test_links_lead_somewhere_in_a_map_of_one_goal(db: Database) -> None:
    tree = html.document_fromstring(as_html(activity_map(db, goal="5"), TODAY))
    assert {link.removeprefix("#") for link in tree.xpath("//a/@href")} <= set(tree.xpath("//@id"))


def test_the_page_needs_nothing_from_outside(page: str, tree: html.HtmlElement) -> None:
    assert not tree.xpath("//script | //link | //img | //iframe | //@src")
    assert not re.search(r"https?://|@import|url\(", page)


def test_the_page_states_language_framework_and_day(tree: html.HtmlElement) -> None:
    assert tree.get("lang") == "en-GB"
    head = words(tree.find_class("title")[0])
    assert "Purpose Goals 2022" in head
    assert "1 July 2024" in head


def test_only_names_of_files_are_shown_not_their_folders(page: str) -> None:
    assert "in/scan.pdf" not in page


def test_an_organisation_and_its_goal_stand_in_the_title(db: Database) -> None:
    tree = html.document_fromstring(as_html(activity_map(db, "Ashwick", "5"), TODAY))
    assert words(tree.find(".//h1")) == "Ashwick NHS Trust"
    assert "Goal 5 Open recruitment" in words(tree.find_class("title")[0])


# The table


def test_the_table_has_a_row_for_each_entry(rows: list[dict[str, str]]) -> None:
    assert tuple(rows[0]) == tuple(CELLS)
    assert [(row["goal"], row["passage_id"], row["status"]) for row in rows] == [
        ("2", "p3", "changed"),
        ("3", "p1", "proposed"),
        ("5", "p1", "accepted"),
        ("10", "p2", "proposed"),
        ("12", "p6", "proposed"),
        ("13", "p5", "added"),
    ]


def test_a_cell_of_the_table_is_no_formula(rows: list[dict[str, str]]) -> None:
    (row,) = (row for row in rows if row["goal"] == "10")
    assert row["activity"].startswith("'=SUM(A1)")


def test_the_table_has_what_a_reader_asks_for(rows: list[dict[str, str]]) -> None:
    (row,) = (row for row in rows if row["goal"] == "5")
    assert row["output"] == "212 unemployed adults"
    assert row["evidence"] == "interview; unemployed adults"
    assert (row["owner"], row["partners"], row["initiatives"]) == ("Ashwick NHS Trust", "Marlow College", "Doors Open")
    assert (row["confidence"], row["best_practice"], row["reviewer"]) == ("0.93", "yes", "A. Reader")


# The data


def test_the_data_keep_lists_and_gaps(db: Database) -> None:
    data = json.loads(as_json(activity_map(db), TODAY))
    assert [goal["goal"] for goal in data["goals"] if goal["is_gap"]] == ["1", "4", "6", "7", "8", "9", "11", "14"]
    assert data["entries"][2]["partners"] == ["Marlow College"]
    assert data["entries"][2]["figures"][0]["value"] == 212
    assert data["counts"]["decided"] == 3
    assert {document["status"] for document in data["documents"]} == {"ok", "partial", "no_text"}


# Files


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_map_gives_the_same_file(db: Database, tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in ("one", "two")]
    for path in paths:
        write_map(activity_map(db), path, TODAY)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_the_suffix_may_be_in_capitals(db: Database, tmp_path: Path) -> None:
    write_map(activity_map(db), tmp_path / "MAP.HTML", TODAY)
    assert (tmp_path / "MAP.HTML").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("name", ["map.pdf", "map"])
def test_an_unknown_suffix_is_answered_with_those_there_are(db: Database, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownName, match=r"There are: \.html, \.csv, \.json\."):
        write_map(activity_map(db), tmp_path / name, TODAY)


def test_a_folder_that_is_not_there_is_named(db: Database, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        write_map(activity_map(db), tmp_path / "nowhere" / "map.html", TODAY)
