"""Texts as numbers: words, parts of words and meaning."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

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
"""What scikit-learn's vectorizers are told that learn which words and parts of words to count."""
WORD = re.compile(r"\b\w\w+\b|£")
SHORTEST_PART, LONGEST_PART = 3, 5
FEW = 200
"""Of fewer texts every word is kept, though only one has it."""
MEANING_WEIGHT = 2.0
"""The encoder's share beside words and parts of words, each of unit length."""

Counted = Callable[[str], Iterable[int]]
"""Gives the column of each term in a text, as often as it stands there."""


@dataclass(frozen=True)
class Terms:
    """What is counted in texts, in the order of its columns, and how much the rarity of each makes it count."""

    names: tuple[str, ...]
    rarity: NDArray[np.float64]

    @cached_property
    def columns(self) -> dict[str, int]:
        return {name: column for column, name in enumerate(self.names)}

    def weighed(self, texts: Sequence[str], counted: Counted) -> Any:
        """TF-IDF of texts, each row of unit length, a term's weight growing with the logarithm of its count."""
        found = [np.fromiter(counted(text), dtype=np.int64) for text in texts]
        rows = np.repeat(np.arange(len(texts)), [len(columns) for columns in found])
        width = len(self.names)
        cells, counts = np.unique(rows * width + np.concatenate([*found, NOTHING]), return_counts=True)
        rows, columns = np.divmod(cells, max(width, 1))
        weights = (1 + np.log(counts, dtype=np.float32)) * self.rarity[columns].astype(np.float32)
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=len(texts)))
        ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(texts)))])
        shape = (len(texts), width)
        return csr_matrix(((weights / lengths[rows]).astype(np.float32), columns, ends), shape=shape)


NOTHING = np.array([], dtype=np.int64)
NONE_YET = Terms((), np.array([]))


class TextFeatures:
    """TF-IDF of words and of parts of words beside the encoder's vectors; rows are texts."""

    def __init__(self, words: Terms = NONE_YET, parts: Terms = NONE_YET) -> None:
        self.words = words
        self.parts = parts

    @property
    def word_names(self) -> tuple[str, ...]:
        """The words and pairs of words behind the first columns."""
        return self.words.names

    def fit(self, texts: Sequence[str]) -> Self:
        vars(self).pop("_of_word", None)
        self.words, self.parts = (_learnt(texts, settings) for settings in (WORDS, PARTS))
        return self

    def transform(self, texts: Sequence[str]) -> Any:
        """A sparse matrix of shape (texts, words + parts + 256)."""
        meaning = csr_matrix(encode(texts) * np.float32(MEANING_WEIGHT))
        words = self.words.weighed(texts, self._words_in)
        return hstack([words, self.parts.weighed(texts, self._parts_in), meaning], format="csr")

    def _words_in(self, text: str) -> Iterator[int]:
        """The columns of a text's words and pairs of words."""
        columns, words = self.words.columns, WORD.findall(text.lower())
        yield from (columns[word] for word in words if word in columns)
        yield from (columns[pair] for pair in map(" ".join, pairwise(words)) if pair in columns)

    def _parts_in(self, text: str) -> Iterator[int]:
        """The columns of the parts of a text's words: parts never cross words."""
        for word in text.lower().split():
            yield from self._of_word(word)

    @cached_property
    def _of_word(self) -> Callable[[str], tuple[int, ...]]:
        """The columns of a word's parts, remembered."""
        columns = self.parts.columns

        @lru_cache(maxsize=100_000)
        def of(word: str) -> tuple[int, ...]:
            return tuple(columns[part] for part in parts_of(word) if part in columns)

        return of


def parts_of(word: str) -> Iterator[str]:
    """Three to five characters in a row, a space before the word and one after it counted in; a short word is its own part.

    >>> list(parts_of("an"))
    [' an', 'an ', ' an ']
    """
    spaced = f" {word} "
    for length in range(SHORTEST_PART, LONGEST_PART + 1):
        yield from (spaced[start : start + length] for start in range(max(len(spaced) - length, 0) + 1))
        if len(spaced) <= length:
            return


def _learnt(texts: Sequence[str], settings: dict[str, Any]) -> Terms:
    """The terms that scikit-learn chooses to count in such texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    fewest = {"min_df": 1} if len(texts) < FEW else {}
    return terms_of(TfidfVectorizer(**(settings | fewest)).fit(texts))


def terms_of(vectorizer: Any) -> Terms:
    """What a vectorizer of scikit-learn counts."""
    return Terms(tuple(vectorizer.get_feature_names_out().tolist()), vectorizer.idf_)


def meaning_of(matrix: Any) -> NDArray[np.float32]:
    """The encoder's unit vectors among the features: shape (texts, 256)."""
    vectors: NDArray[np.float32] = matrix[:, -DIMENSIONS:].toarray() / np.float32(MEANING_WEIGHT)
    return vectors
