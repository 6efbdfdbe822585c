"""What `learn` has to say: before and after, what became of the model, which models there are."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from goalmap.report.wording import count, filled, message_lines
from goalmap.report.wordings.accuracy_wording import Row, Table
from goalmap.store.days import moment
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.classify.learning import Comparison, Goes
    from goalmap.store.learning.models import Kept
    from goalmap.store.learning.relearn import Relearnt

MEASURED = (
    "Both were measured on the passages that were decided, document by document: the model before has seen none of "
    "them, the model after has seen those of the other documents."
)
INGEST_AGAIN = "Run ingest again, as you did before, to get new proposals. Your decisions stay as they are."
GOAL_COLUMNS = ("goal", "serve it", "right", "wrong", "missed", "right after", "wrong after", "missed after")
OWN = "goalmap's own model"


def relearnt_lines(results: "Sequence[Relearnt]", db: Place, dry_run: bool) -> Iterator[str]:
    """What was learnt for each framework."""
    for result in results:
        learnt = result.learnt
        comparison = learnt.comparisons[result.mode]
        yield f"{learnt.framework}: learnt from {count(learnt.passages, 'passage')} in {count(learnt.documents, 'document')}"
        yield ""
        for table in (_measures(comparison), _goals(comparison)):
            yield from table.lines()
        yield from filled(MEASURED, indent="")
        yield from filled(_gain(comparison), indent="")
        yield from filled(_fate(result, db, dry_run), indent="")


def _measures(comparison: "Comparison") -> Table:
    before, after = _figures(comparison.before), _figures(comparison.after)
    rows = tuple((name, figure, after[name]) for name, figure in before.items())
    return Table("Before and after", ("measure", "before", "after"), rows)


def _figures(goes: "Goes") -> dict[str, str]:
    every, empty = goes.all, goes.proposed_on_empty
    return {
        "micro F1": f"{every.f1:.3f}",
        "precision": f"{every.precision:.3f}",
        "recall": f"{every.recall:.3f}",
        "passages without a goal that get a proposal": f"{empty.hits} of {empty.n}",
        "calibration error": f"{goes.calibration.error:.3f}",
    }


def _goals(comparison: "Comparison") -> Table:
    def counts(goes: "Goes", code: str) -> Row:
        one = goes.by_goal[code]
        return str(one.hits), str(one.false), str(one.missed)

    before, after = comparison.before, comparison.after
    rows = tuple(
        (code, str(measure.n), *counts(before, code), *counts(after, code))
        for code, measure in before.by_goal.items()
        if measure + after.by_goal[code] != type(measure)()
    )
    return Table("Goals", GOAL_COLUMNS, rows)


def _gain(comparison: "Comparison") -> str:
    rise = comparison.after.all.f1 - comparison.before.all.f1
    low, high = comparison.gain.low, comparison.gain.high
    return f"Micro F1 after less before: {rise:+.3f} (95 % interval {low:+.3f} to {high:+.3f}, over documents)."


def _fate(result: "Relearnt", db: Place, dry_run: bool) -> str:
    name = result.learnt.name
    if dry_run:
        would = "would be put to use" if result.is_earned else "would be kept, but not put to use"
        return f"Nothing was written. The model {would}."
    if result.is_earned:
        return f"The model earned its place: {name} ({result.id}) is in use. {INGEST_AGAIN}"
    return (
        f"The model did not earn its place: {name} ({result.id}) is kept, but not in use; proposals stay as they are. "
        f"To use it all the same: goalmap learn --activate {result.id} --db {db}"
    )


def kept_lines(models: "Sequence[Kept]") -> Iterator[str]:
    """The models that were kept."""
    if not models:
        yield from message_lines(
            f"No model has learnt from decisions yet: {OWN} is in use. Make one with: goalmap learn"
        )
        return
    columns = ("id", "framework", "model", "learnt", "passages", "documents", "state")
    rows = tuple(
        (one.id, one.framework, one.name, moment(one.trained_at), str(one.passages), str(one.documents), _state(one))
        for one in models
    )
    yield from Table("Models learnt from decisions", columns, rows).lines()
    for framework in sorted({one.framework for one in models}):
        if not any(one.active and one.is_current for one in models if one.framework == framework):
            yield f"{framework}: {OWN} is in use."


def _state(one: "Kept") -> str:
    if not one.is_current:
        return "out of date: learn again"
    return "in use" if one.active else "kept" if one.earned else "kept, did not earn its place"


def used_line(framework: str, now: "Kept | None") -> str:
    """Which model is in use after a change by hand."""
    return f"{framework}: {f'{now.name} ({now.id})' if now else OWN} is in use. {INGEST_AGAIN}"
