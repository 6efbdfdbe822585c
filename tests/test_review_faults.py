"""A server that ends in the middle of what reviewers do: each decision is there as a whole or not at all, and nothing runs on."""

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.large import large_database
from tests.posting import Person, at_work, check_account, check_sound, deeds_of
from tests.reader import Form, forms
from tests.reviewers import NO_ANSWER, Answer, Office, Visitor, office
from tests.shelves import shelved

NAMES = [f"Reviewer {number}" for number in range(12)]
LIKELY = {"decide": 0.4, "none": 0.5, "undo": 0.1}
PDF = Path(__file__).parent / "layouts" / "files" / "columns-two.pdf"
BULK = "select count(*) from decisions where source like 'browser, bulk %'"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")]


def group_at(serve: Office, page: str, seed: int) -> list[Person]:
    return [
        Person(visitor, page, random.Random(f"{seed} {visitor.name}"), likely=LIKELY) for visitor in serve.visitors()
    ]


def running_beside(database: Path) -> list[int]:
    """The processes that a server of this database has started, and it itself."""
    mark = f"XDG_DATA_HOME={database.parent / 'data'}".encode()
    found = []
    for file in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in file.read_bytes().split(b"\0"):
                found.append(int(file.parent.name))
    return found


def until(is_so: Callable[[], object], seconds: float = 20.0) -> None:
    latest = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < latest, "it did not become so in time"
        time.sleep(0.05)


# Killed


@pytest.mark.parametrize("seed", range(2))
def test_a_server_killed_in_mid_post_leaves_each_decision_whole(tmp_path: Path, seed: int) -> None:
    database, moments = tmp_path / "work.db", random.Random(seed)
    large_database(database, 3000).close()
    group: list[Person] = []
    for _ in range(6):
        with office(database, NAMES) as serve:
            group = group or group_at(serve, "/work/-/review", seed)
            for person in group:
                person.visitor.moved_to(serve.base)
            with at_work(group, lambda: False):
                time.sleep(moments.uniform(1.0, 3.0))
                serve.kill()
        check_sound(database)
        check_account(database, deeds_of(group))
    assert sum(deed.was_written for deed in deeds_of(group)) > 50
    assert [deed for deed in deeds_of(group) if deed.status == NO_ANSWER]


def decide_on_all(visitor: Visitor) -> tuple[Form, str]:
    """The form that is sent to accept everything that waits, after its preview."""
    listed = visitor.get("/work/-/review/list")
    form, button = with_button(listed, "Accept all")
    return with_button(visitor.send(form, form.pressed(button)), "Yes")


def with_button(shown: Answer, words: str) -> tuple[Form, str]:
    return next((form, button) for form in forms(shown.text) for button in form.buttons if button.startswith(words))


def bulk_rows(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        (count,) = connection.execute(BULK).fetchone()
    return int(count)


def sent_and_killed(database: Path, after: float) -> tuple[int, float, int]:
    """Thousands of decisions in one post to a server that is killed meanwhile: the answer, its time, and the rows."""
    with office(database, NAMES[:1]) as serve:
        (visitor,) = serve.visitors()
        form, button = decide_on_all(visitor)
        end = threading.Timer(after, serve.kill)
        end.start()
        answer = visitor.send(form, form.pressed(button))
        end.cancel()
        end.join()
        visitor.leave()
    check_sound(database)
    return answer.status, answer.seconds, bulk_rows(database)


def test_a_server_killed_while_thousands_are_decided_on_at_once_leaves_all_or_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    large_database(whole, 6000).close()
    status, duration, count = sent_and_killed(copy_of(whole, tmp_path / "undisturbed"), 60.0)
    assert (status, count) == (303, 6000)
    outcomes = [
        sent_and_killed(copy_of(whole, tmp_path / f"{share}"), duration * share)
        for share in (0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
    ]
    assert {count for _, _, count in outcomes} <= {0, 6000}
    assert {count for status, _, count in outcomes if status == 303} <= {6000}
    assert (NO_ANSWER, 0) in {(status, count) for status, _, count in outcomes}


def copy_of(database: Path, folder: Path) -> Path:
    folder.mkdir()
    (folder / "work.db").write_bytes(database.read_bytes())
    return folder / "work.db"


# Stopped


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_stopped_answers_what_it_writes(tmp_path: Path, number: signal.Signals) -> None:
    database = tmp_path / "work.db"
    large_database(database, 3000).close()
    with office(database, NAMES) as serve:
        group = group_at(serve, "/work/-/review", number)
        with at_work(group, lambda: False):
            time.sleep(2.0)
            serve.process.send_signal(number)
            assert serve.process.wait(20) == 0
        until(lambda: running_beside(database) == [])
    deeds = deeds_of(group)
    assert sum(deed.was_written for deed in deeds) > 10
    check_sound(database)
    check_account(database, [deed for deed in deeds if deed.status != NO_ANSWER])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_who_draws_pages_ends_with_the_server(tmp_path: Path, number: signal.Signals) -> None:
    database = tmp_path / "work.db"
    shelved(database, [PDF]).close()
    with office(database, NAMES[:1]) as serve:
        (visitor,) = serve.visitors()
        before = running_beside(database)
        assert visitor.get(f"/work/-/passage/{PDF.name}-23/page.png".replace(".pdf-", "~2Epdf-")).status == 200
        visitor.leave()
        assert set(running_beside(database)) > set(before)
        end_of(serve, number)
        until(lambda: running_beside(database) == [])


def end_of(serve: Office, number: signal.Signals) -> None:
    """End goalmap serve as a user does, or Datasette itself as the system does where memory is short."""
    if number == signal.SIGTERM:
        serve.process.terminate()
    else:
        for pid in children_of(serve.process.pid):
            os.kill(pid, number)


def children_of(pid: int) -> Sequence[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
