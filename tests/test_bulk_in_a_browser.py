"""Deciding on many proposals at once, in a real browser."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.decisions import Answer
from goalmap.store.ledgers import Record
from tests.browsing import NEEDS_CHROMIUM, address_of, faults_of, focus, keep_picture, press, signed_in
from tests.large import large_database

sync_api = pytest.importorskip("playwright.sync_api")

LIST = "/review/-/review/list"
WIDTHS = (1200, 400, 320)
HOSTILE = {
    "text": '<img src=x onerror="document.title=1"><script>document.title = "taken"</script> ' + "unbroken" * 60,
    "heading": "</td></tr></table><h1>Taken</h1>",
}
BIDI = "\u202eThe trust opened a clinic\u202c " * 3

pytestmark = [
    pytest.mark.slow,
    *NEEDS_CHROMIUM,
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulk") / "review.db"
    db = large_database(path, 3000)
    with immediate(db):
        db.execute("update passages set text = :text, heading = :heading where id = 'p0000000'", HOSTILE)
        db.execute("update passages set text = ? where id = 'p0000002'", [BIDI])
        db.execute("update passages set copy_of = 'p0000004' where id in ('p0000041', 'p0000081')")
        db.execute("update documents set title = ? where id = 'd000003'", ["A very long title of a document " * 8])
        db.execute("update proposals set reason = ?", ["Says “opened a clinic”, which the goal asks for; “town” too."])
    db.close()
    return path


@pytest.fixture(scope="module")
def sign_in(path: Path) -> Iterator[str]:
    """The one-time address of a server that stops with the tests."""
    with address_of(path) as address:
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
    yield page
    page.close()
    assert [fault for fault in faults if "409 (Conflict)" not in fault] == []


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    """Another program at the same database."""
    db = Database(sqlite3.connect(path, timeout=10))
    yield db
    db.close()


def fits(page: Any, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def decisions(db: Database, condition: str = "true") -> int:
    return int(db.execute(f"select count(*) from current_decisions where {condition}").fetchone()[0])


@pytest.mark.parametrize("width", WIDTHS)
def test_list_preview_and_result_fit_every_screen(page: Any, width: int) -> None:
    """320 points wide is what a screen of 1280 shows at 400 %."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{LIST}?document=d000000")
    keep_picture(page, f"bulk list {width}")
    assert fits(page, width)
    page.get_by_label("Tick all on this page").check()
    page.get_by_role("button", name="Reject the ticked").click()
    page.get_by_role("heading", name=re.compile("^Reject [0-9]+ proposals[?]$")).wait_for()
    keep_picture(page, f"bulk preview {width}")
    assert fits(page, width)
    assert page.evaluate(FAINT_TEXT) == []
    page.get_by_role("button", name=re.compile("^Yes, reject all")).click()
    page.get_by_role("heading", name=re.compile("^Rejected: [0-9]+ proposals$")).wait_for()
    keep_picture(page, f"bulk done {width}")
    assert fits(page, width)
    assert page.evaluate(FAINT_TEXT) == []
    page.get_by_role("button", name="Take all of these back").click()
    sync_api.expect(page.get_by_role("status")).to_contain_text("taken back by ann")
    page.goto(f"{LIST}/done")
    keep_picture(page, f"bulk batches {width}")
    assert fits(page, width)


def test_a_document_cannot_run_a_script_or_break_the_page(page: Any) -> None:
    page.goto(f"{LIST}?document=d000000")
    assert page.title() == "Decide on many"
    assert page.locator("h1").all_inner_texts() == ["Decide on many"]
    assert page.locator(".gm-bulk-table img, .gm-bulk-table script").count() == 0


def test_text_has_contrast_and_every_field_a_name(page: Any) -> None:
    page.goto(LIST)
    assert page.evaluate(FAINT_TEXT) == []
    assert page.evaluate(UNLABELLED) == []
    assert page.locator("h1").count() == 1
    tick = page.get_by_role("checkbox", name=re.compile("^Tick [0-9]+[. ].* for “"))
    assert tick.count() == 50
    assert page.get_by_role("table", name=re.compile("Proposals that wait")).count() == 1


def test_all_is_done_with_the_keyboard_alone(page: Any, db: Database) -> None:
    page.set_viewport_size({"width": 800, "height": 800})
    page.goto(LIST)
    focus(page.get_by_label("Goal"))
    page.keyboard.type("3")
    focus(page.get_by_label("Least score"))
    page.keyboard.type("0.9")
    page.keyboard.press("Enter")
    page.wait_for_url("**goal=3&**least=0.9**")
    wanted = db.execute(
        "select count(*) from proposals where open = 1 and goal_id = 'purpose-goals/3' and score >= 0.9"
    ).fetchone()[0]
    sync_api.expect(page.get_by_role("status").first).to_contain_text(f"{wanted} proposals wait and match")
    focus(page.get_by_label("Note on each"))
    page.keyboard.type("By the plan.")
    press(page, f"Accept all {wanted} that match")
    page.get_by_role("heading", level=1, name=f"Accept {wanted} proposals?").wait_for()
    press(page, f"Yes, accept all {wanted}")
    page.get_by_role("heading", level=1, name=f"Accepted: {wanted} proposals").wait_for()
    assert decisions(db, "note = 'By the plan.' and reviewer = 'ann'") == wanted
    press(page, "Take all of these back")
    sync_api.expect(page.get_by_role("status")).to_contain_text("0 decisions stand")
    assert decisions(db, "note = 'By the plan.'") == 0


