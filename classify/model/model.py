"""A trained model of one framework: heads, opinions and two weighings of them, with its skops file."""

import hashlib
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from importlib import resources
from itertools import compress, islice
from pathlib import Path
from typing import Any

import numpy as np

from goalmap.classify.encoders import tuned
from goalmap.classify.encoders.tuned import Reading
from goalmap.classify.manner import FAST, FULL
from goalmap.classify.model.correction import Correction
from goalmap.classify.model.features import TextFeatures, meaning_of
from goalmap.classify.model.file import read_state, written_state
from goalmap.classify.model.heads import Heads
from goalmap.classify.model.opinions import Opinions, OwnOpinions, tuned_opinions
from goalmap.classify.model.regression import Regression, Scores
from goalmap.classify.model.weighing import Cost, Prediction, Signs, Weighing
from goalmap.ingest.errors import ModelProblem

LOUD = 0.08
"""Least rise of a goal's margin by a word that is worth naming."""


def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # a model that is read brings them along

    return frozenset(ENGLISH_STOP_WORDS)


@dataclass(frozen=True)
class Model:
    """A framework's model: what turns texts into calibrated probabilities and stages."""

    framework: str
    codes: tuple[str, ...]
    features: TextFeatures
    heads: Heads
    opinions: OwnOpinions | None
    """None where the encoder itself was tuned on the framework."""
    weighings: dict[str, Weighing]
    """By `full` and `fast`."""
    costs: dict[str, tuple[Cost, ...]]
    """What each threshold costs, by `full` and `fast`."""
    corrections: dict[str, Correction] = field(default_factory=dict)
    """What decisions corrected, by `full` and `fast`; empty as shipped."""
    glue: frozenset[str] = field(default_factory=_stop_words)
    """Words that tell a reader nothing by themselves."""

    def predict(self, texts: list[str], cues: Scores, mode: str = FULL, sure: float | None = None) -> Prediction:
        """Probabilities and stages of texts; `sure` stands in for the margin of activity, where only the topic counts."""
        matrix = self.features.transform(texts)
        signs = self.signs(matrix, cues, sure)
        predicted = self.weighings[FAST].predict(signs)
        if mode == FULL:
            asked = predicted.goals.max(axis=1, initial=0.0) >= self.weighings[FAST].settles
            predicted = predicted.with_rows(asked, self._asked(list(compress(texts, asked)), signs[asked], sure))
        goals = predicted.goals
        if sure is None and mode in self.corrections:
            goals = self.corrections[mode].corrected(goals, meaning_of(matrix))
        return replace(predicted, goals=goals, matrix=matrix)

    def signs(self, matrix: Any, cues: Scores, sure: float | None = None) -> Signs:
        """What heads and cues say of texts, given as rows of features."""
        margins = self.heads.margins(matrix)
        return Signs(margins if sure is None else replace(margins, activity=np.full(len(cues), sure)), cues)

    def _asked(self, texts: list[str], signs: Signs, sure: float | None) -> Prediction:
        """What is predicted of texts once the encoder is asked too."""
        said = self.opinions_of(tuned.read(texts))
        opinions = said if sure is None else replace(said, any=np.full(len(texts), sure))
        return self.weighings[FULL].predict(replace(signs, opinions=opinions))

    def opinions_of(self, reading: Reading) -> Opinions:
        if self.opinions is None:
            return tuned_opinions(reading, self.framework, self.codes)
        return self.opinions.of(reading)

    def loudest_words(self, row: Any, goal: int, most: int) -> list[str]:
        """The words of a text, given as its row of features, that raise a goal's margin most, loudest first."""
        head = self.heads.goals[goal]
        if head is None:
            return []
        words = self.features.word_names
        weights = row.data * head.weights[0][row.indices]
        loud = (weights > LOUD) & (row.indices < len(words))
        loudest = sorted(zip(weights[loud], row.indices[loud], strict=True), reverse=True)
        return list(islice((words[index] for _, index in loudest if not self._is_glue(words[index])), most))

    def _is_glue(self, words: str) -> bool:
        """Words that tell a reader nothing: a number, or a phrase that begins or ends with a stop word."""
        parts = words.split()
        return any(part in self.glue or part.isdigit() for part in (parts[0], parts[-1]))

    def save(self, path: str) -> None:
        """Write the model as a skops file (no pickle inside)."""
        Path(path).write_bytes(as_bytes(self))


