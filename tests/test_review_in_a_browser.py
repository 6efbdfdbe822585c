"""Reviewing in a real browser: with keys alone, in two tabs, on narrow screens, without scripts, with a screen reader."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import NEEDS_CHROMIUM, address_of, keep_picture, signed_in
from tests.reviewing import EVIL, LONG, make_rooms

sync_api = pytest.importorskip("playwright.sync_api")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")

ROOMS = {
    "keys": [["8", "9"], ["3"], ["5", "6", "11"], ["12"], ["4"]],
    "typing": [["8"], ["9"]],
    "tabs": [["8"], ["9"]],
    "bare": [["8", "9"], ["3"]],
    "lost": [["8"]],
    "mouse": [["8", "9"], ["3"]],
    "narrow": [["1", "2", "3", "4"], ["8"]],
    "stays": [["8"], ["9"]],
    EVIL: [["8"]],
    LONG: [["8"]],
}
PAGE = "/rooms/-/review"
WIDTHS = (1200, 400, 320)

pytestmark = [
    pytest.mark.slow,
    *NEEDS_CHROMIUM,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    make_rooms(folder / "rooms.db", ROOMS)
    return folder


@pytest.fixture(scope="module")
def sign_in(folder: Path) -> Iterator[str]:
    """The one-time address of a server that stops with the tests."""
    with address_of(folder / "rooms.db") as address:
        yield address


@pytest.fixture(scope="module")
def context(sign_in: str) -> Iterator[Any]:
    """A browser that is signed in."""
    with signed_in(sign_in, "rooms") as context:
        yield context


@pytest.fixture
def open_room(context: Any) -> Iterator[Callable[..., Any]]:
    """Opens the review page of one publisher in a tab that takes note of errors and of requests to other hosts."""
    tabs: list[Any] = []
    faults: list[str] = []

    def start(room: str, stale: bool = False) -> Any:
        tab = context.new_page()
        tabs.append(tab)
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("request", lambda asked: faults.append(asked.url) if "//127.0.0.1:" not in asked.url else None)
        allowed = 409 if stale else 0
        tab.on("response", lambda got: faults.append(got.url) if got.status >= 400 and got.status != allowed else None)
        tab.on("console", lambda said: faults.append(said.text) if said.type == "error" and not stale else None)
        tab.goto(f"{PAGE}?publisher={room}")
        return tab

    yield start
    for tab in tabs:
        tab.evaluate("localStorage.clear()")
        tab.close()
    assert faults == []


def decided(folder: Path, room: str) -> list[tuple[Any, ...]]:
    """What stands on record for a room, in the order in which it was written."""
    connection = sqlite3.connect(folder / "rooms.db")
    sql = """
        select proposed_goal_id, verdict, goal_id, coalesce(stage, ''), best_practice, coalesce(note, '')
        from current_decisions where passage_id like ? order by id
    """
    rows = connection.execute(sql, [f"p-{room}-%"]).fetchall()
    connection.close()
    return [(row[0].partition("/")[2], row[1], row[2].partition("/")[2], *row[3:]) for row in rows]


def says(tab: Any, words: str) -> None:
    """What is told to a screen reader, and shown."""
    sync_api.expect(tab.get_by_role("status")).to_contain_text(words)


def focused(tab: Any) -> str:
    return str(tab.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def test_a_whole_queue_is_reviewed_with_the_keyboard_alone(open_room: Callable[..., Any], folder: Path) -> None:
    tab = open_room("keys")
    press = tab.keyboard.press
    press("s")
    says(tab, "Stage: ongoing")
    press("b")
    says(tab, "Best practice")
    press("n")
    tab.keyboard.type("Seen by me: x, r and a.")
    press("Escape")
    press("a")
    says(tab, "Accepted: 8 Good health and wellbeing. 7 left.")
    press("r")
    says(tab, "Rejected: 9 Extending enterprise. 6 left.")
    assert focused(tab) == "gm-heading"
    press("c")
    tab.keyboard.type("5 Open")
    press("Escape")
    press("a")
    says(tab, "Changed: 5 Open recruitment instead of 3 Positive destinations post 16+. 5 left.")
    press("j")
    press("k")
    press("2")
    assert focused(tab).startswith("6 Fair career progression")
    press("x")
    says(tab, "None of these: 3 rejected. 2 left.")
    press("u")
    says(tab, "Taken back: rejected: 5 Open recruitment; rejected: 6 Fair career progression; rejected: 11")
    press("x")
    says(tab, "None of these: 3 rejected. 2 left.")
    press(" ")
    sync_api.expect(tab.locator("#gm-item")).to_have_attribute("data-passage", "p-keys-4")
    press("d")
    tab.keyboard.type("9 Ext")
    press("Tab")
    press("Tab")
    press("Tab")
    press("Tab")
    press("Enter")
    says(tab, "Added: 9 Extending enterprise. 2 left.")
    press("a")
    says(tab, "Accepted: 4 Right advice and experiences. 1 left.")
    sync_api.expect(tab.locator("#gm-item")).to_have_attribute("data-passage", "p-keys-3")
    press("a")
    sync_api.expect(tab.get_by_role("heading", name="Nothing waits here")).to_be_visible()
    keep_picture(tab, "review end")
    assert decided(folder, "keys") == [
        ("8", "accepted", "8", "ongoing", 1, "Seen by me: x, r and a."),
        ("9", "rejected", "9", "delivered", 0, ""),
        ("3", "changed", "5", "delivered", 0, ""),
        ("5", "rejected", "5", "delivered", 0, ""),
        ("6", "rejected", "6", "delivered", 0, ""),
        ("11", "rejected", "11", "delivered", 0, ""),
        ("9", "added", "9", "", 0, ""),
        ("4", "accepted", "4", "delivered", 0, ""),
        ("12", "accepted", "12", "delivered", 0, ""),
    ]


def test_keys_do_nothing_while_somebody_types_or_when_they_are_off(open_room: Callable[..., Any], folder: Path) -> None:
    tab = open_room("typing")
    for key in ("Control+a", "Alt+a", "Meta+a", "Control+x", "A", "Shift+r"):
        tab.keyboard.press(key)
    tab.get_by_label("Publisher").focus()
    tab.keyboard.type("xarub")
    tab.keyboard.press("Tab")
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("?")
    tab.get_by_label("Use these keys").uncheck()
    keep_picture(tab, "review keys")
    tab.keyboard.press("a")
    tab.get_by_role("button", name="Close").click()
    tab.keyboard.press("a")
    tab.keyboard.press("x")
    tab.wait_for_timeout(300)
    assert decided(folder, "typing") == []
    tab.reload()
    tab.keyboard.press("a")
    tab.wait_for_timeout(300)
    assert decided(folder, "typing") == []
    tab.get_by_role("button", name="Keys").click()
    tab.get_by_label("Use these keys").check()


def test_a_key_that_is_held_down_decides_once(open_room: Callable[..., Any], folder: Path) -> None:
    tab = open_room("narrow")
    tab.keyboard.down("r")
    for _ in range(5):
        tab.keyboard.down("r")
    tab.keyboard.up("r")
    says(tab, "Rejected: 1 Strong foundations")
    tab.wait_for_timeout(300)
    assert len(decided(folder, "narrow")) == 1


def test_a_stale_tab_is_told_so_in_place_and_overwrites_nothing(open_room: Callable[..., Any], folder: Path) -> None:
    tab, late = open_room("tabs"), open_room("tabs", stale=True)
    tab.keyboard.press("r")
    says(tab, "Rejected: 8 Good health and wellbeing. 1 left.")
    late.keyboard.press("a")
    sync_api.expect(late.get_by_role("alert")).to_contain_text(
        "Somebody has decided on this passage since you opened it"
    )
    sync_api.expect(late.get_by_role("alert")).to_contain_text("rejected by ann: 8 Good health and wellbeing")
    keep_picture(late, "review stale")
    assert decided(folder, "tabs")[0][:3] == ("8", "rejected", "8")
    late.keyboard.press("a")
    says(late, "This is decided already. The same key again decides otherwise.")
    assert decided(folder, "tabs")[0][:3] == ("8", "rejected", "8")
    late.keyboard.press("a")
    says(late, "Accepted: 8 Good health and wellbeing. 1 left.")
    assert decided(folder, "tabs")[0][:3] == ("8", "accepted", "8")


def test_a_reviewer_with_a_mouse_decides_without_a_reload(open_room: Callable[..., Any], folder: Path) -> None:
    tab = open_room("mouse")
    tab.evaluate("window.sameWindow = true")
    tab.get_by_role("button", name="Accept 8 Good health and wellbeing").click()
    says(tab, "Accepted: 8 Good health")
    tab.get_by_text("Another goal, a note").nth(1).click()
    tab.locator(".gm-waits [name=filed]").select_option("11")
    tab.get_by_role("button", name="Accept as 11 Infrastructure for opportunity").click()
    says(tab, "Changed: 11 Infrastructure for opportunity instead of 9 Extending enterprise. 1 left.")
    assert "passage=p-mouse-1" in tab.url
    tab.get_by_role("button", name="Undo my last decision").click()
    says(tab, "Taken back: changed: 11 Infrastructure")
    assert "passage=p-mouse-0" in tab.url
    assert tab.evaluate("window.sameWindow")
    assert decided(folder, "mouse") == [("8", "accepted", "8", "delivered", 0, "")]


def test_a_reviewer_can_stay_on_a_passage(open_room: Callable[..., Any]) -> None:
    tab = open_room("stays")
    tab.keyboard.press("?")
    tab.get_by_label("Go on to the next passage").uncheck()
    tab.get_by_role("button", name="Close").click()
    tab.keyboard.press("a")
    says(tab, "Accepted: 8 Good health")
    assert "passage=p-stays-0" in tab.url
    tab.keyboard.press("ArrowRight")
    sync_api.expect(tab.locator("#gm-item")).to_have_attribute("data-passage", "p-stays-1")
    tab.keyboard.press("?")
    tab.get_by_label("Go on to the next passage").check()


def test_a_server_that_is_gone_is_told_of(context: Any, folder: Path) -> None:
    tab = context.new_page()
    tab.goto(f"{PAGE}?publisher=lost")
    tab.route("**/review*", lambda route: route.abort())
    tab.keyboard.press("a")
    says(tab, "goalmap did not answer, so nothing may have been written")
    tab.unroute("**/review*")
    tab.keyboard.press("a")
    sync_api.expect(tab.get_by_role("heading", name="Nothing waits here")).to_be_visible()
    assert len(decided(folder, "lost")) == 1
    tab.close()


def test_a_reviewer_who_was_signed_out_is_told_of(context: Any, sign_in: str) -> None:
    other = context.browser.new_context(base_url=sign_in.split("/-/")[0], storage_state=context.storage_state())
    tab = other.new_page()
    tab.goto(f"{PAGE}?publisher=narrow")
    other.clear_cookies()
    tab.keyboard.press("a")
    says(tab, "Not written: you are signed out")
    other.close()


def test_all_of_it_works_without_scripts(context: Any, sign_in: str, folder: Path) -> None:
    base = sign_in.split("/-/")[0]
    bare = context.browser.new_context(base_url=base, java_script_enabled=False, storage_state=context.storage_state())
    tab = bare.new_page()
    tab.goto(f"{PAGE}?publisher=bare")
    tab.get_by_role("button", name="Accept 8 Good health and wellbeing").click()
    sync_api.expect(tab.locator("body")).to_contain_text("Accepted: 8 Good health and wellbeing. 2 left.")
    tab.get_by_role("button", name="Reject and go on").click()
    tab.wait_for_url("**passage=p-bare-1**")
    tab.get_by_role("button", name="Undo my last decision").click()
    tab.wait_for_url("**passage=p-bare-0**")
    tab.get_by_role("link", name="Skip", exact=True).click()
    sync_api.expect(tab.locator("#gm-item")).to_have_attribute("data-passage", "p-bare-1")
    assert [row[:3] for row in decided(folder, "bare")] == [("8", "accepted", "8")]
    bare.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("room", ["narrow", EVIL, LONG])
def test_the_page_fits_every_screen(open_room: Callable[..., Any], room: str, width: int) -> None:
    """320 points wide is what a screen of 1280 shows at 400 %."""
    tab = open_room(room)
    tab.set_viewport_size({"width": width, "height": 800})
    tab.evaluate("document.querySelectorAll('section.content details').forEach(part => part.open = true)")
    keep_picture(tab, f"review {room[:6]} {width}".replace("<", ""))
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.get_by_role("button", name="Keys").click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("(keys => keys.scrollWidth <= keys.clientWidth)(document.getElementById('gm-keys'))")


def test_hostile_text_runs_nothing(open_room: Callable[..., Any]) -> None:
    tab = open_room(EVIL)
    assert tab.locator("section.content img, section.content b").count() == 0
    sync_api.expect(tab.locator("#gm-heading")).to_contain_text("News of <img")


@pytest.mark.parametrize("opened", ["", "details", "keys", "no such publisher"])
def test_axe_finds_nothing_to_mend(open_room: Callable[..., Any], opened: str) -> None:
    tab = open_room("narrow" if opened != "no such publisher" else "nobody")
    if opened == "keys":
        tab.keyboard.press("?")
    if opened == "details":
        tab.evaluate("document.querySelectorAll('section.content details').forEach(part => part.open = true)")
    found = axe_api.Axe().run(tab, context="section.content").response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found] == []


def test_every_control_is_reached_by_tab_and_shows_its_focus(open_room: Callable[..., Any]) -> None:
    tab = open_room("narrow")
    wanted = tab.evaluate("""[...document.querySelectorAll('#gm-review button, #gm-review a, #gm-review select')]
        .filter(one => one.checkVisibility()).length""")
    reached = set()
    tab.locator("h1").click()
    for _ in range(120):
        tab.keyboard.press("Tab")
        at = tab.evaluate("""() => { const one = document.activeElement, style = getComputedStyle(one);
            return one.matches('#gm-review button, #gm-review a, #gm-review select')
                ? [[...document.querySelectorAll('*')].indexOf(one), style.outlineStyle] : null; }""")
        if at:
            reached.add(at[0])
            assert at[1] != "none"
    assert len(reached) == wanted
