"""Outlook messages for tests: a compound file written by hand, with the properties that a message has."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, count
from math import ceil
from typing import TypeAlias

Folder: TypeAlias = "Mapping[str, bytes | Folder]"
"""A folder of the compound file: streams and folders by their names."""

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR, SMALL, SMALLER_THAN = 512, 64, 4096
NUMBERS = SECTOR // 4
"""Numbers in a sector."""
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NONE = 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
TIME = 0x0040
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def message(
    texts: Mapping[int, str | bytes],
    attachments: tuple[Folder, ...] = (),
    sent: datetime | None = None,
    is_inner: bool = False,
    is_wide: bool = True,
) -> dict[str, "bytes | Folder"]:
    """The folder of a message: its properties by their numbers, texts as text and others as bytes."""
    header = bytes(24 if is_inner else 32)
    folder: dict[str, bytes | Folder] = {"__properties_version1.0": header + (_time(0x0039, sent) if sent else b"")}
    folder |= _streams(texts, is_wide)
    return folder | {f"__attach_version1.0_#{number:08X}": inside for number, inside in enumerate(attachments)}


def attachment(name: str, data: "bytes | Folder") -> dict[str, "bytes | Folder"]:
    """The folder of an attachment; a folder as data is a message in the message."""
    content: dict[str, bytes | Folder] = (
        {"__substg1.0_37010102": data} if isinstance(data, bytes) else {"__substg1.0_3701000D": data}
    )
    return {"__properties_version1.0": bytes(8), **_streams({0x3707: name}, True), **content}


def _streams(texts: Mapping[int, str | bytes], is_wide: bool) -> dict[str, "bytes | Folder"]:
    return {_name(number, value, is_wide): _encoded(value, is_wide) for number, value in texts.items()}


def _name(number: int, value: str | bytes, is_wide: bool) -> str:
    kind = 0x0102 if isinstance(value, bytes) else 0x001F if is_wide else 0x001E
    return f"__substg1.0_{number:04X}{kind:04X}"


def _encoded(value: str | bytes, is_wide: bool) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-16-le" if is_wide else "cp1252")


def _time(number: int, moment: datetime) -> bytes:
    ticks = int((moment - EPOCH).total_seconds()) * 10_000_000
    return struct.pack("<HHIQ", TIME, number, 6, ticks)


@dataclass(slots=True)
class Entry:
    """A line of the directory: a stream or a folder, those in one folder following each other to the right."""

    name: str
    kind: int
    data: bytes = b""
    right: int = NONE
    child: int = NONE
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        places = (self.kind, 1, NONE, self.right, self.child)
        return struct.pack("<64sHBBIII36xIQ", name, len(name) + 2, *places, self.start, self.size)


@dataclass(slots=True)
class Sectors:
    """A run of sectors of one size, and which of them follows which."""

    width: int
    data: bytearray = field(default_factory=bytearray)
    chains: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """The first sector of these bytes."""
        size = ceil(len(data) / self.width)
        start = len(self.chains)
        self.data += data.ljust(size * self.width, b"\0")
        self.chains += [*range(start + 1, start + size), END] if size else []
        return start if size else END


def compound_file(root: Folder) -> bytes:
    """The bytes of a compound file (OLE2, version 3) that holds this folder."""
    entries = list(_entries("Root Entry", root, ROOT, count()))
    small, large = Sectors(SMALL), Sectors(SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.start = (small if len(entry.data) < SMALLER_THAN else large).add(entry.data)
            entry.size = len(entry.data)
    entries[0].start, entries[0].size = large.add(bytes(small.data)), len(small.data)
    small_table = struct.pack(f"<{len(small.chains)}I", *small.chains)
    small_start = large.add(small_table.ljust(ceil(len(small_table) / SECTOR) * SECTOR, b"\xff"))
    directory_start = large.add(b"".join(entry.packed() for entry in entries))
    used = len(large.chains)
    tables = next(size for size in count(1) if size * NUMBERS >= used + size)
    chains = [*large.chains, *[FAT] * tables, *[FREE] * (tables * NUMBERS - used - tables)]
    places = (tables, directory_start, 0, SMALLER_THAN, small_start, ceil(len(small_table) / SECTOR), END, 0)
    header = struct.pack("<8s16x5H10x8I", OLE2, 0x3E, 3, 0xFFFE, 9, 6, *places)
    table_places = [*range(used, used + tables), *[FREE] * (109 - tables)]
    return header + struct.pack("<109I", *table_places) + large.data + struct.pack(f"<{len(chains)}I", *chains)


def _entries(name: str, content: "bytes | Folder", kind: int, numbers: Iterator[int]) -> Iterator[Entry]:
    """The lines of the directory for a stream, or for a folder and all in it."""
    next(numbers)
    if isinstance(content, bytes):
        yield Entry(name, STREAM, content)
        return
    folder = Entry(name, kind)
    yield folder
    before: Entry | None = None
    for child in sorted(content, key=lambda child: (len(child), child.upper())):
        place = next(numbers)
        inside = list(_entries(child, content[child], STORAGE, chain([place], numbers)))
        if before is None:
            folder.child = place
        else:
            before.right = place
        before = inside[0]
        yield from inside
