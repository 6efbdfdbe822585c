"""Zip packages (Office, OpenDocument, EPUB, archives) unpacked in small pieces: what they declare of themselves is not believed."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count, pairwise
from pathlib import PurePosixPath
from typing import TypeVar

from goalmap.ingest.errors import NeedsPassword, ReadProblem, Refused
from goalmap.ingest.watch import MEGABYTE, Watch

PIECE = 64 * 1024
"""Bytes that are unpacked at a time."""
MAX_RATIO = 200
"""How many times its packed size a member may unpack to, once it is larger than what any ratio is allowed."""
ANY_RATIO = 50 * MEGABYTE
MAX_MEMBERS = 100_000
STORED, DEFLATED = 0, 8
ENCRYPTED = 0x1
SIZE_FOLLOWS = 0x8
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
HEADER = struct.Struct("<4sHHHHHLLLHH")
"""Of a member: mark, version, flags, method, time, date, checksum, packed size, size, lengths of name and extra field."""
NEXT_RECORD = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x05\x06|\x07\x08)")
Found = TypeVar("Found")
BOMB = "Its contents unpack to {times} times their size, as those of a file made to fill the memory do. It is not read."


class Damaged(ReadProblem):
    """The package is cut off or broken; some of its members may still be found by `Package.salvaged`."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a package: where its header begins, and how it is packed."""

    name: str
    start: int
    flags: int
    method: int
    packed: int | None
    """Packed bytes; None where only the end of the data tells."""
    size: int
    """Unpacked bytes, as declared."""
    checksum: int | None
    """None where a member is read as far as it goes."""

    @property
    def may_be_cut(self) -> bool:
        return self.checksum is None


class Package:
    """The members of a zip file, each unpacked when it is asked for, all on the budget of the watch.

    Names are those in the file and are never paths. Members that overlap, and more of them than any document has, are
    refused at once.
    """

    def __init__(self, data: bytes, watch: Watch) -> None:
        """Raises Damaged or Refused."""
        self._data = data
        self._watch = watch
        self._members = _by_name(_directory(data))

    @classmethod
    def salvaged(cls, data: bytes, watch: Watch) -> "Package":
        """What is left of a damaged package, found member by member; each is read as far as it goes. Raises Refused."""
        package = cls.__new__(cls)
        package._data = data
        package._watch = watch
        package._members = _by_name(_members_in_order(data))
        return package

    @property
    def names(self) -> tuple[str, ...]:
        """The files in it, folders left out, in the order of its directory."""
        return tuple(self._members)

    @property
    def declared_size(self) -> int:
        """What it says that it unpacks to."""
        return sum(member.size for member in self._members.values())

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises KeyError, NeedsPassword, Refused or Damaged."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes, a piece at a time."""
        member = self._members[name]
        if member.flags & ENCRYPTED:
            raise NeedsPassword(f"{name} asks for a password. Save a copy without one and ingest that.")
        start, end = self._bounds(member)
        size, checksum = 0, 0
        for piece in _unpacked(memoryview(self._data)[start:end], member):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            self._watch.budget.unpack(len(piece))
            if size > ANY_RATIO and size > MAX_RATIO * (end - start):
                raise Refused(BOMB.format(times=f"over {MAX_RATIO}"))
            yield piece
        if not member.may_be_cut and checksum != member.checksum:
            raise Damaged(f"{name} in the file is damaged. Download it again or save it anew.")

    def _bounds(self, member: Member) -> tuple[int, int]:
        """Where the packed bytes of a member begin and end."""
        try:
            mark, *_, name, extra = HEADER.unpack_from(self._data, member.start)
        except struct.error as error:
            raise Damaged("The file is cut off.") from error
        if mark != LOCAL:
            raise Damaged("The file is damaged: a member is not where its directory says.")
        start = member.start + HEADER.size + name + extra
        if member.packed is not None:
            return start, start + member.packed
        following = NEXT_RECORD.search(self._data, start) if member.method == STORED else None
        return start, following.start() if following else len(self._data)


