"""Repairs of entities in the browser: what a form asks for, tried or carried out on the connection that writes."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

from sqlite_utils import Database

from goalmap.ingest.errors import EntityProblem
from goalmap.store.browse.datasette_compat import plain_rows
from goalmap.store.browse.entities.repair_rows import state_of
from goalmap.store.entities.decisions import Done, keep_apart, merge, split, withdraw
from goalmap.store.entities.states import State

SOURCE = "browser"
PATIENCE = 10_000
"""Milliseconds to wait for another writer."""
LONGEST_NOTE = 2000


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
    run: Callable[[Database, Repair, Mapping[str, Any]], Done]
    lacks: Callable[[Repair], str]
    """What to tell a user who left something out."""
    previewed: bool = True


ACTIONS = {
    "same": Action(
        "These are one and the same",
        "Yes, they are the same",
        lambda db, repair, told: merge(db, repair.entities, **told),
        lambda repair: "" if repair.others else "Choose the other one first.",
    ),
    "different": Action(
        "These are not the same",
        "Yes, they are different",
        lambda db, repair, told: keep_apart(db, repair.entities, **told),
        lambda repair: "" if repair.others else "Choose the other one first.",
        previewed=False,
    ),
    "split": Action(
        "What is ticked is somebody or something else",
        "Yes, split it off",
        lambda db, repair, told: split(db, repair.id, repair.names, repair.documents, **told),
        lambda repair: "" if repair.names or repair.documents else "Tick the names or documents to split off first.",
    ),
    "undo": Action(
        "This decision is taken back",
        "Yes, take it back",
        lambda db, repair, told: withdraw(db, repair.batch, **told),
        lambda repair: "" if repair.batch else "Choose the decision to take back first.",
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was done."""

    reason: str
    status: int = 400


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
BUSY = Refusal(
    "Another program is writing to the database just now, goalmap ingest perhaps. Nothing was done. "
    "Try again when it has finished.",
    503,
)
UNKNOWN = Refusal("The form asks for something that goalmap does not know. Nothing was done.")


def asked_repair(id: str, body: bytes) -> Repair | Refusal:
    """The repair that a posted form asks for."""
    form = parse_qs(body.decode("utf-8", "replace"))
    repair = Repair(
        action=_one(form, "action"),
        id=id,
        state=_one(form, "state"),
        others=tuple(form.get("other", ())),
        names=tuple(form.get("name", ())),
        documents=tuple(form.get("document", ())),
        batch=_one(form, "batch"),
        note=_one(form, "note").strip()[:LONGEST_NOTE],
        confirmed=bool(_one(form, "confirmed")),
    )
    if repair.action not in ACTIONS:
        return UNKNOWN
    lacking = ACTIONS[repair.action].lacks(repair)
    return Refusal(f"{lacking} Nothing was done.") if lacking else repair


def _one(form: Mapping[str, Sequence[str]], field: str) -> str:
    return next(iter(form.get(field, ())), "")


def carry_out(conn: sqlite3.Connection, repair: Repair, reviewer: str) -> Done | Refusal:
    """Do it, or only show what it would do where the user has yet to confirm; nothing where the form is out of date."""
    action = ACTIONS[repair.action]
    dry_run = action.previewed and not repair.confirmed
    told = {"reviewer": reviewer, "note": repair.note, "source": SOURCE, "dry_run": dry_run}
    with plain_rows(conn):
        try:
            conn.execute(f"pragma busy_timeout = {PATIENCE}")
            conn.execute("pragma foreign_keys = on")
            if repair.state != state_of(conn, repair.entities):
                return STALE
            return action.run(Database(conn), repair, told)
        except EntityProblem as problem:
            return Refusal(str(problem))
        except sqlite3.OperationalError:
            return BUSY
