"""The tables of activities, brought to what decisions and proposals say now."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

from sqlite_utils import Database

from goalmap.classify.activities.bringing import beside
from goalmap.classify.activities.model import Activity
from goalmap.store.activities.find import find_activities
from goalmap.store.activities.tellings import frameworks_in
from goalmap.store.carry import now
from goalmap.store.changes import Change, Rows, apply, change_to, insert
from goalmap.store.database import immediate
from goalmap.store.entities.names import json_cell
from goalmap.store.ids import stable_id

DERIVED = "activities"
STATE = """
select (select coalesce(max(id), 0) from decisions) || '.' || (select coalesce(max(id), 0) from withdrawals)
    || '.' || (select coalesce(max(id), 0) from activity_decisions)
    || '.' || (select coalesce(max(id), 0) from entity_decisions)
    || '.' || (select count(*) from gazetteer)
    || '.' || (select count(*) || coalesce(max(finished), '') from runs)
"""
"""What changes whenever something happens that activities depend on."""
QUICK = 8_000
"""Proposals and decisions that are brought together in two or three seconds."""
TABLES = ("activities", "activity_passages")


@dataclass(frozen=True, slots=True)
class Found:
    """What the tables have to hold in a state of the decisions, and what makes them so."""

    state: str
    wanted: dict[str, Rows]
    made_from: tuple[str, str] | None
    """The state in which the tables were, and when they were made."""
    changes: tuple[Change, ...]


def is_up_to_date(db: Database) -> bool:
    made = _made(db)
    return made is not None and made[0] == state_now(db)


def state_now(db: Database) -> str:
    """A word for what activities depend on: decisions, runs, and this goalmap, which may know better than an earlier one."""
    (state,) = db.execute(STATE).fetchone()
    return f"{version('goalmap')} {state}"


def refresh(db: Database) -> None:
    """Bring the tables up to date, where something happened since they were."""
    if not is_up_to_date(db):
        write(db, found_now(db))


def refresh_if_quick(db: Database) -> None:
    """The same where it takes a moment only; in a large database it is left to whoever looks at activities next."""
    (rows,) = db.execute("select (select count(*) from proposals) + (select count(*) from decisions)").fetchone()
    if rows <= QUICK:
        refresh(db)


def found_now(db: Database) -> Found:
    """What the tables have to hold now; all of it is read at one moment, and nothing is written."""
    db.execute("begin")
    try:
        state = state_now(db)
        found = [one for framework in frameworks_in(db) for one in find_activities(db, framework)]
        wanted = {
            "activities": {tuple(activity_row(one).values()) for one in found},
            "activity_passages": {row for one in found for row in passage_rows(one)},
        }
        return Found(state, wanted, _made(db), _changes(db, wanted))
    finally:
        db.conn.rollback()


def write(db: Database, found: Found) -> None:
    """Bring the tables to what was found; rows that are there already are not touched."""
    with immediate(db):
        db.execute("pragma defer_foreign_keys = on")
        is_as_it_was = _made(db) == found.made_from
        for change in found.changes if is_as_it_was else _changes(db, found.wanted):
            apply(db, change)
        db.table("derived").upsert({"name": DERIVED, "state": found.state, "made_at": now()}, pk="name")


def put(db: Database, gone: Iterable[str], activities: Iterable[Activity]) -> None:
    """Put activities in the place of others within a transaction; what else they change is left to a refresh."""
    ids = json.dumps(list(gone))
    db.execute("pragma defer_foreign_keys = on")
    for table, column in (("activity_passages", "activity_id"), ("activities", "id")):
        db.execute(f"delete from {table} where {column} in (select value from json_each(?))", [ids])
    found = [_with_free_id(db, one) for one in activities]
    insert(db, "activities", [tuple(activity_row(one).values()) for one in found])
    insert(db, "activity_passages", [row for one in found for row in passage_rows(one)])
    now_stale(db)


def _with_free_id(db: Database, one: Activity) -> Activity:
    taken = db.execute("select 1 from activities where id = ?", [one.id]).fetchone()
    return beside(one, stable_id) if taken else one


def now_stale(db: Database) -> None:
    """Have the tables brought up to date by whoever looks at them next."""
    db.execute("delete from derived where name = ?", [DERIVED])


def _made(db: Database) -> tuple[str, str] | None:
    made: tuple[str, str] | None = db.execute("select state, made_at from derived where name = ?", [DERIVED]).fetchone()
    return made


def _changes(db: Database, wanted: dict[str, Rows]) -> tuple[Change, ...]:
    return tuple(change_to(db, table, wanted[table]) for table in TABLES)


def activity_row(one: Activity) -> dict[str, Any]:
    """The row of an activity, its columns in the order of the table."""
    dates = sorted(document.published for document in one.documents if document.published)
    return {
        "id": one.id,
        "framework_id": one.framework,
        "status": one.status,
        "title": one.title,
        "goal_id": one.goal,
        "goals": json_cell([goal.partition("/")[2] for goal in one.goals]),
        "stage": one.stage or None,
        "initiative_id": one.initiative.id if one.initiative else None,
        "owner_id": one.owner.id if one.owner else None,
        "owner": one.owner.name if one.owner else None,
        "partners": json_cell([partner.name for partner in one.partners]),
        "beneficiaries": json_cell([detail.text for detail in one.beneficiaries]),
        "place": "; ".join(detail.text for detail in one.places) or None,
        "region": one.region or None,
        "period": one.period.text if one.period else None,
        "outcome": one.outcome.text if one.outcome else None,
        "figures": json.dumps([asdict(measure) for measure in one.figures], ensure_ascii=False),
        "why": "; ".join(one.why) or None,
        "edited": json_cell(sorted(one.edited)),
        "best_practice": int(one.best_practice),
        "passages": one.citations,
        "documents": len(one.documents),
        "first_told": dates[0] if dates else None,
        "last_told": dates[-1] if dates else None,
    }


def passage_rows(one: Activity) -> Iterable[tuple[Any, ...]]:
    """Each passage of an activity, copies after the passage that they repeat."""
    cited = ((telling.passage_id, telling) for telling in one.tellings)
    copies = ((copy.passage_id, telling) for telling in one.tellings for copy in telling.copies)
    seen = {id: telling for id, telling in (*copies, *cited)}
    order = {id: place for place, id in enumerate((*one.passages, *(id for id in seen if id not in one.passages)))}
    for id, telling in seen.items():
        goals = json_cell([filing.goal.partition("/")[2] for filing in telling.filings])
        stages = [filing.stage for filing in telling.filings if filing.stage]
        yield one.id, id, order[id], goals, stages[0] if stages else None
