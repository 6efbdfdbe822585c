"""How well the system does on a gold folder: results of its files against what annotators found in them.

Gold passages are laid beside the system's by shared runs of four words, so that a passage cut elsewhere is still the
same passage. A goal counts once for each gold passage. A mention counts where it overlaps one, and as exact where
both name the same.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goalmap.classify.alignment import Alignment, align, folded, name_key, words_of
from goalmap.classify.gold import (
    KINDS,
    GoldDocument,
    GoldPassage,
    GoldQuote,
    GoldRole,
    gold_documents,
    gold_passages,
)
from goalmap.classify.measures import (
    FALSE,
    HIT,
    MISSED,
    Calibration,
    Guess,
    Interval,
    Measure,
    Share,
    calibration_of,
    interval_of,
)
from goalmap.classify.pipeline import FileResult
from goalmap.classify.proposals import RUNNER_UP, Proposal, classifier
from goalmap.extract.names import EntityKind, Quotation, Role, Span
from goalmap.ingest.document import Document, Kind, Passage, Status

FIRST = 3
"""As many goals as a reviewer looks at."""
TITLE_SHARE = 0.6
"""Share of the shorter title's words that makes two posts the same."""
SMALL_WORDS = frozenset({"of", "the", "and", "for", "a", "at"})
SHOWN_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that the system got wrong: what stands in the gold, what the system said, and the text."""

    kind: str
    source: str
    wanted: tuple[str, ...]
    got: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one comparison adds to a measure."""

    measure: str
    counts: Measure
    error: Error | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the system says of one gold passage; `scores` are the goals it weighed, best first, `proposed` those it took."""

    passage: GoldPassage
    proposed: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    """Of the proposed goals that are right."""
    scores: tuple[tuple[str, float], ...] = ()


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

    def confusions(self) -> Counter[tuple[str, str]]:
        """How often a goal (first) was missed where another (second) was proposed wrongly; `-` is no goal."""
        return Counter(pair for error in self.errors if error.kind == "goals" for pair in _confused(error))


def evaluate(
    gold: Path, results: Iterable[tuple[Path | str, FileResult]], framework: str = "purpose-goals"
) -> Evaluation:
    """Measure results, each with the path of its file, against a gold folder. Raises NotFound where it is none."""
    documents, passages = gold_documents(gold), gold_passages(gold)
    by_name = {Path(path).stem: result for path, result in results}
    heard = evaluate_documents(documents, by_name, framework)
    alone = evaluate_passages(answers_alone(passages, framework))
    return Evaluation(
        framework, heard[0] if documents else None, alone[0] if passages else None, (*heard[1], *alone[1])
    )


def evaluate_documents(
    gold: Sequence[GoldDocument], results: Mapping[str, FileResult], framework: str = "purpose-goals"
) -> tuple[DocumentFigures, tuple[Error, ...]]:
    """Figures and errors on annotated documents; results are found by the document's id."""
    pairs = [
        _Pair.of(document, results.get(document.id), framework) for document in sorted(gold, key=lambda one: one.id)
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
        names={label: NameFigures(totals[label], totals[f"{label} exact"]) for label in KINDS},
        roles=totals["roles"],
        role_organisation=_share(totals["role organisation"]),
        quotations_found=_share(totals["quotation found"]),
        quotations_speaker=_share(totals["quotation speaker"]),
    )
    return figures, (*goal_errors, *_errors(findings))


def evaluate_passages(answers: Sequence[Answer]) -> tuple[GoalFigures, tuple[Error, ...]]:
    """Figures and errors of what was said of passages whose goals are known."""
    findings = [(answer.passage.source, finding) for answer in answers for finding in _judge_goals(answer)]
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
        calibration=calibration_of(guess for answer in answers for guess in _guesses(answer)),
    )
    return figures, _errors(finding for _, finding in findings)


