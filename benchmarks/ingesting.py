"""What an ingest costs beside the bare parts, by stage, with more workers, again, and at scale: python -m benchmarks.ingesting

Prints tables; with --write they go to docs/explanation/performance.md. About fifteen minutes on two idle cores; --quick looks at six
documents once, in a minute, to see that everything runs. --large sets 10,000 documents against 1,000 instead, --dask the
Dask engine against processes on 2,000. What is compared is run in turn, and processor time is what counts: it depends
less than wall time on what else the machine does.
"""

import json
import os
import platform
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.corpus.__main__ import write_corpus
from benchmarks.corpus.stories import Wanted
from benchmarks.corpus.writers import WRITERS
from benchmarks.spending import BUSY, Spent, Spread, spend, spread
from benchmarks.staging import LOADING
from benchmarks.writing import table, tell

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "explanation" / "performance.md"
MARKS = {
    "": ("<!-- figures: python -m benchmarks.ingesting --write -->", "<!-- end of figures of ingesting -->"),
    "--large": ("<!-- figures: python -m benchmarks.ingesting --large --write -->", "<!-- end of figures at scale -->"),
    "--dask": ("<!-- figures: python -m benchmarks.ingesting --dask --write -->", "<!-- end of figures of Dask -->"),
}
"""Where each set of tables goes."""
PDF = frozenset({"pdf"})
EVERY = frozenset(WRITERS)
SHORT_DOCUMENTS = 1.0
"""Pages of a document, in the mean, where there are thousands."""
COST_BAR, SPEED_BAR, AGAIN_BAR, WORKERS_BAR = 2.5, 7.0, 0.03, 1.7
SCALE_BAR, MEMORY_BAR, DASK_BAR = 1.1, 1.2, 0.85


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured, and how often."""

    few: int
    many: int
    mixed: int
    rounds: int


USUAL = Sizes(few=10, many=80, mixed=200, rounds=3)
QUICK = Sizes(few=2, many=6, mixed=6, rounds=1)


def ingested(folder: Path, *options: object, database: Path | None = None) -> Spent:
    """An ingest as a user runs it, into a new database unless one is given."""
    with TemporaryDirectory() as place:
        db = database or Path(place) / "goalmap.db"
        return spend("-m", "goalmap.cli", "ingest", folder, "--db", db, "--quiet", *options)


def corpus(folder: Path, documents: int, formats: frozenset[str] = EVERY, pages: float = 3.0) -> Path:
    write_corpus(folder, Wanted(documents, pages=pages), formats)
    return folder


# Beside the bare parts


@dataclass(frozen=True, slots=True)
class Turn:
    """One round on one set of PDFs: a few of them and all of them, by the bare parts and by goalmap."""

    bare_few: Spent
    bare: Spent
    ours_few: Spent
    ours: Spent

    @property
    def ratio(self) -> float:
        return self.ours.cpu / self.bare.cpu

    @property
    def ratio_without_start(self) -> float:
        return (self.ours.cpu - self.ours_few.cpu) / (self.bare.cpu - self.bare_few.cpu)

    @property
    def pages(self) -> int:
        return _pages(self.bare)

    @property
    def pages_more(self) -> int:
        """Pages of all PDFs beyond those of the few."""
        return _pages(self.bare) - _pages(self.bare_few)


def _pages(bare: Spent) -> int:
    pages: int = json.loads(bare.told)["pages"]
    return pages


def beside_bare(few: Path, many: Path, rounds: int) -> list[Turn]:
    """In turn, again and again: the bare parts and goalmap, with one worker each."""
    return [
        Turn(_bare(few), _bare(many), ingested(few, "--workers", 1), ingested(many, "--workers", 1))
        for _ in range(rounds)
    ]


def _bare(folder: Path) -> Spent:
    return spend("-m", "benchmarks.bare", folder)


def sets_of_pdfs(folder: Path, sizes: Sizes) -> Iterator[tuple[str, Path, Path]]:
    """Generated PDFs, and those of the examples and the test sets: a few of them, and all of them."""
    made = corpus(folder / "made", sizes.many, PDF)
    yield "generated", first_of(made, sizes.few, folder / "made-few"), made
    real = [*(ROOT / "examples").glob("*.pdf"), *(ROOT / "tests" / "data").glob("*/files/*.pdf")]
    ours = _copied(sorted(real)[: sizes.many], folder / "tests")
    yield "examples and test sets", first_of(ours, 2, folder / "tests-few"), ours


def first_of(whole: Path, count: int, folder: Path) -> Path:
    """A folder with the first PDFs of another."""
    return _copied(sorted(whole.rglob("*.pdf"))[:count], folder)


def _copied(files: Sequence[Path], folder: Path) -> Path:
    folder.mkdir()
    for number, path in enumerate(files):
        shutil.copyfile(path, folder / f"{number:04}-{path.name}")
    return folder


def bare_lines(measured: Iterable[tuple[str, list[Turn]]]) -> Iterator[str]:
    columns = ("PDFs", "figure", "bare parts", "goalmap ingest", "ratio", "bar")
    yield from table(columns, (row for name, turns in measured for row in _bare_rows(name, turns)))


def _bare_rows(name: str, turns: Sequence[Turn]) -> Iterator[tuple[str, ...]]:
    told = f"{name}: {turns[0].pages:,} pages"
    bare, ours = (spread(getattr(turn, who).cpu for turn in turns) for who in ("bare", "ours"))
    ratio = spread(turn.ratio for turn in turns).shown()
    yield told, "CPU-seconds, start and all", bare.shown(1), ours.shown(1), ratio, str(COST_BAR)
    bare = spread(turn.bare.cpu - turn.bare_few.cpu for turn in turns)
    ours = spread(turn.ours.cpu - turn.ours_few.cpu for turn in turns)
    ratio = spread(turn.ratio_without_start for turn in turns).shown()
    yield told, "CPU-seconds, without the start", bare.shown(1), ours.shown(1), ratio, str(COST_BAR)
    pages = turns[0].pages_more
    speeds = (spread(pages / value for value in one.values).shown(1) for one in (bare, ours))
    yield told, "pages a CPU-second, without the start", *speeds, "", f"{SPEED_BAR:.0f}"


# Stages


def stage_lines(folder: Path, rounds: int) -> Iterator[str]:
    """The median of what each stage spends, the dearest first."""
    found = [_staged(folder) for _ in range(rounds)]
    middle = {stage: spread(one.get(stage, 0.0) for one in found).middle for stage in found[0]}
    work = sum(seconds for stage, seconds in middle.items() if stage != LOADING)
    yield from table(("stage, in one process", "CPU-seconds", "share"), _stage_rows(middle, work))


def _staged(folder: Path) -> dict[str, float]:
    with TemporaryDirectory() as place:
        told: dict[str, float] = json.loads(spend("-m", "benchmarks.staging", folder, Path(place) / "goalmap.db").told)
    return told


def _stage_rows(middle: dict[str, float], work: float) -> Iterator[tuple[str, ...]]:
    for stage, seconds in sorted(middle.items(), key=lambda item: -item[1]):
        yield stage, f"{seconds:.2f}", "once" if stage == LOADING else f"{seconds / work:.0%}"


# Workers, and again


def worker_lines(folder: Path, rounds: int) -> Iterator[str]:
    """One worker against two; wall times count only where nobody else was at work."""
    turns = [[ingested(folder, "--workers", count) for count in (1, 2)] for _ in range(rounds)]
    one, two = zip(*turns, strict=True)
    gain = spread(first.wall / second.wall for first, second in turns).shown()
    busy = max(spent.others for spent in (*one, *two))
    yield from table(
        ("workers", "seconds", "CPU-seconds", "as quick as one worker", "bar"),
        [("1", *_seconds(one), "1", ""), ("2", *_seconds(two), gain, str(WORKERS_BAR))],
    )
    yield from ["", claim(busy)]


def _seconds(runs: Iterable[Spent]) -> Iterator[str]:
    told = list(runs)
    yield spread(one.wall for one in told).shown(1)
    yield spread(one.cpu for one in told).shown(1)


def claim(busy: float) -> str:
    """What the wall times are worth, given the share of the machine that others took."""
    if busy <= BUSY:
        return f"Nobody else was at work: others took at most {busy:.0%} of the machine."
    return f"The machine was busy: others took up to {busy:.0%} of it, so that the wall times claim nothing."


def again_lines(folder: Path, rounds: int) -> Iterator[str]:
    """The second run of an unchanged folder against the first."""
    turns = [_twice(folder) for _ in range(rounds)]
    cost = spread(second.cpu / first.cpu for first, second in turns)
    wall = spread(second.wall / first.wall for first, second in turns)
    firsts, seconds = zip(*turns, strict=True)
    yield from table(
        ("the same folder", "seconds", "CPU-seconds", "share of the first run's CPU", "of its wall time", "bar"),
        [
            ("first run", *_seconds(firsts), "", "", ""),
            ("second run", *_seconds(seconds), _per_cent(cost), _per_cent(wall), f"{AGAIN_BAR:.0%}"),
        ],
    )


def _twice(folder: Path) -> tuple[Spent, Spent]:
    with TemporaryDirectory() as place:
        db = Path(place) / "goalmap.db"
        return ingested(folder, database=db), ingested(folder, database=db)


def _per_cent(share: Spread) -> str:
    return f"{spread(100 * value for value in share.values).shown(1)} %"


# At scale, and on Dask


def scale_lines(folder: Path, sizes: tuple[int, int] = (1_000, 10_000)) -> Iterator[str]:
    """Ten thousand documents against a thousand: cost a document, and memory."""
    runs = [ingested(corpus(folder / str(size), size, pages=SHORT_DOCUMENTS)) for size in sizes]
    costs = [1000 * run.cpu / size for run, size in zip(runs, sizes, strict=True)]
    rows = [
        (f"{size:,}", f"{run.wall:,.0f}", f"{run.cpu:,.0f}", f"{cost:.0f}", f"{run.memory:,.0f}", f"{run.memory_of_worker:,.0f}")
        for size, run, cost in zip(sizes, runs, costs, strict=True)
    ]  # fmt: skip
    first, last = runs
    ratios = (costs[1] / costs[0], last.memory / first.memory, last.memory_of_worker / first.memory_of_worker)
    shown = (f"{ratio:.2f}" for ratio in ratios)
    bars = (str(SCALE_BAR), str(MEMORY_BAR), str(MEMORY_BAR))
    yield from table(
        ("documents", "seconds", "CPU-seconds", "CPU-ms a document", "MB of the parent, at most", "MB of a worker, at most"),
        [*rows, ("ratio", "", "", *shown), ("bar", "", "", *bars)],
    )  # fmt: skip


def dask_lines(folder: Path, documents: int = 2_000) -> Iterator[str]:
    """Dask with two local workers against two processes."""
    files = corpus(folder / "dask", documents, pages=SHORT_DOCUMENTS)
    engines = ("processes", "dask")
    turns = [[ingested(files, "--workers", 2, "--engine", name) for name in engines] for _ in range(2)]
    plain, other = zip(*turns, strict=True)
    ratio = spread(first.wall / second.wall for first, second in turns).shown()
    rows = [("processes", *_seconds(plain), "1", ""), ("dask", *_seconds(other), ratio, str(DASK_BAR))]
    columns = (f"{documents:,} documents, two workers", "seconds", "CPU-seconds", "as quick as processes", "bar")
    yield from table(columns, rows)
    yield from ["", claim(max(run.others for run in (*plain, *other)))]


# All of it


def lines(folder: Path, sizes: Sizes) -> Iterator[str]:
    measured = [(name, beside_bare(few, many, sizes.rounds)) for name, few, many in sets_of_pdfs(folder, sizes)]
    mixed = corpus(folder / "mixed", sizes.mixed)
    kinds = Counter(path.suffix[1:].upper() for path in mixed.rglob("*.*") if path.is_file())
    yield from [_machine(), ""]
    yield from [*bare_lines(measured), "", *stage_lines(folder / "made", sizes.rounds), ""]
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    yield from [f"A folder of {sizes.mixed} documents ({told}):", ""]
    yield from [*worker_lines(mixed, sizes.rounds), "", *again_lines(mixed, sizes.rounds)]


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; median (least to most) of runs in turn."


def main(arguments: Sequence[str]) -> None:
    wanted: Any = next((flag for flag in ("--large", "--dask") if flag in arguments), "")
    with TemporaryDirectory() as place:
        folder = Path(place)
        usual = lines(folder, QUICK if "--quick" in arguments else USUAL)
        told = {"": usual, "--large": scale_lines(folder), "--dask": dask_lines(folder)}[wanted]
        tell("\n".join(told), arguments, DOCS, *MARKS[wanted])


if __name__ == "__main__":
    main(sys.argv[1:])
