"""Features: texts become the same numbers as scikit-learn's vectorizers make of them, only sooner."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from goalmap.classify.encoders.static import encode
from goalmap.classify.goals import frameworks
from goalmap.classify.model.features import PARTS, WORDS, Terms, TextFeatures, parts_of
from goalmap.classify.model.model import load_model
from goalmap.classify.model.training import labelled_passages

TEXTS = [passage.text for passage in labelled_passages(frameworks.load("nhs-anchor"))]
ODD = ["", "   ", "£", "a", "ŴYTHNOS Cymru", "tab\tand\nline", "word " * 400]


def as_scikit_learn(terms: Terms, settings: dict[str, object], texts: list[str]) -> np.ndarray:
    """What a vectorizer that counts the same terms makes of texts."""
    vectorizer = TfidfVectorizer(**(settings | {"vocabulary": list(terms.names)}))
    vectorizer.idf_ = terms.rarity
    return np.asarray(vectorizer.transform(texts).toarray())


def expected(features: TextFeatures, texts: list[str]) -> np.ndarray:
    return np.hstack(
        [
            as_scikit_learn(features.words, WORDS, texts),
            as_scikit_learn(features.parts, PARTS, texts),
            encode(texts) * 2,
        ]
    )


@pytest.mark.parametrize("texts", [TEXTS[:60], ODD, ODD[:1]], ids=["passages", "odd texts", "no words"])
def test_texts_become_the_numbers_that_scikit_learn_makes_of_them(texts: list[str]) -> None:
    features = load_model("nhs-anchor").features
    assert np.allclose(features.transform(texts).toarray(), expected(features, texts), atol=1e-6)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_whatever_is_written_becomes_the_numbers_that_scikit_learn_makes_of_it(texts: list[str]) -> None:
    features = load_model("nhs-anchor").features
    assert np.allclose(features.transform([*texts, "care"]).toarray(), expected(features, [*texts, "care"]), atol=1e-6)


@pytest.mark.parametrize("word", ["a", "an", "the", "cafe", "health", "ŵ", "don't"])
def test_the_parts_of_a_word_are_those_that_scikit_learn_counts(word: str) -> None:
    assert sorted(parts_of(word)) == sorted(TfidfVectorizer(**PARTS).build_analyzer()(word))


def test_features_fitted_again_forget_the_words_of_before() -> None:
    features = TextFeatures().fit(TEXTS[:250])
    before = features.transform(TEXTS[:5]).shape
    features.fit(TEXTS[250:])
    assert features.transform(TEXTS[:5]).shape != before
    assert np.allclose(features.transform(TEXTS[:5]).toarray(), expected(features, TEXTS[:5]), atol=1e-6)


def test_of_a_handful_of_texts_every_word_counts() -> None:
    assert "lighthouse" in TextFeatures().fit(["A lighthouse", "A harbour"]).word_names
