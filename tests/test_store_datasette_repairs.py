"""Repairing names of people, organisations and initiatives in the browser, asked for in-process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from goalmap.store.browse.entities import repair_rows
from goalmap.store.browse.entities.heirs import heirs
from tests.reader import IS_0_65, ROOT, Reader, forms, text_of
from tests.stories import id_of, make_database


@pytest.fixture
def visitor(tmp_path: Path, reader: Reader) -> Iterator[Reader]:
    """Somebody who is not signed in."""
    visitor = Reader(tmp_path / "review.db", name=None)
    yield visitor
    visitor.db.close()


# Who may see, and who may repair.


def test_a_visitor_who_is_not_signed_in_sees_and_changes_nothing(reader: Reader, visitor: Reader) -> None:
    id = id_of(reader.db, "Ada Ray")
    assert visitor.get(f"{ROOT}/people").status_code == 403
    assert visitor.get(f"{ROOT}/entity/{id}").status_code == 403
    assert visitor.post(f"{ROOT}/entity/{id}/repair", merging(reader)).status_code == 403
    assert reader.names() == ["Ada Ray", "Ada Raye"]


@pytest.mark.skipif(not IS_0_65, reason="Datasette 1.0 looks at where a form comes from, not for a token")
def test_a_form_without_datasettes_token_is_refused(reader: Reader) -> None:
    reader.page("Ada Ray")
    address = f"{ROOT}/entity/{id_of(reader.db, 'Ada Ray')}/repair"
    assert reader.post(address, merging(reader)).status_code == 403
    assert reader.names() == ["Ada Ray", "Ada Raye"]


def test_a_form_that_another_website_sent_is_refused(reader: Reader) -> None:
    form = forms(reader.page("Ada Ray", "?same=Raye").text)[0]
    answer = reader.post(form.address, [*form.fields, ("confirmed", "1")], **{"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert reader.names() == ["Ada Ray", "Ada Raye"]


def test_nothing_is_changed_by_following_an_address(reader: Reader) -> None:
    fields = urlencode([*merging(reader), ("confirmed", "1")])
    answer = reader.get(f"{ROOT}/entity/{id_of(reader.db, 'Ada Ray')}/repair?{fields}")
    assert answer.status_code == 302
    assert reader.names() == ["Ada Ray", "Ada Raye"]


def test_a_database_that_is_open_for_reading_only_has_no_forms(tmp_path: Path) -> None:
    make_database(tmp_path / "review.db").close()
    reader = Reader(tmp_path / "review.db", immutable=True)
    assert "Repair" not in text_of(reader.page("Ada Ray"))
    reader.db.close()


def merging(reader: Reader) -> list[tuple[str, str]]:
    one, other = id_of(reader.db, "Ada Ray"), id_of(reader.db, "Ada Raye")
    state = repair_rows.state_of(reader.db.conn, [one, other])
    return [("action", "same"), ("other", other), ("state", state)]


# Repairing.


def merged(reader: Reader) -> Any:
    checked = reader.send(reader.page("Ada Ray", "?same=Raye"), "Same as Ada Raye")
    return reader.send(checked, "Yes, they are the same", note="One teacher, says the school.")


def test_a_merge_is_shown_before_it_is_done(reader: Reader) -> None:
    checked = reader.send(reader.page("Ada Ray", "?same=Raye"), "Same as Ada Raye")
    assert "Nothing has changed yet" in text_of(checked)
    assert "Now Ada Ray person, 2 documents, named 5 times" in text_of(checked)
    assert "Afterwards Ada Ray person, 3 documents, named 6 times" in text_of(checked)
    assert reader.names() == ["Ada Ray", "Ada Raye"]
    assert reader.db.table("entity_decisions").count == 0


def test_a_confirmed_merge_is_done_and_kept_with_its_reviewer_and_reason(reader: Reader) -> None:
    answer = merged(reader)
    assert answer.status_code == 302
    assert len(reader.names()) == 1
    page = text_of(reader.get(answer.headers["location"]))
    assert "Done. Decision b1: “Ada Ray”, “Ada Raye” are one and the same." in page
    assert "One teacher, says the school. ann," in page


def test_the_address_of_a_merged_entity_leads_on(reader: Reader) -> None:
    ids = {id_of(reader.db, "Ada Ray"), id_of(reader.db, "Ada Raye")}
    merged(reader)
    (kept,) = [id for (id,) in reader.db.execute("select id from entities where kind = 'person'").fetchall()]
    (gone,) = ids - {kept}
    answer = reader.get(f"{ROOT}/entity/{gone}")
    assert answer.headers["location"].startswith(f"{ROOT}/entity/{kept}")
    assert "The address that you followed is an earlier one" in text_of(reader.get(answer.headers["location"]))


def test_a_decision_is_undone_and_put_back(reader: Reader) -> None:
    page = reader.get(merged(reader).headers["location"])
    undone = reader.send(reader.send(page, "Undo decision b1"), "Yes, take it back")
    assert reader.names() == ["Ada Ray", "Ada Raye"]
    page = reader.get(undone.headers["location"])
    assert "Taken back by b2" in text_of(page)
    reader.send(reader.send(page, "Undo decision b2"), "Yes, take it back")
    assert len(reader.names()) == 1


def test_documents_are_split_off_and_the_old_page_stays(reader: Reader) -> None:
    page = reader.page("Ada Ray")
    checked = reader.send(page, "Split off what is ticked …", document="s3")
    assert "Nothing has changed yet" in text_of(checked)
    answer = reader.send(checked, "Yes, split it off")
    assert answer.status_code == 302
    assert len(reader.names()) == 3
    assert reader.get(answer.headers["location"]).status_code == 200


def test_an_address_that_became_two_offers_both(reader: Reader) -> None:
    gone = id_of(reader.db, "Ada Ray")
    checked = reader.send(reader.page("Ada Ray"), "Split off what is ticked …", document="s3")
    reader.send(checked, "Yes, split it off")
    assert len(heirs(reader.db.conn, gone)) == 2


def test_a_form_with_nothing_ticked_says_what_to_do(reader: Reader) -> None:
    answer = reader.send(reader.page("Ada Ray"), "Split off what is ticked …")
    assert answer.status_code == 400
    assert "Tick the names or documents to split off first" in text_of(answer)


def suggested(reader: Reader) -> Any:
    """Ada Ray's page, with a doubt on whether Ada Raye is the same."""
    ids = sorted((id_of(reader.db, "Ada Ray"), id_of(reader.db, "Ada Raye")))
    told = ("doubt", "person", *ids, "spelling", "One letter apart; not joined, since nothing else speaks for it.")
    reader.db.execute("delete from entity_suggestions")
    reader.db.execute("insert into entity_suggestions values (?, ?, ?, ?, ?, ?)", told)
    reader.db.conn.commit()
    return reader.page("Ada Ray")


