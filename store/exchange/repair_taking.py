"""Repairs of a file taken over: their passages found, brought together with those here, what cannot be attached kept."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from sqlite_utils import Database

from goalmap.store.batches import WITHDRAWN
from goalmap.store.carry import now
from goalmap.store.exchange.merging import CONFLICT, KNOWN, NEW
from goalmap.store.exchange.places import NOT_HERE, UNCLEAR, Found, find_passages
from goalmap.store.exchange.records import Place, place_in
from goalmap.store.exchange.repair_merging import BEHIND, Fate, Line, Told, fates
from goalmap.store.exchange.repair_records import by_batch, count_repairs
from goalmap.store.exchange.repairs import REPAIR, Repair, repairs_in
from goalmap.store.exchange.waiting import KEEP, LIST, NO_FRAMEWORK, SETTLED, Waits

UNATTACHED = (NOT_HERE, UNCLEAR, NO_FRAMEWORK, BEHIND)
"""The reasons for which a repair waits for something."""
HEIRS = """
with recursive places (id, place) as (
    select passage_id, passage_id from activity_decisions where passage_id is not null
    union select other_passage_id, other_passage_id from activity_decisions where other_passage_id is not null
    union select places.id, p.replaced_by from places join passages p on p.id = places.place
    where p.replaced_by is not null
)
select places.id, places.place from places join passages p on p.id = places.place where p.replaced_by is null
"""


@dataclass(frozen=True, slots=True)
class Opposed:
    """A repair of the file that says otherwise than some batches here; these stand."""

    repair: Waits
    batches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What an import did of repairs, or would do."""

    records: int
    added: int
    known: int
    aside: int
    """Those that are kept, but stand behind what was said here."""
    waiting: tuple[Waits, ...]
    conflicts: tuple[Opposed, ...]
    attached_now: int
    """Repairs of earlier imports that could be attached this time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of the repairs of a file, and of those that wait."""

    repairs: Mapping[str, Repair]
    told: Mapping[str, Told]
    """The same with passages of this database."""
    fates: Mapping[str, Fate]
    brought: Set[str]
    """The ids of those that the file has."""
    lost: Mapping[str, Place]
    """A passage that is not here, of those that have one."""

    def are(self, *words: str) -> list[Repair]:
        return [one for id, one in self.repairs.items() if self.fates[id].word in words]


def planned_repairs(db: Database, said: Sequence[Repair], known: Mapping[Place, Found]) -> Plan:
    """What becomes of what a file says of activities, and of what still waits; places that are known are not looked up."""
    repairs = {one.id: one for one in said}
    brought = frozenset(repairs)
    repairs |= {one.id: one for one in _kept(db) if one.id not in brought}
    wanted = (place for one in repairs.values() for place in one.places if place not in known)
    found = {**known, **find_passages(db, wanted)}
    told = {id: _told(one, found) for id, one in repairs.items()}
    follows = {id: one.follows for id, one in repairs.items()}
    lost = dict(_lost(repairs.values(), found))
    missing = _strange(db, repairs.values()) | {id: found[place].rule for id, place in lost.items()}
    fate = fates(told_here(db), list(told.values()), missing, follows)
    return Plan(repairs, told, _settled(db, repairs, fate), brought, lost)


def _kept(db: Database) -> Iterator[Repair]:
    for row in db.query(LIST, [json.dumps([REPAIR])]):
        record = json.loads(row["record"])
        (one,) = repairs_in([record])
        yield replace(one, source=row["source"], follows=frozenset(record["follows"]))


def _told(one: Repair, found: Mapping[Place, Found]) -> Told:
    """A repair with the passages of this database; one that is not here goes by its id elsewhere."""
    ids = {place: found[place].passage_id or place.passage_id for place in one.places}
    lines = tuple(
        Line(word.verdict, ids[word.place], ids[word.other] if word.other else "", word.field, word.value)
        for word in one.words
    )
    return Told(one.id, one.framework, lines, one.withdraws, (one.reviewer, one.note, one.decided_at))


def told_here(db: Database) -> list[Told]:
    """What was decided on activities in this database, with the passages of today."""
    place = dict(db.execute(HEIRS).fetchall())
    return [
        Told(
            name=batch,
            framework=rows[0]["framework_id"],
            lines=tuple(
                Line(
                    row["verdict"],
                    place[row["passage_id"]],
                    place.get(row["other_passage_id"], ""),
                    row["field"] or "",
                    row["value"] or "",
                )
                for row in rows
                if row["passage_id"]
            ),
            withdraws=rows[0]["withdraws"] or "",
            told=(rows[0]["reviewer"] or "", rows[0]["note"] or "", rows[0]["decided_at"]),
        )
        for batch, rows in by_batch(db).items()
    ]


def _strange(db: Database, repairs: Iterable[Repair]) -> dict[str, str]:
    """The repairs under frameworks that this database does not have."""
    frameworks = {id for (id,) in db.execute("select id from frameworks").fetchall()}
    return {one.id: NO_FRAMEWORK for one in repairs if one.words and one.framework not in frameworks}


def _lost(repairs: Iterable[Repair], found: Mapping[Place, Found]) -> Iterator[tuple[str, Place]]:
    """The first passage of each repair that is not here."""
    for one in repairs:
        if place := next((place for place in one.places if not found[place].passage_id), None):
            yield one.id, place


