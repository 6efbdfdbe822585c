"""What the benchmarks gave over time: `python -m benchmarks.history [WORD]`, the latest run of each figure beside the one before.

Every `--write` of a benchmark adds its tables to benchmarks/history.jsonl, a line a run. A figure that moved by more than a
tenth is marked, since that is more than two runs on one idle machine differ.
"""

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = Path(__file__).with_name("history.jsonl")
NUMBER = re.compile(r"^[-+]?[\d,]*\.?\d+")
MUCH = 0.1
STANDS = ("bar", "")
"""Columns that are not measured."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one benchmark printed on a day: each figure by its row and column."""

    benchmark: str
    when: str
    commit: str
    machine: str
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Move:
    """A figure in two runs that follow one another."""

    benchmark: str
    figure: str
    before: float
    after: float
    since: str
    now: str

    @property
    def change(self) -> float:
        """The share by which it grew."""
        return (self.after - self.before) / abs(self.before) if self.before else 0.0


def figures_in(told: str) -> dict[str, float]:
    """The figures in printed tables, each as `row, column`; the first number of a cell counts.

    >>> figures_in("| pages | seconds | bar |\\n| --- | --- | --- |\\n| 265 | 2.04 (1.96 to 2.05) | 2.5 |")
    {'265, seconds': 2.04}
    """
    found: dict[str, float] = {}
    for columns, cells in _rows(told):
        row = ", ".join(cell for cell in cells if not NUMBER.match(cell)) or cells[0]
        for column, cell in zip(columns[1:], cells[1:], strict=False):
            if column not in STANDS and (number := NUMBER.match(cell)):
                found[f"{row}, {column}"] = float(number[0].replace(",", ""))
    return found


def _rows(told: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each row of each table with the columns of its table."""
    columns: list[str] = []
    for line in told.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            columns = []
        elif not columns:
            columns = cells
        elif not all(set(cell) <= set("-: ") for cell in cells):
            yield columns, cells


def add(benchmark: str, told: str, path: Path = FILE) -> None:
    """Add what a benchmark printed just now."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    run = Run(benchmark, date.today().isoformat(), _commit(), machine, figures_in(told))
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")


def _commit() -> str:
    asked = ("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def runs(path: Path = FILE) -> list[Run]:
    """All runs, oldest first."""
    return [Run(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def moves(known: Iterable[Run]) -> Iterator[Move]:
    """Each figure of the latest run of each benchmark beside the last run before it that has the figure."""
    by_benchmark: dict[str, list[Run]] = {}
    for run in known:
        by_benchmark.setdefault(run.benchmark, []).append(run)
    for benchmark, (*earlier, latest) in by_benchmark.items():
        for figure, after in latest.figures.items():
            before = next((run for run in reversed(earlier) if figure in run.figures), None)
            if before:
                yield Move(benchmark, figure, before.figures[figure], after, before.when, latest.when)


def lines(found: Iterable[Move]) -> Iterator[str]:
    """A line for each figure, those that moved much marked."""
    for move in found:
        mark = "!" if abs(move.change) > MUCH else " "
        yield f"{mark} {move.before:>10g} -> {move.after:<10g} {move.change:+5.0%}  {move.benchmark}: {move.figure} ({move.since} to {move.now})"


def main(words: Sequence[str]) -> None:
    """Print the figures of all benchmarks, or of those whose line holds the words; those that moved most first."""
    found = sorted(moves(runs()), key=lambda move: -abs(move.change))
    told = [line for line in lines(found) if all(word in line for word in words)]
    print("\n".join(told) or "No figure was measured twice yet.")


if __name__ == "__main__":
    main(sys.argv[1:])
