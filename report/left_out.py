"""What a report leaves out of its count: proposals that people rejected, and decisions that lost their passage."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.report.scope import Goal, Scope
from goalmap.report.sources import Source, source_of
from goalmap.report.verbatim import Quotable


@dataclass(frozen=True, slots=True)
class Loose:
    """A decision whose passage a later reading of its document no longer gives."""

    goal: Goal
    verdict: str
    passage_id: str
    passage: str
    source: Source
    reviewer: str | None
    note: str | None


def count_rejected(db: Database, scope: Scope) -> int:
    """Proposals in scope that a person rejected."""
    rows = db.execute(
        "select count(*) from current_decisions c join passages p on p.id = c.passage_id join documents d on d.id = p.document_id"
        " where c.verdict = 'rejected' and p.retired_at is null"
        f" and c.proposed_goal_id in (select value from json_each(:goals)) and {scope.sql}",
        scope.values,
    )
    count: int = rows.fetchone()[0]
    return count


def find_loose(db: Database, scope: Scope) -> Iterator[Loose]:
    """Decisions that were made on passages which are gone and were carried over to no other. Raises NotVerbatim."""
    rows = db.query(
        f"""
        select d.*, c.passage_id, c.goal_id, c.verdict, c.reviewer, c.note, p.text, p.seal, g.code, g.name
        from unattached_decisions c
        join passages p on p.id = c.passage_id join documents d on d.id = p.document_id join goals g on g.id = c.goal_id
        where c.verdict <> 'rejected' and c.goal_id in (select value from json_each(:goals)) and {scope.sql}
        order by g.position, c.passage_id
        """,
        scope.values,
    )
    for row in rows:
        source = source_of(row)
        Quotable(row["passage_id"], source.title, row["text"], row["seal"]).check_seal()
        yield Loose(
            Goal(row["goal_id"], row["code"], row["name"]),
            row["verdict"],
            row["passage_id"],
            row["text"],
            source,
            row["reviewer"] or None,
            row["note"] or None,
        )
