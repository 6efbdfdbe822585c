"""Somebody who was removed stays so, whatever is read or brought later, until it is lifted; and namesakes are let be."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.ingest.errors import EntityProblem, NotFound
from goalmap.store.batches import By
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer
from goalmap.store.entities import decisions as entity_decisions
from goalmap.store.entities.gazetteer import import_gazetteer
from goalmap.store.exchange.taking import import_decisions
from goalmap.store.forgetting.forget import forget
from goalmap.store.forgetting.record import forgettings, lift, withheld
from goalmap.store.ledgers import Record
from goalmap.store.load import Outcome
from goalmap.store.masking.marks import MARK
from goalmap.store.masking.words import plain
from goalmap.store.review.export import export_queue
from goalmap.store.review.rows import Filters
from goalmap.store.review.taking import import_queue
from goalmap.store.transfer import copy_store
from tests.forgetting import NAME, SURNAME, cells, fill, history_of, write_files

Ingest = Callable[..., Outcome]
TEXTS = "select p.id, p.text, p.heading, p.seal from passages p where retired_at is null order by p.id"


@pytest.fixture
def read(db: Database, files: Path, ingest_files: Ingest) -> Database:
    """Files that name somebody, read."""
    write_files(files)
    ingest_files()
    return db


def naming(db: Database) -> list[tuple[str, str, str]]:
    return [cell for cell in cells(db) if SURNAME in plain(cell[2].replace("\\u00e9", "é"))]


def texts_of(db: Database, name: str) -> list[str]:
    sql = "select p.text from passages p join documents d on d.id = p.document_id where d.path like ? and p.retired_at is null order by p.position"
    return [text for (text,) in db.execute(sql, [f"%{name}"]).fetchall()]


# Reading


def test_files_read_again_give_the_same_passages_with_the_same_marks(read: Database, ingest_files: Ingest) -> None:
    forget(read, NAME)
    before = read.execute(TEXTS).fetchall()
    with immediate(read):
        read.execute("update documents set fingerprint = 'of an older goalmap'")
    outcome = ingest_files()
    assert (outcome.found, outcome.unchanged, outcome.missing) == (4, 0, 0)
    assert read.execute(TEXTS).fetchall() == before
    assert naming(read) == []
    assert len(withheld(read)) == 3


def test_files_that_did_not_change_are_known_though_their_paths_are_masked(
    read: Database, ingest_files: Ingest
) -> None:
    forget(read, NAME)
    outcome = ingest_files()
    assert (outcome.unchanged, outcome.missing) == (4, 0)
    paths = [Path(path).name for (path,) in read.execute("select path from documents order by path").fetchall()]
    assert sum(MARK in path for path in paths) == 2
    assert naming(read) == []


def test_a_file_that_moved_keeps_its_document(read: Database, files: Path, ingest_files: Ingest) -> None:
    forget(read, NAME)
    ids = read.execute("select id from documents order by id").fetchall()
    (files / "older").mkdir()
    (files / "amara-osheyé.txt").rename(files / "older" / "amara-osheyé.txt")
    ingest_files()
    assert read.execute("select id from documents order by id").fetchall() == ids
    assert naming(read) == []


def test_two_files_whose_names_are_masked_alike_are_two(read: Database, files: Path, ingest_files: Ingest) -> None:
    forget(read, NAME)
    for name in ("Amara_Osheye.txt", "Amara Osheye.txt", "AMARA OSHEYE.txt"):
        (files / name).write_text(f"About {name}: @Amara_Osheyé came")
    assert ingest_files().found == 7
    assert ingest_files().unchanged == 7
    assert naming(read) == []


def test_a_new_document_with_the_full_name_is_masked_and_parts_of_the_name_in_it(
    read: Database, files: Path, ingest_files: Ingest
) -> None:
    forget(read, NAME)
    (files / "new.txt").write_text("A new post\nAMARA OSHEYE joins the board.\nDr Osheyé said so.\nThe Osheyes of old")
    ingest_files()
    assert texts_of(read, "new.txt") == [
        "A new post", f"{MARK * 5} {MARK * 6} joins the board.", f"Dr {MARK * 6} said so.", "The Osheyes of old",
    ]  # fmt: skip


def test_a_part_of_the_name_in_a_new_document_may_be_somebody_else(
    read: Database, files: Path, ingest_files: Ingest
) -> None:
    forget(read, NAME)
    (files / "new.txt").write_text("@Peter_Osheyé and Amara Reed\nMr Osheyé said so.")
    ingest_files()
    assert texts_of(read, "new.txt") == ["@Peter_Osheyé and Amara Reed", "Mr Osheyé said so."]


def test_a_redacted_file_is_shown_again(read: Database, files: Path, ingest_files: Ingest) -> None:
    forget(read, NAME)
    (files / "report.txt").write_text("Report\n#8 The trust opened a centre.\n")
    ingest_files()
    assert len(withheld(read)) == 2


def test_a_copy_of_a_withheld_file_is_withheld_too(read: Database, files: Path, ingest_files: Ingest) -> None:
    forget(read, NAME)
    shutil.copy(files / "report.txt", files / "again.txt")
    ingest_files()
    assert {Path(path).name for path in withheld(read)} >= {"report.txt", "again.txt"}


# What people bring


def test_a_queue_from_before_is_read_back_with_marks_and_only_once(read: Database, tmp_path: Path) -> None:
    export_queue(read, tmp_path / "queue.csv", Filters())
    forget(read, NAME)
    lines = (tmp_path / "queue.csv").read_text("utf-8-sig").splitlines()
    verdict, note = lines[0].split(",").index("verdict"), lines[0].split(",").index("note")
    answer_in(tmp_path / "queue.csv", verdict, note)
    first = import_queue(read, tmp_path / "queue.csv", NAME)
    assert (first.problems, first.conflicts) == ((), ())
    assert first.decided == first.rows == 5
    assert naming(read) == []
    assert import_queue(read, tmp_path / "queue.csv", NAME).decided == 0


def answer_in(queue: Path, verdict: int, note: int) -> None:
    import csv

    with queue.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        row[verdict], row[note] = "accepted", f"as {NAME} says"
    with queue.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def test_decisions_brought_from_before_find_their_passages_and_stay_masked(
    read: Database, files: Path, tmp_path: Path
) -> None:
    fill(read, files)
    with immediate(read):
        read.execute("delete from waiting_decisions")
    history = history_of(read, files)
    forget(read, NAME)
    decisions = read.execute("select count(*) from decisions").fetchone()
    taken = import_decisions(read, history)
    assert (taken.added, taken.waiting, taken.conflicts) == (0, (), ())
    assert read.execute("select count(*) from decisions").fetchone() == decisions
    assert naming(read) == []


def test_what_is_said_on_a_page_is_masked(read: Database) -> None:
    forget(read, NAME)
    (passage, goal) = read.execute("select passage_id, goal_id from proposals order by passage_id").fetchone()
    with immediate(read):
        Record().add(
            read, {(passage, goal): Answer("accepted", goal, note=f"{NAME} again", reviewer="Ann")}, "review page"
        )
    assert read.execute("select note from decisions").fetchall() == [(f"{MARK * 5} {MARK * 6} again",)]


def test_a_list_of_names_brings_nobody_back(read: Database, tmp_path: Path) -> None:
    forget(read, NAME)
    (tmp_path / "people.csv").write_text(f"kind,name\nperson,{NAME}\norganisation,Lockgate Trust\n", "utf-8")
    for _ in range(2):
        import_gazetteer(read, tmp_path / "people.csv")
        assert read.execute("select name from gazetteer").fetchall() == [("Lockgate Trust",)]


@pytest.mark.sqlite_only("a copy is made as a file")
def test_a_copy_of_the_database_keeps_the_person_out_too(read: Database, files: Path, tmp_path: Path) -> None:
    forget(read, NAME)
    copy_store(tmp_path / "goalmap.db", tmp_path / "copy.db")
    with closing(open_database(tmp_path / "copy.db")) as copy, immediate(copy):
        assert naming(copy) == []
        assert [one.id for one in forgettings(copy)] == ["f1"]
        copy.execute("update documents set title = title")
        copy.table("readings").insert({"id": "r1", "created": "2026", "readers": "[]", "note": f"For {NAME}"})
    with closing(open_database(tmp_path / "copy.db")) as copy:
        assert naming(copy) == []


# Lifting


def test_what_is_lifted_is_read_again(read: Database, ingest_files: Ingest) -> None:
    before = read.execute(TEXTS).fetchall()
    forget(read, NAME)
    lifted = lift(read, "f1", "Officer")
    assert lifted.lifted_by == "Officer"
    assert read.execute("select count(*) from forgotten_names").fetchone() == (0,)
    assert read.execute("select count(*) from forgetting_key").fetchone() == (0,)
    assert naming(read) == []
    ingest_files()
    assert read.execute(TEXTS).fetchall() == before
    assert withheld(read) == []


def test_only_what_is_in_force_can_be_lifted(read: Database) -> None:
    with pytest.raises(NotFound, match="There are: none"):
        lift(read, "f1")
    forget(read, NAME)
    lift(read, "f1")
    with pytest.raises(NotFound, match="No removal 'f1' is in force"):
        lift(read, "f1")


def test_two_people_are_kept_out_side_by_side(read: Database, ingest_files: Ingest) -> None:
    forget(read, NAME)
    forget(read, "Tom Reed")
    with immediate(read):
        read.execute("update documents set fingerprint = ''")
    ingest_files()
    assert naming(read) == []
    assert [cell for cell in cells(read) if "reed" in cell[2].lower()] == []
    lift(read, "f1")
    ingest_files()
    assert naming(read) != []
    assert [cell for cell in cells(read) if "reed" in cell[2].lower()] == []


# Namesakes


@pytest.fixture
def namesakes(db: Database, files: Path, ingest_files: Ingest) -> dict[str, str]:
    """Two people of one name, each in a document of their own; the id of each by the document's name."""
    for name in ("north", "south"):
        (files / f"{name}.txt").write_text(
            f"In the {name}\n@Jo_Brackett opened it.\nJo Brackett of the {name} was there."
        )
    (files / "both.txt").write_text("Nobody is tagged here\nJo Brackett, wherever from")
    ingest_files()
    entity_decisions.split(db, "Jo Brackett", (), ("north.txt",), By("ann"))
    sql = "select d.path, e.entity_id from document_entities e join documents d on d.id = e.document_id"
    return {Path(path).stem: id for path, id in db.execute(sql).fetchall()}


