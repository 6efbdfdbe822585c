"""Many reviewers at once while files are read into the same database: everybody is answered, and no decision is lost."""

import os
import random
import re
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from goalmap.classify.pipeline import Settings
from goalmap.ingest.find import find
from goalmap.store.database import open_database
from goalmap.store.load import ingest
from tests.large import large_database
from tests.posting import STALE, Person, at_work, check_account, check_sound, deeds_of
from tests.reviewers import FRAGMENT, Office, office

CLINIC = "In May we opened a new clinic in {place} where nurses help 300 patients a week to stay well #8"
AT_ODDS = 25
"""The last passages of the database, to which all go back now and then."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows ends processes otherwise")


def many_files(folder: Path, count: int) -> Path:
    """Files of some passages each; every third says the same as the one before."""
    folder.mkdir()
    for number in range(count):
        place = number - 1 if number % 3 == 2 else number
        lines = [CLINIC.format(place=f"Stoke{place} ward {ward}") for ward in range(20)]
        (folder / f"{number}.txt").write_text("\n\n".join(lines))
    return folder


def people(serve: Office, database: Path, seed: int = 1) -> list[Person]:
    """Everybody at work, each with whims of their own."""
    with closing(sqlite3.connect(database)) as connection:
        sql = "select passage_id from proposals order by id desc limit ?"
        shared = [id for (id,) in connection.execute(sql, [AT_ODDS])]
    page = f"/{database.stem}/-/review"
    return [Person(visitor, page, random.Random(f"{seed} {visitor.name}"), shared) for visitor in serve.visitors()]


def check_log(serve: Office) -> None:
    """No error was printed, and no request failed."""
    assert [line for line in serve.told.splitlines() if re.search(r"locked|Traceback|Error|\" 5\d\d ", line)] == []


def test_eight_reviewers_and_a_reading_of_files_lose_nothing(tmp_path: Path, by_hand: Callable[..., Any]) -> None:
    database, files = tmp_path / "work.db", many_files(tmp_path / "files", 30)
    large_database(database, 600).close()
    with office(database, [f"Reviewer {number}" for number in range(8)]) as serve:
        group = people(serve, database)
        with at_work(group, lambda: fewest(group) >= 8), closing(open_database(database)) as db:
            ingest(db, find([files]), Settings(("purpose-goals",)), by_hand())
        check_log(serve)
    check_account(database, deeds_of(group))
    check_sound(database)


def test_reviewers_who_begin_at_once_are_given_different_passages(tmp_path: Path) -> None:
    database = tmp_path / "work.db"
    large_database(database, 600).close()
    with office(database, [f"Reviewer {number}" for number in range(12)]) as serve:
        visitors = serve.visitors()
        with ThreadPoolExecutor(len(visitors)) as pool:
            shown = list(pool.map(lambda visitor: visitor.get("/work/-/review", FRAGMENT).passage, visitors))
        for visitor in visitors:
            visitor.leave()
    assert len(set(shown)) == len(visitors)


@pytest.mark.slow
def test_fifty_reviewers_and_an_ingest_get_no_lock_error_and_lose_nothing(tmp_path: Path) -> None:
    database, files = tmp_path / "work.db", many_files(tmp_path / "files", 120)
    large_database(database, 100_000).close()
    with office(database, [f"Reviewer {number}" for number in range(50)], seconds=500) as serve:
        group = people(serve, database)
        with reading_of(files, database) as reading:
            latest = time.monotonic() + 300
            with at_work(group, lambda: _have_worked(group, reading, latest)):
                assert reading.wait(300) == 0
        check_log(serve)
    deeds = deeds_of(group)
    statuses = Counter(deed.status for deed in deeds)
    assert fewest(group) >= 20
    assert statuses[STALE] > 0
    check_account(database, deeds)
    check_sound(database)
    check_read(database, files)


def fewest(group: Sequence[Person]) -> int:
    """How much everybody has done at least."""
    return min(len(person.deeds) for person in group)


def _have_worked(group: Sequence[Person], reading: "subprocess.Popen[bytes]", latest: float) -> bool:
    """Whether the files are read and everybody has decided enough, or it has taken too long."""
    return (reading.poll() is not None and fewest(group) >= 20) or time.monotonic() > latest


@contextmanager
def reading_of(files: Path, database: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A goalmap ingest of its own, that says nothing of locks; it is stopped at the end."""
    command = [sys.executable, "-m", "goalmap.cli", "ingest", str(files), "--db", str(database), "--fast", "-q"]
    log = database.with_name("ingest.log")
    with log.open("wb") as told, subprocess.Popen(command, stdout=told, stderr=told) as reading:
        try:
            yield reading
        finally:
            reading.terminate()
    assert "locked" not in log.read_text()


def check_read(database: Path, files: Path) -> None:
    """Every file is there with its passages."""
    with closing(sqlite3.connect(database)) as connection:
        sql = "select count(*) from documents where status = 'ok' and path like ?"
        assert connection.execute(sql, [f"{files.resolve()}/%"]).fetchone() == (len(list(files.iterdir())),)
