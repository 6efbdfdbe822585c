"""What was measured, as tables of text: on gold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goalmap.classify.evaluation.evaluation import Confusion, DocumentFigures, Evaluation, GoalFigures
    from goalmap.classify.evaluation.questions import QuestionFigures, Verdicts
    from goalmap.classify.measuring.measures import Calibration, Interval, Measure, Share

MOST = 12
"""Confusions that are shown; --json has them all."""
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table to print; every cell is text."""

    title: str
    columns: Row
    rows: tuple[Row, ...]

    def lines(self) -> Row:
        """The table as text: its title, its columns, its rows, and an empty line."""
        cells = (self.columns, *self.rows)
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        shown = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
        )
        return (self.title, *shown, "")


def evaluation_lines(evaluation: "Evaluation") -> Iterator[str]:
    """An evaluation: how it was made, then its tables."""
    if evaluation.threshold is not None:
        yield f"{evaluation.framework}, {evaluation.mode}, proposals from a probability of {evaluation.threshold:.2f} on"
        yield ""
    for table in tables(evaluation):
        yield from table.lines()


def tables(evaluation: "Evaluation") -> Iterator[Table]:
    """The main measures, each goal, what is taken for what, and how far probabilities can be trusted."""
    parts = _parts(evaluation)
    found = (
        Table("Measures", ("measure", "value", "precision", "recall", "n", "note"), tuple(_measure_rows(evaluation))),
        Table("Goals", GOAL_COLUMNS, tuple(row for part, goals in parts for row in _goal_rows(part, goals))),
        *(question_tables(evaluation.questions) if evaluation.questions else ()),
        Table("Goals taken for each other", ("part", "right", "proposed", "passages"), _confused(parts, "confused")),
        Table(
            "Stages taken for each other", ("part", "right", "said", "passages"), _confused(parts, "stages_confused")
        ),
        *(calibration_table(f"Probabilities, {part}", goals.calibration) for part, goals in parts),
    )
    return (table for table in found if table.rows)


def _parts(evaluation: "Evaluation") -> "list[tuple[str, GoalFigures]]":
    parts = (("documents", evaluation.documents and evaluation.documents.goals), ("passages", evaluation.passages))
    return [(part, goals) for part, goals in parts if goals]


def _measure_rows(evaluation: "Evaluation") -> Iterator[Row]:
    if evaluation.documents:
        yield from _document_rows(evaluation.documents)
    if evaluation.passages:
        yield from (("passages alone: " + row[0], *row[1:]) for row in _rows_of_goals(evaluation.passages))
    if evaluation.questions:
        yield from _question_rows(evaluation.questions)


def _document_rows(figures: "DocumentFigures") -> Iterator[Row]:
    missing = f"no result for {', '.join(figures.missing)}" if figures.missing else ""
    yield _share_row("passages not found again", figures.unaligned, missing)
    yield from _rows_of_goals(figures.goals)
    yield _measure_row("furniture", figures.furniture)
    for label, names in figures.names.items():
        yield _measure_row(
            f"{label}, mentions", names.mentions, f"exact {names.exact.f1:.3f}, by name {names.names.f1:.3f}"
        )
    yield _measure_row("roles", figures.roles)
    yield _share_row("roles: right organisation", figures.role_organisation)
    yield _share_row("quotations found", figures.quotations_found)
    yield _share_row("quotations with the right speaker", figures.quotations_speaker)


def _rows_of_goals(goals: "GoalFigures") -> Iterator[Row]:
    yield _measure_row("goals, micro F1", goals.micro, f"95 % interval {span(goals.intervals.f1)}")
    yield ("goals, macro F1", f"{goals.macro_f1:.3f}", "", "", str(len(goals.by_goal)), "")
    yield _share_row("passages with exactly their goals", goals.all_right)
    content = goals.proposed_on_empty_content
    yield _share_row(
        "empty passages with a proposal", goals.proposed_on_empty, f"content only {content.value:.3f} of {content.n}"
    )
    yield _share_row("stage, where the goal is right", goals.stage)
    yield _share_row("a right goal among the first three", goals.in_first_three)
    yield _calibration_row("calibration error", goals.calibration, "of goals shown to a reviewer")
    yield _calibration_row("calibration error, all", goals.calibration_of_all, "of all goals on all passages")


