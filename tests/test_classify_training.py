"""Training: a model learns from labelled passages, its card tells the truth, its file holds no code."""

from pathlib import Path

import numpy as np
import pytest
import skops.io

from goalmap.classify.goals import frameworks
from goalmap.classify.model import training
from goalmap.classify.model.cards import card, fingerprint
from goalmap.classify.model.heads import UNKNOWN
from goalmap.classify.model.model import fingerprint_of, load_model, read_model
from goalmap.classify.model.weighing import cost_of
from goalmap.ingest.errors import ModelProblem

TRAINED = [name for name in frameworks.names() if frameworks.load(name).model == name]


@pytest.mark.parametrize("name", TRAINED)
def test_a_shipped_model_is_the_one_its_card_describes(name: str) -> None:
    assert fingerprint_of(load_model(name)) == fingerprint(name)


@pytest.mark.parametrize("name", TRAINED)
def test_a_shipped_model_file_holds_only_trusted_types(name: str) -> None:
    assert skops.io.get_untrusted_types(file=Path(__file__).parent.parent / "models" / f"{name}.skops") == []


@pytest.mark.parametrize("name", TRAINED)
def test_a_card_counts_the_passages_that_are_there(name: str) -> None:
    assert card(name)["trained_on"] == training.sources_of(frameworks.load(name))


def test_a_framework_without_a_model_is_told_how_to_get_one() -> None:
    with pytest.raises(ModelProblem, match="make models"):
        load_model("no-such-framework")


def test_training_passages_are_labelled_with_goals_and_stages_that_exist() -> None:
    framework = frameworks.load("purpose-goals")
    for passage in training.labelled_passages(framework):
        assert passage.goals <= set(framework.codes)
        assert passage.group == "framework" or (passage.stage is None) == (not passage.goals), passage.text


def test_no_training_passage_stands_twice() -> None:
    texts = [passage.text for passage in training.labelled_passages(frameworks.load("purpose-goals"))]
    assert len(set(texts)) == len(texts)


def test_the_cost_of_a_threshold_counts_over_all_goals_whose_truth_is_known() -> None:
    probabilities = np.array([[0.9, 0.1], [0.8, 0.7], [0.6, 0.2]])
    cost = cost_of(probabilities, np.array([[1, 0], [0, 1], [UNKNOWN, 0]]), 0.5)
    assert (cost.precision, cost.recall, cost.f1) == pytest.approx((2 / 3, 1.0, 0.8))


@pytest.mark.slow
def test_training_again_on_any_processor_gives_what_the_shipped_model_learnt(tmp_path: Path) -> None:
    """Processors differ in the last digits; test_reproducible.py has the same bytes on one."""
    framework = frameworks.load("nhs-anchor")
    trained = training.train(framework)
    trained.model.save(str(tmp_path / "model.skops"))
    again, shipped = read_model((tmp_path / "model.skops").read_bytes(), "again"), load_model(framework.id)
    assert again.features.word_names == shipped.features.word_names
    for one, other in zip(again.heads.goals, shipped.heads.goals, strict=True):
        assert one is not None
        assert other is not None
        assert one.weights == pytest.approx(other.weights, abs=1e-3)
    measured = card(framework.id)["measured"]
    assert trained.figures.keys() == measured.keys()
    for mode, figures in trained.figures.items():
        assert figures == pytest.approx(measured[mode], abs=0.01)
