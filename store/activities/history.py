"""What was decided on activities, batch by batch, and what became of it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.store.activities.said import APART, EDIT, Places, Row, places_of, rulings_of
from goalmap.store.batches import WITHDRAWN, withdrawn_by

HOLDERS = """
select t.passage_id, a.id, a.framework_id, a.title from activity_passages t join activities a on a.id = t.activity_id
where t.passage_id in (select value from json_each(?)) order by a.status desc, a.title, a.id
"""

Holder = tuple[str, str]
"""The id and the title of an activity."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was decided together."""

    batch: str
    verdict: str
    """together, apart, edit or withdrawn."""
    framework: str
    passages: tuple[str, ...]
    """The passages that were put together, split off, or whose activity was edited."""
    rest: tuple[str, ...]
    """The passages that they were split from."""
    fields: Mapping[str, str]
    """What was written in which field."""
    activities: tuple[Holder, ...]
    """The activities that these passages tell of now, the passages that they were split from included."""
    reviewer: str | None
    note: str | None
    decided_at: str
    source: str | None
    state: str
    """in force, taken back, overruled (a later decision says otherwise; of an edit perhaps in part), or waiting (a passage tells of no activity now)."""
    withdraws: str | None = None
    withdrawn_by: str | None = None


@dataclass(frozen=True, slots=True)
class _Now:
    places: Places
    holders: Mapping[tuple[str, str], Sequence[Holder]]
    """The activities by framework and passage."""

    def activities(self, framework: str, passage: str) -> list[Holder]:
        return [one for place in self.places.get(passage, ()) for one in self.holders.get((framework, place), ())]


def history(db: Database) -> list[Batch]:
    """All decisions, the latest first; the tables of activities tell what became of them."""
    rows = list(db.query("select * from activity_decisions order by id"))
    gone, now = withdrawn_by(rows), _now(db)
    batches: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        batches[row["batch"]].append(row)
    overruled = _overruled([row for row in rows if row["batch"] not in gone], now.places)
    return [_batch(same, gone, overruled, now) for same in reversed(batches.values())]


def of_activity(batches: Sequence[Batch], id: str) -> list[Batch]:
    """The decisions on an activity, and those that took them back, the latest first."""
    about = {batch.batch for batch in batches if any(id == holder for holder, _ in batch.activities)}
    for batch in reversed(batches):
        if batch.withdraws in about:
            about.add(batch.batch)
    return [batch for batch in batches if batch.batch in about]


def _now(db: Database) -> _Now:
    places = places_of(db)
    held: defaultdict[tuple[str, str], list[Holder]] = defaultdict(list)
    wanted = sorted({place for found in places.values() for place in found})
    for passage, id, framework, title in db.execute(HOLDERS, [json.dumps(wanted)]).fetchall():
        held[framework, passage].append((id, title))
    return _Now(places, held)


def _overruled(rows: Iterable[Row], places: Places) -> dict[str, str]:
    """The batches that later ones contradict, with the word for it; of an edit some fields may still count."""
    said = [(row, about) for row in rows for about in _about(row, places)]
    last = {about: _word(row) for row, about in said}
    still: defaultdict[str, list[bool]] = defaultdict(list)
    for row, about in said:
        still[row["batch"]].append(last[about] == _word(row))
    edits = {row["batch"] for row, _ in said if row["verdict"] == EDIT}
    return {
        batch: "overruled in part" if batch in edits and any(counts) else "overruled"
        for batch, counts in still.items()
        if not all(counts)
    }


def _about(row: Row, places: Places) -> Iterable[object]:
    """What a row speaks of: pairs of passages, or a field of a passage's activity."""
    if row["verdict"] == EDIT:
        return [(place, row["field"]) for place in places.get(row["passage_id"], ())]
    return [(row["framework_id"], frozenset((one.one, one.other))) for one in rulings_of(row, places)]


def _word(row: Row) -> str:
    return row["value"] or "" if row["verdict"] == EDIT else str(row["verdict"])


def _batch(rows: Sequence[Row], gone: Mapping[str, str], overruled: Mapping[str, str], now: _Now) -> Batch:
    first, framework = rows[0], rows[0]["framework_id"]
    verdict = APART if any(row["verdict"] == APART for row in rows) else str(first["verdict"])
    passages, rest = _sides(rows, verdict)
    told = {id: now.activities(framework, id) for id in (*passages, *rest)}
    return Batch(
        batch=first["batch"],
        verdict=verdict,
        framework=framework,
        passages=passages,
        rest=rest,
        fields={row["field"]: row["value"] or "" for row in rows if row["field"]},
        activities=tuple(dict.fromkeys(holder for found in told.values() for holder in found)),
        reviewer=first["reviewer"],
        note=first["note"],
        decided_at=first["decided_at"],
        source=first["source"],
        state=_state(first, gone, overruled, bool(told) and not all(told.values())),
        withdraws=first["withdraws"],
        withdrawn_by=gone.get(first["batch"]),
    )


def _sides(rows: Sequence[Row], verdict: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The passages that a batch is about, and those that they are kept from."""
    own = [row for row in rows if row["verdict"] == verdict]
    ones = dict.fromkeys(row["passage_id"] for row in own if row["passage_id"])
    others = dict.fromkeys(row["other_passage_id"] for row in own if row["other_passage_id"])
    return (tuple(ones), tuple(others)) if verdict == APART else (tuple(ones | others), ())


def _state(first: Row, gone: Mapping[str, str], overruled: Mapping[str, str], waits: bool) -> str:
    if first["batch"] in gone:
        return "taken back"
    if first["verdict"] == WITHDRAWN:
        return "in force"
    if first["batch"] in overruled:
        return overruled[first["batch"]]
    return "waiting" if waits else "in force"
