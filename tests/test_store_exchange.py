"""Decisions moved between databases: found again, brought together, nothing lost, nothing overwritten in silence."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalmap.classify.pipeline import Settings
from goalmap.ingest.find import find
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer, Slot, withdraw
from goalmap.store.exchange.history import write_history
from goalmap.store.exchange.taking import Taken, import_decisions, try_again, write_conflicts
from goalmap.store.exchange.waiting import waiting
from goalmap.store.ids import stable_id
from goalmap.store.ledgers import Reading, Record
from goalmap.store.load import ingest
from goalmap.store.sheets.sheet import read_sheet
from tests.conftest import ByHand
from tests.dumping import dump

CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8"
SHOP = "Our shop sells furniture that people made again from old wood #9"
HOMES = "The council built two hundred warm homes by the river last year #12"
FILES = {"a.txt": f"{CLINIC}\n{SHOP}", "b.txt": HOMES}
EIGHT, NINE = "purpose-goals/8", "purpose-goals/9"
SAID = "select passage_id, goal_id, proposed_goal_id, verdict, stage, best_practice, note, reviewer, decided_at from "


class Desk:
    """A database with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "files").mkdir(parents=True)
        self.db = open_database(folder / "goalmap.db", create=True)

    def read(self, files: dict[str, str]) -> "Desk":
        for name, text in files.items():
            (self.folder / "files" / name).write_text(text)
        ingest(self.db, find([self.folder / "files"]), Settings(()), ByHand())
        return self

    def slot(self, text: str, goal: str = EIGHT) -> Slot:
        (id,) = self.db.execute(
            "select id from passages where text = ? and retired_at is null order by id limit 1", [text]
        ).fetchone()
        return id, goal

    def decide(self, text: str, verdict: str, goal: str = EIGHT, reviewer: str = "Ann", **more: Any) -> "Desk":
        with immediate(self.db):
            Record().add(self.db, {self.slot(text, goal): Answer(verdict, goal, reviewer=reviewer, **more)}, "browser")
        return self

    def take_back(self, text: str) -> "Desk":
        sql = "select max(id) from current_decisions where passage_id = ?"
        with immediate(self.db):
            withdraw(self.db, self.db.execute(sql, [self.slot(text)[0]]).fetchone(), "Ann", "browser")
        return self

    def export(self, name: str = "decisions.json") -> Path:
        write_history(self.db, self.folder / name)
        return self.folder / name

    def take(self, path: Path, dry_run: bool = False) -> Taken:
        return import_decisions(self.db, path, dry_run)

    def rows(self, table: str = "decisions") -> list[tuple[Any, ...]]:
        return self.db.execute(f"{SAID} {table} order by id").fetchall()

    def state(self) -> list[str]:
        return dump(self.db)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    desks: list[Desk] = []

    def make(name: str) -> Desk:
        desks.append(Desk(tmp_path / name))
        return desks[-1]

    yield make
    for one in desks:
        one.db.close()


@pytest.fixture
def here(desk: Callable[[str], Desk]) -> Desk:
    return desk("here").read(FILES)


@pytest.fixture
def there(desk: Callable[[str], Desk]) -> Desk:
    return desk("there").read(FILES)


def change(file: Path, edit: Callable[[dict[str, Any]], object], only: int | None = None) -> None:
    data = json.loads(file.read_text())
    for number, record in enumerate(data["decisions"]):
        if only in (None, number):
            edit(record)
    file.write_text(json.dumps(data))


# There and back.


def test_who_when_what_and_the_order_of_time_arrive_as_they_were(here: Desk, there: Desk) -> None:
    there.decide(CLINIC, "accepted", stage="delivered").decide(SHOP, "rejected", NINE, "Bob", note="only a wish, 'no'")
    there.decide(CLINIC, "accepted", best_practice=True, note="é 😀\nsecond line")
    taken = here.take(there.export())
    assert (taken.added, taken.found, taken.waiting) == (3, {"id": 3}, ())
    assert here.rows() == there.rows()
    assert here.rows("current_decisions") == there.rows("current_decisions")
    sources = {source for (source,) in here.db.execute("select source from decisions").fetchall()}
    assert sources == {"imported from decisions.json: browser"}
    assert here.db.execute("select count(*) from proposals where open = 0").fetchone() == (2,)
    assert here.db.execute("select goals from passages where text = ?", [SHOP]).fetchone() == ("[]",)


