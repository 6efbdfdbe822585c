"""Learning: decisions become lessons, lessons correct a model, and only what is better earns its place."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goalmap.classify.encoders.static import encode
from goalmap.classify.evaluation.gold import gold_documents
from goalmap.classify.learning import (
    Decided,
    Lesson,
    TooFewDecisions,
    check,
    compare,
    learn,
    lessons,
    unseen,
)
from goalmap.classify.manner import FAST, FULL, Manner
from goalmap.classify.model.correction import Correction, Decisions, fit_correction
from goalmap.classify.model.heads import UNKNOWN
from goalmap.classify.model.model import Model, as_bytes, fingerprint_of, load_model, read_model
from goalmap.classify.proposals import classifier

FRAMEWORK = "purpose-goals"
SECOND = Path(__file__).parent / "data" / "second"
HABIT = ("1", "2", "3", "4")
CLINIC = "We opened a clinic in Harrowmead in May and it has seen 900 people."


def said(verdict: str, proposed: str, goal: str = "", text: str = CLINIC, passage: str = "p1") -> Decided:
    return Decided(passage, "d1", text, proposed, goal or proposed, verdict)


# Lessons


def test_each_verdict_says_which_goals_a_passage_serves() -> None:
    (lesson,) = lessons(
        [said("accepted", "8"), said("rejected", "3"), said("changed", "4", "2"), said("added", "8", "11")], {}
    )
    assert [lesson.flag(code) for code in ("8", "3", "4", "2", "11")] == [1, 0, 0, 1, 1]


def test_a_goal_that_nobody_proposed_is_not_served_and_one_that_waits_is_unknown() -> None:
    (lesson,) = lessons([said("accepted", "8")], {"p1": frozenset({"3", "8"}), "p2": frozenset({"5"})})
    assert [lesson.flag(code) for code in ("5", "3", "8")] == [0, UNKNOWN, 1]


def test_the_later_of_two_decisions_that_disagree_holds() -> None:
    (lesson,) = lessons([said("accepted", "8"), said("rejected", "8", text=f" {CLINIC.upper()} ", passage="p2")], {})
    assert lesson.flag("8") == 0


def test_the_same_words_in_two_passages_are_one_lesson_of_the_first_document() -> None:
    found = lessons([said("accepted", "8"), replace(said("accepted", "3"), passage="p2", document="d2")], {})
    assert [(lesson.document, dict(lesson.serves)) for lesson in found] == [("d1", {"8": True, "3": True})]


@pytest.mark.parametrize(
    ("passages", "documents", "missing"),
    [(12, 3, "(18 passages missing)"), (30, 2, "(1 document missing)"), (2, 1, "(28 passages and 2 documents")],
)
def test_too_few_decisions_are_refused_with_how_many_are_missing(passages: int, documents: int, missing: str) -> None:
    found = [Lesson("text", f"d{place % documents}", {}) for place in range(passages)]
    with pytest.raises(TooFewDecisions) as raised:
        check(found, FRAMEWORK)
    assert missing in str(raised.value)


# Corrections


def decisions(habit: bool, documents: int = 8) -> Decisions:
    """Texts of two kinds; two goals are proposed for all; by habit the second is never accepted of the first kind."""
    draw = np.random.default_rng(1)
    rows = documents * 12
    kind = np.arange(rows) % 2
    vectors = encode([("a nurse in a hospital ward", "a school and its pupils")[one] for one in kind])
    probabilities = draw.uniform(0.5, 0.95, (rows, 2))
    goals = (draw.uniform(size=(rows, 2)) < probabilities).astype(int)
    if habit:
        goals[kind == 0, 1] = 0
    names = np.array([f"d{place // 12}" for place in range(rows)])
    return Decisions(probabilities, vectors, goals, names)


def proposals_of(goals: int, each: int) -> Decisions:
    """Texts for which one goal each is proposed, mostly rightly, save that the first goal is always rejected."""
    draw = np.random.default_rng(2)
    rows = goals * each
    proposed = np.arange(rows) % goals
    probabilities = draw.uniform(0.001, 0.1, (rows, goals))
    probabilities[np.arange(rows), proposed] = draw.uniform(0.6, 0.95, rows)
    served = np.zeros((rows, goals), dtype=int)
    served[np.arange(rows), proposed] = proposed > 0
    vectors = encode([f"Our team gave {place} days to number {place % 7} in town." for place in range(rows)])
    return Decisions(probabilities, vectors, served, np.array([f"d{place // goals}" for place in range(rows)]))


def test_a_reviewers_habit_is_learnt_where_it_holds_and_only_there() -> None:
    known = decisions(habit=True)
    corrected = fit_correction(known).corrected(known.probabilities, known.vectors)
    wards, schools = corrected[0::2, 1], corrected[1::2, 1]
    assert wards.mean() < 0.25
    assert schools.mean() > 0.5


def test_where_a_model_is_right_nothing_much_is_corrected() -> None:
    known = decisions(habit=False)
    corrected = fit_correction(known).corrected(known.probabilities, known.vectors)
    assert np.abs(corrected - known.probabilities).mean() < 0.08


def test_what_is_unknown_teaches_nothing() -> None:
    known = decisions(habit=True)
    unknown = replace(known, goals=np.column_stack([known.goals[:, 0], np.full(len(known.goals), UNKNOWN)]))
    assert fit_correction(unknown).corrected(known.probabilities, known.vectors)[0::2, 1].mean() > 0.4


def test_decisions_that_are_all_alike_correct_nothing() -> None:
    known = decisions(habit=False)
    correction = fit_correction(replace(known, goals=np.zeros_like(known.goals)))
    assert (correction.corrected(known.probabilities, known.vectors) == known.probabilities).all()


def test_probabilities_that_are_too_high_throughout_come_down() -> None:
    known = decisions(habit=False)
    doubtful = replace(known, probabilities=np.clip(known.probabilities + 0.3, 0, 0.999))
    corrected = fit_correction(doubtful).corrected(doubtful.probabilities, known.vectors)
    assert doubtful.probabilities.mean() - known.goals.mean() > 0.15
    assert abs(corrected.mean() - known.goals.mean()) < 0.02


@pytest.mark.parametrize("times", [6, 12])
def test_after_a_handful_of_rejections_a_goal_is_no_longer_proposed_and_others_still_are(times: int) -> None:
    known = proposals_of(goals=5, each=times)
    corrected = fit_correction(known).corrected(known.probabilities, known.vectors)
    rejected, others = corrected[known.probabilities >= 0.5].reshape(-1, 5).T[[0]], corrected[known.goals == 1]
    assert (rejected < 0.3).all()
    assert (others > 0.7).all()


def test_parts_hold_whole_documents_and_every_text_once() -> None:
    known = decisions(habit=False)
    parts = list(known.folds(5))
    assert (np.sum(parts, axis=0) == 1).all()
    held = [set(known.documents[part]) for part in parts]
    assert sum(map(len, held)) == len(set().union(*held)) == 8


def test_learning_again_from_the_same_gives_the_same() -> None:
    known = decisions(habit=True)
    one, two = (fit_correction(known).corrected(known.probabilities, known.vectors) for _ in range(2))
    assert (one == two).all()


# Models


def corrected_model() -> tuple[Correction, Model]:
    model = load_model(FRAMEWORK)
    known = decisions(habit=True)
    rows = len(known.goals)
    probabilities = np.tile([0.9, *[0.1] * (len(model.codes) - 1)], (rows, 1))
    goals = np.zeros(probabilities.shape, dtype=int)
    goals[::3, 0] = 1
    correction = fit_correction(replace(known, probabilities=probabilities, goals=goals))
    return correction, replace(model, corrections={FULL: correction, FAST: correction})


def test_a_corrected_model_is_another_one_and_survives_its_file() -> None:
    shipped = load_model(FRAMEWORK)
    correction, model = corrected_model()
    again = read_model(as_bytes(model), "again")
    assert fingerprint_of(again) == fingerprint_of(model) != fingerprint_of(shipped)
    texts, cues = [CLINIC], np.zeros((1, len(shipped.codes)))
    before = shipped.predict(texts, cues, FAST).goals
    assert (again.predict(texts, cues, FAST).goals == correction.corrected(before, encode(texts))).all()
    assert again.weighings[FAST].threshold == shipped.weighings[FAST].threshold


def test_where_only_the_topic_counts_nothing_is_corrected() -> None:
    shipped, (_, model) = load_model(FRAMEWORK), corrected_model()
    arguments = ([CLINIC], np.zeros((1, len(shipped.codes))), FAST, 4.0)
    assert (model.predict(*arguments).goals == shipped.predict(*arguments).goals).all()


# The whole


@pytest.fixture(scope="module")
def taught() -> list[Lesson]:
    """What goalmap proposes for annotated documents, decided as they are annotated, but goals 1 to 4 are never accepted."""
    passages = [
        (document.id, one.text, one.goals)
        for document in gold_documents(SECOND)[:12]
        for one in document.passages
        if one.is_content
    ]
    one = classifier(FRAMEWORK, Manner(mode=FAST))
    proposed = one.weigh([text for _, text, _ in passages]).goals >= one.threshold
    return [
        Lesson(text, document, dict.fromkeys((code for code in goals if code not in HABIT), True))
        for (document, text, goals), row in zip(passages, proposed, strict=True)
        if row.any()
    ]


def test_a_model_that_learns_a_habit_earns_its_place(taught: list[Lesson]) -> None:
    learnt = learn(taught, FRAMEWORK)
    for comparison in learnt.comparisons.values():
        before, after = comparison.before, comparison.after
        assert after.all.f1 > before.all.f1
        assert after.calibration.error < before.calibration.error
        assert sum(after.by_goal[code].false for code in HABIT) < sum(before.by_goal[code].false for code in HABIT) / 3
        assert after.all.hits > 0.9 * before.all.hits
        assert comparison.is_earned
    assert learnt.documents == len({lesson.document for lesson in taught})
    assert learnt.name == f"{FRAMEWORK}@{fingerprint_of(learnt.model)}"


def test_a_correction_is_measured_on_documents_that_it_has_not_seen() -> None:
    known = decisions(habit=False)
    changed = replace(known, goals=known.goals.copy())
    last = known.documents == "d7"
    changed.goals[last] = 1 - changed.goals[last]
    one, two = (unseen(each, 0.5)[0] for each in (known, changed))
    assert (one[last] == two[last]).all()
    assert (one[~last] != two[~last]).any()


def test_a_model_that_does_worse_or_no_better_does_not_earn_its_place() -> None:
    truth = np.array([[1, 0], [0, 1], [1, 1], [0, 0]] * 10)
    documents = np.array([f"d{place // 4}" for place in range(len(truth))])
    right, wrong = truth.astype(float), 1.0 - truth
    better = compare(documents, ("1", "2"), truth, (wrong, wrong > 0.5), (right, right > 0.5))
    worse = compare(documents, ("1", "2"), truth, (right, right > 0.5), (wrong, wrong > 0.5))
    same = compare(documents, ("1", "2"), truth, (right, right > 0.5), (right, right > 0.5))
    assert [one.is_earned for one in (better, worse, same)] == [True, False, False]
    assert (worse.gain.low, worse.gain.high) == (-1.0, -1.0)
    assert (same.after.all.f1, same.after.proposed_on_empty.hits, same.after.proposed_on_empty.n) == (1.0, 0, 10)
