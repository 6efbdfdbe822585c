"""Zip files written byte by byte, so that they can lie; and how little it takes to unpack to a lot."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LOCAL = struct.Struct("<4sHHHHHLLLHH")
CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
END = struct.Struct("<4sHHHHLLH")
LAST_BLOCK = b"\x03\x00"
STORED, DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a zip, with what is said of it."""

    name: str
    packed: bytes
    size: int
    checksum: int
    flags: int = 0x800
    """That its name is UTF-8."""
    method: int = DEFLATED


def member(name: str, content: bytes | str) -> Member:
    """An honest member."""
    data = content.encode() if isinstance(content, str) else content
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, engine.compress(data) + engine.flush(), len(data), zlib.crc32(data))


def plain(name: str, content: str) -> Member:
    """An honest member that is not packed."""
    data = content.encode()
    return Member(name, data, len(data), zlib.crc32(data), method=STORED)


def zipped(members: Iterable[Member | tuple[str, bytes | str]]) -> bytes:
    """A zip file of these."""
    body, directory = bytearray(), bytearray()
    all_held = [item if isinstance(item, Member) else member(*item) for item in members]
    for held in all_held:
        directory += _entry(held, len(body))
        body += _header(held) + held.name.encode() + held.packed
    count = len(all_held)
    end = END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def overlapping(times: int, held: Member) -> bytes:
    """A zip file whose directory names the same bytes again and again."""
    body = _header(held) + held.name.encode() + held.packed
    directory = b"".join(_entry(held, 0) for _ in range(times))
    return body + directory + END.pack(b"PK\x05\x06", 0, 0, times, times, len(directory), len(body), 0)


def _header(held: Member) -> bytes:
    sizes = (len(held.packed), held.size, len(held.name.encode()), 0)
    return LOCAL.pack(b"PK\x03\x04", 20, held.flags, held.method, 0, 0x21, held.checksum, *sizes)


def _entry(held: Member, start: int) -> bytes:
    sizes = (len(held.packed), held.size, len(held.name.encode()), 0, 0, 0, 0, 0)
    head = CENTRAL.pack(b"PK\x01\x02", 20, 20, held.flags, held.method, 0, 0x21, held.checksum, *sizes, start)
    return head + held.name.encode()


# Bombs


def deflated(*pieces: tuple[bytes, int]) -> bytes:
    """Each piece so many times after each other, packed without ever being unpacked here."""
    return b"".join(_block(piece) * times for piece, times in pieces) + LAST_BLOCK


def _block(piece: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return engine.compress(piece) + engine.flush(zlib.Z_FULL_FLUSH)


def zlib_stream(*pieces: tuple[bytes, int]) -> bytes:
    """The same as PDF packs its streams."""
    checksum = 1
    for piece, times in pieces:
        for _ in range(times):
            checksum = zlib.adler32(piece, checksum)
    return b"\x78\x9c" + deflated(*pieces) + checksum.to_bytes(4, "big")


def bomb(name: str, before: str, filler: bytes, megabytes: int, after: str, declared: int | None = None) -> Member:
    """A member with so many megabytes of a filler between two texts; it may declare another size."""
    unit = filler * (MEGABYTE // len(filler))
    pieces = ((before.encode(), 1), (unit, megabytes), (after.encode(), 1))
    checksum = 0
    for piece, times in pieces:
        for _ in range(times):
            checksum = zlib.crc32(piece, checksum)
    size = sum(len(piece) * times for piece, times in pieces)
    return Member(name, deflated(*pieces), size if declared is None else declared, checksum)
