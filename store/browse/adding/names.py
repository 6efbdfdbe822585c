"""What an added file is called on this machine: a name that a browser told, made safe for every file system."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath

from goalmap.ingest.errors import GoalmapError
from goalmap.ingest.find import PUT_THERE

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in (*range(10), "¹", "²", "³")}
)
"""What Windows takes for a device, whatever follows the first dot."""
FORBIDDEN = re.compile(r'[<>:"\\|?*]')
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that let a name be seen in another order than it is written in."""
MOST_BYTES = 180
"""Of one name; file systems take 255, and a number may be added."""
MOST_FOLDERS = 8


class NotAdded(GoalmapError):
    """A file that is not taken, with the HTTP status that says so."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def place_of(told: str) -> PurePosixPath:
    """Where a file goes, below the folder of added files. Raises NotAdded for what a program, not a person, put there.

    >>> str(place_of("../Board papers/2024: May.pdf"))
    'Board papers/2024_ May.pdf'
    """
    names = [name for name in told.split("/") if name.strip(". ")]
    if not names or not told.rpartition("/")[2].strip(". "):
        raise NotAdded("The file has no name. Give it one and add it again.")
    for name in names:
        _refuse_put_there(name)
    cleaned = [clean(name) for name in names]
    _refuse_put_there(cleaned[-1])
    return PurePosixPath(*cleaned[-MOST_FOLDERS - 1 :])


def _refuse_put_there(name: str) -> None:
    problem = next((problem for pattern, problem in PUT_THERE if pattern.fullmatch(name)), None)
    if problem:
        raise NotAdded(problem)


def clean(name: str) -> str:
    """One name without what a file system, a command line or a reader could take for something else.

    >>> clean("-rf *.txt"), clean("aux.pdf"), clean("cafe\\u0301.pdf") == "caf\\xe9.pdf"
    ('rf _.txt', '_aux.pdf', True)
    """
    seen = "".join(_letter(letter) for letter in unicodedata.normalize("NFC", name))
    bare = _cut(FORBIDDEN.sub("_", seen).lstrip(".-~ ")).rstrip(". ") or "file"
    return f"_{bare}" if bare.partition(".")[0].rstrip().casefold() in RESERVED else bare


def _letter(letter: str) -> str:
    if letter in TURNING or unicodedata.category(letter) in ("Cs", "Cn", "Co"):
        return ""
    is_space = letter.isspace() or unicodedata.category(letter) in ("Cc", "Zl", "Zp")
    return " " if is_space else "_" if letter == "/" else letter


def _cut(name: str) -> str:
    """At most so many bytes, with the ending that says what the file is."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > 20:
        stem, dot, ending = name, "", ""
    room = MOST_BYTES - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending


def numbered(name: str) -> Iterator[str]:
    """The name, then the same with a number in it, on and on.

    >>> names = numbered("plan.pdf")
    >>> next(names), next(names)
    ('plan.pdf', 'plan (2).pdf')
    """
    path = PurePosixPath(name)
    yield name
    yield from (f"{path.stem} ({number}){path.suffix}" for number in count(2))
