"""An encoder as an ONNX file for one text at a time: weights of one byte, parts that ONNX Runtime runs as one.

The file is written node by node. What PyTorch writes by itself takes half as long again: attention falls into a dozen
small steps, and LayerNormalization alone is six times as slow as the same beside an addition in ONNX Runtime 1.27.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from goalmap.classify.encoders.tuned import MAX_PIECES
from goalmap.classify.tuning.bert import HEADS, NARROW, WIDTH, Encoder

OPSET, FORMAT = 17, 8
FUSED = "com.microsoft"
"""Where ONNX Runtime's own kinds of nodes are."""
MARKS = 2
"""Of the beginning and the end of a text."""
MOST, ALL = 127, 255
"""The largest weight as a byte with a sign, and as one without."""

Numbers = NDArray[Any]


def export(encoder: Encoder, file: Path) -> None:
    """Write the encoder: `ids` of shape (1, pieces) in, `vectors` and `opinions` out."""
    state = {name: values.detach().float().numpy() for name, values in encoder.state_dict().items()}
    graph = _Graph(state)
    states = _beginning(graph)
    for layer in range(len(encoder.layers)):
        states = _layer(graph, f"layers.{layer}", states)
    _end(graph, states)
    onnx.save(graph.model(len(state["opinions.bias"])), str(file))


@dataclass
class _Graph:
    """Nodes and numbers of a file in the making."""

    state: dict[str, Numbers]
    nodes: list[Any] = field(default_factory=list)
    numbers: list[Any] = field(default_factory=list)

    def constant(self, name: str, values: Numbers) -> str:
        self.numbers.append(numpy_helper.from_array(np.asarray(values, order="C"), name))
        return name

    def constants(self, *names: str) -> list[str]:
        """Numbers of the encoder, as they are."""
        return [self.constant(name, self.state[name]) for name in names]

    def node(self, kind: str, inputs: list[str], output: str, **how: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **how))
        return output

    def weights(self, name: str, weights: Numbers) -> tuple[str, str, str]:
        """Weights of shape (in, out) as bytes, with the scale and the zero of each column."""
        scales = (np.abs(weights).max(axis=0) / MOST).astype(np.float32)
        scales[scales == 0] = 1.0
        return (
            self.constant(f"{name}.bytes", np.clip(np.round(weights / scales), -MOST, MOST).astype(np.int8)),
            self.constant(f"{name}.scales", scales),
            self.constant(f"{name}.zeros", np.zeros(len(scales), dtype=np.int8)),
        )

    def spread(self, name: str, values: Numbers) -> str:
        """Values as bytes from the least to the greatest, with one scale and the byte that stands for zero."""
        scale = np.float32((values.max() - values.min()) / ALL)
        zero = np.round(-values.min() / scale)
        self.constant(f"{name}.scale", np.array(scale))
        self.constant(f"{name}.zero", np.array(zero, dtype=np.uint8))
        return self.constant(f"{name}.bytes", np.clip(np.round(values / scale) + zero, 0, ALL).astype(np.uint8))

    def linear(self, name: str, states: str) -> str:
        """The product with weights, their part of the encoder named, whose bias is added."""
        weights = self.weights(name, self.state[f"{name}.weight"].T)
        inputs = [states, *weights, *self.constants(f"{name}.bias")]
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.out", domain=FUSED)

    def norm(self, name: str, first: str, second: str) -> str:
        inputs = [first, second, *self.constants(f"{name}.weight", f"{name}.bias")]
        return self.node("SkipLayerNormalization", inputs, f"{name}.out", domain=FUSED, epsilon=NARROW)

    def model(self, opinions: int) -> Any:
        kinds = {"ids": (TensorProto.INT64, [1, "pieces"])}
        outs = {"vectors": (TensorProto.FLOAT, [1, WIDTH]), "opinions": (TensorProto.FLOAT, [1, opinions])}
        ends = [
            [helper.make_tensor_value_info(name, *shape) for name, shape in named.items()] for named in (kinds, outs)
        ]
        imports = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        graph = helper.make_graph(self.nodes, "encoder", *ends, self.numbers)
        return helper.make_model(graph, opset_imports=imports, ir_version=FORMAT, producer_name="goalmap")


def _beginning(graph: _Graph) -> str:
    """What each piece means by itself, and where it stands."""
    rows = graph.node("Gather", [graph.spread("pieces", graph.state["pieces.weight"]), "ids"], "pieces.rows")
    meanings = graph.node("DequantizeLinear", [rows, "pieces.scale", "pieces.zero"], "pieces.out")
    places = graph.constant(
        "places", graph.state["places.weight"][: MAX_PIECES + MARKS] + graph.state["kinds.weight"][0]
    )
    zero = graph.constant("zero", np.zeros(1, dtype=np.int64))
    length = graph.node("Shape", ["ids"], "length", start=1, end=2)
    return graph.norm("norm", meanings, graph.node("Slice", [places, zero, length, zero], "places.out"))


def _layer(graph: _Graph, name: str, states: str) -> str:
    """Attention and a feed-forward part, each added to what went in."""
    seen = graph.linear(f"{name}.out", _attention(graph, name, states))
    states = graph.norm(f"{name}.after_attention", states, seen)
    inner = graph.node("Gelu", [graph.linear(f"{name}.up", states)], f"{name}.inner", domain=FUSED)
    return graph.norm(f"{name}.after", states, graph.linear(f"{name}.down", inner))


def _attention(graph: _Graph, name: str, states: str) -> str:
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    weights, scales, zeros = graph.weights(
        f"{name}.attention", np.concatenate([graph.state[f"{part}.weight"].T for part in parts], axis=1)
    )
    bias = graph.constant(f"{name}.attention.bias", np.concatenate([graph.state[f"{part}.bias"] for part in parts]))
    rows, scale, zero = (f"{name}.states.{part}" for part in ("bytes", "scale", "zero"))
    graph.nodes.append(helper.make_node("DynamicQuantizeLinear", [states], [rows, scale, zero]))
    inputs = [rows, weights, bias, scale, scales, "", zero, zeros]
    return graph.node("QAttention", inputs, f"{name}.seen", domain=FUSED, num_heads=HEADS)


def _end(graph: _Graph, states: str) -> None:
    """The mean over pieces; from it the vector, of unit length, and the opinions, in full precision."""
    mean = graph.node("ReduceMean", [states], "mean", axes=[1], keepdims=0)
    graph.node("LpNormalization", [mean], "vectors", axis=-1, p=2)
    graph.node("Gemm", [mean, *graph.constants("opinions.weight", "opinions.bias")], "opinions", transB=1)
