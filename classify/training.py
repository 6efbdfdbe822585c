"""Training a framework's model: from labelled passages, exemplars and cues to calibrated heads, with what was measured."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from goalmap.classify import frameworks
from goalmap.classify.cues import CueFinder
from goalmap.classify.features import TextFeatures, meaning_of
from goalmap.classify.frameworks import Framework
from goalmap.classify.model import STAGES, Heads, Margins, Model, fingerprint_of, pooled

FOLDS = 5
AS_GOOD = 0.002
"""Difference in micro F1 that is none."""
MIN_STAGED = 40
"""Fewest passages of known stage from which stages are learnt."""

Flags = NDArray[np.int_]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with the goals that it serves; `group` names the writer or voice, so that folds never share one."""

    text: str
    goals: frozenset[str]
    stage: str | None
    group: str


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and what cross-validation over voices measured."""

    model: Model
    figures: dict[str, float]


def labelled_passages(framework: Framework) -> list[Labelled]:
    """All that a framework can be learnt from: its exemplars, its texts that serve nothing, and passages labelled for it."""
    return [*_exemplars(framework), *_passages(framework)]


def _exemplars(framework: Framework) -> Iterator[Labelled]:
    for goal in framework.goals:
        for text in (*goal.exemplars, *([goal.scope] if goal.cues else [])):
            yield Labelled(text, frozenset([goal.code]), None, "framework")
    for text in framework.nothing:
        yield Labelled(text, frozenset(), None, "framework")


def _passages(framework: Framework) -> Iterator[Labelled]:
    if framework.id != "purpose-goals":
        return
    for file in sorted(resources.files("goalmap.models").iterdir(), key=lambda file: file.name):
        if file.name.startswith("passages-") and file.name.endswith(".jsonl"):
            voice = file.name.removeprefix("passages-").removesuffix(".jsonl")
            yield from read_labelled(file.read_text("utf-8").splitlines(), voice)


def read_labelled(lines: Iterable[str], group: str) -> Iterator[Labelled]:
    """Labelled passages from JSON lines with `text`, `goals` and `stage`."""
    for line in lines:
        if line.strip():
            row = json.loads(line)
            yield Labelled(row["text"], frozenset(map(str, row["goals"])), row.get("stage"), group)


def train(framework: Framework, passages: Sequence[Labelled] | None = None) -> Trained:
    """The framework's model, calibrated on voices that its heads did not see."""
    passages = labelled_passages(framework) if passages is None else passages
    truth = truth_of(framework, passages)
    folds = _folds(passages)
    unseen = _unseen_margins(passages, truth, folds)
    cues = CueFinder(framework).count(passage.text for passage in passages)
    calibrator = _calibrator().fit(pooled(unseen, cues), truth.ravel())
    probabilities = _unseen_probabilities(unseen, cues, truth, folds)
    threshold = _best_threshold(probabilities, truth)
    features = TextFeatures().fit([passage.text for passage in passages])
    heads = _fit(features, passages, truth)
    model = Model(framework.id, framework.codes, features, heads, calibrator, threshold)
    return Trained(model, {"passages": len(passages), **figures(probabilities, truth, threshold)})


def truth_of(framework: Framework, passages: Sequence[Labelled]) -> Flags:
    """Shape (passages, goals), 1 where the passage serves the goal."""
    return np.array([[code in passage.goals for code in framework.codes] for passage in passages], dtype=int)


def _folds(passages: Sequence[Labelled]) -> NDArray[np.int_]:
    """A fold a voice where there are several; else every fifth passage."""
    groups = sorted({passage.group for passage in passages})
    if len(groups) > 2:
        return np.array([groups.index(passage.group) for passage in passages])
    return np.arange(len(passages)) % FOLDS


def _unseen_margins(passages: Sequence[Labelled], truth: Flags, folds: NDArray[np.int_]) -> Margins:
    """Each passage's margins by heads that saw no passage of its fold."""
    result = Margins(np.zeros(truth.shape), np.zeros(len(passages)), np.zeros(truth.shape))
    for inside in _each(folds):
        seen = [passage for passage, out in zip(passages, inside, strict=True) if not out]
        features = TextFeatures().fit([passage.text for passage in seen])
        heads = _fit(features, seen, truth[~inside])
        found = heads.margins(
            features.transform([passage.text for passage, out in zip(passages, inside, strict=True) if out])
        )
        result.goals[inside], result.activity[inside], result.nearness[inside] = (
            found.goals,
            found.activity,
            found.nearness,
        )
    return result


def _unseen_probabilities(unseen: Margins, cues: Scores, truth: Flags, folds: NDArray[np.int_]) -> Scores:
    """Calibrated probabilities by calibrators that saw no passage of the fold, to measure with."""
    result = np.zeros(truth.shape)
    for inside in _each(folds):
        calibrator = _calibrator().fit(pooled(unseen[~inside], cues[~inside]), truth[~inside].ravel())
        result[inside] = calibrator.predict_proba(pooled(unseen[inside], cues[inside]))[:, 1].reshape(
            -1, truth.shape[1]
        )
    return result


