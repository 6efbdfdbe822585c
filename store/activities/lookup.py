"""Activities as people name them, by id or by the beginning of one; and the goals that they are looked for under."""

from collections.abc import Sequence

from sqlite_utils import Database

from goalmap.classify.activities.model import PROPOSED
from goalmap.ingest.errors import ActivityProblem, UnknownName
from goalmap.store.ids import stable_id

MOST_SHOWN = 6
BEGINNING_WITH = "select id from activities where id >= ? and id < ? || '{' order by id limit ?"


def activity_ids(db: Database, said: Sequence[str]) -> list[str]:
    """The id of each activity that is meant. Raises ActivityProblem."""
    return [activity_id(db, one) for one in said]


def activity_id(db: Database, said: str) -> str:
    """The id that begins so, the only one. Raises ActivityProblem."""
    start = said.strip().lower()
    found: list[str] = []
    if start:
        found = [id for (id,) in db.execute(BEGINNING_WITH, [start, start, MOST_SHOWN + 1]).fetchall()]
    if len(found) == 1 or start in found:
        return found[0]
    if found:
        more = ", and others" if len(found) > MOST_SHOWN else ""
        raise ActivityProblem(
            f"Several activities begin with {said!r}: {', '.join(found[:MOST_SHOWN])}{more}. Give more of it."
        )
    raise ActivityProblem(_not_there(db, said))


def _not_there(db: Database, said: str) -> str:
    if heirs := heirs_of(db, said.strip().lower()):
        return f"There is no activity {said!r} any longer. Its passages tell of: {', '.join(heirs[:MOST_SHOWN])}."
    return f"There is no activity {said!r}. See which there are: goalmap activities list"


def heirs_of(db: Database, id: str) -> list[str]:
    """The activities that have the passage now by which one went that is gone, reviewed ones first."""
    rows = db.execute("""
        select a.framework_id, t.passage_id, a.id from activity_passages t
        join activities a on a.id = t.activity_id order by a.status desc, a.id
    """)
    found = (holder for framework, passage, holder in rows if id in called_by(framework, passage))
    return list(dict.fromkeys(found))


def called_by(framework: str, passage: str) -> tuple[str, str]:
    """The ids of the activity that goes by this passage: as a rule, and of one that is proposed beside a reviewed one."""
    id = stable_id("a", framework, passage)
    return id, stable_id("a", PROPOSED, id)


def check_goal(db: Database, framework: str, goal: str) -> None:
    """Raises UnknownName for a goal that no framework asked for has."""
    sql = "select code, id, label from goals where ? in ('', framework_id) order by framework_id, position"
    known = db.execute(sql, [framework]).fetchall()
    if goal and not any(goal in (code, id) for code, id, _ in known):
        raise UnknownName("goal", goal, (label for _, _, label in known))
