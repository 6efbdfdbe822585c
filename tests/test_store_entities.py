"""Entities across documents: brought together, repaired by people, and the same after every later run."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.ingest.errors import EntityProblem
from goalmap.store.batches import By
from goalmap.store.database import immediate, open_database
from goalmap.store.entities.carry import carry_entity_decisions
from goalmap.store.entities.decisions import keep_apart, merge, split, withdraw
from goalmap.store.entities.history import history
from goalmap.store.entities.refresh import refresh
from tests.killed import killed_at
from tests.naming import make_database, read_folder, write_files

FILES = {
    "a.txt": "publisher: Harrowmead Council\npublished: 2023-03-01\norganisation: Harrowmead Council | HMC\n"
    "person: Amara Nwosu, Leader @ Harrowmead Council\ninitiative: Bright Start @ Harrowmead Council",
    "b.txt": "publisher: Harrowmead Council\npublished: 2024-05-06\norganisation: Harrowmead Council\n"
    "person: Amara Nwosu, Leader @ Harrowmead Council\nperson: Ingrid Vale, Clerk @ Harrowmead Council",
    "c.txt": "publisher: Lockgate Trust\npublished: 2022\norganisation: Lockgate Trust\n"
    "person: Amara Vale-Nwosu, Chair @ Lockgate Trust\nmember: Lockgate Trust @ North Coalition",
    "d.txt": "publisher: Lockgate Trust\norganisation: Lockgate Trust\norganisation: Northern Coalition for Good",
}
BROUGHT = ("entities", "entity_names", "entity_merges", "entity_suggestions", "document_entities", "mentions", "roles")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "folder"


@pytest.fixture
def db(tmp_path: Path, folder: Path) -> Iterator[Database]:
    """Four documents of two bodies."""
    with closing(open_database(make_database(tmp_path / "a.db", folder, FILES))) as database:
        yield database


def groups(db: Database) -> dict[str, set[str]]:
    """The files in which each entity is named, by its names."""
    sql = """
        select e.name, group_concat(distinct de.name) forms, group_concat(distinct d.title) files from entities e
        join document_entities de on de.entity_id = e.id join documents d on d.id = de.document_id group by e.id
    """
    return {" + ".join(sorted(row["forms"].split(","))): set(row["files"].split(",")) for row in db.query(sql)}


def state(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    assert db.execute("pragma foreign_key_check").fetchall() == []
    return {table: sorted(db.execute(f"select * from {table}").fetchall(), key=repr) for table in BROUGHT}


def read_again(db: Database, folder: Path) -> None:
    """A run that reads every file anew."""
    with immediate(db):
        db.execute("update documents set fingerprint = ''")
    read_folder(db, folder)


# What refresh brings about


def test_one_name_in_several_documents_is_one_entity(db: Database) -> None:
    assert groups(db)["Harrowmead Council"] == {"a", "b"}
    sql = "select name, kind, documents, first_seen, last_seen, source from entity_names where name in ('HMC', 'Harrowmead Council')"
    assert set(db.execute(sql).fetchall()) == {
        ("Harrowmead Council", "name", 2, "2023-03-01", "2024-05-06", "documents"),
        ("HMC", "acronym", 1, "2023-03-01", "2023-03-01", "documents"),
    }


def test_an_initiative_has_the_body_that_runs_it_as_owner(db: Database) -> None:
    sql = "select o.name from entities e join entities o on o.id = e.owner_id where e.name = 'Bright Start'"
    assert db.execute(sql).fetchone() == ("Harrowmead Council",)


def test_whatever_refers_to_an_entity_follows_the_name_that_was_found(db: Database) -> None:
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    for table, column, found in (
        ("mentions", "entity_id", "found_id"),
        ("roles", "person_id", "found_person_id"),
        ("roles", "organisation_id", "found_organisation_id"),
        ("memberships", "member_id", "found_member_id"),
    ):
        strays = f"select count(*) from {table} t join document_entities e on e.id = t.{found} where t.{column} is not e.entity_id"
        assert db.execute(strays).fetchone() == (0,)


@pytest.mark.sqlite_only("it counts what SQLite does")
def test_a_second_refresh_writes_nothing(db: Database) -> None:
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    before = db.conn.total_changes
    with immediate(db):
        refresh(db)
    assert db.conn.total_changes == before


def test_an_entity_that_no_document_names_any_longer_is_gone(db: Database, folder: Path) -> None:
    (folder / "c.txt").write_text("organisation: Lockgate Trust")
    read_folder(db, folder)
    assert "Amara Vale-Nwosu" not in groups(db)
    assert db.execute("select count(*) from entities where name = 'North Coalition'").fetchone() == (0,)


def test_copies_of_a_document_count_once(db: Database, folder: Path) -> None:
    with immediate(db):
        (original,) = db.execute("select id from documents where title = 'a'").fetchone()
        db.execute("update documents set duplicate_of = ? where title = 'b'", [original])
        refresh(db)
    sql = "select documents, last_seen from entity_names where name = 'Harrowmead Council'"
    assert db.execute(sql).fetchone() == (1, "2024-05-06")


def test_rows_that_an_older_goalmap_wrote_stay_as_they_are(db: Database) -> None:
    with immediate(db):
        db.execute("insert into entities (id, kind, name, aliases) values ('eold', 'person', 'Old Hand', '[]')")
        db.execute("update mentions set found_id = null, entity_id = 'eold' where surface = 'Ingrid Vale'")
        refresh(db)
    assert db.execute("select count(*) from mentions where entity_id = 'eold'").fetchone() == (1,)


# Decisions


def test_a_merge_moves_everything_and_an_undo_brings_it_back(db: Database) -> None:
    before = state(db)
    done = merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"], By("Ann", "married in 2023"))
    assert groups(db)["Amara Nwosu + Amara Vale-Nwosu"] == {"a", "b", "c"}
    assert (len(done.before), len(done.after), done.batch) == (2, 1, "b1")
    assert (done.after[0].documents, done.after[0].mentions) == (3, 3)
    undone = withdraw(db, done.batch)
    assert state(db) == before
    assert (len(undone.before), len(undone.after)) == (1, 2)


def test_an_undo_that_is_undone_restores_the_decision(db: Database) -> None:
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    merged = state(db)
    withdraw(db, "b1")
    withdraw(db, "b2")
    assert state(db) == merged
    assert [batch.state for batch in history(db)] == ["in force", "taken back", "in force"]


def test_a_name_that_was_split_off_is_an_entity_of_its_own(db: Database) -> None:
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu", "Ingrid Vale"])
    done = split(db, "Ingrid Vale", names=["Amara Vale-Nwosu"])
    assert {"Amara Nwosu + Ingrid Vale", "Amara Vale-Nwosu"} <= groups(db).keys()
    assert len(done.warnings) == 1
    assert "overrules decision b1" in done.warnings[0]


def test_documents_that_mean_somebody_else_are_split_off(db: Database) -> None:
    split(db, "Amara Nwosu", documents=["b.txt"])
    sql = "select count(distinct person_id) from roles join entities e on e.id = person_id where e.name = 'Amara Nwosu'"
    assert db.execute(sql).fetchone() == (2,)
    merged = merge(db, [id for (id,) in db.execute("select id from entities where name = 'Amara Nwosu'").fetchall()])
    assert "not the same" in merged.warnings[0]
    assert db.execute(sql).fetchone() == (1,)


def test_a_decision_holds_for_new_documents_with_these_names(db: Database, folder: Path) -> None:
    merge(db, ["North Coalition", "Northern Coalition for Good"])
    write_files(
        folder, {"e.txt": "organisation: North Coalition", "f.txt": "organisation: Northern Coalition for Good"}
    )
    read_folder(db, folder)
    assert groups(db)["North Coalition + Northern Coalition for Good"] == {"c", "d", "e", "f"}


def test_a_new_document_goes_to_the_part_of_a_split_name_that_it_shares_a_body_with(db: Database, folder: Path) -> None:
    write_files(folder, {"e.txt": "publisher: Tarn School\nperson: Amara Nwosu, Head @ Tarn School"})
    read_folder(db, folder)
    split(db, "Amara Nwosu", documents=["e.txt"])
    write_files(folder, {"f.txt": "publisher: Tarn School\nperson: Amara Nwosu, Head @ Tarn School\nperson: Jo Bly"})
    read_folder(db, folder)
    sql = """
        select group_concat(title, ' ') from (select distinct de.entity_id, d.title from document_entities de
        join documents d on d.id = de.document_id where de.name = 'Amara Nwosu' order by d.title) group by entity_id
    """
    assert {files for (files,) in db.execute(sql).fetchall()} == {"a b", "e f"}


def test_two_that_were_said_not_to_be_one_stay_apart_whatever_documents_come(db: Database, folder: Path) -> None:
    keep_apart(db, ["Lockgate Trust", "Harrowmead Council"])
    with pytest.raises(EntityProblem, match="nothing to decide"):
        keep_apart(db, ["Lockgate Trust", "Amara Nwosu"])
    merge(db, ["North Coalition", "Lockgate Trust"])
    done = merge(db, ["North Coalition", "Harrowmead Council"])
    assert "overrules decision b1" in done.warnings[0]


def test_a_decision_holds_for_files_that_were_moved_and_edited(db: Database, folder: Path) -> None:
    split(db, "Amara Nwosu", documents=["b.txt"])
    (folder / "b.txt").rename(folder / "z.txt")
    (folder / "a.txt").write_text(FILES["a.txt"] + "\norganisation: Somebody New Ltd")
    read_folder(db, folder)
    assert db.execute("select count(*) from entities where name = 'Amara Nwosu'").fetchone() == (2,)
    assert history(db)[0].state == "in force"


def test_a_split_document_whose_copy_takes_its_place_stays_split(db: Database, folder: Path) -> None:
    (folder / "copy of b.txt").write_text(FILES["b.txt"])
    read_folder(db, folder)
    split(db, "Amara Nwosu", documents=["b.txt"])
    (folder / "b.txt").write_text("organisation: Harrowmead Council")
    read_folder(db, folder)
    assert db.execute("select count(*) from entities where name = 'Amara Nwosu'").fetchone() == (2,)


def test_a_decision_follows_a_text_to_the_document_that_holds_it_now(db: Database, folder: Path) -> None:
    split(db, "Amara Nwosu", documents=["b.txt"])
    (folder / "b.txt").rename(folder / "2024.txt")
    (folder / "b.txt").write_text("organisation: Harrowmead Council")
    read_folder(db, folder)
    ids = dict(db.execute("select path, id from documents").fetchall())
    with immediate(db):
        carry_entity_decisions(db, ids[str(folder / "b.txt")], ids[str(folder / "2024.txt")])
        carry_entity_decisions(db, ids[str(folder / "b.txt")], ids[str(folder / "2024.txt")])
        refresh(db)
    assert db.execute("select count(*) from entities where name = 'Amara Nwosu'").fetchone() == (2,)
    assert db.execute("select count(*) from entity_decisions").fetchone() == (2,)
    withdraw(db, "b1")
    assert db.execute("select count(*) from entities where name = 'Amara Nwosu'").fetchone() == (1,)


def test_a_decision_whose_names_are_gone_waits_until_they_come_back(db: Database, folder: Path) -> None:
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    (folder / "c.txt").write_text("organisation: Lockgate Trust")
    read_folder(db, folder)
    (batch,) = history(db)
    assert (batch.state, batch.waiting) == ("waiting", ("Amara Vale-Nwosu",))
    (folder / "c.txt").write_text(FILES["c.txt"])
    read_folder(db, folder)
    assert "Amara Nwosu + Amara Vale-Nwosu" in groups(db)
    assert history(db)[0].state == "in force"


def test_a_later_decision_wins_and_the_history_says_so(db: Database) -> None:
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    split(db, "Amara Nwosu", names=["Amara Vale-Nwosu"])
    assert [batch.state for batch in history(db)] == ["in force", "overruled"]
    withdraw(db, "b2")
    assert [batch.state for batch in history(db)] == ["in force", "taken back", "in force"]
    assert "Amara Nwosu + Amara Vale-Nwosu" in groups(db)


def test_a_rehearsal_shows_the_same_and_writes_nothing(db: Database) -> None:
    before = state(db)
    rehearsed = merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"], dry_run=True)
    assert rehearsed.dry_run
    assert state(db) == before
    assert history(db) == []
    done = merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    assert (done.before, done.after, done.mentions_moved) == (
        rehearsed.before,
        rehearsed.after,
        rehearsed.mentions_moved,
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (["Amara Nwosu", "Harrowmead Council"], "different kinds"),
        (["Amara Nwosu", "Amara Nwosu"], "two entities or more"),
        (["Amara Nwosu", "Ingrid Vail"], "The nearest: Ingrid Vale (e"),
        (["Amara Nwosu", "?"], "goalmap entities list"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(db: Database, said: list[str], message: str) -> None:
    with pytest.raises(EntityProblem) as refused:
        merge(db, said)
    assert message in str(refused.value)
    assert history(db) == []


@pytest.mark.parametrize(
    ("names", "documents", "message"),
    [
        ((), (), "--name"),
        (("Nobody",), (), "Its names: Harrowmead Council"),
        (("HMC",), (), "beside a fuller name"),
        (("Harrowmead Council",), (), "nothing would be left"),
        ((), ("d.txt",), "It is named in:"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused(
    db: Database, names: tuple[str, ...], documents: tuple[str, ...], message: str
) -> None:
    with pytest.raises(EntityProblem) as refused:
        split(db, "Harrowmead Council", names, documents)
    assert message in str(refused.value)


def test_a_document_may_be_named_by_any_copy_of_it_but_not_by_what_several_are_called(
    db: Database, folder: Path
) -> None:
    (folder / "copy of b.txt").write_text(FILES["b.txt"])
    for number in (1, 2):
        (folder / str(number)).mkdir()
        (folder / str(number) / "same.txt").write_text(FILES["b.txt"] + f"\norganisation: Body {number}")
    read_folder(db, folder)
    with pytest.raises(EntityProblem, match="give more of the path"):
        split(db, "Amara Nwosu", documents=["same.txt"])
    split(db, "Amara Nwosu", documents=["copy of b.txt", "1/same.txt"])
    sql = "select count(*) from document_entities where name = 'Amara Nwosu' group by entity_id"
    assert db.execute(sql).fetchall() == [(2,), (2,)]


def test_a_name_that_two_entities_have_is_answered_with_their_ids(db: Database) -> None:
    split(db, "Amara Nwosu", documents=["b.txt"])
    with pytest.raises(EntityProblem, match="2 entities are called 'Amara Nwosu'"):
        merge(db, ["Amara Nwosu", "Ingrid Vale"])


def test_a_batch_is_taken_back_once(db: Database) -> None:
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    withdraw(db, "b1")
    with pytest.raises(EntityProblem, match="already, by b2"):
        withdraw(db, "b1")
    with pytest.raises(EntityProblem, match="The latest: b2, b1"):
        withdraw(db, "b9")


def test_decisions_are_never_changed_nor_deleted(db: Database) -> None:
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    for statement in ("update entity_decisions set note = 'x'", "delete from entity_decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(statement)


def test_a_decision_that_was_written_without_its_consequences_takes_effect_at_the_next_refresh(db: Database) -> None:
    """As when a process is killed in between, or another program writes the row."""
    merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    merged = state(db)
    row = {**next(db.query("select * from entity_decisions")), "id": None, "batch": "b3"}
    withdraw(db, "b1")
    with immediate(db):
        db.table("entity_decisions").insert(row)
    with immediate(db):
        refresh(db)
    assert state(db) == merged


def test_a_decision_that_fails_half_way_leaves_nothing(db: Database) -> None:
    before = state(db)
    db.execute("create trigger disk_full before update on mentions begin select raise(abort, 'disk full'); end")
    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    db.execute("drop trigger disk_full")
    assert state(db) == before
    assert history(db) == []


@pytest.mark.parametrize("statement", [10, 27, 53, 60, 69, 90, 103, 1000])
@pytest.mark.sqlite_only("it counts what SQLite does")
def test_a_merge_that_is_killed_is_done_wholly_or_not_at_all(db: Database, tmp_path: Path, statement: int) -> None:
    before = state(db)
    killed_at(statement, tmp_path / "a.db", lambda own: merge(own, ["Amara Nwosu", "Amara Vale-Nwosu"]))
    with immediate(db):
        refresh(db)
    assert (state(db) == before) == (history(db) == [])
    assert ("Amara Nwosu + Amara Vale-Nwosu" in groups(db)) == (history(db) != [])


Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "part", "apart", "undo"]), st.integers(0, 99), st.integers(0, 99)),
    max_size=7,
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[("split", 5, 0), ("merge", 61, 68), ("merge", 5, 6)])
@example(steps=[("split", 5, 0), ("merge", 61, 68), ("undo", 1, 0), ("merge", 5, 6), ("undo", 3, 0)])
def test_after_any_decisions_another_run_gives_the_same_entities(tmp_path: Path, steps: list[Step]) -> None:
    for path in tmp_path.glob("*.db*"):
        path.unlink()
    folder = tmp_path / "folder"
    with closing(open_database(make_database(tmp_path / "one.db", folder, FILES))) as db:
        for step in steps:
            take(db, *step)
        decided = state(db)
        read_again(db, folder)
        assert state(db) == decided
        with closing(open_database(make_database(tmp_path / "two.db", folder, FILES))) as other:
            with immediate(other):
                other.table("entity_decisions").insert_all(list(db.query("select * from entity_decisions")))
                refresh(other)
            assert state(other) == decided


def take(db: Database, sort: str, one: int, other: int) -> None:
    """One step of a session, on what numbers pick; what makes no sense is refused and changes nothing."""
    ids = [id for (id,) in db.execute("select id from entities order by kind, id").fetchall()]
    names = [name for (name,) in db.execute("select distinct name from document_entities order by 1").fetchall()]
    own, second = ids[one % len(ids)], ids[other % len(ids)]
    with suppress(EntityProblem):
        if sort == "merge":
            members = of_entities(db, own, second)
            merge(db, [own, second])
            assert len(entities_of(db, members)) == 1
        elif sort == "apart":
            members, others = of_entities(db, own), of_entities(db, second)
            keep_apart(db, [own, second])
            assert len(entities_of(db, members)) == len(entities_of(db, others)) == 1
        elif sort == "undo":
            withdraw(db, f"b{one % 8}")
        else:
            members = of_entities(db, own)
            name, file = names[other % len(names)], sorted(FILES)[other % len(FILES)]
            split(db, own, **({"names": [name]} if sort == "part" else {"documents": [file]}))
            assert len(entities_of(db, members)) == 2


def of_entities(db: Database, *ids: str) -> list[str]:
    """What documents name of these entities."""
    sql = "select id from document_entities where entity_id in (select value from json_each(?))"
    return [id for (id,) in db.execute(sql, [json.dumps(ids)]).fetchall()]


def entities_of(db: Database, members: list[str]) -> set[str]:
    sql = "select distinct entity_id from document_entities where id in (select value from json_each(?))"
    return {id for (id,) in db.execute(sql, [json.dumps(members)]).fetchall()}


def test_aliases_are_all_the_other_forms(db: Database) -> None:
    done = merge(db, ["Amara Nwosu", "Amara Vale-Nwosu"])
    (aliases,) = db.execute("select aliases from entities where id = ?", [done.after[0].id]).fetchone()
    assert {done.after[0].name, *json.loads(aliases)} == {"Amara Nwosu", "Amara Vale-Nwosu"}
