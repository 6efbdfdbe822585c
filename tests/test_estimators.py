"""goalmap as scikit-learn estimators: their manners, their results, and how they are saved."""

import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skops.io
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks

import goalmap
from goalmap.api.estimators import FrameworkClassifier, GoalClassifier, PassageEncoder
from goalmap.classify.encoders import static, tuned
from goalmap.ingest.errors import UnknownName

ROOT = Path(__file__).parent.parent
ESTIMATORS = (PassageEncoder(), FrameworkClassifier(fast=True), GoalClassifier(fast=True))
CHECKS = (
    estimator_checks.check_estimator_cloneable,
    estimator_checks.check_estimator_tags_renamed,
    estimator_checks.check_valid_tag_types,
    estimator_checks.check_estimator_repr,
    estimator_checks.check_no_attributes_set_in_init,
    estimator_checks.check_parameters_default_constructible,
    estimator_checks.check_get_params_invariance,
    estimator_checks.check_set_params,
    estimator_checks.check_do_not_raise_errors_in_init_or_set_params,
    estimator_checks.check_mixin_order,
)
"""What scikit-learn checks of estimators whatever they take; its other checks give them numbers, and these take texts."""
GOALS = ["3", "10"]
Flags = NDArray[np.int_]


@pytest.fixture(scope="module")
def passages() -> tuple[list[str], Flags]:
    """Passages of two goals and of none, from those that goalmap learns from."""
    files = sorted((ROOT / "models" / "passages" / "purpose-goals").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line]
    of_goals = [[row for row in rows if row["goals"] == [goal]][:40] for goal in GOALS]
    kept = [*of_goals[0], *of_goals[1], *[row for row in rows if not row["goals"]][:80]]
    order = np.random.default_rng(1).permutation(len(kept))
    truth = np.array([[goal in row["goals"] for goal in GOALS] for row in kept]).astype(int)
    return [kept[place]["text"] for place in order], truth[order]


@pytest.fixture(scope="module")
def learnt(passages: tuple[list[str], Flags]) -> GoalClassifier:
    texts, truth = passages
    return GoalClassifier(fast=True).fit(texts[:120], truth[:120])


# Manners


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda one: type(one).__name__)
def test_scikit_learns_own_suite_passes_and_leaves_out_what_gives_numbers(estimator: BaseEstimator) -> None:
    with pytest.warns(SkipTestWarning, match="string=True"):
        results = estimator_checks.check_estimator(clone(estimator))
    assert {result["status"] for result in results} == {"passed"}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda one: type(one).__name__)
