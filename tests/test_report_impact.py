"""The Impact Report as a draft: what it tells, what it cites, and what it refuses."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.classify.engines import Serial
from goalmap.classify.goals.frameworks import load
from goalmap.classify.pipeline import Settings
from goalmap.ingest.errors import NotFound
from goalmap.ingest.find import find as find_files
from goalmap.report.draft.files import write_draft
from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Card, Draft, Fact, Section, Table, Words, runs_of
from goalmap.report.draft.reading import without_citations
from goalmap.report.outlines.templates import find, names, read
from goalmap.report.reports.impact import impact_report, only_publisher
from goalmap.report.sections.table import SECTIONS
from goalmap.report.sections.telling import spelled
from goalmap.report.verbatim import NotVerbatim
from goalmap.store.database import open_database
from goalmap.store.ids import seal_of
from goalmap.store.load import ingest
from goalmap.store.loading.save import save_frameworks
from tests.decided import decide_from
from tests.drafts import uncited
from tests.many_activities import many_activities

TODAY = "2024-07-01"
GOLD = Path(__file__).parent / "data" / "gold"
ANT, MARLOW = "Ashwick NHS Trust", "University of Marlow"
SEARCHED = re.compile(
    r"(?:\d+|\w+) (?:documents?|passages?|proposals?)\b.*(?:searched|could tell of an activity|for a decision)"
    r"|No evidence was found for (?:\d+|\w+) goals?\."
)
"""What was read and searched: figures of the reading, not of the documents."""


def report(db: Database, organisation: str | None = ANT, template: str = "impact", goal: str | None = None) -> Draft:
    return locked(db, impact_report(db, find(template, SECTIONS), TODAY, organisation, goal))


def section(draft: Draft, title: str) -> Section:
    return next(one for one in _all(draft.sections) if one.title == title)


def _all(sections: tuple[Section, ...]) -> Iterator[Section]:
    for one in sections:
        yield one
        yield from _all(one.sections)


def words_of(one: Section) -> str:
    """All that is read in a section."""
    own = " ".join(without_citations(tuple(runs_of(block))) for block in one.blocks)
    return " ".join((one.title, own, *(words_of(inner) for inner in one.sections)))


def cards(draft: Draft) -> list[Card]:
    return [block for one in _all(draft.sections) for block in one.blocks if isinstance(block, Card)]


# What it tells


def test_the_report_has_the_sections_of_its_template(map_db: Database) -> None:
    draft = report(map_db)
    assert draft.title == "Impact Report: Ashwick NHS Trust"
    titles = [one.title for one in draft.sections]
    assert titles[:4] == ["Forewords", "At a glance", "About Ashwick NHS Trust", "The framework"]
    assert titles[-2:] == ["How this report was made", "Sources"]
    assert any("chief executive" in prompt for prompt in draft.to_write)


def test_an_activity_is_told_with_its_stage_its_mark_and_its_words(map_db: Database) -> None:
    (card,) = section(report(map_db), "Goal 5: Open recruitment").blocks[1:2]
    assert isinstance(card, Card)
    assert [badge.text for badge in card.badges] == ["Delivered", "Best practice"]
    (quote,) = card.quotes
    assert card.title.startswith("Doors Open guarantees an interview")
    assert quote.text.startswith("In 2023 it brought 212 unemployed adults into permanent jobs")
    assert not quote.proposed


def test_the_goal_opens_with_how_much_is_told(map_db: Database) -> None:
    opening = section(report(map_db), "Goal 5: Open recruitment").blocks[0]
    assert "One activity serves this goal and has been delivered." in without_citations(tuple(runs_of(opening)))


def test_only_what_was_decided_is_told_and_what_waits_is_counted(map_db: Database) -> None:
    draft = report(map_db)
    assert not [run for run in draft.runs if isinstance(run, Fact | Words) and run.proposed and "p6" in run.cites]
    (notice,) = draft.notices
    assert re.search(r"\d proposed activit\w+ wait\w* for a decision", without_citations(notice.runs))


def test_without_a_decision_everything_is_shown_as_proposed(map_db: Database) -> None:
    map_db.execute("drop trigger decisions_are_not_deleted")
    map_db.execute("delete from decisions")
    draft = report(map_db)
    (notice,) = draft.notices
    assert notice.kind == "warning"
    assert "No person has decided" in without_citations(notice.runs)
    about_activities = [one for one in cards(draft) if one.quotes]
    assert about_activities
    assert all("Proposed, not decided" in [badge.text for badge in one.badges] for one in about_activities)
    told = [run for block in section(draft, "Goal 5: Open recruitment").blocks for run in runs_of(block)]
    assert {run.proposed for run in told if isinstance(run, Fact | Words)} == {True}


def test_a_person_is_quoted_with_post_and_date(map_db: Database) -> None:
    text = map_db.execute("select text from passages where id = 'p3'").fetchone()[0]
    start = text.index("Staff mentors")
    map_db.execute("insert into quotations (id, speaker_id, passage_id, start, end, kind) values (?, ?, ?, ?, ?, ?)",
                   ["q1", "e4", "p3", start, start + 50, "direct"])  # fmt: skip
    map_db.execute("insert into roles (id, person_id, title, organisation_id, former, passage_id) values (?, ?, ?, ?, ?, ?)",
                   ["r1", "e4", "Head of Outreach", "e3", 0, "p3"])  # fmt: skip
    draft = report(map_db, MARLOW)
    people = section(draft, "Who is quoted")
    assert words_of(people) == "Who is quoted Joan Field, Head of Outreach, Marlow College (as of 2023)"


def test_who_leads_is_told_with_the_day_that_it_holds_for(map_db: Database) -> None:
    map_db.execute("insert into roles (id, person_id, title, organisation_id, former, as_of, passage_id) values (?, ?, ?, ?, ?, ?, ?)",
                   ["r1", "e4", "Chief Executive", "e2", 0, "2024-02-12", "p1"])  # fmt: skip
    map_db.execute("insert into roles (id, person_id, title, organisation_id, former, passage_id) values (?, ?, ?, ?, ?, ?)",
                   ["r2", "e4", "Porter", "e2", 0, "p1"])  # fmt: skip
    (table,) = [block for block in section(report(map_db), f"About {ANT}").blocks if isinstance(block, Table)]
    told = [[without_citations(cell.runs) for cell in row] for row in table.rows]
    assert told == [["Chief Executive", "Joan Field", "12 February 2024"]]


def test_the_size_of_an_organisation_is_told_in_its_own_words_alone(map_db: Database) -> None:
    size = "Ashwick NHS Trust employs 7,800 people on three sites."
    other = "A shop on Lock Street employs 12 people."
    for id, text, position in (("p20", f"{size} {other}", 20), ("p21", other, 21)):
        map_db.execute("insert into passages (id, document_id, position, kind, text) values (?, 'd1', ?, 'body', ?)",
                       [id, position, text])  # fmt: skip
    map_db.execute("insert into mentions (id, entity_id, passage_id, surface, start, \"end\") values (?, ?, ?, ?, ?, ?)",
                   ["m20", "e2", "p20", ANT, 0, len(ANT)])  # fmt: skip
    about = section(report(map_db), f"About {ANT}")
    assert [run.text for block in about.blocks for run in runs_of(block) if isinstance(run, Words)] == [size]


def test_every_goal_stands_in_the_mapping_and_gaps_are_named(map_db: Database) -> None:
    draft = report(map_db)
    (table,) = [block for block in section(draft, "What is done towards each goal").blocks if isinstance(block, Table)]
    heads = [row for row in table.rows if table.is_head(row)]
    goals = [without_citations(row[0].runs) for row in heads]
    assert [goal.split()[0] for goal in goals] == [str(code) for code in range(1, 15)]
    assert all(goal.endswith("?") for goal in goals)
    standings = [without_citations(row[-1].runs) for row in table.rows if not table.is_head(row)]
    assert standings.count("Gap") == 14 - len({row["code"] for row in _goals(draft) if row["activities"]})
    assert "Does the organisation help children under school age" in goals[0]


def test_an_intention_is_no_strength_in_the_mapping(map_db: Database) -> None:
    map_db.execute("drop trigger decisions_keep_on_update")
    for stage in ("planned", "aspiration"):
        map_db.execute("update decisions set stage = ?", [stage])
        draft = report(map_db)
        (table,) = [
            block for block in section(draft, "What is done towards each goal").blocks if isinstance(block, Table)
        ]
        standings = {without_citations(row[-1].runs) for row in table.rows if not table.is_head(row)}
        assert standings == {"Gap", "Intention, nothing reported yet"}


def test_gaps_are_a_table_or_parts_as_the_template_asks(map_db: Database) -> None:
    title = "Gaps and what more could be done"
    gaps = [row["code"] for row in _goals(report(map_db, MARLOW)) if row["evidence"] != "fine"]
    whole = section(report(map_db, MARLOW), title)
    (table,) = [block for block in whole.blocks if isinstance(block, Table)]
    assert sorted(without_citations(row[0].runs).split()[0] for row in table.rows) == sorted(gaps)
    assert any("Ashwick NHS Trust:" in without_citations(row[-1].runs) for row in table.rows)
    template = read(f'name = "a"\ntitle = "A"\n[[sections]]\nuse = "gaps"\ntitle = "{title}"\nparts = true\n', SECTIONS)
    parts = impact_report(map_db, template, TODAY, MARLOW).sections[0]
    assert [one.title.split()[1].rstrip(":") for one in parts.sections] == gaps


def _goals(draft: Draft) -> list[dict[str, Any]]:
    goals = draft.data["goals"]
    assert isinstance(goals, list)
    return goals


def test_a_goal_is_no_strength_and_a_gap_at_once(map_db: Database) -> None:
    for organisation in (ANT, MARLOW, "Marlow Gazette"):
        goals = _goals(report(map_db, organisation))
        assert not [row for row in goals if row["is_strength"] and row["evidence"] != "fine"]


def test_a_gap_is_answered_with_what_a_peer_does(map_db: Database) -> None:
    draft = report(map_db, MARLOW)
    found = [row for row in _recommendations(draft) if row["goal"] == "purpose-goals/5"]
    assert [row["kind"] for row in found] == ["begin"]
    assert found[0]["text"].startswith("Consider work towards goal 5 (Open recruitment), as Ashwick NHS Trust does:")
    assert found[0]["basis"][0]["citations"] == ["p1"]


def _recommendations(draft: Draft) -> list[dict[str, Any]]:
    found = draft.data["recommendations"]
    assert isinstance(found, list)
    return found


def test_recommendations_keep_their_ids_and_stand_in_the_data_as_in_the_text(map_db: Database) -> None:
    draft = report(map_db)
    shown = [block.id for block in section(draft, "Recommendations").blocks if isinstance(block, Card)]
    assert shown == [row["id"] for row in _recommendations(draft)]
    assert shown == [row["id"] for row in _recommendations(report(map_db))]
    assert len(set(shown)) == len(shown) > 0
    assert {row["made_on"] for row in _recommendations(draft)} == {TODAY}


def test_the_data_is_json_and_holds_figures_with_their_readings(map_db: Database) -> None:
    data = json.loads(json.dumps(report(map_db).data))
    assert data["organisation"] == ANT
    (activity,) = [one for one in data["activities"] if "purpose-goals/5" in one["goals"]]
    assert activity["citations"] == ["p1"]
    assert {reading["passage_id"] for figure in activity["figures"] for reading in figure["readings"]} == {"p1"}


def test_one_goal_alone_may_be_asked_for(map_db: Database) -> None:
    draft = report(map_db, goal="5")
    assert [row["code"] for row in _goals(draft)] == ["5"]


def test_other_templates_have_their_own_sections(map_db: Database) -> None:
    for name in names():
        draft = report(map_db, template=name)
        assert not uncited_of(map_db, draft), name
    assert section(report(map_db, template="social-mobility"), "Case studies").blocks


# Whom it is about


def test_the_only_publisher_is_taken_and_several_are_named(map_db: Database) -> None:
    with pytest.raises(NotFound, match="3 publishers") as raised:
        only_publisher(map_db)
    assert "--organisation: Ashwick NHS Trust, Marlow Gazette, University of Marlow." in str(raised.value)
    map_db.execute("update documents set publisher = ? where publisher is not null", [ANT])
    assert only_publisher(map_db) == ANT
    map_db.execute("update documents set publisher = null")
    with pytest.raises(NotFound, match="No document in this database has a known publisher"):
        only_publisher(map_db)


# What it cites


def uncited_of(db: Database, draft: Draft) -> list[str]:
    own_words = {"How this report was made", "Sources", "The framework"}
    besides = [one.id for one in _all(draft.sections) if one.title in own_words]
    goals = load("purpose-goals").goals
    known = [
        *(goal.question for goal in goals),
        *(f"goal {goal.code}" for goal in goals),
        str(draft.data["organisation"]),
    ]
    return [text for text in uncited(db, draft, besides, known) if not SEARCHED.search(text)]


def test_every_fact_is_cited(map_db: Database) -> None:
    for organisation in (ANT, MARLOW, "Marlow Gazette"):
        assert uncited_of(map_db, report(map_db, organisation)) == []


def test_one_character_changed_refuses_the_report_and_says_where(map_db: Database) -> None:
    for id, text in map_db.execute("select id, text from passages").fetchall():
        map_db.execute("update passages set seal = ? where id = ?", [seal_of(text), id])
    report(map_db)
    map_db.execute("update passages set text = replace(text, 'interview', 'intervieW') where id = 'p1'")
    with pytest.raises(
        NotVerbatim, match=r"Passage p1 of “Doors Open welcomes its 300th starter”: its text was changed"
    ):
        report(map_db)


def test_a_quotation_that_does_not_stand_in_its_passage_refuses_the_report(map_db: Database) -> None:
    map_db.execute("update mentions set surface = 'Doors Shut' where id = 'm1'")
    with pytest.raises(NotVerbatim, match="Doors Open"):
        report(map_db)


SUFFIXES = (".html", ".docx", ".md", ".csv", ".xlsx", ".json")


def test_the_same_report_is_the_same_bytes_in_every_form(map_db: Database, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        for name in ("one", "other"):
            write_draft(report(map_db), tmp_path / f"{name}{suffix}")
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"other{suffix}").read_bytes(), suffix


HOSTILE = '"><script>alert(1)</script> =cmd() {organisation} {0} \u202eabc | `x` ]]> ' + "long " * 300


def test_a_hostile_name_and_title_hold_in_every_form(map_db: Database, tmp_path: Path) -> None:
    map_db.execute("update documents set publisher = ?, title = ? where id = 'd1'", [HOSTILE, HOSTILE])
    draft = report(map_db, HOSTILE)
    assert HOSTILE in draft.title
    for suffix in SUFFIXES:
        write_draft(draft, tmp_path / f"report{suffix}")
    assert "<script>alert" not in (tmp_path / "report.html").read_text("utf-8")


def test_an_organisation_of_which_nothing_is_told_has_a_report_that_says_so(map_db: Database) -> None:
    map_db.execute(
        "insert into documents (id, path, title, publisher, status) values ('d9', 'in/x.txt', null, 'Quiet Ltd', 'ok')"
    )
    draft = report(map_db, "Quiet Ltd")
    assert "No activity of Quiet Ltd was found" in words_of(section(draft, "At a glance"))
    assert "No strength can be named yet" in words_of(section(draft, "Strengths"))
    (gaps,) = [block for block in section(draft, "Gaps and what more could be done").blocks if isinstance(block, Table)]
    assert len(gaps.rows) == 14
    assert uncited_of(map_db, draft) == []


def test_a_section_that_has_nothing_to_say_is_left_out(map_db: Database) -> None:
    assert "Who is quoted" not in [one.title for one in report(map_db).sections]


def test_a_template_with_no_recommendations_has_none_in_its_data(map_db: Database) -> None:
    template = read(
        'name = "a"\ntitle = "A"\n[[sections]]\nuse = "goals"\ntitle = "Goals of {organisation}"\n', SECTIONS
    )
    draft = impact_report(map_db, template, TODAY, ANT)
    assert draft.sections[0].title == f"Goals of {ANT}"
    assert draft.data["recommendations"] == []


# How large it may be


@pytest.mark.slow
def test_a_report_on_5000_reviewed_activities_takes_under_ten_seconds(db: Database, tmp_path: Path) -> None:
    save_frameworks(db, ["purpose-goals"])
    many_activities(db, 5000, bodies=1)
    began = time.process_time()
    draft = locked(db, impact_report(db, find("impact", SECTIONS), TODAY, "Body 0 Trust"))
    write_draft(draft, tmp_path / "report.html")
    assert time.process_time() - began < 10
    assert draft.data["activities"]


# On the gold set


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The gold files as the models read them, decided as they are annotated."""
    with closing(open_database(tmp_path_factory.mktemp("gold") / "gold.db", create=True)) as database:
        ingest(database, find_files([GOLD / "files"]), Settings(("purpose-goals",)), Serial())
        decide_from(database, GOLD)
        yield database


