"""What keeps a cluster going on this machine: a scheduler, workers that come back, the same goalmap on every host."""

import asyncio
import logging
import platform
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from goalmap.ingest.children import apart
from goalmap.ingest.errors import ClusterProblem, NotInstalled

if TYPE_CHECKING:
    from distributed import Nanny, Scheduler, Worker

KEY = "goalmap"
"""Under which a scheduler keeps what its hosts must have."""
LIBRARIES = ("goalmap", "dask", "distributed", "pyarrow")
NO_PAGES = "127.0.0.1:0"
"""Dask always serves pages on its state; ours are for this machine only, and empty."""
SECONDS_TO_ANSWER = 15.0
SECONDS_TO_RETURN = 30.0
"""How long a worker that died may take to be back before all workers of this host begin anew."""
SECONDS_BETWEEN_TRIES = 3.0
OURS = {"distributed.scheduler.worker-ttl": "60 seconds"}
"""Settings of Dask where a cluster that stays differs, beside those of every run; what the user set goes before them."""

Told = Callable[[str, int, int], None]
"""Told of each host whose number of workers changed: which, how many it has, how many there are in all."""


class NoScheduler(ClusterProblem):
    """Nothing answers at the address, or something that is no scheduler."""

    def __init__(self, place: "Place") -> None:
        super().__init__(
            f"No scheduler answers at {place}. Start one there with: goalmap cluster up --listen ADDRESS, "
            "and see that no firewall stands between."
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scheduler listens or is found, such as tcp://10.0.0.5:8786."""

    protocol: str
    host: str
    port: int

    @classmethod
    def of(cls, address: str) -> "Place":
        """Raises ClusterProblem."""
        protocol, _, rest = address.rpartition("://")
        host, _, port = rest.rpartition(":")
        if protocol not in ("tcp", "tls") or not host or not port.isdecimal() or int(port) > 65535:
            raise ClusterProblem(f"{address!r} is no address of a scheduler. Give one such as tcp://10.0.0.5:8786.")
        return cls(protocol, host.strip("[]"), int(port))

    @property
    def is_for_this_machine(self) -> bool:
        """Whether only programs on this machine reach it."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")

    @property
    def is_everywhere(self) -> bool:
        """Whether it stands for all addresses of this machine."""
        return self.host in ("0.0.0.0", "::")

    def __str__(self) -> str:
        return f"{self.protocol}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def check_installed() -> None:
    """Raises NotInstalled."""
    if find_spec("distributed") is None or find_spec("pyarrow") is None:
        raise NotInstalled("A cluster", "cluster")


# The same goalmap on every host


def versions() -> dict[str, str]:
    """What has to be the same on every host, since each reads some of the files."""
    from goalmap.classify.pipeline import Settings

    python = ".".join(platform.python_version_tuple()[:2])
    return {
        **{name: version(name) for name in LIBRARIES},
        "Python": python,
        "rules and models": Settings().fingerprint,
    }


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> Iterator[str]:
    """What a host has otherwise than the cluster."""
    for name in there:
        if here.get(name) != there[name]:
            yield f"{name} {here.get(name, 'missing')} here, {there[name]} there"


async def _check_versions(place: Place) -> None:
    """Raises ClusterProblem."""
    if differ := list(differences(versions(), await _versions_at(place))):
        raise ClusterProblem(
            f"This host cannot join {place}, for it would read files otherwise: {'; '.join(differ)}. "
            "Install the same goalmap, Python and libraries on every host."
        )


async def _versions_at(place: Place) -> dict[str, str]:
    """What the scheduler's hosts must have; nothing where it was not started by goalmap. Raises NoScheduler."""
    from distributed.core import rpc
    from distributed.security import Security

    there = rpc(str(place), connection_args=Security().get_connection_args("worker"))
    try:
        asked = there.get_metadata(keys=[KEY], default={})
        answer = await asyncio.wait_for(asked, SECONDS_TO_ANSWER)
        return dict(answer)
    except (OSError, ValueError, TypeError) as error:
        raise NoScheduler(place) from error
    finally:
        await there.close_rpc()


# A scheduler


def host_scheduler(place: Place, workers: int, ready: Callable[[Place], None], told: Told) -> None:
    """Run a scheduler and workers until somebody stops them. Raises ClusterProblem where the address cannot be had."""
    _prepare(place)
    asyncio.run(_host_scheduler(place, workers, ready, told))


async def _host_scheduler(place: Place, workers: int, ready: Callable[[Place], None], told: Told) -> None:
    stop = _stop_signal()
    counted: Counter[str] = Counter()
    async with _scheduler(place) as scheduler:

        def tell() -> None:
            nonlocal counted
            counted = _tell_changes(counted, Counter(one.host for one in scheduler.workers.values()), told)

        here = Place.of(scheduler.address)
        ready(here)
        while not stop.is_set():
            await _work(here, workers, stop, tell)


def _tell_changes(before: Counter[str], after: Counter[str], told: Told) -> Counter[str]:
    for host in sorted(before | after):
        if before[host] != after[host]:
            told(host, after[host], after.total())
    return after


@asynccontextmanager
async def _scheduler(place: Place) -> "AsyncIterator[Scheduler]":
    from distributed import Scheduler

    scheduler = Scheduler(
        host=place.host, port=place.port, protocol=place.protocol, dashboard=False, dashboard_address=NO_PAGES
    )
    try:
        await scheduler
    except (OSError, ValueError, RuntimeError) as error:
        raise ClusterProblem(
            f"goalmap cannot listen on {place} ({error.__cause__ or error}). Another cluster may be running there; "
            "stop it, or choose another address with --listen."
        ) from error
    scheduler.task_metadata[KEY] = versions()
    try:
        yield scheduler
    finally:
        await scheduler.close()


# Workers


def host_workers(place: Place, workers: int, joined: Callable[[], None], left: Callable[[], None]) -> None:
    """Run workers of that scheduler until somebody stops them; when it goes away they wait for it to be back.

    Raises ClusterProblem where no scheduler answers to begin with, or where it has another goalmap than this host.
    """
    _prepare(place)
    asyncio.run(_host_workers(place, workers, joined, left))


async def _host_workers(place: Place, workers: int, joined: Callable[[], None], left: Callable[[], None]) -> None:
    stop = _stop_signal()
    await _check_versions(place)
    while not stop.is_set():
        joined()
        with suppress(ClusterProblem):  # it went away while they began
            await _work(place, workers, stop)
        if not stop.is_set():
            left()
            await _return_of(place, stop)


async def _return_of(place: Place, stop: asyncio.Event) -> None:
    """Wait until the scheduler answers again. Raises ClusterProblem where it now has another goalmap."""
    while not stop.is_set():
        await _pause(stop, SECONDS_BETWEEN_TRIES)
        with suppress(NoScheduler):
            return await _check_versions(place)


async def _work(place: Place, workers: int, stop: asyncio.Event, tick: Callable[[], None] = lambda: None) -> None:
    """Workers, until they are told to stop or cannot go on."""
    async with _crew(place, workers) as crew:
        fine = time.monotonic()
        while not stop.is_set() and time.monotonic() - fine < SECONDS_TO_RETURN:
            tick()
            await _pause(stop)
            if any(nanny.status.name in ("closed", "failed") for nanny in crew):
                return
            if all(nanny.is_alive() for nanny in crew):
                fine = time.monotonic()


@asynccontextmanager
async def _crew(place: Place, workers: int) -> "AsyncIterator[list[Nanny]]":
    """Worker processes, each of which is begun anew when it dies."""
    from distributed import Nanny

    crew = [
        Nanny(
            str(place),
            nthreads=1,
            memory_limit=0,  # goalmap has limits of its own
            dashboard=False,
            dashboard_address=NO_PAGES,
            silence_logs=logging.CRITICAL,
            preload=[__name__],
            death_timeout=SECONDS_TO_RETURN,
        )
        for _ in range(workers)
    ]
    try:
        with apart():  # so are those that come in place of the dead
            await _begun(crew)
            yield crew
    finally:
        await asyncio.gather(*(nanny.close(timeout=2) for nanny in crew), return_exceptions=True)


async def _begun(crew: "list[Nanny]") -> None:
    """Raises ClusterProblem."""
    try:
        await asyncio.gather(*crew)
    except (OSError, RuntimeError) as error:
        raise ClusterProblem(f"The workers cannot begin: {error.__cause__ or error}") from error


def dask_setup(_: "Worker") -> None:
    """Called by Dask in each worker process: Ctrl-C is for the process that started it, which ends it in good order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


# Both


def _prepare(place: Place) -> None:
    """Raises ClusterProblem where the address asks for certificates and there are none."""
    import dask

    from goalmap.classify.engines import cluster

    dask.config.update_defaults({**cluster.OURS, **OURS})
    if place.protocol == "tls" and not dask.config.get("distributed.comm.tls.ca-file", None):
        raise ClusterProblem(
            f"{place} needs a certificate that every machine has; docs/how-to/cluster.md says how to make one."
        )


def _stop_signal() -> asyncio.Event:
    """Set when somebody presses Ctrl-C or ends the process."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # on Windows Ctrl-C ends asyncio.run itself
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _pause(stop: asyncio.Event, seconds: float = 1.0) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
