"""Every page, ours and Datasette's, and every report as a page: for screen readers, keyboards, narrow screens, large text."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from goalmap.cli import main
from goalmap.store.datasette_plugin import ROUTES
from tests.browsing import NEEDS_CHROMIUM, address_of, faults_of, keep_picture, signed_in
from tests.reader import IS_0_65

pytest.importorskip("playwright.sync_api")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")

EXAMPLES = Path(__file__).parent.parent / "examples"
OURS = {
    "overview": "/review/-/overview",
    "dashboard": "/review/-/dashboard",
    "dashboard of an organisation": "/review/-/dashboard?organisation={organisation}&status=proposed",
    "review": "/review/-/review",
    "review of one passage": "/review/-/review?passage={passage}",
    "review with nothing left": "/review/-/review?goal=purpose-goals/1",
    "deciding on many": "/review/-/review/list",
    "decided on many": "/review/-/review/list/done",
    "adding": "/review/-/add",
    "queue as a file": "/review/-/queue",
    "document": "/review/-/document/{document}",
    "passage": "/review/-/passage/{passage}",
    "quotation": "/review/-/passage/{quotation}",
    "person": "/review/-/entity/{person}",
    "organisation": "/review/-/entity/{organisation}",
    "initiative": "/review/-/entity/{initiative}",
    "nobody of that id": "/review/-/entity/nobody",
    "people": "/review/-/people",
    "organisations": "/review/-/organisations",
    "initiatives": "/review/-/initiatives",
    "nobody found": "/review/-/people?q=zzzz",
    "activities": "/review/-/activities",
    "no activity found": "/review/-/activities?words=zzzz",
    "activity": "/review/-/activity/{activity}",
}
DATASETTES = {
    "databases": "/",
    "database": "/review",
    "table of passages": "/review/passages",
    "table of proposals": "/review/proposals?goal_id=purpose-goals/5",
    "row": "/review/passages/{passage}",
    "question": "/review/waiting_for_review",
    "search": "/review/search_passages?text=apprentices",
    "own SQL": "/review?sql=select+1",
    "no page": "/review/-/passage/nothing",
}
SERVED = OURS | DATASETTES
REPORTS = {
    "map": ("map",),
    "impact": ("impact", "--organisation", "Severnholme Hospitals"),
    "practice": ("practice",),
    "gaps": ("gaps",),
    "people": ("people",),
    "pack": ("pack", "--initiative", "Doors Open"),
    "progress": ("progress", "--since", "2024-01-01"),
}
IDS = {
    "document": "select document_id from passages where id in (select passage_id from proposals) order by 1",
    "passage": "select passage_id from proposals order by score desc",
    "quotation": "select passage_id from quotations order by 1",
    "person": "select entity_id from mentions join entities e on e.id = entity_id where kind = 'person' group by 1 order by count(*) desc",
    "organisation": "select entity_id from mentions join entities e on e.id = entity_id where kind = 'organisation' group by 1 order by count(*) desc",
    "initiative": "select entity_id from mentions join entities e on e.id = entity_id where kind = 'initiative' group by 1 order by count(*) desc",
    "activity": "select id from activities where figures <> '[]' order by id",
}  # fmt: skip
"""What stands in the addresses, and where it is found."""
NO_PAGES = {
    "style", "asset", "original", "page_image", "add_file", "add_read", "add_stop", "add_reading",
    "queue_download", "queue_upload", "queue_take", "queue_leave", "queue_conflicts",
}  # fmt: skip
"""What answers with a file, or with a part of a page, or sends the browser elsewhere."""
BEHIND_FORMS = {"repair", "activity_repair", "bulk_preview", "bulk_decision", "handed_in"}
"""What is shown once a form was sent: walked through in the tests of repairs, of deciding on many, and of the queue."""
WIDTHS = {"at 200 %": 640, "on a phone": 375, "at 400 %": 320}
"""A screen of 1,280 points shows 640 of them when it is enlarged to 200 %, and 320 at 400 %."""
STOPS = 30
"""So many steps of the Tab key are followed; what comes after them is more of the same."""
FOCUSED = """
() => {
  const one = document.activeElement, isEditor = one.closest('.CodeMirror-focused') !== null, style = getComputedStyle(one), box = one.getBoundingClientRect()
  const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.textDecorationLine.includes('underline')
  return {what: one.outerHTML.slice(0, 300), shown: isEditor || shown && box.width > 0, ordered: one.tabIndex <= 0}
}
"""
MOVING = """
() => document.getAnimations().length + [...document.querySelectorAll('*')]
  .filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0).length