def _each(folds: NDArray[np.int_]) -> Iterator[NDArray[np.bool_]]:
    return (folds == fold for fold in sorted(set(folds)))


def _calibrator() -> LogisticRegression:
    return LogisticRegression(C=10.0, max_iter=2000)


def _fit(features: TextFeatures, passages: Sequence[Labelled], truth: Flags) -> Heads:
    matrix = features.transform([passage.text for passage in passages])
    goals = [_head(matrix, column) for column in truth.T]
    activity = _head(matrix, truth.any(axis=1).astype(int))
    staged = [row for row, passage in enumerate(passages) if passage.stage in STAGES]
    stage = None
    if len(staged) >= MIN_STAGED:
        stages = [passages[row].stage for row in staged]
        stage = _narrow(LogisticRegression(C=4.0, max_iter=2000, class_weight="balanced").fit(matrix[staged], stages))
    return Heads(goals, activity, stage, _centres(matrix, truth))


def _centres(matrix: Any, truth: Flags) -> NDArray[np.float32]:
    """The mean meaning of each goal's passages, of unit length."""
    sums: NDArray[np.float32] = truth.T.astype(np.float32) @ meaning_of(matrix)
    centres: NDArray[np.float32] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    return centres


def _head(matrix: Any, truth: NDArray[np.int_]) -> LogisticRegression | None:
    """A goal with no labelled passage (its scope is not published, say) has no head and is never proposed."""
    if truth.all() or not truth.any():
        return None
    return _narrow(LogisticRegression(C=4.0, max_iter=2000).fit(matrix, truth))


def _narrow(head: LogisticRegression) -> LogisticRegression:
    """The head with weights of four bytes: half the file, the same decisions."""
    head.coef_ = head.coef_.astype(np.float32)
    return head


def _best_threshold(probabilities: Scores, truth: Flags) -> float:
    """The highest cut whose micro F1 on unseen voices is as good as the best: where F1 is flat, fewer false alarms decide."""
    f1 = {cut: micro(probabilities >= cut, truth)["f1"] for cut in np.round(np.arange(0.10, 0.71, 0.01), 2)}
    return float(max(cut for cut, value in f1.items() if value >= max(f1.values()) - AS_GOOD))


def micro(predicted: NDArray[np.bool_], truth: Flags) -> dict[str, float]:
    """Micro precision, recall and F1 over all goals of all passages."""
    hits = float((predicted & (truth == 1)).sum())
    precision, recall = hits / max(1, predicted.sum()), hits / max(1, truth.sum())
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return {"precision": float(precision), "recall": float(recall), "f1": float(f1)}


def figures(probabilities: Scores, truth: Flags, threshold: float) -> dict[str, float]:
    """What a card says of a model, on passages that it did not see."""
    predicted = probabilities >= threshold
    empty = truth.sum(axis=1) == 0
    best = np.argsort(-probabilities, axis=1)[:, :3]
    among = [truth[row, best[row]].any() for row in range(len(truth)) if not empty[row]]
    error = float(np.mean((probabilities - truth) ** 2))
    return {
        "threshold": threshold,
        **{f"micro_{name}": round(value, 3) for name, value in micro(predicted, truth).items()},
        "proposed_without_goal": round(float(predicted[empty].any(axis=1).mean()), 3) if empty.any() else 0.0,
        "right_goal_in_first_three": round(float(np.mean(among)), 3),
        "brier": round(error, 4),
    }


def write(framework: Framework, folder: Path) -> dict[str, float]:
    """Train a framework's model and write it with its card into a folder; gives what was measured."""
    trained = train(framework)
    trained.model.save(str(folder / f"{framework.id}.skops"))
    card = {
        "name": f"Goal classifier for {framework.name} {framework.version}",
        "file": f"{framework.id}.skops",
        "fingerprint": fingerprint_of(trained.model),
        "kind": "Logistic regressions on words, parts of words and static vectors; one for each goal, one for activity or not, one for the stage; calibrated by one more on voices that they did not see",
        "trained_on": sources_of(framework),
        "measured": trained.figures,
        "measured_how": "Each voice (file of passages) left out in turn; figures are on passages that neither heads nor calibrator saw",
        "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "licence": "Apache-2.0; the passages were written for this project; the static vectors are MIT (encoder.card.toml)",
        "limits": "English; British public bodies, charities and companies. A probability is that of the training passages' mix: check it on decisions of your own",
    }
    (folder / f"{framework.id}.card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return trained.figures


def sources_of(framework: Framework) -> dict[str, int]:
    """How many passages of each voice a framework is learnt from."""
    return dict(sorted(Counter(passage.group for passage in labelled_passages(framework)).items()))


def main() -> None:
    """Train the models of all frameworks that have exemplars, into the folder named on the command line."""
    folder = Path(sys.argv[1])
    for name in frameworks.names():
        framework = frameworks.load(name)
        if framework.model == framework.id:
            print(name, json.dumps(write(framework, folder)), flush=True)


if __name__ == "__main__":
    main()
