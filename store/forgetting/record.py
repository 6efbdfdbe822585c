"""Who was removed and when, without who it was; and removals lifted again."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import NotFound
from goalmap.store.carry import now
from goalmap.store.database import immediate

LIST = """
select f.*, (select count(*) from forgotten_names n where n.forgetting_id = f.id) names from forgettings f order by f.rowid
"""
READ_AGAIN = """
with recursive around (id) as (
    select value from json_each(?)
    union select d.parent_id from documents d join around on around.id = d.id where d.parent_id is not null)
update documents set fingerprint = '' where id in (select id from around)
"""
"""Has documents, and the files that they lie in, read by the next run."""
WITHHELD = "select path from documents where withheld_since is not null and parent_id is null order by path"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on record of a removal."""

    id: str
    forgotten_at: str
    reviewer: str | None
    reason: str | None
    counts: dict[str, int]
    documents: tuple[str, ...]
    is_limited: bool
    lifted_at: str | None
    lifted_by: str | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def forgettings(db: Database) -> list[Kept]:
    """All removals, the earliest first."""
    return [_kept(row) for row in db.query(LIST)]


def _kept(row: dict[str, Any]) -> Kept:
    same = ("id", "forgotten_at", "reviewer", "reason", "lifted_at", "lifted_by")
    counts, documents = json.loads(row["counts"]), tuple(json.loads(row["documents"]))
    return Kept(
        **{name: row[name] for name in same}, counts=counts, documents=documents, is_limited=bool(row["is_limited"])
    )


def withheld(db: Database) -> list[str]:
    """The files that are not shown because they name somebody who was removed."""
    return [path for (path,) in db.execute(WITHHELD).fetchall()]


def lift(db: Database, id: str, reviewer: str = "") -> Kept:
    """Let a removal go: the hashes are deleted, and its files are read again by the next run. Raises NotFound."""
    with immediate(db):
        found = {one.id: one for one in forgettings(db) if not one.lifted_at}
        if id not in found:
            there = ", ".join(found) or "none"
            raise NotFound(f"No removal {id!r} is in force. There are: {there}. See them with: goalmap forget --list")
        db.execute("delete from forgotten_names where forgetting_id = ?", [id])
        db.execute("update forgettings set lifted_at = ?, lifted_by = ? where id = ?", [now(), reviewer or None, id])
        if db.execute("select 1 from forgotten_names limit 1").fetchone() is None:
            db.execute("delete from forgetting_key")
        documents = json.dumps(found[id].documents)
        db.execute(READ_AGAIN, [documents])
    return next(one for one in forgettings(db) if one.id == id)
