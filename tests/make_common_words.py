"""Make models/common-words.txt: the lower-case English words by which a reader tells text from garbled letters.

They are the words of the training passages and frameworks, and those of the encoder's vocabulary.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

MODELS = Path(__file__).parent.parent / "models"
WORD = re.compile(r"(?<![^\W_])[a-z]{2,}(?![^\W_])")
LEAST_TIMES = 2
"""How often the passages must hold a word, so that misspelt ones stay out."""
SHORTEST_PIECE = 3
"""Shorter pieces of the vocabulary are abbreviations and ends of words."""
PIECES = 16_000
"""How many of the vocabulary's pieces are taken; it begins with the most frequent."""


def written() -> Iterator[str]:
    """The texts that we wrote ourselves."""
    for file in sorted(MODELS.glob("passages/*/*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line)["text"]
    for file in sorted(MODELS.glob("*.toml")):
        yield from _strings(tomllib.loads(file.read_text("utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def common_words() -> list[str]:
    times = Counter(word for text in written() for word in WORD.findall(text))
    with np.load(MODELS / "encoder.npz", allow_pickle=False) as encoder:
        pieces = str(encoder["vocabulary"]).splitlines()
    whole = [piece for piece in pieces if len(piece) >= SHORTEST_PIECE and WORD.fullmatch(piece)]
    return sorted({word for word, count in times.items() if count >= LEAST_TIMES} | set(whole[:PIECES]))


if __name__ == "__main__":
    (MODELS / "common-words.txt").write_text("\n".join(common_words()) + "\n", "utf-8")
