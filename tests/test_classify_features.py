"""Features: texts become the same numbers as scikit-learn's vectorizers make of them, only sooner."""

import numpy as np
import pytest

from goalmap.classify import frameworks
from goalmap.classify.features import TextFeatures
from goalmap.classify.model import load_model
from goalmap.classify.training import labelled_passages

TEXTS = [passage.text for passage in labelled_passages(frameworks.load("nhs-anchor"))]
ODD = ["", "   ", "£", "a", "ŴYTHNOS Cymru", "tab\tand\nline", "word " * 400]


def parts_of(features: TextFeatures, texts: list[str]) -> np.ndarray:
    matrix = features.transform(texts)
    first = len(features.word_names)
    return np.asarray(matrix[:, first : first + len(features.parts.vocabulary_)].toarray())


@pytest.mark.parametrize("texts", [TEXTS[:60], ODD], ids=["passages", "odd texts"])
def test_parts_of_words_are_weighed_as_the_vectorizer_weighs_them(texts: list[str]) -> None:
    features = load_model("nhs-anchor").features
    assert np.allclose(parts_of(features, texts), features.parts.transform(texts).toarray(), atol=1e-6)


def test_features_fitted_again_forget_the_words_of_before() -> None:
    features = TextFeatures().fit(TEXTS[:250])
    before = parts_of(features, TEXTS[:5]).shape
    features.fit(TEXTS[250:])
    assert parts_of(features, TEXTS[:5]).shape != before
    assert np.allclose(parts_of(features, TEXTS[:5]), features.parts.transform(TEXTS[:5]).toarray(), atol=1e-6)


def test_of_a_handful_of_texts_every_word_counts() -> None:
    assert "lighthouse" in TextFeatures().fit(["A lighthouse", "A harbour"]).word_names
