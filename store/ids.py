"""Identities that stay the same from run to run and that no spreadsheet reads as a number."""

import hashlib
import re
from itertools import product

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
PAIRS = ["".join(pair) for pair in product(LETTERS, repeat=2)]
"""Two letters of base 32 for each number of ten bits."""
SEAL_LENGTH = 24


def stable_id(prefix: str, *parts: object) -> str:
    """A letter and twelve base-32 characters that depend on the parts alone.

    >>> stable_id("p", "d1", "text", 0) == stable_id("p", "d1", "text", 0)
    True
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big") >> 4
    return prefix + "".join([PAIRS[number >> shift & 1023] for shift in (50, 40, 30, 20, 10, 0)])


def seal_of(text: str) -> str:
    """A fingerprint of a text: another one where a single character differs."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:SEAL_LENGTH]


def shown_path(path: object) -> str:
    """A path as text that every program can print, its undecodable bytes written out."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def path_on_disk(shown: str) -> str:
    """A path as the file system has it, of one that `shown_path` wrote out.

    >>> path_on_disk(shown_path("caf\\udce9.txt")) == "caf\\udce9.txt"
    True
    """
    written = re.sub(rb"\\x([89a-f][0-9a-f])", lambda match: bytes.fromhex(match[1].decode()), shown.encode())
    return written.decode("utf-8", "surrogateescape")
