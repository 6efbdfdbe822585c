"""Reviewing in the browser, asked for in-process: what is shown, what is written, what is refused."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.store.browse.review import leases
from goalmap.store.browse.review import views as review_views
from goalmap.store.database import immediate
from goalmap.store.decisions import states_of_passages
from goalmap.store.review.waiting import Place
from tests.reader import IS_0_65, Form, Reader, forms, text_of
from tests.stories import EVIL

PAGE = "/goalmap/-/review"
CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8 #11 ~5 and invited everybody."
SHOP = "Our shop sells furniture that people made again from wood and gives them a trade #9 ~12"
HOMES = "The trust has built forty homes for families who waited for years on the list #12"
TITLES = {
    "8": "8 Good health and wellbeing",
    "9": "9 Extending enterprise",
    "12": "12 Building homes and sustainable communities",
}

Texts = dict[str, str]


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """No passage is before anybody at the beginning of a test."""
    monkeypatch.setattr(review_views, "_LEASES", leases.Leases())


@pytest.fixture
def review(db: Database, files: Path, ingest_files: Callable[..., Any]) -> Iterator[Callable[..., Reader]]:
    """Brings texts into the database and gives a reviewer with a browser."""
    readers: list[Reader] = []

    def start(
        texts: Texts | None = None, name: str | None = "ann", frameworks: tuple[str, ...] = (), **how: Any
    ) -> Reader:
        for file, text in (texts or {}).items():
            (files / file).write_text(text, "utf-8")
        if texts:
            ingest_files(frameworks or ("purpose-goals",))
        readers.append(Reader(Path(db.conn.execute("pragma database_list").fetchone()[2]), name, **how))
        return readers[-1]

    yield start
    for reader in readers:
        reader.db.close()


@pytest.fixture
def ann(review: Callable[..., Reader]) -> Reader:
    """A reviewer of three passages in two documents."""
    return review({"a.txt": f"{CLINIC}\n{SHOP}", "b.txt": HOMES})


def decided(reader: Reader) -> list[tuple[str, ...]]:
    """What is on record, in the order in which it was written."""
    sql = "select proposed_goal_id, verdict, goal_id from current_decisions order by id"
    return [tuple(value.rpartition("/")[2] for value in row) for row in reader.db.execute(sql).fetchall()]


def goal(code: str) -> str:
    return f"purpose-goals/{code}"


def passage(reader: Reader, words: str) -> str:
    (found,) = reader.db.execute("select id from passages where text like ?", [f"%{words}%"]).fetchone()
    return str(found)


def shown(answer: Any) -> str:
    """The id of the passage on the page."""
    return str(re.findall(r'data-passage="([^"]*)"', answer.text)[0])


def follow(reader: Reader, answer: Any) -> Any:
    assert answer.status_code == 303
    return reader.get(answer.headers["location"])


def form_of(answer: Any, button: str) -> Form:
    return next(form for form in forms(answer.text) if button in form.buttons)


def on(reader: Reader, words: str, asked: str = "") -> Any:
    """The page of the passage with these words."""
    return reader.get(f"{PAGE}?passage={passage(reader, words)}{asked}")


# What is shown


def test_the_page_shows_the_passage_in_its_place_with_its_goals(ann: Reader) -> None:
    page = text_of(on(ann, "new clinic"))
    assert "a new clinic for three thousand" in page
    assert "Our shop sells furniture" in page
    assert "Severnholme Trust" in page
    assert page.index("8 Good health and wellbeing 1 0.90") < page.index("Came near, not proposed 5 Open recruitment")
    assert "4 of 4 proposals wait" in page


def test_the_first_passage_is_the_one_worth_most(ann: Reader) -> None:
    with immediate(ann.db):
        ann.db.execute("update proposals set value = 5 where passage_id = ?", [passage(ann, "forty homes")])
    assert shown(ann.get(PAGE)) == passage(ann, "forty homes")


def test_names_in_a_passage_are_marked(review: Callable[..., Reader]) -> None:
    ann = review({"a.txt": "A clinic was opened by @Amara_Nwosu for three thousand patients #8"})
    assert '<mark class="person"' in ann.get(PAGE).text
    assert '<mark class="evidence"' in ann.get(PAGE).text


def test_hostile_text_is_shown_as_text(review: Callable[..., Reader]) -> None:
    ann = review({"a.txt": f"The clinic {EVIL} was opened for three thousand patients #8"})
    with immediate(ann.db):
        ann.db.execute("update documents set title = ?, publisher = ?", [EVIL, f'"{EVIL}'])
    for answer in (ann.get(PAGE), ann.get(f"{PAGE}?publisher=%22%3E{EVIL}"), ann.get(f"{PAGE}?order={EVIL}")):
        assert answer.status_code == 200
        assert EVIL not in answer.text
    assert EVIL in text_of(ann.get(PAGE))


def test_a_note_of_a_reviewer_is_shown_as_text(ann: Reader) -> None:
    page = on(ann, "forty homes")
    ann.send(page, f"Accept {TITLES['12']}", note=EVIL)
    assert EVIL not in on(ann, "forty homes").text
    assert EVIL in text_of(on(ann, "forty homes"))


def test_a_goal_alone_is_reviewed_where_it_is_asked_for(ann: Reader) -> None:
    page = ann.get(f"{PAGE}?goal=9")
    assert shown(page) == passage(ann, "furniture")
    assert "1 of 1 proposal waits" in text_of(page)


def test_a_publisher_alone_is_reviewed_by_part_of_the_name(ann: Reader) -> None:
    with immediate(ann.db):
        ann.db.execute("update documents set publisher = 'Harrow Fund' where path like '%b.txt'")
    page = ann.get(f"{PAGE}?publisher=harrow")
    assert shown(page) == passage(ann, "forty homes")
    assert "1 of 1 proposal waits" in text_of(page)
    done = follow(ann, ann.send(page, f"Accept {TITLES['12']}"))
    assert "Nothing waits here" in text_of(done)
    assert "in documents of “harrow” is decided" in text_of(done)


def test_the_order_of_documents_and_of_goals_can_be_asked_for(ann: Reader) -> None:
    assert shown(ann.get(f"{PAGE}?order=document")) == passage(ann, "new clinic")
    assert shown(ann.get(f"{PAGE}?order=goal")) == passage(ann, "new clinic")
    skipped = re.findall(r'class="gm-next" href="([^"]+)"', ann.get(f"{PAGE}?order=goal").text)[0].replace("&amp;", "&")
    assert shown(ann.get(skipped)) == passage(ann, "furniture")


def test_an_address_that_makes_no_sense_shows_what_waits(ann: Reader) -> None:
    for asked in ("?goal=77", "?framework=none", "?order=none", "?passage=nobody", "?after=nobody", "?document=nobody"):
        assert ann.get(PAGE + asked).status_code == 200
    assert "Nothing waits here" in text_of(ann.get(f"{PAGE}?document=nobody"))


def test_each_framework_is_reviewed_on_its_own(review: Callable[..., Reader]) -> None:
    ann = review({"a.txt": CLINIC}, frameworks=("purpose-goals", "un-sdgs"))
    assert "2 of 2 proposals wait" in text_of(ann.get(f"{PAGE}?framework=purpose-goals"))
    page = ann.get(f"{PAGE}?framework=un-sdgs")
    assert "2 of 2 proposals wait" in text_of(page)
    ann.send(page, "None of these")
    assert decided(ann) == [("8", "rejected", "8"), ("11", "rejected", "11")]
    assert "2 of 2 proposals wait" in text_of(ann.get(f"{PAGE}?framework=purpose-goals"))


def test_near_copies_are_one_decision(review: Callable[..., Reader]) -> None:
    story = f"{CLINIC}\n{HOMES}\n{SHOP}"
    ann = review({"a.txt": story, "b.txt": story + "\nIt is told here once more."})
    page = ann.get(PAGE)
    assert "Counts for 1 other document that says the same: one decision for all" in text_of(page)
    assert "4 proposals wait" in text_of(page)
    while "Nothing waits here" not in text_of(page):
        there = {button for form in forms(page.text) for button in form.buttons}
        page = follow(ann, ann.send(page, (there & {"None of these", "Reject and go on"}).pop()))
    assert len(decided(ann)) == 4


def test_nothing_proposed_says_what_to_do(review: Callable[..., Reader]) -> None:
    ann = review({"a.txt": "Nothing of note was done by anybody in this town."})
    assert "Nothing has been proposed yet. goalmap ingest FOLDER" in text_of(ann.get(PAGE))


# What is written


def test_accepting_goes_on_to_the_next_goal_then_to_the_next_passage(ann: Reader) -> None:
    page = follow(ann, ann.send(on(ann, "new clinic"), f"Accept {TITLES['8']}"))
    assert shown(page) == passage(ann, "new clinic")
    assert "accepted by ann" in text_of(page)
    assert "Accepted: 8 Good health and wellbeing. 3 left." in text_of(page)
    page = follow(ann, ann.send(page, "Reject 11 Infrastructure for opportunity"))
    assert shown(page) != passage(ann, "new clinic")
    assert decided(ann) == [("8", "accepted", "8"), ("11", "rejected", "11")]


def test_a_decision_keeps_stage_best_practice_note_and_reviewer(ann: Reader) -> None:
    ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}", stage="planned", best_practice="1", note=" Good. ")
    (row,) = ann.db.query("select * from decisions")
    assert (row["stage"], row["best_practice"], row["note"], row["reviewer"]) == ("planned", 1, "Good.", "ann")
    assert row["source"] == "review page"


def test_choosing_another_goal_and_accepting_changes_it(ann: Reader) -> None:
    answer = ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}", filed="11")
    assert decided(ann) == [("12", "changed", "11")]
    assert "Changed: 11 Infrastructure for opportunity instead of 12 Building homes" in text_of(follow(ann, answer))


def test_a_goal_that_came_near_can_be_added(ann: Reader) -> None:
    answer = ann.send(on(ann, "new clinic"), "Add 5 Open recruitment")
    assert decided(ann) == [("5", "added", "5")]
    assert "4 of 4 proposals wait" in text_of(follow(ann, answer))


def test_any_other_goal_can_be_added_by_code_or_name(ann: Reader) -> None:
    ann.send(on(ann, "forty homes"), "Add this goal", filed="9")
    page = on(ann, "forty homes")
    ann.send(page, "Add this goal", filed="Open recruitment")
    assert decided(ann) == [("9", "added", "9"), ("5", "added", "5")]
    assert "added by ann" in text_of(on(ann, "forty homes"))


def test_adding_without_choosing_a_goal_writes_nothing(ann: Reader) -> None:
    answer = ann.send(on(ann, "forty homes"), "Add this goal", filed="")
    assert answer.status_code == 400
    assert "Choose a goal of the list first" in text_of(answer)
    assert decided(ann) == []


def test_none_of_these_rejects_all_that_wait_and_leaves_what_is_decided(ann: Reader) -> None:
    page = follow(ann, ann.send(on(ann, "new clinic"), f"Accept {TITLES['8']}"))
    ann.send(page, "Reject and go on")
    assert decided(ann) == [("8", "accepted", "8"), ("11", "rejected", "11")]


def test_skipping_comes_to_every_passage_and_back_to_the_first(ann: Reader) -> None:
    page = ann.get(PAGE)
    seen = [shown(page)]
    for _ in range(3):
        page = ann.get(re.findall(r'class="gm-next" href="([^"]+)"', page.text)[0].replace("&amp;", "&"))
        seen.append(shown(page))
    assert len(set(seen[:3])) == 3
    assert seen[3] == seen[0]
    assert decided(ann) == []


def test_a_decided_goal_can_be_decided_again(ann: Reader) -> None:
    ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}")
    ann.send(on(ann, "forty homes"), f"Reject {TITLES['12']}")
    assert decided(ann) == [("12", "rejected", "12")]
    assert ann.db.table("decisions").count == 2


def test_a_reviewer_stays_on_a_passage_if_they_want_to(ann: Reader) -> None:
    answer = ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}", stays="1")
    assert shown(follow(ann, answer)) == passage(ann, "forty homes")


# Undo


def test_undo_takes_back_the_last_decision_and_shows_its_passage(ann: Reader) -> None:
    page = follow(ann, ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}"))
    assert shown(page) != passage(ann, "forty homes")
    page = follow(ann, ann.send(page, "Undo my last decision"))
    assert shown(page) == passage(ann, "forty homes")
    assert "Taken back: accepted: 12 Building homes" in text_of(page)
    assert decided(ann) == []
    assert "4 of 4 proposals wait" in text_of(page)


def test_undo_goes_back_one_decision_after_another(ann: Reader) -> None:
    page = follow(ann, ann.send(on(ann, "new clinic"), f"Accept {TITLES['8']}"))
    page = follow(ann, ann.send(page, "Reject 11 Infrastructure for opportunity"))
    page = follow(ann, ann.send(page, "Undo my last decision"))
    assert decided(ann) == [("8", "accepted", "8")]
    page = follow(ann, ann.send(page, "Undo my last decision"))
    assert decided(ann) == []
    assert "Undo my last decision" not in text_of(page)


def test_undo_takes_back_none_of_these_as_a_whole(ann: Reader) -> None:
    page = follow(ann, ann.send(on(ann, "new clinic"), "None of these"))
    assert len(decided(ann)) == 2
    ann.send(page, "Undo my last decision")
    assert decided(ann) == []


def test_undo_brings_back_what_stood_before(ann: Reader) -> None:
    ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}")
    page = follow(ann, ann.send(on(ann, "forty homes"), f"Reject {TITLES['12']}"))
    ann.send(page, "Undo my last decision")
    assert decided(ann) == [("12", "accepted", "12")]


def test_nobody_undoes_what_somebody_else_decided(ann: Reader, review: Callable[..., Reader]) -> None:
    page = follow(ann, ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}"))
    undo = form_of(page, "Undo my last decision")
    ben = review(name="ben")
    assert "Undo my last decision" not in text_of(ben.get(PAGE))
    token = dict(forms(ben.get(PAGE).text)[-1].fields)["csrftoken"]
    fields = [(name, token if name == "csrftoken" else value) for name, value in undo.fields]
    assert ben.post(undo.address, fields).status_code == 409
    assert decided(ann) == [("12", "accepted", "12")]


def test_undo_does_nothing_where_somebody_has_decided_since(ann: Reader, review: Callable[..., Reader]) -> None:
    page = follow(ann, ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}"))
    ben = review(name="ben")
    ben.send(on(ben, "forty homes"), f"Reject {TITLES['12']}")
    answer = ann.send(page, "Undo my last decision")
    assert answer.status_code == 409
    assert decided(ann) == [("12", "rejected", "12")]


# Two at once


def test_a_stale_form_changes_nothing_and_tells_who_decided_what(ann: Reader, review: Callable[..., Reader]) -> None:
    ben = review(name="ben")
    page = on(ann, "forty homes")
    ben.send(on(ben, "forty homes"), f"Reject {TITLES['12']}")
    answer = ann.send(page, f"Accept {TITLES['12']}")
    assert answer.status_code == 409
    assert "Somebody has decided on this passage since you opened it" in text_of(answer)
    assert "rejected by ben: 12 Building homes" in text_of(answer)
    assert decided(ann) == [("12", "rejected", "12")]
    ann.send(answer, f"Accept {TITLES['12']}")
    assert decided(ann) == [("12", "accepted", "12")]


@pytest.mark.parametrize("button", ["None of these", "Accept 8 Good health and wellbeing", "Add 5 Open recruitment"])
def test_every_form_is_refused_when_it_is_stale(ann: Reader, button: str) -> None:
    page = on(ann, "new clinic")
    ann.send(page, "Reject 11 Infrastructure for opportunity")
    assert ann.send(page, button).status_code == 409
    assert decided(ann) == [("11", "rejected", "11")]


def test_a_second_click_writes_once(ann: Reader) -> None:
    page = on(ann, "forty homes")
    ann.send(page, f"Accept {TITLES['12']}")
    assert ann.send(page, f"Accept {TITLES['12']}").status_code == 409
    assert ann.db.table("decisions").count == 1


def test_two_reviewers_are_given_different_passages(ann: Reader, review: Callable[..., Reader]) -> None:
    ben = review(name="ben")
    ben.datasette = ann.datasette
    ben.cookies = {"ds_actor": ann.datasette.sign({"a": {"id": "ben"}}, "actor")}
    assert shown(ann.get(PAGE)) != shown(ben.get(PAGE))
    assert shown(ann.get(PAGE)) == shown(ann.get(PAGE))


def test_a_passage_that_is_before_others_for_long_is_given_again() -> None:
    at = [0.0]
    held = leases.Leases(now=lambda: at[0])
    places = [Place("p1"), Place("p2")]
    held.hold(("db", "f", "p1"), "ann")
    assert held.first_free("db", "f", places, "ben") == places[1]
    assert held.first_free("db", "f", places, "ann") == places[0]
    at[0] = leases.SECONDS
    assert held.first_free("db", "f", places, "ben") == places[0]


def test_a_passage_that_was_read_again_leads_on(ann: Reader) -> None:
    page = on(ann, "forty homes")
    with immediate(ann.db):
        ann.db.execute("update passages set retired_at = '2026' where text = ?", [HOMES])
    answer = ann.send(page, f"Accept {TITLES['12']}")
    assert answer.status_code == 409
    assert "has been read again" in text_of(answer)
    assert decided(ann) == []


def test_another_writer_is_waited_for_and_told_of(ann: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalmap.store.browse.writing.PATIENCE", 50)
    page = on(ann, "forty homes")
    ann.db.conn.execute("begin immediate")
    answer = ann.send(page, f"Accept {TITLES['12']}")
    ann.db.conn.rollback()
    assert answer.status_code == 503
    assert "Another program has been writing" in text_of(answer)
    assert decided(ann) == []


# Who may


def test_a_visitor_who_is_not_signed_in_sees_and_changes_nothing(ann: Reader, review: Callable[..., Reader]) -> None:
    visitor = review(name=None)
    form = form_of(on(ann, "forty homes"), f"Accept {TITLES['12']}")
    assert visitor.get(PAGE).status_code == 403
    assert visitor.post(PAGE, [*form.fields, ("verdict", "accepted")]).status_code == 403
    assert decided(ann) == []


@pytest.mark.skipif(not IS_0_65, reason="Datasette 1.0 looks at where a form comes from, not for a token")
def test_a_form_without_datasettes_token_is_refused(ann: Reader) -> None:
    form = form_of(on(ann, "forty homes"), f"Accept {TITLES['12']}")
    fields = [field for field in form.fields if field[0] != "csrftoken"]
    assert ann.post(form.address, [*fields, ("verdict", "accepted")]).status_code == 403
    assert decided(ann) == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_that_another_website_sent_is_refused(ann: Reader, site: str) -> None:
    form = form_of(on(ann, "forty homes"), f"Accept {TITLES['12']}")
    answer = ann.post(form.address, [*form.fields, ("verdict", "accepted")], **{"sec-fetch-site": site})
    assert answer.status_code == 403
    assert decided(ann) == []


def test_a_database_that_is_open_for_reading_only_has_no_forms(ann: Reader, review: Callable[..., Reader]) -> None:
    ann.db.execute("pragma wal_checkpoint(truncate)")
    reader = review(immutable=True)
    page = reader.get(PAGE)
    assert "open for reading only" in text_of(page)
    assert 'action="/goalmap/-/review' not in re.sub(r'<form method="get".*?</form>', "", page.text, flags=re.S)


@pytest.mark.parametrize(
    "changed",
    [
        {"action": "burn"},
        {"verdict": "changed"},
        {"goal": "purpose-goals/77"},
        {"goal": "un-sdgs/1"},
        {"goal": "", "filed": ""},
        {"goal": "", "filed": "no such goal"},
    ],
)
def test_a_form_that_makes_no_sense_writes_nothing(ann: Reader, changed: dict[str, str]) -> None:
    form = form_of(on(ann, "forty homes"), f"Accept {TITLES['12']}")
    fields = {**dict(form.fields), "verdict": "accepted", **changed}
    assert ann.post(form.address, list(fields.items())).status_code == 400
    assert decided(ann) == []


def test_an_unknown_stage_is_left_out_and_a_long_note_cut(ann: Reader) -> None:
    ann.send(on(ann, "forty homes"), f"Accept {TITLES['12']}", stage="gone", note="n" * 5000)
    (row,) = ann.db.query("select stage, note from decisions")
    assert (row["stage"] or "", len(row["note"])) == ("", 2000)


# For the script


def test_the_script_is_sent_the_passage_alone_with_its_address(ann: Reader) -> None:
    form = form_of(on(ann, "forty homes"), f"Accept {TITLES['12']}")
    told = [*form.fields, *form.pressed(f"Accept {TITLES['12']}")]
    answer = ann.post(form.address, told, **{"x-goalmap-fragment": "1"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="gm-item"')
    assert 'data-said="Accepted: 12 Building homes and sustainable communities. 3 left."' in answer.text
    assert 'data-here="/goalmap/-/review?framework=purpose-goals&amp;passage=' in answer.text


@pytest.mark.parametrize("file", ["review.js", "review.css"])
def test_the_script_and_the_style_are_served_with_a_fingerprint(ann: Reader, file: str) -> None:
    (address,) = re.findall(rf'"(/-/static-plugins/goalmap/{file}\?[0-9a-f]{{8}})"', ann.get(PAGE).text)
    assert ann.get(address).status_code == 200
    assert "<script>" not in ann.get(PAGE).text.split("<section")[1].split("</section>")[0]


def test_menus_and_overview_lead_to_the_page(ann: Reader) -> None:
    overview = ann.get("/goalmap/-/overview")
    assert "Review 4 proposals that wait" in text_of(overview)
    assert f"{PAGE}?framework=purpose-goals&amp;goal=purpose-goals%2F8" in overview.text
    for path in ("/goalmap", "/goalmap/proposals"):
        assert f'href="{PAGE}"' in ann.get(path).text


def test_the_state_of_a_passage_is_in_every_form_that_changes_it(ann: Reader) -> None:
    id = passage(ann, "new clinic")
    state = states_of_passages(ann.db, [id])[id]
    changing = [form for form in forms(on(ann, "new clinic").text) if ("passage", id) in form.fields]
    assert len(changing) == 5
    assert all(("state", state) in form.fields for form in changing)
