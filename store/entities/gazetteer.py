"""Lists of names with identifiers that a user brings, kept in the database so that every later run knows them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.extract.resolving.model import Entry
from goalmap.ingest.errors import EntityProblem
from goalmap.store.database import immediate
from goalmap.store.entities.entries import disputed, read_entries
from goalmap.store.entities.gazetteer_files import read_gazetteer
from goalmap.store.entities.names import json_cell
from goalmap.store.entities.refresh import refresh
from goalmap.store.ids import shown_path, stable_id
from goalmap.store.masking.keeping import masks_now

MOST_SHOWN = 5
"""Names of a message."""
COLUMNS = ("id", "source", "kind", "name", "aliases", "identifiers", "since", "until", "successor")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of bringing a list in."""

    source: str
    form: str
    entries: int
    replaced: int
    """Entries that an earlier import of a file of this name had left."""
    identified: int
    """Entities of the database that have identifiers now."""
    schemes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    """Columns that were not understood as codes."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A list that was brought in earlier."""

    source: str
    entries: int


def import_gazetteer(db: Database, path: Path) -> Imported:
    """Take over a list in place of what a file of this name had brought. Raises GazetteerProblem or NotFound."""
    read = read_gazetteer(path)
    source = shown_path(path.name)
    rows = list(_rows(source, read.entries))
    with immediate(db):
        replaced = _replace(db, source, rows)
        identified = db.execute("select count(*) from entities where identifiers is not null").fetchone()[0]
        warnings = (*read.warnings, *_disputes(db))
    return Imported(source, read.form, len(rows), replaced, identified, read.schemes, read.ignored, warnings)


def _disputes(db: Database) -> Iterator[str]:
    if names := disputed(read_entries(db)):
        shown = ", ".join(names[:MOST_SHOWN]) + (" ..." if len(names) > MOST_SHOWN else "")
        yield (
            f"Other lists give other codes or dates to: {shown}. They get none until the lists agree; "
            "goalmap entities gazetteer says which lists there are."
        )


def remove_gazetteer(db: Database, name: str) -> int:
    """Take a list away again; gives the number of its entries. Raises EntityProblem."""
    source = shown_path(Path(name).name)
    there = [one.source for one in sources(db)]
    if source not in there:
        raise EntityProblem(f"No gazetteer is called {source!r}. There are: {', '.join(there) or 'none'}.")
    with immediate(db):
        return _replace(db, source, [])


def sources(db: Database) -> list[Source]:
    """The lists that the database has."""
    rows = db.execute("select source, count(*) from gazetteer group by source order by source").fetchall()
    return [Source(*row) for row in rows]


def _rows(source: str, entries: Iterable[Entry]) -> Iterator[tuple[Any, ...]]:
    seen: Counter[str] = Counter()
    for entry in entries:
        aliases = json_cell(list(entry.aliases))
        identifiers = json_cell(dict(sorted(entry.identifiers.items())))
        told = (source, entry.kind.value, entry.name, aliases, identifiers, entry.since, entry.until, entry.successor)
        id = stable_id("z", *told)
        if not seen[id]:
            seen[id] += 1
            yield id, *told


def _without_the_forgotten(db: Database, rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
    """The rows that name nobody who was removed from the database."""
    masks = masks_now(db)
    return [row for row in rows if masks is None or not any(masks.general.spans(cell or "") for cell in row[1:])]


def _replace(db: Database, source: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """Bring the rows of a list to these, and the entities up to date where that changes anything."""
    names = ", ".join(COLUMNS)
    rows = _without_the_forgotten(db, rows)
    there = set(db.execute(f"select {names} from gazetteer where source = ?", [source]).fetchall())
    if there != set(rows):
        db.execute("delete from gazetteer where source = ?", [source])
        db.conn.executemany(f"insert into gazetteer ({names}) values ({', '.join('?' for _ in COLUMNS)})", rows)
        refresh(db)
    return len(there)
