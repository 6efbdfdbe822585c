"""Model cards: what a trained model is, what it was trained on, what was measured."""

import json
from functools import lru_cache
from importlib import resources
from typing import Any

from goalmap.ingest.errors import ModelProblem


@lru_cache
def card(framework: str) -> dict[str, Any]:
    """The card of a framework's model. Raises ModelProblem."""
    file = resources.files("goalmap.models") / f"{framework}.card.json"
    if not file.is_file():
        raise ModelProblem(f"There is no trained model for the framework {framework}. Train it with: make models")
    data: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return data


def fingerprint(framework: str) -> str:
    """Ten hexadecimal digits that change when a framework's model does. Raises ModelProblem."""
    return str(card(framework)["fingerprint"])
