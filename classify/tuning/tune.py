"""The tuning itself: batches of texts of like length, rates that grow with the layer, a fixed seed."""

import random
import time
from collections.abc import Iterator, Sequence

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor

from goalmap.classify.encoders.tuned import ids_of
from goalmap.classify.model.heads import STAGES
from goalmap.classify.tuning.bert import LAYERS, Encoder, pretrained
from goalmap.classify.tuning.lessons import Lessons

EPOCHS = 6
BATCH = 32
NEIGHBOURS = 16
"""Batches are cut from so many times as many texts put in order of length."""
RATE = 3e-4
RATE_OF_OPINIONS = 3e-3
DECAY = 0.9
"""Each layer learns by so much slower than the one above it."""
WARM_UP = 0.1
MOST_PIECES = 160
WEIGHT_OF_ANY = 4.0
SEED = 0


def tune(lessons: Lessons, epochs: int = EPOCHS) -> Encoder:
    """An encoder tuned on lessons; the same lessons give the same encoder on the same machine."""
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    encoder = pretrained(lessons.right.shape[1]).train()
    ids = [ids_of(text, MOST_PIECES) for text in lessons.texts]
    right, known = torch.from_numpy(lessons.right), torch.from_numpy(lessons.known)
    steps = epochs * -(-len(ids) // BATCH)
    optimiser = torch.optim.AdamW(_groups(encoder))
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), 1.0) * (1 - step / steps)
    )
    began = time.monotonic()
    for epoch in range(epochs):
        total = 0.0
        for rows in _batches(ids, order):
            loss = _loss(_opinions(encoder, [ids[row] for row in rows]), right[rows], known[rows], lessons.gates)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            rates.step()
            total += loss.item() * len(rows) / len(ids)
        print(f"epoch {epoch + 1} of {epochs}: loss {total:.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return encoder.eval()


def opinions_on(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """What a tuned encoder says of texts: shape (texts, columns)."""
    ids = [ids_of(text) for text in texts]
    rows = sorted(range(len(ids)), key=lambda row: len(ids[row]))
    said = np.zeros((len(ids), encoder.opinions.out_features), dtype=np.float32)
    with torch.no_grad():
        for first in range(0, len(rows), BATCH):
            batch = rows[first : first + BATCH]
            said[batch] = _opinions(encoder, [ids[row] for row in batch]).numpy()
    return said


def _groups(encoder: Encoder) -> list[dict[str, object]]:
    return [
        {"params": [values], "lr": _rate(name), "weight_decay": 0.01 if values.ndim > 1 else 0.0}
        for name, values in encoder.named_parameters()
        if values.requires_grad
    ]


def _rate(name: str) -> float:
    if name.startswith("opinions"):
        return RATE_OF_OPINIONS
    below = LAYERS - 1 - int(name.split(".")[1]) if name.startswith("layers.") else LAYERS
    return RATE * DECAY**below


def _batches(ids: Sequence[Sequence[int]], order: random.Random) -> Iterator[list[int]]:
    rows = list(range(len(ids)))
    order.shuffle(rows)
    near = BATCH * NEIGHBOURS
    rows = [
        row
        for first in range(0, len(rows), near)
        for row in sorted(rows[first : first + near], key=lambda r: len(ids[r]))
    ]
    batches = [rows[first : first + BATCH] for first in range(0, len(rows), BATCH)]
    order.shuffle(batches)
    return iter(batches)


def _opinions(encoder: Encoder, ids: Sequence[Sequence[int]]) -> Tensor:
    longest = max(map(len, ids))
    padded = torch.tensor([[*one, *[0] * (longest - len(one))] for one in ids])
    kept = torch.tensor([[1.0] * len(one) + [0.0] * (longest - len(one)) for one in ids])
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_has_bfloat16()):
        opinions: Tensor = encoder(padded, kept)[1]
    return opinions.float()


def _has_bfloat16() -> bool:
    """Numbers of two bytes are several times as fast where the processor has them, and far slower where not."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def _loss(opinions: Tensor, right: Tensor, known: Tensor, gates: int) -> Tensor:
    """Each known thing by itself, the activity gates weighing more; the stages against each other."""
    stages = len(STAGES)
    apart = functional.binary_cross_entropy_with_logits(opinions[:, :-stages], right[:, :-stages], reduction="none")
    weights = known[:, :-stages].clone()
    weights[:, :gates] *= WEIGHT_OF_ANY
    loss = (apart * weights).sum()
    staged = known[:, -1] > 0
    if staged.any():
        loss = loss + functional.cross_entropy(
            opinions[staged][:, -stages:], right[staged][:, -stages:], reduction="sum"
        )
    return loss / len(opinions)
