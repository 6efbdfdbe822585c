"""The pages of a goalmap database in Datasette, asked for in-process."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from markupsafe import Markup
from sqlite_utils import Database

from goalmap.store.browse import sign_in
from goalmap.store.browse.marks import Mark, marked
from goalmap.store.browse.metadata import OPTIONS, database_name, metadata
from goalmap.store.browse.questions import QUERIES
from goalmap.store.browse.values import amount, spans
from goalmap.store.database import open_database
from goalmap.store.descriptions import COLUMNS, TABLES
from goalmap.store.schema import migrations
from tests.reader import told_of

ROWS = Path(__file__).parent / "data" / "browse.sql"
PAGES = ("/review/-/overview", "/review/-/document/d1", "/review/-/passage/p3")

Get = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browse")
    db = open_database(folder / "review.db", create=True)
    db.conn.executescript(ROWS.read_text("utf-8"))
    db.close()
    foreign = sqlite3.connect(folder / "foreign.db")
    foreign.executescript("""
        create table passages (id text primary key, text text, score real, passage_id text);
        insert into passages values ('p3', 'somebody else''s', 0.5, 'p3');
        create table documents (id text primary key, title text);
    """)
    foreign.close()
    return folder


@pytest.fixture(scope="module")
def described(folder: Path) -> dict[str, Any]:
    db = open_database(folder / "review.db")
    try:
        return metadata(db)
    finally:
        db.close()


@pytest.fixture(scope="module")
def datasette(folder: Path, described: dict[str, Any]) -> Any:
    return Datasette([str(folder / "review.db"), str(folder / "foreign.db")], **told_of(described))


@pytest.fixture
def anonymous(datasette: Any) -> Get:
    return lambda path: asyncio.run(fetched(datasette, path))


@pytest.fixture
def signed_in(datasette: Any) -> Get:
    return lambda path: asyncio.run(
        fetched(datasette, path, {"ds_actor": datasette.sign({"a": {"id": "ann"}}, "actor")})
    )


async def fetched(datasette: Any, path: str, cookies: dict[str, str] | None = None) -> Any:
    await datasette.invoke_startup()
    headers = {"cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
    return await datasette.client.get(path, headers=headers)


# Who may see what.


@pytest.mark.parametrize("path", [*PAGES, "/review", "/review/passages.json", "/review/-/passage/nobody-knows-it"])
def test_a_visitor_who_is_not_signed_in_sees_nothing(anonymous: Get, path: str) -> None:
    answer = anonymous(path)
    assert answer.status_code == 403
    assert "Lockgate" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_signed_in_reader_sees_each_page(signed_in: Get, path: str) -> None:
    answer = signed_in(path)
    assert answer.status_code == 200
    assert "Positive Destinations" in answer.text


def test_a_table_that_is_closed_to_a_reader_closes_our_pages_too(folder: Path, described: dict[str, Any]) -> None:
    tables = described["databases"]["review"]["tables"]
    closed = described | {
        "databases": {"review": {"tables": tables | {"decisions": tables["decisions"] | {"allow": {"id": "bo"}}}}}
    }
    datasette = Datasette([str(folder / "review.db")], **told_of(closed))
    cookie = {"ds_actor": datasette.sign({"a": {"id": "ann"}}, "actor")}
    assert asyncio.run(fetched(datasette, "/review/-/passage/p3", cookie)).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/review/-/passage/nope",
        "/review/-/document/nope",
        "/review/-/passage/p3'~20or~20'1'='1",
        "/nope/-/overview",
    ],
)
def test_an_unknown_page_is_not_found(signed_in: Get, path: str) -> None:
    assert signed_in(path).status_code == 404


@pytest.mark.parametrize("page", ["overview", "document/d1", "passage/p3"])
def test_a_database_of_another_program_has_no_page_of_ours(signed_in: Get, page: str) -> None:
    assert signed_in(f"/foreign/-/{page}").status_code == 404


def test_a_table_of_another_program_looks_as_it_always_did(signed_in: Get) -> None:
    html = signed_in("/foreign/passages").text
    assert "somebody else" in html
    assert "gm-" not in html
    assert "goalmap.css" not in html
    assert "/foreign/-/" not in html


def test_a_datasette_without_our_database_has_no_link_of_ours(folder: Path) -> None:
    datasette = Datasette([str(folder / "foreign.db")])
    assert "Overview" not in asyncio.run(fetched(datasette, "/")).text


@pytest.mark.parametrize("module", ["views", "pages", "page_rows", "cells", "marks", "values", "metadata", "schema"])
def test_a_module_of_ours_that_cannot_be_loaded_leaves_other_databases_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    for name in ("views", "cells", "pages", module):
        monkeypatch.delitem(sys.modules, f"goalmap.store.{name}", raising=False)
    monkeypatch.setitem(sys.modules, f"goalmap.store.{module}", None)
    datasette = Datasette([str(folder / "foreign.db")])
    for path in ("/", "/foreign", "/foreign/passages", "/foreign/passages/p3"):
        assert asyncio.run(fetched(datasette, path)).status_code == 200


def test_datasette_loads_nothing_for_our_plugin_but_the_standard_library() -> None:
    code = "import datasette, sys; was = set(sys.modules); import goalmap.store.datasette_plugin; print(*set(sys.modules) - was)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded - {"goalmap"} <= sys.stdlib_module_names
    assert "goalmap.store.browse.views" not in done.stdout


# What a passage's page shows.


def test_a_passage_stands_between_its_neighbours(signed_in: Get) -> None:
    html = signed_in("/review/-/passage/p3").text
    order = ["Home | News | Contact", "since 2022 through", "I left school with nothing", "A second centre"]
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    assert '<a rel="prev" href="/review/-/passage/p2">' in html
    assert '<a rel="next" href="/review/-/passage/p4">' in html


def test_names_figures_and_evidence_are_marked_in_the_text(signed_in: Get) -> None:
    html = signed_in("/review/-/passage/p3").text
    assert '<mark class="organisation" title="organisation: Lockgate Trust">Lockgate Trust</mark>' in html
    assert '<mark class="initiative" title="initiative: Doors Open">Doors Open</mark>' in html
    assert '<mark class="figure" title="figure: £840,000 the next intake">£840,000</mark>' in html
    assert (
        '<mark class="evidence" title="evidence for 3 Positive Destinations">taken on '
        '<mark class="figure" title="figure: 453 apprentices since 2022">453 apprentices</mark></mark>'
    ) in html


def test_a_passage_shows_what_was_proposed_and_what_was_decided(signed_in: Get) -> None:
    text = visible(signed_in("/review/-/passage/p3").text)
    assert "0.93 · delivered · accepted" in text
    assert "0.42 · ongoing · rejected" in text
    assert "Runner-up: 5 Fair Careers 0.31" in text
    assert "Evidence: “taken on 453 apprentices”" in text
    assert 'accepted 3 Positive Destinations, delivered, best practice. Counted & "dated" ann, 4 January 2026' in text


def test_a_changed_decision_names_both_goals(signed_in: Get) -> None:
    assert "changed 8 Good Health instead of 9 Extending Enterprise" in visible(signed_in("/review/-/passage/p8").text)


def test_a_passage_shows_people_with_their_roles_and_their_words(signed_in: Get) -> None:
    text = visible(signed_in("/review/-/passage/p4").text)
    assert "Amara Osei chief executive , Lockgate Trust here, as of 12 February 2024".replace(" ,", ",") in text
    assert "I left school with nothing, and Doors Open gave me a trade, Amara Osei" in text
    assert "formerly chair" in visible(signed_in("/review/-/passage/p8").text)


def test_what_a_document_says_is_text_and_never_markup(signed_in: Get) -> None:
    pages = ("passage/p10", "document/d5", "document/d1", "overview")
    tables = ("documents", "passages", "proposals", "entities", "search_passages?text=sons", "waiting_for_review")
    for path in [*(f"/review/-/{page}" for page in pages), *(f"/review/{table}" for table in tables)]:
        html = signed_in(path).text
        for evil in ("<script>document", "<script>x", "<b>", "<i>", "<img", "<h1>not", "<u>"):
            assert evil not in html, f"{evil} in {path}"


def test_a_name_that_overlaps_a_quotation_is_nested_well(signed_in: Get) -> None:
    html = signed_in("/review/-/passage/p10").text
    text = re.search(r'<p class="gm-text"[^>]*>(.*?)</p>', html, re.DOTALL)
    assert text is not None
    assert well_nested(text[1])
    assert (
        visible(text[1]) == '<script>document.title = "taken"</script> "Amara & <b>sons</b>" said: مرحبا بكم في لوكغيت'
    )


def test_furniture_says_that_it_is_not_read_for_goals(signed_in: Get) -> None:
    assert "boilerplate is kept and shown, but not read for goals" in visible(signed_in("/review/-/passage/p6").text)


def test_a_retired_passage_says_so_and_is_in_no_document(signed_in: Get) -> None:
    html = signed_in("/review/-/passage/p11").text
    assert "A later reading of the file no longer gives this passage" in html
    assert '<a href="/review/-/passage/p3">Another passage</a> took its place' in html
    assert "An older wording" not in signed_in("/review/-/document/d1").text


# What a document's page and the overview show.


def test_a_document_shows_its_passages_in_order_with_their_goals(signed_in: Get) -> None:
    html = signed_in("/review/-/document/d1").text
    assert re.findall(r'<li id="(\w+)" class="([^"]+)"', html) == [
        ("p1", "gm-title"),
        ("p2", "gm-navigation gm-furniture"),
        ("p3", "gm-body"),
        ("p4", "gm-quote"),
        ("p5", "gm-list_item"),
        ("p6", "gm-boilerplate gm-furniture"),
    ]
    text = visible(html)
    assert "3 Positive Destinations accepted" in text
    assert "5 Fair Careers rejected" in text
    assert "3 Positive Destinations waiting" in text


def test_a_document_shows_the_goal_that_a_reviewer_put_in_place_of_another(signed_in: Get) -> None:
    text = visible(signed_in("/review/-/document/d2").text)
    assert "8 Good Health accepted" in text
    assert "Extending Enterprise" not in text


def test_a_document_without_a_title_is_called_by_its_file(signed_in: Get) -> None:
    assert "<title>annual-report.pdf</title>" in signed_in("/review/-/document/d2").text


def test_a_document_says_what_was_not_read_and_what_to_do(signed_in: Get) -> None:
    assert "Read in part. Page 4 is a picture" in visible(signed_in("/review/-/document/d2").text)
    assert "Needs a password. The file is locked" in visible(signed_in("/review/-/document/d3").text)
    assert "The file is no longer where it was found (since 2 January 2026)" in signed_in("/review/-/document/d3").text


def test_a_copy_leads_to_the_document_that_stands_for_it(signed_in: Get) -> None:
    assert 'The same content as <a href="/review/-/document/d1">' in signed_in("/review/-/document/d4").text
    assert '<a href="/review/-/document/d4">copies/doors-open.html</a>' in signed_in("/review/-/document/d1").text


def test_a_long_document_comes_in_parts(tmp_path: Path) -> None:
    db = open_database(tmp_path / "long.db", create=True)
    db.table("documents").insert({"id": "d1", "path": "long.pdf", "status": "ok"})
    db.table("passages").insert_all(
        {"id": f"p{at}", "document_id": "d1", "position": at, "kind": "body", "text": f"text {at}."}
        for at in range(801)
    )
    db.close()
    datasette = Datasette([str(tmp_path / "long.db")])
    first = asyncio.run(fetched(datasette, "/long/-/document/d1")).text
    last = asyncio.run(fetched(datasette, "/long/-/document/d1?part=999")).text
    assert "text 399." in first
    assert "text 400." not in first
    assert "text 800." in last
    assert "Part 3 of 3" in last
    assert "/long/-/document/d1?part=2#p500" in asyncio.run(fetched(datasette, "/long/-/passage/p500")).text
    assert asyncio.run(fetched(datasette, "/long/-/document/d1?part=x")).status_code == 200


def test_the_overview_counts_each_goal_once_for_each_passage(signed_in: Get) -> None:
    html = signed_in("/review/-/overview").text
    goals = re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>.*?</tr>', html, re.DOTALL)
    numbers = re.findall(r'<td class="gm-number">\s*(?:<a [^>]*>)?(\d+)', html)
    counts = dict(zip(goals, zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True), strict=True))
    assert counts["3 Positive Destinations"] == ("1", "2", "0")
    assert counts["5 Fair Careers"] == ("0", "0", "1")
    assert counts["8 Good Health"] == ("1", "0", "0")
    assert counts["9 Extending Enterprise"] == ("0", "1", "1")


def test_the_overview_leads_to_every_question(signed_in: Get) -> None:
    html = signed_in("/review/-/overview").text
    assert [name for name in QUERIES if f'href="/review/{name}"' not in html] == []


def test_the_overview_of_a_new_database_says_what_to_do(tmp_path: Path) -> None:
    open_database(tmp_path / "new.db", create=True).close()
    datasette = Datasette([str(tmp_path / "new.db")])
    text = visible(asyncio.run(fetched(datasette, "/new/-/overview")).text)
    assert "goalmap ingest FOLDER reads them" in text
    assert "Questions" not in text


def test_every_link_of_our_pages_leads_somewhere(signed_in: Get) -> None:
    found: set[str] = set()
    for path in [*PAGES, "/review/-/passage/p4", "/review/-/document/d2", "/review/passages", "/review/proposals"]:
        found |= {unescape(link).split("#")[0] for link in re.findall(r'href="(/review[^"]*)"', signed_in(path).text)}
    left_out = ("_sort", "_facet", "?sql=", "/original")  # the last: invented documents have no files
    ours = {link for link in found if not any(part in link for part in left_out)}
    assert [link for link in sorted(ours) if signed_in(link).status_code != 200] == []


def test_a_base_url_stands_before_every_link(folder: Path) -> None:
    datasette = Datasette([str(folder / "review.db")], settings={"base_url": "/maps/"})
    html = asyncio.run(fetched(datasette, "/review/-/passage/p3")).text
    assert [link for link in re.findall(r'(?:href|src)="(/[^"]*)"', html) if not link.startswith("/maps/")] == []


# Cells and menus of Datasette's own pages.


def test_cells_of_our_tables_lead_to_our_pages(signed_in: Get) -> None:
    passages = signed_in("/review/passages").text
    assert '<a href="/review/-/document/d2">annual-report.pdf</a>' in passages
    assert '<a href="/review/-/passage/p3">in its place</a>' in passages
    assert '<a href="/review/-/document/d2">annual-report.pdf</a>' in signed_in("/review/documents").text
    assert '<a href="/review/-/passage/p4">p4</a>' in signed_in("/review/waiting_for_review").text


def test_json_columns_read_as_lists(signed_in: Get) -> None:
    proposals = visible(signed_in("/review/proposals").text)
    assert "“taken on 453 apprentices”" in proposals
    assert "Dr Osei Amara" in visible(signed_in("/review/entities").text)
    assert "page 1: 1 line page 2: 1 line" in visible(signed_in("/review/passages").text)
    assert "documents: 5" in visible(signed_in("/review/runs").text)


def test_a_probability_is_a_bar_and_a_number(signed_in: Get) -> None:
    assert '<span style="width: 93%"></span></span> 0.93</span>' in signed_in("/review/proposals").text


def test_json_for_programs_is_untouched(signed_in: Get) -> None:
    assert signed_in("/review/proposals.json?_shape=array&_sort_desc=score").json()[0]["score"] == 0.93


def test_the_menus_lead_to_the_overview_and_the_questions(signed_in: Get) -> None:
    html = signed_in("/review/proposals").text
    links = {address: text.strip() for address, text in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', html)}
    assert links["/review/-/overview"] == "Overview"
    assert links["/review/waiting_for_review"] == "Waiting for review"


def test_the_stylesheet_is_ours_and_asks_for_nothing_else(anonymous: Get) -> None:
    answer = anonymous("/-/static-plugins/goalmap/goalmap.css")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "url(" not in answer.text
    assert "@import" not in answer.text


# Signing in.


@pytest.fixture
def served(folder: Path, described: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv(sign_in.NAME, "Zoë O'Neil")
    monkeypatch.setenv(sign_in.TOKEN, "a-token")
    monkeypatch.setattr("datasette.handle_exception.rich", None)  # as our plugin does, and undone after the test
    return Datasette([str(folder / "review.db")], **told_of(described))


def test_the_one_time_address_signs_in_once_and_by_name(served: Any) -> None:
    answer = asyncio.run(fetched(served, "/-/goalmap/sign-in?token=a-token"))
    assert (answer.status_code, answer.headers["location"]) == (302, "/review/-/overview")
    cookie = re.match(r"ds_actor=([^;]+);.*HttpOnly", answer.headers["set-cookie"])
    assert cookie is not None
    assert "Zoë O'Neil" in unescape(asyncio.run(fetched(served, "/review/-/overview", {"ds_actor": cookie[1]})).text)
    assert asyncio.run(fetched(served, "/-/goalmap/sign-in?token=a-token")).status_code == 403


@pytest.mark.parametrize("query", ["", "?token=", "?token=None", "?token=b-token", "?token=%C3%A9"])
def test_a_wrong_token_signs_nobody_in(served: Any, query: str) -> None:
    answer = asyncio.run(fetched(served, f"/-/goalmap/sign-in{query}"))
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_visitor_is_told_how_to_sign_in(served: Any) -> None:
    assert "open the one-time address that goalmap serve printed" in asyncio.run(fetched(served, "/")).text


def test_an_address_that_no_page_has_is_not_found_and_not_an_error(served: Any) -> None:
    """Datasette 0.65 fails here by itself where rich is installed."""
    assert asyncio.run(fetched(served, "/a/b/c/d/e")).status_code == 404


def test_without_goalmap_serve_there_is_no_sign_in(anonymous: Get) -> None:
    assert anonymous("/-/goalmap/sign-in?token=").status_code == 404


# Metadata.


def test_every_table_and_column_is_described(folder: Path, described: dict[str, Any]) -> None:
    db = Database(folder / "review.db")
    shown = described["databases"]["review"]["tables"]
    visible_tables = [name for name in (*db.table_names(), *db.view_names()) if not shown[name].get("hidden")]
    assert set(TABLES) <= set(shown)
    for name in {*visible_tables, *TABLES}:
        assert shown[name]["description"], name
        assert set(shown[name]["columns"]) == {column.name for column in db[name].columns}, name
    db.close()


def test_the_schema_describes_only_what_there_is(folder: Path) -> None:
    db = Database(folder / "review.db")
    there = {name: {column.name for column in db[name].columns} for name in (*db.table_names(), *db.view_names())}
    assert set(TABLES) - set(there) == set()
    assert {(table, name) for table, names in COLUMNS.items() for name in names if name not in there[table]} == set()
    db.close()


def test_labels_facets_and_sort_orders_name_columns_that_exist(folder: Path) -> None:
    db = Database(folder / "review.db")
    for table, options in OPTIONS.items():
        columns = {column.name for column in db[table].columns}
        named = [options[key] for key in ("label_column", "sort", "sort_desc") if key in options]
        facets = [facet["array"] if isinstance(facet, dict) else facet for facet in options.get("facets", [])]
        assert {*named, *facets} <= columns, table
    db.close()


def test_the_database_is_named_as_datasette_names_it(datasette: Any, folder: Path) -> None:
    db = Database(folder / "review.db")
    assert database_name(db) in datasette.databases
    db.close()


def test_internal_tables_are_hidden(signed_in: Get) -> None:
    html = signed_in("/review").text
    assert [name for name in ("export_rows", "_sqlite_migrations", "passages_fts") if f"/{name}" in html] == []


@pytest.mark.parametrize("name", QUERIES)
def test_each_question_is_answered(signed_in: Get, name: str) -> None:
    answer = signed_in(f"/review/{name}.json?_shape=objects&text=apprentices&goal=&person=&name=&unit=")
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"], name


def test_questions_can_be_narrowed(signed_in: Get) -> None:
    def answers(query: str, column: str) -> list[Any]:
        return [row[column] for row in signed_in(f"/review/{query}").json()["rows"]]

    assert answers("waiting_for_review.json?_shape=objects&goal=9", "passage_id") == ["p10"]
    assert answers("quotations_by_person.json?_shape=objects&person=osei", "speaker") == ["Amara Osei"] * 2
    assert answers("figures_by_unit.json?_shape=objects&unit=£", "value") == [840000.0]
    assert answers("people_and_roles.json?_shape=objects&name=lockgate", "person") == ["Amara Osei"]
    assert answers("goals_without_evidence.json?_shape=objects", "finding") == [
        "all proposals were rejected",
        "proposals wait for review",
        "nothing was proposed",
    ]


@pytest.mark.parametrize("name", QUERIES)
def test_twice_the_rows_take_about_twice_the_work(name: str, growing: list[sqlite3.Connection]) -> None:
    small, large = (work_of(conn, QUERIES[name].sql) for conn in growing)
    assert large <= 3 * small + 20


@pytest.fixture(scope="module")
def growing() -> list[sqlite3.Connection]:
    """Databases with 500 and 1,000 decided proposals."""
    return [with_decisions(500), with_decisions(1000)]


def with_decisions(number: int) -> sqlite3.Connection:
    db = Database(memory=True)
    migrations.apply(db)
    db.conn.create_function("escape_fts", 1, str)
    passages = [
        {"id": f"p{at}", "document_id": "d", "position": at, "kind": "body", "text": "a"} for at in range(number)
    ]
    call = {"goal_id": "f/1", "score": 0.5, "rank": 1}
    verdict = {"goal_id": "f/1", "proposed_goal_id": "f/1", "verdict": "accepted", "decided_at": "2026"}
    db.table("documents").insert({"id": "d", "path": "d", "status": "ok"})
    db.table("passages").insert_all(passages)
    db.table("frameworks").insert({"id": "f", "name": "F", "version": "1"})
    db.table("goals").insert({"id": "f/1", "framework_id": "f", "code": "1", "name": "One"})
    db.table("proposals").insert_all({"id": f"x{at}", "passage_id": f"p{at}", **call} for at in range(number))
    db.table("decisions").insert_all({"passage_id": f"p{at}", **verdict} for at in range(number))
    return db.conn


def work_of(conn: sqlite3.Connection, sql: str) -> int:
    """How many times a thousand steps SQLite takes for a question."""
    steps: list[None] = []
    conn.set_progress_handler(lambda: steps.append(None), 1000)
    conn.execute(sql, {name: "a" if name == "text" else "" for name in re.findall(r":(\w+)", sql)}).fetchall()
    conn.set_progress_handler(None, 0)
    return len(steps)


@pytest.mark.parametrize("text", ['"', "", "a AND (", "*", "NEAR(", "o'neil"])
def test_a_search_survives_what_people_type(signed_in: Get, text: str) -> None:
    assert signed_in(f"/review/search_passages?text={text}").status_code == 200


def test_a_quotation_comes_out_word_for_word(signed_in: Get) -> None:
    rows = signed_in("/review/quotations_by_person.json?_shape=objects&person=Osei").json()["rows"]
    assert "I left school with nothing, and Doors Open gave me a trade," in [row["quotation"] for row in rows]


# The pieces.


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "a &lt;b&gt; c"),
        ([(0, 1, "person")], "[person:a] &lt;b&gt; c"),
        ([(0, 7, "quotation"), (2, 5, "person")], "[quotation:a [person:&lt;b&gt;] c]"),
        ([(2, 5, "person"), (2, 5, "evidence")], "a [evidence:[person:&lt;b&gt;]] c"),
        ([(0, 4, "person"), (2, 7, "quotation")], "[person:a [quotation:&lt;b]][quotation:&gt; c]"),
        ([(0, 2, "person"), (2, 7, "person")], "[person:a ][person:&lt;b&gt; c]"),
        ([(-1, 3, "person"), (5, 5, "person"), (6, 99, "person"), (4, 2, "person")], "a &lt;b&gt; c"),
    ],
)
def test_marks_nest_and_are_cut_where_they_cross(marks: list[tuple[int, int, str]], expected: str) -> None:
    html = marked("a <b> c", [Mark(*mark) for mark in marks])
    assert re.sub(r'<mark class="(\w+)" title="\w+">', r"[\1:", html).replace("</mark>", "]") == expected
    assert isinstance(html, Markup)


def test_a_title_cannot_leave_its_attribute() -> None:
    assert marked("a", [Mark(0, 1, "person", '"><script>')]) == (
        '<mark class="person" title="&#34;&gt;&lt;script&gt;">a</mark>'
    )


@pytest.mark.parametrize(
    ("column", "expected"),
    [("[[1, 3], [5, 8]]", [(1, 3), (5, 8)]), ("[[1], [true, 2], 3]", []), ("{}", []), ("not JSON", []), (None, [])],
)
def test_spans_are_read_from_json_and_nothing_else(column: str | None, expected: list[tuple[int, int]]) -> None:
    assert spans(column) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(453.0, None, "453"), (840000.0, "£", "£840,000"), (83.0, "%", "83 %"), (1.5, "m", "1.5 m"), (None, None, "")],
)
def test_a_figure_reads_as_people_write_it(value: float | None, unit: str | None, expected: str) -> None:
    assert amount(value, unit) == expected


def visible(html: str) -> str:
    """The words of a page, as a reader sees them."""
    return " ".join(
        unescape(re.sub(r"<[^>]*>", "", re.sub(r"</?(?:p|li|h\d|div|dt|dd|span|ul|td)\b[^>]*>", " ", html))).split()
    )


def well_nested(html: str) -> bool:
    depth = 0
    for tag in re.findall(r"</?mark", html):
        depth += 1 if tag == "<mark" else -1
        if depth < 0:
            return False
    return depth == 0
