"""What waits next: every way to find it gives what sorting everything would give."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.store.database import immediate, open_database
from goalmap.store.loading.save import save_frameworks
from goalmap.store.review import waiting
from goalmap.store.review.waiting import ORDERS, Asked, Place, places, progress, waiting_by_goal

GOALS = ("1", "2", "3")
PUBLISHERS = ("Harrow Fund", "Harrow School", "Lock Trust")
FEW = {"AT_ONCE": 4, "ENOUGH": 2, "WALKED": 3}


@dataclass(frozen=True)
class Said:
    """A passage: its document, what its goals are worth, which of them wait, and the passage that it is a copy of."""

    document: int
    worth: int
    goals: tuple[tuple[str, bool], ...]
    copied: bool


SAID = st.builds(
    Said,
    st.integers(0, 4),
    st.integers(0, 3),
    st.lists(st.tuples(st.sampled_from(GOALS), st.booleans()), max_size=3, unique_by=lambda goal: goal[0]).map(tuple),
    st.booleans(),
)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    db = open_database(tmp_path / "waiting.db", create=True)
    with immediate(db):
        save_frameworks(db, ["purpose-goals"])
        for number in range(5):
            row = {"id": f"d{number}", "path": f"{9 - number}.txt", "status": "ok", "publisher": PUBLISHERS[number % 3]}
            db.table("documents").insert(row)
    yield db
    db.close()


def fill(db: Database, said: list[Said]) -> None:
    for table in ("proposals", "passages"):
        db.execute(f"delete from {table}")
    for number, one in enumerate(said):
        copy = f"p{number - 1:02}" if one.copied and number and not said[number - 1].copied else None
        passage = {"id": f"p{number:02}", "document_id": f"d{one.document}", "position": number, "kind": "body"}
        db.table("passages").insert({**passage, "text": "Text.", "copy_of": copy})
        for code, waits in one.goals if copy is None else ():
            row = {"id": f"m{number}-{code}", "passage_id": passage["id"], "goal_id": f"purpose-goals/{code}"}
            db.table("proposals").insert({**row, "score": 0.5, "rank": 1, "value": one.worth, "open": int(waits)})


def sorted_by_hand(db: Database, asked: Asked) -> list[tuple[str, str]]:
    """All that waits and is asked for, in its order."""
    sql = """
        select pr.passage_id, pr.goal_id, pr.value, g.position place, p.position, d.path, (
            select json_group_array(json_array(k.publisher, k.id)) from passages c join documents k on k.id = c.document_id
            where p.id in (c.id, c.copy_of)) documents
        from proposals pr join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id
        join goals g on g.id = pr.goal_id where pr.open = 1
    """
    rows = [
        row
        for row in db.query(sql)
        if asked.goal in ("", row["goal_id"])
        and any(
            asked.publisher.casefold() in publisher.casefold() and asked.document in ("", id)
            for publisher, id in json.loads(row["documents"])
        )
    ]
    keys = {
        "value": lambda row: (-row["value"], row["passage_id"]),
        "document": lambda row: (row["path"], row["position"]),
        "goal": lambda row: (row["place"], -row["value"], row["passage_id"]),
    }
    return [(row["passage_id"], row["goal_id"]) for row in sorted(rows, key=keys[asked.order])]


def walked(db: Database, asked: Asked, steps: int) -> list[Place]:
    """What comes when every passage is skipped, so many times."""
    found = places(db, asked)[:1]
    while found and len(found) < steps:
        found.append(places(db, asked, found[-1])[0])
    return found


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(SAID, min_size=1, max_size=12),
    order=st.sampled_from(list(ORDERS)),
    goal=st.sampled_from(["", "purpose-goals/1"]),
    publisher=st.sampled_from(["", "harrow", "Lock Trust", "nobody"]),
    document=st.sampled_from(["", "d1"]),
)
@pytest.mark.sqlite_only("its own question is for SQLite; the browser asks it")
def test_skipping_goes_through_all_that_waits_in_order(
    empty: Database, said: list[Said], order: str, goal: str, publisher: str, document: str
) -> None:
    asked = Asked("purpose-goals", goal, publisher, document, order)
    with pytest.MonkeyPatch.context() as patch:
        for name, few in FEW.items():
            patch.setattr(waiting, name, few)
        with immediate(empty):
            fill(empty, said)
            expected = sorted_by_hand(empty, asked)
            if order != "goal":
                expected = [(passage, "") for passage in dict.fromkeys(passage for passage, _ in expected)]
            found = walked(empty, asked, len(expected) + 1)
            seen = [(place.passage, place.goal if order == "goal" else "") for place in found]
            assert seen == [*expected, *expected[:1]]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(SAID, min_size=1, max_size=12), publisher=st.sampled_from(["", "harrow", "nobody"]))
@pytest.mark.sqlite_only("its own question is for SQLite; the browser asks it")
def test_progress_counts_what_waits(empty: Database, said: list[Said], publisher: str) -> None:
    asked = Asked("purpose-goals", publisher=publisher)
    with immediate(empty):
        fill(empty, said)
        shown = progress(empty, asked, waiting_by_goal(empty, "purpose-goals"))
        assert shown.waiting == len(sorted_by_hand(empty, asked))
        assert 0.0 <= shown.share <= 1.0
        assert shown.settled == shown.total - shown.waiting
