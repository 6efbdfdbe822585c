"""How much was probably found of each goal, whether one may stop, and what to do next, in plain words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from goalmap.report.wording import count, filled, shortened
from goalmap.report.wordings.accuracy_wording import Row, Table
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.classify.measuring.stopping import Stopping, Verdict

NAME_WIDTH = 34
COLUMNS = ("goal", "found", "wait", "missed", "recall", "at least", "stop")
FIRST = 100
"""Passages of a first sample."""
HOW = (
    "“Missed” is what is probably left, in proposals that wait and beside them; “at least” is the recall that holds even "
    "if all that wait are right and the sample was unlucky: with {confidence:.0%} confidence for each goal, however often "
    "more are drawn. It takes the decisions as right."
)


def recall_lines(results: "Sequence[Stopping]", db: Place) -> Iterator[str]:
    """What is known of each framework."""
    if not results:
        yield from ("There are no proposals and no decisions yet. Make some first:", "  goalmap ingest FOLDER")
    for result in results:
        yield from _framework_lines(result, db)
    if results:
        yield from filled(HOW.format(confidence=results[0].confidence), indent="")


def drawn_lines(drawn: int, waiting: int, name: str, db: Place) -> Iterator[str]:
    """What a draw did, and where the drawn passages are answered."""
    if not drawn:
        yield from filled(f"{name}: every passage was drawn already.")
    else:
        yield from filled(f"{name}: {count(drawn, 'passage')} drawn at random; {waiting:,} wait for an answer.")
    if waiting:
        yield f"They come with the queue: goalmap review export queue.csv --db {db}"


def _framework_lines(result: "Stopping", db: Place) -> Iterator[str]:
    sample = result.sample
    yield from filled(
        f"{sample.name}: {count(sample.passages, 'passage')}, of which {sample.drawn:,} were drawn at random and "
        f"{sample.answered:,} answered."
    )
    yield ""
    rows = (("all goals", result.together), *((_label(result, goal), one) for goal, one in result.goals.items()))
    yield from Table("How much was found", COLUMNS, tuple(_row(name, verdict) for name, verdict in rows)).lines()
    yield from _none_found_lines(result)
    yield from _verdict_lines(result)
    yield from _next_lines(result, db)
    yield ""


def _label(result: "Stopping", goal: str) -> str:
    return shortened(result.sample.labels[goal], NAME_WIDTH)


def _row(name: str, verdict: "Verdict") -> Row:
    recall = verdict.recall
    missed = "?" if recall.missed.point is None else f"{recall.missed.point:,.0f}"
    return (
        name,
        f"{recall.found:,.0f}",
        f"{verdict.waiting:,}",
        missed,
        "-" if recall.value is None else f"{recall.value:.0%}",
        "-" if recall.interval is None else f"{_down(recall.interval.low)}",
        "yes" if verdict.may_stop else "",
    )


def _down(share: float) -> str:
    """A share in whole per cent, never rounded up to a bound that it does not reach."""
    return f"{int(share * 100 + 1e-9)}%"


def _none_found_lines(result: "Stopping") -> Iterator[str]:
    none = [
        f"{_label(result, goal)} (at most {verdict.recall.missed.high:,.0f})"
        for goal, verdict in result.goals.items()
        if verdict.recall.interval is None
    ]
    if none and result.sample.answered:
        yield from filled(f"None found, so that there is no recall, with what may be missed: {'; '.join(none)}.")


def _verdict_lines(result: "Stopping") -> Iterator[str]:
    target = f"{result.target:.0%}"
    if result.together.may_stop:
        yield from filled(f"You may stop for all goals taken together: at least {target} was found.")
    if stopped := len(result.may_stop):
        yield from filled(f"You may stop for {stopped} of {count(len(result.goals), 'goal')}.")
    if not (result.together.may_stop or result.may_stop):
        yield from filled(f"It cannot be told yet that at least {target} was found; go on.")


def _next_lines(result: "Stopping", db: Place) -> Iterator[str]:
    steps = list(_steps(result))
    if steps:
        yield "What would help:"
    for step, command in steps:
        yield from filled(f"- {step}", "  ")
        if command:
            yield f"    goalmap review {command} --db {db}"


def _steps(result: "Stopping") -> Iterator[tuple[str, str]]:
    """What to do, the most pressing first, each with the command for it."""
    sample, together, unanswered = result.sample, result.together, result.unanswered
    draw = f"audit --framework {sample.framework} --draw"
    if unanswered:
        told = f"Answer for the {count(unanswered, 'drawn passage')} that {_wait(unanswered)}; nobody may stop before:"
        yield told, "export queue.csv"
    if together.waiting and not together.recall.reaches(result.target):
        yield f"Decide the {count(together.waiting, 'proposal')} that {_wait(together.waiting)}:", "export queue.csv"
    if not sample.drawn:
        yield "Draw a first sample:", f"{draw} {min(FIRST, sample.passages)}"
    elif sample.unframed:
        yield f"Draw again, for {count(sample.unframed, 'passage')} came since:", f"{draw} {together.draw or 1}"
    elif together.draw and not unanswered:
        yield f"Draw about {together.draw:,} more, for all goals taken together:", f"{draw} {together.draw}"
    each = [verdict.draw for verdict in result.goals.values() if verdict.draw]
    if each and sample.answered and not unanswered:
        yield f"For single goals {_between(each)} more would have to be drawn; rare goals need most.", ""


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"


def _between(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return f"about {low:,}" if low == high else f"about {low:,} to {high:,}"
