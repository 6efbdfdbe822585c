"""Models learnt from decisions: read from the database, kept in it, one in use or none."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.classify.learning import Learnt
from goalmap.classify.model.model import load_model
from goalmap.ingest.errors import FrameworkProblem, NotFound, UnknownName
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, decide
from goalmap.store.learning.lessons import decided, decided_frameworks, waiting
from goalmap.store.learning.models import activate, back, keep, kept, supplied
from goalmap.store.loading.save import save_frameworks
from goalmap.store.own_frameworks import adopt, known

FRAMEWORK = "nhs-anchor"
IngestFiles = Callable[..., object]


def learnt(threshold: float) -> Learnt:
    """A model that differs from the shipped one by its threshold."""
    model = load_model(FRAMEWORK)
    weighings = {mode: replace(one, threshold=threshold) for mode, one in model.weighings.items()}
    return Learnt(FRAMEWORK, replace(model, weighings=weighings), 30, 3, {})


@pytest.fixture
def models(db: Database) -> list[str]:
    """Three models that were kept, of which the second did not earn its place."""
    save_frameworks(db, [FRAMEWORK])
    return [keep(db, learnt(threshold), 40, threshold != 0.2) for threshold in (0.1, 0.2, 0.3)]


def used(db: Database) -> list[str]:
    return [one.id for one in kept(db) if one.active]


# Kept


def test_a_model_is_kept_with_what_is_known_of_it_and_not_yet_used(db: Database, models: list[str]) -> None:
    first, second, _ = kept(db, FRAMEWORK)
    assert [one.id for one in kept(db)] == models
    assert (first.decisions, first.passages, first.documents, first.earned) == (40, 30, 3, True)
    assert first.is_current
    assert not second.earned
    assert first.figures["model"] == first.name
    assert used(db) == []
    assert kept(db, "un-sdgs") == []


def test_the_same_model_is_kept_once(db: Database, models: list[str]) -> None:
    assert keep(db, learnt(0.1), 40, earned=True) == models[0]
    assert len(kept(db)) == 3


@pytest.mark.parametrize(
    "sql", ["delete from models", "update models set state = state", "update models set earned = 1"]
)
def test_a_model_is_never_changed_or_deleted(db: Database, models: list[str], sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="kept as they are"), immediate(db):
        db.execute(sql)
    assert len(kept(db)) == len(models)


def test_of_each_framework_one_model_is_in_use(db: Database, models: list[str]) -> None:
    for id in models:
        framework, now = activate(db, id)
        assert (framework, now.id, now.active) == (FRAMEWORK, id, True)
        assert used(db) == [id]


def test_going_back_leads_to_the_earlier_model_that_earned_its_place_then_to_the_shipped_one(
    db: Database, models: list[str]
) -> None:
    activate(db, models[2])
    framework, earlier = back(db)
    assert framework == FRAMEWORK
    assert earlier is not None
    assert used(db) == [earlier.id] == [models[0]]
    assert back(db, FRAMEWORK) == (FRAMEWORK, None)
    assert used(db) == []
    with pytest.raises(NotFound, match="No model that learnt"):
        back(db)


def test_a_model_that_is_not_there_is_answered_with_those_that_are(db: Database, models: list[str]) -> None:
    with pytest.raises(UnknownName, match=models[1]):
        activate(db, "m000")


# Given to a run


def test_a_run_is_given_the_model_in_use_and_nothing_where_the_shipped_one_is(db: Database, models: list[str]) -> None:
    assert supplied(db, [FRAMEWORK]) == ()
    activate(db, models[1])
    (given,) = supplied(db, ["purpose-goals", FRAMEWORK])
    assert (given.framework, given.toml, given.model_name) == (FRAMEWORK, None, kept(db)[1].name)
    assert given.model is not None


def test_a_model_that_corrects_another_one_than_is_at_hand_is_out_of_use(db: Database, models: list[str]) -> None:
    row = db.table("models").get(models[0])
    db.table("models").insert({**row, "id": "mold", "basis": "earlier", "active": 1})
    assert supplied(db, [FRAMEWORK]) == ()
    assert not kept(db)[-1].is_current
    with pytest.raises(NotFound, match="Learn again"):
        activate(db, "mold")


# Read


@pytest.fixture
def passages(db: Database, files: Path, ingest_files: IngestFiles) -> list[str]:
    """Passages for which goals 8 and 9, 8, and 8 are proposed; the last says in another document what the second says."""
    copied = "We opened a shop for the neighbours of the hospital on the High Street last May #8"
    (files / "a.txt").write_text(f"We opened a clinic #8 #9\n{copied}\n")
    (files / "b.txt").write_text(f"{copied}\nSomething else is told here\n")
    ingest_files()
    rows = db.execute("select id from passages where text like '%#%' order by copy_of is not null, position").fetchall()
    return [id for (id,) in rows]


def accept(db: Database, *slots: tuple[str, str], verdict: str = "accepted") -> None:
    with immediate(db):
        decide(db, {(passage, f"purpose-goals/{code}"): Answer(verdict) for passage, code in slots}, "test")


def test_only_current_decisions_are_read_in_the_order_they_were_made(db: Database, passages: list[str]) -> None:
    accept(db, (passages[1], "8"), (passages[0], "8"))
    accept(db, (passages[1], "8"), verdict="rejected")
    assert [(one.passage, one.verdict, one.proposed) for one in decided(db, "purpose-goals")] == [
        (passages[0], "accepted", "8"),
        (passages[1], "rejected", "8"),
    ]
    assert decided_frameworks(db) == ["purpose-goals"]
    assert decided(db, "un-sdgs") == []


def test_a_copy_does_not_count_beside_what_it_is_a_copy_of(db: Database, passages: list[str]) -> None:
    accept(db, (passages[1], "8"), (passages[2], "8"))
    assert [one.passage for one in decided(db, "purpose-goals")] == [passages[1]]


def test_goals_that_were_proposed_and_not_decided_on_wait(db: Database, passages: list[str]) -> None:
    accept(db, (passages[0], "8"))
    assert waiting(db, "purpose-goals", {passages[0]}) == {passages[0]: frozenset({"9"})}


def test_a_framework_that_nothing_can_be_learnt_from_is_answered_with_what_to_do(db: Database) -> None:
    with pytest.raises(FrameworkProblem, match=r"bare cannot be learnt .* write more exemplars"):
        adopt(db, 'id = "bare"\nname = "Bare"\nversion = "1"\n[[goals]]\ncode = "1"\nname = "Water"\n')
    assert "bare" not in known(db)
