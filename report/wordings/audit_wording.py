"""What decisions say of the proposals, in tables and words; and what they cannot say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from goalmap.report.wording import count, filled, shortened
from goalmap.report.wordings.accuracy_wording import MOST, Row, Table, calibration_table, span

if TYPE_CHECKING:
    from goalmap.classify.measuring.auditing import Audit, ModelAudit, Precision, Swap

NAME_WIDTH = 38
COLUMNS = ("goal", "right", "95 % interval", "proposed", "decided", "speaks for")
HOW_WEIGHTED = (
    "“Right” is the share of proposals that reviewers accepted. What was decided in a band of probability speaks for all "
    "proposals of that goal in the band, so that looking at the surest alone does not flatter; “speaks for” counts them. "
    "Of the others nothing is known: decide on some."
)
NO_RECALL = (
    "How much is missed altogether cannot be told from decisions on proposals: somebody would have to read passages "
    "without one. A random sample tells it: goalmap review audit --draw 100"
)


def audit_lines(audits: "Sequence[Audit]") -> Iterator[str]:
    """The audit of each framework."""
    for audit in audits:
        yield from _framework_lines(audit)
    yield from filled(HOW_WEIGHTED, indent="")
    yield from filled(NO_RECALL, indent="")


def _framework_lines(audit: "Audit") -> Iterator[str]:
    for model in audit.models:
        reach = "" if audit.threshold is None else f" with a probability of {audit.threshold:.2f} or more"
        yield f"{audit.name}, by the model {model.model}: {count(model.overall.proposed, 'proposal')}{reach}"
        yield ""
        for table in _tables(model, audit.goals):
            yield from table.lines()
        yield from _stage_line(model)
    if not audit.models:
        yield f"{audit.name}: no proposal reaches that probability."
    yield from _missed_lines(audit)
    yield ""


def _tables(model: "ModelAudit", goals: Mapping[str, str]) -> Iterator[Table]:
    rows = [(_name(goal, goals), precision) for goal, precision in model.by_goal.items()]
    found = (
        Table(
            "Proposals that are right",
            COLUMNS,
            tuple(_precision_row(*row) for row in (("all goals", model.overall), *rows)),
        ),
        calibration_table(f"Probabilities (error {model.calibration.error:.3f})", model.calibration),
        Table("Goals changed", ("proposed", "chosen", "times"), _swap_rows(model.goals_changed, goals)),
        Table("Stages changed", ("proposed", "chosen", "times"), _swap_rows(model.stages_changed, {})),
    )
    return (table for table in found if table.rows)


def _precision_row(name: str, precision: "Precision") -> Row:
    if precision.value is None:
        return (name, "-", "nothing decided", str(precision.proposed), "0", "0")
    counts = (precision.proposed, precision.decided, precision.covered)
    return (name, f"{precision.value:.3f}", span(precision.interval), *map(str, counts))


def _swap_rows(swaps: "Sequence[Swap]", goals: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple((_name(one.proposed, goals), _name(one.chosen, goals), str(one.times)) for one in swaps[:MOST])


def _name(goal: str, goals: Mapping[str, str]) -> str:
    return shortened(goals.get(goal, goal), NAME_WIDTH)


def _stage_line(model: "ModelAudit") -> Iterator[str]:
    changed = sum(swap.times for swap in model.stages_changed)
    if changed + model.stages_kept:
        yield f"Stage kept on {model.stages_kept:,} of {count(changed + model.stages_kept, 'right proposal')}."


def _missed_lines(audit: "Audit") -> Iterator[str]:
    missed = sum(audit.missed.values())
    if not missed:
        yield "No reviewer found a goal that is not proposed."
        return
    goals = ", ".join(f"{_name(goal, audit.goals)} ({times})" for goal, times in audit.missed.items())
    yield from filled(
        f"Missed for certain: {count(missed, 'goal')} that reviewers found right where no proposal says so. {goals}."
    )
    if audit.added:
        yield f"Reviewers added {count(audit.added, 'goal')} by hand."
