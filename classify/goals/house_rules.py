"""House rules: what was agreed in a house on passages that hold certain words."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from goalmap.classify.goals.cues import CueFinder
from goalmap.classify.goals.frameworks import Framework, Goal, HouseRule

Scores = NDArray[np.float64]


def applied(
    framework: Framework, texts: Sequence[str], probabilities: Scores, codes: Sequence[str], threshold: float
) -> tuple[Scores, list[str]]:
    """Probabilities of shape (texts, goals) by the framework's house rules, with what each text's rules say.

    Where a phrase of a rule stands in a text and its goal would be proposed, the other goal takes over the probability.
    """
    notes = [""] * len(texts)
    if not framework.house_rules:
        return probabilities, notes
    columns = {code: column for column, code in enumerate(codes)}
    result = probabilities.copy()
    for row, text in enumerate(texts):
        said = []
        for rule, phrase in _standing(framework.house_rules, text):
            old, new = columns.get(rule.code), columns.get(rule.to)
            if old is None or new is None or result[row, old] < threshold:
                continue
            result[row, new] = max(result[row, new], result[row, old])
            result[row, old] = 0.0
            said.append(f"House rule: “{phrase}” is {rule.to}, not {rule.code}{rule.note and f' ({rule.note})'}.")
        notes[row] = " ".join(said)
    return result, notes


def _standing(rules: tuple[HouseRule, ...], text: str) -> list[tuple[HouseRule, str]]:
    """The rules with a phrase in a text, in their order, each with its first phrase as it stands there."""
    first: dict[str, str] = {}
    for cue in _finder(rules).find(text):
        first.setdefault(cue.code, cue.phrase)
    return [(rule, first[str(place)]) for place, rule in enumerate(rules) if str(place) in first]


@lru_cache
def _finder(rules: tuple[HouseRule, ...]) -> CueFinder:
    """Finds the rules' phrases as cues are found: each rule is a goal named by its place."""
    goals = tuple(Goal(str(place), rule.note, cues=rule.phrases) for place, rule in enumerate(rules))
    return CueFinder(Framework("house-rules", "House rules", "", goals))
