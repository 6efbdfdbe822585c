"""How passages stand with goals, as SQL."""

from goalmap.store.counting import counted_elsewhere

COUNTED_HERE = f"not {counted_elsewhere('current_decisions.passage_id', 'current_decisions.proposed_goal_id')}"


def calls(passages: str = "") -> str:
    """The SQL of how each passage stands with each goal: it waits, was accepted, or was rejected (also in favour of another).

    Decisions on a passage that another one replaced, or that is a copy of another one, stand there too, and are counted
    there. `passages` is a query of the passages that are asked about, where it is not all of them.
    """
    return f"""
with calls as (
  select goal_id, passage_id, stage, 'waiting' as state from proposals where open = 1{_among("proposals", passages)}
  union all{_decided(passages)})
""".strip()


def _among(table: str, passages: str) -> str:
    return f"\n    and {table}.passage_id in ({passages})" if passages else ""


def _decided(passages: str = "") -> str:
    return f"""
  select
    current_decisions.goal_id,
    current_decisions.passage_id,
    coalesce(nullif(current_decisions.stage, ''), proposals.stage) as stage,
    'accepted' as state
  from current_decisions
  left join proposals
    on proposals.passage_id = current_decisions.passage_id
    and proposals.goal_id = current_decisions.proposed_goal_id
  join passages on passages.id = current_decisions.passage_id
  where passages.replaced_by is null
    and current_decisions.verdict in ('accepted', 'changed', 'added')
    and {COUNTED_HERE}{_among("current_decisions", passages)}
  union all
  select proposed_goal_id, passage_id, null, 'rejected'
  from current_decisions
  join passages on passages.id = current_decisions.passage_id
  where passages.replaced_by is null
    and (verdict = 'rejected' or (verdict = 'changed' and goal_id <> proposed_goal_id))
    and {COUNTED_HERE}{_among("current_decisions", passages)}
"""


CALLS = calls()
COUNTS = f"""
with counts as (
  select goal_id, stage, 'waiting' as state, count(*) as passages from proposals where open = 1 group by goal_id, stage
  union all
  select goal_id, stage, state, count(*) from ({_decided()}) as decided group by goal_id, stage, state
)
""".strip()
"""How many passages stand how with each goal at each stage: what waits is counted in an index."""
