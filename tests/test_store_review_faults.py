"""A review that is killed half-way: nothing is half written, and the next one is whole."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from tests.desk import CLINIC, Desk, Rows

ROWS = 3_000
FORMS = ("csv", "xlsx")


@pytest.fixture
def desk(db: Database, files: Path, ingest_files: Callable[..., Any], tmp_path: Path) -> Desk:
    for number in range(ROWS // 100):
        (files / f"{number}.txt").write_text("\n".join(f"{CLINIC} {number} {line}" for line in range(100)))
    ingest_files()
    return Desk(db, tmp_path)


def accept(rows: Rows) -> None:
    for row in rows:
        row["verdict"] = "accept"


def started(desk: Desk, *command: str) -> subprocess.Popen[bytes]:
    """A goalmap of its own at work on the desk's database."""
    call = "from goalmap.cli import main; main()"
    arguments = [sys.executable, "-c", call, "review", *command, "--db", str(desk.folder / "goalmap.db")]
    return subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_whole(desk: Desk) -> int:
    """The number of decisions, in a database that is sound."""
    with closing(sqlite3.connect(desk.folder / "goalmap.db")) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        (count,) = connection.execute("select count(*) from decisions").fetchone()
        (opened,) = connection.execute("select count(*) from proposals where open = 1").fetchone()
    assert opened in (0, ROWS)
    return int(count)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_an_import_that_is_killed_leaves_all_or_nothing(desk: Desk, form: str) -> None:
    path = desk.edit(desk.export(f"queue.{form}"), accept)
    begun = time.monotonic()
    assert started(desk, "import", str(path), "--dry-run").wait() == 0
    duration = time.monotonic() - begun
    counts = []
    for share in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1):
        running = started(desk, "import", str(path))
        time.sleep(duration * share)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        counts.append(check_whole(desk))
    assert set(counts) <= {0, ROWS}
    assert started(desk, "import", str(path)).wait() == 0
    assert check_whole(desk) == ROWS


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_an_export_that_is_killed_leaves_no_queue_or_one_that_comes_back(desk: Desk, form: str) -> None:
    path = desk.folder / f"queue.{form}"
    begun = time.monotonic()
    assert started(desk, "export", str(path)).wait() == 0
    duration = time.monotonic() - begun
    old = path.read_bytes()
    for share in (0.6, 0.75, 0.85, 0.9, 0.95, 1.0):
        running = started(desk, "export", str(path), "--force")
        time.sleep(duration * share)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        result = desk.take(path, dry_run=True)
        assert (result.rows, result.undecided, result.problems) == (ROWS, ROWS, ()), path.read_bytes() == old
    assert check_whole(desk) == 0


@pytest.mark.slow
def test_two_imports_at_once_lose_nothing(desk: Desk) -> None:
    path = desk.export("queue.csv", order="document")

    def half(start: int) -> Callable[[Rows], None]:
        def edit(rows: Rows) -> None:
            accept(rows[start::2])

        return edit

    copies = []
    for start, name in enumerate(("even", "odd")):
        copies.append(desk.folder / f"{name}.csv")
        copies[-1].write_bytes(path.read_bytes())
        desk.edit(copies[-1], half(start))
    both = [started(desk, "import", str(copy), "--reviewer", copy.stem) for copy in copies]
    assert [running.wait() for running in both] == [0, 0]
    assert check_whole(desk) == ROWS
    assert {row[5] for row in desk.decided()} == {"even", "odd"}


@pytest.mark.slow
def test_the_same_file_imported_twice_at_once_counts_once(desk: Desk) -> None:
    path = desk.edit(desk.export("queue.csv"), accept)
    both = [started(desk, "import", str(path)) for _ in range(2)]
    assert [running.wait() for running in both] == [0, 0]
    assert check_whole(desk) == ROWS


@pytest.mark.parametrize("form", FORMS)
def test_an_export_onto_a_folder_is_forgotten(db: Database, tmp_path: Path, form: str) -> None:
    desk = Desk(db, tmp_path)
    (tmp_path / f"queue.{form}").mkdir()
    with pytest.raises(OSError, match=rf"queue\.{form}"):
        desk.export(f"queue.{form}")
    assert db.execute("select count(*) from exports").fetchone() == (0,)
    assert sorted(path.name for path in tmp_path.glob("queue*")) == [f"queue.{form}"]
