"""How well the system does on gold: results of its files, and what it says of single passages, against what people found.

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

from goalmap.classify.evaluation.answers import (
    Answer,
    Error,
    Finding,
    Scores,
    Weigh,
    all_guesses_of,
    answer_of,
    guesses_of,
    in_order,
    judge_goals,
)
from goalmap.classify.evaluation.gold import (
    KINDS,
    GoldDocument,
    GoldPassage,
    GoldQuestion,
    gold_documents,
    gold_passages,
    gold_questions,
)
from goalmap.classify.evaluation.judging import JUDGES, Pair
from goalmap.classify.evaluation.questions import QuestionFigures, evaluate_questions
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.manner import USUAL, Manner, Supplied
from goalmap.classify.measuring.measures import (
    Calibration,
    Intervals,
    Measure,
    Share,
    calibration_of,
    intervals_of,
    plain,
)
from goalmap.classify.pipeline import FileResult
from goalmap.classify.proposals import Classifier, Proposal, classifiable, classifier
from goalmap.ingest.document import Kind, Passage
from goalmap.ingest.errors import GoalmapError

NONE = "-"
"""Stands for a goal where there should be none, or was none."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one thing was said where another is right."""

    wanted: str
    said: str
    passages: int


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """Goals, stages and probabilities."""

    micro: Measure
    intervals: Intervals
    macro_f1: float
    by_goal: dict[str, Measure]
    goal_intervals: dict[str, Intervals]
    all_right: Share
    """Passages with exactly the goals they should have."""
    proposed_on_empty: Share
    proposed_on_empty_content: Share
    """The same without headings, biographies and furniture."""
    stage: Share
    stages_confused: tuple[Confusion, ...]
    in_first_three: Share
    calibration: Calibration
    """Of the goals that a reviewer sees: those proposed and the next nearest beside them."""
    calibration_of_all: Calibration
    """Of all goals on all passages."""
    confused: tuple[Confusion, ...]
    """Goals proposed wrongly where another was missed, or where there is none; the most frequent first."""


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
class Evaluation:
    """What was measured on gold; None where the gold has no such part."""

    framework: str
    documents: DocumentFigures | None = None
    passages: GoalFigures | None = None
    questions: QuestionFigures | None = None
    errors: tuple[Error, ...] = field(default=(), repr=False)
    mode: str | None = None
    threshold: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        parts = {"documents": self.documents, "passages": self.passages, "questions": self.questions}
        said = {"framework": self.framework, "mode": self.mode, "threshold": self.threshold}
        return {**said, **{name: plain(part) for name, part in parts.items() if part}}

    def figures(self) -> dict[str, float]:
        """The main figures by name, to be compared with floors and with earlier runs."""
        documents = _document_figures(self.documents) if self.documents else {}
        passages = _goal_figures(self.passages) if self.passages else {}
        asked = self.questions.main() if self.questions else {}
        return (
            documents
            | {f"passages.{name}": value for name, value in passages.items()}
            | {f"questions.{name}": value for name, value in asked.items()}
        )


def evaluate(
    gold: Path,
    results: Iterable[tuple[str, FileResult]],
    framework: str = "purpose-goals",
    manner: Manner = USUAL,
    supplied: Supplied | None = None,
) -> Evaluation:
    """Measure results against gold, each named by its document's id, which is its file's name without suffix.

    Raises NotFound where there is nothing to measure with, GoalmapError where the gold names goals of another framework.
    """
    documents, passages, questions = gold_documents(gold), gold_passages(gold), gold_questions(gold)
    judge = classifier(framework, manner, supplied)
    _check_goals(judge.framework, documents, passages, questions)
    heard = evaluate_documents(documents, dict(results), judge.framework.id, weighing_of(judge)) if documents else None
    alone = evaluate_passages(answers_alone(passages, judge)) if passages else None
    return Evaluation(
        judge.framework.id,
        documents=heard and heard[0],
        passages=alone and alone[0],
        questions=evaluate_questions(questions, judge) if questions else None,
        errors=(*(heard[1] if heard else ()), *(alone[1] if alone else ())),
        mode=judge.mode,
        threshold=judge.threshold,
    )


def _check_goals(
    framework: Framework,
    documents: Sequence[GoldDocument],
    passages: Sequence[GoldPassage],
    questions: Sequence[GoldQuestion],
) -> None:
    alone = [*(passage for document in documents for passage in document.passages), *passages]
    named = {code for passage in alone for code in passage.goals} | {question.goal for question in questions}
    if unknown := in_order(named.difference(framework.codes)):
        raise GoalmapError(
            f"The gold names goals that {framework.name} does not have: {', '.join(unknown)}. "
            "Name the framework that it was labelled for: --framework NAME."
        )


