"""The pages of people, organisations and initiatives, and the lists of them, asked for in-process."""

import re
from html import unescape
from pathlib import Path

import pytest
from markupsafe import Markup

from goalmap.extract.names import Entity
from goalmap.store.browse.contexts import in_context
from goalmap.store.browse.entities import pages as entity_pages
from goalmap.store.browse.entities import repair_rows
from goalmap.store.browse.entities import rows as entity_rows
from goalmap.store.browse.entities.ties import ties
from goalmap.store.browse.marks import Mark, marked
from tests.reader import ROOT, Reader, text_of
from tests.stories import BODY, EVIL, Story, id_of, make_database

# What a page tells.


def test_a_persons_page_tells_posts_over_time_apart(reader: Reader) -> None:
    told = text_of(reader.page("Ada Ray"))
    assert "chair Harrow Fund since 2025" in told
    assert "Former chief executive Lockgate Trust as of March 2025" in told
    assert "chief executive Lockgate Trust as of 12 February 2024 to 13 February 2024" in told


def test_a_post_that_copies_of_a_story_tell_counts_one_document(reader: Reader) -> None:
    found = ties(entity_rows.posts_of(reader.db.conn, id_of(reader.db, "Ada Ray")))
    assert [(tie.what, tie.former, tie.documents) for tie in found] == [
        ("chair", False, 1),
        ("chief executive", True, 1),
        ("chief executive", False, 1),
    ]


def test_direct_and_indirect_speech_are_told_apart(reader: Reader) -> None:
    html = reader.page("Ada Ray").text
    assert "<blockquote" in html
    assert "We open doors for everybody," in html
    assert re.search(r"Indirect speech</span> the doors were to stay open", html)


def test_what_copies_say_stands_once(reader: Reader) -> None:
    html = reader.page("Ada Ray").text
    assert html.count("opened <") + html.count("opened Doors") == 1
    assert html.count("We open doors for everybody,") == 2  # once quoted, once as a mention's sentence
    assert "1 other document says the same" in html
    assert "and 1 copy of it" in html


def test_mentions_stand_in_their_sentences_the_newest_first(reader: Reader) -> None:
    told = text_of(reader.page("Ada Ray"))
    assert told.index("Dr Ada Ray , the former") < told.index("Ada Ray , chief executive of Lockgate Trust, opened")
    assert "The rain held off" not in told


def test_accepted_goals_stand_apart_from_proposed_ones(reader: Reader) -> None:
    told = text_of(reader.page("Doors Open"))
    assert "Accepted Proposed, undecided Rejected" in told
    assert "1 Positive Destinations 1 0 0" in told
    assert "2 Fair Careers 0 1 0" in told


def test_an_initiatives_page_has_its_owner_and_figures(reader: Reader) -> None:
    told = text_of(reader.page("Doors Open"))
    assert "Initiative, run by Lockgate Trust" in told
    assert "453 apprentices" in told


def test_a_bodys_page_has_people_ties_measures_and_what_means_it_without_its_name(reader: Reader) -> None:
    told = text_of(reader.page("Lockgate Trust"))
    assert "People and their posts" in told
    assert "partner of Harrow Fund" in told
    assert "share, state school, type of school 61 %" in told
    assert "Meant without its name 1 time: “The Trust” 1" in told
    assert "Initiatives that it runs Doors Open" in told


def test_memberships_are_told_from_both_sides(reader: Reader) -> None:
    told = text_of(reader.page("Harrow Fund"))
    assert "Lockgate Trust partner of" in told
    assert "Ada Ray chairs since 2025" in told


def test_a_section_with_nothing_in_it_is_left_out(reader: Reader) -> None:
    told = text_of(reader.page("Lockgate Academy"))
    for heading in ("Posts over time", "Goals touched", "Quotations", "Figures", "Background", "Belongs"):
        assert heading not in told


def test_a_name_cannot_run_a_script(reader: Reader) -> None:
    for page in (reader.page(EVIL), reader.page("Ada Raye"), reader.get(f"{ROOT}/organisations?q={'%3Cscript%3E'}")):
        assert page.status_code == 200
        assert "<script>document.title" not in page.text
        assert "&lt;script&gt;" in page.text


def test_a_name_in_a_passage_leads_to_its_page(reader: Reader) -> None:
    html = reader.get("/review/-/passage/s1p0").text
    address = f"{ROOT}/entity/{id_of(reader.db, 'Ada Ray')}"
    assert (
        f'<a class="gm-named" href="{address}"><mark class="person" title="person: Ada Ray">Ada Ray</mark></a>' in html
    )


