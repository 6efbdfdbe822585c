"""What the encoder is tuned on: every framework's labelled passages, with what is known of each."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.goals import frameworks
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.model.heads import STAGES
from goalmap.classify.model.training import Labelled, labelled_passages

PARTS = 2
"""Into so many parts the passages are dealt, so that each has an encoder that was not tuned on it."""


@dataclass(frozen=True)
class Lessons:
    """Texts with what is right of them and what is known: both of shape (texts, columns)."""

    texts: list[str]
    right: NDArray[np.float32]
    known: NDArray[np.float32]
    gates: int
    """So many columns at the beginning tell whether any goal of a framework is served."""

    def __getitem__(self, rows: NDArray[np.bool_]) -> "Lessons":
        texts = [text for text, row in zip(self.texts, rows, strict=True) if row]
        return Lessons(texts, self.right[rows], self.known[rows], self.gates)

    @property
    def parts(self) -> NDArray[np.int_]:
        """The part of each text, by its words and nothing else."""
        return np.array([hashlib.sha256(text.encode()).digest()[0] % PARTS for text in self.texts])


def taught() -> list[Framework]:
    """The frameworks that have a model of their own and labelled passages."""
    loaded = [frameworks.load(name) for name in frameworks.names()]
    return [one for one in loaded if one.model == one.id]


def columns_of(known: list[Framework]) -> list[tuple[str, str]]:
    """What the encoder is to tell; the stages stand last, for they exclude each other."""
    return [
        *(("any", framework.id) for framework in known),
        *((framework.id, code) for framework in known for code in framework.taught),
        *(("stage", stage) for stage in STAGES),
    ]


def lessons() -> Lessons:
    """All frameworks' passages; a text that two frameworks share is one lesson in both."""
    known = taught()
    columns = columns_of(known)
    rows: dict[str, dict[tuple[str, str], float]] = {}
    for framework in known:
        for passage in labelled_passages(framework):
            rows.setdefault(passage.text, {}).update(_said_of(passage, framework))
    right = np.zeros((len(rows), len(columns)), dtype=np.float32)
    told = np.zeros_like(right)
    places = {column: place for place, column in enumerate(columns)}
    for row, said in enumerate(rows.values()):
        for column, value in said.items():
            right[row, places[column]], told[row, places[column]] = value, 1.0
    return Lessons(list(rows), right, told, len(known))


def _said_of(passage: Labelled, framework: Framework) -> dict[tuple[str, str], float]:
    said = {("any", framework.id): float(bool(passage.goals))}
    said |= {(framework.id, code): float(code in passage.goals) for code in framework.taught}
    if passage.stage in STAGES:
        said |= {("stage", stage): float(stage == passage.stage) for stage in STAGES}
    return said
