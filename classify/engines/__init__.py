"""Engines that run the pipeline over many files: in this process, in others that may die without harm, or on a cluster."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from goalmap.classify.engines.processes import Processes
from goalmap.classify.engines.serial import Serial
from goalmap.classify.pipeline import FileResult, Settings
from goalmap.ingest.errors import UnknownName

__all__ = ["ENGINES", "Engine", "Means", "Processes", "Serial", "engine"]


class Engine(Protocol):
    """Gives each path's result as soon as it is there, in any order."""

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]: ...

    def saved(self) -> None:
        """Told that all results it gave so far are kept: what it holds of them may go."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a run may use."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    scheduler: str | None = None
    """The address of a scheduler of Dask."""
    parts: Path = Path("goalmap.db-parts")
    """Where the workers of a cluster put what they made."""
    keep_parts: bool = False


def _cluster(means: Means) -> Engine:
    from goalmap.classify.engines.cluster import Cluster

    return Cluster(means.workers, means.parts, means.scheduler, means.keep_parts)


ENGINES: dict[str, Callable[[Means], Engine]] = {
    "serial": lambda means: Serial(),
    "processes": lambda means: Processes(means.workers),
    "dask": _cluster,
}


def engine(name: str, means: Means) -> Engine:
    """The engine of that name. Raises UnknownName."""
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES)
    return ENGINES[name](means)