def test_a_name_of_several_is_refused_with_who_they_are(db: Database, namesakes: dict[str, str]) -> None:
    with pytest.raises(EntityProblem) as told:
        forget(db, "Jo Brackett")
    assert all(id in str(told.value) for id in namesakes.values())


def test_a_namesake_stays_where_they_are_named(
    db: Database, files: Path, namesakes: dict[str, str], ingest_files: Ingest
) -> None:
    done = forget(db, namesakes["north"])
    assert done.person.has_namesakes
    masked = ["In the north", f"{MARK * 11} opened it.", f"{MARK * 2} {MARK * 8} of the north was there."]
    assert texts_of(db, "north.txt")[0] == masked[0]
    assert "Brackett" not in " ".join(texts_of(db, "north.txt"))
    assert "Jo Brackett of the south was there." in texts_of(db, "south.txt")
    assert "Jo Brackett, wherever from" in texts_of(db, "both.txt")
    with immediate(db):
        db.execute("update documents set fingerprint = ''")
    (files / "new.txt").write_text("@Jo_Brackett was here")
    ingest_files()
    assert "Brackett" not in " ".join(texts_of(db, "north.txt"))
    assert "Jo Brackett of the south was there." in texts_of(db, "south.txt")
    assert texts_of(db, "new.txt") == ["@Jo_Brackett was here"]


