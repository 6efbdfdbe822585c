"""A small transformer tuned on our passages: vectors of meaning, and what it has learnt to tell of a text.

`models/tuned-encoder.onnx` runs on ONNX Runtime, one text at a time: no padding, so that a text's reading does not
depend on its neighbours. What it gives for a text is its *opinions*: one margin (log odds) for each thing that it was
tuned to tell, such as ("purpose-goals", "4") or ("stage", "planned").
"""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.encoders.pieces import WordPieces
from goalmap.extract.memory import Reader, recalled
from goalmap.ingest.errors import ModelProblem

NAME = "tuned-encoder"
DIMENSIONS = 384
MAX_PIECES = 254
"""Of word pieces in a text; what follows is not read."""
FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder makes of texts: unit vectors (texts, 384) and opinions (texts, columns)."""

    vectors: Floats
    opinions: Floats

    def __getitem__(self, rows: Any) -> "Reading":
        return Reading(self.vectors[rows], self.opinions[rows])


@lru_cache
def card() -> dict[str, Any]:
    """The encoder's card. Raises ModelProblem."""
    file = resources.files("goalmap.models") / f"{NAME}.card.json"
    if not file.is_file():
        raise ModelProblem("The tuned encoder is missing. Make it with: make encoder. Without it, ingest with --fast.")
    data: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return data


@lru_cache
def columns() -> dict[tuple[str, str], int]:
    """Where the opinion on each thing stands: ("purpose-goals", "4"), ("any", "purpose-goals"), ("stage", "planned")."""
    return {(kind, name): place for place, (kind, name) in enumerate(card()["columns"])}


def key_of(text: str) -> str:
    """What a text is filed under."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def vocabulary() -> WordPieces:
    """BERT's uncased vocabulary."""
    lines = (resources.files("goalmap.models") / f"{NAME}.vocabulary.txt").read_text("utf-8").split("\n")
    return WordPieces(lines, unknown=lines.index(UNKNOWN))


def ids_of(text: str, most: int = MAX_PIECES) -> list[int]:
    """A text's pieces between the marks of its beginning and its end."""
    pieces = vocabulary()
    return [pieces.rows[FIRST], *pieces.of(text, most), pieces.rows[LAST]]


@lru_cache(maxsize=1)
def _session() -> Any:
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read by releases that would report their use
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with resources.as_file(resources.files("goalmap.models") / f"{NAME}.onnx") as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def read(texts: Iterable[str]) -> Reading:
    """The encoder's reading of each text. Raises ModelProblem."""
    reader = Reader("readings", card()["fingerprint"])
    found = recalled(reader, list(texts), lambda wanted: map(read_one, wanted), _packed, _unpacked)
    vectors = np.array([vector for vector, _ in found], dtype=np.float32)
    opinions = np.array([said for _, said in found], dtype=np.float32)
    return Reading(vectors.reshape(-1, DIMENSIONS), opinions.reshape(-1, len(columns())))


def read_one(text: str) -> tuple[Halves, Halves]:
    """A text's vector and opinions, as exact as they are kept."""
    vectors, opinions = _session().run(None, {"ids": np.array([ids_of(text)], dtype=np.int64)})
    return vectors[0].astype(np.float16), opinions[0].astype(np.float16)


def _packed(reading: tuple[Halves, Halves]) -> bytes:
    return b"".join(part.astype("<f2").tobytes() for part in reading)


def _unpacked(data: bytes) -> tuple[Halves, Halves]:
    numbers = np.frombuffer(data, dtype="<f2")
    return numbers[:DIMENSIONS], numbers[DIMENSIONS:]


@lru_cache(maxsize=1)
def _unseen() -> dict[str, Floats]:
    """Opinions on the shipped passages by encoders that were not tuned on them."""
    with (
        (resources.files("goalmap.models") / f"{NAME}.unseen.npz").open("rb") as stream,
        np.load(stream, allow_pickle=False) as arrays,
    ):
        keys, opinions = str(arrays["keys"]).split("\n"), arrays["opinions"].astype(np.float32)
    return dict(zip(keys, opinions, strict=True))


def unseen_keys() -> frozenset[str]:
    """The keys of the passages that it was tuned on."""
    return frozenset(_unseen())


def read_unseen(texts: Sequence[str]) -> Reading:
    """The reading of texts to learn from: where the encoder was tuned on a text, what its like that was not tuned on it says.

    Raises ModelProblem.
    """
    reading, known = read(texts), _unseen()
    opinions = [known.get(key_of(text), opinion) for text, opinion in zip(texts, reading.opinions, strict=True)]
    return Reading(reading.vectors, np.array(opinions, dtype=np.float32).reshape(reading.opinions.shape))
