"""Reports as pages, in a real browser: they fit, can be used with the keyboard, print whole and ask for nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from goalmap.report.draft.files import write_draft
from tests.browsing import CHROMIUM, NEEDS_CHROMIUM, focus, keep_picture
from tests.drafts import CARD, draft_of, everything
from tests.test_report_draft_hostile import hostile

sync_api = pytest.importorskip("playwright.sync_api")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")

DRAFTS = {
    "everything": everything(),
    "script": hostile("<script>alert(1)</script>"),
    "image": hostile('"><img src=x onerror=alert(1)>'),
    "long": hostile("x" * 2_000),
    "turned": hostile("\u202eevil\u2066more"),
}
WIDTHS = (1280, 700, 320)
BEYOND = """
() => [...document.querySelectorAll('main *, nav *, header *')]
  .filter(one => !one.closest('.unseen, .svg, thead') && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 80))
"""
"""What reaches over the edge of the screen."""

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    for name, draft in DRAFTS.items():
        write_draft(draft, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in DRAFTS}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A tab that fails its test on any error in the console, any dialogue, and any request beside the file's own."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda asked: faults.append(asked.url) if not asked.is_navigation_request() else None)
    yield page
    page.close()
    assert faults == []


@pytest.mark.parametrize("name", DRAFTS)
def test_axe_finds_nothing_to_mend(page: Any, pages: dict[str, Path], name: str) -> None:
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe_api.Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", DRAFTS)
def test_a_report_fits_every_screen(page: Any, pages: dict[str, Path], name: str) -> None:
    """320 points wide is what a screen of 1280 shows at 400 %."""
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        keep_picture(page, f"report {name} {width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(BEYOND) == []


def test_a_number_is_followed_to_its_passage_and_back_with_the_keyboard(page: Any, pages: dict[str, Path]) -> None:
    page.goto(pages["everything"].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    page.wait_for_url("**#draft")
    focus(page.locator("sup a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**#p2")
    assert page.locator(":target .code").inner_text() == "1"
    focus(page.locator(":target .back"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("#p2"))
    assert page.locator(":target").inner_text() == "[1, 2]"


def test_what_colours_say_is_said_without_them(browser: Any, pages: dict[str, Path]) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto(pages["everything"].as_uri())
    for place in (".badge.delivered", ".tag", ".to-write", ".notice.warning"):
        assert page.locator(place).first.evaluate("one => getComputedStyle(one).borderTopStyle") != "none"
    assert page.locator("mark").first.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    page.close()


def test_a_printed_report_has_a_title_page_numbers_and_what_is_folded_away(
    page: Any, pages: dict[str, Path], tmp_path: Path
) -> None:
    page.goto(pages["everything"].as_uri())
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    texts = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(tmp_path / "report.pdf")]
    assert "Impact Report" in texts[0]
    assert "Contents" not in texts[0]
    assert "Contents" in texts[1]
    assert [text.split()[0] for text in texts[1:]] == [str(number) for number in range(2, len(texts) + 1)]
    assert any("1 Early years" in text for text in texts)


def test_no_card_is_cut_between_pages(page: Any, tmp_path: Path) -> None:
    many = tuple(replace(CARD, id=f"c{number}", title=f"Card {number} begins") for number in range(30))
    write_draft(draft_of(*many), tmp_path / "many.html")
    page.goto((tmp_path / "many.html").as_uri())
    page.pdf(path=tmp_path / "many.pdf", prefer_css_page_size=True)
    texts = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(tmp_path / "many.pdf")]
    held = [(text.count(" begins"), text.count("5 wards")) for text in texts]
    assert sum(begun for begun, _ in held) == 30
    assert all(begun == ended for begun, ended in held)