def numbered(name: str, taken: Container[str]) -> str:
    """A file's name, with a number in it where it is taken.

    >>> numbered("a/plan.pdf", {"a/plan.pdf"})
    'a/plan (2).pdf'
    """
    path = PurePosixPath(name)
    others = (f"{name.removesuffix(path.suffix)} ({number}){path.suffix}" for number in count(2))
    return next(one for one in chain([name], others) if one not in taken)


def _by_name(members: Iterable[Member]) -> dict[str, Member]:
    """Members by name in their order; of several of one name the last has it, as in all programs, the others a number."""
    named: dict[str, Member] = {}
    for member in reversed(list(members)):
        named[numbered(member.name, named)] = member
    return dict(reversed(named.items()))


def whole_or_salvaged(data: bytes, watch: Watch, read: Callable[[Package], Found]) -> tuple[Found, bool]:
    """What is read from a package or, where it is damaged, from what is left of it; and whether it is damaged."""
    try:
        return read(Package(data, watch)), False
    except Damaged:
        return read(Package.salvaged(data, watch)), True


def names_in(data: bytes) -> tuple[str, ...]:
    """The names in a zip file, by its directory or, where that is lost, by the members themselves. Raises nothing."""
    try:
        return tuple(member.name for member in _directory(data))
    except ReadProblem:
        return tuple(member.name for member in _members_in_order(data[:ANY_RATIO]))


def refuse_bomb(package: Package, watch: Watch) -> None:
    """Refuse a package that says itself that it unpacks to more than the limit. Raises Refused."""
    if package.declared_size > watch.budget.bytes_left:
        raise Refused(
            f"The file unpacks to {package.declared_size / MEGABYTE:,.0f} MB; the limit is {watch.limits.max_unpacked / MEGABYTE:,.0f} MB."
        )


def _directory(data: bytes) -> list[Member]:
    """The members by the directory at the end of a zip file."""
    if data.count(CENTRAL) > MAX_MEMBERS:
        raise Refused(f"The file holds more than {MAX_MEMBERS:,} files. Unpack it and ingest the folder.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = [_member(info) for info in file.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, IndexError) as error:
        raise Damaged("The file is cut off or damaged. Download it again or save it anew.") from error
    _refuse_overlap(members)
    return members


def _member(info: zipfile.ZipInfo) -> Member:
    return Member(
        info.filename,
        info.header_offset,
        info.flag_bits,
        info.compress_type,
        info.compress_size,
        info.file_size,
        info.CRC,
    )


def _refuse_overlap(members: list[Member]) -> None:
    """Members that share bytes are how a small file unpacks to any size without an absurd ratio."""
    for one, other in pairwise(sorted(members, key=lambda member: member.start)):
        if one.start + HEADER.size + (one.packed or 0) > other.start:
            raise Refused("The files in it overlap, as those of a file made to fill the memory do. It is not read.")


def _members_in_order(data: bytes) -> Iterator[Member]:
    """The members that begin anywhere in a broken zip file."""
    found, start = 0, data.find(LOCAL)
    while 0 <= start <= len(data) - HEADER.size and found < MAX_MEMBERS:
        found += 1
        _, _, flags, method, _, _, _, packed, _, name, _ = HEADER.unpack_from(data, start)
        text = data[start + HEADER.size : start + HEADER.size + name].decode("utf-8", errors="replace")
        if text and not text.endswith("/"):
            yield Member(text, start, flags, method, None if flags & SIZE_FOLLOWS else packed, 0, None)
        start = data.find(LOCAL, start + HEADER.size)


def _unpacked(packed: memoryview, member: Member) -> Iterator[bytes]:
    if member.method == STORED:
        return (bytes(packed[start : start + PIECE]) for start in range(0, len(packed), PIECE))
    if member.method == DEFLATED:
        return _inflated(packed, member)
    raise ReadProblem(f"{member.name} is packed in a way (method {member.method}) that is not known. Zip it again.")


def _inflated(packed: memoryview, member: Member) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), PIECE):
            piece = engine.decompress(packed[start : start + PIECE], PIECE)
            while piece:
                yield piece
                piece = engine.decompress(engine.unconsumed_tail, PIECE)
            if engine.eof:
                return
    except zlib.error as error:
        if not member.may_be_cut:
            raise Damaged(f"{member.name} in the file is damaged. Download it again or save it anew.") from error
