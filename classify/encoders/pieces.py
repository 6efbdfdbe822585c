"""Words cut into the pieces of BERT's uncased vocabulary, longest match first."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

CONTINUES = "##"
"""What a piece begins with that is not the beginning of its word."""
LONGEST_WORD = 100
ASCII_SIGNS = "$+<=>^`|~"
"""Signs that stand alone as punctuation does; others, as in £280, belong to their word."""
PUNCTUATION = re.escape(
    ASCII_SIGNS + "".join(char for char in map(chr, range(0x10000)) if unicodedata.category(char).startswith("P"))
)
WORDS = re.compile(rf"[^\s{PUNCTUATION}]+|[{PUNCTUATION}]")


class WordPieces:
    """A vocabulary's rows for the words of a text."""

    def __init__(self, vocabulary: Iterable[str], unknown: int | None = None) -> None:
        """`unknown` is the row for words that cannot be made of pieces; without it they are left out."""
        self.rows = {piece: row for row, piece in enumerate(vocabulary)}
        self._unknown = () if unknown is None else (unknown,)
        self._of_word = lru_cache(maxsize=100_000)(self._cut)

    def of(self, text: str, most: int) -> list[int]:
        """The rows of a text's first pieces, no more than `most`."""
        folded = text.lower()
        if not folded.isascii():
            decomposed = unicodedata.normalize("NFD", folded)
            folded = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
        rows: list[int] = []
        for word in WORDS.findall(folded):
            rows.extend(self._of_word(word))
            if len(rows) >= most:
                break
        return rows[:most]

    def _cut(self, word: str) -> tuple[int, ...]:
        pieces: list[int] = []
        start = 0
        while start < len(word) <= LONGEST_WORD:
            prefix = CONTINUES if start else ""
            end = next((end for end in range(len(word), start, -1) if prefix + word[start:end] in self.rows), None)
            if end is None:
                return self._unknown
            pieces.append(self.rows[prefix + word[start:end]])
            start = end
        return tuple(pieces) or self._unknown
