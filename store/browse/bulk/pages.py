"""The pages on which many proposals are decided on at once, as values: the list, the preview, and what was done."""

import math
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup
from sqlite_utils import Database

from goalmap.store.browse.contexts import in_context
from goalmap.store.browse.datasette_compat import plain_rows
from goalmap.store.browse.forms import form_of, one
from goalmap.store.browse.marks import Mark
from goalmap.store.browse.page_rows import Row, document_name
from goalmap.store.browse.review.pages import asked_of
from goalmap.store.browse.values import shortened, spans
from goalmap.store.browse.writing import UNKNOWN, Refusal, on_record
from goalmap.store.decisions import LONGEST_NOTE, STAGES
from goalmap.store.review import bulk, bulk_decisions
from goalmap.store.review.bulk import LARGEST, ORDERS, Preview, Wanted
from goalmap.store.review.bulk_decisions import Agreed, Batch, Changed, Said, Written
from goalmap.store.review.items import frameworks
from goalmap.store.review.waiting import waiting_by_goal

LONGEST_EXCERPT = 320
LONGEST_WORD = 300
NAMES_SHOWN = 20
PUBLISHERS = "select distinct publisher from documents where publisher <> '' order by publisher limit 500"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list is asked for."""

    wanted: Wanted
    order: str
    after: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """The same, as an address or a form has it."""
        wanted = self.wanted
        names = ("framework", "goal", "publisher", "document", "stage", "words", "initiative")
        scores = {name: f"{value:g}" for name in ("least", "most") if (value := getattr(wanted, name)) is not None}
        order = self.order if self.order != next(iter(ORDERS)) else ""
        return {**{name: getattr(wanted, name) for name in names}, **scores, "order": order}

    @property
    def is_filtered(self) -> bool:
        return any(value for name, value in self.filters.items() if name not in ("framework", "order"))


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the proposals that wait."""

    listed: Listed
    total: int
    in_readings: int
    rows: list[Row]
    after: str
    goals: list[Row]
    frameworks: list[Row]
    publishers: list[str]
    document: str
    """What the document is called that alone is listed, if one is."""
    seen: int
    """The latest decision when the list was shown."""

    @property
    def is_too_many(self) -> bool:
        return self.total > LARGEST


@dataclass(frozen=True, slots=True)
class Action:
    """What one of the list's buttons does."""

    verdict: str
    is_of_ticked: bool


