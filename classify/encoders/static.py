"""Texts as vectors: the mean of static word-piece vectors, read from models/encoder.npz; no network, no torch.

The vectors are potion-base-8M by Minish Lab (MIT), one signed byte a dimension; models/encoder.card.toml has the source.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 256
MAX_PIECES = 512
PIECE_OF_WORD = "##"
WORDS = re.compile(r"\w+|[^\w\s]")

Vectors = NDArray[np.float32]


@lru_cache(maxsize=1)
def _model() -> tuple[NDArray[np.int8], Vectors, dict[str, int]]:
    file = resources.files("goalmap.models") / "encoder.npz"
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        pieces = str(arrays["vocabulary"]).split("\n")
        return arrays["vectors"], arrays["scales"].astype(np.float32), {piece: row for row, piece in enumerate(pieces)}


def encode(texts: Iterable[str]) -> Vectors:
    """One unit vector a text, shape (texts, 256); a text with no known word is all zeros."""
    texts = list(texts)
    vectors, scales, _ = _model()
    result = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        pieces = pieces_of(text)
        if pieces:
            mean = (vectors[pieces] * scales[pieces, None]).mean(axis=0)
            result[row] = mean / (np.linalg.norm(mean) or 1.0)
    return result


def pieces_of(text: str) -> Sequence[int]:
    """The rows of a text's word pieces, longest match first, as BERT's uncased tokeniser cuts them."""
    folded = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(char) != "Mn")
    pieces: list[int] = []
    for word in WORDS.findall(folded):
        pieces.extend(_pieces_of_word(word))
        if len(pieces) >= MAX_PIECES:
            break
    return pieces


@lru_cache(maxsize=100_000)
def _pieces_of_word(word: str) -> tuple[int, ...]:
    vocabulary = _model()[2]
    pieces: list[int] = []
    start = 0
    while start < len(word) <= 100:
        prefix = PIECE_OF_WORD if start else ""
        end = next((end for end in range(len(word), start, -1) if prefix + word[start:end] in vocabulary), None)
        if end is None:
            return ()
        pieces.append(vocabulary[prefix + word[start:end]])
        start = end
    return tuple(pieces)
