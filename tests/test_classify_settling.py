"""Where the fast signs settle that no goal is served the encoder is not asked, and hardly anything is lost by it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.goals import frameworks
from goalmap.classify.manner import FAST, FULL, Manner
from goalmap.classify.model.model import load_model
from goalmap.classify.model.training import labelled_passages
from goalmap.classify.model.weighing import BOUNDS, FEWEST, LOSS, Prediction, settling_bound
from goalmap.classify.proposals import classifier
from goalmap.extract import memory
from goalmap.extract.memory import Forgetful, Key, Reader

DULL = [
    "Apologies were received from Councillor Marsh.",
    "The minutes of the meeting held on 4 June were agreed as a correct record.",
    "The figures in this table are rounded and may not add up to the total.",
    "Prices are shown without VAT.",
]
ACTS = [
    "We paid the course fees of 40 school leavers who started an apprenticeship in September.",
    "In May the trust opened a free nursery for the children of night staff on the estate.",
]
PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


class Counting(Forgetful):
    """Keeps nothing, and counts what was read."""

    def __init__(self) -> None:
        self.read = 0

    def keep(self, reader: Reader, made: Mapping[Key, bytes], asked: int) -> None:
        self.read += len(made)


@pytest.fixture
def counting() -> Iterator[Counting]:
    """A memory in use that counts what the encoder reads."""
    before, counts = memory.current(), Counting()
    memory.forget()
    memory.use(counts)
    yield counts
    memory.use(before)


def read(texts: Sequence[str], framework: str, counting: Counting) -> int:
    """So many of the texts the encoder was asked to read."""
    classifier(framework).weigh(list(texts))
    return counting.read


def test_a_dull_passage_is_not_read_by_the_encoder_and_an_act_is(counting: Counting) -> None:
    assert read(ACTS + DULL, "purpose-goals", counting) == len(ACTS)


def test_what_was_settled_has_the_fast_probabilities_and_the_rest_has_its_own() -> None:
    full, fast = (classifier("purpose-goals", Manner(mode=mode)).weigh(ACTS + DULL) for mode in (FULL, FAST))
    alone = classifier("purpose-goals").weigh(ACTS)
    assert np.array_equal(full.goals[len(ACTS) :], fast.goals[len(ACTS) :])
    assert np.allclose(full.goals[: len(ACTS)], alone.goals, atol=1e-6)
    assert (full.goals[: len(ACTS)] != fast.goals[: len(ACTS)]).any()


def test_passages_that_are_all_settled_are_weighed_all_the_same() -> None:
    assert classifier("purpose-goals").weigh(DULL).goals.shape == (len(DULL), 14)
    assert classifier("purpose-goals").weigh([]).goals.shape == (0, 14)


def test_a_model_that_settles_nothing_asks_the_encoder_about_everything(counting: Counting) -> None:
    model = load_model("purpose-goals")
    weighings = model.weighings | {FAST: replace(model.weighings[FAST], settles=0.0)}
    replace(model, weighings=weighings).predict(DULL, np.zeros((len(DULL), 14)))
    assert counting.read == len(DULL)


@pytest.mark.slow
def test_of_passages_that_serve_nothing_many_are_settled_and_of_others_hardly_one() -> None:
    """On passages that the models have learnt from, so that figures flatter; the cards tell those that do not."""
    passages = labelled_passages(frameworks.load("purpose-goals"))[::10]
    fast = classifier("purpose-goals", Manner(mode=FAST))
    goals = fast.weigh([passage.text for passage in passages]).goals
    settled = goals.max(axis=1) < fast.model.weighings[FAST].settles
    serves = np.array([bool(passage.goals) for passage in passages])
    assert settled[~serves].mean() > 0.4
    assert settled[serves].mean() < 0.01


@given(st.data())
def test_a_bound_loses_no_more_right_proposals_than_is_allowed(data: st.DataObject) -> None:
    fast = np.array(data.draw(PROBABILITIES)).repeat(FEWEST)[:, None]
    full = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(fast) // FEWEST, max_size=len(fast) // FEWEST)))
    right = full.repeat(FEWEST)[:, None] >= 0.5
    bound = settling_bound(fast, full.repeat(FEWEST)[:, None], np.ones_like(fast, dtype=int), 0.5)
    assert right[fast < bound].sum() <= LOSS * right.sum()
    higher = [one for one in BOUNDS if one > bound]
    assert not right.any() or all(right[fast < one].sum() > LOSS * right.sum() for one in higher)


def test_few_right_proposals_settle_nothing() -> None:
    likely = np.ones((FEWEST - 1, 1))
    assert settling_bound(likely, likely, likely.astype(int), 0.5) == 0.0
    more = np.ones((FEWEST, 1))
    assert settling_bound(more, more, more.astype(int), 0.5) == BOUNDS[0]


def test_rows_of_another_prediction_take_the_place_of_the_first() -> None:
    first = Prediction(np.zeros((3, 2)), np.zeros(3), ["ongoing"] * 3)
    other = Prediction(np.ones((1, 2)), np.ones(1), ["planned"])
    both = first.with_rows(np.array([False, True, False]), other)
    assert both.goals.tolist() == [[0, 0], [1, 1], [0, 0]]
    assert both.activity.tolist() == [0, 1, 0]
    assert both.stages == ["ongoing", "planned", "ongoing"]
    assert first.goals.max() == 0
