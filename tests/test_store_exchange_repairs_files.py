"""Files with repairs of activities that are old, damaged or large, and what becomes of each repair beside those here."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from goalmap.ingest.errors import DecisionsProblem
from goalmap.store.database import immediate
from goalmap.store.exchange.repair_merging import Line, Told, fates
from tests.test_store_exchange_repairs import BUS, CHOIR, DEBT, FILES, GARDEN, Bench


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Bench]:
    desk = Bench(tmp_path / "here")
    desk.read(FILES)
    yield desk
    desk.db.close()


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Bench]:
    desk = Bench(tmp_path / "there")
    desk.read(FILES)
    yield desk
    desk.db.close()


def told(name: str, verdict: str, passage: str = "p2") -> Told:
    return Told(name, "purpose-goals", (Line(verdict, "p1", passage),), "", ("Ann", name[-1], "2026-01-01"))


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([], ["together a", "apart b"], ["new", "new"]),
        (["apart b"], ["together a", "apart b"], ["earlier", "known"]),
        (["apart c"], ["together a", "apart b"], ["new", "new"]),
        (["apart c"], ["apart a", "together b"], ["earlier", "conflict"]),
        (["together a", "apart c"], ["together a", "apart b"], ["known", "new"]),
        (["together a", "apart c"], ["together a", "together b"], ["known", "conflict"]),
    ],
)
def test_what_becomes_of_repairs_beside_those_here(ours: list[str], theirs: list[str], expected: list[str]) -> None:
    here, said = (
        [told(f"{side} {one}", one.split()[0]) for one in words] for side, words in (("b", ours), ("r", theirs))
    )
    found = fates(here, said, {}, {})
    assert [found[one.name].word for one in said] == expected


def test_a_repair_that_is_the_last_word_on_one_thing_alone_is_a_conflict_too() -> None:
    def both(name: str, verdict: str, *others: str) -> Told:
        lines = tuple(Line(verdict, "p1", other) for other in others)
        return Told(name, "purpose-goals", lines, "", ("Ann", name, "2026-01-01"))

    said = [both("r1", "together", "p2", "p3"), both("r2", "together", "p3")]
    found = fates([both("b1", "apart", "p2", "p3")], said, {}, {})
    assert [found[one.name].word for one in said] == ["conflict", "conflict"]


# Files that are old, or not right.


def test_a_file_of_the_first_version_has_no_repairs_and_is_read(here: Bench, there: Bench) -> None:
    there.decide(BUS, "accepted")
    file = there.export()
    data = json.loads(file.read_text())
    del data["repairs"]
    file.write_text(json.dumps({**data, "version": 1}))
    taken = here.take(file)
    assert (taken.added, taken.repairs.records) == (1, 0)


FAULTS: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda one: one.update(id=""), "repairs[1].id is empty"),
    (lambda one: one.update(says={}), "repairs[1].says is {}, not a list"),
    (lambda one: one["says"][0].update(verdict="never"), "repairs[1].says[0].verdict is 'never'; there are: together"),
    (lambda one: one["says"][0].pop("other"), "repairs[1].says[0] lacks 'other'"),
    (lambda one: one["says"][0].update(other=7), "repairs[1].says[0] speaks of passage 7"),
    (lambda one: one["says"][0].update(passage=-1), "repairs[1].says[0].passage is -1"),
    (
        lambda one: one["says"][0].update(verdict="edit", field="hue", value=""),
        "cannot stand: No field is called 'hue'",
    ),
    (lambda one: one["says"][0].update(verdict="edit", field="title", value=" "), "An activity needs a title"),
    (lambda one: one.update(withdraws="r0"), "repairs[1] says something and takes something back"),
    (lambda one: one.update(withdraws="r0", says=[]), "repairs[1].withdraws is 'r0', which is not before it"),
    (lambda one: one.update(says=[]), "or neither"),
    (lambda one: one.update(decided_at="soon"), "repairs[1].decided_at is 'soon'"),
    (lambda one: one["passages"][0]["passage"].update(text=None), "repairs[1].passages[0].passage.text is None"),
    (lambda one: one["passages"].clear(), "speaks of passage 1"),
]


@pytest.mark.parametrize(("damage", "told"), FAULTS, ids=[told for _, told in FAULTS])
def test_a_fault_in_a_repair_is_told_with_its_place_and_nothing_is_taken(
    here: Bench, there: Bench, damage: Callable[[dict[str, Any]], object], told: str
) -> None:
    there.merge(BUS, GARDEN)
    there.merge(DEBT, CHOIR)
    file = there.export()
    data = json.loads(file.read_text())
    damage(data["repairs"][1])
    file.write_text(json.dumps(data))
    with pytest.raises(DecisionsProblem) as error:
        here.take(file)
    assert told in "\n".join(error.value.problems)
    assert here.said() == []


# Many.


@pytest.mark.slow
def test_five_thousand_repairs_are_taken_over_in_seconds(here: Bench, there: Bench) -> None:
    one, other = there.slot(BUS)[0], there.slot(GARDEN)[0]
    rows = [
        (f"b{number}", ("together", "apart")[number % 2], one, other, f"2026-01-01T00:00:{number % 60:02}+00:00")
        for number in range(1, 5_001)
    ]
    with immediate(there.db):
        there.db.conn.executemany(
            """insert into activity_decisions (batch, verdict, framework_id, passage_id, other_passage_id, decided_at)
            values (?, ?, 'purpose-goals', ?, ?, ?)""",
            rows,
        )
    file, started = there.export(), time.process_time()
    assert here.take(file).repairs.added == 5_000
    assert here.take(file).repairs.known == 5_000
    assert time.process_time() - started < 10
