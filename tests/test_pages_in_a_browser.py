"""The pages of a served database, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goalmap.extract.names import Entity
from goalmap.store.entities.names import entity_id
from tests.browsing import NEEDS_CHROMIUM, address_of, faults_of, focus, keep_picture, press, signed_in
from tests.reader import IS_0_65
from tests.stories import BODY, INITIATIVE, PERSON, make_database

sync_api = pytest.importorskip("playwright.sync_api")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")

ROWS = Path(__file__).parent / "data" / "browse.sql"


def page_of(entity: Entity) -> str:
    return f"/review/-/entity/{entity_id(entity, '')}"


PAGES = {
    "overview": "/review/-/overview",
    "review": "/review/-/review",
    "many": "/review/-/review/list",
    "adding": "/review/-/add",
    "queue": "/review/-/queue",
    "document": "/review/-/document/d1",
    "unread document": "/review/-/document/d3",
    "passage": "/review/-/passage/p3",
    "quotation": "/review/-/passage/p4",
    "evil passage": "/review/-/passage/p10",
    "person": page_of(Entity(PERSON, "Ada Ray")),
    "person and those of like name": page_of(Entity(PERSON, "Ada Ray")) + "?same=Raye",
    "organisation": page_of(Entity(BODY, "Lockgate Trust")),
    "initiative": page_of(Entity(INITIATIVE, "Doors Open")),
    "people": "/review/-/people",
    "organisations": "/review/-/organisations?sort=name&q=lock",
    "initiatives": "/review/-/initiatives",
    "table of passages": "/review/passages",
    "table of proposals": "/review/proposals",
    "question": "/review/waiting_for_review",
}
OURS = [name for name in PAGES if "/-/" in PAGES[name]]
WIDTHS = (1200, 400, 320)

pytestmark = [
    *NEEDS_CHROMIUM,
]


@pytest.fixture(scope="module")
def sign_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The one-time address of a server that stops with the tests."""
    folder = tmp_path_factory.mktemp("browser")
    db = make_database(folder / "review.db")
    db.conn.executescript(ROWS.read_text("utf-8"))
    db.close()
    with address_of(folder / "review.db") as address:
        yield address


@pytest.fixture(scope="module")
def context(sign_in: str) -> Iterator[Any]:
    """A browser that is signed in."""
    with signed_in(sign_in) as context:
        yield context


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A tab that fails its test on any error in the console and on any request to another host."""
    page = context.new_page()
    faults = faults_of(page)
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    yield page
    page.close()
    assert faults == []


@pytest.mark.parametrize("name", OURS)
def test_our_pages_of_awkward_texts_can_be_read_by_everybody_on_every_screen(page: Any, name: str) -> None:
    """320 points wide is what a screen of 1280 shows at 400 %."""
    page.goto(PAGES[name])
    within = None if IS_0_65 else "section.content"  # the frame of the coming Datasette is not ours to mend
    found = axe_api.Axe().run(page, context=within).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        keep_picture(page, f"{name} {width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", [name for name in PAGES if name not in OURS])
def test_datasettes_own_pages_show_our_cells(page: Any, name: str) -> None:
    page.goto(PAGES[name])
    keep_picture(page, name)
    assert page.locator('a[href*="/-/passage/"]').count() > 0


def test_a_document_cannot_run_a_script(page: Any) -> None:
    page.goto(PAGES["evil passage"])
    assert page.title().startswith("<script>")
    assert page.locator("section.content script, section.content img, section.content b").count() == 0


def test_a_reader_walks_from_the_overview_to_a_passage_and_on(page: Any) -> None:
    page.goto(PAGES["overview"])
    page.get_by_role("link", name="Waiting for review").click()
    page.get_by_role("link", name="p4", exact=True).click()
    assert page.locator("mark.person").first.inner_text() == "Amara"
    page.get_by_role("link", name="Next passage").click()
    sync_api.expect(page.locator(".gm-text")).to_contain_text("A second centre")
    page.locator("h1 a").click()
    page.wait_for_url("**/review/-/document/d1#p5")


def test_a_search_finds_other_endings_of_a_word(page: Any) -> None:
    page.goto("/review/search_passages")
    page.get_by_label("text").fill("apprentice")
    page.get_by_role("button", name="Run SQL").click()
    sync_api.expect(page.locator('a[href="/review/-/passage/p9"]')).to_have_count(1)


def test_a_person_is_merged_and_parted_again_with_the_keyboard_alone(page: Any) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(PAGES["person"])
    focus(page.get_by_label("Name, or part of it"))
    page.keyboard.type("Raye")
    page.keyboard.press("Enter")
    press(page, "Same as Ada Raye")
    sync_api.expect(page.get_by_role("heading", level=1)).to_have_text("These are one and the same")
    keep_picture(page, "merge to be confirmed")
    focus(page.get_by_label("Why, for those who read the history"))
    page.keyboard.type("One teacher.")
    press(page, "Yes, they are the same")
    sync_api.expect(page.get_by_role("status")).to_contain_text("are one and the same")
    keep_picture(page, "merged")
    press(page, "Undo decision b1")
    press(page, "Yes, take it back")
    sync_api.expect(page.get_by_role("status")).to_contain_text("b1 is taken back")


def test_all_works_without_scripts(context: Any, sign_in: str) -> None:
    base = sign_in.split("/-/")[0]
    bare = context.browser.new_context(base_url=base, java_script_enabled=False, storage_state=context.storage_state())
    page = bare.new_page()
    page.goto(PAGES["people"])
    page.get_by_label("Name, or part of it").fill("raye")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Ada Raye").click()
    page.get_by_label("Name, or part of it").fill("Ray")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Same as Ada Ray", exact=True).click()
    sync_api.expect(page.get_by_role("heading", level=1)).to_have_text("These are one and the same")
    bare.close()


def test_a_page_can_be_printed(page: Any) -> None:
    page.goto(PAGES["document"])
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert page.locator("#p6").is_visible()
