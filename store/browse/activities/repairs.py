"""Repairs of activities in the browser: what a form asks for, tried or carried out on the connection that writes."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.classify.activities.editing import EDITABLE
from goalmap.ingest.errors import GoalmapError
from goalmap.store.activities.decisions import Done, edit, merge, split, withdraw
from goalmap.store.activities.listing import Details, Filters, Listed, details, likely_same, listed
from goalmap.store.activities.nearby import State
from goalmap.store.batches import By
from goalmap.store.browse.forms import form_of, one
from goalmap.store.browse.page_rows import rows
from goalmap.store.browse.writing import UNKNOWN, Refusal, on_record
from goalmap.store.decisions import LONGEST_NOTE
from goalmap.store.ids import stable_id

SOURCE = "browser"
CANDIDATES = 12
FIELD = "field-"
"""What the names of the inputs begin with that hold an activity's fields."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another activity that may be the same, with what both are made of at this moment."""

    listed: Listed
    state: str

    @property
    def value(self) -> str:
        """What the form sends: which one, and as it was when the form was shown."""
        return f"{self.listed.id}:{self.state}"


def others_with(conn: sqlite3.Connection, activity: Details, words: str) -> list[Other]:
    """Activities of the same framework that have these words, the same status first."""
    if not words:
        return []
    filters = Filters(framework=activity.framework, words=words)
    found = [one for one in listed(conn, filters, "citations", 0, 4 * CANDIDATES).activities if one.id != activity.id]
    found.sort(key=lambda one: one.status != activity.status)
    return [Other(one, state_of(conn, one.id)) for one in found[:CANDIDATES]]


def likely(conn: sqlite3.Connection, activity: Details) -> list[Other]:
    """Activities that may be the same, before anybody looks for some."""
    return [Other(one, state_of(conn, one.id)) for one in likely_same(conn, activity.id, CANDIDATES)]


STATES = (
    "select id, status, title, goals, stage, edited from activities where id = :id",
    "select passage_id, goals, stage from activity_passages where activity_id = :id order by passage_id",
    """select max(d.id) from decisions d where d.passage_id in (
        select passage_id from activity_passages where activity_id = :id)""",
    """select max(d.id) from activity_decisions d join activity_passages t
        on t.passage_id in (d.passage_id, d.other_passage_id) where t.activity_id = :id""",
)
"""What an activity is made of, and what was said of its passages last."""


def state_of(conn: sqlite3.Connection, id: str) -> str:
    """What an activity is made of at this moment, as a word that changes when that does."""
    return stable_id("v", *(tuple(row.values()) for sql in STATES for row in rows(conn, sql, id=id)))


@dataclass(frozen=True, slots=True)
class Repair:
    """What a form asks for."""

    action: str
    id: str
    state: str
    """What the activity was made of when the form was shown."""
    others: tuple[str, ...] = ()
    """Other activities, each with its own state behind a colon."""
    passages: tuple[str, ...] = ()
    written: Mapping[str, str] | None = None
    """What stands in the fields of the form."""
    batch: str = ""
    note: str = ""
    confirmed: bool = False

    @property
    def states(self) -> dict[str, str]:
        """The activities that it is about, with what each was made of."""
        return {self.id: self.state, **dict(other.split(":", 1) for other in self.others if ":" in other)}

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The form again, but for the note."""
        several = {"other": self.others, "passage": self.passages}
        single = [("action", self.action), ("state", self.state), ("batch", self.batch)]
        again = [(field, value) for field, values in several.items() for value in values]
        return [*single, *again, *((f"{FIELD}{name}", text) for name, text in (self.written or {}).items())]


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of repair."""

    title: str
    """What it says, as the user would."""
    button: str
    run: Callable[[Database, Repair, By, bool], Done]
    """Given a dry run or not."""
    lacks: Callable[[Repair], str]
    """What to tell a user who left something out."""


def _edit(db: Database, repair: Repair, by: By, dry_run: bool) -> Done:
    found = details(db.conn, repair.id)
    now = found.fields if found else {}
    changed = {name: text for name, text in (repair.written or {}).items() if " ".join(text.split()) != now.get(name)}
    return edit(db, repair.id, changed, by, dry_run)


