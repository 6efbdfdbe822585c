"""A cluster on which things go wrong in mid job: the rows are those of a serial run, none lost, none double."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clusters import Machines, Program, machines, worker_processes
from tests.hosts import Host, network
from tests.plugins import stubborn
from tests.stubborn_readers import SECONDS
from tests.test_crashes import state

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="Windows ends processes otherwise"),
]

SLOWLY = "0.15"
FILES = 40
READ = '"event": "read"'
NOTE = """\
The work of week {week}

In week {week} the Trust took on {week} apprentices aged 16 to 18 at Aire College, said Amara Nwosu, its chief executive.

We opened a clinic in Leeds where nurses help {many} patients a week to stay well.
"""

State = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables with which goalmap finds the readers that are slow and the ones that kill."""
    return stubborn(tmp_path_factory.mktemp("plugin"))


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files, each of which takes a while."""
    folder = tmp_path_factory.mktemp("notes")
    for week in range(1, FILES + 1):
        (folder / f"week-{week}.notes").write_text(NOTE.format(week=week, many=week * 7))
    return folder


@pytest.fixture(scope="module")
def expected(notes: Path, plugin: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> State:
    """The rows of a serial run."""
    folder = tmp_path_factory.mktemp("serial")
    with machines(folder, plugin) as here:
        assert here.goalmap("ingest", notes, "--fast", "--engine", "serial", "-q").ends() == 0
    rows = state(folder / "goalmap.db")
    assert len(rows["documents"]) == FILES
    assert len(rows["proposals"]) > FILES
    return rows


@pytest.fixture
def here(tmp_path: Path, plugin: dict[str, str]) -> Iterator[Machines]:
    with machines(tmp_path, {**plugin, SECONDS: SLOWLY}) as made:
        yield made


def reading(here: Machines, folder: Path, address: str, host: Host | None = None) -> Program:
    """A run on the cluster that tells of each file."""
    words = ("--fast", "--engine", "dask", "--scheduler", address, "--progress", "json")
    return here.goalmap("ingest", folder, *words, host=host)


def test_a_worker_that_is_killed_in_mid_job_costs_nothing(here: Machines, notes: Path, expected: State) -> None:
    scheduler, address = here.up(2)
    run = reading(here, notes, address)
    run.until(READ)
    os.kill(worker_processes(scheduler)[0], signal.SIGKILL)
    assert run.ends() == 0, run.said
    assert state(here.folder / "goalmap.db") == expected


def test_a_scheduler_that_is_killed_in_mid_job_is_told_of_and_the_same_command_goes_on(
    here: Machines, notes: Path, expected: State
) -> None:
    scheduler, address = here.up(2)
    run = reading(here, notes, address)
    run.until(READ)
    scheduler.kill()
    assert run.ends() == 1, run.said
    assert "run the same command" in run.said
    before = {path: row for path, row in documents(here)}
    here.up(2, port=int(address.rpartition(":")[2]))
    again = reading(here, notes, address)
    assert again.ends() == 0, again.said
    assert again.said.count(READ) < FILES
    assert state(here.folder / "goalmap.db") == expected
    assert before.items() <= dict(documents(here)).items()


def test_a_run_that_is_killed_in_mid_job_goes_on_where_it_was(here: Machines, notes: Path, expected: State) -> None:
    _, address = here.up(2)
    run = reading(here, notes, address)
    run.until(READ)
    run.kill()
    again = reading(here, notes, address)
    assert again.ends() == 0, again.said
    assert state(here.folder / "goalmap.db") == expected
    assert list((here.folder / "goalmap.db-parts").glob("part-*")) == []


def documents(here: Machines) -> Iterator[tuple[Any, ...]]:
    for row in state(here.folder / "goalmap.db")["documents"]:
        yield dict(row)["path"], row


@pytest.mark.parametrize("ending", ["poison", "venom"])
def test_a_file_that_kills_every_worker_that_touches_it_is_listed_as_failed_and_all_others_are_read(
    here: Machines, notes: Path, expected: State, ending: str
) -> None:
    """Poison kills the process that reads it, venom the worker itself too."""
    _, address = here.up(2)
    bad = notes / f"a {ending}.{ending}"
    bad.write_text("Whoever reads this dies.")
    try:
        run = reading(here, notes, address)
        assert run.ends() == 3, run.said
    finally:
        bad.unlink()
    rows = state(here.folder / "goalmap.db")
    (failed,) = [row for row in rows["documents"] if dict(row)["path"] == str(bad)]
    assert dict(failed)["status"] == "failed"
    assert dict(failed)["problem"]
    rows["documents"].remove(failed)
    assert rows == expected


def test_a_host_that_is_cut_off_in_mid_job_costs_nothing(here: Machines, notes: Path, expected: State) -> None:
    with network(2) as net:
        scheduler, address = here.up(0, host=net.centre)
        for host in net.others:
            here.join(address, 1, host=host)
        scheduler.until("2 in all")
        run = reading(here, notes, address, host=net.centre)
        run.until(READ)
        net.cut(net.others[0])
        assert run.ends() == 0, run.said
        scheduler.until(f"{re.escape(net.others[0].address)}: 0 workers; 1 in all")
    assert state(here.folder / "goalmap.db") == expected
