"""The progress report: statuses of recommendations, then and now, figures over time, and the list that goes back and forth."""

import csv
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.classify.activities.model import Activity, Body, Filing, Measure, Origin, Reading, Telling
from goalmap.classify.engines import Serial
from goalmap.classify.pipeline import Settings
from goalmap.cli import main
from goalmap.ingest.find import find as find_files
from goalmap.report.content_words import content_words
from goalmap.report.draft.files import write_draft
from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Draft, Picture, Section
from goalmap.report.measures import background_series, gaps_of, series_of, when
from goalmap.report.progress import progress_draft
from goalmap.report.progress_material import Asked, Progress, find_progress
from goalmap.report.recommendation_files import (
    RecommendationsProblem,
    read_earlier,
    read_recommendations,
    write_recommendations,
)
from goalmap.report.recommendations import STATUSES, Answer, Recommendation, answers, with_words_of
from goalmap.report.recommended import recommendations_in
from goalmap.report.report_templates import find
from goalmap.report.sections.table import SECTIONS
from goalmap.report.then_and_now import changes, first_day, is_dated_after, last_day
from goalmap.report.verbatim import NotVerbatim
from goalmap.store.database import open_database
from goalmap.store.later import find_since
from goalmap.store.people import Background
from goalmap.store.save import save_frameworks
from tests.drafts import uncited
from tests.many import many_activities

TODAY = "2025-06-01"
GOAL = "purpose-goals/8"
SUFFIXES = (".html", ".docx", ".md", ".csv", ".xlsx", ".json")
Ingest = Callable[..., object]


def telling(
    id: str, text: str, stage: str = "delivered", published: str | None = "2025-01-01", goal: str = GOAL
) -> Telling:
    return Telling(
        id, text, Origin(f"d-{id}", f"Document {id}", "Ashwick Trust", published), (Filing(goal, "accepted", stage),)
    )


def activity(*tellings: Telling, id: str = "a1", title: str = "A scheme", **more: object) -> Activity:
    goals = tuple(dict.fromkeys(goal for one in tellings for goal in one.goals))
    stages = [filing.stage for one in tellings for filing in one.filings]
    return Activity(id, "purpose-goals", "reviewed", title, goals, stages[0], tellings, **more)  # type: ignore[arg-type]


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


# Dates


@pytest.mark.parametrize(
    ("published", "day", "later"),
    [
        ("2024-05-02", "2024-05-01", True),
        ("2024-05-01", "2024-05-01", False),
        ("2024", "2024-05-01", False),
        ("2024-07", "2024-07", False),
        ("2025", "2024-07", True),
        (None, "2024-07", False),
    ],
)
def test_a_document_is_later_only_where_its_date_leaves_no_doubt(published: str | None, day: str, later: bool) -> None:
    assert is_dated_after(published, day) is later


@given(st.dates())
def test_a_day_known_in_full_is_its_own_first_and_last(day: object) -> None:
    assert first_day(str(day)) == last_day(str(day)) == str(day)


# Then and now


def test_activities_are_new_gone_further_told_again_or_not_told_since() -> None:
    old, new = "2023-01-01", "2025-01-01"
    told = [
        activity(telling("p1", "New.", published=new), id="a1"),
        activity(telling("p3", "Opened.", "delivered", new), telling("p2", "To open.", "planned", old), id="a2"),
        activity(telling("p4", "Runs.", "ongoing", old), telling("p5", "Still runs.", "ongoing", new), id="a3"),
        activity(telling("p6", "Was done.", published=old), id="a4"),
    ]
    found = changes(told, lambda one: is_dated_after(one.document.published, "2024-01-01"))
    assert [change.kind for change in found] == ["new", "gone further", "told again", "not told since"]
    assert (found[1].then, found[1].now, found[1].cites) == ("planned", "delivered", ("p3",))


# Figures over time


def counted(id: str, value: float, as_of: str, published: str, what: str = "apprentices in training") -> Activity:
    words = f"{value:g}"
    told = telling(f"p{id}", f"{words} {what}", published=published)
    reading = Reading(words, value, told.passage_id, 0, len(words), None, as_of)
    return activity(told, id=id, owner=Body("Ashwick Trust", "e1"), figures=(Measure(what, None, (reading,)),))


def test_one_measure_of_one_body_in_two_documents_is_a_series_with_the_oldest_first() -> None:
    (found,) = series_of([counted("2", 512, "2024-12-05", "2024-12-05"), counted("1", 453, "2024-03", "2024-07")])
    assert [value.words for value in found.values] == ["453", "512"]
    assert found.label == "Ashwick Trust: Apprentices in training"


