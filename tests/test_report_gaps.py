"""The gap report: which goals lack evidence, what was searched for each, what came near, what is planned, what others do."""

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.classify.activities.model import Activity, Body, Detail, Filing, Origin, Telling
from goalmap.cli import main
from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Block, Draft, Fact, Section, Table, runs_of
from goalmap.report.evidence import find_evidence
from goalmap.report.gaps.found import FINE, NONE, WEAK, WEAKNESSES, GoalGap, Planned, Weighed, due_of, goal_gaps
from goalmap.report.reports.gaps import Asked, gap_report
from goalmap.report.scope import Organisation
from goalmap.store.contents.searched import find_searched
from goalmap.store.database import immediate
from tests.drafts import uncited
from tests.many_activities import many_activities

TODAY = date(2024, 6, 30)


def gaps_of(db: Database, organisation: str | None = None) -> dict[str, GoalGap]:
    evidence = find_evidence(db, organisation)
    return {gap.goal.code: gap for gap in goal_gaps(evidence, find_searched(db, evidence.scope))}


def words(blocks: tuple[Block, ...]) -> str:
    return " ".join(run.text for block in blocks for run in runs_of(block))


def section(draft: Draft, title: str) -> Section:
    everything = [inner for outer in draft.sections for inner in (outer, *outer.sections)]
    return next(one for one in everything if one.title.startswith(title))


def part(draft: Draft, goal: str, title: str) -> str:
    return words(next(one.blocks for one in section(draft, goal).sections if one.title == title))


# Strong, weak or none


def told(
    name: str, publisher: str | None, text: str = "We run a café.", stage: str = "delivered", **more: object
) -> Activity:
    filing = Filing("g/1", str(more.pop("verdict", "accepted")), stage)
    telling = Telling(f"p-{name}", text, Origin(f"d-{name}", "A document", publisher), (filing,))
    status = "reviewed" if filing.is_decided else "proposed"
    return Activity(f"a-{name}", "g", status, name, ("g/1",), stage, (telling,), **more)  # type: ignore[arg-type]


def weak(*found: Activity, organisation: Organisation | None = None, undecided: bool = False) -> list[int]:
    """The places in WEAKNESSES of those that hold."""
    one = Weighed(found, organisation, undecided)
    return [place for place, (_, holds) in enumerate(WEAKNESSES) if holds(one)]


def test_intentions_alone_are_weak_evidence() -> None:
    planned, done = told("a", "T", stage="planned"), told("b", "T")
    assert (weak(planned, planned), weak(planned, done)) == ([0], [])


def test_proposals_that_nobody_decided_are_weak_unless_nothing_is_decided_at_all() -> None:
    one = told("a", "T", verdict="proposed")
    assert (weak(one, one), weak(one, one, undecided=True)) == ([1], [])


def test_one_passage_is_weak_evidence() -> None:
    assert weak(told("a", "T")) == [2]


def test_what_only_others_tell_is_at_second_hand() -> None:
    own = Organisation("Ashwick Trust", ("Ashwick Trust",), ())
    ours, theirs = told("a", "Ashwick Trust"), told("b", "Marlow Gazette", owner=Body("Ashwick Trust"))
    assert (weak(theirs, theirs), weak(theirs, theirs, organisation=own)) == ([3], [3])
    assert weak(ours, theirs, organisation=own) == []


def test_a_document_of_nobody_known_is_not_called_second_hand() -> None:
    assert weak(told("a", None), told("b", None, owner=Body("Ashwick Trust"))) == []


def test_every_goal_of_the_framework_is_told_and_each_is_none_weak_or_fine(map_db: Database) -> None:
    gaps = gaps_of(map_db)
    assert list(gaps) == [str(number) for number in range(1, 15)]
    none = {code for code, gap in gaps.items() if gap.strength == NONE}
    assert none == {"1", "4", "6", "7", "8", "9", "11", "14"}
    assert all(bool(gap.weaknesses) == (gap.strength == WEAK) for gap in gaps.values())


def test_many_activities_that_are_done_are_good_evidence(map_db: Database) -> None:
    many_activities(map_db, 56, bodies=4)
    assert gaps_of(map_db)["1"].strength == FINE


# When something is due

DUE = [
    ("We will plant 400 trees by 2026.", "2026"),
    ("Vans will be electric by July 2026.", "2026-07"),
    ("The strategy will run for 2025/26.", "2026"),
    ("We opened in 2019. A second hub will follow in autumn 2025.", "2025"),
    ("We opened in 2019. It is good. More is planned.", None),
    ("Open a second desk in spring 2025;", "2025"),
    ("We will open a hub.", None),
]


