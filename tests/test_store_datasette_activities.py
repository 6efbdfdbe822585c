"""Activities in the browser, asked for in-process: the list, one of them, and its repair."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlite_utils import Database

from goalmap.store.activities.decisions import merge
from goalmap.store.activities.refresh import is_up_to_date, refresh
from goalmap.store.batches import By
from goalmap.store.browse.activities import fresh
from goalmap.store.browse.activities.repairs import state_of
from goalmap.store.database import connect
from tests.activities_to_repair import (
    BUS,
    CHOIR,
    DEBT,
    EVIL,
    FILES,
    GARDEN,
    activity,
    answer,
    groups,
    make_database,
    passages,
)
from tests.reader import IS_0_65, ROOT, Reader, forms, text_of

LIST = f"{ROOT}/activities"
ALL = {**FILES, "evil.txt": EVIL}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_database(tmp_path / "review.db", ALL, accept=[BUS, GARDEN, CHOIR, EVIL])
    return tmp_path / "review.db"


@pytest.fixture
def reader(path: Path) -> Iterator[Reader]:
    reader = Reader(path)
    yield reader
    reader.db.close()


def page(reader: Reader, start: str, asked: str = "") -> Any:
    return reader.get(f"{ROOT}/activity/{activity(reader.db, start)}{asked}")


def ticked(reader: Reader, answer: Any, button: str, *ticks: tuple[str, str]) -> Any:
    """Post the form that has this button, with some boxes ticked."""
    form = next(form for form in forms(answer.text) if button in form.buttons)
    return reader.post(form.address, [*form.fields, *ticks])


# The list.


def test_the_list_counts_reviewed_activities_and_proposed_ones(reader: Reader) -> None:
    text = text_of(reader.get(LIST))
    assert "5 activities : 4 reviewed, 1 only proposed." in text
    assert "Two advisers sit in the library" in text
    assert "Proposed, not decided" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"goal": "8"}, 4),
        ({"goal": "purpose-goals/7"}, 1),
        ({"status": "proposed"}, 1),
        ({"stage": "delivered"}, 5),
        ({"stage": "none"}, 0),
        ({"words": "minibus"}, 1),
        ({"words": "residents hospital"}, 1),
        ({"words": '"'}, 1),
        ({"words": "%"}, 0),
        ({"organisation": "severnholme"}, 5),
        ({"organisation": "nobody"}, 0),
        ({"goal": "8", "status": "reviewed", "words": "choir"}, 1),
        ({"status": "nonsense", "stage": "x", "sort": "x", "part": "999999"}, 5),
    ],
)
def test_the_list_is_narrowed_by_goal_stage_status_organisation_and_words(
    reader: Reader, asked: dict[str, str], found: int
) -> None:
    answer = reader.get(f"{LIST}?{urlencode(asked)}")
    assert answer.status_code == 200
    noun = "activity" if found == 1 else "activities"
    assert f" {found} {noun}" in text_of(answer)


@pytest.mark.parametrize("order", ["citations", "goal", "title", "newest"])
def test_the_list_is_sorted_as_asked(reader: Reader, order: str) -> None:
    assert reader.get(f"{LIST}?sort={order}").status_code == 200


def test_a_hostile_title_is_shown_as_text(reader: Reader) -> None:
    assert "<script>alert(1)" not in reader.get(LIST).text
    assert "<script>alert(1)" not in page(reader, EVIL).text
    assert "alert(1)" in text_of(page(reader, EVIL))


# One activity.


def test_the_page_of_an_activity_has_its_goals_stage_and_passages(reader: Reader) -> None:
    text = text_of(page(reader, BUS))
    assert "Reviewed activity · told in 1 passage of 1 document" in text
    assert "8 Good health and wellbeing" in text
    assert "Stage delivered" in text
    assert BUS in text


def test_the_passage_the_overview_and_the_menu_lead_to_activities(reader: Reader) -> None:
    (passage,) = passages(reader.db, BUS)
    assert f"{ROOT}/activity/{activity(reader.db, BUS)}" in reader.get(f"{ROOT}/passage/{passage}").text
    assert "4 activities reviewed, 1 proposed" in text_of(reader.get(f"{ROOT}/overview"))
    assert f'href="{LIST}"' in reader.get("/review").text


def test_an_activity_that_never_was_is_not_found(reader: Reader) -> None:
    assert reader.get(f"{ROOT}/activity/azzz").status_code == 404


def test_tables_and_questions_of_activities_lead_to_their_pages(reader: Reader) -> None:
    address = f"{ROOT}/activity/{activity(reader.db, BUS)}"
    assert address in reader.get("/review/activities").text
    assert address in reader.get("/review/activity_passages").text
    answer = reader.get(f"/review/activities_told?{urlencode({'goal': '8', 'organisation': ''})}")
    assert address in answer.text


# Up to date.


def test_a_decision_shows_on_the_next_page(path: Path, reader: Reader) -> None:
    reader.get(LIST)
    answer(reader.db, DEBT)
    assert "5 activities : 5 reviewed, 0 only proposed." in text_of(reader.get(LIST))


def test_a_page_does_not_wait_for_long_and_says_that_it_is_not_up_to_date(
    path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(reader.db, DEBT)
    monkeypatch.setattr(fresh, "PATIENCE", 0.0)
    text = text_of(reader.get(LIST))
    assert "4 reviewed, 1 only proposed" in text
    assert "being brought up to date" in text


def test_a_database_that_is_open_for_reading_only_is_shown_as_it_is(tmp_path: Path) -> None:
    make_database(tmp_path / "review.db", ALL)
    with closing(connect(tmp_path / "review.db").conn) as conn:
        conn.execute("pragma journal_mode = delete")
    reader = Reader(tmp_path / "review.db", immutable=True)
    text = text_of(page(reader, BUS))
    assert "Repair" not in text
    assert BUS in text
    reader.db.close()


# Who may see, and who may repair.


def merging(reader: Reader) -> list[tuple[str, str]]:
    one, other = activity(reader.db, BUS), activity(reader.db, GARDEN)
    states = [state_of(reader.db.conn, id) for id in (one, other)]
    return [("action", "same"), ("state", states[0]), ("other", f"{other}:{states[1]}"), ("confirmed", "1")]


def test_a_visitor_who_is_not_signed_in_sees_and_changes_nothing(path: Path, reader: Reader) -> None:
    visitor = Reader(path, name=None)
    address = f"{ROOT}/activity/{activity(reader.db, BUS)}"
    assert visitor.get(LIST).status_code == 403
    assert visitor.get(address).status_code == 403
    assert visitor.post(f"{address}/repair", merging(reader)).status_code == 403
    assert reader.db.table("activity_decisions").count == 0
    visitor.db.close()


@pytest.mark.skipif(not IS_0_65, reason="Datasette 1.0 looks at where a form comes from, not for a token")
def test_a_form_without_datasettes_token_is_refused(reader: Reader) -> None:
    page(reader, BUS)
    answer = reader.post(f"{ROOT}/activity/{activity(reader.db, BUS)}/repair", merging(reader))
    assert answer.status_code == 403
    assert reader.db.table("activity_decisions").count == 0


def test_a_form_that_another_website_sent_is_refused(reader: Reader) -> None:
    form = forms(page(reader, BUS, "?same=garden").text)[0]
    answer = reader.post(form.address, [*form.fields, *merging(reader)], **{"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert reader.db.table("activity_decisions").count == 0


def test_nothing_is_changed_by_following_an_address(reader: Reader) -> None:
    answer = reader.get(f"{ROOT}/activity/{activity(reader.db, BUS)}/repair?{urlencode(merging(reader))}")
    assert answer.status_code == 302
    assert reader.db.table("activity_decisions").count == 0


# Repairing.

TOGETHER = "Put the found and ticked together with this"


def other(reader: Reader, start: str) -> tuple[str, str]:
    id = activity(reader.db, start)
    return "other", f"{id}:{state_of(reader.db.conn, id)}"


def merged(reader: Reader) -> Any:
    checked = ticked(reader, page(reader, BUS, "?same=garden"), TOGETHER, other(reader, GARDEN))
    return reader.send(checked, "Yes, they are one", note="One fund pays for both.")


def test_a_merge_is_shown_before_it_is_done(reader: Reader) -> None:
    shown = page(reader, BUS, "?same=garden")
    assert other(reader, GARDEN)[1] in shown.text
    checked = ticked(reader, shown, TOGETHER, other(reader, GARDEN))
    text = text_of(checked)
    assert "Nothing has changed yet" in text
    assert "goal 8, delivered, 2 passages of 2 documents" in text
    assert reader.db.table("activity_decisions").count == 0


def test_a_confirmed_merge_is_done_and_kept_with_its_reviewer_and_reason(reader: Reader) -> None:
    answer = merged(reader)
    assert answer.status_code == 302
    text = text_of(reader.get(answer.headers["location"]))
    assert "Done. Decision b1: 2 passages tell of one activity." in text
    assert "told in 2 passages of 2 documents" in text
    assert "One fund pays for both. ann," in text
    assert "put together by a person" in text


def test_the_address_of_a_merged_activity_leads_on(reader: Reader) -> None:
    ids = {activity(reader.db, BUS), activity(reader.db, GARDEN)}
    merged(reader)
    (gone,) = ids - {activity(reader.db, BUS)}
    answer = reader.get(f"{ROOT}/activity/{gone}")
    assert answer.status_code == 302
    assert "The address that you followed is an earlier one" in text_of(reader.get(answer.headers["location"]))


def test_what_is_ticked_is_split_off(reader: Reader) -> None:
    merged(reader)
    (garden,) = passages(reader.db, GARDEN)
    checked = ticked(reader, page(reader, BUS), "Split off what is ticked …", ("passage", garden))
    assert "This overrules what was decided before: b1." in text_of(checked)
    answer = reader.send(checked, "Yes, split it off")
    assert "tells of another activity than 1 other" in text_of(reader.get(answer.headers["location"]))
    assert frozenset([BUS[:12]]) in groups(reader.db)


def test_only_fields_that_were_changed_are_written_and_an_emptied_one_says_nothing(reader: Reader) -> None:
    form = next(form for form in forms(page(reader, BUS).text) if "Write that …" in form.buttons)
    written = {"title": "A minibus", "owner": "", "place": "", "stage": "planned", "best_practice": "no"}
    checked = reader.post(form.address, [*form.fields, *((f"field-{name}", text) for name, text in written.items())])
    answer = reader.send(checked, "Yes, write that")
    rows = reader.db.execute("select field, value from activity_decisions order by field").fetchall()
    assert rows == [("owner", ""), ("stage", "planned"), ("title", "A minibus")]
    text = text_of(reader.get(answer.headers["location"]))
    assert "Stage planned written by a person" in text
    assert "Who does it Severnholme Trust" not in text


def test_an_edit_that_cannot_stand_is_refused_with_what_can(reader: Reader) -> None:
    form = next(form for form in forms(page(reader, BUS).text) if "Write that …" in form.buttons)
    answer = reader.post(form.address, [*form.fields, ("field-region", "Mars")])
    assert answer.status_code == 400
    assert "No region is called 'Mars'" in text_of(answer)


def test_a_decision_is_undone_and_put_back(reader: Reader) -> None:
    shown = reader.get(merged(reader).headers["location"])
    checked = reader.send(shown, "Undo decision b1")
    assert "Nothing has changed yet" in text_of(checked)
    reader.send(checked, "Yes, take it back")
    shown = page(reader, BUS)
    assert frozenset([BUS[:12]]) in groups(reader.db)
    assert "Taken back by b2" in text_of(shown)
    reader.send(reader.send(shown, "Undo decision b2"), "Yes, take it back")
    page(reader, BUS)
    assert frozenset([BUS[:12], GARDEN[:12]]) in groups(reader.db)


@pytest.mark.parametrize("changed", ["decided", "merged"])
def test_a_form_that_is_out_of_date_changes_nothing(path: Path, reader: Reader, changed: str) -> None:
    shown = page(reader, BUS, "?same=garden")
    tick = other(reader, GARDEN)
    with closing(connect(path).conn) as conn:
        db = Database(conn)
        if changed == "merged":
            merge(db, [activity(db, GARDEN), activity(db, CHOIR)], By("bob"))
        else:
            answer(db, GARDEN, "rejected")
    count = reader.db.table("activity_decisions").count
    refused = ticked(reader, shown, TOGETHER, tick, ("confirmed", "1"))
    assert refused.status_code == 409
    assert "somebody else decided on it" in text_of(refused)
    assert reader.db.table("activity_decisions").count == count


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ([("action", "burn")], 400),
        ([("action", "same")], 400),
        ([("action", "split")], 400),
        ([("action", "undo")], 400),
        ([("action", "undo"), ("batch", "b99")], 400),
        ([("action", "split"), ("passage", "p'; drop table passages")], 400),
    ],
)
def test_a_form_that_makes_no_sense_is_answered_in_words(
    reader: Reader, fields: list[tuple[str, str]], status: int
) -> None:
    form = forms(page(reader, BUS).text)[0]
    kept = [(name, value) for name, value in form.fields if name != "action"]
    answer = reader.post(form.address, [*kept, *fields])
    assert answer.status_code == status
    assert "Nothing was done" in text_of(answer)


def test_a_writer_at_work_is_told_of(path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalmap.store.browse.writing.PATIENCE", 50)
    shown = page(reader, BUS, "?same=garden")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("begin immediate")
    refused = ticked(reader, shown, TOGETHER, other(reader, GARDEN))
    writer.rollback()
    writer.close()
    assert refused.status_code == 503
    assert "Another program has been writing" in text_of(refused)


def test_the_tables_are_up_to_date_after_a_repair(path: Path, reader: Reader) -> None:
    reader.get(merged(reader).headers["location"])
    assert is_up_to_date(reader.db)
    before = groups(reader.db)
    refresh(reader.db)
    assert groups(reader.db) == before
