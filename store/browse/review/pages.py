"""The page on which passages are reviewed, as a value."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup
from sqlite_utils import Database

from goalmap.store.browse import page_rows
from goalmap.store.browse.datasette_compat import plain_rows
from goalmap.store.browse.marks import marked
from goalmap.store.browse.page_rows import Row, name_of
from goalmap.store.browse.pages import marks_of
from goalmap.store.browse.sources.page_images import pages_shown
from goalmap.store.browse.values import spans
from goalmap.store.ledgers import Ledger, Reading, Record
from goalmap.store.review.audits import waiting as waiting_audits
from goalmap.store.review.deciding import Last, last_by
from goalmap.store.review.items import NEAR, GoalRow, Item, frameworks, item
from goalmap.store.review.readings import BlindReading, open_readings, reader_of, reading, readings, slots_left
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
    reading: BlindReading | None = None

    @property
    def goal(self) -> Row | None:
        """The goal that is asked for, if one is."""
        return next((goal for goal in self.goals if goal["id"] == self.asked.goal), None)

    @property
    def under(self) -> str:
        """The goal under which the passage comes, where the order has goals."""
        return self.place.goal if self.place and (self.asked.reading or self.asked.order == "goal") else ""

    @property
    def has_few_goals(self) -> bool:
        return len(self.goals) <= FEW_GOALS

    @property
    def proposed(self) -> list[GoalRow]:
        """The goals that were proposed or added."""
        return [row for row in self.item.rows if row.kind != NEAR] if self.item else []

    @property
    def others(self) -> list[Row]:
        """The goals of which nothing is said yet."""
        is_sample = bool(self.place and self.place.audit)
        rows = self.item.rows if self.item else ()
        shown = {row.goal_id for row in rows if not is_sample or row.kind != NEAR or row.answer}
        return [goal for goal in self.goals if goal["id"] not in shown]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the passage: which frameworks, goals and publishers there are to choose from."""

    frameworks: list[Row]
    publishers: list[str]
    document: str | None
    readings: list[BlindReading]
    """Blind readings in which this reviewer still has something to answer."""


Words = Mapping[str, str]
"""What an address asks for."""


def asked_of(conn: sqlite3.Connection, words: Words) -> Asked:
    """What an address asks for, as far as it makes sense in this database."""
    with plain_rows(conn):
        db = Database(conn)
        there = [framework["id"] for framework in frameworks(db)]
        framework = words["framework"] if words.get("framework") in there else next(iter(there), "")
        sql = "select id, code from goals where framework_id = ?"
        goals = {name: id for id, code in conn.execute(sql, [framework]) for name in (code, id)}
    return Asked(
        framework,
        goal=goals.get(words.get("goal", ""), ""),
        publisher=words.get("publisher", "").strip(),
        document=words.get("document", ""),
        order=words["order"] if words.get("order") in ORDERS else next(iter(ORDERS)),
        reading=words.get("reading", ""),
    )


def ledger_of(conn: sqlite3.Connection, id: str, person: str) -> Ledger | None:
    """Where somebody's answers go: on record, or in a blind reading; None where that is not theirs to answer."""
    if not id:
        return Record()
    with plain_rows(conn):
        db = Database(conn)
        begun = next((one for one in readings(db) if one.id == id), None)
        reader = reader_of(begun, person) if begun else None
        return Reading(id, reader) if reader else None


def next_places(conn: sqlite3.Connection, asked: Asked, ledger: Ledger, after: Place | None) -> list[Place]:
    """What comes after a passage; at the end of all that waits, the random sample."""
    with plain_rows(conn):
        db = Database(conn)
        if isinstance(ledger, Reading):
            return _places_of_reading(db, ledger, after)
        return places(db, asked, after) or ([] if asked.goal or asked.is_of_documents else sample(db, asked.framework))


def next_of_sample(conn: sqlite3.Connection, asked: Asked) -> list[Place]:
    with plain_rows(conn):
        return sample(Database(conn), asked.framework)


def sample(db: Database, framework: str) -> list[Place]:
    """The passages that were drawn at random and wait for an answer."""
    return [Place(row.passage_id, audit=row.audit_id) for row in waiting_audits(db, framework)]


def _places_of_reading(db: Database, ledger: Reading, after: Place | None) -> list[Place]:
    """What this reader has to answer: first what comes after a passage."""
    sql = "select passage_id, min(position) from reading_slots where reading_id = ? group by passage_id"
    position = dict(db.execute(sql, [ledger.id]).fetchall())
    here = position.get(after.passage, -1) if after else -1
    left = {passage: goal for passage, goal in reversed(slots_left(db, ledger.id, ledger.reader))}
    found = [Place(passage, goal) for passage, goal in reversed(left.items())]
    return sorted(found, key=lambda place: position.get(place.passage, 0) <= here)


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
        asked = replace(asked, framework=_framework(conn, asked, place))
        goals = waiting_by_goal(db, asked.framework)
        row = page_rows.passage_row(conn, place.passage) if place else None
        shown = item(db, asked.framework, row["id"], ledger) if row else None
        begun = reading(db, ledger.id) if isinstance(ledger, Reading) else None
        return ReviewPage(
            asked,
            place if shown else None,
            _passage(conn, row, shown.rows, address) if row and shown else None,
            shown,
            goals,
            _progress_of(db, begun, ledger) if begun else progress(db, asked, goals),
            last_by(db, reviewer) if reviewer and not begun else None,
            begun,
        )


def _framework(conn: sqlite3.Connection, asked: Asked, place: Place | None) -> str:
    """The framework that a page is about; a blind reading may go through several."""
    if not asked.reading or not place:
        return asked.framework
    found = conn.execute("select framework_id from goals where id = ?", [place.goal]).fetchone()
    return str(found[0]) if found else asked.framework


def _progress_of(db: Database, begun: BlindReading, ledger: Ledger) -> Progress:
    left = slots_left(db, begun.id, ledger.reader) if isinstance(ledger, Reading) else []
    return Progress(len(left), begun.slots)


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


def frame(conn: sqlite3.Connection, asked: Asked, reviewer: str) -> Frame:
    with plain_rows(conn):
        publishers = conn.execute(
            "select distinct publisher from documents where publisher <> '' order by publisher limit 500"
        )
        return Frame(
            frameworks(Database(conn)),
            [name for (name,) in publishers],
            page_rows.document_name(conn, asked.document) if asked.document else None,
            open_readings(Database(conn), reviewer) if reviewer else [],
        )


def words_of(goal: GoalRow, text: str) -> list[str]:
    """The words of a passage that speak for a goal; none where the reason tells them all."""
    words = [word for word in dict.fromkeys(text[start:end] for start, end in spans(goal.evidence)) if word]
    return [] if all(f"“{word}”" in (goal.reason or "") for word in words) else words
