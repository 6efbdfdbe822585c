"""A passage on its page, and the file that it was read from, in a real browser."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browsing import CHROMIUM, NEEDS_CHROMIUM, SCREENSHOTS, address_of, faults_of, focus, keep_picture, signed_in
from tests.shelves import shelved

sync_api = pytest.importorskip("playwright.sync_api")

HERE = Path(__file__).parent
FILES = (
    HERE / "layouts" / "files" / "columns-two.pdf",
    HERE / "layouts" / "files" / "turned-page.pdf",
    HERE.parent / "examples" / "shft-impact-report-2024.pdf",
    HERE.parent / "examples" / "council-cabinet-report-2024-11-11.html",
)
PASSAGES = {
    "over two pages": ("/review/-/passage/columns-two~2Epdf-23", 2),
    "turned": ("/review/-/passage/turned-page~2Epdf-6", 1),
    "over two columns": ("/review/-/passage/shft-impact-report-2024~2Epdf-13", 1),
}
WIDTHS = (1200, 320)

pytestmark = [pytest.mark.slow, *NEEDS_CHROMIUM]


@pytest.fixture(scope="module")
def sign_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The one-time address of a server that stops with the tests."""
    folder = tmp_path_factory.mktemp("originals")
    shelved(folder / "review.db", FILES).close()
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


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_is_seen_on_its_page_on_every_screen(page: Any, name: str, width: int) -> None:
    address, count = PASSAGES[name]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    page.get_by_role("link", name="See it on the page").click()
    pictures = page.locator("figure img")
    assert pictures.count() == count
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        page.wait_for_function(
            "picture => picture.complete && picture.naturalWidth > 500", arg=picture.element_handle()
        )
        assert "with this passage marked" in picture.get_attribute("alt")
    keep_picture(page, f"on the page {name} {width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_picture_is_opened_larger_with_the_keyboard(page: Any) -> None:
    page.goto(PASSAGES["turned"][0])
    focus(page.locator("figure a"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/page.png?page=1&scale=2")
    assert page.evaluate("document.images[0].naturalWidth") > 2_000


def test_a_web_page_is_saved_and_never_run(page: Any) -> None:
    page.goto("/review/-/document/council-cabinet-report-2024-11-11~2Ehtml")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Open the original file").click()
    assert saved.value.suggested_filename == FILES[-1].name
    assert Path(saved.value.path()).read_bytes() == FILES[-1].read_bytes()


def test_a_pdf_is_shown_by_the_browsers_own_viewer(sign_in: str, context: Any) -> None:
    """Only the browser as people use it has that viewer; a page that it may not show stays dark."""
    options = {
        "args": ["--no-sandbox", "--headless=new"],
        "ignore_default_args": ["--headless", "--disable-extensions"],
    }
    browser = context.browser.browser_type.launch(executable_path=CHROMIUM, **options)
    shown = browser.new_context(base_url=sign_in.split("/-/")[0], storage_state=context.storage_state()).new_page()
    shown.goto("/review/-/document/columns-two~2Epdf/original#page=2")
    for _ in range(20):
        picture = Image.open(io.BytesIO(shown.screenshot())).convert("L")
        if paper(picture) > 0.1:
            break
        shown.wait_for_timeout(500)
    browser.close()
    if SCREENSHOTS:
        picture.save(Path(SCREENSHOTS) / "original-in-the-viewer.png")
    assert paper(picture) > 0.1


def paper(picture: Image.Image) -> float:
    """The share of white dots."""
    return picture.histogram()[255] / (picture.width * picture.height)
