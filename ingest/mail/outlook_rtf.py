"""The compressed form in which Outlook keeps the formatted text of a message."""

import struct

PACKED, PLAIN = b"LZFu", b"MELA"
HEADER = struct.Struct("<II4sI")
RING = 4096
PRESET = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    b"SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What both sides hold to be written already, as the format lays down."""
MAX_SIZE = 50_000_000


def unpacked_rtf(data: bytes) -> bytes:
    """The RTF in a compressed property, as far as it goes; empty where it is none.

    >>> unpacked_rtf(HEADER.pack(17, 5, PLAIN, 0) + b"{rtf}")
    b'{rtf}'
    """
    if len(data) < HEADER.size:
        return b""
    _, size, mark, _ = HEADER.unpack_from(data)
    if mark == PLAIN:
        return data[HEADER.size : HEADER.size + size]
    return _unpacked(data[HEADER.size :], min(size, MAX_SIZE)) if mark == PACKED else b""


def _unpacked(packed: bytes, size: int) -> bytes:
    """Each flag byte says of the next eight pieces whether they are a byte or point back to what is written already."""
    written = bytearray(PRESET)
    position = 0
    while position < len(packed) and len(written) < len(PRESET) + size:
        flags = packed[position]
        position += 1
        for bit in range(8):
            if not flags >> bit & 1:
                written += packed[position : position + 1]
                position += 1
                continue
            pointer = int.from_bytes(packed[position : position + 2].ljust(2, b"\0"), "big")
            position += 2
            back = (len(written) - (pointer >> 4)) % RING
            if not back:
                return bytes(written[len(PRESET) :])
            for _ in range((pointer & 15) + 2):
                written.append(written[-back] if back <= len(written) else 0x20)
    return bytes(written[len(PRESET) : len(PRESET) + size])
