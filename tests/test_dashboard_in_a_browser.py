"""The dashboard in a real browser: narrow, large, printed, by keyboard and by screen reader."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.browsing import NEEDS_CHROMIUM, address_of, faults_of, focus, keep_picture, signed_in
from tests.reader import IS_0_65
from tests.test_store_datasette_dashboard import DASHBOARD, DATA, make

axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = NEEDS_CHROMIUM

WIDTHS = (1200, 400, 320)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The one-time address of a server that stops with the tests."""
    path = tmp_path_factory.mktemp("dashboard") / "review.db"
    with closing(make(path)) as db:
        db.conn.executescript((DATA / "dashboard.sql").read_text("utf-8"))
    with address_of(path) as found:
        yield found


@pytest.fixture(scope="module")
def context(address: str) -> Iterator[Any]:
    """A browser that is signed in."""
    with signed_in(address) as found:
        yield found


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A tab that fails its test on any error in the console and on any request to another host."""
    found = context.new_page()
    faults = faults_of(found)
    yield found
    found.close()
    assert faults == []


def test_nothing_stands_out_of_the_page(page: Any) -> None:
    page.goto(DASHBOARD)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        keep_picture(page, f"dashboard-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("svg.picture").count() == 5


@pytest.mark.parametrize("opened", [False, True])
def test_axe_finds_nothing(page: Any, opened: bool) -> None:
    page.goto(DASHBOARD)
    if opened:
        for summary in page.locator("details summary").all():
            summary.click()
    within = None if IS_0_65 else "section.content"  # the frame of the coming Datasette is not ours to mend
    found = axe_api.Axe().run(page, context=within).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found] == []


def test_letters_can_be_read_on_a_narrow_page(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(DASHBOARD)
    sizes = page.evaluate(
        "[...document.querySelectorAll('svg.picture text')].map(text => {"
        "  const scale = text.getScreenCTM(); return parseFloat(text.getAttribute('font-size')) * Math.hypot(scale.a, scale.b) })"
    )
    assert min(sizes) >= 8


def test_names_are_as_wide_as_the_pictures_reckon(page: Any) -> None:
    page.goto(DASHBOARD)
    outside = page.evaluate(
        "[...document.querySelectorAll('svg.picture')].flatMap(svg => [...svg.querySelectorAll('text')].filter(text => {"
        "  const box = text.getBoundingClientRect(), whole = svg.getBoundingClientRect();"
        "  return box.left < whole.left - 1 || box.right > whole.right + 1 }).map(text => text.textContent))"
    )
    assert outside == []


def test_a_bar_leads_by_keyboard_to_what_it_counts(page: Any) -> None:
    page.goto(DASHBOARD)
    focus(page.locator("#coverage a[aria-label='10 Closing the digital divide, planned: 1']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/activities?**")
    assert "stage=planned" in page.url


def test_the_picture_can_be_passed_by_keyboard(page: Any) -> None:
    page.goto(DASHBOARD)
    focus(page.locator("#coverage .gm-skip"))
    assert page.locator("#coverage .gm-skip").bounding_box()["height"] > 10
    page.keyboard.press("Enter")
    page.wait_for_url("**#coverage-numbers")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_screen_readers_hear_pictures_links_and_tables(page: Any) -> None:
    page.goto(DASHBOARD)
    picture = page.get_by_role("group", name="Activities by goal and stage")
    assert picture.count() == 1
    assert picture.get_by_role("link", name="10 Closing the digital divide, planned: 1", exact=True).count() == 1
    page.locator("#coverage summary").click()
    assert page.get_by_role("table", name="Activities by goal and stage").get_by_role("row").count() == 15


def test_an_organisation_is_chosen_without_scripts(context: Any, address: str) -> None:
    kept = {"base_url": address.split("/-/")[0], "storage_state": context.storage_state()}
    bare = context.browser.new_context(java_script_enabled=False, **kept)
    page = bare.new_page()
    page.goto(DASHBOARD)
    page.get_by_label("Organisation", exact=True).select_option("Ashwick NHS Trust")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**organisation=Ashwick**")
    assert page.locator("h1").inner_text() == "Dashboard: Ashwick NHS Trust"
    bare.close()


def test_in_print_no_picture_is_cut_off(page: Any) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(DASHBOARD)
    page.emulate_media(media="print")
    wide = page.evaluate(
        "Math.max(...[...document.querySelectorAll('svg.picture')].map(svg => svg.getBoundingClientRect().right))"
    )
    assert wide <= 700
    assert page.pdf(format="A4").startswith(b"%PDF")
