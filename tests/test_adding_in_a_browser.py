"""An analyst who never opens a terminal: documents added, read, their queue taken away and brought back, in a real browser."""

import csv
import io
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from goalmap.store.browse.adding.files import folder_of
from tests.browsing import CHROMIUM, NEEDS_CHROMIUM, faults_of, keep_picture
from tests.plugins import stubborn
from tests.sending import Served, serving

sync_api = pytest.importorskip("playwright.sync_api")

EXAMPLES = Path(__file__).parent.parent / "examples"
QUICK = {"GOALMAP_INGEST_FAST": "1", "GOALMAP_INGEST_WORKERS": "1", "OMP_NUM_THREADS": "1"}
PATIENCE = 300_000
WIDTHS = (1200, 400, 320)

pytestmark = [
    pytest.mark.slow,
    *NEEDS_CHROMIUM,
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("analyst") / "work.db"


@pytest.fixture(scope="module")
def served(database: Path) -> Iterator[Served]:
    """A server of a new database."""
    slowly = stubborn(database.parent / "plugin", 0.2)
    with serving(database, **QUICK, **slowly) as served:
        yield served


@pytest.fixture(scope="module")
def context(served: Served) -> Iterator[Any]:
    """A browser that is signed in."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=served.base)
        parts = [part.split("=", 1) for part in served.cookie.split("; ")]
        context.add_cookies([{"name": name, "value": value, "url": served.base} for name, value in parts])
        yield context
        browser.close()


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A tab that fails its test on any error in the console and on any request to another host."""
    page = context.new_page()
    faults = faults_of(page)
    yield page
    page.close()
    assert faults == []


def finished(page: Any, heading: str = "Finished") -> None:
    sync_api.expect(page.locator("#gm-reading-heading")).to_have_text(heading, timeout=PATIENCE)


def add(page: Any) -> None:
    """Send what was chosen and wait until it is read."""
    page.get_by_role("button", name="Add and read them").click()
    sync_api.expect(page.locator("#gm-said")).to_contain_text("Finished", timeout=PATIENCE)
    finished(page)


def documents(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as conn:
        return {Path(path).name for (path,) in conn.execute("select path from documents where parent_id is null")}


def test_files_are_added_to_a_new_database_and_what_cannot_be_read_is_shown(
    page: Any, served: Served, database: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    page.goto("/work/-/add")
    page.get_by_label("Files or a ZIP").set_input_files(
        [EXAMPLES / "lockgate-trust-press-release-2023-03.txt", tmp_path / "broken.pdf"]
    )
    sync_api.expect(page.get_by_text("2 files, under 1 MB", exact=True)).to_be_visible()
    sync_api.expect(page.get_by_role("checkbox", name=re.compile("Purpose Goals, 14 goals"))).to_be_checked()
    sync_api.expect(page.get_by_role("button", name="Add and read them")).to_be_focused()
    keep_picture(page, "chosen")
    page.get_by_role("button", name="Add and read them").click()
    sync_api.expect(page.locator("#gm-reading progress")).to_be_visible()
    keep_picture(page, "reading")
    finished(page)
    keep_picture(page, "finished")
    row = page.get_by_role("row", name=re.compile("broken.pdf"))
    sync_api.expect(row).to_contain_text("The PDF is broken and cannot be opened")
    sync_api.expect(page.get_by_role("link", name=re.compile(r"Review \d+ proposals"))).to_be_visible()
    sync_api.expect(page.locator("#gm-said")).to_contain_text("Finished")
    assert documents(database) == {"lockgate-trust-press-release-2023-03.txt", "broken.pdf"}


def test_a_folder_is_added_with_its_folders_and_without_what_the_system_put_there(
    page: Any, database: Path, tmp_path: Path
) -> None:
    papers = tmp_path / "papers"
    (papers / "2024").mkdir(parents=True)
    (papers / ".DS_Store").write_bytes(b"x")
    (papers / "2024" / "one.txt").write_text(
        "In May the trust opened a clinic in Hull where nurses see 40 people a week."
    )
    (papers / "two.txt").write_text("The council opened a library in York for 900 readers in June.")
    page.goto("/work/-/add")
    page.get_by_label("A folder with all that is in it").set_input_files(papers)
    sync_api.expect(page.locator("#gm-count")).to_contain_text("2 files")
    add(page)
    assert (folder_of(database) / "papers" / "2024" / "one.txt").is_file()
    assert {"one.txt", "two.txt"} <= documents(database)


def test_files_and_a_zip_are_dropped(page: Any, database: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.txt", "In July the trust opened a gym in Leeds that 200 young people use for free.")
    page.goto("/work/-/add")
    files = {"papers.zip": list(packed.getvalue()), "dropped.txt": list(b"The fund gave 30 bursaries in Bath.")}
    page.evaluate(DROP, files)
    sync_api.expect(page.locator("#gm-count")).to_contain_text("2 files")
    add(page)
    assert {"papers.zip", "dropped.txt"} <= documents(database)
    with closing(sqlite3.connect(database)) as conn:
        inside = conn.execute("select status from documents where path like '%papers.zip/inside.txt'").fetchall()
    assert inside == [("ok",)]


def test_a_reading_is_shown_in_another_tab_and_can_be_stopped_there_with_the_keyboard(
    page: Any, context: Any, served: Served, database: Path
) -> None:
    folder = folder_of(database) / "many"
    folder.mkdir(exist_ok=True)
    for number in range(200):
        (folder / f"{number}.notes").write_text(
            f"In May we opened clinic {number} in Stoke{number} for 300 people a week."
        )
    page.goto("/work/-/add")
    page.get_by_role("button", name="Read the folder").click()
    other = context.new_page()
    other.goto("/work/-/add")
    sync_api.expect(other.locator("#gm-detail")).to_contain_text(re.compile(r"of 2\d\d files read"), timeout=PATIENCE)
    keep_picture(other, "another tab")
    stop = other.get_by_role("button", name="Stop the reading")
    stop.focus()
    other.wait_for_timeout(2500)
    sync_api.expect(stop).to_be_focused()
    other.keyboard.press("Enter")
    finished(other, "Stopped")
    finished(page, "Stopped")
    other.close()
    shutil.rmtree(folder)
    page.get_by_role("button", name="Read the folder").click()
    finished(page)


def test_a_file_that_is_not_taken_is_told_and_the_others_are_added(page: Any, database: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The fund gave 30 bursaries in Bath.")
    (tmp_path / "two.txt").write_text("Another two.")
    page.goto("/work/-/add")
    page.evaluate("document.getElementById('gm-adding').dataset.limit = '20'")
    page.get_by_label("Files or a ZIP").set_input_files([tmp_path / "a.txt", tmp_path / "two.txt"])
    add(page)
    sync_api.expect(page.get_by_role("row", name=re.compile("a.txt")).first).to_contain_text("larger than")
    keep_picture(page, "not added")
    assert "two.txt" in documents(database)


def test_the_queue_is_taken_away_answered_and_brought_back(page: Any, database: Path, tmp_path: Path) -> None:
    page.goto("/work/-/queue")
    keep_picture(page, "queue")
    page.get_by_label("Kind of file").select_option("csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the queue").click()
    assert re.fullmatch(r"queue-[-0-9]+\.csv", download.value.suggested_filename)
    queue = tmp_path / "queue.csv"
    download.value.save_as(queue)
    rows = list(csv.reader(io.StringIO(queue.read_text("utf-8-sig"), newline="")))
    verdict = rows[0].index("verdict")
    rows[1][verdict], rows[2][verdict], rows[3][verdict] = "accept", "reject", "perhaps"
    with queue.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    page.get_by_label("CSV or Excel file").set_input_files(queue)
    page.wait_for_url(re.compile("/queue/q[0-9a-f]{32}$"))
    sync_api.expect(page.get_by_text("Nothing has changed yet.")).to_be_visible()
    sync_api.expect(page.get_by_role("listitem").filter(has_text="Line 4")).to_contain_text("perhaps")
    keep_picture(page, "queue checked")
    page.get_by_role("button", name="Take over 2 good answers, leave out the faults").click()
    sync_api.expect(page.get_by_role("status")).to_contain_text("2 answers are kept")
    keep_picture(page, "queue taken over")
    with closing(sqlite3.connect(database)) as conn:
        found = conn.execute("select verdict, reviewer, source from decisions order by verdict").fetchall()
    assert found == [("accepted", "ann", "queue queue.csv"), ("rejected", "ann", "queue queue.csv")]


def test_a_file_that_is_no_queue_is_told(context: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    page = context.new_page()
    page.goto("/work/-/queue")
    with page.expect_navigation():
        page.get_by_label("CSV or Excel file").set_input_files(tmp_path / "notes.csv")
    sync_api.expect(page.get_by_role("alert")).to_contain_text("notes.csv")
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["add", "queue"])
def test_the_pages_fit_every_screen_and_are_in_order(page: Any, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/work/-/{name}")
    keep_picture(page, f"{name} {width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].filter(one => one.checkVisibility()).map(one => +one.tagName[1])"
    )
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate(UNLABELLED) == []


@pytest.mark.parametrize("name", ["add", "queue"])
def test_without_scripts_the_page_names_the_command(context: Any, served: Served, name: str) -> None:
    bare = context.browser.new_context(
        base_url=served.base, java_script_enabled=False, storage_state=context.storage_state()
    )
    page = bare.new_page()
    page.goto(f"/work/-/{name}")
    sync_api.expect(page.get_by_text(re.compile("goalmap (ingest|review import)")).first).to_be_visible()
    assert page.locator("input[type=file]:visible").count() == 0
    bare.close()


DROP = """async files => {
  const transfer = new DataTransfer();
  for (const [name, bytes] of Object.entries(files)) transfer.items.add(new File([new Uint8Array(bytes)], name));
  const zone = document.getElementById('gm-drop');
  zone.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  zone.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""
UNLABELLED = """() => [...document.querySelectorAll('section.content input:not([type=hidden]), section.content select')]
  .filter(field => !field.labels.length || !field.labels[0].textContent.trim()).map(field => field.outerHTML)"""
