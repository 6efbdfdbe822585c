"""The order of the queue, and what follows when the proposals are used up."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from benchmarks.ordering import DATA, Desk, desk_of, of_order, work_saved
from goalmap.classify.worth import worth
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, decide, withdraw
from goalmap.store.ledgers import Record
from goalmap.store.review.order import refresh_values
from goalmap.store.review.rows import CAME_NEAR, PROPOSED, Filters, Row, question, queue_rows

Ingest = Callable[..., Any]
CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8"
SHOP = "Our shop sells furniture that people made again from wood #9"
NURSES = "Twelve nurses go from door to door in the villages of the upper valley and measure blood pressure #8 ~12"
GARDEN = "Volunteers keep a garden behind the library ~13 ~11"


@pytest.fixture
def queue(db: Database) -> Callable[..., list[Row]]:
    def rows(**filters: Any) -> list[Row]:
        return [row for row, _ in queue_rows(db, Filters(**filters), Record())]

    return rows


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def refreshed(db: Database) -> int:
    """The rows that a refresh changes."""
    before = db.conn.total_changes
    with immediate(db):
        refresh_values(db)
    return db.conn.total_changes - before


def accept(db: Database, row: Row, verdict: str = "accepted", goal: str | None = None) -> None:
    with immediate(db):
        Record().add(db, {(row["passage_id"], row["goal_id"]): Answer(verdict, goal or row["goal_id"])}, "test")


def open_texts(db: Database) -> list[tuple[str, str]]:
    sql = """select d.path, p.text from proposals pr join passages p on p.id = pr.passage_id
        join documents d on d.id = p.document_id where pr.open = 1 order by 1, 2"""
    return [(Path(path).name, text) for path, text in db.execute(sql)]


# Worth


def test_proposals_of_one_passage_stand_together(db: Database, files: Path, ingest_files: Ingest, queue: Any) -> None:
    write(files, a=f"{CLINIC} #12\n{SHOP}\n{NURSES} #9")
    ingest_files()
    passages = [row["passage_id"] for row in queue()]
    assert len(passages) == 5
    assert len(list(groupby(passages))) == 3


@pytest.mark.sqlite_only("it counts what SQLite does")
def test_the_doubtful_come_before_the_sure(db: Database, files: Path, ingest_files: Ingest, queue: Any) -> None:
    lines = [f"{CLINIC} number {number}" for number in range(9)]
    write(files, a="\n".join(lines))
    ingest_files()
    with immediate(db):
        for number, line in enumerate(lines):
            db.execute(
                "update proposals set score = ? where passage_id = (select id from passages where text = ?)",
                [0.95 - number / 20, line],
            )
    refreshed(db)
    found = [row["score"] for row in queue()]
    assert min(found[:4]) < 0.66
    assert found.index(0.95) < 6  # an example of a goal that has none yet
    for row in queue()[-4:]:
        accept(db, row)
    refreshed(db)
    assert [row["score"] for row in queue(undecided=True)] == sorted(
        (row["score"] for row in queue(undecided=True)), key=worth, reverse=True
    )


def test_what_stands_in_more_documents_comes_first(db: Database, files: Path, ingest_files: Ingest, queue: Any) -> None:
    write(files, a=f"{CLINIC}\n{SHOP}\n{NURSES}", b=f"{NURSES}\nand a line of its own", c=f"Other words here\n{NURSES}")
    ingest_files()
    assert next(row["text"] for row in queue()) == NURSES
    assert len(queue()) == 3


@pytest.mark.sqlite_only("it counts what SQLite does")
def test_a_second_refresh_changes_nothing(db: Database, files: Path, ingest_files: Ingest) -> None:
    write(files, a=f"{CLINIC}\n{SHOP}", b=f"{NURSES}\nbesides", c=f"{NURSES}\nelsewhere")
    ingest_files()
    assert refreshed(db) == 0


# Open


def test_a_copy_waits_for_nobody_until_it_stands_alone(db: Database, files: Path, ingest_files: Ingest) -> None:
    write(files, a=NURSES, b=f"{NURSES}\nbesides")
    ingest_files()
    assert len(open_texts(db)) == 1
    (closed,) = {"a.txt", "b.txt"} - {name for name, _ in open_texts(db)}
    (other,) = {"a.txt", "b.txt"} - {closed}
    write(files, **{other.removesuffix(".txt"): SHOP})
    ingest_files()
    assert open_texts(db) == sorted([(closed, NURSES), (other, SHOP)])
    assert min(value for (value,) in db.execute("select value from proposals")) > 0


def test_a_copy_that_was_decided_on_does_not_open_again(
    db: Database, files: Path, ingest_files: Ingest, queue: Any
) -> None:
    write(files, a=NURSES, b=f"{NURSES}\nbesides")
    ingest_files()
    slots = db.execute("select passage_id, goal_id from proposals").fetchall()
    with immediate(db):
        decide(db, {slot: Answer("accepted", slot[1]) for slot in slots}, "test")
    (other,) = {row["document"] for row in queue()}
    write(files, **{Path(other).stem: SHOP})
    ingest_files()
    assert [text for _, text in open_texts(db)] == [SHOP]


def test_what_is_decided_is_closed_and_what_is_taken_back_is_open(
    db: Database, files: Path, ingest_files: Ingest, queue: Any
) -> None:
    write(files, a=f"{CLINIC}\n{SHOP}")
    ingest_files()
    (first, second) = queue()
    accept(db, first)
    assert [row["id"] for row in queue(undecided=True)] == [second["id"]]
    with immediate(db):
        withdraw(db, [id for (id,) in db.execute("select id from decisions").fetchall()], "Ann", "test")
    assert [row["id"] for row in queue(undecided=True)] == [first["id"], second["id"]]


# Beyond the threshold


def test_goals_that_came_near_follow_the_proposals(db: Database, files: Path, ingest_files: Ingest, queue: Any) -> None:
    write(files, a=f"{NURSES}\n{GARDEN}\n{CLINIC}")
    ingest_files()
    rows = queue(deep=True)
    assert [row["id"][0] for row in rows] == ["g", "g", "c", "c", "c"]
    assert [row["text"] for row in rows[2:]] == [GARDEN, GARDEN, NURSES]  # nobody has looked at the garden
    near = rows[2]
    assert near["reason"].startswith("Not proposed: 10%. It came near")
    assert (near["stage"], near["second_goal"], near["rank"]) == ("", None, 0)
    assert near.keys() == rows[0].keys()
    assert len(queue()) == 2


def test_a_limit_counts_both(db: Database, files: Path, ingest_files: Ingest, queue: Any) -> None:
    write(files, a=f"{NURSES}\n{GARDEN}\n{CLINIC}")
    ingest_files()
    assert [len(queue(deep=True, limit=limit)) for limit in (1, 2, 3, 9)] == [1, 2, 3, 5]


def test_a_goal_that_came_near_and_was_decided_on_does_not_come_again(
    db: Database, files: Path, ingest_files: Ingest, queue: Any
) -> None:
    write(files, a=f"{NURSES}\n{GARDEN}")
    ingest_files()
    near = queue(deep=True)[-1]
    accept(db, near, "rejected")
    assert near["id"] in [row["id"] for row in queue(deep=True)]
    assert near["id"] not in [row["id"] for row in queue(deep=True, undecided=True)]


def test_a_goal_that_somebody_chose_is_not_asked_for_again(
    db: Database, files: Path, ingest_files: Ingest, queue: Any
) -> None:
    write(files, a=NURSES)
    ingest_files()
    proposal, near = queue(deep=True)
    accept(db, proposal, "changed", near["goal_id"])
    assert [row["id"] for row in queue(deep=True)] == [proposal["id"]]


def test_a_copy_is_not_asked_about_twice(db: Database, files: Path, ingest_files: Ingest, queue: Any) -> None:
    write(files, a=NURSES, b=f"{NURSES}\nbesides")
    ingest_files()
    assert [row["id"][0] for row in queue(deep=True)] == ["g", "c"]


@pytest.mark.parametrize("order", ["value", "document", "goal"])
def test_deep_goes_with_every_order_and_filter(
    db: Database, files: Path, ingest_files: Ingest, queue: Any, order: str
) -> None:
    write(files, a=f"{NURSES}\n{GARDEN}", b=f"{SHOP} ~12")
    ingest_files()
    assert len(queue(order=order, deep=True)) == 6
    assert {row["goal_id"] for row in queue(order=order, deep=True, goal="12")} == {"purpose-goals/12"}
    (document,) = db.execute("select id from documents where path like '%b.txt'").fetchone()
    assert len(queue(order=order, deep=True, document=document)) == 2
    assert len(queue(order=order, deep=True, publisher="severnholme")) == 6
    assert queue(order=order, deep=True, publisher="nobody") == []


# Speed


@pytest.mark.parametrize(
    "filters",
    [{"undecided": True}, {"goal": "8"}, {"document": "d1"}, {"framework": "f"}, {"publisher": "x"}, {"reading": "r1"}],
)
@pytest.mark.sqlite_only("it reads the plans of SQLite")
def test_no_filter_looks_at_every_proposal(db: Database, filters: dict[str, Any]) -> None:
    wanted = Filters(**filters)
    given = {name: getattr(wanted, name) for name in Filters.__slots__}
    for part, table in ((PROPOSED, "pr"), (CAME_NEAR, "c")):
        plan = [row[3] for row in db.execute(f"explain query plan {question(part, wanted)}", given).fetchall()]
        scans = [step for step in plan if step.startswith(f"SCAN {table} ") or step == f"SCAN {table}"]
        assert not scans or (filters == {"undecided": True} and ("proposals_waiting" in scans[0] or table == "c")), plan


def test_names_are_listed_once_in_the_order_of_the_text(
    db: Database, files: Path, ingest_files: Ingest, queue: Any
) -> None:
    write(files, a=f"@Bo_Lind and @Amara_Nwosu and @Bo_Lind again: {CLINIC}\n{SHOP}")
    ingest_files()
    found = {row["text"].startswith("@"): (row["people"], row["figures"]) for row in queue()}
    assert found == {True: ("Bo Lind; Amara Nwosu", None), False: (None, None)}


# Work saved


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "share"), [("gold", 0.90), ("second", 0.90), ("third", 0.83)])
def test_the_order_spares_work_finds_every_goal_soon_and_corrects_early(folder: str, share: float) -> None:
    desk: Desk = desk_of(DATA / folder)
    value, chance, document, best = (
        of_order(desk, name) for name in ("queue by value", "queue at random", "queue by document", "perfect")
    )
    everything = of_order(desk, "all passages, by document")
    assert work_saved(desk, value.labelled) >= share * work_saved(desk, best.labelled)
    assert value.labelled <= everything.labelled * 0.8
    assert value.examples <= min(chance.examples, document.examples) * 0.8
    assert value.corrected >= max(chance.corrected, document.corrected) + 0.08
