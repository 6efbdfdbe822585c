"""How well goals and stages are found, for every shipped framework and both modes, and how fast: python -m benchmarks.goals

Prints tables; with --write they go to docs/explanation/accuracy.md. Speeds are passages a CPU-second, measured in the same run.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.writing import tell
from goalmap.classify.encoders import tuned
from goalmap.classify.evaluation.answers import Answer, Weigh
from goalmap.classify.evaluation.evaluation import GoalFigures, answers_alone, evaluate_passages, pairs_of, weighing_of
from goalmap.classify.evaluation.gold import gold_documents, gold_files, gold_passages, gold_questions
from goalmap.classify.evaluation.questions import Mean, QuestionFigures, evaluate_questions
from goalmap.classify.goals import frameworks
from goalmap.classify.manner import FAST, FULL, Manner
from goalmap.classify.measuring.measures import Calibration, Interval, Measure
from goalmap.classify.model.training import labelled_passages
from goalmap.classify.pipeline import FileResult, Settings, analyse
from goalmap.classify.proposals import Classifier, classifier
from goalmap.extract import memory
from goalmap.ingest.document import Kind, Passage

DATA = Path(__file__).parent.parent / "tests" / "data"
DOCS = Path(__file__).parent.parent / "docs" / "explanation" / "accuracy.md"
BEGIN, END = "<!-- figures: python -m benchmarks.goals --write -->", "<!-- end of figures of goals -->"
MODES = (FULL, FAST)
LONG, SHORT = 45, 35
"""Words of the passages that speed is measured on."""
TIMED, DOCUMENT = 480, 20
"""Passages that speed is measured on, in documents of so many."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Labelled documents, or labelled passages without documents, of one framework."""

    name: str
    gold: Path
    framework: str = "purpose-goals"
    unseen: bool = True
    """Whether nobody looked at what went wrong there with goals."""


SETS = (
    GoldSet("dev documents", DATA / "gold", unseen=False),
    GoldSet("second documents", DATA / "second"),
    GoldSet("third documents", DATA / "third"),
    GoldSet("real passages", DATA / "real", unseen=False),
    GoldSet("plain passages", DATA / "plain"),
    GoldSet("NHS anchor passages", DATA / "frameworks" / "nhs-anchor.jsonl", "nhs-anchor"),
    GoldSet("levelling up passages", DATA / "frameworks" / "levelling-up-missions.jsonl", "levelling-up-missions"),
)
SNIPPETS = DATA / "sdg" / "snippets.jsonl"
POOLS = {
    "documents, second and third": ("second documents", "third documents"),
    "passages, real and plain": ("real passages", "plain passages"),
}
"""Sets that are taken together to look at each goal."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one mode reaches on one set."""

    gold: GoldSet
    mode: str
    answers: tuple[Answer, ...]
    figures: GoalFigures


def rows() -> Iterator[Row]:
    """Both modes on each set; documents are read once."""
    for gold in SETS:
        read = {path.stem: analyse(path, Settings(frameworks=())) for path in gold_files(gold.gold)}
        for mode in MODES:
            judge = classifier(gold.framework, Manner(mode=mode))
            answers = (*_on_documents(gold, read, judge), *answers_alone(gold_passages(gold.gold), judge))
            yield Row(gold, mode, answers, evaluate_passages(answers)[0])


def _on_documents(gold: GoldSet, read: dict[str, FileResult], judge: Classifier) -> Iterator[Answer]:
    results = {
        name: replace(result, proposals=tuple(judge.propose(result.document.passages))) for name, result in read.items()
    }
    weigh: Weigh = weighing_of(judge)
    for pair in pairs_of(gold_documents(gold.gold), results, judge.framework.id, weigh):
        yield from pair.answers


def questions() -> dict[str, QuestionFigures]:
    """Both modes on the snippets of which one SDG is asked."""
    asked = gold_questions(SNIPPETS)
    return {mode: evaluate_questions(asked, classifier("un-sdgs", Manner(mode=mode))) for mode in MODES}


# Speed


def speeds() -> dict[str, float]:
    """Passages a CPU-second: the bare encoder, all but the encoder, all of the mapping, all of it in fast mode."""
    full, fast = (classifier("purpose-goals", Manner(mode=mode)) for mode in MODES)
    for judge in (full, fast):
        judge.propose(next(_documents()))  # everything is loaded
    spent: Counter[str] = Counter()
    for passages in _documents():
        texts = [passage.text for passage in passages]
        spent["the encoder alone"] += _seconds(tuned.read, texts)
        memory.forget()
        spent["the mapping as a whole"] += _seconds(full.propose, passages)
        # The encoder keeps what it read last, so that this time it costs nothing.
        spent["all but the encoder"] += _seconds(full.propose, passages)
        spent["the mapping, fast"] += _seconds(fast.propose, passages)
    return {name: TIMED / seconds for name, seconds in spent.items()}