def answers_alone(passages: Sequence[GoldPassage], framework: str = "purpose-goals") -> list[Answer]:
    """What the classifier says of passages on their own, without a document around them."""
    if not passages:
        return []
    judge = classifier(framework)
    texts = [passage.text for passage in passages]
    proposals: dict[int, list[Proposal]] = defaultdict(list)
    for position, text in enumerate(texts):
        proposals[position] = judge.propose([Passage(0, Kind.BODY, text)])
    weighed = judge.model.predict(texts, judge.cues.count(texts))[0]
    return [
        _answer(passage, proposals[row], dict(zip(judge.model.codes, map(float, weighed[row]), strict=True)))
        for row, passage in enumerate(passages)
    ]


def _answer(passage: GoldPassage, proposals: Sequence[Proposal], weighed: Mapping[str, float] | None = None) -> Answer:
    scores = dict(weighed or {})
    for proposal in proposals:
        if proposal.runner_up is not None:
            scores.setdefault(proposal.runner_up, proposal.runner_up_score or 0.0)
    for proposal in proposals:
        scores[proposal.code] = max(proposal.score, scores.get(proposal.code, 0.0))
    return Answer(
        passage,
        proposed=frozenset(proposal.code for proposal in proposals),
        stages=frozenset(proposal.stage for proposal in proposals if proposal.code in passage.goals),
        scores=tuple(sorted(scores.items(), key=lambda score: (-score[1], score[0]))),
    )


# Documents


@dataclass(frozen=True, slots=True)
class _Pair:
    """A gold document beside the system's result for its file."""

    gold: GoldDocument
    result: FileResult
    alignment: Alignment
    answers: tuple[Answer, ...]

    @classmethod
    def of(cls, gold: GoldDocument, result: FileResult | None, framework: str) -> "_Pair":
        result = result or FileResult(Document(gold.id, Status.FAILED, "There is no result for this document."))
        alignment = align([passage.text for passage in gold.passages], result.document.passages)
        proposals: dict[int, list[Proposal]] = defaultdict(list)
        for proposal in result.proposals:
            if proposal.framework == framework:
                proposals[proposal.passage].append(proposal)
        answers = [
            _answer(passage, [proposal for one in held for proposal in proposals[one.position]])
            for passage, held in zip(gold.passages, alignment.by_gold, strict=True)
        ]
        return cls(gold, result, alignment, tuple(answers))

    def error(self, kind: str, wanted: Iterable[str], got: Iterable[str], text: str) -> Error:
        return Error(kind, self.gold.id, tuple(wanted), tuple(got), text)

    def text_at(self, span: Span) -> str:
        return self.result.document.passages[span.passage].text[span.start : span.end]

    def name_of(self, entity: int | None) -> str | None:
        return None if entity is None else name_key(self.result.names.entities[entity].name)


def _judge_passages(pair: _Pair) -> Iterator[Finding]:
    for passage, held in zip(pair.gold.passages, pair.alignment.by_gold, strict=True):
        yield Finding(
            "unaligned",
            MISSED if held else HIT,
            None if held else pair.error("passages", [passage.role], [], passage.text),
        )


def _judge_furniture(pair: _Pair) -> Iterator[Finding]:
    """A passage is taken for furniture when all that holds it is; one that was not read is furniture dropped, or content kept."""
    for passage, held in zip(pair.gold.passages, pair.alignment.by_gold, strict=True):
        taken = all(one.is_furniture for one in held) if held else passage.is_furniture
        if passage.is_furniture or taken:
            kinds = sorted({one.kind.value for one in held})
            counts = _outcome(wanted=passage.is_furniture, got=taken)
            yield Finding(
                "furniture",
                counts,
                None if counts is HIT else pair.error("furniture", [passage.role], kinds, passage.text),
            )


def _judge_names(pair: _Pair) -> Iterator[Finding]:
    for label, kind in KINDS.items():
        wanted, found = _wanted_mentions(pair, kind), _found_mentions(pair, kind)
        matches = _matched(wanted, found)
        free = [span for span in found if span not in matches.values()]
        spurious = [span for span in free if name_key(pair.text_at(span)) not in pair.gold.neutral[kind]]
        for span in wanted:
            yield from _judge_mention(pair, label, span, matches.get(span))
        for span in spurious:
            yield Finding(label, FALSE, pair.error(label, [], [pair.text_at(span)], _around(pair, span)))
            yield Finding(f"{label} exact", FALSE)


