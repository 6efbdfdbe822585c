"""The activity map as files: safe to open, the same each time, every word of a quotation the document's own."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from lxml import html
from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.mapping.activity_map import activity_map
from goalmap.report.mapping.columns import COLUMNS
from goalmap.report.mapping.data import as_json
from goalmap.report.mapping.files import WRITERS, as_html, write_map

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
    return table(db, tmp_path)


def table(db: Database, folder: Path) -> list[dict[str, str]]:
    write_map(activity_map(db), folder / "map.csv", TODAY)
    with (folder / "map.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def copied(db: Database, passage: str, count: int = 2, page: int | None = None) -> None:
    """Other documents that hold the passage too; the first on that page."""
    for number in range(count):
        db.execute(
            "insert into documents (id, path, title, status, published, run_id)"
            " values (?, ?, 'The same story', 'ok', '2024-03', 'x1')",
            [f"k{number}", f"in/{number}.html"],
        )
        db.execute(
            "insert into passages (id, document_id, position, kind, text, page, copy_of)"
            " select ?, ?, 0, 'body', text, ?, id from passages where id = ?",
            [f"c{number}", f"k{number}", page if number == 0 else None, passage],
        )


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
    (article,) = tree.get_element_by_id("goal-5").iter("article")
    assert "Accepted by A. Reader" in words(article)
    assert [mark.text for mark in article.iter("mark")] == ["interview", "unemployed adults"]


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
    assert "3 activities are proposals of the software that nobody has checked; 3 were decided by a person" in about
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


def test_the_table_has_a_row_for_each_activity(rows: list[dict[str, str]]) -> None:
    assert tuple(rows[0]) == tuple(column.name for column in COLUMNS)
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
    assert row["evidence"].startswith("'=SUM(A1)")


def test_the_table_has_what_a_reader_asks_for(rows: list[dict[str, str]]) -> None:
    (row,) = (row for row in rows if row["goal"] == "5")
    assert row["output"] == "212 unemployed adults (In 2023)"
    assert row["evidence"].startswith("Doors Open guarantees an interview")
    assert row["initiative"] == "Doors Open"
    assert row["second_goal"] == "(6 Fair career progression)"
    assert (row["citations"], row["document"], row["page"]) == ("1", "Doors Open welcomes its 300th starter", "")
    assert (row["confidence"], row["best_practice"], row["reviewer"]) == ("0.93", "yes", "A. Reader")
    assert (row["decided_on"], row["note"]) == ("2024-06-02", "Strong, with a result.")


def test_other_goals_take_the_place_of_the_runner_up(db: Database, tmp_path: Path) -> None:
    db.execute(
        "insert into proposals (id, passage_id, goal_id, score, rank) values ('g9', 'p2', 'purpose-goals/7', 0.4, 2)"
    )
    (row,) = (row for row in table(db, tmp_path) if row["goal"] == "10")
    assert row["second_goal"] == "7 Widening access to savings and credit"


def test_documents_pages_and_passages_of_a_row_stand_in_one_order(db: Database, tmp_path: Path) -> None:
    copied(db, "p3", page=7)
    (row,) = (row for row in table(db, tmp_path) if row["goal"] == "2")
    assert row["citations"] == "3"
    assert row["document"] == "Annual report <2023>; The same story; The same story"
    assert (row["page"], row["passage_id"]) == ("2; 7; –", "p3; c0; c1")


def test_ten_copies_of_a_story_are_one_row_with_ten_citations(db: Database, tmp_path: Path) -> None:
    copied(db, "p6", count=9)
    rows = table(db, tmp_path)
    assert [row["citations"] for row in rows if row["goal"] == "12"] == ["10"]


# The workbook


@pytest.fixture
def book(db: Database, tmp_path: Path) -> openpyxl.Workbook:
    write_map(activity_map(db), tmp_path / "map.xlsx", TODAY)
    return openpyxl.load_workbook(tmp_path / "map.xlsx")


def test_the_workbook_has_the_table_the_goals_the_documents_and_what_the_columns_hold(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Map", "Goals", "Documents", "About"]
    assert [cell.value for cell in book["Map"][1]] == [column.name for column in COLUMNS]
    assert book["Map"].max_row == 7
    gaps = [row[0] for row in book["Goals"].iter_rows(min_row=2, values_only=True) if row[-1]]
    assert gaps == ["1", "4", "6", "7", "8", "9", "11", "14"]
    assert [row[1] for row in book["Documents"].iter_rows(min_row=2, values_only=True)][-1] == "scan.pdf"
    about = {row[0]: row[1] for row in book["About"].iter_rows(min_row=2, values_only=True)}
    assert about["Made on"] == "1 July 2024"
    assert {column.name for column in COLUMNS} <= set(about)


def test_the_workbook_has_filters_a_head_that_stays_and_text_that_wraps(book: openpyxl.Workbook) -> None:
    sheet = book["Map"]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:AD7", "G2")
    names = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, names.index("evidence") + 1).alignment.wrap_text


def test_nothing_in_the_workbook_is_run(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert any(str(cell.value).startswith("'=SUM(A1)") for cell in cells)


def test_proposals_are_shaded_and_shares_and_counts_are_numbers(book: openpyxl.Workbook) -> None:
    sheet = book["Map"]
    names = [cell.value for cell in sheet[1]]
    shades = {row[names.index("status")].value: row[0].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)}
    assert shades["proposed"] != shades["accepted"] == shades["added"]
    confidence = sheet.cell(3, names.index("confidence") + 1)
    assert (confidence.value, confidence.number_format) == (0.45, "0%")


# The data


def test_the_data_keep_lists_and_gaps(db: Database) -> None:
    data = json.loads(as_json(activity_map(db), TODAY))
    assert [goal["goal"] for goal in data["goals"] if goal["is_gap"]] == ["1", "4", "6", "7", "8", "9", "11", "14"]
    (activity,) = (one for one in data["activities"] if one["status"] == "accepted")
    assert activity["figures"][0]["readings"][0]["value"] == 212
    assert data["counts"]["decided"] == 3
    assert {document["status"] for document in data["documents"]} == {"ok", "partial", "no_text"}


def test_offsets_in_the_data_lead_to_the_words(db: Database) -> None:
    copied(db, "p1")
    data = json.loads(as_json(activity_map(db), TODAY))
    for activity in data["activities"]:
        texts = {citation["passage_id"]: citation["text"] for citation in activity["citations"]}
        readings = [reading for figure in activity["figures"] for reading in figure["readings"]]
        for cut in (activity["evidence"], *({**one, "text": one["words"]} for one in readings)):
            assert texts[cut["passage_id"]][cut["start"] : cut["end"]] == cut["text"]
        for citation in activity["citations"]:
            for cut in (cut for filing in citation["goals"] for cut in filing["evidence"]):
                assert citation["text"][cut["start"] : cut["end"]] == cut["text"]


# Hostile titles and names

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\u202eelif\u2066\u200f",
    "A\x00B\x0bC\ud800",
    "“Quotes” 'and' \"more\" & {{ braces }} {% raw %}",
    "long " * 8000,
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("suffix", WRITERS)
def test_hostile_titles_and_names_hold_in_every_form(db: Database, tmp_path: Path, suffix: str, name: str) -> None:
    stored = name.encode("utf-8", "replace").decode()
    db.execute("update documents set title = ?, publisher = ? where id = 'd1'", [stored, stored])
    ((stored,),) = db.execute("select title from documents where id = 'd1'").fetchall()  # PostgreSQL has no NUL
    db.execute("update entities set name = ? where id = 'e1'", [stored])
    db.execute("update proposals set reason = ? where id = 'g3'", [stored])
    path = tmp_path / f"map{suffix}"
    write_map(activity_map(db), path, TODAY)
    READ[suffix](path, stored)


def _no_markup(path: Path, stored: str) -> None:
    tree = html.document_fromstring(path.read_text("utf-8"))
    assert not tree.xpath("//script | //img")
    assert words(tree.xpath("//article//h3")[0])


def _no_formula(path: Path, stored: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 7
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def _opens(path: Path, stored: str) -> None:
    book = openpyxl.load_workbook(path)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def _is_kept(path: Path, stored: str) -> None:
    data = json.loads(path.read_text("utf-8"))
    assert stored in {document["title"] for document in data["documents"]}


READ = {".html": _no_markup, ".csv": _no_formula, ".xlsx": _opens, ".json": _is_kept}


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
    with pytest.raises(UnknownName, match=r"There are: \.html, \.csv, \.xlsx, \.json\."):
        write_map(activity_map(db), tmp_path / name, TODAY)


def test_a_folder_that_is_not_there_is_named(db: Database, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        write_map(activity_map(db), tmp_path / "nowhere" / "map.html", TODAY)