def test_importing_twice_equals_once_and_back_again_changes_nothing(here: Desk, there: Desk) -> None:
    there.decide(CLINIC, "accepted").decide(CLINIC, "rejected").decide(CLINIC, "accepted").take_back(CLINIC)
    file = there.export()
    here.take(file)
    before = here.state()
    again = here.take(file)
    assert (again.added, again.known, again.withdrawn, again.conflicts) == (0, 3, 0, ())
    assert here.state() == before
    before = there.state()
    there.take(here.export())
    assert there.state() == before


def test_the_same_answers_within_a_second_stay_as_many_and_in_order(here: Desk, there: Desk) -> None:
    for verdict in ("accepted", "rejected", "accepted"):
        there.decide(CLINIC, verdict)
    here.take(there.export())
    assert [row[3] for row in here.rows()] == ["accepted", "rejected", "accepted"]


def test_what_was_taken_back_there_is_taken_back_here(here: Desk, there: Desk) -> None:
    here.take(there.decide(CLINIC, "accepted").export())
    taken = here.take(there.take_back(CLINIC).export())
    assert (taken.added, taken.withdrawn) == (0, 1)
    assert here.rows("current_decisions") == []
    assert here.db.execute("select open from proposals where goal_id = ?", [EIGHT]).fetchone() == (1,)


def test_the_same_database_gives_the_same_bytes(there: Desk) -> None:
    there.decide(CLINIC, "accepted").take_back(CLINIC).decide(SHOP, "rejected", NINE)
    assert there.export().read_bytes() == there.export("again.json").read_bytes()


def test_the_file_says_what_the_machine_said(there: Desk) -> None:
    record = json.loads(there.decide(CLINIC, "accepted").export().read_text())["decisions"][0]
    assert record["machine"] == {"score": 0.9, "stage": "delivered", "model": "hand@1"}
    assert record["framework_version"] == "2022"


def test_a_dry_run_says_the_same_and_writes_nothing(here: Desk, there: Desk) -> None:
    file = there.decide(CLINIC, "accepted").export()
    before = here.state()
    assert here.take(file, dry_run=True).added == 1
    assert here.state() == before
    assert here.take(file).added == 1


# Finding the passage.


def test_a_passage_of_the_same_file_that_reads_nearly_the_same_is_the_same(here: Desk, there: Desk) -> None:
    file = there.decide(CLINIC, "accepted").export()
    change(file, lambda record: record["passage"].update(id="pelsewhere", text=CLINIC.replace("three", "3")))
    assert here.take(file).found == {"file and likeness": 1}
    assert here.rows()[0][0] == here.slot(CLINIC)[0]


def test_the_nearest_of_equal_texts_in_the_same_file_is_taken(desk: Callable[[str], Desk]) -> None:
    one = desk("one").read({"a.txt": f"{CLINIC}\n{SHOP}\n{CLINIC}"})
    ids = [id for (id,) in one.db.execute("select id from passages order by position").fetchall()]
    with immediate(one.db):
        Record().add(one.db, {(ids[2], EIGHT): Answer("accepted", EIGHT)}, "browser")
    file = one.export()
    change(file, lambda record: record["passage"].update(id="pelsewhere"))
    two = desk("two").read({"a.txt": f"{CLINIC}\n{SHOP}\n{CLINIC}"})
    assert two.take(file).found == {"file and text": 1}
    assert two.rows()[0][0] == ids[2]


def test_the_only_passage_that_reads_so_is_taken_whatever_its_file(desk: Callable[[str], Desk], there: Desk) -> None:
    other = desk("other").read({"c.txt": f"{CLINIC}\nA line that makes it another file"})
    assert other.take(there.decide(CLINIC, "accepted").export()).found == {"text": 1}
    assert [row[3] for row in other.rows()] == ["accepted"]


def test_of_several_that_read_so_none_is_taken(desk: Callable[[str], Desk], there: Desk) -> None:
    other = desk("other").read(
        {"c.txt": f"{CLINIC}\nThe bus runs on Sundays now", "d.txt": f"{CLINIC}\nNobody came to the second meeting"}
    )
    with immediate(other.db):
        other.db.execute("update passages set copy_of = null")
    taken = other.take(there.decide(CLINIC, "accepted").export())
    assert [one.reason for one in taken.waiting] == ["several passages"]
    assert other.rows() == []


def test_an_id_with_another_text_is_not_trusted(here: Desk, there: Desk) -> None:
    file = there.decide(CLINIC, "accepted").export()
    wrong = {"text": "Quite another matter that nobody here wrote down"}
    change(file, lambda record: (record["passage"].update(wrong), record["document"].update(sha256="0", id="d0")))
    assert [one.reason for one in here.take(file).waiting] == ["no passage"]


