"""A draft as a table and as data: numbers are numbers, nothing is run, proposals are told."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from goalmap.ingest.errors import UnknownName
from goalmap.report.draft.files import WRITERS, write_draft
from goalmap.report.draft.model import Cell, Paragraph, Table, plain
from tests.drafts import SUFFIXES, draft_of, everything, fact, words


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_sheet_has_the_words_without_numbers_of_citations(tmp_path: Path) -> None:
    write_draft(everything(), tmp_path / "report.csv")
    assert rows_of(tmp_path / "report.csv") == [
        ["Activity", "Stage", "Passages", "Status"],
        ["Tablets on loan", "delivered", "3", ""],
        ["Bike repair", "", "1200", "proposed"],
    ]


def test_a_table_that_tells_the_status_itself_gets_no_second_column(tmp_path: Path) -> None:
    row = (Cell((fact("Bike repair", proposed=True),)), Cell(plain("Proposed")))
    write_draft(draft_of(rows=Table("All", ("Activity", "status"), (row,))), tmp_path / "report.csv")
    assert rows_of(tmp_path / "report.csv") == [["Activity", "status"], ["Bike repair", "Proposed"]]


def test_a_quotation_in_a_cell_is_the_documents_own(tmp_path: Path) -> None:
    write_draft(draft_of(rows=Table("All", ("Evidence",), ((Cell((words(3, 15),)),),))), tmp_path / "report.csv")
    assert rows_of(tmp_path / "report.csv")[1] == ["lend tablets"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", 1200),
        ("-3.5", -3.5),
        ("12", 12),
        ("about 5", "about 5"),
        ("1,2", "1,2"),
        ("9" * 16, "9" * 16),
        ("", None),
    ],
)
def test_numbers_are_numbers_for_a_spreadsheet(tmp_path: Path, text: str, value: object) -> None:
    table = Table("All", ("A", "N"), ((Cell(plain("x")), Cell(plain(text), number=True)),))
    write_draft(draft_of(rows=table), tmp_path / "report.xlsx")
    assert openpyxl.load_workbook(tmp_path / "report.xlsx")["Report"]["B2"].value == value


def test_a_workbook_has_the_passages_that_are_cited(tmp_path: Path) -> None:
    write_draft(everything(), tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Report", "Evidence"]
    assert [cell.value for cell in book["Evidence"][3]][-1] == "p1"
    assert book["Evidence"].max_row == 10
    assert (book.properties.title, book.properties.creator) == ("Impact Report", "goalmap")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_report_that_is_no_table_says_which_forms_it_has(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(UnknownName, match=r"There are: \.html, \.docx, \.md, \.json"):
        write_draft(draft_of(Paragraph(plain("Words."))), tmp_path / f"report{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_data_say_what_the_report_says_and_whence(tmp_path: Path) -> None:
    write_draft(everything(), tmp_path / "report.json")
    data = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (data["report"], data["title"], data["made_on"]) == ("impact", "Impact Report", "2024-07-01")
    assert data["activities"] == [{"title": "Tablets on loan"}]
    assert (data["notices"], data["to_write"]) == (["Nothing is final."], ["Say why."])
    assert [one["number"] for one in data["evidence"]] == list(range(1, 10))
    assert data["evidence"][1]["quoted"] == [[0, 31]]
    assert data["evidence"][0]["file"] == "report.pdf"


def test_there_is_a_writer_for_every_form_that_the_command_names() -> None:
    assert set(WRITERS) == set(SUFFIXES)
