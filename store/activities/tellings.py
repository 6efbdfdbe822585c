"""The passages that serve goals, decided or proposed, with all that was found in them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from goalmap.classify.activities.model import (
    PROPOSED,
    Body,
    Copy,
    Filing,
    Named,
    Number,
    Offsets,
    Origin,
    Telling,
)
from goalmap.store.counting import counted_elsewhere

Row = Mapping[str, Any]
NOWHERE = -1, -1

ALL, SOME = "true", "passage_id in (select value from json_each(:among))"
"""Which passages are asked about."""
FILINGS = f"""
with answered as (
  select passage_id, goal_id, max(id) as decision_id, min(id) as first_id from current_decisions
  where verdict <> 'rejected' and %s group by passage_id, goal_id
),
told as (
  select passage_id, goal_id from answered
  union
  select passage_id, goal_id from proposals where %s and not exists (
    select 1 from current_decisions c where c.passage_id = proposals.passage_id and c.proposed_goal_id = proposals.goal_id)
)
select told.passage_id, told.goal_id, a.verdict, a.stage as decided_stage, a.best_practice, a.note, a.reviewer,
    a.decided_at, answered.first_id, pr.score, pr.stage, pr.evidence, pr.reason, pr.runner_up_goal_id,
    pr.runner_up_score, was.stage as former_stage, was.evidence as former_evidence,
    case when a.verdict = 'changed' then a.proposed_goal_id end as changed_from
from told
join goals g on g.id = told.goal_id
join passages p on p.id = told.passage_id
left join answered on answered.passage_id = told.passage_id and answered.goal_id = told.goal_id
left join decisions a on a.id = answered.decision_id
left join proposals pr on pr.passage_id = told.passage_id and pr.goal_id = told.goal_id
left join proposals was on was.passage_id = told.passage_id and was.goal_id = a.proposed_goal_id
where g.framework_id = :framework and p.retired_at is null and not {counted_elsewhere("told.passage_id", "told.goal_id")}
order by told.passage_id, pr.rank is null, pr.rank, g.position
"""
"""Each passage with each goal that a person gave it, or that is proposed and not decided on; copies are left out."""

AMONG = "passage_id in (select value from json_each(?))"
PASSAGES = """
select p.id, p.text, p.seal, p.copy_of, p.kind, p.heading, p.page, p.position, p.document_id, d.title, d.path, d.publisher,
    d.published, d.kind as document_kind
from passages p join documents d on d.id = p.document_id where p.id in (select value from json_each(?)) order by p.id
"""
NAMED = f"""
select m.passage_id, m.start, m."end", m.surface, e.id, e.kind, e.name, e.owner_id, o.name as owner, 0 as is_reference
from mentions m join entities e on e.id = m.entity_id left join entities o on o.id = e.owner_id where m.{AMONG}
union all
select c.passage_id, c.start, c."end", c.surface, e.id, e.kind, e.name, e.owner_id, o.name, 1
from coreferences c join entities e on e.id = c.entity_id left join entities o on o.id = e.owner_id where c.{AMONG}
order by 1, 2, 3, 5
"""
NUMBERS = f"select * from figures where {AMONG} order by passage_id, start, id"
COPIES = """
select p.copy_of, p.id, p.page, p.text, p.seal, p.document_id, d.title, d.path, d.publisher, d.published, d.kind as document_kind
from passages p join documents d on d.id = p.document_id
where p.copy_of in (select value from json_each(?)) and p.retired_at is null order by d.published is null, d.published, d.path, p.position, p.id
"""


def read_tellings(db: Database, framework: str, among: Iterable[str] | None = None) -> tuple[Telling, ...]:
    """The passages with a goal of the framework, all or those among some, by id of the passage."""
    asked = ALL if among is None else SOME
    filings: dict[str, list[Filing]] = defaultdict(list)
    for row in db.query(FILINGS % (asked, asked), {"framework": framework, "among": json.dumps(list(among or ()))}):
        filings[row["passage_id"]].append(_filing(row))
    ids = json.dumps(list(filings))
    named, numbers, copies = _named(db, ids), _numbers(db, ids), _copies(db, ids)
    return tuple(
        Telling(
            passage_id=row["id"],
            text=row["text"],
            document=_origin(row),
            filings=tuple(filings[row["id"]]),
            kind=row["kind"],
            heading=row["heading"] or None,
            page=row["page"],
            position=row["position"] or 0,
            named=tuple(named[row["id"]]),
            numbers=tuple(numbers[row["id"]]),
            copies=tuple(copies[row["id"]]),
            seal=row["seal"],
            copy_of=row["copy_of"],
        )
        for row in db.query(PASSAGES, [ids])
    )


def _filing(row: Row) -> Filing:
    return Filing(
        goal=row["goal_id"],
        verdict=row["verdict"] or PROPOSED,
        stage=row["decided_stage"] or row["stage"] or row["former_stage"] or "",
        score=row["score"],
        evidence=_evidence(row["evidence"] or row["former_evidence"]),
        reason=row["reason"] or "",
        second_goal=row["runner_up_goal_id"],
        second_score=row["runner_up_score"],
        changed_from=row["changed_from"],
        best_practice=bool(row["best_practice"]),
        reviewer=row["reviewer"] or None,
        note=row["note"] or None,
        decided_at=row["decided_at"],
        decision=row["first_id"],
    )


def _evidence(stored: str | None) -> tuple[Offsets, ...]:
    """The spans in a JSON list; what is no such list stands nowhere, so that the verbatim lock refuses it."""
    try:
        return tuple((start, end) for start, end in json.loads(stored or "[]"))
    except (ValueError, TypeError):
        return (NOWHERE,)


def _origin(row: Row) -> Origin:
    """The document; one without a title goes by its file's name."""
    title = row["title"] or row["path"].rpartition("/")[2]
    return Origin(row["document_id"], title, row["publisher"] or None, row["published"] or None, row["document_kind"])


def _named(db: Database, ids: str) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = defaultdict(list)
    for row in db.query(NAMED, [ids, ids]):
        owner = Body(row["owner"], row["owner_id"]) if row["owner"] else None
        place = row["start"], row["end"], row["surface"]
        named = Named(Body(row["name"], row["id"]), row["kind"], *place, owner, bool(row["is_reference"]))
        found[row["passage_id"]].append(named)
    return found


def _numbers(db: Database, ids: str) -> dict[str, list[Number]]:
    found: dict[str, list[Number]] = defaultdict(list)
    for row in db.query(NUMBERS, [ids]):
        told = (row[name] or None for name in ("unit", "what", "period", "since", "until", "bound"))
        found[row["passage_id"]].append(Number(row["start"], row["end"], row["value"], *told))
    return found


def _copies(db: Database, ids: str) -> dict[str, list[Copy]]:
    found: dict[str, list[Copy]] = defaultdict(list)
    for row in db.query(COPIES, [ids]):
        found[row["copy_of"]].append(Copy(row["id"], _origin(row), row["page"], row["text"], row["seal"]))
    return found


def frameworks_in(db: Database) -> Iterable[str]:
    """The frameworks that passages were classified against."""
    return [id for (id,) in db.execute("select id from frameworks order by id").fetchall()]
