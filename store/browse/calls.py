"""How passages stand with goals, as SQL."""

from goalmap.store.counting import counted_elsewhere

UNDECIDED = f"""
not exists (
  select 1 from current_decisions as decided
  where decided.passage_id = proposals.passage_id
    and decided.proposed_goal_id = proposals.goal_id
) and not {counted_elsewhere("proposals.passage_id", "proposals.goal_id")}
""".strip()
COUNTED_HERE = f"not {counted_elsewhere('current_decisions.passage_id', 'current_decisions.proposed_goal_id')}"


def calls(passages: str = "") -> str:
    """The SQL of how each passage stands with each goal: it waits, was accepted, or was rejected (also in favour of another).

    Decisions on a passage that another one replaced, or that is a copy of another one, stand there too, and are counted
    there. `passages` is a query of the passages that are asked about, where it is not all of them.
    """

    def among(table: str) -> str:
        return f"\n    and {table}.passage_id in ({passages})" if passages else ""

    return f"""
with calls as (
  select proposals.goal_id, proposals.passage_id, proposals.stage, 'waiting' as state
  from proposals
  join passages on passages.id = proposals.passage_id
  where passages.retired_at is null
    and {UNDECIDED}{among("proposals")}
  union all
  select
    current_decisions.goal_id,
    current_decisions.passage_id,
    coalesce(nullif(current_decisions.stage, ''), proposals.stage),
    'accepted'
  from current_decisions
  left join proposals
    on proposals.passage_id = current_decisions.passage_id
    and proposals.goal_id = current_decisions.proposed_goal_id
  join passages on passages.id = current_decisions.passage_id
  where passages.replaced_by is null
    and current_decisions.verdict in ('accepted', 'changed', 'added')
    and {COUNTED_HERE}{among("current_decisions")}
  union all
  select proposed_goal_id, passage_id, null, 'rejected'
  from current_decisions
  join passages on passages.id = current_decisions.passage_id
  where passages.replaced_by is null
    and (verdict = 'rejected' or (verdict = 'changed' and goal_id <> proposed_goal_id))
    and {COUNTED_HERE}{among("current_decisions")}
)
""".strip()


CALLS = calls()
