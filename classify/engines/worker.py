"""What runs in a worker process: its models loaded once, then one job after another, each step told before it is taken."""

import gc
import os
import pickle
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from goalmap.classify.engines.jobs import Job
from goalmap.classify.pipeline import FileResult, Settings, analyse, analyse_together, prepare
from goalmap.extract import memory
from goalmap.extract.memory import Memory
from goalmap.ingest.errors import GoalmapError
from goalmap.ingest.watch import Tell, limit_memory

SECONDS_TO_START = 120.0
"""How long a worker may take to load its models, and to open a file."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a worker is about to do, and how long that may take; without a name where it is no step of a file."""

    name: str
    seconds: float


WAITING = Step("", inf)
BEGINNING = Step("", SECONDS_TO_START)

Said = Step | GoalmapError | tuple[Path, FileResult]
"""What a worker tells its parent: a step, a file's result, or what is wrong with the installation."""


def work(pipe: "Connection[Said, Job]", settings: Settings, remembered: Memory) -> None:
    """Do the jobs that come through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    Thread(target=_end_with_parent, daemon=True).start()
    limit_memory(settings.limits.max_memory)
    memory.use(remembered)
    with suppress(EOFError, OSError):
        try:
            prepare(settings)
            gc.freeze()  # what was loaded stays; looking through it again and again would take a tenth of the time
            _do_jobs(pipe, settings)
        except GoalmapError as error:
            pipe.send(_fit_to_send(error))


def _fit_to_send(error: GoalmapError) -> GoalmapError:
    """The error, or one that says the same where it is of a kind that cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except TypeError:
        plain = GoalmapError(str(error))
        plain.exit_code = error.exit_code
        return plain
    return error


def _do_jobs(pipe: "Connection[Said, Job]", settings: Settings) -> None:
    """Do one job after another. Raises GoalmapError, and EOFError or OSError when nobody is there any more."""

    def tell(step: str, seconds: float) -> None:
        pipe.send(Step(step, seconds))

    while True:
        pipe.send(WAITING)
        job = pipe.recv()
        pipe.send(BEGINNING)
        for path, result in _results(job, settings, tell):
            pipe.send((path, result))


def _results(job: Job, settings: Settings, tell: Tell) -> Iterator[tuple[Path, FileResult]]:
    if len(job.paths) == 1:
        yield job.paths[0], analyse(job.paths[0], settings, job.watch(settings, tell))
    else:
        yield from zip(job.paths, analyse_together(job.paths, settings, tell), strict=True)


def _end_with_parent() -> None:
    """A worker whose parent was killed has nobody to work for."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)
