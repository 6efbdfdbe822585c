"""Files that a browser sends, written piece by piece to a folder beside the database: whole or not at all."""

import asyncio
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from goalmap.ingest.watch import MEGABYTE, Limits
from goalmap.store.browse.adding.names import NotAdded, numbered
from goalmap.store.loading.plan import hash_of

LIMIT = "GOALMAP_INGEST_MAX_BYTES"
"""In the environment: what goalmap ingest takes for its option --max-mb, in megabytes."""
PIECE = MEGABYTE
ROOM = 512 * MEGABYTE
"""What is left free on the disk, for the database and for everybody else."""
MOST_DRAINED = 8 * MEGABYTE
"""Of a file that is not taken."""
STALE_SECONDS = 3_600.0
"""An arrival that has not grown for so long belongs to a server that was killed."""
FULL = "The disk is nearly full, so the file was not kept. Make room, or add fewer files at a time."

Receive = Callable[[], Awaitable[dict[str, Any]]]


class BrokenOff(Exception):
    """Whoever sent the file has gone."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was added."""

    place: PurePosixPath
    """Below the folder of added files."""
    size: int
    is_new: bool
    """Whether it was not there already with the same content."""


def folder_of(database: Path) -> Path:
    """Where the added files of a database are kept.

    >>> folder_of(Path("work/goalmap.db")).as_posix()
    'work/goalmap-files'
    """
    return database.with_name(f"{database.stem}-files")


def largest() -> int:
    """The size that a file may have, as goalmap ingest will see it."""
    told = os.environ.get(LIMIT, "")
    return int(told) * MEGABYTE if told.isdecimal() and int(told) else Limits().max_bytes


@dataclass(slots=True)
class Arrival:
    """A file on its way: so far a temporary one outside the folder that is read."""

    path: Path
    file: BinaryIO
    limit: int
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    @classmethod
    def beside(cls, folder: Path, limit: int) -> "Arrival":
        """An empty one, on the same disk as the folder. Raises NotAdded."""
        prefix = f".{folder.name}-arriving-"
        try:
            _clear(folder.parent, prefix)
            handle, path = tempfile.mkstemp(prefix=prefix, dir=folder.parent)
        except OSError as error:
            raise NotAdded(f"Files cannot be kept in {folder.parent}: {error.strerror}.", 507) from error
        return cls(Path(path), os.fdopen(handle, "wb"), limit)

    def take(self, piece: bytes) -> None:
        """Write a piece. Raises NotAdded where that is more than there is room for."""
        self.size += len(piece)
        if self.size > self.limit:
            raise too_large(self.limit)
        if shutil.disk_usage(self.path.parent).free < ROOM + len(piece):
            raise NotAdded(FULL, 507)
        try:
            self.file.write(piece)
        except OSError as error:
            raise NotAdded(f"The file cannot be written: {error.strerror}.", 507) from error
        self.digest.update(piece)

    def close(self) -> None:
        """Let what was written outlast a power cut."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def drop(self) -> None:
        """Leave nothing of it, unless it was kept."""
        with suppress(OSError):
            self.file.close()
        self.path.unlink(missing_ok=True)


def too_large(limit: int) -> NotAdded:
    return NotAdded(
        f"The file is larger than {limit / MEGABYTE:,.0f} MB. If it is a ZIP, unpack it and add the folder.", 413
    )


@dataclass(slots=True)
class Body:
    """What a request brings, as it comes."""

    receive: Receive
    is_more: bool = True

    async def pieces(self) -> AsyncIterator[bytes]:
        """In pieces of about PIECE. Raises BrokenOff."""
        gathered = bytearray()
        while self.is_more:
            message = await self.receive()
            if message["type"] != "http.request":
                raise BrokenOff
            gathered += message.get("body", b"")
            self.is_more = message.get("more_body", False)
            if len(gathered) >= PIECE or not self.is_more:
                yield bytes(gathered)
                gathered.clear()

    async def drain(self) -> None:
        """Take the rest, where it is short; a browser that is still sending does not listen to an answer."""
        size = 0
        with suppress(BrokenOff):
            async for piece in self.pieces():
                size += len(piece)
                if size > MOST_DRAINED:
                    return


async def received(body: Body, folder: Path, place: PurePosixPath, limit: int) -> Kept:
    """The body of a request, kept at a place in the folder. Raises NotAdded or BrokenOff, and leaves nothing then."""
    arrival = await asyncio.to_thread(Arrival.beside, folder, limit)
    try:
        async for piece in body.pieces():
            await asyncio.to_thread(arrival.take, piece)
        return await asyncio.to_thread(keep, arrival, folder, place)
    finally:
        arrival.drop()


def keep(arrival: Arrival, folder: Path, place: PurePosixPath) -> Kept:
    """The arrival at its place; beside what has its name, with a number. Raises NotAdded."""
    try:
        arrival.close()
        made = _made(folder, place.parent.parts)
        for name in numbered(place.name):
            if (is_new := _put(arrival, made / name)) is not None:
                return Kept(PurePosixPath((made / name).relative_to(folder).as_posix()), arrival.size, is_new)
    except OSError as error:
        raise NotAdded(f"The file cannot be kept in {folder}: {error.strerror}.", 507) from error
    raise AssertionError("there is always another number")


def _put(arrival: Arrival, target: Path) -> bool | None:
    """Whether it was put there as new, or is there already; None where something else is."""
    try:
        target.open("xb").close()
    except FileExistsError:
        return False if _is_same(target, arrival) else None
    try:
        os.replace(arrival.path, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return True


def _is_same(target: Path, arrival: Arrival) -> bool:
    info = target.lstat()
    if not stat.S_ISREG(info.st_mode) or info.st_size != arrival.size:
        return False
    return bool(hash_of(target) == arrival.digest.hexdigest())


def _made(folder: Path, names: tuple[str, ...]) -> Path:
    """The folder of that name below another, made where it is missing; links are never followed."""
    if not _is_folder(folder):
        raise NotAdded(f"{folder} is a link or a file. Move it away, so that a folder can be made there.", 409)
    for name in names:
        folder = next(folder / one for one in numbered(name) if _is_folder(folder / one))
    return folder


def _is_folder(path: Path) -> bool:
    """Whether there is a folder now; it is made where nothing is."""
    with suppress(FileExistsError):
        path.mkdir()
    return stat.S_ISDIR(path.lstat().st_mode)


def _clear(folder: Path, prefix: str) -> None:
    """Remove what a server that was killed has left."""
    for path in folder.glob(f"{prefix}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > STALE_SECONDS:
                path.unlink()
