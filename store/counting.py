"""What counts once though several documents say it."""


def counted_elsewhere(passage: str, goal: str) -> str:
    """The SQL of whether a passage says what another one says that the same goal is proposed for or was decided on."""
    return f"""exists (
  select 1 from passages as copies where copies.id = {passage} and copies.copy_of is not null and (
    exists (select 1 from proposals as other where other.passage_id = copies.copy_of and other.goal_id = {goal})
    or exists (
      select 1 from current_decisions as other where other.passage_id = copies.copy_of and other.proposed_goal_id = {goal})))"""
