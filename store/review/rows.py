"""Which proposals a review queue holds, in what order, and what the database says of each."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from sqlite_utils import Database

from goalmap.ingest.errors import UnknownName
from goalmap.store.counting import counted_elsewhere
from goalmap.store.decisions import Answer, Slot
from goalmap.store.ledgers import Ledger

ORDERS = {
    "value": "pr.value desc, pr.passage_id, pr.rank, pr.score desc",
    "document": "d.path, p.position, pr.rank, pr.score desc",
    "goal": "g.framework_id, g.position, pr.score desc, pr.passage_id",
}
"""The orders of a queue, in SQL."""
AS_READ = "(select r.position from reading_slots r where (r.reading_id, r.passage_id, r.goal_id) = (:reading, pr.passage_id, pr.goal_id))"
"""The order of a blind reading, the same for each of its readers."""
PUBLISHED = """
from documents kd cross join passages k on k.document_id = kd.id where instr(lower(kd.publisher), lower(:publisher)) > 0"""
WANTED = {
    "goal": "pr.goal_id in (select id from goals where :goal in (code, id))",
    "publisher": f"""pr.passage_id in (
        select k.id {PUBLISHED} union all select k.copy_of {PUBLISHED} and k.copy_of is not null and k.retired_at is null)""",
    "framework": "pr.goal_id in (select id from goals where framework_id = :framework)",
    "document": "pr.passage_id in (select id from passages where document_id = :document)",
    "reading": """(pr.passage_id, pr.goal_id) in (
        select passage_id, goal_id from reading_slots where reading_id = :reading)""",
    "undecided": "pr.open = 1",
}
"""What each filter asks of a row, in SQL; a filter that is not set asks nothing, so that indexes serve the others."""
QUEUE = """
select pr.*, ru.label second_goal, p.text, p.heading, p.page, coalesce(d.title, d.path) document, d.publisher, d.published
from {source} pr
cross join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id
join goals g on g.id = pr.goal_id left join goals ru on ru.id = pr.runner_up_goal_id
where p.retired_at is null and {conditions}
order by {order} limit coalesce(:limit, -1)
"""
NEAR = """(
    select c.id, c.passage_id, c.goal_id, c.score, 0 rank, '' stage, '[]' evidence, null model,
        'Not proposed: ' || cast(round(100 * c.score) as integer)
            || '%. It came near; accept it if the passage tells of something done for this goal.' reason,
        null runner_up_goal_id, null runner_up_score, c.score value, case when exists (
            select 1 from current_decisions k
            where k.passage_id = c.passage_id and k.proposed_goal_id = c.goal_id) then 0 else 1 end open
    from candidates c)"""
"""Goals that came near, with the columns of proposals."""
NEAR_BY_VALUE = """
exists (select 1 from proposals o join goals og on og.id = o.goal_id
    where o.passage_id = pr.passage_id and og.framework_id = g.framework_id),
max(pr.score) over (partition by pr.passage_id, g.framework_id) desc, pr.passage_id, pr.score desc
"""
"""Passages for which nothing was proposed come first: nobody has looked at them."""
NOT_SETTLED = """p.copy_of is null and not exists (
    select 1 from current_decisions k where k.passage_id = pr.passage_id and k.goal_id = pr.goal_id
    and k.proposed_goal_id <> pr.goal_id and k.verdict <> 'rejected')"""
"""A passage that says what another says is asked about there; a goal that somebody chose is not asked for again."""
NAMES = """
select m.passage_id, e.kind, e.name from json_each(?) asked cross join mentions m on m.passage_id = asked.value
join entities e on e.id = m.entity_id order by asked.id, m.start
"""
FIGURES = """
select p.id, 'figure', substr(p.text, f.start + 1, f.end - f.start) from json_each(?) asked
cross join figures f on f.passage_id = asked.value join passages p on p.id = f.passage_id order by asked.id, f.start
"""
TOLD = {"initiatives": "initiative", "people": "person", "organisations": "organisation", "figures": "figure"}
"""The columns that list what a passage names, each with its word in the database."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which proposals go into a queue."""

    order: str = "value"
    goal: str | None = None
    publisher: str | None = None
    limit: int | None = None
    undecided: bool = False
    framework: str | None = None
    document: str | None = None
    reading: str | None = None
    deep: bool = False
    """Whether goals that came near follow when the proposals are used up."""


class _Part(NamedTuple):
    """Rows of one kind: where they stand, what is asked of all of them, and their order by value."""

    source: str
    condition: str
    by_value: str


PROPOSED = _Part("proposals", f"not {counted_elsewhere('pr.passage_id', 'pr.goal_id')}", ORDERS["value"])
CAME_NEAR = _Part(NEAR, NOT_SETTLED, NEAR_BY_VALUE)


def queue_rows(db: Database, filters: Filters, ledger: Ledger) -> list[tuple[Row, Answer]]:
    """The proposals wanted, each with the answer that stands in the ledger. Raises UnknownName."""
    _check(db, filters)
    rows = _rows(db, filters)
    answers = ledger.current(db, map(slot_of_proposal, rows))
    return [(row, answers.get(slot_of_proposal(row)) or unanswered(row)) for row in rows]


def _check(db: Database, filters: Filters) -> None:
    if filters.order not in ORDERS:
        raise UnknownName("order", filters.order, ORDERS)
    goals = db.execute("select id, code from goals order by framework_id, position").fetchall()
    if filters.goal and not any(filters.goal in goal for goal in goals):
        raise UnknownName("goal", filters.goal, dict.fromkeys(code for _, code in goals))


def _rows(db: Database, filters: Filters) -> list[Row]:
    """Proposals, then goals that came near, both with what their passages name."""
    given = asdict(filters)
    rows = list(db.query(question(PROPOSED, filters), given))
    if filters.deep or filters.reading:
        left = None if filters.limit is None else filters.limit - len(rows)
        rows += db.query(question(CAME_NEAR, filters), {**given, "limit": left})
    told = _told(db, {row["passage_id"] for row in rows})
    return [row | told[row["passage_id"]] for row in rows]


def question(part: _Part, filters: Filters) -> str:
    """The SQL that asks for the rows of one kind."""
    asked = [sql for name, sql in WANTED.items() if getattr(filters, name)]
    by_value = part.by_value if filters.order == "value" else ORDERS[filters.order]
    return QUEUE.format(
        source=part.source,
        conditions=" and ".join([*asked, part.condition]),
        order=AS_READ if filters.reading else by_value,
    )


def _told(db: Database, passages: Iterable[str]) -> Mapping[str, dict[str, str | None]]:
    """What passages name, by column: each name once, in the order of the text."""
    names: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for passage, kind, name in _named(db, list(passages)):
        names[passage][kind][name] = None
    told = {
        passage: {column: "; ".join(found.get(kind, ())) or None for column, kind in TOLD.items()}
        for passage, found in names.items()
    }
    return defaultdict(lambda: dict.fromkeys(TOLD), told)


def _named(db: Database, passages: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for sql in (NAMES, FIGURES):
        yield from db.execute(sql, [json.dumps(passages)])


def slot_of_proposal(row: Row) -> Slot:
    return row["passage_id"], row["goal_id"]


def unanswered(row: Row) -> Answer:
    """What the queue shows where nobody has answered: the goal and stage that were proposed."""
    return Answer(goal_id=row["goal_id"], stage=row["stage"] or "")