def weighing_of(judge: Classifier) -> Weigh:
    """The probabilities that a classifier gives to all goals of the passages that it classifies."""

    def weigh(passages: Sequence[Passage]) -> dict[int, Scores]:
        wanted = classifiable(passages)
        if not wanted:
            return {}
        weighed = judge.weigh([passage.text for passage in wanted])
        return {passage.position: _scores(judge, row) for passage, row in zip(wanted, weighed.goals, strict=True)}

    return weigh


def _scores(judge: Classifier, row: Iterable[float]) -> Scores:
    return dict(zip(judge.model.codes, map(float, row), strict=True))


def evaluate_documents(
    gold: Sequence[GoldDocument],
    results: Mapping[str, FileResult],
    framework: str = "purpose-goals",
    weigh: Weigh | None = None,
) -> tuple[DocumentFigures, tuple[Error, ...]]:
    """Figures and errors on annotated documents; results are found by the document's id."""
    pairs = pairs_of(gold, results, framework, weigh)
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


def pairs_of(
    gold: Iterable[GoldDocument], results: Mapping[str, FileResult], framework: str, weigh: Weigh | None = None
) -> list[Pair]:
    """Each annotated document beside the system's result, in the order of their ids."""
    ordered = sorted(gold, key=lambda document: document.id)
    return [Pair.of(document, results.get(document.id), framework, weigh) for document in ordered]


def evaluate_passages(answers: Sequence[Answer]) -> tuple[GoalFigures, tuple[Error, ...]]:
    """Figures and errors of what was said of passages whose goals are known."""
    findings = [(answer.passage.source, finding) for answer in answers for finding in judge_goals(answer)]
    totals = _totals(finding for _, finding in findings)
    sources: dict[str, list[Finding]] = defaultdict(list)
    for source, finding in findings:
        sources[source].append(finding)
    totals_of_sources = [_totals(one) for one in sources.values()]
    by_goal = _by_goal(totals)
    asked = [measure.f1 for measure in by_goal.values() if measure.n]
    errors = _errors(finding for _, finding in findings)
    figures = GoalFigures(
        micro=_micro(totals),
        intervals=intervals_of([_micro(one) for one in totals_of_sources]),
        macro_f1=sum(asked) / len(asked) if asked else 0.0,
        by_goal=by_goal,
        goal_intervals={code: intervals_of([one[f"goal {code}"] for one in totals_of_sources]) for code in by_goal},
        all_right=_share(totals["all right"]),
        proposed_on_empty=_share(totals["proposed on empty"]),
        proposed_on_empty_content=_share(totals["proposed on empty content"]),
        stage=_share(totals["stage"]),
        stages_confused=_confusions(pair for error in errors if error.kind == "stage" for pair in _confused(error)),
        in_first_three=_share(totals["first three"]),
        calibration=calibration_of(guess for answer in answers for guess in guesses_of(answer)),
        calibration_of_all=calibration_of(guess for answer in answers for guess in all_guesses_of(answer)),
        confused=_confusions(pair for error in errors if error.kind == "goals" for pair in _confused(error)),
    )
    return figures, errors


def answers_alone(passages: Sequence[GoldPassage], judge: Classifier) -> list[Answer]:
    """What a classifier says of passages on their own, without a document around them."""
    alone = [Passage(row, Kind.BODY, passage.text) for row, passage in enumerate(passages)]
    proposals: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in judge.propose(alone):
        proposals[proposal.passage].append(proposal)
    weighed = weighing_of(judge)(alone)
    return [answer_of(passage, proposals[row], weighed.get(row)) for row, passage in enumerate(passages)]


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


def _confusions(pairs: Iterable[tuple[str, str]]) -> tuple[Confusion, ...]:
    counted = sorted(Counter(pairs).items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(wanted, said, passages) for (wanted, said), passages in counted)


def _confused(error: Error) -> Iterator[tuple[str, str]]:
    missed = [code for code in error.wanted if code not in error.got] or [NONE]
    false = [code for code in error.got if code not in error.wanted]
    return ((want, got) for want in missed for got in false)


# The main figures


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
        "calibration.error_of_all": goals.calibration_of_all.error,
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


LESS_IS_BETTER = ("unaligned", "goals.proposed_on_empty", "calibration.")
"""How figures begin that fall as the system gets better."""


def less_is_better(figure: str) -> bool:
    """Whether a figure of that name falls as the system gets better."""
    return figure.removeprefix("passages.").startswith(LESS_IS_BETTER)