def test_all_of_a_page_and_ranges_are_ticked_by_keyboard_and_mouse(page: Any) -> None:
    page.goto(LIST)
    ticks = page.locator('input[name="tick"]')
    ticks.nth(2).focus()
    page.keyboard.press("Space")
    ticks.nth(6).click(modifiers=["Shift"])
    sync_api.expect(page.locator("#gm-ticked")).to_have_text("5 ticked")
    assert page.locator('input[name="tick"]:checked').count() == 5
    focus(page.get_by_label("Tick all on this page"))
    page.keyboard.press("Space")
    sync_api.expect(page.locator("#gm-ticked")).to_have_text("50 ticked")
    page.keyboard.press("Space")
    assert page.locator('input[name="tick"]:checked').count() == 0


def test_what_others_did_between_preview_and_yes_is_left_alone_and_named(page: Any, db: Database) -> None:
    page.goto(f"{LIST}?document=d000005")
    page.get_by_role("button", name=re.compile("^Accept all")).click()
    page.get_by_role("heading", name=re.compile("^Accept [0-9]+ proposals[?]$")).wait_for()
    sql = """
        select pr.passage_id, pr.goal_id, g.label from proposals pr join passages p on p.id = pr.passage_id
        join goals g on g.id = pr.goal_id where p.document_id = 'd000005' and pr.open = 1 order by pr.id limit 1
    """
    passage, goal, label = db.execute(sql).fetchone()
    with immediate(db):
        Record().add(db, {(passage, goal): Answer("rejected", goal, reviewer="bob")}, "by hand")
    page.get_by_role("button", name=re.compile("^Yes, accept all")).click()
    page.get_by_role("heading", name="Left alone").wait_for()
    keep_picture(page, "bulk left alone")
    sync_api.expect(page.get_by_text("rejected by bob")).to_contain_text(label)
    assert decisions(db, f"passage_id = '{passage}' and proposed_goal_id = '{goal}' and verdict = 'rejected'") == 1


def test_two_tabs_with_the_same_list_decide_once(context: Any, page: Any, db: Database) -> None:
    other = context.new_page()
    for tab in (page, other):
        tab.goto(f"{LIST}?document=d000007")
        tab.get_by_role("button", name=re.compile("^Reject all")).click()
        tab.get_by_role("heading", name=re.compile("^Reject [0-9]+ proposals[?]$")).wait_for()
    other.get_by_role("button", name=re.compile("^Yes, reject all")).click()
    other.get_by_role("heading", name=re.compile("^Rejected")).wait_for()
    other.close()
    before = decisions(db)
    page.get_by_role("button", name=re.compile("^Yes, reject all")).click()
    sync_api.expect(page.get_by_role("alert")).to_contain_text("decided on by ann")
    keep_picture(page, "bulk nothing left")
    assert decisions(db) == before


def test_all_works_without_scripts(context: Any, sign_in: str, db: Database) -> None:
    base = sign_in.split("/-/")[0]
    bare = context.browser.new_context(base_url=base, java_script_enabled=False, storage_state=context.storage_state())
    page = bare.new_page()
    page.goto(f"{LIST}?document=d000009")
    assert not page.get_by_label("Tick all on this page").is_visible()
    before = decisions(db)
    page.locator('input[name="tick"]').nth(1).check()
    page.get_by_role("button", name="Accept the ticked").click()
    page.get_by_role("button", name="Yes, accept it").click()
    sync_api.expect(page.get_by_role("heading", level=1)).to_have_text("Accepted: 1 proposal")
    assert decisions(db) == before + 1
    page.get_by_role("button", name="Take it back").click()
    sync_api.expect(page.get_by_role("status")).to_contain_text("1 was taken back by ann")
    assert decisions(db) == before
    bare.close()


UNLABELLED = """() => [...document.querySelectorAll(
    'section.content input:not([type=hidden]), section.content select, section.content textarea')]
  .filter(field => !field.labels.length || !field.labels[0].textContent.trim()).map(field => field.outerHTML)"""
FAINT_TEXT = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('section.content *')) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const [one, other] = [light(parts(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) faint.push(element.className + ': ' + element.textContent.slice(0, 30) + ' ' + contrast.toFixed(2));
  }
  return faint;
}"""
