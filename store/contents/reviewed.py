"""What a database holds of proposals and of what was decided on them, to be measured."""

from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from goalmap.classify.measuring.auditing import OnRecord, Reviewed, Served
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.store.counting import counted_elsewhere

FRAMEWORKS = "select id, name from frameworks order by id"
GOALS = "select id, label from goals where framework_id = ? order by position"
PROPOSALS = f"""
select pr.passage_id passage, p.document_id document, pr.goal_id goal, pr.score, coalesce(pr.stage, '') stage,
    coalesce(pr.model, '') model, coalesce(d.verdict, '') verdict, coalesce(d.goal_id, '') chosen,
    coalesce(d.stage, '') stage_said
from proposals pr join passages p on p.id = pr.passage_id join goals g on g.id = pr.goal_id
left join current_decisions d on d.passage_id = pr.passage_id and d.proposed_goal_id = pr.goal_id
where g.framework_id = ? and p.retired_at is null and not {counted_elsewhere("pr.passage_id", "pr.goal_id")}
order by pr.id
"""
FOUND_RIGHT = f"""
select d.passage_id, d.goal_id, d.verdict
from current_decisions d join passages p on p.id = d.passage_id join goals g on g.id = d.goal_id
where g.framework_id = ? and d.verdict <> 'rejected' and p.retired_at is null
    and not {counted_elsewhere("d.passage_id", "d.proposed_goal_id")}
"""


def on_record(db: Database, framework: str | None = None) -> tuple[OnRecord, ...]:
    """Each framework of which something was decided, or the one that is asked for. Raises UnknownName or NotFound."""
    known = dict(db.execute(FRAMEWORKS).fetchall())
    if framework is not None and framework not in known:
        raise UnknownName("framework in this database", framework, known)
    wanted = known if framework is None else {framework: known[framework]}
    records = tuple(record for record in _records(db, wanted) if _is_reviewed(record))
    if not records:
        raise NotFound(
            "Nothing has been decided yet, so there is nothing to measure with. Review some proposals first "
            "(goalmap review export queue.csv), or name a folder of labelled documents: goalmap evaluate GOLD."
        )
    return records


def _records(db: Database, frameworks: dict[str, str]) -> Iterator[OnRecord]:
    for id, name in frameworks.items():
        found = db.execute(FOUND_RIGHT, [id]).fetchall()
        yield OnRecord(
            id,
            name,
            dict(db.execute(GOALS, [id]).fetchall()),
            tuple(Reviewed(**row) for row in db.query(PROPOSALS, [id])),
            _served(found),
            _served(row for row in found if row[2] == "added"),
        )


def _served(rows: Iterable[tuple[str, str, str]]) -> frozenset[Served]:
    return frozenset((passage, goal) for passage, goal, _ in rows)


def _is_reviewed(record: OnRecord) -> bool:
    return bool(record.right) or any(proposal.is_decided for proposal in record.proposals)