ACTIONS = {
    "accept ticked": Action("accepted", True),
    "reject ticked": Action("rejected", True),
    "accept all": Action("accepted", False),
    "reject all": Action("rejected", False),
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A form of the list, or of its preview."""

    words: Mapping[str, str]
    """The filters, as in an address."""
    do: str
    ticks: tuple[str, ...]
    said: Said
    seen: int
    key: str
    fingerprint: str
    is_confirmed: bool

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The form again, but for what stands in the preview."""
        said = [("stage_said", self.said.stage), ("note", self.said.note)]
        best = [("best_practice", "1")] if self.said.best_practice else []
        ticks = [("tick", id) for id in self.ticks]
        return [*self.words.items(), ("do", self.do), ("seen", str(self.seen)), *said, *best, *ticks]


NOTHING_TICKED = Refusal("Tick the proposals first that you want to decide on. Nothing was written.")
NOTHING_WAITS = Refusal(
    "None of these waits any more: they were decided on or read again since you opened the list. Nothing was written.",
    409,
)
TOO_MANY = Refusal(
    f"More than {LARGEST:,} match, which is too many to decide on at once. Narrow the list first, by goal, score or "
    "publisher for instance. Nothing was written."
)
CHANGED = Refusal(
    "What matches has changed since the preview, so nothing was written. Here it is as it is now: look again, then "
    "confirm.",
    409,
)


# What is asked for


def listed_of(conn: sqlite3.Connection, words: Mapping[str, str]) -> Listed:
    """What an address asks for, as far as it makes sense in this database."""
    asked = asked_of(conn, words)
    wanted = Wanted(
        asked.framework,
        goal=asked.goal,
        publisher=asked.publisher,
        document=asked.document,
        stage=words.get("stage", "") if words.get("stage") in STAGES else "",
        least=_score(words.get("least", "")),
        most=_score(words.get("most", "")),
        words=words.get("words", "").strip(),
        initiative=words.get("initiative", "").strip(),
    )
    order = words["order"] if words.get("order") in ORDERS else next(iter(ORDERS))
    return Listed(wanted, order, words.get("after", ""))


def _score(text: str) -> float | None:
    """A score from 0 to 1, written so or in per cent."""
    try:
        number = float(text.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        return None
    number = number / 100 if "%" in text or number > 1 else number
    return number if math.isfinite(number) and 0 <= number <= 1 else None


def posted(body: bytes) -> Posted:
    """The form in a request's body."""
    form = form_of(body)
    names = ("framework", "goal", "publisher", "document", "stage", "least", "most", "words", "initiative", "order")
    do = one(form, "do")
    said = Said(
        ACTIONS[do].verdict if do in ACTIONS else "",
        one(form, "stage_said") if one(form, "stage_said") in STAGES else "",
        bool(one(form, "best_practice")),
        one(form, "note").strip()[:LONGEST_NOTE],
    )
    return Posted(
        words={name: one(form, name)[:LONGEST_WORD] for name in names},
        do=do,
        ticks=tuple(dict.fromkeys(form.get("tick", ()))),
        said=said,
        seen=int(one(form, "seen")) if re.fullmatch("[0-9]{1,15}", one(form, "seen")) else 0,
        key=one(form, "key")[:64],
        fingerprint=one(form, "fingerprint"),
        is_confirmed=bool(one(form, "confirmed")),
    )


def wanted_by(form: Posted, listed: Listed) -> Wanted | Refusal:
    """The proposals that a form is about."""
    if form.do not in ACTIONS:
        return UNKNOWN
    if not ACTIONS[form.do].is_of_ticked:
        return listed.wanted
    return bulk.alone(listed.wanted, form.ticks) if form.ticks else NOTHING_TICKED


# Pages


def list_page(conn: sqlite3.Connection, listed: Listed) -> ListPage:
    with plain_rows(conn):
        db = Database(conn)
        wanted = listed.wanted
        seen = bulk.latest_decision(db)
        stretch = bulk.stretch(db, wanted, listed.order, listed.after)
        return ListPage(
            listed=listed,
            total=bulk.count(db, wanted),
            in_readings=bulk.count_in_readings(db, wanted),
            rows=[_shown(row) for row in stretch.rows],
            after=stretch.after,
            goals=waiting_by_goal(db, wanted.framework),
            frameworks=frameworks(db),
            publishers=[name for (name,) in conn.execute(PUBLISHERS)],
            document=document_name(conn, wanted.document) if wanted.document else "",
            seen=seen,
        )


def preview_page(conn: sqlite3.Connection, wanted: Wanted, seen: int) -> Preview | Refusal:
    """What a form would change, or why it cannot be done."""
    with plain_rows(conn):
        db = Database(conn)
        if len(wanted.ids) > LARGEST or bulk.count(db, wanted) > LARGEST:
            return TOO_MANY
        found = bulk.preview(db, wanted, seen)
        return replace(found, examples=[_shown(row) for row in found.examples]) if found.found else NOTHING_WAITS


def _shown(row: Row) -> Row:
    return {**row, "html": _excerpt(row), "first_words": shortened(row["text"], 60)}


def _excerpt(row: Row) -> Markup:
    """The words about the evidence, marked; else the first ones."""
    marks = [Mark(start, end, "evidence", f"speaks for {row['goal']}") for start, end in spans(row["evidence"])]
    fitting = [mark for mark in marks if 0 <= mark.start < mark.end <= len(row["text"])]
    return in_context(row["text"], fitting) if fitting else Markup("{}").format(shortened(row["text"], LONGEST_EXCERPT))


def batch_page(conn: sqlite3.Connection, id: str) -> tuple[Batch, list[Row]] | None:
    """Decisions that were made at once, and how many there are of each goal."""
    with plain_rows(conn):
        found = bulk_decisions.batch(Database(conn), id)
        return (found, bulk_decisions.goals_of_batch(Database(conn), id)) if found else None


def batches_page(conn: sqlite3.Connection) -> list[Batch]:
    with plain_rows(conn):
        return bulk_decisions.batches(Database(conn))


# Writing


def carry_out(conn: sqlite3.Connection, agreed: Agreed, reviewer: str) -> Written | Refusal:
    """Write what was agreed to, or nothing."""
    done = on_record(conn, lambda db: bulk_decisions.decide_on_all(db, agreed, reviewer))
    return CHANGED if isinstance(done, Changed) else done


def take_back(conn: sqlite3.Connection, id: str, reviewer: str) -> int | Refusal:
    """Take back what stands of a batch, or nothing."""
    return on_record(conn, lambda db: bulk_decisions.take_back(db, id, reviewer))