def test_a_doubt_is_settled_as_the_same(reader: Reader) -> None:
    page = suggested(reader)
    assert "One letter apart; not joined" in text_of(page)
    reader.send(reader.send(page, "Same as Ada Raye"), "Yes, they are the same")
    assert len(reader.names()) == 1


def test_a_doubt_is_settled_as_different_at_once_and_for_good(reader: Reader) -> None:
    answer = reader.send(suggested(reader), "Different from Ada Raye")
    page = text_of(reader.get(answer.headers["location"]))
    assert "“Ada Ray” is not “Ada Raye”" in page
    assert "May be the same" not in page
    assert reader.names() == ["Ada Ray", "Ada Raye"]


def test_what_changed_since_the_page_was_opened_is_left_alone(reader: Reader) -> None:
    checked = reader.send(reader.page("Ada Ray", "?same=Raye"), "Same as Ada Raye")
    reader.send(suggested(reader), "Different from Ada Raye")
    reader.db.execute("update document_entities set name = 'Ada M Raye', entity_id = entity_id where name = 'Ada Raye'")
    reader.db.execute("update entities set name = 'Ada M Raye' where name = 'Ada Raye'")
    reader.db.conn.commit()
    answer = reader.send(checked, "Yes, they are the same")
    assert answer.status_code == 409
    assert "This has changed since you opened the page" in text_of(answer)
    assert reader.db.execute("select count(distinct batch) from entity_decisions").fetchone() == (1,)


def test_a_second_click_does_nothing(reader: Reader) -> None:
    checked = reader.send(reader.page("Ada Ray", "?same=Raye"), "Same as Ada Raye")
    reader.send(checked, "Yes, they are the same")
    assert reader.send(checked, "Yes, they are the same").status_code == 409
    assert reader.db.execute("select count(distinct batch) from entity_decisions").fetchone() == (1,)


def test_a_person_and_a_body_are_never_one(reader: Reader) -> None:
    one, other = id_of(reader.db, "Ada Ray"), id_of(reader.db, "Harrow Fund")
    form = next(form for form in forms(reader.page("Ada Ray").text) if ("action", "split") in form.fields)
    token = dict(form.fields)["csrftoken"]
    state = repair_rows.state_of(reader.db.conn, [one, other])
    told = [("csrftoken", token), ("action", "same"), ("other", other), ("state", state), ("confirmed", "1")]
    answer = reader.post(form.address, told)
    assert answer.status_code == 400
    assert "never the same" in text_of(answer)


def test_another_writer_is_waited_for_and_told_of(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalmap.store.browse.writing.PATIENCE", 50)
    page = reader.page("Ada Ray", "?same=Raye")
    reader.db.conn.execute("begin immediate")
    answer = reader.send(page, "Same as Ada Raye")
    reader.db.conn.rollback()
    assert answer.status_code == 503
    assert "Another program has been writing" in text_of(answer)


def test_a_search_finds_what_is_spelled_otherwise(reader: Reader) -> None:
    assert "Lockgate Academy" in text_of(reader.page("Lockgate Trust", "?same=Lokgate+Acadmy"))
    assert "No other organisation is called anything like “Zzyzx”" in text_of(
        reader.page("Lockgate Trust", "?same=Zzyzx")
    )


def test_an_address_that_nobody_had_offers_the_lists(reader: Reader) -> None:
    answer = reader.get(f"{ROOT}/entity/enobody")
    assert answer.status_code == 404
    assert f'href="{ROOT}/people"' in answer.text


def test_entities_of_an_older_goalmap_are_shown_but_not_decided_on(reader: Reader) -> None:
    reader.db.execute("insert into entities (id, kind, name, aliases) values ('old', 'person', 'Ivo Marsh', '[]')")
    reader.db.conn.commit()
    assert "Read its folder again" in text_of(reader.page("Ivo Marsh"))