@pytest.mark.slow
def test_reports_on_the_gold_publishers_cite_all_that_they_tell(gold: Database) -> None:
    publishers = [
        name for (name,) in gold.execute("select distinct publisher from documents where publisher <> ''").fetchall()
    ]
    assert len(publishers) > 20
    for publisher in publishers:
        draft = report(gold, publisher)
        assert uncited_of(gold, draft) == [], publisher
        assert draft.data["is_decided"] or not draft.data["activities"]


@pytest.mark.slow
def test_quotations_are_of_at_most_sixty_words(gold: Database) -> None:
    draft = report(gold, "Northbank Building Society")
    quoted = [run for run in draft.runs if isinstance(run, Words)]
    assert quoted
    assert max(len(run.text.split()) for run in quoted) <= 60


@pytest.mark.slow
def test_the_table_of_strengths_holds_the_chosen_goals_alone(gold: Database) -> None:
    draft = report(gold, "Northbank Building Society")
    (table,) = [block for block in section(draft, "Strengths").blocks if isinstance(block, Table)]
    chosen = {row["code"] for row in _goals(draft) if row["is_strength"]}
    assert {without_citations(row[0].runs).split()[0] for row in table.rows} == chosen
    others = [row for row in _goals(draft) if row["points"] and not row["is_strength"]]
    assert f"{spelled(len(others)).capitalize()} other goals have something done" in table.caption


@pytest.mark.slow
def test_nothing_more_is_asked_twice_of_one_activity(gold: Database) -> None:
    rows = _recommendations(report(gold, "Northbank Building Society"))
    asked = [
        (row["kind"], basis["activity"]) for row in rows if row["kind"] in ("gather", "count") for basis in row["basis"]
    ]
    assert asked
    assert len(set(asked)) == len(asked)
