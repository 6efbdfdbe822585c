"""Texts as numbers: words, parts of words and meaning."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from goalmap.classify.encoder import DIMENSIONS, encode

WORDS = {
    "ngram_range": (1, 2),
    "sublinear_tf": True,
    "min_df": 2,
    "max_features": 20_000,
    "token_pattern": r"(?u)\b\w\w+\b|£",
    "dtype": np.float32,
}
PARTS = {
    "analyzer": "char_wb",
    "ngram_range": (3, 5),
    "sublinear_tf": True,
    "min_df": 3,
    "max_features": 30_000,
    "dtype": np.float32,
}
MEANING_WEIGHT = 2.0
"""The encoder's share beside words and parts of words, each of unit length."""


class TextFeatures:
    """TF-IDF of words and of parts of words beside the encoder's vectors; rows are texts."""

    def __init__(self, words: TfidfVectorizer | None = None, parts: TfidfVectorizer | None = None) -> None:
        self.words = TfidfVectorizer(**WORDS) if words is None else words
        self.parts = TfidfVectorizer(**PARTS) if parts is None else parts

    @cached_property
    def word_names(self) -> list[str]:
        """The words and pairs of words behind the first columns."""
        return list(self.words.get_feature_names_out())

    def fit(self, texts: Sequence[str]) -> Self:
        for vectorizer in (self.words, self.parts):
            vectorizer.fit(texts)
            # numpy's integers would become a file each in the saved model
            vectorizer.vocabulary_ = {term: int(column) for term, column in vectorizer.vocabulary_.items()}
        return self

    def transform(self, texts: Sequence[str]) -> Any:
        """A sparse matrix of shape (texts, words + parts + 256)."""
        meaning = csr_matrix(encode(texts) * np.float32(MEANING_WEIGHT))
        return hstack([self.words.transform(texts), self.parts.transform(texts), meaning]).tocsr()


def meaning_of(matrix: Any) -> NDArray[np.float32]:
    """The encoder's unit vectors among the features: shape (texts, 256)."""
    vectors: NDArray[np.float32] = matrix[:, -DIMENSIONS:].toarray() / np.float32(MEANING_WEIGHT)
    return vectors
