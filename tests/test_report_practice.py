"""The compendium of best practice: what is a ground, who is picked, and a fair turn for every body."""

import json
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.classify.activities.model import Activity, Body, Detail, Filing, Measure, Origin, Reading, Telling
from goalmap.cli import main
from goalmap.extract.words import name_key
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.bodies import NO_BODY
from goalmap.report.draft.lock import locked
from goalmap.report.draft.model import Card, Draft
from goalmap.report.evidence import find_evidence
from goalmap.report.practice.grounds import grounds_of, near_misses
from goalmap.report.practice.picks import Pick, picked
from goalmap.report.practice.recognition import told
from goalmap.report.reports.practice import Asked, compendium, of_region
from goalmap.report.verbatim import NotVerbatim
from goalmap.store.database import immediate
from tests.drafts import uncited
from tests.many_activities import many_activities

TODAY = date(2024, 6, 30)
CUES = [
    ("Our café won the Fair Work Award in May.", ["award"]),
    ("The Trust has held a Gold Award from the scheme since 2021.", ["award", "since"]),
    ("It was awarded the bronze Race Equality Charter.", ["accreditation", "award"]),
    ("Ofsted judged the provision outstanding in November.", ["rating"]),
    ("The service is accredited by the college.", ["accreditation"]),
    ("Three other trusts have since copied it.", ["copied"]),
    ("The form has been adopted by six neighbouring councils.", ["copied"]),
    ("Unplanned admissions have dropped by 38 per cent.", ["change"]),
    ("Exclusions fell from 96 to 31.", ["change"]),
    ("The share that stays in the borough has gone from 31p to 44p.", ["change"]),
    ("Patients went home on average three days sooner.", ["change"]),
    ("Twenty-nine have gone up a band.", ["reached"]),
    ("It was shortlisted for a national award.", ["near miss"]),
    ("We were highly commended in the regional awards.", ["near miss"]),
]
NO_CUES = [
    "We hope to win an award.",
    "The centre will be rated outstanding.",
    "A total of £166,000 was awarded to fit solar panels.",
    "She holds the First Footing award, which pays £1,500 a year.",
    "The capacity of the team is rated red.",
    "Homes rated D or worse will be offered a loan.",
    "White shortlisted applicants are likelier to be appointed.",
    "The storm cut the power to 31,000 homes.",
    "We dropped the degree requirement from 64 roles.",
    "Emissions will fall by 50 per cent.",
    "She has been chair of the board since 2019.",
    "Bursaries are for people who grew up in care, from January 2025.",
    "A shortlist of 41 was drawn up from 190 entries.",
    "Staff followed the gold standard.",
    "Pupils aged 14 took part in the day.",
    "The pay award was accepted by staff.",
]


@pytest.mark.parametrize(("text", "kinds"), CUES)
def test_a_cue_is_found_by_its_kind(text: str, kinds: list[str]) -> None:
    assert sorted(one.kind for one in told(text)) == kinds


@pytest.mark.parametrize("text", NO_CUES)
def test_what_only_looks_like_a_cue_is_none(text: str) -> None:
    assert told(text) == ()


@given(
    st.text(max_size=200) | st.lists(st.sampled_from([text for text, _ in CUES] + NO_CUES), max_size=4).map(" ".join)
)
def test_every_cue_stands_within_its_text(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) and text[one.start : one.end].strip() for one in told(text))


# Grounds


def activity(name: str, body: str | None, text: str, *, stage: str = "delivered", **more: object) -> Activity:
    """One passage of a document that the body published."""
    best = bool(more.pop("best", False))
    filing = Filing("g/1", "accepted", stage, best_practice=best, reviewer="A. Reader" if best else None)
    telling = Telling(f"p-{name}", text, Origin(f"d-{name}", "A document", body, "2024-01-01"), (filing,))
    goals = more.pop("goals", ("g/1",))
    return Activity(f"a-{name}", "g", "reviewed", name, goals, stage, (telling,), **more)  # type: ignore[arg-type]


def rules(one: Activity, body: str = "Ashwick Trust") -> list[str]:
    return [ground.rule for ground in grounds_of(one, body)]


