"""Training a framework's model: from labelled passages, exemplars and cues to calibrated heads, with what was measured."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from goalmap.classify.encoders import tuned
from goalmap.classify.encoders.static import encode
from goalmap.classify.encoders.tuned import Reading
from goalmap.classify.goals import frameworks
from goalmap.classify.goals.cues import CueFinder
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.manner import FAST, FULL
from goalmap.classify.model.features import TextFeatures
from goalmap.classify.model.heads import STAGES, UNKNOWN, Flags, Margins, fit_heads
from goalmap.classify.model.model import Model, fingerprint_of
from goalmap.classify.model.opinions import Opinions, OwnOpinions, fit_opinions, is_tuned_for, tuned_opinions
from goalmap.classify.model.regression import Scores
from goalmap.classify.model.weighing import (
    Signs,
    Weighing,
    best_threshold,
    cost_of,
    costs_of,
    fit_weighing,
    settling_bound,
)

FOLDS = 5
LEAST_WITHOUT_GOAL = 20
"""Passages without a goal, without which no model learns to propose nothing."""
LENDER = "purpose-goals"
"""The framework whose texts are lent to others as what does not serve their goals."""
LENT = "lent"
UNLIKE = 0.5
LENT_WEIGHT = 0.3

ABOUT = {
    "use": "Proposing which passages serve which goal, each with its reason, for a person to decide",
    "not_for": "Deciding without a person; judging, ranking or paying organisations by counts of proposals; texts about single people, such as references or case notes",
    "unequal": "Activities told as deeds are found more often than those told in figures, in passing or in plain prose; the voices are those of English public bodies, the NHS above all, and fewer of Scotland, Wales, Northern Ireland, small charities and faith groups. A goal without proposals is a question and no finding",
    "made": "November 2026",
    "reproduce": "make models",
}
"""What a card says of every model, beside what was counted and measured."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with the goals that it serves; `group` names the writer or voice, so that folds never share one."""

    text: str
    goals: frozenset[str]
    stage: str | None
    group: str
    known: frozenset[str] | None = None
    """The goals of which it is known whether it serves them; None for all."""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Truth:
    """Labels as numbers: goals (texts, goals) and stages (texts, stages) with 1, 0 or unknown; weights (texts,)."""

    goals: Flags
    stages: Flags
    weights: Scores

    def __getitem__(self, rows: Any) -> "Truth":
        return Truth(self.goals[rows], self.stages[rows], self.weights[rows])


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and what cross-validation over voices measured, by `full` and `fast`."""

    model: Model
    figures: dict[str, dict[str, float]]


def labelled_passages(framework: Framework) -> list[Labelled]:
    """All that a framework can be learnt from: its exemplars, its near misses, its texts that serve nothing, and passages labelled for it."""
    known = [*_exemplars(framework), *_passages(framework), *_passages_of_base(framework)]
    return known if sum(not passage.goals for passage in known) >= LEAST_WITHOUT_GOAL else [*known, *_borrowed(known)]


def _exemplars(framework: Framework) -> Iterator[Labelled]:
    for goal in framework.goals:
        for text in (*goal.exemplars, *([goal.scope] if goal.is_taught and goal.scope else [])):
            yield Labelled(text, frozenset([goal.code]), None, "framework")
        for miss in goal.near_misses:
            yield Labelled(miss.text, frozenset(miss.goals), None, "framework")
    for text in framework.nothing:
        yield Labelled(text, frozenset(), None, "framework")


def _passages(framework: Framework) -> Iterator[Labelled]:
    folder = resources.files("goalmap.models") / "passages" / framework.id
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".jsonl"):
            continue
        yield from read_labelled(file.read_text("utf-8").split("\n"), file.name.removesuffix(".jsonl"))


def _passages_of_base(framework: Framework) -> Iterator[Labelled]:
    """Of a framework that extends another: the other's passages, of which nobody knows whether they serve what is new."""
    if framework.extends:
        kept = kept_of(framework)
        for passage in _passages(frameworks.load(framework.extends)):
            yield replace(passage, goals=passage.goals & kept, known=kept)


def kept_of(framework: Framework) -> frozenset[str]:
    """The codes of the goals that a framework takes over unchanged from the one that it extends."""
    if not framework.extends:
        return frozenset()
    base = frameworks.load(framework.extends)
    return frozenset(goal.code for goal in framework.goals if goal in base.goals)