def state_of(model: Model) -> dict[str, Any]:
    """The model as plain containers, regressions and terms."""
    return {
        "framework": model.framework,
        "codes": list(model.codes),
        "words": model.features.words,
        "parts": model.features.parts,
        "heads": _parts_of(model.heads),
        "opinions": None if model.opinions is None else _parts_of(model.opinions),
        "weighings": {mode: _parts_of(weighing) for mode, weighing in model.weighings.items()},
        "costs": {mode: [list(cost) for cost in costs] for mode, costs in model.costs.items()},
        "corrections": {mode: _parts_of(correction) for mode, correction in model.corrections.items()},
        "glue": " ".join(sorted(model.glue)),
    }


def _parts_of(whole: Any) -> dict[str, Any]:
    return {part.name: getattr(whole, part.name) for part in fields(whole)}


def model_of(state: dict[str, Any]) -> Model:
    """The model in a skops state."""
    return Model(
        framework=state["framework"],
        codes=tuple(state["codes"]),
        features=TextFeatures(state["words"], state["parts"]),
        heads=Heads(**state["heads"]),
        opinions=None if state["opinions"] is None else OwnOpinions(**state["opinions"]),
        weighings={mode: Weighing(**weighing) for mode, weighing in state["weighings"].items()},
        costs={mode: tuple(Cost(*cost) for cost in costs) for mode, costs in state["costs"].items()},
        corrections={mode: Correction(**correction) for mode, correction in state.get("corrections", {}).items()},
        glue=frozenset(state["glue"].split()) if "glue" in state else _stop_words(),
    )


@lru_cache
def load_model(framework: str) -> Model:
    """The shipped model of a framework. Raises ModelProblem."""
    file = resources.files("goalmap.models") / f"{framework}.skops"
    if not file.is_file():
        raise ModelProblem(f"There is no trained model for the framework {framework}. Train it with: make models")
    return read_model(file.read_bytes(), f"models/{framework}.skops")


def as_bytes(model: Model) -> bytes:
    """The model as a skops file holds it."""
    return written_state(state_of(model))


def read_model(data: bytes, name: str) -> Model:
    """A model from the bytes of its skops file. Raises ModelProblem."""
    return model_of(read_state(data, name))


def fingerprint_of(model: Model) -> str:
    """A hash of what a model has learnt, not of its file, whose bytes differ at every writing."""
    thresholds = {mode: (weighing.threshold, weighing.settles) for mode, weighing in model.weighings.items()}
    digest = hashlib.sha256(repr((model.codes, thresholds)).encode())
    digest.update("\n".join([*model.features.word_names, *model.features.parts.names]).encode())
    for head in _regressions(model):
        digest.update(np.round(head.weights, 4).tobytes() + np.round(head.beginnings, 4).tobytes())
    digest.update(np.round(model.heads.centres, 4).tobytes())
    return digest.hexdigest()[:10]


def _regressions(model: Model) -> list[Regression]:
    own = [] if model.opinions is None else [*model.opinions.goals, model.opinions.any]
    weighings = [part for _, one in sorted(model.weighings.items()) for part in (one.goals, one.activity, one.stages)]
    corrections = [one.weights for _, one in sorted(model.corrections.items())]
    found = (*model.heads.goals, model.heads.activity, *model.heads.stages, *own, *weighings, *corrections)
    return [head for head in found if head is not None]
