"""A trained model of one framework: heads for goals, activity and stage, their calibration, and its skops file."""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from itertools import islice
from typing import Any

import numpy as np
import sklearn
import skops.io
from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.linear_model import LogisticRegression

from goalmap.classify.features import TextFeatures, meaning_of
from goalmap.ingest.errors import ModelProblem

LOUD = 0.08
"""Least rise of a goal's margin by a word that is worth naming."""
STAGES = ("delivered", "ongoing", "planned", "aspiration")
NO_HEAD = -12.0
"""The margin of a goal that nothing was learnt for."""

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Margins:
    """What the heads say of texts, before calibration."""

    goals: Scores
    """Shape (texts, goals)."""
    activity: Scores
    """Shape (texts,)."""
    nearness: Scores
    """Cosine to the mean meaning of each goal's passages: shape (texts, goals)."""

    def __getitem__(self, rows: Any) -> "Margins":
        return Margins(self.goals[rows], self.activity[rows], self.nearness[rows])


@dataclass(frozen=True)
class Heads:
    """Logistic regressions on the same features, None where there was nothing to learn from; and the goals' mean meanings."""

    goals: list[LogisticRegression | None]
    activity: LogisticRegression | None
    stage: LogisticRegression | None
    centres: NDArray[np.float32]
    """Unit vectors of shape (goals, 256)."""

    def margins(self, matrix: Any) -> Margins:
        goals = np.stack([_margin(head, matrix) for head in self.goals], axis=1)
        nearness = meaning_of(matrix) @ self.centres.T
        return Margins(goals, _margin(self.activity, matrix), nearness.astype(float))


def _margin(head: LogisticRegression | None, matrix: Any) -> Scores:
    return np.full(matrix.shape[0], NO_HEAD) if head is None else head.decision_function(matrix)


def pooled(margins: Margins, cues: Scores) -> Scores:
    """What the calibrator sees, a row for each pair of text and goal: shape (texts * goals, 7).

    The goal's margin, the activity margin, the lead over the best other goal, cues found, the smaller of the two margins
    since both must hold, nearness in meaning, and its lead over the best other goal.
    """
    goals = margins.goals
    spread = np.broadcast_to(margins.activity[:, None], goals.shape)
    rows = [
        goals,
        spread,
        _lead(goals),
        np.log1p(cues),
        np.minimum(goals, spread),
        margins.nearness,
        _lead(margins.nearness),
    ]
    return np.stack(rows, axis=2).reshape(-1, len(rows))


def _lead(scores: Scores) -> Scores:
    """How far each column stands above the best of the others."""
    if scores.shape[1] < 2:
        return np.zeros(scores.shape)
    ordered = np.sort(scores, axis=1)
    best, second = ordered[:, [-1]], ordered[:, [-2]]
    return scores - np.where(scores == best, second, best)


@dataclass(frozen=True)
class Model:
    """A framework's model: what turns texts into calibrated probabilities and stages."""

    framework: str
    codes: tuple[str, ...]
    features: TextFeatures
    heads: Heads
    calibrator: LogisticRegression
    threshold: float

    def predict(
        self, texts: list[str], cues: Scores, activity_margin: float | None = None
    ) -> tuple[Scores, Scores, list[str]]:
        """Goal probabilities (texts, goals), activity probabilities (texts,), and the likeliest stage of each text.

        `activity_margin` stands in for what the activity head says, where only the topic counts.
        """
        matrix = self.features.transform(texts)
        margins = self.heads.margins(matrix)
        if activity_margin is not None:
            margins = replace(margins, activity=np.full(len(texts), activity_margin))
        probabilities = self.calibrator.predict_proba(pooled(margins, cues))[:, 1].reshape(margins.goals.shape)
        stages = (
            ["ongoing"] * len(texts)
            if self.heads.stage is None
            else [str(stage) for stage in self.heads.stage.predict(matrix)]
        )
        return probabilities, 1 / (1 + np.exp(-margins.activity)), stages

    def activity(self, texts: list[str]) -> Scores:
        """The probability that each text reports an activity."""
        return 1 / (1 + np.exp(-_margin(self.heads.activity, self.features.transform(texts))))

    def loudest_words(self, text: str, goal: int, most: int) -> list[str]:
        """The words of a text that raise a goal's margin most, loudest first."""
        head = self.heads.goals[goal]
        if head is None:
            return []
        row = self.features.words.transform([text])
        weights = row.data * head.coef_[0][row.indices]
        words = self.features.word_names
        loudest = sorted(zip(weights, row.indices, strict=True), reverse=True)
        telling = (words[index] for weight, index in loudest if weight > LOUD)
        return list(islice((word for word in telling if not _is_glue(word)), most))

    def save(self, path: str) -> None:
        """Write the model as a skops file (no pickle inside)."""
        state = {
            "framework": self.framework,
            "codes": list(self.codes),
            "words": self.features.words,
            "parts": self.features.parts,
            "goals": self.heads.goals,
            "activity": self.heads.activity,
            "stage": self.heads.stage,
            "centres": self.heads.centres,
            "calibrator": self.calibrator,
            "threshold": self.threshold,
            "scikit-learn": sklearn.__version__,
        }
        skops.io.dump(state, path, compression=8, compresslevel=9)


def _is_glue(words: str) -> bool:
    """Words that tell a reader nothing: a number, or a phrase that begins or ends with a stop word."""
    parts = words.split()
    return any(part in ENGLISH_STOP_WORDS or part.isdigit() for part in (parts[0], parts[-1]))


@lru_cache
def load_model(framework: str) -> Model:
    """The shipped model of a framework. Raises ModelProblem."""
    file = resources.files("goalmap.models") / f"{framework}.skops"
    if not file.is_file():
        raise ModelProblem(f"There is no trained model for the framework {framework}. Train it with: make models")
    with resources.as_file(file) as path:
        if unknown := skops.io.get_untrusted_types(file=path):
            raise ModelProblem(
                f"The model {path} holds types that are not trusted: {', '.join(unknown)}. Do not use it."
            )
        state = skops.io.load(path)
    return model_of(state)


def model_of(state: dict[str, Any]) -> Model:
    """The model in a skops state."""
    return Model(
        framework=state["framework"],
        codes=tuple(state["codes"]),
        features=TextFeatures(state["words"], state["parts"]),
        heads=Heads(state["goals"], state["activity"], state["stage"], state["centres"]),
        calibrator=state["calibrator"],
        threshold=state["threshold"],
    )


def fingerprint_of(model: Model) -> str:
    """A hash of what a model has learnt, not of its file, whose bytes differ at every writing."""
    digest = hashlib.sha256(repr((model.codes, model.threshold)).encode())
    digest.update("\n".join([*model.features.word_names, *model.features.parts.get_feature_names_out()]).encode())
    for head in (*model.heads.goals, model.heads.activity, model.heads.stage, model.calibrator):
        if head is not None:
            digest.update(np.round(head.coef_, 6).tobytes() + np.round(head.intercept_, 6).tobytes())
    digest.update(np.round(model.heads.centres, 6).tobytes())
    return digest.hexdigest()[:10]
