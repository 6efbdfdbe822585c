"""The page on which passages are reviewed, as a value."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlite_utils import Database

from goalmap.store.browse import page_rows
from goalmap.store.browse.datasette_compat import plain_rows
from goalmap.store.browse.marks import marked
from goalmap.store.browse.page_images import pages_shown
from goalmap.store.browse.page_rows import Row, name_of
from goalmap.store.browse.pages import marks_of
from goalmap.store.browse.values import spans
from goalmap.store.ledgers import Ledger
from goalmap.store.review.deciding import Last, last_by
from goalmap.store.review.items import GoalRow, Item, frameworks, item
from goalmap.store.review.waiting import ORDERS, Asked, Place, Progress, places, progress, waiting_by_goal

FEW_GOALS = 40
"""A list of so many goals can be chosen from; a longer one is typed into."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The passage that is decided on, in its place."""

    row: Row
    document: str
    html: Markup
    before: list[Row]
    after: list[Row]
    copies: list[Row]
    pages: list[int]
    """The pages that can be shown as pictures."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One passage to decide on, or None where nothing waits."""

    asked: Asked
    place: Place | None
    passage: Passage | None
    item: Item | None
    goals: list[Row]
    progress: Progress
    last: Last | None
    """What Undo takes back."""

    @property
    def goal(self) -> Row | None:
        """The goal that is asked for, if one is."""
        return next((goal for goal in self.goals if goal["id"] == self.asked.goal), None)

    @property
    def has_few_goals(self) -> bool:
        return len(self.goals) <= FEW_GOALS

    @property
    def others(self) -> list[Row]:
        """The goals of which nothing is said yet."""
        shown = {row.goal_id for row in self.item.rows} if self.item else set()
        return [goal for goal in self.goals if goal["id"] not in shown]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the passage: which frameworks, goals and publishers there are to choose from."""

    frameworks: list[Row]
    publishers: list[str]
    document: str | None


Words = Mapping[str, str]
"""What an address asks for."""


def asked_of(conn: sqlite3.Connection, words: Words) -> Asked:
    """What an address asks for, as far as it makes sense in this database."""
    with plain_rows(conn):
        db = Database(conn)
        there = [framework["id"] for framework in frameworks(db)]
        framework = words["framework"] if words.get("framework") in there else next(iter(there), "")
        goals = {name: goal["id"] for goal in goals_of(db, framework) for name in (goal["code"], goal["id"])}
    return Asked(
        framework,
        goal=goals.get(words.get("goal", ""), ""),
        publisher=words.get("publisher", "").strip(),
        document=words.get("document", ""),
        order=words["order"] if words.get("order") in ORDERS else next(iter(ORDERS)),
    )


def goals_of(db: Database, framework: str) -> list[Row]:
    return list(db.query("select id, code from goals where framework_id = ? order by position", [framework]))


def next_places(conn: sqlite3.Connection, asked: Asked, after: Place | None) -> list[Place]:
    with plain_rows(conn):
        return places(Database(conn), asked, after)


def review_page(
    conn: sqlite3.Connection,
    asked: Asked,
    place: Place | None,
    ledger: Ledger,
    reviewer: str,
    address: Callable[[str], str],
) -> ReviewPage:
    """The page of a passage; without one, or where it is gone, that of the end of the queue."""
    with plain_rows(conn):
        db = Database(conn)
        goals = waiting_by_goal(db, asked.framework)
        row = page_rows.passage_row(conn, place.passage) if place else None
        shown = item(db, asked.framework, row["id"], ledger) if row else None
        return ReviewPage(
            asked,
            place if shown else None,
            _passage(conn, row, shown.rows, address) if row and shown else None,
            shown,
            goals,
            progress(db, asked, goals),
            last_by(db, reviewer) if reviewer else None,
        )


def _passage(conn: sqlite3.Connection, row: Row, goals: Iterable[GoalRow], address: Callable[[str], str]) -> Passage:
    id, position = row["id"], row["position"] or 0
    evidence = [{"goal": goal.goal, "evidence": goal.evidence} for goal in goals if goal.evidence]
    found = (page_rows.mentions_in(conn, id), page_rows.quotations_in(conn, id), page_rows.figures_in(conn, id))
    return Passage(
        row,
        name_of({"title": row["document_title"], "path": row["path"]}),
        marked(row["text"], marks_of(*found, evidence, address)),
        page_rows.passages_before(conn, row["document_id"], position),
        page_rows.passages_after(conn, row["document_id"], position),
        page_rows.copies_of_passage(conn, id),
        pages_shown(row, row),
    )


def frame(conn: sqlite3.Connection, asked: Asked) -> Frame:
    with plain_rows(conn):
        publishers = conn.execute(
            "select distinct publisher from documents where publisher <> '' order by publisher limit 500"
        )
        return Frame(
            frameworks(Database(conn)),
            [name for (name,) in publishers],
            page_rows.document_name(conn, asked.document) if asked.document else None,
        )


def words_of(goal: GoalRow, text: str) -> list[str]:
    """The words of a passage that speak for a goal; none where the reason tells them all."""
    words = [word for word in dict.fromkeys(text[start:end] for start, end in spans(goal.evidence)) if word]
    return [] if all(f"“{word}”" in (goal.reason or "") for word in words) else words