def test_datasettes_own_rows_lead_to_our_pages(reader: Reader) -> None:
    address = f"{ROOT}/entity/{id_of(reader.db, 'Ada Ray')}"
    for table in ("entities", "mentions", "roles", "quotations"):
        assert f'href="{address}"' in reader.get(f"/review/{table}").text


def test_an_identifier_and_a_dated_name_are_shown(reader: Reader) -> None:
    id = id_of(reader.db, "Lockgate Trust")
    reader.db.execute('update entities set identifiers = \'{"ODS": "RX9"}\' where id = ?', [id])
    told = (id, "Lockgate Hospital", "alias", 0, None, None, "1998", "2004", "trusts.csv")
    reader.db.execute("insert into entity_names values (?, ?, ?, ?, ?, ?, ?, ?, ?)", told)
    reader.db.conn.commit()
    page = text_of(reader.page("Lockgate Trust"))
    assert "ODS RX9" in page
    assert "Lockgate Hospital from trusts.csv alias held since 1998 until 2004" in page


# Lists.


def test_lists_are_sorted_as_asked(reader: Reader) -> None:
    def order(sort: str) -> list[str]:
        return re.findall(
            r'dir="auto"><a href="[^"]+">([^<]+)</a>', reader.get(f"{ROOT}/organisations?sort={sort}").text
        )

    assert order("documents")[0] == "Lockgate Trust"
    assert order("mentions")[0] == "Lockgate Trust"
    assert order("name")[1:] == ["Harrow Fund", "Lockgate Academy", "Lockgate Trust"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=harrow", {"Harrow Fund"}),
        ("letter=H", {"Harrow Fund"}),
        ("q=%25", set()),
        ("letter=%23", {EVIL}),
        ("q=zz", set()),
    ],
)
def test_a_list_is_narrowed_by_letter_and_by_part_of_a_name(reader: Reader, asked: str, found: set[str]) -> None:
    html = reader.get(f"{ROOT}/organisations?{asked}").text
    assert {unescape(name) for name in re.findall(r'dir="auto"><a href="[^"]+">([^<]+)</a>', html)} == found


def test_a_long_list_comes_in_parts(tmp_path: Path) -> None:
    many = tuple(Entity(BODY, f"Body {number:03}") for number in range(130))
    make_database(tmp_path / "review.db", [Story("d1", "2024", (", ".join(body.name for body in many),), many)]).close()
    reader = Reader(tmp_path / "review.db")
    assert "Part 1 of 2" in text_of(reader.get(f"{ROOT}/organisations?sort=name"))
    assert "Body 129" in text_of(reader.get(f"{ROOT}/organisations?sort=name&part=2"))
    reader.db.close()


def test_the_lists_are_reached_from_the_menus(reader: Reader) -> None:
    for page in ("/review", "/review/entities", "/review/-/overview"):
        assert f'href="{ROOT}/people"' in reader.get(page).text


# How it is done.


def test_no_table_is_read_through_for_one_page(reader: Reader) -> None:
    conn, id = reader.db.conn, id_of(reader.db, "Lockgate Trust")
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    entity_pages.entity_page(conn, id, {})
    repair_rows.desk(conn, entity_rows.entity_row(conn, id) or {}, "")
    conn.set_trace_callback(None)
    plans = [step for sql in asked for *_, step in conn.execute("explain query plan " + sql)]
    large = ("passages", "mentions", "documents", "proposals", "quotations", "figures", "roles", "document_entities")
    assert [step for step in plans if step.split()[:2] in [["SCAN", table] for table in large]] == []


def test_of_names_in_one_another_the_outer_one_is_the_link() -> None:
    inner, outer = Mark(0, 4, "person", "p", "/p"), Mark(0, 10, "organisation", "o", "/o")
    assert marked("Kirk House now", [inner, outer]) == Markup(
        '<a class="gm-named" href="/o"><mark class="organisation" title="o">'
        '<mark class="person" title="p">Kirk</mark> House</mark></a> now'
    )


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("One. Two Ray three. Four.", "Ray", "… Two Ray three. …"),
        ("Dr. Ray came. He left.", "Ray", "Dr. Ray came. …"),
        ("Ray " + "word " * 200, "Ray", None),
        ("Ray", "Ray", "Ray"),
    ],
)
def test_a_mention_stands_in_its_sentence(text: str, word: str, shown: str | None) -> None:
    found = in_context(text, [Mark(text.index(word), text.index(word) + len(word), "person", "x")]).striptags()
    assert len(found) < 400
    assert shown is None or found == shown
