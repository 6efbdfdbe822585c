"""What was brought from elsewhere and could not be taken over: kept with the reason until it can."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from goalmap.store.carry import now
from goalmap.store.exchange.merging import CONFLICT
from goalmap.store.exchange.places import NOT_HERE, UNCLEAR
from goalmap.store.exchange.records import LISTS, Content, Said, mark, said_in

NO_GOAL, NO_SAMPLE, NO_FRAMEWORK, SETTLED = "no goal", "no sample", "no framework", "settled"
UNATTACHED = (NOT_HERE, UNCLEAR, NO_GOAL, NO_SAMPLE)
"""The reasons for which something is not even found its place."""

KEEP = """
insert into waiting_decisions (id, kind, reason, path, page, text, proposed_goal_id, goal_id, verdict, reviewer,
    decided_at, source, against, record, nth, since)
values (:id, :kind, :reason, :path, :page, :text, :proposed_goal_id, :goal_id, :verdict, :reviewer,
    :decided_at, :source, :against, :record, :nth, :since)
on conflict (id) do update set reason = excluded.reason, record = excluded.record, source = excluded.source,
    against = coalesce(waiting_decisions.against, excluded.against)
"""
LIST = "select * from waiting_decisions where kind in (select value from json_each(?)) order by rowid"


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits, and why."""

    reason: str
    path: str
    page: int | None
    text: str
    proposed_goal_id: str
    verdict: str
    goal_id: str
    reviewer: str
    decided_at: str
    source: str


def waits(said: Said, reason: str) -> Waits:
    """What a person is shown of something that waits."""
    answer, place = said.content.answer, said.place
    return Waits(
        reason, place.path, said.record["passage"]["page"], place.text, said.proposed, answer.verdict, answer.goal_id,
        answer.reviewer, said.content.decided_at, said.source,
    )  # fmt: skip


def waiting(db: Database) -> tuple[Waits, ...]:
    """All that waits, in the order in which it came."""
    rows = db.query("select * from waiting_decisions order by rowid")
    return tuple(Waits(**{name: row[name] for name in Waits.__slots__}) for row in rows)


def said_before(db: Database) -> Iterator[Said]:
    """What earlier imports brought of passages and could not attach, or attached elsewhere in vain."""
    for row in db.query(LIST, [json.dumps(list(LISTS))]):
        (said,) = said_in(row["kind"], [json.loads(row["record"])])
        content = replace(said.content, nth=row["nth"])
        yield replace(said, source=row["source"], content=content, key=row["id"])


def standing_when_kept(db: Database) -> dict[str, str]:
    """Of what waits because another answer stood here: that answer, by its mark."""
    return dict(db.execute("select id, against from waiting_decisions where against is not null").fetchall())


def keep(db: Database, kept: Iterable[tuple[Said, str, Content | None]]) -> None:
    """Keep what cannot be taken over, each with the reason and the answer that stands here. Call it inside `immediate`."""
    since = now()
    db.conn.executemany(KEEP, [_row(said, reason, against) | {"since": since} for said, reason, against in kept])


def _row(said: Said, reason: str, against: Content | None) -> dict[str, Any]:
    shown = waits(said, reason)
    return {
        "id": said.key,
        "kind": said.kind,
        **{name: getattr(shown, name) for name in Waits.__slots__},
        "against": mark(against) if against and reason == CONFLICT else None,
        "record": json.dumps(said.record),
        "nth": said.content.nth,
    }


def forget(db: Database, said: Iterable[Said]) -> None:
    """Let go of what is taken over by now. Call it inside `immediate`."""
    db.conn.executemany("delete from waiting_decisions where id = ?", [(one.key,) for one in said])
