"""The engine of Dask: chunks of files to workers on this machine or on many, parts back, which are merged and removed."""

import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from goalmap.classify.engines.jobs import Agenda, Bounds
from goalmap.classify.engines.making import EndsWorkers, NotSeen, Place, make_part
from goalmap.classify.engines.parts import Chunk, Result, Source, finished, read_part
from goalmap.classify.engines.serial import Serial
from goalmap.classify.pipeline import Settings, failed
from goalmap.extract import memory
from goalmap.ingest.children import apart
from goalmap.ingest.errors import ClusterProblem, GoalmapError, NotInstalled
from goalmap.ingest.read import FATAL

if TYPE_CHECKING:
    from distributed import Client, Future

CHUNKS = Bounds(most_bytes=200_000_000, fewest=10, most=1000)
"""The scheduler is happy with some hundred thousand chunks."""
AT_HAND = 2
"""Chunks for each worker that are given out and not merged yet, so that parts do not pile up."""
PIECES = 10
"""A chunk that ends its workers is cut into so many, down to the single file that does."""
MOST_TIMES_GIVEN = 5
"""How often a chunk is given again, each time to several workers, that were dead before it ended."""
SECONDS_TO_ANSWER = 15
SECONDS_BETWEEN_LOOKS = 5
SECONDS_FOR_A_WORKER = 30
SECONDS_WITHOUT_WORKERS = 120.0
SECONDS_TO_SHOW = 30.0
"""How long a part that was written on another host may take to be seen here."""
NO_PAGES = "127.0.0.1:0"
"""Dask always serves something on its state; ours has no pages, on a port that nobody else has."""
OURS: dict[str, Any] = {
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.worker.profile.enabled": False,
    "distributed.comm.timeouts.connect": f"{SECONDS_TO_ANSWER}s",
    "distributed.worker.daemon": False,
    "distributed.worker.preload": ["goalmap.classify.engines.deaf"],
    "distributed.worker.http.routes": [],
    "distributed.scheduler.http.routes": [],
    "logging": {"distributed": "critical", "distributed.client": "critical"},
}
"""Settings of Dask where ours differ; with its own, looking after itself takes three hundredths of a core for each process."""


@dataclass(frozen=True)
class Cluster:
    """Workers of Dask: those of a scheduler, or some on this machine; whatever dies, chunks are done once in the end."""

    workers: int
    parts: Path
    """A folder that all workers see."""
    scheduler: str | None = None
    """The address of one that is there, such as tcp://10.0.0.5:8786."""
    keep_parts: bool = False
    _merged: list[Path] = field(default_factory=list, repr=False, compare=False)
    """Parts whose results were all given."""

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[Result]:
        """Each path's result; those that an earlier run left in parts first. Raises GoalmapError."""
        if find_spec("distributed") is None or find_spec("pyarrow") is None:
            raise NotInstalled("The engine dask", "cluster")
        self.parts.mkdir(parents=True, exist_ok=True)
        left = dict.fromkeys(paths)
        total = len(left)
        for result in self._finished(left, settings):
            del left[result[0]]
            yield result
        if left:
            with _connected(self, left) as client:
                yield from _Gathering(client, self, list(left), settings, total).results()

    def saved(self) -> None:
        """Remove the parts that were merged, unless parts are kept; the folder too, once it is empty."""
        merged, self._merged[:] = [*self._merged], []
        if self.keep_parts:
            return
        for part in merged:
            part.unlink(missing_ok=True)
        with suppress(OSError):  # not all are merged, or others have parts there
            self.parts.rmdir()

    def _finished(self, wanted: Iterable[Path], settings: Settings) -> Iterator[Result]:
        """What parts hold of the files as they are now."""
        now = {Source.at(path): path for path in wanted}
        for part, sources in finished(self.parts, settings):
            if now.keys() & sources:
                yield from _still(part, {now.pop(source) for source in now.keys() & sources})
                self.merged(part)

    def merged(self, part: Path) -> None:
        """All results of a part were given; it goes when they are saved."""
        self._merged.append(part)


def _still(part: Path, wanted: set[Path]) -> Iterator[Result]:
    """What a part holds of these files; a damaged one, nothing from there on."""
    with suppress(OSError, ValueError):
        yield from (result for result in read_part(part) if result[0] in wanted)


