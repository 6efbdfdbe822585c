"""The order of the queue: what a decision is worth, kept with each proposal."""

from sqlite_utils import Database

from goalmap.store.counting import counted_elsewhere

OPEN = f"""
update proposals set open = 0
where open = 1 and {counted_elsewhere("proposals.passage_id", "proposals.goal_id")}
"""
VALUES = """
with wanted (id, value) as (
    select pr.id, max(pr.score) over (partition by pr.passage_id, g.framework_id)
    from proposals pr join goals g on g.id = pr.goal_id where pr.open = 1
)
update proposals set value = wanted.value from wanted
where wanted.id = proposals.id and wanted.value <> proposals.value
"""


def refresh_values(db: Database) -> None:
    """Bring worth and openness of all proposals up to date. Call it inside `immediate`."""
    db.execute(OPEN)
    db.execute(VALUES)
