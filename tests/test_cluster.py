"""goalmap cluster: machines that join, are turned away, come and go."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from goalmap.cli import main
from goalmap.commands import hosting
from goalmap.commands.hosting import KEY, Place, differences, versions
from goalmap.ingest.errors import ClusterProblem
from tests.clusters import Machines, children_of, eventually, machines, worker_processes
from tests.hosts import network

posix = pytest.mark.skipif(sys.platform != "linux", reason="looks into the processes as Linux shows them")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Machines]:
    with machines(tmp_path) as made:
        yield made


# Addresses


@given(
    protocol=st.sampled_from(["tcp", "tls"]),
    host=st.sampled_from(["10.0.0.5", "localhost", "trust-archive.example", "[::1]", "[fe80::1]"]),
    port=st.integers(0, 65535),
)
def test_an_address_is_written_as_it_was_read(protocol: str, host: str, port: int) -> None:
    assert str(Place.of(f"{protocol}://{host}:{port}")) == f"{protocol}://{host}:{port}"


@pytest.mark.parametrize(
    "address", ["", "10.0.0.5:8786", "http://10.0.0.5:8786", "tcp://:8786", "tcp://host", "tcp://host:99999"]
)
def test_what_is_no_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(ClusterProblem, match="such as tcp://"):
        Place.of(address)


def test_an_address_tells_who_can_reach_it() -> None:
    assert [Place.of(f"tcp://{host}:1").is_for_this_machine for host in ("127.0.0.1", "localhost", "[::1]")] == [
        True
    ] * 3
    assert not Place.of("tcp://0.0.0.0:1").is_for_this_machine
    assert [Place.of(f"tcp://{host}:1").is_everywhere for host in ("0.0.0.0", "[::]", "10.0.0.5")] == [
        True,
        True,
        False,
    ]


# The same goalmap on every host


def test_a_host_differs_in_what_the_cluster_has_otherwise_and_in_nothing_else() -> None:
    here = versions()
    assert list(differences(here, here)) == []
    assert list(differences(here, {})) == []
    there = {**here, "distributed": "2024.1.0", "rules and models": "ab12"}
    assert list(differences(here, there)) == [
        f"distributed {here['distributed']} here, 2024.1.0 there",
        f"rules and models {here['rules and models']} here, ab12 there",
    ]


# Commands that cannot do what they are asked for


@pytest.mark.parametrize("words", [["up"], ["join", "tcp://10.0.0.5:8786"]])
def test_without_the_extra_each_command_says_how_to_install_it(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = CliRunner().invoke(main, ["cluster", *words])
    assert (done.exit_code, "pip install 'goalmap[cluster]'" in " ".join(done.stderr.split())) == (1, True)


def test_nobody_at_the_address_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosting, "SECONDS_TO_ANSWER", 1.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        done = CliRunner().invoke(main, ["cluster", "join", f"tcp://127.0.0.1:{free.getsockname()[1]}"])
    assert done.exit_code == 1
    assert "No scheduler answers at tcp://127.0.0.1:" in done.stderr


def test_an_address_that_is_taken_is_said_so(here: Machines) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = here.goalmap("cluster", "up", "--listen", f"tcp://127.0.0.1:{taken.getsockname()[1]}")
        assert refused.ends() == 1
    assert "goalmap cannot listen on tcp://127.0.0.1:" in refused.said
    assert "choose another address with --listen" in " ".join(refused.said.split())


# Machines that come and go


@pytest.mark.slow
def test_workers_join_are_counted_and_leave_when_told_to(here: Machines) -> None:
    scheduler, address = here.up(1)
    assert "Other machines cannot reach this address" in scheduler.said
    joined = here.join(address, 2)
    scheduler.until("127.0.0.1: 3 workers; 3 in all")
    assert joined.interrupt() == 0
    assert joined.said.endswith(f"Left {address}.\n")
    scheduler.until("127.0.0.1: 1 worker; 1 in all", 2)
    assert scheduler.interrupt() == 0
    assert scheduler.said.endswith("The cluster has stopped.\n")
    assert "Traceback" not in joined.said + scheduler.said


@pytest.mark.slow
@posix
def test_nothing_is_left_of_a_cluster_whose_command_is_killed(here: Machines) -> None:
    scheduler, _ = here.up(2)
    left = children_of(scheduler.process.pid)
    assert len(left) >= 2
    scheduler.kill()
    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))


@pytest.mark.slow
@posix
def test_a_worker_that_is_killed_is_begun_anew(here: Machines) -> None:
    scheduler, _ = here.up(2)
    before = worker_processes(scheduler)
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: before[0] not in worker_processes(scheduler))
    assert eventually(lambda: len(worker_processes(scheduler)) == 2)


@pytest.mark.slow
def test_workers_wait_for_a_scheduler_that_went_away_and_join_it_again(here: Machines) -> None:
    scheduler, address = here.up(0)
    joined = here.join(address, 1)
    scheduler.until("1 in all")
    scheduler.kill()
    joined.until("does not answer any more")
    again, _ = here.up(0, port=Place.of(address).port)
    again.until("1 in all")
    assert joined.interrupt() == 0


@pytest.mark.slow
def test_a_host_with_another_goalmap_is_turned_away(here: Machines) -> None:
    scheduler, address = here.up(0)
    asyncio.run(_tell_scheduler(address, {**versions(), "rules and models": "ab12"}))
    joined = here.join(address, 1)
    assert joined.ends() == 1
    said = " ".join(joined.said.split())
    assert "it would read files otherwise: rules and models " in said
    assert "here, ab12 there" in said
    assert "in all" not in scheduler.said


async def _tell_scheduler(address: str, needed: dict[str, str]) -> None:
    from distributed.core import rpc

    scheduler = rpc(address)
    await scheduler.set_metadata(keys=[KEY], value=needed)
    await scheduler.close_rpc()


def certified(folder: Path) -> dict[str, str]:
    """A certificate, made as docs/how-to/cluster.md says, and the variables that tell Dask of it."""
    command = "req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=goalmap -keyout cluster.key -out cluster.crt"
    subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True, timeout=60)
    names = {"CERT": "cluster.crt", "KEY": "cluster.key"}
    roles = {f"{role}__{part}": name for role in ("SCHEDULER", "WORKER", "CLIENT") for part, name in names.items()}
    told = {"CA_FILE": "cluster.crt", **roles}
    return {f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(folder / file) for name, file in told.items()}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_over_tls_only_machines_with_the_certificate_join(tmp_path: Path) -> None:
    for name in ("cluster", "stranger"):
        (tmp_path / name).mkdir()
    with (
        machines(tmp_path / "cluster", certified(tmp_path / "cluster")) as ours,
        machines(tmp_path / "stranger", certified(tmp_path / "stranger")) as theirs,
    ):
        scheduler, address = ours.up(0, protocol="tls")
        stranger = theirs.join(address, 1)
        ours.join(address, 1)
        scheduler.until("1 worker; 1 in all")
        assert (stranger.ends(), "No scheduler answers at tls://" in stranger.said) == (1, True)
        assert "2 in all" not in scheduler.said


@pytest.mark.slow
def test_without_a_certificate_there_is_no_tls(here: Machines) -> None:
    refused = here.goalmap("cluster", "up", "--listen", "tls://127.0.0.1:0")
    assert refused.ends() == 1
    assert "needs a certificate that every machine has" in refused.said


@pytest.mark.slow
def test_hosts_with_addresses_of_their_own_join_and_one_that_was_cut_off_comes_back(here: Machines) -> None:
    with network(2) as net:
        scheduler, address = here.up(0, host=net.centre)
        for host in net.others:
            here.join(address, 1, host=host)
        scheduler.until("2 in all")
        assert {f"{host.address}: 1 worker" in scheduler.said for host in net.others} == {True}
        net.cut(net.others[0])
        scheduler.until(f"{net.others[0].address}: 0 workers; 1 in all")
        net.mend(net.others[0])
        scheduler.until(f"{net.others[0].address}: 1 worker; 2 in all")
