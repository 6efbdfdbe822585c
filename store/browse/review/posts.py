"""What a form of the review page asks for, carried out on the connection that writes."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.store.browse.forms import form_of, one
from goalmap.store.browse.writing import UNKNOWN, Refusal, on_record
from goalmap.store.database import immediate
from goalmap.store.decisions import LONGEST_NOTE
from goalmap.store.ledgers import Ledger
from goalmap.store.review.answers import Fault, Goals
from goalmap.store.review.audits import AuditAnswer, answer, waiting
from goalmap.store.review.deciding import (
    SOURCE,
    Done,
    Said,
    Stale,
    Undone,
    decide_on,
    reject_all,
    take_back,
)
from goalmap.store.review.items import item
from goalmap.store.review.waiting import Asked, Place


@dataclass(frozen=True, slots=True)
class Sampled:
    """What was said of a passage of the random sample."""

    goals: tuple[str, ...]


Outcome = Done | Undone | Stale | Refusal | Sampled

GONE = Refusal(
    "This passage has been read again and is not what was shown. Nothing was written; here is what waits now.", 409
)
NO_GOAL = Refusal("Choose a goal of the list first. Nothing was written.")


@dataclass(frozen=True, slots=True)
class Posted:
    """A form of the review page."""

    action: str
    passage: str
    under: str
    """The goal under which the passage came, in the order of goals."""
    state: str
    """A word for what had been decided on the passage when it was shown."""
    goal: str
    verdict: str
    filed: str
    """The goal that the reviewer means, by its id, code or name."""
    stage: str
    best_practice: bool
    note: str
    undo: tuple[int, ...]
    audit: str
    shown: tuple[str, ...]
    """The goals that waited when the passage was shown."""
    serves: tuple[str, ...]
    """Codes of the goals that a passage of the random sample serves though they were not proposed."""
    stays: bool
    """Whether the reviewer wants to see the passage still when all of it is decided."""

    @property
    def place(self) -> Place:
        return Place(self.passage, self.under, self.audit)


def posted(body: bytes) -> Posted:
    """The form in a request's body."""
    form = form_of(body)
    ids = [id for id in one(form, "undo").split(",") if id.isascii() and id.isdigit() and len(id) < 16]
    return Posted(
        action=one(form, "action"),
        passage=one(form, "passage"),
        under=one(form, "under"),
        state=one(form, "state"),
        goal=one(form, "goal"),
        verdict=one(form, "verdict"),
        filed=one(form, "filed"),
        stage=one(form, "stage"),
        best_practice=bool(one(form, "best_practice")),
        note=one(form, "note"),
        undo=tuple(map(int, ids)),
        audit=one(form, "audit"),
        shown=tuple(form.get("shown", ())),
        serves=tuple(code for field in form.get("serves", ()) for code in re.split(r"[,;]", field) if code.strip()),
        stays=bool(one(form, "stays")),
    )


def carry_out(conn: sqlite3.Connection, form: Posted, asked: Asked, reviewer: str, ledger: Ledger) -> Outcome:
    """Write down what a form says; nothing where it is out of date, or another program writes for too long."""
    return on_record(conn, lambda db: _done(db, form, asked, reviewer, ledger))


def _done(db: Database, form: Posted, asked: Asked, reviewer: str, ledger: Ledger) -> Outcome:
    if not _stands(db, form.passage):
        return GONE
    if form.action == "undo":
        return take_back(db, form.undo, form.passage, form.state, reviewer)
    if form.action == "audit":
        return _sampled(db, form, asked.framework, reviewer, ledger)
    shown = (db, asked.framework, form.passage, form.state)
    if form.action == "none":
        return reject_all(*shown, form.shown, reviewer, ledger)
    said = _said(db, form, asked.framework)
    return said if isinstance(said, Refusal) else decide_on(*shown, said, reviewer, ledger)


def _stands(db: Database, passage: str) -> bool:
    sql = "select count(*) from passages where id = ? and retired_at is null"
    return bool(db.execute(sql, [passage]).fetchone()[0])


def _sampled(db: Database, form: Posted, framework: str, reviewer: str, ledger: Ledger) -> Outcome:
    """Write down what goals a drawn passage serves that nobody proposed."""
    goals = _goals(db, framework)
    try:
        serves = tuple(Goals(goals).find(code.strip(), framework) for code in form.serves)
    except Fault:
        return NO_GOAL
    if form.verdict == "accepted" and not serves:
        return NO_GOAL
    named = serves if form.verdict == "accepted" else ()
    with immediate(db):
        is_waiting = Place(form.passage, audit=form.audit) in [
            Place(row.passage_id, audit=row.audit_id) for row in waiting(db, framework)
        ]
        if not is_waiting or item(db, framework, form.passage, ledger).state != form.state:
            return Stale(form.passage)
        answer(db, {form.audit: AuditAnswer(named, form.note.strip()[:LONGEST_NOTE], reviewer)}, SOURCE)
    return Sampled(named)


def _goals(db: Database, framework: str) -> list[dict[str, Any]]:
    return list(db.query("select id, framework_id, code, name from goals where framework_id = ?", [framework]))


def _said(db: Database, form: Posted, framework: str) -> Said | Refusal:
    if form.action != "decide" or form.verdict not in ("accepted", "rejected"):
        return UNKNOWN
    goals = _goals(db, framework)
    try:
        filed = Goals(goals).find(form.filed, framework) if form.filed else form.goal
    except Fault:
        return NO_GOAL
    if not filed:
        return NO_GOAL
    goal = form.goal or filed
    if not {goal, filed} <= {row["id"] for row in goals}:
        return UNKNOWN
    return Said(goal, form.verdict == "accepted", filed, form.stage, form.best_practice, form.note)
