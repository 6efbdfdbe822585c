"""One hostile file: how it is made, how reading it may end, and what must be found in it."""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from goalmap.ingest.document import Status

CANARY = "brindlewick-quillfeather-7731"
"""Stands in a file outside the folder; where it turns up, something was read that should not be."""

Statuses = frozenset[Status]
READ = frozenset({Status.OK, Status.PARTIAL})
CUT = frozenset({Status.PARTIAL, Status.REFUSED, Status.FAILED})
"""Read in part or not at all, but never passed off as whole."""
STOPPED = frozenset({Status.REFUSED, Status.FAILED})
BOUNDED = READ | STOPPED
"""However it ends, it ends in time and in memory."""
EMPTY = frozenset({Status.NO_TEXT})
LOCKED = frozenset({Status.NEEDS_PASSWORD})
UNKNOWN = frozenset({Status.UNSUPPORTED})
SKIPPED = frozenset({Status.SKIPPED})

SYLLABLES = ("bar", "den", "fel", "gor", "hal", "kes", "lin", "mor", "nor", "pel", "ras", "tor", "ven", "wil")
PEOPLE = ("nurses", "carers", "porters", "apprentices", "young people", "volunteers", "midwives", "parents")
SKILLS = (
    "first aid",
    "reading aloud",
    "safe lifting",
    "coding",
    "growing vegetables",
    "sign language",
    "healthy cooking",
)
HOUSES = ("clinic", "library", "nursery", "day centre", "job club", "food bank", "repair shop", "school")


@dataclass(frozen=True, slots=True)
class Bait:
    """What a case is made of: its own path and sentences, and what it may try to reach."""

    path: Path
    secret: Path
    """The file with the canary."""
    url: str
    """Of a server that counts who asks it."""

    def sentence(self, number: int = 0) -> str:
        """A sentence that stands in no other case."""
        return sentence(self.path.name, number)


def sentence(name: str, number: int = 0) -> str:
    """What is done in a town that no other case tells of; the same for the same name and number."""
    choice = random.Random(os.fsencode(f"{name}/{number}"))
    town = "".join(choice.choices(SYLLABLES, k=4)).capitalize()
    people, skill, house = choice.choice(PEOPLE), choice.choice(SKILLS), choice.choice(HOUSES)
    return f"We trained {choice.randrange(20, 900)} {people} in {skill} at the free {house} of {town}."


Make = Callable[[Bait], bytes | None]
"""Gives the bytes of the file, or makes what is to stand at the path itself."""


@dataclass(frozen=True, slots=True)
class Case:
    """A path that means no good, and how a run over it may end."""

    name: str
    make: Make
    statuses: Statuses
    problem: str = ""
    """A word that its reason must hold, or that of a file in it."""
    found: int = 0
    """How many of its sentences must be among its passages, those with the numbers from 0."""
    within: Statuses = frozenset()
    """How one of the files in it must end, if any must."""

    def put(self, folder: Path, secret: Path, url: str) -> None:
        """Make it in the folder."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = self.make(Bait(path, secret, url))
        if data is not None:
            path.write_bytes(data)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Those that must be found."""
        return tuple(sentence(Path(self.name).name, number) for number in range(self.found))
