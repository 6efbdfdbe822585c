"""What was searched for each goal: passages by kind, and those that came near, turned down by people or left by the model."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlite_utils import Database

from goalmap.classify.activities.model import Origin
from goalmap.ingest.document import CONTENT

MOST_NEAR = 3
"""Passages that came near a goal, of each sort."""
LEAST_SCORE = 0.15
"""What scores less is shown only where it is the nearest there is."""


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that is no evidence of a goal though it came near."""

    goal: str
    """Id of the goal."""
    passage_id: str
    text: str
    document: Origin
    page: int | None = None
    score: float | None = None
    reviewer: str | None = None
    note: str | None = None
    decided_at: str | None = None
    changed_to: str | None = None
    """Id of the goal that a person gave it instead."""

    @property
    def was_turned_down(self) -> bool:
        return self.decided_at is not None


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched; `near` and `turned_down` have the best few of each goal, the best first."""

    passages: Mapping[str, int]
    """Passages that could report an activity, by kind."""
    furniture: int = 0
    """Passages that were read and never asked about: headings, headers, contacts and the like."""
    turned_down: Mapping[str, tuple[Near, ...]] = field(default_factory=dict)
    turned_down_count: Mapping[str, int] = field(default_factory=dict)
    near: Mapping[str, tuple[Near, ...]] = field(default_factory=dict)
    near_count: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.passages.values())


DOCUMENT = "p.text, p.page, p.document_id, d.title, d.path, d.publisher, d.published, d.kind as document_kind"
KINDS = """
select p.kind, count(*) as passages from passages p join documents d on d.id = p.document_id
where p.retired_at is null and {within} group by p.kind order by p.kind
"""
TURNED_DOWN = """
with ranked as (
  select c.proposed_goal_id as goal_id, c.passage_id, coalesce(pr.score, c.proposed_score) as score, c.reviewer, c.note,
    c.decided_at, case c.verdict when 'changed' then c.goal_id end as changed_to,
    row_number() over (partition by c.proposed_goal_id order by coalesce(pr.score, c.proposed_score) desc, c.passage_id) as place,
    count(*) over (partition by c.proposed_goal_id) as all_of_goal
  from current_decisions c
  join goals g on g.id = c.proposed_goal_id
  join passages p on p.id = c.passage_id
  join documents d on d.id = p.document_id
  left join proposals pr on pr.passage_id = c.passage_id and pr.goal_id = c.proposed_goal_id
  where g.framework_id = :framework and c.verdict in ('rejected', 'changed') and p.retired_at is null and p.copy_of is null
  and not exists (
    select 1 from current_decisions k where k.passage_id = c.passage_id and k.goal_id = c.proposed_goal_id
    and k.verdict <> 'rejected')
  and {within}
)
select ranked.*, {document} from ranked join passages p on p.id = ranked.passage_id join documents d on d.id = p.document_id
where place = 1 or (place <= :most and coalesce(score, 1) >= :least) order by goal_id, place
"""
CAME_NEAR = """
with ranked as (
  select c.goal_id, c.passage_id, c.score, null as reviewer, null as note, null as decided_at, null as changed_to,
    row_number() over (partition by c.goal_id order by c.score desc, c.passage_id) as place,
    count(*) over (partition by c.goal_id) as all_of_goal
  from candidates c
  join goals g on g.id = c.goal_id
  join passages p on p.id = c.passage_id
  join documents d on d.id = p.document_id
  where g.framework_id = :framework and p.retired_at is null and p.copy_of is null
  and not exists (select 1 from proposals pr where pr.passage_id = c.passage_id and pr.goal_id = c.goal_id)
  and not exists (
    select 1 from current_decisions k where k.passage_id = c.passage_id and c.goal_id in (k.goal_id, k.proposed_goal_id))
  and {within}
)
select ranked.*, {document} from ranked join passages p on p.id = ranked.passage_id join documents d on d.id = p.document_id
where place = 1 or (place <= :most and coalesce(score, 1) >= :least) order by goal_id, place
"""


class Within(Protocol):
    """What a report covers."""

    @property
    def sql(self) -> str:
        """A condition on documents `d` and passages `p`."""

    @property
    def values(self) -> Mapping[str, str]:
        """What its condition names, and `framework`, the id of the framework."""


def find_searched(db: Database, scope: Within) -> Searched:
    """What was searched for the goals of the framework that a report is about."""
    kinds = {row["kind"]: row["passages"] for row in db.query(KINDS.format(within=scope.sql), {**scope.values})}
    turned_down, turned_down_count = _near(db, TURNED_DOWN, scope)
    near, near_count = _near(db, CAME_NEAR, scope)
    return Searched(
        passages={kind: number for kind, number in kinds.items() if kind in CONTENT},
        furniture=sum(number for kind, number in kinds.items() if kind not in CONTENT),
        turned_down=turned_down,
        turned_down_count=turned_down_count,
        near=near,
        near_count=near_count,
    )


def _near(db: Database, sql: str, scope: Within) -> tuple[dict[str, tuple[Near, ...]], dict[str, int]]:
    """The best few of each goal, and how many there are."""
    found: dict[str, list[Near]] = defaultdict(list)
    counts: dict[str, int] = {}
    for row in db.query(
        sql.format(within=scope.sql, document=DOCUMENT), {**scope.values, "most": MOST_NEAR, "least": LEAST_SCORE}
    ):
        found[row["goal_id"]].append(_of_row(row))
        counts[row["goal_id"]] = row["all_of_goal"]
    return {goal: tuple(near) for goal, near in found.items()}, counts


def _of_row(row: Mapping[str, Any]) -> Near:
    title = row["title"] or row["path"].rpartition("/")[2]
    return Near(
        goal=row["goal_id"],
        passage_id=row["passage_id"],
        text=row["text"],
        document=Origin(
            row["document_id"], title, row["publisher"] or None, row["published"] or None, row["document_kind"]
        ),
        page=row["page"],
        score=row["score"],
        reviewer=row["reviewer"] or None,
        note=row["note"] or None,
        decided_at=row["decided_at"],
        changed_to=row["changed_to"],
    )
