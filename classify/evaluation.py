"""How well the system does on a gold folder: results of its files against what annotators found in them.

Gold passages are laid beside the system's by shared runs of four words, so that a passage cut elsewhere is still the
same passage. A goal counts once for each gold passage. A mention counts where it overlaps one, and as exact where
both name the same. A short passage that stands word for word inside another (a running header inside the title) cannot
be told apart from it, so that even a perfect reader loses a little on furniture.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goalmap.classify.gold import (
    KINDS,
    GoldDocument,
    GoldPassage,
    gold_documents,
    gold_passages,
)
from goalmap.classify.judging import JUDGES, Answer, Error, Finding, Pair, answer_of, guesses_of, in_order, judge_goals
from goalmap.classify.measures import (
    Calibration,
    Interval,
    Measure,
    Share,
    calibration_of,
    interval_of,
)
from goalmap.classify.pipeline import FileResult
from goalmap.classify.proposals import Proposal, classifier
from goalmap.ingest.document import Kind, Passage


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """Goals, stages and probabilities."""

    micro: Measure
    interval: Interval
    macro_f1: float
    by_goal: dict[str, Measure]
    all_right: Share
    """Passages with exactly the goals they should have."""
    proposed_on_empty: Share
    proposed_on_empty_content: Share
    """The same without headings, biographies and furniture."""
    stage: Share
    in_first_three: Share
    calibration: Calibration
    """Of the goals that a reviewer sees: those proposed and the next nearest."""


@dataclass(frozen=True, slots=True)
class NameFigures:
    """Mentions of one kind of entity."""

    mentions: Measure
    exact: Measure
    names: Measure
    """Of whole documents: each entity once, however often it is named."""


@dataclass(frozen=True, slots=True)
class DocumentFigures:
    """All that is measured on annotated documents."""

    documents: int
    missing: tuple[str, ...]
    """Annotated documents for which there was no result."""
    unaligned: Share
    goals: GoalFigures
    furniture: Measure
    names: dict[str, NameFigures]
    roles: Measure
    role_organisation: Share
    quotations_found: Share
    quotations_speaker: Share


@dataclass(frozen=True, slots=True)
class Table:
    """A table to print; every cell is text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def lines(self) -> tuple[str, ...]:
        """The table as text: its title, its columns, its rows, and an empty line."""
        cells = (self.columns, *self.rows)
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        shown = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
        )
        return (self.title, *shown, "")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured on a gold folder; None where the folder has no such part."""

    framework: str
    documents: DocumentFigures | None
    passages: GoalFigures | None
    errors: tuple[Error, ...] = field(default=(), repr=False)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        parts = {"documents": self.documents, "passages": self.passages}
        return {"framework": self.framework, **{name: _plain(part) for name, part in parts.items() if part}}

    def figures(self) -> dict[str, float]:
        """The main figures by name, to be compared with floors and with earlier runs."""
        documents = _document_figures(self.documents) if self.documents else {}
        passages = _goal_figures(self.passages) if self.passages else {}
        return documents | {f"passages.{name}": value for name, value in passages.items()}

    def tables(self) -> tuple[Table, ...]:
        """Tables to print: the main measures, each goal, and which goals are taken for which."""
        return tuple(table for table in (_measure_table(self), _goal_table(self), _confusion_table(self)) if table.rows)

    def lines(self) -> tuple[str, ...]:
        """The tables as text."""
        return tuple(line for table in self.tables() for line in table.lines())

    def confusions(self) -> Counter[tuple[str, str]]:
        """How often one goal (second) was proposed wrongly where another (first; `-` is none) was missed."""
        return Counter(pair for error in self.errors if error.kind == "goals" for pair in _confused(error))


def evaluate(gold: Path, results: Iterable[tuple[str, FileResult]], framework: str = "purpose-goals") -> Evaluation:
    """Measure results against a gold folder, each named by its document's id, which is its file's name without suffix.

    Raises NotFound where the folder holds nothing to measure with.
    """
    documents, passages = gold_documents(gold), gold_passages(gold)
    heard = evaluate_documents(documents, dict(results), framework)
    alone = evaluate_passages(answers_alone(passages, framework))
    return Evaluation(
        framework, heard[0] if documents else None, alone[0] if passages else None, (*heard[1], *alone[1])
    )


def evaluate_documents(
    gold: Sequence[GoldDocument], results: Mapping[str, FileResult], framework: str = "purpose-goals"
) -> tuple[DocumentFigures, tuple[Error, ...]]:
    """Figures and errors on annotated documents; results are found by the document's id."""
    pairs = [
        Pair.of(document, results.get(document.id), framework) for document in sorted(gold, key=lambda one: one.id)
    ]
    findings = [finding for pair in pairs for judge in JUDGES for finding in judge(pair)]
    totals = _totals(findings)
    goals, goal_errors = evaluate_passages([answer for pair in pairs for answer in pair.answers])
    figures = DocumentFigures(
        documents=len(gold),
        missing=tuple(sorted(document.id for document in gold if document.id not in results)),
        unaligned=_share(totals["unaligned"]),
        goals=goals,
        furniture=totals["furniture"],
        names={
            label: NameFigures(totals[label], totals[f"{label} exact"], totals[f"{label} names"]) for label in KINDS
        },
        roles=totals["roles"],
        role_organisation=_share(totals["role organisation"]),
        quotations_found=_share(totals["quotation found"]),
        quotations_speaker=_share(totals["quotation speaker"]),
    )
    return figures, (*goal_errors, *_errors(findings))