def test_measures_of_other_words_or_of_one_general_word_are_not_joined() -> None:
    assert not series_of([counted("1", 453, "2023", "2023"), counted("2", 512, "2024", "2024", "nursing apprentices")])
    assert not series_of([counted("1", 40, "2023", "2023", "people"), counted("2", 60, "2024", "2024", "people")])


def test_a_figure_for_a_day_to_come_is_a_plan_and_stands_in_no_series() -> None:
    assert not series_of([counted("1", 453, "2024-03", "2024-07"), counted("2", 600, "2026-03", "2024-07")])


def test_two_values_of_one_document_without_times_of_their_own_stand_in_no_series() -> None:
    one = counted("1", 453, "2024-07", "2024-07")
    (measure,) = one.figures
    (reading,) = measure.readings
    twice = (reading, Reading("380", 380, reading.passage_id, 4, 7, None, "2024-07"))
    both = activity(*one.tellings, owner=one.owner, figures=(Measure(measure.what, None, twice),))
    assert not series_of([both, counted("2", 512, "2025-01", "2025-01")])


def background_of(year: str, value: float, kind: str = "share", of_whom: str = "senior managers") -> Background:
    document = Origin(f"d{year}", "Pay report", "Ashwick Trust", "2025")
    question = "parental occupation at 14"
    return Background(
        "Ashwick Trust",
        "e1",
        kind,
        question,
        of_whom,
        year,
        value,
        "%",
        f"p{year}{kind}",
        0,
        3,
        f"{value:g}%",
        document,
    )


def test_background_measures_are_compared_only_by_one_definition_and_no_year_is_guessed() -> None:
    measures = [
        background_of("2022/23", 24),
        background_of("2024", 31),
        background_of("2024", 9, of_whom="all staff"),
        background_of("", 71, "response rate", ""),
    ]
    found = {one.what: [(value.when, value.words) for value in one.values] for one in background_series(measures)}
    assert found == {
        "share, senior managers": [("2023", "24%"), ("2024", "31%")],
        "share, all staff": [("2024", "9%")],
        "response rate": [("", "71%")],
    }
    assert list(gaps_of(background_series(measures))) == [("Ashwick Trust", "parental occupation at 14", ("pay gap",))]


@pytest.mark.parametrize(("year", "ends"), [("2023", "2023"), ("2022/23", "2023"), ("2022–2023", "2023"), ("", "")])
def test_a_year_stands_where_it_ends(year: str, ends: str) -> None:
    assert when(year) == ends


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


# The report on a database


@pytest.fixture
def told_db(map_db: Database) -> Database:
    """The map's documents with a list of recommendations in one of them."""
    map_db.conn.executescript("""
        insert into passages (id, document_id, position, kind, heading, text) values
          ('q0', 'd2', 10, 'body', '5. Recommendations', 'The university should:'),
          ('q1', 'd2', 11, 'list_item', '5. Recommendations', '1. plant trees with residents of Ashwick, paid for by a grant;'),
          ('q2', 'd2', 12, 'list_item', '5. Recommendations', '2. open a crèche for the children of night staff.'),
          ('q3', 'd2', 13, 'list_item', '5. Recommendations', '3. note the report.');
    """)
    return map_db


def made(db: Database, **asked: object) -> tuple[Progress, Draft]:
    found = find_progress(db, Asked(**asked), TODAY)  # type: ignore[arg-type]
    return found, locked(db, progress_draft(found, find("progress", SECTIONS)))


def sections_of(draft: Draft) -> dict[str, Section]:
    def every(sections: tuple[Section, ...]) -> Iterator[Section]:
        for one in sections:
            yield one
            yield from every(one.sections)

    return {one.title: one for one in every(draft.sections)}


def test_recommendations_are_read_from_the_list_under_their_heading(told_db: Database) -> None:
    found = recommendations_in(told_db, "annual report")
    assert [one.text for one in found] == [
        "plant trees with residents of Ashwick, paid for by a grant",
        "open a crèche for the children of night staff.",
    ]
    assert {one.made_on for one in found} == {"2023"}


def test_once_people_decided_only_what_they_decided_answers(told_db: Database) -> None:
    found, draft = made(told_db, report="annual report")
    assert [answer.status for answer in found.answers] == ["no evidence found"] * 2
    told_db.execute(
        "insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, stage, decided_at)"
        " values ('p6', 'purpose-goals/12', 'purpose-goals/12', 'accepted', 'delivered', '2024-07-01')"
    )
    found, draft = made(told_db, report="annual report")
    assert [answer.status for answer in found.answers] == ["done", "no evidence found"]
    assert "What was recommended, and what happened" in sections_of(draft)