@pytest.mark.parametrize(("text", "due"), DUE)
def test_the_last_time_that_an_intention_names_is_read(text: str, due: str | None) -> None:
    assert due_of(told("a", "T", text, "planned")) == due


def test_a_period_is_read_as_well() -> None:
    assert due_of(told("a", "T", "We will do it.", "planned", period=Detail("2024-2027"))) == "2027"


@pytest.mark.parametrize(
    ("due", "past"),
    [(None, None), ("2023", True), ("2024", False), ("2024-05", True), ("2024-06", False), ("2030-12", False)],
)
def test_a_plan_is_past_when_all_of_the_time_it_names_is_over(due: str | None, past: bool | None) -> None:
    assert Planned(told("a", "T"), due).is_past(TODAY) is past


@given(st.text(max_size=120))
def test_any_text_has_a_time_or_none(text: str) -> None:
    due = due_of(told("a", "T", text, "planned"))
    assert due is None or due[:2] == "20"


# What was searched


def test_what_people_turned_down_is_shown_with_the_reviewer_and_the_note(map_db: Database) -> None:
    gap = gaps_of(map_db)["8"]
    assert [(near.passage_id, near.reviewer, near.note) for near in gap.turned_down] == [
        ("p4", "A. Reader", "Thanks only.")
    ]
    told_of = part(gap_report(map_db, Asked(TODAY)), "Goal 8", "What came near")
    assert "turned down by A. Reader" in told_of
    assert "Thanks only." in told_of
    assert "We thank our wonderful nurses" in told_of


def test_what_was_filed_elsewhere_says_where(map_db: Database) -> None:
    near = gaps_of(map_db)["4"].turned_down
    assert [(one.passage_id, one.changed_to) for one in near] == [("p3", "purpose-goals/2")]


def test_candidates_are_shown_by_score_and_never_what_was_proposed_or_decided(map_db: Database) -> None:
    rows = [
        ("p2", "7", 0.3),
        ("p3", "7", 0.35),
        ("p4", "7", 0.02),
        ("p4", "8", 0.9),
        ("p6", "12", 0.9),
        ("p5", "1", 0.01),
    ]
    map_db.table("candidates").insert_all(
        {"id": f"c{place}", "passage_id": passage, "goal_id": f"purpose-goals/{goal}", "score": score}
        for place, (passage, goal, score) in enumerate(rows)
    )
    gaps = gaps_of(map_db)
    assert [near.passage_id for near in gaps["7"].near] == ["p3", "p2"]
    assert gaps["7"].near_count == 3
    assert [near.passage_id for near in gaps["1"].near] == ["p5"]
    assert gaps["8"].near == gaps["12"].near == ()


def test_every_gap_says_what_was_searched(map_db: Database) -> None:
    draft = gap_report(map_db, Asked(TODAY))
    found = [gap for one in draft.sections if one.id in ("none", "weak") for gap in one.sections]
    assert found
    for gap in found:
        searched = words(gap.sections[0].blocks)
        assert gap.sections[0].title == "What was searched"
        assert "3 documents with 6 passages" in searched
        assert "2 documents could not be read, or not wholly." in searched


def test_documents_that_could_not_be_read_are_named_with_the_reason(map_db: Database) -> None:
    assert "Install tesseract" in words(section(gap_report(map_db, Asked(TODAY)), "What was searched").blocks)


def test_a_retired_passage_is_not_searched(map_db: Database) -> None:
    evidence = find_evidence(map_db)
    assert find_searched(map_db, evidence.scope).total == evidence.library.searched == 6


# The report


def test_a_gap_asks_the_question_of_the_framework_and_says_what_would_count(map_db: Database) -> None:
    gap = section(gap_report(map_db, Asked(TODAY)), "Goal 7")
    assert "Does the organisation help people to save" in words(gap.blocks)
    assert "savings schemes and credit unions" in words(gap.sections[-1].blocks)


def test_peers_are_others_and_their_entries_cite_passages(map_db: Database) -> None:
    many_activities(map_db, 56, bodies=4)
    gap = gaps_of(map_db, "University of Marlow")["1"]
    assert len(gap.peers) == 2
    assert {pick.body for pick in gap.peers} == {"Body 0 Trust", "Body 2 Trust"}
    assert all(ground.cites for pick in gap.peers for ground in pick.grounds)


