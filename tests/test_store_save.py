"""Passages, names and decisions of a file that is read again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.extract.names import Entity, EntityKind
from goalmap.ingest.document import Kind, Passage
from goalmap.store.carry import heirs
from goalmap.store.contents.summary import summarise
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, decide
from goalmap.store.entities.names import entity_id
from goalmap.store.loading.save import passage_ids

GOAL = "purpose-goals/8"
CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8"
EDITED = CLINIC.replace("three", "four")
SHOP = "Our shop sells furniture that people made again from wood #9"
Reread = Callable[[str], None]


@pytest.fixture
def reread(files: Path, ingest_files: Callable[..., Any]) -> Reread:
    def reread(text: str) -> None:
        (files / "a.txt").write_text(text)
        ingest_files()

    return reread


def answer(db: Database, text: str, verdict: str = "accepted") -> str:
    (passage,) = db.execute("select id from passages where text = ? and retired_at is null", [text]).fetchone()
    with immediate(db):
        decide(db, {(passage, GOAL): Answer(verdict, GOAL, note=f"on {text[:9]}", reviewer="Ann")}, "test")
    return str(passage)


def standing(db: Database) -> dict[str, str]:
    """The verdict on each passage in force that has one."""
    sql = """
        select p.text, c.verdict from current_decisions c join passages p on p.id = c.passage_id
        where p.retired_at is null
    """
    return dict(db.execute(sql).fetchall())


def unattached(db: Database) -> list[tuple[str, str]]:
    return [(decision.passage, decision.verdict) for decision in summarise(db).unattached]


def test_an_id_survives_an_edited_neighbour_and_a_better_parser() -> None:
    before = passage_ids("d1", [Passage(0, Kind.BODY, SHOP), Passage(1, Kind.BODY, CLINIC)])
    after = passage_ids(
        "d1", [Passage(0, Kind.TITLE, "News"), Passage(1, Kind.LIST_ITEM, f"• {CLINIC.replace(' ', '  ')}")]
    )
    assert before[1] == after[1]
    assert len(set(before + after)) == 3


def test_the_same_text_twice_in_a_file_has_two_ids() -> None:
    assert len(set(passage_ids("d1", [Passage(0, Kind.BODY, CLINIC), Passage(1, Kind.BODY, CLINIC)]))) == 2


def test_a_passage_of_signs_alone_has_an_id() -> None:
    assert len(set(passage_ids("d1", [Passage(0, Kind.BODY, "***"), Passage(1, Kind.BODY, "---")]))) == 2


def test_an_edited_passage_keeps_its_decisions(db: Database, reread: Reread) -> None:
    reread(CLINIC)
    old = answer(db, CLINIC)
    reread(EDITED)
    assert standing(db) == {EDITED: "accepted"}
    assert unattached(db) == []
    carried = next(db.query("select * from decisions order by id desc"))
    assert (carried["source"], carried["reviewer"], carried["note"]) == (
        f"carried over from {old}",
        "Ann",
        "on We opened",
    )


def test_a_decision_on_a_deleted_passage_is_listed_not_dropped(db: Database, reread: Reread) -> None:
    reread(f"{CLINIC}\n{SHOP}")
    answer(db, CLINIC)
    reread(SHOP)
    assert standing(db) == {}
    assert unattached(db) == [(CLINIC, "accepted")]
    assert db.execute("select count(*) from proposals").fetchone() == (1,)


def test_a_passage_that_comes_back_has_its_decisions_again(db: Database, reread: Reread) -> None:
    reread(f"{CLINIC}\n{SHOP}")
    answer(db, CLINIC)
    reread(SHOP)
    reread(f"{SHOP}\n{CLINIC}")
    assert standing(db) == {CLINIC: "accepted"}
    assert unattached(db) == []


def test_a_deleted_passage_does_not_give_its_decision_to_a_like_one_that_was_there_before(
    db: Database, reread: Reread
) -> None:
    reread(f"{CLINIC}\n{EDITED}")
    answer(db, CLINIC, "rejected")
    reread(EDITED)
    assert standing(db) == {}
    assert unattached(db) == [(CLINIC, "rejected")]


def test_a_passage_that_is_deleted_and_later_written_anew_gets_its_decisions(db: Database, reread: Reread) -> None:
    reread(f"{CLINIC}\n{SHOP}")
    answer(db, CLINIC)
    reread(SHOP)
    reread(f"{SHOP}\n{EDITED}")
    assert standing(db) == {EDITED: "accepted"}
    assert unattached(db) == []


def test_of_two_like_passages_each_goes_to_the_likest() -> None:
    gone = {"a": "Hospital one took on twelve apprentices", "b": "Hospital two took on twelve apprentices"}
    appeared = {"x": "Hospital two took on twelve apprentices.", "y": "Hospital one took on thirteen apprentices"}
    assert dict(heirs(gone, appeared)) == {"a": "y", "b": "x"}


def test_the_later_answer_wins_however_often_the_text_goes_back_and_forth(db: Database, reread: Reread) -> None:
    reread(CLINIC)
    answer(db, CLINIC, "accepted")
    reread(EDITED)
    answer(db, EDITED, "rejected")
    reread(CLINIC)
    assert standing(db) == {CLINIC: "rejected"}
    answer(db, CLINIC, "accepted")
    reread(EDITED)
    assert standing(db) == {EDITED: "accepted"}
    reread(EDITED.replace("old", "former"))
    assert list(standing(db).values()) == ["accepted"]
    assert unattached(db) == []


def test_a_second_reading_adds_no_decision(db: Database, reread: Reread) -> None:
    reread(CLINIC)
    answer(db, CLINIC)
    reread(EDITED)
    before = db.execute("select count(*) from decisions").fetchone()
    reread(f"{EDITED}\n{SHOP}")
    assert db.execute("select count(*) from decisions").fetchone() == before


def test_goals_of_a_passage_are_those_proposed_or_decided_less_the_rejected(db: Database, reread: Reread) -> None:
    text = f"{CLINIC} #9 #12"
    reread(text)
    (passage,) = db.execute("select id from passages").fetchone()
    answers = {
        (passage, GOAL): Answer("rejected", GOAL),
        (passage, "purpose-goals/9"): Answer("changed", "purpose-goals/11"),
        (passage, "purpose-goals/3"): Answer("added", "purpose-goals/3"),
    }
    decide(db, answers, "test")
    reread(f"{text}\n{SHOP}")
    (goals,) = db.execute("select goals from passages where id = ?", [passage]).fetchone()
    assert json.loads(goals) == ["3", "11", "12"]


def test_a_search_finds_the_words_of_today(db: Database, reread: Reread) -> None:
    reread(CLINIC)
    reread(SHOP)
    sql = "select p.text from passages_fts f join passages p on p.rowid = f.rowid where passages_fts match ?"
    found = {query: [text for (text,) in db.execute(sql, [query])] for query in ("clinic", "furniture")}
    assert found == {"clinic": [], "furniture": [SHOP]}


def test_a_person_known_by_one_name_belongs_to_one_document() -> None:
    full, short = Entity(EntityKind.PERSON, "Amara Nwosu"), Entity(EntityKind.PERSON, "Amara")
    assert entity_id(full, "d1") == entity_id(full, "d2")
    assert entity_id(short, "d1") != entity_id(short, "d2")
    organisation = Entity(EntityKind.ORGANISATION, "Severnholme")
    assert entity_id(organisation, "d1") == entity_id(organisation, "d2")


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_the_name_of_an_entity_does_not_depend_on_the_order_of_the_files(
    db: Database, files: Path, ingest_files: Callable[..., Any], order: tuple[str, str]
) -> None:
    texts = {"a": "@AMARA_NWOSU spoke", "b": "@Amara_Nwosu spoke"}
    for name in order:
        (files / f"{name}.txt").write_text(texts[name])
        ingest_files()
    (entity,) = db.query("select name, aliases from entities")
    assert entity == {"name": "Amara Nwosu", "aliases": '["AMARA NWOSU"]'}
