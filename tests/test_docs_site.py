"""The documentation as Sphinx builds it: without a warning, without the network, fit for a phone and for the dark."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.browsing import CHROMIUM, keep_picture

ROOT = Path(__file__).parent.parent
FETCHED = ("//link/@href", "//script/@src", "//img/@src", "//iframe/@src", "//source/@src", "//video/@src")
"""What a browser fetches by itself."""
PLACE_OF_OTHERS = re.compile(r"(?:[a-z]+:)?//", re.I)
LOOKED_AT = ("index", "tutorial", "how-to/queue", "reference/commands", "reference/tables", "explanation/accuracy")
IMPORTED = re.compile(r"@import\b|url\(\s*['\"]?\s*(?:https?:)?//", re.I)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "--nitpicky"]
    doctrees = ["--doctree-dir", str(folder / "doctrees")]
    built = subprocess.run([*words, *doctrees, "docs", str(folder / "html")], cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    assert built.stderr == ""
    return folder / "html"


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_page_is_built_and_can_be_reached_from_the_first(site: Path) -> None:
    sources = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    built = {path.relative_to(site) for path in pages(site)}
    sources = {path for path in sources if path.parts[0] != "_build"}
    assert sources <= built
    first = html.parse(str(site / "index.html"))
    reached = {Path(link.partition("#")[0]) for link in first.xpath("//a/@href") if not link.startswith("#")}
    assert sources - {Path("index.html")} <= reached


def test_no_page_fetches_anything_from_elsewhere(site: Path) -> None:
    for page in pages(site):
        tree = html.parse(str(page))
        fetched = [address for path in FETCHED for address in tree.xpath(path)]
        assert fetched, page
        assert [address for address in fetched if PLACE_OF_OTHERS.match(address)] == [], page
        for address in fetched:
            assert address.startswith("data:") or (page.parent / address.partition("?")[0].partition("#")[0]).exists()


def test_no_style_fetches_anything_from_elsewhere(site: Path) -> None:
    styles = list(site.rglob("*.css"))
    assert styles
    assert [path.name for path in styles if IMPORTED.search(path.read_text("utf-8"))] == []


def test_links_lead_to_headings_that_are_there(site: Path) -> None:
    trees = {page: html.parse(str(page)) for page in pages(site)}
    anchors = {page: set(tree.xpath("//@id")) for page, tree in trees.items()}
    for page, tree in trees.items():
        for link in tree.xpath("//main//a/@href") or tree.xpath("//article//a/@href"):
            file, _, anchor = link.partition("#")
            if PLACE_OF_OTHERS.match(link) or link.startswith("mailto:"):
                continue
            target = (page.parent / file).resolve() if file else page
            assert target.exists(), f"{page.name} links to {link}"
            assert not anchor or target not in anchors or anchor in anchors[target], f"{page.name} links to {link}"


def test_the_language_of_the_pages_is_told(site: Path) -> None:
    assert html.parse(str(site / "index.html")).getroot().get("lang") == "en-GB"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("dark", 1280), ("light", 320)])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_fits_the_screen_and_axe_finds_nothing_in_it(
    site: Path, chromium: Any, name: str, scheme: str, width: int
) -> None:
    axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = chromium.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.on("request", lambda asked: pytest.fail(asked.url) if asked.url.startswith("http") else None)
    page.goto((site / f"{name}.html").as_uri())
    keep_picture(page, f"{name.replace('/', '-')}-{scheme}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe_api.Axe().run(page, context="article").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []
    page.close()
