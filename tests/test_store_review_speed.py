"""Fifty thousand rows out and back in, in seconds and in little memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.ids import stable_id
from goalmap.store.loading.save import save_frameworks
from tests.desk import Desk, Rows

ROWS = 50_000
TEXT = "The trust’s new clinic gave three thousand patients a year faster scans in the old town hall. " * 3


@pytest.fixture
def desk(db: Database, tmp_path: Path) -> Desk:
    save_frameworks(db, ["purpose-goals"])
    with immediate(db):
        db.table("documents").insert({"id": "d1", "path": "a.txt", "title": "Release", "status": "ok"})
        db.table("passages").insert_all(
            {"id": stable_id("p", n), "document_id": "d1", "position": n, "kind": "body", "text": f"{n} {TEXT}"}
            for n in range(ROWS)
        )
        db.table("proposals").insert_all(_proposal(n) for n in range(ROWS))
    return Desk(db, tmp_path)


def _proposal(number: int) -> dict[str, object]:
    passage, goal = stable_id("p", number), f"purpose-goals/{number % 14 + 1}"
    told = {"stage": "delivered", "evidence": "[]", "reason": "It says clinic.", "model": "hand@1"}
    return {"id": stable_id("g", number), "passage_id": passage, "goal_id": goal, "score": 0.5, "rank": 1, **told}


def accept(rows: Rows) -> None:
    for row in rows:
        row["verdict"] = "accept"


TAKE = """
import re, sys
from pathlib import Path
from goalmap.store.database import open_database
from goalmap.store.review.taking import import_queue
result = import_queue(open_database(Path(sys.argv[1])), Path(sys.argv[2]), "Ann")
status = Path("/proc/self/status")  # getrusage would tell of the process that started this one, too
most = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) // 1024 if status.exists() else 0
print(result.decided, most)
"""


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_fifty_thousand_answers_are_taken_over_in_twenty_seconds(desk: Desk, form: str) -> None:
    path = desk.edit(desk.export(f"queue.{form}"), accept)
    before = os.times()
    taken = subprocess.run(
        [sys.executable, "-c", TAKE, str(desk.folder / "goalmap.db"), str(path)], check=True, capture_output=True
    )
    spent = os.times()
    decided, megabytes = map(int, taken.stdout.split())
    assert decided == ROWS
    assert sum(spent[2:4]) - sum(before[2:4]) < 20
    assert megabytes < 300
    assert desk.log == ROWS
