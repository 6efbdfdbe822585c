"""The engine without processes, for programs that have their own and for looking into things."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from goalmap.classify.pipeline import FileResult, Settings, analyse_together


@dataclass(frozen=True)
class Serial:
    """One file after another in this process; a file that crashes a parser ends the run."""

    workers: int = 1

    def run(self, paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, FileResult]]:
        wanted = list(paths)
        yield from zip(wanted, analyse_together(wanted, settings), strict=True)

    def saved(self) -> None:
        """It holds nothing."""