def test_grounds_stand_in_the_order_of_their_weight_and_cite_the_passage() -> None:
    one = activity(
        "one", "Ashwick Trust", "It won the Fair Work Award. Waits fell by 9 days. It began in 2019.", best=True
    )
    grounds = grounds_of(one, "Ashwick Trust")
    assert [ground.rule for ground in grounds] == ["marked", "results", "recognised"]
    assert all(ground.cites == ("p-one",) for ground in grounds)
    assert grounds[0].words == "marked as best practice by A. Reader"
    assert grounds[2].words == "an award is told: “won the Fair Work Award”"


def test_an_intention_has_no_results() -> None:
    assert rules(activity("one", "Ashwick Trust", "Waits fell by 9 days.", stage="planned")) == []


def test_people_are_counted_and_targets_are_not() -> None:
    text = "It reached 212 residents."
    reading = Reading("212", 212, "p-one", 11, 14, None, None)
    reached = activity("one", "T", text, figures=(Measure("residents", None, (reading,)),))
    aimed = activity("one", "T", text, figures=(Measure("Residents helped, target for 2024", None, (reading,)),))
    assert (rules(reached), rules(aimed)) == (["reach"], [])


def test_what_a_passage_hopes_to_count_is_no_reach() -> None:
    reading = Reading("212", 212, "p-one", 14, 17, None, None)
    one = activity("one", "T", "We will reach 212 residents.", figures=(Measure("residents", None, (reading,)),))
    assert rules(one) == []


def test_a_short_list_is_said_and_is_no_ground() -> None:
    one = activity("one", "T", "The café was shortlisted for the Fair Work Award.")
    assert (rules(one), [words.text for words in near_misses(one)]) == (
        [],
        ["shortlisted for the Fair Work Award"],
    )


def test_documents_of_others_are_a_ground_where_the_body_tells_of_it_too() -> None:
    own = activity("own", "Ashwick Trust", "We run a café.")
    other = activity("other", "Marlow Gazette", "Ashwick Trust runs a café.")
    both = Activity("a", "g", "reviewed", "Café", ("g/1",), "ongoing", (*own.tellings, *other.tellings))
    assert [ground.words for ground in grounds_of(both, "Ashwick Trust")] == ["also told by Marlow Gazette"]
    assert grounds_of(both, "Ashwick Trust")[0].cites == ("p-other",)
    assert rules(other) == []


def test_what_began_in_the_year_of_the_document_has_not_run_for_long() -> None:
    assert rules(activity("old", "T", "It has run since 2019.")) == ["duration"]
    assert rules(activity("new", "T", "It has run since 2023.")) == []


# Picking

NAMES = ["Ashwick Trust", "ASHWICK  Trust", "Marlow College", "Holder & Sons", "=cmd()|'x'", "<script>", ""]
TEXTS = ["Waits fell by 9 days.", "It won the Fair Work Award. Waits fell by 9 days.", "We run a café."]


@st.composite
def activity_lists(draw: st.DrawFn) -> list[Activity]:
    number = draw(st.integers(0, 25))
    return [
        activity(
            f"{place}",
            draw(st.sampled_from(NAMES)) or None,
            draw(st.sampled_from(TEXTS)),
            stage=draw(st.sampled_from(["delivered", "ongoing", "planned", ""])),
            best=draw(st.booleans()),
            goals=(draw(st.sampled_from(["g/1", "g/2", "g/3"])),),
            region=draw(st.sampled_from(["", "North East"])),
        )
        for place in range(number)
    ]


@given(activity_lists(), st.integers(1, 4))
@settings(max_examples=150)
def test_no_body_has_more_entries_than_the_cap_and_none_is_without_grounds(found: list[Activity], cap: int) -> None:
    result = picked(found, cap)
    assert max(Counter(pick.key for pick in result.picks).values(), default=0) <= cap
    assert all(pick.grounds and all(ground.cites for ground in pick.grounds) for pick in result.picks)
    assert len(result.picks) + result.over_cap + result.without_grounds == len(found)