def test_a_decision_follows_its_passage_to_the_one_in_its_place(here: Desk, there: Desk) -> None:
    file = there.decide(CLINIC, "accepted").export()
    here.decide(CLINIC, "accepted", reviewer="Old").read({"a.txt": f"{CLINIC} today\n{SHOP}"})
    taken = here.take(file)
    assert taken.found == {"id": 1}
    assert taken.waiting == ()


# What waits.


def test_what_cannot_be_attached_waits_and_is_attached_once_its_document_is_read(
    desk: Callable[[str], Desk], there: Desk
) -> None:
    new = desk("new").read({"b.txt": HOMES})
    file = there.decide(CLINIC, "accepted").decide(CLINIC, "rejected", note="on reflection").export()
    assert [one.reason for one in new.take(file).waiting] == ["no passage", "no passage"]
    assert [one.text for one in waiting(new.db)] == [CLINIC, CLINIC]
    new.take(file)
    assert len(waiting(new.db)) == 2
    new.read(FILES)
    with immediate(new.db):
        attached = try_again(new.db)
    assert attached in (0, 2)  # an ingest may have done it already
    assert waiting(new.db) == ()
    assert new.rows() == there.rows()
    assert new.db.execute("select distinct source from decisions").fetchall() == [
        ("imported from decisions.json: browser",)
    ]


def test_a_goal_that_is_unknown_here_waits_with_that_reason(here: Desk, there: Desk) -> None:
    file = there.decide(CLINIC, "accepted").decide(SHOP, "accepted", NINE).export()
    change(file, lambda record: record.update(goal="our-goals/1", proposed_goal="our-goals/1"), only=0)
    taken = here.take(file)
    assert (taken.added, [one.reason for one in taken.waiting]) == (1, ["no goal"])


def test_another_version_of_a_framework_is_told(here: Desk, there: Desk) -> None:
    file = there.decide(CLINIC, "accepted").export()
    file.write_text(file.read_text().replace('"version": "2022"', '"version": "2031"'))
    taken = here.take(file)
    assert taken.added == 1
    assert "purpose-goals 2031" in taken.warnings[0]


# Two histories.


def test_another_answer_here_is_never_overwritten_but_listed(here: Desk, there: Desk, tmp_path: Path) -> None:
    here.decide(CLINIC, "rejected", reviewer="Bob", note="=1+1")
    file = there.decide(CLINIC, "accepted").export()
    taken = here.take(file)
    assert [(one.here.verdict, one.file.verdict) for one in taken.conflicts] == [("rejected", "accepted")]
    assert [row[3] for row in here.rows()] == ["rejected"]
    assert [one.reason for one in waiting(here.db)] == ["conflict"]
    write_conflicts(tmp_path / "conflicts.csv", taken.conflicts)
    assert b"'=1+1" in (tmp_path / "conflicts.csv").read_bytes()
    assert read_sheet(tmp_path / "conflicts.csv").lines[0].cells["here_note"] == "=1+1"
    assert len(here.take(file).conflicts) == 1


def test_a_conflict_is_settled_by_deciding_again(here: Desk, there: Desk) -> None:
    here.decide(CLINIC, "rejected", reviewer="Bob")
    file = there.decide(CLINIC, "accepted").export()
    here.take(file)
    here.decide(CLINIC, "rejected", reviewer="Cat", note="we looked again")
    assert here.take(file).conflicts == ()
    assert [row[7] for row in here.rows("current_decisions")] == ["Cat"]


def test_two_who_say_the_same_are_no_conflict(here: Desk, there: Desk) -> None:
    here.decide(CLINIC, "accepted", reviewer="Bob")
    taken = here.take(there.decide(CLINIC, "accepted").export())
    assert (taken.conflicts, taken.aside, taken.added) == ((), 1, 0)
    assert [row[7] for row in here.rows()] == ["Bob"]
    assert [one.reviewer for one in waiting(here.db)] == ["Ann"]


def test_a_file_that_goes_on_from_what_stands_here_is_followed(here: Desk, there: Desk) -> None:
    here.take(there.decide(CLINIC, "accepted").export())
    taken = here.take(there.decide(CLINIC, "rejected", reviewer="Bob").export())
    assert (taken.added, taken.known, taken.conflicts) == (1, 1, ())
    assert [row[3] for row in here.rows("current_decisions")] == ["rejected"]


def test_what_was_decided_here_since_stands(here: Desk, there: Desk) -> None:
    file = there.decide(CLINIC, "accepted").export()
    here.take(file)
    here.decide(CLINIC, "rejected", reviewer="Bob")
    taken = here.take(file)
    assert (taken.added, taken.conflicts) == (0, ())
    assert [row[3] for row in here.rows("current_decisions")] == ["rejected"]


