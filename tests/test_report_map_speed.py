"""A map of 5,000 reviewed activities, in every form."""

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from sqlite_utils import Database

from goalmap.report.mapping.activity_map import activity_map
from goalmap.report.mapping.files import WRITERS, write_map
from goalmap.store.database import open_database
from goalmap.store.ids import seal_of
from goalmap.store.loading.save import save_frameworks

ACTIVITIES = 5_000
SECONDS = 10
TEXT = """
ward tablet pupil bus solar clinic mentor bursary garden loan nurse library bank roof train school credit bread housing
advice apprentice college energy savings job interview family carer nursery sport kitchen repair home street market
"""
INTO = {
    "documents": "id, path, title, publisher, published, status",
    "entities": "id, kind, name, aliases",
    "passages": "id, document_id, position, kind, text, seal, page",
    "mentions": 'id, entity_id, passage_id, surface, start, "end"',
    "figures": 'id, passage_id, start, "end", value, what, period',
    "proposals": "id, passage_id, goal_id, score, rank, stage, evidence, reason, model",
    "decisions": "passage_id, goal_id, proposed_goal_id, verdict, stage, reviewer, decided_at",
}
Rows = list[tuple[object, ...]]
Result = TypeVar("Result")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Schemes of 60 bodies, ten a document, each accepted under a goal."""
    with closing(open_database(tmp_path_factory.mktemp("many") / "many.db", create=True)) as db:
        save_frameworks(db, ["purpose-goals"])
        rng = random.Random(7)
        tables: dict[str, Rows] = {table: [] for table in INTO}
        for number in range(ACTIVITIES):
            if number % 10 == 0:
                published = f"2024-{1 + number % 12:02}-01"
                place = f"d{number // 10}", f"in/{number}.html", f"Report {number}", f"Body {number % 60} Trust"
                tables["documents"].append((*place, published, "ok"))
            _tell(tables, number, rng)
        for table, columns in INTO.items():
            marks = ", ".join("?" for _ in columns.split(","))
            db.conn.executemany(f"insert into {table} ({columns}) values ({marks})", tables[table])
        db.conn.commit()
        yield db


def _tell(tables: dict[str, Rows], number: int, rng: random.Random) -> None:
    name, people = f"Scheme {rng.choice(TEXT.split()).title()} {number}", str(rng.randint(10, 999))
    text = f"{name} helped {people} people in 2023. {' '.join(rng.choices(TEXT.split(), k=45))}."
    at, goal, id = text.index(people, len(name)), f"purpose-goals/{1 + number % 14}", f"p{number}"
    tables["entities"].append((f"e{number}", "initiative", name, "[]"))
    tables["passages"].append((id, f"d{number // 10}", number % 10, "body", text, seal_of(text), number % 7 or None))
    tables["mentions"].append((f"m{number}", f"e{number}", id, name, 0, len(name)))
    tables["figures"].append((f"f{number}", id, at, at + len(people), int(people), "people", "in 2023"))
    tables["proposals"].append((f"g{number}", id, goal, 0.9, 1, "delivered", json.dumps([[0, 6]]), "Words.", "m@1"))
    tables["decisions"].append((id, goal, goal, "accepted", "delivered", "Ann", "2024-06-02T10:00:00+00:00"))


@pytest.mark.slow
def test_a_map_of_5000_reviewed_activities_is_there_in_ten_seconds(many: Database, tmp_path: Path) -> None:
    """All forms of it, each beside the same finding; in seconds of the processor, so that other work does not count."""
    found, finding = _timed(lambda: activity_map(many))
    assert len(found.entries) == ACTIVITIES
    for suffix in WRITERS:
        _, writing = _timed(partial(write_map, found, tmp_path / f"map{suffix}", date(2024, 7, 1)))
        assert finding + writing < SECONDS, f"{suffix}: {finding:.1f} to find, {writing:.1f} to write"


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = time.process_time()
    return work(), time.process_time() - started
