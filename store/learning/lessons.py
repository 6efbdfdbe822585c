"""What was decided in a database, to learn from."""

import json
from collections import defaultdict

from sqlite_utils import Database

from goalmap.classify.learning import Decided

DECIDED = """
select p.id passage, p.document_id document, p.text, proposed.code proposed, chosen.code goal, d.verdict
from current_decisions d join passages p on p.id = d.passage_id
join goals proposed on proposed.id = d.proposed_goal_id join goals chosen on chosen.id = d.goal_id
where proposed.framework_id = ? and p.copy_of is null and p.replaced_by is null order by d.id
"""
"""A passage that says what another one says, or that another one replaced, has handed its decisions on."""
WAITING = """
select pr.passage_id, g.code from proposals pr join goals g on g.id = pr.goal_id
where g.framework_id = ? and pr.passage_id in (select value from json_each(?)) and not exists (
    select 1 from current_decisions d where d.passage_id = pr.passage_id and d.proposed_goal_id = pr.goal_id)
"""
FRAMEWORKS = """
select distinct g.framework_id from current_decisions d join goals g on g.id = d.proposed_goal_id order by 1
"""


def decided_frameworks(db: Database) -> list[str]:
    """The frameworks of which something was decided."""
    return [name for (name,) in db.execute(FRAMEWORKS).fetchall()]


def decided(db: Database, framework: str) -> list[Decided]:
    """The current decisions on a framework's goals, in the order in which they were made."""
    return [Decided(**row) for row in db.query(DECIDED, [framework])]


def waiting(db: Database, framework: str, passages: set[str]) -> dict[str, frozenset[str]]:
    """Goals that were proposed for these passages and are not decided on."""
    found: dict[str, set[str]] = defaultdict(set)
    for passage, code in db.execute(WAITING, [framework, json.dumps(sorted(passages))]).fetchall():
        found[passage].add(code)
    return {passage: frozenset(codes) for passage, codes in found.items()}