def _question_rows(figures: "QuestionFigures") -> Iterator[Row]:
    texts = str(sum(verdicts.n for verdicts in figures.by_goal.values()))
    yield (
        "one goal asked: mean F1",
        f"{figures.f1.value:.3f}",
        f"{figures.precision.value:.3f}",
        f"{figures.recall.value:.3f}",
        texts,
        f"95 % interval {span(figures.f1.interval)}",
    )
    accuracy = figures.accuracy
    yield (
        "one goal asked: mean accuracy",
        f"{accuracy.value:.3f}",
        "",
        "",
        texts,
        f"95 % interval {span(accuracy.interval)}",
    )
    yield _calibration_row("one goal asked: calibration error", figures.calibration, "of the goals asked")


def _measure_row(name: str, measure: "Measure", note: str = "") -> Row:
    return (name, f"{measure.f1:.3f}", f"{measure.precision:.3f}", f"{measure.recall:.3f}", str(measure.n), note)


def _share_row(name: str, share: "Share", note: str = "") -> Row:
    return (name, f"{share.value:.3f}" if share.n else "-", "", "", str(share.n), note)


def _calibration_row(name: str, calibration: "Calibration", note: str) -> Row:
    return (name, f"{calibration.error:.3f}", "", "", str(calibration.n), f"Brier {calibration.brier:.3f}, {note}")


GOAL_COLUMNS = (
    "part", "goal", "F1", "95 % interval", "precision", "95 % interval", "recall", "95 % interval", "n", "right", "wrong",
    "missed",
)  # fmt: skip


def _goal_rows(part: str, goals: "GoalFigures") -> Iterator[Row]:
    for code, measure in goals.by_goal.items():
        intervals = goals.goal_intervals[code]
        yield (
            part,
            code,
            f"{measure.f1:.3f}",
            span(intervals.f1),
            f"{measure.precision:.3f}",
            span(intervals.precision),
            f"{measure.recall:.3f}",
            span(intervals.recall),
            str(measure.n),
            str(measure.hits),
            str(measure.false),
            str(measure.missed),
        )


def question_tables(figures: "QuestionFigures") -> Iterator[Table]:
    """Each goal that was asked, and how far the probabilities can be trusted."""
    rows = tuple(_verdict_row(code, verdicts) for code, verdicts in figures.by_goal.items())
    yield Table(
        "Goals asked one by one", ("goal", "accuracy", "F1", "precision", "recall", "texts", "right ones"), rows
    )
    yield calibration_table("Probabilities, one goal asked", figures.calibration)


def _verdict_row(code: str, verdicts: "Verdicts") -> Row:
    measure = verdicts.measure
    rates = (verdicts.accuracy, measure.f1, measure.precision, measure.recall)
    return (code, *(f"{rate:.3f}" for rate in rates), str(verdicts.n), str(measure.n))


def _confused(parts: "Iterable[tuple[str, GoalFigures]]", name: str) -> tuple[Row, ...]:
    found: list[tuple[str, Sequence[Confusion]]] = [(part, getattr(goals, name)) for part, goals in parts]
    return tuple((part, one.wanted, one.said, str(one.passages)) for part, all_ in found for one in all_[:MOST])


def calibration_table(title: str, calibration: "Calibration") -> Table:
    """What probabilities said, and how often they came true."""
    rows = (
        (f"{one.low:.1f} to {one.high:.1f}", str(one.n), f"{one.mean:.2f}", f"{one.right:.2f}")
        for one in calibration.bins
    )
    return Table(title, ("between", "guesses", "mean probability", "share right"), tuple(rows))


def span(interval: "Interval | None") -> str:
    """An interval in words."""
    return "too few" if interval is None else f"{interval.low:.2f} to {interval.high:.2f}"
