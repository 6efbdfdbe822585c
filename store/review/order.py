"""The order of the queue: what a decision is worth, kept with each proposal."""

from collections import Counter

from sqlite_utils import Database

from goalmap.classify.worth import Waiting, values
from goalmap.store.changes import Statement, carry_out
from goalmap.store.counting import counted_elsewhere

COUNTED_ELSEWHERE = -1.0
"""The worth of a proposal that is closed because a decision on another passage counts for it."""
CLOSE = f"""
update proposals set open = 0, value = {COUNTED_ELSEWHERE}
where open = 1 and passage_id in (select id from passages where copy_of is not null)
    and {counted_elsewhere("proposals.passage_id", "proposals.goal_id")}
"""
OPEN_AGAIN = f"""
update proposals set value = 0, open = case when exists (
    select 1 from current_decisions d
    where d.passage_id = proposals.passage_id and d.proposed_goal_id = proposals.goal_id) then 0 else 1 end
where open = 0 and value < 0 and not {counted_elsewhere("proposals.passage_id", "proposals.goal_id")}
"""
WAITING = "select passage_id, goal_id, score, value, rowid from proposals indexed by proposals_waiting where open = 1"
SET_VALUE = "update proposals set value = ? where rowid = ? and open = 1"
FRAMEWORKS = "select id, framework_id from goals"
COPIES = "select copy_of, count(*) from passages where copy_of is not null group by copy_of"
ACCEPTED = """
select goal_id from decisions where verdict <> 'rejected' and id not in (select decision_id from withdrawals)
"""


def refresh_values(db: Database) -> None:
    """Bring worth and openness of all proposals up to date. Call it inside `immediate`."""
    refresh_openness(db)
    carry_out(db, changes(db))


def refresh_openness(db: Database) -> None:
    """Close what is counted elsewhere, and open what is no longer. Call it inside `immediate`."""
    db.execute(OPEN_AGAIN)
    db.execute(CLOSE)


def changes(db: Database) -> tuple[Statement, ...]:
    """The worth of what waits, where it is another than the one written."""
    rows = db.execute(WAITING).fetchall()
    frameworks, copies = (dict(db.execute(sql).fetchall()) for sql in (FRAMEWORKS, COPIES))
    accepted = Counter(goal for (goal,) in db.execute(ACCEPTED))
    waiting = [
        Waiting(passage, frameworks[goal], goal, score, copies.get(passage, 0)) for passage, goal, score, _, _ in rows
    ]
    found = values(waiting, accepted)
    wanted = ((found[one.passage, one.framework], *row[3:]) for one, row in zip(waiting, rows, strict=True))
    return (Statement(SET_VALUE, [(value, rowid) for value, written, rowid in wanted if value != written]),)
