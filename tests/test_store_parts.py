"""Attachments and members of archives: documents of their own that come, move and go with the file they lie in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.store.contents.summary import summarise
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, decide

GOAL = "purpose-goals/8"
CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8"
SHOP = "Our shop sells furniture that people made again from wood #9"
MAIL = f"Please find our news attached.\n=== clinic.txt\n{CLINIC}\n=== shops/shop.txt\n{SHOP}\n"
Ingest = Callable[..., Any]


def accept(db: Database, text: str) -> None:
    (passage,) = db.execute("select id from passages where text = ? and retired_at is null", [text]).fetchone()
    with immediate(db):
        decide(db, {(passage, GOAL): Answer("accepted", GOAL)}, "test")


def decided(db: Database) -> list[str]:
    """The path, under the folder, of each document that is there with a decision on a passage in force."""
    sql = """
        select d.path from current_decisions c join passages p on p.id = c.passage_id
        join documents d on d.id = p.document_id where p.retired_at is null and d.missing_since is null order by 1
    """
    return [path.partition("/files/")[2] for (path,) in db.execute(sql).fetchall()]


def listed(db: Database) -> dict[str, dict[str, Any]]:
    return {row["path"].partition("/files/")[2]: row for row in db.query("select * from documents")}


def test_each_part_is_a_document_that_knows_its_outer_file(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.eml").write_text(MAIL)
    outcome = ingest_files()
    found = listed(db)
    assert list(found) == ["a.eml", "a.eml/clinic.txt", "a.eml/shops/shop.txt"]
    assert {row["parent_id"] for row in found.values()} == {None, found["a.eml"]["id"]}
    assert outcome.statuses == {"ok": 3}
    assert ingest_files().unchanged == 1


@pytest.mark.parametrize("place", ["b.eml", "sub/a.eml"])
def test_parts_move_with_their_file_and_keep_their_decisions(
    db: Database, files: Path, ingest_files: Ingest, place: str
) -> None:
    (files / "a.eml").write_text(MAIL)
    ingest_files()
    accept(db, CLINIC)
    ids = {row["id"] for row in db.query("select id from documents")}
    (files / "sub").mkdir()
    (files / "a.eml").rename(files / place)
    ingest_files()
    assert set(listed(db)) == {place, f"{place}/clinic.txt", f"{place}/shops/shop.txt"}
    assert {row["id"] for row in db.query("select id from documents")} == ids
    assert decided(db) == [f"{place}/clinic.txt"]


def test_a_part_that_is_renamed_hands_its_decisions_on(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.eml").write_text(MAIL)
    ingest_files()
    accept(db, CLINIC)
    (files / "a.eml").write_text(MAIL.replace("clinic.txt", "final.txt"))
    ingest_files()
    assert decided(db) == ["a.eml/final.txt"]
    assert listed(db)["a.eml/clinic.txt"]["missing_since"]


def test_a_part_that_is_gone_is_listed_as_missing_and_comes_back_with_its_decisions(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    (files / "a.eml").write_text(MAIL)
    ingest_files()
    accept(db, CLINIC)
    (files / "a.eml").write_text(MAIL.partition("===")[0])
    ingest_files()
    assert len(summarise(db).missing) == 2
    assert decided(db) == []
    (files / "a.eml").write_text(MAIL)
    ingest_files()
    assert summarise(db).missing == ()
    assert decided(db) == ["a.eml/clinic.txt"]


def test_parts_of_a_file_that_is_gone_are_missing_with_it(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.eml").write_text(MAIL)
    ingest_files()
    (files / "a.eml").unlink()
    assert ingest_files().missing == 1
    assert len(summarise(db).missing) == 3


def test_parts_of_a_file_that_cannot_be_read_this_time_are_kept(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    (files / "a.eml").write_text(MAIL.partition("\n")[2])
    ingest_files()
    accept(db, CLINIC)
    (files / "a.eml").write_text("FAIL")
    ingest_files()
    assert decided(db) == ["a.eml/clinic.txt"]


def test_decisions_in_a_copied_archive_go_on_with_the_copy_when_the_first_is_edited(
    db: Database, files: Path, ingest_files: Ingest
) -> None:
    for name in ("a.eml", "b.eml"):
        (files / name).write_text(MAIL)
    ingest_files()
    assert set(listed(db)) == {"a.eml", "a.eml/clinic.txt", "a.eml/shops/shop.txt", "b.eml"}
    accept(db, CLINIC)
    (files / "a.eml").write_text("Nothing attached.")
    ingest_files()
    assert decided(db) == ["b.eml/clinic.txt"]


def test_a_folder_may_take_the_place_of_an_archive(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.zip").write_text(MAIL)
    ingest_files()
    (files / "a.zip").unlink()
    (files / "a.zip").mkdir()
    (files / "a.zip" / "clinic.txt").write_text(f"{CLINIC} and more")
    ingest_files()
    assert listed(db)["a.zip/clinic.txt"]["parent_id"] is None
    assert len(summarise(db).missing) == 3


def test_a_part_that_fails_is_tried_again_with_its_file(db: Database, files: Path, ingest_files: Ingest) -> None:
    (files / "a.eml").write_text(MAIL + "=== bad.pdf\nFAIL\n")
    assert ingest_files().failures == 1
    assert ingest_files(again=True).statuses == {"ok": 3, "failed": 1}
