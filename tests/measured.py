"""What the tests ran of each room, and of error handling; make coverage prints it, and fails where it is too little."""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from coverage import Coverage

from tests.error_branches import REASONS, ROOT, amiss, branches

LEAST = 92.0
"""Per cent of lines of every room."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The lines of a file that say something to do, and those that no test ran."""

    file: str
    lines: frozenset[int]
    missing: frozenset[int]

    @property
    def room(self) -> str:
        return self.file.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines of a room there are, and how many of them no test ran."""

    name: str
    lines: int
    missing: int

    @property
    def percent(self) -> float:
        return 100 * (1 - self.missing / max(1, self.lines))

    def __str__(self) -> str:
        return f"{self.name:10} {self.lines:7,} lines {self.percent:6.1f} %"


def measured() -> list[Measured]:
    """All files, as coverage has measured and combined them, in the order of their names."""
    coverage = Coverage()
    coverage.load()
    return sorted(_measured(coverage), key=lambda one: one.file)


def _measured(coverage: Coverage) -> Iterator[Measured]:
    for name in coverage.get_data().measured_files():
        if Path(name).is_relative_to(ROOT) and Path(name).exists():
            _, lines, _, missing, _ = coverage.analysis2(name)
            yield Measured(str(Path(name).relative_to(ROOT)), frozenset(lines), frozenset(missing))


def rooms(files: list[Measured]) -> list[Room]:
    """The rooms of these files, which stand together."""
    return [_sum(name, list(its)) for name, its in groupby(files, key=lambda file: file.room)]


def _sum(name: str, files: list[Measured]) -> Room:
    return Room(name, sum(len(file.lines) for file in files), sum(len(file.missing) for file in files))


def faults(files: list[Measured]) -> list[str]:
    """What is too little."""
    low = [
        f"{room.name}: tests run less than {LEAST:g} % of its lines" for room in rooms(files) if room.percent < LEAST
    ]
    missed = [
        branch
        for file in files
        for branch in branches((ROOT / file.file).read_text("utf-8"), file.file)
        if branch.line in file.missing
    ]
    return [*low, *amiss(missed, tomllib.loads(REASONS.read_text("utf-8")))]


def main() -> int:
    """Tells of each room and what is too little; gives the exit code."""
    files = measured()
    found = faults(files)
    print(*rooms(files), _sum("all", files), *found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
