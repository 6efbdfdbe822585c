"""Repairing activities: merges, splits and edits that hold for later runs, and that can be taken back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.ingest.errors import ActivityProblem, GoalmapError
from goalmap.store.activities.decisions import Done, edit, merge, split, withdraw
from goalmap.store.activities.history import history, of_activity
from goalmap.store.activities.listing import Details, details
from goalmap.store.activities.refresh import is_up_to_date, refresh
from goalmap.store.activities.said import read_said
from goalmap.store.batches import By
from goalmap.store.database import open_database
from tests.activities_to_repair import (
    BUS,
    CHOIR,
    DEBT,
    FILES,
    GARDEN,
    activity,
    answer,
    groups,
    make_database,
    passages,
    read,
    tables,
)

ANN = By("ann", "They are one.", "test")
TREES = ("alder", "birch", "cedar", "damson", "elm", "fig", "gorse", "hazel", "ivy", "juniper", "larch", "maple")
APART = {frozenset([text[:12]]) for text in FILES.values()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_database(tmp_path / "deeds.db", accept=FILES.values())
    return tmp_path / "deeds.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with closing(open_database(path)) as database:
        yield database


def merged(db: Database, *starts: str) -> Done:
    done = merge(db, [activity(db, start) for start in starts], ANN)
    refresh(db)
    return done


def shown(db: Database, id: str) -> Details:
    found = details(db.conn, id)
    assert found
    return found


def together(*texts: str) -> frozenset[str]:
    return frozenset(text[:12] for text in texts)


# One and the same.


def test_a_merge_gives_one_activity_with_the_passages_and_goals_of_both(db: Database) -> None:
    assert groups(db) == APART
    done = merged(db, BUS, DEBT)
    assert groups(db) == {together(BUS, DEBT), together(GARDEN), together(CHOIR)}
    found = shown(db, done.after[0].id)
    assert {goal.code for goal in found.goals} == {"7", "8"}
    assert found.why == ("put together by a person",)


def test_a_merge_says_what_was_and_what_is(db: Database) -> None:
    done = merged(db, BUS, GARDEN)
    assert [state.citations for state in done.before] == [1, 1]
    assert [state.citations for state in done.after] == [2]
    assert done.warnings == ()


def test_a_merge_without_a_goal_in_common_is_doubted(db: Database) -> None:
    assert any("no goal in common" in warning for warning in merged(db, BUS, DEBT).warnings)


def test_a_merge_stands_in_the_tables_before_any_refresh(db: Database) -> None:
    merge(db, [activity(db, BUS), activity(db, GARDEN)], ANN)
    before = tables(db)
    assert not is_up_to_date(db)
    refresh(db)
    assert tables(db) == before


def test_a_dry_run_writes_nothing(db: Database) -> None:
    before = tables(db)
    done = merge(db, [activity(db, BUS), activity(db, GARDEN)], ANN, dry_run=True)
    assert done.dry_run
    assert len(done.after) == 1
    assert tables(db) == before
    assert db.table("activity_decisions").count == 0


def test_the_beginning_of_an_id_is_enough(db: Database) -> None:
    one, other = activity(db, BUS), activity(db, GARDEN)
    assert len(merge(db, [one[:8], other[:9].upper()], ANN).after) == 1


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (["azzzz", "azzzz"], "There is no activity 'azzzz'"),
        (["a", "a"], "Several activities begin with 'a'"),
        (["", ""], "There is no activity ''"),
        (["%", "_"], "There is no activity '%'"),
    ],
)
def test_an_activity_that_is_not_meant_clearly_is_refused(db: Database, said: list[str], message: str) -> None:
    with pytest.raises(ActivityProblem, match=message):
        merge(db, said, ANN)


def test_one_activity_is_not_merged_with_itself(db: Database) -> None:
    with pytest.raises(ActivityProblem, match="two activities or more"):
        merge(db, [activity(db, BUS)] * 2, ANN)


def test_activities_under_different_frameworks_are_never_one(tmp_path: Path) -> None:
    make_database(tmp_path / "two.db", {"a.txt": BUS}, (), ("purpose-goals", "un-sdgs"))
    with closing(open_database(tmp_path / "two.db")) as db:
        ids = [id for (id,) in db.execute("select id from activities").fetchall()]
        assert len(ids) == 2
        with pytest.raises(ActivityProblem, match="different frameworks"):
            merge(db, ids, ANN)


def test_a_merged_id_that_is_gone_leads_to_its_heir(db: Database) -> None:
    ids = {activity(db, BUS), activity(db, GARDEN)}
    (kept,) = (state.id for state in merged(db, BUS, GARDEN).after)
    (gone,) = ids - {kept}
    with pytest.raises(ActivityProblem, match=f"Its passages tell of: {kept}"):
        merge(db, [gone, kept], ANN)


def test_reviewed_and_proposed_activities_become_one_once_the_proposal_is_accepted(tmp_path: Path) -> None:
    make_database(tmp_path / "half.db", accept=[BUS])
    with closing(open_database(tmp_path / "half.db")) as db:
        done = merged(db, BUS, GARDEN)
        assert any("become one then" in warning for warning in done.warnings)
        assert together(BUS) in groups(db)
        answer(db, GARDEN)
        refresh(db)
        assert together(BUS, GARDEN) in groups(db)


def test_a_passage_with_a_decided_and_an_undecided_goal_tells_of_two_activities_with_ids_of_their_own(
    tmp_path: Path,
) -> None:
    make_database(tmp_path / "both.db", {"bus.txt": f"{BUS} #5"})
    with closing(open_database(tmp_path / "both.db")) as db:
        before = activity(db, BUS)
        db.execute("delete from proposals where goal_id = 'purpose-goals/5'")
        answer(db, BUS)
        sql = "insert into proposals (id, passage_id, goal_id, score, rank, model) select 'g1', id, 'purpose-goals/5', 0.9, 1, 'm' from passages"
        db.execute(sql)
        db.conn.commit()
        refresh(db)
        assert activity(db, BUS, "reviewed") == before
        assert activity(db, BUS, "proposed") != before


# Not the same.


def test_a_split_gives_two_activities_that_stay_apart(db: Database) -> None:
    done = merged(db, BUS, GARDEN, CHOIR)
    parted = split(db, done.after[0].id, passages(db, CHOIR), ANN)
    assert len(parted.after) == 2
    assert "This overrules what was decided before: b1." in parted.warnings
    before = tables(db)
    refresh(db)
    assert tables(db) == before
    assert groups(db) == {together(BUS, GARDEN), together(CHOIR), together(DEBT)}


def test_a_merge_after_a_split_overrules_it(db: Database) -> None:
    id = merged(db, BUS, GARDEN).after[0].id
    split(db, id, passages(db, GARDEN), ANN)
    refresh(db)
    again = merged(db, BUS, GARDEN)
    assert again.warnings == ("This overrules what was decided before: b2.",)
    assert together(BUS, GARDEN) in groups(db)
    assert [batch.state for batch in history(db)] == ["in force", "overruled", "in force"]


def test_a_split_of_everything_or_nothing_is_refused(db: Database) -> None:
    id = merged(db, BUS, GARDEN).after[0].id
    with pytest.raises(ActivityProblem, match="These 2 passages are all that tells"):
        split(db, id, [*passages(db, BUS), *passages(db, GARDEN)], ANN)
    with pytest.raises(ActivityProblem, match="Say which passages"):
        split(db, id, [], ANN)
    with pytest.raises(ActivityProblem, match="Not told of this activity"):
        split(db, id, passages(db, DEBT), ANN)
    with pytest.raises(ActivityProblem, match="That passage is all that tells"):
        split(db, activity(db, DEBT), passages(db, DEBT), ANN)


def test_a_copy_goes_where_the_passage_goes_that_it_repeats(tmp_path: Path) -> None:
    story = "\n".join(f"The {tree} by the gate is pruned in March by the wardens" for tree in TREES)
    text = f"{BUS}\n{GARDEN}\n{story}"
    make_database(tmp_path / "copies.db", {"bus.txt": text, "late.txt": f"{text}\nIt ends."}, accept=[BUS, GARDEN])
    with closing(open_database(tmp_path / "copies.db")) as db:
        copies = [id for (id,) in db.execute("select id from passages where copy_of is not null and text like 'Vol%'")]
        ids = [_of_passage(db, id) for id in (*copies, *passages(db, GARDEN)[:1])]
        done = merge(db, ids, ANN)
        parted = split(db, done.after[0].id, copies, ANN)
        bus = next(state for state in parted.after if set(copies) & set(_all_passages(db, state.id)))
        assert sorted(_all_passages(db, bus.id)) == passages(db, BUS)
        assert [one.copy_of is None for one in shown(db, bus.id).citations] == [True, False]


def _all_passages(db: Database, activity: str) -> list[str]:
    sql = "select passage_id from activity_passages where activity_id = ?"
    return [id for (id,) in db.execute(sql, [activity]).fetchall()]


def _of_passage(db: Database, passage: str) -> str:
    (id,) = db.execute("select activity_id from activity_passages where passage_id = ?", [passage]).fetchone()
    return str(id)


# Other words.


def test_an_edit_stands_in_the_activity_and_says_so(db: Database) -> None:
    id = activity(db, BUS)
    done = edit(db, id, {"title": "A minibus for older people", "region": "london"}, ANN)
    refresh(db)
    found = shown(db, id)
    assert (found.title, found.region, found.edited) == ("A minibus for older people", "London", ("region", "title"))
    assert done.after[0].title == found.title
    withdraw(db, done.batch, ANN)
    refresh(db)
    found = shown(db, id)
    assert found.edited == ()


@pytest.mark.parametrize("fields", [{}, {"title": " "}, {"region": "Mars"}, {"colour": "red"}, {"stage": "soon"}])
def test_an_edit_that_cannot_stand_is_refused_and_nothing_is_written(db: Database, fields: dict[str, str]) -> None:
    with pytest.raises(GoalmapError):
        edit(db, activity(db, BUS), fields, ANN)
    assert db.table("activity_decisions").count == 0


def test_the_later_edit_of_a_field_counts(db: Database) -> None:
    id = activity(db, BUS)
    edit(db, id, {"title": "One", "place": "Here"}, ANN)
    edit(db, id, {"title": "Two"}, ANN)
    refresh(db)
    found = shown(db, id)
    assert (found.title, found.place) == ("Two", "Here")
    assert [batch.state for batch in history(db)] == ["in force", "overruled in part"]


# Taking back.


def test_a_decision_is_taken_back_restored_and_taken_back_again(db: Database) -> None:
    merged(db, BUS, GARDEN)
    states = []
    for batch in ("b1", "b2", "b3"):
        done = withdraw(db, batch, ANN)
        refresh(db)
        states.append(together(BUS, GARDEN) in groups(db))
        assert {state.passages for state in done.after} == {
            found for found in _passages_of_groups(db) if set(found) & {*passages(db, BUS), *passages(db, GARDEN)}
        }
    assert states == [False, True, False]
    assert [batch.state for batch in history(db)] == ["in force", "taken back", "in force", "taken back"]


def _passages_of_groups(db: Database) -> set[tuple[str, ...]]:
    rows = db.execute("select activity_id, passage_id from activity_passages order by activity_id, position").fetchall()
    return {tuple(passage for id, passage in rows if id == activity) for activity, _ in rows}


@pytest.mark.parametrize(
    ("batch", "message"), [("b7", "There is no decision 'b7'"), ("b1", "taken back already, by b2")]
)
def test_what_cannot_be_taken_back_is_told(db: Database, batch: str, message: str) -> None:
    merged(db, BUS, GARDEN)
    withdraw(db, "b1", ANN)
    with pytest.raises(ActivityProblem, match=message):
        withdraw(db, batch, ANN)


def test_decisions_are_only_ever_added(db: Database) -> None:
    merged(db, BUS, GARDEN)
    for sql in ("update activity_decisions set note = ''", "delete from activity_decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(sql)


def test_the_history_tells_who_why_when_and_of_what(db: Database) -> None:
    done = merged(db, BUS, GARDEN)
    (batch,) = history(db)
    assert (batch.verdict, batch.reviewer, batch.note, batch.source) == ("together", "ann", "They are one.", "test")
    assert [id for id, _ in batch.activities] == [done.after[0].id]
    assert of_activity([batch], done.after[0].id) == [batch]
    assert of_activity([batch], activity(db, DEBT)) == []


def test_a_decision_whose_passage_tells_of_nothing_now_waits(db: Database) -> None:
    merged(db, BUS, GARDEN)
    answer(db, GARDEN, "rejected")
    refresh(db)
    assert [batch.state for batch in history(db)] == ["waiting"]
    answer(db, GARDEN, "accepted")
    refresh(db)
    assert [batch.state for batch in history(db)] == ["in force"]
    assert together(BUS, GARDEN) in groups(db)


# Later runs.


def test_a_merge_holds_when_a_document_is_edited_moved_or_copied(tmp_path: Path) -> None:
    folder = make_database(tmp_path / "runs.db", accept=FILES.values())
    with closing(open_database(tmp_path / "runs.db")) as db:
        merged(db, BUS, GARDEN)
        (folder / "bus.txt").write_text(BUS.replace("minibus", "small bus"), "utf-8")
        read(db, folder)
        refresh(db)
        assert together(BUS, GARDEN) in groups(db)
        (folder / "garden.txt").rename(folder / "allotment.txt")
        read(db, folder)
        refresh(db)
        assert together(BUS, GARDEN) in groups(db)


def test_an_edit_holds_when_its_document_is_edited(tmp_path: Path) -> None:
    folder = make_database(tmp_path / "runs.db", accept=FILES.values())
    with closing(open_database(tmp_path / "runs.db")) as db:
        edit(db, activity(db, BUS), {"title": "Lifts to hospital"}, ANN)
        (folder / "bus.txt").write_text(BUS.replace("minibus", "small bus"), "utf-8")
        read(db, folder)
        refresh(db)
        found = shown(db, activity(db, BUS))
        assert found.title == "Lifts to hospital"


def test_a_merge_of_three_holds_for_two_when_the_third_is_rejected(db: Database) -> None:
    merged(db, BUS, GARDEN, CHOIR)
    for start in (BUS, GARDEN, CHOIR):
        answer(db, start, "rejected")
        refresh(db)
        rest = {BUS, GARDEN, CHOIR} - {start}
        assert together(*rest) in groups(db)
        answer(db, start)
        refresh(db)


def test_tables_that_another_goalmap_made_are_not_up_to_date(db: Database) -> None:
    assert is_up_to_date(db)
    db.execute("update derived set state = '0.0.1 ' || substr(state, instr(state, ' ') + 1)")
    db.conn.commit()
    assert not is_up_to_date(db)
    refresh(db)
    assert is_up_to_date(db)


# Any order of decisions.

TEXTS = (BUS, GARDEN, CHOIR, DEBT)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.sets(st.sampled_from(TEXTS), min_size=2)),
        st.tuples(st.just("split"), st.sets(st.sampled_from(TEXTS), min_size=1, max_size=2)),
        st.tuples(st.just("undo"), st.integers(1, 8)),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drawn") / "deeds.db"
    make_database(path, accept=FILES.values())
    return path


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_decisions_the_tables_are_what_a_refresh_makes_of_them_and_all_of_it_can_be_undone(
    made: Path, steps: list[tuple[str, object]]
) -> None:
    source, target = sqlite3.connect(made), sqlite3.connect(":memory:")
    with closing(source), closing(target):
        source.backup(target)
        db = Database(target)
        for kind, what in steps:
            _decide(db, kind, what)
            before = tables(db)
            refresh(db)
            if kind != "undo":
                assert tables(db) == before
        standing = [batch.batch for batch in history(db) if batch.verdict != "withdrawn" and not batch.withdrawn_by]
        for batch in standing:
            withdraw(db, batch, ANN)
        refresh(db)
        assert groups(db) == APART
        assert read_said(db, "purpose-goals").rulings == ()


def _decide(db: Database, kind: str, what: object) -> None:
    try:
        if kind == "merge" and isinstance(what, set):
            merge(db, [activity(db, text) for text in sorted(what)], ANN)
        elif kind == "split" and isinstance(what, set):
            ids = [id for text in sorted(what) for id in passages(db, text)]
            split(db, activity(db, min(what)), ids, ANN)
        else:
            withdraw(db, f"b{what}", ANN)
    except ActivityProblem:
        assert not db.conn.in_transaction
