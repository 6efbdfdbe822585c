"""The engine of worker processes, any of which may die without harm."""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from goalmap.classify.engines.jobs import Agenda, Job
from goalmap.classify.engines.worker import SECONDS_TO_START, Said, Step, work
from goalmap.classify.pipeline import FileResult, Settings, failed
from goalmap.extract import memory
from goalmap.ingest.children import apart
from goalmap.ingest.errors import GoalmapError
from goalmap.ingest.read import FATAL

AT_HAND = 2
"""Jobs that a worker has: one that it does, and the next, so that it need not wait. No more, so that results do not pile up."""
SECONDS_BETWEEN_LOOKS = 1.0
"""How often it is looked whether a worker has had its time."""
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Each worker computes in one thread: there is one for each core."""

Result = tuple[Path, FileResult]


@dataclass(frozen=True)
class Processes:
    """Worker processes, each with its models loaded once; one that dies or hangs costs a step of its file and is replaced."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[Result]:
        with closing(Pool(settings, self.workers)) as pool:
            yield from pool.run(paths)

    def saved(self) -> None:
        """It holds nothing."""


class Pool:
    """Workers that wait for the next run when one is over."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self.settings = settings
        self.workers = workers
        self._crew: list[_Worker] = []
        self._inbox: SimpleQueue[tuple[_Worker, Said | None]] = SimpleQueue()

    def run(self, paths: Iterable[Path]) -> Iterator[Result]:
        """Each path's result as soon as it is there. Raises GoalmapError where the installation is broken."""
        agenda = Agenda(paths, self.workers)
        most = agenda.workers
        try:
            while agenda or any(worker.jobs for worker in self._crew):
                self._hand_out(agenda, most)
                yield from self._answered(agenda)
        finally:
            for worker in [worker for worker in self._crew if worker.jobs]:
                self._dismiss(worker)

    def close(self) -> None:
        for worker in [*self._crew]:
            self._dismiss(worker)

    def _hand_out(self, agenda: Agenda, most: int) -> None:
        while agenda and len(self._crew) < most:
            self._crew.append(_Worker(self.settings, self._inbox))
            self._crew[-1].give(agenda.take())
        for at_hand in range(AT_HAND):
            for worker in self._crew:
                if agenda and len(worker.jobs) <= at_hand:
                    worker.give(agenda.take())

    def _answered(self, agenda: Agenda) -> Iterator[Result]:
        """What is said next, as far as it is a result. Raises GoalmapError."""
        for worker in self._crew:
            if worker.jobs and time.monotonic() > worker.due:
                worker.process.kill()
        try:
            worker, said = self._inbox.get(timeout=SECONDS_BETWEEN_LOOKS)
        except Empty:
            return
        if isinstance(said, GoalmapError):
            raise said
        if worker not in self._crew:  # it was dismissed, and what it said since is not waited for
            return
        if said is None:
            yield from self._replaced(worker, agenda)
        elif isinstance(said, tuple):
            worker.take_off(said[0])
            yield said

    def _replaced(self, worker: "_Worker", agenda: Agenda) -> Iterator[Result]:
        """Put back what a dead worker left; gives the files that cannot be read at all."""
        self._dismiss(worker)
        jobs, fatal = worker.left()
        agenda.give_back(jobs)
        yield from ((path, failed(path, FATAL)) for path in fatal)

    def _dismiss(self, worker: "_Worker") -> None:
        self._crew.remove(worker)
        worker.end()


@dataclass(slots=True)
class _Assigned:
    """A job that a worker has, and the files in it that it has not answered for."""

    job: Job
    unread: list[Path]


class _Worker:
    """A process that does one job after another, and a thread that listens to it, so that it need not wait for us."""

    def __init__(self, settings: Settings, inbox: "SimpleQueue[tuple[_Worker, Said | None]]") -> None:
        context = get_context("spawn")
        self.pipe: Connection[Job, Said]
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(theirs, settings, memory.current()), daemon=True)
        with apart(**ONE_THREAD):
            self.process.start()
        theirs.close()
        self.jobs: deque[_Assigned] = deque()
        self.step = ""
        self.due = time.monotonic() + SECONDS_TO_START
        self._inbox = inbox
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def give(self, job: Job) -> None:
        self.jobs.append(_Assigned(job, [*job.paths]))
        with suppress(OSError):  # it died just now; the listener says so
            self.pipe.send(job)

    def take_off(self, path: Path) -> None:
        """Note that a file is done."""
        self.jobs[0].unread.remove(path)
        if not self.jobs[0].unread:
            self.jobs.popleft()

    def left(self) -> tuple[list[Job], list[Path]]:
        """Of a dead worker: the jobs that are left to do, and the files that cannot be read at all."""
        if not self.jobs:
            return [], []
        at, *untouched = self.jobs
        again = at.job.after(self.step, at.unread)
        return again + [assigned.job for assigned in untouched], [] if again else at.unread

    def _listen(self) -> None:
        """Pass on what the process says, and at last that it is dead."""
        try:
            while True:
                said = self.pipe.recv()
                if isinstance(said, Step):
                    self.step, self.due = said.name, time.monotonic() + said.seconds
                else:
                    self._inbox.put((self, said))
        except Exception:  # the end of the pipe, or what a process sends whose memory is in disorder
            self.process.kill()
        self._inbox.put((self, None))

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self._listener.join()
        self.pipe.close()
