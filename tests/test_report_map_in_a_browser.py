"""The activity map and frameworks side by side as a reader sees them: on a wide screen, on a telephone, by a screen reader."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.report.draft.files import write_draft
from goalmap.report.draft.lock import locked
from goalmap.report.mapping.activity_map import activity_map
from goalmap.report.mapping.files import write_map
from goalmap.report.side_by_side.draft import draft_of
from goalmap.report.side_by_side.side_by_side import side_by_side
from tests.browsing import CHROMIUM, NEEDS_CHROMIUM, keep_picture

sync_api = pytest.importorskip("playwright.sync_api")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = NEEDS_CHROMIUM
TODAY = date(2024, 7, 1)
WIDTHS = 1280, 320


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def map_page(map_db: Database, tmp_path: Path) -> Path:
    """A map with copies, other goals, gaps, decisions and proposals."""
    map_db.execute(
        "insert into passages (id, document_id, position, kind, text, page, copy_of)"
        " select 'c1', 'd5', 1, 'body', text, 3, id from passages where id = 'p1'"
    )
    map_db.execute(
        "insert into proposals (id, passage_id, goal_id, score, rank) values ('g9', 'p2', 'purpose-goals/7', 0.4, 2)"
    )
    map_db.execute(
        "insert into activity_decisions (batch, verdict, framework_id, passage_id, other_passage_id, decided_at)"
        " values ('b1', 'together', 'purpose-goals', 'p1', 'p3', '2024-07-01')"
    )
    write_map(activity_map(map_db), tmp_path / "map.html", TODAY)
    return tmp_path / "map.html"


@pytest.fixture
def both_page(db: Database, files: Path, ingest_files: Callable[..., Any], tmp_path: Path) -> Path:
    (files / "a.txt").write_text("#5 #8 Guaranteed interviews for 40 residents.\n#3 #8 Apprentices repair boilers.\n")
    ingest_files(("purpose-goals", "un-sdgs"))
    write_draft(locked(db, draft_of(side_by_side(db, ()), TODAY)), tmp_path / "both.html")
    return tmp_path / "both.html"


@pytest.fixture(params=["map_page", "both_page"])
def opened(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    page = chromium.new_page(viewport={"width": WIDTHS[0], "height": 900})
    page.goto(request.getfixturevalue(request.param).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    yield page
    page.close()


def test_axe_finds_nothing_and_the_page_fits(opened: Any) -> None:
    assert axe_api.Axe().run(opened).response["violations"] == []
    for width in WIDTHS:
        opened.set_viewport_size({"width": width, "height": 900})
        keep_picture(opened, f"{opened.title()[:20]}-{width}")
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_every_link_leads_to_a_place_on_the_page(opened: Any) -> None:
    lost = opened.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(link => decodeURIComponent(link.hash.slice(1)))"
        ".filter(name => !document.getElementById(name))"
    )
    assert lost == []


def test_another_goal_leads_to_the_activity_under_its_main_goal(map_page: Path, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto(map_page.as_uri())
    page.locator("#goal-7 .others a").click()
    assert page.locator("article:target").is_visible()
    assert page.locator("#goal-10 article:target").count() == 1
    page.close()
