"""The review queue as a workbook: drop-downs and locks on the way out, nothing run and nothing lost on the way back."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from sqlite_utils import Database

from goalmap.ingest.errors import QueueProblem, UnknownName
from goalmap.store.review.columns import ANSWERS, COLUMNS
from goalmap.store.sheets.sheet import MAX_CELL, escape, plain, read_sheet, unescape
from tests import office
from tests.desk import CLINIC, FORMULA, SHOP, Desk, Rows

TEXTS = st.text(max_size=40) | st.sampled_from(
    ["_x0041_", "_x005F_x0041_", "'=1", "=1+1", "a_x000D_b", "“é”\t–", "4.10"]
)


@pytest.fixture
def desk(db: Database, files: Path, ingest_files: Callable[..., Any], tmp_path: Path) -> Desk:
    (files / "a.txt").write_text(f"{CLINIC} says @Amara_Nwosu\n{SHOP}\n{FORMULA}\n")
    ingest_files()
    return Desk(db, tmp_path)


@pytest.fixture
def queue(desk: Desk) -> Path:
    return desk.export("queue.xlsx", order="document")


def sheet_of(path: Path, name: str = "Queue") -> Worksheet:
    sheet = openpyxl.load_workbook(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def column_of(sheet: Worksheet, name: str) -> int:
    return [cell.value for cell in sheet[1]].index(name) + 1


def unlocked_in(sheet: Worksheet) -> set[str]:
    """The columns that can be typed in; a blank cell may be left to the style of its column."""
    looks = [(cell if cell.has_style else sheet.column_dimensions[cell.column_letter], cell) for cell in sheet[2]]
    return {str(sheet.cell(1, cell.column).value) for look, cell in looks if not look.protection.locked}


def change(path: Path, edit: Callable[[openpyxl.Workbook], object]) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


# Out


def test_a_workbook_has_the_same_columns_as_a_csv(desk: Desk, queue: Path) -> None:
    rows, same = desk.rows(queue), desk.rows(desk.export("queue.csv", order="document"))
    assert tuple(rows[0]) == COLUMNS
    shown = [name for name in COLUMNS if name not in ("goal", "base")]
    assert [[row[name] for name in shown] for row in rows] == [[row[name] for name in shown] for row in same]
    assert [row["goal"] for row in rows] == [
        "8 Good health and wellbeing", "9 Extending enterprise", "12 Building homes and sustainable communities",
    ]  # fmt: skip


def test_only_answers_can_be_typed_in(queue: Path) -> None:
    sheet = sheet_of(queue)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert unlocked_in(sheet) == set(ANSWERS)
    assert not any(cell.protection.locked for cell in sheet[5])  # where rows are copied to


def test_a_workbook_can_be_filtered_and_its_header_stays_in_view(queue: Path) -> None:
    sheet = sheet_of(queue)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:V4")
    assert (sheet.protection.autoFilter, sheet.protection.sort, sheet.protection.formatColumns) == (False, False, False)
    assert sheet.column_dimensions["V"].hidden
    assert sheet.cell(1, 22).value == "base"


def test_answers_are_chosen_from_lists(queue: Path) -> None:
    sheet = sheet_of(queue)
    offered = {str(one.sqref).split(":")[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered == {
        "B2": '"accept,reject,change,add,undo"',
        "C2": "lists!$A$2:$A$15",
        "F2": '"delivered,ongoing,planned,aspiration"',
        "S2": '"yes"',
    }
    lists = sheet_of(queue, "lists")
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["A"]][:3] == ["purpose-goals", "1 Strong foundations in early years", "2 Successful school years"]  # fmt: skip


def test_the_instructions_tell_what_each_goal_takes_in(queue: Path) -> None:
    told = {row[0].value: row[1].value for row in sheet_of(queue, "How to review").iter_rows(max_col=2)}
    assert "first day at school" in str(told["1 Strong foundations in early years"])
    assert "blank means later" in str(told["verdict"])


def test_each_row_offers_the_goals_of_its_own_framework(
    desk: Desk, files: Path, ingest_files: Callable[..., Any]
) -> None:
    (files / "b.txt").write_text("Our trust plants trees with its neighbours #3\n")
    ingest_files(frameworks=("purpose-goals", "un-sdgs"))
    path = desk.export("two.xlsx", order="goal")
    rules = sheet_of(path).data_validations.dataValidation
    assert [rule.formula1 for rule in rules if str(rule.sqref).startswith("C2")] == ["INDIRECT($W2)"]
    lists, names = sheet_of(path, "lists"), openpyxl.load_workbook(path).defined_names
    for row in desk.rows(path):
        (first, *_), *_ = lists[names[row["framework"]].attr_text.removeprefix("lists!")]
        assert lists.cell(1, first.column).value.replace("-", "_") == row["framework"].removeprefix("goals_")
    number = next(place for place, row in enumerate(desk.rows(path)) if row["framework"] == "goals_un_sdgs")
    assert desk.take(desk.answer(path, number, verdict="change", goal="1 No poverty")).decided == 1
    assert desk.decided()[0][1] == "un-sdgs/1"


def test_nothing_in_a_workbook_is_a_formula_a_link_or_a_number(desk: Desk, queue: Path) -> None:
    with zipfile.ZipFile(queue) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "hyperlink" not in xml
    assert "<v>" not in xml
    assert desk.rows(queue)[2]["passage"].startswith("'=SUM")


def test_a_queue_of_an_unknown_form_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownName, match=r"There are: \.csv, \.xlsx"):
        desk.export("queue.ods")


# Back in


def test_a_workbook_that_was_not_touched_changes_nothing(desk: Desk, queue: Path) -> None:
    result = desk.take(queue)
    assert (result.rows, result.decided, result.undecided, result.problems) == (3, 0, 3, ())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_a_note_comes_back_from_a_workbook_as_it_was(desk: Desk, note: str) -> None:
    first = desk.export("first.csv", order="document")
    desk.answer(first, 0, verdict="accept", note=escape(f"n{note}"))
    desk.take(first)
    again = desk.export("again.xlsx", order="document")
    result = desk.take(again)
    assert (result.decided, result.problems) == (0, ())
    shown = read_sheet(again, frozenset({"proposal_id", "base"})).lines[0].cells["note"]
    assert shown.strip() == plain(str(desk.decided()[-1][4] or "")).strip()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "accept", "r", "change"]), st.sampled_from(["", "see page 2"])),
        min_size=3,
        max_size=3,
    )
)
def test_importing_a_workbook_twice_equals_once(desk: Desk, cells: list[tuple[str, str]]) -> None:
    def answer(rows: Rows) -> None:
        for row, (verdict, note) in zip(rows, cells, strict=True):
            row.update({"verdict": verdict or row["verdict"], "note": note})

    path = desk.edit(desk.export("q.xlsx", order="document"), answer)
    desk.take(path, partial=True)
    before, log = desk.decided(), desk.log
    again = desk.take(path, reviewer="Bob", partial=True)
    assert (again.decided, again.conflicts, desk.decided(), desk.log) == (0, (), before, log)


def test_answers_typed_into_a_workbook_arrive(desk: Desk, queue: Path) -> None:
    def answer(rows: Rows) -> None:
        rows[0].update(verdict="accept", note="=not run", best_practice="yes")
        rows[1].update(verdict="change", goal="13 Harness the energy transition", stage="planned")
        rows.append({**rows[2], "verdict": "add", "goal": "8"})

    path = desk.edit(queue, answer)
    change(path, lambda book: _retype(book["Queue"], 2, "note", "'=not run"))
    assert desk.take(path).decided == 3
    assert {row[:5] for row in desk.decided()} == {
        ("accepted", "purpose-goals/8", "delivered", 1, "=not run"),
        ("changed", "purpose-goals/13", "planned", 0, None),
        ("added", "purpose-goals/8", "delivered", 0, None),
    }


def _retype(sheet: Worksheet, row: int, column: str, value: object) -> None:
    sheet.cell(row, column_of(sheet, column)).value = value


@pytest.mark.parametrize("column", ANSWERS)
def test_a_formula_in_the_place_of_an_answer_is_a_fault_with_its_line(desk: Desk, queue: Path, column: str) -> None:
    change(queue, lambda book: _retype(book["Queue"], 3, column, '=IF(1,"accept","reject")'))
    result = desk.take(queue, partial=True)
    assert result.problems == (
        f'line 3: {column} is a formula (=IF(1,"accept","reject")), which is not worked out; write the answer itself',
    )
    assert desk.log == 0


@pytest.mark.parametrize("goal", [9, 9.0, "9", "G9", "9 extending enterprise"])
def test_a_goal_may_be_a_number(desk: Desk, queue: Path, goal: object) -> None:
    def answer(book: openpyxl.Workbook) -> None:
        _retype(book["Queue"], 2, "verdict", "change")
        _retype(book["Queue"], 2, "goal", goal)
        _retype(book["Queue"], 2, "best_practice", True)

    assert desk.take(change(queue, answer)).decided == 1
    assert desk.decided()[0][1:4] == ("purpose-goals/9", "delivered", 1)


def test_a_date_in_a_note_is_taken_as_it_is_shown(desk: Desk, queue: Path) -> None:
    from datetime import date

    def answer(book: openpyxl.Workbook) -> None:
        _retype(book["Queue"], 2, "verdict", "a")
        _retype(book["Queue"], 2, "note", date(2024, 3, 2))
        _retype(book["Queue"], 2, "published", date(1900, 1, 1))

    desk.take(change(queue, answer))
    assert desk.decided()[0][4] == "2024-03-02"


def _reorder(book: openpyxl.Workbook) -> None:
    sheet = book["Queue"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=4)]
    for number, values in enumerate([rows[0], rows[3], rows[1], rows[2]], start=1):
        for place, value in enumerate(reversed(values), start=1):
            sheet.cell(number, place).value = value


def _hide(book: openpyxl.Workbook) -> None:
    book["Queue"].row_dimensions[2].hidden = True
    book["Queue"].column_dimensions["B"].hidden = True


def _rename(book: openpyxl.Workbook) -> None:
    book["Queue"].title = "Für Anna"
    book.create_sheet("Mine", 0)["A1"] = "scribbles"
    book.move_sheet("How to review", -1)


TIDIED: dict[str, Callable[[openpyxl.Workbook], object]] = {
    "rows and columns in another order": _reorder,
    "hidden rows and columns": _hide,
    "a renamed sheet among others": _rename,
    "a title above the header": lambda book: book["Queue"].insert_rows(1),
    "blank rows": lambda book: book["Queue"].insert_rows(3, 5),
    "columns of one's own": lambda book: book["Queue"].cell(1, 30, "mine"),
    "a far cell": lambda book: book["Queue"].cell(60_000, 500, " "),
    "merged cells below": lambda book: book["Queue"].merge_cells("B20:B22"),
}


@pytest.mark.parametrize("edit", TIDIED.values(), ids=TIDIED)
def test_a_workbook_may_be_tidied(desk: Desk, queue: Path, edit: Callable[[openpyxl.Workbook], object]) -> None:
    desk.answer(queue, 1, verdict="accept")
    result = desk.take(change(queue, edit))
    assert (result.decided, result.undecided, result.problems) == (1, 2, ())
    assert desk.decided()[0][:2] == ("accepted", "purpose-goals/9")


def test_merged_answers_are_told(desk: Desk, queue: Path) -> None:
    desk.answer(queue, 0, verdict="accept")
    result = desk.take(change(queue, lambda book: book["Queue"].merge_cells("B2:B3")))
    assert "merged in rows 2 to 3" in result.warnings[0]


def _copy_sheet(path: Path) -> None:
    change(path, lambda book: book.copy_worksheet(book["Queue"]))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-900])


def _other_package(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")


def _with_entities(path: Path) -> None:
    _rewrite(path, lambda xml: xml.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1))


def _huge_cell(path: Path) -> None:
    _rewrite(path, lambda xml: xml.replace(b"</t>", b"x" * 10_000_000 + b"</t>", 1))


def _rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, change(data) if name == "xl/worksheets/sheet1.xml" else data)


def _bomb(path: Path) -> None:
    _rewrite(path, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 600_000_000, 1))


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "two sheets with a queue": (_copy_sheet, "more than one sheet with a queue"),
    "cut off": (_cut, "cut off or damaged"),
    "an OpenDocument sheet": (_other_package, "not a workbook that can be read"),
    "an old workbook": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)), r"old Excel workbook"),
    "entities": (_with_entities, "declares entities"),
    "a cell of ten million characters": (_huge_cell, "holds more than 1,000,000 characters"),
}


@pytest.mark.parametrize(("damage", "message"), REFUSED.values(), ids=REFUSED)
def test_a_workbook_that_cannot_be_read_whole_is_refused(
    desk: Desk, queue: Path, damage: Callable[[Path], object], message: str
) -> None:
    damage(desk.answer(queue, 1, verdict="accept"))
    with pytest.raises(QueueProblem, match=message):
        desk.take(queue, partial=True)
    assert desk.log == 0


@pytest.mark.slow
def test_a_workbook_that_unpacks_to_too_much_is_refused(desk: Desk, queue: Path) -> None:
    _bomb(queue)
    with pytest.raises(QueueProblem, match="unpack"):
        desk.take(queue)


def test_a_workbook_that_is_cut_off_anywhere_is_refused(desk: Desk, queue: Path) -> None:
    data = desk.answer(queue, 1, verdict="accept").read_bytes()
    for place in range(4, len(data), len(data) // 60):
        queue.write_bytes(data[:place])
        with pytest.raises(QueueProblem, match="damaged"):
            desk.take(queue)
    assert desk.log == 0


@given(st.text())
def test_a_cell_that_was_written_is_read_back(text: str) -> None:
    assert unescape(escape(text)) == plain(text)
    assert len(escape(text)) <= MAX_CELL + 1


# LibreOffice


@pytest.mark.slow
@office.needs_calc
def test_a_workbook_that_libreoffice_saved_changes_nothing(desk: Desk, queue: Path) -> None:
    back = office.saved(queue, "xlsx")
    result = desk.take(back)
    assert (result.rows, result.decided, result.undecided, result.problems) == (3, 0, 3, ())
    sheet = sheet_of(back)
    assert sheet.protection.sheet
    assert sheet.auto_filter.ref == "A1:V4"
    assert sheet.column_dimensions["V"].hidden
    assert len(sheet.data_validations.dataValidation) == 4
    assert unlocked_in(sheet) == set(ANSWERS)
    assert str(sheet.cell(4, column_of(sheet, "passage")).value).startswith("'=SUM")


@pytest.mark.slow
@office.needs_calc
@pytest.mark.parametrize("forms", [("xlsx",), ("ods", "xlsx"), ("xlsx", "csv"), ("xlsx", "ods", "csv")], ids="-".join)
@pytest.mark.parametrize("start", ["queue.csv", "queue.xlsx"])
def test_answers_survive_libreoffice(desk: Desk, start: str, forms: tuple[str, ...]) -> None:
    path = desk.export(start, order="document")
    first = office.saved(path, "xlsx")
    book = openpyxl.load_workbook(first)
    sheet = book.worksheets[0]
    sheet.protection.sheet = False
    for row, note in ((2, "it’s “so” – café"), (3, "'=1+1"), (4, "'0.10")):
        _retype(sheet, row, "verdict", "accept")
        _retype(sheet, row, "note", note)
    book.save(first)
    for form in forms:
        first = office.saved(first, form)
    result = desk.take(first)
    assert (result.decided, result.problems) == (3, ())
    assert [row[4] for row in desk.decided()] == ["it’s “so” – café", "=1+1", "0.10"]