class _Gathering:
    """The chunks of one run, from giving them out to reading their parts."""

    def __init__(self, client: "Client", cluster: Cluster, paths: list[Path], settings: Settings, total: int) -> None:
        self.client = client
        self.cluster = cluster
        self.settings = settings
        self.total = total
        self.left = len(paths)
        self.place = Place(cluster.parts.resolve(), f".seen-{uuid4().hex}")
        self._agenda = Agenda(paths, max(1, self._workers()), CHUNKS)
        self._again: deque[Chunk] = deque()
        self._given: dict[Future[str], Chunk] = {}
        self._given_again: Counter[str] = Counter()
        self._last_seen = monotonic()

    def results(self) -> Iterator[Result]:
        self.place.folder.mkdir(parents=True, exist_ok=True)
        (self.place.folder / self.place.mark).touch()
        try:
            while self._agenda or self._again or self._given:
                self._hand_out()
                for future in self._done():
                    for result in self._of(future, self._given.pop(future)):
                        self.left -= 1
                        yield result
        finally:
            self.place.clear()

    def _hand_out(self) -> None:
        room = AT_HAND * max(1, self._workers()) - len(self._given)
        while room > 0 and (self._again or self._agenda):
            chunk = self._again.popleft() if self._again else Chunk.of(self._agenda.take().paths, self.settings)
            with self._asking():
                # a key of its own: Dask remembers what became of a chunk that was given out before
                key = f"goalmap-{chunk.id}-{uuid4().hex}"
                future = self.client.submit(make_part, chunk, self.place, self._remembered(), key=key)
            self._given[future] = chunk
            room -= 1

    def _remembered(self) -> memory.Memory:
        """The passage memory, for workers on this machine; SQLite is not for folders that hosts share."""
        return memory.Forgetful() if self.cluster.scheduler else memory.current()

    def _done(self) -> "list[Future[str]]":
        """Those that are through with their chunk. Raises ClusterProblem."""
        from distributed import wait

        with suppress(TimeoutError), self._asking(), self.client.as_current():
            return list(wait(list(self._given), SECONDS_BETWEEN_LOOKS, "FIRST_COMPLETED").done)
        self._look_for_workers()
        return []

    def _look_for_workers(self) -> None:
        """Raises ClusterProblem where there has been none for a while."""
        if self._workers():
            self._last_seen = monotonic()
        elif monotonic() - self._last_seen > SECONDS_WITHOUT_WORKERS:
            raise ClusterProblem(
                f"{self._where} has no worker any more. Start some and run the same command: {self._so_far}"
            )

    def _workers(self) -> int:
        with self._asking():
            return sum(self.client.nthreads().values())

    def _of(self, future: "Future[str]", chunk: Chunk) -> Iterator[Result]:
        """The results of a chunk. Raises GoalmapError."""
        from distributed import KilledWorker

        if future.status not in ("finished", "error"):
            raise self._lost()
        with self._asking():
            error = future.exception()
            host = "" if error else future.result()
        future.release()  # or Dask would have it done again when the worker dies that holds the answer
        if error is None:
            yield from self._merged(chunk, host)
        elif isinstance(error, KilledWorker):
            self._give_again(chunk)
        elif isinstance(error, EndsWorkers):
            yield from self._cut(chunk)
        elif isinstance(error, NotSeen) and not any(path.exists() for path in chunk.paths):
            yield from Serial().run(chunk.paths, self.settings)  # they went away meanwhile; it says so of each
        elif isinstance(error, GoalmapError):
            raise error
        else:
            raise ClusterProblem(f"A worker cannot do its work ({type(error).__name__}: {error}).")

    def _merged(self, chunk: Chunk, host: str) -> Iterator[Result]:
        part = self.place.folder / chunk.name
        until = monotonic() + SECONDS_TO_SHOW
        while not part.exists():
            if monotonic() > until:
                raise ClusterProblem(f"{host} wrote {part}, which is not there. Do all hosts have the same folder?")
            sleep(0.5)
        yield from read_part(part)
        self.cluster.merged(part)

    def _give_again(self, chunk: Chunk) -> None:
        """Give a chunk again that was at workers when they died, whether it was to blame or not.

        Raises ClusterProblem where that does not end.
        """
        self._given_again[chunk.id] += 1
        if self._given_again[chunk.id] > MOST_TIMES_GIVEN:
            raise ClusterProblem(
                f"{self._where} has workers that die before they begin. See what they say and run the same command: {self._so_far}"
            )
        self._again.append(chunk)

    def _cut(self, chunk: Chunk) -> Iterator[Result]:
        """Smaller chunks of one that ended every worker that it was given to; a single file cannot be read."""
        if len(chunk.sources) > 1:
            self._again.extend(chunk.split(PIECES))
        else:
            yield from ((path, failed(path, FATAL)) for path in chunk.paths)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Ask the scheduler. Raises ClusterProblem when it is not there any more, TimeoutError when it takes long."""
        try:
            yield
        except TimeoutError:
            raise
        except (OSError, RuntimeError, CancelledError) as error:
            raise self._lost() from error

    def _lost(self) -> ClusterProblem:
        return ClusterProblem(
            f"{self._where} cannot be reached. Start it again and run the same command: {self._so_far}"
        )

    @property
    def _where(self) -> str:
        return f"The scheduler at {self.cluster.scheduler or 'this machine'}"

    @property
    def _so_far(self) -> str:
        return f"{self.total - self.left:,} of {self.total:,} files are done and are not read again."


@contextmanager
def _connected(cluster: Cluster, wanted: Iterable[Path]) -> "Iterator[Client]":
    """A client of the scheduler, or of one with workers on this machine. Raises ClusterProblem."""
    import dask

    with dask.config.set(OURS):
        if cluster.scheduler:
            with _client_of(cluster.scheduler) as client:
                yield client
        else:
            with _own_workers(Agenda(wanted, cluster.workers).workers) as client:
                yield client


@contextmanager
def _client_of(scheduler: str) -> "Iterator[Client]":
    from distributed import Client

    try:
        client = Client(scheduler, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterProblem(
            f"No scheduler answers at {scheduler}. Start one there with: goalmap cluster up --listen ADDRESS"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, SECONDS_FOR_A_WORKER)
        except TimeoutError as error:
            raise ClusterProblem(
                f"The scheduler at {scheduler} has no worker. Start some with: goalmap cluster join {scheduler}"
            ) from error
        yield client


@contextmanager
def _own_workers(workers: int) -> "Iterator[Client]":
    from distributed import Client, LocalCluster

    wishes = {
        "n_workers": workers,
        "threads_per_worker": 1,
        "memory_limit": 0,
        "dashboard_address": NO_PAGES,
        "silence_logs": logging.CRITICAL,
    }
    with apart(), LocalCluster(**wishes) as local, Client(local, set_as_default=False) as client:
        yield client
