"""Activities in a real browser: looked up, merged, split, written and undone with keys alone, on narrow screens, without scripts."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from goalmap.store.database import open_database
from tests.activities_to_repair import BUS, CHOIR, DEBT, EVIL, FILES, GARDEN, activity, make_database
from tests.browsing import NEEDS_CHROMIUM, address_of, faults_of, focus, keep_picture, press, signed_in

sync_api = pytest.importorskip("playwright.sync_api")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")

LIST = "/review/-/activities"
LONG = "Apprenticeshipsandtraineeships" * 12 + " for all who live here #9"
WIDTHS = (1200, 400, 320)

pytestmark = [pytest.mark.slow, *NEEDS_CHROMIUM]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("activities") / "review.db"
    files = {**FILES, "evil.txt": EVIL, "long.txt": LONG}
    make_database(path, files, accept=[BUS, GARDEN, CHOIR, EVIL, LONG])
    return path


@pytest.fixture(scope="module")
def context(path: Path) -> Iterator[Any]:
    """A browser that is signed in at a server that stops with the tests."""
    with address_of(path) as address, signed_in(address) as context:
        yield context


@pytest.fixture
def tab(context: Any) -> Iterator[Any]:
    """A tab in which nothing goes wrong, and that asks nothing of other hosts."""
    tab = context.new_page()
    faults = faults_of(tab)
    yield tab
    assert faults == []
    tab.close()


def address(path: Path, start: str) -> str:
    with closing(open_database(path)) as db:
        return f"/review/-/activity/{activity(db, start)}"


def says(tab: Any, words: str) -> None:
    sync_api.expect(tab.locator("section.content")).to_contain_text(words)


def open_all(tab: Any) -> None:
    tab.evaluate("document.querySelectorAll('section.content details').forEach(part => part.open = true)")


def test_an_activity_is_merged_split_and_put_back_with_keys_alone(tab: Any, path: Path) -> None:
    tab.goto(LIST)
    focus(tab.get_by_label("Words in it, or in its passages"))
    tab.keyboard.type("minibus")
    tab.keyboard.press("Enter")
    says(tab, "1 activity")
    focus(tab.get_by_role("link", name="Volunteer drivers"))
    tab.keyboard.press("Enter")
    focus(tab.get_by_label("Words of the other one"))
    tab.keyboard.type("kitchen garden")
    tab.keyboard.press("Enter")
    focus(tab.get_by_role("checkbox", name="Pupils dug"))
    tab.keyboard.press("Space")
    press(tab, "Put the found and ticked together with this")
    says(tab, "Nothing has changed yet")
    press(tab, "Yes, they are one")
    says(tab, "Done. Decision b1")
    says(tab, "told in 2 passages of 2 documents")
    focus(tab.locator("summary", has_text="Some of these passages"))
    tab.keyboard.press("Enter")
    focus(tab.get_by_role("checkbox", name="Pupils dug"))
    tab.keyboard.press("Space")
    press(tab, "Split off what is ticked …")
    press(tab, "Yes, split it off")
    says(tab, "Done. Decision b2")
    press(tab, "Undo decision b2")
    press(tab, "Yes, take it back")
    says(tab, "Decision b3: b2 is taken back.")
    says(tab, "told in 2 passages of 2 documents")
    press(tab, "Undo decision b1")
    press(tab, "Yes, take it back")
    says(tab, "told in 1 passage of 1 document")


def test_a_stale_tab_is_told_so_and_overwrites_nothing(context: Any, path: Path) -> None:
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto(address(path, CHOIR))
        open_all(tab)
        tab.get_by_label("Title").fill("A choir on the wards")
        press(tab, "Write that …")
    for tab in tabs:
        press(tab, "Yes, write that")
    says(tabs[0], "Done. Decision")
    says(tabs[1], "This has changed since you opened the page")
    for tab in tabs:
        tab.close()


def test_all_of_it_works_without_scripts(context: Any, path: Path) -> None:
    bare = context.browser.new_context(
        java_script_enabled=False, base_url=context.pages[0].url if context.pages else ""
    )
    bare.add_cookies(context.cookies())
    tab = bare.new_page()
    root = context.new_page()
    root.goto(LIST)
    tab.goto(root.url.replace(LIST, address(path, DEBT)))
    root.close()
    tab.locator("summary", has_text="What shall stand in a field").click()
    tab.get_by_label("Region").select_option("Wales")
    press(tab, "Write that …")
    says(tab, "Region: nothing becomes Wales")
    press(tab, "Yes, write that")
    says(tab, "Wales written by a person")
    bare.close()


PLACES = {"list": None, "one": BUS, "evil": EVIL, "long": LONG}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("place", PLACES)
def test_the_pages_fit_every_screen(tab: Any, path: Path, place: str, width: int) -> None:
    """320 points wide is what a screen of 1280 shows at 400 %."""
    start = PLACES[place]
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{address(path, start)}?same=the" if start else LIST)
    open_all(tab)
    keep_picture(tab, f"activity {place} {width}")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("place", [*PLACES, "nothing found", "check"])
def test_axe_finds_nothing_to_mend(tab: Any, path: Path, place: str) -> None:
    start = PLACES.get(place, BUS)
    tab.goto(f"{address(path, start)}?same=the" if start else LIST)
    if place == "nothing found":
        tab.goto(f"{LIST}?words=nothinglikethis")
    if place == "check":
        open_all(tab)
        tab.get_by_label("Title").fill("Lifts")
        press(tab, "Write that …")
        says(tab, "Nothing has changed yet")
        keep_picture(tab, "activity check")
    open_all(tab)
    found = axe_api.Axe().run(tab, context="section.content").response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found] == []


def test_every_control_is_reached_by_tab_and_shows_its_focus(tab: Any, path: Path) -> None:
    tab.goto(f"{address(path, BUS)}?same=the")
    tab.locator("h1").click()
    open_all(tab)  # after the click: Datasette closes what is open when somebody clicks elsewhere
    controls = "section.content :is(button, a, input:not([type=hidden]), select, textarea, summary)"
    wanted = tab.evaluate(f"[...document.querySelectorAll('{controls}')].filter(one => one.checkVisibility()).length")
    reached = set()
    for _ in range(wanted + 40):
        tab.keyboard.press("Tab")
        at = tab.evaluate(f"""() => {{ const one = document.activeElement, style = getComputedStyle(one);
            return one.matches('{controls}') ? [[...document.querySelectorAll('*')].indexOf(one), style.outlineStyle] : null; }}""")
        if at:
            assert at[1] != "none"
            reached.add(at[0])
    assert len(reached) == wanted
