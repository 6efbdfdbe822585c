"""Files inside files in the database: attachments and members of archives, which come, move and go with their outer file."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from goalmap.store.ids import stable_id

INSIDE = """
with recursive inside (id, path) as (
    select id, path from documents where id = :id
    union all select d.id, d.path from documents d join inside on d.parent_id = inside.id)
"""
"""A document and all that lies in it, however deep."""


def part_id(outer_id: str, place: str) -> str:
    """The same however the outer file is named and wherever it is."""
    return stable_id("d", outer_id, place)


def known_parts(db: Database, outer_id: str) -> dict[str, str | None]:
    """The hash of the content of each part that the last reading found, by id."""
    sql = "select id, sha256 from documents where parent_id = ? and missing_since is null"
    return dict(db.execute(sql, [outer_id]).fetchall())


def before_it_was_renamed(part: str, sha256: str | None, known: Mapping[str, str | None]) -> str | None:
    """The part that held the same content under another name, where this one is new."""
    if part in known or sha256 is None:
        return None
    return next((id for id, content in known.items() if content == sha256), None)


def mark_missing(db: Database, ids: Iterable[str], when: str) -> None:
    """Note that files are no longer there, nor what lay in them; what was read of them is kept."""
    sql = f"{INSIDE} update documents set missing_since = :now where missing_since is null and id in (select id from inside)"
    for id in ids:
        db.execute(sql, {"id": id, "now": when})


def move(db: Database, id: str, **columns: Any) -> None:
    """Give a file that was found again its place, and what lies in it the places under that."""
    (before,) = db.execute("select path from documents where id = ?", [id]).fetchone()
    db.execute(
        f"{INSIDE} update documents set path = :path || substr(path, :length + 1), missing_since = null"
        " where id in (select id from inside)",
        {"id": id, "path": columns["path"], "length": len(before)},
    )
    db.table("documents").update(id, columns)


def make_way(db: Database, paths: Iterable[str]) -> None:
    """Rename parts whose place a file on disk now has: an archive may be replaced by a folder of its name."""
    sql = "update documents set path = path || ' (in ' || parent_id || ')' where parent_id is not null and path = ?"
    for path in paths:
        db.execute(sql, [path])
