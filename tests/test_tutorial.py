"""The tutorial is followed to the letter: its commands, its keys in a browser, its answers in the spreadsheet, its pictures.

After a change that is meant, `GOALMAP_WRITE_DOCS=1 pytest tests/test_tutorial.py` writes outputs and pictures anew.
"""

import csv
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from tests.browsing import CHROMIUM
from tests.documented import PROGRESS, ROOT, Folder, same_but_for_times
from tests.following import Command, Picture, Table, pieces, with_outputs
from tests.picturing import MOST_BYTES, PICTURES, WIDTH, WRITES, keep

sync_api = pytest.importorskip("playwright.sync_api")

PAGE = ROOT / "docs" / "tutorial.md"
ADDRESS = re.compile(r"http://127\S+")
SHOWN_ADDRESS = "http://127.0.0.1:8001/-/goalmap/sign-in?token=..."
MOST_PICTURES = 8
PATIENCE = 60_000
"""How many milliseconds a page may take on a loaded machine."""
LAST_LINE = "Ctrl-C stops goalmap serve.\n"


@contextmanager
def serving(words: str, folder: Path) -> Iterator[tuple[str, str]]:
    """What `goalmap serve` prints and the address in it; at the end it is stopped as by Ctrl-C."""
    started = [sys.executable, "-m", "goalmap.cli", *shlex.split(words)[1:], "--no-browser", "--port", "0"]
    with subprocess.Popen(
        started,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        late = threading.Timer(600, server.terminate)
        late.start()
        assert server.stdout is not None
        try:
            said = ""
            for line in server.stdout:
                said += line
                if line == LAST_LINE:
                    break
            found = ADDRESS.search(said)
            assert found, said
            yield said, found[0]
        finally:
            late.cancel()
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=60)


