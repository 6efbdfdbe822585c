"""What was decided on entities, batch by batch, and what became of it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.extract.resolving.model import Handle, Verdict
from goalmap.store.batches import WITHDRAWN, withdrawn_by
from goalmap.store.entities.standing import ruling_of

Row = Mapping[str, Any]
Bearers = Mapping[tuple[str, str], Mapping[str, str]]
"""The entity of each name by document, by kind and name key."""

NAMES = """
select distinct e.kind, e.name_key, e.document_id, e.entity_id from document_entities e join (
    select name_key from entity_decisions union select other_name_key from entity_decisions) decided
on decided.name_key = e.name_key
"""
DOCUMENTS = """
select id, path, content_of from documents where id in (
    select document_id from entity_decisions union select other_document_id from entity_decisions)
"""


@dataclass(frozen=True, slots=True)
class Now:
    """What the documents have now of the names and documents decided on."""

    bearers: Bearers
    paths: Mapping[str, str]
    copies: frozenset[str]
    """Documents that another one of the same bytes stands for; nothing is named in them."""

    def entities(self, kind: str, handle: Handle) -> set[str]:
        """The entities that a name means."""
        found = self.bearers.get((kind, handle.key), {})
        return {entity for document, entity in found.items() if handle.document in (None, document)}

    def path(self, document: str) -> str:
        return self.paths.get(document, document)


@dataclass(frozen=True, slots=True)
class Batch:
    """Decisions that were made together."""

    batch: str
    verdict: str
    """same, different or withdrawn."""
    kind: str
    names: tuple[str, ...]
    """The names that were made one, or of what was split off."""
    rest: tuple[str, ...]
    """The names that they were split from."""
    documents: tuple[str, ...]
    """Where only these documents' uses of the names are meant."""
    reviewer: str | None
    note: str | None
    decided_at: str
    source: str | None
    state: str
    """in force, taken back, overruled (a later decision says otherwise), or waiting (no document has the names now)."""
    waiting: tuple[str, ...] = ()
    """Names that no document has now; should one have them again, the decision holds for it."""
    withdraws: str | None = None
    withdrawn_by: str | None = None


def history(db: Database) -> list[Batch]:
    """All decisions, the latest first."""
    rows = list(db.query("select * from entity_decisions order by id"))
    gone = withdrawn_by(rows)
    now = _now(db)
    batches: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        batches[row["batch"]].append(row)
    return [_batch(same, gone, now) for same in reversed(batches.values())]


def _now(db: Database) -> Now:
    bearers: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for kind, key, document, entity in db.execute(NAMES).fetchall():
        bearers[kind, key][document] = entity
    documents = db.execute(DOCUMENTS).fetchall()
    copies = frozenset(id for id, _, holder in documents if holder)
    return Now(bearers, {id: path for id, path, _ in documents}, copies)


def _batch(rows: Sequence[Row], withdrawn: Mapping[str, str], now: Now) -> Batch:
    first, verdict = rows[0], _main_verdict(rows)
    deciding = [row for row in rows if row["verdict"] == verdict]
    waiting = _waiting(rows, now) if verdict != WITHDRAWN else ()
    is_split = verdict == Verdict.DIFFERENT
    return Batch(
        batch=first["batch"],
        verdict=verdict,
        kind=first["kind"],
        names=_names(deciding, (0,) if is_split else (0, 1)),
        rest=_names(deciding, (1,)) if is_split else (),
        documents=_documents(deciding, now),
        reviewer=first["reviewer"],
        note=first["note"],
        decided_at=first["decided_at"],
        source=first["source"],
        state=_state(rows, withdrawn, now, waiting),
        waiting=waiting,
        withdraws=first["withdraws"],
        withdrawn_by=withdrawn.get(first["batch"]),
    )


def _main_verdict(rows: Sequence[Row]) -> str:
    """A split also says what stays together."""
    verdicts = {row["verdict"] for row in rows}
    return Verdict.DIFFERENT.value if Verdict.DIFFERENT.value in verdicts else str(rows[0]["verdict"])


def _names(rows: Iterable[Row], sides: Sequence[int]) -> tuple[str, ...]:
    pairs = (json.loads(row["names"] or "[]") for row in rows)
    return tuple(dict.fromkeys(pair[side] for pair in pairs for side in sides if pair))


def _documents(rows: Iterable[Row], now: Now) -> tuple[str, ...]:
    ids = dict.fromkeys(row["document_id"] for row in rows if row["document_id"])
    return tuple(now.path(id) for id in ids if id not in now.copies)


def _waiting(rows: Iterable[Row], now: Now) -> tuple[str, ...]:
    missing: dict[str, None] = {}
    for row in rows:
        ruling = ruling_of(row)
        for handle, name in zip((ruling.one, ruling.other), json.loads(row["names"]), strict=True):
            if handle.document not in now.copies and not now.entities(row["kind"], handle):
                missing[f"{name} in {Path(now.path(handle.document)).name}" if handle.document else name] = None
    return tuple(missing)


def _state(rows: Sequence[Row], withdrawn: Mapping[str, str], now: Now, waiting: Sequence[str]) -> str:
    if rows[0]["batch"] in withdrawn:
        return "taken back"
    if rows[0]["verdict"] == WITHDRAWN:
        return "in force"
    if not all(_is_obeyed(row, now) for row in rows):
        return "overruled"
    return "waiting" if waiting else "in force"


def _is_obeyed(row: Row, now: Now) -> bool:
    """Whether the entities are as a decision says, so far as documents have its names."""
    ruling = ruling_of(row)
    one, other = now.entities(row["kind"], ruling.one), now.entities(row["kind"], ruling.other)
    return not one or not other or bool(one & other) == (ruling.verdict is Verdict.SAME)
