"""Cells that no spreadsheet runs or changes, and files as spreadsheets leave them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.ingest.errors import NotFound, QueueProblem
from goalmap.store.sheets.sheet import FORMULA_STARTS, MAX_CELL, Words, escape, plain, read_sheet, unescape, write_sheet

SIGNS = st.sampled_from(
    ["'", "=", "+", "-", "@", " ", "\t", "0", "1", ".", "/", "e", ",", "Jan", "\x00", "\n", "“", "a"]
)
TEXTS = st.text() | st.lists(SIGNS, max_size=6).map("".join)


@given(TEXTS, st.booleans())
def test_every_text_survives_escaping(text: str, as_words: bool) -> None:
    assert unescape(escape(Words(text) if as_words else text)) == plain(text)


@given(TEXTS)
def test_no_cell_begins_with_a_formula_sign(text: str) -> None:
    assert not escape(text).lstrip().startswith(FORMULA_STARTS)


@given(TEXTS)
def test_a_cell_is_one_line_of_printable_text_that_excel_takes_whole(text: str) -> None:
    cell = escape(text)
    assert cell.splitlines() in ([], [cell])
    assert "\0" not in cell
    cell.encode("utf-8")


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_a_sheet_that_was_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "a.csv"
    assert write_sheet(path, ("id", "one", "other"), ((f"x{n}", *row) for n, row in enumerate(rows))) == len(rows)
    sheet = read_sheet(path)
    assert sheet.columns == ("id", "one", "other")
    assert [line.number for line in sheet.lines] == list(range(2, len(rows) + 2))
    for line, (one, other) in zip(sheet.lines, rows, strict=True):
        assert (line.cells["one"].strip(), line.cells["other"].strip()) == (plain(one).strip(), plain(other).strip())


@pytest.mark.parametrize(
    "text",
    [
        "0.10",
        "00123",
        "1,200",
        "12E5",
        "1/2",
        "2024-02-12",
        "3 Mar",
        "Mar-24",
        "May 2024",
        "TRUE",
        "83 %",
        "£840,000",
        "12:30",
    ],
)
def test_words_that_a_spreadsheet_would_take_for_a_value_are_marked(text: str) -> None:
    assert escape(Words(text)) == f"'{text}"
    assert escape(text) == text


@pytest.mark.parametrize("text", ["8", "0", "15", "ask Sarah", "as in 2022", "may be", "", "Goal 8", "p2"])
def test_other_words_are_left_as_they_are(text: str) -> None:
    assert escape(Words(text)) == text


def test_a_long_text_is_cut_where_excel_would_cut_it() -> None:
    assert len(escape("a" * 100_000)) == MAX_CELL
    assert escape("a" * 100_000).endswith(" …")


def test_a_sheet_is_utf8_with_mark_and_windows_line_ends(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.csv", ("a", "b"), [("café", 1)])
    assert (tmp_path / "a.csv").read_bytes() == "\ufeffa,b\r\ncafé,1\r\n".encode()


def test_a_sheet_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("the old one")
    with pytest.raises(ZeroDivisionError):
        write_sheet(tmp_path / "a.csv", ("a",), ([1 / number] for number in (1, 0)))
    assert (tmp_path / "a.csv").read_text() == "the old one"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="none"):
        write_sheet(tmp_path / "none" / "a.csv", ("a",), [])
    with pytest.raises(NotFound, match=r"a\.csv"):
        read_sheet(tmp_path / "a.csv")


TEXT = "id,note\r\np1,“it’s café”\r\np2,\r\n"
SAVED = {
    "utf-8 with mark": TEXT.encode("utf-8-sig"),
    "utf-8 without mark": TEXT.encode(),
    "utf-16, little end first": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16, big end first": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "Windows-1252": TEXT.encode("cp1252"),
    "utf-8 that was taken for Windows-1252": "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in TEXT.encode("utf-8-sig")
    ).encode(),
    "semicolons": TEXT.replace(",", ";").encode(),
    "tabs": TEXT.replace(",", "\t").encode("utf-16"),
    "line feeds": TEXT.replace("\r\n", "\n").encode(),
    "carriage returns": TEXT.replace("\r\n", "\r").encode(),
    "NUL bytes": TEXT.replace("p1", "p\x001").encode(),
    "blank lines and cells": (TEXT + "\r\n,\r\n").encode(),
    "everything quoted": '"id","note"\r\n"p1","“it’s café”"\r\n"p2",""\r\n'.encode(),
    "an upper-case header with spaces": TEXT.replace("id,note", " ID , Note ").encode(),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED)
def test_whatever_program_saved_it_the_cells_are_the_same(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    sheet = read_sheet(tmp_path / "a.csv")
    assert sheet.columns == ("id", "note")
    assert [line.cells for line in sheet.lines] == [{"id": "p1", "note": "“it’s café”"}, {"id": "p2", "note": ""}]


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    for name, warnings in (("Windows-1252", 1), ("utf-8 without mark", 0)):
        (tmp_path / "a.csv").write_bytes(SAVED[name])
        assert len(read_sheet(tmp_path / "a.csv").warnings) == warnings


DAMAGED = {
    "cut off in a quoted cell": (b'id,note\r\np1,fine\r\np2,"and then', "line 3"),
    "a quotation mark inside": (b'id,note\r\np1,"so" they say\r\n', "line 2"),
    "half a character": (b"\xff\xfei\x00d\x00,", "line 1: truncated data"),
    "a workbook": (b"PK\x03\x04\x14\x00", "cut off or damaged"),
}


@pytest.mark.parametrize(("data", "message"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_refused_with_the_place(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(QueueProblem, match=message):
        read_sheet(tmp_path / "a.csv")


def test_a_very_long_cell_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id,note\np1,"{"a " * 200_000}"\n')
    assert len(read_sheet(tmp_path / "a.csv").lines[0].cells["note"]) == 399_999


def test_a_row_with_too_few_or_too_many_cells_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,note\np1\np2,so,much,\n")
    short, long = read_sheet(tmp_path / "a.csv").lines
    assert short.cells == {"id": "p1"}
    assert long.extra == ("much",)


def test_a_line_number_is_where_the_row_begins(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,note\np1,"two\nlines"\np2,\n')
    assert [line.number for line in read_sheet(tmp_path / "a.csv").lines] == [2, 4]


def test_the_csv_module_reads_what_was_written(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.csv", ("a", "b"), [("x, y", 'so "they" say')])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["a", "b"], ["x, y", 'so "they" say']]
