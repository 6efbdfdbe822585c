"""Somebody who is removed is nowhere in the database any more, what was decided stays, and it is on record."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.forgetting.forget import forget
from goalmap.store.forgetting.record import forgettings, withheld
from goalmap.store.forgetting.traces import BUSY, clean
from goalmap.store.ids import seal_of
from goalmap.store.load import Outcome
from goalmap.store.masking.marks import MARK, fits
from goalmap.store.masking.words import plain
from goalmap.store.memory import path_beside
from tests.forgetting import NAME, SURNAME, cells, fill, write_files

Ingest = Callable[..., Outcome]


@pytest.fixture
def filled(db: Database, files: Path, ingest_files: Ingest) -> Database:
    """A database in which somebody is named in every table."""
    write_files(files)
    ingest_files()
    fill(db, files)
    return db


def naming(db: Database) -> list[tuple[str, str, str]]:
    """The cells in which the surname stands."""
    return [cell for cell in cells(db) if SURNAME in plain(cell[2].replace("\\u00e9", "é"))]


def tables(found: list[tuple[str, str, str]]) -> set[str]:
    return {f"{table}.{column}" for table, column, _ in found}


# Nowhere


def test_the_name_stands_in_every_table_before(filled: Database) -> None:
    assert tables(naming(filled)) >= {
        "documents.path", "documents.title", "passages.text", "entities.name", "mentions.surface", "document_entities.forms",
        "document_entities.name", "document_entities.name_key", "entity_names.name", "entity_decisions.name_key",
        "entity_decisions.names", "entity_decisions.note", "gazetteer.name", "gazetteer.aliases", "decisions.note",
        "decisions.reviewer", "decisions.source", "withdrawals.reviewer", "reading_answers.note", "readings.readers",
        "readings.note", "exports.reader", "audit_answers.note", "activity_decisions.value", "activities.title",
        "activities.owner", "waiting_decisions.record", "waiting_decisions.text", "waiting_decisions.path", "runs.settings",
        "runs.command", "proposals.reason",
    }  # fmt: skip


def test_nothing_names_the_person_afterwards(filled: Database) -> None:
    done = forget(filled, NAME, f"Asked by {NAME}", "Data protection officer")
    assert naming(filled) == []
    assert done.counts["passages"] == 7
    assert filled.execute("pragma foreign_key_check").fetchall() == []


@pytest.mark.sqlite_only("bytes of files are looked through")
def test_no_byte_of_any_file_beside_the_database_has_the_name(filled: Database, tmp_path: Path) -> None:
    memory = path_beside(tmp_path / "goalmap.db")
    memory.write_bytes(b"this is no database, and names Osheye")
    forget(filled, NAME)
    assert clean(filled, memory) is None
    beside = [path for path in tmp_path.iterdir() if path.name.startswith("goalmap.db")]
    assert {path.name for path in beside} >= {"goalmap.db", "goalmap.db-wal"}
    for path in beside:
        data = path.read_bytes().lower()
        assert [form for form in ("osheyé", "osheye", "oshey\\u00e9") if form.encode() in data] == [], path.name


@pytest.mark.sqlite_only("bytes of files are looked through")
def test_what_somebody_else_keeps_open_is_told_and_cleaned_later(filled: Database, tmp_path: Path) -> None:
    memory = path_beside(tmp_path / "goalmap.db")
    with closing(sqlite3.connect(tmp_path / "goalmap.db")) as other:
        other.execute("begin")
        other.execute("select count(*) from passages").fetchone()
        forget(filled, NAME)
        assert clean(filled, memory) == BUSY
    assert clean(filled, memory) is None


def test_texts_keep_their_length_and_their_seals(filled: Database) -> None:
    before = dict(filled.execute("select id, text from passages").fetchall())
    forget(filled, NAME)
    after = filled.execute("select id, text, seal from passages").fetchall()
    assert {id for id, _, _ in after} == before.keys()
    assert all(fits(text, before[id]) and seal == seal_of(text) for id, text, seal in after)
    assert all(text[start:end] == surface for text, start, end, surface in surfaces(filled))


def surfaces(db: Database) -> Iterator[tuple[str, int, int, str]]:
    yield from db.execute(
        "select p.text, m.start, m.end, m.surface from mentions m join passages p on p.id = m.passage_id"
    )


def test_others_stay_as_they_are(filled: Database) -> None:
    named = "select count(*) from mentions m join entities e on e.id = m.entity_id where e.name = 'Tom Reed'"
    before = filled.execute(named).fetchone()
    untouched = "select * from passages where text like '%garden%' or text like '%Nobody else%' order by id"
    passages = filled.execute(untouched).fetchall()
    forget(filled, NAME)
    assert filled.execute(named).fetchone() == before
    assert filled.execute(untouched).fetchall() == passages
    assert filled.execute("select name from entities order by name").fetchall() == [("Tom Reed",), ("example",)]


# Decisions


def test_decisions_stay_and_only_the_name_in_them_is_masked(filled: Database) -> None:
    fixed = "select id, passage_id, goal_id, proposed_goal_id, verdict, stage, best_practice, decided_at from decisions order by id"
    before, notes = filled.execute(fixed).fetchall(), [note for (note,) in filled.execute("select note from decisions")]
    forget(filled, NAME)
    assert filled.execute(fixed).fetchall() == before
    after = [note for (note,) in filled.execute("select note from decisions").fetchall()]
    assert all(fits(new, old) for new, old in zip(after, notes, strict=True))
    assert after[0] == f"{MARK * 5} {MARK * 6} told us; {MARK * 6} knows"


@pytest.mark.parametrize(
    "change",
    [
        "verdict = 'rejected'", "note = null", "note = 'another'", "note = note || '.'", "decided_at = ''",
        "note = replace(note, 'told', 'TOLD') || ''", "goal_id = 'purpose-goals/1'", "reviewer = ''",
    ],
)  # fmt: skip
def test_no_other_change_of_a_decision_is_let_through(filled: Database, change: str) -> None:
    if "TOLD" in change:
        change = "note = replace(note, 'told', 'tell')"
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), immediate(filled):
        filled.execute(f"update decisions set {change} where id = 1")


def test_a_forgetting_itself_is_kept(filled: Database) -> None:
    forget(filled, NAME)
    for change in (
        "delete from forgettings",
        "update forgettings set forgotten_at = ''",
        "update forgettings set counts = '{}'",
    ):
        with pytest.raises(sqlite3.IntegrityError), immediate(filled):
            filled.execute(change)


# On record


def test_it_is_on_record_without_the_name(filled: Database, files: Path) -> None:
    done = forget(filled, NAME, f"Letter of {NAME}", "Officer")
    (kept,) = forgettings(filled)
    assert (kept.id, kept.reviewer, kept.reason) == (done.id, "Officer", f"Letter of {MARK * 5} {MARK * 6}")
    assert kept.counts == done.counts
    assert kept.documents == done.documents
    assert len(kept.documents) == 3
    assert {Path(path).name for path in done.files} == {"amara-osheyé.txt", "report.txt", "mail.txt"}
    assert len(withheld(filled)) == 3


def test_a_dry_run_says_the_same_and_writes_nothing(filled: Database) -> None:
    before = sorted(map(repr, cells(filled)))
    would_be = forget(filled, NAME, dry_run=True)
    assert sorted(map(repr, cells(filled))) == before
    assert forget(filled, NAME).counts == would_be.counts


def test_what_breaks_on_the_way_leaves_nothing_half_done(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(map(repr, cells(filled)))
    monkeypatch.setattr("goalmap.store.forgetting.forget._record", broken)
    with pytest.raises(OSError, match="disk"):
        forget(filled, NAME)
    assert sorted(map(repr, cells(filled))) == before


def broken(*_: object) -> None:
    raise OSError("the disk is full")
