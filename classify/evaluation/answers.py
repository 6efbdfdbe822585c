"""What the system says of passages whose goals are known, and what that adds to which measure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goalmap.classify.evaluation.gold import GoldPassage
from goalmap.classify.measuring.measures import FALSE, HIT, MISSED, Guess, Measure
from goalmap.classify.proposals import RUNNER_UP, Proposal
from goalmap.ingest.document import Passage

FIRST = 3
"""As many goals as a reviewer looks at."""

Scores = Mapping[str, float]
"""Probabilities by goal."""
Weigh = Callable[[Sequence[Passage]], Mapping[int, Scores]]
"""What gives them for passages, each by its position."""


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


def answer_of(
    passage: GoldPassage, proposals: Sequence[Proposal], weighed: Mapping[str, float] | None = None
) -> Answer:
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


def judge_goals(answer: Answer) -> Iterator[Finding]:
    """Which goals were found, at which stage, and whether a passage without an activity was left alone."""
    wanted, got = answer.passage.goals, answer.proposed
    for code in wanted | got:
        yield Finding(f"goal {code}", outcome(wanted=code in wanted, got=code in got))
    error = Error("goals", answer.passage.source, in_order(wanted), in_order(got), answer.passage.text)
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
    if answer.passage.stage and wanted & answer.proposed:
        stage, said = answer.passage.stage, answer.stages
        error = Error("stage", answer.passage.source, (stage,), tuple(sorted(said)), answer.passage.text)
        yield Finding("stage", HIT if stage in said else MISSED, None if stage in said else error)


def guesses_of(answer: Answer) -> Iterator[Guess]:
    """The probabilities that a reviewer sees: of the goals proposed, and of the next nearest beside them."""
    nearest = [code for code, score in answer.scores if code not in answer.proposed and score >= RUNNER_UP][:1]
    for code, score in answer.scores if answer.proposed else ():
        if code in answer.proposed or code in nearest:
            yield Guess(score, code in answer.passage.goals)


def all_guesses_of(answer: Answer) -> Iterator[Guess]:
    """The probabilities of all goals; one that was never weighed counts as held impossible."""
    scores = dict(answer.scores)
    for code in in_order(scores.keys() | answer.passage.goals):
        yield Guess(scores.get(code, 0.0), code in answer.passage.goals)


def outcome(wanted: bool, got: bool) -> Measure:
    """What one thing adds, that is there to find or was found, or both."""
    return HIT if wanted and got else FALSE if got else MISSED


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes as a framework counts them: 2 before 10, 4.1 before 4.10."""
    return tuple(
        sorted(codes, key=lambda code: [(int(part), "") if part.isdigit() else (0, part) for part in code.split(".")])
    )