def test_a_name_that_nobody_here_has_is_kept_out_from_the_start(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    done = forget(db, "Dr Amara Osheyé")
    assert (done.person.entity_id, done.counts) == (None, {})
    write_files(files)
    ingest_files()
    assert naming(db) == []


@pytest.mark.parametrize("said", ["Osheyé", "Dr", "", "nobody"])
def test_a_part_of_a_name_says_nobody(db: Database, said: str) -> None:
    with pytest.raises(EntityProblem, match="Give a full name"):
        forget(db, said)


def test_somebody_else_of_the_same_given_name_stays_in_the_same_document(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    (files / "two.txt").write_text(
        "@Amara_Osheyé spoke\nWe met @Amara, an apprentice\nThen @Osheyé left with Dr Osheyé"
    )
    ingest_files()
    forget(db, NAME)
    with immediate(db):
        db.execute("update documents set fingerprint = ''")
    for _ in range(2):
        assert texts_of(db, "two.txt")[1] == "We met @Amara, an apprentice"
        assert SURNAME not in plain(" ".join(texts_of(db, "two.txt")))
        ingest_files()


def test_a_part_of_a_name_that_was_said_to_be_the_person_goes_too(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    (files / "full.txt").write_text("@Amara_Osheyé spoke")
    (files / "short.txt").write_text("We met @Amara there")
    ingest_files()
    ids = [id for (id,) in db.execute("select id from entities order by length(name) desc").fetchall()]
    entity_decisions.merge(db, ids, By("ann"))
    forget(db, NAME)
    for _ in range(2):
        assert "amara" not in plain(" ".join(texts_of(db, "short.txt")))
        with immediate(db):
            db.execute("update documents set fingerprint = ''")
        ingest_files()
