"""Texts as numbers: words, parts of words and meaning."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from goalmap.classify.encoders.static import DIMENSIONS, encode

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
NO_PARTS = np.array([], dtype=int)
FEW = 200
"""Of fewer texts every word is kept, though only one has it."""
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
        vars(self).pop("word_names", None)
        vars(self).pop("_of_word", None)
        for vectorizer in (self.words, self.parts):
            if len(texts) < FEW:
                vectorizer.set_params(min_df=1)
            vectorizer.fit(texts)
            # numpy's integers would become a file each in the saved model
            vectorizer.vocabulary_ = {term: int(column) for term, column in vectorizer.vocabulary_.items()}
        return self

    def transform(self, texts: Sequence[str]) -> Any:
        """A sparse matrix of shape (texts, words + parts + 256)."""
        meaning = csr_matrix(encode(texts) * np.float32(MEANING_WEIGHT))
        return hstack([self.words.transform(texts), self._parts_in(texts), meaning]).tocsr()

    def _parts_in(self, texts: Sequence[str]) -> Any:
        """What the vectorizer of parts makes of texts, from what is known of each word: parts never cross words."""
        columns, counts = [], []
        for text in texts:
            found = [self._of_word(word) for word in text.lower().split()]
            held, times = np.unique(np.concatenate(found or [NO_PARTS]), return_counts=True)
            columns.append(held)
            counts.append(times)
        ends = np.cumsum([0, *map(len, columns)])
        indices = np.concatenate([*columns, NO_PARTS])
        weights = (1 + np.log(np.concatenate([*counts, NO_PARTS]), dtype=np.float32)) * self.parts.idf_[indices]
        shape = (len(texts), len(self.parts.vocabulary_))
        return normalize(csr_matrix((weights.astype(np.float32), indices, ends), shape=shape), copy=False)

    @cached_property
    def _of_word(self) -> Callable[[str], NDArray[np.int_]]:
        """The columns of a word's parts, remembered."""
        analyse, vocabulary = self.parts.build_analyzer(), self.parts.vocabulary_

        @lru_cache(maxsize=100_000)
        def of(word: str) -> NDArray[np.int_]:
            return np.array([vocabulary[part] for part in analyse(word) if part in vocabulary], dtype=int)

        return of


def meaning_of(matrix: Any) -> NDArray[np.float32]:
    """The encoder's unit vectors among the features: shape (texts, 256)."""
    vectors: NDArray[np.float32] = matrix[:, -DIMENSIONS:].toarray() / np.float32(MEANING_WEIGHT)
    return vectors
