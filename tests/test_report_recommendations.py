"""Recommendations: the status that later passages propose, and the list that goes to a person and back."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.classify.activities.model import Activity, Body, Filing, Origin, Telling
from goalmap.report.progress.content_words import content_words
from goalmap.report.progress.material import Asked, find_progress
from goalmap.report.progress.recommendation_files import (
    RecommendationsProblem,
    read_recommendations,
    write_recommendations,
)
from goalmap.report.progress.recommendations import STATUSES, Answer, Recommendation, answers, with_words_of
from goalmap.report.progress.then_and_now import is_dated_after
from tests.activities_by_hand import GOAL, activity, telling

TODAY = "2025-06-01"


def answer(one: Recommendation, *told: Activity) -> Answer:
    (found,) = answers([one], told, lambda day, passage: is_dated_after(passage.document.published, day or ""))
    return found


MENOPAUSE = Recommendation("r1", "Train managers on the menopause and offer flexible shifts.", GOAL, "2023-05-01")
TOLD = "In 2024 we trained 120 managers on the menopause, and flexible shifts followed."


# The status of a recommendation


@pytest.mark.parametrize(
    ("stage", "status"),
    [("delivered", "done"), ("ongoing", "under way"), ("planned", "planned"), ("aspiration", "planned")],
)
def test_the_furthest_stage_told_later_proposes_the_status(stage: str, status: str) -> None:
    found = answer(MENOPAUSE, activity(telling("p1", TOLD, stage)))
    assert (found.status, found.is_by_person) == (status, False)
    assert "“menopause”" in found.why


def test_what_was_told_before_the_recommendation_does_not_answer_it() -> None:
    found = answer(MENOPAUSE, activity(telling("p1", TOLD, published="2023-04-30")))
    assert (found.status, found.searched) == ("no evidence found", 0)


def test_a_passage_of_the_same_goal_on_something_else_does_not_answer_it() -> None:
    found = answer(MENOPAUSE, activity(telling("p1", "A bus brought 300 patients to the clinic on Mill Lane.")))
    assert (found.status, found.searched) == ("no evidence found", 1)


def test_a_passage_that_says_it_was_withdrawn_proposes_superseded() -> None:
    text = "The course that trained managers on the menopause, with flexible shifts, was withdrawn in June."
    assert answer(MENOPAUSE, activity(telling("p1", text))).status == "superseded"


def test_an_answer_must_name_the_initiative_that_the_recommendation_names() -> None:
    from goalmap.classify.activities.model import Named

    asked = Recommendation("r1", "Open a second desk of the Care Library at Marlpit Hospital.", None, "2023-01-01")
    library = Named(Body("Care Library", "e1"), "initiative", 4, 16, "Care Library")
    other = activity(telling("p1", "A second boiler desk at Marlpit Hospital was replaced."), id="a1")
    own = Telling("p2", "The Care Library has a desk at Marlpit Hospital.", Origin("d2", "News", None, "2024-01-01"),
                  (Filing(GOAL, "accepted", "delivered"),), named=(library,))  # fmt: skip
    found = answer(asked, other, activity(own, id="a2"))
    assert [match.telling.passage_id for match in found.matches] == ["p2"]


def test_a_persons_status_wins_and_the_proposal_stays_in_view() -> None:
    said = Recommendation("r1", MENOPAUSE.text, GOAL, "2023-05-01", status="under way", reviewer="Ann Lee")
    found = answer(said, activity(telling("p1", TOLD)))
    assert (found.status, found.proposed, found.is_by_person) == ("under way", "done", True)


@pytest.mark.parametrize(
    ("kind", "text", "status"),
    [
        ("begin", "A credit union opened on the ward.", "done"),
        ("report", "The garden that was planned is open.", "done"),
        ("count", "The garden that was planned is open.", "no evidence found"),
    ],
)
def test_what_our_own_reports_recommend_is_answered_by_its_kind(kind: str, text: str, status: str) -> None:
    one = Recommendation("r1", "Consider “Small Talk”.", GOAL, "2023-05-01", kind=kind, basis=frozenset({"a1"}))
    assert answer(one, activity(telling("p1", text))).status == status


@given(st.text(max_size=300))
def test_any_text_has_content_words_that_stand_in_it(text: str) -> None:
    assert all(word in text for word in content_words(text).values())


# A person's list


def goals_of(db: Database) -> tuple[object, ...]:
    return find_progress(db, Asked(since="2020"), TODAY).evidence.scope.goals


def test_a_list_is_read_with_any_spelling_of_goal_and_status(map_db: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "ID;Text;Goal;Made_on;Status;Note;Owner\nR1;Hire openly;Goal 5;2023;Complete;Seen;HR\n;Lend laptops;10;;;;\n"
    )
    one, other = read_recommendations(path, goals_of(map_db))  # type: ignore[arg-type]
    assert (one.id, one.goal, one.status, one.note, one.more) == (
        "R1",
        "purpose-goals/5",
        "done",
        "Seen",
        {"owner": "HR"},
    )
    assert other.id.startswith("r")
    assert other.status == ""


def test_a_list_with_faults_is_refused_with_every_line(map_db: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,text,goal,made_on,status\na,One,99,,\na,Two,5,June,\nb,Three,5,,nearly\nc,,5,,done\n")
    with pytest.raises(RecommendationsProblem) as told:
        read_recommendations(path, goals_of(map_db))  # type: ignore[arg-type]
    for problem in ("line 2: no goal", "line 3: made_on", "line 4: no status", "line 5: the text", "the id a stands"):
        assert problem in str(told.value)
    assert told.value.exit_code == 3


def test_a_toml_list_is_read_too(map_db: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text('[[recommendations]]\nid = "R1"\ntext = "Hire openly"\ngoal = 5\nmade_on = 2023-06-01\n')
    (one,) = read_recommendations(path, goals_of(map_db))  # type: ignore[arg-type]
    assert (one.goal, one.made_on) == ("purpose-goals/5", "2023-06-01")


def test_what_a_person_wrote_survives_every_writing_of_the_list(map_db: Database, tmp_path: Path) -> None:
    path, goals = tmp_path / "out.csv", goals_of(map_db)
    proposed = answers(
        [Recommendation("R1", "Hire openly", "purpose-goals/5"), Recommendation("R2", "=cmd()")], (), lambda *_: True
    )
    write_recommendations(path, proposed, goals)  # type: ignore[arg-type]
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [row["status"] for row in rows] == ["", ""]
    assert rows[1]["text"] == "'=cmd()"
    rows[0] |= {"status": "in progress", "note": "HR says so", "reviewer": "Ann"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows([*rows, rows[0] | {"id": "mine", "text": "Added by hand", "status": "done"}])
    for _ in range(2):
        write_recommendations(path, proposed, goals)  # type: ignore[arg-type]
    kept = {one.id: one for one in read_recommendations(path, goals)}  # type: ignore[arg-type]
    assert (kept["R1"].status, kept["R1"].note, kept["R1"].reviewer) == ("under way", "HR says so", "Ann")
    assert (kept["R2"].text, kept["mine"].status) == ("=cmd()", "done")


@given(st.sampled_from(STATUSES), st.text(max_size=40), st.text(max_size=40))
def test_a_persons_row_is_never_lost_when_lists_are_joined(status: str, note: str, id: str) -> None:
    said = Recommendation(id or "x", "Said", status=status, note=note)
    joined = with_words_of([Recommendation("other", "Another"), Recommendation(said.id, "Same")], [said])
    own = [one for one in joined if one.id == said.id and one.status]
    assert [(one.status, one.note) for one in own] == [(status, note)]
