"""Questions of one goal each: right and wrong answers are told apart, goal by goal."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.evaluation.evaluation import evaluate
from goalmap.classify.evaluation.gold import GoldQuestion, gold_passages, gold_questions
from goalmap.classify.evaluation.questions import QuestionFigures, question_figures
from goalmap.classify.measuring.measures import Calibration
from goalmap.ingest.errors import GoalmapError

SNIPPETS = Path(__file__).parent / "data" / "sdg" / "snippets.jsonl"

answers = st.lists(st.tuples(st.sampled_from(["1", "2", "13"]), st.booleans(), st.booleans()), max_size=40)


def figures_of(rows: list[tuple[str, bool, bool]]) -> QuestionFigures:
    """Figures on questions: the goal, whether it is served, whether it was proposed."""
    return question_figures([(GoldQuestion("", goal, relevant), said) for goal, relevant, said in rows], Calibration())


def test_the_mean_weighs_each_goal_the_same() -> None:
    figures = figures_of([("1", True, True)] * 9 + [("2", True, False)])
    assert figures.accuracy.value == 0.5
    assert figures.recall.value == 0.5


def test_each_kind_of_answer_is_counted() -> None:
    figures = figures_of([("1", True, True), ("1", False, True), ("1", True, False), ("1", False, False)])
    assert figures.by_goal["1"].to_dict() == {
        "accuracy": 0.5, "texts": 4, "precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 2, "hits": 1, "false": 1, "missed": 1,
    }  # fmt: skip


@given(answers.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_figures_do_not_depend_on_the_order_of_questions(
    orders: tuple[list[tuple[str, bool, bool]], list[tuple[str, bool, bool]]],
) -> None:
    figures = figures_of(orders[0])
    assert figures == figures_of(orders[1])
    for mean in (figures.accuracy, figures.precision, figures.recall, figures.f1):
        assert 0 <= mean.value <= 1
        assert 0 <= mean.interval.low <= mean.interval.high <= 1


def test_questions_and_passages_may_stand_in_one_folder(tmp_path: Path) -> None:
    rows = [
        {"text": "Solar panels now light every classroom in the district.", "goal": 7, "relevant": True},
        {"text": "The library opens at nine on weekdays and at ten on Saturdays.", "goal": "7", "relevant": False},
        {"text": "Free school meals reached 30,000 more children this year.", "goals": ["2"], "stage": "delivered"},
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert [question.goal for question in gold_questions(tmp_path)] == ["7", "7"]
    assert [passage.goals for passage in gold_passages(tmp_path)] == [{"2"}]
    evaluation = evaluate(tmp_path, [], "un-sdgs")
    assert evaluation.questions is not None
    assert evaluation.questions.by_goal["7"].n == 2
    assert evaluation.passages is not None
    assert {"questions.accuracy", "passages.goals.f1"} <= evaluation.figures().keys()


def test_a_single_file_is_gold_enough() -> None:
    questions = gold_questions(SNIPPETS)
    assert len(questions) == len({question.text for question in questions})
    assert {question.goal for question in questions} == {str(number) for number in range(1, 18)}
    assert gold_passages(SNIPPETS) == []


def test_gold_of_another_framework_is_refused_with_the_goals_it_names() -> None:
    with pytest.raises(GoalmapError, match=r"does not have: 15, 16, 17\. Name the framework"):
        evaluate(SNIPPETS, [], "purpose-goals")
