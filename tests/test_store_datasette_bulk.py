"""Deciding on many proposals at once in the browser, asked for in-process."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.store.browse.bulk import views as bulk_views
from goalmap.store.browse.bulk.remembered import Remembered
from goalmap.store.database import connect, immediate
from goalmap.store.decisions import Answer
from goalmap.store.ledgers import Record
from tests.large import large_database
from tests.reader import IS_0_65, ROOT, Reader, forms, text_of

LIST = f"{ROOT}/review/list"
PROPOSALS = 120
EVIL = '<script>document.title = "taken"</script>'


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    large_database(tmp_path / "review.db", PROPOSALS).close()
    reader = Reader(tmp_path / "review.db")
    yield reader
    reader.db.close()


@pytest.fixture
def bob(tmp_path: Path, reader: Reader) -> Iterator[Reader]:
    """Another reviewer of the same database."""
    bob = Reader(tmp_path / "review.db", name="bob")
    yield bob
    bob.db.close()


def waiting(db: Database, condition: str = "true") -> set[str]:
    return {id for (id,) in db.execute(f"select id from proposals where open = 1 and {condition}").fetchall()}


def decided(db: Database, condition: str = "true") -> set[str]:
    """The proposals on which a decision stands."""
    sql = f"""
        select pr.id from proposals pr join current_decisions d
        on d.passage_id = pr.passage_id and d.proposed_goal_id = pr.goal_id where {condition}
    """
    return {id for (id,) in db.execute(sql).fetchall()}


def decide(db: Database, id: str, reviewer: str = "bob") -> None:
    passage, goal = db.execute("select passage_id, goal_id from proposals where id = ?", [id]).fetchone()
    with immediate(db):
        Record().add(db, {(passage, goal): Answer("rejected", goal, reviewer=reviewer)}, "by hand")


def previewed(reader: Reader, filters: str = "", button: str = "", **more: str) -> Any:
    page = reader.get(f"{LIST}{filters}")
    wanted = button or next(name for name in forms(page.text)[0].buttons if name.startswith("Accept all"))
    return reader.send(page, wanted, **more)


def confirm(reader: Reader, preview: Any) -> Any:
    (form,) = forms(preview.text)
    answer = reader.post(form.address, [*form.fields, ("confirmed", "1")])
    assert answer.status_code == 303, text_of(answer)
    return reader.get(answer.headers["location"])


def ticked(page: Any, *ids: str) -> list[tuple[str, str]]:
    return [*forms(page.text)[0].fields, ("do", "accept ticked"), *(("tick", id) for id in ids)]


# The list.


def test_the_list_shows_what_waits_fifty_at_a_time_and_each_once(reader: Reader) -> None:
    seen: list[str] = []
    address = LIST
    while address:
        page = reader.get(address)
        assert f"{PROPOSALS} proposals wait." in text_of(page)
        seen += re.findall(r'name="tick" value="([^"]+)"', page.text)
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == PROPOSALS
    assert set(seen) == waiting(reader.db)


@pytest.mark.parametrize("order", ["value", "score", "weakest", "document"])
def test_every_order_shows_every_proposal_once_and_in_that_order(reader: Reader, order: str) -> None:
    columns = {
        "value": "value desc, passage_id, id",
        "score": "score desc, id",
        "weakest": "score, id",
        "document": "(select d.path from passages p join documents d on d.id = p.document_id where p.id = passage_id),"
        " (select position from passages where passages.id = passage_id), id",
    }
    wanted = [id for (id,) in reader.db.execute(f"select id from proposals order by {columns[order]}").fetchall()]
    seen: list[str] = []
    after = ""
    while len(seen) < PROPOSALS:
        page = reader.get(f"{LIST}?order={order}&after={after}")
        seen += re.findall(r'name="tick" value="([^"]+)"', page.text)
        after = seen[-1]
    assert seen == wanted


@pytest.mark.parametrize(
    ("filters", "condition"),
    [
        ("?goal=3", "goal_id = 'purpose-goals/3'"),
        ("?stage=planned", "stage = 'planned'"),
        ("?least=0.9", "score >= 0.9"),
        ("?most=0.4", "score <= 0.4"),
        ("?least=40%25&most=0.5", "score between 0.4 and 0.5"),
        ("?words=bursaries", "passage_id in (select id from passages where text like '%bursar%')"),
        ("?words=%22lockgate+4%22", "passage_id in (select id from passages where text like 'Lockgate 4 %')"),
        ("?document=d000001", "passage_id in (select id from passages where document_id = 'd000001')"),
        ("?publisher=trust+1", "passage_id in (select id from passages where document_id = 'd000001')"),
        ("?initiative=doors", "passage_id = 'p0000004'"),
        ("?goal=3&least=0.6", "goal_id = 'purpose-goals/3' and score >= 0.6"),
    ],
)
def test_a_filter_leaves_exactly_what_matches(reader: Reader, filters: str, condition: str) -> None:
    reader.db.table("entities").insert({"id": "e-doors", "kind": "initiative", "name": "Doors Open"})
    place = {"passage_id": "p0000004", "start": 0, "end": 4, "surface": "Lock"}
    reader.db.table("mentions").insert({"id": "m-doors", "entity_id": "e-doors", **place})
    wanted = waiting(reader.db, condition)
    assert wanted
    assert "match." in text_of(reader.get(f"{LIST}{filters}")) or len(wanted) == 1
    confirm(reader, previewed(reader, filters))
    assert decided(reader.db) == wanted


@pytest.mark.parametrize("words", ['"', "AND", "a OR", "NEAR(", "*", "%00", "text:x", "’—", "-"])
def test_no_words_break_the_search(reader: Reader, words: str) -> None:
    assert reader.get(f"{LIST}?words={words}").status_code == 200


@pytest.mark.parametrize("asked", ["least=nan", "least=inf", "most=-1", "least=x", "order=x", "after=x", "framework=x"])
def test_what_makes_no_sense_in_an_address_is_left_out(reader: Reader, asked: str) -> None:
    assert f"{PROPOSALS} proposals wait." in text_of(reader.get(f"{LIST}?{asked}"))


def test_evidence_is_marked_and_near_copies_are_told(reader: Reader) -> None:
    reader.db.execute("update passages set copy_of = 'p0000000' where id in ('p0000041', 'p0000081')")
    reader.db.conn.commit()
    page = reader.get(f"{LIST}?document=d000000")
    assert '<mark class="evidence"' in page.text
    assert "counts for 2 other documents" in text_of(page)


def test_what_is_read_blind_is_left_to_its_readers(reader: Reader) -> None:
    passage, goal, id = reader.db.execute("select passage_id, goal_id, id from proposals limit 1").fetchone()
    reader.db.table("readings").insert({"id": "r1", "created": "2026-01-01", "readers": "[]"})
    reader.db.table("reading_slots").insert({"reading_id": "r1", "passage_id": passage, "goal_id": goal, "position": 1})
    told = text_of(reader.get(LIST))
    assert f"{PROPOSALS - 1} proposals wait. 1 more is being read blind, and left to its readers." in told
    confirm(reader, previewed(reader))
    assert waiting(reader.db) == {id}


def test_what_was_read_blind_stays_left_to_its_readers_when_its_passage_is_edited(reader: Reader) -> None:
    passage, goal, id = reader.db.execute("select passage_id, goal_id, id from proposals limit 1").fetchone()
    reader.db.table("passages").insert(
        {
            "id": "p-old",
            "document_id": "d000000",
            "kind": "body",
            "text": "Old",
            "retired_at": "2026",
            "replaced_by": passage,
        }
    )
    reader.db.table("readings").insert({"id": "r1", "created": "2026-01-01", "readers": "[]"})
    reader.db.table("reading_slots").insert({"reading_id": "r1", "passage_id": "p-old", "goal_id": goal, "position": 1})
    confirm(reader, previewed(reader))
    assert waiting(reader.db) == {id}


# Who may decide.


def test_a_visitor_who_is_not_signed_in_sees_and_changes_nothing(tmp_path: Path, reader: Reader) -> None:
    visitor = Reader(tmp_path / "review.db", name=None)
    assert visitor.get(LIST).status_code == 403
    assert visitor.post(f"{LIST}/preview", [("do", "accept all"), ("confirmed", "1")]).status_code == 403
    assert decided(reader.db) == set()
    visitor.db.close()


def test_a_database_that_is_open_for_reading_only_has_no_forms(tmp_path: Path) -> None:
    large_database(tmp_path / "review.db", 20).close()
    reader = Reader(tmp_path / "review.db", immutable=True)
    page = reader.get(LIST)
    assert page.status_code == 200
    assert forms(page.text) == []
    assert 'name="tick"' not in page.text
    reader.db.close()


@pytest.mark.skipif(not IS_0_65, reason="Datasette 1.0 looks at where a form comes from, not for a token")
def test_a_form_without_datasettes_token_is_refused(reader: Reader) -> None:
    form = forms(reader.get(LIST).text)[0]
    fields = [(name, value) for name, value in form.fields if name != "csrftoken"]
    assert reader.post(form.address, [*fields, ("do", "accept all")]).status_code == 403


def test_a_form_that_another_website_sent_is_refused(reader: Reader) -> None:
    (form,) = forms(previewed(reader).text)
    answer = reader.post(form.address, [*form.fields, ("confirmed", "1")], **{"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert decided(reader.db) == set()


def test_nothing_is_decided_by_following_an_address(reader: Reader) -> None:
    answer = reader.get(f"{LIST}/preview?do=accept+all&confirmed=1")
    assert answer.status_code == 302
    assert decided(reader.db) == set()


# The preview.


def test_a_preview_says_what_would_be_done_and_writes_nothing(reader: Reader) -> None:
    reader.db.execute("update passages set copy_of = 'p0000000' where id = 'p0000041'")
    reader.db.conn.commit()
    shown = previewed(reader, stage_said="ongoing", best_practice="1", note="All from the plan.")
    told = text_of(shown)
    assert f"Accept {PROPOSALS} proposals?" in told
    assert "Nothing has been written yet." in told
    assert f"{PROPOSALS} proposals will be accepted as decided by ann." in told
    assert "Stage: ongoing, whatever was proposed. Each is marked as best practice." in told
    assert "Note on each: “All from the plan.”" in told
    assert "They count for 1 passage of other documents too" in told
    assert decided(reader.db) == set()


def test_the_examples_go_evenly_from_the_lowest_score_to_the_highest(reader: Reader) -> None:
    shown = previewed(reader).text
    scores = [float(score) for score in re.findall(r"</span></span>\s+([0-9.]+)</span>", shown)]
    lowest, highest = reader.db.execute("select min(score), max(score) from proposals").fetchone()
    assert len(scores) == 10
    assert scores == sorted(scores)
    assert scores[0] == round(lowest, 2)
    assert scores[-1] == round(highest, 2)


def test_counts_by_goal_publisher_and_document_are_those_of_the_database(reader: Reader) -> None:
    shown = text_of(previewed(reader, "?least=0.6"))
    sql = """
        select {} name, count(*) from proposals pr join passages p on p.id = pr.passage_id
        join documents d on d.id = p.document_id join goals g on g.id = pr.goal_id where score >= 0.6 group by 1
    """
    for column in ("g.label", "d.publisher", "d.title"):
        counted = reader.db.execute(sql.format(column)).fetchall()
        assert counted
        for name, count in counted:
            assert f"{name} {count}" in shown


def test_what_is_ticked_alone_is_decided(reader: Reader) -> None:
    page = reader.get(LIST)
    ids = re.findall(r'name="tick" value="([^"]+)"', page.text)[3:6]
    shown = reader.post(f"{LIST}/preview", ticked(page, *ids))
    assert "Accept 3 proposals?" in text_of(shown)
    confirm(reader, shown)
    assert decided(reader.db) == set(ids)


def test_nothing_ticked_is_told_and_nothing_is_written(reader: Reader) -> None:
    answer = reader.post(f"{LIST}/preview", ticked(reader.get(LIST)))
    assert answer.status_code == 400
    assert "Tick the proposals first" in text_of(answer)
    assert decided(reader.db) == set()


def test_an_unknown_button_is_told_and_nothing_is_written(reader: Reader) -> None:
    form = forms(reader.get(LIST).text)[0]
    answer = reader.post(form.address, [*form.fields, ("do", "delete all"), ("confirmed", "1"), ("seen", "1x")])
    assert answer.status_code == 400
    assert "does not know" in text_of(answer)


def test_more_than_can_be_decided_at_once_is_refused(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = previewed(reader)
    monkeypatch.setattr("goalmap.store.browse.bulk.pages.LARGEST", PROPOSALS - 1)
    assert "Accept all" not in text_of(reader.get(LIST))
    answer = reader.post(f"{LIST}/preview", forms(shown.text)[0].fields)
    assert answer.status_code == 400
    assert "too many to decide on at once" in text_of(answer)


def test_texts_of_documents_cannot_become_html(reader: Reader) -> None:
    reader.db.execute("update passages set text = ?, heading = ? where id = 'p0000000'", [EVIL, EVIL])
    reader.db.execute("update documents set title = ?, publisher = ?", [EVIL, EVIL])
    reader.db.execute("update proposals set reason = ? where passage_id = 'p0000000'", [EVIL])
    reader.db.conn.commit()
    page = reader.get(f"{LIST}?document=d000000&words=%3Cscript%3E&initiative=%22%3E%3Cscript%3E")
    shown = reader.get(f"{LIST}?document=d000000")
    preview = reader.send(
        shown, next(name for name in forms(shown.text)[0].buttons if name.startswith("Reject all")), note=EVIL
    )
    done = confirm(reader, preview)
    batches = reader.get(f"{LIST}/done")
    for html in (page.text, shown.text, preview.text, done.text, batches.text):
        assert "<script>document" not in html
        assert '"><script>' not in html
    assert EVIL in text_of(preview)


# Writing.


def test_what_is_confirmed_is_written_once_for_each_with_reviewer_source_stage_and_note(reader: Reader) -> None:
    confirm(reader, previewed(reader, "?goal=3", note=" Plan. ", best_practice="1"))
    rows = list(reader.db.query("select * from decisions"))
    assert len(rows) == len(decided(reader.db)) == len({row["passage_id"] for row in rows})
    assert {(row["verdict"], row["reviewer"], row["note"], row["best_practice"]) for row in rows} == {
        ("accepted", "ann", "Plan.", 1)
    }
    (source,) = {row["source"] for row in rows}
    assert re.fullmatch("browser, bulk b[a-z2-7]{12}", source)
    proposed = dict(
        reader.db.execute("select passage_id, stage from proposals where goal_id = 'purpose-goals/3'").fetchall()
    )
    assert {row["passage_id"]: row["stage"] for row in rows} == proposed


def test_a_chosen_stage_counts_for_what_is_accepted_and_best_practice_for_nothing_rejected(reader: Reader) -> None:
    confirm(reader, previewed(reader, "?goal=3", stage_said="aspiration"))
    page = reader.get(f"{LIST}?goal=4")
    button = next(name for name in forms(page.text)[0].buttons if name.startswith("Reject all"))
    confirm(reader, reader.send(page, button, best_practice="1", stage_said="aspiration"))
    rows = reader.db.execute("select distinct verdict, stage, best_practice from decisions where verdict = 'accepted'")
    assert rows.fetchall() == [("accepted", "aspiration", 0)]
    same = """
        select count(*), sum(d.stage = pr.stage), sum(d.best_practice) from decisions d
        join proposals pr on (pr.passage_id, pr.goal_id) = (d.passage_id, d.goal_id) where d.verdict = 'rejected'
    """
    count, kept, best = reader.db.execute(same).fetchone()
    assert count == kept > 0 == best


def test_accepted_goals_show_with_their_passages_and_rejected_ones_do_not(reader: Reader) -> None:
    page = reader.get(f"{LIST}?goal=4")
    button = next(name for name in forms(page.text)[0].buttons if name.startswith("Reject all"))
    confirm(reader, reader.send(page, button))
    sql = "select goals from passages where id in (select passage_id from decisions)"
    assert all('"4"' not in goals for (goals,) in reader.db.execute(sql).fetchall())


def test_what_others_decided_since_the_list_was_opened_is_told_before(reader: Reader) -> None:
    page = reader.get(f"{LIST}?goal=3")
    one, *_ = sorted(waiting(reader.db, "goal_id = 'purpose-goals/3'"))
    decide(reader.db, one)
    decide(reader.db, sorted(waiting(reader.db, "goal_id = 'purpose-goals/4'"))[0])
    button = next(name for name in forms(page.text)[0].buttons if name.startswith("Accept all"))
    told = text_of(reader.send(page, button))
    assert "1 other of the list was decided on since you opened it, and is left alone." in told


def test_what_was_ticked_and_decided_since_is_told_before(reader: Reader) -> None:
    page = reader.get(LIST)
    one, two, three = re.findall(r'name="tick" value="([^"]+)"', page.text)[:3]
    decide(reader.db, one)
    shown = reader.post(f"{LIST}/preview", ticked(page, one, two, three))
    assert "1 other that you ticked does not wait any more, and is left alone." in text_of(shown)
    confirm(reader, shown)
    assert decided(reader.db, "d.reviewer = 'ann'") == {two, three}


def test_when_all_of_it_was_decided_meanwhile_nothing_is_written(reader: Reader) -> None:
    page = reader.get(LIST)
    one = re.findall(r'name="tick" value="([^"]+)"', page.text)[0]
    shown = reader.post(f"{LIST}/preview", ticked(page, one))
    decide(reader.db, one)
    (form,) = forms(shown.text)
    answer = reader.post(form.address, [*form.fields, ("confirmed", "1")])
    assert answer.status_code == 409
    assert "all that you were shown has changed meanwhile: 1 decided on by bob." in text_of(answer)
    assert decided(reader.db, "d.reviewer = 'ann'") == set()
    assert reader.post(f"{LIST}/preview", ticked(page, one)).status_code == 409


def test_what_changed_between_preview_and_yes_is_left_alone_and_named(reader: Reader) -> None:
    shown = previewed(reader, "?goal=3")
    told, other, gone, *rest = sorted(waiting(reader.db, "goal_id = 'purpose-goals/3'"))
    decide(reader.db, told)
    reader.db.execute("update proposals set score = 0.5001 where id = ?", [other])
    reader.db.execute("delete from proposals where id = ?", [gone])
    new = {"id": "g-new", "passage_id": "p0000003", "goal_id": "purpose-goals/3", "score": 0.9, "rank": 1}
    reader.db.table("proposals").insert({**new, "stage": "planned", "evidence": "[]", "reason": "", "model": "x"})
    done = confirm(reader, shown)
    assert decided(reader.db, "d.reviewer = 'ann'") == set(rest)
    page = text_of(done)
    assert "4 proposals changed between the preview and your yes" in page
    assert "rejected by bob" in page
    assert "Read again, and proposed otherwise now" in page
    assert "1 proposal is gone" in page
    assert "1 proposal has come since and matches; it was not in the preview and still waits." in page
    assert "g-new" in waiting(reader.db)


def test_two_tabs_that_confirm_the_same_list_decide_once(reader: Reader, bob: Reader) -> None:
    anns, bobs = previewed(reader, "?goal=3"), previewed(bob, "?goal=3")
    confirm(reader, anns)
    (form,) = forms(bobs.text)
    answer = bob.post(form.address, [*form.fields, ("confirmed", "1")])
    assert answer.status_code == 409
    assert "decided on by ann" in text_of(answer)
    assert reader.db.execute("select count(*) from decisions where reviewer = 'bob'").fetchone() == (0,)


def test_confirming_twice_is_confirming_once(reader: Reader) -> None:
    shown = previewed(reader, "?goal=3")
    first = confirm(reader, shown)
    count = reader.db.table("decisions").count
    assert text_of(confirm(reader, shown)) == text_of(first)
    assert reader.db.table("decisions").count == count


def test_a_preview_that_the_server_forgot_holds_as_long_as_nothing_changed(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, other = previewed(reader, "?goal=3"), previewed(reader, "?goal=4")
    monkeypatch.setattr(bulk_views, "_PREVIEWS", Remembered(12))
    confirm(reader, shown)
    assert waiting(reader.db, "goal_id = 'purpose-goals/3'") == set()
    assert decided(reader.db) == decided(reader.db, "d.goal_id = 'purpose-goals/3'")
    decide(reader.db, sorted(waiting(reader.db, "goal_id = 'purpose-goals/4'"))[0])
    (form,) = forms(other.text)
    answer = reader.post(form.address, [*form.fields, ("confirmed", "1")])
    assert answer.status_code == 409
    assert "What matches has changed since the preview" in text_of(answer)
    assert decided(reader.db, "d.reviewer = 'ann' and d.goal_id = 'purpose-goals/4'") == set()
    confirm(reader, answer)
    assert not waiting(reader.db, "goal_id = 'purpose-goals/4'")


def test_nothing_is_half_written_when_writing_fails(reader: Reader) -> None:
    shown = previewed(reader)
    reader.db.execute("""
        create trigger failing before insert on decisions when (select count(*) from decisions) = 100
        begin select raise(abort, 'the disk is full'); end
    """)
    (form,) = forms(shown.text)
    assert reader.post(form.address, [*form.fields, ("confirmed", "1")]).status_code == 500
    assert reader.db.table("decisions").count == 0
    reader.db.execute("drop trigger failing")
    confirm(reader, shown)
    assert waiting(reader.db) == set()


def test_nothing_is_written_while_another_program_writes_for_long(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goalmap.store.browse.writing.PATIENCE", 20)
    shown = previewed(reader)
    ingest = connect(tmp_path / "review.db")
    (form,) = forms(shown.text)
    with immediate(ingest):
        answer = reader.post(form.address, [*form.fields, ("confirmed", "1")])
    ingest.close()
    assert answer.status_code == 503
    assert "Another program has been writing" in text_of(answer)
    assert decided(reader.db) == set()
    confirm(reader, shown)
    assert waiting(reader.db) == set()


# Taking back.


def test_a_bulk_decision_is_taken_back_but_for_what_was_decided_again(reader: Reader, bob: Reader) -> None:
    done = confirm(reader, previewed(reader, "?goal=3"))
    again, *rest = sorted(decided(reader.db))
    decide(reader.db, again)
    batches = bob.get(f"{LIST}/done")
    page = bob.get(re.findall(r'href="([^"]+/done/b[^"]+)"', batches.text)[0])
    assert text_of(page).count("1 was decided on again since") == 1
    taken = bob.send(page, f"Take the {len(rest)} that stand back")
    assert taken.status_code == 303
    told = text_of(bob.get(taken.headers["location"]))
    assert f"{len(rest)} were taken back by bob" in told
    assert waiting(reader.db, "goal_id = 'purpose-goals/3'") == set(rest)
    assert decided(reader.db, "d.reviewer = 'bob'") == {again}
    assert f"{len(rest) + 1} decisions stand" in text_of(done)


def test_taking_back_twice_takes_back_once(reader: Reader) -> None:
    done = confirm(reader, previewed(reader, "?goal=3"))
    reader.send(done, "Take all of these back")
    count = reader.db.table("withdrawals").count
    reader.send(done, "Take all of these back")
    assert reader.db.table("withdrawals").count == count > 0
    assert decided(reader.db) == set()


def test_what_a_near_copy_was_decided_for_another_document_is_taken_back_with_it(reader: Reader) -> None:
    id, passage, goal = reader.db.execute(
        "select id, passage_id, goal_id from proposals order by id limit 1"
    ).fetchone()
    reader.db.execute("update passages set copy_of = 'p0000001' where id = ?", [passage])
    reader.db.conn.commit()
    page = reader.get(LIST)
    done = confirm(reader, reader.post(f"{LIST}/preview", ticked(page, id)))
    heir = "select count(*) from current_decisions where passage_id = 'p0000001' and goal_id = ?"
    assert reader.db.execute(heir, [goal]).fetchone() == (1,)
    reader.send(done, "Take it back")
    assert reader.db.execute(heir, [goal]).fetchone() == (0,)
    assert reader.db.execute("select goals from passages where id = 'p0000001'").fetchone() == ("[]",)


def test_an_unknown_batch_is_not_found(reader: Reader) -> None:
    assert reader.get(f"{LIST}/done/b123").status_code == 404
    form = forms(reader.get(LIST).text)[0]
    assert reader.post(f"{LIST}/done/baaaaaaaaaaaa", form.fields).status_code == 404


def test_many_are_decided_on_from_the_menus(reader: Reader) -> None:
    assert f'href="{LIST}"' in reader.get("/review").text
    assert f'href="{LIST}"' in reader.get("/review/proposals").text
