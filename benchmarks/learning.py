"""Print what decisions add to the shipped model: python -m benchmarks.learning

Annotated documents of two sets stand in for documents that a reviewer went through: passages for which something was
proposed are decided as they are annotated. A correction learns from some of them and is measured on all passages of
documents that it has not seen, five parts of documents in turn. Then the same for a reviewer who always rejects the
goals that are annotated most.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from goalmap.classify.encoders.static import encode
from goalmap.classify.evaluation.gold import gold_documents
from goalmap.classify.learning import FOLDS, Comparison, Lesson, Said, compare
from goalmap.classify.manner import FAST, FULL, Manner
from goalmap.classify.model.correction import Decisions, fit_correction
from goalmap.classify.proposals import classifier

DATA = Path(__file__).parent.parent / "tests" / "data"
SETS = ("second", "third")
FRAMEWORK = "purpose-goals"
SEEDS = range(5)
DECIDED = (50, 100, 200, None)
"""How many passages are decided; None for all for which something was proposed."""
NEVER = (0, 4)
"""How many goals the reviewer always rejects."""
COLUMNS = "| goals always rejected | setting | decided passages | micro F1 | precision | recall | passages without a goal proposed | calibration error | F1 gained (95 % interval) |"


def lessons() -> list[Lesson]:
    """The passages that can report an activity, as if all had been decided on."""
    return [
        Lesson(
            one.text,
            document.id,
            dict.fromkeys(one.goals, True),
        )
        for name in SETS
        for document in gold_documents(DATA / name)
        for one in document.passages
        if one.is_content and len(one.text.split()) > 2
    ]


def decisions_of(found: list[Lesson], mode: str) -> tuple[Decisions, float]:
    """All passages as if decided on, with what the shipped model says of them and its threshold."""
    one = classifier(FRAMEWORK, Manner(mode=mode))
    texts = [lesson.text for lesson in found]
    truth = np.array([[lesson.flag(code) for code in one.model.codes] for lesson in found])
    said = one.weigh(texts).goals
    return Decisions(said, encode(texts), truth, np.array([lesson.document for lesson in found])), one.threshold


def rejecting(every: Decisions, goals: int) -> Decisions:
    """The same decisions by a reviewer who holds that nothing serves the goals that are annotated most, so many of them."""
    truth = every.goals.copy()
    truth[:, np.argsort(-truth.sum(axis=0), kind="stable")[:goals]] = 0
    return replace(every, goals=truth)


def unseen(every: Decisions, threshold: float, decided: int | None, seed: int) -> Said:
    """Corrected probabilities and what is proposed then, where so many passages of other documents are decided."""
    draw = random.Random(seed)
    documents = sorted(set(every.documents.tolist()))
    draw.shuffle(documents)
    said = np.zeros(every.goals.shape)
    for place in range(FOLDS):
        inside = np.isin(every.documents, documents[place::FOLDS])
        looked_at = ~inside & (every.probabilities >= threshold).any(axis=1)
        seen = [int(row) for row in np.flatnonzero(looked_at)]
        correction = fit_correction(every[draw.sample(seen, min(decided or len(seen), len(seen)))])
        said[inside] = correction.corrected(every.probabilities[inside], every.vectors[inside])
    return said, said >= threshold


def rows() -> Iterator[str]:
    """The table, a line at a time."""
    yield COLUMNS
    yield "|---" * (COLUMNS.count(" |")) + "|"
    found = lessons()
    annotated = {mode: decisions_of(found, mode) for mode in (FULL, FAST)}
    for never in NEVER:
        for mode, (every, threshold) in annotated.items():
            for cells in _rows(rejecting(every, never), threshold):
                yield f"| {never or 'none'} | {mode} | {cells} |"


def _rows(every: Decisions, threshold: float) -> Iterator[str]:
    codes = classifier(FRAMEWORK).model.codes
    shipped = (every.probabilities, every.probabilities >= threshold)
    yield _cells("none: the shipped model", [compare(every.documents, codes, every.goals, shipped, shipped)])
    looked_at = int(shipped[1].any(axis=1).sum() * (1 - 1 / FOLDS))
    for decided in DECIDED:
        others = (unseen(every, threshold, decided, seed) for seed in SEEDS)
        compared = [compare(every.documents, codes, every.goals, shipped, other) for other in others]
        yield _cells(str(decided or f"all, about {looked_at}"), compared)


def _cells(decided: str, compared: list[Comparison]) -> str:
    *cells, rise, low, high = np.mean([_figures(one) for one in compared], axis=0)
    return f"{decided} | {' | '.join(f'{cell:.3f}' for cell in cells)} | {rise:+.3f} ({low:+.3f} to {high:+.3f})"


def _figures(one: Comparison) -> tuple[float, ...]:
    every, empty = one.after.all, one.after.proposed_on_empty.value
    gain = (every.f1 - one.before.all.f1, one.gain.low, one.gain.high)
    return (every.f1, every.precision, every.recall, empty, one.after.calibration.error, *gain)


if __name__ == "__main__":
    for line in rows():
        print(line, flush=True)
