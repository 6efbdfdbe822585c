"""Engines that run a function over many files: in this process, or in worker processes that may die without harm."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from goalmap.classify.pipeline import FileResult, Settings, analyse, failed, prepare
from goalmap.ingest.errors import GoalmapError, UnknownName
from goalmap.ingest.read import FATAL
from goalmap.ingest.watch import Tell, Watch, limit_memory

MOST_TRIES = 4
"""How often a file is read that ends its worker, each time without the step that did so; the last time up to the first such step."""
SECONDS_TO_START = 120.0
"""How long a worker may take to load its models and to open its file."""
STOP = None

Steps = frozenset[str]


class Engine(Protocol):
    """Gives each path's result as soon as it is there, in any order."""

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]: ...


@dataclass(frozen=True)
class Serial:
    """One file after another in this process; a file that crashes a parser ends the run."""

    workers: int = 1

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]:
        for path in paths:
            yield path, analyse(path, settings)


@dataclass(frozen=True)
class Processes:
    """Worker processes, each with its models loaded once; one that dies or hangs costs a step of its file and is replaced."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]:
        waiting = deque(_Job(path) for path in paths)
        pool = [_Worker(settings) for _ in range(min(self.workers, len(waiting)))]
        try:
            while waiting or any(worker.job for worker in pool):
                for index, worker in enumerate(pool):
                    if waiting and worker.job is None:
                        pool[index] = _busy(worker, waiting.popleft(), settings)
                connection.wait([worker.pipe for worker in pool if worker.job], timeout=1.0)
                for worker in pool:
                    if job := worker.job:
                        answer = worker.answer()
                        if isinstance(answer, FileResult):
                            yield job.path, answer
                        elif isinstance(answer, _Job):
                            waiting.appendleft(answer)
        finally:
            for worker in pool:
                worker.end()


@dataclass(frozen=True, slots=True)
class _Job:
    """A file to read, without the steps that ended a worker."""

    path: Path
    without: Steps = frozenset()

    def after(self, step: str | None) -> "_Job | FileResult":
        """What becomes of a file that ended its worker at this step: another try without it, or a failure."""
        if step is None or step in self.without or len(self.without) >= MOST_TRIES:
            return failed(self.path, FATAL)
        return _Job(self.path, self.without | {step})

    def watch(self, settings: Settings, tell: Tell) -> Watch:
        return Watch.over(settings.limits, self.without, len(self.without) >= MOST_TRIES - 1, tell)


def _busy(worker: "_Worker", job: _Job, settings: Settings) -> "_Worker":
    """The worker, or another in place of a dead one, at work on the file."""
    if not worker.process.is_alive():
        worker.end()
        worker = _Worker(settings)
    worker.give(job)
    return worker


class _Worker:
    """A process that analyses one file at a time and says which step it is about to take."""

    def __init__(self, settings: Settings) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()
        self.job: _Job | None = None
        self.step: str | None = None
        self.due = inf

    def give(self, job: _Job) -> None:
        self.job, self.step, self.due = job, None, time.monotonic() + SECONDS_TO_START
        with suppress(OSError):  # it died just now; that shows when its result is asked for
            self.pipe.send(job)

    def answer(self) -> FileResult | _Job | None:
        """The result, another job where the worker died or overran, or None while it works. Raises GoalmapError."""
        assert self.job is not None
        try:
            while self.pipe.poll():
                said = self.pipe.recv()
                if isinstance(said, GoalmapError):
                    raise said
                if isinstance(said, FileResult):
                    self.job = None
                    return said
                self.step, seconds = said
                self.due = time.monotonic() + seconds
        except (EOFError, OSError):
            return self._ended()
        return self._ended() if time.monotonic() > self.due else None

    def _ended(self) -> FileResult | _Job | None:
        job, self.job = self.job, None
        self.end()
        return job.after(self.step) if job else None

    def end(self) -> None:
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: "Connection[FileResult | GoalmapError | tuple[str, float], _Job | None]", settings: Settings) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    os.environ["OMP_NUM_THREADS"] = "1"
    limit_memory(settings.limits.max_memory)

    def tell(step: str, seconds: float) -> None:
        pipe.send((step, seconds))

    try:
        while (job := pipe.recv()) is not STOP:
            pipe.send(_result(job.path, settings, job.watch(settings, tell)))
    except EOFError:
        return


def _result(path: Path, settings: Settings, watch: Watch) -> FileResult | GoalmapError:
    """The file's result, or what is wrong with the installation, which concerns every file."""
    try:
        prepare(settings)
        return analyse(path, settings, watch)
    except GoalmapError as error:
        return error


ENGINES: dict[str, Callable[[int], Engine]] = {"serial": Serial, "processes": Processes}


def engine(name: str, workers: int) -> Engine:
    """The engine of that name. Raises UnknownName."""
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES)
    return ENGINES[name](workers)
