"""The review queue: out to a spreadsheet, back in, and merged with what others decided meanwhile."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.ingest.errors import QueueProblem, UnknownName
from goalmap.store.contents.summary import summarise
from goalmap.store.review.columns import ANSWERS, COLUMNS
from goalmap.store.review.taking import write_conflicts
from goalmap.store.sheets.sheet import read_sheet, write_sheet
from tests import office
from tests.desk import CLINIC, FORMULA, SHOP, Desk


@pytest.fixture
def desk(db: Database, files: Path, ingest_files: Callable[..., Any], tmp_path: Path) -> Desk:
    (files / "a.txt").write_text(f"{CLINIC} says @Amara_Nwosu\n{SHOP}\n{FORMULA}\n")
    ingest_files()
    return Desk(db, tmp_path)


def goals(rows: list[dict[str, str]]) -> list[str]:
    return [row["goal"] for row in rows]


# Export


def test_a_queue_has_the_columns_that_analysts_know(desk: Desk) -> None:
    rows = desk.rows(desk.export(order="document"))
    assert tuple(rows[0]) == COLUMNS
    assert goals(rows) == ["8", "9", "12"]
    first = rows[0]
    assert (first["verdict"], first["stage"], first["confidence"]) == ("", "delivered", "0.90")
    assert (first["goal_name"], first["people"]) == ("Good health and wellbeing", "Amara Nwosu")
    assert rows[2]["passage"].startswith("'=SUM")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"order": "goal"}, ["8", "9", "12"]),
        ({"goal": "9"}, ["9"]),
        ({"goal": "purpose-goals/12"}, ["12"]),
        ({"publisher": "SEVERNHOLME"}, ["8", "9", "12"]),
        ({"publisher": "100%"}, []),
        ({"limit": 2, "order": "document"}, ["8", "9"]),
    ],
)
def test_a_queue_can_be_narrowed(desk: Desk, filters: dict[str, Any], expected: list[str]) -> None:
    assert goals(desk.rows(desk.export(**filters))) == expected


@pytest.mark.parametrize("filters", [{"order": "length"}, {"goal": "99"}])
def test_an_unknown_order_or_goal_is_answered_with_those_there_are(desk: Desk, filters: dict[str, Any]) -> None:
    with pytest.raises(UnknownName, match="There are: "):
        desk.export(**filters)
    assert not (desk.folder / "queue.csv").exists()


def test_only_what_is_undecided_is_exported_when_that_is_asked(desk: Desk) -> None:
    desk.take(desk.answer(desk.export(order="document"), 0, verdict="accept"))
    assert goals(desk.rows(desk.export("rest.csv", undecided=True, order="document"))) == ["9", "12"]


def test_an_export_shows_what_was_decided(desk: Desk) -> None:
    desk.take(desk.answer(desk.export(order="document"), 0, verdict="c", goal="13", note="1/2", best_practice="x"))
    row = desk.rows(desk.export("again.csv", order="document"))[0]
    shown = {name: row[name] for name in ("goal_name", *ANSWERS)}
    assert shown == {
        "goal_name": "Harness the energy transition", "verdict": "changed", "goal": "13", "stage": "delivered",
        "best_practice": "yes", "note": "'1/2", "reviewer": "Ann",
    }  # fmt: skip


def test_an_export_that_cannot_be_written_is_not_remembered(desk: Desk) -> None:
    (desk.folder / "queue.csv").mkdir()
    with pytest.raises(OSError, match=r"queue\.csv"):
        desk.export()
    assert desk.db.execute("select count(*) from export_rows").fetchone() == (0,)


# What a row says

ANSWERED = {
    "accept": ({"verdict": "accept"}, ("accepted", "8", "delivered", 0, None)),
    "first letter, in capitals": ({"verdict": "A"}, ("accepted", "8", "delivered", 0, None)),
    "past tense": ({"verdict": "rejected "}, ("rejected", "8", "delivered", 0, None)),
    "reject whatever the goal": ({"verdict": "reject", "goal": "9"}, ("rejected", "8", "delivered", 0, None)),
    "change": ({"verdict": "change", "goal": "12"}, ("changed", "12", "delivered", 0, None)),
    "accept with another goal": ({"verdict": "accept", "goal": "12"}, ("changed", "12", "delivered", 0, None)),
    "stage": ({"verdict": "a", "stage": "Planned"}, ("accepted", "8", "planned", 0, None)),
    "stage blanked": ({"verdict": "a", "stage": ""}, ("accepted", "8", "delivered", 0, None)),
    "flag and note": ({"verdict": "a", "best_practice": "TRUE", "note": "'=1+1"}, ("accepted", "8", "delivered", 1, "=1+1")),
    "goal by name": ({"verdict": "c", "goal": "extending ENTERPRISE"}, ("changed", "9", "delivered", 0, None)),
    "goal by label": ({"verdict": "c", "goal": "9 Extending enterprise"}, ("changed", "9", "delivered", 0, None)),
    "goal as people say it": ({"verdict": "c", "goal": "Goal 09"}, ("changed", "9", "delivered", 0, None)),
    "goal as a spreadsheet says it": ({"verdict": "c", "goal": "9.0"}, ("changed", "9", "delivered", 0, None)),
    "goal in German": ({"verdict": "c", "goal": "9,0"}, ("changed", "9", "delivered", 0, None)),
    "goal that begins with g": ({"verdict": "a", "goal": "Good health and wellbeing"}, ("accepted", "8", "delivered", 0, None)),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "expected"), ANSWERED.values(), ids=ANSWERED)
def test_an_answer_is_understood(desk: Desk, cells: dict[str, str], expected: tuple[Any, ...]) -> None:
    result = desk.take(desk.answer(desk.export(order="document"), 0, **cells))
    verdict, goal, *rest = expected
    assert desk.decided() == [(verdict, f"purpose-goals/{goal}", *rest, "Ann")]
    assert (result.rows, result.decided, result.undecided) == (3, 1, 2)


FAULTS = {
    "no such verdict": ({"verdict": "perhaps"}, "no verdict is called 'perhaps'"),
    "no such goal": ({"verdict": "c", "goal": "77"}, "no goal is called '77'; there are: 1, 2"),
    "no such stage": ({"verdict": "a", "stage": "soon"}, "no stage is called 'soon'"),
    "no such flag": ({"verdict": "a", "best_practice": "rather"}, "write yes or leave it blank"),
    "change without a goal": ({"verdict": "change"}, "the goal is the one that was proposed"),
    "add without a goal": ({"verdict": "add"}, "the goal is the one that was proposed"),
    "another goal without a verdict": ({"goal": "13"}, "the verdict is blank; write change or add"),
    "a note without a verdict": ({"note": "ask Sarah"}, "an answer but no verdict"),
    "an unknown row": ({"proposal_id": "g234"}, "no export of this database has proposal 'g234'"),
    "an unknown base": ({"base": "x234"}, "export the queue again"),
    "a blank id": ({"proposal_id": "", "verdict": "a"}, "no export of this database"),
}


@pytest.mark.parametrize(("cells", "message"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_row_stops_the_import_and_is_named(desk: Desk, cells: dict[str, str], message: str) -> None:
    path = desk.answer(desk.answer(desk.export(order="document"), 1, **cells), 0, verdict="accept")
    result = desk.take(path)
    assert len(result.problems) == 1
    assert result.problems[0].startswith("line 3: ")
    assert message in result.problems[0]
    assert desk.log == 0
    assert desk.take(path, partial=True).decided == 1
    assert desk.log == 1


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    path = desk.answer(desk.export(), 0, verdict="accept")
    assert desk.take(path, dry_run=True).decided == 1
    assert desk.log == 0


def test_an_answer_cannot_be_taken_back_by_blanking_it(desk: Desk) -> None:
    desk.take(desk.answer(desk.export(), 0, verdict="accept"))
    result = desk.take(desk.answer(desk.export("again.csv"), 0, verdict="", note=""))
    assert "at the export it was accepted; write undo to take the decision back" in result.problems[0]
    assert desk.decided()[0][0] == "accepted"


def test_a_change_can_be_changed_back(desk: Desk) -> None:
    desk.take(desk.answer(desk.export(order="document"), 0, verdict="change", goal="9"))
    desk.take(desk.answer(desk.export("again.csv", order="document"), 0, goal="8"))
    assert [row[:2] for row in desk.decided()] == [("accepted", "purpose-goals/8")]


def test_a_copied_row_adds_a_goal(desk: Desk) -> None:
    def add(rows: list[dict[str, str]]) -> None:
        rows.append({**rows[0], "verdict": "add", "goal": "13", "note": "saves energy too"})

    path = desk.edit(desk.export(order="document"), add)
    assert desk.take(path).decided == 1
    assert desk.decided() == [("added", "purpose-goals/13", "delivered", 0, "saves energy too", "Ann")]
    assert desk.take(path).decided == 0
    (shown,) = desk.db.execute("select goals from passages where position = 0").fetchone()
    assert json.loads(shown) == ["8", "13"]


def test_a_goal_that_is_added_after_it_was_accepted_stays_accepted(desk: Desk) -> None:
    path = desk.export(order="document")

    def add(rows: list[dict[str, str]]) -> None:
        rows.append({**rows[0], "verdict": "add", "goal": "9", "stage": ""})

    desk.edit(path, add)
    first = desk.take(path)
    assert (first.decided, first.conflicts) == (1, ())
    assert desk.take(path).decided == 0


def test_the_reviewer_is_the_name_in_the_row_or_else_whoever_imports(desk: Desk) -> None:
    path = desk.answer(desk.export(order="document"), 0, verdict="a", reviewer="Cleo")
    desk.take(desk.answer(path, 1, verdict="a"), reviewer="Bob")
    assert [row[-1] for row in desk.decided()] == ["Cleo", "Bob"]


def test_a_name_filled_down_the_reviewer_column_answers_nothing(desk: Desk) -> None:
    desk.take(desk.answer(desk.export(order="document"), 0, verdict="a"), reviewer="Ann")

    def fill(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["reviewer"] = "Bob"

    result = desk.take(desk.edit(desk.export("again.csv", order="document"), fill))
    assert (result.decided, result.unchanged, result.undecided, result.problems) == (0, 1, 2, ())
    assert [row[-1] for row in desk.decided()] == ["Ann"]


# Merging


def test_importing_twice_equals_once(desk: Desk) -> None:
    path = desk.answer(desk.answer(desk.export(), 0, verdict="accept", note="yes"), 1, verdict="reject")
    assert desk.take(path, reviewer="Ann").decided == 2
    again = desk.take(path, reviewer="Bob")
    assert (again.decided, again.unchanged, again.undecided, again.conflicts) == (0, 2, 1, ())
    assert desk.log == 2


def test_two_reviewers_who_disagree_are_told_and_the_first_answer_stays(desk: Desk) -> None:
    ann, bob = desk.export("ann.csv", order="document"), desk.export("bob.csv", order="document")
    desk.take(desk.answer(ann, 0, verdict="accept"), reviewer="Ann")
    desk.answer(bob, 0, verdict="reject")
    result = desk.take(desk.answer(bob, 1, verdict="accept"), reviewer="Bob")
    (conflict,) = result.conflicts
    assert (conflict.line, conflict.field, conflict.database, conflict.file) == (2, "verdict", "accepted", "rejected")
    assert [(row[0], row[-1]) for row in desk.decided()] == [("accepted", "Ann"), ("accepted", "Bob")]
    write_conflicts(desk.folder / "conflicts.csv", result.conflicts)
    assert read_sheet(desk.folder / "conflicts.csv").lines[0].cells["exported"] == ""


def test_two_reviewers_who_agree_are_merged_field_by_field(desk: Desk) -> None:
    ann, bob = desk.export("ann.csv"), desk.export("bob.csv")
    desk.take(desk.answer(ann, 0, verdict="accept", stage="planned"), reviewer="Ann")
    result = desk.take(desk.answer(bob, 0, verdict="accept", note="see page 2"), reviewer="Bob")
    assert (result.decided, result.conflicts) == (1, ())
    assert [row[2:] for row in desk.decided()] == [("planned", 0, "see page 2", "Bob")]


def test_an_old_queue_does_not_bring_old_answers_back(desk: Desk) -> None:
    desk.take(desk.answer(desk.export("old.csv", order="document"), 0, verdict="accept"))
    old = desk.export("old.csv", order="document")
    desk.take(desk.answer(desk.export("new.csv", order="document"), 0, verdict="reject"))
    assert desk.take(old).decided == 0
    assert desk.decided()[0][0] == "rejected"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "accept", "reject", "c"]), st.sampled_from(["", "note"])), min_size=6, max_size=6
    )
)
def test_two_queues_in_any_state_lose_no_answer(desk: Desk, cells: list[tuple[str, str]]) -> None:
    before = desk.log
    ann, bob = desk.export("ann.csv", order="document"), desk.export("bob.csv", order="document")
    assert desk.take(ann).decided == 0
    for path, answers in ((ann, cells[:3]), (bob, cells[3:])):
        for number, (verdict, note) in enumerate(answers):
            desk.answer(path, number, **({"verdict": verdict} if verdict else {}), **({"note": note} if note else {}))
        known = {row[:-1] for row in desk.decided()}
        result = desk.take(path, partial=True)
        assert (
            result.decided
            + result.unchanged
            + result.undecided
            + len(result.problems)
            + len({conflict.line for conflict in result.conflicts})
            == 3
        )
        for conflict in result.conflicts:
            assert conflict.exported != conflict.database != conflict.file
        assert desk.take(path, partial=True).decided == 0
        if not result.decided:
            assert {row[:-1] for row in desk.decided()} == known
    assert desk.log >= before


# Files that went through other hands

HEADERS: dict[str, tuple[str, ...]] = {
    "the other way round": COLUMNS[::-1],
    "with columns of one's own": (*COLUMNS, "my_notes"),
    "without what is only shown": ("base", "proposal_id", *ANSWERS),
    "without what was not answered": ("proposal_id", "verdict", "base"),
}
REFUSED_HEADERS: dict[str, tuple[str, ...]] = {
    "without the ids": tuple(column for column in COLUMNS if column != "proposal_id"),
    "with the verdict renamed": tuple("decision" if column == "verdict" else column for column in COLUMNS),
    "with the note renamed": tuple("notes" if column == "note" else column for column in COLUMNS),
    "with a column twice": (*COLUMNS, "verdict"),
}


@pytest.mark.parametrize("columns", HEADERS.values(), ids=HEADERS)
def test_columns_may_be_moved_added_and_left_out(desk: Desk, columns: tuple[str, ...]) -> None:
    path = desk.answer(desk.export(order="document"), 0, verdict="accept")
    assert desk.take(desk.edit(path, lambda rows: None, columns)).decided == 1
    assert desk.decided()[0][:3] == ("accepted", "purpose-goals/8", "delivered")


@pytest.mark.parametrize("columns", REFUSED_HEADERS.values(), ids=REFUSED_HEADERS)
def test_a_header_in_which_answers_could_be_overlooked_is_refused(desk: Desk, columns: tuple[str, ...]) -> None:
    path = desk.answer(desk.export(), 0, verdict="accept")
    with pytest.raises(QueueProblem, match="column"):
        desk.take(desk.edit(path, lambda rows: None, columns), partial=True)
    assert desk.log == 0


def test_an_empty_queue_is_refused(desk: Desk) -> None:
    with pytest.raises(QueueProblem, match="no rows"):
        desk.take(desk.edit(desk.export(), list.clear))


def test_rows_may_be_sorted_and_left_out(desk: Desk) -> None:
    path = desk.answer(desk.export(order="document"), 2, verdict="accept")

    def sort(rows: list[dict[str, str]]) -> None:
        rows[:] = [rows[2], rows[0]]

    result = desk.take(desk.edit(path, sort))
    assert (result.rows, result.decided) == (2, 1)


def test_a_row_that_stands_twice_counts_once_unless_it_contradicts_itself(desk: Desk) -> None:
    path = desk.answer(desk.export(order="document"), 0, verdict="accept")
    desk.edit(path, lambda rows: rows.append(dict(rows[0])))
    assert desk.take(path, dry_run=True).decided == 1
    desk.edit(path, lambda rows: rows.append({**rows[0], "verdict": "reject"}))
    result = desk.take(path, partial=True)
    assert "another answer to the same proposal stands in line 2" in result.problems[-1]
    assert desk.log == 0


def test_a_file_that_was_cut_off_is_refused_wherever_it_was_cut(desk: Desk) -> None:
    def accept(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row.update(verdict="accept", note='a "quoted", note\nof two lines')

    data = desk.edit(desk.export(order="document"), accept).read_bytes()
    ends = {
        place for place in range(len(data)) if data[place : place + 1] == b"\n" and data[:place].count(b'"') % 2 == 0
    }
    path = desk.folder / "cut.csv"
    for place in range(data.index(b"\n") + 2, len(data), 7):
        path.write_bytes(data[:place])
        assert {place, place - 1} & ends or _is_refused(desk, path), data[:place][-60:]


def _is_refused(desk: Desk, path: Path) -> bool:
    try:
        return bool(desk.take(path, dry_run=True).problems)
    except QueueProblem as problem:
        return "line" in str(problem)


def test_a_note_comes_back_as_it_was_however_the_cell_shows_it(desk: Desk) -> None:
    note = "two\nlines, a\ttab and " + "much text " * 4000
    desk.take(desk.answer(desk.export(order="document"), 0, verdict="accept", note=note))
    again = desk.export("again.csv", order="document")
    assert desk.take(again).decided == 0
    desk.take(desk.answer(again, 0, stage="planned"))
    assert desk.decided()[0][2:5] == ("planned", 0, note.strip())


# Passages that changed since the export


def test_an_answer_finds_the_passage_that_took_the_place_of_the_one_shown(
    desk: Desk, files: Path, ingest_files: Callable[..., Any]
) -> None:
    path = desk.answer(desk.export(order="document"), 1, verdict="accept")
    for edited in (SHOP.replace("shop", "new shop"), SHOP.replace("shop", "very new shop")):
        (files / "a.txt").write_text(f"{CLINIC}\n{edited}\n")
        ingest_files()
    assert desk.take(path).decided == 1
    sql = "select p.text from current_decisions c join passages p on p.id = c.passage_id where p.retired_at is null"
    assert desk.db.execute(sql).fetchall() == [(SHOP.replace("shop", "very new shop"),)]


def test_an_answer_on_a_passage_that_is_gone_is_kept_and_listed(
    desk: Desk, files: Path, ingest_files: Callable[..., Any]
) -> None:
    path = desk.answer(desk.export(order="document"), 1, verdict="accept")
    (files / "a.txt").write_text(CLINIC)
    ingest_files()
    assert desk.take(path).problems == ()
    assert [decision.passage for decision in summarise(desk.db).unattached] == [SHOP]
    (files / "a.txt").write_text(f"{CLINIC}\n{SHOP}\n")
    ingest_files()
    assert summarise(desk.db).unattached == ()


# Size, and a real spreadsheet program


def _many(desk: Desk, files: Path, ingest_files: Callable[..., Any], rows: int) -> Path:
    for number in range(rows // 100):
        (files / f"{number}.txt").write_text("\n".join(f"{CLINIC} {number} {line}" for line in range(100)))
    ingest_files()
    return desk.export()


@pytest.mark.sqlite_only("it counts what SQLite does")
def test_the_cost_of_an_import_grows_with_its_rows(desk: Desk, files: Path, ingest_files: Callable[..., Any]) -> None:
    path = _many(desk, files, ingest_files, 1000)

    def accept(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["verdict"] = "accept"

    statements: list[str] = []
    desk.db.conn.set_trace_callback(statements.append)
    desk.take(desk.edit(path, accept))
    desk.db.conn.set_trace_callback(None)
    reads = [sql for sql in statements if "from export_rows" in sql or "current_decisions d" in sql]
    assert desk.log == 1003
    assert len(reads) < 30


@pytest.mark.slow
@office.needs_calc
def test_libreoffice_changes_nothing_that_is_read_back(desk: Desk) -> None:
    notes = ("0.10", "1/2", "=1+1", "it’s “so” – café")
    path = desk.export(order="document")
    for number, note in enumerate(notes[:3]):
        desk.answer(path, number, verdict="accept", note=f"'{note}", reviewer="Ann")
    desk.take(path)
    queue = desk.export("again.csv", order="document")
    returned = _through_libreoffice(queue)
    untouched = desk.take(returned)
    assert (untouched.decided, untouched.unchanged, untouched.problems) == (0, 3, ())
    desk.answer(returned, 0, verdict="reject", note=notes[3])
    back = _through_libreoffice(returned)
    assert desk.take(back).decided == 1
    assert [row[4] for row in desk.decided()] == ["1/2", "=1+1", "it’s “so” – café"]


def _through_libreoffice(path: Path) -> Path:
    """The queue as a reviewer's LibreOffice leaves it: opened, kept as a workbook, saved as CSV with its defaults."""
    return office.saved(office.saved(path, "xlsx"), "csv")


def test_a_queue_is_written_as_the_sheet_module_writes(desk: Desk) -> None:
    path = desk.export()
    sheet = read_sheet(path)
    write_sheet(
        desk.folder / "b.csv", sheet.columns, ([line.cells[name] for name in sheet.columns] for line in sheet.lines)
    )
    assert desk.take(desk.folder / "b.csv").undecided == 3
