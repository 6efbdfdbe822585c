"""The tables of activities, brought to what decisions and proposals say now."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from goalmap.classify.activities.model import Activity
from goalmap.store.activities.find import find_activities
from goalmap.store.activities.tellings import frameworks_in
from goalmap.store.carry import now
from goalmap.store.database import immediate
from goalmap.store.names import json_cell

DERIVED = "activities"
STATE = """
select (select coalesce(max(id), 0) from decisions) || '.' || (select coalesce(max(id), 0) from withdrawals)
    || '.' || (select coalesce(max(id), 0) from activity_decisions)
    || '.' || (select coalesce(max(id), 0) from entity_decisions)
    || '.' || (select count(*) || coalesce(max(finished), '') from runs)
"""
"""A word that changes whenever something happens that activities depend on."""


def is_up_to_date(db: Database) -> bool:
    (state,) = db.execute(STATE).fetchone()
    return db.execute("select 1 from derived where name = ? and state = ?", [DERIVED, state]).fetchone() is not None


def refresh(db: Database) -> None:
    """Bring the tables up to date, where something happened since they were."""
    if not is_up_to_date(db):
        (state,) = db.execute(STATE).fetchone()
        write(db, (one for framework in frameworks_in(db) for one in find_activities(db, framework)), state)


def write(db: Database, activities: Iterable[Activity], state: str) -> None:
    """Bring the tables to these activities, which are those of that state; rows that are there already are not touched."""
    found = list(activities)
    wanted = {
        "activities": {tuple(activity_row(one).values()) for one in found},
        "activity_passages": {row for one in found for row in passage_rows(one)},
    }
    with immediate(db):
        db.execute("pragma defer_foreign_keys = on")
        for table, rows in wanted.items():
            _bring(db, table, rows)
        db.table("derived").upsert({"name": DERIVED, "state": state, "made_at": now()}, pk="name")


def _bring(db: Database, table: str, wanted: set[tuple[Any, ...]]) -> None:
    columns = [column.name for column in db.table(table).columns]
    there = set(db.execute(f"select {', '.join(columns)} from {table}").fetchall())
    same = " and ".join(f"{column} is ?" for column in columns)
    db.conn.executemany(f"delete from {table} where {same}", sorted(there - wanted, key=repr))
    marks = ", ".join("?" for _ in columns)
    db.conn.executemany(f"insert into {table} values ({marks})", sorted(wanted - there, key=repr))


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
