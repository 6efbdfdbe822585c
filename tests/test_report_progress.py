"""The progress report on a database, as a draft, in every form, and by its command."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from goalmap.classify.engines import Serial
from goalmap.classify.pipeline import Settings
from goalmap.cli import main
from goalmap.ingest.find import find as find_files
from goalmap.report.draft.files import write_draft
from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Card, Draft, Paragraph, Picture, Section
from goalmap.report.draft.reading import without_citations
from goalmap.report.outlines.templates import find
from goalmap.report.progress.material import Asked, Progress, find_progress
from goalmap.report.progress.recommendation_files import (
    RecommendationsProblem,
    read_earlier,
)
from goalmap.report.progress.recommendations import Recommendation, answers
from goalmap.report.progress.recommended import recommendations_in
from goalmap.report.reports.progress import progress_draft
from goalmap.report.sections.table import SECTIONS
from goalmap.report.verbatim import NotVerbatim
from goalmap.store.contents.later import find_since
from goalmap.store.database import open_database
from goalmap.store.loading.save import save_frameworks
from tests.drafts import uncited
from tests.dumping import place_of
from tests.many_activities import many_activities

TODAY = "2025-06-01"
GOAL = "purpose-goals/8"
SUFFIXES = (".html", ".docx", ".md", ".csv", ".xlsx", ".json")


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
    assert "x1 (2024-06-01)" in " ".join(result.output.split())


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
    path = place_of(db)
    return CliRunner().invoke(main, ["report", *map(str, arguments), "--db", path, "--date", TODAY])


def test_the_command_writes_the_report_and_the_list(told_db: Database, tmp_path: Path) -> None:
    out, report = tmp_path / "list.csv", tmp_path / "report.html"
    result = goalmap(told_db, "progress", "--report", "annual report", "-o", report, "--recommendations-out", out)
    assert result.exit_code == 0, result.output
    assert "list.csv written with 2 recommendations" in " ".join(result.stderr.split())
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


def test_a_recommendation_of_which_nothing_is_told_has_no_card_but_a_reason(told_db: Database) -> None:
    found, draft = made(told_db, report="annual report")
    details = sections_of(draft)["Each recommendation in detail"]
    carded = {block.id for block in details.blocks if isinstance(block, Card)}
    told = [answer for answer in found.answers if answer.matches or answer.nearest]
    assert carded == {f"recommendation-{answer.recommendation.id}" for answer in told}
    silent = next(answer for answer in found.answers if answer not in told)
    (last,) = [block for block in details.blocks if isinstance(block, Paragraph)]
    assert silent.why in without_citations(last.runs)
