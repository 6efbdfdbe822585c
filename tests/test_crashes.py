"""Whatever ends a run, and whoever runs beside it: the same command again gives what one undisturbed run gives."""

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalmap.classify.pipeline import Settings
from goalmap.ingest.find import find
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer, decide
from goalmap.store.load import ingest
from tests.killed import killed_at

GOAL = "purpose-goals/8"
CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8"
SHOP = "Our shop sells furniture that people made again from wood #9"
FILES = {
    "a.txt": f"{CLINIC} @Amara_Nwosu\n{SHOP}",
    "b.txt": f"{SHOP} and much more @Amara_Nwosu",
    "copy of a.txt": f"{CLINIC} @Amara_Nwosu\n{SHOP}",
    "mail.eml": f"Our news is attached. @Jo_Webb\n=== one.txt\n{CLINIC} for all\n=== two.txt\n{SHOP} in Leeds #5",
    "c.txt": "Nothing of note.",
    "fails.txt": "FAIL",
}
OF_THE_MOMENT = ("run_id", "modified")
"""Columns that differ between two runs over the same files."""
SINCE = ("missing_since", "retired_at", "decided_at")
SEEDS = range(12)

ByHand = Callable[..., Any]


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def run(db_path: Path, folders: Sequence[Path], engine: Any) -> None:
    with closing(open_database(db_path, create=True)) as db:
        ingest(db, find(folders), Settings(), engine)


def state(db_path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a database but those of its runs, times aside."""
    with closing(open_database(db_path)) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("pragma foreign_key_check").fetchall() == []
        tables = [
            name for name in db.table_names() if not name.startswith(("_", "runs", "sqlite")) and "_fts" not in name
        ]
        return {table: sorted(map(_steady, db.query(f'select * from "{table}"')), key=repr) for table in tables}


def _steady(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        (name, value is not None if name in SINCE else value)
        for name, value in row.items()
        if name not in OF_THE_MOMENT
    )


def kill_at(statement: int, db_path: Path, folder: Path, by_hand: ByHand) -> bool:
    """Run over the folder until the nth SQL statement; gives whether it came so far."""
    return killed_at(statement, db_path, lambda db: ingest(db, find([folder]), Settings(), by_hand()))


def accept(db_path: Path, text: str) -> None:
    with closing(open_database(db_path)) as db:
        (passage,) = db.execute("select id from passages where text = ? and retired_at is null", [text]).fetchone()
        with immediate(db):
            decide(db, {(passage, GOAL): Answer("accepted", GOAL)}, "test")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_run_done_again_gives_what_an_undisturbed_one_gives(
    tmp_path: Path, by_hand: ByHand, seed: int
) -> None:
    folder = write(tmp_path / "files", FILES)
    run(tmp_path / "whole.db", [folder], by_hand())
    moments = random.Random(seed)
    while kill_at(moments.randint(1, 600), tmp_path / "killed.db", folder, by_hand) and moments.random() < 0.7:
        pass
    run(tmp_path / "killed.db", [folder], by_hand())
    assert state(tmp_path / "killed.db") == state(tmp_path / "whole.db")


@pytest.mark.parametrize("seed", SEEDS)
def test_decisions_outlive_a_power_cut_during_a_later_run(tmp_path: Path, by_hand: ByHand, seed: int) -> None:
    """What had not reached the disk is cut from the log; what was committed before is there."""
    folder = write(tmp_path / "files", FILES)
    path = tmp_path / "a.db"
    run(path, [folder], by_hand())
    accept(path, CLINIC + " for all")
    write(folder, {"a.txt": SHOP + " again", "d.txt": CLINIC + " twice"})
    shutil.copy(path, tmp_path / "whole.db")
    run(tmp_path / "whole.db", [folder], by_hand())
    moments = random.Random(seed)
    kill_at(moments.randint(1, 250), path, folder, by_hand)
    log = path.with_name("a.db-wal")
    if log.exists():
        os.truncate(log, int(log.stat().st_size * moments.random()))
    path.with_name("a.db-shm").unlink(missing_ok=True)
    run(path, [folder], by_hand())
    assert state(path) == state(tmp_path / "whole.db")
    assert len(state(path)["decisions"]) == 1


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(sorted(FILES.keys() - {"copy of a.txt"})))
def test_files_read_in_any_order_give_the_same_rows(tmp_path: Path, by_hand: ByHand, order: list[str]) -> None:
    folder = write(tmp_path / "files", {name: FILES[name] for name in order})
    for path in tmp_path.glob("*.db*"):
        path.unlink()
    run(tmp_path / "whole.db", [folder], by_hand())
    for name in order:
        run(tmp_path / "one.db", [folder / name], by_hand())
    assert state(tmp_path / "one.db") == state(tmp_path / "whole.db")


def in_processes(*works: Callable[[], None]) -> None:
    """Do things at the same time, each in a process of its own."""
    processes = [multiprocessing.get_context("fork").Process(target=work) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join(300)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def test_two_runs_over_one_folder_at_once_both_finish_and_give_what_one_gives(tmp_path: Path, by_hand: ByHand) -> None:
    files = {f"{number}.txt": f"{CLINIC} number {number} @Amara_Nwosu" for number in range(40)} | FILES
    folder = write(tmp_path / "files", files)
    run(tmp_path / "whole.db", [folder], by_hand())
    in_processes(*[lambda: run(tmp_path / "both.db", [folder], by_hand())] * 2)
    assert state(tmp_path / "both.db") == state(tmp_path / "whole.db")


def test_two_runs_over_folders_with_the_same_files_at_once_list_every_file(tmp_path: Path, by_hand: ByHand) -> None:
    files = {f"{number}.txt": f"{CLINIC} number {number} @Amara_Nwosu" for number in range(40)}
    folders = [write(tmp_path / name, files) for name in ("one", "two")]
    open_database(tmp_path / "both.db", create=True).close()
    in_processes(*(lambda folder=folder: run(tmp_path / "both.db", [folder], by_hand()) for folder in folders))
    with closing(open_database(tmp_path / "both.db")) as db:
        paths = {path for (path,) in db.execute("select path from documents").fetchall()}
        assert paths == {str(folder.resolve() / name) for folder in folders for name in files}
        copies = "select count(*) from documents where content_of is not null"
        assert db.execute(copies).fetchone() == (40,)
        assert db.execute("select count(*) from passages").fetchone() == (40,)


@pytest.mark.slow
def test_the_command_killed_again_and_again_ends_in_the_same_database(tmp_path: Path) -> None:
    folder = write(tmp_path / "files", {f"{n}.txt": f"News\n\n{CLINIC[:-3]} number {n}.\n" for n in range(30)})
    (folder / "release.eml").write_bytes((Path(__file__).parent / "data" / "documents" / "release.eml").read_bytes())

    def command(db: str) -> "subprocess.Popen[bytes]":
        words = [sys.executable, "-m", "goalmap.cli", "ingest", str(folder), "--db", str(tmp_path / db), "-q"]
        return subprocess.Popen(words, stderr=subprocess.DEVNULL, start_new_session=True)

    assert command("whole.db").wait(120) == 0
    moments = random.Random(3)
    for _ in range(6):
        process = command("killed.db")
        time.sleep(moments.uniform(1.0, 6.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert command("killed.db").wait(120) == 0
    assert state(tmp_path / "killed.db") == state(tmp_path / "whole.db")
