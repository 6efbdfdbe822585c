"""What people said of activities, as it stands: what was taken back is left out, and passages are those of today."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from sqlite_utils import Database

from goalmap.classify.activities.bringing import Said
from goalmap.classify.activities.model import Edit, Ruling
from goalmap.store.batches import WITHDRAWN, withdrawn_by

TOGETHER, APART, EDIT = "together", "apart", "edit"
"""The verdicts in `activity_decisions` beside the one that takes a batch back."""

Row = Mapping[str, Any]
Places = Mapping[str, list[str]]
"""Each passage that something was said of, with those that stand for it today: the one that replaced it, or that it repeats."""

PLACES = """
with recursive places (id, place) as (
    select id, id from passages where id in (
        select passage_id from activity_decisions union select other_passage_id from activity_decisions)
    union
    select places.id, other.id from places
    join passages p on p.id = places.place
    join passages other on other.id in (p.replaced_by, p.copy_of)
)
select places.id, places.place from places join passages p on p.id = places.place
where p.replaced_by is null order by places.id, places.place
"""


def read_said(db: Database, framework: str, without: str | None = None) -> Said:
    """The rulings and edits that stand, in the order in which they were made; `without` as if that batch were taken back."""
    rows = standing_rows(db, framework, without)
    places = places_of(db) if rows else {}
    return Said(
        tuple(ruling for row in rows for ruling in rulings_of(row, places)),
        tuple(
            Edit(place, row["field"], row["value"] or "")
            for row in rows
            if row["verdict"] == EDIT
            for place in places.get(row["passage_id"], ())
        ),
    )


def standing_rows(db: Database, framework: str, without: str | None = None) -> list[Row]:
    """What was said of a framework's activities and was not taken back, in the order in which it was said."""
    rows = list(db.query("select * from activity_decisions where framework_id = ? order by id", [framework]))
    last = {"id": rows[-1]["id"] + 1, "verdict": WITHDRAWN, "batch": "", "withdraws": without} if rows else {}
    gone = withdrawn_by([*rows, last] if without else rows)
    return [row for row in rows if row["verdict"] != WITHDRAWN and row["batch"] not in gone]


def places_of(db: Database) -> Places:
    """Where the passages that something was said of are today."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id, place in db.execute(PLACES).fetchall():
        found[id].append(place)
    return found


def rulings_of(row: Row, places: Places) -> Iterator[Ruling]:
    """What a row says of passages of today."""
    if row["verdict"] in (TOGETHER, APART):
        for one, other in product(places.get(row["passage_id"], ()), places.get(row["other_passage_id"], ())):
            if one != other:
                yield Ruling(row["verdict"] == TOGETHER, one, other)