def _documents() -> Iterator[list[Passage]]:
    """Passages of about 40 words from all voices."""
    texts = [passage.text for passage in labelled_passages(frameworks.load("purpose-goals"))]
    wanted = [text for text in dict.fromkeys(texts) if SHORT <= len(text.split()) <= LONG]
    spread = wanted[:: len(wanted) // TIMED][:TIMED]
    for start in range(0, TIMED, DOCUMENT):
        yield [Passage(place, Kind.BODY, text) for place, text in enumerate(spread[start : start + DOCUMENT])]


def _seconds(run: Callable[[Any], object], given: object) -> float:
    start = time.process_time()
    run(given)
    return time.process_time() - start


# Tables


def report(measured: Sequence[Row], asked: dict[str, QuestionFigures], speed: dict[str, float]) -> str:
    parts = (_sets(measured), _questions(asked), _goals(measured), _probabilities(measured), _speed(speed))
    return "\n\n".join("\n".join(part) for part in parts)


def _sets(measured: Iterable[Row]) -> Iterator[str]:
    yield from _head(
        "set", "mode", "F1 (95 %)", "precision", "recall", "macro F1", "proposed without cause", "stage",
        "among first three", "calibration error", "of all pairs",
    )  # fmt: skip
    for row in measured:
        figures, micro = row.figures, row.figures.micro
        yield _line(
            row.gold.name if row.gold.unseen else f"{row.gold.name} (looked at)",
            row.mode,
            _with_interval(micro.f1, figures.intervals.f1),
            f"{micro.precision:.2f}",
            f"{micro.recall:.2f}",
            f"{figures.macro_f1:.2f}",
            f"{figures.proposed_on_empty.value:.0%} of {figures.proposed_on_empty.n}",
            f"{figures.stage.value:.2f}" if figures.stage.n else "-",
            f"{figures.in_first_three.value:.0%}",
            f"{figures.calibration.error:.3f}",
            f"{figures.calibration_of_all.error:.3f}",
        )


def _questions(asked: dict[str, QuestionFigures]) -> Iterator[str]:
    yield from _head("SDG snippets, mean of 17 goals", "accuracy (95 %)", "F1 (95 %)", "precision", "recall")
    for mode, figures in asked.items():
        means: tuple[Mean, ...] = (figures.accuracy, figures.f1)
        rates = (f"{figures.precision.value:.2f}", f"{figures.recall.value:.2f}")
        yield _line(mode, *(_with_interval(mean.value, mean.interval) for mean in means), *rates)


def _goals(measured: Sequence[Row]) -> Iterator[str]:
    yield from _head(
        "goal", *(f"{name}: {column}" for name in POOLS for column in ("F1 (95 %)", "precision", "recall"))
    )
    pooled = [_pooled(measured, sets) for sets in POOLS.values()]
    for goal in frameworks.load("purpose-goals").goals:
        cells = [cell for figures in pooled for cell in _goal_cells(figures, goal.code)]
        yield _line(goal.label, *cells)


def _goal_cells(figures: GoalFigures, code: str) -> tuple[str, str, str]:
    measure = figures.by_goal.get(code, Measure())
    if not measure.n:
        return ("-", "-", "-")
    shown = _with_interval(measure.f1, figures.goal_intervals[code].f1)
    return (f"{shown} of {measure.n}", f"{measure.precision:.2f}", f"{measure.recall:.2f}")


def _pooled(measured: Iterable[Row], sets: Sequence[str]) -> GoalFigures:
    """The full mode on several sets taken together."""
    answers = [answer for row in measured if row.mode == FULL and row.gold.name in sets for answer in row.answers]
    return evaluate_passages(answers)[0]


def _probabilities(measured: Sequence[Row]) -> Iterator[str]:
    found: list[Calibration] = [_pooled(measured, sets).calibration for sets in POOLS.values()]
    yield from _head("probability", *(f"{name}: {column}" for name in POOLS for column in ("how many", "right")))
    for place in range(10):
        cells = [cell for calibration in found for cell in _bin_cells(calibration, place / 10)]
        yield _line(f"{place / 10:.1f} to {(place + 1) / 10:.1f}", *cells)


def _bin_cells(calibration: Calibration, low: float) -> tuple[str, str]:
    return next(((str(one.n), f"{one.right:.0%}") for one in calibration.bins if one.low == low), ("0", "-"))


def _speed(speed: dict[str, float]) -> Iterator[str]:
    yield from _head("passages of 40 words a CPU-second", "", "beside the encoder alone")
    for name, value in speed.items():
        yield _line(name, f"{value:,.0f}", f"{value / speed['the encoder alone']:.2f}")


def _head(*columns: str) -> Iterator[str]:
    yield _line(*columns)
    yield "|" + "---|" * len(columns)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _with_interval(value: float, interval: Interval) -> str:
    return f"{value:.2f} ({interval.low:.2f} to {interval.high:.2f})"


def main(arguments: Sequence[str]) -> None:
    tell(report(list(rows()), questions(), speeds()), arguments, DOCS, BEGIN, END)


if __name__ == "__main__":
    main(sys.argv[1:])