def _borrowed(own: Sequence[Labelled]) -> Iterator[Labelled]:
    """What serves nothing, for frameworks that have hardly any of it.

    The lender's texts without a goal; and, for less, those of its goals that are unlike all that serves a goal here.
    """
    lent = list(_exemplars(frameworks.load(LENDER)))
    served = encode(passage.text for passage in own if passage.goals)
    likeness = (encode(passage.text for passage in lent) @ served.T).max(axis=1, initial=0.0)
    for passage, like in zip(lent, likeness, strict=True):
        if not passage.goals or like < UNLIKE:
            yield replace(passage, goals=frozenset(), group=LENT, weight=LENT_WEIGHT if passage.goals else 1.0)


def read_labelled(lines: Iterable[str], group: str) -> Iterator[Labelled]:
    """Labelled passages from JSON lines with `text`, `goals` and `stage`."""
    for line in lines:
        if line.strip():
            row = json.loads(line)
            yield Labelled(row["text"], frozenset(map(str, row["goals"])), row.get("stage"), group)


def train(framework: Framework, passages: Sequence[Labelled] | None = None) -> Trained:
    """The framework's model, weighed on voices that its heads and the encoder did not see. Raises ModelProblem."""
    passages = labelled_passages(framework) if passages is None else passages
    texts = [passage.text for passage in passages]
    truth = truth_of(framework, passages)
    folds = _folds(passages)
    reading = tuned.read_unseen(texts)
    full = Signs(
        _unseen_margins(texts, truth, folds),
        CueFinder(framework).count(texts),
        _unseen_opinions(framework, reading, truth, folds),
    )
    signs = {FULL: full, FAST: replace(full, opinions=None)}
    unseen = {mode: _unseen_probabilities(one, truth, folds) for mode, one in signs.items()}
    costs = {mode: costs_of(probabilities, truth.goals) for mode, probabilities in unseen.items()}
    thresholds = {mode: best_threshold(costs[mode], framework.counts) for mode in costs}
    settles = settling_bound(unseen[FAST], unseen[FULL], truth.goals, thresholds[FULL])
    features = TextFeatures().fit(texts)
    model = Model(
        framework.id,
        framework.taught,
        features,
        fit_heads(features.transform(texts), truth.goals, truth.stages, truth.weights),
        None if is_tuned_for(framework.id, framework.taught) else _own_opinions(framework, reading, truth),
        {
            mode: replace(_weighing(one, truth), threshold=thresholds[mode], settles=settles if mode == FAST else 0.0)
            for mode, one in signs.items()
        },
        {mode: tuple(one) for mode, one in costs.items()},
    )
    is_settled = unseen[FAST].max(axis=1, keepdims=True) < settles
    unseen[FULL] = np.where(is_settled, unseen[FAST], unseen[FULL])
    measured = {mode: figures(unseen[mode], truth.goals, thresholds[mode]) for mode in (FULL, FAST)}
    return Trained(model, measured)


def truth_of(framework: Framework, passages: Sequence[Labelled]) -> Truth:
    """The labels of passages as numbers."""
    goals = [[_flag(passage, code) for code in framework.taught] for passage in passages]
    stages = [
        [int(passage.stage == stage) if passage.stage in STAGES else UNKNOWN for stage in STAGES]
        for passage in passages
    ]
    return Truth(np.array(goals), np.array(stages), np.array([passage.weight for passage in passages]))


def _flag(passage: Labelled, code: str) -> int:
    if passage.known is not None and code not in passage.known:
        return UNKNOWN
    return int(code in passage.goals)


def _folds(passages: Sequence[Labelled]) -> NDArray[np.int_]:
    """Whole voices, the largest first to where least is; every fifth passage where too few voices tell of all goals."""
    sizes = Counter(passage.group for passage in passages)
    if len({passage.group for passage in passages if passage.known is None}) < FOLDS:
        return np.arange(len(passages)) % FOLDS
    filled = [0] * FOLDS
    fold_of = {}
    for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold_of[group] = filled.index(min(filled))
        filled[fold_of[group]] += size
    return np.array([fold_of[passage.group] for passage in passages])


def _each(folds: NDArray[np.int_]) -> Iterator[NDArray[np.bool_]]:
    return (folds == fold for fold in sorted(set(folds)))


