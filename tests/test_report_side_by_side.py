"""Two frameworks on the same evidence: where their goals meet, and what the crosswalk says of it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import html
from sqlite_utils import Database

from goalmap.cli import main
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.draft.files import WRITERS, write_draft
from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Draft, Fact, Table, Words
from goalmap.report.side_by_side.draft import draft_of
from goalmap.report.side_by_side.side_by_side import Pair, SideBySide, side_by_side
from goalmap.report.verbatim import NotVerbatim
from tests.dumping import place_of

TODAY = date(2024, 7, 1)
BOTH = ("purpose-goals", "un-sdgs")
TITLES = ("Purpose Goals 2022", "UN Sustainable Development Goals 2015")
LINES = """
#5 #8 Guaranteed interviews for 40 residents of the five poorest wards.
#3 #8 Apprentices from two colleges repair the boilers.
#2 Tutors read with pupils on Mondays.
"""


@pytest.fixture
def two(db: Database, files: Path, ingest_files: Callable[..., Any]) -> Database:
    """The passages under goals of both frameworks: those of the other have the same codes."""
    (files / "a.txt").write_text(LINES, encoding="utf-8")
    ingest_files(BOTH)
    return db


def the_pair(found: SideBySide) -> Pair:
    (pair,) = found.pairs
    return pair


def codes(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(left.rpartition("/")[2], right.rpartition("/")[2]) for left, right in pairs]


def decide(db: Database, goal: str, verdict: str = "accepted") -> None:
    (passage,) = db.execute("select passage_id from proposals where goal_id = ? limit 1", [goal]).fetchone()
    db.execute(
        "insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, decided_at) values (?, ?, ?, ?, '2024-07-01')",
        [passage, goal, goal, verdict],
    )


# Where goals meet


def test_goals_meet_where_a_passage_serves_both(two: Database) -> None:
    pair = the_pair(side_by_side(two, BOTH))
    assert set(codes(list(pair.meetings))) == {
        *((left, right) for left in ("5", "8") for right in ("5", "8")),
        *((left, right) for left in ("3", "8") for right in ("3", "8")),
        ("2", "2"),
    }
    both = pair.meetings["purpose-goals/8", "un-sdgs/8"]
    assert len(both.passages) == 2


def test_the_crosswalk_is_parted_into_what_the_evidence_bears_out_and_what_not(two: Database) -> None:
    pair = the_pair(side_by_side(two, BOTH))
    assert len(pair.stated) == 20
    shown = codes([(row.left, row.right) for row in pair.stated if pair.shown_for(row)])
    assert shown == [("5", "8"), ("8", "3")]
    assert set(codes([(one.left, one.right) for one in pair.beyond])) == {
        *codes(list(pair.meetings)),
    } - {*shown}


def test_a_relation_is_turned_round_where_the_other_framework_stands_first(two: Database) -> None:
    forth = the_pair(side_by_side(two, BOTH)).stated
    back = the_pair(side_by_side(two, BOTH[::-1])).stated
    assert {(row.left, row.relation, row.right) for row in forth} >= {
        ("purpose-goals/5", "narrower", "un-sdgs/8"),
        ("purpose-goals/9", "related", "un-sdgs/9"),
    }
    assert {(row.left, row.relation, row.right) for row in back} >= {
        ("un-sdgs/8", "broader", "purpose-goals/5"),
        ("un-sdgs/9", "related", "purpose-goals/9"),
    }


def test_goals_that_the_crosswalk_leaves_out_are_told_of_each_side(two: Database) -> None:
    alone = {side.id: [goal.code for goal in goals] for side, goals in the_pair(side_by_side(two, BOTH)).alone}
    assert alone == {"purpose-goals": [], "un-sdgs": ["2", "6", "12", "14", "15", "16", "17"]}


def test_a_later_version_of_a_framework_says_what_became_of_each_goal(
    two: Database, ingest_files: Callable[..., Any]
) -> None:
    ingest_files(("purpose-goals-15",), again=True)
    stated = the_pair(side_by_side(two, ("purpose-goals", "purpose-goals-15"))).stated
    assert {(row.left, row.right) for row in stated if row.relation == "same"} == {
        (f"purpose-goals/{code}", f"purpose-goals-15/{code}") for code in range(1, 15)
    }


def test_what_a_person_decided_stands_for_its_framework_and_proposals_for_the_other(two: Database) -> None:
    decide(two, "purpose-goals/5")
    found = side_by_side(two, BOTH)
    assert [side.is_proposed for side in found.sides] == [False, True]
    assert set(codes(list(the_pair(found).meetings))) == {("5", "5"), ("5", "8")}


def test_an_activity_of_another_framework_alone_is_listed_too(two: Database) -> None:
    decide(two, "purpose-goals/2", "rejected")
    found = side_by_side(two, BOTH)
    (only,) = ((side, one) for side, one in found.activities if side.id == "un-sdgs")
    assert found.goals_of(only[1], found.sides[0]) == {}


def test_goals_below_one_count_for_its_row(two: Database) -> None:
    two.execute("update proposals set goal_id = 'un-sdgs/8.5' where goal_id = 'un-sdgs/8'")
    pair = the_pair(side_by_side(two, BOTH))
    (row,) = (row for row in pair.stated if row.left == "purpose-goals/5")
    assert [meeting.right for meeting in pair.shown_for(row)] == ["un-sdgs/8.5"]
    assert "8.5" not in {goal.code for _, goals in pair.alone for goal in goals}


# What it is asked for


def test_all_frameworks_of_the_database_are_taken_where_none_is_named(two: Database) -> None:
    assert tuple(side.id for side in side_by_side(two, ()).sides) == BOTH


def test_a_framework_that_was_not_used_is_answered_with_the_command_that_uses_it(two: Database) -> None:
    with pytest.raises(NotFound, match=r"goalmap ingest FOLDER --framework nhs-anchor"):
        side_by_side(two, ("purpose-goals", "nhs-anchor"))


def test_an_unknown_framework_is_answered_with_those_there_are(two: Database) -> None:
    with pytest.raises(UnknownName, match=r"'sdg'\. There are: .*un-sdgs"):
        side_by_side(two, ("purpose-goals", "sdg"))


@pytest.mark.parametrize("names", [("purpose-goals",), ("purpose-goals", "purpose-goals")])
def test_one_framework_is_too_few(two: Database, names: tuple[str, ...]) -> None:
    with pytest.raises(NotFound, match="two frameworks or more"):
        side_by_side(two, names)


# The draft


def made(db: Database, *names: str) -> Draft:
    return locked(db, draft_of(side_by_side(db, names or BOTH), TODAY))


def test_every_number_of_the_grid_cites_its_passages(two: Database) -> None:
    draft = made(two)
    facts = [run for run in draft.runs if isinstance(run, Fact)]
    stored = {id for (id,) in two.execute("select id from passages")}
    assert facts
    assert all(set(fact.cites) <= stored for fact in facts)
    assert set(draft.passages) == {id for (id,) in two.execute("select distinct passage_id from proposals")}


def test_what_nobody_decided_is_marked_and_said(two: Database) -> None:
    draft = made(two)
    assert [notice.runs[0].text for notice in draft.notices if not isinstance(notice.runs[0], Words)] == [
        f"Nobody has decided on anything under {title} yet. What is shown of it are proposals of the software."
        for title in TITLES
    ]
    assert all(run.proposed for run in draft.runs if isinstance(run, Fact | Words))


def test_only_what_rests_on_a_proposal_is_marked_as_one(two: Database) -> None:
    decide(two, "purpose-goals/5")
    draft = made(two)
    assert len(draft.notices) == 1
    marks = {fact.text: fact.proposed for fact in draft.runs if isinstance(fact, Fact)}
    assert (marks["5 Open recruitment"], marks["8 Decent work and economic growth"]) == (False, True)


def test_one_changed_character_stops_the_report(two: Database) -> None:
    two.execute("update passages set text = replace(text, '40', '41')")
    with pytest.raises(NotVerbatim, match=r"a\.txt|“a”"):
        made(two)


def test_three_frameworks_are_three_pairs(two: Database, ingest_files: Callable[..., Any]) -> None:
    ingest_files(("purpose-goals-15",), again=True)
    draft = made(two, *BOTH, "purpose-goals-15")
    assert len([section for section in draft.sections if section.id.startswith("borne-out-")]) == 3
    ids = [section.id for section in draft.sections]
    assert len(set(ids)) == len(ids)


def test_the_captions_say_how_much_of_the_crosswalk_is_borne_out(two: Database) -> None:
    tables = {
        section.id.split("-purpose")[0]: block.caption
        for section in made(two).sections
        for block in section.blocks
        if isinstance(block, Table)
    }
    assert tables["borne-out"].startswith("2 of 20 rows of the crosswalk")
    assert tables["not-borne-out"].startswith("18 of 20 rows of the crosswalk")


def test_goals_that_meet_once_stand_apart_from_those_that_meet_often(two: Database) -> None:
    (section,) = (one for one in made(two).sections if one.id.startswith("beyond-"))
    often, once = (block for block in section.blocks if isinstance(block, Table))
    assert len(often.rows) == 1, "only goal 8 of both meets in two activities"
    assert len(once.rows) == len(the_pair(side_by_side(two, BOTH)).beyond) - 1


def test_the_data_say_which_pairs_the_crosswalk_has(two: Database) -> None:
    data = json.loads(json.dumps(made(two).data))
    (pair,) = data["pairs"]
    assert {(row["left"], row["right"]) for row in pair["crosswalk"] if row["has_evidence"]} == {("5", "8"), ("8", "3")}
    assert {(one["left"], one["right"]) for one in pair["meetings"] if one["in_crosswalk"]} == {("5", "8"), ("8", "3")}


def test_frameworks_without_evidence_make_a_report_that_says_so(two: Database) -> None:
    two.execute("delete from proposals")
    draft = made(two)
    assert [notice.runs[0].text for notice in draft.notices if not isinstance(notice.runs[0], Words)] == [
        f"Nothing was found for the goals of {title}." for title in TITLES
    ]


@pytest.mark.parametrize("suffix", [".html", ".md", ".json", ".csv", ".xlsx", ".docx"])
def test_the_same_evidence_gives_the_same_file(two: Database, tmp_path: Path, suffix: str) -> None:
    assert suffix in WRITERS
    paths = [tmp_path / f"{name}{suffix}" for name in ("one", "two")]
    for path in paths:
        write_draft(made(two), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_hostile_names_of_goals_and_documents_are_text(two: Database, tmp_path: Path) -> None:
    two.execute("update goals set name = ?, label = ? where id = 'purpose-goals/5'", ["<script>alert(1)</script>"] * 2)
    two.execute("update documents set title = ?", ["=cmd|' /C calc'!A0 \u202e<img src=x>"])
    write_draft(made(two), tmp_path / "a.html")
    tree = html.document_fromstring((tmp_path / "a.html").read_text("utf-8"))
    assert not tree.xpath("//script | //img")


# The command


def test_the_command_writes_the_report(two: Database, tmp_path: Path) -> None:
    path = place_of(two)
    out = tmp_path / "both.html"
    done = CliRunner().invoke(
        main, ["report", "frameworks", "--db", path, "--frameworks", "purpose-goals, un-sdgs", "-o", str(out)]
    )
    assert done.exit_code == 0, done.output
    tree = html.document_fromstring(out.read_text("utf-8"))
    assert " and ".join(TITLES) in " ".join(tree.text_content().split())
    missing = CliRunner().invoke(
        main, ["report", "frameworks", "--db", path, "--frameworks", "purpose-goals,nhs-anchor", "-o", str(out)]
    )
    assert missing.exit_code == 2
    assert "--framework nhs-anchor" in missing.output
