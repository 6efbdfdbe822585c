"""What workers are given: large files one by one and first, small ones several at once, fewer of them towards the end."""

from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from goalmap.classify.pipeline import Settings
from goalmap.ingest.watch import Tell, Watch

MOST_TRIES = 4
"""How often a file is read that ends its worker, each time without the step that did so; the last time up to the first such step."""
ROUNDS = 4
"""Of jobs for each worker in what is left, so that all workers finish at about the same time."""
WORTH_A_WORKER = 20
"""Small files for which it pays that one more worker loads its models."""

Steps = frozenset[str]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much there is in a job: bytes of a file that is read by itself, and of all files; files, where there are so many."""

    most_bytes: int
    fewest: int
    most: int


AT_ONCE = Bounds(500_000, 4, 16)
"""Of what one worker process reads at once."""


@dataclass(frozen=True, slots=True)
class Job:
    """Files to read: several at once, or one without the steps that ended a worker."""

    paths: tuple[Path, ...]
    without: Steps = frozenset()

    def after(self, step: str, unread: Sequence[Path]) -> "list[Job]":
        """What is left to do of a job that ended its worker at this step; nothing where its file cannot be read at all.

        Nobody knows which of several files it was, so that each is read again by itself.
        """
        if len(self.paths) > 1:
            return [Job((path,)) for path in unread]
        if step in self.without or len(self.without) >= MOST_TRIES:
            return []
        return [Job(self.paths, self.without | {step})]

    def watch(self, settings: Settings, tell: Tell) -> Watch:
        return Watch.over(settings.limits, self.without, len(self.without) >= MOST_TRIES - 1, tell)


class Agenda:
    """The jobs that no worker has yet."""

    def __init__(self, paths: Iterable[Path], workers: int, bounds: Bounds = AT_ONCE) -> None:
        sizes = {path: size_of(path) for path in paths}
        large = [path for path, size in sizes.items() if size > bounds.most_bytes]
        self._again: deque[Job] = deque()
        self._large = deque(sorted(large, key=lambda path: -sizes[path]))
        self._small = deque((path, size) for path, size in sizes.items() if size <= bounds.most_bytes)
        self._bounds = bounds
        self._workers = workers

    def __bool__(self) -> bool:
        return bool(self._again or self._large or self._small)

    @property
    def workers(self) -> int:
        """How many workers there is work for."""
        return max(1, min(self._workers, len(self._large) + len(self._small) // WORTH_A_WORKER))

    def take(self) -> Job:
        """The next job; there must be one."""
        if self._again:
            return self._again.popleft()
        if self._large:
            return Job((self._large.popleft(),))
        return Job(tuple(self._several()))

    def _several(self) -> list[Path]:
        most = self._bounds.most
        if self._workers > 1:
            most = min(most, max(len(self._small) // (self._workers * ROUNDS), self._bounds.fewest))
        path, total = self._small.popleft()
        paths = [path]
        while self._small and len(paths) < most and total + self._small[0][1] <= self._bounds.most_bytes:
            path, size = self._small.popleft()
            paths.append(path)
            total += size
        return paths

    def give_back(self, jobs: Iterable[Job]) -> None:
        """Put jobs first that a worker could not finish."""
        self._again.extend(jobs)


def size_of(path: Path) -> int:
    """In bytes; 0 where there is no such file, which whoever reads it will say."""
    with suppress(OSError, ValueError):
        return path.lstat().st_size
    return 0
