"""How decisions correct a model: its probabilities by what was decided, the more freely the more was decided."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, identity, kron
from sklearn.linear_model import LogisticRegression

from goalmap.classify.heads import UNKNOWN, Flags, Scores

STIFF, FREE = 0.3, 2.0
"""How readily single goals and meanings are corrected, beside the margin of all."""
CLEARLY = 2.0
"""Standard errors by which the free one must be the better, so that a reviewer's habit is learnt and chance is not."""
FOLDS = 3
DIMENSIONS = 64
"""Of the static vectors, whose dimensions stand in the order of what they tell; more of them are no better and slower."""
MARGIN = 10.0
"""So large that regularisation leaves the weight of the model's own margin nearly free."""
NEAREST_TO_SURE = 1e-6


@dataclass(frozen=True)
class Correction:
    """One regression for pairs of text and goal: on the model's own margin, the goal, and the text's static vector."""

    weights: LogisticRegression | None
    """None where nothing was to be learnt: all that was decided is alike."""
    freedom: float

    def corrected(self, probabilities: Scores, vectors: NDArray[np.float32]) -> Scores:
        """Probabilities of shape (texts, goals), corrected."""
        if self.weights is None or not len(probabilities):
            return probabilities
        pairs = _pairs(probabilities, vectors, self.freedom)
        result: Scores = self.weights.predict_proba(pairs)[:, 1].reshape(probabilities.shape)
        return result

    def moved(self, threshold: float) -> float:
        """Where a threshold comes to lie: the correction that all goals share moves it as it moves the probabilities."""
        if self.weights is None:
            return threshold
        margin = MARGIN * float(_margins(np.array(threshold)))
        return float(1 / (1 + np.exp(-(self.weights.coef_[0, 0] * margin + self.weights.intercept_[0]))))


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
    saved = _losses(decisions, STIFF) - _losses(decisions, FREE)
    is_clear = len(saved) > 1 and saved.mean() > CLEARLY * saved.std(ddof=1) / np.sqrt(len(saved))
    return _fit(decisions, FREE if is_clear else STIFF)


def _losses(decisions: Decisions, freedom: float) -> Scores:
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


def _fit(decisions: Decisions, freedom: float) -> Correction:
    truth = decisions.goals.ravel()
    known = truth != UNKNOWN
    if len(set(truth[known])) < 2:
        return Correction(None, freedom)
    pairs = _pairs(decisions.probabilities, decisions.vectors, freedom)[known]
    return Correction(LogisticRegression(max_iter=1000).fit(pairs, truth[known]), freedom)


def _pairs(probabilities: Scores, vectors: NDArray[np.float32], freedom: float) -> csr_matrix:
    """A row for each pair of text and goal: the margin, which goal it is, the text's meaning, and that for this goal."""
    texts, goals = probabilities.shape
    meaning = csr_matrix(vectors[:, :DIMENSIONS].astype(float))
    said = (
        kron(np.ones((texts, 1)), identity(goals)),
        kron(meaning, np.ones((goals, 1))),
        kron(meaning, identity(goals)),
    )
    margins = csr_matrix(MARGIN * _margins(probabilities).reshape(-1, 1))
    return hstack([margins, *(freedom * part for part in said)]).tocsr()


def _margins(probabilities: Scores) -> Scores:
    """Log odds."""
    kept = np.clip(probabilities, NEAREST_TO_SURE, 1 - NEAREST_TO_SURE)
    result: Scores = np.log(kept / (1 - kept))
    return result