class Reader:
    """Somebody who does what the page says, from top to bottom."""

    def __init__(self, page: str, folder: Path, stack: ExitStack) -> None:
        self.page = page
        self.folder = folder
        self.stack = stack
        self.pictured: list[str] = []
        self.tab: Any = None

    def follow(self) -> str:
        """Does it all, and gives the page with what was printed."""
        said: list[tuple[Command, str]] = []
        for piece in pieces(self.page):
            if isinstance(piece, Command):
                said.append((piece, self.type(piece)))
            elif isinstance(piece, Table):
                self.press_or_fill_in(piece)
            elif piece.name not in self.pictured:
                self.look(piece)
        return with_outputs(self.page, said)

    def type(self, command: Command) -> str:
        """What a command prints, as the page is to show it; it is what the page shows."""
        shown = self.serve(command) if " serve" in command.words else self.run(command)
        assert "Traceback" not in shown
        same = same_but_for_times(command.shown, shown)
        assert same or WRITES, f"$ {command.words}\nsays\n{command.shown}\nbut it prints\n{shown}"
        return command.shown if same else shown

    def run(self, command: Command) -> str:
        """What the command prints, without the progress that a slow machine tells of."""
        _, told = Folder(self.folder).shell(command.words)
        return "".join(line for line in told.splitlines(keepends=True) if not PROGRESS.fullmatch(line.strip()))

    def serve(self, command: Command) -> str:
        """Starts the server, and opens the browser at its address."""
        said, address = self.stack.enter_context(serving(command.words, self.folder))
        playwright = self.stack.enter_context(sync_api.sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        self.stack.callback(browser.close)
        self.tab = browser.new_page(viewport={"width": WIDTH, "height": 900})
        self.tab.goto(address)
        return ADDRESS.sub(SHOWN_ADDRESS, said)

    def press_or_fill_in(self, table: Table) -> None:
        for row in table.rows:
            if "press" in row:
                self.press(row)
        if "line" in table.rows[0]:
            self.fill_in(table.rows)

    def press(self, row: dict[str, str]) -> None:
        """The keys of one row, at the passage that it names; then what is said."""
        sync_api.expect(self.tab.locator(".gm-text").first).to_contain_text(row["passage"], timeout=PATIENCE)
        for key in re.findall(r"`(\w+)`", row["press"]):
            self.tab.keyboard.press(key)
            if key == "5":
                button = self.tab.get_by_role("button", name="Accept as 5 Open recruitment")
                sync_api.expect(button).to_be_visible(timeout=PATIENCE)
                self.keep("another-goal", 1000)
        sync_api.expect(self.tab.get_by_role("status")).to_contain_text(row["you see"], timeout=PATIENCE)

    def fill_in(self, rows: tuple[dict[str, str], ...]) -> None:
        """The answers, in the lines that the page names, as a spreadsheet writes them."""
        file = self.folder / "queue.csv"
        with file.open(encoding="utf-8-sig", newline="") as opened:
            header, *cells = list(csv.reader(opened))
        lines = dict(enumerate(cells, 2))
        for row in rows:
            line = lines[int(row["line"])]
            assert row["passage"] in line[header.index("passage")]
            for column in ("verdict", "goal", "stage", "best_practice"):
                if row[column]:
                    line[header.index(column)] = row[column]
        with file.open("w", encoding="utf-8-sig", newline="") as opened:
            csv.writer(opened).writerows([header, *lines.values()])

    def look(self, picture: Picture) -> None:
        LOOKS[picture.name](self)
        assert picture.name in self.pictured

    def choose(self, name: str, tab: Any = None) -> None:
        """Follows a link that the page names."""
        assert f"**{name}**" in self.page
        (tab or self.tab).get_by_role("link", name=name, exact=True).click()

    def keep(self, name: str, height: int, top: int = 0) -> None:
        keep(self.tab, name, height, top)
        self.pictured.append(name)

    def open(self, file: str) -> None:
        """A file of the folder in the browser, as by a double click."""
        self.tab.set_viewport_size({"width": WIDTH, "height": 1400})
        self.tab.goto((self.folder / file).as_uri())


def look_at_overview(reader: Reader) -> None:
    sync_api.expect(reader.tab.get_by_role("heading", name="Overview")).to_be_visible(timeout=PATIENCE)
    goals = reader.tab.get_by_role("table").first
    assert goals.get_by_role("row").count() == 15
    assert reader.tab.get_by_role("link", name="Review 143 proposals that wait").is_visible()
    reader.keep("overview", 1060)


def look_at_passage(reader: Reader) -> None:
    reader.choose("Review 143 proposals that wait")
    reader.tab.wait_for_load_state("networkidle")
    reader.tab.keyboard.press("p")
    reader.tab.locator("#gm-item img").first.evaluate("sheet => sheet.decode()")
    sync_api.expect(reader.tab.get_by_role("combobox", name="Stage").first).to_have_value(
        "aspiration", timeout=PATIENCE
    )
    reader.keep("review", 1640)


def look_at_activity(reader: Reader) -> None:
    reader.tab.goto(reader.tab.url)
    reader.tab.get_by_label("Menu").click()
    reader.choose("Activities")
    title = "Doors Open: a course and an interview"
    reader.tab.get_by_role("link", name=title).first.click()
    sync_api.expect(reader.tab.get_by_role("heading", level=1)).to_contain_text(title, timeout=PATIENCE)
    reader.keep("activity", 1000)


def look_at_report(reader: Reader) -> None:
    reader.open("impact.html")
    sync_api.expect(reader.tab.get_by_role("heading", name="At a glance")).to_be_visible(timeout=PATIENCE)
    assert reader.tab.locator("[id^=write-]").count() == 4
    assert (reader.folder / "impact.docx").read_bytes().startswith(b"PK")
    reader.keep("report", 1400)


def look_at_evidence(reader: Reader) -> None:
    reader.tab.get_by_role("link", name="1", exact=True).and_(reader.tab.locator("sup a")).first.click()
    passage = reader.tab.locator("li:target")
    sync_api.expect(passage).to_be_in_viewport(timeout=PATIENCE)
    file, page = passage.locator(".where a").first.get_attribute("href").split("#page=")
    with pypdfium2.PdfDocument(reader.folder / file) as document:
        words = document[int(page) - 1].get_textpage().get_text_range().split()
    assert set(passage.locator("mark").inner_text().split()) <= set(words)
    reader.keep("evidence", 560, int(passage.bounding_box()["y"] + reader.tab.evaluate("window.scrollY")) - 8)


def look_at_gaps(reader: Reader) -> None:
    reader.open("gaps.html")
    sync_api.expect(reader.tab.get_by_role("heading", level=1)).to_contain_text("Gaps", timeout=PATIENCE)
    reader.keep("gaps", 1400)


LOOKS: dict[str, Callable[[Reader], None]] = {
    "overview": look_at_overview,
    "review": look_at_passage,
    "activity": look_at_activity,
    "report": look_at_report,
    "evidence": look_at_evidence,
    "gaps": look_at_gaps,
}
"""What is done and seen where the page has a picture."""


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH")
def test_the_tutorial_is_followed_to_the_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    folder = tmp_path / "first-map"
    shutil.copytree(ROOT / "examples", folder / "examples")
    page = PAGE.read_text("utf-8")
    with ExitStack() as stack:
        reader = Reader(page, folder, stack)
        fresh = reader.follow()
    if WRITES and fresh != page:
        PAGE.write_text(fresh, encoding="utf-8")
    assert set(reader.pictured) == {piece.name for piece in pieces(page) if isinstance(piece, Picture)}


def test_the_pictures_are_small_few_and_all_shown() -> None:
    files = sorted(PICTURES.glob("*.png"))
    shown = [piece for piece in pieces(PAGE.read_text("utf-8")) if isinstance(piece, Picture)]
    assert sorted(piece.name for piece in shown) == [file.stem for file in files]
    assert len(files) <= MOST_PICTURES
    assert all(len(piece.words) > 20 for piece in shown), "what a picture shows is told to those who do not see it"
    for file in files:
        assert file.stat().st_size <= MOST_BYTES, file.name
        with Image.open(file) as picture:
            assert picture.width <= WIDTH, file.name