def test_the_checks_that_need_no_numbers_pass(estimator: BaseEstimator, check: Any) -> None:
    check(type(estimator).__name__, clone(estimator))


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda one: type(one).__name__)
def test_the_tags_say_that_texts_are_taken(estimator: BaseEstimator) -> None:
    tags = estimator.__sklearn_tags__()
    assert tags.input_tags.string
    assert not tags.input_tags.two_d_array
    assert tags.requires_fit == isinstance(estimator, GoalClassifier)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("one text", "not a single text"),
        (b"bytes", "not a single text"),
        ([], "Found 0 texts"),
        (["text", 7], "A text is expected at place 1, not int"),
        ([["text"]], "A text is expected at place 0, not list"),
        (np.array([[0.5]]), "A text is expected at place 0, not ndarray"),
        ([None], "not NoneType"),
    ],
)
@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda one: type(one).__name__)
def test_what_is_no_texts_is_refused(estimator: BaseEstimator, given: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        clone(estimator).fit(given, [[1]])


def test_arrays_of_texts_are_taken_as_lists_are() -> None:
    texts = ["We lend tablets to pupils.", "Staff teach."]
    arrays: list[Any] = [np.array(texts), np.array(texts, dtype=object), tuple(texts)]
    wanted = FrameworkClassifier(fast=True).fit(texts).predict_proba(texts)
    assert all((FrameworkClassifier(fast=True).predict_proba(one) == wanted).all() for one in arrays)


# Vectors


@pytest.mark.parametrize(("name", "dimensions"), [("static", 256), ("tuned", 384)])
def test_an_encoder_gives_the_vectors_of_goalmap(name: str, dimensions: int) -> None:
    texts = ["We lend tablets to pupils.", "Staff teach."]
    encoder = PassageEncoder(name).fit(texts)
    vectors = encoder.transform(texts)
    assert vectors.shape == (2, dimensions)
    assert (vectors == (static.encode(texts) if name == "static" else tuned.read(texts).vectors)).all()
    assert encoder.get_feature_names_out()[-1] == f"passageencoder{dimensions - 1}"
    assert (clone(encoder).fit_transform(texts[::-1])[::-1] == vectors).all()


def test_an_unknown_encoder_is_told_by_name() -> None:
    with pytest.raises(ValueError, match="encoder is one of static, tuned, not 'bert'"):
        PassageEncoder("bert").fit(["text"])


def test_an_encoder_stands_in_a_pipeline_and_a_search(passages: tuple[list[str], Flags]) -> None:
    texts, truth = passages
    pipeline = make_pipeline(PassageEncoder(), OneVsRestClassifier(LogisticRegression(C=10)))
    search = GridSearchCV(pipeline, {"onevsrestclassifier__estimator__C": [0.01, 10]}, cv=3, scoring="f1_micro")
    search.fit(texts, truth)
    assert search.best_params_ == {"onevsrestclassifier__estimator__C": 10}
    assert search.best_score_ > 0.7


# The shipped classifier


def test_the_shipped_classifier_proposes_what_goalmap_proposes() -> None:
    texts = [
        passage.text
        for passage in goalmap.read(goalmap.example_folder() / "anchor-partnership-newsletter-2024-12.md").passages
    ]
    classifier = FrameworkClassifier().fit(texts)
    wanted = np.zeros((len(texts), 14), dtype=int)
    for one in goalmap.propose_goals(texts):
        wanted[one.passage.position, list(classifier.classes_).index(one.code)] = 1
    assert (classifier.predict(texts) == wanted).all()
    assert wanted.sum() > 3
    assert ((classifier.predict_proba(texts) >= 0) & (classifier.predict_proba(texts) <= 1)).all()


def test_a_search_may_choose_the_threshold_of_the_shipped_classifier(passages: tuple[list[str], Flags]) -> None:
    texts, few = passages
    classifier = FrameworkClassifier(fast=True).fit(texts)
    truth = np.zeros((len(texts), 14), dtype=int)
    truth[:, [list(classifier.classes_).index(goal) for goal in GOALS]] = few
    search = GridSearchCV(classifier, {"threshold": [0.001, 0.5]}, cv=KFold(2), scoring="f1_micro").fit(texts, truth)
    assert search.best_params_ == {"threshold": 0.5}


def test_a_framework_that_is_not_there_is_told_when_it_is_needed() -> None:
    with pytest.raises(UnknownName, match="No framework is called 'sdg'"):
        FrameworkClassifier("sdg").fit(["text"])


# The classifier that learns


def test_a_classifier_learns_from_passages_of_yours(passages: tuple[list[str], Flags], learnt: GoalClassifier) -> None:
    texts, truth = passages
    proposed = learnt.predict(texts[120:])
    assert proposed.shape == (40, 2)
    assert f1_score(truth[120:], proposed, average="micro") > 0.7
    assert learnt.classes_.tolist() == ["1", "2"]


def test_each_text_is_judged_by_itself(passages: tuple[list[str], Flags], learnt: GoalClassifier) -> None:
    texts = passages[0][120:126]
    together = learnt.predict_proba(texts)
    apart = np.vstack([learnt.predict_proba([text]) for text in texts])
    assert together == pytest.approx(apart, abs=1e-6)
    assert learnt.predict_proba(texts[::-1])[::-1] == pytest.approx(together, abs=1e-6)


def test_learning_again_gives_the_same(passages: tuple[list[str], Flags], learnt: GoalClassifier) -> None:
    texts, truth = passages
    before = learnt.predict_proba(texts[120:])
    again = clone(learnt).fit(np.array(texts[:120]), truth[:120].tolist())
    assert again.predict_proba(texts[120:]) == pytest.approx(before, abs=1e-3)


def test_settings_take_effect_without_learning_again(passages: tuple[list[str], Flags], learnt: GoalClassifier) -> None:
    bold = pickle.loads(pickle.dumps(learnt)).set_params(threshold=0.01)
    assert bold.predict(passages[0]).sum() > learnt.predict(passages[0]).sum()


def test_what_was_learnt_is_saved_by_skops_and_is_the_same_when_loaded(
    passages: tuple[list[str], Flags], learnt: GoalClassifier
) -> None:
    data = skops.io.dumps(make_pipeline(learnt))
    assert skops.io.get_untrusted_types(data=data) == ["goalmap.api.estimators.GoalClassifier"]
    loaded = skops.io.loads(data, trusted=["goalmap.api.estimators.GoalClassifier"])
    assert (loaded.predict_proba(passages[0][120:]) == learnt.predict_proba(passages[0][120:])).all()
    assert learnt.framework_.id == "yours"


def test_an_estimator_that_has_learnt_nothing_is_saved_too() -> None:
    for one in ESTIMATORS:
        data = skops.io.dumps(one)
        assert repr(skops.io.loads(data, trusted=skops.io.get_untrusted_types(data=data))) == repr(one)


def test_a_classifier_that_has_learnt_nothing_says_so() -> None:
    with pytest.raises(NotFittedError):
        GoalClassifier().predict(["text"])


@pytest.mark.parametrize(
    ("y", "told"),
    [
        ([1, 0], "MultiLabelBinarizer makes one"),
        ([["3"], ["10"]], "other values than 1 and 0"),
        ([[1, 0]], "There are 2 texts and 1 rows"),
        ([[1, 2], [0, 0]], "other values than 1 and 0"),
    ],
)
def test_goals_that_make_no_sense_are_refused(y: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        GoalClassifier().fit(["one text", "another"], y)


def test_the_columns_must_be_the_goals_of_the_framework() -> None:
    with pytest.raises(
        ValueError, match=r"y has 2 columns, and NHS anchor pillars has 5 goals that can be taught: 1, 2"
    ):
        GoalClassifier("nhs-anchor").fit(["one text", "another"], [[1, 0], [0, 1]])


@pytest.mark.slow
def test_a_framework_lends_its_cues_and_its_passages(passages: tuple[list[str], Flags]) -> None:
    texts = [*passages[0][:30], "We pay the real living wage to every cleaner.", "We buy food from farms near by."]
    truth = np.zeros((32, 5), dtype=int)
    truth[30, 0] = truth[31, 1] = 1
    classifier = GoalClassifier("nhs-anchor", with_shipped=True, fast=True).fit(
        texts, truth, groups=[place % 4 for place in range(32)], sample_weight=np.ones(32)
    )
    assert classifier.classes_.tolist() == ["1", "2", "3", "4", "5"]
    data = skops.io.dumps(classifier)
    loaded = skops.io.loads(data, trusted=["goalmap.api.estimators.GoalClassifier"])
    assert loaded.framework_.id == "nhs-anchor"
    assert (loaded.predict(texts) == classifier.predict(texts)).all()
