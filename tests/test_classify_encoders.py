"""The encoders: texts of like meaning lie close, every text gets a unit vector or none, no text depends on its neighbours."""

import hashlib
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goalmap.classify.encoders import static, tuned
from goalmap.classify.encoders.pieces import WordPieces
from goalmap.classify.goals import frameworks
from goalmap.classify.model.training import labelled_passages
from goalmap.classify.tuning.lessons import PARTS, columns_of, lessons, taught

TRAINING = ["Training for new nurses", "Courses for student nurses", "A new bus to the station"]


def test_texts_of_like_meaning_lie_closer_than_texts_of_other_meaning() -> None:
    training, learning, buses = static.encode(TRAINING)
    assert training @ learning > training @ buses + 0.2


def test_a_text_without_a_word_is_all_zeros() -> None:
    assert not static.encode(["", "   "]).any()


def test_case_and_accents_do_not_matter() -> None:
    assert (static.encode(["Café SIÂN"]) == static.encode(["cafe sian"])).all()


@given(st.lists(st.text(max_size=200), min_size=1, max_size=5))
def test_every_static_vector_has_unit_length_or_is_zero(texts: list[str]) -> None:
    vectors = static.encode(texts)
    assert vectors.shape == (len(texts), static.DIMENSIONS)
    lengths = np.linalg.norm(vectors, axis=1)
    assert all(abs(length - 1) < 1e-4 or length == 0 for length in lengths)


# Word pieces


def test_a_word_is_cut_into_the_longest_pieces_that_are_known() -> None:
    pieces = WordPieces(["un", "##like", "##ly", "unlike", "likely"])
    assert pieces.of("Unlikely", 10) == [3, 2]


def test_a_sign_that_is_no_punctuation_belongs_to_its_word_as_in_bert() -> None:
    pieces = WordPieces(["£", "##2", "##80", "280", "+", "."])
    assert pieces.of("£280.", 10) == [0, 1, 2, 5]
    assert pieces.of("+280", 10) == [4, 3]


def test_a_word_without_pieces_is_unknown_or_left_out() -> None:
    assert WordPieces(["a", "?"]).of("a ж a", 10) == [0, 0]
    assert WordPieces(["a", "?"], unknown=1).of("a ж a", 10) == [0, 1, 0]


def test_no_more_pieces_are_given_than_asked_for() -> None:
    assert tuned.vocabulary().of("word " * 500, 20) == tuned.vocabulary().of("word " * 20, 99)


# The tuned encoder


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_every_tuned_vector_has_unit_length(texts: list[str]) -> None:
    reading = tuned.read(texts)
    assert reading.opinions.shape == (len(texts), len(tuned.columns()))
    assert np.allclose(np.linalg.norm(reading.vectors, axis=1), 1, atol=1e-3)


def test_the_shipped_encoder_is_the_one_its_card_describes() -> None:
    data = (resources.files("goalmap.models") / f"{tuned.NAME}.onnx").read_bytes()
    assert hashlib.sha256(data).hexdigest()[:10] == tuned.card()["fingerprint"]


def test_a_text_read_twice_is_read_to_the_same_bit() -> None:
    assert all((one == again).all() for one, again in zip(*(tuned.read_one(TRAINING[0]) for _ in "ab"), strict=True))


def test_a_text_is_read_alike_whatever_stands_beside_it() -> None:
    together, alone = tuned.read(TRAINING), [tuned.read([text]) for text in TRAINING]
    assert all((one.opinions[0] == opinions).all() for one, opinions in zip(alone, together.opinions, strict=True))


def test_a_very_long_text_is_read_by_its_beginning() -> None:
    long = " ".join(["The trust trained nurses."] * 300)
    assert np.isfinite(tuned.read([long]).opinions).all()


def test_the_encoder_tells_an_act_from_praise() -> None:
    act, praise = tuned.read(
        [
            "We paid the course fees of 40 school leavers who started an apprenticeship in September.",
            "We are proud of our wonderful apprentices and grateful for all that they bring to the team.",
        ]
    ).opinions[:, tuned.columns()["any", "purpose-goals"]]
    assert act > praise + 2


def test_the_encoder_tells_what_the_shipped_frameworks_ask() -> None:
    assert list(tuned.columns()) == columns_of(taught())


def test_a_passage_it_was_tuned_on_is_judged_by_another_that_was_not() -> None:
    texts = [passage.text for passage in labelled_passages(frameworks.load("nhs-anchor"))[:50]]
    assert not np.allclose(tuned.read(texts).opinions, tuned.read_unseen(texts).opinions, atol=0.5)
    new = ["A sentence that nobody has been shown before, about a lighthouse."]
    assert (tuned.read(new).opinions == tuned.read_unseen(new).opinions).all()


def test_every_shipped_passage_has_an_unseen_opinion() -> None:
    known = tuned.unseen_keys()
    assert {tuned.key_of(text) for text in lessons().texts} == known


def test_the_parts_that_passages_are_dealt_into_are_of_like_size() -> None:
    sizes = np.bincount(lessons().parts)
    assert len(sizes) == PARTS
    assert sizes.min() > 0.9 * sizes.max()


@pytest.mark.parametrize("framework", [one.id for one in taught()])
def test_each_lesson_knows_all_goals_of_its_framework_or_none(framework: str) -> None:
    known = lessons()
    places = [place for (kind, _), place in tuned.columns().items() if kind == framework]
    told = known.known[:, places].sum(axis=1)
    assert set(told) == {0, len(places)}
