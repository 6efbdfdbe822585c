"""The file that a document was read from: found by the document's id alone, and opened only while it is still that file."""

import errno
import hashlib
import os
import sqlite3
import stat
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from goalmap.ingest.errors import GoalmapError
from goalmap.ingest.read import OPEN
from goalmap.store.browse.page_rows import rows
from goalmap.store.ids import path_on_disk

PIECE = 1024 * 1024
NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})
AGAIN = "Run goalmap ingest on its folder again."
WITHHELD = (
    "The file names somebody who was removed from this database, so it is not shown. Redact the file and run goalmap ingest "
    "on its folder again."
)


class NotServed(GoalmapError):
    """A file that cannot be shown, with the HTTP status that says so."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Original:
    """A file, and the way from it to a document that lies in it."""

    path: str
    """As the database has it."""
    contents: tuple[str | None, ...]
    """The hashes of the file and of each file on the way in; the last is the document's own. None where it was not read."""
    media_type: str | None
    """Of the file itself."""
    is_withheld: bool = False
    """Whether it names somebody who was removed from the database."""

    @property
    def name(self) -> str:
        return PurePath(self.path).name


def original_of(conn: sqlite3.Connection, id: str) -> Original | None:
    """The file of a document; of one inside an archive or e-mail the outermost. None where there is no such document."""
    sql = """
        with recursive way (path, sha256, media_type, withheld_since, parent_id, depth) as (
          select path, sha256, media_type, withheld_since, parent_id, 0 from documents where id = :id
          union all
          select documents.path, documents.sha256, documents.media_type, documents.withheld_since, documents.parent_id, depth + 1
          from way join documents on documents.id = way.parent_id where depth < 100
        )
        select path, sha256, media_type, withheld_since from way order by depth desc
    """
    way = rows(conn, sql, id=id)
    if not way:
        return None
    is_withheld = any(one["withheld_since"] for one in way)
    return Original(way[0]["path"], tuple(one["sha256"] for one in way), way[0]["media_type"], is_withheld)


def opened(original: Original) -> BinaryIO:
    """The file, from its beginning, once its content is seen to be what was read. Raises NotServed."""
    if original.is_withheld:
        raise NotServed(403, WITHHELD)
    wanted = original.contents[0]
    if wanted is None:
        raise NotServed(409, f"The file was not read, so nothing tells whether it is still the same: {original.path}")
    file = _opened(original.path)
    try:
        if _hash(file) != wanted:
            raise NotServed(409, f"The file has changed since it was read; run goalmap ingest again: {original.path}")
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _opened(shown: str) -> BinaryIO:
    """The regular file at a path. Raises NotServed."""
    handle = _handle(shown)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotServed(409, f"There is no regular file any longer at {shown}. {AGAIN}")
    return os.fdopen(handle, "rb")


def _handle(shown: str) -> int:
    """What stands at a path, open; links are not followed and pipes not waited for. Raises NotServed."""
    gone = NotServed(
        404, f"The file is no longer where it was read: {shown}. If it was moved, run goalmap ingest there."
    )
    if not os.path.isabs(shown) or "\0" in shown:
        raise gone
    for place in dict.fromkeys((shown, path_on_disk(shown))):
        try:
            return os.open(place, OPEN)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise NotServed(409, f"There is a link now where the file was: {shown}. {AGAIN}") from error
            if error.errno not in NOWHERE:
                raise NotServed(409, f"The file cannot be opened: {error.strerror}. {shown}") from error
    raise gone


def _hash(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