def test_what_is_planned_says_whether_its_time_is_past(map_db: Database) -> None:
    with immediate(map_db):
        map_db.execute(
            "insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, stage, decided_at)"
            " values ('p6', 'purpose-goals/12', 'purpose-goals/12', 'accepted', 'planned', '2024-06-03T00:00:00+00:00')"
        )
    before, after = (gap_report(map_db, Asked(day)) for day in (TODAY, date(2027, 1, 1)))
    assert "2026, which is not over yet" in part(before, "Goal 12", "Planned, not yet reported")
    assert "2026, which is past" in part(after, "Goal 12", "Planned, not yet reported")
    table = section(after, "Planned").blocks[0]
    assert isinstance(table, Table)
    assert "2026: past" in words((table,))


def test_where_nobody_decided_the_report_says_so(map_db: Database) -> None:
    with immediate(map_db):
        map_db.execute("insert into withdrawals (decision_id, withdrawn_at) select id, decided_at from decisions")
    draft = gap_report(map_db, Asked(TODAY))
    assert "Nobody has decided on anything" in getattr(draft.notices[0].runs[0], "text", "")
    assert "proposals" in draft.subtitle
    assert {run.proposed for run in draft.runs if isinstance(run, Fact)} == {True}


def test_nothing_of_the_documents_is_told_without_a_citation(map_db: Database) -> None:
    draft = gap_report(map_db, Asked(TODAY))
    method = [one.id for outer in draft.sections for gap in outer.sections for one in gap.sections]
    besides = ["overview", *(id for id in method if id.endswith(("-searched", "-counts")))]
    scores = ["2026", "Pupils of 11, in class.", *(f"{number / 100:.2f} of 1" for number in range(100))]
    questions = [run.text for one in draft.sections for gap in one.sections for run in runs_of(gap.blocks[0])]
    assert uncited(map_db, draft, besides, known=[*scores, *questions]) == ()


def test_every_quotation_holds(map_db: Database) -> None:
    assert locked(map_db, gap_report(map_db, Asked(TODAY))).passages


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(part) for part in arguments])


@pytest.mark.parametrize("ending", ["html", "md", "csv", "json"])
def test_the_command_writes_the_same_bytes_twice(map_db: Database, tmp_path: Path, ending: str) -> None:
    files = [tmp_path / f"{place}.{ending}" for place in (1, 2)]
    for file in files:
        result = run("report", "gaps", "--db", tmp_path / "map.db", "-o", file, "--date", "2024-06-30")
        assert result.exit_code == 0, result.output
    assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_hostile_notes_and_titles_are_only_text(map_db: Database, tmp_path: Path) -> None:
    with immediate(map_db):
        map_db.execute(
            "insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, note, decided_at)"
            " values ('p4', 'purpose-goals/8', 'purpose-goals/8', 'rejected', ?, '2024-06-04T00:00:00+00:00')",
            ["<script>alert(1)</script>=cmd()\u202e\x07"],
        )
    page = tmp_path / "gaps.html"
    result = run("report", "gaps", "--db", tmp_path / "map.db", "-o", page, "--goal", 8)
    assert result.exit_code == 0, result.output
    assert "<script>alert" not in page.read_text("utf-8")
    assert "&lt;script&gt;alert" in page.read_text("utf-8")


def test_a_database_with_nothing_read_says_that_a_gap_says_nothing(
    ingest_files: Callable[..., object], db: Database, files: Path
) -> None:
    (files / "bad.txt").write_text("FAIL")
    ingest_files(("purpose-goals",))
    draft = gap_report(db, Asked(TODAY))
    assert "No document was read" in " ".join(getattr(run, "text", "") for one in draft.notices for run in one.runs)


def test_the_data_have_every_goal_with_what_came_near(map_db: Database) -> None:
    data = json.loads(json.dumps(gap_report(map_db, Asked(TODAY)).data))
    health = next(goal for goal in data["goals"] if goal["goal"] == "8")
    assert health["turned_down"]["best"][0]["reviewer"] == "A. Reader"
    assert len(data["goals"]) == 14


@pytest.mark.slow
def test_5000_reviewed_activities_are_judged_in_under_10_seconds(map_db: Database, tmp_path: Path) -> None:
    many_activities(map_db, 5000, bodies=700)
    begun = time.process_time()
    result = run("report", "gaps", "--db", tmp_path / "map.db", "-o", tmp_path / "gaps.html")
    assert result.exit_code == 0, result.output
    assert time.process_time() - begun < 10
