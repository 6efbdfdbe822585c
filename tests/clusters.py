"""Real clusters for tests: schedulers, workers and runs, each in processes of its own that end with the test."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.hosts import Host

IMPATIENT = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "11s", "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "6s"}
"""Dask notices within seconds that a host is gone, not in a minute; 11 is the least that it allows."""
PATIENCE = 300.0
"""Seconds; on a machine with nothing else to do a tenth of it is enough."""
HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Program:
    """A goalmap command that runs."""

    process: "subprocess.Popen[str]"
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    def until(self, pattern: str, times: int = 1) -> "re.Match[str]":
        """Wait until it has said so, that many times; gives the last of them."""
        due = time.monotonic() + PATIENCE
        while time.monotonic() < due:
            if len(found := list(re.finditer(pattern, self.said))) >= times:
                return found[times - 1]
            if self.process.poll() is not None and len(re.findall(pattern, self.said)) < times:
                break
            time.sleep(0.05)
        raise AssertionError(f"it has not said {pattern!r} {times} times, but:\n{self.said}")

    def ends(self) -> int:
        """Wait for its end; gives its exit code."""
        return self.process.wait(PATIENCE)

    def interrupt(self) -> int:
        """Press Ctrl-C in its terminal, which its children hear too."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.ends()

    def kill(self) -> None:
        """End it without a word, and wait until its children noticed."""
        self.process.kill()
        self.process.wait()


@dataclass
class Machines:
    """What starts programs in a folder, on this machine or on a host of a network."""

    folder: Path
    environment: Mapping[str, str]
    stack: ExitStack
    numbers: Iterator[int] = field(default_factory=count)

    def goalmap(self, *words: str | Path, host: Host | None = None) -> Program:
        """A goalmap command; it ends when the test does, however that ends."""
        command = [sys.executable, "-m", "goalmap.cli", *map(str, words), "--stop-with-input"]
        log = self.folder / f"said-{next(self.numbers)}.txt"
        with log.open("w") as file:
            process = subprocess.Popen(
                host.words(*command) if host else command,
                cwd=self.folder,
                env={**os.environ, **IMPATIENT, **self.environment},
                stdin=subprocess.PIPE,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        self.stack.callback(_end, process)
        return Program(process, log)

    def up(self, workers: int, host: Host | None = None, port: int = 0, protocol: str = "tcp") -> tuple[Program, str]:
        """A scheduler and workers; gives where it listens too."""
        place = f"{protocol}://{host.address if host else HERE}:{port}"
        program = self.goalmap("cluster", "up", "--workers", str(workers), "--listen", place, host=host)
        address = program.until(r"--scheduler (\w+://\S+)\n")[1]
        if workers:
            program.until(rf"{workers} in all\n")
        return program, address

    def join(self, address: str, workers: int, host: Host | None = None) -> Program:
        return self.goalmap("cluster", "join", address, "--workers", str(workers), host=host)


@contextmanager
def machines(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Machines]:
    """Programs that all end with the block."""
    with ExitStack() as stack:
        yield Machines(folder, environment or {}, stack)


def _end(process: "subprocess.Popen[str]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def children_of(pid: int) -> list[int]:
    """The processes that a process started, theirs too."""
    return [deeper for child in _own_children(pid) for deeper in (child, *children_of(child))]


def worker_processes(program: Program) -> list[int]:
    """The workers that a command started, without what they started in turn."""
    return [pid for pid in _own_children(program.process.pid) if _is_spawned(pid)]


def _own_children(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for thread in threads for child in _read(thread).split()]


def _is_spawned(pid: int) -> bool:
    return b"spawn_main" in _read(Path(f"/proc/{pid}/cmdline"))


def _read(path: Path) -> bytes:
    """Nothing where the process has just ended."""
    with suppress(OSError):
        return path.read_bytes()
    return b""


def eventually(is_so: Callable[[], bool]) -> bool:
    """Whether it comes to be so."""
    due = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < due:
        time.sleep(0.1)
    return is_so()
