"""Which proposals a review queue holds, in what order, and what the database says of each."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import UnknownName
from goalmap.store.counting import counted_elsewhere
from goalmap.store.decisions import Answer, Slot
from goalmap.store.ledgers import Ledger

ORDERS = {
    "value": "pr.value desc, pr.passage_id, pr.rank",
    "document": "d.path, p.position, pr.rank",
    "goal": "g.framework_id, g.position, pr.score desc, pr.passage_id",
}
"""The orders of a queue, in SQL."""
AS_READ = "(select r.position from reading_slots r where (r.reading_id, r.passage_id, r.goal_id) = (:reading, pr.passage_id, pr.goal_id))"
"""The order of a blind reading, the same for each of its readers."""
NAMES = """(
    select group_concat(name, '; ') from (
        select e.name from mentions m join entities e on e.id = m.entity_id
        where m.passage_id = p.id and e.kind = '{}' group by e.id order by min(m.start)))"""
QUEUE = f"""
select pr.*, ru.label second_goal, p.text, p.heading, p.page, coalesce(d.title, d.path) document, d.publisher,
    d.published, {NAMES.format("initiative")} initiatives, {NAMES.format("person")} people,
    {NAMES.format("organisation")} organisations, (
        select group_concat(words, '; ') from (
            select substr(p.text, f.start + 1, f.end - f.start) words from figures f where f.passage_id = p.id
            order by f.start)) figures
from proposals pr
join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id
join goals g on g.id = pr.goal_id left join goals ru on ru.id = pr.runner_up_goal_id
where p.retired_at is null
    and (:goal is null or :goal in (g.code, g.id))
    and (:publisher is null or instr(lower(d.publisher), lower(:publisher)) or exists (
        select 1 from passages k join documents kd on kd.id = k.document_id
        where k.copy_of = p.id and k.retired_at is null and instr(lower(kd.publisher), lower(:publisher))))
    and not {counted_elsewhere("pr.passage_id", "pr.goal_id")}
    and (not :undecided or not exists (
        select 1 from current_decisions c where c.passage_id = pr.passage_id and c.proposed_goal_id = pr.goal_id))
    and (:framework is null or g.framework_id = :framework)
    and (:document is null or p.document_id = :document)
    and (:reading is null or exists (
        select 1 from reading_slots r
        where (r.reading_id, r.passage_id, r.goal_id) = (:reading, pr.passage_id, pr.goal_id)))
order by {{order}} limit coalesce(:limit, -1)
"""

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


def queue_rows(db: Database, filters: Filters, ledger: Ledger) -> list[tuple[Row, Answer]]:
    """The proposals wanted, each with the answer that stands in the ledger. Raises UnknownName."""
    _check(db, filters)
    order = AS_READ if filters.reading else ORDERS[filters.order]
    rows = list(db.query(QUEUE.format(order=order), asdict(filters)))
    answers = ledger.current(db, map(slot_of_proposal, rows))
    return [(row, answers.get(slot_of_proposal(row)) or unanswered(row)) for row in rows]


def _check(db: Database, filters: Filters) -> None:
    if filters.order not in ORDERS:
        raise UnknownName("order", filters.order, ORDERS)
    goals = db.execute("select id, code from goals order by framework_id, position").fetchall()
    if filters.goal and not any(filters.goal in goal for goal in goals):
        raise UnknownName("goal", filters.goal, dict.fromkeys(code for _, code in goals))


def slot_of_proposal(row: Row) -> Slot:
    return row["passage_id"], row["goal_id"]


def unanswered(row: Row) -> Answer:
    """What the queue shows where nobody has answered: the goal and stage that were proposed."""
    return Answer(goal_id=row["goal_id"], stage=row["stage"] or "")
