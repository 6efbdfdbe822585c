"""Engines that run a function over many files: in this process, or in worker processes that may die without harm."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from goalmap.classify.pipeline import FileResult, Settings, analyse, failed
from goalmap.ingest.errors import GoalmapError, UnknownName

SECONDS_A_FILE = 120.0
SECONDS_A_MEGABYTE = 20.0
"""After so many seconds, and so many more for each megabyte, a worker is ended and its file marked as failed."""
MEMORY_BYTES = 4 * 1024**3
"""Address space of a worker; a file that asks for more fails alone."""
STOP = None


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
    """Worker processes, each with its models loaded once; one that dies or hangs costs its file and is replaced."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    seconds_a_file: float = SECONDS_A_FILE
    memory_bytes: int = MEMORY_BYTES

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]:
        waiting = deque(paths)
        pool = [_Worker(settings, self.memory_bytes) for _ in range(min(self.workers, len(waiting)))]
        try:
            while waiting or any(worker.path for worker in pool):
                for index, worker in enumerate(pool):
                    if waiting and worker.path is None:
                        pool[index] = self._busy(worker, waiting.popleft(), settings)
                self._wait(pool)
                for worker in pool:
                    if done := self._done(worker):
                        worker.path = None
                        yield done
        finally:
            for worker in pool:
                worker.end()

    def _busy(self, worker: "_Worker", path: Path, settings: Settings) -> "_Worker":
        """The worker, or another in place of a dead one, at work on the path."""
        if worker.is_dead:
            worker.end()
            worker = _Worker(settings, self.memory_bytes)
        worker.give(path)
        return worker

    def _wait(self, pool: "list[_Worker]") -> None:
        busy = [worker.pipe for worker in pool if worker.path]
        if busy:
            connection.wait(busy, timeout=1.0)

    def _done(self, worker: "_Worker") -> tuple[Path, FileResult] | None:
        """The worker's result, a failure if it died or took too long, or None while it works."""
        path = worker.path
        if path is None:
            return None
        limit = self.seconds_a_file + SECONDS_A_MEGABYTE * _megabytes(path)
        if time.monotonic() - worker.since > limit:
            worker.end()
            return path, failed(
                path,
                f"Reading took longer than {limit:.0f} s and was stopped. Split the file, or ask for it in another format.",
            )
        try:
            result = worker.pipe.recv() if worker.pipe.poll() else None
        except (EOFError, OSError):
            worker.end()
            return path, failed(
                path,
                "The file made its reader crash or ask for too much memory. Open it in its own program and save it again.",
            )
        if isinstance(result, GoalmapError):
            raise result
        return None if result is None else (path, result)


def _megabytes(path: Path) -> float:
    try:
        return path.stat().st_size / 1e6
    except OSError:  # it is gone; its worker will say so
        return 0.0


class _Worker:
    """A process that analyses one path at a time."""

    def __init__(self, settings: Settings, memory_bytes: int) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, settings, memory_bytes), daemon=True)
        self.process.start()
        theirs.close()
        self.path: Path | None = None
        self.since = 0.0

    @property
    def is_dead(self) -> bool:
        return not self.process.is_alive()

    def give(self, path: Path) -> None:
        self.path, self.since = path, time.monotonic()
        with suppress(OSError):  # it died just now; that shows when its result is asked for
            self.pipe.send(path)

    def end(self) -> None:
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: "Connection[FileResult | GoalmapError, Path | None]", settings: Settings, memory_bytes: int) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    os.environ["OMP_NUM_THREADS"] = "1"
    _limit_memory(memory_bytes)
    try:
        while (path := pipe.recv()) is not STOP:
            pipe.send(_result(path, settings))
    except EOFError:
        return


def _result(path: Path, settings: Settings) -> FileResult | GoalmapError:
    """The file's result, or what is wrong with the installation, which concerns every file."""
    try:
        return analyse(path, settings)
    except GoalmapError as error:
        return error


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


ENGINES: dict[str, Callable[[int], Engine]] = {"serial": Serial, "processes": Processes}


def engine(name: str, workers: int) -> Engine:
    """The engine of that name. Raises UnknownName."""
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES)
    return ENGINES[name](workers)
