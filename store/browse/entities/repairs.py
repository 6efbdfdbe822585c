"""Repairs of entities in the browser: what a form asks for, tried or carried out on the connection that writes."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sqlite_utils import Database

from goalmap.ingest.errors import EntityProblem
from goalmap.store.batches import By
from goalmap.store.browse.entities.repair_rows import state_of
from goalmap.store.browse.forms import form_of, one
from goalmap.store.browse.writing import UNKNOWN, Refusal, on_record
from goalmap.store.decisions import LONGEST_NOTE
from goalmap.store.entities.decisions import Done, keep_apart, merge, split, withdraw
from goalmap.store.entities.states import State

SOURCE = "browser"


@dataclass(frozen=True, slots=True)
class Repair:
    """What a form asks for."""

    action: str
    id: str
    state: str
    """What the entities were made of when the form was shown."""
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    batch: str = ""
    note: str = ""
    confirmed: bool = False

    @property
    def entities(self) -> tuple[str, ...]:
        return (self.id, *self.others)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The form again, but for the note."""
        several = {"other": self.others, "name": self.names, "document": self.documents}
        single = [("action", self.action), ("state", self.state), ("batch", self.batch)]
        return [*single, *((field, value) for field, values in several.items() for value in values)]


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of repair."""

    title: str
    """What it says, as the user would."""
    button: str
    run: Callable[[Database, Repair, By, bool], Done]
    lacks: Callable[[Repair], str]
    """What to tell a user who left something out."""
    previewed: bool = True


ACTIONS = {
    "same": Action(
        "These are one and the same",
        "Yes, they are the same",
        lambda db, repair, by, dry_run: merge(db, repair.entities, by, dry_run),
        lambda repair: "" if repair.others else "Choose the other one first.",
    ),
    "different": Action(
        "These are not the same",
        "Yes, they are different",
        lambda db, repair, by, dry_run: keep_apart(db, repair.entities, by, dry_run),
        lambda repair: "" if repair.others else "Choose the other one first.",
        previewed=False,
    ),
    "split": Action(
        "What is ticked is somebody or something else",
        "Yes, split it off",
        lambda db, repair, by, dry_run: split(db, repair.id, repair.names, repair.documents, by, dry_run),
        lambda repair: "" if repair.names or repair.documents else "Tick the names or documents to split off first.",
    ),
    "undo": Action(
        "This decision is taken back",
        "Yes, take it back",
        lambda db, repair, by, dry_run: withdraw(db, repair.batch, by, dry_run),
        lambda repair: "" if repair.batch else "Choose the decision to take back first.",
    ),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a repair would change, as people see it: entities that only get another id are left out."""

    before: tuple[State, ...]
    after: tuple[State, ...]
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, done: Done) -> "Preview":
        before, after = Counter(map(_seen, done.before)), Counter(map(_seen, done.after))
        return cls(_but(done.before, after), _but(done.after, before), done.warnings)


def _seen(state: State) -> State:
    return replace(state, id="")


def _but(states: Iterable[State], others: Counter[State]) -> tuple[State, ...]:
    """The states that are not among the others, as often as they are not."""
    left = Counter(others)
    kept = []
    for state in states:
        left[_seen(state)] -= 1
        if left[_seen(state)] < 0:
            kept.append(state)
    return tuple(kept)


STALE = Refusal(
    "This has changed since you opened the page: somebody else decided on it, or its documents were read again. "
    "Nothing was done. Look at it as it is now, then decide.",
    409,
)


def asked_repair(id: str, body: bytes) -> Repair | Refusal:
    """The repair that a posted form asks for."""
    form = form_of(body)
    repair = Repair(
        action=one(form, "action"),
        id=id,
        state=one(form, "state"),
        others=tuple(form.get("other", ())),
        names=tuple(form.get("name", ())),
        documents=tuple(form.get("document", ())),
        batch=one(form, "batch"),
        note=one(form, "note").strip()[:LONGEST_NOTE],
        confirmed=bool(one(form, "confirmed")),
    )
    if repair.action not in ACTIONS:
        return UNKNOWN
    lacking = ACTIONS[repair.action].lacks(repair)
    return Refusal(f"{lacking} Nothing was done.") if lacking else repair


def carry_out(conn: sqlite3.Connection, repair: Repair, reviewer: str) -> Done | Refusal:
    """Do it, or only show what it would do where the user has yet to confirm; nothing where the form is out of date."""
    action = ACTIONS[repair.action]
    dry_run = action.previewed and not repair.confirmed
    by = By(reviewer, repair.note, SOURCE)

    def change(db: Database) -> Done | Refusal:
        if repair.state != state_of(conn, repair.entities):
            return STALE
        try:
            return action.run(db, repair, by, dry_run)
        except EntityProblem as problem:
            return Refusal(str(problem))

    return on_record(conn, change)
