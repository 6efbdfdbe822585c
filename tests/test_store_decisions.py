"""Decisions: added, never changed, the latest counts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.classify.model.heads import STAGES as STAGES_OF_MODELS
from goalmap.ingest.errors import UnknownName
from goalmap.store.database import immediate
from goalmap.store.decisions import STAGES, VERDICTS, Answer, Slot, current_answers, decide

GOAL = "purpose-goals/8"


@pytest.fixture
def slot(db: Database, files: Path, ingest_files: Callable[..., object]) -> Slot:
    (files / "a.txt").write_text("We opened a clinic #8\nWe opened a shop #9\n")
    ingest_files()
    (passage_id,) = db.execute("select id from passages where position = 0").fetchone()
    return passage_id, GOAL


def test_the_latest_answer_is_the_current_one(db: Database, slot: Slot) -> None:
    first, second = Answer("accepted", GOAL, "delivered"), Answer("rejected", GOAL, note="only a visit", reviewer="Ann")
    for answer in (first, second):
        decide(db, {slot: answer}, "test")
    assert current_answers(db, [slot]) == {slot: second}
    assert db.execute("select count(*) from decisions").fetchone() == (2,)


def test_only_the_slots_that_are_asked_for_are_answered(db: Database, slot: Slot) -> None:
    decide(db, {slot: Answer("accepted", GOAL)}, "test")
    assert current_answers(db, [(slot[0], "purpose-goals/9"), ("p'; drop table passages", GOAL)]) == {}
    assert current_answers(db, []) == {}


@pytest.mark.parametrize("answer", [Answer("perhaps", GOAL), Answer("", GOAL), Answer("accepted", GOAL, "soon")])
def test_an_answer_outside_the_lists_is_refused_with_those_there_are(db: Database, slot: Slot, answer: Answer) -> None:
    def decided() -> None:
        with immediate(db):
            decide(db, {slot: Answer("accepted", GOAL), ("p", GOAL): answer}, "test")

    with pytest.raises(UnknownName, match=r"There are: (accepted|delivered)"):
        decided()
    assert current_answers(db, [slot]) == {}


def test_stages_are_those_of_the_models() -> None:
    assert STAGES == STAGES_OF_MODELS
    assert len(set(VERDICTS)) == 4
