"""Texts as vectors: the mean of static word-piece vectors, read from models/encoder.npz; no network, no torch.

The vectors are potion-base-8M by Minish Lab (MIT), one signed byte a dimension; models/encoder.card.toml has the source.
"""

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.encoders.pieces import WordPieces

DIMENSIONS = 256
MAX_PIECES = 512

Vectors = NDArray[np.float32]


@lru_cache(maxsize=1)
def _model() -> tuple[NDArray[np.int8], Vectors, WordPieces]:
    file = resources.files("goalmap.models") / "encoder.npz"
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        pieces = WordPieces(str(arrays["vocabulary"]).split("\n"))
        return arrays["vectors"], arrays["scales"].astype(np.float32), pieces


def encode(texts: Iterable[str]) -> Vectors:
    """One unit vector a text, shape (texts, 256); a text with no known word is all zeros."""
    texts = list(texts)
    vectors, scales, pieces = _model()
    result = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        if rows := pieces.of(text, MAX_PIECES):
            mean = (vectors[rows] * scales[rows, None]).mean(axis=0)
            result[row] = mean / (np.linalg.norm(mean) or 1.0)
    return result
