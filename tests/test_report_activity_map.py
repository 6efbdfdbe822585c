"""The activity map: what it takes from the database, what it leaves out, and what it is asked for."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.mapping.activity_map import ActivityMap, Entry, activity_map
from goalmap.report.verbatim import NotVerbatim
from goalmap.store.database import open_database
from goalmap.store.loading.save import save_frameworks
from tests.dumping import dump


@pytest.fixture
def db(map_db: Database) -> Database:
    return map_db


@pytest.fixture
def found(db: Database) -> ActivityMap:
    return activity_map(db)


def pairs(found: ActivityMap) -> list[tuple[str, str, str]]:
    return [(entry.goal.code, entry.main.passage_id, entry.status) for entry in found.entries]


def the_entry(found: ActivityMap, code: str) -> Entry:
    (entry,) = (entry for entry in found.entries if entry.goal.code == code)
    return entry


def propose(db: Database, passage: str, code: str, score: float = 0.5, rank: int = 2) -> None:
    db.execute(
        "insert into proposals (id, passage_id, goal_id, score, rank) values (?, ?, ?, ?, ?)",
        [f"g-{passage}-{code}", passage, f"purpose-goals/{code}", score, rank],
    )


def put_together(db: Database, one: str, other: str) -> None:
    db.execute(
        "insert into activity_decisions (batch, verdict, framework_id, passage_id, other_passage_id, decided_at)"
        " values ('b1', 'together', 'purpose-goals', ?, ?, '2024-07-01')",
        [one, other],
    )


# What stands in it


def test_each_activity_stands_once_under_its_main_goal(found: ActivityMap) -> None:
    assert pairs(found) == [
        ("2", "p3", "changed"),
        ("3", "p1", "proposed"),
        ("5", "p1", "accepted"),
        ("10", "p2", "proposed"),
        ("12", "p6", "proposed"),
        ("13", "p5", "added"),
    ]


def test_an_activity_that_serves_several_goals_is_one_row_and_the_others_lead_to_it(db: Database) -> None:
    propose(db, "p2", "7", 0.4)
    found = activity_map(db)
    (entry,) = (entry for entry in found.entries if entry.main.passage_id == "p2")
    assert (entry.goal.code, [goal.code for goal in entry.other_goals]) == ("10", ["7"])
    (part,) = (part for part in found.parts if part.goal.code == "7")
    assert (part.entries, part.others, part.is_gap) == ((), (entry,), False)
    assert part.by_status["proposed"] == 1


def test_a_map_of_one_goal_has_the_activities_that_serve_it_beside_another(db: Database) -> None:
    propose(db, "p2", "7", 0.4)
    (entry,) = activity_map(db, goal="7").entries
    assert (entry.goal.code, [goal.code for goal in entry.other_goals]) == ("7", ["10"])


def test_what_a_person_put_together_is_one_row_with_all_its_places(db: Database) -> None:
    put_together(db, "p1", "p3")
    (entry,) = (entry for entry in activity_map(db).entries if len(entry.places) > 1)
    assert entry.goal.code in ("2", "5")
    assert [place.passage_id for place in entry.places] == [
        entry.main.passage_id,
        *({"p1", "p3"} - {entry.main.passage_id}),
    ]
    assert entry.main.goals == (entry.goal.id,)
    assert entry.activity.why == ("put together by a person",)


def test_copies_count_as_citations_of_the_row_that_they_tell_again(db: Database) -> None:
    for number in range(10):
        db.execute(
            "insert into documents (id, path, title, status, published, run_id) values (?, ?, 'The same story', 'ok', '2024-03', 'x1')",
            [f"k{number}", f"in/{number}.html"],
        )
        db.execute(
            "insert into passages (id, document_id, position, kind, text, copy_of)"
            " select ?, ?, 0, 'body', text, 'p6' from passages where id = 'p6'",
            [f"c{number}", f"k{number}"],
        )
    entry = the_entry(activity_map(db), "12")
    assert [place.passage_id for place in entry.places] == ["p6", *(f"c{number}" for number in range(10))]
    assert {place.copy_of for place in entry.places[1:]} == {"p6"}


def test_rejected_ones_are_left_out_and_counted(found: ActivityMap) -> None:
    assert "p4" not in {entry.main.passage_id for entry in found.entries}
    assert found.rejected == 1


def test_a_goal_that_a_reviewer_moved_a_passage_away_from_has_no_activity(found: ActivityMap) -> None:
    assert not [entry for entry in found.entries if entry.goal.code == "4"]
    changed_from = the_entry(found, "2").changed_from
    assert changed_from is not None
    assert changed_from.label == "4 Right advice and experiences"


def test_a_moved_passage_keeps_the_stage_that_was_proposed(found: ActivityMap) -> None:
    assert the_entry(found, "2").activity.stage == "delivered"


def test_decided_activities_come_before_likelier_proposals(db: Database) -> None:
    propose(db, "p2", "5", 0.99)
    db.execute("delete from proposals where id = 'g3'")
    entries = activity_map(db, goal="5").entries
    assert [(entry.main.passage_id, entry.status) for entry in entries] == [("p1", "accepted"), ("p2", "proposed")]


def test_the_last_of_two_decisions_counts(db: Database) -> None:
    db.execute(
        "insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, decided_at)"
        " values ('p1', 'purpose-goals/5', 'purpose-goals/5', 'rejected', '2024-07-01')"
    )
    assert ("5", "p1") not in {pair[:2] for pair in pairs(activity_map(db))}


def test_a_row_has_the_words_of_its_passage_and_what_was_decided(found: ActivityMap) -> None:
    entry = the_entry(found, "5")
    start, end = entry.quoted
    assert entry.evidence == entry.main.text[start:end]
    assert len(entry.evidence.split()) <= 60
    assert (entry.reviewers, entry.notes, entry.decided_at) == (
        ("A. Reader",),
        ("Strong, with a result.",),
        "2024-06-02T10:00:00+00:00",
    )
    assert entry.second_goal is not None
    assert entry.second_goal.label == "6 Fair career progression"
    assert entry.activity.best_practice


def test_rows_have_ids_of_their_own_though_one_passage_is_decided_and_proposed(found: ActivityMap) -> None:
    ids = [entry.row_id for entry in found.entries]
    assert len(set(ids)) == len(ids)


def test_goals_that_no_activity_serves_are_gaps(found: ActivityMap) -> None:
    assert [part.goal.code for part in found.gaps] == ["1", "4", "6", "7", "8", "9", "11", "14"]


def test_passages_that_cannot_report_an_activity_are_not_counted_as_searched(found: ActivityMap) -> None:
    assert (len(found.library.read), found.library.searched) == (3, 6)


def test_documents_that_were_not_read_are_listed(found: ActivityMap) -> None:
    assert [source.file for source in found.library.not_read] == ["annual-report.pdf", "scan.pdf"]
    assert [source.file for source in found.library.duplicates] == ["copy of doors-open.html"]


def test_a_decision_that_lost_its_passage_is_listed(found: ActivityMap) -> None:
    assert [(loose.goal.code, loose.passage_id) for loose in found.loose] == [("3", "p7")]


def test_a_decision_that_was_carried_over_is_not_listed_as_lost(db: Database) -> None:
    db.execute(
        "insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, decided_at, source)"
        " values ('p2', 'purpose-goals/3', 'purpose-goals/3', 'accepted', '2024-07-01', 'carried over from p7')"
    )
    db.execute("update passages set replaced_by = 'p2' where id = 'p7'")
    assert activity_map(db).loose == ()


def test_reading_changes_nothing(db: Database) -> None:
    before = dump(db)
    activity_map(db)
    assert dump(db) == before


# The verbatim lock


@pytest.mark.parametrize(
    "fault",
    [
        "update proposals set evidence = '[[5, 9999]]' where id = 'g1'",
        "update proposals set evidence = 'lost' where id = 'g1'",
        "update figures set \"end\" = 9999 where id = 'f1'",
        "update mentions set start = start + 1 where id = 'm1'",
        "update passages set text = 'X' || text where id = 'p1'",
    ],
)
def test_a_span_that_does_not_fit_its_passage_stops_the_map_and_says_where(db: Database, fault: str) -> None:
    db.execute(fault)
    with pytest.raises(NotVerbatim, match="Passage p1 of “Doors Open welcomes its 300th starter”"):
        activity_map(db)


# What it is asked for


def test_one_goal_is_found_by_code_name_or_both(db: Database) -> None:
    for name in ("10", "closing the digital divide", "10 Closing the Digital Divide", "purpose-goals/10"):
        assert pairs(activity_map(db, goal=name)) == [("10", "p2", "proposed")]


def test_an_organisation_has_what_it_published_and_passages_elsewhere_that_name_it(db: Database) -> None:
    found = activity_map(db, organisation="ashwick nhs trust")
    assert {entry.main.document.id for entry in found.entries} == {"d1", "d5"}
    assert [source.id for source in found.library.sources] == ["d1", "d4", "d5", "d3"]
    assert (found.library.left_out, found.library.searched) == (1, 3)


@pytest.mark.parametrize("name", ["Ashwick NHS Trust", "ANT", "Ashwick", "the ashwick nhs trust"])
def test_an_organisation_is_found_by_name_alias_or_part(db: Database, name: str) -> None:
    assert pairs(activity_map(db, organisation=name)) == pairs(activity_map(db, organisation="Ashwick NHS Trust"))


def test_an_organisation_that_published_nothing_is_found_where_it_is_named(db: Database) -> None:
    found = activity_map(db, organisation="Marlow College")
    assert {entry.main.passage_id for entry in found.entries} == {"p1"}


def test_an_unknown_organisation_is_answered_with_the_publishers(db: Database) -> None:
    with pytest.raises(
        UnknownName, match=r"'Nobody'\. There are: Ashwick NHS Trust, Marlow Gazette, University of Marlow\."
    ):
        activity_map(db, organisation="Nobody")


def test_an_unknown_goal_is_answered_with_the_goals(db: Database) -> None:
    with pytest.raises(UnknownName, match=r"'15'\. There are: 1 Strong foundations"):
        activity_map(db, goal="15")


def test_an_unknown_framework_is_answered_with_those_in_the_database(db: Database) -> None:
    with pytest.raises(UnknownName, match=r"'un-sdgs'\. There are: purpose-goals\."):
        activity_map(db, framework="un-sdgs")


def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    with (
        closing(open_database(tmp_path / "empty.db", create=True)) as db,
        pytest.raises(NotFound, match="goalmap ingest"),
    ):
        activity_map(db)


def test_a_database_without_documents_has_gaps_only(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "bare.db", create=True)) as db:
        save_frameworks(db, ["purpose-goals"])
        found = activity_map(db)
    assert (len(found.gaps), found.entries, found.library.searched) == (14, (), 0)
