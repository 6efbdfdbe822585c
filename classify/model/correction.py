"""How decisions correct a model: its probabilities by what was decided, as freely as documents not seen bear out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack, identity, kron

from goalmap.classify.model.heads import UNKNOWN, Flags
from goalmap.classify.model.regression import Regression, Scores, learnt


class Freedom(NamedTuple):
    """How readily single goals and meanings are corrected, beside the margin of all."""

    goals: float
    meanings: float


STIFF = Freedom(0.3, 0.3)
"""For a reviewer who differs from the model by chance alone."""
FREER = (Freedom(1.0, 0.3), Freedom(4.0, 0.3), Freedom(4.0, 2.0))
"""For habits: of a goal, which a handful of like decisions then settles; of a goal where a passage is about something."""
CLEARLY = 1.0
"""Standard errors by which a freer one must be the better, so that a reviewer's habit is learnt and chance is not."""
FOLDS = 3
DIMENSIONS = 64
"""Of the static vectors, whose dimensions stand in the order of what they tell; more of them are no better and slower."""
MARGIN = 10.0
"""So large that regularisation leaves the weight of the model's own margin nearly free."""
NEAREST_TO_SURE = 1e-6


@dataclass(frozen=True)
class Correction:
    """One regression for pairs of text and goal: on the model's own margin, the goal, and the text's static vector."""

    weights: Regression | None
    """None where nothing was to be learnt: all that was decided is alike."""

    def corrected(self, probabilities: Scores, vectors: NDArray[np.float32]) -> Scores:
        """Probabilities of shape (texts, goals), corrected."""
        if self.weights is None or not len(probabilities):
            return probabilities
        pairs = _pairs(probabilities, vectors)
        return self.weights.probabilities(pairs).reshape(probabilities.shape)


@dataclass(frozen=True)
class Decisions:
    """What a model said of texts that it has not seen, and what was decided on them; `documents` hold them together."""

    probabilities: Scores
    vectors: NDArray[np.float32]
    goals: Flags
    documents: NDArray[np.str_]

    def __getitem__(self, rows: Any) -> "Decisions":
        return Decisions(self.probabilities[rows], self.vectors[rows], self.goals[rows], self.documents[rows])

    def folds(self, most: int) -> Iterator[NDArray[np.bool_]]:
        """Rows of whole documents, parts of about the same size: the largest document first to where least is."""
        sizes = Counter(self.documents.tolist())
        parts: list[tuple[int, list[str]]] = [(0, []) for _ in range(min(most, len(sizes)))]
        for document, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
            least = min(range(len(parts)), key=lambda place: parts[place][0])
            parts[least] = (parts[least][0] + size, [*parts[least][1], document])
        return (np.isin(self.documents, documents) for _, documents in parts)


def fit_correction(decisions: Decisions) -> Correction:
    """What decisions correct in a model's probabilities."""
    return _fit(decisions, _freedom(decisions))


def _freedom(decisions: Decisions) -> Freedom:
    """The one that does best on documents not seen, of those that clearly do better than the stiff one."""
    stiff = _losses(decisions, STIFF)
    saved = {freedom: stiff - _losses(decisions, freedom) for freedom in FREER}
    clear = [freedom for freedom in FREER if _is_clear(saved[freedom])]
    return max(clear, key=lambda freedom: float(saved[freedom].sum()), default=STIFF)


def _is_clear(saved: Scores) -> bool:
    """Whether what is saved on each document is more than chance."""
    return len(saved) > 1 and bool(saved.mean() > CLEARLY * saved.std(ddof=1) / np.sqrt(len(saved)))


def _losses(decisions: Decisions, freedom: Freedom) -> Scores:
    """How far corrections are off on each document, which they have not seen: sums of the log loss."""
    known = decisions.goals != UNKNOWN
    corrected = np.zeros(known.shape)
    for inside in decisions.folds(FOLDS):
        part = decisions[inside]
        corrected[inside] = _fit(decisions[~inside], freedom).corrected(part.probabilities, part.vectors)
    said = np.clip(corrected, NEAREST_TO_SURE, 1 - NEAREST_TO_SURE)
    losses = -np.log(np.where(decisions.goals == 1, said, 1 - said)) * known
    _, places = np.unique(decisions.documents, return_inverse=True)
    return np.bincount(places, weights=losses.sum(axis=1)).astype(float)


def _fit(decisions: Decisions, freedom: Freedom) -> Correction:
    truth = decisions.goals.ravel()
    known = truth != UNKNOWN
    if len(set(truth[known])) < 2:
        return Correction(None)
    scales = _scales(decisions.goals.shape[1], freedom)
    pairs = _pairs(decisions.probabilities, decisions.vectors)[known] @ diags(scales)
    found = learnt(pairs, truth[known], None, strength=1.0, most_steps=1000)
    return Correction(replace(found, weights=found.weights * scales))


def _scales(goals: int, freedom: Freedom) -> Scores:
    """How large each column of the pairs is made for the fit: the larger, the freer its weight from regularisation."""
    return np.repeat((MARGIN, *freedom), (1, goals, DIMENSIONS * (1 + goals)))


def _pairs(probabilities: Scores, vectors: NDArray[np.float32]) -> csr_matrix:
    """A row for each pair of text and goal: the margin, which goal it is, the text's meaning, and that for this goal."""
    texts, goals = probabilities.shape
    meaning = csr_matrix(vectors[:, :DIMENSIONS].astype(float))
    margins = csr_matrix(_margins(probabilities).reshape(-1, 1))
    which = kron(np.ones((texts, 1)), identity(goals))
    return hstack([margins, which, kron(meaning, np.ones((goals, 1))), kron(meaning, identity(goals))]).tocsr()


def _margins(probabilities: Scores) -> Scores:
    """Log odds."""
    kept = np.clip(probabilities, NEAREST_TO_SURE, 1 - NEAREST_TO_SURE)
    result: Scores = np.log(kept / (1 - kept))
    return result