def _unseen_margins(texts: Sequence[str], truth: Truth, folds: NDArray[np.int_]) -> Margins:
    """Each passage's margins by heads that saw no passage of its fold."""
    shape = truth.goals.shape
    result = Margins(np.zeros(shape), np.zeros(len(texts)), np.zeros(shape), np.zeros(truth.stages.shape))
    for inside in _each(folds):
        seen = [text for text, out in zip(texts, inside, strict=True) if not out]
        features = TextFeatures().fit(seen)
        part = truth[~inside]
        heads = fit_heads(features.transform(seen), part.goals, part.stages, part.weights)
        found = heads.margins(features.transform([text for text, out in zip(texts, inside, strict=True) if out]))
        for name, values in vars(found).items():
            getattr(result, name)[inside] = values
    return result


def _unseen_opinions(framework: Framework, reading: Reading, truth: Truth, folds: NDArray[np.int_]) -> Opinions:
    """Opinions on each passage by an encoder, or by regressions on its vectors, that did not see it."""
    if is_tuned_for(framework.id, framework.taught):
        return tuned_opinions(reading, framework.id, framework.taught)
    result = Opinions(np.zeros(truth.goals.shape), np.zeros(len(folds)), np.zeros(truth.stages.shape))
    for inside in _each(folds):
        found = _own_opinions(framework, reading[~inside], truth[~inside]).of(reading[inside])
        for name, values in vars(found).items():
            getattr(result, name)[inside] = values
    return result


def _own_opinions(framework: Framework, reading: Reading, truth: Truth) -> OwnOpinions:
    return fit_opinions(
        reading,
        truth.goals,
        truth.weights,
        framework.taught,
        framework.extends or "",
        kept_of(framework),
        framework.counts,
    )


def _weighing(signs: Signs, truth: Truth) -> Weighing:
    return fit_weighing(signs, truth.goals, truth.stages, truth.weights)


def _unseen_probabilities(signs: Signs, truth: Truth, folds: NDArray[np.int_]) -> Scores:
    """Probabilities by weighings that saw no passage of the fold, to measure with."""
    result = np.zeros(truth.goals.shape)
    for inside in _each(folds):
        result[inside] = _weighing(signs[~inside], truth[~inside]).predict(signs[inside]).goals
    return result


def figures(probabilities: Scores, goals: Flags, threshold: float) -> dict[str, float]:
    """What a card says of a model, on passages that it did not see."""
    cost = cost_of(probabilities, goals, threshold)
    best = np.argsort(-probabilities, axis=1)[:, :3]
    served = (goals == 1).any(axis=1)
    among = (np.take_along_axis(goals, best, axis=1) == 1).any(axis=1)[served]
    known = goals != UNKNOWN
    return {
        "passages": len(goals),
        "threshold": threshold,
        "micro_precision": round(cost.precision, 3),
        "micro_recall": round(cost.recall, 3),
        "micro_f1": round(cost.f1, 3),
        "proposed_without_goal": round(cost.proposed_without_goal, 3),
        "right_goal_in_first_three": round(float(among.mean()), 3),
        "brier": round(float(np.mean((probabilities - goals)[known] ** 2)), 4),
    }


def write(framework: Framework, folder: Path) -> dict[str, dict[str, float]]:
    """Train a framework's model and write it with its card into a folder; gives what was measured.

    With one thread sums are added up in the same order every time, so that the model is the same to the byte.
    """
    with threadpool_limits(1):
        trained = train(framework)
    trained.model.save(str(folder / f"{framework.id}.skops"))
    card = {
        "name": f"Goal classifier for {framework.name} {framework.version}",
        "file": f"{framework.id}.skops",
        "fingerprint": fingerprint_of(trained.model),
        "kind": "Logistic regressions on words, parts of words and static vectors for each goal, for activity and for each stage, beside the opinions of the tuned encoder; weighed by one more regression on voices that none of them saw; `fast` does without the encoder",
        "trained_on": sources_of(framework),
        "measured": trained.figures,
        "measured_how": "Voices (files of passages) left out in five parts; figures are on passages that neither heads nor weighing saw, with opinions of an encoder that was not tuned on them",
        "versions": {
            "scikit-learn": version("scikit-learn"),
            "numpy": np.__version__,
            "tuned encoder": tuned.card()["fingerprint"],
        },
        "licence": "Apache-2.0; the passages were written for this project; the static vectors are MIT (encoder.card.toml)",
        "limits": "English; British public bodies, charities and companies. A probability is that of the training passages' mix: check it on decisions of your own",
    }
    (folder / f"{framework.id}.card.json").write_text(json.dumps({**card, **ABOUT}, indent=2) + "\n", encoding="utf-8")
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