def _settled(db: Database, repairs: Mapping[str, Repair], found: Mapping[str, Fate]) -> dict[str, Fate]:
    """Conflicts are settled once somebody has decided after they were told of."""
    sql = "select id, against from waiting_decisions where kind = ? and against is not null"
    stood = dict(db.execute(sql, [REPAIR]).fetchall())
    conflicts = {id: one for id, one in found.items() if one.word == CONFLICT}
    settled = {
        id: replace(one, word=SETTLED)
        for id, one in conflicts.items()
        if stood.get(repairs[id].key, _against(one)) != _against(one)
    }
    return {**found, **settled}


def _against(one: Fate) -> str:
    return " ".join(one.batches)


# Carry out


def add_repairs(db: Database, plan: Plan) -> None:
    """Write down the repairs that go in, as they were said, and keep the others. Call it inside `immediate`."""
    new = plan.are(NEW)
    batches = {id: one.batches[0] for id, one in plan.fates.items() if one.word == KNOWN}
    batches |= {one.id: f"b{number}" for number, one in enumerate(new, start=count_repairs(db) + 1)}
    db.table("activity_decisions").insert_all(row for one in new for row in _rows(one, plan, batches))
    gone = [(one.key,) for one in plan.are(NEW, KNOWN)]
    db.conn.executemany("delete from waiting_decisions where id = ?", gone)
    _keep(db, plan, batches)


def _rows(one: Repair, plan: Plan, batches: Mapping[str, str]) -> Iterator[dict[str, str | None]]:
    told = {
        "batch": batches[one.id],
        "framework_id": one.framework,
        "note": one.note or None,
        "reviewer": one.reviewer or None,
        "decided_at": one.decided_at,
        "source": one.source,
    }
    nothing = dict.fromkeys(("passage_id", "other_passage_id", "field", "value", "withdraws"))
    for line in plan.told[one.id].lines:
        place = {"passage_id": line.passage, "other_passage_id": line.other or None}
        written = {"field": line.field, "value": line.value} if line.field else {}
        yield {**nothing, **told, "verdict": line.verdict, **place, **written}
    if one.withdraws:
        yield {**nothing, **told, "verdict": WITHDRAWN, "withdraws": batches[one.withdraws]}


def _keep(db: Database, plan: Plan, batches: Mapping[str, str]) -> None:
    since, of = now(), _by_passage(plan, batches)
    kept = [one for one in plan.repairs.values() if plan.fates[one.id].word not in (NEW, KNOWN)]
    db.conn.executemany(KEEP, [_kept_row(one, plan, of) | {"since": since} for one in kept])


def _by_passage(plan: Plan, batches: Mapping[str, str]) -> Mapping[str, Set[str]]:
    """The batches here that the file knows of, by the passages that they speak of."""
    of: defaultdict[str, set[str]] = defaultdict(set)
    for id in batches.keys() & plan.brought:
        for passage in plan.told[id].passages:
            of[passage].add(batches[id])
    return of


def _kept_row(one: Repair, plan: Plan, of: Mapping[str, Set[str]]) -> dict[str, object]:
    fate, shown = plan.fates[one.id], _shown(one, plan)
    after = (of.get(passage, set()) for passage in plan.told[one.id].passages if one.id in plan.brought)
    follows = one.follows.union(*after)
    return {
        "id": one.key,
        "kind": REPAIR,
        **{name: getattr(shown, name) for name in Waits.__slots__},
        "against": _against(fate) if fate.word == CONFLICT else None,
        "record": json.dumps({**one.record, "follows": sorted(follows)}),
        "nth": 0,
    }


# Account


def repaired(plan: Plan) -> Repaired:
    """What a plan does of a file's repairs."""
    told = {id: plan.fates[id] for id in plan.repairs if id in plan.brought}
    words = Counter(one.word for one in told.values())
    waiting = [id for id, one in told.items() if one.word in UNATTACHED]
    opposed = {id: one for id, one in told.items() if one.word == CONFLICT}
    return Repaired(
        records=len(told),
        added=words[NEW],
        known=words[KNOWN],
        aside=len(told) - words[NEW] - words[KNOWN] - len(waiting) - len(opposed),
        waiting=tuple(_shown(plan.repairs[id], plan) for id in waiting),
        conflicts=tuple(Opposed(_shown(plan.repairs[id], plan), one.batches) for id, one in opposed.items()),
        attached_now=len(plan.are(NEW)) - words[NEW],
    )


def _shown(one: Repair, plan: Plan) -> Waits:
    """What a person is shown of a repair: of one that takes back, what it takes back."""
    about = one
    while about.withdraws in plan.repairs:
        about = plan.repairs[about.withdraws]
    place = plan.lost.get(about.id) or next(iter(about.places), None)
    page = next((record["passage"]["page"] for record in about.record["passages"] if place_in(record) == place), None)
    path, text = (place.path, place.text) if place else ("", "")
    return Waits(
        plan.fates[one.id].word,
        path,
        page,
        text,
        one.framework,
        one.verdict,
        "",
        one.reviewer,
        one.decided_at,
        one.source,
    )