VERDICT = st.sampled_from(["accepted", "rejected"])
STEP = st.tuples(st.sampled_from(["here", "there", "back", "take", "send"]), VERDICT, st.sampled_from(["Ann", "Bob"]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=8))
def test_whatever_happens_no_answer_is_lost_and_none_here_is_overwritten(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("desks")
    here, there = Desk(folder / "here").read(FILES), Desk(folder / "there").read(FILES)
    with closing(here.db), closing(there.db):
        for number, (what, verdict, who) in enumerate(steps):
            if what in ("here", "there"):
                {"here": here, "there": there}[what].decide(CLINIC, verdict, reviewer=who, note=str(number))
            elif what == "back" and there.rows("current_decisions"):
                there.take_back(CLINIC)
            elif what == "take":
                _taken_safely(here, there)
            elif what == "send":
                _taken_safely(there, here)


def _taken_safely(here: Desk, there: Desk) -> None:
    before, standing = here.rows(), here.rows("current_decisions")
    file = there.export()
    taken = here.take(file)
    after = here.rows()
    assert after[: len(before)] == before
    kept = {(one.verdict, one.reviewer, one.decided_at) for one in waiting(here.db)}
    for row in there.rows():
        assert row in after or (row[3], row[7], row[8]) in kept
    if taken.conflicts:
        assert here.rows("current_decisions") == standing
    again = here.state()
    assert here.take(file).added == 0
    assert here.state() == again


# Blind readings and samples.


def make_reading(desk: Desk, *answers: tuple[str, str]) -> None:
    row = {"id": "r1", "created": "2026-01-01T00:00:00+00:00", "readers": '["Ann", "Bob"]', "note": None}
    slot = desk.slot(CLINIC)
    with immediate(desk.db):
        desk.db.table("readings").insert(row, ignore=True)
        desk.db.table("reading_slots").insert(
            {"reading_id": "r1", "passage_id": slot[0], "goal_id": EIGHT, "position": 7}, ignore=True
        )
        for reader, verdict in answers:
            Reading("r1", reader).add(desk.db, {slot: Answer(verdict, EIGHT)}, "queue r.csv")


def test_answers_of_two_readers_on_two_machines_come_together(here: Desk, there: Desk) -> None:
    make_reading(here, ("Bob", "rejected"))
    make_reading(there, ("Ann", "accepted"))
    taken = here.take(there.export())
    assert (taken.added, taken.conflicts) == (1, ())
    sql = "select reviewer, verdict from current_reading_answers order by reviewer"
    assert here.db.execute(sql).fetchall() == [("Ann", "accepted"), ("Bob", "rejected")]
    assert here.rows() == []


def test_a_reading_arrives_where_it_was_unknown(here: Desk, there: Desk) -> None:
    make_reading(there, ("Ann", "accepted"))
    here.take(there.export())
    assert list(here.db.query("select * from readings")) == list(there.db.query("select * from readings"))
    assert list(here.db.query("select * from reading_slots")) == list(there.db.query("select * from reading_slots"))


def make_sample(desk: Desk, drawn_at: str | None = "2026-01-01T00:00:00+00:00") -> str:
    passage = desk.slot(HOMES)[0]
    sample = {"framework_id": "purpose-goals", "passage_id": passage, "round": 1, "stratum": 0, "score": 0.1}
    with immediate(desk.db):
        desk.db.table("audit_passages").insert({"id": stable_id("a", passage), **sample, "drawn_at": drawn_at})
    return stable_id("a", passage)


def make_audit_answer(desk: Desk, sample: str) -> None:
    answer = {"audit_id": sample, "verdict": "none", "note": None, "reviewer": "Ann", "source": "browser"}
    with immediate(desk.db):
        desk.db.table("audit_answers").insert({**answer, "decided_at": "2026-01-02T00:00:00+00:00"})


@pytest.mark.parametrize(("drawn_at", "arrived", "reasons"), [("2026-01-01", 1, []), (None, 0, ["no sample"])])
def test_an_audit_answer_counts_only_where_its_passage_was_drawn(
    here: Desk, there: Desk, drawn_at: str | None, arrived: int, reasons: list[str]
) -> None:
    make_sample(here, drawn_at)
    make_audit_answer(there, make_sample(there))
    taken = here.take(there.export())
    assert (taken.added, [one.reason for one in taken.waiting]) == (arrived, reasons)
    assert here.db.execute("select count(*) from audit_answers where verdict = 'none'").fetchone() == (arrived,)