def evaluate_passages(answers: Sequence[Answer]) -> tuple[GoalFigures, tuple[Error, ...]]:
    """Figures and errors of what was said of passages whose goals are known."""
    findings = [(answer.passage.source, finding) for answer in answers for finding in judge_goals(answer)]
    totals = _totals(finding for _, finding in findings)
    sources: dict[str, list[Finding]] = defaultdict(list)
    for source, finding in findings:
        sources[source].append(finding)
    by_goal = _by_goal(totals)
    asked = [measure.f1 for measure in by_goal.values() if measure.n]
    figures = GoalFigures(
        micro=_micro(totals),
        interval=interval_of([_micro(_totals(one)) for one in sources.values()]),
        macro_f1=sum(asked) / len(asked) if asked else 0.0,
        by_goal=by_goal,
        all_right=_share(totals["all right"]),
        proposed_on_empty=_share(totals["proposed on empty"]),
        proposed_on_empty_content=_share(totals["proposed on empty content"]),
        stage=_share(totals["stage"]),
        in_first_three=_share(totals["first three"]),
        calibration=calibration_of(guess for answer in answers for guess in guesses_of(answer)),
    )
    return figures, _errors(finding for _, finding in findings)


def answers_alone(passages: Sequence[GoldPassage], framework: str = "purpose-goals") -> list[Answer]:
    """What the classifier says of passages on their own, without a document around them."""
    if not passages:
        return []
    judge = classifier(framework)
    texts = [passage.text for passage in passages]
    proposals: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in judge.propose([Passage(row, Kind.BODY, text) for row, text in enumerate(texts)]):
        proposals[proposal.passage].append(proposal)
    weighed = judge.model.predict(texts, judge.cues.count(texts))[0]
    return [
        answer_of(passage, proposals[row], dict(zip(judge.model.codes, map(float, weighed[row]), strict=True)))
        for row, passage in enumerate(passages)
    ]


# Sums


def _totals(findings: Iterable[Finding]) -> defaultdict[str, Measure]:
    totals: defaultdict[str, Measure] = defaultdict(Measure)
    for finding in findings:
        totals[finding.measure] += finding.counts
    return totals


def _errors(findings: Iterable[Finding]) -> tuple[Error, ...]:
    return tuple(finding.error for finding in findings if finding.error)


def _share(measure: Measure) -> Share:
    return Share(measure.hits, measure.n)


def _by_goal(totals: Mapping[str, Measure]) -> dict[str, Measure]:
    found = {name.removeprefix("goal "): measure for name, measure in totals.items() if name.startswith("goal ")}
    return {code: found[code] for code in in_order(found)}


def _micro(totals: Mapping[str, Measure]) -> Measure:
    return sum(_by_goal(totals).values(), Measure())


# What is shown


