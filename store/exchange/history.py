"""The whole history of decisions out of a database: one line of JSON for each thing that was said."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.store.exchange.files import in_place_of, one_moment
from goalmap.store.exchange.reading import REPAIRS
from goalmap.store.exchange.records import AUDIT_ANSWER, DECISION, FORMAT, LISTS, READING_ANSWER, VERSION
from goalmap.store.exchange.repair_records import PLACE, place_record, repair_records

ANSWERS = f"""
select a.goal_id, a.proposed_goal_id, a.verdict, a.stage, a.best_practice, a.note, a.reviewer, a.decided_at, a.source,
    f.version, a.proposed_score, a.proposed_stage, a.model, {{more}}, {PLACE}
from {{table}} a join passages p on p.id = a.passage_id join documents doc on doc.id = p.document_id
join goals g on g.id = a.proposed_goal_id join frameworks f on f.id = g.framework_id
"""
QUERIES = {
    DECISION: ANSWERS.format(
        table="decisions", more="w.withdrawn_at, w.reviewer withdrawn_by, w.source withdrawn_source"
    )
    + " left join withdrawals w on w.decision_id = a.id order by a.id",
    READING_ANSWER: ANSWERS.format(table="reading_answers", more="a.reading_id, s.position reading_position")
    + """ left join reading_slots s on s.reading_id = a.reading_id and s.passage_id = a.passage_id
        and s.goal_id = a.proposed_goal_id order by a.id""",
    AUDIT_ANSWER: f"""
        select a.verdict, a.note, a.reviewer, a.decided_at, a.source, s.framework_id, f.version, {PLACE}
        from audit_answers a join audit_passages s on s.id = a.audit_id join frameworks f on f.id = s.framework_id
        join passages p on p.id = s.passage_id join documents doc on doc.id = p.document_id order by a.id
    """,
}
FRAMEWORKS = "select id, name, version from frameworks order by id"
READINGS = "select id, created, readers, note from readings order by created, id"

Row = dict[str, Any]


def write_history(db: Database, path: Path) -> int:
    """Write all that was ever said; gives how much was said of passages. The same database gives the same bytes. Raises NotFound."""
    count = 0
    with one_moment(db), in_place_of(path) as temporary, temporary.open("w", encoding="ascii", newline="\n") as file:
        head = {"format": FORMAT, "version": VERSION}
        file.write(json.dumps(head)[:-1])
        _write_list(file.write, "frameworks", db.query(FRAMEWORKS))
        _write_list(file.write, "readings", map(_reading, db.query(READINGS)))
        for kind, name in LISTS.items():
            count += _write_list(file.write, name, (RECORDS[kind](row) for row in db.query(QUERIES[kind])))
        _write_list(file.write, REPAIRS, repair_records(db))
        file.write("\n}\n")
    return count


def _write_list(write: Callable[[str], object], name: str, records: Iterable[Row]) -> int:
    count = 0
    write(f',\n"{name}": [')
    for count, record in enumerate(records, start=1):
        write(f"{',' if count > 1 else ''}\n{json.dumps(record)}")
    write("]")
    return count


def _reading(row: Row) -> Row:
    return {**row, "readers": json.loads(row["readers"])}


def _decision(row: Row) -> Row:
    withdrawn = {
        "withdrawn_at": row["withdrawn_at"],
        "reviewer": row["withdrawn_by"],
        "source": row["withdrawn_source"],
    }
    return {**_answer(row), "withdrawn": withdrawn if row["withdrawn_at"] else None}


def _reading_answer(row: Row) -> Row:
    return {"reading": row["reading_id"], "reading_position": row["reading_position"] or 0, **_answer(row)}


def _answer(row: Row) -> Row:
    machine = {"score": row["proposed_score"], "stage": row["proposed_stage"], "model": row["model"]}
    return {
        "proposed_goal": row["proposed_goal_id"],
        "goal": row["goal_id"],
        "stage": row["stage"],
        "best_practice": bool(row["best_practice"]),
        "machine": machine if row["proposed_score"] is not None else None,
        **_common(row),
    }


def _audit_answer(row: Row) -> Row:
    return {"framework": row["framework_id"], **_common(row)}


def _common(row: Row) -> Row:
    said = {name: row[name] for name in ("verdict", "note", "reviewer", "decided_at", "source")}
    return {
        "framework_version": row["version"],
        **said,
        **place_record(row),
    }


RECORDS = {DECISION: _decision, READING_ANSWER: _reading_answer, AUDIT_ANSWER: _audit_answer}
