"""What a program spends, workers and all: processor time, wall time, and memory at its highest."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

LOOK_EVERY = 0.2
BUSY = 0.05
"""The share of the machine that others may take while wall times are claimed."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor and of wall, megabytes of the program and of its largest worker, and what others took."""

    cpu: float
    wall: float
    memory: float = 0.0
    memory_of_worker: float = 0.0
    others: float = 0.0
    """The share of the machine that other programs took meanwhile."""
    told: str = field(default="", repr=False)
    """What the program printed."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure taken several times."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.values)

    def shown(self, digits: int = 2) -> str:
        """The median and, where there are several, the least and the most."""
        if len(self.values) == 1:
            return f"{self.middle:,.{digits}f}"
        return f"{self.middle:,.{digits}f} ({min(self.values):,.{digits}f} to {max(self.values):,.{digits}f})"


def spread(values: Iterable[float]) -> Spread:
    return Spread(tuple(values))


def spend(*arguments: object, python: str | Path = sys.executable) -> Spent:
    """What `python arguments...` spends from its start to its end. Raises CalledProcessError."""
    command = [str(python), *map(str, arguments)]
    begun, ticks = time.perf_counter(), _busy_ticks()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_one_thread()
    ) as run:
        with _Memory(run.pid) as memory:
            told = run.stdout.read() if run.stdout else ""
            _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    wall, cpu = time.perf_counter() - begun, used.ru_utime + used.ru_stime
    others = ((_busy_ticks() - ticks) / TICK - cpu) / (wall * (os.cpu_count() or 1))
    return Spent(cpu, wall, memory.own, memory.of_worker, max(0.0, others), told)


def _one_thread() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1"}


def _busy_ticks() -> int:
    """Clock ticks in which the machine's cores worked since it started."""
    user, nice, system, _idle, _wait, irq, soft, *_ = map(
        int, Path("/proc/stat").read_text().split("\n")[0].split()[1:]
    )
    return user + nice + system + irq + soft


class _Memory:
    """Looks at the memory of a process and of those below it until it ends."""

    def __init__(self, process: int) -> None:
        self.own = self.of_worker = 0.0
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_EVERY):
            self.own = max(self.own, _peak(self._process))
            self.of_worker = max(self.of_worker, *map(_peak, _below(self._process)), 0.0)


def _peak(process: int) -> float:
    """The most megabytes that a process held so far; none where it has ended."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024
    return 0.0


def _below(process: int) -> Iterator[int]:
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from _below(child)
