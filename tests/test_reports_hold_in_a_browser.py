"""Reports of hostile data as pages, in a real browser: nothing runs, they fit, and axe finds nothing."""

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from tests.browsing import CHROMIUM, NEEDS_CHROMIUM
from tests.test_reports_hold import ASKED, HOSTILE_ASKED, hostile, path_of, report, stored

BEYOND = """
() => [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 90))
"""
"""What reaches over the edge of the screen."""
__all__ = ["hostile", "stored"]

pytestmark = NEEDS_CHROMIUM


@pytest.mark.slow
def test_pages_of_hostile_data_run_nothing_fit_and_are_accessible(hostile: Database, tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found: list[tuple[str, object]] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in ASKED:
            output = tmp_path / f"{name}.html"
            assert report(path_of(hostile), name, output, *HOSTILE_ASKED[name]).exit_code == 0
            faults = [fault for width in (1280, 320) for fault in _faults(browser, axe, output, width)]
            found += [(name, fault) for fault in faults]
        browser.close()
    assert found == []


def _faults(browser: Any, axe: Any, path: Path, width: int) -> list[object]:
    """What axe finds, what runs, and whether the page is wider than the screen."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    faults: list[object] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe.run(page).response["violations"]
    faults += [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append((f"wider than {width}", page.evaluate(BEYOND)[:3]))
    page.close()
    return faults
