"""A tuned encoder as an ONNX file with weights of one byte, for ONNX Runtime."""

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from goalmap.classify.tuning.bert import Encoder

OPSET = 17


def export(encoder: Encoder, file: Path) -> None:
    """Write the encoder for one text at a time: `ids` in, `vectors` and `opinions` out."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            encoder.eval(),
            (torch.ones(1, 17, dtype=torch.long),),
            str(whole),
            input_names=["ids"],
            output_names=["vectors", "opinions"],
            dynamic_axes={"ids": {1: "pieces"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, file, per_channel=True, weight_type=QuantType.QInt8)
    model = onnx.load(str(file))
    model.producer_name, model.producer_version, model.doc_string = "goalmap", "", ""
    onnx.save(model, str(file))
