"""Reading what was added: goalmap ingest as a child process, one at a time for each database, watched as it goes."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from goalmap.ingest.children import APART
from goalmap.store.browse.adding.files import folder_of

NICENESS = 10
STOP_SECONDS = 30.0
"""How long the child may take to stop, once it was asked to."""
LAST_LINES = 6
READ_WITH_FAULTS = 3
INTERRUPTED = 130


class Stage(StrEnum):
    """How far a reading is."""

    STARTING = "starting"
    READING = "reading"
    ORDERING = "ordering"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


ENDED = frozenset({Stage.FINISHED, Stage.STOPPED, Stage.FAILED})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a reading stands, as a page shows it."""

    stage: Stage = Stage.STARTING
    asked_by: str = ""
    begun: float = field(default_factory=time.monotonic)
    first_done: float = 0.0
    found: int = 0
    done: int = 0
    total: int = 0
    last: str = ""
    counts: dict[str, Any] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    """The last lines of a reading that failed."""
    goes_on: bool = False
    """Whether what was added meanwhile is read afterwards."""

    @property
    def has_ended(self) -> bool:
        return self.stage in ENDED

    @property
    def seconds_left(self) -> float | None:
        """By the files that are done; None before there is anything to go by."""
        if self.stage != Stage.READING or self.done < 2:
            return None
        return (time.monotonic() - self.first_done) / (self.done - 1) * (self.total - self.done)


def command(database: Path, frameworks: Sequence[str]) -> list[str]:
    """What reads the added files of a database: the same as on the command line, with the same limits."""
    chosen = [part for name in frameworks for part in ("--framework", name)]
    return [
        *(sys.executable, APART, "-m", "goalmap.cli", "ingest", str(folder_of(database)), "--db", str(database)),
        *("--progress", "json", "--stop-with-input", *chosen),
    ]


class Job:
    """One reading; `standing` is how it stands at this moment."""

    def __init__(self, database: Path, frameworks: Sequence[str], asked_by: str) -> None:
        self.database = database
        self.standing = Standing(asked_by=asked_by)
        self._is_to_stop = False
        self._lock = threading.Lock()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed by _watch
        try:
            self.process = _started(command(database, frameworks), self._errors)
        except OSError:
            self._errors.close()
            raise
        threading.Thread(target=self._watch, daemon=True, name=f"reading {database.name}").start()

    def stop(self) -> None:
        """Ask it to stop as by Ctrl-C; what was finished is kept."""
        with self._lock:
            if self.standing.has_ended or self._is_to_stop:
                return
            self._is_to_stop = True
            self.standing = replace(self.standing, stage=Stage.STOPPING, goes_on=False)
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.write(b"stop\n")
            self.process.stdin.flush()
        late = threading.Timer(STOP_SECONDS, self.process.kill)
        late.daemon = True
        late.start()

    def go_on(self) -> bool:
        """Let what was added meanwhile be read afterwards; False once it has ended."""
        with self._lock:
            if not self.standing.has_ended:
                self.standing = replace(self.standing, goes_on=True)
            return self.standing.goes_on

    def _watch(self) -> None:
        """Follow the child to its end, then read again where more was added."""
        listening = threading.Thread(target=self._listen, daemon=True)
        listening.start()
        code = _waited_for(self.process)
        listening.join(2)
        said = _last_lines(self._errors)
        self._errors.close()
        with self._lock:
            goes_on, end = self.standing.goes_on, _end(code, self._is_to_stop)
            self.standing = replace(self.standing, stage=end, said=said, goes_on=False)
        if self.process.stdin:
            with suppress(OSError):
                self.process.stdin.close()
        if goes_on and end != Stage.FAILED:
            JOBS.start(self.database, (), self.standing.asked_by)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                with suppress(ValueError, TypeError, LookupError), self._lock:
                    self.standing = _after(self.standing, json.loads(line))


def _after(standing: Standing, event: dict[str, Any]) -> Standing:
    """How a reading stands once its process has told of an event."""
    if event["event"] == "found":
        return replace(standing, found=event["files"])
    if event["event"] == "done":
        return replace(standing, counts=event)
    done, total = event["done"], event["total"]
    now = standing.first_done or time.monotonic()
    stage = Stage.ORDERING if done == total else Stage.READING
    stage = Stage.STOPPING if standing.stage == Stage.STOPPING else stage
    return replace(standing, stage=stage, done=done, total=total, last=event["file"], first_done=now)


def _started(words: Sequence[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """The child, in a session of its own so that Ctrl-C reaches it once, and with less of the machine than the server."""
    own: dict[str, Any] = {"start_new_session": True}
    if os.name == "nt":
        own = {"creationflags": getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)}
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, **own)
    if os.name == "posix":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
    return process


def _waited_for(process: subprocess.Popen[bytes]) -> int:
    """The exit code; whatever the child has left running is ended before its number can be another's."""
    if os.name == "posix" and hasattr(os, "waitid"):
        with suppress(OSError):
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def _end(code: int, was_asked: bool) -> Stage:
    if was_asked or code == INTERRUPTED:
        return Stage.STOPPED
    return Stage.FINISHED if code in (0, READ_WITH_FAULTS) else Stage.FAILED


def _last_lines(errors: IO[bytes]) -> tuple[str, ...]:
    errors.seek(0)
    lines = (line.decode("utf-8", "replace").rstrip() for line in errors)
    return tuple(deque((line for line in lines if line), LAST_LINES))


class Jobs:
    """The readings of this server: of each database the one that goes on, or the last."""

    def __init__(self) -> None:
        self._jobs: dict[Path, Job] = {}
        self._lock = threading.Lock()

    def of(self, database: Path) -> Job | None:
        return self._jobs.get(database)

    def start(self, database: Path, frameworks: Sequence[str], asked_by: str) -> Job:
        """A reading of what was added; where one goes on, it is read after that."""
        with self._lock:
            job = self._jobs.get(database)
            if job and job.go_on():
                return job
            self._jobs[database] = Job(database, frameworks, asked_by)
            return self._jobs[database]


JOBS = Jobs()
