"""Repairs of activities moved between databases: the same activities in both, nothing doubled, nothing lost."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalmap.ingest.errors import ActivityProblem
from goalmap.store.activities.decisions import Done, edit, merge, split, withdraw
from goalmap.store.activities.find import find_activities
from goalmap.store.activities.history import history
from goalmap.store.activities.refresh import activity_row, refresh
from goalmap.store.batches import By
from goalmap.store.exchange.repair_merging import last_words
from goalmap.store.exchange.repair_taking import told_here
from goalmap.store.exchange.taking import Taken
from goalmap.store.exchange.waiting import waiting
from tests.test_store_exchange import Desk

BUS = "We paid for a bus that took older people to the market each week #8"
GARDEN = "Our cooks planted a garden with the children of the primary school #8"
DEBT = "Advisers met families in debt and wrote letters with them to the bank #8"
CHOIR = "A choir of nurses sang on every ward of the hospital in December #9"
FILES = {"bus.txt": BUS, "garden.txt": GARDEN, "debt.txt": DEBT, "choir.txt": CHOIR}
DEEDS = tuple(FILES.values())


class Bench(Desk):
    """A database whose activities are repaired."""

    def merge(self, *texts: str, by: str = "Ann") -> Done:
        return merge(self.db, sorted({self.activity(text) for text in texts}), By(by, "one and the same"))

    def split(self, text: str, by: str = "Ann") -> Done:
        return split(self.db, self.activity(text), [self.slot(text)[0]], By(by))

    def edit(self, text: str, by: str = "Ann", **fields: str) -> Done:
        return edit(self.db, self.activity(text), fields, By(by))

    def undo(self, batch: str) -> Done:
        return withdraw(self.db, batch, By("Ann"))

    def activity(self, text: str) -> str:
        refresh(self.db)
        sql = "select activity_id from activity_passages where passage_id = ?"
        (id,) = self.db.execute(sql, [self.slot(text)[0]]).fetchone()
        return str(id)

    def activities(self) -> list[dict[str, Any]]:
        return sorted(map(activity_row, find_activities(self.db, "purpose-goals")), key=lambda row: row["id"])

    def groups(self) -> set[frozenset[str]]:
        return {
            frozenset(told.text.split()[-2] for told in one.tellings)
            for one in find_activities(self.db, "purpose-goals")
        }

    def said(self) -> list[tuple[Any, ...]]:
        sql = """select verdict, framework_id, passage_id, other_passage_id, field, value, withdraws, note, reviewer,
            decided_at from activity_decisions order by id"""
        return self.db.execute(sql).fetchall()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def make(name: str, files: dict[str, str] = FILES) -> Bench:
        benches.append(Bench(tmp_path / name))
        benches[-1].read(files)
        return benches[-1]

    yield make
    for one in benches:
        one.db.close()


@pytest.fixture
def here(bench: Callable[..., Bench]) -> Bench:
    return bench("here")


@pytest.fixture
def there(bench: Callable[..., Bench]) -> Bench:
    return bench("there")


def reasons(taken: Taken) -> list[str]:
    return [one.reason for one in taken.repairs.waiting]


# There and back.


def test_repairs_arrive_with_who_when_why_and_their_order(here: Bench, there: Bench) -> None:
    there.merge(BUS, GARDEN, DEBT)
    there.split(DEBT, by="Bob")
    there.edit(BUS, title="=Rides, “gardens” and more", partners="The Council; The School")
    there.undo(there.edit(CHOIR, title="Nurses sing").batch)
    taken = here.take(there.export())
    assert (taken.repairs.records, taken.repairs.added, taken.waits, taken.in_conflict) == (5, 5, False, False)
    assert here.said() == there.said()
    assert here.activities() == there.activities()
    sources = {source for (source,) in here.db.execute("select source from activity_decisions").fetchall()}
    assert sources == {"imported from decisions.json: command line"}


def test_what_arrived_can_be_taken_back_and_restored(here: Bench, there: Bench) -> None:
    there.merge(BUS, GARDEN)
    before = here.activities()
    here.take(there.export())
    (batch,) = history(here.db)
    undone = here.undo(batch.batch)
    assert here.activities() == before
    here.undo(undone.batch)
    assert here.activities() == there.activities()


def test_repairs_imported_twice_and_sent_back_change_nothing(here: Bench, there: Bench) -> None:
    there.undo(there.merge(BUS, GARDEN).batch)
    there.merge(DEBT, CHOIR)
    file = there.export()
    here.take(file)
    before = here.state()
    assert (here.take(file).repairs.added, here.take(file).repairs.known) == (0, 3)
    assert here.state() == before
    before = there.state()
    assert there.take(here.export()).repairs.known == 3
    assert there.state() == before


def test_the_same_words_within_a_second_stay_as_many_and_in_order(here: Bench, there: Bench) -> None:
    for title in ("Rides", "Journeys", "Rides"):
        there.edit(BUS, title=title)
        here.take(there.export())
    here.take(there.export())
    assert [row[5] for row in here.said()] == ["Rides", "Journeys", "Rides"]


def test_what_was_taken_back_or_restored_there_since_is_so_here(here: Bench, there: Bench) -> None:
    batch = there.merge(BUS, GARDEN).batch
    here.take(there.export())
    undone = there.undo(batch)
    assert here.take(there.export()).repairs.added == 1
    assert here.activities() == there.activities()
    there.undo(undone.batch)
    here.take(there.export())
    assert frozenset({"week", "school"}) in here.groups()


def test_a_dry_run_of_repairs_says_the_same_and_writes_nothing(here: Bench, there: Bench) -> None:
    there.merge(BUS, GARDEN)
    file, before = there.export(), here.state()
    dry = here.take(file, dry_run=True)
    assert here.state() == before
    assert dry.repairs == here.take(file).repairs
    assert dry.repairs.added == 1


def test_repairs_follow_a_passage_to_the_one_in_its_place(here: Bench, there: Bench) -> None:
    there.merge(BUS, GARDEN)
    file = there.export()
    here.take(file)
    here.read({"bus.txt": BUS.replace("older", "elderly")})
    assert here.take(file).repairs.known == 1
    assert len(here.groups()) == 3


def test_repairs_come_along_to_files_that_read_the_same(bench: Callable[..., Bench], there: Bench) -> None:
    other = bench("other", {name: f"{text}\nPublished by the press office" for name, text in FILES.items()})
    there.merge(BUS, GARDEN)
    there.edit(CHOIR, title="Nurses sing")
    assert other.take(there.export()).repairs.added == 2
    assert len(other.groups()) == 3
    assert there.take(other.export()).repairs.known == 2


# What waits.


def test_a_repair_waits_for_its_passages_and_those_after_it_wait_behind(
    bench: Callable[..., Bench], there: Bench
) -> None:
    part = bench("part", {"bus.txt": BUS, "garden.txt": GARDEN, "choir.txt": CHOIR})
    there.merge(BUS, GARDEN, DEBT)
    there.undo(there.edit(BUS, title="Rides").batch)
    there.edit(CHOIR, title="Nurses sing")
    taken = part.take(there.export())
    assert (taken.repairs.added, reasons(taken)) == (1, ["no passage", "behind", "behind"])
    assert [one.verdict for one in waiting(part.db)] == ["together", "edit", "withdrawn"]
    assert waiting(part.db)[0].text == DEBT
    assert len(part.groups()) == 3
    part.read(FILES)
    assert waiting(part.db) == ()
    assert part.activities() == there.activities()
    assert part.take(there.export()).repairs.known == 4


def test_what_waited_goes_on_from_what_its_file_had_brought(bench: Callable[..., Bench], there: Bench) -> None:
    part = bench("part", {"bus.txt": BUS, "garden.txt": GARDEN})
    there.merge(BUS, GARDEN)
    there.split(GARDEN)
    there.merge(BUS, GARDEN, DEBT)
    taken = part.take(there.export())
    assert (taken.repairs.added, reasons(taken)) == (2, ["no passage"])
    part.read(FILES)
    assert waiting(part.db) == ()
    assert part.activities() == there.activities()


def test_what_takes_back_goes_in_with_what_it_takes_back_whichever_file_has_it(here: Bench, there: Bench) -> None:
    batch = there.merge(BUS, GARDEN).batch
    older = there.export("older.json")
    there.undo(batch)
    newer = there.export("newer.json")
    text = newer.read_text()
    newer.write_text(text.replace('"framework": "purpose-goals"', '"framework": "our-goals"', 1))
    assert reasons(here.take(newer)) == ["no framework", "behind"]
    assert (here.take(older).repairs.attached_now, waiting(here.db)) == (1, ())
    assert here.activities() == there.activities()


def test_keys_that_a_file_should_not_have_are_passed_over(here: Bench, there: Bench) -> None:
    here.decide(BUS, "rejected")
    there.decide(BUS, "accepted")
    here.take(there.export())
    (key,) = (id for (id,) in here.db.execute("select id from waiting_decisions").fetchall())
    there.merge(BUS, GARDEN)
    data = json.loads((file := there.export()).read_text())
    data["repairs"][0].update(id=key, follows=5, framework="our-goals")
    file.write_text(json.dumps(data))
    here.take(file)
    assert [one.reason for one in waiting(here.db)] == ["conflict", "no framework"]
    here.read({"more.txt": CHOIR})
    assert len(waiting(here.db)) == 2


def test_a_repair_under_a_framework_that_is_not_here_waits(here: Bench, there: Bench) -> None:
    there.merge(BUS, GARDEN)
    file = there.export()
    file.write_text(file.read_text().replace('"framework": "purpose-goals"', '"framework": "our-goals"'))
    assert reasons(here.take(file)) == ["no framework"]
    assert here.said() == []


# Two histories.


def test_what_was_said_here_is_not_overruled_but_told(here: Bench, there: Bench) -> None:
    there.merge(BUS, GARDEN)
    here.merge(BUS, GARDEN, by="Cat")
    apart = here.split(GARDEN, by="Cat")
    file = there.export()
    taken = here.take(file)
    assert [(one.repair.verdict, one.batches) for one in taken.repairs.conflicts] == [("together", (apart.batch,))]
    assert frozenset({"week"}) in here.groups()
    assert [one.reason for one in waiting(here.db)] == ["conflict"]
    here.undo(apart.batch)
    assert here.take(file).repairs.conflicts == ()
    assert frozenset({"week", "school"}) in here.groups()
    assert waiting(here.db) == ()


def test_a_conflict_of_repairs_is_settled_by_saying_it_again(here: Bench, there: Bench) -> None:
    here.edit(BUS, title="Rides")
    there.edit(BUS, title="Journeys")
    file = there.export()
    assert len(here.take(file).repairs.conflicts) == 1
    assert len(here.take(file).repairs.conflicts) == 1
    here.edit(BUS, title="Rides to market")
    assert here.take(file).repairs.conflicts == ()
    assert here.take(file).repairs.aside == 1


def test_two_who_say_the_same_of_activities_are_both_kept(here: Bench, there: Bench) -> None:
    here.merge(BUS, GARDEN, by="Bob")
    there.merge(BUS, GARDEN)
    taken = here.take(there.export())
    assert (taken.repairs.added, taken.in_conflict) == (1, False)
    assert {row[8] for row in here.said()} == {"Ann", "Bob"}


def test_a_file_that_goes_on_from_a_repair_here_is_followed(here: Bench, there: Bench) -> None:
    there.merge(BUS, GARDEN)
    here.take(there.export())
    there.split(GARDEN)
    assert here.take(there.export()).repairs.added == 1
    assert here.activities() == there.activities()


STEP = st.tuples(
    st.sampled_from(["merge", "merge", "split", "edit", "undo", "send"]),
    st.booleans(),
    st.sampled_from(DEEDS),
    st.sampled_from(DEEDS),
    st.integers(1, 6),
)
CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def do(desk: Bench, what: str, one: str, other: str, number: int) -> None:
    steps: dict[str, Callable[[], Done]] = {
        "merge": lambda: desk.merge(one, other),
        "split": lambda: desk.split(one),
        "edit": lambda: desk.edit(one, title=f"Deed {number}"),
        "undo": lambda: desk.undo(f"b{number}"),
    }
    try:
        steps[what]()
    except ActivityProblem:
        return


@pytest.mark.slow
@CALM
@given(st.lists(STEP, max_size=8))
def test_whatever_was_repaired_both_databases_have_the_same_activities(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bool, str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("benches")
    here, there = Bench(folder / "here"), Bench(folder / "there")
    with closing(here.db), closing(there.db):
        for desk in (here, there):
            desk.read(FILES)
        for what, _, one, other, number in steps:
            if what == "send":
                here.take(there.export())
            else:
                do(there, what, one, other, number)
        taken = here.take(there.export())
        assert (taken.waits, taken.in_conflict) == (False, False)
        assert here.said() == there.said()
        assert here.activities() == there.activities()


@pytest.mark.slow
@CALM
@given(st.lists(STEP, max_size=10))
def test_whoever_repairs_and_sends_no_repair_is_lost_and_none_here_is_overruled(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bool, str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("benches")
    here, there = Bench(folder / "here"), Bench(folder / "there")
    with closing(here.db), closing(there.db):
        for desk in (here, there):
            desk.read(FILES)
        for what, is_here, one, other, number in steps:
            desk, from_ = (here, there) if is_here else (there, here)
            if what == "send":
                taken_safely(desk, from_)
            else:
                do(desk, what, one, other, number)


def taken_safely(here: Bench, there: Bench) -> None:
    before, stood = here.said(), own_words(here, there)
    file = there.export()
    here.take(file)
    assert here.said()[: len(before)] == before
    now = {about: word for about, (_, word) in last_words(told_here(here.db)).items()}
    assert {about: now.get(about) for about in stood} == stood
    held, state = len(waiting(here.db)), here.state()
    again = here.take(file).repairs
    assert (again.records, again.added) == (len(told_here(there.db)), 0)
    assert again.records - again.known <= held
    assert here.state() == state


def own_words(here: Bench, there: Bench) -> dict[object, str]:
    """What stands here by repairs that the other database does not know of."""
    known = {(one.told, *one.words.items()) for one in told_here(there.db)}
    own = {one.name for one in told_here(here.db) if (one.told, *one.words.items()) not in known}
    return {about: word for about, (batch, word) in last_words(told_here(here.db)).items() if batch in own}