ACTIONS = {
    "same": Action(
        "These are one activity",
        "Yes, they are one",
        lambda db, repair, by, dry_run: merge(db, tuple(repair.states), by, dry_run),
        lambda repair: "" if repair.others else "Tick the other activities first.",
    ),
    "split": Action(
        "What is ticked tells of another activity",
        "Yes, split it off",
        lambda db, repair, by, dry_run: split(db, repair.id, repair.passages, by, dry_run),
        lambda repair: "" if repair.passages else "Tick the passages to split off first.",
    ),
    "edit": Action(
        "This is what shall stand there",
        "Yes, write that",
        _edit,
        lambda repair: "" if repair.written else "Write something in a field first.",
    ),
    "undo": Action(
        "This decision is taken back",
        "Yes, take it back",
        lambda db, repair, by, dry_run: withdraw(db, repair.batch, by, dry_run, foresee=dry_run),
        lambda repair: "" if repair.batch else "Choose the decision to take back first.",
    ),
}
READING = frozenset({"undo"})
"""The actions whose trial only reads, and may take a while."""

STALE = Refusal(
    "This has changed since you opened the page: somebody else decided on it, or its documents were read again. "
    "Nothing was done. Look at it as it is now, then decide.",
    409,
)


def asked_repair(id: str, body: bytes) -> Repair | Refusal:
    """The repair that a posted form asks for."""
    form = form_of(body, keep_blank=True)
    repair = Repair(
        action=one(form, "action"),
        id=id,
        state=one(form, "state"),
        others=tuple(form.get("other", ())),
        passages=tuple(form.get("passage", ())),
        written={name: one(form, FIELD + name) for name in EDITABLE if FIELD + name in form},
        batch=one(form, "batch"),
        note=one(form, "note").strip()[:LONGEST_NOTE],
        confirmed=bool(one(form, "confirmed")),
    )
    if repair.action not in ACTIONS:
        return UNKNOWN
    lacking = ACTIONS[repair.action].lacks(repair)
    return Refusal(f"{lacking} Nothing was done.") if lacking else repair


def tried(conn: sqlite3.Connection, repair: Repair, reviewer: str) -> Done | Refusal:
    """What it would do."""
    return _run(conn, repair, reviewer, True)


def carry_out(conn: sqlite3.Connection, repair: Repair, reviewer: str) -> Done | Refusal:
    """Do it; nothing where the form is out of date."""
    return _run(conn, repair, reviewer, False)


def _run(conn: sqlite3.Connection, repair: Repair, reviewer: str, dry_run: bool) -> Done | Refusal:
    by = By(reviewer, repair.note, SOURCE)

    def change(db: Database) -> Done | Refusal:
        if any(state != state_of(conn, id) for id, state in repair.states.items()):
            return STALE
        try:
            return ACTIONS[repair.action].run(db, repair, by, dry_run)
        except GoalmapError as problem:
            return Refusal(str(problem))

    return on_record(conn, change)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a repair would change, as people see it."""

    before: tuple[State, ...]
    after: tuple[State, ...]
    warnings: tuple[str, ...]
    fields: tuple[tuple[str, str, str], ...]
    """Fields of one activity that stays one: the name, what stood there, what would."""

    @classmethod
    def of(cls, done: Done) -> "Preview":
        same = set(map(_seen, done.before)) & set(map(_seen, done.after))
        before = tuple(one for one in done.before if _seen(one) not in same)
        after = tuple(one for one in done.after if _seen(one) not in same)
        return cls(before, after, done.warnings, tuple(_changed_fields(done)))


def _seen(state: State) -> tuple[object, ...]:
    return state.title, state.status, state.goals, state.stage, state.owner, state.passages, tuple(state.fields.items())


def _changed_fields(done: Done) -> Iterable[tuple[str, str, str]]:
    if len(done.before) == len(done.after) == 1:
        (before,), (after,) = done.before, done.after
        for name, text in before.fields.items():
            if after.fields[name] != text:
                yield name, text, after.fields[name]
