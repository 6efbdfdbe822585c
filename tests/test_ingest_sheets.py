"""Workbooks and files of rows: a row says the headings of its columns, and figures stand as they are shown."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from goalmap.ingest.document import Kind, Reading
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.office.delimited import read_delimited
from goalmap.ingest.office.rows import blocks_of_rows
from goalmap.ingest.office.sheets import number_shown, read_sheets
from goalmap.ingest.watch import Limits, Watch

TABLE = [["Ward", "2023", "2024"], ["Larch", "12", "15"], ["Ash", "9", ""]]
TABLE_READ = [
    ("Ward | 2023 | 2024", Kind.TABLE_ROW),
    ("Ward: Larch | 2023: 12 | 2024: 15", Kind.TABLE_ROW),
    ("Ward: Ash | 2023: 9", Kind.TABLE_ROW),
]
NOTE = "The figures leave out bank staff. They are for March."


def saved(write: Callable[[Any], object]) -> bytes:
    workbook = openpyxl.Workbook()
    write(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read(write: Callable[[Any], object]) -> Reading:
    return read_sheets(saved(write), Watch.over())


def texts(reading: Reading) -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in reading.blocks]


def rows(*rows: list[str]) -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in blocks_of_rows(rows, limit=100_000)]


# Rows


def test_a_row_says_its_headings_again() -> None:
    assert rows(*TABLE) == TABLE_READ


def test_lines_above_a_table_head_it_and_notes_below_are_text() -> None:
    found = rows(["Apprentices by ward", "", ""], ["", "", ""], *TABLE, [NOTE, "", ""])
    assert found == [("Apprentices by ward", Kind.HEADING), *TABLE_READ, (NOTE, Kind.BODY)]


def test_a_table_that_goes_on_after_an_empty_row_keeps_its_headings() -> None:
    assert rows(*TABLE, ["", "", ""], ["Oak", "3", "4"], ["Elm", "5", "6"])[3:] == [
        ("Ward: Oak | 2023: 3 | 2024: 4", Kind.TABLE_ROW),
        ("Ward: Elm | 2023: 5 | 2024: 6", Kind.TABLE_ROW),
    ]


def test_a_second_table_has_its_own_headings() -> None:
    assert rows(*TABLE, ["", "", ""], ["Site", "Staff", "Hours"], ["Tarn Hill", "3", "40"])[3:] == [
        ("Site | Staff | Hours", Kind.TABLE_ROW),
        ("Site: Tarn Hill | Staff: 3 | Hours: 40", Kind.TABLE_ROW),
    ]


def test_rows_of_figures_alone_have_no_headings() -> None:
    assert rows(["1", "2"], ["3", "4"]) == [("1 | 2", Kind.TABLE_ROW), ("3 | 4", Kind.TABLE_ROW)]


def test_a_column_of_texts_is_a_list() -> None:
    lines = ["Open the hub", "Train mentors", "Hire locally", NOTE]
    assert rows(*([line] for line in lines)) == [
        *((line, Kind.LIST_ITEM) for line in lines[:3]),
        (NOTE, Kind.BODY),
    ]


def test_a_figure_alone_heads_nothing() -> None:
    assert rows(["12"], ["", ""], ["Apprentices"]) == [("12", Kind.TABLE_ROW), ("Apprentices", Kind.HEADING)]


def test_no_more_rows_are_read_than_the_limit_allows() -> None:
    endless = (["Larch", str(number)] for number in iter(int, 1))
    assert len(list(blocks_of_rows(endless, limit=1000))) < 200


# Workbooks


def test_each_visible_sheet_stands_under_its_name() -> None:
    def write(workbook: Any) -> None:
        workbook.active.title = "Wards"
        for row in TABLE:
            workbook.active.append(row)
        workbook.create_sheet("Empty")
        workbook.create_sheet("Workings").sheet_state = "hidden"
        workbook["Workings"].append(["Secret"])

    reading = read(write)
    assert texts(reading) == [("Wards", Kind.HEADING), *TABLE_READ]
    assert reading.note == "Hidden sheets are not read: Workings."
    assert (reading.pages, reading.problem) == (2, None)


def test_a_line_above_the_first_table_is_the_title_and_a_name_that_says_nothing_is_left_out() -> None:
    def write(workbook: Any) -> None:
        for row in [["Apprentices by ward"], *TABLE]:
            workbook.active.append(row)

    assert texts(read(write)) == [("Apprentices by ward", Kind.TITLE), *TABLE_READ]


def test_values_stand_as_they_are_shown() -> None:
    values = [
        (0.125, "0.0%", "12.5%"),
        (1250000, '"£"#,##0', "£1,250,000"),
        (datetime(2024, 5, 1), "dd/mm/yyyy", "2024-05-01"),
        (datetime(2024, 5, 1, 9, 30), "dd/mm/yyyy hh:mm", "2024-05-01 09:30"),
        (date(2024, 5, 1), "mmm yy", "2024-05"),
        (time(9, 30), "hh:mm", "09:30"),
        (True, "General", "TRUE"),
        ("#N/A", "General", ""),
        ("  two\nlines ", "General", "two lines"),
    ]

    def write(workbook: Any) -> None:
        for column, (value, number_format, _) in enumerate(values, 1):
            cell = workbook.active.cell(1, column, value)
            cell.number_format = number_format

    assert texts(read(write))[0][0] == " | ".join(text for *_, text in values if text)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (-3, "#,##0;(#,##0)", "(3)"),
        (-5.5, "0.0;[Red]-0.0", "-5.5"),
        (-5, "_-* #,##0.00_-;-* #,##0.00_-", "-5.00"),
        (-0.2, "0", "0"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (1234567, '0.0,,"m"', "1.2m"),
        (0.1 + 0.2, "General", "0.3"),
        (0.5, "# ?/?", "0.5"),
        (12, '0" beds"', "12 beds"),
        (float("inf"), "0", "inf"),
    ],
)
def test_a_number_is_written_in_its_format(value: float, number_format: str, text: str) -> None:
    assert number_shown(value, number_format) == text


def test_the_stored_value_of_a_formula_is_read_and_never_the_formula() -> None:
    def write(workbook: Any) -> None:
        workbook.active.append(["Total", "=1+1"])

    assert texts(read(write)) == [("Total", Kind.TITLE)]


def test_a_workbook_with_broken_styles_is_read_without_them() -> None:
    def write(workbook: Any) -> None:
        for row in TABLE:
            workbook.active.append(row)
        workbook.active["B2"].number_format = "0.0%"

    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(write))) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<patternFill", b"<oddFill") if name == "xl/styles.xml" else data)
    reading = read_sheets(changed.getvalue(), Watch.over())
    assert texts(reading) == TABLE_READ
    assert "bare numbers" in (reading.problem or "")


def test_the_cells_of_a_broken_workbook_are_read_as_they_are_stored() -> None:
    def write(workbook: Any) -> None:
        for row in TABLE:
            workbook.active.append(row)
        workbook.active["C3"], workbook.active["C3"].number_format = 0.5, "0%"

    members = {}
    with zipfile.ZipFile(io.BytesIO(saved(write))) as package:
        members = {name: package.read(name) for name in package.namelist() if name != "xl/workbook.xml"}
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    reading = read_sheets(broken.getvalue(), Watch.over())
    assert texts(reading) == [*TABLE_READ[:2], ("Ward: Ash | 2023: 9 | 2024: 0.5", Kind.TABLE_ROW)]
    assert "bare numbers" in (reading.problem or "")


def test_the_rows_before_the_cut_are_left_of_a_workbook() -> None:
    def write(workbook: Any) -> None:
        workbook.active.append(["Number", "Square"])
        for number in range(4000):
            workbook.active.append([number, number * number])

    with zipfile.ZipFile(io.BytesIO(saved(write))) as package:
        members = {name: package.read(name) for name in package.namelist()}
    last = {name: members.pop(name) for name in ["xl/worksheets/sheet1.xml"]}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {**members, **last}.items():
            package.writestr(name, data)
    reading = read_sheets(file.getvalue()[: len(file.getvalue()) // 2], Watch.over())
    assert ("Number: 99 | Square: 9801", Kind.TABLE_ROW) in texts(reading)
    assert "cut off" in (reading.problem or "")


def test_a_workbook_without_text_and_one_that_is_none_have_advice() -> None:
    with pytest.raises(NoText, match="no filled cells"):
        read(lambda workbook: None)
    with pytest.raises(ReadProblem, match=r"save it as \.xlsx"):
        read_sheets(b"PK\x03\x04 xl/", Watch.over())


# Files of rows


def delimited(text: str) -> Reading:
    return read_delimited(text.encode(), Watch.over())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_parts_the_cells_is_found_out(delimiter: str) -> None:
    assert texts(delimited("\n".join(delimiter.join(row) for row in TABLE))) == TABLE_READ


def test_what_parts_the_cells_is_taken_as_stated() -> None:
    assert texts(delimited("sep=;\r\nWard;Share\r\nLarch;12,5\r\n")) == [
        ("Ward | Share", Kind.TABLE_ROW),
        ("Ward: Larch | Share: 12,5", Kind.TABLE_ROW),
    ]


def test_quoted_cells_may_hold_commas_lines_and_quotes() -> None:
    reading = delimited('Ward,Remark\n"Ash, east","It said\n""well done"""\n')
    assert texts(reading)[1] == ('Ward: Ash, east | Remark: It said "well done"', Kind.TABLE_ROW)
    assert reading.note is None


def test_a_line_with_broken_quotes_costs_only_itself() -> None:
    reading = delimited('Ward,Beds,Remark\nLarch,12,"ok" x\n"Ash, east",9,fine\nElm,4,"never closed\nOak,2,last\n')
    assert [text for text, _ in texts(reading)[1:]] == [
        'Ward: Larch | Beds: 12 | Remark: ok" x',
        "Ward: Ash, east | Beds: 9 | Remark: fine",
        "Ward: Elm | Beds: 4 | Remark: never closed",
        "Ward: Oak | Beds: 2 | Remark: last",
    ]
    assert reading.note == "Lines whose quotation marks are broken: 2; their cells may be cut in the wrong places."


def test_rows_after_the_limit_on_text_are_not_kept() -> None:
    data = ("Ward,Beds\n" + "Larch,12\n" * 5000).encode()
    assert len(read_delimited(data, Watch.over(Limits(max_characters=1000))).blocks) < 100


def test_a_file_of_empty_rows_has_no_text() -> None:
    with pytest.raises(NoText):
        delimited(",,,\n,,,\n")