def test_a_report_on_undecided_proposals_counts_them_and_says_that_they_are_proposals(told_db: Database) -> None:
    told_db.execute("drop trigger decisions_are_not_deleted")
    told_db.execute("delete from decisions")
    found, draft = made(told_db, report="annual report")
    statuses = {answer.recommendation.passage_id: answer.status for answer in found.answers}
    assert statuses == {"q1": "planned", "q2": "no evidence found"}
    assert draft.notices[0].kind == "warning"
    assert draft.data["recommendations"][0]["citations"] == ["p6"]  # type: ignore[index]


def test_a_report_against_an_earlier_one_tells_what_is_new_and_what_is_gone(map_db: Database, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    write_draft(made(map_db, since="2020")[1], earlier)
    data = json.loads(earlier.read_text())
    data["activities"] = [row for row in data["activities"] if "p1" not in row["citations"]]
    data["activities"].append(
        {"id": "gone", "title": "A café", "goals": ["purpose-goals/9"], "stage": "ongoing", "citations": ["px"]}
    )
    data["recommendations"] = [
        {"id": "r1", "goal": "purpose-goals/5", "text": "Interview residents of the poorest wards", "made_on": "2023"}
    ]
    earlier.write_text(json.dumps(data))
    found, draft = made(map_db, against=earlier)
    kinds = {
        change.title if change.activity is None else change.activity.main.passage_id: change.kind
        for change in found.changes
    }
    assert (kinds["p1"], kinds["A café"]) == ("new", "no longer there")
    assert found.answers[0].status == "done"
    assert "In the earlier report only" in sections_of(draft)


def test_an_earlier_report_of_another_framework_is_refused_with_the_way_out(map_db: Database, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps({"made_on": "2023", "framework": {"id": "un-sdgs"}, "activities": []}))
    result = goalmap(map_db, "progress", "--against", earlier, "-o", tmp_path / "x.html")
    assert result.exit_code == 2
    assert "--framework un-sdgs" in result.output


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"made_on": "2023"}', '{"made_on": "soon", "activities": []}', "[" * 9999]
)
def test_a_file_that_is_no_earlier_report_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(RecommendationsProblem):
        read_earlier(tmp_path / "x.json", ())


def test_since_a_run_is_what_was_read_after_it(map_db: Database) -> None:
    map_db.execute(
        "insert into runs (id, started, finished, command) values ('x2', '2024-07-01', '2024-07-01', 'ingest')"
    )
    map_db.execute("update documents set run_id = 'x2' where id = 'd1'")
    assert find_since(map_db, "x1").read_later == {"d1"}
    found, _ = made(map_db, since="x1")
    assert {change.kind for change in found.changes if change.activity and "p1" in change.activity.passages} == {"new"}


def test_an_unknown_run_is_answered_with_those_there_are(map_db: Database, tmp_path: Path) -> None:
    result = goalmap(map_db, "progress", "--since", "yesterday", "-o", tmp_path / "x.html")
    assert result.exit_code == 2
    assert "x1 (2024-06-01)" in result.output


def test_what_figures_and_measures_tell_is_cited(told_db: Database) -> None:
    told_db.conn.executescript("""
        insert into passages (id, document_id, position, kind, text) values
          ('q9', 'd1', 30, 'body', 'Of staff who answered, 24 per cent had a parent in routine or manual work.');
        insert into measures (id, passage_id, start, "end", organisation_id, kind, value, unit, question, of_whom, year)
          values ('s1', 'q9', 23, 34, 'e2', 'share', 24, '%', 'parental occupation at 14', 'staff', '2023');
    """)
    told = sections_of(made(told_db, report="annual report", since="2023-06")[1])
    own = told["Socio-economic background of staff"]
    assert "24 per cent" in str(own)
    assert "response rate or pay gap" in str(own)
    draft = Draft("progress", "", "", TODAY, (own,))
    assert not uncited(told_db, draft, known=("parental occupation at 14",))


