"""What a database holds, in figures: what was read, what was not and why, what waits for review."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.document import CONTENT
from goalmap.ingest.languages import language_name


@dataclass(frozen=True, slots=True)
class Problem:
    """A file and what is to be said of how it was read."""

    path: str
    status: str
    problem: str


@dataclass(frozen=True, slots=True)
class GoalCount:
    """A goal with the passages proposed for it and how many of them are decided."""

    goal: str
    proposed: int
    decided: int
    framework: str = ""


@dataclass(frozen=True, slots=True)
class Unattached:
    """A decision whose passage the latest reading of its file no longer gives."""

    goal: str
    verdict: str
    reviewer: str | None
    note: str | None
    passage_id: str
    passage: str
    path: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The state of a database."""

    statuses: dict[str, int]
    passages: int
    content: int
    names: dict[str, int]
    quotations: int
    proposals: int
    passages_proposed: int
    undecided: int
    decisions: int
    goals: tuple[GoalCount, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    """What to know of files that were wholly read."""
    missing: tuple[str, ...]
    """Paths of files that were no longer there when a run last looked; what was read of them is kept."""
    unattached: tuple[Unattached, ...]
    exact_copies: int = 0
    near_copies: int = 0
    """Documents that tell a story which another one stands for."""
    twins: dict[str, int] = field(default_factory=dict)
    """Documents that say in another language what an English one says, by language."""
    suggested: int = 0
    """Pairs of entities that may be one, for a person to decide."""
    forgotten: int = 0
    """People who were removed, and stay so."""

    @property
    def documents(self) -> int:
        return sum(self.statuses.values())


UNDECIDED = "select count(*) from proposals where open = 1"
BY_GOAL = """
with proposed as (select goal_id, count(*) many from proposals group by goal_id),
decided as (
    select pr.goal_id, count(*) many from current_decisions d
    join proposals pr on pr.passage_id = d.passage_id and pr.goal_id = d.proposed_goal_id group by pr.goal_id)
select g.label goal, coalesce(p.many, 0) proposed, coalesce(d.many, 0) decided, f.name framework
from goals g join frameworks f on f.id = g.framework_id left join proposed p on p.goal_id = g.id left join decided d on d.goal_id = g.id
where g.parent_id is null or p.many is not null
order by g.framework_id, g.position
"""
OF_RETIRED = "select kind, count(*) from passages indexed by passages_retired where retired_at is not null"
PROBLEMS = """
select path, status, problem from documents where problem is not null and content_of is null and status <> 'ok' order by path
"""
NOTES = """
select path, status, problem from documents where problem is not null and content_of is null and status = 'ok' order by path
"""
EXACT_COPIES = "select count(*) from documents where content_of is not null"
NEAR_COPIES = "select count(*) from documents where duplicate_of is not null and content_of is null"
TWINS = (
    "select language, count(*) from documents where twin_of is not null and content_of is null group by 1 order by 1"
)
MISSING = "select path from documents where missing_since is not null order by path"
UNATTACHED = """
select g.label goal, u.verdict, u.reviewer, u.note, u.passage_id, p.text passage, d.path
from unattached_decisions u join goals g on g.id = u.goal_id
join passages p on p.id = u.passage_id join documents d on d.id = p.document_id
order by d.path, p.position, u.id
"""


def summarise(db: Database) -> Summary:
    """The figures of a database."""
    passages = counts_of_passages(db)
    return Summary(
        statuses=_counts(db, "select status, count(*) from documents group by status order by 2 desc"),
        passages=passages.total(),
        content=sum(passages[kind] for kind in CONTENT),
        names=_counts(db, "select kind, count(*) from entities group by kind order by kind desc"),
        quotations=_number(db, "select count(*) from quotations"),
        proposals=_number(db, "select count(*) from proposals"),
        passages_proposed=_number(db, "select count(distinct passage_id) from proposals"),
        undecided=_number(db, UNDECIDED),
        decisions=_number(db, "select count(*) from decisions"),
        goals=tuple(GoalCount(**row) for row in db.query(BY_GOAL)),
        problems=tuple(Problem(**row) for row in db.query(PROBLEMS)),
        notes=tuple(Problem(**row) for row in db.query(NOTES)),
        missing=tuple(path for (path,) in db.execute(MISSING).fetchall()),
        unattached=tuple(Unattached(**row) for row in db.query(UNATTACHED)),
        exact_copies=_number(db, EXACT_COPIES),
        near_copies=_number(db, NEAR_COPIES),
        suggested=_number(db, "select count(*) from entity_suggestions"),
        forgotten=_number(db, "select count(*) from forgettings where lifted_at is null"),
        twins={language_name(language): number for language, number in _counts(db, TWINS).items()},
    )


def counts_of_passages(db: Database) -> Counter[str]:
    """How many passages there are of each kind; counted in indexes, since there may be millions."""
    found = Counter(_counts(db, "select kind, count(*) from passages group by kind"))
    retired = f"{OF_RETIRED} group by kind"
    found.subtract(_counts(db, retired))
    return found


def _number(db: Database, sql: str, *values: str) -> int:
    row: tuple[Any, ...] = db.execute(sql, values).fetchone()
    return int(row[0])


def _counts(db: Database, sql: str) -> dict[str, int]:
    return dict(db.execute(sql).fetchall())
