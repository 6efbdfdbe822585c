"""What a decision is worth."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.worth import FIRST_EXAMPLES, Waiting, first_examples, values, worth

SCORES = st.floats(0.02, 1.0)
QUEUES = st.lists(
    st.builds(
        Waiting,
        passage=st.sampled_from([f"p{n}" for n in range(30)]),
        framework=st.just("f"),
        goal=st.sampled_from(["f/1", "f/2", "f/3", "f/4"]),
        score=SCORES,
        copies=st.integers(0, 5),
    ),
    max_size=60,
    unique_by=lambda one: (one.passage, one.goal),
)


def order(waiting: list[Waiting], **accepted: int) -> list[str]:
    found = values(waiting, {f"f/{goal[1:]}": count for goal, count in accepted.items()})
    return [passage for passage, _ in sorted(found, key=lambda place: (-found[place], place))]


def every(goal: str, *scores: float) -> list[Waiting]:
    return [Waiting(f"p{goal}.{number}", "f", f"f/{goal}", score) for number, score in enumerate(scores)]


@given(SCORES, SCORES)
def test_the_doubtful_are_worth_more_than_the_sure_and_than_the_unlikely(one: float, other: float) -> None:
    doubtful, sure = 0.5 + one / 10, 0.9 + other / 10
    assert worth(doubtful) > worth(sure) > worth(0.05)


@given(SCORES, st.integers(0, 100))
def test_a_decision_that_counts_for_more_passages_is_worth_more(score: float, copies: int) -> None:
    assert worth(score, copies + 1) > worth(score, copies) > 0


def test_a_passage_is_worth_as_much_as_its_best_decision() -> None:
    both = [Waiting("p1", "f", "f/1", 0.99), Waiting("p1", "f", "f/2", 0.6)]
    assert values(both, {"f/1": 9, "f/2": 9}) == {("p1", "f"): worth(0.6)}


def test_a_passage_is_worth_something_else_in_each_framework() -> None:
    both = [Waiting("p1", "f", "f/1", 0.99), Waiting("p1", "g", "g/1", 0.6)]
    assert values(both, {"f/1": 9, "g/1": 9}) == {("p1", "f"): worth(0.99), ("p1", "g"): worth(0.6)}


def test_the_surest_of_a_rare_goal_take_turns_with_the_doubtful() -> None:
    waiting = [*every("1", *(0.5 + number / 50 for number in range(20))), *every("2", 0.99, 0.98, 0.97)]
    rare = ["p2.0", "p2.1", "p2.2"]
    assert all(order(waiting, g1=9).index(passage) < 6 for passage in rare)
    assert order(waiting, g1=9, g2=FIRST_EXAMPLES)[-3:] == rare[::-1]


def test_a_goal_with_examples_needs_fewer_first_ones() -> None:
    waiting = every("1", 0.9, 0.8, 0.7, 0.6)
    assert list(first_examples(waiting, {"f/1": 1})) == [("p1.0", "f"), ("p1.1", "f")]
    assert not first_examples(waiting, {"f/1": 8})


def test_the_first_example_of_each_goal_comes_before_the_second_of_any() -> None:
    found = list(first_examples([*every("1", 0.9, 0.8), *every("2", 0.7)], {}))
    assert found == [("p2.0", "f"), ("p1.0", "f"), ("p1.1", "f")]


@given(QUEUES)
def test_every_place_has_a_worth_and_none_less_than_its_own(waiting: list[Waiting]) -> None:
    found = values(waiting, {})
    assert found.keys() == {(one.passage, one.framework) for one in waiting}
    assert all(found[one.passage, one.framework] >= worth(one.score, one.copies) for one in waiting)


@given(QUEUES, st.randoms())
def test_the_worth_does_not_depend_on_the_order_in_which_rows_are_read(waiting: list[Waiting], draw: Random) -> None:
    mixed = list(waiting)
    draw.shuffle(mixed)
    assert values(mixed, {}) == values(waiting, {})