def _plain(value: Any) -> Any:
    """A value of JSON for a value of ours."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return round(value, 4) if isinstance(value, float) else value


def _goal_figures(goals: GoalFigures) -> dict[str, float]:
    return {
        "goals.f1": goals.micro.f1,
        "goals.precision": goals.micro.precision,
        "goals.recall": goals.micro.recall,
        "goals.macro_f1": goals.macro_f1,
        "goals.proposed_on_empty": goals.proposed_on_empty.value,
        "goals.in_first_three": goals.in_first_three.value,
        "stage": goals.stage.value,
        "calibration.error": goals.calibration.error,
        "calibration.brier": goals.calibration.brier,
    }


def _document_figures(figures: DocumentFigures) -> dict[str, float]:
    return {
        "unaligned": figures.unaligned.value,
        **_goal_figures(figures.goals),
        "furniture.f1": figures.furniture.f1,
        **{f"{label}.f1": names.mentions.f1 for label, names in figures.names.items()},
        **{f"{label}.exact_f1": names.exact.f1 for label, names in figures.names.items()},
        "roles.f1": figures.roles.f1,
        "roles.organisation": figures.role_organisation.value,
        "quotations.found": figures.quotations_found.value,
        "quotations.speaker": figures.quotations_speaker.value,
    }


LESS_IS_BETTER = frozenset({"unaligned", "goals.proposed_on_empty", "calibration.error", "calibration.brier"})
"""Figures that fall as the system gets better."""


def less_is_better(figure: str) -> bool:
    """Whether a figure of that name falls as the system gets better."""
    return figure.removeprefix("passages.") in LESS_IS_BETTER


def _measure_table(evaluation: Evaluation) -> Table:
    rows = [
        *(_document_rows(evaluation.documents) if evaluation.documents else ()),
        *(_alone_rows(evaluation.passages) if evaluation.passages else ()),
    ]
    return Table("Measures", ("measure", "value", "precision", "recall", "n", "note"), tuple(rows))


def _alone_rows(goals: GoalFigures) -> Iterator[tuple[str, ...]]:
    return (("passages alone: " + row[0], *row[1:]) for row in _goal_rows(goals))


def _document_rows(figures: DocumentFigures) -> Iterator[tuple[str, ...]]:
    missing = f"no result for {', '.join(figures.missing)}" if figures.missing else ""
    yield _share_row("passages not found again", figures.unaligned, missing)
    yield from _goal_rows(figures.goals)
    yield _measure_row("furniture", figures.furniture)
    for label, names in figures.names.items():
        yield _measure_row(
            f"{label}, mentions", names.mentions, f"exact {names.exact.f1:.3f}, by name {names.names.f1:.3f}"
        )
    yield _measure_row("roles", figures.roles)
    yield _share_row("roles: right organisation", figures.role_organisation)
    yield _share_row("quotations found", figures.quotations_found)
    yield _share_row("quotations with the right speaker", figures.quotations_speaker)


def _goal_rows(goals: GoalFigures) -> Iterator[tuple[str, ...]]:
    yield _measure_row(
        "goals, micro F1", goals.micro, f"95 % interval {goals.interval.low:.3f} to {goals.interval.high:.3f}"
    )
    yield ("goals, macro F1", f"{goals.macro_f1:.3f}", "", "", str(len(goals.by_goal)), "")
    yield _share_row("passages with exactly their goals", goals.all_right)
    content = goals.proposed_on_empty_content
    yield _share_row(
        "empty passages with a proposal", goals.proposed_on_empty, f"content only {content.value:.3f} of {content.n}"
    )
    yield _share_row("stage, where the goal is right", goals.stage)
    yield _share_row("a right goal among the first three", goals.in_first_three)
    calibration = goals.calibration
    yield (
        "calibration error",
        f"{calibration.error:.3f}",
        "",
        "",
        str(calibration.n),
        f"Brier {calibration.brier:.3f}",
    )


def _measure_row(name: str, measure: Measure, note: str = "") -> tuple[str, ...]:
    return (name, f"{measure.f1:.3f}", f"{measure.precision:.3f}", f"{measure.recall:.3f}", str(measure.n), note)


def _share_row(name: str, share: Share, note: str = "") -> tuple[str, ...]:
    return (name, f"{share.value:.3f}", "", "", str(share.n), note)


def _goal_table(evaluation: Evaluation) -> Table:
    parts = (("documents", evaluation.documents and evaluation.documents.goals), ("passages", evaluation.passages))
    rows = [
        (part, *_counted_row(code, measure))
        for part, goals in parts
        if goals
        for code, measure in goals.by_goal.items()
    ]
    return Table("Goals", ("part", "goal", "F1", "precision", "recall", "n", "right", "wrong", "missed"), tuple(rows))


def _counted_row(code: str, measure: Measure) -> tuple[str, ...]:
    row = _measure_row(code, measure)[:5]
    return (*row, str(measure.hits), str(measure.false), str(measure.missed))


def _confusion_table(evaluation: Evaluation, most: int = 12) -> Table:
    rows = [(wanted, got, str(count)) for (wanted, got), count in evaluation.confusions().most_common(most)]
    return Table("Taken for each other", ("wanted", "proposed", "passages"), tuple(rows))


def _confused(error: Error) -> Iterator[tuple[str, str]]:
    missed = [code for code in error.wanted if code not in error.got] or ["-"]
    false = [code for code in error.got if code not in error.wanted]
    return ((want, got) for want in missed for got in false)
