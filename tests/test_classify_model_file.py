"""The file of a model: skops reads it, we read it without skops, files of before are read too, foreign types are refused."""

import subprocess
import sys
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from goalmap.classify.model.features import Terms, terms_of
from goalmap.classify.model.file import read_state, written_state
from goalmap.classify.model.regression import Regression, learnt, regression_of
from goalmap.ingest.errors import ModelProblem

SIGNS = np.array([[0.0, 1.0], [1.0, 0.0], [0.9, 0.3], [0.1, 0.8], [0.5, 0.5], [0.2, 0.1]])
TWO, THREE = np.array([0, 1, 1, 0, 1, 0]), np.array([0, 1, 2, 0, 1, 2])
TEXTS = ["a warm welcome for carers", "carers welcome the grant", "no grant for the harbour"]


def same(one: Regression, other: Regression) -> bool:
    return all(np.array_equal(*both) for both in zip(vars(one).values(), vars(other).values(), strict=True))


def test_what_is_written_is_read_again_and_by_skops_too() -> None:
    weights = np.arange(6, dtype=np.float32).reshape(2, 3)
    regression = Regression(weights, np.array([0.5]), np.array([0, 1]))
    state = {
        "name": "Ŵyth",
        "heads": [regression, None],
        "terms": Terms(("£", "ab cd"), np.ones(2)),
        "same": [weights] * 2,
    }
    data = written_state(state)
    again = read_state(data, "again")
    assert (again["name"], again["heads"][1], again["terms"].names) == ("Ŵyth", None, ("£", "ab cd"))
    assert same(again["heads"][0], regression)
    assert again["heads"][0].weights.dtype == np.float32
    assert all(np.array_equal(one, weights) for one in again["same"])
    assert skops.io.loads(data)["terms"]["names"] == "£\nab cd"


def test_a_file_of_before_with_objects_of_scikit_learn_is_read() -> None:
    head, vectorizer = LogisticRegression().fit(SIGNS, TWO), TfidfVectorizer().fit(TEXTS)
    again = read_state(skops.io.dumps({"heads": [head, None], "words": vectorizer}), "old")
    assert same(again["heads"][0], regression_of(head))
    assert again["words"].names == terms_of(vectorizer).names


def test_a_file_with_a_type_that_is_not_trusted_is_refused_by_its_name() -> None:
    with pytest.raises(ModelProblem, match=r"The model odd holds types that are not trusted: .*Path"):
        read_state(skops.io.dumps({"path": Path("x"), "kept": OrderedDict()}), "odd")


@pytest.mark.parametrize("truth", [TWO, THREE], ids=["two classes", "three classes"])
def test_a_regression_says_what_scikit_learn_says(truth: np.ndarray) -> None:
    theirs = LogisticRegression(C=4.0, max_iter=2000).fit(SIGNS, truth)
    ours = learnt(SIGNS, truth, None, 4.0, 2000)
    assert np.allclose(ours.margins(SIGNS), theirs.decision_function(SIGNS))
    assert ours.likeliest(SIGNS).tolist() == theirs.predict(SIGNS).tolist()
    if len(theirs.classes_) == 2:
        assert np.allclose(ours.probabilities(SIGNS), theirs.predict_proba(SIGNS)[:, 1])


def test_probabilities_of_extreme_margins_are_nought_and_one() -> None:
    sure = Regression(np.array([[1.0]]), np.array([0.0]), np.array([0, 1]))
    assert sure.probabilities(np.array([[-5000.0], [5000.0]])).tolist() == [0.0, 1.0]


def test_a_shipped_model_is_read_without_scikit_learn_and_skops() -> None:
    script = (
        "import sys; from goalmap.classify.proposals import classifier; classifier('purpose-goals'); "
        "print([name for name in ('sklearn', 'skops') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
