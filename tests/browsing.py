"""A real browser at a server of its own, for tests of pages."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = os.environ.get("GOALMAP_SCREENSHOTS")
STARTER = """
import sys
from pathlib import Path
from goalmap.store.serve import serve
sys.exit(serve(Path(sys.argv[1]), port=0, open_browser=False, reviewer="ann", data_folder=Path(sys.argv[2])))
"""
NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH"),
]


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """The one-time address of a server that stops with the tests."""
    started = [sys.executable, "-c", STARTER, str(path), str(path.parent / "data")]
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        late = threading.Timer(1800, server.terminate)
        late.start()
        assert server.stdout is not None
        try:
            yield next(found[0] for line in server.stdout if (found := re.search(r"http://\S+sign-in\S+", line)))
        finally:
            late.cancel()
            server.terminate()
            server.communicate(timeout=300)


@contextmanager
def signed_in(sign_in: str, database: str = "review") -> Iterator[Any]:
    """A browser that is signed in; it lands on the overview of the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=sign_in.split("/-/")[0])
        page = context.new_page()
        page.goto(sign_in)
        assert page.url.endswith(f"/{database}/-/overview")
        page.close()
        yield context
        browser.close()


def keep_picture(page: Any, name: str) -> None:
    """Where GOALMAP_SCREENSHOTS names a folder, somebody wants to look."""
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name.replace(' ', '-')}.png", full_page=True)


def focus(control: Any) -> None:
    """Move the focus to a control once its page is at rest, for a page with a fragment in its address moves the focus when it is there."""
    from playwright.sync_api import expect

    control.wait_for()
    control.page.wait_for_load_state("networkidle")
    control.focus()
    expect(control).to_be_focused()


def press(page: Any, button: str | re.Pattern[str]) -> None:
    """A button with the keyboard alone, once it can be seen that it has the focus."""
    from playwright.sync_api import expect

    found = page.get_by_role("button", name=button)
    focus(found)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(found).to_be_focused()
    assert found.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Enter")


def faults_of(page: Any) -> list[str]:
    """What goes wrong in a tab from now on: errors in the console, and requests to another host."""
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if "//127.0.0.1:" not in asked.url else None)
    return faults