def _judge_mention(pair: _Pair, label: str, wanted: Span, found: Span | None) -> Iterator[Finding]:
    name = pair.text_at(wanted)
    if found is None:
        yield Finding(label, MISSED, pair.error(label, [name], [], _around(pair, wanted)))
        yield Finding(f"{label} exact", MISSED)
        return
    said = pair.text_at(found)
    exact = name_key(name) == name_key(said)
    yield Finding(label, HIT)
    yield Finding(
        f"{label} exact",
        HIT if exact else MISSED + FALSE,
        None if exact else pair.error(f"{label} exact", [name], [said], _around(pair, wanted)),
    )


def _wanted_mentions(pair: _Pair, kind: EntityKind) -> list[Span]:
    """Where the gold's names stand in the system's passages that hold gold text."""
    forms = sorted((form for entity in pair.gold.entities[kind] for form in entity.surfaces), key=len, reverse=True)
    return [
        Span(passage.position, *place) for passage in pair.alignment.passages for place in _places(forms, passage.text)
    ]


def _places(forms: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where the forms stand as whole words, the longest first, none inside another."""
    taken: list[tuple[int, int]] = []
    for form in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            start, end = match.span()
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
    return taken


def _found_mentions(pair: _Pair, kind: EntityKind) -> list[Span]:
    names, inside = pair.result.names, {passage.position for passage in pair.alignment.passages}
    spans = (mention.span for mention in names.mentions if names.entities[mention.entity].kind is kind)
    return list(dict.fromkeys(span for span in spans if span.passage in inside))


def _matched(wanted: Sequence[Span], found: Sequence[Span]) -> dict[Span, Span]:
    """Each wanted mention with the first overlapping one that no other has taken."""
    free: dict[int, list[Span]] = defaultdict(list)
    for span in found:
        free[span.passage].append(span)
    matches = {}
    for want in wanted:
        if hit := next((span for span in free[want.passage] if span.start < want.end and want.start < span.end), None):
            free[want.passage].remove(hit)
            matches[want] = hit
    return matches


def _around(pair: _Pair, span: Span, reach: int = 40) -> str:
    text = pair.result.document.passages[span.passage].text
    return text[max(0, span.start - reach) : span.end + reach]


def _judge_roles(pair: _Pair) -> Iterator[Finding]:
    said = pair.result.names.roles
    used: set[Role] = set()
    for gold in pair.gold.roles:
        hit = _role_for(pair, gold, said)
        if hit is None:
            yield Finding("roles", MISSED, pair.error("roles", [_shown_role(gold)], [], gold.person.name))
            continue
        used.add(hit)
        yield Finding("roles", HIT)
        if gold.organisation:
            yield _judge_body(pair, gold, hit)
    known = {_role_key(pair, role) for role in used}
    for key, role in {_role_key(pair, role): role for role in said}.items():
        if key not in known:
            yield Finding("roles", FALSE, pair.error("roles", [], [_said_role(pair, role)], key[0]))


def _role_for(pair: _Pair, gold: GoldRole, said: Sequence[Role]) -> Role | None:
    """The role that says the same of the person, one at the right body if there is one."""
    same = [role for role in said if _same_role(pair, gold, role)]
    return next((role for role in same if _right_body(pair, gold, role)), same[-1] if same else None)


def _same_role(pair: _Pair, gold: GoldRole, role: Role) -> bool:
    if role.former != gold.former or pair.name_of(role.person) not in gold.person.keys:
        return False
    want, got = set(words_of(gold.title)) - SMALL_WORDS, set(words_of(role.title)) - SMALL_WORDS - {"former"}
    return bool(got) and len(want & got) >= TITLE_SHARE * min(len(want), len(got))


def _right_body(pair: _Pair, gold: GoldRole, role: Role) -> bool:
    return pair.name_of(role.organisation) in gold.organisation


def _judge_body(pair: _Pair, gold: GoldRole, role: Role) -> Finding:
    right = _right_body(pair, gold, role)
    error = (
        None
        if right
        else pair.error("role organisation", [_shown_role(gold)], [_said_role(pair, role)], gold.person.name)
    )
    return Finding("role organisation", HIT if right else MISSED, error)


def _role_key(pair: _Pair, role: Role) -> tuple[str, str, bool]:
    return pair.name_of(role.person) or "", folded(role.title), role.former


def _shown_role(gold: GoldRole) -> str:
    body = max(gold.organisation, key=len, default="no body")
    return f"{'former ' if gold.former else ''}{gold.title}, {body}"


def _said_role(pair: _Pair, role: Role) -> str:
    return f"{'former ' if role.former else ''}{role.title}, {pair.name_of(role.organisation) or 'no body'}"


def _judge_quotations(pair: _Pair) -> Iterator[Finding]:
    said = [(quotation, " ".join(words_of(pair.text_at(quotation.span)))) for quotation in pair.result.names.quotations]
    for quote in pair.gold.quotes:
        yield from _judge_quote(pair, quote, said)


def _judge_quote(pair: _Pair, quote: GoldQuote, said: Iterable[tuple[Quotation, str]]) -> Iterator[Finding]:
    start = " ".join(words_of(quote.starts))
    held = [quotation for quotation, words in said if start and start in words]
    speakers = [name for quotation in held if (name := pair.name_of(quotation.speaker))]
    right = any(name in quote.speaker for name in speakers)
    yield Finding("quotation found", HIT if held else MISSED)
    yield Finding(
        "quotation speaker",
        HIT if right else MISSED,
        None if right else pair.error("quotations", [quote.speaker_name], speakers, quote.starts),
    )


JUDGES = (_judge_passages, _judge_furniture, _judge_names, _judge_roles, _judge_quotations)
"""What is compared in a document beside its goals."""


# Goals


def _judge_goals(answer: Answer) -> Iterator[Finding]:
    wanted, got = answer.passage.goals, answer.proposed
    for code in wanted | got:
        yield Finding(f"goal {code}", _outcome(wanted=code in wanted, got=code in got))
    error = Error("goals", answer.passage.source, _in_order(wanted), _in_order(got), answer.passage.text)
    yield Finding("all right", HIT if wanted == got else MISSED, None if wanted == got else error)
    yield from _judge_activity(answer) if wanted else _judge_empty(answer)


def _judge_empty(answer: Answer) -> Iterator[Finding]:
    counts = HIT if answer.proposed else MISSED
    yield Finding("proposed on empty", counts)
    if answer.passage.is_content:
        yield Finding("proposed on empty content", counts)


def _judge_activity(answer: Answer) -> Iterator[Finding]:
    wanted = answer.passage.goals
    best = {code for code, _ in answer.scores[:FIRST]}
    yield Finding("first three", HIT if wanted & best else MISSED)
    if wanted & answer.proposed:
        stage, said = answer.passage.stage or "", answer.stages
        error = Error("stage", answer.passage.source, (stage,), tuple(sorted(said)), answer.passage.text)
        yield Finding("stage", HIT if stage in said else MISSED, None if stage in said else error)


def _guesses(answer: Answer) -> Iterator[Guess]:
    for code, score in answer.scores:
        if code in answer.proposed or score >= RUNNER_UP:
            yield Guess(score, code in answer.passage.goals)


def _outcome(wanted: bool, got: bool) -> Measure:
    return HIT if wanted and got else FALSE if got else MISSED


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes as a framework counts them: 2 before 10, 4.1 before 4.10."""
    return tuple(
        sorted(codes, key=lambda code: [(int(part), "") if part.isdigit() else (0, part) for part in code.split(".")])
    )


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
    return {code: found[code] for code in _in_order(found)}


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
        yield _measure_row(f"{label}, mentions", names.mentions, f"exact {names.exact.f1:.3f}")
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
    false = [code for code in error.got if code not in error.wanted] or ["-"]
    return ((want, got) for want in missed for got in false)