def test_the_report_is_the_same_bytes_twice_in_every_form(told_db: Database, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        for name in ("one", "two"):
            write_draft(made(told_db, report="annual report", since="2023-06")[1], tmp_path / f"{name}{suffix}")
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


HOSTILE = '"><script>alert(1)</script> =cmd() {0} \u202eabc | `x` ]]> \x07' + "long " * 300


def test_hostile_recommendations_and_titles_hold_in_every_form(told_db: Database, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(
        json.dumps({"recommendations": [{"id": HOSTILE, "text": HOSTILE, "note": HOSTILE, "status": "done"}]})
    )
    told_db.execute("update documents set title = ?, publisher = ?", [HOSTILE, HOSTILE])
    draft = made(told_db, recommendations=tmp_path / "list.json", since="2023-06")[1]
    for suffix in SUFFIXES:
        write_draft(draft, tmp_path / f"report{suffix}")
    assert "<script>alert" not in (tmp_path / "report.html").read_text("utf-8")


def test_a_recommendation_whose_passage_was_changed_refuses_the_report(told_db: Database) -> None:
    told_db.execute("update passages set seal = 'of another text' where id = 'q1'")
    with pytest.raises(NotVerbatim, match="q1"):
        made(told_db, report="annual report")


# The command


def goalmap(db: Database, *arguments: object) -> Result:
    (path,) = (row[2] for row in db.execute("pragma database_list").fetchall())
    return CliRunner().invoke(main, ["report", *map(str, arguments), "--db", path, "--date", TODAY])


def test_the_command_writes_the_report_and_the_list(told_db: Database, tmp_path: Path) -> None:
    out, report = tmp_path / "list.csv", tmp_path / "report.html"
    result = goalmap(told_db, "progress", "--report", "annual report", "-o", report, "--recommendations-out", out)
    assert result.exit_code == 0, result.output
    assert "list.csv written with 2 recommendations" in result.stderr
    again = goalmap(told_db, "progress", "--recommendations", out, "-o", report)
    assert again.exit_code == 0, again.output


def test_the_command_asks_what_to_compare_with(map_db: Database, tmp_path: Path) -> None:
    result = goalmap(map_db, "progress", "-o", tmp_path / "x.html")
    assert result.exit_code == 2
    assert "--against" in result.output


def test_a_document_without_recommendations_is_answered_with_what_to_do(map_db: Database, tmp_path: Path) -> None:
    result = goalmap(map_db, "progress", "--report", "Trees for Ashwick", "-o", tmp_path / "x.html")
    assert result.exit_code == 2
    assert "--recommendations" in result.output


# How large it may be, and two years of one body


@pytest.mark.slow
def test_5000_reviewed_activities_and_100_recommendations_take_under_ten_seconds_of_cpu(
    db: Database, tmp_path: Path
) -> None:
    save_frameworks(db, ["purpose-goals"])
    many_activities(db, 5000, bodies=1)
    rows = [
        {"text": f"Help {n} residents of scheme {n} into work", "goal": n % 14 + 1, "made_on": "2023"}
        for n in range(100)
    ]
    (tmp_path / "list.json").write_text(json.dumps({"recommendations": rows}))
    began = time.process_time()
    found, draft = made(db, recommendations=tmp_path / "list.json", since="2024-01-01")
    write_draft(draft, tmp_path / "report.html")
    assert time.process_time() - began < 10
    assert len(found.answers) == 100


YEARS = {
    "2023.txt": """Lockgate Community NHS Trust annual report

Published 1 June 2023

Recommendations

- We will open a crèche at Mill Lane for the children of night staff.

Our apprenticeship scheme, Step Across, trained 84 apprentices from Dockside in 2022/23.
""",
    "2025.txt": """Lockgate Community NHS Trust annual report

Published 2 June 2025

In January 2025 we opened a crèche at Mill Lane for the children of night staff, with 24 places.

Our apprenticeship scheme, Step Across, trained 131 apprentices from Dockside in 2024/25.
""",
}


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two reports of one body as the models read them."""
    folder = tmp_path_factory.mktemp("years")
    for name, text in YEARS.items():
        (folder / name).write_text(text)
    with closing(open_database(folder / "goalmap.db", create=True)) as database:
        ingest_real(database, folder)
        yield database


def ingest_real(db: Database, folder: Path) -> None:
    from goalmap.store.load import ingest

    ingest(db, find_files([folder]), Settings(("purpose-goals",)), Serial())


@pytest.mark.slow
def test_what_was_recommended_in_one_year_is_found_done_in_a_later_one(two_years: Database) -> None:
    text = "Open a crèche at Mill Lane for the children of night staff."
    found = find_progress(two_years, Asked(since="2023-12-31"), TODAY)
    (one,) = answers([Recommendation("r1", text, None, "2023-06-01")], found.evidence.shown, found.is_later)
    assert one.status == "done"
    assert "crèche at Mill Lane" in one.matches[0].telling.text


@pytest.mark.slow
def test_a_figure_of_two_years_is_drawn_with_both_and_its_change(two_years: Database) -> None:
    draft = made(two_years, since="2023-12-31")[1]
    told = sections_of(draft)
    (title,) = (name for name in told if "apprentices" in name)
    assert any(isinstance(block, Picture) for block in told[title].blocks)
    assert "up by 56%" in str(told[title].blocks)
