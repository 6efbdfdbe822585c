"""How far "you may stop" can be trusted, and what it costs: python -m benchmarks.stopping

Annotated documents stand in for a folder: what is proposed is decided as it is annotated, and audits are drawn from all
passages again and again. Told are how often the intervals hold the truth, how wide they are, and how many passages a
reviewer who draws more until the bound is met looks at, and how often that bound then is wrong. A second folder holds
everything five times, to tell what a larger one needs. Prints tables; with --write they go to docs/explanation/stopping.md.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.writing import tell
from goalmap.classify.evaluation.gold import GoldDocument, gold_documents
from goalmap.classify.measuring.recall import (
    CONFIDENCE,
    TOGETHER,
    Recall,
    Room,
    Sighted,
    Stratum,
    allocation,
    further,
    recall,
)
from goalmap.classify.proposals import LEAST_WORDS, Classifier, classifier
from goalmap.ingest.document import CONTENT, Kind, Passage
from goalmap.store.review.audits import stratum_of

DATA = Path(__file__).parent.parent / "tests" / "data"
DOCS = Path(__file__).parent.parent / "docs" / "explanation" / "stopping.md"
BEGIN, END = "<!-- figures: python -m benchmarks.stopping --write -->", "<!-- end of figures of stopping -->"
SETS = ("gold", "second", "third")
FRAMEWORK = "purpose-goals"
SIZES = (50, 100, 200, 400)
"""Passages drawn."""
AUDITS = 400
"""Audits of each size."""
STOPS = 280
"""Reviewers who draw until they may stop."""
FIRST = 100
"""Passages of the first draw; after it as many are drawn as are advised."""
TARGETS = (0.8, 0.9)
TIMES = (1, 5)
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Read:
    """A passage that was decided on: its best score beside proposals, its goals that were proposed, and the others."""

    score: float
    found: frozenset[str]
    missed: frozenset[str]


def passages() -> list[Read]:
    """All passages that are classified, with what is proposed for them decided as it is annotated."""
    judge = classifier(FRAMEWORK)
    return [one for name in SETS for document in gold_documents(DATA / name) for one in _read(document, judge)]


def _read(document: GoldDocument, judge: Classifier) -> Iterator[Read]:
    told = [Passage(place, Kind(one.role), one.text) for place, one in enumerate(document.passages)]
    considered = judge.consider(told)
    for place, one in enumerate(document.passages):
        if one.role in CONTENT and len(one.text.split()) >= LEAST_WORDS:
            proposed = {proposal.code for proposal in considered.proposals if proposal.passage == place}
            score = max((near.score for near in considered.candidates if near.passage == place), default=0.0)
            yield Read(score, one.goals & proposed, one.goals - proposed)


class Folder:
    """Passages to draw from, in their strata."""

    def __init__(self, read: Sequence[Read], codes: Sequence[str]) -> None:
        self.codes = codes
        self.strata = np.array([stratum_of(one.score) for one in read])
        self.scores = np.array([one.score for one in read])
        self.found = np.array([[code in one.found for code in codes] for one in read])
        self.missed = np.array([[code in one.missed for code in codes] for one in read])

    @cached_property
    def places(self) -> dict[int, NDArray[np.int_]]:
        return {int(stratum): np.flatnonzero(self.strata == stratum) for stratum in np.unique(self.strata)}

    def sizes(self, drawn: int) -> Counter[int]:
        """How many passages an audit of that size takes from each stratum."""
        rooms = {
            stratum: Room(len(rows), float(self.scores[rows].mean())) for stratum, rows in sorted(self.places.items())
        }
        return Counter(allocation(rooms, drawn))


class Audit:
    """One random order of a folder's passages, looked at further and further."""

    def __init__(self, folder: Folder, rng: np.random.Generator) -> None:
        self.folder = folder
        self.order = {stratum: rng.permutation(rows) for stratum, rows in folder.places.items()}

    def look(self, drawn: int, goal: int | None = None) -> tuple[Sighted, float]:
        """What is known after so many, of a goal or of all together, and the recall in truth."""
        columns = slice(None) if goal is None else slice(goal, goal + 1)
        sizes = self.folder.sizes(drawn)
        missed, found = self.folder.missed[:, columns], int(self.folder.found[:, columns].sum())
        strata = []
        for stratum, rows in self.order.items():
            at_once = Counter(missed[rows[: sizes[stratum]]].sum(axis=1).tolist())
            counts = tuple(at_once[times] for times in range(1, max(at_once, default=0) + 1))
            strata.append(Stratum(len(rows), sizes[stratum], counts))
            found += sum(times * count for times, count in enumerate(counts, start=1))
        together = 1 if goal is not None else max([TOGETHER, *(len(stratum.missed) for stratum in strata)])
        there = int(self.folder.found[:, columns].sum() + missed.sum())
        return Sighted(found, 0, 0.0, tuple(strata), 0, together), found / there


# Coverage


@dataclass
class Tally:
    """How many intervals there were, how many held the truth, and how many bounds did."""

    intervals: int = 0
    held: int = 0
    bounds_held: int = 0
    widths: float = 0.0
    lows: float = 0.0

    def add(self, told: Recall, truth: float) -> None:
        if told.interval is not None:
            self.intervals += 1
            self.held += told.interval.low <= truth + 1e-9 and truth - 1e-9 <= told.interval.high
            self.bounds_held += told.interval.low <= truth + 1e-9
            self.widths += told.interval.high - told.interval.low
            self.lows += told.interval.low


