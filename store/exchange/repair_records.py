"""Repairs of activities out of a database: one record for what was decided in one go, each passage in it once."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from goalmap.store.activities.said import EDIT, Row
from goalmap.store.ids import stable_id

PLACE = """
p.id passage_id, p.position, p.page, p.text, doc.id document_id, doc.sha256, doc.path, doc.title
"""
PASSAGES = f"""
select {PLACE} from passages p join documents doc on doc.id = p.document_id where p.id in (
    select passage_id from activity_decisions union select other_passage_id from activity_decisions)
"""
Record = dict[str, Any]


def count_repairs(db: Database) -> int:
    """How often something was decided on activities, taking back included."""
    (count,) = db.execute("select count(distinct batch) from activity_decisions").fetchone()
    return int(count)


def by_batch(db: Database) -> Mapping[str, Sequence[Row]]:
    """What was decided on activities, batch by batch in the order in which it was."""
    batches: defaultdict[str, list[Row]] = defaultdict(list)
    for row in db.query("select * from activity_decisions order by id"):
        batches[row["batch"]].append(row)
    return batches


def repair_records(db: Database) -> Iterator[Record]:
    """All repairs, those that were taken back and those that took them back included, in their order."""
    versions = dict(db.execute("select id, version from frameworks").fetchall())
    places = {row["passage_id"]: place_record(row) for row in db.query(PASSAGES)}
    ids: dict[str | None, str] = {}
    seen: Counter[str] = Counter()
    for batch, rows in by_batch(db).items():
        record = _record(rows, versions, places) | {"withdraws": ids.get(rows[0]["withdraws"])}
        content = json.dumps(_known_by(record))
        ids[batch] = stable_id("r", content, seen[content])
        seen[content] += 1
        yield {"id": ids[batch], **record}


def _known_by(record: Record) -> Iterable[object]:
    """What makes a repair the one that it is; not where it came from, nor how its documents are called."""
    passages = [(one["passage"]["id"], one["document"]["sha256"], one["passage"]["text"]) for one in record["passages"]]
    said = (record[name] for name in ("framework", "says", "withdraws", "note", "reviewer", "decided_at"))
    return [passages, *said]


def _record(rows: Sequence[Row], versions: Mapping[str, str], places: Mapping[str, Record]) -> Record:
    first = rows[0]
    both = (id for row in rows for id in (row["passage_id"], row["other_passage_id"]) if id)
    numbers = {id: number for number, id in enumerate(dict.fromkeys(both))}
    return {
        "framework": first["framework_id"],
        "framework_version": versions.get(first["framework_id"]),
        **{name: first[name] for name in ("note", "reviewer", "decided_at", "source")},
        "says": [_says(row, numbers) for row in rows if row["passage_id"]],
        "passages": [places[id] for id in numbers],
    }


def _says(row: Row, numbers: Mapping[str, int]) -> Record:
    said = {"verdict": row["verdict"], "passage": numbers[row["passage_id"]]}
    if row["verdict"] == EDIT:
        return {**said, "field": row["field"], "value": row["value"]}
    return {**said, "other": numbers[row["other_passage_id"]]}


def place_record(row: Mapping[str, Any]) -> Record:
    """A passage as another database can know it."""
    return {
        "passage": {"id": row["passage_id"], **{name: row[name] for name in ("position", "page", "text")}},
        "document": {"id": row["document_id"], **{name: row[name] for name in ("sha256", "path", "title")}},
    }
