"""Files that are there whole or not at all, of one moment of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from goalmap.ingest.errors import NotFound


@contextmanager
def in_place_of(path: Path) -> Iterator[Path]:
    """A file beside that path, put in its place when it was written without an error. Raises NotFound."""
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {str(path.parent)!r} to write to. Make it first, or choose another one.")
    temporary = path.with_name(path.name + ".part")
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def one_moment(db: Database) -> Iterator[None]:
    """What is read here is of one moment, whatever others write meanwhile."""
    db.conn.execute("begin")
    try:
        yield
    finally:
        db.conn.rollback()