@given(activity_lists(), st.integers(1, 4), st.integers(1, 8))
@settings(max_examples=150)
def test_nobody_has_a_second_entry_before_all_others_with_grounds_have_a_first(
    found: list[Activity], cap: int, most: int
) -> None:
    everybody = {pick.key for pick in picked(found, 1).picks}
    picks = picked(found, cap, most).picks
    assert [pick.turn for pick in picks] == sorted(pick.turn for pick in picks)
    assert len(picks) <= most
    before: set[str] = set()
    for pick in picks:
        assert pick.key not in before or before == everybody
        before.add(pick.key)


@given(activity_lists(), st.randoms())
def test_the_order_in_which_activities_come_does_not_matter(found: list[Activity], chance: object) -> None:
    mixed = list(found)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert [pick.activity.id for pick in picked(mixed).picks] == [pick.activity.id for pick in picked(found).picks]


def test_a_reviewers_mark_goes_before_any_number_of_other_grounds() -> None:
    marked = activity("marked", "T", "We run a café.", best=True)
    rich = activity("rich", "T", "Waits fell by 9 days. It won the Fair Work Award. It has run since 2015.")
    assert [pick.activity.title for pick in picked([rich, marked], 1).picks] == ["marked"]


def test_a_second_entry_goes_first_to_a_goal_that_has_none() -> None:
    found = [
        activity("best", "T", "Waits fell by 9 days. It won the Fair Work Award."),
        activity("same goal", "T", "Waits fell by 9 days. It has run since 2015."),
        activity("other goal", "T", "Waits fell by 9 days.", goals=("g/2",)),
    ]
    assert [pick.activity.title for pick in picked(found, 2).picks] == ["best", "other goal"]


def test_the_owner_is_the_body_and_not_whoever_tells_of_it() -> None:
    one = activity("one", "Marlow Gazette", "Waits fell by 9 days.", owner=Body("Ashwick Trust", "e1"))
    unknown = activity("two", None, "Waits fell by 9 days.")
    assert [pick.body for pick in picked([one, unknown]).picks] in (
        ["Ashwick Trust", NO_BODY],
        [NO_BODY, "Ashwick Trust"],
    )
    assert picked([one, unknown]).bodies == ("Ashwick Trust",)


def test_a_name_with_and_without_its_legal_form_is_one_body() -> None:
    found = [
        activity("one", "Ashwick Hospitals", "Waits fell by 9 days."),
        activity("two", "Ashwick Hospitals NHS Foundation Trust", "Waits fell by 9 days."),
    ]
    assert [pick.body for pick in picked(found, 1).picks] == ["Ashwick Hospitals NHS Foundation Trust"]


def test_one_clause_is_not_two_grounds() -> None:
    text = "Forty-seven have been taken on since 2023."
    one = activity("one", "T", text, outcome=Detail(text[:35], "p-one", 0, 35))
    assert rules(one) == ["results"]


# The report


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(part) for part in arguments])


def cards(draft: Draft) -> list[Card]:
    return [block for section in draft.sections for block in section.blocks if isinstance(block, Card)]


def test_the_compendium_prints_why_each_entry_was_picked_and_what_was_left_out(map_db: Database) -> None:
    draft = locked(map_db, compendium(map_db, Asked(TODAY)))
    entries = draft.data["entries"]
    assert isinstance(entries, list)
    marked = next(one for one in entries if one["passages"][0] == "p1")
    assert marked["grounds"][0]["words"] == "marked as best practice by A. Reader"
    assert all(ground["passages"] for one in entries for ground in one["grounds"])
    assert draft.sections[0].title == "How entries were picked"
    assert draft.sections[-1].title == "What was left out"


def test_every_entry_says_why_it_is_here(map_db: Database) -> None:
    draft = compendium(map_db, Asked(TODAY))
    entries = [card for card in cards(draft) if not card.id.startswith("organisation-")]
    assert entries
    assert all(dict(card.facts)["Why it is here"] for card in entries)


def test_nothing_of_the_documents_is_told_without_a_citation(map_db: Database) -> None:
    many_activities(map_db, 60, bodies=6)
    for by in ("goal", "region"):
        draft = compendium(map_db, Asked(TODAY, by=by))
        assert uncited(map_db, draft, besides=("rule", "left-out"), known=[f"({n})" for n in range(1, 70)]) == ()


