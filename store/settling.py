"""The end of a run: what depends on all documents brought up to date, in short transactions so that nobody waits long."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlite_utils import Database

from goalmap.store.changes import Statement, carry_out
from goalmap.store.database import immediate
from goalmap.store.entities import refresh as entities
from goalmap.store.exchange.files import one_moment
from goalmap.store.exchange.taking import try_again
from goalmap.store.loading import copies
from goalmap.store.review import order

ROWS = 2_000
"""Rows that are written in one transaction: a few tenths of a second."""
STATE = """
select (select count(finished) from runs), (select max(id) from entity_decisions), (select count(*) from gazetteer)
"""
"""What other programs change when they bring the same things up to date."""

Find = Callable[[Database], Sequence[Statement]]
State = tuple[int | None, ...]


def settle(db: Database) -> State:
    """Bring everything up to date; gives the state of which that is true, for `settle_again`.

    What is interrupted here is taken up by the next run.
    """
    state = _state(db)
    _in_short_steps(db, copies.changes)
    with immediate(db):
        copies.share_decisions(db)
        try_again(db)
    _in_short_steps(db, entities.changes)
    with immediate(db):
        order.refresh_openness(db)
    _in_short_steps(db, order.changes)
    return state


def settle_again(db: Database, state: State) -> None:
    """The same at once, where another program did so meanwhile. Call it inside `immediate`."""
    if _state(db) != state:
        copies.refresh(db)
        try_again(db)
        entities.refresh(db)
        order.refresh_values(db)


def _state(db: Database) -> State:
    found: State = db.execute(STATE).fetchone()
    return found


def _in_short_steps(db: Database, find: Find) -> None:
    """Find out at one moment what is to be written, and write it a handful at a time."""
    with one_moment(db):
        statements = find(db)
    try:
        for some in _handfuls(statements):
            with immediate(db):
                carry_out(db, some)
    except sqlite3.IntegrityError:  # another program took away what was to be referred to
        with immediate(db):
            carry_out(db, find(db))


def _handfuls(statements: Iterable[Statement]) -> Iterator[Sequence[Statement]]:
    """The same statements in the same order, so many rows at a time."""
    some: list[Statement] = []
    for statement in statements:
        for start in range(0, len(statement.rows), ROWS):
            part = Statement(statement.sql, statement.rows[start : start + ROWS])
            if some and sum(len(one.rows) for one in some) + len(part.rows) > ROWS:
                yield some
                some = []
            some.append(part)
    if some:
        yield some