"""

pytestmark = NEEDS_CHROMIUM


def run(*arguments: object) -> None:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, read, with their activities and all reports."""
    folder = tmp_path_factory.mktemp("pages")
    db = folder / "review.db"
    run("ingest", EXAMPLES, "--db", db, "--engine", "serial", "--quiet")
    for name, words in REPORTS.items():
        run("report", *words, "--db", db, "-o", folder / f"{name}.html")
    return folder


@pytest.fixture(scope="module")
def context(folder: Path) -> Iterator[Any]:
    with address_of(folder / "review.db") as sign_in, signed_in(sign_in) as context:
        yield context


@pytest.fixture(scope="module")
def ids(folder: Path) -> dict[str, str]:
    with closing(sqlite3.connect(folder / "review.db")) as db:
        return {name: db.execute(sql).fetchone()[0] for name, sql in IDS.items()}


@pytest.fixture(params=[*OURS, *(pytest.param(name, marks=pytest.mark.slow) for name in (*DATASETTES, *REPORTS))])
def page(request: pytest.FixtureRequest, context: Any, folder: Path, ids: dict[str, str]) -> Iterator[Any]:
    """Each page in turn, in a tab that fails its test on any error in the console."""
    page, name = context.new_page(), request.param
    page.set_viewport_size({"width": 1280, "height": 800})
    faults = faults_of(page)
    page.goto(SERVED[name].format(**ids) if name in SERVED else (folder / f"{name}.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.is_ours = name not in DATASETTES
    keep_picture(page, f"page {name}")
    yield page
    page.close()
    assert [fault for fault in faults if "404" not in fault and not fault.startswith("file:")] == []


def test_a_page_can_be_read_and_used_by_everybody(page: Any) -> None:
    if not (page.is_ours or IS_0_65):
        pytest.skip("the frame of the coming Datasette is not ours to mend")
    assert [one["what"] for one in tab_stops(page) if not (one["shown"] and one["ordered"])] == []
    assert axe_faults(page) == []
    assert page.evaluate(MOVING) == 0
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert not page.locator("header nav").first.is_visible() or not page.is_ours


def axe_faults(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds. The coming Datasette's search keeps a list where axe expects a method, and is left out."""
    page.evaluate("document.querySelectorAll('navigation-search').forEach(one => one.remove())")
    found = axe_api.Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:90] for node in one["nodes"]]) for one in found]


def tab_stops(page: Any) -> list[dict[str, Any]]:
    """Where the Tab key leads from the top: past the menu first, and on without a trap."""
    stops: list[dict[str, Any]] = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        if "<body" in stops[-1]["what"]:
            return stops[:-1]
    assert "Skip to" in stops[0]["what"]
    assert len({one["what"] for one in stops[-5:]}) > 1, stops[-5:]
    return stops


def test_the_menu_is_passed_with_one_key(context: Any) -> None:
    page = context.new_page()
    page.goto(SERVED["table of passages"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#gm-content")
    assert page.evaluate("document.activeElement.id") == "gm-content"
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["overview", "review", "activity", "table of proposals"])
def test_a_page_can_be_read_in_the_dark_too(context: Any, ids: dict[str, str], name: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto(SERVED[name].format(**ids))
    assert axe_faults(page) == []
    page.close()


def test_a_bar_keeps_its_length_where_the_system_chooses_the_colours(context: Any, ids: dict[str, str]) -> None:
    page = context.new_page()
    page.goto(SERVED["passage"].format(**ids))
    page.emulate_media(forced_colors="active")
    bar = page.locator(".gm-bar > span").first
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert bar.evaluate("one => getComputedStyle(one).backgroundColor") != ground
    page.close()


def test_no_page_of_ours_is_forgotten(ids: dict[str, str]) -> None:
    """A page that is added has to be added to one of the tables here."""
    addresses = [urlsplit(address.format(**ids)).path for address in OURS.values()]
    seen = {view for route, view in ROUTES.items() if any(re.search(route, address) for address in addresses)}
    assert {*ROUTES.values()} - seen == NO_PAGES | BEHIND_FORMS