def coverage(folder: Folder, drawn: int, goals: Sequence[int | None]) -> tuple[Tally, float]:
    """How audits of one size do on these goals, and the least share of bounds that held for any of them."""
    every, least = Tally(), 1.0
    rng = np.random.default_rng((SEED, drawn))
    told = [Audit(folder, rng) for _ in range(AUDITS)]
    for goal in goals:
        tally = Tally()
        for audit in told:
            sighted, truth = audit.look(drawn, goal)
            for one in (tally, every):
                one.add(recall(sighted), truth)
        least = min(least, tally.bounds_held / tally.intervals if tally.intervals else 1.0)
    return every, least


# Stopping


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a reviewer stopped, and whether enough was found then."""

    drawn: int
    looks: int
    was_right: bool


def stops(folder: Folder, target: float, goal: int | None, audits: int, counted: bool = True) -> list[Stop]:
    """Where reviewers stop who draw as many as they are told to until they may stop, looks counted or not."""
    rng = np.random.default_rng((SEED, int(target * 100)))
    return [_stop(Audit(folder, rng), target, goal, counted) for _ in range(audits)]


def _stop(audit: Audit, target: float, goal: int | None, counted: bool) -> Stop:
    whole, drawn, look = len(audit.folder.scores), FIRST, 1
    confidence = CONFIDENCE if counted else 2 * CONFIDENCE - 1
    while True:
        sighted, truth = audit.look(drawn, goal)
        if recall(sighted, confidence, look if counted else 1).reaches(target):
            return Stop(drawn, look, truth >= target - 1e-9)
        advised = further(sighted, target, confidence, look if counted else 0)
        drawn, look = min(whole, drawn + max(1, advised or whole)), look + 1


# Tables


def report(read: Sequence[Read]) -> str:
    codes = classifier(FRAMEWORK).model.codes
    folders = {times: Folder(list(read) * times, codes) for times in TIMES}
    parts = (_folders(folders), _coverage(folders), _stopping(folders))
    return "\n\n".join("\n".join(part) for part in parts)


def _folders(folders: dict[int, Folder]) -> Iterator[str]:
    yield from _head("folder", "passages", "goals found by proposals", "missed", "recall", "recall of single goals")
    for times, folder in folders.items():
        found, missed = folder.found.sum(axis=0), folder.missed.sum(axis=0)
        each = found / (found + missed)
        yield _line(
            _name(times),
            f"{len(folder.scores):,}",
            f"{found.sum():,}",
            f"{missed.sum():,}",
            f"{found.sum() / (found.sum() + missed.sum()):.2f}",
            f"{each.min():.2f} to {each.max():.2f}",
        )


def _coverage(folders: dict[int, Folder]) -> Iterator[str]:
    yield from _head(
        "folder", "of", "drawn", "intervals that hold the truth", "bounds that do", "the same, worst goal", "mean bound",
        "mean width",
    )  # fmt: skip
    for times, folder in folders.items():
        for name, goals in (("all goals together", [None]), ("single goals", list(range(len(folder.codes))))):
            for drawn in SIZES:
                tally, least = coverage(folder, drawn, goals)
                cells = (tally.held, tally.bounds_held)
                shares = [f"{count / tally.intervals:.3f}" for count in cells]
                means = [f"{total / tally.intervals:.2f}" for total in (tally.lows, tally.widths)]
                yield _line(_name(times), name, str(drawn), *shares, f"{least:.3f}", *means)


def _stopping(folders: dict[int, Folder]) -> Iterator[str]:
    columns = ("drawn: median (90 % need at most)", "looks", "stopped rightly")
    yield from _head("folder", "of", "to reach", *columns, *(f"looks not counted: {column}" for column in columns))
    for times, folder in folders.items():
        every: dict[str, Sequence[int | None]] = {
            "all goals together": [None],
            "single goals": list(range(len(folder.codes))),
        }
        for target in TARGETS:
            for name, goals in every.items():
                yield _line(_name(times), name, f"{target:.0%}", *_stop_cells(folder, target, goals))


def _stop_cells(folder: Folder, target: float, goals: Sequence[int | None]) -> Iterator[str]:
    for counted in (True, False):
        found = [stop for goal in goals for stop in stops(folder, target, goal, STOPS // len(goals), counted)]
        drawn = np.array([stop.drawn for stop in found])
        yield f"{np.median(drawn):,.0f} ({np.percentile(drawn, 90):,.0f})"
        yield f"{np.mean([stop.looks for stop in found]):.1f}"
        yield f"{np.mean([stop.was_right for stop in found]):.3f}"


def _name(times: int) -> str:
    return "annotated documents" if times == 1 else f"the same {times} times"


def _head(*columns: str) -> Iterator[str]:
    yield _line(*columns)
    yield "|" + "---|" * len(columns)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str]) -> None:
    tell(report(passages()), arguments, DOCS, BEGIN, END)


if __name__ == "__main__":
    main(sys.argv[1:])