def test_a_compendium_of_proposals_says_so(map_db: Database) -> None:
    with immediate(map_db):
        map_db.execute("insert into withdrawals (decision_id, withdrawn_at) select id, decided_at from decisions")
    draft = compendium(map_db, Asked(TODAY))
    assert "Nobody has decided on anything" in getattr(draft.notices[0].runs[0], "text", "")
    assert {run.proposed for card in cards(draft) for run in card.quotes} == {True}


def test_an_unknown_region_is_answered_with_those_there_are(map_db: Database) -> None:
    evidence = find_evidence(map_db)
    placed = [replace(one, region="Wales") for one in evidence.shown]
    with pytest.raises(UnknownName, match="There are: Wales"):
        of_region(placed, "Atlantis")
    assert list(of_region(placed, " wales ")) == placed


def test_where_no_region_is_known_none_can_be_asked_for(map_db: Database) -> None:
    nowhere = [replace(one, region="") for one in find_evidence(map_db).shown]
    with pytest.raises(NotFound, match="No activity has a region"):
        of_region(nowhere, "Wales")


def test_one_changed_character_of_a_cited_passage_refuses_the_compendium(map_db: Database) -> None:
    many_activities(map_db, 20, bodies=4)
    locked(map_db, compendium(map_db, Asked(TODAY)))
    with immediate(map_db):
        map_db.execute("update passages set text = replace(text, 'fell', 'felt') where id = 'pm19'")
    with pytest.raises(NotVerbatim, match="pm19"):
        locked(map_db, compendium(map_db, Asked(TODAY)))


def test_hostile_names_and_titles_are_only_text(map_db: Database, tmp_path: Path) -> None:
    many_activities(map_db, 8, bodies=2)
    name = "=cmd()|'<script>alert(1)</script>\u202e\x07" + "x" * 3000
    with immediate(map_db):
        map_db.execute("update documents set publisher = ?, title = ? where id = 'dm0'", [name, name])
    page = tmp_path / "practice.html"
    result = run("report", "practice", "--db", tmp_path / "map.db", "-o", page, "--date", "2024-06-30")
    assert result.exit_code == 0, result.output
    assert "<script>alert" not in page.read_text("utf-8")
    assert "&lt;script&gt;alert" in page.read_text("utf-8")


@pytest.mark.parametrize("ending", ["html", "md", "csv", "json"])
def test_the_command_writes_the_same_bytes_twice(map_db: Database, tmp_path: Path, ending: str) -> None:
    files = [tmp_path / f"{place}.{ending}" for place in (1, 2)]
    for file in files:
        result = run(
            "report", "practice", "--db", tmp_path / "map.db", "-o", file, "--date", "2024-06-30", "--by", "region"
        )
        assert result.exit_code == 0, result.output
    assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_the_cap_and_the_number_of_entries_are_options(map_db: Database, tmp_path: Path) -> None:
    many_activities(map_db, 60, bodies=6)
    for options, entries in ((("--cap", 1), 6), (("--cap", 3), 18), (("--cap", 3, "--most", 7), 7)):
        file = tmp_path / "practice.json"
        run("report", "practice", "--db", tmp_path / "map.db", "-o", file, "--goal", 5, *options)
        bodies = Counter(name_key(one["organisation"]) for one in _entries(file))
        assert sum(bodies.values()) <= entries
        assert max(bodies.values()) <= int(options[1])


def _entries(file: Path) -> list[dict[str, str]]:
    data = json.loads(file.read_text("utf-8"))
    found: list[dict[str, str]] = data.get("entries") or data["data"]["entries"]
    return found


@pytest.mark.slow
def test_5000_reviewed_activities_are_picked_from_in_under_10_seconds(map_db: Database, tmp_path: Path) -> None:
    many_activities(map_db, 5000, bodies=700)
    begun = time.process_time()
    result = run("report", "practice", "--db", tmp_path / "map.db", "-o", tmp_path / "practice.html")
    assert result.exit_code == 0, result.output
    assert time.process_time() - begun < 10


def test_a_pick_has_a_place_where_no_region_is_known() -> None:
    assert Pick(activity("one", "T", "We run a café."), "T", ()).region == "Region not known"
