"""Decisions on many proposals at once: exactly those that were previewed, under one name, to be taken back together."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.decisions import LONGEST_NOTE, STAGES, Answer, Slot, with_carried, withdraw
from goalmap.store.ledgers import Record
from goalmap.store.loading.save import refresh_goals_of
from goalmap.store.review.bulk import Found, Wanted, alone, fingerprint_of, matching

SOURCE = "browser, bulk "
"""Where these decisions come from, before the id of the batch."""
ID = re.compile("b[a-z2-7]{12}")
PIECE = 1000
"""Decisions that are written with one statement."""
LATEST = 100
"""Batches that are listed."""
BATCHES = f"""
select substr(d.source, {len(SOURCE) + 1}) id, min(d.id) first, min(d.verdict) verdict, min(d.reviewer) reviewer,
    min(d.decided_at) decided_at, min(d.note) note, count(*) decisions, count(c.id) standing, count(w.id) taken_back,
    min(w.reviewer) taken_back_by, max(w.withdrawn_at) taken_back_at
from decisions d left join current_decisions c on c.id = d.id left join withdrawals w on w.decision_id = d.id
where {{asked}} group by d.source order by first desc limit {LATEST}
"""
BY_GOAL = """
select coalesce(g.label, g.code || ' ' || g.name) goal, count(*) decisions from decisions d
join goals g on g.id = d.goal_id where d.source = ? group by g.id order by g.framework_id, g.position
"""
STANDING = "select c.id, c.passage_id from decisions d join current_decisions c on c.id = d.id where d.source = ?"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of all of them: `stage` where it is not to be the one proposed for each."""

    verdict: str
    stage: str = ""
    best_practice: bool = False
    note: str = ""

    def of(self, found: Found, reviewer: str) -> Answer:
        """The answer on one proposal."""
        accepted = self.verdict == "accepted"
        stage = self.stage if accepted and self.stage in STAGES else found.stage
        note = self.note.strip()[:LONGEST_NOTE]
        return Answer(self.verdict, found.goal_id, stage, accepted and self.best_practice, note, reviewer)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a reviewer was shown and said yes to."""

    batch: str
    wanted: Wanted
    said: Said
    fingerprint: str
    found: tuple[Found, ...] | None
    """The proposals that were shown; None where they are not remembered, and the fingerprint alone tells."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what was left alone since it is not what was shown any more."""

    batch: str
    decisions: int
    decided: tuple[Row, ...] = ()
    """Decided by somebody since."""
    changed: tuple[Row, ...] = ()
    """Read again since, and proposed with another score or stage."""
    gone: int = 0
    appeared: int = 0
    """Those that match now and were not shown."""

    @property
    def left_alone(self) -> int:
        return len(self.decided) + len(self.changed) + self.gone + self.appeared


@dataclass(frozen=True, slots=True)
class Changed:
    """Nothing was written, since what matches now is not what was shown."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Decisions that were made at once, as they stand now."""

    id: str
    verdict: str
    reviewer: str
    decided_at: str
    note: str
    decisions: int
    standing: int
    taken_back: int
    taken_back_by: str
    taken_back_at: str

    @property
    def decided_again(self) -> int:
        return self.decisions - self.standing - self.taken_back


def decide_on_all(db: Database, agreed: Agreed, reviewer: str) -> Written | Changed:
    """Write all of it or nothing; what is not as it was shown is left alone. Agreeing twice is agreeing once."""
    with immediate(db):
        if made := batch(db, agreed.batch):
            return Written(made.id, made.decisions)
        now = matching(db, agreed.wanted)
        shown = now if agreed.found is None else agreed.found
        if fingerprint_of(shown) != agreed.fingerprint:
            return Changed()
        same = set(shown).intersection(matching(db, alone(agreed.wanted, (one.id for one in shown))))
        answers = {(one.passage_id, one.goal_id): agreed.said.of(one, reviewer) for one in shown if one in same}
        left = [one for one in shown if one not in same]
        told = _left_alone(db, left)
        _write(db, answers, SOURCE + agreed.batch)
        appeared = len({one.id for one in now} - {one.id for one in shown})
        return Written(agreed.batch, len(answers), *told, len(left) - sum(map(len, told)), appeared)


def _write(db: Database, answers: Mapping[Slot, Answer], source: str) -> None:
    slots = list(answers)
    for start in range(0, len(slots), PIECE):
        Record().add(db, {slot: answers[slot] for slot in slots[start : start + PIECE]}, source)


def _left_alone(db: Database, left: Sequence[Found]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Those that somebody decided on, and those that are proposed otherwise now."""
    sql = """
        select pr.open, pr.passage_id, coalesce(g.label, g.code || ' ' || g.name) goal,
            coalesce(nullif(d.title, ''), d.path) document, c.verdict, c.reviewer
        from json_each(?) asked cross join proposals pr on pr.id = asked.value
        join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id
        join goals g on g.id = pr.goal_id
        left join current_decisions c on c.passage_id = pr.passage_id and c.proposed_goal_id = pr.goal_id
        order by d.path, p.position
    """
    rows = list(db.query(sql, [json.dumps([one.id for one in left])]))
    return tuple(row for row in rows if not row["open"]), tuple(row for row in rows if row["open"])


# What was decided at once, and taking it back


def batches(db: Database) -> list[Batch]:
    """The latest decisions on many, the newest first."""
    return _batches(db, "d.source >= ? and d.source < ?", [f"{SOURCE}b", f"{SOURCE}c"])


def batch(db: Database, id: str) -> Batch | None:
    """One of them, if there is one of that id."""
    return next(iter(_batches(db, "d.source = ?", [SOURCE + id])), None) if ID.fullmatch(id) else None


def _batches(db: Database, asked: str, values: Iterable[str]) -> list[Batch]:
    return [
        Batch(
            id=row["id"],
            verdict=row["verdict"],
            reviewer=row["reviewer"] or "",
            decided_at=row["decided_at"],
            note=row["note"] or "",
            decisions=row["decisions"],
            standing=row["standing"],
            taken_back=row["taken_back"],
            taken_back_by=row["taken_back_by"] or "",
            taken_back_at=row["taken_back_at"] or "",
        )
        for row in db.query(BATCHES.format(asked=asked), list(values))
    ]


def goals_of_batch(db: Database, id: str) -> list[Row]:
    """How many of each goal."""
    return list(db.query(BY_GOAL, [SOURCE + id]))


def take_back(db: Database, id: str, reviewer: str) -> int:
    """Take back what stands of a batch, also where it was carried over to another passage; gives how many there were."""
    with immediate(db):
        standing = [row["id"] for row in db.query(STANDING, [SOURCE + id])]
        taken = with_carried(db, standing)
        withdraw(db, taken, reviewer, SOURCE + id)
        refresh_goals_of(db, taken.values())
        return len(standing)
